"""审核要点, read back with python-docx."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from gk_xlsx.documents.handbook import TITLE_TEXT, handbook_docx
from gk_xlsx.rules import ALL
from gk_xlsx.rules.page import FIX, WHAT, page_of
from gk_xlsx.sources.door import REFUSALS
from tests.office.package_lint import lint_docx
from tests.office.validator import Validator


@pytest.fixture(scope="module")
def handbook() -> Document:
    return docx.Document(io.BytesIO(handbook_docx(ALL, REFUSALS)))


def test_every_rule_and_refusal_stands_in_it_with_what_and_how(handbook: Document) -> None:
    rows = [[cell.text for cell in row.cells] for table in handbook.tables for row in table.rows]
    pages = map(page_of, ALL)
    expected = [
        [page.code, page.severity.label, page.part(WHAT), page.part(FIX)] for page in pages
    ] + [[code, "错误", what, fix] for code, _, what, fix in REFUSALS]
    body = [row for row in rows if row[0] != "编号"]
    assert sorted(body) == sorted(expected)


def test_each_family_has_a_numbered_heading_and_a_table(handbook: Document) -> None:
    lines = [paragraph.text for paragraph in handbook.paragraphs]
    assert lines[0] == TITLE_TEXT
    assert lines[2:4] == ["一、勾稽关系（AR）", "二、填写（IN）"]
    assert lines[-1].endswith("、文件（FI）")
    assert len(handbook.tables) == len(lines) - 2


def test_heads_repeat_and_no_row_is_split(handbook: Document) -> None:
    for table in handbook.tables:
        rows = [row._tr.trPr for row in table.rows]
        assert [row.find(qn("w:tblHeader")) is not None for row in rows] == [True] + [False] * (
            len(rows) - 1
        )
        assert all(row.find(qn("w:cantSplit")) is not None for row in rows)


def test_same_rules_give_the_same_bytes_that_word_need_not_repair() -> None:
    data = handbook_docx(ALL, REFUSALS)
    assert data == handbook_docx(ALL, REFUSALS)
    assert lint_docx(data) == []


@pytest.mark.office
def test_the_handbook_is_valid_open_xml(validator: Validator, tmp_path: Path) -> None:
    path = tmp_path / "要点.docx"
    path.write_bytes(handbook_docx(ALL, REFUSALS))
    assert validator.validate([path]) == []
