from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from gk_xlsx.rollup.publication import Publication, Timeliness, publication_state
from gk_xlsx.rollup.roster import Roster, RosterLine, Standing
from gk_xlsx.units import Scope

DAY = datetime.date(2026, 2, 10)


def line(name: str, code: str, **more: object) -> RosterLine:
    return RosterLine(2, name, code, **more)  # type: ignore[arg-type] # the test's own keywords


ROSTER = Roster(
    (
        line("示例区人民政府", "00", scope=Scope.GOVERNMENT),
        line("示例区人民政府办公室", "01"),
        line("示例区教育局", "02"),
        line("示例区统计局", "03", published=False),
        line("示例区老干部局", "04", standing=Standing.MERGED),
        line("示例经济开发区管委会", "05", counted=False),
    )
)


def on(month: int, day: int) -> Publication:
    return Publication(datetime.date(2026, month, day))


def test_each_report_is_judged_by_the_deadline_of_its_kind() -> None:
    published = {"00": on(3, 20), "01": on(2, 3), "02": on(1, 31)}
    state = publication_state(ROSTER, published, 2025, DAY)
    assert {item.name: item.timeliness for item in state.reports} == {
        "示例区人民政府": Timeliness.ON_TIME,
        "示例区人民政府办公室": Timeliness.LATE,
        "示例区教育局": Timeliness.ON_TIME,
        "示例经济开发区管委会": Timeliness.NOT_YET,
    }


def test_a_government_keeps_its_later_statutory_deadline() -> None:
    early = datetime.date(2026, 1, 25)
    state = publication_state(ROSTER, {"00": on(3, 20)}, 2025, DAY, deadline=early)
    assert [item.name for item in state.of(Timeliness.ON_TIME)] == ["示例区人民政府"]


def test_the_offices_own_deadline_goes_before_the_statutory_ones() -> None:
    published = {"02": on(1, 31)}
    state = publication_state(ROSTER, published, 2025, DAY, deadline=datetime.date(2026, 1, 25))
    assert state.of(Timeliness.ON_TIME) == ()


def test_a_government_and_its_office_are_one_body_with_two_reports() -> None:
    state = publication_state(ROSTER, {}, 2025, DAY)
    assert (state.units, len(state.reports)) == (3, 4)


def test_those_not_in_the_sums_are_named_with_their_reason() -> None:
    state = publication_state(ROSTER, {}, 2025, DAY, not_merged=[("03", "尚未报送")])
    assert state.counted == 3
    assert state.not_counted == (
        ("示例区统计局", "尚未报送"),
        ("示例经济开发区管委会", "不计入本级汇总"),
    )


@pytest.mark.parametrize(
    ("published", "rate"), [(0, "0.0"), (1, "33.3"), (2, "66.7"), (3, "100.0")]
)
def test_the_rate_has_one_decimal(published: int, rate: str) -> None:
    roster = Roster(tuple(line(f"示例{code}局", code) for code in ("1", "2", "3")))
    days = dict.fromkeys([str(code + 1) for code in range(published)], on(1, 5))
    assert publication_state(roster, days, 2025, DAY).rate == Decimal(rate)


def test_before_anything_was_added_up_nobody_is_said_to_be_in_the_sums() -> None:
    state = publication_state(ROSTER, {}, 2025, DAY)
    assert (state.counted, state.not_counted) == (0, ())
