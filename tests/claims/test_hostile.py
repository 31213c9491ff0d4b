"""Hostile text costs time in proportion to its length."""

from __future__ import annotations

import gc
import time

import pytest

from gk_xlsx.claims import About, claims

ABOUT = About("某某区发展和改革局", 2023)

HOSTILE = {
    "no punctuation": "政府信息公开申请收到办结",
    "digits": "1234567890",
    "digits and commas": "1,234,",
    "chinese digits": "一二三四五六七八九十百千万",
    "open brackets": "（",
    "closed brackets": "）",
    "braces": "{{ ",
    "titles": "《",
    "links": "![",
    "addresses": "http://",
    "control characters": "\x01\x02件",
    "emoji": "🎉件",
    "right-to-left marks": "\u200f收到1件\u202e",
    "negations": "未没有无",
    "negation and application": "未收到申请",
    "negation and dispute": "无行政复议、行政诉讼",
    "parts": "其中",
    "parts with numbers": "其中1件、",
    "counts": "收到政府信息公开申请12件，办结3件（含上年结转1件），占33%，同比增长5%；",
    "carried over": "结转到2024年结转",
    "everybody": "公民、法人或其他",
    "bodies": "区人民政府办公室局",
    "all done": "均已按时依法予以",
    "spaces": " \u3000",
    "new lines": "\n",
    "new lines and marks": "\n- 1件",
    "table rows": "|1",
    "percent": "占占占的",
    "hundredths": "百分之",
    "applicants": "自然人法人",
    "results": "予以公开及部分公开、",
    "documents": "制发规范性文件、废止",
    "years": "2023年以来2023年-",
}


def _seconds(text: str) -> float:
    gc.disable()
    try:
        begin = time.process_time()
        claims(text, ABOUT)
        return time.process_time() - begin
    finally:
        gc.enable()


@pytest.mark.slow
@pytest.mark.parametrize("pattern", HOSTILE.values(), ids=HOSTILE.keys())
def test_ten_times_the_text_takes_about_ten_times_as_long(pattern: str) -> None:
    short, long = ((pattern * (size // len(pattern) + 1))[:size] for size in (20_000, 200_000))
    least = max(_seconds(short), 0.005)
    # What shares the processor may hold one run up, never three.
    assert any(_seconds(long) < 30 * least for _ in range(3))


@pytest.mark.parametrize(
    "pattern", ["\x00", "\ud800", "\U0010ffff", "", " ", "\n\n", "。。", "其中"]
)
def test_odd_text_is_no_error_and_no_claim(pattern: str) -> None:
    assert claims(pattern * 3, ABOUT) == ()
