"""What a PDF shows: paragraphs, headings, what is left out, what cannot be read."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Sequence

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.constants import UserAccessPermissions

from gk_xlsx.errors import GkXlsxError, UnreadableError
from gk_xlsx.published.model import Document, Paragraph, Picture, Table
from gk_xlsx.sources.pdf import read_pdf
from gk_xlsx.sources.refusals import RefusedError
from tests.made import clean_report
from tests.sources.drawn_pages import Page, pdf
from tests.sources.drawn_reports import Style, draw

LEFT, STEP = 74.0, 28.0


def page_of(*lines: str | tuple[float, str], number: str = "", head: str = "") -> Page:
    """Lines of 16 points below each other; with the x where one does not begin at the left."""
    page = Page()
    if head:
        page.text(200, 50, head, 10)
    for row, line in enumerate(lines):
        x, text = line if isinstance(line, tuple) else (LEFT, line)
        page.text(x, 90 + row * STEP, text)
    if number:
        page.text(280, 794, number, 14)
    return page


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def read(*pages: Page) -> Document:
    return read_pdf(pdf(pages))


def scan() -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (8, 8), 200).save(buffer, "JPEG")
    return buffer.getvalue()


def scanned(*hidden: str) -> Page:
    page = Page()
    page.picture(scan(), 0, 0, 595, 842)
    for row, text in enumerate(hidden):
        page.hidden(LEFT, 100 + 30 * row, text)
    return page


FULL = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未"
"""28 characters fill a line."""
INDENTED = (LEFT + 32, FULL[:26])


# -- paragraphs ----------------------------------------------------------------------------


def test_full_lines_are_one_paragraph_until_a_short_one_ends_it() -> None:
    document = read(page_of(INDENTED, FULL, FULL, "止。", INDENTED, FULL, FULL))
    assert paragraphs(document) == [f"{FULL[:26]}{FULL}{FULL}止。", f"{FULL[:26]}{FULL}{FULL}"]


def test_an_indented_line_begins_a_paragraph_though_the_one_before_is_full() -> None:
    document = read(page_of(FULL, FULL, INDENTED, FULL, FULL))
    assert paragraphs(document) == [FULL * 2, f"{FULL[:26]}{FULL}{FULL}"]


def test_a_paragraph_goes_on_over_the_page_and_over_page_numbers_and_heads() -> None:
    document = read(
        page_of(INDENTED, FULL, FULL, FULL, number="— 1 —", head="内部资料 第1期"),
        page_of(FULL, FULL, FULL, "完。", number="— 2 —", head="内部资料 第1期"),
        page_of(INDENTED, FULL, FULL, "完。", number="— 3 —", head="内部资料 第1期"),
    )
    assert paragraphs(document) == [
        f"{FULL[:26]}{FULL * 6}完。",
        f"{FULL[:26]}{FULL * 2}完。",
    ]


def test_a_title_that_every_page_bears_is_the_title_of_the_first() -> None:
    """As a spreadsheet does that is printed sheet by sheet."""
    title = "某某局2023年政府信息公开工作年度报告"
    pages = [page_of(title, (LEFT + 32, f"{text}。")) for text in "甲乙丙"]
    assert paragraphs(read(*pages)) == [title, "甲。", "乙。", "丙。"]


@pytest.mark.parametrize(
    "numbers", [("- 1 -", "- 2 -"), ("1", "2"), ("第1页 共2页", "第2页 共2页"), ("1/2", "2/2")]
)
def test_page_numbers_are_no_text(numbers: Sequence[str]) -> None:
    document = read(*(page_of(INDENTED, "甲。", number=number) for number in numbers))
    assert paragraphs(document) == [f"{FULL[:26]}甲。"] * 2


def test_a_number_that_does_not_count_up_is_text() -> None:
    document = read(page_of("合计", number="12"), page_of("合计", number="40"))
    assert paragraphs(document) == ["合计", "12", "合计", "40"]


def test_what_cannot_be_broken_may_leave_a_line_short() -> None:
    room = FULL[:20]
    document = read(page_of(FULL, FULL, FULL, FULL, room, "https://example.cn/zwgk 查看。"))
    assert paragraphs(document) == [f"{FULL * 4}{room}https://example.cn/zwgk 查看。"]


def test_letters_of_two_lines_are_two_words_and_digits_are_one_number() -> None:
    page = page_of(FULL, FULL, FULL, FULL[:26] + "word", "next" + FULL[:24] + "1250", "33件。")
    assert paragraphs(read(page))[0].endswith(f"word next{FULL[:24]}125033件。")


def test_headings_are_numbered_short_and_in_another_font() -> None:
    page = page_of(INDENTED, FULL, FULL, "一、不是标题")
    page.text(LEFT + 32, 300, "一、总体情况", 16, "hei")
    page.text(LEFT + 32, 328, "（一）主动公开", 16, "hei")
    page.text(LEFT + 32, 356, "重点工作", 16, "hei")
    levels = {
        block.text: block.level for block in read(page).blocks if isinstance(block, Paragraph)
    }
    assert [levels[text] for text in ("一、总体情况", "（一）主动公开", "重点工作")] == [1, 2, 0]
    assert levels[f"{FULL[:26]}{FULL * 2}一、不是标题"] == 0


def test_bold_is_told_by_the_fonts_name_and_takes_the_signs_between() -> None:
    page = page_of(INDENTED, FULL, FULL)
    page.text(LEFT + 32, 200, "（一）加强", 16, "hei")
    page.text(LEFT + 112, 200, "“12345”", 16, "song")
    page.text(LEFT + 192, 200, "办理。", 16, "hei")
    page.text(LEFT + 240, 200, "全年顺畅。", 16, "song")
    (block,) = [b for b in read(page).blocks if isinstance(b, Paragraph) and "加强" in b.text]
    assert [(run.text, run.bold) for run in block.runs] == [
        ("（一）加强“12345”办理。", True),
        ("全年顺畅。", False),
    ]


def test_a_document_all_in_a_heavy_font_has_no_bold_text() -> None:
    page = Page()
    for row in range(4):
        page.text(LEFT, 90 + 28 * row, FULL, 16, "hei")
    (block,) = read(page).blocks
    assert isinstance(block, Paragraph)
    assert [run.bold for run in block.runs] == [False]


def test_a_bullet_is_the_mark_of_a_list() -> None:
    (block, _) = read(page_of((LEFT + 32, "● 公开目录更新。"), INDENTED)).blocks
    assert isinstance(block, Paragraph)
    assert (block.listed, block.text) == ("●", "公开目录更新。")


def test_places_name_the_page() -> None:
    blocks = read(page_of(INDENTED, FULL), page_of(INDENTED)).blocks
    assert [block.place for block in blocks] == ["第1页", "第2页"]


def test_the_title_field_is_the_documents_title() -> None:
    assert read_pdf(pdf([page_of("甲")], "某某局年度报告")).title == "某某局年度报告"


# -- what is drawn -------------------------------------------------------------------------


def test_a_character_drawn_twice_to_look_bold_is_one() -> None:
    page = page_of("本年新收11件")
    page.text(LEFT + 0.3, 90, "本年新收11件")
    assert paragraphs(read(page)) == ["本年新收11件"]


def test_a_watermark_is_no_text() -> None:
    page = page_of(INDENTED, FULL)
    page.askew(200, 500, "内部资料")
    assert paragraphs(read(page)) == [f"{FULL[:26]}{FULL}"]


def test_white_boxes_behind_lines_are_no_table() -> None:
    page = page_of(INDENTED, FULL, FULL)
    for row in range(3):
        page.box(LEFT, 88 + STEP * row, 520, 88 + STEP * (row + 1), "1 1 1 rg f")
    assert paragraphs(read(page)) == [f"{FULL[:26]}{FULL * 2}"]


def test_a_frame_around_a_text_is_no_table() -> None:
    page = page_of(INDENTED, FULL, FULL)
    page.box(60, 80, 535, 180)
    page.line(60, 400, 535, 400)
    assert paragraphs(read(page)) == [f"{FULL[:26]}{FULL * 2}"]


@pytest.mark.parametrize("turned", [1, 2, 3])
def test_a_page_turned_by_its_viewer_reads_upright(turned: int) -> None:
    page = Page(turned=turned)
    page.text(LEFT, 300, FULL)
    page.text(LEFT, 328, FULL)
    page.matrix = {1: "0 1 -1 0 595 0 cm", 2: "-1 0 0 -1 595 842 cm", 3: "0 -1 1 0 0 842 cm"}[
        turned
    ]
    assert paragraphs(read(page)) == [FULL * 2]


def test_text_lying_on_its_side_is_turned() -> None:
    page = page_of(INDENTED, FULL)
    page.matrix = "0 1 -1 0 842 0 cm"
    assert paragraphs(read(page)) == [FULL[:26] + FULL]


# -- tables --------------------------------------------------------------------------------


def cells(document: Document) -> list[list[tuple[int, int, str]]]:
    return [
        [(cell.row, cell.column, cell.text) for cell in block.cells]
        for block in document.blocks
        if isinstance(block, Table)
    ]


def ruled_page(*texts: str, thin: bool = False) -> Page:
    """A table of two columns; in rectangles of half a point where `thin`."""
    page = Page()
    for row in range(len(texts) // 2 + 1):
        y = 100 + 30 * row
        if thin:
            page.box(100, y, 400, y + 0.5, "0 g f")
        else:
            page.line(100, y, 400, y)
    for x in (100, 250, 400):
        page.line(x, 100, x, 100 + 15 * len(texts))
    for at, text in enumerate(texts):
        page.text(105 + 150 * (at % 2), 107 + 30 * (at // 2), text, 12)
    return page


@pytest.mark.parametrize("thin", [False, True])
def test_ruling_lines_make_cells(thin: bool) -> None:
    assert cells(read(ruled_page("规章", "1", "文件", "", thin=thin))) == [
        [(0, 0, "规章"), (0, 1, "1"), (1, 0, "文件"), (1, 1, "")]
    ]


def test_a_number_broken_in_a_full_cell_is_one_number() -> None:
    page = ruled_page("规章", "", "文件", "7")
    page.line(280, 100, 280, 130)
    page.text(252, 102, "4471", 12)
    page.text(252, 115, "28", 12)
    assert (0, 1, "447128") in cells(read(page))[0]


def test_two_numbers_in_a_cell_are_two_lines() -> None:
    page = ruled_page("规章", "", "文件", "7")
    page.text(260, 102, "44", 12)
    page.text(260, 115, "28", 12)
    assert (0, 1, "44\n28") in cells(read(page))[0]


def test_a_table_over_a_page_break_is_one_with_places() -> None:
    first, second = ruled_page("项目", "件数", "规章", "1"), ruled_page("项目", "件数", "文件", "2")
    (table,) = read(first, second).blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells] == ["项目", "件数", "规章", "1", "文件", "2"]
    assert (table.place, dict(table.row_places)) == ("第1页表格1", {2: "第2页第2行"})


def test_a_table_of_other_columns_on_the_next_page_is_its_own() -> None:
    other = Page()
    for y in (100, 130):
        other.line(60, y, 535, y)
    for x in (60, 200, 535):
        other.line(x, 100, x, 130)
    other.text(70, 107, "网站", 12)
    tables = [
        block for block in read(ruled_page("规章", "1"), other).blocks if isinstance(block, Table)
    ]
    assert [table.continued for table in tables] == [False, True]


def test_a_row_torn_by_the_page_gives_no_number() -> None:
    first, second = ruled_page("项目", "件数", "规章", "4471"), ruled_page("", "28", "文件", "2")
    (texts,) = cells(read(first, second))
    assert [text for _, column, text in texts if column == 1] == [
        "件数",
        "4471\n\ufffd",
        "28\n\ufffd",
        "2",
    ]


@pytest.mark.parametrize(
    ("heads", "certain"), [(("复议", "诉讼"), True), (("项目", "累计件数"), False)]
)
def test_heads_of_another_table_on_the_next_page_leave_the_last_row_certain(
    heads: tuple[str, str], certain: bool
) -> None:
    """Heads that are partly those before may be repeated, with the rest of a row below them."""
    first = ruled_page("项目", "件数", "规章", "4471")
    texts = [
        text for table in cells(read(first, ruled_page(*heads, "", "3"))) for *_, text in table
    ]
    assert ("4471" in texts, "3" in texts) == (certain, certain)


def test_a_table_without_lines_is_told_by_its_figures() -> None:
    page = Page()
    rows = [
        ("项目", "本年件数", "累计件数"),
        ("规章", "1", "11"),
        ("文件", "", "66"),
        ("条例", "3", "9"),
    ]
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            page.text(100 + 130 * column, 100 + 30 * row, text, 12)
    (standing,) = cells(read(page))
    assert (2, 1, "") in standing
    assert (2, 2, "66") in standing
    assert [text for row, _, text in standing if row == 0] == ["项目", "本年件数", "累计件数"]


def test_characters_without_unicode_are_named_and_are_no_figures() -> None:
    document = read_pdf(pdf([ruled_page("规章", "1")], unmapped=True))
    assert document.remarks == ("第1页有 3 个字没有文字编码，认不出来",)
    assert cells(document) == [[(0, 0, "\ufffd\ufffd"), (0, 1, "\ufffd")]]


# -- what cannot be read -------------------------------------------------------------------


def test_a_scan_is_refused_as_a_picture() -> None:
    with pytest.raises(RefusedError, match="扫描件") as refused:
        read(scanned())
    assert refused.value.reason == "picture"


def test_text_that_a_machine_recognised_on_a_scan_is_not_read() -> None:
    with pytest.raises(RefusedError, match="扫描件"):
        read(scanned("本年新收 12 件", "上年结转 3 件", "办结 15 件"))


def test_a_scanned_page_among_others_is_named_and_is_a_picture() -> None:
    document = read(page_of("甲"), scanned(), page_of("乙"), scanned(), scanned())
    assert document.remarks == ("第2、4—5页是扫描图片，没有读取",)
    assert [type(block) for block in document.blocks] == [
        Paragraph,
        Picture,
        Paragraph,
        Picture,
        Picture,
    ]


def test_a_picture_on_a_page_of_text_has_its_place_and_size() -> None:
    page = page_of(INDENTED, FULL)
    page.picture(scan(), 100, 200, 300, 300)
    (_, picture) = read(page).blocks
    assert isinstance(picture, Picture)
    assert (round(picture.width_mm), round(picture.height_mm), picture.place) == (71, 35, "第1页")


def test_a_text_turned_into_drawings_is_refused() -> None:
    page = Page()
    for at in range(60):
        page.line(100 + at, 100, 130 + at, 140)
    with pytest.raises(UnreadableError, match="转过曲线"):
        read(page)


def test_an_empty_page_is_refused() -> None:
    with pytest.raises(UnreadableError, match="没有文字"):
        read(Page())


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\nhello", pdf([page_of("x")])[:700]])
def test_a_damaged_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_pdf(data)


def locked(user: str, owner: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([page_of("甲乙丙")]))))
    writer.encrypt(user, owner, permissions_flag=UserAccessPermissions.PRINT, algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_a_file_that_needs_a_password_is_refused() -> None:
    with pytest.raises(RefusedError) as refused:
        read_pdf(locked("开", "主"))
    assert refused.value.code == "FI02"


def test_a_file_locked_against_changes_only_is_read() -> None:
    assert paragraphs(read_pdf(locked("", "主"))) == ["甲乙丙"]


def test_too_many_pages_are_refused_with_what_to_do() -> None:
    with pytest.raises(UnreadableError, match=r"301 页，超过 300 页.*另存为一个 PDF"):
        read(*[page_of("甲")] * 301)


def test_a_long_file_on_something_else_is_only_looked_at() -> None:
    document = read(*[page_of((LEFT + 32, f"某某预算第{at}款"), FULL) for at in range(60)])
    assert paragraphs(document) == [text for at in range(3) for text in (f"某某预算第{at}款", FULL)]
    assert document.remarks == ("共 60 页，没有一页提到信息公开，只读取了前 3 页",)


@pytest.mark.parametrize("library", ["pdfplumber", "pypdfium2"])
def test_without_the_libraries_it_says_how_to_get_them(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(GkXlsxError, match=r"pip install 'gk-xlsx\[pdf\]'"):
        read(page_of("甲"))


def test_a_hundred_pages_end_in_reasonable_time() -> None:
    report = draw(clean_report(), Style())
    lines = [chr(ord("一") + at) + FULL[1:] for at in range(97)]
    text = pdf([page_of((LEFT + 32, line[:26]), *[line] * 20, "止。") for line in lines])
    writer = PdfWriter()
    for part in (report, text):
        writer.append(PdfReader(io.BytesIO(part)))
    buffer = io.BytesIO()
    writer.write(buffer)
    begun = time.process_time()
    document = read_pdf(buffer.getvalue())
    assert time.process_time() - begun < 30
    assert len({block.place for block in document.blocks}) > 90
