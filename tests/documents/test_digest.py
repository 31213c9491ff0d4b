from __future__ import annotations

import io

from docx import Document

from gk_xlsx import resources
from gk_xlsx.documents.digest import Written, digest_docx
from gk_xlsx.markdown import blocks

FORM = resources.form("2021")


def report(name: str, **narrative: str) -> Written:
    return Written(name, {key: blocks(text) for key, text in narrative.items()})


def texts(*reports: Written) -> list[str]:
    document = Document(io.BytesIO(digest_docx(FORM, 2025, reports)))
    return [item.text for item in document.paragraphs if item.text.strip()][2:]


def test_paragraphs_of_all_units_stand_together_under_their_aspect() -> None:
    said = texts(
        report(
            "甲局",
            overview="（一）主动公开\n\n发布各类信息九条。\n\n（二）依申请公开\n\n没有收到。",
        ),
        report("乙局", overview="收到公开申请一件。\n\n主动公开信息三条。"),
    )
    assert said == [
        "一、总体情况",
        "（一）主动公开",
        *("甲局", "发布各类信息九条。"),
        *("乙局", "主动公开信息三条。"),
        "（二）依申请公开",
        *("甲局", "没有收到。"),
        *("乙局", "收到公开申请一件。"),
    ]


def test_a_heading_within_a_paragraph_says_what_it_is_about() -> None:
    said = texts(report("甲局", overview="（五）监督保障。全年发布信息的人员受训两次。"))
    assert said[1:] == ["（五）监督保障", "甲局", "（五）监督保障。全年发布信息的人员受训两次。"]


def test_nothing_a_unit_wrote_is_lost() -> None:
    said = texts(report("甲局", overview="天气晴好。", problems="人手少。", other="没有收费。"))
    assert said == [
        "一、总体情况",
        *("（六）未归类", "甲局", "天气晴好。"),
        *("五、存在的主要问题及改进情况", "甲局", "人手少。"),
        *("六、其他需要报告的事项", "甲局", "没有收费。"),
    ]


def test_units_without_text_are_named_by_the_reason() -> None:
    silent = (
        Written("丙局", {}, "没有收到报告"),
        report("乙局"),
        Written("丁局", {}, "没有收到报告"),
    )
    assert texts(report("甲局", other="无。"), *silent)[-3:] == [
        "未收录的单位",
        "没有收到报告：丙局、丁局。",
        "报告没有文字：乙局。",
    ]


def test_a_units_name_does_not_look_like_its_text() -> None:
    document = Document(io.BytesIO(digest_docx(FORM, 2025, [report("甲局", other="无。")])))
    styles = {item.text: item.style for item in document.paragraphs if item.style}
    name, text = styles["甲局"], styles["无。"]
    assert name.font.name != text.font.name
    assert name.paragraph_format.keep_with_next
