"""Who has sent what, as text: counts, every state with its lines, a block to forward."""

from __future__ import annotations

import datetime
from dataclasses import replace

from gk_xlsx.office import IssuingOffice
from gk_xlsx.outputs.collected_text import collected_text, counts_line
from gk_xlsx.outputs.reminder import reminder
from gk_xlsx.rollup.collected import Collected
from gk_xlsx.rollup.states import State
from tests.outputs.collections import everything, run
from tests.rollup.received_files import received


def with_limit(limit: datetime.date | None, **office: str) -> Collected:
    collected = run([received("区政府.xlsx", "河口区人民政府")])
    return replace(
        collected,
        collection=replace(collected.collection, submit_by=limit),
        office=IssuingOffice(**office),  # type: ignore[arg-type] # texts only
    )


def test_the_counts_come_first_and_add_up() -> None:
    assert counts_line(everything()) == (
        "应报 9 份，已报 8 份：审核通过 2 份，待报文本 1 份，待说明 1 份，待修改 1 份，"
        "几份待定 1 份，年度不符 1 份，不能读取 1 份，未报送 1 份；迟报 1 份。"
    )


def test_every_state_is_listed_with_its_lines() -> None:
    text = collected_text(everything())
    for state in State:
        assert f"\n{state.label}（1 份）" in text or f"\n{state.label}（2 份）" in text
    assert "河口区教育局：错误 1 处，需核实 1 处（教育局.xlsx、教育局.docx）" in text
    assert "河口区城关镇［迟］" in text
    assert "分不清先后" in text


def test_what_belongs_to_nobody_is_listed() -> None:
    text = collected_text(everything())
    assert "在名册上找不到" in text.split("对不上名册")[1]
    assert "IMG_1.jpg" in text.split("没有归到单位的其他文件")[1]
    assert "x 不能读取。" in text.split("提醒")[1]


def test_what_is_new_since_the_last_run_is_said() -> None:
    files = [received("a.xlsx", "河口区教育局"), received("b.xlsx", "河口区财政局")]
    assert "没有新到的文件" in collected_text(run(files))
    assert "这是第一次收件，共 2 个文件" in collected_text(run(files, new=".xlsx"))
    text = collected_text(run(files, new="b"))
    assert "新到 1 个文件：b.xlsx" in text
    assert "河口区财政局［新］" in text
    assert "河口区教育局［新］" not in text


# -- 催报 ----------------------------------------------------------------------------------


def test_the_reminder_names_who_owes_what() -> None:
    assert reminder(everything()) == (
        "【年报催报】截至1月12日15时，应报 9 份，已报 8 份，审核通过 2 份。"
        "尚未报送：河口区政府办公室（共 1 家），请于1月20日下班前报送。"
        "请重新报送：河口区水利局（文件不能读取）、河口区民政局（年份不符）、"
        "河口区审计局（几份数据不同）。"
        "待修改：河口区教育局（1 处）。待说明：河口区财政局（1 处）。"
        "请补报报告文本：河口区档案局。联系人李四。"
    )


def test_a_last_day_that_has_passed_is_said_so() -> None:
    assert "报送截止日1月9日已过，请即报送" in reminder(with_limit(datetime.date(2026, 1, 9)))


def test_without_a_last_day_none_is_invented() -> None:
    text = reminder(with_limit(None))
    assert "请尽快报送。" in text
    assert "联系人" not in text


def test_the_office_may_give_only_a_phone() -> None:
    text = reminder(with_limit(None, name="区府办", phone="0576-1"))
    assert text.endswith("联系人区府办，电话 0576-1。")
