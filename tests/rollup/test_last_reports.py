"""Whose figures of last year are carried into a line's workbook."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gk_xlsx.report import LastYear
from gk_xlsx.rollup.last_reports import Carried, LastReport, LastReports, summed
from gk_xlsx.rollup.roster import Roster, RosterLine, Standing
from gk_xlsx.units import Scope, Unit

NEW, OUT = "requests.new.company", "requests.carried_out.company"


def last(
    name: str,
    *,
    scope: Scope = Scope.BODY,
    code: str = "",
    origin: str = "",
    rank: int = 0,
    **values: int,
) -> LastReport:
    figures = {key.replace("__", "."): Decimal(value) for key, value in values.items()}
    year = LastYear(2024, name, "2021", figures or {NEW: Decimal(len(name))})
    return LastReport(Unit(name, code), scope, year, origin or f"{name}.xlsx", rank)


def line(
    name: str,
    *sources: str,
    row: int = 2,
    scope: Scope = Scope.BODY,
    standing: Standing = Standing.NORMAL,
    aliases: tuple[str, ...] = (),
) -> RosterLine:
    return RosterLine(
        row,
        name,
        f"{row:03d}",
        scope=scope,
        standing=standing,
        aliases=aliases,
        last_sources=sources,
    )


def carried(of: RosterLine, *reports: LastReport, others: tuple[RosterLine, ...] = ()) -> Carried:
    return LastReports(reports, Roster((of, *others))).of(of)


def test_a_bodys_own_report_is_carried() -> None:
    found = carried(
        line("某区民政局"), last("某区教育局"), last("某区民政局", requests__new__company=7)
    )

    assert found.last is not None
    assert found.last.values == {NEW: Decimal(7)}
    assert found.remarks == ()


def test_spelling_and_region_do_not_matter() -> None:
    found = carried(line("某某市某区发展和改革局"), last("某区发展改革局"))

    assert found.last is not None


def test_an_alias_is_last_years_name() -> None:
    found = carried(line("文旅局", aliases=("文化局",), standing=Standing.RENAMED), last("文化局"))

    assert found.last is not None
    assert found.last.unit == "文化局"


def test_who_has_no_report_is_told_apart_from_who_is_new() -> None:
    missing = carried(line("甲局"), last("丁委员会"))
    new = carried(line("甲局", standing=Standing.NEW), last("丁委员会"))

    assert (missing.last, missing.absent) == (None, True)
    assert (new.last, new.absent, new.remarks) == (None, False, ())


def test_government_and_its_office_are_two() -> None:
    government = line("某区人民政府", row=2, scope=Scope.GOVERNMENT)
    office = line("某区人民政府办公室", row=3)
    reports = (
        last("某区人民政府", scope=Scope.GOVERNMENT, requests__new__company=5),
        last("某区人民政府办公室", requests__new__company=3),
    )
    found = [
        LastReports(reports, Roster((government, office))).of(item) for item in (government, office)
    ]

    assert [item.last.values[NEW] for item in found if item.last] == [5, 3]


def test_another_scope_is_another_report() -> None:
    found = carried(
        line("某区人民政府", scope=Scope.GOVERNMENT), last("某区人民政府", scope=Scope.AREA)
    )

    assert found.last is None
    assert found.remarks == (
        "“某区人民政府”去年的报告统计范围是本行政区域汇总，名册上是本级政府含办公室，上年数没有带入。",
    )


def test_a_report_that_states_no_scope_will_do_where_the_body_has_one_report_only() -> None:
    government = line("某区人民政府", scope=Scope.GOVERNMENT)
    area = line("某区人民政府", row=3, scope=Scope.AREA)

    assert carried(government, last("某区人民政府")).last is not None
    assert carried(government, last("某区人民政府"), others=(area,)).last is None


def test_of_two_files_the_surer_counts_and_of_equals_that_differ_none() -> None:
    book, word = last("甲局", origin="a.xlsx", requests__new__company=1), last("甲局", rank=1)
    twice = last("甲局", origin="b.xlsx", requests__new__company=2)

    surer = carried(line("甲局"), word, book)
    assert surer.last is not None
    assert surer.last.values == {NEW: Decimal(1)}
    unsure = carried(line("甲局"), book, twice)
    assert unsure.last is None
    assert unsure.remarks == (
        "“甲局”去年的报告有 2 份且数据不同（a.xlsx、b.xlsx），上年数没有带入。",
    )


def test_of_merged_bodies_the_sum() -> None:
    found = carried(
        line("文旅局", "文化局", "旅游局"),
        last("文化局", requests__new__company=2, requests__carried_out__company=1),
        last("旅游局", requests__new__company=3),
    )

    assert found.last is not None
    assert found.last.values == {NEW: Decimal(5)}
    assert found.last.unit == "文化局、旅游局"
    assert found.remarks == (
        "上年数是文化局、旅游局相加的。",
        "“旅游局”去年有 1 格没有数，相加后这些格按未知，不带入。",
    )


def test_where_one_of_merged_bodies_is_missing_nothing_is_carried() -> None:
    found = carried(line("文旅局", "文化局", "旅游局"), last("文化局"))

    assert found.last is None
    assert found.remarks == ("没有找到“旅游局”去年的报告，上年数没有带入。",)


def test_a_source_named_twice_counts_once() -> None:
    found = carried(
        line("文旅局", "某区文化局", "A1"), last("某区文化局", code="A1", requests__new__company=2)
    )

    assert found.last is not None
    assert found.last.values == {NEW: Decimal(2)}


def test_a_source_is_named_by_last_years_code_too() -> None:
    assert carried(line("文旅局", "A7"), last("文化局", code="A7")).last is not None


@given(
    st.lists(
        st.dictionaries(st.sampled_from("abcd"), st.decimals(0, 10**9, places=6), max_size=4),
        min_size=2,
        max_size=5,
    )
)
def test_sums_are_exact_and_what_one_lacks_is_unknown(parts: list[dict[str, Decimal]]) -> None:
    reports = [
        LastReport(Unit(f"{at}局"), Scope.BODY, LastYear(2024, f"{at}局", "2021", values), f"{at}")
        for at, values in enumerate(parts)
    ]
    found = summed(reports).last

    assert found is not None
    everywhere = set.intersection(*(set(values) for values in parts))
    assert found.values == {key: sum(values[key] for values in parts) for key in everywhere}
