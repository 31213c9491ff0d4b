"""A planned workbook → bytes, by XlsxWriter.

XlsxWriter reports many mistakes by return codes or warnings and drops the cell or rule; here
every one of them raises.
"""

from __future__ import annotations

import datetime
import io
import warnings
from collections.abc import Callable
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gk_xlsx.errors import GkXlsxError
from gk_xlsx.markdown import clean
from gk_xlsx.plan.model import (
    Accepts,
    Address,
    Area,
    Cell,
    Colouring,
    Mark,
    Page,
    Paper,
    Sheet,
    Style,
    Validation,
    Workbook,
)
from gk_xlsx.workbook.charts import drawn
from gk_xlsx.workbook.looks import BASE, MARKS, STYLES

_CELL, _PROPERTY, _COMMENT = 32_767, 255, 2_000
"""Characters that fit: the first two as Excel counts them, the last so that it can be read."""
_TALLEST = 409.0
"""Points: a higher row makes Excel repair the file. A long paragraph is read in the line above."""
_SHOWN = 20
"""Characters of a text that messages quote."""
_INCH_MM = 25.4
_PAPERS = {Paper.A3: 8, Paper.A4: 9}
"""Source: ECMA-376 part 1, 18.3.1.63 paperSize."""

_CRITERIA: dict[Accepts, dict[str, object]] = {
    Accepts.WHOLE: {"validate": "integer", "criteria": ">=", "value": 0},
    Accepts.SIGNED: {
        "validate": "integer",
        "criteria": "between",
        "minimum": -9_999_999,
        "maximum": 9_999_999,
    },
    Accepts.AMOUNT: {"validate": "decimal", "criteria": ">=", "value": 0},
    Accepts.CHANGED_AMOUNT: {
        "validate": "decimal",
        "criteria": "between",
        "minimum": -999_999_999,
        "maximum": 999_999_999,
    },
    Accepts.ANY: {"validate": "any"},
}


class _Book(xlsxwriter.Workbook):  # type: ignore[misc]  # XlsxWriter's base is untyped here
    """Locks the structure, for which XlsxWriter has no call: no password, as WPS wants it."""

    def _write_book_views(self) -> None:
        self._xml_empty_tag("workbookProtection", [("lockStructure", 1)])
        super()._write_book_views()


def workbook_bytes(plan: Workbook) -> bytes:
    """The package of a planned workbook; the same plan gives the same bytes.

    Raises:
        GkXlsxError: for a text that is longer than a workbook can hold.
    """
    buffer = io.BytesIO()
    book = _Book(
        buffer,
        {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "in_memory": True,
        },
    )
    _refuse_long_identity(plan)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        _fill(book, plan)
        book.close()
    return buffer.getvalue()


def _fill(book: xlsxwriter.Workbook, plan: Workbook) -> None:
    formats = _Formats(book)
    for sheet in plan.sheets:
        worksheet = book.add_worksheet(sheet.name)
        _Page(worksheet, sheet, formats).write()
        for chart in sheet.charts:
            _checked(worksheet.insert_chart, chart.row, chart.column, drawn(book, chart))
    _set_names(book, plan)
    _set_properties(book, plan)
    book.get_worksheet_by_name(plan.active).activate()


