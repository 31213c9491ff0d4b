from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gk_xlsx.errors import GkXlsxError
from gk_xlsx.report import Entry, EntryKind
from gk_xlsx.rollup.corrections import correct
from tests.rollup.districts import FORM, district, summed, with_values

FIELD = "requests.granted.natural_person"


def test_a_resubmission_shows_what_changed_and_what_that_changes_in_each_sum_above() -> None:
    units = district(4, 1)
    before = units[2].value(FIELD) or Decimal(0)
    after = with_values(units[2], {FIELD: before + 3})
    branch, whole = (
        summed(units[2:]),
        replace(summed(units), unit=replace(units[0].unit, name="市")),
    )
    found = correct(FORM, units[2], after, [branch, whole])
    assert [cell.field for cell in found.cells] == [
        FIELD,
        "requests.granted.total",
        "requests.concluded.natural_person",
        "requests.concluded.total",
    ]
    first = [item for item in found.sums if item.field == FIELD]
    assert [(item.office, item.after) for item in first] == [
        ("示例区", (branch.value(FIELD) or Decimal(0)) + 3),
        ("市", (whole.value(FIELD) or Decimal(0)) + 3),
    ]


def test_a_correction_that_breaks_the_balance_is_not_called_balanced() -> None:
    unit = district(1, 1)[0]
    more = with_values(unit, {FIELD: (unit.value(FIELD) or Decimal(0)) + 3})
    assert correct(FORM, more, unit).balanced
    assert not correct(FORM, unit, more).balanced


def test_what_could_not_be_read_is_not_corrected_but_named() -> None:
    unit = district(1, 1)[0]
    unread = Entry(EntryKind.UNKNOWN, reason="一格里有几个数")
    torn = replace(unit, entries={**unit.entries, FIELD: unread})
    found = correct(FORM, torn, unit)
    assert found.cells == ()
    assert [item.field for item in found.unread] == [FIELD]


@pytest.mark.parametrize(
    "said", [Entry(EntryKind.UNKNOWN, raw="18 2"), Entry(EntryKind.TEXT, raw="约五件")]
)
def test_what_is_no_figure_is_not_published_as_what_is_right(said: Entry) -> None:
    unit = district(1, 1)[0]
    torn = replace(unit, entries={**unit.entries, FIELD: said})
    found = correct(FORM, unit, torn)
    assert FIELD not in [item.field for item in found.cells]
    assert [item.field for item in found.unread] == [FIELD]
    assert found.balanced is None


def test_what_was_no_figure_is_corrected_to_one() -> None:
    unit = district(1, 1)[0]
    before = replace(unit, entries={**unit.entries, FIELD: Entry(EntryKind.TEXT, raw="约五件")})
    found = correct(FORM, before, unit)
    assert [item.field for item in found.cells] == [FIELD]
    assert found.balanced


def test_a_sum_that_is_unknown_stays_unknown() -> None:
    unit = district(1, 1)[0]
    after = with_values(unit, {FIELD: Decimal(999)})
    total = summed([unit])
    blank = replace(total.entries[FIELD], number=None)
    total = replace(total, entries={**total.entries, FIELD: blank})
    changed = {item.field: item.after for item in correct(FORM, unit, after, [total]).sums}
    assert changed[FIELD] is None


@pytest.mark.parametrize("other", ["year", "unit"])
def test_reports_of_another_unit_or_year_are_no_correction(other: str) -> None:
    unit = district(1, 1)[0]
    changed = (
        replace(unit, year=2024)
        if other == "year"
        else replace(unit, unit=replace(unit.unit, name="别局"))
    )
    with pytest.raises(GkXlsxError, match="不是更正"):
        correct(FORM, unit, changed)
