"""AR: the relations printed in the form or following from its labels."""

from __future__ import annotations

from collections.abc import Iterator

from gk_xlsx.amounts import plain
from gk_xlsx.findings import Severity
from gk_xlsx.relations import Sides, evaluate, relation_message
from gk_xlsx.rules.rule import Case, Hit, rule, short_label


@rule("AR01", "row-total", Severity.ERROR)
def row_total(case: Case) -> Iterator[Hit]:
    """The total of a row of table 三 is the sum of its six applicant columns.

    查什么：三、申请办理每一行，“总计”应等于自然人与法人或其他组织五列之和。
    依据：表头（总计）；国办公开办函〔2021〕30号附表。
    例：部分公开一行自然人 8、商业企业 1，总计填 8，应为 9。
    怎么改：核对各列件数，改总计或改填错的一列。填报表里总计自动计算，不会出现这一问题。
    不管的：空白、“/”和不是数字的格由 IN 各条提示，这里不再重复。
    """
    yield from _broken(case, "AR01")


@rule("AR02", "results-total", Severity.ERROR)
def results_total(case: Case) -> Iterator[Hit]:
    """In each column of table 三 row （七）总计 is the sum of the results above it.

    查什么：三、申请办理每一列，“（七）总计”应等于（一）至（六）各行之和。
    依据：表头；国办公开办函〔2021〕30号附表。
    例：自然人列各行相加 26，（七）总计填 20。
    怎么改：逐行核对办理结果，改（七）总计或改填错的一行。
    不管的：空白、“/”和不是数字的格由 IN 各条提示。
    """
    yield from _broken(case, "AR02")


@rule("AR03", "balance", Severity.ERROR)
def balance(case: Case) -> Iterator[Hit]:
    """In each column of table 三: new + carried in = concluded + carried out.

    查什么：三、申请办理每一列，本年新收＋上年结转＝办理结果总计＋结转下年度继续办理。
    依据：表内注“本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和”。
    例：新收 1＋结转 0，总计 1＋结转下年 1：同一件既计入办理结果又计入结转。
    怎么改：年底前已答复的计入办理结果，年底仍在办理期限内的计入结转，一件只计一处。
    不管的：空白、“/”和不是数字的格由 IN 各条提示。
    """
    yield from _broken(case, "AR03")


@rule("AR04", "disputes-total", Severity.ERROR)
def disputes_total(case: Case) -> Iterator[Hit]:
    """Each total of table 四 is the sum of its four outcomes.

    查什么：四、复议诉讼三组（行政复议、未经复议直接起诉、复议后起诉），“总计”应等于四种结果之和。
    依据：表头；国办公开办函〔2021〕30号附表。
    例：结果维持 2、尚未审结 1，总计填 2，应为 3。
    怎么改：核对案件数，改总计或改填错的一格。
    不管的：空白、“/”和不是数字的格由 IN 各条提示。
    """
    yield from _broken(case, "AR04")


def _broken(case: Case, code: str) -> Iterator[Hit]:
    for relation in case.form.instances(code):
        sides = evaluate(relation, case.form, case.report)
        if sides is not None and not sides.agree:
            yield _hit(case, sides)


def _hit(case: Case, sides: Sides) -> Hit:
    fields = tuple(term.field for term in sides.relation.terms)
    advice = diagnosis(case, sides)
    cells = _cells(case, sides)
    return Hit(
        message=relation_message(case.form, sides) + cells,
        fields=fields,
        left=sides.left,
        right=sides.right,
        fix=advice or f"请核对这几格，使{sides.relation.text}。",
        source=sides.relation.source,
    )


def _cells(case: Case, sides: Sides) -> str:
    """Where to look, cells or lines: those of the shorter relation, or the total's."""
    terms = sides.relation.terms if len(sides.relation.terms) <= 4 else sides.relation.left
    places = [case.report.entries[term.field].place for term in terms]
    cells = list(dict.fromkeys(place.cell for place in places if place and place.cell))
    kind = "单元格 " if cells and cells[0].isascii() else ""
    return f"（{kind}{'、'.join(cells)}）" if cells else ""


def diagnosis(case: Case, sides: Sides) -> str:
    """What probably went wrong, as advice; empty where nothing fits."""
    if not sides.relation.defines:
        return _balance_diagnosis(sides)
    total = sides.left
    if total == 0:
        return f"总计填的是 0，各项相加为 {plain(sides.right)}，请填上总计。"
    if _transposed(plain(total), plain(sides.right)):
        return f"请查是否把 {plain(sides.right)} 写成了 {plain(total)}（数字前后颠倒）。"
    for term in sides.relation.right:
        part = sides.values.get(term)
        if part and part == abs(sides.difference):
            name = short_label(case.form.fields[term.field])
            how = "漏加" if sides.difference > 0 else "重复加了"
            return f"相差数与“{name}”相同，请查总计是否{how}这一项。"
    return ""


def _balance_diagnosis(sides: Sides) -> str:
    concluded, carried_out = (sides.values[term] for term in sides.relation.right)
    if 0 < sides.difference <= min(concluded, carried_out):
        return "请查是否有同一件既计入办理结果又计入结转。"
    if sides.difference < 0:
        return "请查是否有新收或结转来的件既没有计入办理结果，也没有计入结转下年。"
    return ""


def _transposed(left: str, right: str) -> bool:
    """Whether two numbers differ by two neighbouring digits changed over."""
    if len(left) != len(right):
        return False
    unequal = [i for i, pair in enumerate(zip(left, right, strict=True)) if pair[0] != pair[1]]
    if len(unequal) != 2 or unequal[1] != unequal[0] + 1:
        return False
    first, second = unequal
    return left[first] == right[second] and left[second] == right[first]