class _Formats:
    """Formats of the workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[Style, bool] | Mark, Format] = {}

    def of(self, style: Style, *, open_: bool) -> Format:
        """The format of a cell; open ones can be typed into while the sheet is locked."""
        key = (style, open_)
        if key not in self._made:
            made = {**BASE, **STYLES[style], "locked": not open_}
            self._made[key] = self._book.add_format(made)
        return self._made[key]

    def colour(self, mark: Mark) -> Format:
        """The format that a colouring lays over a cell."""
        if mark not in self._made:
            self._made[mark] = self._book.add_format(MARKS[mark])
        return self._made[mark]


class _Page:
    """One sheet being written."""

    def __init__(self, worksheet: Worksheet, sheet: Sheet, formats: _Formats) -> None:
        self._to = worksheet
        self._sheet = sheet
        self._formats = formats

    def write(self) -> None:
        """Write everything the plan has for this sheet."""
        self._set_sizes()
        for cell in self._sheet.cells:
            self._write_cell(cell)
        for validation in self._sheet.validations:
            self._add_validation(validation)
        for colouring in self._sheet.colourings:
            self._add_colouring(colouring)
        self._set_view()
        self._set_print(self._sheet.page)
        self._protect()

    def _set_sizes(self) -> None:
        for column, width in self._sheet.widths.items():
            _checked(self._to.set_column, column, column, width)
        if self._sheet.hidden_columns:
            first, last = self._sheet.hidden_columns
            _checked(self._to.set_column, first, last, 9, None, {"hidden": True})
        for row, height in self._sheet.heights.items():
            _checked(self._to.set_row, row, min(height, _TALLEST))
        if self._sheet.folded_rows:
            first, last = self._sheet.folded_rows
            for row in range(first, last + 1):
                _checked(self._to.set_row, row, 20, None, {"level": 1, "hidden": True})
            _checked(self._to.set_row, last + 1, 15, None, {"collapsed": True})

    def _write_cell(self, cell: Cell) -> None:
        look = self._formats.of(cell.style, open_=cell.open)
        if cell.rows > 1 or cell.columns > 1:
            bottom, right = cell.row + cell.rows - 1, cell.column + cell.columns - 1
            _checked(self._to.merge_range, cell.row, cell.column, bottom, right, "", look)
        self._write_content(cell, look)
        if cell.comment:
            _checked(self._to.write_comment, cell.row, cell.column, _comment(cell.comment))

    def _write_content(self, cell: Cell, look: Format) -> None:
        at, content = (cell.row, cell.column), self._writable(cell)
        if cell.formula:
            result = float(content) if isinstance(content, Decimal) else content
            _checked(self._to.write_formula, *at, f"={cell.formula}", look, result)
        elif cell.link:
            _checked(self._to.write_url, *at, f"internal:{cell.link}", look, str(content))
        elif isinstance(content, str):
            write = self._to.write_string if content else self._to.write_blank
            _checked(write, *at, content, look)
        else:
            _checked(self._to.write_number, *at, float(content), look)

    def _writable(self, cell: Cell) -> Decimal | int | str:
        """What a cell holds, without what XML cannot hold.

        Raises:
            GkXlsxError: for a text that is too long; cut off, it would not be what it says.
        """
        if not isinstance(cell.content, str):
            return cell.content
        text = clean(cell.content)
        if _units(text) <= _CELL:
            return text
        place = f"“{self._sheet.name}”的 {Address(self._sheet.name, cell.row, cell.column).local}"
        raise GkXlsxError(
            f"{place} 要写 {len(text)} 字，一格最多 {_CELL} 字，没有生成。"
            f"请先删减以“{text[:_SHOWN]}”开头的文字。"
        )

    def _add_validation(self, validation: Validation) -> None:
        rule: dict[str, object] = {
            "input_title": validation.title,
            "input_message": validation.hint,
            "ignore_blank": True,
        }
        if validation.accepts is Accepts.LISTED:
            rule |= {"validate": "list", "source": f"={validation.list_name}"}
        else:
            rule |= _CRITERIA[validation.accepts]
        if validation.error:
            rule |= {"error_title": "填写有误", "error_message": validation.error}
        area = _corners(validation.area)
        _checked(self._to.data_validation, *area, rule)

    def _add_colouring(self, colouring: Colouring) -> None:
        rule = {
            "type": "formula",
            "criteria": f"={colouring.formula}",
            "format": self._formats.colour(colouring.mark),
            "stop_if_true": True,
        }
        _checked(self._to.conditional_format, *_corners(colouring.area), rule)

    def _set_view(self) -> None:
        sheet = self._sheet
        if sheet.hidden:
            self._to.very_hidden()
        if any(sheet.freeze):
            self._to.freeze_panes(*sheet.freeze)
        if sheet.colour:
            self._to.set_tab_color(f"#{sheet.colour}")
        self._to.set_selection(*sheet.start, *sheet.start)
        self._to.hide_gridlines(2)

    def _set_print(self, page: Page) -> None:
        self._to.set_paper(_PAPERS[page.paper])
        top, right, bottom, left = (side / _INCH_MM for side in page.margins_mm)
        self._to.set_margins(left, right, top, bottom)
        self._to.center_horizontally()
        if page.landscape:
            self._to.set_landscape()
        if page.scale is None:
            self._to.fit_to_pages(1, 1 if page.tall else 0)
        else:
            self._to.set_print_scale(page.scale)
        if page.repeat:
            self._to.repeat_rows(*page.repeat)
        if page.repeat_columns:
            self._to.repeat_columns(*page.repeat_columns)
        if page.breaks:
            self._to.set_h_pagebreaks(list(page.breaks))
        if page.area:
            self._to.print_area(*_corners(page.area))
        self._to.set_footer("&C第 &P 页，共 &N 页")

    def _protect(self) -> None:
        """Lock without a password; drawn objects stay allowed, for Excel's trace arrows."""
        rows = self._sheet.folded_rows is not None
        self._to.protect("", {"objects": True, "scenarios": True, "format_rows": rows})


def _set_names(book: xlsxwriter.Workbook, plan: Workbook) -> None:
    for name, target in plan.names.items():
        _checked(book.define_name, name, f"={target}")


def _refuse_long_identity(plan: Workbook) -> None:
    """Names of bodies are kept as properties and in defined names, which hold less than a cell.

    Raises:
        GkXlsxError: naming the text.
    """
    for text in plan.properties.values():
        if _units(text) > _PROPERTY:
            raise GkXlsxError(
                f"“{text[:_SHOWN]}……”有 {len(text)} 字，名称和编码最多 {_PROPERTY} 字，没有生成。"
                "请先改短。"
            )


def _comment(text: str) -> str:
    """A comment that can be taken in; its whole text stands on 自查结果."""
    shown = clean(text)
    return shown if len(shown) <= _COMMENT else f"{shown[:_COMMENT]}……"


def _units(text: str) -> int:
    """Its length as Excel counts: a character beyond the first plane is two."""
    return len(text) + sum(char > "\uffff" for char in text)


def _set_properties(book: xlsxwriter.Workbook, plan: Workbook) -> None:
    created = datetime.datetime(plan.year, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)
    known = {"title": clean(plan.title)[:_PROPERTY], "author": clean(plan.author)[:_PROPERTY]}
    book.set_properties({**known, "created": created})
    for name, value in plan.properties.items():
        _checked(book.set_custom_property, name, clean(value), "text")


def _corners(area: Area) -> tuple[int, int, int, int]:
    return area.top, area.left, area.bottom, area.right


def _checked(call: Callable[..., object], *arguments: object) -> None:
    """Call XlsxWriter; an error code means that a cell or rule would be missing."""
    code = call(*arguments)
    if isinstance(code, int) and not isinstance(code, bool) and code < 0:
        raise ValueError(f"XlsxWriter refused {call.__name__}{arguments!r} with {code}")
