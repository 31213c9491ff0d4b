"""The five seed reports as values: figures from their JSON, text cut out of what was extracted.

They lie beside the project (`../shared/reports`) and are read at run time only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from gk_xlsx import resources
from gk_xlsx.form import Form
from gk_xlsx.report import AnnualReport, Observation, Seen, Signed, narrative
from gk_xlsx.sources.report_json import read_report_json

SEEDS = range(5)

OBSERVED = {
    2: (
        Observation(
            Seen.EXTRA_VALUES, field="proactive.licences.decisions", expected="1", found="0、0、0"
        ),
    ),
}
"""What an importer sees beside values and text: three values in a row of one cell."""

_ARTEFACT = re.compile(r"\[(?:image|bookmark): [^\]]*\]\s*")
_SPACES = re.compile(r"\s+")
_SUB_HEADING = re.compile(r"(?:#+|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、])")
_DATE = re.compile(r"\d{4}\s*年\s*\d+\s*月\s*\d+\s*日")
_END = "。！？：；.!?"


@dataclass(frozen=True)
class _Cut:
    """A report's lines from one section heading to the next."""

    key: str
    heading: str
    lines: tuple[str, ...]


def seed_report(folder: Path, number: int, form: Form) -> AnnualReport:
    """A seed with figures, title, headings, text, signature and what its importer would see."""
    name = f"seed_{number:03d}"
    data = (folder / f"{name}.json").read_bytes()
    report = read_report_json(data, resources.form, resources.form_for_year)
    lines = _lines((folder / f"{name}.txt").read_text("utf-8"))
    cuts = list(_cuts(lines, form))
    opening, last = cuts[0].lines, cuts[-1]
    title_end = next(i for i, line in enumerate(opening, 1) if line.endswith("年度报告"))
    signed, other = _signature(last.lines)
    parts = {cut.key: _text(cut.lines) for cut in cuts if not _has_table(form, cut.key)}
    parts |= {"preface": _text(opening[title_end:]), last.key: _text(other)}
    return replace(
        report,
        title=_bare("".join(opening[:title_end])),
        headings=tuple(cut.heading for cut in cuts[1:]),
        narrative=narrative(parts.items()),
        signed=signed,
        observations=(*report.observations, *OBSERVED.get(number, ())),
    )


def _lines(text: str) -> list[str]:
    """Lines outside tables; those of a table hold tabs or stand alone as a cell."""
    cleaned = (_ARTEFACT.sub("", line) for line in text.splitlines())
    return [line.strip() for line in cleaned if line.strip() and "\t" not in line]


def _cuts(lines: Sequence[str], form: Form) -> Iterator[_Cut]:
    key, heading, held = "opening", "", list[str]()
    for line in lines:
        found = _section_of(line, form)
        if found:
            yield _Cut(key, heading, tuple(held))
            key, heading, held = found, _bare(line), []
        else:
            held.append(line)
    yield _Cut(key, heading, tuple(held))


def _section_of(line: str, form: Form) -> str:
    """The key of the section whose heading a line is, or is meant to be."""
    bare = _bare(line)
    for section in form.sections:
        alike = SequenceMatcher(None, bare, section.heading, autojunk=False).ratio()
        if bare[:2] == section.heading[:2] and alike > 0.8:
            return section.key
    return ""


def _has_table(form: Form, key: str) -> bool:
    return key == "opening" or bool(form.section(key).table)


def _signature(lines: Sequence[str]) -> tuple[Signed, Sequence[str]]:
    if len(lines) > 2 and _DATE.fullmatch(lines[-1]):
        return Signed(lines[-2], lines[-1]), lines[:-2]
    return Signed(), lines


def _text(lines: Sequence[str]) -> str:
    """Lines as paragraphs; what a page break tore apart is joined again."""
    joined: list[str] = []
    for line in lines:
        if joined and _torn(joined[-1]) and not _SUB_HEADING.match(line):
            joined[-1] += line
        else:
            joined.append(line)
    return "\n\n".join(joined)


def _torn(line: str) -> bool:
    heading = _SUB_HEADING.match(line) and len(line) < 40
    return line[-1] not in _END and not heading


def _bare(text: str) -> str:
    return _SPACES.sub("", text).lstrip("#")
