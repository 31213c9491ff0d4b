"""YR: this year's report against last year's."""

from __future__ import annotations

from collections.abc import Iterator

from gk_xlsx.amounts import plain
from gk_xlsx.findings import Severity
from gk_xlsx.relations import evaluate
from gk_xlsx.rules.rule import Case, Hit, rule


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
