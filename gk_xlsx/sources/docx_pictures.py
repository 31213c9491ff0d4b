"""What drawings of a Word document show: pictures with their sizes, and text boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from gk_xlsx.pictures import format_of
from gk_xlsx.published.model import Picture
from gk_xlsx.sources.docx_inline import BLIP, IMAGE, MC, TEXT_BOX, chosen
from gk_xlsx.sources.docx_package import Package, R
from gk_xlsx.sources.docx_styles import number

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_PROPERTIES = "{http://schemas.openxmlformats.org/drawingml/2006/picture}spPr"

_EMU_PER_MM = 36_000
_MM = {"pt": 25.4 / 72, "in": 25.4, "cm": 10.0, "mm": 1.0, "pc": 25.4 / 6, "px": 25.4 / 96}
_LENGTH = re.compile(r"\s*(\d{1,6}(?:\.\d+)?|\.\d+)\s*([a-z]+)\s*", re.ASCII)
_SHARE = re.compile(r"(\d{1,9}(?:\.\d+)?|\.\d+)([%f]?)", re.ASCII)
_SIDES = ("left", "top", "right", "bottom")
_TRIFLE = 0.01
"""A part of a side that may be missing; LibreOffice writes a few 100 000ths for none."""

CANNOT_READ = "格式不能读取，请在 Word 中另存为 PNG 图片后重新插入"
LINKED = "是链接的外部图片，请在 Word 中改为“嵌入”"
CUT = "裁剪或旋转过，请用“压缩图片”删去裁剪的部分后另存"
DRAWN = "是 Word 画的图表，请另存为图片后重新插入"


@dataclass(frozen=True, slots=True)
class Found:
    """A picture, and why its content is not known where it is not."""

    picture: Picture
    reason: str = ""


def shapes(element: etree._Element, package: Package) -> Iterator[Found | etree._Element]:
    """The pictures and the contents of the text boxes in a drawing, each once, in their order."""
    for child in element:
        if child.tag == TEXT_BOX:
            yield child
        elif child.tag == f"{MC}AlternateContent":
            yield from shapes(chosen(child), package)
        elif child.tag == _PICTURE:
            yield _drawn(child, package)
        elif child.tag == IMAGE:
            yield _of_vml(child, package)
        elif child.tag == f"{_MAIN}graphicData" and _is_chart(child):
            yield Found(Picture(b"", "", *_extent(child)), DRAWN)
        else:
            yield from shapes(child, package)


def _is_chart(data: etree._Element) -> bool:
    return data.get("uri", "").rpartition("/")[2] in ("chart", "chartex", "diagram")


def _drawn(picture: etree._Element, package: Package) -> Found:
    blip = next(picture.iter(BLIP), None)
    relation = "" if blip is None else blip.get(f"{R}embed", "")
    data = package.picture(relation) if relation else None
    return _found(data, _extent(picture), is_cut=_is_cut(picture))


def _of_vml(image: etree._Element, package: Package) -> Found:
    size = next((_styled(shape) for shape in image.iterancestors() if shape.get("style")), (0, 0))
    cut = any(_share(image.get(f"crop{side}", "")) > _TRIFLE for side in _SIDES)
    relation = image.get(f"{R}id", "")
    return _found(package.picture(relation) if relation else None, size, is_cut=cut)


def _found(data: bytes | None, size: tuple[float, float], *, is_cut: bool) -> Found:
    if data is None:
        return Found(Picture(b"", "", *size), LINKED)
    if format_of(data) is None:
        return Found(Picture(b"", "", *size), CANNOT_READ)
    return Found(Picture(b"" if is_cut else data, "", *size), CUT if is_cut else "")


def _is_cut(picture: etree._Element) -> bool:
    """Whether only a part of it is shown, or not upright: what is cut off is nobody's business."""
    cut = next(picture.iter(f"{_MAIN}srcRect"), None)
    frame = picture.find(f"{_PROPERTIES}/{_MAIN}xfrm")
    cropped = cut is not None and any(_share(cut.get(side[0], "")) > _TRIFLE for side in _SIDES)
    return cropped or (frame is not None and frame.get("rot", "0") != "0")


def _share(text: str) -> float:
    """A part of a side, 0 … 1: in 100 000ths, per cent, 65 536ths (`655f`) or as it is."""
    found = _SHARE.fullmatch(text.strip())
    if not found:
        return 0
    whole = {"%": 100, "f": 65_536}.get(found[2], 1 if "." in found[1] else 100_000)
    return float(found[1]) / whole


def _extent(element: etree._Element) -> tuple[float, float]:
    """Millimetres of a drawing; of a picture in a group its own."""
    frame = next(element.iterancestors(f"{_DRAWING}inline", f"{_DRAWING}anchor"), None)
    if frame is None:
        return 0, 0
    own = element.find(f"{_PROPERTIES}/{_MAIN}xfrm/{_MAIN}ext")
    is_grouped = len(list(frame.iter(_PICTURE))) > 1
    size = own if is_grouped and own is not None else frame.find(f"{_DRAWING}extent")
    return (0, 0) if size is None else (_emu(size.get("cx", "")), _emu(size.get("cy", "")))


def _emu(text: str) -> float:
    return (number(text) or 0) / _EMU_PER_MM


def _styled(shape: etree._Element) -> tuple[float, float]:
    """Millimetres of a shape of the older kind, by its style (`width:120pt;height:80pt`)."""
    pairs = (item.partition(":") for item in shape.get("style", "").lower().split(";"))
    said = {name.strip(): text for name, _, text in pairs}
    return _millimetres(said.get("width", "")), _millimetres(said.get("height", ""))


def _millimetres(text: str) -> float:
    found = _LENGTH.fullmatch(text)
    return float(found[1]) * _MM.get(found[2], 0) if found else 0
