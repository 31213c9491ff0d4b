"""A workbook of ours → `AnnualReport`, with everything the file shows beside the values.

Cached results are never used: totals are computed from the inputs. A damaged workbook is read
by its labels through `matching`.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from gk_xlsx.amounts import is_blank, is_mark, read_amount
from gk_xlsx.errors import UnreadableError
from gk_xlsx.form import Field, FieldKind, Form, Table
from gk_xlsx.matching import Located, locate, normal
from gk_xlsx.plan.front import part_label
from gk_xlsx.plan.hidden import FORM_NAME
from gk_xlsx.plan.layout import (
    FACT_LABELS,
    FACTS,
    HIDDEN,
    IDENTITY,
    RESULT,
    TEMPLATE_VERSION,
    TEXT,
    TEXT_KEYS,
    Layout,
    layout_of,
)
from gk_xlsx.plan import formulas
from gk_xlsx.relations import with_totals
from gk_xlsx.report import (
    BLANK,
    AnnualReport,
    Entry,
    EntryKind,
    Explanation,
    LastYear,
    Level,
    Observation,
    Place,
    Scope,
    Seen,
    Signed,
    Unit,
    apply_zero_report,
    iso_date,
    narrative,
)
from gk_xlsx.workbook.package import Package, Stored, StoredSheet

Forms = Callable[[str], Form]
"""Edition to its form; raises KeyError for an edition that does not exist."""

_ENOUGH = 0.6
"""A sheet is taken for a renamed table when this part of its fields is found by labels."""


class ForeignWorkbookError(UnreadableError):
    """An .xlsx that no gk-xlsx made."""


def read_workbook(data: bytes, forms: Forms) -> AnnualReport:
    """Read a filled workbook.

    Raises:
        ForeignWorkbookError: if it is not a workbook of this toolkit.
        UnreadableError: if it is damaged beyond its values.
    """
    package = Package(data)
    sheets = _Sheets(package)
    identity = _Identity.of(package, sheets.hidden)
    if identity.value("form") != FORM_NAME:
        raise ForeignWorkbookError("这不是 gk-xlsx 生成的填报表。")
    try:
        form = forms(identity.value("edition"))
    except KeyError:
        raise UnreadableError(f"没有“{identity.value('edition')}”这一版的格式。") from None
    return _Reader(form, sheets, identity, locked=package.locked).report()


# -- sheets --------------------------------------------------------------------------------


class _Sheets:
    """The package's sheets, parsed when asked for."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._parsed: dict[str, StoredSheet] = {}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._package.sheet_parts)

    def get(self, name: str) -> StoredSheet | None:
        if name not in self.names:
            return None
        if name not in self._parsed:
            self._parsed[name] = self._package.sheet(name)
        return self._parsed[name]

    @property
    def hidden(self) -> Mapping[str, tuple[Stored | None, ...]]:
        """Key in column A of the hidden sheet to what stands right of it."""
        sheet = self.get(HIDDEN)
        if sheet is None:
            return {}
        return {
            cell.text: tuple(sheet.cells.get((row, column)) for column in (1, 2, 3))
            for (row, at), cell in sheet.cells.items()
            if at == 0 and cell.kind == "s"
        }


@dataclass(frozen=True)
class _Identity:
    """What each of the three places says; the majority counts."""

    witnesses: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, package: Package, hidden: Mapping[str, tuple[Stored | None, ...]]) -> _Identity:
        names, properties = package.names, package.properties
        return cls(
            {
                key: tuple(
                    said
                    for said in (
                        _hidden_text(hidden, key),
                        properties.get(f"gk.{key}"),
                        _constant(names.get(f"gk_{key}")),
                    )
                    if said is not None
                )
                for key in IDENTITY
            }
        )

    def value(self, key: str) -> str:
        """What most places say; the first one where all differ."""
        said = Counter(self.witnesses[key]).most_common(1)
        return said[0][0] if said else ""

    @property
    def disagreements(self) -> tuple[Observation, ...]:
        return tuple(
            Observation(
                Seen.IDENTITY_DISAGREES, key, expected=self.value(key), found="、".join(sorted(set(said)))
            )
            for key, said in self.witnesses.items()
            if len(set(said)) > 1
        )


def _hidden_text(hidden: Mapping[str, tuple[Stored | None, ...]], key: str) -> str | None:
    if key not in hidden:
        return None
    cell = hidden[key][0]
    return cell.text if cell else ""


def _constant(refers_to: str | None) -> str | None:
    if refers_to is None:
        return None
    text = refers_to.removeprefix("=")
    if len(text) >= 2 and text[0] == text[-1] == '"':
        return text[1:-1].replace('""', '"')
    return text if text.isdecimal() else None


