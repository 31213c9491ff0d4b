"""Word documents that are damaged, hostile or huge: refused in Chinese, or read; never a crash."""

from __future__ import annotations

import io
import time
from contextlib import suppress
from functools import cache

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gk_xlsx.errors import UnreadableError
from gk_xlsx.sources import docx_package
from gk_xlsx.sources.docx import read_docx
from tests.sources import files
from tests.sources.word import (
    numbered,
    p,
    packed,
    picture,
    png,
    r,
    read,
    shown,
    tbl,
    tc,
    text_box,
    tr,
    unpacked,
    word,
)

MAIN = "word/document.xml"


@cache
def ordinary() -> bytes:
    """A document that uses most of what is read."""
    body = (
        p("一、总体情况", '<w:outlineLvl w:val="0"/>')
        + numbered("甲")
        + p(r("乙") + text_box(p("框")) + picture("a"))
        + p("图1 丙")
        + tbl(tr(tc("丁", span=2, merge="restart"), "1"), tr(tc(span=2, merge="continue"), "2"))
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    styles = '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    return word(body, numbering=numbering, styles=styles, media={"a": png()}, title="题")


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        read_docx(data)
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "已损坏"),
        (b"PK\x03\x04 and no more", "已损坏"),
        (ordinary()[:200], "已损坏"),
        (files.archive("word/document.xml"), "不是 Word 文档"),
        (files.workbook(), "不是 Word 文档"),
        (packed(unpacked(ordinary()) | {MAIN: b"<w:document"}), "word/document.xml 部分已损坏"),
        (packed(unpacked(ordinary()) | {MAIN: b"<document/>"}), "没有正文"),
        (packed(unpacked(ordinary()) | {"word/styles.xml": b"?"}), "word/styles.xml 部分已损坏"),
        (files.locked_archive(), "不是 Word 文档"),
    ],
)
def test_what_is_no_whole_word_document_is_refused(data: bytes, said: str) -> None:
    assert said in refused(data)


@pytest.mark.parametrize(
    "before",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_entities_are_refused(before: bytes) -> None:
    main = unpacked(ordinary())[MAIN]
    head, declaration, rest = main.partition(b"?>\n")
    changed = head + declaration + before + rest
    assert "已损坏" in refused(packed(unpacked(ordinary()) | {MAIN: changed}))


def test_other_encodings_than_utf_8_are_refused() -> None:
    main = unpacked(ordinary())[MAIN].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    assert "已损坏" in refused(packed(unpacked(ordinary()) | {MAIN: main.encode("utf-16")}))


def test_the_strict_variant_is_read() -> None:
    strict = {
        name: content.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        .replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        .replace(
            b"http://schemas.openxmlformats.org/drawingml/2006",
            b"http://purl.oclc.org/ooxml/drawingml",
        )
        for name, content in unpacked(ordinary()).items()
    }
    assert read_docx(packed(strict)) == read_docx(ordinary())


def test_a_part_beyond_the_limits_is_refused_quickly() -> None:
    started = time.process_time()
    many = "<w:p/>" * docx_package.MAX_TAGS
    assert "异常庞大" in refused(word(many))
    large = p("甲" * docx_package.MAX_PART)
    assert "异常庞大" in refused(word(large))
    assert time.process_time() - started < 5


def test_text_that_is_far_too_deep_is_refused() -> None:
    deep = "<w:customXml>" * 500 + p("甲") + "</w:customXml>" * 500
    assert "已损坏" in refused(word(deep))


def test_tables_within_tables_are_read_to_the_bottom() -> None:
    body = p("甲")
    for _ in range(60):
        body = tbl(tr(tc(body + p()), "1"))
    assert len(shown(read(body))) == 60


def test_many_fields_and_runs_take_time_in_proportion() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="separate"/>'
        '</w:r><w:r><w:t>甲</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    started = time.process_time()
    assert read(p(field * 20_000)).blocks
    assert read(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 100_000 + r("甲"))).blocks
    assert read("".join(p("甲") for _ in range(50_000))).blocks
    assert time.process_time() - started < 20


@settings(deadline=None)
@given(st.data())
def test_whatever_is_broken_in_it_the_document_is_read_or_refused(data: st.DataObject) -> None:
    parts = unpacked(ordinary())
    name = data.draw(st.sampled_from(sorted(parts)))
    content = bytearray(parts[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        length = data.draw(st.integers(0, 12))
        content[at : at + length] = data.draw(st.binary(max_size=6))
    with suppress(UnreadableError):
        assert read_docx(packed(parts | {name: bytes(content)})).kind == "Word 文档"


VALUES = st.sampled_from(["", "-1", "0", "1", "99999999999", "x", "1.5", "true", "continue", "一"])


@settings(deadline=None)
@given(st.data())
def test_whatever_a_property_says_the_document_is_read(data: st.DataObject) -> None:
    parts = unpacked(ordinary())
    name = data.draw(st.sampled_from([MAIN, "word/numbering.xml", "word/styles.xml"]))
    pieces = parts[name].decode().split('"')
    places = [at for at in range(1, len(pieces), 2) if len(pieces[at]) < 24]
    for _ in range(data.draw(st.integers(1, 3))):
        pieces[data.draw(st.sampled_from(places))] = data.draw(VALUES)
    changed = '"'.join(pieces).encode()
    with suppress(UnreadableError):
        assert read_docx(packed(parts | {name: changed})).kind == "Word 文档"


def test_what_python_docx_writes_is_read() -> None:
    document = docx.Document()
    document.add_heading("一、总体情况", 1)
    document.add_paragraph("登记", style="List Bullet")
    document.add_paragraph("答复", style="List Number")
    buffer = io.BytesIO()
    document.save(buffer)
    assert shown(read_docx(buffer.getvalue())) == ["一、总体情况", "登记", "1.答复"]
