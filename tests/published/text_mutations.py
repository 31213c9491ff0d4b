"""Text that was pulled out of documents, damaged: the same layouts as real ones, and real ones.

Whatever the damage, a figure is the one that stood there before, or it is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from gk_xlsx.published.model import Paragraph, Table
from tests.published.grids import Page, document

TextMutation = Callable[[list[str], Random], list[str]]


@dataclass(frozen=True)
class Text:
    """A text and the page that it shows."""

    name: str
    lines: tuple[str, ...]
    page: Page


# -- layouts -------------------------------------------------------------------------------


def tabbed(page: Page) -> Text:
    """Rows with tabs between the cells; cells that a merged one covers are lost, some added."""
    return Text("tabbed", tuple(_lines(page, _tab_rows)), page)


def cell_by_cell(page: Page) -> Text:
    """Every cell in a line of its own, an empty line between the rows."""
    return Text("cell by cell", tuple(_lines(page, _cell_lines)), page)


def in_markdown(page: Page) -> Text:
    return Text("Markdown", tuple(_lines(page, _pipe_rows)), page)


def _lines(page: Page, rows: Callable[[Table], Iterator[str]]) -> Iterator[str]:
    for block in document(page).blocks:
        if isinstance(block, Paragraph):
            yield from ("", block.text, "")
        elif isinstance(block, Table):
            yield from rows(block)


def _by_row(table: Table) -> Iterator[list[tuple[int, str]]]:
    for row in range(max(cell.row for cell in table.cells) + 1):
        yield sorted(
            (cell.column, cell.text)
            for cell in table.cells
            if cell.row <= row < cell.row + cell.rows
            for _ in ([0] if cell.row == row else [])
        )


def _tab_rows(table: Table) -> Iterator[str]:
    for number, cells in enumerate(_by_row(table)):
        texts = [text for _, text in cells]
        yield "\t" * (number % 3) + "\t".join(texts) + "\t" * (number % 2)


def _cell_lines(table: Table) -> Iterator[str]:
    for row in range(max(cell.row for cell in table.cells) + 1):
        covering = sorted(
            (cell for cell in table.cells if cell.row <= row < cell.row + cell.rows),
            key=lambda cell: cell.column,
        )
        for cell in covering:
            yield "\t" + (cell.text if cell.row == row else "")
        yield ""


def _pipe_rows(table: Table) -> Iterator[str]:
    width = max(cell.column + cell.columns for cell in table.cells)
    yield ""
    for row in range(max(cell.row for cell in table.cells) + 1):
        texts = {cell.column: cell.text for cell in table.cells if cell.row == row}
        yield "| " + " | ".join(texts.get(column, "") for column in range(width)) + " |"
        if row == 0:
            yield "|" + " --- |" * width
    yield ""


# -- damages -------------------------------------------------------------------------------


def _a_line(lines: Sequence[str], chance: Random, sign: str) -> int:
    found = [
        at for at, line in enumerate(lines) if sign in line.strip("\t ") or line.count(sign) > 1
    ]
    return chance.choice(found or [0])


def _sign(lines: Sequence[str]) -> str:
    return "|" if any(line.startswith("| ---") or "| --- |" in line for line in lines) else "\t"


def separator_lost(lines: list[str], chance: Random) -> list[str]:
    """Two cells run together."""
    sign = _sign(lines)
    at = _a_line(lines, chance, sign)
    places = [place for place, char in enumerate(lines[at]) if char == sign]
    if places:
        place = chance.choice(places)
        lines[at] = lines[at][:place] + lines[at][place + 1 :]
    return lines


def separator_added(lines: list[str], chance: Random) -> list[str]:
    sign = _sign(lines)
    at = _a_line(lines, chance, sign)
    places = [place for place, char in enumerate(lines[at]) if char == sign] or [0]
    place = chance.choice(places)
    lines[at] = lines[at][:place] + sign + lines[at][place:]
    return lines


def cell_lost(lines: list[str], chance: Random) -> list[str]:
    sign = _sign(lines)
    at = _a_line(lines, chance, sign)
    cells = lines[at].split(sign)
    filled = [place for place, cell in enumerate(cells) if cell.strip()]
    if filled and "---" not in lines[at]:
        del cells[chance.choice(filled)]
        lines[at] = sign.join(cells)
    return lines


def blank_cells_lost(lines: list[str], chance: Random) -> list[str]:
    sign = _sign(lines)
    at = _a_line(lines, chance, sign)
    if sign == "\t":
        lines[at] = sign.join(cell for cell in lines[at].split(sign) if cell)
    return lines


def line_lost(lines: list[str], chance: Random) -> list[str]:
    del lines[chance.randrange(len(lines))]
    return lines


def page_number_put_in(lines: list[str], chance: Random) -> list[str]:
    lines.insert(chance.randrange(len(lines)), chance.choice(["— 3 —", "- 12 -", "第 3 页", "7"]))
    return lines


def empty_line_put_in(lines: list[str], chance: Random) -> list[str]:
    lines.insert(chance.randrange(len(lines)), "")
    return lines


def line_broken(lines: list[str], chance: Random) -> list[str]:
    """Anywhere but within a number."""
    at = chance.choice([place for place, line in enumerate(lines) if len(line) > 3])
    line = lines[at]
    cuts = [cut for cut in range(1, len(line)) if not line[cut - 1 : cut + 1].isdigit()]
    cut = chance.choice(cuts or [len(line)])
    lines[at : at + 1] = [line[:cut], line[cut:]]
    return lines


def lines_joined(lines: list[str], chance: Random) -> list[str]:
    """With a tab between them, so that no figure runs into another."""
    at = chance.randrange(len(lines) - 1)
    lines[at : at + 2] = [f"{lines[at]}\t{lines[at + 1]}"]
    return lines


def rows_swapped(lines: list[str], chance: Random) -> list[str]:
    """Whole rows; where every cell has a line of its own that is another thing."""
    at = _a_line(lines, chance, _sign(lines))
    if at + 1 < len(lines) and lines[at].strip("\t").count("\t") and "---" not in lines[at + 1]:
        lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return lines


def sign_lost(lines: list[str], chance: Random) -> list[str]:
    """A Chinese character is lost somewhere."""
    at = chance.choice([place for place, line in enumerate(lines) if _words(line)])
    place = chance.choice(_words(lines[at]))
    lines[at] = lines[at][:place] + lines[at][place + 1 :]
    return lines


def sign_changed(lines: list[str], chance: Random) -> list[str]:
    at = chance.choice([place for place, line in enumerate(lines) if _words(line)])
    place = chance.choice(_words(lines[at]))
    lines[at] = lines[at][:place] + chance.choice("的了与项图亊") + lines[at][place + 1 :]
    return lines


def _words(line: str) -> list[int]:
    return [place for place, sign in enumerate(line) if "\u4e00" <= sign <= "\u9fff"]


def digits_in_full_width(lines: list[str], chance: Random) -> list[str]:
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    return [
        line.translate(wide) if "20" not in line and chance.random() < 0.5 else line
        for line in lines
    ]


def tabs_as_spaces(lines: list[str], chance: Random) -> list[str]:
    at = _a_line(lines, chance, "\t")
    lines[at] = lines[at].replace("\t", "    ")
    return lines


def line_twice(lines: list[str], chance: Random) -> list[str]:
    at = chance.randrange(len(lines))
    lines.insert(at, lines[at])
    return lines


TEXT_MUTATIONS: tuple[TextMutation, ...] = (
    separator_lost,
    separator_added,
    cell_lost,
    blank_cells_lost,
    line_lost,
    page_number_put_in,
    empty_line_put_in,
    line_broken,
    lines_joined,
    rows_swapped,
    sign_lost,
    sign_changed,
    digits_in_full_width,
    tabs_as_spaces,
    line_twice,
)


def text_variants(texts: Sequence[Text], each: int, seed: int = 1) -> Iterator[tuple[str, Text]]:
    """So many variants of each kind for each text."""
    for number, text in enumerate(texts):
        for mutation in TEXT_MUTATIONS:
            for turn in range(each):
                chance = Random(f"{seed}-{number}-{mutation.__name__}-{turn}")
                lines = mutation(list(text.lines), chance)
                yield f"{mutation.__name__} ({text.name})", Text(text.name, tuple(lines), text.page)
