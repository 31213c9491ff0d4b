"""The signature that ends a text: it is printed once, with the report's own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gk_xlsx.documents.narrative import TextSource
from gk_xlsx.form import Form
from gk_xlsx.markdown import clean
from gk_xlsx.report import Signed, iso_date

_SPACING = re.compile(r"[#*\s\u3000]")
_WRITTEN_DATE = re.compile(
    "[一二][〇零○一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_PROSE = re.compile("[。；！？：，,|]")
_LONGEST_NAME = 40


def without_signature(source: TextSource, form: Form) -> tuple[TextSource, Signed]:
    """A whole text without the body and date in its last lines, and what they say."""
    lines = [_SPACING.sub("", line) for line in clean(source.text).split("\n")]
    headings = {_SPACING.sub("", section.heading) for section in form.sections}
    filled = [at for at, line in enumerate(lines) if line]
    if not filled or not _is_date(lines[filled[-1]]):
        return source, Signed()
    date = lines[filled[-1]]
    if len(filled) > 1 and _is_name(lines[filled[-2]], headings):
        return source.part(0, filled[-2]), Signed(lines[filled[-2]], date)
    return source.part(0, filled[-1]), Signed("", date)


def _is_date(line: str) -> bool:
    return iso_date(line) is not None or bool(_WRITTEN_DATE.fullmatch(line))


def _is_name(line: str, headings: Sequence[str] | set[str]) -> bool:
    return len(line) <= _LONGEST_NAME and not _PROSE.search(line) and line not in headings
