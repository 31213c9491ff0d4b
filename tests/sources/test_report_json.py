"""Report JSON ↔ report: nothing lost, nothing guessed, everything wrong told at once."""

from __future__ import annotations

import contextlib
import datetime
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_xlsx.report import (
    BLANK,
    NARRATIVE_KEYS,
    AnnualReport,
    Entry,
    EntryKind,
    Explanation,
    LastYear,
    Origin,
    Part,
    Seen,
    Signed,
    blank_entries,
    narrative,
)
from gk_xlsx.resources import EDITIONS, examples, form, form_for_year
from gk_xlsx.sources.report_json import (
    KEYS,
    ReportJsonError,
    read_explanations,
    read_report_json,
)
from gk_xlsx.sources.write_report_json import report_json
from gk_xlsx.units import Level, Scope, Unit
from tests.made import UNIT, clean_report, number, with_entries

FIELD = "requests.new.total"
COMPANY = "requests.new.company"
Document = dict[str, Any]


def read(text: str | bytes) -> AnnualReport:
    data = text.encode() if isinstance(text, str) else text
    return read_report_json(data, form, form_for_year)


def document(**members: object) -> str:
    base: Document = {"form": "gk-annual-report", "year": 2023, "unit": {"name": "某局"}}
    return json.dumps({**base, "values": {}, **members}, ensure_ascii=False)


def with_values(values: str) -> str:
    """A report whose values are written as they stand here."""
    return document().replace('"values": {}', f'"values": {{{values}}}')


def entry(value: str) -> Entry:
    return read(with_values(f'"{FIELD}": {value}')).entries[FIELD]


def refusal(text: str | bytes) -> str:
    with pytest.raises(ReportJsonError) as caught:
        read(text)
    return str(caught.value)


def seen(report: AnnualReport) -> list[tuple[Seen, str, str]]:
    return [(item.seen, item.field, item.found) for item in report.observations]


# -- values --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("5", number(5)),
        ("5.0", number(5)),
        ("5e1", number(50)),
        ("-0", number(0)),
        ("96171.6", number("96171.6")),
        ("0.1", number("0.1")),
        ("null", BLANK),
        ('""', BLANK),
        ('"/"', Entry(EntryKind.MARK, raw="/")),
        ('"12件"', Entry(EntryKind.NUMBER, Decimal(12), "12件", ("单位“件”",))),
        ('"见附件"', Entry(EntryKind.TEXT, raw="见附件")),
        ("true", Entry(EntryKind.BOOLEAN, raw="TRUE")),
        ("false", Entry(EntryKind.BOOLEAN, raw="FALSE")),
        ("NaN", Entry(EntryKind.TEXT, raw="NaN")),
        ("-Infinity", Entry(EntryKind.TEXT, raw="-Infinity")),
        ("[1]", Entry(EntryKind.TEXT, raw="（不是单个的值）")),
        ("{}", Entry(EntryKind.TEXT, raw="（不是单个的值）")),
        ("1e999999999", Entry(EntryKind.TEXT, raw="1e999999999")),
        ("1e9999999999999999999", Entry(EntryKind.TEXT, raw="1e9999999999999999999")),
        ("1e-999999999", Entry(EntryKind.TEXT, raw="1e-999999999")),
        ("9" * 5000, Entry(EntryKind.TEXT, raw="9" * 5000)),
    ],
)
def test_a_value_means_an_entry(value: str, expected: Entry) -> None:
    assert entry(value) == expected


def test_an_absent_id_is_blank() -> None:
    report = read(document())
    assert set(report.entries.values()) == {BLANK}
    assert list(report.entries) == list(form("2021").fields)


@pytest.mark.parametrize("value", ["1234567890123456", "96171.600000000006", "0.1000000000000001"])
def test_more_than_fifteen_digits_are_kept_and_told(value: str) -> None:
    report = read(with_values(f'"{FIELD}": {value}'))
    assert report.value(FIELD) == Decimal(value)
    assert seen(report) == [(Seen.TOO_PRECISE, FIELD, value)]
    assert f'"{FIELD}": {value}' in report_json(report)


def test_fifteen_digits_are_fine() -> None:
    assert read(with_values(f'"{FIELD}": 123456789012345')).observations == ()


def test_an_unknown_id_is_told() -> None:
    report = read(with_values('"requests.new.person": 1'))
    assert seen(report) == [(Seen.UNKNOWN_FIELD, "", "requests.new.person")]


def test_an_unknown_key_is_told_and_a_schema_is_fine() -> None:
    report = read(document(vales={}, unknown={"x.y": ""}, **{"$schema": "urn:gk-xlsx:report:1"}))
    assert seen(report) == [(Seen.UNKNOWN_FIELD, "", "vales"), (Seen.UNKNOWN_FIELD, "", "x.y")]


