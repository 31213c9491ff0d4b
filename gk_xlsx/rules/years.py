"""YR: this year's report against last year's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gk_xlsx.amounts import plain
from gk_xlsx.findings import Severity
from gk_xlsx.form import Field, FieldKind, Form, Period, Table
from gk_xlsx.patterns import pattern
from gk_xlsx.relations import evaluate, usable
from gk_xlsx.report import LastYear
from gk_xlsx.rules.passages import PREFACE, part_name, passages
from gk_xlsx.rules.rule import Case, Hit, rule, short_label


@rule("YR01", "carry-over", Severity.ERROR, explainable=True)
def carry_over(case: Case) -> Iterator[Hit]:
    """What is carried in equals what last year's report carried out, column by column.

    查什么：三、申请办理“上年结转”每一列，应等于去年年报同列“结转下年度继续办理”。
    依据：表头；《条例》第三十三条的答复期限可以跨年。
    例：去年结转下年 2 件，今年上年结转填 0 件。
    怎么改：改正今年的数；去年数有误、职能划转、机构合并的，在“情况说明”写明原因。
    不管的：没有去年数据时不核对。
    """
    for relation in case.form.instances("YR01"):
        sides = evaluate(relation, case.form, case.report)
        if sides is None or sides.agree or case.report.last_year is None:
            continue
        field = case.form.fields[relation.left[0].field]
        yield Hit(
            message=(
                f"上年结转·{field.column_label}填 {plain(sides.left)} 件，"
                f"去年（{case.report.last_year.year} 年）年报同列“结转下年度继续办理”为 "
                f"{plain(sides.right)} 件，两数应一致。"
            ),
            fields=(field.id,),
            left=sides.left,
            right=sides.right,
            fix="请改正；如去年数有误或职能划转，请在“情况说明”写明。",
            source="《条例》第三十三条；表头",
        )


@dataclass(frozen=True, slots=True)
class _Stock:
    """现行有效 of one row beside what it should be.

    Attributes:
        last: last year's 现行有效, or None where it is not known.
        added: 本年制发 − 本年废止.
    """

    field: Field
    others: tuple[str, ...]
    now: Decimal
    last: Decimal | None
    added: Decimal

    @property
    def implied(self) -> Decimal:
        """What must have been in force at the end of last year."""
        return self.now - self.added


def _stocks(case: Case) -> Iterator[_Stock]:
    """Each instance of YR02 whose figures of this year are there."""
    for relation in case.form.instances("YR02"):
        own = [term for term in relation.right if term.period is Period.THIS]
        values = [usable(term.field, case.form, case.report.entries) for term in own]
        now = usable(relation.left[0].field, case.form, case.report.entries)
        if now is None or any(value is None for value in values):
            continue
        added = sum(
            (t.sign * (v or Decimal(0)) for t, v in zip(own, values, strict=True)), Decimal(0)
        )
        sides = evaluate(relation, case.form, case.report)
        yield _Stock(
            field=case.form.fields[relation.left[0].field],
            others=tuple(term.field for term in own),
            now=now,
            last=None if sides is None else sides.right - added,
            added=added,
        )


@rule("YR02", "documents-in-force", Severity.WARNING)
def documents_in_force(case: Case) -> Iterator[Hit]:
    """What is in force rolls forward: last year's + issued - repealed.

    查什么：二、主动公开“现行有效件数”，与去年现行有效＋本年制发－本年废止是否一致。
    多出来的要核实；少了的可能是到期失效，只作提示。
    依据：现行有效件数逐年滚动计算（通行做法）；到期失效、职能划转会打破它。
    例：去年现行有效 8 件，本年制发 1 件、废止 0 件，现行有效填 12 件。
    怎么改：核对三格；清理、划转、补登造成的，在“情况说明”写明。
    不管的：没有去年数据、去年用 2019 版格式（没有现行有效件数）时不核对；倒推为负数的见 YR05。
    """
    for stock in _stocks(case):
        if stock.last is None or stock.implied < 0 or stock.now == stock.last + stock.added:
            continue
        expected = stock.last + stock.added
        fewer = stock.now < expected
        name = short_label(stock.field)
        yield Hit(
            message=(
                f"{name}填 {plain(stock.now)} 件；去年 {plain(stock.last)} 件，按本年制发、废止"
                f"推算应为 {plain(expected)} 件，{'少' if fewer else '多'} "
                f"{plain(abs(stock.now - expected))} 件。"
            ),
            fields=(stock.field.id, *stock.others),
            left=stock.now,
            right=expected,
            fix=(
                "请核对是否有到期失效或划出的文件（到期失效不计入“废止”），属实的不用改。"
                if fewer
                else "请核对本年制发、废止和现行有效件数；清理、划转造成的，在“情况说明”写明。"
            ),
            source="现行有效＝去年现行有效＋本年制发－本年废止",
            severity=Severity.NOTE if fewer else None,
        )


_SWING_FACTOR = Decimal("4.5")
"""Five times to the nearest whole. Source: CHECKS.md: ≥ 5×, and 21 → 95 (4.52×) asks."""
_SWING_LEAST = 10
"""Smaller changes and smaller figures say nothing."""
_SWINGS = (
    *("三.新收.总计", "三.办结.总计", "三.结转下年.总计"),
    *("三.不予公开.合计.总计", "三.无法提供.合计.总计"),
    *("三.不予处理.合计.总计", "三.其他处理.合计.总计"),
    *("四.复议.总计", "四.直接起诉.总计", "四.复议后起诉.总计"),
    *("二.行政许可", "二.行政处罚", "二.行政强制"),
    *("二.行政许可.处理决定", "二.行政处罚.处理决定", "二.行政强制.处理决定"),
)
"""Short names of the figures watched, of both editions."""
_SWINGING_FEES = "二.收费"
_OTHER_HANDLING = (
    ("requests.other_handling.total",),
    tuple(
        f"requests.other_handling.{reason}.total" for reason in ("not_corrected", "unpaid", "other")
    ),
)
"""其他处理, a row in edition 2019, is the sum of three rows in edition 2021."""


@dataclass(frozen=True, slots=True)
class _Swing:
    """A figure of this year beside last year's; both are sums of cells where it has several."""

    label: str
    fields: tuple[str, ...]
    now: Decimal
    before: Decimal

    @property
    def large(self) -> bool:
        """Whether the change asks for a reason."""
        low, high = sorted((self.now, self.before))
        return high >= _SWING_LEAST <= high - low and high >= _SWING_FACTOR * low


