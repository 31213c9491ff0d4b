"""Word documents that are bombs, are torn, or bring something along."""

from __future__ import annotations

from random import Random

from gk_xlsx.sources.docx_package import MAX_TAGS
from tests.hostile.listed import FOUND, GOOD, each, hostile
from tests.hostile.workbooks import DOCTYPE, XXE
from tests.hostile.zips import changed, members, swapped, with_members, without, word
from tests.sources.word import p, tbl, tc, tr
from tests.sources.word import word as made

MAIN = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"
KIND = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


@hostile("nested-tables.docx", FOUND)
def tables_in_tables() -> bytes:
    return made("<w:tbl><w:tr><w:tc>" * 60 + p("甲") + "</w:tc></w:tr></w:tbl>" * 60)


@hostile("nested-far-too-deep.docx", FOUND)
def far_too_deep() -> bytes:
    return made("<w:smartTag>" * 100_000 + p("甲") + "</w:smartTag>" * 100_000)


@hostile("bomb-tags.docx", FOUND)
def tags() -> bytes:
    return made("<w:p/>" * (MAX_TAGS + 1))


@hostile("bomb-paragraphs.docx", FOUND)
def as_many_paragraphs_as_are_read() -> bytes:
    return made("".join(p(f"甲{at * 7919}") for at in range(MAX_TAGS // 8)))


@hostile("bomb-cells.docx", FOUND)
def as_many_cells_as_are_read() -> bytes:
    cells = "<w:tc><w:p/></w:tc>" * 100
    return made(tbl(*[f"<w:tr>{cells}</w:tr>"] * (MAX_TAGS // 310)))


@hostile("grid-span-huge.docx", FOUND)
def spans() -> bytes:
    return made(tbl(*[tr(tc("甲", span=2**31 - 1), tc("乙", span=10**30))] * 50))


@hostile("bomb-in-one-paragraph.docx", "FI05")
def a_small_file_with_a_long_paragraph() -> bytes:
    """70 KB that unpack to 9 MB: its size says nothing of the work it makes."""
    text = p("1件" * 2_200_000).encode()
    longer = swapped(word(), MAIN, b"<w:sectPr", text + b"<w:sectPr")
    return with_members(longer, {"word/media/image1.png": Random(1).randbytes(60_000)})


@hostile("numbering-loop.docx", FOUND)
def numbering_that_refers_to_itself() -> bytes:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="1"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="1"><w:basedOn w:val="1"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = p(
        "甲", '<w:pStyle w:val="1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    )
    return made(body, numbering=numbering, styles=styles)


@hostile("styles-based-on-styles.docx", FOUND)
def styles_upon_styles() -> bytes:
    chain = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{at}"><w:basedOn w:val="s{at + 1}"/></w:style>'
        for at in range(20_000)
    )
    return made(p("甲", '<w:pStyle w:val="s0"/>'), styles=chain)


each(
    FOUND,
    {
        "entities.docx": lambda: swapped(word(), MAIN, b"<w:document", DOCTYPE + b"<w:document"),
        "xxe.docx": lambda: swapped(word(), MAIN, b"<w:document", XXE + b"<w:document"),
        "utf-16.docx": lambda: changed(word(), MAIN, lambda old: old.decode().encode("utf-16")),
        "torn.docx": lambda: changed(word(), MAIN, lambda old: old[: len(old) // 2]),
        "no-document.docx": lambda: without(word(), MAIN),
        "no-relations.docx": lambda: without(word(), "_rels/.rels"),
        "main-is-itself.docx": lambda: swapped(
            word(), "_rels/.rels", b"word/document.xml", b"_rels/.rels"
        ),
    },
)
each(
    "IN18",
    {
        "figure-turned.docx": lambda: _first_figure("<w:t>\u202e21</w:t>"),
        "figure-turned-in-pieces.docx": lambda: _first_figure(
            "<w:t>2</w:t></w:r><w:r><w:b/><w:t>\u200f1\u200f3</w:t>"
        ),
        "figure-turned-by-word.docx": lambda: _first_figure(
            '</w:r><w:bdo w:val="rtl"><w:r><w:t>21</w:t></w:r></w:bdo><w:r>'
        ),
        "figure-beside-a-file.docx": lambda: _first_figure(
            "<w:t>0</w:t></w:r></w:p><w:altChunk/><w:p><w:r>"
        ),
    },
)
each(
    "FI08",
    {
        "macro.docm": lambda: with_members(word(), {"word/vbaProject.bin": b"x"}),
        "macro-by-its-type.docx": lambda: swapped(
            word(),
            "[Content_Types].xml",
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
    },
)
each(
    GOOD,
    {
        "file-embedded.docx": lambda: swapped(
            word(), MAIN, b"<w:sectPr", b"<w:altChunk/><w:sectPr"
        ),
        "activex.docx": lambda: with_members(word(), {"word/activeX/activeX1.bin": b"x"}),
        "attached-template.docx": lambda: _with_relation(
            b"attachedTemplate", b"http://192.0.2.1/a"
        ),
        "picture-from-outside.docx": lambda: _with_relation(b"image", b"file:///etc/passwd"),
        "font-embedded.docx": lambda: with_members(word(), {"word/fonts/font1.odttf": b"x" * 9000}),
        "object-embedded.docx": lambda: with_members(
            word(), {"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 64}
        ),
    },
)


def _first_figure(new: str) -> bytes:
    """The report with something else in place of its first figure."""
    return swapped(word(), MAIN, b'<w:t xml:space="preserve">0</w:t>', new.encode())


def _with_relation(kind: bytes, target: bytes) -> bytes:
    """The report with one thing that lies outside; nothing of it is fetched."""
    assert RELATIONS in members(word())
    added = b'<Relationship Id="rIdX" Type="%s" Target="%s" TargetMode="External"/></Relationships>'
    return swapped(word(), RELATIONS, b"</Relationships>", added % (KIND + kind, target))