def test_a_key_that_stands_twice_is_told_and_the_last_one_counts() -> None:
    report = read(with_values(f'"{FIELD}": 1, "{FIELD}": 2, "{FIELD}": 3'))
    assert seen(report) == [(Seen.DUPLICATE_KEY, "", FIELD)]
    assert report.value(FIELD) == 3


def test_many_keys_take_no_time() -> None:
    values = ", ".join(f'"x.{i}": 0' for i in range(50_000))
    assert len(read(with_values(values)).observations) == 50_000


def test_an_unknown_figure_keeps_its_reason() -> None:
    report = read(document(unknown={FIELD: "两格粘连", COMPANY: ""}))
    assert report.entries[FIELD] == Entry(EntryKind.UNKNOWN, reason="两格粘连")
    assert report.entries[COMPANY] == Entry(EntryKind.UNKNOWN)


def test_a_figure_that_is_there_is_not_unknown() -> None:
    assert read(document(values={FIELD: 1}, unknown={FIELD: "?"})).value(FIELD) == 1


def test_what_was_found_tells_what_was_normalised() -> None:
    report = read(document(values={FIELD: 12}, found={FIELD: "12件"}))
    assert report.entries[FIELD] == Entry(EntryKind.NUMBER, Decimal(12), "12件", ("单位“件”",))


def test_what_was_found_may_differ_from_the_value() -> None:
    report = read(document(values={FIELD: 9}, found={FIELD: "8"}))
    assert report.entries[FIELD] == Entry(EntryKind.NUMBER, Decimal(9), "8", ("与原文不同",))


# -- the rest ------------------------------------------------------------------------------


def test_everything_optional_may_be_absent() -> None:
    report = read('{"year": 2021, "unit": {"name": " 某局 "}}')
    assert report == AnnualReport("2021", 2021, Unit("某局"), blank_entries(form("2021")))


def test_null_is_as_good_as_absent() -> None:
    nothing = dict.fromkeys(KEYS[7:]) | {"edition": None, "scope": None, "version": None}
    assert read(document(**nothing)) == read(document())


def test_everything_optional_is_read() -> None:
    report = read(
        document(
            edition="2021",
            scope="government",
            unit={"name": "某县人民政府", "code": "330902", "level": "county"},
            narrative={"overview": "一是……", "other": "无。"},
            title="某县2023年报告",
            headings=["一、总体情况"],
            signed={"by": "某县人民政府", "date": "2024-01-10"},
            notes="备注",
            parts=[{"code": "A", "name": "某局", "scope": "body", "sha256": "0" * 64}],
            last_year={"year": 2022, "unit": "某县", "edition": "2021", "values": {FIELD: 3.0}},
            explanations=[{"code": "YR01", "fields": [FIELD], "text": "划转", "left": 1}],
        )
    )
    assert report.unit == Unit("某县人民政府", "330902", Level.COUNTY)
    assert report.scope is Scope.GOVERNMENT
    assert report.narrative == {"overview": "一是……", "other": "无。"}
    assert (report.title, report.headings) == ("某县2023年报告", ("一、总体情况",))
    assert report.signed == Signed("某县人民政府", "2024-01-10")
    assert report.notes == "备注"
    assert report.parts == (Part("A", "某局", Scope.BODY, "0" * 64),)
    assert report.last_year == LastYear(2022, "某县", "2021", {FIELD: Decimal(3)})
    assert report.explanations == (Explanation("YR01", (FIELD,), "划转", Decimal(1)),)


def test_a_zero_report_counts_blanks_as_zero() -> None:
    report = read(document(zero_report=["disputes"]))
    assert report.entries["disputes.review.upheld"].origin is Origin.ZERO_REPORT
    assert report.entries[FIELD] is BLANK


def test_last_year_forgets_blanks() -> None:
    last = read(document(last_year={"year": 2022, "values": {FIELD: None, COMPANY: 1}})).last_year
    assert last is not None
    assert dict(last.values) == {COMPANY: Decimal(1)}


@pytest.mark.parametrize(("year", "edition"), [(2019, "2019"), (2020, "2019"), (2021, "2021")])
def test_the_edition_follows_from_the_year(year: int, edition: str) -> None:
    assert read(document(year=year)).edition == edition


def test_an_edition_of_another_year_is_told() -> None:
    report = read(document(year=2022, edition="2019"))
    assert [(item.seen, item.expected, item.found) for item in report.observations] == [
        (Seen.EDITION_MISMATCH, "2019", "2022")
    ]


