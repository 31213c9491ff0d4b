"""Numbers that may be those of several cells: `15130000154` beside blank cells.

Where the cells of a source are certain (a table of Word, of a web page), a number beside a blank
is what it is, unless its row's total says that it must be several. Where they were pulled out of a
text, it is doubtful unless its row's total confirms it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise

from gk_xlsx.amounts import plain
from gk_xlsx.form import Form, Relation
from gk_xlsx.published.row_sums import holds, known_values, rows_of, unknown
from gk_xlsx.report import Entry, EntryKind

GLUED = "“{}”旁边是空白，可能是几格的数连在一起"

_DIGITS = re.compile(r"[\d,.\s]+")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A number and the blanks beside it that may have lost a part of it.

    Attributes:
        number: the id of the number's field.
        ids: from left to right; the number is the first or the last.
        digits: as the number is written.
        relations: the sums within its row.
        is_whole_row: whether it stands in the first cell of a row that is blank but for it, and
            has a digit for each of its cells.
    """

    number: str
    ids: tuple[str, ...]
    digits: str
    relations: Sequence[Relation]
    is_whole_row: bool

    @property
    def touched(self) -> list[Relation]:
        """The sums in which any of its cells counts."""
        return [
            relation
            for relation in self.relations
            if any(term.field in self.ids for term in relation.terms)
        ]


def with_doubts(
    form: Form, entries: Mapping[str, Entry], loose: Collection[str]
) -> dict[str, Entry]:
    """The entries, with numbers that may be several made unknown together with the blanks.

    Args:
        form: the edition.
        entries: every field.
        loose: keys of the tables whose cells were pulled out of a text.
    """
    doubted = dict(entries)
    values = known_values(entries)
    for ids, relations in rows_of(form):
        pulled = ids[0].partition(".")[0] in loose
        is_doubtful = _is_doubtful_in_text if pulled else _is_doubtful_in_cells
        for stretch in _stretches(ids, relations, entries):
            if is_doubtful(stretch, entries, values):
                doubt = GLUED.format(stretch.digits)
                doubted |= {item: unknown(entries[item], doubt) for item in stretch.ids}
    return doubted


def _stretches(
    ids: Sequence[str], relations: Sequence[Relation], entries: Mapping[str, Entry]
) -> Iterator[_Stretch]:
    """Each number of several digits with the blanks left and with those right of it."""
    for at, item in enumerate(ids):
        digits = _digits(entries[item])
        if len(digits) < 2:
            continue
        right = _blanks(ids[at + 1 :], entries)
        left = _blanks(ids[:at][::-1], entries)
        if right:
            whole = len(right) + 1 == len(ids) <= len(digits)
            yield _Stretch(item, (item, *right), digits, relations, whole)
        if left:
            yield _Stretch(item, (*left[::-1], item), digits, relations, is_whole_row=False)


def _digits(entry: Entry) -> str:
    """What a number is written with; of text that is none only where it is all digits."""
    if entry.kind is EntryKind.UNKNOWN:
        return entry.raw if _DIGITS.fullmatch(entry.raw) else ""
    return plain(abs(entry.value)) if entry.value is not None else ""


def _blanks(ids: Sequence[str], entries: Mapping[str, Entry]) -> list[str]:
    found = []
    for item in ids:
        if entries[item].kind is not EntryKind.BLANK:
            break
        found.append(item)
    return found


def _is_doubtful_in_cells(
    stretch: _Stretch, entries: Mapping[str, Entry], values: Mapping[str, Decimal]
) -> bool:
    """Whether the row's totals contradict the number and fit several."""
    if entries[stretch.number].value is None:
        return False
    if not stretch.relations:
        return False
    if stretch.is_whole_row:
        return True
    told = [one for one in stretch.touched if one.left[0].field in values]
    wrong = [one for one in told if not holds(one, values)]
    return bool(wrong) and _fits_several(stretch, values)


def _is_doubtful_in_text(
    stretch: _Stretch, entries: Mapping[str, Entry], values: Mapping[str, Decimal]
) -> bool:
    """Whether the row's totals do not confirm the number, or there are none to ask."""
    if not stretch.relations or entries[stretch.number].value is None:
        return True
    if all(holds(relation, values) for relation in stretch.touched):
        return False
    totals = [relation.left[0].field for relation in stretch.touched]
    if any(entries[total].kind is not EntryKind.BLANK for total in totals):
        return True
    return any(_in_reach(stretch, total) for total in totals) or _fits_several(stretch, values)


def _in_reach(stretch: _Stretch, total: str) -> bool:
    """Whether a part of the number may have been the total."""
    if total not in stretch.ids:
        return False
    ids = stretch.ids
    return abs(ids.index(total) - ids.index(stretch.number)) < len(stretch.digits)


def _fits_several(stretch: _Stretch, values: Mapping[str, Decimal]) -> bool:
    """Whether the sums are right with the number cut over its own cell and the blank ones."""
    return any(
        all(holds(relation, {**values, **_placed(stretch, part)}) for relation in stretch.touched)
        for part in _parts(stretch.digits, len(stretch.ids))
    )


def _parts(digits: str, most: int) -> Iterator[tuple[Decimal, ...]]:
    """Every way to cut digits into 2 … `most` numbers, none of them with a needless zero."""
    for count in range(2, min(most, len(digits)) + 1):
        for cuts in combinations(range(1, len(digits)), count - 1):
            texts = [digits[start:end] for start, end in pairwise((0, *cuts, len(digits)))]
            if all(text == "0" or not text.startswith("0") for text in texts):
                yield tuple(map(Decimal, texts))


def _placed(stretch: _Stretch, parts: Sequence[Decimal]) -> dict[str, Decimal]:
    """The parts in cells beside each other, at the end of the stretch where the number stood."""
    ids = stretch.ids
    own = ids[: len(parts)] if ids[0] == stretch.number else ids[-len(parts) :]
    return dict(zip(own, parts, strict=True))
