"""The page of findings, read back as a browser's parser does."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import html

from gk_xlsx import api
from gk_xlsx.findings import (
    CellLocation,
    CheckedFile,
    Finding,
    Gate,
    Severity,
    TextLocation,
    Verdict,
)
from gk_xlsx.form import lay_out
from gk_xlsx.outputs.html import QUOTED, CheckedReport, findings_html
from gk_xlsx.report import Entry, EntryKind, written
from gk_xlsx.resources import form
from tests.made import clean_report, with_entries, write_json

EXAMPLES = Path(__file__).parents[2] / "examples"
FAULTY = EXAMPLES / "07-区政府办公室-2021-错误示范.xlsx"
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>&'

FIGURES = api.Choice(select=("AR", "IN", "YR", "SE"))
"""The findings that the example was made for; those about its text are not counted here."""


def _checked(path: Path) -> CheckedReport:
    opened = api.open_report(path)
    return CheckedReport(api.check(path, FIGURES), opened.report, opened.form)


def _with(checked: CheckedReport, *findings: Finding) -> CheckedReport:
    return replace(checked, file=replace(checked.file, findings=findings))


def _page(*checked: CheckedReport) -> html.HtmlElement:
    return html.fromstring(findings_html(checked))


def _texts(page: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(item.text_content().split()) for item in page.xpath(path)]


def _finding(
    text: str = "说明。",
    severity: Severity = Severity.ERROR,
    *,
    code: str = "AR03",
    fields: tuple[str, ...] = (),
    place: CellLocation | TextLocation | None = None,
    explained: str | None = None,
) -> Finding:
    gate = Gate.TEXT if isinstance(place, TextLocation) else Gate.DATA
    return Finding(
        code, "made-up", severity, gate, text, fields, location=place, explained=explained
    )


@pytest.fixture(scope="module")
def faulty() -> CheckedReport:
    return _checked(FAULTY)


@pytest.fixture(scope="module")
def page(faulty: CheckedReport) -> html.HtmlElement:
    return _page(faulty)


def test_the_page_needs_nothing_but_itself(page: html.HtmlElement) -> None:
    assert page.xpath("//script | //link | //img | //iframe | //@src | //@onclick") == []
    assert all(target.startswith("#") for target in page.xpath("//@href"))
    assert "url(" not in page.xpath("//style")[0].text_content()
    assert page.xpath("//meta[@http-equiv]/@content")[0].startswith("default-src 'none'")


def test_every_link_leads_to_a_place_on_the_page_and_no_place_has_two(
    faulty: CheckedReport,
) -> None:
    page = _page(faulty, faulty)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {target[1:] for target in page.xpath("//@href")} <= set(ids)


def test_the_verdicts_and_counts_stand_before_the_findings(page: html.HtmlElement) -> None:
    article = page.xpath("//article")[0]
    kinds = [child.get("class") or child.tag for child in article]
    assert kinds[:4] == ["h2", "verdicts", "p", "about"]
    assert _texts(page, "//ul[@class='verdicts']/li") == ["数据：× 有错误", "文字：√ 通过"]
    assert _texts(page, "//article/p[1]") == ["错误 6 处，需核实 0 处，提示 0 处，已说明 0 处。"]


def test_findings_stand_under_their_table_in_the_order_of_the_form(page: html.HtmlElement) -> None:
    assert _texts(page, "//section/h3") == ["二、主动公开", "三、申请办理", "所报数据"]
    assert len(page.xpath("//section[2]//li")) == 5


def test_findings_without_cells_stand_under_their_sheet_or_section(faulty: CheckedReport) -> None:
    place = TextLocation("other", "六、其他需要报备的事项", 0, 11)
    page = _page(
        _with(
            faulty,
            _finding("全篇。"),
            _finding("行列。", place=CellLocation("二、主动公开")),
            _finding("标题。", code="FM02", place=place),
            _finding("前言。", place=replace(place, section="preface")),
            _finding("表。", fields=("disputes.review.total",)),
            _finding("页。", place=CellLocation("自查结果")),
            _finding("未知。", place=replace(place, section="unknown")),
        )
    )
    assert _texts(page, "//section/h3")[:-1] == [
        *("二、主动公开", "四、复议诉讼", "自查结果", "文字：前言", "文字：六、其他需要报告的事项"),
        *("文字：unknown", "整份报告"),
    ]
    assert _texts(page, "//blockquote")[1] == "六、其他需要报备的事项"


def test_the_most_serious_come_first_and_what_is_explained_last(faulty: CheckedReport) -> None:
    page = _page(
        _with(
            faulty,
            _finding("甲", explained="已经核实"),
            _finding("乙", Severity.NOTE),
            _finding("丙", Severity.WARNING),
            _finding("丁"),
        )
    )
    assert _texts(page, "//span[@class='label']") == [
        *("1．【错误】", "2．【需核实】", "3．【提示】", "4．【已说明】")
    ]
    assert "情况说明：已经核实" in _texts(page, "//li[@class='explained']/p")


def test_a_finding_shows_how_to_mend_it_and_its_code_in_small(page: html.HtmlElement) -> None:
    item = page.xpath("//li[contains(., '列不平')]")[0]
    assert _texts(item, "p[@class='fixing']") == ["请查是否有同一件既计入办理结果又计入结转。"]
    assert _texts(item, "p[@class='small']")[0].startswith("AR03 单元格 D6")


@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_the_tables_are_drawn_as_the_form_prints_them(edition: str) -> None:
    report, definition = clean_report(edition), form(edition)
    file = CheckedFile("a.json", "", "某局", report.year, edition, Verdict.PASS, Verdict.NONE, ())
    page = _page(CheckedReport(file, report, definition))
    for drawn, table in zip(page.xpath("//table"), definition.tables, strict=True):
        boxes = sorted(lay_out(table).boxes, key=lambda box: (box.row, box.column))
        cells = drawn.xpath(".//th | .//td")
        spans = [(int(c.get("rowspan", 1)), int(c.get("colspan", 1))) for c in cells]
        assert spans == [(box.rows, box.columns) for box in boxes]
        assert [cell.text_content().strip() for cell in cells] == [
            written(report.entries[box.field.id]) if box.field else box.text for box in boxes
        ]
    assert _texts(page, "//article/p[last()]")[-1] == "没有发现问题。"


def test_a_wrong_cell_bears_a_sign_that_leads_back_to_its_finding(page: html.HtmlElement) -> None:
    cell = page.get_element_by_id("f1-requests.new.natural_person")
    number = page.xpath("//li[contains(., '列不平')]")[0].get("id")
    assert cell.get("class") == "error"
    assert _texts(cell, "span") == ["56", f"错{number.removeprefix('f1-n')}"]
    assert cell.xpath(".//@href") == [f"#{number}"]
    assert page.xpath(f"//li[@id='{number}']//@href") == [f"#{cell.get('id')}"]


def test_a_broken_relation_marks_one_cell_and_frames_the_others(page: html.HtmlElement) -> None:
    cells = [
        page.get_element_by_id(f"f1-requests.{row}.natural_person")
        for row in ("concluded", "carried_out")
    ]
    assert [cell.get("class") for cell in cells] == ["related", "related"]
    assert all(not cell.xpath(".//a") for cell in cells)


def test_every_blank_cell_of_a_finding_is_marked(page: html.HtmlElement) -> None:
    blank = ("requests.refused.third_party.company", "requests.not_handled.publication.other")
    cells = [page.get_element_by_id(f"f1-{field}") for field in blank]
    assert [cell.get("class") for cell in cells] == ["error", "error"]
    assert len({mark for cell in cells for mark in _texts(cell, ".//a")}) == 1


def test_a_cell_with_several_findings_looks_like_the_worst(faulty: CheckedReport) -> None:
    field = ("requests.new.total",)
    page = _page(
        _with(
            faulty,
            _finding(severity=Severity.NOTE, fields=field),
            replace(_finding(fields=field), left=Decimal(1), right=Decimal(2)),
            _finding(fields=field, explained="是"),
        )
    )
    cell = page.get_element_by_id("f1-requests.new.total")
    assert cell.get("class") == "error"
    assert _texts(cell, ".//a") == ["错1", "提2", "说3"]


def test_several_files_begin_with_an_overview_that_leads_to_each(faulty: CheckedReport) -> None:
    clean = _checked(EXAMPLES / "06-开发区管委会-2019.xlsx")
    page = _page(faulty, clean)
    rows = [[" ".join(c.text_content().split()) for c in row] for row in page.xpath("//tbody")[0]]
    assert [row[1:] for row in rows] == [
        ["× 有错误", "√ 通过", "6", "0", "0", "0"],
        ["√ 通过", "√ 通过", "0", "0", "0", "0"],
    ]
    assert page.xpath("//table[@class='overview']//@href") == ["#f1", "#f2"]
    assert _texts(page, "//main/p") == [
        "共 2 份：通过 1 份，有错误 1 份；错误 6 处，需核实 0 处，提示 0 处，已说明 0 处。"
    ]


def test_a_file_that_cannot_be_read_has_its_verdict_and_no_tables(tmp_path: Path) -> None:
    path = tmp_path / "报告.pdf"
    path.write_bytes(b"%PDF-1.7")
    page = _page(CheckedReport(api.check(path)))
    assert _texts(page, "//ul[@class='verdicts']/li") == ["数据：× 不能读取", "文字：－ 没有文字"]
    assert _texts(page, "//h2") == ["报告.pdf"]
    assert page.xpath("//table") == []


def test_no_text_of_others_becomes_markup(tmp_path: Path) -> None:
    entry = Entry(EntryKind.TEXT, raw=EVIL)
    report = with_entries(clean_report(), {"requests.new.company": entry})
    report = replace(report, unit=replace(report.unit, name=EVIL))
    checked = _checked(write_json(report, tmp_path / "a.json"))
    place = TextLocation("overview", EVIL, 0, 9)
    hostile = replace(_finding(EVIL, place=place, explained=EVIL, code=EVIL), fix=EVIL, source=EVIL)
    page = _page(_with(checked, *checked.file.findings, hostile))
    assert page.xpath("//script | //img | //@onerror") == []
    assert _texts(page, "//h2") == [EVIL]
    assert EVIL in _texts(page, "//td/span")


def test_characters_that_hide_or_turn_text_are_dropped(faulty: CheckedReport) -> None:
    text = "甲\u202e乙\x00\x1b[31m\u200b\ud800丙\x85\ufeff"
    page = findings_html([_with(faulty, _finding(text))])
    assert "甲乙[31m丙" in page
    assert page.encode()


def test_a_long_sentence_is_cut(faulty: CheckedReport) -> None:
    place = TextLocation("overview", "长" * 100_000, 0, 100_000)
    page = _page(_with(faulty, _finding(place=place)))
    assert _texts(page, "//blockquote") == ["长" * QUOTED + "……"]


def test_the_same_findings_give_the_same_page(faulty: CheckedReport) -> None:
    assert findings_html([faulty]) == findings_html([faulty])


def test_a_page_without_files_says_so() -> None:
    assert _texts(html.fromstring(findings_html([])), "//main/p")[0].startswith("共 0 份")