def test_next_years_report_may_come_early() -> None:
    year = datetime.datetime.now().astimezone().year + 1
    assert read(document(year=year)).year == year


def test_a_byte_order_mark_does_not_matter() -> None:
    assert read(b"\xef\xbb\xbf" + document().encode()) == read(document())


# -- refused -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (document().encode("gbk"), "UTF-8"),
        (b"{\n\n,}", "第 3 行有语法错误"),
        (b'{"year": 2021', "第 1 行有语法错误"),
        (b'{"values": ' + b"[" * 100_000, "嵌套过深"),
        (b'{"values": ' + b"[" * 2000 + b"]" * 2000 + b"}", "嵌套过深"),
        (b'{"title": "\\ud800"}', "控制字符"),
        (b'{"headings": ["\\u0000"]}', "控制字符"),
        (b'{"a\\u0007": 1}', "控制字符"),
        (b"[]", "文件应为一个对象"),
    ],
)
def test_what_is_no_json_is_refused(data: bytes, words: str) -> None:
    assert words in refusal(data)


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"form": "other"}, "form 应为 gk-annual-report"),
        ({"version": 2}, "只认识 version 1"),
        ({"version": True}, "version应为数字"),
        ({"version": "1"}, "version应为数字"),
        ({"year": 2018}, "year 应为 2019 至 "),
        ({"year": 2099}, "year 应为 2019 至 "),
        ({"year": 2021.5}, "year 应为 2019 至 "),
        ({"year": "2021"}, "year 应为 2019 至 "),
        ({"year": None}, "year 应为 2019 至 "),
        ({"year": True}, "year 应为 2019 至 "),
        ({"edition": "2018"}, "没有“2018”这一版格式"),
        ({"edition": 2021}, "edition应为文字"),
        ({"unit": None}, "缺少 unit.name"),
        ({"unit": {"name": " "}}, "缺少 unit.name"),
        ({"unit": []}, "unit应为一个对象"),
        ({"unit": 0}, "unit应为一个对象"),
        ({"unit": {"name": "某局", "level": "village"}}, "unit.level 应为 township、"),
        ({"scope": "all"}, "scope 应为 body、government、area 之一"),
        ({"values": []}, "values应为一个对象"),
        ({"values": {FIELD: 1}, "found": {FIELD: 2}}, f"found.{FIELD}应为文字"),
        ({"unknown": {FIELD: 2}}, f"unknown.{FIELD}应为文字"),
        ({"narrative": {"summary": "x"}}, "narrative 没有“summary”这一部分"),
        ({"narrative": {"overview": ["x"]}}, "narrative.overview应为文字"),
        ({"title": 3}, "title应为文字"),
        ({"headings": "一、"}, "headings应为一个列表"),
        ({"headings": [1]}, "headings应为一列文字"),
        ({"signed": "某局"}, "signed应为一个对象"),
        ({"zero_report": ["tables"]}, "zero_report 里没有“tables”这张表"),
        ({"zero_report": "requests"}, "zero_report应为一个列表"),
        ({"last_year": {"values": {}}}, "last_year.year 应为年份"),
        ({"last_year": {"year": 2020.5, "values": {}}}, "last_year.year 应为年份"),
        ({"last_year": {"year": 2022, "values": {FIELD: "1"}}}, f"values.{FIELD}应为数字"),
        ({"explanations": {}}, "explanations应为一个列表"),
        ({"explanations": ["x"]}, "explanations[0]应为一个对象"),
        ({"explanations": [{"left": "8"}]}, "explanations[0].left应为数字"),
        ({"parts": [{"scope": "all"}]}, "parts[0].scope 应为 body、"),
    ],
)
def test_a_member_of_a_wrong_kind_is_refused(members: Document, words: str) -> None:
    assert words in refusal(document(**members))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2023", "1e999999999", "year 应为 2019 至 "),
        ("2023", "NaN", "year 应为 2019 至 "),
        ('"某局"', "NaN", "unit.name应为文字"),
    ],
)
def test_a_number_beyond_measure_is_refused_where_it_matters(
    old: str, new: str, words: str
) -> None:
    assert words in refusal(document().replace(old, new))


def test_everything_wrong_is_told_in_one_message() -> None:
    text = refusal(
        document(
            form="other",
            year="2021",
            edition="2018",
            unit={"name": "", "level": "village"},
            scope="all",
            title=3,
            narrative={"summary": "x"},
            explanations=["x", {"left": "8"}],
            last_year={"year": 2022, "values": {FIELD: "1"}},
        )
    )
    for words in (
        *("form 应为", "year 应为", "“2018”", "unit.name", "unit.level", "scope 应为"),
        *("title应为", "“summary”", "explanations[0]", "explanations[1].left", "last_year.values"),
    ):
        assert words in text


