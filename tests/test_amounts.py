"""Numbers as people write them, and as spreadsheets store them."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_xlsx import amounts
from gk_xlsx.amounts import (
    MARKS,
    SIGNIFICANT_DIGITS,
    Amount,
    chinese_number,
    from_float,
    is_blank,
    is_mark,
    is_whole,
    plain,
    read_amount,
    round_significant,
    strip_spaces,
    tidy,
)

WIDE = str.maketrans("0123456789.,+-", "０１２３４５６７８９．，＋－")
figures = st.decimals(
    min_value=-(10**9), max_value=10**9, places=6, allow_nan=False, allow_infinity=False
)
whole = st.integers(0, 99_999_999)


def value(text: str) -> Decimal | None:
    amount = read_amount(text)
    return amount.value if amount else None


def in_chinese(number: int) -> str:
    """A numeral as a grammar book builds it: groups of four, a 零 for every gap."""
    if number < 10:
        return "零一二三四五六七八九"[number]
    text = ""
    for name, size in (("万", 10_000), ("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        count, number = divmod(number, size)
        if count:
            text += in_chinese(count) + name
            text += "零" if 0 < number < size // 10 else ""
    return text.removeprefix("一") if text.startswith("一十") else text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1005, "一千零五"),
        (10_010, "一万零一十"),
        (35_000, "三万五千"),
        (120_345, "十二万零三百四十五"),
        (99_999_999, "九千九百九十九万九千九百九十九"),
    ],
)
def test_the_numerals_of_this_test_are_as_expected(number: int, text: str) -> None:
    assert in_chinese(number) == text


@given(whole)
def test_a_chinese_numeral_is_read(number: int) -> None:
    assert chinese_number(in_chinese(number)) == number


def test_the_first_twenty_thousand_chinese_numerals_are_read() -> None:
    assert [chinese_number(in_chinese(number)) for number in range(20_000)] == list(range(20_000))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("〇", 0),
        ("两", 2),
        ("两百", 200),
        ("一百一十五", 115),
        ("一百十五", 115),
        ("一百〇五", 105),
        ("一十二", 12),
        ("十万", 100_000),
        ("两千三百万", 23_000_000),
        ("一百万零五千", 1_005_000),
        ("三万五百", 30_500),
        ("二〇二三", 2023),
        ("一九九八", 1998),
        ("一〇", 10),
    ],
)
def test_other_usual_numerals_are_read(text: str, number: int) -> None:
    assert chinese_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "万",
        "百",
        "一百五",
        "三万五",
        "三千二",
        "一二",
        "两三",
        "三五",
        "十零零五",
        "十十",
        "十零五",
        "五百千",
        "零五百",
        "零五万",
        "〇五",
        "〇〇",
        "一百零",
        "三万万",
        "一万二三",
        "二三十",
        "二百两",
        "壹",
        "一" * 5000,
    ],
)
def test_what_may_mean_several_numbers_is_no_numeral(text: str) -> None:
    assert chinese_number(text) is None


@given(figures)
def test_a_number_written_plainly_is_read_back(number: Decimal) -> None:
    amount = read_amount(plain(number))
    assert amount == Amount(tidy(number))
    assert plain(tidy(number)) == plain(number)


@given(figures)
def test_full_width_digits_are_read_and_named(number: Decimal) -> None:
    assert read_amount(plain(number).translate(WIDE)) == Amount(tidy(number), "", ("全角数字",))


@given(st.integers(1000, 10**12))
def test_thousands_commas_are_read_and_named(number: int) -> None:
    assert read_amount(f"{number:,}") == Amount(Decimal(number), "", ("千分位逗号",))


@given(figures, st.text(" \u00a0\u3000\t\n", max_size=4), st.text(" \u00a0\u3000", max_size=4))
def test_spaces_around_a_number_do_not_matter(number: Decimal, before: str, after: str) -> None:
    amount = read_amount(before + plain(number) + after)
    assert amount == Amount(tidy(number), "", ("空格",) if before + after else ())


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12件", Amount(Decimal(12), "件", ("单位“件”",))),
        ("12 件", Amount(Decimal(12), "件", ("单位“件”",))),
        ("十二件", Amount(Decimal(12), "件", ("单位“件”", "中文数字"))),
        ("251000元", Amount(Decimal(251_000), "元", ("单位“元”",))),
        ("25.1万元", Amount(Decimal("25.1"), "万元", ("单位“万元”",))),
        ("三万元", Amount(Decimal(3), "万元", ("单位“万元”", "中文数字"))),
        ("−5", Amount(Decimal(-5), "", ("减号",))),
        (
            "\u3000１，２３４件",
            Amount(Decimal(1234), "件", ("空格", "全角数字", "单位“件”", "千分位逗号")),
        ),
        ("5.0", Amount(Decimal(5))),
        (".5", Amount(Decimal("0.5"))),
        ("+5", Amount(Decimal(5))),
        ("-0", Amount(Decimal(0))),
    ],
)
def test_what_was_normalised_is_named_in_order(text: str, amount: Amount) -> None:
    assert read_amount(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        *("", "件", "15 13", "0 0", "0 0 0", "00", "000", "05", "0012", "1\n2", "12\u00a03"),
        *("1,23", "0,123", "1 ,234", "1.2.3", "12件3件", "1e5", "5.", "--5", "1/2", "3-1", "=1"),
        *("约12", "12左右", "170余条", "两三件", "²", "①", "٣", "0x10", "1_000", "12%"),
        *("NaN", "Infinity", "1234567890123456", "0.1234567890123456", f"1.{'0' * 40}1"),
    ],
)
def test_what_is_not_certainly_one_number_is_none(text: str) -> None:
    assert read_amount(text) is None


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.text(" \u00a0\u3000\n\t", min_size=1))
def test_two_numbers_with_a_gap_are_never_one(left: int, right: int, gap: str) -> None:
    assert read_amount(f"{left}{gap}{right}") is None


@given(st.integers(1, 10**6))
def test_a_zero_glued_before_a_number_is_seen(number: int) -> None:
    assert read_amount(f"0{number}") is None


@given(st.text())
def test_no_text_crashes(text: str) -> None:
    amount = read_amount(text)
    assert amount is None or amount.value.is_finite()


@given(st.text("0123456789.,+-件元万十百千零一二两 \u3000０９，", max_size=30))
def test_whatever_is_read_has_digits_that_a_sheet_keeps(text: str) -> None:
    amount = read_amount(text)
    assert amount is None or amounts.digits(amount.value) <= SIGNIFICANT_DIGITS


@pytest.mark.parametrize("piece", ["1", "一", " ", "十", "1,", "万", "件", "零", "1,000"])
def test_a_very_long_text_takes_no_time(piece: str) -> None:
    start = time.process_time()
    read_amount(piece * 200_000)
    assert time.process_time() - start < 2


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "\u3000", " \u00a0\u3000 "])
def test_spaces_alone_are_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["0", "\t", "\u200b", "/", "\n"])
def test_anything_else_is_not_blank(text: str) -> None:
    assert not is_blank(text)


@pytest.mark.parametrize("text", [*MARKS, " / ", "\u3000无\u3000", "不 涉 及"])
def test_a_mark_is_known_with_spaces_too(text: str) -> None:
    assert is_mark(text)
    assert read_amount(text) is None


@pytest.mark.parametrize("text", ["0", "", "无此事项", "//", "-5"])
def test_other_texts_are_no_marks(text: str) -> None:
    assert not is_mark(text)


def test_spaces_inside_are_stripped_as_the_sheet_does() -> None:
    assert strip_spaces(" 1\u00a02\u30003 ") == "123"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (96171.600000000006, "96171.6"),
        (0.1 + 0.2, "0.3"),
        (4166.241619, "4166.241619"),
        (5.0, "5"),
        (-0.0, "0"),
        (1e-6, "0.000001"),
        (12345678901234567.0, "12345678901234600"),
        (1e20, "1" + "0" * 20),
        (1e300, "1" + "0" * 300),
        (999999999999999.9, "1000000000000000"),
        (7, "7"),
    ],
)
def test_a_stored_number_has_fifteen_digits(number: float, text: str) -> None:
    assert plain(from_float(number)) == text


@given(st.decimals(-(10**8), 10**8, places=6, allow_nan=False, allow_infinity=False))
def test_a_figure_survives_being_stored(number: Decimal) -> None:
    assert from_float(float(number)) == number


@given(st.floats(-1e300, 1e300))
def test_every_stored_number_has_at_most_fifteen_digits(number: float) -> None:
    exact = from_float(number)
    assert amounts.digits(exact) <= SIGNIFICANT_DIGITS
    assert float(exact) == pytest.approx(number, rel=1e-14)


def test_rounding_to_fifteen_digits_works_at_any_size() -> None:
    assert round_significant(Decimal(1234567890123456789)) == Decimal(1234567890123460000)
    assert round_significant(Decimal("0.1234567890123456789")) == Decimal("0.123456789012346")
    assert round_significant(Decimal(0)) == 0


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("5.0", "5"),
        ("1E+3", "1000"),
        ("-0", "0"),
        ("0.50", "0.5"),
        ("-2.500", "-2.5"),
        ("12345678901234567890123456789012.50", "12345678901234567890123456789012.5"),
    ],
)
def test_a_tidy_number_has_no_exponent_and_no_needless_zeros(number: str, text: str) -> None:
    assert str(tidy(Decimal(number))) == text
    assert plain(Decimal(number)) == text


@pytest.mark.parametrize(
    ("number", "count"),
    [("96171.600000000006", 17), ("1000", 1), ("1.0" + "0" * 40 + "1", 43), ("0", 1)],
)
def test_significant_digits_are_counted_exactly(number: str, count: int) -> None:
    assert amounts.digits(Decimal(number)) == count


def test_a_number_of_any_size_may_be_whole() -> None:
    assert is_whole(Decimal("1E+300"))
    assert not is_whole(Decimal("0.5"))


@pytest.mark.parametrize(
    ("amount", "unit", "number"),
    [
        (Amount(Decimal("25.1"), "万元"), "元", "251000"),
        (Amount(Decimal(1), "元"), "万元", "0.0001"),
        (Amount(Decimal(3), "元"), "元", "3"),
        (Amount(Decimal(3)), "万元", "3"),
        (Amount(Decimal(3), "条"), "件", "3"),
    ],
)
def test_money_is_converted_into_the_unit_of_the_form(
    amount: Amount, unit: str, number: str
) -> None:
    assert amount.in_unit(unit) == Decimal(number)


@pytest.mark.parametrize(
    ("written", "unit", "fits"),
    [
        ("", "件", True),
        ("条", "件", True),
        ("元", "万元", True),
        ("", "元", True),
        ("元", "件", False),
        ("万元", "项", False),
        ("件", "万元", False),
    ],
)
def test_an_amount_of_money_is_no_number_of_cases(written: str, unit: str, *, fits: bool) -> None:
    assert Amount(Decimal(1), written).fits(unit) is fits
