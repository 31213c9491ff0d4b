"""A row of figures under its heads: which cell is whose, or why that is not certain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gk_xlsx.matching.columns import Heads, Range, overlap
from gk_xlsx.matching.lines import Slot

NO_HEADS = "没有找到这一列的表头"
MERGED = "一个格跨了几列，数不知属于哪一列"
MERGED_DOWN = "一个格跨了几行，数不知属于哪一行"
SEVERAL = "这一格的位置上有几个不同的数"
MISCOUNTED = "这一行的格数与表头对不上"


@dataclass(frozen=True, slots=True)
class Found:
    """What stands where a figure belongs.

    Attributes:
        text: of the cell; empty where it is blank or not certain.
        doubt: why it is not certain, in Chinese; empty where it is.
        unit: what the head says where it is not the form's unit (元 for 万元).
    """

    text: str = ""
    doubt: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class RowRead:
    """A row of figures, one `Found` for each column of its block.

    Attributes:
        extra: all values of a row that has more of them than columns.
        unusual: whether only the row's sums can confirm it: its columns stand in another order
            than printed, or it has another number of cells than the rows around it.
    """

    found: tuple[Found, ...]
    extra: tuple[str, ...] = ()
    unusual: bool = False


@dataclass(frozen=True, slots=True)
class Manner:
    """How the rows of one table are to be read.

    Attributes:
        placed: whether cells stand below their heads; else only their order counts.
        exact: whether every row has as many cells as it has figures, blank ones too.
        doubted: whether the row differs from the others, so that its sums must confirm it.
    """

    placed: bool
    exact: bool
    doubted: bool = False


def read_row(values: Sequence[Slot], heads: Heads, manner: Manner) -> RowRead:
    """Give each column of a block its cell of one row.

    Args:
        values: the slots right of the label.
        heads: of the block.
        manner: of the row's table.
    """
    count = len(heads.ranges)
    if not heads.known:
        return RowRead((Found(doubt=NO_HEADS),) * count)
    found = in_place(values, heads) if manner.placed else None
    found = found or _in_order(values, heads, exact=manner.exact)
    extra = _extra(values, heads)
    if found is None:
        same = bool(extra) and len(set(extra)) == 1
        found = (Found(extra[0]) if same else Found(doubt=MISCOUNTED),) * count
    if heads.in_yuan:
        found = tuple(replace(one, unit="元") for one in found)
    return RowRead(found, extra, heads.unusual or manner.doubted)


def _extra(values: Sequence[Slot], heads: Heads) -> tuple[str, ...]:
    """All values of a row that has more of them than the form has columns."""
    filled = tuple(slot.text.strip() for slot in values if not slot.blank)
    more = len(filled) > len(heads.ranges) and heads.order and not heads.foreign
    return filled if more else ()


# -- by place ------------------------------------------------------------------------------


def in_place(values: Sequence[Slot], heads: Heads) -> tuple[Found, ...] | None:
    """Each column's cell by where its head stands; None where cells and heads do not agree."""
    known = [one for one in heads.ranges if one]
    if len(known) < len(heads.ranges):
        return _below_known(values, heads)
    by_turns = _by_turns(values, heads)
    if by_turns:
        return by_turns
    if _extra(values, heads) or not _agree(values, heads, known):
        return None
    return tuple(_under(one, values, known) for one in known)


def _below_known(values: Sequence[Slot], heads: Heads) -> tuple[Found, ...] | None:
    """Where some heads are lost: a cell for each printed column, each below its own head."""
    if len(values) != len(heads.ranges):
        return None
    pairs = list(zip(heads.ranges, values, strict=True))
    if not all(overlap(_reach(slot), one) for one, slot in pairs if one):
        return None
    return tuple(Found(slot.text) if one else Found(doubt=NO_HEADS) for one, slot in pairs)


def _by_turns(values: Sequence[Slot], heads: Heads) -> tuple[Found, ...] | None:
    """One cell for each head, each below its own though it may reach under the next as well."""
    if len(values) != len(heads.order):
        return None
    found = dict(zip(heads.order, values, strict=True))
    below = all(
        one is not None and overlap(_reach(found[index]), one)
        for index, one in enumerate(heads.ranges)
    )
    return tuple(Found(found[index].text) for index in range(len(values))) if below else None


def _agree(values: Sequence[Slot], heads: Heads, known: Sequence[Range]) -> bool:
    """Whether every head has a cell below it and no value stands beside the heads."""
    covered = all(any(overlap(_reach(slot), one) for slot in values) for one in known)
    return covered and all(
        slot.blank or any(overlap(_reach(slot), one) for one in (*known, *heads.foreign))
        for slot in values
    )


def _reach(slot: Slot) -> Range:
    return slot.column, slot.end


def _under(one: Range, values: Sequence[Slot], known: Sequence[Range]) -> Found:
    below = [slot for slot in values if not slot.blank and overlap(_reach(slot), one)]
    if not below:
        return Found()
    if any(sum(overlap(_reach(slot), other) for other in known) > 1 for slot in below):
        return Found(doubt=MERGED)
    if len({slot.text.strip() for slot in below}) > 1:
        return Found(doubt=SEVERAL)
    return Found(below[0].text)


# -- by order ------------------------------------------------------------------------------


def _in_order(values: Sequence[Slot], heads: Heads, *, exact: bool) -> tuple[Found, ...] | None:
    """Each column's cell by the order of the row; None where their number is not right.

    Blank cells are only counted where every row of the table has its exact number of cells:
    programs that take text out of tables lose and add them.
    """
    count = len(heads.ranges)
    if len(heads.order) != count or heads.foreign:
        return None
    filled = [slot for slot in values if not slot.blank]
    chosen = filled if len(filled) == count else list(values) if exact else []
    if len(chosen) != count:
        return None
    found = dict(zip(heads.order, chosen, strict=True))
    return tuple(Found(found[index].text) for index in range(count))
