"""Pictures that a text names: files of its own folder, or within the text itself."""

from __future__ import annotations

import base64
import binascii
import re
from pathlib import Path
from urllib.parse import unquote

from gk_xlsx.errors import reason
from gk_xlsx.pictures import MAX_BYTES, PictureError

_CONTAINED = re.compile(r"data:image/[a-z+.-]+;base64,([A-Za-z0-9+/=]*)")
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
"""An address of the web, a drive (`C:`), another computer."""

_OUTSIDE = "只能用文字文件所在文件夹里的图片，请把图片放进去，写成相对路径"


def picture_of(folder: Path, path: str) -> bytes:
    """The content of a picture's file. Nothing is fetched, nothing outside the folder is read.

    Args:
        folder: where the text's file is.
        path: as the text writes it, relative to the folder, or `data:image/png;base64,…`.

    Raises:
        PictureError: if it is not there, elsewhere, or too large.
    """
    contained = _CONTAINED.fullmatch(path)
    if contained:
        return _decoded(contained[1])
    name = path.replace("\\", "/")
    if _ELSEWHERE.match(name) and not re.match("[a-z]:", name, re.IGNORECASE):
        raise PictureError("不从网上取图片，请下载后放进文字文件所在的文件夹")
    for candidate in dict.fromkeys([name, unquote(name)]):
        file = _within(folder, candidate)
        if file.is_file():
            return _content(file)
    raise PictureError("没有这个文件，请检查文件名和所在的文件夹")


def _within(folder: Path, name: str) -> Path:
    try:
        file = (folder / name).resolve()
    except (OSError, ValueError, RuntimeError):
        raise PictureError("没有这个文件，请检查文件名和所在的文件夹") from None
    if re.match("[a-z]:", name, re.IGNORECASE) or not file.is_relative_to(folder.resolve()):
        raise PictureError(_OUTSIDE)
    return file


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise PictureError(f"读不了：{reason(error)}") from error


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise PictureError("写在文字里的图片不完整") from None
