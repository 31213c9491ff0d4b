"""`form.yaml` → `Form`; a wrong definition gives all its errors, each with file and line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import TypeVar

import yaml

from gk_xlsx.errors import DefinitionError
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

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TERM = re.compile(r"(?P<minus>-?)(?:(?P<period>last|children):)?(?P<field>.+)")
_VARIABLE = re.compile(r"\{(\w+)\}")

_T = TypeVar("_T")
Bindings = Mapping[str, str]


def parse(text: str, name: str) -> Form:
    """Read a form definition.

    Args:
        text: the YAML text.
        name: what messages call the file.

    Raises:
        DefinitionError: with every problem found, as `name:line: text`.
    """
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DefinitionError([f"{name}:{line}: YAML 语法错误：{error.problem}"]) from None
    decoder = _Decoder(name)
    form = decoder.form(root)
    if decoder.problems:
        ordered = sorted(set(decoder.problems))
        raise DefinitionError([f"{name}:{line}: {text}" for line, text in ordered])
    return form


class _Decoder:
    """Turns YAML nodes into the model and keeps what is wrong with them.

    A wrong node is reported once and replaced by an empty value, so that decoding goes on.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[tuple[int, str]] = []

    # -- the parts of a form ---------------------------------------------------------------

    def form(self, node: yaml.Node | None) -> Form:
        keys = self._mapping(
            node,
            required=("form", "edition", "document", "years", "title", "sections", "tables"),
            optional=("relations", "sentences"),
        )
        years = self._mapping(keys.get("years"), required=("from",), optional=("to",))
        tables = self._sequence(keys.get("tables"), self._table)
        self._check_tables(keys.get("tables"), tables)
        sections = self._sequence(keys.get("sections"), self._section)
        self._check_sections(keys.get("sections"), sections, tables)
        form = Form(
            edition=self._text(keys.get("edition")),
            document=self._text(keys.get("document")),
            first_year=self._whole(years.get("from")),
            last_year=self._whole(years["to"]) if "to" in years else None,
            title=self._text(keys.get("title")),
            sections=sections,
            tables=tables,
            relations=self._relations(keys.get("relations"), tables),
            sentences=self._texts(keys.get("sentences")),
        )
        self._check_sentences(keys.get("sentences"), form)
        return form

    def _section(self, node: yaml.Node) -> Section:
        keys = self._mapping(
            node, required=("key", "heading"), optional=("table", "aspects", "note")
        )
        return Section(
            key=self._text(keys.get("key")),
            heading=self._text(keys.get("heading")),
            table=self._text(keys["table"]) if "table" in keys else "",
            aspects=self._texts(keys["aspects"]) if "aspects" in keys else (),
            note=self._text(keys["note"]) if "note" in keys else "",
        )

    def _table(self, node: yaml.Node) -> Table:
        keys = self._mapping(
            node,
            required=("key", "numeral", "sheet", "twips", "blocks"),
            optional=("label_columns", "row_sums", "column_sums"),
        )
        twips = self._sequence(keys.get("twips"), self._whole)
        labels = self._whole(keys["label_columns"]) if "label_columns" in keys else 1
        blocks = self._sequence(keys.get("blocks"), self._block)
        for block, block_node in zip(blocks, _items(keys.get("blocks")), strict=False):
            width = labels + sum(column.span for column in block.columns)
            if block.columns and width != len(twips):
                self._problem(block_node, f"各列合计占 {width} 格，twips 却有 {len(twips)} 格")
        rows = {row.id for block in blocks for row in block.rows}
        columns = {column.id for block in blocks for column in block.columns}
        return Table(
            key=self._text(keys.get("key")),
            numeral=self._text(keys.get("numeral")),
            sheet=self._text(keys.get("sheet")),
            twips=twips,
            label_columns=labels,
            blocks=blocks,
            row_sums=self._sums(keys.get("row_sums"), rows),
            column_sums=self._sums(keys.get("column_sums"), columns),
        )

    def _block(self, node: yaml.Node) -> Block:
        keys = self._mapping(node, required=("columns", "rows"), optional=("title", "corner"))
        return Block(
            title=self._text(keys["title"]) if "title" in keys else "",
            corner=self._text(keys["corner"]) if "corner" in keys else "",
            columns=self._sequence(keys.get("columns"), self._column),
            rows=self._sequence(keys.get("rows"), self._row),
        )

    def _column(self, node: yaml.Node) -> Column:
        keys = self._mapping(
            node, required=("id", "label", "short", "unit"), optional=("kind", "span")
        )
        kind = self._text(keys["kind"]) if "kind" in keys else FieldKind.COUNT
        if kind not in set(FieldKind):
            self._problem(keys["kind"], f"kind 应为 {'、'.join(FieldKind)} 之一，现为 {kind}")
            kind = FieldKind.COUNT
        return Column(
            id=self._text(keys.get("id")),
            label=self._texts(keys.get("label")),
            short=self._text(keys.get("short")),
            unit=self._text(keys.get("unit")),
            kind=FieldKind(kind),
            span=self._whole(keys["span"]) if "span" in keys else 1,
        )

    def _row(self, node: yaml.Node) -> Row:
        keys = self._mapping(
            node, required=("id", "label", "short", "scope"), optional=("article", "pitfall")
        )
        return Row(
            id=self._text(keys.get("id")),
            label=self._texts(keys.get("label")),
            short=self._text(keys.get("short")),
            article=self._text(keys["article"]) if "article" in keys else "",
            scope=self._text(keys.get("scope")),
            pitfall=self._text(keys["pitfall"]) if "pitfall" in keys else "",
        )

    def _sums(self, node: yaml.Node | None, known: set[str]) -> tuple[Sum, ...]:
        def one(item: yaml.Node) -> Sum:
            keys = self._mapping(item, required=("short", "label", "of"))
            of = self._texts(keys.get("of"))
            for missing in [part for part in of if part not in known]:
                self._problem(keys["of"], f"合计项 {missing} 不是本表的行或列")
            return Sum(self._text(keys.get("short")), self._text(keys.get("label")), of)

        return self._sequence(node, one) if node is not None else ()

    # -- relations -------------------------------------------------------------------------

    def _relations(self, node: yaml.Node | None, tables: Sequence[Table]) -> tuple[Relation, ...]:
        if node is None:
            return ()
        families = self._sequence(node, lambda item: tuple(self._family(item, tables)))
        return tuple(relation for family in families for relation in family)

    def _family(self, node: yaml.Node, tables: Sequence[Table]) -> Iterator[Relation]:
        keys = self._mapping(
            node,
            required=("code", "name", "text", "source", "each", "left", "right"),
            optional=("over", "defines"),
        )
        known = {field.id for table in tables for field in table.fields}
        over = self._bindings(keys.get("over"), tables)
        for each in self._bindings(keys.get("each"), tables):
            relation = Relation(
                code=self._text(keys.get("code")),
                name=self._text(keys.get("name")),
                key=next(iter(each.values()), ""),
                text=self._text(keys.get("text")),
                source=self._text(keys.get("source")),
                defines=self._text(keys["defines"]) == "true" if "defines" in keys else False,
                left=self._terms(keys.get("left"), each, over, known),
                right=self._terms(keys.get("right"), each, over, known),
            )
            if relation.defines and len(relation.left) != 1:
                self._problem(keys["left"], "defines 的关系左边只能有一格")
            yield relation

    def _bindings(self, node: yaml.Node | None, tables: Sequence[Table]) -> list[Bindings]:
        """Every combination of the variables of `each` or `over`; one empty one without."""
        if node is None:
            return [{}]
        if not isinstance(node, yaml.MappingNode):
            self._problem(node, "应为“变量: 取值”")
            return []
        names = [str(key.value) for key, _ in node.value]
        domains = [self._domain(value, tables) for _, value in node.value]
        return [dict(zip(names, values, strict=True)) for values in product(*domains)]

    def _domain(self, node: yaml.Node, tables: Sequence[Table]) -> tuple[str, ...]:
        if not isinstance(node, yaml.ScalarNode):
            return self._texts(node)
        named: dict[str, tuple[str, ...]] = {
            "fields": tuple(field.id for table in tables for field in table.fields)
        }
        for table in tables:
            named[f"{table.key}.rows"] = tuple(row.id for row in table.rows)
            named[f"{table.key}.columns"] = tuple(
                column.id for block in table.blocks for column in block.columns
            )
        if node.value not in named:
            self._problem(node, f"没有这一组取值：{node.value}（可用：{'、'.join(named)}）")
            return ()
        return named[node.value]

    def _terms(
        self, node: yaml.Node | None, each: Bindings, over: list[Bindings], known: set[str]
    ) -> tuple[Term, ...]:
        def of_pattern(item: yaml.Node) -> tuple[Term, ...]:
            pattern = self._text(item)
            free = set(_VARIABLE.findall(pattern)) - set(each)
            bound = [{**each, **more} for more in over] if free else [dict(each)]
            return tuple(self._term(item, pattern, values, known) for values in bound)

        return tuple(term for terms in self._sequence(node, of_pattern) for term in terms)

    def _term(self, node: yaml.Node, pattern: str, values: Bindings, known: set[str]) -> Term:
        for name in _VARIABLE.findall(pattern):
            if name not in values:
                self._problem(node, f"变量 {{{name}}} 没有在 each 或 over 里给出")
        filled = _VARIABLE.sub(lambda match: values.get(match[1], ""), pattern)
        match = _TERM.fullmatch(filled)
        field = match["field"] if match else ""
        if field not in known:
            self._problem(node, f"没有这个字段：{filled}")
        sign = -1 if match and match["minus"] else 1
        return Term(sign, Period((match and match["period"]) or Period.THIS), field)

    # -- what must hold across parts -------------------------------------------------------

    def _check_tables(self, node: yaml.Node | None, tables: Sequence[Table]) -> None:
        for table, table_node in zip(tables, _items(node), strict=False):
            ids = [field.id for field in table.fields]
            for twice in _repeated(ids):
                self._problem(table_node, f"字段编号重复：{twice}")
            for twice in _repeated([_short(field) for field in table.fields]):
                self._problem(table_node, f"简称重复：{table.numeral}.{twice}")
        for name in ("key", "sheet", "numeral"):
            for twice in _repeated([getattr(table, name) for table in tables]):
                self._problem(node, f"两张表的 {name} 相同：{twice}")

    def _check_sections(
        self, node: yaml.Node | None, sections: Sequence[Section], tables: Sequence[Table]
    ) -> None:
        keys = {table.key for table in tables}
        for section, section_node in zip(sections, _items(node), strict=False):
            if section.table and section.table not in keys:
                self._problem(section_node, f"没有这张表：{section.table}")
        for table in keys - {section.table for section in sections}:
            self._problem(node, f"表 {table} 没有列入任何部分")
        for twice in _repeated([section.key for section in sections]):
            self._problem(node, f"部分编号重复：{twice}")

    def _check_sentences(self, node: yaml.Node | None, form: Form) -> None:
        for sentence, item in zip(form.sentences, _items(node), strict=False):
            for name in FIGURE.findall(sentence):
                if name not in form.names and name not in ("年", "单位"):
                    self._problem(item, f"没有这个简称：{name}")

    # -- nodes -----------------------------------------------------------------------------

    def _mapping(
        self,
        node: yaml.Node | None,
        required: Sequence[str],
        optional: Sequence[str] = (),
    ) -> dict[str, yaml.Node]:
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            self._problem(node, f"应为含 {'、'.join(required)} 的一组项目")
            return {}
        names = [str(key.value) for key, _ in node.value]
        for twice in _repeated(names):
            self._problem(node, f"项目重复：{twice}")
        for key, _ in node.value:
            if key.value not in (*required, *optional):
                self._problem(key, f"不认识的项目：{key.value}")
        for missing in [name for name in required if name not in names]:
            self._problem(node, f"缺少项目：{missing}")
        return dict(zip(names, (value for _, value in node.value), strict=True))

    def _sequence(
        self, node: yaml.Node | None, decode: Callable[[yaml.Node], _T]
    ) -> tuple[_T, ...]:
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self._problem(node, "应为一个列表")
            return ()
        return tuple(decode(item) for item in node.value)

    def _texts(self, node: yaml.Node | None) -> tuple[str, ...]:
        return self._sequence(node, self._text)

    def _text(self, node: yaml.Node | None) -> str:
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode):
            self._problem(node, "应为一段文字")
            return ""
        return str(node.value)

    def _whole(self, node: yaml.Node | None) -> int:
        text = self._text(node)
        if node is not None and not text.isdecimal():
            self._problem(node, f"应为整数，现为“{text}”")
        return int(text) if text.isdecimal() else 0

    def _problem(self, node: yaml.Node | None, text: str) -> None:
        self.problems.append((node.start_mark.line + 1 if node else 1, text))


def _items(node: yaml.Node | None) -> list[yaml.Node]:
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _repeated(names: Iterable[str]) -> list[str]:
    return sorted(name for name, times in Counter(names).items() if times > 1)


def _short(field: Field) -> str:
    return ".".join(filter(None, (field.row.short, field.column.short)))
