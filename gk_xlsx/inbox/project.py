"""The project folder: where an office's year of reports lies, and what stands in which place.

```
年报2025/
  名册.xlsx  设置.xlsx  收发登记.xlsx
  00上年  01下发  02收件  03反馈  04汇总  05成文
```

Only the current folder is ever taken for a project folder; no folder above it or beside it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROSTERS = ("名册.xlsx", "名册.csv")
SETTINGS, REGISTER = "设置.xlsx", "收发登记.xlsx"
LAST, ISSUED, RECEIVED = "00上年", "01下发", "02收件"
FEEDBACK, MERGED, FINAL = "03反馈", "04汇总", "05成文"
FOLDERS = (LAST, ISSUED, RECEIVED, FEEDBACK, MERGED, FINAL)
MERGED_BOOK = "汇总表.xlsx"
CODES_SUFFIX = ".编码.json"
"""Ends the name of the file that keeps the codes, beside the roster."""

_OF_A_PROJECT = 2
"""So many of its folders tell a project folder that lacks 02收件."""


@dataclass(frozen=True, slots=True)
class Project:
    """An office's project folder; nothing of it need exist yet.

    Attributes:
        folder: as it was given, so that the paths made of it read as the user would type them.
    """

    folder: Path

    @property
    def roster(self) -> Path:
        """名册, `.xlsx` before `.csv`."""
        found = (self.folder / name for name in ROSTERS)
        return next((path for path in found if path.is_file()), self.folder / ROSTERS[0])

    @property
    def settings(self) -> Path:
        """设置.xlsx."""
        return self.folder / SETTINGS

    @property
    def register(self) -> Path:
        """收发登记.xlsx."""
        return self.folder / REGISTER

    @property
    def last(self) -> Path:
        """Where last year's reports or last year's merged workbook lie."""
        return self.folder / LAST

    @property
    def issued(self) -> Path:
        """Where the workbooks that are sent to the units lie."""
        return self.folder / ISSUED

    @property
    def received(self) -> Path:
        """Where what comes in is put."""
        return self.folder / RECEIVED

    @property
    def feedback(self) -> Path:
        """Where answers to the units lie."""
        return self.folder / FEEDBACK

    @property
    def merged(self) -> Path:
        """Where merged workbooks lie."""
        return self.folder / MERGED

    @property
    def merged_book(self) -> Path:
        """The merged workbook of the whole roster."""
        return self.merged / MERGED_BOOK

    @property
    def final(self) -> Path:
        """Where finished documents lie."""
        return self.folder / FINAL

    @property
    def has_last(self) -> bool:
        """Whether something of last year was put into its place."""
        return bool(files_in(self.last))


def project_here(folder: Path = Path()) -> Project | None:
    """The project folder that `folder` is; None where it is none.

    It is one where 02收件 stands beside 设置.xlsx or a roster.
    """
    if not (folder / RECEIVED).is_dir():
        return None
    beside = (SETTINGS, *ROSTERS)
    return Project(folder) if any((folder / name).is_file() for name in beside) else None


def lost_inbox(folder: Path = Path()) -> bool:
    """Whether `folder` was a project folder and its 02收件 is gone."""
    if (folder / RECEIVED).is_dir():
        return False
    others = [(folder / name).is_dir() for name in FOLDERS]
    return sum(others) >= _OF_A_PROJECT and any(
        (folder / name).is_file() for name in (SETTINGS, *ROSTERS)
    )


def codes_file(roster: Path) -> Path:
    """The file beside a roster that keeps the codes given to its lines."""
    return roster.with_name(f"{roster.stem}{CODES_SUFFIX}")


def kept_with(roster: Path) -> tuple[Path, Path, Path]:
    """A roster, and what stands beside it: its codes and the register."""
    return roster, codes_file(roster), roster.with_name(REGISTER)


def files_in(folder: Path) -> tuple[Path, ...]:
    """Files of a folder and of those in it, in the order of names; no hidden or lock files."""
    if not folder.is_dir():
        return ()
    paths = (path for path in folder.rglob("*") if not path.name.startswith((".", "~$")))
    return tuple(sorted(path for path in paths if path.is_file()))
