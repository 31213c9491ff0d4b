from __future__ import annotations

from decimal import Decimal

import pytest

from gk_xlsx.claims import About, Applicant, Claim, Kind, Subject, When, Whose, claims
from gk_xlsx.claims.numerals import quantities
from gk_xlsx.claims.reading import SENTENCE_CAP, read, sentences
from gk_xlsx.resources import EDITIONS, form

ABOUT = About("临江区发展和改革局", 2023)


def _one(text: str) -> Claim:
    (claim,) = claims(text, ABOUT)
    return claim


@pytest.mark.parametrize(
    ("written", "value"),
    [("12件", 12), ("1,234件", 1234), ("１２ 件", 12), ("十二件", 12), ("两件", 2), ("**7**件", 7)],
)
def test_numbers_are_read_in_every_way_they_are_written(written: str, value: int) -> None:
    claim = _one(f"收到政府信息公开申请{written}。")
    assert (claim.quantity, claim.unit, claim.exact) == (Decimal(value), "件", True)


@pytest.mark.parametrize(
    "written", ["170余件", "约60件", "近百件", "十多件", "50件以上", "1.2万件", "10-15件"]
)
def test_estimates_are_never_compared(written: str) -> None:
    assert not any(claim.comparable for claim in claims(f"收到政府信息公开申请{written}。", ABOUT))


@pytest.mark.parametrize("words", ["第12件", "2023年", "〔2021〕30号", "12345", "一件事", "1，234"])
def test_names_years_and_turns_of_phrase_are_no_quantities(words: str) -> None:
    assert [item for item in quantities(f"{words}。") if item.counts] == []


def test_places_count_code_points_of_the_markdown() -> None:
    text = "😀 **一是**{{ 单位 }}收到政府信息公开 申请\n 12 件。"
    claim = _one(text)
    assert text[claim.start : claim.end].endswith("12 件")
    assert text[claim.quote_start : claim.quote_end] == claim.quote == text.rstrip("。")


def test_named_figures_are_opaque() -> None:
    assert claims("收到政府信息公开申请{{ 三.新收.总计 + 12 }}件。", ABOUT) == ()
    claim = _one("收到{{ 三.新收.总计 }}件，办结政府信息公开申请5件。")
    assert claim.subject is Subject.CONCLUDED


def test_a_part_of_a_list_belongs_to_what_the_list_is_about() -> None:
    found = claims("办结政府信息公开申请54件，其中自然人52件；收到依申请公开58件。", ABOUT)
    assert [(claim.subject, claim.applicant) for claim in found] == [
        (Subject.CONCLUDED, Applicant.ALL),
        (Subject.CONCLUDED, Applicant.NATURAL_PERSON),
        (Subject.NEW, Applicant.ALL),
    ]


def test_joined_results_are_added_up() -> None:
    assert _one("政府信息公开申请予以公开及部分公开6件。").readings[0] == (
        Subject.GRANTED,
        Subject.PARTLY,
    )


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("我局收到政府信息公开申请1件", Whose.OWN),
        ("区发改局收到政府信息公开申请1件", Whose.OWN),
        ("区教育局收到政府信息公开申请1件", Whose.OTHER),
        ("全区收到政府信息公开申请1件", Whose.AREA),
        ("以区政府名义制发规范性文件1件", Whose.UNKNOWN),
    ],
)
def test_it_is_told_whose_figures_are_meant(text: str, whose: Whose) -> None:
    assert _one(text).whose is whose


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2023年收到政府信息公开申请1件", When.THIS_YEAR),
        ("2022年收到政府信息公开申请1件", When.LAST_YEAR),
        ("近三年收到政府信息公开申请1件", When.OTHER),
        ("较上年增加，收到政府信息公开申请1件", When.THIS_YEAR),
        ("2023年1月1日至12月31日，收到政府信息公开申请1件", When.THIS_YEAR),
        ("上半年收到政府信息公开申请1件", When.OTHER),
    ],
)
def test_it_is_told_which_period_is_meant(text: str, when: When) -> None:
    assert _one(text).when is when


def test_the_figures_of_an_area_are_its_own_in_a_report_for_the_area() -> None:
    about = About("临江区人民政府", 2023, area=True)
    (claim,) = claims("全区收到政府信息公开申请1件", about)
    assert claim.comparable


def test_rates_keep_their_decimals_and_what_they_are_about() -> None:
    found = claims("收到政府信息公开申请50件，较上年的40件增长25.00%。", ABOUT)
    (change,) = (claim for claim in found if claim.kind is Kind.CHANGE)
    assert (str(change.quantity), change.base, change.related) == (
        "25.00",
        Decimal(50),
        (Decimal(40),),
    )


def test_every_subject_is_a_figure_of_the_form() -> None:
    names = form("2021").names
    for subject in Subject:
        columns = [f".{applicant}" for applicant in Applicant] if subject.by_applicant else [""]
        assert all(f"{subject}{column}" in names for column in columns), subject
    assert set(EDITIONS) == {"2021", "2019"}


def test_a_text_without_punctuation_is_cut_into_sentences_of_bounded_length() -> None:
    found = list(sentences(read("申请" * 5000)))
    assert max(len(sentence.text) for sentence in found) <= SENTENCE_CAP
