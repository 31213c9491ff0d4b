"""What a form definition says, as immutable values.

Source: the formats issued as 国办公开办函〔2021〕30号 and 国办公开办函〔2019〕60号.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

FIGURE = re.compile(r"\{([^{}]+)\}")
"""A figure named in a ready sentence, as `{三.新收.总计}`."""


class FieldKind(StrEnum):
    """What may stand in a cell."""

    COUNT = "count"
    """A whole number, 0 or more (件, 项)."""
    SIGNED = "signed"
    """A whole number that may be negative (本年增/减, edition 2019)."""
    MONEY = "money"
    """An amount of at most 6 decimals in the unit the form prints (万元)."""
    MONEY_WITH_UNIT = "money_with_unit"
    """An amount written with its unit (251000元), because the form prints none."""


class Period(StrEnum):
    """Whose figure a term of a relation is."""

    THIS = "this"
    LAST = "last"
    CHILDREN = "children"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures.

    Attributes:
        id: its part of the field ids; may be empty.
        label: the printed heads from the outermost to the innermost.
        short: its part of the short names; empty where the row's name is enough.
        unit: 件, 项, 万元 or 元.
        span: how many columns of the printed grid it takes.
    """

    id: str
    label: tuple[str, ...]
    short: str
    unit: str
    kind: FieldKind
    span: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of figures.

    Attributes:
        label: the printed heads from the outermost to the innermost.
        article: the article of the 条例 it rests on; empty where it has none.
        scope: 口径, what is counted here.
        pitfall: 易错, what goes wrong here; may be empty.
    """

    id: str
    label: tuple[str, ...]
    short: str
    article: str
    scope: str
    pitfall: str


@dataclass(frozen=True, slots=True)
class Block:
    """Rows and columns under heads of their own; a table is one block or several.

    Attributes:
        title: a printed line over the whole block, or empty.
        corner: what the printed corner says, or empty.
    """

    title: str
    corner: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """A named sum of rows or of columns that has no cell of its own (三.不予公开.合计)."""

    short: str
    label: str
    of: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Table:
    """One statutory table.

    Attributes:
        numeral: its section's numeral (二, 三, 四), the first part of the short names.
        sheet: the name of its sheet in the workbook.
        twips: the official widths of the printed grid's columns.
        label_columns: how many columns of the printed grid hold row labels.
    """

    key: str
    numeral: str
    sheet: str
    twips: tuple[int, ...]
    label_columns: int
    blocks: tuple[Block, ...]
    row_sums: tuple[Sum, ...]
    column_sums: tuple[Sum, ...]

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """All fields in printed order: block by block, row by row, left to right."""
        return tuple(
            Field(self.key, row, column)
            for block in self.blocks
            for row in block.rows
            for column in block.columns
        )

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All rows of figures, in printed order."""
        return tuple(row for block in self.blocks for row in block.rows)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the table's first block; most tables have only one."""
        return self.blocks[0].columns


@dataclass(frozen=True, slots=True)
class Field:
    """One cell of the form that holds a figure."""

    table: str
    row: Row
    column: Column

    @property
    def id(self) -> str:
        """`<table>.<row>.<column>`, empty parts left out."""
        return ".".join(filter(None, (self.table, self.row.id, self.column.id)))

    @property
    def kind(self) -> FieldKind:
        """What may stand in the cell."""
        return self.column.kind

    @property
    def row_label(self) -> str:
        """The innermost printed label of the row; empty where the table prints none."""
        return self.row.label[-1] if self.row.label else ""

    @property
    def column_label(self) -> str:
        """The innermost printed label of the column, with its block where that repeats."""
        if not self.row.label:
            return "·".join(self.column.label[-2:])
        return self.column.label[-1]

    @property
    def label(self) -> str:
        """Row and column as a person would name the cell."""
        return "·".join(filter(None, (self.row_label, self.column_label)))


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of the report."""

    key: str
    heading: str
    table: str
    aspects: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Term:
    """One summand of a relation."""

    sign: int
    period: Period
    field: str


@dataclass(frozen=True, slots=True, eq=False)
class Relation:
    """`left` and `right` must have the same sum.

    Attributes:
        code: the code of the finding when they have not (AR01 …).
        name: the same in words, lower case with hyphens.
        key: the row, column or block this instance is about.
        text: the relation in the words of the form.
        source: where it comes from.
        defines: whether the only left term is computed from the right ones.
    """

    code: str
    name: str
    key: str
    text: str
    source: str
    defines: bool
    left: tuple[Term, ...]
    right: tuple[Term, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        """Both sides' terms, left first."""
        return self.left + self.right

    def within(self, *periods: Period) -> bool:
        """Whether every term is of one of the given periods."""
        return all(term.period in periods for term in self.terms)


@dataclass(frozen=True, eq=False)
class Form:
    """One edition of the form.

    Attributes:
        first_year: the first report year it is for.
        last_year: the last one, or None while it is in force.
        title: the title of a report after the body's name, with `{year}`.
        sentences: ready sentences for the text, figures as `{short name}`.
    """

    edition: str
    document: str
    first_year: int
    last_year: int | None
    title: str
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    relations: tuple[Relation, ...]
    sentences: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Field]:
        """All fields in printed order."""
        return iter(self.fields.values())

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Field id to field, in printed order."""
        return {field.id: field for table in self.tables for field in table.fields}

    @cached_property
    def names(self) -> dict[str, tuple[str, ...]]:
        """Short name (三.新收.总计, 三.不予公开.合计.总计, 四.诉讼.总计) to the ids it adds up."""
        return {
            ".".join(filter(None, (table.numeral, row, column))): tuple(
                ".".join(filter(None, (table.key, row_id, column_id)))
                for row_id in row_ids
                for column_id in column_ids
            )
            for table in self.tables
            for block in table.blocks
            for row, row_ids in _named(block.rows, table.row_sums)
            for column, column_ids in _named(block.columns, table.column_sums)
        }

    @cached_property
    def computed(self) -> dict[str, Relation]:
        """Id of each computed field to the relation that computes it."""
        found: dict[str, Relation] = {}
        for relation in self.relations:
            if relation.defines:
                found.setdefault(relation.left[0].field, relation)
        return found

    @cached_property
    def inputs(self) -> tuple[Field, ...]:
        """The fields a person fills in, in printed order."""
        return tuple(field for field in self if field.id not in self.computed)

    def table(self, key: str) -> Table:
        """The table with that key."""
        return self._tables[key]

    def table_of(self, field_id: str) -> Table:
        """The table a field stands in."""
        return self._tables[self.fields[field_id].table]

    def section(self, key: str) -> Section:
        """The section with that key."""
        return next(section for section in self.sections if section.key == key)

    def instances(self, code: str) -> tuple[Relation, ...]:
        """All relations of one code, in the order of the definition."""
        return tuple(relation for relation in self.relations if relation.code == code)

    def covers(self, year: int) -> bool:
        """Whether a report of that year is written in this edition."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    @cached_property
    def _tables(self) -> dict[str, Table]:
        return {table.key: table for table in self.tables}


def _named(
    parts: Sequence[Row] | Sequence[Column], sums: Sequence[Sum]
) -> list[tuple[str, tuple[str, ...]]]:
    """Short name and ids of each row or column, then of each sum."""
    single = [(part.short, (part.id,)) for part in parts]
    return single + [(item.short, item.of) for item in sums]
