"""The page of a collection, read back as a browser's parser does."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from lxml import html

from gk_xlsx.outputs.collected_charts import curve
from gk_xlsx.outputs.collected_html import NAMED, collected_html
from gk_xlsx.rollup.received import Received
from gk_xlsx.rollup.roster import Roster, RosterLine
from tests.outputs.collections import EVIL, PHONE, ROSTER, everything, run
from tests.rollup.received_files import received


@pytest.fixture(scope="module")
def page() -> html.HtmlElement:
    return html.fromstring(collected_html(everything()))


def drawn(files: list[Received], roster: Roster = ROSTER) -> html.HtmlElement:
    """The page of a run."""
    return html.fromstring(collected_html(run(files, roster)))


def texts(page: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(item.text_content().split()) for item in page.xpath(path)]


def test_the_page_needs_nothing_but_itself(page: html.HtmlElement) -> None:
    assert page.xpath("//script | //link | //img | //iframe | //@src | //@onclick") == []
    assert all(target.startswith("#") for target in page.xpath("//@href"))


def test_every_link_leads_somewhere(page: html.HtmlElement) -> None:
    anchors = set(page.xpath("//@id"))
    assert page.xpath("//@href")
    assert {target.removeprefix("#") for target in page.xpath("//@href")} <= anchors


def test_the_counts_come_first(page: html.HtmlElement) -> None:
    assert texts(page, "//ul[@class='figures']/li") == ["9应报", "8已报", "2审核通过", "1迟报"]
    assert "审核通过 2" in texts(page, "//ul[@class='legend']")[0]


def test_the_bar_shows_every_state_in_its_share(page: html.HtmlElement) -> None:
    [bar, *_] = page.xpath("//main/*[local-name()='svg']")
    widths = [float(item.get("width")) for item in bar.xpath(".//*[local-name()='rect']")]
    assert len(widths) == 8
    assert sum(widths) == pytest.approx(100, abs=0.01)


def test_every_line_opens_below_its_branch(page: html.HtmlElement) -> None:
    [branch] = page.xpath("//details[contains(@class, 'branch')]")
    assert texts(branch, "./summary/span[@class='unit']") == ["河口区人民政府"]
    names = texts(branch, ".//details[@class='leaf']/summary/span[@class='unit']")
    assert names == ["河口区人民政府", *(line.name for line in ROSTER.lines[1:])]


def test_a_line_shows_findings_files_and_what_was_noted(page: html.HtmlElement) -> None:
    [leaf] = page.xpath("//details[@class='leaf'][summary/span[text()='河口区教育局']]")
    assert [text[:4] for text in texts(leaf, ".//ol/li")] == ["【错误】", "【需核实"]
    assert "教育局.docx" in texts(leaf, ".//ul[@class='files']")[0]
    assert "公布 2026-01-28" in texts(leaf, ".//p[@class='about']")[0]


def test_no_phone_number_and_no_ranking_stand_on_it(page: html.HtmlElement) -> None:
    whole = collected_html(everything())
    assert PHONE not in whole
    assert "排名" not in page.text_content()


def test_evil_names_stay_texts(page: html.HtmlElement) -> None:
    assert EVIL in page.text_content()
    assert "<script" not in collected_html(everything())


def test_a_flat_roster_is_one_branch() -> None:
    flat = Roster(tuple(replace(line, parent="") for line in ROSTER.lines))
    made = drawn([], flat)
    assert texts(made, "//details/summary/span[@class='unit']")[0] == "全部单位"


def test_branches_stand_within_branches() -> None:
    deep = Roster((*ROSTER.lines, RosterLine(40, "河口区一中", "40", ROSTER.lines[2].code)))
    made = drawn([], deep)
    inner = texts(made, "//details/div/details[contains(@class, 'branch')]/summary/span[1]")
    assert inner == ["河口区教育局"]


def test_very_many_names_are_cut_short_above_and_complete_below() -> None:
    many = Roster(tuple(RosterLine(row, f"第{row}号局", str(row)) for row in range(2, 99)))
    made = drawn([], many)
    [task] = made.xpath("//dl/dd")
    assert len(task.xpath("./a")) == NAMED
    assert task.text_content().strip().endswith("等共 97 份")
    assert len(made.xpath("//details[@class='leaf']")) == 97


def test_reports_of_several_days_make_a_curve() -> None:
    days = {datetime.date(2026, 1, 5): 3, datetime.date(2026, 1, 9): 2}
    picture = str(curve(days, 10, datetime.date(2026, 1, 20)))
    assert "1月5日至1月9日，收到 5 份，应报 10 份" in picture
    assert "截止 1月20日" in picture
    assert str(curve({datetime.date(2026, 1, 5): 3}, 10, None)) == ""


def test_a_run_without_any_line_is_a_page_too() -> None:
    made = drawn([received("a.jpg")], Roster(()))
    assert texts(made, "//ul[@class='figures']/li")[0] == "0应报"
