"""WordprocessingML as nested calls, and packages whose bytes depend on nothing but their parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_NAMESPACES = {"w": W, "r": R}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can hold; stands for "no time"."""


def w(tag: str, *children: etree._Element | str, **attributes: str | int) -> etree._Element:
    """An element of the main namespace; its attributes are of the same one.

    A child that is text becomes the element's text, with its spaces kept. Python's own words take
    an underscore: `w("tab", val="right")`, `w("ind", left=0)`, `w("hint", type_="x")`.
    """
    element = etree.Element(f"{{{W}}}{tag}", nsmap=_NAMESPACES)
    for name, value in attributes.items():
        element.set(f"{{{W}}}{name.rstrip('_')}", str(value))
    for child in children:
        if isinstance(child, str):
            element.text = child
            element.set(_SPACE, "preserve")
        else:
            element.append(child)
    return element


def relationship(element: etree._Element, name: str) -> etree._Element:
    """The element, pointing at a relationship of its part."""
    element.set(f"{{{R}}}id", name)
    return element


def fragment(*elements: etree._Element) -> str:
    """Elements as they stand within a part, which declares the two namespaces once."""
    part = etree.Element("part", nsmap=_NAMESPACES)
    part.extend(elements)
    text = etree.tostring(part, encoding="unicode")
    return text[text.index(">") + 1 : text.rindex("<")]


def serialize(element: etree._Element) -> bytes:
    """A part's XML."""
    etree.cleanup_namespaces(element, top_nsmap=_NAMESPACES)
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Parts → package, in their order, without times."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.external_attr = 0o600 << 16
            package.writestr(info, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def repack(package: bytes) -> bytes:
    """The same package without times."""
    with zipfile.ZipFile(io.BytesIO(package)) as old:
        return pack({info.filename: old.read(info) for info in old.infolist()})
