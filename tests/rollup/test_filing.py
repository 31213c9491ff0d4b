"""Which line of the roster a file belongs to: by itself, by its name, by what it came with."""

from __future__ import annotations

import pytest

from gk_xlsx.rollup.filing import Filed, file_all
from gk_xlsx.rollup.names import How, Names
from gk_xlsx.rollup.received import Received, Role
from tests.rollup.received_files import ROSTER, received

NAMES = Names(ROSTER)


def filed(*files: Received) -> list[Filed]:
    return list(file_all(files, NAMES))


def test_a_report_belongs_where_it_says_itself_whatever_its_name() -> None:
    [item] = filed(received("材料.xlsx", "河口区教育局"))
    assert (item.line, item.how) == ("1", How.NAME)


def test_a_name_that_points_elsewhere_is_noted() -> None:
    [item] = filed(received("财政局.xlsx", "河口区教育局"))
    assert (item.line, item.named) == ("1", "2")


def test_a_scan_belongs_where_its_name_says() -> None:
    [item] = filed(received("财政局盖章.jpg", role=Role.SEALED))
    assert (item.line, item.how) == ("2", How.FILE)


@pytest.mark.parametrize("path", ["民政局/IMG_0012.jpg", "1月5日/河口区民政局.zip/扫描/1.jpg"])
def test_a_scan_without_a_name_belongs_where_its_folder_or_archive_says(path: str) -> None:
    [item] = filed(received(path, role=Role.SEALED))
    assert item.line == "3"


def test_a_scan_belongs_to_the_only_line_that_its_archive_is_of() -> None:
    _, scan = filed(
        received("材料.zip/报表.xlsx", "河口区教育局"),
        received("材料.zip/IMG_1.jpg", role=Role.SEALED),
    )
    assert (scan.line, scan.how) == ("1", How.BUNDLE)


def test_an_archive_of_two_units_says_nothing_of_the_rest() -> None:
    *_, scan = filed(
        received("材料.zip/甲.xlsx", "河口区教育局"),
        received("材料.zip/乙.xlsx", "河口区财政局"),
        received("材料.zip/IMG_1.jpg", role=Role.SEALED),
    )
    assert scan.line == ""


def test_what_lies_in_the_collected_folder_itself_is_no_bundle() -> None:
    _, scan = filed(received("报表.xlsx", "河口区教育局"), received("IMG_1.jpg", role=Role.SEALED))
    assert scan.line == ""


def test_a_stranger_gets_the_nearest_line_but_is_not_filed_there() -> None:
    [item] = filed(received("报表.xlsx", "河口区财局"))
    assert (item.line, item.nearest) == ("", "2")


def test_a_stranger_in_a_units_folder_is_not_filed_with_it() -> None:
    _, stranger = filed(
        received("教育局/报表.xlsx", "河口区教育局"), received("教育局/别的.xlsx", "河口区气象台")
    )
    assert stranger.line == ""