@rule("YR03", "large-swing", Severity.WARNING)
def large_swing(case: Case) -> Iterator[Hit]:
    """A key figure is about five times last year's, or a fifth of it.

    查什么：新收、办结、结转下年、各组合计、复议诉讼总计、处理决定数量和收费金额，
    与去年相差五倍左右以上，且变化和较大的数都不少于 10。
    依据：大起大落多为漏填、错行、单位写错，属实的应能说明原因。
    例：去年新收 21 件，今年 95 件。
    怎么改：核对两年的数；属实的在“情况说明”写明原因。
    不管的：小数目的变化（1 件变 4 件）；两版格式没有对应的数；收费相差百倍以上的见 IN08。
    """
    found = [swing for swing in _swings(case) if swing.large]
    if not found or case.report.last_year is None:
        return
    listed = "；".join(f"{swing.label} {plain(swing.before)}→{plain(swing.now)}" for swing in found)
    yield Hit(
        message=f"与去年（{case.report.last_year.year} 年）相比变化很大：{listed}。",
        fields=tuple(field_id for swing in found for field_id in swing.fields),
        left=found[0].now,
        right=found[0].before,
        fix="请核对这几个数；属实的，在“情况说明”写明原因。",
        source="与去年年报比较",
    )


def _swings(case: Case) -> Iterator[_Swing]:
    names = case.form.names
    watched = [name for name in _SWINGS if name in names]
    fees = names.get(_SWINGING_FEES, ())
    if fees and case.form.fields[fees[0]].kind is FieldKind.MONEY:
        watched.append(_SWINGING_FEES)
    for name in watched:
        ids = names[name]
        now = [usable(field_id, case.form, case.report.entries) for field_id in ids]
        before = _last_sum(case.report.last_year, ids)
        if before is not None and all(value is not None for value in now):
            yield _Swing(
                _label(case.form, name, ids), ids, sum(filter(None, now), Decimal(0)), before
            )


def _last_sum(last: LastYear | None, ids: tuple[str, ...]) -> Decimal | None:
    """Last year's sum of the same cells, by the other edition's cells where they are the same."""
    if last is None:
        return None
    same = _OTHER_HANDLING if ids in _OTHER_HANDLING else (ids,)
    for cells in same:
        if all(cell in last.values for cell in cells):
            return sum((last.values[cell] for cell in cells), Decimal(0))
    return None


def _label(form: Form, name: str, ids: tuple[str, ...]) -> str:
    """What a figure is called: its cell's label, or the label of the group it adds up."""
    field = form.fields[ids[0]]
    if len(ids) == 1:
        return f"“{short_label(field)}”"
    sums = form.table(field.table).row_sums
    label = next((item.label for item in sums if f".{item.short}." in name), name)
    return f"“{label}·{field.column_label}”"


_SAME_FIGURES = 5
_SAME_CHARACTERS = 80


