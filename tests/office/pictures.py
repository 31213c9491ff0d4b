"""Pictures of workbooks and documents, to look at: `python -m tests.office.pictures OUT FILE...`.

Chinese fonts are truthful when the environment variable GK_FONTS names a folder with the Fandol
fonts, or after `.ci/fonts` was run; otherwise whatever the machine has stands in for them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

from tests.office import libreoffice
from tests.office.libreoffice import OfficeError

FONTS_VARIABLE = "GK_FONTS"
DOTS_PER_INCH = 80

STAND_INS = {
    "FandolFang": ("仿宋", "仿宋_GB2312", "FangSong", "FangSong_GB2312"),
    "FandolKai": ("楷体", "楷体_GB2312", "KaiTi", "KaiTi_GB2312"),
    "FandolHei": ("黑体", "SimHei"),
    "FandolSong": ("宋体", "SimSun", "NSimSun"),
    "Noto Serif CJK SC:bold": ("方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S"),
    "Noto Sans CJK SC": ("微软雅黑", "Microsoft YaHei", "等线", "DengXian"),
}
"""Free font to the names of the fonts it stands in for."""

_OF_THE_CI = Path(__file__).parents[2] / ".ci/cache/fonts"


def pictures(files: Sequence[Path], out_dir: Path) -> list[Path]:
    """One PNG a printed page, `<name>-1.png` …, in the order of files and pages.

    Raises:
        OfficeError: without LibreOffice, or where it cannot print a file.
    """
    office = libreoffice.find()
    if office is None:
        raise OfficeError("LibreOffice is not installed")
    with tempfile.TemporaryDirectory(prefix="gk-pictures-") as name:
        folder = Path(name)
        printing = replace(office, environment=_font_environment(folder))
        printed = [
            path
            for number, file in enumerate(files)
            for path in printing.convert([file], "pdf", folder / str(number))
        ]
        return [
            picture
            for file, path in zip(files, printed, strict=True)
            for picture in _pages(path, out_dir, file.name)
        ]


def font_map(fonts: Path) -> str:
    """A fontconfig file that puts free fonts in the place of the official ones."""
    rules = "".join(_rules())
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<dir>{escape(str(fonts.resolve()))}</dir>{rules}</fontconfig>"
    )


def _rules() -> Iterator[str]:
    for stand_in, names in STAND_INS.items():
        family, _, weight = stand_in.partition(":")
        bold = '<edit name="weight" mode="assign"><const>bold</const></edit>' if weight else ""
        for name in names:
            yield (
                f'<match target="pattern"><test name="family"><string>{name}</string></test>'
                f'<edit name="family" mode="assign" binding="strong"><string>{family}</string>'
                f"</edit>{bold}</match>"
            )


def _font_environment(folder: Path) -> dict[str, str]:
    fonts = Path(os.environ.get(FONTS_VARIABLE, _OF_THE_CI))
    if not fonts.is_dir():
        return {}
    path = folder / "fonts.conf"
    path.write_text(font_map(fonts), "utf-8")
    return {"FONTCONFIG_FILE": str(path)}


def _pages(pdf: Path, out_dir: Path, name: str) -> list[Path]:
    out_dir.mkdir(parents=True, exist_ok=True)
    for old in out_dir.glob(f"{name}-*.png"):
        old.unlink()
    command = ["pdftoppm", "-r", str(DOTS_PER_INCH), "-png", str(pdf), str(out_dir / name)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return sorted(out_dir.glob(f"{name}-*.png"))


def main(arguments: Sequence[str]) -> None:
    """Make the pictures and print their paths."""
    if len(arguments) < 2:
        sys.exit("usage: python -m tests.office.pictures OUT FILE...")
    out_dir, *files = map(Path, arguments)
    for picture in pictures(files, out_dir):
        print(picture)


if __name__ == "__main__":
    main(sys.argv[1:])
