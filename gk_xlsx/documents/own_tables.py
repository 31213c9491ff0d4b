"""The office's own tables in a text, told from statutory ones that stand there a second time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gk_xlsx.amounts import is_blank, is_mark, read_amount
from gk_xlsx.documents.narrative import TextBlock
from gk_xlsx.form import Form, lay_out
from gk_xlsx.markdown import PipeTable
from gk_xlsx.matching import normal

_MOST = 0.8
_FEWEST = 4
"""A table is statutory when this part of its words, and no fewer, are labels of the form."""


def without_statutory(
    texts: Mapping[str, Sequence[TextBlock]], form: Form
) -> tuple[Mapping[str, Sequence[TextBlock]], tuple[str, ...]]:
    """A text without the form's tables, which are printed from the report's own figures.

    Returns:
        The text, and a Chinese sentence for each table that was left out.
    """
    labels = frozenset(_labels(form))
    left_out = [
        f"文字材料“{_part(form, key)}”部分里的法定表格没有采用，已按填报的数字生成。"
        for key, blocks in texts.items()
        if any(_is_statutory(block, labels) for block in blocks)
    ]
    kept = {
        key: [block for block in blocks if not _is_statutory(block, labels)]
        for key, blocks in texts.items()
    }
    return kept, tuple(left_out)


def _is_statutory(block: TextBlock, labels: frozenset[str]) -> bool:
    if not isinstance(block, PipeTable):
        return False
    words = list(_words(block))
    known = sum(normal(word) in labels for word in words)
    return known >= _FEWEST and known >= _MOST * len(words)


def _words(table: PipeTable) -> Iterator[str]:
    """What its cells say, figures and marks left aside."""
    for row in table.rows:
        for cell in row:
            text = "".join(run.text for run in cell)
            if not is_blank(text) and not is_mark(text) and read_amount(text) is None:
                yield text


def _labels(form: Form) -> Iterator[str]:
    for table in form.tables:
        yield from (normal(box.text) for box in lay_out(table).boxes if box.text)


def _part(form: Form, key: str) -> str:
    return "前言" if key == "preface" else form.section(key).heading
