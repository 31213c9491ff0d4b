"""Hostile text costs time in proportion to its length."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from gk_xlsx.report import (
    Signed,
    last_year_of,
)
from gk_xlsx.resources import form
from gk_xlsx.rules import judge
from tests.rules.written import MINE, YEAR, finished

PIECES = (
    *(
        "字",
        " ",
        "\n",
        "。",
        "（",
        "(",
        "（一",
        "（一）\n",
        "(1)\n",
        "《",
        "“",
        "一",
        "1,",
        "元",
        "信息",
    ),
    *("{{", "}}", "{{ 年 }}", "{% ", "http://", "www.a", "\u202e", "\U0001f600", "\x01"),
    *("2023年", "2023年，我局", "二〇二三年", "2021—", "1月1日至", "截至2023年", "截止"),
    *("〔2021", "国办公开办函", "国办发[2021]30号", "国办公开办函〔2019〕60号", "由某局", "××"),
    *("以上数据真实有效", "依法申请公开", "五个部分", "第二部分报告", "年度报告", "发布", "未"),
    *("处理费1", "收取1元", "一百"),
)
"""What rules look for, and what might make them look twice."""
LENGTH = 100_000


def seconds(piece: str, length: int) -> float:
    long = (piece * (length // len(piece) + 1))[:length]
    report = finished(preface=long, overview=long, problems=long, other=long)
    before = last_year_of(replace(report, year=YEAR - 1))
    report = replace(report, title=long, headings=(long,), signed=Signed(long, long))
    start = time.process_time()
    judge(replace(report, last_year=before), form("2021"), MINE)
    return time.process_time() - start


@pytest.mark.parametrize("piece", PIECES)
def test_hostile_text_costs_time_in_proportion_to_its_length(piece: str) -> None:
    quarter = min(seconds(piece, LENGTH // 4) for _ in range(2))
    # Four times would be exact; what is quadratic takes sixteen times. A tenth is the clock's.
    # What shares the processor may hold one run up, never three.
    assert any(seconds(piece, LENGTH) < 8 * quarter + 0.1 for _ in range(3))
