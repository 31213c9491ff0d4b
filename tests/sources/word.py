"""Small Word documents written by hand: exactly the XML that a test is about."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from xml.sax.saxutils import escape

from gk_xlsx.published.model import Block, Document, Paragraph, Picture, Table
from gk_xlsx.sources.docx import read_docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def word(
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    media: Mapping[str, bytes] | None = None,
    links: Mapping[str, str] | None = None,
    title: str = "",
) -> bytes:
    """A .docx.

    Args:
        body: what stands in `w:body`.
        styles, numbering: what stands in these parts; empty for no part.
        media: relationship id to a picture's content.
        links: relationship id to a target outside the package.
        title: in the core properties.
    """
    parts = {"word/document.xml": _root("document", f"<w:body>{body}</w:body>")}
    relations = {}
    for name, content in {"styles": styles, "numbering": numbering}.items():
        if content:
            parts[f"word/{name}.xml"] = _root(name, content)
            relations[name] = (name, f"{name}.xml", "")
    for number, (key, data) in enumerate((media or {}).items(), 1):
        parts[f"word/media/image{number}.bin"] = data
        relations[key] = ("image", f"media/image{number}.bin", "")
    for key, target in (links or {}).items():
        relations[key] = ("image", target, ' TargetMode="External"')
    parts["word/_rels/document.xml.rels"] = _relations(relations)
    core = {"core": ("metadata/core-properties", "docProps/core.xml", "")} if title else {}
    parts["docProps/core.xml"] = (
        f'{_HEAD}<p:coreProperties xmlns:p="urn:p" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title>'
        "</p:coreProperties>"
    ).encode()
    main = {"main": ("officeDocument", "word/document.xml", "")}
    return packed({"_rels/.rels": _relations(main | core), **parts})


def packed(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return buffer.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _root(name: str, content: str) -> bytes:
    return f"{_HEAD}<w:{name} {_NAMESPACES}>{content}</w:{name}>".encode()


def _relations(relations: Mapping[str, tuple[str, str, str]]) -> bytes:
    each = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"{mode}/>'
        for key, (kind, target, mode) in relations.items()
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{_HEAD}<Relationships xmlns="{package}">{each}</Relationships>'.encode()


# -- pieces ----------------------------------------------------------------------------------


def p(content: str = "", properties: str = "") -> str:
    """A paragraph; text that is no XML becomes a run."""
    inner = content if content.startswith("<") or not content else r(content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    looks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{looks}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def styled(text: str, style: str) -> str:
    return p(text, f'<w:pStyle w:val="{style}"/>')


def numbered(text: str, number: int = 1, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def tr(*cells: str, properties: str = "") -> str:
    inner = "".join(cell if cell.startswith("<") else tc(cell) for cell in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inner}</w:tr>"


def tc(content: str = "", span: int = 1, merge: str = "", properties: str = "") -> str:
    """A cell; `merge` is restart or continue of a vertical one."""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    inner = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{spanned}{merged}{properties}</w:tcPr>{inner}</w:tc>"


def prompt(content: str) -> str:
    """A content control that nobody filled in."""
    properties = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
    return f"<w:sdt>{properties}<w:sdtContent>{content}</w:sdtContent></w:sdt>"


def picture(key: str, width_mm: float = 100, height_mm: float = 50, inside: str = "") -> str:
    """A run with a picture in the line; `inside` goes into the picture's filling."""
    size = f'cx="{round(width_mm * 36000)}" cy="{round(height_mm * 36000)}"'
    return (
        f"<w:r><w:drawing><wp:inline><wp:extent {size}/><a:graphic><a:graphicData><pic:pic>"
        f'<pic:blipFill><a:blip r:embed="{key}"/>{inside}</pic:blipFill>'
        f"<pic:spPr><a:xfrm><a:ext {size}/></a:xfrm></pic:spPr>"
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def text_box(content: str) -> str:
    """A run with a text box as Word writes it: once for today's programs, once for old ones."""
    box = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic>"
        f"<a:graphicData><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def png(width: int = 40, height: int = 20, per_inch: float = 0) -> bytes:
    """A grey picture."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)

    per_metre = round(per_inch / 0.0254)
    density = chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)) if per_inch else b""
    rows = (b"\0" + b"\xc0" * width) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + density
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


# -- what is read ----------------------------------------------------------------------------


def read(body: str, *, styles: str = "", numbering: str = "") -> Document:
    return read_docx(word(body, styles=styles, numbering=numbering))


def shown(document: Document) -> list[str]:
    """Each block in a word: a paragraph's text, a table's place, a picture's caption."""
    return [_shown(block) for block in document.blocks]


def _shown(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.text
    return block.place if isinstance(block, Table) else f"图：{block.caption}"


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def pictures(document: Document) -> list[Picture]:
    return [block for block in document.blocks if isinstance(block, Picture)]


def paragraphs(document: Document) -> list[Paragraph]:
    return [block for block in document.blocks if isinstance(block, Paragraph)]