# -- the report ----------------------------------------------------------------------------


class _Reader:
    """Reads one workbook whose form is known."""

    def __init__(self, form: Form, sheets: _Sheets, identity: _Identity, *, locked: bool) -> None:
        self._form = form
        self._layout: Layout = layout_of(form)
        self._sheets = sheets
        self._identity = identity
        self._locked = locked
        self._facts = self._read_facts()

    def report(self) -> AnnualReport:
        tables = [_TableReader(self._layout, table, self._sheets).read() for table in self._form.tables]
        entries = {key: entry for found, _, _ in tables for key, entry in found.items()}
        ordered = {key: entries[key] for key in self._form.fields}
        observations = [item for _, seen, _ in tables for item in seen]
        unit, year = self._unit(), self._year()
        report = AnnualReport(
            edition=self._form.edition,
            year=year,
            unit=unit,
            entries=ordered,
            scope=self._scope(),
            narrative=self._narrative(),
            title=self._facts.get("title", ""),
            signed=Signed(self._facts.get("signed_by", ""), self._facts.get("signed_date", "")),
            zero_report=frozenset(
                table.key for table, (_, _, on) in zip(self._form.tables, tables, strict=True) if on
            ),
            last_year=self._last_year(),
            explanations=tuple(self._explanations()),
            observations=(*observations, *self._seen_of_the_book(year)),
        )
        counted = apply_zero_report(report, self._form)
        totals = with_totals(self._form, counted.entries)
        return replace(counted, entries=self._observe_stated(totals, counted))

    def _observe_stated(
        self, totals: Mapping[str, Entry], report: AnnualReport
    ) -> Mapping[str, Entry]:
        """Totals keep their place; what stood there instead of a formula was observed."""
        return {
            key: replace(entry, place=report.entries[key].place) for key, entry in totals.items()
        }

    # -- identity and facts ----------------------------------------------------------------

    def _read_facts(self) -> Mapping[str, str]:
        sheet = self._sheets.get(FACTS)
        if sheet is None:
            return {}
        keys = {label: key for key, label in FACT_LABELS.items()}
        facts = {}
        for (row, column), cell in sheet.cells.items():
            key = keys.get(cell.text.strip())
            if key and column == 0:
                facts[key] = _fact(sheet.cells.get((row, 1)))
        return facts

    def _unit(self) -> Unit:
        level = self._identity.value("level")
        labels = {item.label: item for item in Level}
        return Unit(
            name=self._identity.value("unit") or self._facts.get("unit", ""),
            code=self._identity.value("code") or self._facts.get("code", ""),
            level=Level(level) if level in set(Level) else labels.get(self._facts.get("level", "")),
        )

    def _year(self) -> int:
        text = self._identity.value("year") or self._facts.get("year", "").removesuffix("年")
        amount = read_amount(text)
        return int(amount.value) if amount and 1900 < amount.value < 2200 else 0

    def _scope(self) -> Scope:
        if self._identity.value("unit"):
            scope = self._identity.value("scope")
            return Scope(scope) if scope in set(Scope) else Scope.BODY
        labels = {item.label: item for item in Scope}
        return labels.get(self._facts.get("scope", ""), Scope.BODY)

    def _seen_of_the_book(self, year: int) -> Iterator[Observation]:
        yield from self._identity.disagreements
        version = self._identity.value("template")
        if version != TEMPLATE_VERSION:
            yield Observation(Seen.OTHER_VERSION, expected=TEMPLATE_VERSION, found=version)
        if not self._locked:
            yield Observation(Seen.UNPROTECTED, found="工作簿结构")
        if year and not self._form.covers(year):
            yield Observation(Seen.EDITION_MISMATCH, expected=self._form.edition, found=str(year))
        shown, unit = self._facts.get("unit", ""), self._identity.value("unit")
        if unit and shown and shown != unit:
            yield Observation(Seen.IDENTITY_DISAGREES, "unit", expected=unit, found=shown)

    # -- text, last year, explanations -----------------------------------------------------

    def _narrative(self) -> Mapping[str, str]:
        sheet = self._sheets.get(TEXT)
        if sheet is None:
            return narrative(())
        headings = {part_label(self._form, key): key for key in TEXT_KEYS}
        parts: dict[str, list[str]] = {}
        current: list[str] | None = None
        for row, cells in _rows(sheet):
            key = headings.get(cells[0].text) if 0 in cells else None
            if key:
                current = parts.setdefault(key, [])
            elif current is not None:
                text = "\t".join(cell.text for at, cell in cells.items() if at and cell.text)
                current += [text.strip()] if not is_blank(text.strip()) else []
        return narrative((key, "\n\n".join(texts)) for key, texts in parts.items())

    def _last_year(self) -> LastYear | None:
        hidden = self._sheets.hidden
        year = _hidden_text(hidden, "last.year") or ""
        if not year.isdecimal():
            return None
        values = {
            key: cells[0].number
            for key, cells in hidden.items()
            if "." in key and cells[0] is not None and cells[0].number is not None
            and key.partition(".")[0] in {table.key for table in self._form.tables}
            and not key.endswith(_COUNT_KEYS) and cells[0].formula is None
        }  # fmt: skip
        unit, edition = (_hidden_text(hidden, f"last.{key}") or "" for key in ("unit", "edition"))
        return LastYear(int(year), unit, edition, values)

    def _explanations(self) -> Iterator[Explanation]:
        sheet = self._sheets.get(RESULT)
        if sheet is None:
            return
        hidden, relations = self._sheets.hidden, self._layout.explainable
        planned = self._layout.explanations_top
        head = next((r for (r, c), cell in sheet.cells.items() if cell.text == "本年“上年结转”"), None)
        top = planned if head is None else head + 1
        for offset, relation in enumerate(relations):
            cell = sheet.cells.get((top + offset, 5))
            if cell is None or is_blank(cell.text):
                continue
            field = relation.left[0].field
            issued = hidden.get(f"{relation.code} {field}", (None, None, None))
            explanation = Explanation(relation.code, (field,), cell.text.strip())
            if issued[0] is not None and issued[0].text == cell.text and issued[1] and issued[2]:
                explanation = replace(explanation, left=issued[1].number, right=issued[2].number)
            yield explanation


