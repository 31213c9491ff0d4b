"""Figures written in another way than with plain digits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from tests.published.grids import UNKNOWN, Page, Truth, figures


def _with_texts(page: Page, chance: Random, how: Callable[[str], tuple[str, Truth | None]]) -> Page:
    """Some figures written another way; `how` gives the text and the truth if it changes."""
    grid, told = chance.choice(page.counted), dict[str, Truth]()
    rows = []
    for row in grid.rows:
        boxes = list(row)
        for at in figures(row):
            if boxes[at].text.isdecimal() and chance.random() < 0.5:
                text, truth = how(boxes[at].text)
                told |= {} if truth is None else {boxes[at].field: truth}
                boxes[at] = replace(boxes[at], text=text)
        rows.append(tuple(boxes))
    return page.with_grid(grid, replace(grid, rows=tuple(rows))).told(told)


def full_width_digits(page: Page, chance: Random) -> Page:
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    return _with_texts(page, chance, lambda text: (text.translate(wide), None))


def footnotes_in_cells(page: Page, chance: Random) -> Page:
    marks = ["①", "*", "[1]", "［2］", "¹", "（注）", " ①", "※", "〔3〕", "注1"]
    return _with_texts(page, chance, lambda text: (text + chance.choice(marks), None))


def superscripts_run_in(page: Page, chance: Random) -> Page:
    """A mark that cannot be told from a digit by reading: it may be a figure of two digits."""
    return _with_texts(page, chance, lambda text: (f"{text} 1", UNKNOWN))


def minus_signs(page: Page, chance: Random) -> Page:
    signs = ["-", "－", "−"]
    return _with_texts(
        page,
        chance,
        lambda text: (chance.choice(signs) + text, -Decimal(text)) if int(text) else (text, None),
    )


def spaces_around(page: Page, chance: Random) -> Page:
    dressed = [" {}", "{} ", "\u00a0{}\u00a0", "\u3000{}", "\n{}\n", "\u200b{}"]
    return _with_texts(page, chance, lambda text: (chance.choice(dressed).format(text), None))


def thousands_commas(page: Page, chance: Random) -> Page:
    return _with_texts(page, chance, lambda text: (f"{int(text):,}", None))


def marks_for_zero(page: Page, chance: Random) -> Page:
    marks = ["/", "—", "-", "无", "－"]
    return _with_texts(
        page, chance, lambda text: (chance.choice(marks), "mark") if text == "0" else (text, None)
    )


def blanks_for_zero(page: Page, chance: Random) -> Page:
    blanks = ["", " ", "\u00a0", "\u3000"]
    return _with_texts(
        page, chance, lambda text: (chance.choice(blanks), "blank") if text == "0" else (text, None)
    )


def digits_among_words(page: Page, chance: Random) -> Page:
    return _with_texts(page, chance, lambda text: (f"约{text}余", UNKNOWN))
