"""明细 and 来源与调整 of a merged workbook → the merge: every unit's figures, files, adjustments.

Cached results are no evidence here either: sums and totals are computed from the units' figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gk_xlsx.findings import Verdict
from gk_xlsx.form import Form
from gk_xlsx.merged import Adjustment, Contributor, Merged, Missing
from gk_xlsx.plan.layout import CHARTED, COMPARED, DETAIL, MERGED_KEY, OVERVIEW, SOURCES
from gk_xlsx.plan.merged_layout import (
    ADJUSTMENT_MARK,
    ASIDE_MARK,
    CODE_HEAD,
    KIND_HEAD,
    NAME_HEAD,
    NUMBER_HEAD,
    ROSTER_KEY,
    ROW_KEY,
    SCOPE_HEAD,
    SOURCES_KEY,
    TOTAL_MARK,
    UNKNOWN,
    Detail,
    decimals_of,
    listed,
)
from gk_xlsx.plan.merged_workbook import AS_PLANNED, planned_places, row_mark
from gk_xlsx.report import (
    AnnualReport,
    Entry,
    EntryKind,
    Observation,
    Place,
    Seen,
)
from gk_xlsx.rollup.figures import PARTS_UNKNOWN, positions, totals
from gk_xlsx.rollup.merging import adjustment, noted, sums
from gk_xlsx.workbook.cells import Stored, StoredSheet
from gk_xlsx.workbook.merged_sources import Sources, scope_labelled
from gk_xlsx.workbook.sheets import Sheets

MERGED_SHEETS = (OVERVIEW, COMPARED, CHARTED, DETAIL, SOURCES)
"""What a merged workbook has beside the sheets of any other."""

_LOST = "“明细”被删除或改动，不能相加"
_ALL_COLUMNS = range(500)
_HEADS_WITHIN = 60
"""Rows among which the heads are looked for."""


@dataclass(frozen=True)
class DetailRead:
    """What 明细 and 来源与调整 hold.

    Attributes:
        sums: field id to the formula that its sum should have.
    """

    counted: tuple[Contributor, ...] = ()
    aside: tuple[Contributor, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    missing: tuple[Missing, ...] = ()
    by_roster: bool = False
    sums: Mapping[str, str] | None = None
    observations: tuple[Observation, ...] = ()


@dataclass(frozen=True)
class _Columns:
    """Where things stand on 明细, found by the ids and heads."""

    heads: Mapping[str, int]
    fields: Mapping[str, int]
    top: int


def is_merged(form: Form, sheets: Sheets) -> bool:
    """Whether a workbook is a merged one: it says so, or has a sheet as only merged ones have."""
    if sheets.hidden.text(MERGED_KEY):
        return True
    sheet = sheets.get(DETAIL)
    return sheet is not None and _columns(form, sheet) is not None


def read_detail(form: Form, sheets: Sheets) -> DetailRead:
    """Everything that the sums were made from; empty where 明细 is gone."""
    sheet = sheets.get(DETAIL)
    columns = _columns(form, sheet) if sheet else None
    if sheet is None or columns is None:
        return DetailRead(sums={field.id: "" for field in form})
    sources = Sources(sheets.get(SOURCES))
    rows = _Rows(form, sheet, columns, sources, sheets)
    counted, adjustments = tuple(rows.counted()), tuple(rows.adjustments())
    aside, missing = tuple(rows.aside()), tuple(sources.missing())
    detail = Detail(
        form,
        len(counted),
        len(rows.numbered(ADJUSTMENT_MARK)),
        len(aside),
        decimals_of(form, counted),
    )
    return DetailRead(
        counted=counted,
        aside=aside,
        adjustments=adjustments,
        missing=missing,
        by_roster=bool(sheets.hidden.text(ROSTER_KEY)),
        sums={field.id: detail.figure(field) for field in form},
        observations=(*rows.changed(counted), *_seen_of_sources(sheets, missing, counted)),
    )


def _seen_of_sources(
    sheets: Sheets, missing: Sequence[Missing], counted: Sequence[Contributor]
) -> Iterator[Observation]:
    """What 来源与调整 listed when it was written and no longer does, or the other way round."""
    names = ("缺报单位", "个"), ("下级汇总所含的报告", "份")
    pairs = zip(names, listed(missing, counted), strict=True)
    for column, ((name, measure), now) in enumerate(pairs, start=1):
        before = sheets.hidden.text(SOURCES_KEY, column)
        if before is not None and before != str(now):
            yield Observation(
                Seen.SOURCES_CHANGED,
                place=Place(SOURCES),
                expected=f"{name}原有 {before} {measure}",
                found=f"{now} {measure}",
            )


def assembled(form: Form, base: AnnualReport, detail: DetailRead) -> Merged:
    """The merge, its sums computed; `base` has everything else of the workbook."""
    entries: Mapping[str, Entry]
    if detail.counted:
        entries = sums(form, detail.counted, detail.adjustments)
    else:
        entries = dict.fromkeys(form.fields, Entry(EntryKind.UNKNOWN, reason=_LOST))
    placed = {
        field_id: replace(entry, place=base.entries[field_id].place)
        for field_id, entry in entries.items()
    }
    report = replace(
        base,
        entries=placed,
        parts=(
            *(item.part for item in detail.counted),
            *(part for item in detail.counted for part in item.parts),
        ),
        observations=(*base.observations, *detail.observations),
    )
    merged = Merged(
        form=form,
        report=report,
        counted=detail.counted,
        aside=detail.aside,
        adjustments=detail.adjustments,
        missing=detail.missing,
        by_roster=detail.by_roster,
    )
    return noted(merged)


def _columns(form: Form, sheet: StoredSheet) -> _Columns | None:
    """The row that has most ids, with their columns, and the heads above it."""
    by_row: dict[int, dict[str, int]] = {}
    texts = dict(_top_texts(sheet))
    for (row, column), text in texts.items():
        if text in form.fields:
            by_row.setdefault(row, {})[text] = column
    ids = max(by_row, key=lambda at: len(by_row[at]), default=0)
    if len(by_row.get(ids, {})) < len(form.fields):
        return None
    heads = {text: column for (row, column), text in texts.items() if row < ids}
    wanted = (NUMBER_HEAD, NAME_HEAD, CODE_HEAD, KIND_HEAD, SCOPE_HEAD)
    if not all(head in heads for head in wanted):
        return None
    return _Columns(heads, by_row[ids], ids + 1)


def _top_texts(sheet: StoredSheet) -> Iterator[tuple[tuple[int, int], str]]:
    """The texts of the first rows, where the heads are: there may be thousands below."""
    for place, stored in sheet.cells(_ALL_COLUMNS):
        if place[0] > _HEADS_WITHIN:
            return
        if stored.kind == "s" and stored.formula is None:
            yield place, stored.text


# -- rows of 明细 --------------------------------------------------------------------------


class _Rows:
    """The rows of 明细 by what stands in their first column."""

    def __init__(
        self,
        form: Form,
        sheet: StoredSheet,
        columns: _Columns,
        sources: Sources,
        sheets: Sheets,
    ) -> None:
        self._form, self._sheet, self._columns = form, sheet, columns
        self._sources, self._hidden = sources, sheets.hidden
        first = columns.heads[NUMBER_HEAD]
        self._numbers = {
            text: row
            for (row, _), text in sheet.texts(range(first, first + 1)).items()
            if row >= columns.top
        }

    def numbered(self, mark: str) -> Sequence[int]:
        """The rows whose number begins with a mark; without one those of counted units."""
        rows = ((text.removeprefix(mark), row) for text, row in self._numbers.items()
                if text.startswith(mark))  # fmt: skip
        return [row for number, row in rows if number.isdecimal()]

    def counted(self) -> Iterator[Contributor]:
        """The units that are added up, in their order."""
        for row in self.numbered(""):
            yield self._contributor(row, "counted", self._number(row))

    def aside(self) -> Iterator[Contributor]:
        """The units that are not."""
        for number, row in enumerate(self.numbered(ASIDE_MARK), start=1):
            yield self._contributor(row, "aside", str(number))

    def adjustments(self) -> Iterator[Adjustment]:
        """The rows for adjustments that hold anything."""
        for row in self.numbered(ADJUSTMENT_MARK):
            changes, wrong = self._changes(row)
            label, reason = self._text(row, NAME_HEAD), self._text(row, CODE_HEAD)
            if label.strip() or reason.strip() or changes or wrong:
                yield adjustment(self._form, label, reason, changes, wrong)

    def changed(self, counted: Sequence[Contributor]) -> Iterator[Observation]:
        """Rows that are no longer as they were merged, or gone."""
        keys = (key for key in self._hidden.keys if key.startswith(ROW_KEY))
        marks = {key.removeprefix(ROW_KEY): self._hidden.text(key) for key in keys}
        rows = self.numbered("")
        for row, item in zip(rows, counted, strict=True):
            mark = marks.pop(self._number(row), None)
            if mark != row_mark(item) or not self._totals_stand(row, item):
                place = Place(DETAIL, f"A{row + 1}")
                yield Observation(Seen.DETAIL_CHANGED, place=place, found=item.name)
        for number in marks:
            yield Observation(Seen.DETAIL_CHANGED, place=Place(DETAIL), found=f"第 {number} 份")
        for row in self._out_of_the_sums():
            place = Place(DETAIL, f"A{row + 1}")
            yield Observation(Seen.DETAIL_CHANGED, place=place, found=self._number(row))

    def _out_of_the_sums(self) -> Iterator[int]:
        """Rows that the sheet's own sums do not see as they are read here.

        Units and adjustments stand in one block: a row that is not in it leaves its place to
        another, which the sums add up. The row of the sums holds formulas.
        """
        rows = (*self.numbered(""), *self.numbered(ADJUSTMENT_MARK))
        block = range(self._columns.top, self._columns.top + len(rows))
        yield from (row for row in rows if row not in block)
        total = self._numbers.get(TOTAL_MARK, self._columns.top)
        cells = (self._sheet.at((total, column)) for column in self._columns.fields.values())
        if any(stored is None or stored.formula is None for stored in cells):
            yield total

    def _contributor(self, row: int, section: str, number: str) -> Contributor:
        figures, reasons = self._figures(row)
        known = self._sources.of(section, number)
        places = self._hidden.text(f"{ROW_KEY}{number}", 2) if section == "counted" else ""
        return Contributor(
            name=self._text(row, NAME_HEAD),
            code=self._text(row, CODE_HEAD),
            scope=scope_labelled(self._text(row, SCOPE_HEAD)),
            path=known.get("文件", ""),
            sha256=known.get("文件校验值（sha256）", ""),
            figures=figures,
            reasons=reasons,
            places=_places(self._form, places or ""),
            kind=self._text(row, KIND_HEAD),
            received=known.get("收到日期", ""),
            verdict=_verdict(known.get("数据核验", "")),
            explanation=known.get("情况说明、备注", ""),
            parts=tuple(self._sources.parts_of(number)) if section == "counted" else (),
        )

    def _figures(self, row: int) -> tuple[tuple[Decimal | None, ...], Mapping[str, str]]:
        found = {
            field.id: self._sheet.at((row, self._columns.fields[field.id]))
            for field in self._form.inputs
        }
        inputs = {field_id: _number(stored) for field_id, stored in found.items()}
        figures = totals(self._form, [inputs.get(field_id) for field_id in self._form.fields])
        reasons = {
            field_id: _reason(found.get(field_id)) if field_id in found else PARTS_UNKNOWN
            for field_id, figure in zip(self._form.fields, figures, strict=True)
            if figure is None
        }
        return figures, reasons

    def _changes(self, row: int) -> tuple[dict[str, Decimal], dict[str, str]]:
        changes, wrong = {}, {}
        for field in self._form.inputs:
            stored = self._sheet.at((row, self._columns.fields[field.id]))
            number = _number(stored)
            if number:
                changes[field.id] = number
            elif stored is not None and number is None and _holds_anything(stored):
                wrong[field.id] = _reason(stored)
        return changes, wrong

    def _totals_stand(self, row: int, item: Contributor) -> bool:
        """Whether a unit's totals are those of its figures: the sums are made of them too."""
        at = positions(self._form)
        return all(
            _number(self._sheet.at((row, self._columns.fields[field_id])))
            == item.figures[at[field_id]]
            for field_id in self._form.computed
        )

    def _number(self, row: int) -> str:
        return self._text(row, NUMBER_HEAD)

    def _text(self, row: int, head: str) -> str:
        return self._sheet.text_at((row, self._columns.heads[head]))


def _number(stored: Stored | None) -> Decimal | None:
    if stored is None or stored.formula is not None or stored.kind != "n":
        return None
    return stored.number


def _holds_anything(stored: Stored) -> bool:
    return bool(stored.kind) or stored.formula is not None


def _reason(stored: Stored | None) -> str:
    if stored is None:
        return "空白"
    if stored.formula is not None:
        return f"填的是算式“={stored.formula}”"
    return stored.text or UNKNOWN


def _places(form: Form, text: str) -> tuple[Place | None, ...]:
    if text == AS_PLANNED:
        return planned_places(form)
    if not text:
        return ()
    parts = [part.rpartition("!") for part in text.split("|")]
    if len(parts) != len(form.fields):
        return ()
    return tuple(Place(sheet, cell) if mark else None for sheet, mark, cell in parts)


def _verdict(label: str) -> Verdict:
    return next((item for item in Verdict if item.label == label), Verdict.NONE)
