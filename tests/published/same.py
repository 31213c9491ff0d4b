"""When two reports are the same: what printing a report and reading it again must keep."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gk_xlsx.form import Form
from gk_xlsx.markdown import Block, Kind, Paragraph, PictureLine, Run, blocks
from gk_xlsx.report import NARRATIVE_KEYS, AnnualReport, Entry, EntryKind, iso_date, written
from gk_xlsx.resources import form

_SPACES = re.compile(r"[\s\u3000]+")


def same_report(before: AnnualReport, after: AnnualReport, *, markup: bool = True) -> bool:
    """Whether a printed report was read as it was: `assert same_report(a, b)`.

    The same must be: year, edition, name of the unit, title, headings, every value with its
    blanks and marks, the text, the signature. What no print shows (code, level, scope,
    explanations, how a value came to be, why one is unknown) is nobody's loss.

    Args:
        markup: whether the text keeps its kinds of paragraphs, bold and tables as well; without,
            only its characters other than white space count (PDF).

    Raises:
        AssertionError: with everything that differs.
    """
    differences = list(_differences(before, after, markup=markup))
    assert not differences, "\n".join(["the reports differ:", *differences])
    return True


def _differences(before: AnnualReport, after: AnnualReport, *, markup: bool) -> Iterator[str]:
    definition = form(before.edition)
    for name, show in {"edition": _edition, "year": _year, "unit": _unit}.items():
        yield from _difference(name, show(before), show(after))
    yield from _difference("title", _title(before, definition), _title(after, definition))
    yield from _difference("headings", _headings(before, definition), _headings(after, definition))
    yield from _difference("signature", _signature(before), _signature(after))
    for field_id in definition.fields:
        expected, found = before.entries[field_id], after.entries.get(field_id)
        if found is None:
            yield f"{field_id}: missing"
        elif found.kind is not EntryKind.UNKNOWN:
            yield from _difference(field_id, _printed(expected), _printed(found))
        elif expected.kind is not EntryKind.UNKNOWN:
            yield f"{field_id}: {_printed(expected)!r} became unknown ({found.reason})"
    for key in sorted({*NARRATIVE_KEYS, *before.narrative, *after.narrative}):
        texts = (_text(report.narrative.get(key, ""), markup=markup) for report in (before, after))
        yield from _difference(key, *texts)


def _difference(what: str, before: object, after: object) -> Iterator[str]:
    if before != after:
        yield f"{what}: {before!r} became {after!r}"


def _edition(report: AnnualReport) -> str:
    return report.edition


def _year(report: AnnualReport) -> int:
    return report.year


def _unit(report: AnnualReport) -> str:
    return _bare(report.unit.name)


def _title(report: AnnualReport, definition: Form) -> str:
    return _bare(report.title or report.unit.name + definition.title.format(year=report.year))


def _headings(report: AnnualReport, definition: Form) -> tuple[str, ...]:
    """Those printed where the report has none of its own."""
    printed = tuple(section.heading for section in definition.sections)
    return tuple(map(_bare, report.headings or printed))


def _signature(report: AnnualReport) -> tuple[str, str]:
    date = iso_date(report.signed.date)
    by = _bare(report.signed.by or report.unit.name)
    return by, date.isoformat() if date else _bare(report.signed.date)


def _printed(entry: Entry) -> object:
    """A figure, or the text that stands in its place: blank, a mark, something unreadable."""
    return entry.value if entry.value is not None else written(entry).strip()


def _text(text: str, *, markup: bool) -> object:
    parts = blocks(text)
    if markup:
        return [_block(block) for block in parts]
    return "".join(_bare(_characters(block)) for block in parts)


def _block(block: Block) -> object:
    """A block by its looks; a picture by its caption, a heading whether or not it is bold."""
    if isinstance(block, PictureLine):
        return "picture", block.caption
    if isinstance(block, Paragraph):
        return block.kind.value, block.text.strip(), _bold(block)
    return "table", [[_run_text(cell).strip() for cell in row] for row in block.rows]


def _bold(paragraph: Paragraph) -> str:
    """Its bold characters; white space between them says nothing."""
    if paragraph.kind not in (Kind.BODY, Kind.LISTED):
        return ""
    return _bare("".join(run.text for run in paragraph.runs if run.bold))


def _characters(block: Block) -> str:
    if isinstance(block, PictureLine):
        return block.caption
    if isinstance(block, Paragraph):
        return block.text
    return "".join(_run_text(cell) for row in block.rows for cell in row)


def _run_text(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)


def _bare(text: str) -> str:
    return _SPACES.sub("", text)
