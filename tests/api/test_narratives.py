"""`render --narrative`: a report's text from a Markdown or a Word file."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from gk_xlsx.api.rendering import render
from gk_xlsx.documents.template import build_template
from gk_xlsx.errors import GkXlsxError, NarrativeError, UnreadableError
from gk_xlsx.resources import form
from tests.made import clean_report, write_json
from tests.sources import files
from tests.sources.word import p, picture, png, styled, tbl, tr, word

STYLES = '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return write_json(clean_report(), tmp_path / "报告.json")


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "模板.docx"
    path.write_bytes(build_template(form("2021")))
    return path


def lines(report: Path, narrative: Path, template: Path) -> list[str]:
    made = render(report, narrative=narrative, template=template)
    return [item.text for item in docx.Document(io.BytesIO(made.data)).paragraphs if item.text]


def test_a_word_file_gives_text_and_pictures(report: Path, template: Path, tmp_path: Path) -> None:
    path = tmp_path / "文字.docx"
    body = (
        styled("一、总体情况", "1")
        + p("新收{{ 三.新收.总计 }}件。")
        + p(picture("a"))
        + p("图1 甲")
    )
    path.write_bytes(word(body, styles=STYLES, media={"a": png()}))
    found = lines(report, path, template)
    total = clean_report().entries["requests.new.total"].value
    assert found[found.index("一、总体情况") + 1 :][:2] == [f"新收{total}件。", "图1 甲"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_markdown_file_gives_text_and_the_pictures_beside_it(
    report: Path, template: Path, tmp_path: Path, encoding: str
) -> None:
    folder = tmp_path / "材料"
    folder.mkdir()
    (folder / "一.png").write_bytes(png())
    path = folder / "文字.md"
    path.write_text("一、总体情况\n正文。\n\n![图1 甲](一.png)\n", encoding)
    found = lines(report, path, template)
    assert found[found.index("一、总体情况") + 1 :][:2] == ["正文。", "图1 甲"]


def test_a_text_without_headings_is_said_to_leave_the_parts_empty(
    report: Path, tmp_path: Path
) -> None:
    path = tmp_path / "无题.md"
    path.write_text("今年做了很多工作。\n", "utf-8")
    (remark,) = render(report, narrative=path).remarks
    assert remark.startswith(f"{path} 里没有各部分的标题，文字都作为前言")
    assert "“一、总体情况”、“五、存在的主要问题及改进情况”、“六、其他需要报告的事项”" in remark
    path.write_text("一、总体情况\n甲。\n六、其他需要报告的事项\n无。\n", "utf-8")
    (remark,) = render(report, narrative=path).remarks
    assert remark.startswith(f"{path} 里“五、存在的主要问题及改进情况”没有文字")
    path.write_text(f"{path.read_text('utf-8')}五、存在的主要问题及改进情况\n乙。\n", "utf-8")
    assert render(report, narrative=path).remarks == ()


def test_a_missing_picture_is_a_problem_in_its_line(
    report: Path, template: Path, tmp_path: Path
) -> None:
    path = tmp_path / "文字.md"
    path.write_text("一、总体情况\n\n![图1](../外.png)\n", "utf-8")
    with pytest.raises(NarrativeError) as caught:
        render(report, narrative=path, template=template)
    assert caught.value.problems[0].startswith(f"{path} 第3行：图片“../外.png”不能用：只能用")


def test_the_signature_of_the_text_signs_a_report_that_has_none(
    report: Path, template: Path, tmp_path: Path
) -> None:
    path = tmp_path / "文字.docx"
    body = p("六、其他需要报告的事项") + p("无。") + p("某某局办公室") + p("2025年1月10日")
    path.write_bytes(word(body))
    assert lines(report, path, template)[-4:] == [
        *("六、其他需要报告的事项", "无。"),
        *("某某局办公室", "2025年1月10日"),
    ]


def test_what_was_not_taken_as_it_stood_is_said(
    report: Path, template: Path, tmp_path: Path
) -> None:
    path = tmp_path / "文字.docx"
    heads = ("自然人", "商业企业", "科研机构", "社会公益组织")
    changed = "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>"
    body = (
        p("三、收到和处理政府信息公开申请情况") + changed + tbl(tr(*heads), tr("1", "2", "3", "4"))
    )
    path.write_bytes(word(body))
    made = render(report, narrative=path, template=template)
    assert len(docx.Document(io.BytesIO(made.data)).tables) == 3
    assert made.remarks[:2] == (
        f"{path}：文档里有修订：按接受全部修订后的内容读取，删去的文字不计。",
        "文字材料“三、收到和处理政府信息公开申请情况”部分里的法定表格没有采用，已按填报的数字生成。",
    )


def test_the_pictures_of_a_report_in_word_are_printed_again(
    report: Path, template: Path, tmp_path: Path
) -> None:
    (tmp_path / "一.png").write_bytes(png(300, 100))
    text = tmp_path / "文字.md"
    text.write_text(
        "一、总体情况\n甲。\n\n![图1 甲](一.png)\n\n| 栏目 | 数 |\n|-|-|\n| 乙 | 1 |\n", "utf-8"
    )
    path = tmp_path / "年报.docx"
    path.write_bytes(render(report, narrative=text, template=template).data)
    again = docx.Document(io.BytesIO(render(path, template=template).data))
    assert [round(shape.width.mm) for shape in again.inline_shapes] == [79]
    assert "图1 甲" in [item.text for item in again.paragraphs]
    assert len(again.tables) == 4


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (files.ole("WordDocument"), "另存为 .docx"),
        (files.PDF, "这是 PDF，文字材料应是 Word 文档（.docx）或 Markdown 文本"),
        (files.workbook(), "文字材料应是 Word 文档"),
        (b"", "文件是空的"),
        (files.archive("word/document.xml"), "不是 Word 文档"),
    ],
)
def test_other_files_are_refused_with_their_name(
    report: Path, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "文字.docx"
    path.write_bytes(content)
    with pytest.raises((GkXlsxError, UnreadableError)) as caught:
        render(report, narrative=path)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)
