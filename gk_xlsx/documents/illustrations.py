"""Pictures within a report's text: where they come from, and at what size they are printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gk_xlsx.pictures import PictureError, PictureFile, read_picture

TEXT_WIDTH_MM = 156.0
TEXT_HEIGHT_MM = 225.0
"""The text area of the page. Source: GB/T 9704-2012, 5.2."""

ROOM_BELOW_MM = 20.0
"""What a picture leaves of the page's height for its caption and its line."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture's file and how wide the text's source shows it.

    Attributes:
        width_mm: 0 where the source does not say: its natural size.
    """

    data: bytes
    width_mm: float = 0


Album = Callable[[str], Shown]
"""The picture of a name in a text; raises PictureError where it is not to be had."""


@dataclass(frozen=True, slots=True)
class Illustration:
    """A picture, ready to be printed.

    Attributes:
        caption: the words below it; may be empty.
        width_mm, height_mm: on paper, within the text area, never larger than its source shows.
    """

    picture: PictureFile
    caption: str
    width_mm: float
    height_mm: float


def no_pictures(_path: str) -> Shown:
    """The album of a source that holds only text (a workbook, report JSON)."""
    raise PictureError(
        "填报表和 JSON 里的文字带不了图片，请把文字写成 Markdown 或 Word 文件，"
        "图片放在一起，用 --narrative 给出"
    )


def illustration(shown: Shown, caption: str) -> Illustration:
    """A picture at the size it is printed.

    Raises:
        PictureError: if its file is no picture that can be printed.
    """
    picture = read_picture(shown.data)
    natural = picture.width_mm, picture.height_mm
    wanted = shown.width_mm / natural[0] if shown.width_mm > 0 else 1.0
    room = TEXT_WIDTH_MM / natural[0], (TEXT_HEIGHT_MM - ROOM_BELOW_MM) / natural[1]
    scale = min(wanted, *room)
    return Illustration(picture, caption, natural[0] * scale, natural[1] * scale)
