"""PDF files drawn character by character, as programs that print write them; no program needed."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595.0, 842.0
"""Of a page in A4, in points."""

FONTS = {"song": "STSong-Light", "hei": "STHeiti-Regular"}
"""Chinese fonts that need not be in the file; ASCII is half as wide as the size."""


def width(text: str, size: float) -> float:
    """How wide a text is in these fonts (points)."""
    return sum(size / 2 if sign.isascii() else size for sign in text)


@dataclass
class Page:
    """A page; coordinates are points from its top left corner.

    Attributes:
        turned: quarters by which viewers turn it clockwise (`/Rotate`).
        matrix: PDF operators in front of everything.
    """

    drawn: list[str] = field(default_factory=list)
    turned: int = 0
    matrix: str = ""
    image: bytes = b""

    def text(self, x: float, top: float, text: str, size: float = 16, font: str = "song") -> None:
        """A text by the left end and the top of its line."""
        self._show(f"1 0 0 1 {x:.2f} {HEIGHT - top - 0.88 * size:.2f} Tm", text, size, font)

    def askew(self, x: float, top: float, text: str, size: float = 40) -> None:
        """A text turned by 45 degrees, as watermarks are."""
        self._show(f".7 .7 -.7 .7 {x:.2f} {HEIGHT - top:.2f} Tm", text, size, "song")

    def _show(self, place: str, text: str, size: float, font: str) -> None:
        code = text.encode("utf-16-be").hex()
        self.drawn.append(f"BT /{font} {size} Tf {place} <{code}> Tj ET")

    def hidden(self, x: float, top: float, text: str) -> None:
        """A text that is there but not seen, as programs put it over a scan."""
        self.drawn.append("3 Tr")
        self.text(x, top, text)
        self.drawn.append("0 Tr")

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A black line."""
        self.drawn.append(f"{x0:.2f} {HEIGHT - y0:.2f} m {x1:.2f} {HEIGHT - y1:.2f} l S")

    def box(self, x0: float, y0: float, x1: float, y1: float, paint: str = "S") -> None:
        """A rectangle, drawn (S) or filled (`1 1 1 rg f`)."""
        *colour, way = paint.split(" ")
        shape = f"{x0:.2f} {HEIGHT - y1:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re {way}"
        self.drawn.append(f"q {' '.join(colour)} {shape} Q")

    def picture(self, data: bytes, x0: float, y0: float, x1: float, y1: float) -> None:
        """A picture; `data` is JPEG with one byte for each of its 8 × 8 dots' colours."""
        self.image = data
        place = f"{x1 - x0:.2f} 0 0 {y1 - y0:.2f} {x0:.2f} {HEIGHT - y1:.2f} cm"
        self.drawn.append(f"q {place} /Im Do Q")


def pdf(pages: Sequence[Page], title: str = "", *, unmapped: bool = False) -> bytes:
    """The pages as a file.

    Args:
        unmapped: whether the fonts do not tell which characters their shapes are.
    """
    objects: list[bytes] = [b"", b"", b"", *_fonts(unmapped=unmapped)]
    fonts = " ".join(f"/{name} {4 + 3 * at} 0 R" for at, name in enumerate(FONTS))
    kids = []
    for page in pages:
        image = ""
        if page.image:
            objects.append(_stream(page.image, _IMAGE))
            image = f"/XObject<</Im {len(objects)} 0 R>>"
        content = zlib.compress("\n".join([page.matrix, *page.drawn]).encode())
        objects.append(_stream(content, "/Filter/FlateDecode"))
        box = f"/MediaBox[0 0 {WIDTH:.0f} {HEIGHT:.0f}]/Rotate {90 * page.turned}"
        objects.append(
            f"<</Type/Page/Parent 2 0 R{box}/Contents {len(objects)} 0 R"
            f"/Resources<</Font<<{fonts}>>{image}>>>>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>".encode()
    objects[2] = f"<</Title<FEFF{title.encode('utf-16-be').hex()}>>>".encode()
    return _file(objects)


_IMAGE = (
    "/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray"
    "/BitsPerComponent 8/Filter/DCTDecode"
)


def _fonts(*, unmapped: bool) -> list[bytes]:
    encoding, order = ("Identity-H", "Identity") if unmapped else ("UniGB-UCS2-H", "GB1")
    system = f"/CIDSystemInfo<</Registry(Adobe)/Ordering({order})/Supplement 0>>"
    objects = []
    for at, name in enumerate(FONTS.values()):
        first = 4 + 3 * at
        kind = f"/BaseFont/{name}/Encoding/{encoding}/DescendantFonts[{first + 1} 0 R]"
        widths = f"/DW 1000/W[1 95 500]/FontDescriptor {first + 2} 0 R"
        shape = "/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880/Descent -120"
        objects += [
            f"<</Type/Font/Subtype/Type0{kind}>>",
            f"<</Type/Font/Subtype/CIDFontType0/BaseFont/{name}{system}{widths}>>",
            f"<</Type/FontDescriptor/FontName/{name}/Flags 6{shape}/CapHeight 880/StemV 80>>",
        ]
    return [item.encode() for item in objects]


def _stream(data: bytes, more: str) -> bytes:
    return f"<<{more}/Length {len(data)}>>stream\n".encode() + data + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer<</Root 1 0 R/Info 3 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n"
    return body + head + table + tail % (len(objects) + 1, len(body))