_COUNT_KEYS = (".blank", ".assumed", ".zero", ".ok", ".mark", ".text", ".negative", ".fraction")


def _rows(sheet: StoredSheet) -> Iterator[tuple[int, dict[int, Stored]]]:
    rows: dict[int, dict[int, Stored]] = {}
    for (row, column), cell in sheet.cells.items():
        rows.setdefault(row, {})[column] = cell
    for row in sorted(rows):
        yield row, dict(sorted(rows[row].items()))


def _fact(cell: Stored | None) -> str:
    if cell is None:
        return ""
    if cell.kind == "d" and cell.number is not None:
        return _serial_date(int(cell.number))
    date = iso_date(cell.text)
    return date.isoformat() if date else cell.text.strip()


def _serial_date(days: int) -> str:
    """A spreadsheet's day number as an ISO date."""
    try:
        return (datetime.date(1899, 12, 30) + datetime.timedelta(days=days)).isoformat()
    except OverflowError:
        return str(days)


# -- one table -----------------------------------------------------------------------------


class _TableReader:
    """Reads one statutory sheet, at its addresses or by its labels."""

    def __init__(self, layout: Layout, table: Table, sheets: _Sheets) -> None:
        self._layout = layout
        self._table = table
        self._sheets = sheets
        self._seen: list[Observation] = []

    def read(self) -> tuple[dict[str, Entry], tuple[Observation, ...], bool]:
        """Entries, what was seen, and whether the 零报告 switch is on."""
        sheet = self._find()
        if sheet is None:
            self._see(Seen.TABLE_MISSING)
            lost = Entry(EntryKind.UNKNOWN, reason=f"没有找到“{self._table.sheet}”表")
            return dict.fromkeys((f.id for f in self._table.fields), lost), tuple(self._seen), False
        if not sheet.protected:
            self._see(Seen.UNPROTECTED, found=sheet.name)
        places = self._places(sheet)
        entries = {field.id: self._entry(sheet, field, places.get(field.id)) for field in self._table.fields}
        return entries, tuple(self._seen), self._switched_on(sheet)

    def _find(self) -> StoredSheet | None:
        named = self._sheets.get(self._table.sheet)
        if named is not None:
            return named
        for name in self._sheets.names:
            sheet = self._sheets.get(name)
            if sheet and locate(self._table, _texts(sheet)).share(self._table) >= _ENOUGH and name != "打印稿":
                self._see(Seen.SHEET_RENAMED, expected=self._table.sheet, found=name)
                return sheet
        return None

    def _places(self, sheet: StoredSheet) -> Mapping[str, tuple[int, int]]:
        """Where the figures stand: as planned while the labels do, else found by labels."""
        planned = {f.id: _at(self._layout.fields[f.id]) for f in self._table.fields}
        changed = [
            (address, text)
            for address, text in self._layout.labels[self._table.key]
            if _text_at(sheet, _at(address)) != text
        ]
        if not changed:
            return planned
        located = locate(self._table, _texts(sheet))
        if all(planned[key] == place for key, place in located.places.items()) and located.share(self._table) >= _ENOUGH:
            self._see_changed_labels(sheet, changed)
            return planned
        self._see_moved(sheet, located)
        return located.places

    def _see_changed_labels(self, sheet: StoredSheet, changed: list[tuple[object, str]]) -> None:
        for address, text in changed:
            place = Place(sheet.name, address.local)  # type: ignore[attr-defined]
            self._see(Seen.LABEL_CHANGED, place=place, expected=text, found=_text_at(sheet, _at(address)))

    def _see_moved(self, sheet: StoredSheet, located: Located) -> None:
        if located.missing:
            self._see(Seen.LOST, place=Place(sheet.name), expected="、".join(located.missing))
        else:
            self._see(Seen.MOVED, place=Place(sheet.name))

    def _entry(self, sheet: StoredSheet, field: Field, place: tuple[int, int] | None) -> Entry:
        if place is None:
            return Entry(EntryKind.UNKNOWN, reason="按行列标题没有找到这一格")
        address = replace(self._layout.fields[field.id], row=place[0], column=place[1])
        where = Place(sheet.name, address.local)
        stored = sheet.cells.get(place)
        if field.id in self._layout.form.computed:
            self._check_formula(field, stored, where, as_planned=address == self._layout.fields[field.id])
            return replace(BLANK, place=where)
        return replace(entry_of(stored, field), place=where)

    def _check_formula(
        self, field: Field, stored: Stored | None, where: Place, *, as_planned: bool
    ) -> None:
        formula = stored.formula if stored else None
        if formula is None:
            found = stored.text if stored else ""
            self._see(Seen.FORMULA_REPLACED, field=field.id, place=where, found=found)
        elif as_planned and _canonical(formula) != _canonical(formulas.total(self._layout, field.id)):
            self._see(Seen.FORMULA_CHANGED, field=field.id, place=where, found=f"={formula}")

    def _switched_on(self, sheet: StoredSheet) -> bool:
        caption = next(
            (place for place, cell in sheet.cells.items() if cell.text.startswith("其余空白格按")), None
        )
        if caption is None:
            return False
        row = caption[0]
        split = self._layout.split(self._table)
        cell = sheet.cells.get((row, split)) or sheet.cells.get((row, split + 1))
        return cell is not None and cell.text.strip() == "是"

    def _see(self, seen: Seen, **details: object) -> None:
        self._seen.append(Observation(seen, table=self._table.key, **details))  # type: ignore[arg-type]


