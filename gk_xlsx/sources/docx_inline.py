"""The text of a paragraph as Word shows it: results of fields, accepted changes, no hidden text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from gk_xlsx.markdown import Run, whole
from gk_xlsx.sources.docx_package import W
from gk_xlsx.sources.docx_styles import Style, Styles, raised, struck, switch, value

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
TEXT_BOX = f"{W}txbxContent"

CHANGES = "文档里有修订：按接受全部修订后的内容读取，删去的文字不计"

_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x2060, 0xFEFF])
_WHITE = " \t\r\n"
_THROUGH = frozenset(
    W + name for name in ("hyperlink", "smartTag", "customXml", "fldSimple", "rubyBase")
)
"""Elements around runs that change nothing of their text."""
_TURNED = {f"{W}dir": "\u202b", f"{W}bdo": "\u202e"}
"""Elements that turn the direction of the text in them, as the sign does that is put before it."""
_DROPPED = frozenset(W + name for name in ("del", "moveFrom"))
_KEPT_CHANGES = frozenset(W + name for name in ("ins", "moveTo"))
_SHAPES = frozenset(W + name for name in ("drawing", "pict", "object"))
_LOOKS = frozenset(W + name for name in ("rStyle", "b", "vanish", "vertAlign", "strike", "dstrike"))
"""What run properties say that counts here; without any of it a run looks as its paragraph."""
_PAGE_BREAKS = frozenset({"page", "column"})


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawing, picture or text box at its place in the text."""

    element: etree._Element


Piece = Run | Shape


class Inline:
    """Reads paragraphs in their order: a field may begin in one and end in another.

    Attributes:
        remarks: what was left out, in Chinese.
    """

    def __init__(self, document: etree._Element, styles: Styles) -> None:
        self.remarks: dict[str, None] = {}
        self._styles = styles
        self._whole_fields = _whole_fields(document)
        self._in_results: list[bool] = []

    def pieces(self, paragraph: etree._Element, style: Style) -> Iterator[Piece]:
        """The runs and shapes of a paragraph of a style, neighbours of one look joined."""
        for shown, group in groupby(self._children(paragraph, style), _look):
            if shown is None:
                yield from group
            else:
                texts = (piece.text for piece in group if isinstance(piece, Run))
                yield Run(whole("".join(texts)).translate(_INVISIBLE), bold=shown)

    def _children(self, element: etree._Element, style: Style) -> Iterator[Piece]:
        for child in element:
            tag = child.tag
            if tag == f"{W}r":
                yield from self._run(child, style)
            elif tag in _THROUGH:
                yield from self._children(child, style)
            elif tag in _TURNED:
                yield Run(_TURNED[tag])
                yield from self._children(child, style)
            elif tag in _KEPT_CHANGES:
                self.remarks[CHANGES] = None
                yield from self._children(child, style)
            elif tag in _DROPPED:
                self.remarks[CHANGES] = None
            elif tag == f"{W}sdt":
                yield from self._children(content_of(child), style)
            elif tag == f"{MC}AlternateContent":
                yield from self._children(chosen(child), style)
            elif tag.startswith(MATH):
                yield from _formula(child)

    def _run(self, run: etree._Element, paragraph: Style) -> Iterator[Piece]:
        look = self._look(run.find(f"{W}rPr"), paragraph)
        for piece in self._contents(run, paragraph):
            shown = not look.hidden and all(self._in_results)
            if isinstance(piece, Shape):
                yield from [piece] if shown else []
            elif shown and piece.text:
                yield Run(_marked(piece.text, look), bold=bool(look.bold))

    def _contents(self, run: etree._Element, style: Style) -> Iterator[Piece]:
        """What stands in a run, its looks left aside."""
        for child in run:
            tag = child.tag
            if tag == f"{W}t":
                yield Run(_text(child))
            elif tag in _SHAPES:
                yield Shape(child)
            elif tag == f"{W}fldChar":
                self._step(child)
            elif tag in _SIGNS:
                yield Run(_SIGNS[tag](child))
            elif tag == f"{MC}AlternateContent":
                yield from self._contents(chosen(child), style)
            elif tag == f"{W}ruby":
                base = child.find(f"{W}rubyBase")
                yield from () if base is None else self._children(base, style)

    def _step(self, mark: etree._Element) -> None:
        """Follow a field: only its result is shown. One without an end is none."""
        if mark not in self._whole_fields:
            return
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            self._in_results.append(False)
        elif kind == "separate" and self._in_results:
            self._in_results[-1] = True
        elif kind == "end" and self._in_results:
            self._in_results.pop()

    def _look(self, own: etree._Element | None, paragraph: Style) -> Style:
        """How a run looks: as it says itself, or its style, or its paragraph's."""
        if own is None or not any(child.tag in _LOOKS for child in own):
            return paragraph
        style = self._styles.character(value(own, "rStyle"))
        return Style(
            bold=_first(switch(own, "b"), style.bold, paragraph.bold),
            hidden=_first(switch(own, "vanish"), style.hidden, paragraph.hidden),
            raised=_first(raised(own), style.raised, paragraph.raised),
            struck=_first(struck(own), style.struck, paragraph.struck),
        )


