"""Which of several files counts: the register's, the same, the later one, or nobody knows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xlsx.rollup.choosing import Why, choose, is_called
from gk_xlsx.rollup.received import Figures, Received, Role
from tests.rollup.received_files import figures, received

OTHER = figures(requests__new__total=3)


def book(
    path: str,
    values: Figures | None = None,
    text: str = "a text",
    first_seen: str = "2026-01-10T09:00:00",
) -> Received:
    made = received(path, "河口区教育局", figures=values or figures())
    return replace(made, text=text, first_seen=first_seen)


def word(path: str, values: Figures | None = None, rank: int = 4, text: str = "a") -> Received:
    return replace(book(path, values, text), role=Role.TEXT, rank=rank)


def test_nothing_is_chosen_of_nothing() -> None:
    assert choose([]).why is Why.NONE


def test_the_only_file_counts() -> None:
    file = book("a.xlsx")
    assert choose([file]).counts is file


def test_of_files_with_the_same_figures_any_counts_and_the_later_one_by_name_first() -> None:
    first, second = book("a.xlsx"), book("a第二次.xlsx")
    choice = choose([first, second])
    assert (choice.counts, choice.why, choice.others) == (second, Why.SAME, (first,))


def test_a_file_with_text_counts_before_one_without() -> None:
    bare, full = book("a.json", text=""), book("b.xlsx")
    assert choose([bare, full]).counts is full


def test_different_figures_without_any_order_leave_it_open() -> None:
    choice = choose([book("a.xlsx"), book("a(1).xlsx", OTHER)])
    assert (choice.counts, choice.why) == (None, Why.UNTOLD)
    assert len(choice.others) == 2


def test_the_name_tells_the_later_one() -> None:
    later = book("a更正.xlsx", OTHER)
    assert choose([book("a.xlsx"), later]).counts is later


def test_what_a_later_run_saw_first_is_the_later_one() -> None:
    later = book("b.xlsx", OTHER, first_seen="2026-01-12T08:00:00")
    choice = choose([later, book("a.xlsx")])
    assert (choice.counts, choice.why) == (later, Why.LATER)


def test_an_old_file_sent_again_does_not_become_the_later_one() -> None:
    old, again = book("a.xlsx"), book("转发/a.xlsx", first_seen="2026-01-20T08:00:00")
    new = book("b.xlsx", OTHER, first_seen="2026-01-12T08:00:00")
    assert choose([old, again, new]).counts is new


def test_the_register_decides_against_every_other_sign() -> None:
    wanted = book("a.xlsx")
    choice = choose([wanted, book("a更正.xlsx", OTHER)], "a.xlsx")
    assert (choice.counts, choice.why) == (wanted, Why.REGISTER)


def test_a_register_that_names_no_file_of_these_decides_nothing() -> None:
    assert choose([book("a.xlsx"), book("b.xlsx", OTHER)], "c.xlsx").why is Why.UNTOLD


@pytest.mark.parametrize(
    "used",
    [
        "某局.xlsx",
        "某局",
        "材料.zip/某局.xlsx",
        "材料.zip\\某局.xlsx",
        " 某局.xlsx ",
        "某局.xlsx；报告.docx",
    ],
)
def test_the_register_names_a_file_as_people_write_it(used: str) -> None:
    assert is_called(book("1月/材料.zip/某局.xlsx"), used)


@pytest.mark.parametrize("used", ["", "局.xlsx", "某局.docx", "别的.zip/某局.xlsx"])
def test_the_register_does_not_mean_another_file(used: str) -> None:
    assert not is_called(book("1月/材料.zip/某局.xlsx"), used)


def test_word_and_its_pdf_are_one_report_though_their_wording_differs() -> None:
    document, print_ = word("a.docx", text="x"), word("a.pdf", text="y", rank=7)
    choice = choose([print_, document])
    assert (choice.counts, choice.why) == (document, Why.SAME)


def test_a_pdf_that_could_not_be_read_in_full_does_not_contradict_word() -> None:
    values = list(figures().values)
    values[0] = None
    scan = word("a.pdf", Figures(tuple(values), ("proactive.regulations.issued",)), rank=7)
    assert choose([scan, word("a.docx")]).why is Why.SAME


def test_two_word_documents_of_different_wording_are_two_versions() -> None:
    assert choose([word("a.docx", text="x"), word("b.docx", text="y")]).why is Why.UNTOLD


def test_workbooks_that_differ_in_their_text_only_are_not() -> None:
    assert choose([book("a.xlsx", text="x"), book("b.xlsx", text="y")]).why is Why.SAME


def test_a_blank_is_not_the_same_as_zero() -> None:
    blank = figures(requests__new__total=None)
    assert choose([book("a.xlsx"), replace(book("b.xlsx"), figures=blank)]).why is Why.UNTOLD
