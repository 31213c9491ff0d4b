"""RO: what came in, held against what else came in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from gk_xlsx.amounts import plain
from gk_xlsx.findings import CellLocation, Severity
from gk_xlsx.form import Field, Form, Table
from gk_xlsx.relations import brief
from gk_xlsx.rollup.collecting import Bundle, Collection
from gk_xlsx.rollup.received import Received
from gk_xlsx.rules.set_rule import SetHit, set_rule

MANY = 8
"""So many figures that are not 0 agree by no chance. Source: CHECKS.md, RO05."""
_COMPARED = ("requests", "disputes")
"""Tables in which chance counts for little; 二 holds few figures, and many are 0."""


@set_rule("RO05", "same-content-twice", Severity.ERROR)
def same_content_twice(case: Collection) -> Iterator[SetHit]:
    """No two units have sent the same report.

    查什么：两个单位的三、四两张表完全相同（不算总计，至少 8 个数不是 0）；三张表全为 0 的，
    看报告文字是否一字不差；同一个文件以两个单位的名称各报一次的也指出。
    依据：两个单位的数据不会这样相同，多半是拿别单位的表改了名称，或发错了附件。
    例：司法局的填报表与财政局的一样，新收都是 23 件，各栏都相同。
    怎么改：请两个单位各自核对，报错的重新填报。
    不管的：数据不多、偶然相同的不提示；同一单位重复报送相同文件的任用一份。
    """
    for twins in _same_figures(case):
        yield _same(twins, f"三、四两张表的数据完全相同（至少 {MANY} 个数不是 0）")
    for twins in _same_texts(case):
        yield _same(twins, "数据全为 0，报告文字也一字不差")
    yield from _one_file_under_two_names(case)


def _same(bundles: Sequence[Bundle], what: str) -> SetHit:
    files = tuple(item.master.path for item in bundles if item.master)
    names = "、".join(item.line.name for item in bundles)
    return SetHit(
        f"{names}报的{what}：{'、'.join(files)}。",
        tuple(item.line.code for item in bundles),
        files,
        fix="请各单位核对是否报了别单位的数据，报错的重新填报。",
    )


def _same_figures(case: Collection) -> Iterator[list[Bundle]]:
    groups: dict[tuple[Decimal | None, ...], list[Bundle]] = defaultdict(list)
    for bundle in case.due:
        known = _inputs(bundle.master, case.form)
        if sum(bool(value) for value in known) >= MANY:
            groups[known].append(bundle)
    return (group for group in groups.values() if len(group) > 1)


def _inputs(received: Received | None, form: Form) -> tuple[Decimal | None, ...]:
    """The figures of 三 and 四 that a person filled in; nothing where the edition is another."""
    if received is None or not _is_of_form(received, form) or received.figures is None:
        return ()
    pairs = zip(form, received.figures.values, strict=True)
    return tuple(
        value
        for field, value in pairs
        if field.table in _COMPARED and field.id not in form.computed
    )


def _same_texts(case: Collection) -> Iterator[list[Bundle]]:
    groups: dict[str, list[Bundle]] = defaultdict(list)
    for bundle in case.due:
        text = bundle.narrative.text if bundle.narrative else ""
        if text and _all_zero(bundle.master):
            groups[text].append(bundle)
    return (group for group in groups.values() if len(group) > 1)


def _all_zero(received: Received | None) -> bool:
    if received is None or received.figures is None:
        return False
    return all(value == 0 for value in received.figures.values)


def _one_file_under_two_names(case: Collection) -> Iterator[SetHit]:
    """The same bytes under file names that speak of different units."""
    lines: dict[str, dict[str, str]] = defaultdict(dict)
    for bundle in case.bundles:
        for item in bundle.files:
            if item.received.readable:
                code = item.named or bundle.line.code
                lines[item.received.sha256].setdefault(code, item.received.path)
    for found in lines.values():
        if len(found) > 1:
            names = "、".join(case.by_code[code].line.name for code in found)
            yield SetHit(
                f"同一个文件以 {names} 的名称各报了一次：{'、'.join(found.values())}。",
                tuple(found),
                tuple(found.values()),
                fix="请核对附件是否发错，另一单位重新报送。",
            )


@set_rule("RO10", "text-differs-from-workbook", Severity.ERROR)
def text_differs_from_workbook(case: Collection) -> Iterator[SetHit]:
    """The tables in the report's text hold the figures of the workbook.

    查什么：报告文本（Word、网页、PDF）里的三张表与填报表逐格比对，列出全部不同的格和两边的数。
    依据：公布的报告与汇总的数据必须一致；填报表是数据的依据。
    例：填报表新收自然人 12 件，报告文本的表里写 13 件。
    怎么改：查清哪边对；数据以填报表为准的改报告文本，填报表填错的重新报填报表。
    不管的：报告文字里的数与表格不一致见 TX 各条；两边都空白的格见 IN01。
    """
    for bundle in case.due:
        book, text = bundle.figures.counts, bundle.text.counts
        if book is None or text is None or not _comparable(book, text):
            continue
        form = case.form if _is_of_form(book, case.form) else None
        if form is not None:
            for table in form.tables:
                yield from _compared(bundle, form, table, (book, text))


def _comparable(book: Received, text: Received) -> bool:
    return (
        book.figures is not None
        and text.figures is not None
        and book.sender is not None
        and text.sender is not None
        and book.sender.edition == text.sender.edition
    )


def _compared(
    bundle: Bundle, form: Form, table: Table, pair: tuple[Received, Received]
) -> Iterator[SetHit]:
    book, text = pair
    if book.figures is None or text.figures is None:
        return
    ours, theirs = book.figures.by_field(form), text.figures.by_field(form)
    lost = [field for field in table.fields if field.id in text.figures.unknown]
    differ = [
        field
        for field in table.fields
        if ours[field.id] != theirs[field.id]
        and field.id not in (*text.figures.unknown, *book.figures.unknown)
    ]
    files = (text.path, book.path)
    if differ:
        yield _difference(bundle, table, differ, (ours, theirs), files)
    if lost:
        yield SetHit(
            f"{bundle.line.name}的报告文本里，{_lost(table, lost)}，没有与填报表核对。",
            (bundle.line.code,),
            files,
            tuple(field.id for field in lost),
            fix="请用填报表生成的表格，或核对后改好报告文本里的表格。",
            severity=Severity.WARNING,
        )


def _difference(
    bundle: Bundle,
    table: Table,
    differ: Sequence[Field],
    sides: tuple[Mapping[str, Decimal | None], Mapping[str, Decimal | None]],
    files: tuple[str, ...],
) -> SetHit:
    ours, theirs = sides
    cells = "；".join(
        f"“{_short(field)}”填报表 {_shown(ours[field.id])}、报告文本 {_shown(theirs[field.id])}"
        for field in differ
    )
    first = differ[0]
    return SetHit(
        f"{bundle.line.name}的报告文本与填报表不一致，"
        f"{table.sheet}有 {len(differ)} 格不同：{cells}。",
        (bundle.line.code,),
        files,
        tuple(field.id for field in differ),
        left=ours[first.id] if len(differ) == 1 else None,
        right=theirs[first.id] if len(differ) == 1 else None,
        fix="请查清哪边对：以填报表为准的改报告文本，填报表填错的重新报填报表。",
        location=CellLocation(table.sheet, "", first.row_label, first.column_label),
    )


def _short(field: Field) -> str:
    return "·".join(filter(None, (brief(field.row_label), field.column_label)))


def _shown(value: Decimal | None) -> str:
    return "空白" if value is None else plain(value)


def _lost(table: Table, lost: Sequence[Field]) -> str:
    if len(lost) == len(table.fields):
        return f"没有读到“{table.sheet}”这张表"
    named = "、".join(f"“{_short(field)}”" for field in lost)
    return f"{table.sheet}有 {len(lost)} 格读不出：{named}"


@set_rule("RO12", "includes-those-that-report", Severity.WARNING)
def includes_those_that_report(case: Collection) -> Iterator[SetHit]:
    """A body's figures do not include subordinate bodies that report themselves.

    查什么：报告里写明数据包括下属单位，而名册上这些下属单位单独报送。
    依据：同一件申请只能计入一个单位，否则逐级汇总时重复。
    例：农业农村局写“本报告数据含局属各事业单位”，名册上农技中心在农业农村局下面单独报送。
    怎么改：问清数据是否重复；重复的，改为只统计本机关，或在名册上把下属单位“计入汇总”改为“否”。
    不管的：名册上没有单独报送的下属单位的不提示；汇总表与其下级文件并存见 RO09。
    """
    for bundle in case.due:
        sources = [item for item in (bundle.narrative, bundle.master) if item and item.includes]
        if not sources:
            continue
        children = [
            line for line in case.roster.children(bundle.line.code) if line.due and line.counted
        ]
        if not children:
            continue
        said, names = sources[0], "、".join(line.name for line in children)
        yield SetHit(
            f"{bundle.line.name}的报告写“{said.includes}”，而{names}单独报送，数据可能重复。",
            (bundle.line.code,),
            (said.path,),
            fix="请问清是否重复；重复的，改为只统计本机关，或把下属单位改为不计入汇总。",
        )


def _is_of_form(received: Received, form: Form) -> bool:
    return received.sender is not None and received.sender.edition == form.edition
