"""Pictures of Word documents: content, size, caption, and why one cannot be had."""

from __future__ import annotations

import pytest

from gk_xlsx.published.model import Document, Picture
from gk_xlsx.sources.docx import read_docx
from tests.sources.word import (
    p,
    packed,
    picture,
    pictures,
    png,
    r,
    shown,
    styled,
    tbl,
    tc,
    tr,
    unpacked,
    word,
)

PNG = png()
EMF = b"\x01\0\0\0l\0\0\0"


def read(body: str, media: bytes = PNG, styles: str = "") -> Document:
    return read_docx(word(body, media={"a": media}, styles=styles))


def one(body: str, media: bytes = PNG) -> Picture:
    (found,) = pictures(read(body, media))
    return found


def test_a_picture_comes_with_its_size_and_place() -> None:
    found = one(p("前") + p(picture("a", 120.5, 60)))
    assert found.data == PNG
    assert (round(found.width_mm, 2), found.height_mm) == (120.5, 60)
    assert found.place == "第2段"


@pytest.mark.parametrize(
    "line",
    [
        p("图1 2021年办理情况"),
        p("图 1-2　办理情况"),
        p("图三：办理情况"),
        p("图5"),
        styled("办理情况示意", "c"),
    ],
)
def test_the_line_below_a_picture_is_its_caption(line: str) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="caption"/></w:style>'
    document = read(p(picture("a")) + p() + line + p("下文"), styles=styles)
    assert len(document.blocks) == 2
    assert pictures(document)[0].caption


@pytest.mark.parametrize("line", ["图书馆全年开放。", "图1所示为" + "全年情况" * 20, "如图1"])
def test_a_paragraph_below_a_picture_is_no_caption(line: str) -> None:
    assert shown(read(p(picture("a")) + p(line))) == ["图：", line]


def test_a_caption_in_the_pictures_own_paragraph_is_one() -> None:
    body = p(picture("a") + "<w:r><w:br/></w:r>" + r("图1 办理情况"))
    assert shown(read(body)) == ["图：图1 办理情况"]


def test_one_caption_belongs_to_the_nearest_picture() -> None:
    body = p(picture("a")) + p(picture("a")) + p("图1 甲") + p("图2 乙")
    assert shown(read(body)) == ["图：", "图：图1 甲", "图2 乙"]


def test_a_picture_of_the_older_kind() -> None:
    body = p(
        '<w:r><w:pict><v:shape style="position:absolute;width:72pt;height:2cm">'
        '<v:imagedata r:id="a" o:title=""/></v:shape></w:pict></w:r>'
    )
    found = one(body)
    assert (found.data, round(found.width_mm, 1), found.height_mm) == (PNG, 25.4, 20)


def test_a_picture_written_twice_for_old_programs_comes_once() -> None:
    old = '<w:pict><v:shape><v:imagedata r:id="a"/></v:shape></w:pict>'
    new = picture("a").removeprefix("<w:r>").removesuffix("</w:r>")
    body = p(
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wpg'>{new}</mc:Choice>"
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert len(pictures(read(body))) == 1


def test_a_picture_that_only_the_older_branch_shows_is_taken_from_it() -> None:
    old = '<w:pict><v:shape><v:imagedata r:id="a"/></v:shape></w:pict>'
    body = p(
        "<w:r><mc:AlternateContent><mc:Choice Requires='cx'><w:drawing/></mc:Choice>"
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert one(body).data == PNG


def test_pictures_in_a_table_stand_behind_it() -> None:
    document = read(tbl(tr(tc(p(picture("a"))), "图1")))
    assert shown(document) == ["第1个表格", "图："]
    assert pictures(document)[0].place == "第1个表格"


def test_a_table_of_pictures_alone_is_only_pictures() -> None:
    assert shown(read(tbl(tr(tc(p(picture("a"))), tc(p(picture("a"))))))) == ["图：", "图："]


@pytest.mark.parametrize(
    ("body", "media", "said"),
    [
        (p(picture("a")), EMF, "第1段的图片格式不能读取，请在 Word 中另存为 PNG"),
        (p(picture("b")), PNG, "第1段的图片是链接的外部图片"),
        (p(picture("a", inside='<a:srcRect l="20000"/>')), PNG, "第1段的图片裁剪或旋转过"),
        (
            p(picture("a").replace("<a:xfrm>", '<a:xfrm rot="5400000">')),
            PNG,
            "第1段的图片裁剪或旋转过",
        ),
        (
            p(
                '<w:r><w:pict><v:shape><v:imagedata r:id="a" cropright="6553f"/></v:shape>'
                "</w:pict></w:r>"
            ),
            PNG,
            "第1段的图片裁剪或旋转过",
        ),
        (
            p(
                '<w:r><w:drawing><wp:inline><wp:extent cx="360000" cy="360000"/><a:graphic>'
                '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/>'
                "</a:graphic></wp:inline></w:drawing></w:r>"
            ),
            PNG,
            "第1段的图片是 Word 画的图表",
        ),
    ],
)
def test_of_a_picture_that_cannot_be_had_place_and_reason_are_known(
    body: str, media: bytes, said: str
) -> None:
    document = read(body, media)
    (found,) = pictures(document)
    assert found.data == b""
    assert document.remarks[0].startswith(said)


def test_a_trifle_cut_off_is_nothing() -> None:
    assert one(p(picture("a", inside='<a:srcRect l="-12" t="300"/>'))).data == PNG


def test_nothing_outside_the_package_is_read() -> None:
    body = p(picture("x")) + p(picture("y"))
    links = {"x": "file:///etc/passwd", "y": "http://127.0.0.1:9/a.png"}
    document = read_docx(word(body, links=links))
    assert [item.data for item in pictures(document)] == [b"", b""]


def test_a_target_above_the_package_is_none() -> None:
    data = word(p(picture("a")), media={"a": PNG})
    moved = unpacked(data)["word/_rels/document.xml.rels"].replace(b"media/", b"../../etc/")
    document = read_docx(packed(unpacked(data) | {"word/_rels/document.xml.rels": moved}))
    assert pictures(document)[0].data == b""
