"""The names that texts may use, and what is said when a name cannot be used."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gk_xlsx.documents.figures import FigureError, Figures, figures_of, shown
from gk_xlsx.form import Form
from gk_xlsx.report import BLANK, AnnualReport, Entry, EntryKind, LastYear
from tests.documents.conftest import RealReport


def _printed(figures: Figures, name: str) -> str:
    return str(figures.value(tuple(name.split("."))))


def _error(figures: Figures, name: str) -> str:
    with pytest.raises(FigureError) as caught:
        _printed(figures, name)
    return str(caught.value)


def _with(report: AnnualReport, field_id: str, entry: Entry) -> AnnualReport:
    return replace(report, entries={**report.entries, field_id: entry})


@pytest.fixture
def huaian(real_report: RealReport, form_2021: Form) -> Figures:
    return figures_of(real_report("huaian-2024"), form_2021)


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("三.新收.总计", "3119"),
        ("三.新收.法人", "118"),
        ("三.不予公开.国家秘密.自然人", "2"),
        ("三.不予公开.合计", "178"),
        ("三.不予公开.合计.自然人", "176"),
        ("三.不予公开.合计.法人", "2"),
        ("三.不予公开.合计.总计", "178"),
        ("二.规章.制发", "1"),
        ("二.行政处罚", "3985758"),
        ("二.收费", "96171.6"),
        ("四.复议.总计", "351"),
        ("四.诉讼.总计", "46"),
        ("requests.new.total", "3119"),
        ("requests.refused.state_secret.natural_person", "2"),
        ("proactive.fees.amount", "96171.6"),
        ("单位", "淮安市人民政府"),
        ("年", "2024"),
    ],
)
def test_a_name_gives_its_figure(huaian: Figures, name: str, printed: str) -> None:
    assert _printed(huaian, name) == printed


def test_every_short_name_and_every_id_of_both_editions_has_a_figure(
    zeros: AnnualReport, form_2021: Form, form_2019: Form
) -> None:
    nothing = dict.fromkeys(form_2019.fields, Entry(EntryKind.NUMBER, Decimal(0)))
    for report, form in ((zeros, form_2021), (replace(zeros, entries=nothing), form_2019)):
        figures = figures_of(report, form)
        assert {_printed(figures, name) for name in (*form.names, *form.fields)} == {"0"}


def test_a_name_can_be_spelled_out_step_by_step(huaian: Figures) -> None:
    requests = huaian.roots["三"]
    assert not isinstance(requests, int | str)
    refused = requests["不予公开"]
    assert not isinstance(refused, int | str)
    total = refused["合计"]
    assert isinstance(total, Decimal)
    assert total == 178
    assert total["自然人"] == 176


def test_the_sum_of_2019_other_handling_is_its_only_row(
    real_report: RealReport, form_2019: Form
) -> None:
    figures = figures_of(real_report("pingtan-2019"), form_2019)
    assert _printed(figures, "三.其他处理.合计") == _printed(figures, "三.其他处理.总计")


def test_an_amount_with_its_unit_prints_as_written_and_computes(
    real_report: RealReport, form_2019: Form
) -> None:
    amount = figures_of(real_report("shanghai-office-2019"), form_2019).value(
        ("二", "采购", "金额")
    )
    assert str(amount) == "251000元"
    assert isinstance(amount, Decimal)
    assert amount / 10000 == Decimal("25.1")


def test_results_of_arithmetic_are_shown_as_people_write_them() -> None:
    assert shown(Decimal("2024.0")) == "2024"
    assert shown(Decimal("1E+3")) == "1000"
    assert shown(Decimal(1) / 3 * 3) == "1"
    assert shown("文字") == "文字"


def test_a_blank_cell_is_named_by_its_labels_and_sheet(
    zeros: AnnualReport, form_2021: Form
) -> None:
    figures = figures_of(_with(zeros, "requests.new.total", BLANK), form_2021)
    assert _error(figures, "三.新收.总计") == (
        "“三.新收.总计”用到的格不能用：三、申请办理“一、本年新收政府信息公开申请数量·总计”是空白"
    )


def test_a_sum_over_a_blank_cell_is_not_computed(zeros: AnnualReport, form_2021: Form) -> None:
    figures = figures_of(_with(zeros, "requests.new.company", BLANK), form_2021)
    assert "·商业企业”是空白" in _error(figures, "三.新收.法人")


def test_many_blank_cells_are_counted_not_listed(zeros: AnnualReport, form_2021: Form) -> None:
    blank = replace(zeros, entries=dict.fromkeys(form_2021.fields, BLANK))
    message = _error(figures_of(blank, form_2021), "三.不予公开.合计")
    assert message.count("是空白") == 3
    assert message.endswith("等8格")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (Entry(EntryKind.MARK, raw="/"), "填的是“/”"),
        (Entry(EntryKind.NUMBER, Decimal("1.5")), "填的是“1.5”"),
        (Entry(EntryKind.UNKNOWN, reason="数字粘连"), "不能确定（数字粘连）"),
        (Entry(EntryKind.UNKNOWN), "不能确定"),
    ],
)
def test_a_cell_without_a_usable_figure_says_what_is_in_it(
    zeros: AnnualReport, form_2021: Form, entry: Entry, said: str
) -> None:
    figures = figures_of(_with(zeros, "requests.new.total", entry), form_2021)
    assert _error(figures, "三.新收.总计").endswith(said)


def test_an_unknown_name_suggests_the_nearest(zeros: AnnualReport, form_2021: Form) -> None:
    figures = figures_of(zeros, form_2021)
    said = "没有“三.新增.总计”这个名称，是不是“三.新收.总计”？"
    assert _error(figures, "三.新增.总计") == said
    assert _error(figures, "xyz") == "没有“xyz”这个名称"


def test_an_incomplete_name_says_what_can_follow(zeros: AnnualReport, form_2021: Form) -> None:
    figures = figures_of(zeros, form_2021)
    said = "“三.新收”没有写完整，后面还要接：自然人、商业企业"
    assert _error(figures, "三.新收").startswith(said)
    with pytest.raises(FigureError, match="没有写完整"):
        str(figures.roots["三"])


def test_methods_of_containers_are_no_figures(zeros: AnnualReport, form_2021: Form) -> None:
    assert "没有“三.items”" in _error(figures_of(zeros, form_2021), "三.items")


def test_last_years_figures_stand_under_their_own_names(
    zeros: AnnualReport, form_2021: Form, form_2019: Form
) -> None:
    last = LastYear(2020, "某某区档案馆", "2019", {"requests.new.total": Decimal(7)})
    figures = figures_of(replace(zeros, last_year=last), form_2021, form_2019)
    assert _printed(figures, "上年.三.新收.总计") == "7"
    assert _printed(figures, "上年.requests.new.total") == "7"
    assert _printed(figures, "上年.单位") == "某某区档案馆"
    assert _printed(figures, "上年.年") == "2020"
    assert "去年年报三、申请办理" in _error(figures, "上年.三.办结.总计")


def test_without_last_year_the_message_names_the_option(
    zeros: AnnualReport, form_2021: Form
) -> None:
    assert _error(figures_of(zeros, form_2021), "上年.三.新收.总计").endswith("请用 --last 给出")
