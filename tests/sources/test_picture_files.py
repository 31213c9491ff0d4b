"""Pictures beside a text: only of its own folder, nothing fetched."""

from __future__ import annotations

import base64
import sys
from pathlib import Path

import pytest

from gk_xlsx import pictures
from gk_xlsx.pictures import PictureError
from gk_xlsx.sources.picture_files import picture_of
from tests.sources.word import png


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """文字/图/办理 情况.png, and a picture outside."""
    inside = tmp_path / "文字" / "图"
    inside.mkdir(parents=True)
    (inside / "办理 情况.png").write_bytes(png())
    (tmp_path / "外.png").write_bytes(png())
    return tmp_path / "文字"


@pytest.mark.parametrize(
    "path",
    [
        "图/办理 情况.png",
        "./图/办理 情况.png",
        "图\\办理 情况.png",
        "图/%E5%8A%9E%E7%90%86%20%E6%83%85%E5%86%B5.png",
        "图/../图/办理 情况.png",
    ],
)
def test_a_picture_is_found_beside_its_text(folder: Path, path: str) -> None:
    assert picture_of(folder, path) == png()


def test_a_folder_may_be_given_in_any_way(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert picture_of(Path(), "图/办理 情况.png") == png()


def test_a_picture_may_stand_in_the_text_itself(folder: Path) -> None:
    data = base64.b64encode(png()).decode()
    assert picture_of(folder, f"data:image/png;base64,{data}") == png()
    with pytest.raises(PictureError, match="不完整"):
        picture_of(folder, f"data:image/png;base64,{data[:-1]}")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("无.png", "没有这个文件"),
        ("图", "没有这个文件"),
        ("", "没有这个文件"),
        ("a\0b.png", "没有这个文件"),
        ("../外.png", "只能用文字文件所在文件夹里的图片"),
        ("..%2F外.png", "只能用文字文件所在文件夹里的图片"),
        ("/etc/passwd", "只能用文字文件所在文件夹里的图片"),
        ("C:\\图\\1.png", "只能用文字文件所在文件夹里的图片"),
        ("\\\\server\\share\\1.png", "不从网上取图片"),
        ("http://127.0.0.1:9/1.png", "不从网上取图片"),
        ("file:///etc/passwd", "不从网上取图片"),
        ("data:text/html;base64,AAAA", "不从网上取图片"),
    ],
)
def test_what_is_not_in_the_folder_is_refused(folder: Path, path: str, said: str) -> None:
    with pytest.raises(PictureError, match=said):
        picture_of(folder, path)


@pytest.mark.skipif(sys.platform == "win32", reason="making links needs rights there")
def test_a_link_out_of_the_folder_is_refused(folder: Path) -> None:
    (folder / "链.png").symlink_to(folder.parent / "外.png")
    with pytest.raises(PictureError, match="只能用"):
        picture_of(folder, "链.png")


def test_of_a_huge_file_only_the_limit_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gk_xlsx.sources.picture_files.MAX_BYTES", 10)
    assert len(picture_of(folder, "图/办理 情况.png")) == 11
    assert pictures.MAX_BYTES > 11