def entry_of(stored: Stored | None, field: Field) -> Entry:
    """What a stored cell means where a figure belongs."""
    if stored is None:
        return BLANK
    if stored.formula is not None:
        return Entry(EntryKind.FORMULA, raw=f"={stored.formula}")
    if stored.kind == "n":
        return Entry(EntryKind.NUMBER, stored.number)
    if stored.kind == "b":
        return Entry(EntryKind.BOOLEAN, raw="TRUE" if stored.text == "1" else "FALSE")
    if stored.kind == "d":
        text = _serial_date(int(stored.number)) if stored.number is not None else stored.text
        return Entry(EntryKind.DATE, raw=text)
    return _text_entry(stored.text, field)


def _text_entry(text: str, field: Field) -> Entry:
    if is_blank(text):
        return BLANK
    if is_mark(text):
        return Entry(EntryKind.MARK, raw=text)
    amount = read_amount(text)
    if amount is None:
        return Entry(EntryKind.TEXT, raw=text)
    number = amount.in_unit(field.column.unit)
    if field.kind is FieldKind.MONEY_WITH_UNIT and amount.unit in ("元", "万元"):
        return Entry(EntryKind.NUMBER, number, raw=text)
    return Entry(EntryKind.TEXT_NUMBER, number, raw=text, changes=amount.changes or ("文本格式",))


def _texts(sheet: StoredSheet) -> dict[tuple[int, int], str]:
    return {
        place: cell.text
        for place, cell in sheet.cells.items()
        if cell.kind == "s" and cell.formula is None and place[1] < 26
    }


def _text_at(sheet: StoredSheet, place: tuple[int, int]) -> str:
    cell = sheet.cells.get(place)
    return cell.text if cell else ""


def _at(address: object) -> tuple[int, int]:
    return address.row, address.column  # type: ignore[attr-defined]


def _canonical(formula: str) -> str:
    return formula.replace(" ", "").replace("$", "").replace("'", "").upper()
