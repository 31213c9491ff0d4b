"""Whole reports as other offices' Word documents hold them: right or unknown, never wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gk_xlsx import resources
from gk_xlsx.errors import UnreadableError
from gk_xlsx.form import Box, Table, lay_out
from gk_xlsx.published.assembly import report_of
from gk_xlsx.report import AnnualReport, EntryKind, Seen, written
from gk_xlsx.sources.docx import read_docx
from tests.made import UNIT, clean_report
from tests.sources.word import (
    numbered,
    p,
    picture,
    png,
    prompt,
    r,
    read,
    styled,
    tbl,
    tc,
    text_box,
    tr,
    word,
)

REPORT = clean_report()
FORM = resources.form("2021")
STYLES = (
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr>'
    "</w:style>"
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="japaneseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)

Cell = Callable[[str], str]
"""A figure's text → the content of its cell."""


def plain(text: str) -> str:
    return p(text)


def rows(table: Table, figure: Cell = plain) -> list[str]:
    """A statutory table's rows, merged as the form prints them."""
    grid = lay_out(table)
    found = []
    for row in range(grid.height):
        boxes = [box for box in grid.boxes if box.row <= row < box.row + box.rows]
        cells = (_cell(box, row, figure) for box in sorted(boxes, key=lambda box: box.column))
        found.append(tr(*cells))
    return found


def _cell(box: Box, row: int, figure: Cell) -> str:
    merge = ("restart" if row == box.row else "continue") if box.rows > 1 else ""
    text = written(REPORT.entries[box.field.id]) if box.field else box.text
    content = figure(text) if box.field else p(text)
    return tc(content if row == box.row else p(), box.columns, merge)


def whole(table: Table) -> str:
    return tbl(*rows(table))


def document(
    draw: Callable[[Table], str] = whole, heading: Callable[[str], str] | None = None
) -> str:
    """The body of a report: title, headings, text, tables, signature."""
    said = heading or (lambda text: styled(text, "1"))
    parts = [p(UNIT), p("2024年政府信息公开工作年度报告"), p("根据条例编制本报告。")]
    for section in FORM.sections:
        parts.append(said(section.heading))
        parts.append(draw(FORM.table(section.table)) if section.table else p("文字。"))
    return "".join((*parts, p(UNIT), p("2025年1月10日")))


def reading(body: str, numbering: str = "") -> AnnualReport:
    found = read(body, styles=STYLES, numbering=numbering)
    return report_of(found, resources.form, resources.form_for_year)


def right(report: AnnualReport) -> int:
    """How many values are right; any wrong one fails."""
    wrong = {
        key: (written(REPORT.entries[key]), written(entry))
        for key, entry in report.entries.items()
        if entry.kind is not EntryKind.UNKNOWN and entry.value != REPORT.entries[key].value
    }
    assert wrong == {}
    return sum(entry.kind is not EntryKind.UNKNOWN for entry in report.entries.values())


def in_control(table: Table) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{whole(table)}</w:sdtContent></w:sdt>"


def framed(table: Table) -> str:
    return tbl(tr(tc(p() + whole(table) + p())))


def split_by_pages(table: Table) -> str:
    """Two tables with a page break between; the second repeats the head."""
    lines = rows(table)
    if table.key != "requests":
        return whole(table)
    head, middle = lay_out(table).head_rows, len(lines) // 2
    page = p('<w:r><w:br w:type="page"/></w:r>')
    return tbl(*lines[:middle]) + page + p("（续表）") + tbl(*lines[:head], *lines[middle:])


def a_table_a_block(table: Table) -> str:
    """Each block of several is a table of its own."""
    grid = lay_out(table)
    starts = [box.row for box in grid.boxes if box.columns == grid.width and box.column == 0]
    if len(table.blocks) == 1 or len(starts) < 2:
        return whole(table)
    lines = rows(table)
    ends = [*starts[1:], len(lines)]
    return p().join(tbl(*lines[start:end]) for start, end in zip(starts, ends, strict=True))


def another_table_before(table: Table) -> str:
    return (
        tbl(tr("年度", "件数"), tr("2023", "7"), tr("2024", "8")) + p("统计如下：") + whole(table)
    )


