"""Merging anew keeps what people wrote into the merged workbook."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gk_xlsx.errors import GkXlsxError
from gk_xlsx.merged import Merged
from gk_xlsx.report import Explanation, Signed
from gk_xlsx.rollup.merging import merge
from gk_xlsx.rollup.taking_over import taken_over
from gk_xlsx.units import Unit
from tests.made import number
from tests.rollup.districts import FORM
from tests.rollup.sums import YEAR, contributors, units, with_entries

FIELD = "requests.carried_in.natural_person"


def merged(unit: str = "示例市", year: int = YEAR) -> Merged:
    return merge(FORM, Unit(unit), year, contributors(units(2)))


def written(*explanations: Explanation) -> Merged:
    """A merge into which somebody wrote."""
    made = merged()
    report = replace(
        made.report,
        narrative={"overview": "自己写的一段。"},
        title="标题",
        signed=Signed("示例市", "2026-03-01"),
        explanations=explanations,
    )
    return replace(made, report=report)


def test_text_title_and_signature_stay() -> None:
    report = taken_over(merged(), written()).report

    assert dict(report.narrative) == {"overview": "自己写的一段。"}
    assert (report.title, report.signed) == ("标题", Signed("示例市", "2026-03-01"))


def test_an_explanation_stays_with_the_figures_it_was_written_for() -> None:
    said = Explanation("YR01", (FIELD,), "去年数填错", Decimal(5), Decimal(3))

    assert taken_over(merged(), written(said)).report.explanations == (said,)


def test_what_the_units_say_now_replaces_what_has_lapsed() -> None:
    lapsed = Explanation("YR01", (FIELD,), "原来的说明", Decimal(5), Decimal(3))
    first, second = units(2)
    more = int(first.entries[FIELD].number or 0) + 2
    said = tuple(
        Explanation("YR01", (field_id,), "职能划转")
        for field_id in (FIELD, "requests.carried_in.total")
    )
    changed = replace(with_entries(first, {FIELD: number(more)}), explanations=said)
    new = merge(FORM, Unit("示例市"), YEAR, contributors([changed, second]))

    texts = [item.text for item in taken_over(new, written(lapsed)).report.explanations]

    assert texts == ["示例市示例00局：职能划转"] * 2


@pytest.mark.parametrize("other", [merged("别的市"), merged(year=YEAR - 1)])
def test_nothing_is_taken_from_another_body_or_year(other: Merged) -> None:
    with pytest.raises(GkXlsxError, match="没有覆盖"):
        taken_over(merged(), other)
