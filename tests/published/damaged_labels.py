"""Labels and heads misspelt, lost, or typed in another way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.published.grids import Grid, Page, with_row


def _misspelt(text: str, chance: Random) -> str:
    at = chance.randrange(len(text))
    return chance.choice(
        [
            text[:at] + chance.choice("的了与項图亊") + text[at + 1 :],
            text[:at] + text[at + 1 :],
            text[:at] + chance.choice("的项") + text[at:],
            text[: at - 1] + text[at : at + 1] + text[at - 1 : at] + text[at + 1 :],
        ]
    )


def _label_place(grid: Grid, chance: Random, *, head: bool) -> tuple[int, int]:
    places = [
        (at, place)
        for at, row in enumerate(grid.rows)
        for place, box in enumerate(row)
        if box.text and not box.field and box.head is head
    ]
    return chance.choice(places or [(0, 0)])


def _with_label(page: Page, chance: Random, *, head: bool, how: Callable[[str], str]) -> Page:
    grid = chance.choice(page.counted if head else [g for g in page.counted if g.key != "disputes"])
    at, place = _label_place(grid, chance, head=head)
    row = list(grid.rows[at])
    row[place] = replace(row[place], text=how(row[place].text))
    return with_row(page, grid, at, row)


def label_misspelt(page: Page, chance: Random) -> Page:
    return _with_label(page, chance, head=False, how=lambda text: _misspelt(text, chance))


def head_misspelt(page: Page, chance: Random) -> Page:
    return _with_label(page, chance, head=True, how=lambda text: _misspelt(text, chance))


def label_badly_misspelt(page: Page, chance: Random) -> Page:
    def how(text: str) -> str:
        return _misspelt(_misspelt(_misspelt(text, chance) or "的", chance) or "的", chance)

    return _with_label(page, chance, head=chance.random() < 0.5, how=how)


def label_gone(page: Page, chance: Random) -> Page:
    return _with_label(page, chance, head=chance.random() < 0.5, how=lambda _: "")


def another_label_instead(page: Page, chance: Random) -> Page:
    """A row or column under the name of another one: nobody knows which is which."""
    head = chance.random() < 0.4
    grid = chance.choice([item for item in page.counted if head or item.key != "disputes"])
    at, place = _label_place(grid, chance, head=head)
    other, there = _label_place(grid, chance, head=head)
    row = list(grid.rows[at])
    row[place] = replace(row[place], text=grid.rows[other][there].text)
    return with_row(page, grid, at, row)


def labels_otherwise_typed(page: Page, chance: Random) -> Page:
    """Width, spaces, brackets and line breaks: every figure can still be told."""
    ways: list[Callable[[str], str]] = [
        lambda text: text.replace("（", "(").replace("）", ")"),
        " ".join,
        lambda text: text[: len(text) // 2] + "\n" + text[len(text) // 2 :],
        lambda text: text.replace("1.", "１．").replace("2.", "2、"),
        lambda text: text.replace("行政规范性文件", "规范性文件").replace("勾稽", "钩稽"),
        lambda text: text.replace("其他法律行政法规", "其他法律和行政法规").replace("“", '"'),
    ]
    grid = chance.choice(page.counted)
    way = chance.choice(ways)
    rows = tuple(
        tuple(replace(box, text=way(box.text)) if not box.field else box for box in row)
        for row in grid.rows
    )
    return page.with_grid(grid, replace(grid, rows=rows))


def numbers_of_labels_lost(page: Page, chance: Random) -> Page:
    grid = page.grid("requests")

    def bare(text: str) -> str:
        return text[2:] if text[1:2] == "." else text

    rows = tuple(
        tuple(replace(box, text=bare(box.text)) if chance.random() < 0.5 else box for box in row)
        for row in grid.rows
    )
    return page.with_grid(grid, replace(grid, rows=rows))