def with_figures(figure: Cell) -> Callable[[Table], str]:
    def draw(table: Table) -> str:
        return tbl(*rows(table, figure))

    return draw


DRAWN: dict[str, Callable[[Table], str]] = {
    "as the form": whole,
    "in a content control": in_control,
    "in a frame": framed,
    "split by pages": split_by_pages,
    "a table a block": a_table_a_block,
    "another table before": another_table_before,
    "tracked changes": with_figures(
        lambda text: p(
            f"<w:del><w:r><w:delText>9</w:delText></w:r></w:del><w:ins>{r(text)}</w:ins>"
        )
    ),
    "hidden text": with_figures(lambda text: p(r("7", "<w:vanish/>") + r(text))),
    "several runs": with_figures(lambda text: p("".join(r(digit) for digit in text))),
    "a formula's result": with_figures(
        lambda text: p(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>=1+1</w:instrText>'
            f'</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(text)}'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
    ),
    "filled-in controls": with_figures(
        lambda text: f"<w:sdt><w:sdtPr/><w:sdtContent>{p(text)}</w:sdtContent></w:sdt>"
    ),
    "footnotes": with_figures(
        lambda text: p(r(text) + '<w:r><w:footnoteReference w:id="1"/></w:r>')
    ),
    "blank lines": with_figures(lambda text: p() + p(f" {text} ") + p()),
}


@pytest.mark.parametrize("name", DRAWN)
def test_every_value_is_found_however_the_tables_are_made(name: str) -> None:
    report = reading(document(DRAWN[name]))
    assert right(report) == len(FORM.fields)
    assert (report.year, report.unit.name) == (2024, UNIT)
    assert len(report.headings) == 6


UNSURE: dict[str, Cell] = {
    "a note mark": lambda text: p(r(text) + r("1", '<w:vertAlign w:val="superscript"/>')),
    "an old figure struck out": lambda text: p(r("9", "<w:strike/>") + r(text)),
    "a figure floating over it": lambda text: p(r(text) + text_box(p("9"))),
    "two figures": lambda text: p(text) + p("9"),
    "a prompt": lambda _text: prompt(p("请填写")) + p(),
    "a sign of a font": lambda text: p(
        '<w:r><w:sym w:font="Symbol" w:char="F031"/></w:r>' + r(text)
    ),
}


@pytest.mark.parametrize("name", UNSURE)
def test_a_figure_with_something_about_it_is_right_or_unknown(name: str) -> None:
    def figure(text: str) -> str:
        return UNSURE[name](text) if text.endswith("5") else p(text)

    report = reading(document(with_figures(figure)))
    taken = [key for key, entry in report.entries.items() if entry.value is not None]
    assert all(report.entries[key].value == REPORT.entries[key].value for key in taken)
    assert taken


def test_headings_that_word_numbers_are_found() -> None:
    def heading(text: str) -> str:
        return numbered(text.partition("、")[2])

    report = reading(document(heading=heading), NUMBERING)
    assert right(report) == len(FORM.fields)
    assert report.headings == tuple(section.heading for section in FORM.sections)


def test_a_title_in_a_text_box_is_the_title() -> None:
    body = document()
    boxed = p(text_box(p(UNIT) + p("2024年政府信息公开工作年度报告")))
    rest = body.removeprefix(p(UNIT) + p("2024年政府信息公开工作年度报告"))
    report = reading(boxed + rest)
    assert (report.unit.name, report.year) == (UNIT, 2024)


def test_a_statutory_table_that_is_a_picture_is_said_to_be_one() -> None:
    def draw(table: Table) -> str:
        return p(picture("a", 150, 200)) if table.key == "requests" else whole(table)

    found = read_docx(word(document(draw), styles=STYLES, media={"a": png()}))
    report = report_of(found, resources.form, resources.form_for_year)
    (seen,) = report.saw(Seen.PICTURE_TABLE)
    assert seen.table == "requests"
    assert right(report) == sum(field.table != "requests" for field in FORM.fields.values())


def test_a_document_of_pictures_is_refused() -> None:
    found = read_docx(word(p(picture("a", 150, 210)) * 4, media={"a": png()}))
    with pytest.raises(UnreadableError, match="没有"):
        report_of(found, resources.form, resources.form_for_year)