def test_one_mistake_is_told_once() -> None:
    assert refusal(document(unit={"name": "某局", "level": "village"})).count("；") == 0


@given(st.binary(max_size=200))
def test_no_bytes_crash(data: bytes) -> None:
    with pytest.raises(ReportJsonError):
        read(data)


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(KEYS), json_values))
def test_no_document_crashes(members: Document) -> None:
    with contextlib.suppress(ReportJsonError):
        assert read(document(**members)).unit.name


# -- a file of 情况说明 --------------------------------------------------------------------


def test_explanations_are_read_from_a_file_of_their_own() -> None:
    written = {"code": "YR01", "fields": [FIELD], "text": "划转", "left": 1, "right": 2}
    data = json.dumps({"explanations": [written]}).encode()
    assert read_explanations(data, "说明.json") == (
        Explanation("YR01", (FIELD,), "划转", Decimal(1), Decimal(2)),
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"{}", "说明.json 里没有 explanations"),
        (b'{"explanations": {}}', "explanations应为一个列表"),
        (b'{"explanations": [{"text": 1}]}', "explanations[0].text应为文字"),
        (b"[", "第 1 行有语法错误"),
    ],
)
def test_a_file_without_explanations_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(ReportJsonError) as caught:
        read_explanations(data, "说明.json")
    assert words in str(caught.value)


# -- writing -------------------------------------------------------------------------------


def test_keys_stand_in_the_documented_order() -> None:
    report = replace(
        clean_report(),
        narrative=narrative([("overview", "一是……")]),
        title="题",
        headings=("一、",),
        signed=Signed("某局", "2024-01-10"),
        notes="备注",
        parts=(Part("A", "某局", Scope.BODY, "0" * 64),),
        zero_report=frozenset({"requests"}),
        last_year=LastYear(2023, "某局", "2021", {}),
        explanations=(Explanation("YR01", (FIELD,), "划转"),),
    )
    entries = {
        FIELD: Entry(EntryKind.NUMBER, Decimal(1), "1件", ("单位“件”",)),
        COMPANY: Entry(EntryKind.UNKNOWN, reason="粘连"),
    }
    assert tuple(json.loads(report_json(with_entries(report, entries)))) == KEYS


def test_a_sum_printed_in_place_of_its_rows_is_told_in_the_notes() -> None:
    sums = {"三.其他处理.合计.自然人": number("3"), "三.其他处理.合计.其他": BLANK}
    report = replace(clean_report(), notes="补报。", sums=sums)
    told = json.loads(report_json(report))["notes"]
    assert told == "补报。\n原文没有分列的合计：三.其他处理.合计.自然人＝3。"


def test_what_is_not_known_of_the_identity_is_null() -> None:
    written = json.loads(report_json(replace(clean_report(), year=0, unit=Unit(""))))
    assert (written["year"], written["unit"]) == (None, {"name": None})


def test_what_says_nothing_is_not_written() -> None:
    written = json.loads(report_json(replace(clean_report(), unit=Unit("某局"))))
    assert tuple(written) == KEYS[:7]
    assert written["unit"] == {"name": "某局"}


@pytest.mark.parametrize("value", ["96171.6", "4166.241619", "0.000001", "1E+3", "5.0"])
def test_numbers_are_written_as_people_write_them(value: str) -> None:
    text = report_json(with_entries(clean_report(), {FIELD: number(value)}))
    plain = {"1E+3": "1000", "5.0": "5"}.get(value, value)
    assert f'"{FIELD}": {plain},\n' in text


def test_chinese_is_written_as_it_is() -> None:
    assert UNIT in report_json(clean_report())


@pytest.mark.parametrize(
    ("item", "value"),
    [
        (BLANK, None),
        (Entry(EntryKind.UNKNOWN, reason="粘连"), None),
        (Entry(EntryKind.NUMBER, Decimal(0), origin=Origin.ZERO_REPORT), None),
        (Entry(EntryKind.MARK, raw="/"), "/"),
        (Entry(EntryKind.TEXT_NUMBER, Decimal(12), "12件", ("单位“件”",)), "12件"),
        (Entry(EntryKind.FORMULA, raw="=1+2"), "=1+2"),
        (Entry(EntryKind.BOOLEAN, raw="TRUE"), "TRUE"),
        (Entry(EntryKind.NUMBER, Decimal(251_000), "251000元"), "251000元"),
        (Entry(EntryKind.NUMBER, Decimal(12), "12件", ("单位“件”",)), 12),
    ],
)
def test_an_entry_is_written_so_that_it_is_read_alike(item: Entry, value: object) -> None:
    text = report_json(with_entries(clean_report(), {FIELD: item}))
    assert json.loads(text)["values"][FIELD] == value


