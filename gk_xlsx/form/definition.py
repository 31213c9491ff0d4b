"""`form.yaml` → `Form`; a wrong definition gives all its errors, each with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import yaml

from gk_xlsx.form.model import (
    FIGURE,
    Block,
    Column,
    Field,
    FieldKind,
    Form,
    Period,
    Relation,
    Row,
    Section,
    Sum,
    Table,
    Term,
)
from gk_xlsx.form.nodes import NodeReader, compose, items, repeated

FORM = "gk-annual-report"
"""What `form` says in every definition."""

_TERM = re.compile(r"(?P<minus>-?)(?:(?P<period>last|children):)?(?P<field>.+)")
_VARIABLE = re.compile(r"\{(\w+)\}")

Bindings = Mapping[str, str]


def parse(text: str, name: str) -> Form:
    """Read a form definition.

    Args:
        text: the YAML text.
        name: what messages call the file.

    Raises:
        DefinitionError: with every problem found, as `name:line: text`.
    """
    decoder = _Decoder(name)
    form = decoder.form(compose(text, name))
    decoder.refuse_if_wrong()
    return form


class _Decoder(NodeReader):
    """Turns YAML nodes into the model."""

    # -- the parts of a form ---------------------------------------------------------------

    def form(self, node: yaml.Node) -> Form:
        keys = self.mapping(
            node,
            required=("form", "edition", "document", "years", "title", "sections", "tables"),
            optional=("relations", "sentences"),
        )
        if "form" in keys and self.text(keys["form"]) != FORM:
            self.problem(keys["form"], f"form 应为 {FORM}")
        first_year, last_year = self._years(keys.get("years"))
        tables = self.some(keys.get("tables"), self._table)
        self._check_tables(keys.get("tables"), tables)
        sections = self.some(keys.get("sections"), self._section)
        self._check_sections(keys.get("sections"), sections, tables)
        form = Form(
            edition=self.text(keys.get("edition")),
            document=self.text(keys.get("document")),
            first_year=first_year,
            last_year=last_year,
            title=self.text(keys.get("title")),
            sections=sections,
            tables=tables,
            relations=self._relations(keys.get("relations"), tables),
            sentences=self.texts(keys.get("sentences")),
        )
        self._check_computed(keys.get("relations"), form)
        self._check_sentences(keys.get("sentences"), form)
        return form

    def _years(self, node: yaml.Node | None) -> tuple[int, int | None]:
        keys = self.mapping(node, required=("from",), optional=("to",))
        first = self.whole(keys.get("from"))
        last = self.whole(keys["to"]) if "to" in keys else None
        if last is not None and last < first:
            self.problem(keys["to"], f"to（{last}）早于 from（{first}）")
        return first, last

    def _section(self, node: yaml.Node) -> Section:
        keys = self.mapping(
            node, required=("key", "heading"), optional=("table", "aspects", "note")
        )
        return Section(
            key=self.text(keys.get("key")),
            heading=self.text(keys.get("heading")),
            table=self.text(keys.get("table")),
            aspects=self.texts(keys.get("aspects")),
            note=self.text(keys.get("note")),
        )

    def _table(self, node: yaml.Node) -> Table:
        keys = self.mapping(
            node,
            required=("key", "numeral", "sheet", "twips", "blocks"),
            optional=("label_columns", "row_sums", "column_sums"),
        )
        blocks = self.some(keys.get("blocks"), self._block)
        table = Table(
            key=self.text(keys.get("key")),
            numeral=self.text(keys.get("numeral")),
            sheet=self.text(keys.get("sheet")),
            twips=self.sequence(keys.get("twips"), self.whole),
            label_columns=self.whole(keys["label_columns"]) if "label_columns" in keys else 1,
            blocks=blocks,
            row_sums=self._sums(keys.get("row_sums"), {row.id for b in blocks for row in b.rows}),
            column_sums=self._sums(
                keys.get("column_sums"), {column.id for b in blocks for column in b.columns}
            ),
        )
        self._check_grid(keys.get("blocks"), table)
        return table

    def _block(self, node: yaml.Node) -> Block:
        keys = self.mapping(node, required=("columns", "rows"), optional=("title", "corner"))
        return Block(
            title=self.text(keys.get("title")),
            corner=self.text(keys.get("corner")),
            columns=self.some(keys.get("columns"), self._column),
            rows=self.some(keys.get("rows"), self._row),
        )

    def _column(self, node: yaml.Node) -> Column:
        keys = self.mapping(
            node, required=("id", "label", "short", "unit"), optional=("kind", "span")
        )
        return Column(
            id=self.text(keys.get("id")),
            label=self.some(keys.get("label"), self.text),
            short=self.text(keys.get("short")),
            unit=self.text(keys.get("unit")),
            kind=self._kind(keys.get("kind")),
            span=self.whole(keys["span"]) if "span" in keys else 1,
        )

    def _kind(self, node: yaml.Node | None) -> FieldKind:
        kind = self.text(node)
        if kind in set(FieldKind):
            return FieldKind(kind)
        if node is not None:
            self.problem(node, f"kind 应为 {'、'.join(FieldKind)} 之一，现为“{kind}”")
        return FieldKind.COUNT

    def _row(self, node: yaml.Node) -> Row:
        keys = self.mapping(
            node, required=("id", "label", "short", "scope"), optional=("article", "pitfall")
        )
        return Row(
            id=self.text(keys.get("id")),
            label=self.texts(keys.get("label")),
            short=self.text(keys.get("short")),
            article=self.text(keys.get("article")),
            scope=self.text(keys.get("scope")),
            pitfall=self.text(keys.get("pitfall")),
        )

    def _sums(self, node: yaml.Node | None, known: set[str]) -> tuple[Sum, ...]:
        def one(item: yaml.Node) -> Sum:
            keys = self.mapping(item, required=("short", "label", "of"))
            of = self.texts(keys.get("of"))
            for missing in [part for part in of if part not in known]:
                self.problem(keys["of"], f"合计项 {missing} 不是本表的行或列")
            return Sum(self.text(keys.get("short")), self.text(keys.get("label")), of)

        return self.sequence(node, one)

    # -- relations -------------------------------------------------------------------------

    def _relations(self, node: yaml.Node | None, tables: Sequence[Table]) -> tuple[Relation, ...]:
        families = self.sequence(node, lambda item: tuple(self._family(item, tables)))
        return tuple(relation for family in families for relation in family)

    def _family(self, node: yaml.Node, tables: Sequence[Table]) -> Iterator[Relation]:
        keys = self.mapping(
            node,
            required=("code", "name", "text", "source", "each", "left", "right"),
            optional=("over", "defines"),
        )
        known = {field.id for table in tables for field in table.fields}
        over = self._bindings(keys.get("over"), tables)
        for each in self._bindings(keys.get("each"), tables):
            left = self._terms(keys.get("left"), each, over, known)
            defines = self.flag(keys.get("defines"))
            if defines and len(left) != 1:
                self.problem(keys.get("left"), "defines 的关系左边只能有一格")
            yield Relation(
                code=self.text(keys.get("code")),
                name=self.text(keys.get("name")),
                key=next(iter(each.values()), ""),
                text=self.text(keys.get("text")),
                source=self.text(keys.get("source")),
                defines=defines and len(left) == 1,
                left=left,
                right=self._terms(keys.get("right"), each, over, known),
            )

    def _bindings(self, node: yaml.Node | None, tables: Sequence[Table]) -> list[Bindings]:
        """Every combination of the variables of `each` or `over`; one empty one without."""
        if node is None:
            return [{}]
        if not isinstance(node, yaml.MappingNode):
            self.problem(node, "应为“变量: 取值”")
            return []
        names = [str(key.value) for key, _ in node.value]
        domains = [self._domain(value, tables) for _, value in node.value]
        return [dict(zip(names, values, strict=True)) for values in product(*domains)]

    def _domain(self, node: yaml.Node, tables: Sequence[Table]) -> tuple[str, ...]:
        if not isinstance(node, yaml.ScalarNode):
            return self.texts(node)
        named = _named_domains(tables)
        if node.value not in named:
            self.problem(node, f"没有这一组取值：{node.value}（可用：{'、'.join(named)}）")
        return named.get(node.value, ())

    def _terms(
        self, node: yaml.Node | None, each: Bindings, over: list[Bindings], known: set[str]
    ) -> tuple[Term, ...]:
        def of_pattern(item: yaml.Node) -> tuple[Term, ...]:
            pattern = self.text(item)
            free = set(_VARIABLE.findall(pattern)) - set(each)
            bound = [{**each, **more} for more in over] if free else [dict(each)]
            return tuple(self._term(item, pattern, values, known) for values in bound)

        return tuple(term for terms in self.some(node, of_pattern) for term in terms)

    def _term(self, node: yaml.Node, pattern: str, values: Bindings, known: set[str]) -> Term:
        unbound = [name for name in _VARIABLE.findall(pattern) if name not in values]
        for name in unbound:
            self.problem(node, f"变量 {{{name}}} 没有在 each 或 over 里给出")
        filled = _VARIABLE.sub(lambda match: values.get(match[1], ""), pattern)
        match = _TERM.fullmatch(filled)
        field = match["field"] if match else ""
        if field not in known and not unbound:
            self.problem(node, f"没有这个字段：{filled}")
        sign = -1 if match and match["minus"] else 1
        return Term(sign, Period((match and match["period"]) or Period.THIS), field)

    # -- what must hold across parts -------------------------------------------------------

    def _check_grid(self, node: yaml.Node | None, table: Table) -> None:
        """The columns fill the printed width, the row labels their columns."""
        for block, block_node in zip(table.blocks, items(node), strict=False):
            width = table.label_columns + sum(column.span for column in block.columns)
            if block.columns and width != len(table.twips):
                self.problem(block_node, f"各列合计占 {width} 格，twips 却有 {len(table.twips)} 格")
            for row in block.rows:
                if not min(1, table.label_columns) <= len(row.label) <= table.label_columns:
                    self.problem(
                        block_node,
                        f"行“{row.id}”的标签有 {len(row.label)} 级，表头只有"
                        f" {table.label_columns} 列（label_columns）",
                    )

    def _check_tables(self, node: yaml.Node | None, tables: Sequence[Table]) -> None:
        for table, table_node in zip(tables, items(node), strict=False):
            for twice in repeated(field.id for field in table.fields):
                self.problem(table_node, f"字段编号重复：{twice}")
            for twice in repeated(_short_names(table)):
                self.problem(table_node, f"简称重复：{table.numeral}.{twice}")
        for name in ("key", "sheet", "numeral"):
            for twice in repeated(getattr(table, name) for table in tables):
                self.problem(node, f"两张表的 {name} 相同：{twice}")

    def _check_sections(
        self, node: yaml.Node | None, sections: Sequence[Section], tables: Sequence[Table]
    ) -> None:
        keys = {table.key for table in tables}
        for section, section_node in zip(sections, items(node), strict=False):
            if section.table and section.table not in keys:
                self.problem(section_node, f"没有这张表：{section.table}")
        for table in keys - {section.table for section in sections}:
            self.problem(node, f"表 {table} 没有列入任何部分")
        for twice in repeated(section.key for section in sections):
            self.problem(node, f"部分编号重复：{twice}")

    def _check_computed(self, node: yaml.Node | None, form: Form) -> None:
        """No computed field is, through others, a part of itself."""
        waiting, before = dict(form.computed), 0
        while waiting and len(waiting) != before:
            before = len(waiting)
            waiting = {
                key: relation
                for key, relation in waiting.items()
                if any(term.field in waiting for term in relation.right)
            }
        if waiting:
            self.problem(node, f"合计互相循环：{'、'.join(waiting)}")

    def _check_sentences(self, node: yaml.Node | None, form: Form) -> None:
        for sentence, item in zip(form.sentences, items(node), strict=False):
            for name in FIGURE.findall(sentence):
                if name not in form.names and name not in ("年", "单位"):
                    self.problem(item, f"没有这个简称：{name}")


def _named_domains(tables: Sequence[Table]) -> dict[str, tuple[str, ...]]:
    """What `each` and `over` may name instead of listing it."""
    domains = {"fields": tuple(field.id for table in tables for field in table.fields)}
    for table in tables:
        domains[f"{table.key}.rows"] = tuple(row.id for row in table.rows)
        domains[f"{table.key}.columns"] = tuple(
            dict.fromkeys(column.id for block in table.blocks for column in block.columns)
        )
    return domains


def _short_names(table: Table) -> list[str]:
    """The short names of all fields, and of the sums as if each were a row or a column."""
    sums = [item.short for item in (*table.row_sums, *table.column_sums)]
    return [_short(field) for field in table.fields] + sums


def _short(field: Field) -> str:
    return ".".join(filter(None, (field.row.short, field.column.short)))
