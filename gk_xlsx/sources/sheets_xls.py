"""An .xls or .et → its sheets: values by calamine, all else by the records themselves."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from gk_xlsx.sources import biff, compound
from gk_xlsx.sources.grids import Place, Sheet, Value, text_of
from gk_xlsx.sources.refusals import RefusedError


def read_xls(data: bytes) -> Sequence[Sheet]:
    """The sheets of a workbook, in the order of the tabs.

    Raises:
        UnreadableError: if it is damaged, has a password or is far too large.
    """
    marks = biff.marks(_stream(data))
    if any(mark.too_large for mark in marks):
        raise RefusedError("sheet_too_large")
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            names = book.sheet_names
            values = [
                book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names
            ]
    except (CalamineError, ValueError, OSError) as error:
        raise RefusedError("crashed") from error
    if len(names) != len(marks):
        raise RefusedError("damaged")
    return [_sheet(*each) for each in zip(names, values, marks, strict=True)]


def _stream(data: bytes) -> bytes:
    try:
        opened = compound.Compound(data)
        return opened.content("Workbook" if "Workbook" in opened.names() else "Book")
    except (compound.DamagedCompoundError, KeyError):
        raise RefusedError("damaged") from None


def _sheet(name: str, values: Sequence[Sequence[Value]], mark: biff.Marks) -> Sheet:
    return Sheet(
        name,
        {**dict(_cells(values)), **mark.texts},
        mark.merged,
        mark.hidden_rows,
        mark.hidden_columns,
        mark.shown,
    )


def _cells(values: Sequence[Sequence[Value]]) -> Iterator[tuple[Place, str]]:
    for row, line in enumerate(values):
        for column, value in enumerate(line):
            text = text_of(value)
            if text:
                yield (row, column), text
