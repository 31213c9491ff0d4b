"""Title, unit, year, headings, text and signature of a document, however it is built."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from gk_xlsx.markdown import Run
from gk_xlsx.published.frame import frame_of, sections_of
from gk_xlsx.published.model import Block, Cell, Document, Paragraph, Picture, Table
from gk_xlsx.report import AnnualReport, Seen, Signed
from gk_xlsx.resources import form
from tests.published.grids import table
from tests.published.reading import clean_page, paragraphs, read

HEADINGS = tuple(section.heading for section in form("2021").sections)
TITLE = "某某市某某局2023年政府信息公开工作年度报告"
TEXTS = {
    "overview": "全年主动公开信息120条。",
    "problems": "公开的及时性还不够，下一步将逐月核对。",
    "other": "没有收取信息处理费。",
}


def whole(
    *opening: Block,
    headings: tuple[str, ...] = HEADINGS,
    texts: dict[str, str] | None = None,
    ending: tuple[Block, ...] = (),
    beside: tuple[Block, ...] = (),
    title: str = "",
) -> Document:
    """A document with all three tables; `beside` stands below the second one."""
    tables = {grid.key: table(grid) for grid in clean_page().grids}
    blocks: list[Block] = list(opening or paragraphs(TITLE))
    for section, heading in zip(form("2021").sections, headings, strict=True):
        blocks += paragraphs(heading) if heading else ()
        text = (TEXTS if texts is None else texts).get(section.key)
        blocks += paragraphs(*text.split("\n\n")) if text else ()
        blocks += [tables[section.table]] if section.table else ()
        blocks += beside if section.key == "requests" else ()
    return Document("网页", (*blocks, *ending), title)


def test_a_document_in_order_is_read_whole() -> None:
    report = read(whole())
    assert (report.title, report.unit.name, report.year) == (TITLE, "某某市某某局", 2023)
    assert report.headings == HEADINGS
    assert dict(report.narrative) == TEXTS
    assert (report.signed, report.observations) == (Signed(), ())


# -- title, unit, year ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "title", "unit", "year"),
    [
        (["某某局", "2023年政府信息公开工作年度报告"], "", "某某局", 2023),
        (["2023年某某局", "政府信息公开工作年度报告"], "", "某某局", 2023),
        (["某某局", "2023年", "政府信息公开工作年度报告"], "", "某某局", 2023),
        (["某某局二〇二三年政府信息公开工作年度报告"], "", "某某局", 2023),
        (["某某局 2023 年政府信息公开\n工作年度报告"], "", "某某局", 2023),
        (["标题：某某局2023年政府信息公开年报"], "某某局2023年政府信息公开年报", "某某局", 2023),
        (["某某局政府信息公开工作年度报告（2023年）"], "", "某某局", 2023),
        (["首页＞年报", "某局2023年政府信息公开年报"], "某局2023年政府信息公开年报", "某局", 2023),
        (["东宝区2023年政府信息公开工作年度报告"], "", "东宝区", 2023),
    ],
)  # fmt: skip
def test_a_title_is_put_together(lines: list[str], title: str, unit: str, year: int) -> None:
    report = read(whole(*paragraphs(*lines)))
    assert report.title == (title or "".join("".join(lines).split()))
    assert (report.unit.name, report.year) == (unit, year)


def test_a_title_that_stands_twice_is_taken_once() -> None:
    lines = (
        TITLE,
        "发布日期：2024-01-17 来源：某某局",
        "某某市某某局",
        "2023年政府信息公开工作年度报告",
    )
    report = read(whole(*paragraphs(*lines, "本报告由某某局编制。")))
    assert (report.title, report.narrative["preface"]) == (TITLE, "本报告由某某局编制。")


def test_the_title_field_of_the_document_is_used_where_it_has_no_other() -> None:
    report = read(whole(*paragraphs("本报告由本局编制。"), title=f"{TITLE} - 某某市人民政府"))
    assert (report.title, report.unit.name, report.year) == (TITLE, "某某市某某局", 2023)
    assert report.narrative["preface"] == "本报告由本局编制。"


def test_a_title_in_a_cell_is_used_where_no_paragraph_is_one() -> None:
    boxed = Table((Cell(0, 0, TITLE, columns=4), Cell(1, 0, "单位：件")))
    report = read(whole(boxed))
    assert (report.title, report.unit.name, report.year) == (TITLE, "某某市某某局", 2023)
    other = Table((Cell(0, 0, "某某区2022年政府信息公开工作年度报告"),))
    assert read(whole(boxed, other)).title == ""
    assert read(whole(*paragraphs(TITLE), other)).title == TITLE


def test_year_and_unit_are_taken_from_the_preface_where_no_title_says_them() -> None:
    preface = "本报告由某某县水利局编制，所列数据的统计期限为2023年1月1日至12月31日。"
    report = read(whole(*paragraphs(preface)))
    assert (report.title, report.unit.name, report.year) == ("", "某某县水利局", 2023)


@pytest.mark.parametrize(
    ("by", "unit"),
    [
        ("某某省某某市某某局", "某某省某某市某某局"),
        ("另一个局", "某某市某某局"),
        ("某某局", "某某市某某局"),
    ],
)
def test_the_fuller_name_of_the_same_body_is_its_name(by: str, unit: str) -> None:
    report = read(whole(ending=paragraphs(by, "2024年1月10日")))
    assert (report.unit.name, report.signed) == (unit, Signed(by, "2024年1月10日"))


# -- headings ------------------------------------------------------------------------------


def found_with(*headings: str) -> AnnualReport:
    return read(whole(headings=headings))


def test_headings_are_kept_as_they_were_found() -> None:
    altered = (
        *HEADINGS[:2],
        "三、收到和处理政府信息公开申报情况",
        *HEADINGS[3:5],
        "六、其他需要报备的事项",
    )
    report = found_with(*altered)
    assert report.headings == altered
    assert dict(report.narrative) == TEXTS


def test_wrong_numbers_do_not_lose_a_heading() -> None:
    altered = (
        "总体情况",
        *(
            f"{number}、{heading[2:]}"
            for number, heading in zip("一二三四五", HEADINGS[1:], strict=True)
        ),
    )
    report = found_with(*altered)
    assert report.headings == altered
    assert dict(report.narrative) == TEXTS


def test_a_heading_that_says_something_else_is_known_by_its_table() -> None:
    altered = (HEADINGS[0], "二、各类信息统计", *HEADINGS[2:])
    assert found_with(*altered).headings == altered


def test_a_missing_heading_is_missing() -> None:
    report = found_with(*HEADINGS[:4], "", HEADINGS[5])
    assert report.headings == (*HEADINGS[:4], HEADINGS[5])
    assert report.narrative["disputes"] == TEXTS["problems"]


def test_sentences_are_no_headings() -> None:
    texts = {
        **TEXTS,
        "overview": "一、总体情况较好。\n\n二、主动公开政府信息情况见下表；\n\n其他的见第六部分。",
    }
    report = read(whole(texts=texts))
    assert report.headings == HEADINGS
    assert report.narrative["overview"] == texts["overview"]


def test_a_table_of_contents_is_no_heading_and_no_preface() -> None:
    contents = [f"{heading}……{page}" for page, heading in enumerate(HEADINGS, 1)]
    report = read(whole(*paragraphs(TITLE, "目录", *contents, "本报告依据条例编制。")))
    assert report.headings == HEADINGS
    assert "……" not in report.narrative["preface"]
    assert report.narrative["preface"].endswith("本报告依据条例编制。")


def test_a_heading_in_one_paragraph_with_its_text_is_cut_off() -> None:
    first = f"{HEADINGS[0]}\n{TEXTS['overview']}"
    report = read(whole(headings=(first, *HEADINGS[1:]), texts={**TEXTS, "overview": ""}))
    assert (report.headings, dict(report.narrative)) == (HEADINGS, TEXTS)


def test_a_text_without_line_ends_is_cut_at_its_headings() -> None:
    parts = [f"{heading}{'甲' * 30}。" for heading in HEADINGS]
    found = read(Document("文本", (*paragraphs(TITLE, "".join(parts)), *tables_of())))
    assert found.headings == HEADINGS
    assert set(found.narrative.values()) == {f"{'甲' * 30}。"}


def tables_of() -> list[Block]:
    return [table(grid) for grid in clean_page().grids]


# -- text ----------------------------------------------------------------------------------


def test_text_beside_a_table_goes_under_the_tables_key() -> None:
    report = read(whole(beside=paragraphs("注：以上含所属单位。")))
    assert report.narrative["requests"] == "注：以上含所属单位。"


def test_a_table_of_the_offices_own_is_text() -> None:
    own = Table((Cell(0, 0, "栏目"), Cell(0, 1, "条数"), Cell(1, 0, "动态"), Cell(1, 1, "12")))
    report = read(whole(beside=(*paragraphs("各栏目如下："), own)))
    assert report.narrative["requests"] == (
        "各栏目如下：\n\n| 栏目 | 条数 |\n| --- | --- |\n| 动态 | 12 |"
    )


def test_what_a_site_puts_around_the_text_is_left_out() -> None:
    noise = (
        "发布日期：2024-01-17",
        "来源：某某局",
        "浏览次数：12",
        "【字体：大 中 小】",
        "2024-01-17",
    )
    report = read(whole(*paragraphs(TITLE, *noise, "本报告依据条例编制。")))
    assert report.narrative["preface"] == "本报告依据条例编制。"


def test_bold_lists_and_sub_headings_are_kept() -> None:
    blocks: tuple[Block, ...] = (
        Paragraph((Run("（一）主动公开"),), level=2),
        Paragraph((Run("具体做法"),), level=3),
        Paragraph((Run("一是", bold=True), Run("按月核对。"))),
        Paragraph((Run("公开目录"),), listed="•"),
        Paragraph((Run("逐条编号"),), listed="2."),
    )
    report = read(whole(beside=blocks))
    assert report.narrative["requests"].split("\n\n") == [
        "（一）主动公开",
        "### 具体做法",
        "**一是**按月核对。",
        "- 公开目录",
        "2. 逐条编号",
    ]


@pytest.mark.parametrize("torn", [False, True])
def test_a_paragraph_torn_by_a_page_is_joined_where_the_source_may_tear(torn: bool) -> None:
    texts = {**TEXTS, "overview": "全年主动公\n\n开信息120条。\n\n（一）主动公开\n\n按月核对"}
    document = replace(whole(texts=texts), torn=torn)
    joined = texts["overview"].replace("主动公\n\n开", "主动公开") if torn else texts["overview"]
    assert read(document).narrative["overview"] == joined


# -- signature -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ending", "signed"),
    [
        (("某某市某某局", "2024年1月10日"), Signed("某某市某某局", "2024年1月10日")),
        (("某某市某某局", "二〇二四年一月十日"), Signed("某某市某某局", "二〇二四年一月十日")),
        (("某某市某某局", "2024-1-10"), Signed("某某市某某局", "2024-1-10")),
        (("2024年1月10日",), Signed("", "2024年1月10日")),
        (("某某市某某局",), Signed("某某市某某局", "")),
        (("某某市某某局 2024年1月10日",), Signed("某某市某某局", "2024年1月10日")),
        (("某某市某某局", "2024-01-10", "扫一扫", "关闭"), Signed("某某市某某局", "2024-01-10")),
        (("联系电话：0517-80000000。",), Signed()),
    ],
)  # fmt: skip
def test_the_signature_is_taken_off_the_text(ending: tuple[str, ...], signed: Signed) -> None:
    report = read(whole(ending=paragraphs(*ending)))
    assert report.signed == signed
    rest = "" if signed != Signed() else f"\n\n{ending[0]}"
    assert report.narrative["other"] == TEXTS["other"] + rest


def test_the_signature_is_taken_off_the_end_of_a_long_paragraph() -> None:
    long = "以上是全年的情况。" * 100
    report = read(whole(ending=paragraphs(f"{long}\n某某市某某局\n2024年1月10日")))
    assert report.signed == Signed("某某市某某局", "2024年1月10日")
    assert report.narrative["other"].endswith(long)


def test_a_paragraph_without_end_is_not_searched_for_a_signature() -> None:
    started = time.process_time()
    report = read(whole(ending=paragraphs("1" * 2_000_000)))
    assert report.signed == Signed()
    assert time.process_time() - started < 2


def test_a_date_in_the_middle_of_the_text_is_no_signature() -> None:
    long = "以上是全年的情况，" * 8
    report = read(whole(ending=paragraphs("2024年1月10日", f"{long}特此报告。")))
    assert report.signed == Signed()


# -- pictures ------------------------------------------------------------------------------


def pictured(*, headings: bool = True) -> Document:
    blocks: list[Block] = [*paragraphs(TITLE)]
    for section in form("2021").sections:
        blocks += paragraphs(section.heading) if headings else ()
        blocks += [Picture(b"", place="第3页")] if section.table else []
    return Document("Word 文档", tuple(blocks))


def test_tables_that_are_pictures_are_named_and_missing() -> None:
    report = read(pictured())
    tables = [seen.table for seen in report.saw(Seen.PICTURE_TABLE)]
    assert tables == ["proactive", "requests", "disputes"]
    assert [seen.table for seen in report.saw(Seen.TABLE_MISSING)] == tables
    assert report.saw(Seen.PICTURE_TABLE)[0].place is not None


def test_a_picture_beside_a_table_is_none() -> None:
    report = read(whole(beside=(Picture(b"", "图1 现场"),)))
    assert report.observations == ()
    assert report.narrative["requests"] == "图1 现场"


# -- the text alone ------------------------------------------------------------------------


def test_a_document_that_holds_only_the_text_is_cut_into_its_parts() -> None:
    picture = Picture(b"", "图1 现场")
    blocks: list[Block] = [*paragraphs(TITLE, "前言。", HEADINGS[0], "甲。"), picture]
    blocks += paragraphs("乙。", HEADINGS[4], "丙。")
    parts = sections_of(Document("Word 文档", tuple(blocks)), form("2021"))
    assert list(parts) == ["preface", "overview", "problems"]
    assert parts["overview"] == (*paragraphs("甲。"), picture, *paragraphs("乙。"))


def test_an_empty_document_has_an_empty_frame() -> None:
    frame = frame_of(Document("文本", ()), form("2021"), {})
    assert (frame.title, frame.unit, frame.year, dict(frame.narrative)) == ("", "", 0, {})


def test_lines_of_a_lost_table_are_left_out_and_what_is_written_beside_stays() -> None:
    lost = ("行政复议", "结果维持", "结果纠正 0", "总计", "2")
    texts = {"disputes": "\n\n".join(("全年没有行政复议。", *lost, "另有一件在审。"))}
    document = whole(texts=texts)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    kept = tuple(block for block in document.blocks if block is not tables[-1])
    assert read(replace(document, blocks=kept)).narrative["disputes"] == (
        "全年没有行政复议。\n\n另有一件在审。"
    )
    assert "结果维持" in read(document).narrative["disputes"]
