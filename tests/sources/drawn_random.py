"""Random reports, drawn with random slips, and what was read of them."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal

from gk_xlsx import resources
from gk_xlsx.form import Box
from gk_xlsx.published.assembly import report_of
from gk_xlsx.relations import with_totals
from gk_xlsx.report import BLANK, AnnualReport, Entry, EntryKind
from gk_xlsx.sources.pdf import read_pdf
from tests.made import clean_report
from tests.sources.drawn_reports import Style, draw

ZERO = Entry(EntryKind.NUMBER, Decimal(0))


def random_report(rnd: random.Random) -> AnnualReport:
    """A report with blanks, marks and numbers of 1 to 7 digits, its totals right."""
    report = clean_report(rnd.choice(("2021", "2019")))
    definition = resources.form(report.edition)
    own = {key: entry if entry.raw else _entry(rnd) for key, entry in report.entries.items()}
    counted = {key: entry if entry.value is not None else ZERO for key, entry in own.items()}
    full = with_totals(definition, counted)
    entries = {key: full[key] if key in definition.computed else own[key] for key in own}
    return replace(report, entries=entries)


def _entry(rnd: random.Random) -> Entry:
    kind = rnd.random()
    if kind < 0.1:
        return BLANK
    if kind < 0.13:
        return Entry(EntryKind.MARK, raw=rnd.choice("/—"))
    digits = rnd.choice((1, 1, 1, 2, 2, 3, 4, 5, 6))
    return Entry(EntryKind.NUMBER, Decimal(0 if kind < 0.5 else rnd.randrange(10**digits)))


def random_style(rnd: random.Random) -> Style:
    """Any place of the page's ends, letters, alignment; lines missing here, there or everywhere."""
    lost = rnd.choice((0.0, 0.0, 0.01, 0.1, 1.0))
    kept: dict[tuple[str, Box], bool] = {}

    def ruled(way: str, box: Box) -> bool:
        return kept.setdefault((way, box), rnd.random() >= lost)

    return Style(
        size=rnd.choice((7.5, 9.0, 10.0, 10.0, 12.0, 14.0)),
        heads=rnd.random() < 0.4,
        ruled=ruled,
        outer=lost < 1 and rnd.random() < 0.9,
        torn=rnd.random() < 0.5,
        valign=rnd.choice((0.0, 0.5, 0.5, 1.0)),
        start=rnd.uniform(90, 600),
    )


@dataclass(frozen=True)
class Outcome:
    """How a report was read; `wrong` names what was not as drawn."""

    counts: Counter[str]
    wrong: tuple[str, ...]


def outcome(seed: int) -> Outcome:
    """Draw the report of a seed, read it, compare."""
    rnd = random.Random(seed)
    report, style = random_report(rnd), random_style(rnd)
    document = read_pdf(draw(report, style))
    found = report_of(document, resources.form, resources.form_for_year)
    counts: Counter[str] = Counter()
    wrong = []
    for key, entry in report.entries.items():
        told = _told(found, key, entry)
        counts[told] += 1
        if told == "wrong":
            wrong.append(f"{key}: {entry.value or entry.kind} became {found.entries[key]}")
    return Outcome(counts, tuple(wrong))


def _told(found: AnnualReport, key: str, drawn: Entry) -> str:
    """A word where a figure belongs is no figure; it says that a line is missing."""
    entry = found.entries.get(key)
    if entry is None or entry.kind in (EntryKind.UNKNOWN, EntryKind.TEXT):
        return "unknown"
    same = entry.value == drawn.value and (entry.value is not None or entry.kind is drawn.kind)
    return "right" if same else "wrong"
