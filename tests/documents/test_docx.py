"""Finished documents, read back with python-docx."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from gk_xlsx.documents.docx import render_docx
from gk_xlsx.documents.frame import broken_title, signature_date
from gk_xlsx.documents.narrative import TextBlock
from gk_xlsx.documents.template import build_template
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.form import Form, lay_out
from gk_xlsx.markdown import PictureLine, blocks
from gk_xlsx.report import BLANK, AnnualReport, Signed, written
from gk_xlsx.resources import form
from gk_xlsx.units import Unit
from tests.documents.conftest import RealReport
from tests.office.package_lint import lint_docx
from tests.office.validator import Validator
from tests.office.word import word_document

REAL = (
    *("huaian-2024", "pingtan-2019", "pingtan-2020", "pingtan-2021", "pingtan-police-2021"),
    *("pingtan-resources-2023", "seed_000", "seed_001", "seed_002", "seed_003", "seed_004"),
    *("shanghai-office-2019", "shuyang-2023"),
)


def _texts(**parts: str) -> Mapping[str, tuple[TextBlock, ...]]:
    return {
        key: tuple(block for block in blocks(text) if not isinstance(block, PictureLine))
        for key, text in parts.items()
    }


def _read(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def _lines(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def _styles(document: Document) -> list[str]:
    return [paragraph.style.name or "" for paragraph in document.paragraphs if paragraph.style]


@pytest.mark.parametrize("name", REAL)
def test_every_figure_of_a_real_report_stands_in_its_place(
    real_report: RealReport, name: str
) -> None:
    report = real_report(name)
    definition = form(report.edition)
    tables = _read(render_docx(report, definition, {})).tables
    assert len(tables) == 3
    for word, table in zip(tables, definition.tables, strict=True):
        grid = lay_out(table)
        for box in grid.labels:
            assert word.cell(box.row, box.column).text == box.text
        for field_id, box in grid.places.items():
            assert word.cell(box.row, box.column).text == written(report.entries[field_id])


def test_a_finished_document_holds_nothing_that_word_would_repair(
    zeros: AnnualReport, form_2021: Form
) -> None:
    texts = _texts(preface="A&B\n次行", overview="（一）公开。**领导。**\n1.登记\n（1）会商")
    assert lint_docx(render_docx(zeros, form_2021, texts)) == []


@pytest.mark.office
def test_documents_are_valid_open_xml(
    real_report: RealReport, validator: Validator, tmp_path: Path
) -> None:
    texts = _texts(preface="A&B\n次行", overview="（一）公开。**领导。**\n1.登记\n（1）会商")
    paths = [tmp_path / f"{name}.docx" for name in REAL]
    for path in paths:
        report = real_report(path.stem)
        path.write_bytes(render_docx(report, form(report.edition), texts))
    assert validator.validate(paths) == []


def test_large_figures_are_printed_in_full(real_report: RealReport, form_2021: Form) -> None:
    table = _read(render_docx(real_report("huaian-2024"), form_2021, {})).tables[0]
    cells = {cell.text for row in table.rows for cell in row.cells}
    assert {"3985758", "96171.6"} <= cells


def test_zeros_are_printed_and_blanks_are_empty(zeros: AnnualReport, form_2021: Form) -> None:
    report = replace(zeros, entries={**zeros.entries, "requests.new.company": BLANK})
    table = _read(render_docx(report, form_2021, {})).tables[1]
    row = [cell.text for cell in table.rows[3].cells]
    assert row[3:] == ["0", "", "0", "0", "0", "0", "0"]


def test_a_report_without_text_keeps_its_headings_only(
    zeros: AnnualReport, form_2021: Form
) -> None:
    assert _lines(_read(render_docx(zeros, form_2021, {}))) == [
        "某某区档案局\n2021年政府信息公开工作年度报告",
        *(section.heading for section in form_2021.sections),
        "某某区档案局",
        "2022年1月10日",
    ]


def test_each_kind_of_paragraph_has_its_style(zeros: AnnualReport, form_2021: Form) -> None:
    overview = "（一）主动公开\n\n正文。\n\n1.组织领导\n\n（1）会商"
    document = _read(render_docx(zeros, form_2021, _texts(preface="前言。", overview=overview)))
    assert _styles(document)[:7] == [
        *("年报标题", "年报正文", "年报一级标题"),
        *("年报二级标题", "年报正文", "年报三级标题", "年报四级标题"),
    ]


def test_special_characters_and_line_breaks_are_kept(zeros: AnnualReport, form_2021: Form) -> None:
    text = "A&B <b>“引” \"x\" 'y' {{ x }} {% y %}\n次行"
    document = _read(render_docx(zeros, form_2021, _texts(preface=text)))
    assert _lines(document)[1] == text


def test_bold_and_leading_headings_keep_their_look(zeros: AnnualReport, form_2021: Form) -> None:
    text = "（一）主动公开。**加强领导。**落实责任。"
    document = _read(render_docx(zeros, form_2021, _texts(overview=text)))
    runs = {run.text: run for run in document.paragraphs[2].runs if run.text}
    assert runs["加强领导。"].bold
    assert runs["落实责任。"].bold is None
    lead = runs["（一）主动公开。"].style
    assert lead is not None
    assert lead.name == "年报楷体"
    assert all("w:hint" in run._r.xml for run in runs.values())


def test_text_beside_a_table_stands_between_heading_and_table(
    zeros: AnnualReport, form_2021: Form
) -> None:
    document = _read(render_docx(zeros, form_2021, _texts(requests="说明。")))
    before = document.tables[1]._tbl.getprevious()
    assert before is not None
    assert [text.text for text in before.iter(qn("w:t")) if text.text] == ["说明。"]


def test_same_arguments_give_the_same_bytes(zeros: AnnualReport, form_2021: Form) -> None:
    texts = _texts(overview="正文。")
    assert render_docx(zeros, form_2021, texts) == render_docx(zeros, form_2021, texts)


def test_properties_name_the_body_and_no_program(zeros: AnnualReport, form_2021: Form) -> None:
    report = replace(zeros, unit=Unit("A&B局"))
    properties = _read(render_docx(report, form_2021, {})).core_properties
    assert properties.title == "A&B局2021年政府信息公开工作年度报告"
    assert properties.author == properties.last_modified_by == "A&B局"
    assert properties.created == datetime.datetime(2021, 1, 1, tzinfo=datetime.UTC)
    assert properties.language == "zh-CN"
    assert properties.comments == ""


@pytest.mark.parametrize(
    ("given", "own", "printed"),
    [
        ("", "", "某某区档案局\n2021年政府信息公开工作年度报告"),
        ("", "自定标题", "自定标题"),
        ("指定标题", "自定标题", "指定标题"),
    ],
)
def test_a_given_title_comes_before_the_reports_own_and_the_forms(
    zeros: AnnualReport, form_2021: Form, given: str, own: str, printed: str
) -> None:
    document = _read(render_docx(replace(zeros, title=own), form_2021, {}, title=given))
    assert _lines(document)[0] == printed


def test_only_a_title_too_long_for_a_line_is_broken() -> None:
    short = "某局2021年政府信息公开工作年度报告"
    assert broken_title(short) == short
    assert broken_title("甲" * 30) == "甲" * 30
    assert broken_title("某某市某某区2021年\n政府信息公开工作年度报告").count("\n") == 1


@pytest.mark.parametrize(
    ("written_date", "printed"),
    [
        *(("2022-01-10", "2022年1月10日"), ("2022年01月05日", "2022年1月5日")),
        *(("年底", "年底"), ("", "")),
    ],
)
def test_the_date_is_written_in_arabic_figures_without_leading_zeros(
    written_date: str, printed: str
) -> None:
    assert signature_date(written_date) == printed


def test_an_undated_report_is_signed_by_its_body(zeros: AnnualReport, form_2021: Form) -> None:
    document = _read(render_docx(replace(zeros, signed=Signed()), form_2021, {}))
    assert _lines(document)[-1] == "某某区档案局"


def test_an_office_may_use_a_template_of_its_own(zeros: AnnualReport, form_2021: Form) -> None:
    own = word_document("{{ title }}", "新收{{ 三.新收.总计 }}件", "{{ 单位 }}", "{{ 表.二.收费 }}")
    document = _read(render_docx(zeros, form_2021, {}, template=own, title="标题"))
    assert _lines(document) == ["标题", "新收0件", "某某区档案局", "0"]
    assert document.core_properties.author == "某某区档案局"


def test_the_packaged_template_may_be_given_as_ones_own(
    zeros: AnnualReport, form_2021: Form
) -> None:
    own = render_docx(zeros, form_2021, {}, template=build_template(form_2021))
    assert own == render_docx(zeros, form_2021, {})


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{{ 机关名称 }}", "不认识的标记“机关名称”"),
        ("{{ title.机关 }}", "不认识的标记“机关”"),
        ("{{ 三.新增.总计 }}", "没有“三.新增”这个名称，是不是“三.新收”"),
        ("{{ 表.三.新增 }}", "没有“三.新增”这个名称"),
        ("{{ texts.总体 }}", "没有“texts.总体”这一部分"),
        ("{{ 上年.三.新收.总计 }}", "不认识的标记“上年”"),
        ("{% if %}{{ title }}", "写错的标记"),
        ("没有标记", "没有 {{ … }} 标记"),
    ],
)
def test_a_template_that_cannot_be_filled_says_which_tag(
    zeros: AnnualReport, form_2021: Form, line: str, said: str
) -> None:
    with pytest.raises(GkXlsxError, match=said.replace("{", r"\{")):
        render_docx(zeros, form_2021, {}, template=word_document(line))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{{ 三.新收.总计 / 0 }}", "除数是 0"),
        ("{{ 1e999 * 1e999 }}", "结果太大"),
        ("{{ 1e308 * 10 }}", "结果太大"),
        ("{{ title * 3 }}", "文字不能相乘"),
        ("{{ title + 3 }}", "数字只能与数字一起计算"),
        ("{{ 三.新收.总计 | round(99) }}", "数字只能与数字一起计算"),
        ("{{ title | sort }}", "写错的标记"),
        ("{{ " + "(" * 900 + "1" + ")" * 900 + " }}", "套得太多"),
        ("{{ 1" + " + 1" * 3000 + " }}", "套得太多"),
    ],
)
def test_why_a_tag_cannot_be_computed_is_said_in_chinese(
    zeros: AnnualReport, form_2021: Form, line: str, said: str
) -> None:
    with pytest.raises(GkXlsxError) as error:
        render_docx(zeros, form_2021, {}, template=word_document("{{ title }}", line))
    told = str(error.value)
    assert said in told
    assert not re.search("[A-Za-z]{4}", re.sub(r"if、for、macro|[A-Z]?\w*\.docx", "", told)), told


def test_a_template_may_not_reach_outside_its_figures(zeros: AnnualReport, form_2021: Form) -> None:
    with pytest.raises(GkXlsxError):
        render_docx(zeros, form_2021, {}, template=word_document("{{ title.__class__.__mro__ }}"))


@pytest.mark.parametrize("content", [b"", b"text", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_word_document_is_refused(
    zeros: AnnualReport, form_2021: Form, content: bytes
) -> None:
    with pytest.raises(GkXlsxError, match="不是 Word 文档"):
        render_docx(zeros, form_2021, {}, template=content)
