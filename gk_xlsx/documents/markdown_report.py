"""A report in Markdown: `#` headings, pipe tables, pictures within the file."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence

from gk_xlsx.documents.frame import signed_by, signed_date, title_of
from gk_xlsx.documents.illustrations import Illustration
from gk_xlsx.documents.narrative import TextBlock
from gk_xlsx.form import Form, Table, lay_out
from gk_xlsx.markdown import Block, Paragraph, PictureLine, PipeTable, Run, clean
from gk_xlsx.markdown_written import written as written_text
from gk_xlsx.markdown_written import written_block, written_runs
from gk_xlsx.report import AnnualReport, written


def render_markdown(
    report: AnnualReport, form: Form, texts: Mapping[str, Sequence[TextBlock]], *, title: str = ""
) -> bytes:
    """A report as Markdown.

    Title and sections have one `#`, what is within a section more: `--narrative` takes the text
    of it as it is.

    Args:
        report: what to print; blanks print as empty cells.
        form: the form of the report's edition.
        texts: part of the report to its paragraphs, tables and pictures; a part without text
            keeps its heading.
        title: instead of the report's own title or the form's.

    Returns:
        UTF-8; the same arguments give the same bytes.
    """
    parts = _parts(report, form, texts, title_of(report, form, title))
    return ("\n\n".join(filter(None, parts)) + "\n").encode()


def _parts(
    report: AnnualReport, form: Form, texts: Mapping[str, Sequence[TextBlock]], title: str
) -> Iterator[str]:
    yield f"# {_line(title)}"
    yield written_text(map(_contained, texts.get("preface", ())))
    for section in form.sections:
        yield f"# {section.heading}"
        yield written_text(map(_contained, texts.get(section.key, ())))
        if section.table:
            yield written_block(statutory_table(form.table(section.table), report))
    yield _line(signed_by(report))
    yield _line(signed_date(report))


def statutory_table(table: Table, report: AnnualReport) -> PipeTable:
    """A table of the form; a merged cell says in its first field what it says, none repeats it."""
    grid = lay_out(table)
    rows = [[""] * grid.width for _ in range(grid.height)]
    for box in grid.boxes:
        said = clean(written(report.entries[box.field.id])) if box.field else box.text
        rows[box.row][box.column] = said
    return PipeTable(tuple(tuple(map(_runs, row)) for row in rows))


def _contained(block: TextBlock) -> Block:
    """The block, a picture with its content in place of a file's name."""
    if isinstance(block, Paragraph | PipeTable):
        return block
    return PictureLine(_address(block), block.caption)


def _address(block: Illustration) -> str:
    data = base64.b64encode(block.picture.data).decode()
    return f"data:image/{block.picture.format};base64,{data}"


def _runs(text: str) -> tuple[Run, ...]:
    return (Run(text),) if text else ()


def _line(text: str) -> str:
    return written_runs(_runs(text.replace("\n", "")))
