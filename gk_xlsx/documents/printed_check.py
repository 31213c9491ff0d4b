"""Whether a PDF holds all that its Word document says.

LibreOffice loses a character now and then (version 7.4: a full stop at the end of a justified
line whose letters stand closer), or leaves a page empty, and says nothing of it.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec

from lxml import etree

from gk_xlsx.documents.wordxml import W, pack
from gk_xlsx.errors import GkXlsxError

MISSING = (
    "生成 PDF 后要逐字核对，需要另外安装组件，请运行 pip install 'gk-xlsx[pdf]'；"
    "或先生成 .docx，用 WPS 或 Word 打开后另存为 PDF。"
)

_DOCUMENT = "word/document.xml"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-"})
"""What PDFium gives for a hyphen at the end of a line."""
_MOST_LOST = 0.1
"""A PDF that lacks so much of the text is another document, or an empty one."""
_FONT = re.compile(rb"/BaseFont\s*/(?:[A-Z]{6}\+)?([^\s/<>\[\]()]+)")
_FANGSONG = re.compile(rb"fang|fzfs|#b7#c2", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a PDF.

    Attributes:
        whole: whether it is one, with at least a page and the document's first words.
        lost: characters that the document has more of, once each.
        text: all it says, without white space.
    """

    whole: bool
    lost: str = ""
    text: str = ""


def need_libraries() -> None:
    """Make sure that PDF files can be checked.

    Raises:
        GkXlsxError: if the libraries for it are not installed.
    """
    if find_spec("pypdfium2") is None:
        raise GkXlsxError(MISSING)


def check(pdf: bytes, document: bytes) -> Checked:
    """Compare a PDF with the Word document it was made from."""
    found = _pdf_text(pdf)
    if found is None:
        return Checked(whole=False)
    paragraphs = [_bare("".join(_texts(item))) for item in _paragraphs(document)]
    first = next(filter(None, paragraphs), "")
    said = Counter("".join(paragraphs))
    lost = said - Counter(found)
    whole = first in found and lost.total() <= _MOST_LOST * said.total()
    return Checked(whole, "".join(sorted(lost)), found)


def with_loose_ends(document: bytes, text: str) -> bytes:
    """The Word document with those paragraphs unjustified that a PDF's text does not hold.

    What LibreOffice loses, it loses where it justifies a line. Tables stay as they are.
    """
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        parts = {info.filename: package.read(info) for info in package.infolist()}
    root = _parsed(parts[_DOCUMENT])
    body = root.find(f"{{{W}}}body")
    for paragraph in [] if body is None else body.findall(f"{{{W}}}p"):
        own = _bare("".join(_texts(paragraph)))
        if own and own not in text:
            _unjustify(paragraph)
    written = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return pack({**parts, _DOCUMENT: written})


def has_official_fonts(pdf: bytes) -> bool:
    """Whether a PDF is set in a 仿宋, as official papers are; else the machine has none."""
    return any(_FANGSONG.search(name) for name in _FONT.findall(pdf))


def _pdf_text(pdf: bytes) -> str | None:
    """All that a PDF says, None if it is none or has no page."""
    from pypdfium2 import PdfDocument, PdfiumError

    if not pdf.startswith(b"%PDF"):
        return None
    try:
        document = PdfDocument(pdf)
        texts = [page.get_textpage().get_text_bounded() for page in document]
        document.close()
    except PdfiumError:
        return None
    return _bare("".join(texts)) if texts else None


def _bare(text: str) -> str:
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text.translate(_HYPHENS)))


def _paragraphs(document: bytes) -> Iterator[etree._Element]:
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        root = _parsed(package.read(_DOCUMENT))
    yield from root.iter(f"{{{W}}}p")


def _parsed(part: bytes) -> etree._Element:
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))


def _texts(paragraph: etree._Element) -> Iterator[str]:
    """The text of a paragraph, not that of its stand-ins for other programs."""
    for text in paragraph.iter(f"{{{W}}}t"):
        inner = next(text.iterancestors(f"{{{W}}}p"), None)
        if inner is paragraph and next(text.iterancestors(_FALLBACK), None) is None:
            yield text.text or ""


def _unjustify(paragraph: etree._Element) -> None:
    properties = paragraph.find(f"{{{W}}}pPr")
    if properties is None:
        properties = etree.Element(f"{{{W}}}pPr")
        paragraph.insert(0, properties)
    for old in properties.findall(f"{{{W}}}jc"):
        properties.remove(old)
    aligned = etree.SubElement(properties, f"{{{W}}}jc")
    aligned.set(f"{{{W}}}val", "left")
