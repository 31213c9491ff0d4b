"""What people wrote into a merged workbook is not lost when it is merged anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gk_xlsx.errors import GkXlsxError
from gk_xlsx.merged import Merged
from gk_xlsx.relations import evaluate
from gk_xlsx.report import AnnualReport, Explanation
from gk_xlsx.rollup.names import spelling


def refuse_other(merged: Merged, keep: Merged) -> None:
    """Make sure that two merges are of the same body and year.

    Raises:
        GkXlsxError: if they are not: nothing of the one belongs into the other.
    """
    new, old = merged.report, keep.report
    if spelling(new.unit.name) == spelling(old.unit.name) and new.year == old.year:
        return
    raise GkXlsxError(
        f"已有的汇总表是“{old.unit.name}”{old.year} 年的，"
        f"要生成的是“{new.unit.name}”{new.year} 年的，没有覆盖。请换一个文件名，或先移走原来的。"
    )


def taken_over(merged: Merged, keep: Merged) -> Merged:
    """A new merge with the text, title, signature and 情况说明 of the one before.

    Adjustments are part of the sums and are taken over before adding up.

    Raises:
        GkXlsxError: if the one before is of another body or year.
    """
    refuse_other(merged, keep)
    old = keep.report
    report = replace(
        merged.report,
        narrative=old.narrative,
        title=old.title,
        signed=old.signed,
        last_year=merged.report.last_year or old.last_year,
    )
    explanations = tuple(_explanations(merged, report, old))
    return replace(merged, report=replace(report, explanations=explanations))


def _explanations(merged: Merged, report: AnnualReport, old: AnnualReport) -> Iterator[Explanation]:
    """What was written and still fits; else what the units said themselves; else what lapsed."""
    made = {_about(item): item for item in report.explanations}
    for item in old.explanations:
        own = made.pop(_about(item), None)
        yield item if own is None or _fits(merged, report, item) else own
    yield from made.values()


def _about(item: Explanation) -> tuple[str, tuple[str, ...]]:
    return item.code, item.fields[:1]


def _fits(merged: Merged, report: AnnualReport, item: Explanation) -> bool:
    """Whether an explanation was written for the figures as they are now, or for none yet."""
    if item.left is None and item.right is None:
        return True
    for relation in merged.form.instances(item.code):
        if (relation.left[0].field,) == item.fields[:1]:
            sides = evaluate(relation, merged.form, report)
            return sides is not None and (sides.left, sides.right) == (item.left, item.right)
    return True
