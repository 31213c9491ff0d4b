"""What is fuzzed: each target takes bytes and must neither fail nor break its promise.

Whatever is wrong with an input is a GkXlsxError; anything else that is raised is a defect.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from gk_xlsx import resources
from gk_xlsx.amounts import plain, read_amount
from gk_xlsx.api.formats import document_of
from gk_xlsx.claims import About, claims
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.form import Form, lay_out
from gk_xlsx.markdown import Run
from gk_xlsx.published.assembly import report_of
from gk_xlsx.published.model import Block, Cell, Document, Paragraph, Table
from gk_xlsx.report import AnnualReport
from gk_xlsx.sources.door import Arrival, Kind, admit_data
from gk_xlsx.sources.report_json import read_report_json
from gk_xlsx.workbook.read import read_workbook

Target = Callable[[bytes], None]

_ABOUT = About("示例区发展和改革局", 2024)
_HERE = (Kind.DOCX, Kind.HTML, Kind.TEXT)
"""Kinds read in this process; libraries that may crash run in a worker of their own."""


def door(data: bytes) -> None:
    """Any file at all: let in or refused, read or unreadable."""
    said = "read"
    try:
        _read(admit_data("datei", data))
    except GkXlsxError as error:
        said = str(error)
    assert said.strip(), "a refusal without words"


def amounts(data: bytes) -> None:
    """Any text as a number: none, or one that is written the same way again."""
    amount = read_amount(data.decode("utf-8", "replace"))
    if amount is None:
        return
    again = read_amount(plain(amount.value))
    assert again is not None
    assert again.value == amount.value
    assert amount.value.is_finite()


def matcher(data: bytes) -> None:
    """Statutory tables that were damaged in many ways: every number read stands in them."""
    form = resources.form("2019" if data[:1] > b"\x80" else "2021")
    document = Document("文本", tuple(_damaged(form, data[1:])))
    try:
        report = report_of(document, resources.form, resources.form_for_year)
    except GkXlsxError:
        return
    _numbers_stand_in(report, document)


def text(data: bytes) -> None:
    """Any text of a report: every claim quotes what really stands there."""
    markdown = data.decode("utf-8", "replace")
    for claim in claims(markdown, _ABOUT, "overview"):
        assert 0 <= claim.start < claim.end <= len(markdown)
        assert markdown[claim.quote_start : claim.quote_end] == claim.quote
        assert claim.quantity >= 0


TARGETS: dict[str, Target] = {
    "door": door,
    "amounts": amounts,
    "matcher": matcher,
    "text": text,
}


def _read(arrival: Arrival) -> None:
    if arrival.kind is Kind.WORKBOOK:
        read_workbook(arrival.content, resources.form)
    elif arrival.kind is Kind.REPORT_JSON:
        read_report_json(arrival.content, resources.form, resources.form_for_year)
    elif arrival.kind in _HERE:
        report_of(document_of(arrival), resources.form, resources.form_for_year)


def _numbers_stand_in(report: AnnualReport, document: Document) -> None:
    """No figure but those that some cell holds: nothing is made up."""
    texts = {
        cell.text for block in document.blocks if isinstance(block, Table) for cell in block.cells
    }
    held = {_bare(item) for item in texts} | {
        amount.value for item in texts if (amount := read_amount(item)) is not None
    }
    for key, entry in report.entries.items():
        if entry.value is not None and not entry.changes:
            assert entry.value in held, f"{key} = {entry.value} stands nowhere"


def _bare(text: str) -> Decimal | None:
    digits = re.sub(r"[^\d.]", "", text)
    return Decimal(digits) if re.fullmatch(r"\d+(?:\.\d+)?", digits, re.ASCII) else None


# -- statutory tables, damaged as the bytes say ------------------------------------------------


def _damaged(form: Form, data: bytes) -> Iterator[Block]:
    """The three tables, each with one change for every three bytes: what, where, how much."""
    yield Paragraph((Run(f"示例区发展和改革局2024年{form.title.format(year='')}"),), level=1)
    for number, table in enumerate(form.tables):
        grid = lay_out(table)
        cells = [
            Cell(box.row, box.column, box.text or str(index % 7), box.rows, box.columns)
            for index, box in enumerate(grid.boxes)
        ]
        for at in range(number * 3, len(data) - 2, len(form.tables) * 3):
            cells = _changed(cells, data[at], data[at + 1], data[at + 2])
        yield Table(tuple(cells), ragged=bool(data[:1]) and data[0] % 5 == 0)


def _changed(cells: list[Cell], what: int, where: int, how: int) -> list[Cell]:
    if not cells:
        return cells
    at = cells[(where * 256 + how) % len(cells)]
    if what % 3 == 0:
        return _moved(cells, at, what // 3)
    return [cell for item in cells if (cell := item if item is not at else _retold(at, what, how))]


def _moved(cells: list[Cell], at: Cell, what: int) -> list[Cell]:
    """A row or column left out or shifted."""
    changes: tuple[Callable[[Cell], Cell | None], ...] = (
        lambda item: None if item.row == at.row else item,
        lambda item: None if item.column == at.column else item,
        lambda item: _with(item, column=item.column + (item.row == at.row)),
        lambda item: _with(item, row=item.row + (item.row > at.row)),
    )
    change = changes[what % len(changes)]
    return [cell for item in cells if (cell := change(item))]


def _retold(cell: Cell, what: int, how: int) -> Cell | None:
    """One cell left out, or with another text or width."""
    changes = (
        None,
        _with(cell, text=""),
        _with(cell, text=cell.text + str(how)),
        _with(cell, text=cell.text[1:]),
        _with(cell, columns=1 + how % 4),
    )
    return changes[what % len(changes)]


def _with(
    cell: Cell,
    *,
    text: str | None = None,
    row: int | None = None,
    column: int | None = None,
    columns: int | None = None,
) -> Cell:
    return Cell(
        cell.row if row is None else row,
        cell.column if column is None else column,
        cell.text if text is None else text,
        cell.rows,
        cell.columns if columns is None else columns,
    )