def chosen(alternatives: etree._Element) -> etree._Element:
    """The branch that shows something that can be read: the first one, or else the fallback."""
    branches = [*alternatives.iterfind(f"{MC}Choice"), *alternatives.iterfind(f"{MC}Fallback")]
    readable = (branch for branch in branches if _shows(branch))
    return next(readable, branches[0] if branches else alternatives)


def content_of(control: etree._Element) -> etree._Element:
    """What stands in a content control; nothing where it only prompts for it."""
    content = control.find(f"{W}sdtContent")
    prompts = switch(control.find(f"{W}sdtPr"), "showingPlcHdr")
    return etree.Element("nothing") if content is None or prompts else content


def _shows(branch: etree._Element) -> bool:
    return next(branch.iter(TEXT_BOX, BLIP, IMAGE, f"{W}t"), None) is not None


def _whole_fields(document: etree._Element) -> frozenset[etree._Element]:
    """The marks of fields that have both beginning and end."""
    whole: list[etree._Element] = []
    open_fields: list[list[etree._Element]] = []
    for mark in document.iter(f"{W}fldChar"):
        kind = mark.get(f"{W}fldCharType")
        if next(mark.iterancestors(*_DROPPED), None) is not None:
            continue
        if kind == "begin":
            open_fields.append([mark])
        elif open_fields:
            open_fields[-1].append(mark)
            whole += open_fields.pop() if kind == "end" else []
    return frozenset(whole)


def _look(piece: Piece) -> bool | None:
    """Whether a run is bold; None for a shape."""
    return piece.bold if isinstance(piece, Run) else None


def _first(*given: bool | None) -> bool:
    return bool(next((item for item in given if item is not None), False))


def _marked(text: str, look: Style) -> str:
    """Text with signs around it where it is no plain part of what it stands in."""
    if not text.strip(_WHITE):
        return text
    if look.raised:
        text = f"[{text}]"
    return f"~~{text}~~" if look.struck else text


def _text(element: etree._Element) -> str:
    text = element.text or ""
    kept = element.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
    return text if kept else text.strip(_WHITE)


def _break(element: etree._Element) -> str:
    return "" if element.get(f"{W}type") in _PAGE_BREAKS else "\n"


def _symbol(element: etree._Element) -> str:
    """A sign of a font of signs: the character it has there, which is no digit."""
    code = element.get(f"{W}char", "")
    try:
        return chr(int(code, 16) | 0xF000)
    except (ValueError, OverflowError):
        return ""


def _formula(element: etree._Element) -> Iterator[Run]:
    text = "".join(item.text or "" for item in element.iter(f"{MATH}t"))
    if text:
        yield Run(text)


def _sign(sign: str) -> Callable[[etree._Element], str]:
    return lambda _element: sign


_SIGNS: Mapping[str, Callable[[etree._Element], str]] = {
    f"{W}tab": _sign("\t"),
    f"{W}ptab": _sign("\t"),
    f"{W}br": _break,
    f"{W}cr": _sign("\n"),
    f"{W}noBreakHyphen": _sign("-"),
    f"{W}sym": _symbol,
}


def text_of(pieces: Iterable[Piece]) -> str:
    """What the runs say."""
    return "".join(piece.text for piece in pieces if isinstance(piece, Run))
