"""Reports to be printed and read again: those of the examples, and random ones."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from gk_xlsx import api, resources
from gk_xlsx.documents.figures import figures_of
from gk_xlsx.documents.narrative import TextBlock, TextSource, render
from gk_xlsx.form import Field, FieldKind, Form
from gk_xlsx.markdown import Paragraph, PipeTable
from gk_xlsx.markdown_written import written
from gk_xlsx.relations import with_totals
from gk_xlsx.report import BLANK, NARRATIVE_KEYS, AnnualReport, Entry, Signed, narrative, read_text
from gk_xlsx.resources import form
from gk_xlsx.units import Unit

EXAMPLES = sorted(Path(__file__).parents[2].glob("examples/0*.*[nx]"))
"""The examples' workbooks and report JSON."""

Texts = Mapping[str, tuple[TextBlock, ...]]

_UNITS = ("某某区档案局", "清河市临江区人民政府办公室", "白塔县卫生健康委员会", "某某镇人民政府")
_ODD = ("7", "/", "—", "无", "-", "--", "见附表", "约数件", "<甲>", "甲|乙", "甲*乙", "甲\n乙")
"""Marks and words; words with a digit in them are unknown when they are read."""
_WORDS = st.text(
    "主动公开政府信息。，；（）“”1250.%<>&*#|-_`!\\[] ~：件\u3000\u00a0é😀", min_size=1, max_size=30
)
_PIECES = st.one_of(_WORDS, _WORDS.map(lambda text: f"**{text}**"))
_LINES = st.lists(_PIECES, min_size=1, max_size=4).map("".join)
_BLOCKS = st.one_of(
    _LINES,
    st.lists(_LINES, min_size=1, max_size=3).map("\n".join),
    st.builds("- {}".format, _LINES),
    st.builds("（一）{}".format, _LINES),
    st.builds("{}.{}".format, st.integers(1, 12), _LINES),
    st.builds("## {}".format, _LINES),
    st.just("| 平台 | 条数 |\n| --- | --- |\n| 网站 | 5 |\n| 公众号 | **6**<br>条 |"),
)
_TEXTS = st.lists(_BLOCKS, max_size=5).map("\n\n".join)


def finished(report: AnnualReport) -> tuple[AnnualReport, Texts]:
    """A report with the text that is printed, figures put in; and that text."""
    definition, last = form(report.edition), report.last_year
    figures = figures_of(report, definition, form(last.edition) if last else None)
    sources = {key: TextSource("文字", text) for key, text in report.narrative.items()}
    texts = render(sources, figures)
    printed = narrative((key, _markdown(blocks)) for key, blocks in texts.items())
    return replace(report, narrative=printed), texts


def example(path: Path) -> AnnualReport:
    return api.read(path)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a random report is made of; short enough to be shown where a test fails."""

    edition: str
    unit: str
    seed: int
    parts: Mapping[str, str]
    date: str

    def report(self) -> AnnualReport:
        """Any figures, blanks, marks and words in cells; text with every sign."""
        definition = form(self.edition)
        year = definition.last_year or definition.first_year + 2
        return AnnualReport(
            self.edition,
            year,
            Unit(self.unit),
            _entries(definition, random.Random(self.seed)),
            narrative=narrative(self.parts.items()),
            signed=Signed(date=self.date.format(year + 1) if self.date else ""),
        )


def recipes() -> st.SearchStrategy[Recipe]:
    """Random reports."""
    return st.builds(
        Recipe,
        st.sampled_from(resources.EDITIONS),
        st.sampled_from(_UNITS),
        st.integers(0, 10**6),
        st.fixed_dictionaries(dict.fromkeys(NARRATIVE_KEYS, _TEXTS)),
        st.sampled_from(["", "{}-01-09", "{}年1月31日"]),
    )


def _entries(definition: Form, chance: random.Random) -> Mapping[str, Entry]:
    """Any figures with their sums; where they are 0 blanks, elsewhere marks, words, wrong totals.

    Not both in one row, and never in most rows: then the figures are doubted when they are read.
    """
    figures = {field.id: _figure(field, chance) for field in definition}
    entries = dict(with_totals(definition, figures))
    blanks, odd = chance.choice(((0, 0), (0.5, 0), (0.2, 0.1)))
    for table in definition.tables:
        for row in table.rows:
            ids = [field.id for field in table.fields if field.row is row]
            if chance.random() < blanks:
                entries |= {key: BLANK for key in ids if _may_be_blank(entries, ids, key)}
            elif chance.random() < odd:
                key = chance.choice(ids)
                entries[key] = read_text(chance.choice(_ODD), definition.fields[key])
    return entries


def _figure(field: Field, chance: random.Random) -> Entry:
    if field.kind is FieldKind.MONEY:
        return read_text(f"{Decimal(chance.randrange(10**13)) / 10**6:f}", field)
    highest = chance.choice((1, 1, 1, 10, 10**4))
    return read_text(str(chance.randrange(highest)), field)


def _may_be_blank(entries: Mapping[str, Entry], ids: Sequence[str], key: str) -> bool:
    """Whether a cell is 0, and no row of 二 around it has a longer figure."""
    longest = max(entries[item].value or 0 for item in ids)
    return not entries[key].value and (longest < 10 or not key.startswith("proactive"))


def _markdown(blocks: tuple[TextBlock, ...]) -> str:
    return written(block for block in blocks if isinstance(block, Paragraph | PipeTable))
