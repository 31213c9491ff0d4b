from __future__ import annotations

import datetime
import io

from docx import Document

from gk_xlsx.documents.publication import build_publication_template, publication_docx
from gk_xlsx.rollup.publication import Publication, publication_state
from gk_xlsx.rollup.roster import Roster, RosterLine

DAY = datetime.date(2026, 2, 10)
NAMES = ("示例区教育局", "示例区民政局", "示例区“三定”办<b>&")
ROSTER = Roster(tuple(RosterLine(row, name, str(row)) for row, name in enumerate(NAMES, 2)))
LINK = "https://www.example.gov.cn/nb/2025?a=1&b=2"


def made(*days: datetime.date | None) -> bytes:
    published = {
        item.code: Publication(day, LINK if day else "")
        for item, day in zip(ROSTER, days, strict=True)
    }
    state = publication_state(ROSTER, published, 2025, DAY, not_merged=())
    return publication_docx(state, "示例区政务公开办")


def texts(data: bytes) -> list[str]:
    return [item.text for item in Document(io.BytesIO(data)).paragraphs if item.text.strip()]


def test_it_names_the_punctual_the_late_and_the_missing() -> None:
    said = texts(made(datetime.date(2026, 1, 20), datetime.date(2026, 2, 3), None))
    assert said[1:4] == [
        "一、应公布单位3个、报告3份，按时公布1份，按时公布率33.3%，名单为：示例区教育局。",
        "二、未按时公布2份：示例区民政局（2月3日补公布）、示例区“三定”办<b>&（截至2月10日未公布）。",
        "三、已逐级汇总3个单位的数据。",
    ]


def test_many_missing_ones_are_named_under_one_day() -> None:
    lines = tuple(RosterLine(row, f"示例{row}局", str(row)) for row in range(2, 7))
    state = publication_state(Roster(lines), {}, 2025, DAY)
    said = texts(publication_docx(state, "办公室"))[2]
    names = "、".join(item.name for item in lines)
    assert said == f"二、未按时公布5份：截至2月10日未公布的有{names}。"


def test_where_all_were_punctual_nobody_is_named_as_late() -> None:
    day = datetime.date(2026, 1, 20)
    assert texts(made(day, day, day))[2] == "二、没有未按时公布的单位。"


def test_the_table_has_a_line_for_each_report_with_its_address() -> None:
    table = Document(io.BytesIO(made(datetime.date(2026, 1, 20), None, None))).tables[0]
    assert [cell.text for cell in table.rows[1].cells] == [
        "1",
        "示例区教育局",
        "2026年1月20日",
        LINK,
        "是",
    ]
    assert [cell.text for cell in table.rows[2].cells][2:] == ["", "", "未公布"]


def test_why_a_unit_is_not_in_the_sums_is_said_in_official_words() -> None:
    reasons = ("几份待定", "未收到", "“示例局”的汇总里缺")
    missing = tuple((line.code, why) for line, why in zip(ROSTER, reasons, strict=True))
    roster = Roster((*ROSTER, RosterLine(9, "示例区财政局", "9")))
    state = publication_state(roster, {}, 2025, DAY, not_merged=missing)
    assert texts(publication_docx(state, "办公室"))[3] == (
        "三、已逐级汇总1个单位的数据；未计入汇总的单位及原因："
        "示例区教育局（报送数据不一致，待核实）；示例区民政局（未收到）；"
        "示例区“三定”办<b>&（“示例局”的汇总里缺）。"
    )


def test_the_template_is_always_the_same_bytes() -> None:
    assert build_publication_template() == build_publication_template()
