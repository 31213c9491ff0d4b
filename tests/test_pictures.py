"""Pictures told by their content: format, size on paper, whole or not."""

from __future__ import annotations

import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_xlsx import pictures
from gk_xlsx.pictures import Format, PictureError, format_of, read_picture
from tests.sources.word import png

INCH = 25.4


def jpeg(width: int, height: int, unit: int = 1, density: int = 300) -> bytes:
    jfif = b"JFIF\0\x01\x02" + struct.pack(">BHH", unit, density, density) + b"\0\0"
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\0"
    segments = [(0xE0, jfif), (0xFE, b"comment"), (0xC0, frame), (0xDA, b"\0")]
    made = b"".join(
        b"\xff" + bytes([mark]) + struct.pack(">H", len(content) + 2) + content
        for mark, content in segments
    )
    return b"\xff\xd8" + made + b"\x12\x34" + b"\xff\xd9"


def gif(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\0\0\0,;"


def bmp(width: int, height: int, per_metre: int = 0) -> bytes:
    header = struct.pack("<IiiHHIIii8x", 40, width, height, 1, 24, 0, 0, per_metre, per_metre)
    return b"BM" + struct.pack("<IHHI", 0, 0, 0, 54) + header + b"\0" * 12


@pytest.mark.parametrize(
    ("data", "kind", "pixels", "width_mm"),
    [
        (png(300, 150), Format.PNG, (300, 150), 300 / 96 * INCH),
        (png(300, 150, per_inch=300), Format.PNG, (300, 150), INCH),
        (jpeg(600, 300), Format.JPEG, (600, 300), 2 * INCH),
        (jpeg(600, 300, unit=2, density=100), Format.JPEG, (600, 300), 60),
        (jpeg(96, 48, unit=0, density=1), Format.JPEG, (96, 48), INCH),
        (gif(192, 96), Format.GIF, (192, 96), 2 * INCH),
        (bmp(192, -96), Format.BMP, (192, 96), 2 * INCH),
        (bmp(100, 50, per_metre=1000), Format.BMP, (100, 50), 100),
    ],
)
def test_format_and_size_are_told_by_the_content(
    data: bytes, kind: Format, pixels: tuple[int, int], width_mm: float
) -> None:
    found = read_picture(data)
    assert (found.format, (found.width_px, found.height_px)) == (kind, pixels)
    assert found.width_mm == pytest.approx(width_mm, rel=0.01)
    assert found.height_mm == pytest.approx(width_mm / 2, rel=0.01)


def test_a_jpeg_without_a_head_of_its_own_is_one() -> None:
    data = jpeg(96, 48)
    bare = data[:2] + data[2 + 4 + 14 :]
    assert read_picture(bare).width_mm == pytest.approx(INCH)


@pytest.mark.parametrize(
    ("data", "lost"), [(png(), 9), (jpeg(8, 8), 1), (gif(8, 8), 1), (bmp(8, 8), 12)]
)
def test_a_picture_that_is_cut_off_anywhere_is_refused(data: bytes, lost: int) -> None:
    for length in range(2, len(data) - lost + 1):
        with pytest.raises(PictureError):
            read_picture(data[:length])


@pytest.mark.parametrize("data", [b"", b"text", b"<svg/>", b"\xd7\xcd\xc6\x9a", b"II*\0", b"%PDF"])
def test_other_formats_are_refused_with_what_to_do(data: bytes) -> None:
    assert format_of(data) is None
    with pytest.raises(PictureError, match="请另存为 PNG"):
        read_picture(data)


def test_a_picture_beyond_the_limits_is_refused() -> None:
    with pytest.raises(PictureError, match="20 MB"):
        read_picture(png() + b"\0" * pictures.MAX_BYTES)
    with pytest.raises(PictureError, match="20000 像素"):
        read_picture(gif(20_001, 1))
    with pytest.raises(PictureError, match="不完整"):
        read_picture(gif(0, 5))


@given(st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"BM"]), st.binary())
def test_whatever_follows_the_beginning_it_is_read_or_refused(begin: bytes, rest: bytes) -> None:
    with suppress(PictureError):
        assert read_picture(begin + rest).width_px > 0
