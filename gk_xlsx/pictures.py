"""Pictures as files: what they are, how large, and whether they are whole; none is decoded."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from gk_xlsx.errors import GkXlsxError

MAX_BYTES = 20 * 2**20
MAX_SIDE = 20_000
"""Limits of a picture (bytes, pixels), far above what a page can show."""

SCREEN = 96.0
"""Pixels per inch of a picture that does not say."""

_INCH_MM = 25.4


class Format(StrEnum):
    """What Word, browsers and PDF can all show."""

    PNG = "png"
    JPEG = "jpeg"
    GIF = "gif"
    BMP = "bmp"


class PictureError(GkXlsxError):
    """A file is no picture that can be printed; the message says why, without naming the file."""


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture that can be printed.

    Attributes:
        width_px, height_px: its pixels.
        width_mm, height_mm: its natural size on paper.
    """

    data: bytes
    format: Format
    width_px: int
    height_px: int
    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class _Extent:
    """Pixels, and pixels per inch; 0 where the file does not say."""

    width: int
    height: int
    across: float = 0
    down: float = 0


def read_picture(data: bytes) -> PictureFile:
    """What a file shows, told by its content.

    Raises:
        PictureError: if it is no PNG, JPEG, GIF or BMP, is cut off or too large.
    """
    if len(data) > MAX_BYTES:
        raise PictureError(f"图片超过 {MAX_BYTES // 2**20} MB，请压缩后再用")
    kind = format_of(data)
    if kind is None:
        raise PictureError("不是 PNG、JPEG、GIF 或 BMP 图片，请另存为 PNG 后再用")
    try:
        extent = _EXTENTS[kind](data)
    except (struct.error, IndexError):
        extent = None
    if extent is None or extent.width < 1 or extent.height < 1:
        raise PictureError("图片不完整，打不开，请换一份")
    if max(extent.width, extent.height) > MAX_SIDE:
        raise PictureError(f"图片的边长超过 {MAX_SIDE} 像素，请缩小后再用")
    return PictureFile(
        data,
        kind,
        extent.width,
        extent.height,
        extent.width / _density(extent.across) * _INCH_MM,
        extent.height / _density(extent.down) * _INCH_MM,
    )


def format_of(data: bytes) -> Format | None:
    """The format that a file's first bytes tell; None for any other."""
    return next((kind for begin, kind in _BEGINNINGS.items() if data.startswith(begin)), None)


def _density(per_inch: float) -> float:
    return per_inch if per_inch >= 1 else SCREEN


def _png(data: bytes) -> _Extent | None:
    """Source: PNG specification, 5.2 (signature), 5.3 (chunks), 11.2 (IHDR), 11.3.4.3 (pHYs)."""
    width, height, across, down = 0, 0, 0.0, 0.0
    for name, at in _png_chunks(data):
        if name == b"IHDR":
            width, height = struct.unpack_from(">II", data, at)
        elif name == b"pHYs":
            x, y, metres = struct.unpack_from(">IIB", data, at)
            across, down = (x * _INCH_MM / 1000, y * _INCH_MM / 1000) if metres else (0, 0)
        elif name == b"IEND":
            return _Extent(width, height, across, down)
    return None


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, int]]:
    """Each chunk's name and where its content begins."""
    at = 8
    while at + 8 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        yield data[at + 4 : at + 8], at + 8
        at += length + 12


def _jpeg(data: bytes) -> _Extent | None:
    """Source: ITU-T T.81, annex B (segments); JFIF 1.02 (density in APP0)."""
    across, down = 0.0, 0.0
    for mark, at in _jpeg_segments(data):
        if mark == 0xE0 and data[at : at + 5] == b"JFIF\0":
            unit, x, y = struct.unpack_from(">BHH", data, at + 7)
            per_inch = {1: 1.0, 2: _INCH_MM / 10}.get(unit, 0.0)
            across, down = x * per_inch, y * per_inch
        elif 0xC0 <= mark <= 0xCF and mark not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, at + 1)
            return _Extent(width, height, across, down) if b"\xff\xd9" in data[at:] else None
    return None


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int]]:
    """Each segment's mark and where its content begins, up to the picture itself."""
    at = 2
    while data[at] == 0xFF:
        mark = data[at + 1]
        if mark == 0xFF:
            at += 1
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        yield mark, at + 4
        at += length + 2


def _gif(data: bytes) -> _Extent | None:
    """Source: GIF89a, 18 (logical screen), 27 (trailer)."""
    width, height = struct.unpack_from("<HH", data, 6)
    return _Extent(width, height) if b";" in data[13:] else None


def _bmp(data: bytes) -> _Extent | None:
    """Source: Microsoft, BITMAPFILEHEADER, BITMAPCOREHEADER and BITMAPINFOHEADER."""
    pixels, header = struct.unpack_from("<II", data, 10)
    if pixels >= len(data):
        return None
    if header == 12:
        return _Extent(*struct.unpack_from("<HH", data, 18))
    width, height = struct.unpack_from("<ii", data, 18)
    x, y = struct.unpack_from("<ii", data, 38)
    return _Extent(width, abs(height), x * _INCH_MM / 1000, y * _INCH_MM / 1000)


_BEGINNINGS = {
    b"\x89PNG\r\n\x1a\n": Format.PNG,
    b"\xff\xd8\xff": Format.JPEG,
    b"GIF87a": Format.GIF,
    b"GIF89a": Format.GIF,
    b"BM": Format.BMP,
}
_EXTENTS = {Format.PNG: _png, Format.JPEG: _jpeg, Format.GIF: _gif, Format.BMP: _bmp}
