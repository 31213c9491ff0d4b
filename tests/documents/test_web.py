"""A report on the web: complete, as the form prints it, and fit for a CMS."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from lxml import html

from gk_xlsx.documents.illustrations import Shown, illustration
from gk_xlsx.documents.narrative import TextBlock
from gk_xlsx.documents.web import render_fragment, render_page
from gk_xlsx.form import Form, lay_out
from gk_xlsx.markdown import Paragraph, PipeTable, blocks
from gk_xlsx.report import AnnualReport, Entry, EntryKind, Signed, written
from gk_xlsx.resources import form
from gk_xlsx.units import Unit
from tests.made import clean_report, with_entries
from tests.made_pictures import png

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>&\"'"

Render = Callable[..., bytes]
both = pytest.mark.parametrize("render", [render_page, render_fragment])


def _texts(**parts: str) -> Mapping[str, tuple[TextBlock, ...]]:
    return {
        key: tuple(item for item in blocks(text) if isinstance(item, Paragraph | PipeTable))
        for key, text in parts.items()
    }


def _tree(data: bytes) -> html.HtmlElement:
    return html.fromstring(data.decode())


def _lines(tree: html.HtmlElement, path: str) -> list[str]:
    return [element.text_content() for element in tree.xpath(path)]


def _looks(element: html.HtmlElement) -> dict[str, str]:
    parts = (part.partition(":") for part in element.get("style", "").split(";") if part)
    return {name: value for name, _, value in parts}


@both
@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_the_tables_are_as_the_form_prints_them(render: Render, edition: str) -> None:
    report, definition = clean_report(edition), form(edition)
    tree = _tree(render(report, definition, {}))
    for drawn, table in zip(tree.xpath("//table"), definition.tables, strict=True):
        grid = lay_out(table)
        boxes = sorted(grid.boxes, key=lambda box: (box.row, box.column))
        cells = drawn.xpath(".//th | .//td")
        spans = [(int(c.get("rowspan", 1)), int(c.get("colspan", 1))) for c in cells]
        assert spans == [(box.rows, box.columns) for box in boxes]
        assert [cell.text_content() for cell in cells] == [
            written(report.entries[box.field.id]) if box.field else box.text for box in boxes
        ]
        assert [cell.tag for cell in cells] == ["td" if box.field else "th" for box in boxes]
        assert len(drawn.xpath("./thead/tr")) == grid.head_rows


@both
def test_title_sections_text_and_signature_stand_in_their_order(
    render: Render, zeros: AnnualReport, form_2021: Form
) -> None:
    texts = _texts(preface="前言。", proactive="表前。", other="无。")
    tree = _tree(render(zeros, form_2021, texts))
    lines = _lines(tree, "//h1 | //h2 | //p | //table")
    headings = [section.heading for section in form_2021.sections]
    assert lines[0] == "某某区档案局2021年政府信息公开工作年度报告"
    assert lines[1:4] == ["前言。", headings[0], headings[1]]
    assert lines[4] == "表前。"
    assert lines[-3:] == ["无。", "某某区档案局", "2022年1月10日"]
    assert _lines(tree, "//h2") == headings


@both
def test_text_keeps_its_headings_lists_bold_and_tables(
    render: Render, zeros: AnnualReport, form_2021: Form
) -> None:
    texts = _texts(
        overview="（一）主动公开\n\n1.文件\n\n（1）决定\n\n**一是**甲\n乙\n\n（二）答复。全年。\n\n"
        "- 丙\n- 丁\n\n戊\n\n| 平台 | 条数 |\n| --- | --- |\n| 网站 | **5** |"
    )
    tree = _tree(render(zeros, form_2021, texts))
    assert _lines(tree, "//h3") == ["（一）主动公开"]
    assert _lines(tree, "//h4") == ["1.文件"]
    assert _lines(tree, "//h5") == ["（1）决定"]
    bold = tree.xpath("//p[strong]")[0]
    assert (
        html.tostring(bold, encoding="unicode")
        .split(">", 1)[1]
        .startswith("<strong>一是</strong>甲<br>乙")
    )
    assert _lines(tree, "//p/span") == ["（二）答复。"]
    assert [_lines(item, "./li") for item in tree.xpath("//ul")] == [["丙", "丁"]]
    table = tree.xpath("//table")[0]
    assert _lines(table, "./thead//th") == ["平台", "条数"]
    assert _lines(table, "./tbody//td") == ["网站", "5"]
    assert _lines(table, ".//strong") == ["5"]


@both
def test_pictures_are_in_the_file_at_their_size_with_their_caption(
    render: Render, zeros: AnnualReport, form_2021: Form
) -> None:
    picture = illustration(Shown(png(400, 300), 80), "图1 走访")
    tree = _tree(render(zeros, form_2021, {"overview": (picture,)}))
    (image,) = tree.xpath("//img")
    assert image.get("src").startswith("data:image/png;base64,iVBOR")
    assert (image.get("alt"), _looks(image)["width"]) == ("图1 走访", "80.0mm")
    assert _looks(image)["max-width"] == "100%"
    assert image.getparent().getnext().text_content() == "图1 走访"


@both
def test_no_text_of_others_becomes_markup(
    render: Render, zeros: AnnualReport, form_2021: Form
) -> None:
    report = replace(zeros, unit=Unit(EVIL), signed=Signed(EVIL, EVIL))
    report = with_entries(report, {"requests.new.company": Entry(EntryKind.TEXT, raw=EVIL)})
    texts = _texts(overview=f"{EVIL}\n\n- {EVIL}\n\n| {EVIL} |\n| --- |\n| 甲 |")
    tree = _tree(render(report, form_2021, texts))
    assert tree.xpath("//script | //img | //@onerror | //a") == []
    assert tree.xpath("//p")[0].text_content() == EVIL
    assert EVIL in _lines(tree, "//td")


@both
def test_line_breaks_and_characters_no_page_can_hold_do_no_harm(
    render: Render, zeros: AnnualReport, form_2021: Form
) -> None:
    entry = Entry(EntryKind.TEXT, raw="约5件\n不含\x00转办\ud800")
    report = replace(with_entries(zeros, {"requests.new.company": entry}), title="某局\n报告\x01")
    tree = _tree(render(report, form_2021, {}))
    assert [len(element.xpath("./br")) for element in tree.xpath("//h1 | //td[br]")] == [1, 1]
    assert "约5件不含转办" in _lines(tree, "//td")


@both
def test_spaces_that_count_are_kept(render: Render, zeros: AnnualReport, form_2021: Form) -> None:
    tree = _tree(render(zeros, form_2021, _texts(overview="甲  乙\n\n丙 丁")))
    kept, plain = tree.xpath("//p")[:2]
    assert _looks(kept)["white-space"] == "pre-wrap"
    assert "white-space" not in _looks(plain)


def test_the_page_needs_nothing_else(zeros: AnnualReport, form_2021: Form) -> None:
    data = render_page(replace(zeros, title="某局\n2021年报告"), form_2021, {})
    assert data.startswith(b'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">')
    tree = _tree(data)
    assert tree.findtext(".//title") == "某局2021年报告"
    assert tree.xpath("//link | //script | //@src | //@href | //@onload") == []
    assert b"url(" not in data
    assert b"@import" not in data


def test_a_fragment_has_all_its_looks_in_style_attributes(
    zeros: AnnualReport, form_2021: Form
) -> None:
    """Editors of a CMS take no more than that."""
    data = render_fragment(zeros, form_2021, _texts(overview="（一）甲\n\n乙"))
    tree = _tree(data)
    assert data.startswith(b"<div style=")
    assert tree.xpath("//@class | //@id | //style | //script | //meta | //title") == []
    for element in tree.xpath("//table | //th | //td | //p | //h1 | //h2 | //h3"):
        assert element.get("style")
    assert all("border" in _looks(cell) for cell in tree.xpath("//th | //td"))


@both
def test_wide_tables_move_sideways_and_figures_are_never_broken(
    render: Render, form_2021: Form
) -> None:
    report = with_entries(
        clean_report(), {"requests.new.company": Entry(EntryKind.TEXT, raw="约五件，见附件说明")}
    )
    tree = _tree(render(report, form_2021, {}))
    for table in tree.xpath("//table"):
        assert _looks(table.getparent())["overflow-x"] == "auto"
        wide = len(table.xpath("./colgroup/col")) > 6
        assert ("min-width" in _looks(table)) == wide
    broken = [cell for cell in tree.xpath("//td") if "white-space" not in _looks(cell)]
    assert [cell.text_content() for cell in broken] == ["约五件，见附件说明"]


@both
def test_on_paper_heads_repeat_and_no_row_is_split(render: Render, form_2021: Form) -> None:
    tree = _tree(render(clean_report(), form_2021, {}))
    for row in tree.xpath("//tr"):
        whole = "break-inside" in _looks(row)
        cells = [cell for cell in row if "rowspan" not in cell.attrib]
        assert whole or all("break-inside" in _looks(cell) for cell in cells)
    short = ["break-inside" in _looks(table) for table in tree.xpath("//table")]
    assert short == [True, False, True]
    assert len(tree.xpath("//table")[1].xpath("./thead/tr")) == 3


@both
def test_the_same_arguments_give_the_same_bytes(
    render: Render, zeros: AnnualReport, form_2021: Form
) -> None:
    assert render(zeros, form_2021, {}) == render(zeros, form_2021, {})


@both
def test_a_title_may_be_given_for_once(
    render: Render, zeros: AnnualReport, form_2021: Form
) -> None:
    assert _lines(_tree(render(zeros, form_2021, {}, title="年度报告")), "//h1") == ["年度报告"]
