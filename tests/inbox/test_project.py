"""The project folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from gk_xlsx.inbox.project import Project, files_in, project_here


@pytest.mark.parametrize("beside", ["设置.xlsx", "名册.xlsx", "名册.csv"])
def test_a_folder_for_what_comes_in_beside_an_office_file_is_one(
    beside: str, tmp_path: Path
) -> None:
    (tmp_path / "02收件").mkdir()
    assert project_here(tmp_path) is None
    (tmp_path / beside).touch()
    assert project_here(tmp_path) == Project(tmp_path)


def test_no_folder_within_one_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "02收件").mkdir()
    (tmp_path / "设置.xlsx").touch()
    monkeypatch.chdir(tmp_path / "02收件")

    assert project_here() is None


def test_paths_read_as_the_user_would_type_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "02收件").mkdir()
    (tmp_path / "设置.xlsx").touch()
    monkeypatch.chdir(tmp_path)
    project = project_here()

    assert project is not None
    assert [str(path) for path in (project.roster, project.issued, project.merged_book)] == [
        "名册.xlsx", "01下发", "04汇总/汇总表.xlsx",
    ]  # fmt: skip


def test_a_roster_in_csv_counts_where_there_is_no_xlsx(tmp_path: Path) -> None:
    (tmp_path / "名册.csv").touch()
    assert Project(tmp_path).roster.name == "名册.csv"
    (tmp_path / "名册.xlsx").touch()
    assert Project(tmp_path).roster.name == "名册.xlsx"


def test_lock_files_and_hidden_files_do_not_count(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for name in ("~$甲局.xlsx", ".gk-x.tmp", "a/甲局.xlsx", "乙局.zip"):
        (tmp_path / name).touch()

    assert [path.name for path in files_in(tmp_path)] == ["甲局.xlsx", "乙局.zip"]
    assert files_in(tmp_path / "none") == ()