@rule("YR04", "same-as-last-year", Severity.WARNING)
def same_as_last_year(case: Case) -> Iterator[Hit]:
    """A table or a long paragraph is the same as last year's.

    查什么：一张表填的数（总计除外）有 5 个以上不是 0，且整张表与去年一模一样；
    或正文有 80 字以上的段落，去掉年份后与去年一字不差。
    依据：年度报告反映本年情况，多为忘了改。
    例：二、主动公开整张表与去年相同；“监督保障”一段照抄去年。
    怎么改：按本年实际重新填写、改写；确实相同的写情况说明。
    不管的：数字很少的表、短段落、前言；去年文字不在手边时只比表。
    """
    last = case.report.last_year
    if last is None:
        return
    for table in case.form.tables:
        same = _same_figures(case, last, table)
        if len(same) >= _SAME_FIGURES:
            yield Hit(
                message=(
                    f"{table.sheet}与去年（{last.year} 年）完全相同（{len(same)} 个数不是 0）。"
                ),
                fields=same,
                fix="请核对是否误用了去年的数；确实相同的，在“情况说明”写明。",
                source="与去年年报比较",
            )
    yield from _same_paragraphs(case, last)


def _same_figures(case: Case, last: LastYear, table: Table) -> tuple[str, ...]:
    """The filled-in figures other than 0 of a table that is wholly the same; else nothing."""
    entries = case.of_table(table)
    if any(entry.value is None or entry.value != last.values.get(f.id) for f, entry in entries):
        return ()
    return tuple(f.id for f, entry in entries if entry.value and f.id not in case.form.computed)


_NOT_COMPARED = pattern(r"(?:\d{4}|二[〇零○][〇零一二三四五六七八九]{2})\s?年度?|[\s#*]")


def _same_paragraphs(case: Case, last: LastYear) -> Iterator[Hit]:
    for text in passages(case):
        before = {_essence(line) for line in last.narrative.get(text.section, "").split("\n")}
        same = [
            line
            for line in text.lines
            if len(essence := _essence(text.raw[line.start : line.end])) >= _SAME_CHARACTERS
            and essence in before
        ]
        if same and text.section != PREFACE:
            name = part_name(case.form, text.section)
            yield Hit(
                message=(
                    f"“{name}”有 {len(same)} 段与去年（{last.year} 年）只有年份不同，"
                    f"第一段是“{same[0].text[:20]}……”。"
                ),
                fix="请按本年实际情况改写；确实相同的，在“情况说明”写明。",
                source="与去年年报比较",
                location=text.place(same[0].start, same[0].end),
            )


def _essence(paragraph: str) -> str:
    """A paragraph without its years, spaces and Markdown signs."""
    return _NOT_COMPARED.sub("", paragraph)


@rule("YR05", "stock-below-zero", Severity.WARNING)
def stock_below_zero(case: Case) -> Iterator[Hit]:
    """More was issued this year than is left in force.

    查什么：由现行有效－本年制发＋本年废止倒推的去年年底件数是负数。
    依据：现行有效件数应包括本年制发而未废止的文件。
    例：本年制发 5 件、废止 0 件，现行有效填 3 件。
    怎么改：核对三格；本年制发的文件年内失效等情况，在“情况说明”写明。
    不管的：与去年实际数是否一致见 YR02。
    """
    for stock in _stocks(case):
        if stock.implied < 0:
            name = short_label(stock.field)
            yield Hit(
                message=(
                    f"{name}填 {plain(stock.now)} 件，比本年制发减本年废止的 {plain(stock.added)} "
                    f"件还少，倒推去年年底为 {plain(stock.implied)} 件。"
                ),
                fields=(stock.field.id, *stock.others),
                left=stock.now,
                right=stock.added,
                fix="请核对本年制发、本年废止和现行有效三格。",
                source="现行有效＝去年现行有效＋本年制发－本年废止",
            )


_LISTED = 8


@rule("YR06", "last-year-differs", Severity.NOTE)
def last_year_differs(case: Case) -> Iterator[Hit]:
    """Last year's figures in the workbook differ from the report that was handed in.

    查什么：填报表下发时带的去年数，与核验时给出的去年年报不一致。
    依据：核验以给出的去年年报为准。
    例：填报表里去年结转下年 2 件，去年年报为 3 件。
    怎么改：不用填报单位改；审核人弄清哪个是更正后的数，必要时重新下发。
    不管的：没有用 --last 给出去年年报时不比较；只有一边有的数不比较。
    """
    issued, given = case.report.issued_last_year, case.report.last_year
    if issued is None or given is None:
        return
    differing = [
        field_id
        for field_id, value in issued.values.items()
        if field_id in given.values and given.values[field_id] != value
    ]
    if differing:
        listed = "；".join(
            f"{_last_label(case.form, field_id)} {plain(issued.values[field_id])} 与 "
            f"{plain(given.values[field_id])}"
            for field_id in differing[:_LISTED]
        )
        more = f"……等 {len(differing)} 处" if len(differing) > _LISTED else ""
        yield Hit(
            message=f"填报表带的去年数与去年年报不同（前者与后者）：{listed}{more}。已按去年年报核对。",
            fix="请查去年年报是否更正过；更正过的，重新下发填报表。",
        )


def _last_label(form: Form, field_id: str) -> str:
    """A figure of last year's form; an id that only the other edition has stands for itself."""
    field = form.fields.get(field_id)
    return f"“{short_label(field)}”" if field else field_id