# -- there and back ------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(examples().glob("*.json")), ids=lambda path: path.stem)
def test_an_example_comes_back_as_it_was(path: Path) -> None:
    report = read(path.read_bytes())
    assert read(report_json(report)) == report


def test_every_real_report_comes_back_as_it_was(reports: Path) -> None:
    for path in sorted(reports.glob("*.json")):
        report = read(path.read_bytes())
        assert read(report_json(report)) == report, path.name


texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=20
)
names = texts.map(str.strip).filter(bool)
figures = st.decimals(-(10**9), 10**9, places=6, allow_nan=False, allow_infinity=False)
cells = (
    st.none()
    | figures
    | texts
    | st.sampled_from(["/", "—", "12件", "１２", " 5 ", "251000元", "十二"])
)
hashes = st.text("0123456789abcdef", min_size=64, max_size=64)


def dumped(members: Document) -> str:
    def exact(value: object) -> object:
        if isinstance(value, Decimal):
            return float(value)
        raise TypeError

    return json.dumps(members, default=exact)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    edition = draw(st.sampled_from(EDITIONS))
    ids = sorted(form(edition).fields)
    field_ids = st.sampled_from(ids)
    optional: dict[str, st.SearchStrategy[object]] = {
        "scope": st.sampled_from([str(scope) for scope in Scope]),
        "narrative": st.dictionaries(st.sampled_from(NARRATIVE_KEYS), texts),
        "title": texts,
        "headings": st.lists(texts, max_size=3),
        "signed": st.fixed_dictionaries({"by": texts, "date": texts}),
        "notes": texts,
        "found": st.dictionaries(field_ids, texts | st.just("12件"), max_size=5),
        "unknown": st.dictionaries(field_ids, texts, max_size=5),
        "zero_report": st.lists(st.sampled_from(["proactive", "requests", "disputes"])),
        "last_year": st.fixed_dictionaries(
            {
                "year": st.integers(2018, 2025),
                "unit": texts,
                "edition": st.sampled_from(EDITIONS),
                "values": st.dictionaries(field_ids, figures, max_size=5),
            }
        ),
        "explanations": st.lists(
            st.fixed_dictionaries(
                {"code": st.just("YR01"), "fields": st.lists(field_ids), "text": texts},
                optional={"left": figures, "right": figures, "date": st.just("2024-01-10")},
            ),
            max_size=2,
        ),
        "parts": st.lists(
            st.fixed_dictionaries(
                {"code": texts, "name": texts, "scope": st.just("body"), "sha256": hashes}
            ),
            max_size=2,
        ),
    }
    base = st.fixed_dictionaries(
        {
            "edition": st.just(edition),
            "year": st.integers(2019, 2026),
            "unit": st.fixed_dictionaries(
                {"name": names},
                optional={"code": texts, "level": st.sampled_from([str(level) for level in Level])},
            ),
            "values": st.dictionaries(field_ids, cells, max_size=20),
        },
        optional=optional,
    )
    made: Document = draw(base)
    return made


def without_observations(report: AnnualReport) -> AnnualReport:
    """What was seen in one file is not said of the next: edition and 零报告 are seen again."""
    kept = report.saw(Seen.EDITION_MISMATCH, Seen.ZERO_REPORT_REFUSED)
    return replace(report, observations=kept)


@given(documents())
def test_any_report_comes_back_as_it_was(members: Document) -> None:
    report = read(dumped(members))
    assert read(report_json(report)) == without_observations(report)


@given(documents())
def test_writing_again_writes_the_same(members: Document) -> None:
    once = report_json(read(dumped(members)))
    assert report_json(read(once)) == once


of_workbooks = (
    texts.map(lambda raw: Entry(EntryKind.FORMULA, raw=f"={raw}"))
    | st.just(Entry(EntryKind.BOOLEAN, raw="TRUE"))
    | st.just(Entry(EntryKind.DATE, raw="2021-03-01"))
    | st.just(Entry(EntryKind.TEXT_NUMBER, Decimal(5), raw="5件", changes=("单位“件”",)))
)


@given(st.dictionaries(st.sampled_from(sorted(form("2021").fields)), of_workbooks))
def test_what_only_a_workbook_holds_is_written_as_text_and_stays(
    entries: dict[str, Entry],
) -> None:
    once = read(report_json(with_entries(clean_report(), entries)))
    assert read(report_json(once)) == once
