"""JSON, CSV and text that are deep, endless, doubled, or no text at all."""

from __future__ import annotations

import json
import re
from typing import Any

from gk_xlsx.api import Printed, render
from gk_xlsx.api.reading import MAX_TEXT
from tests.hostile.listed import FOUND, each
from tests.hostile.zips import EXAMPLES

MB = 2**20


def _report() -> str:
    return (EXAMPLES / "05-机关事务中心-2021.json").read_text("utf-8")


def _put(old: str, new: str) -> bytes:
    text = _report()
    assert old in text, old
    return text.replace(old, new, 1).encode("utf-8", "surrogatepass")


def _with_value(value: str) -> bytes:
    """The report with something else in place of its first figure."""
    values = json.loads(_report())["values"]
    key, old = next((key, item) for key, item in values.items() if item is not None)
    return _put(f'"{key}": {json.dumps(old)}', f'"{key}": {value}')


def _narrated(text: str) -> bytes:
    """The report with a text of its own."""
    told: dict[str, Any] = json.loads(_report())
    told["narrative"]["overview"] = text
    return json.dumps(told, ensure_ascii=False).encode()


def _turned(row: str) -> bytes:
    """The report in Markdown with its first row of figures put another way."""
    text = render(EXAMPLES / "05-机关事务中心-2021.json", to=Printed.MARKDOWN).data.decode()
    changed, count = re.subn(r"(?m)^\| *规章 *\|", row, text, count=1)
    assert count == 1
    return changed.encode()


def _with_text(text: str) -> bytes:
    told: dict[str, Any] = json.loads(_report())
    told["unit"]["name"] = text
    return json.dumps(told).encode()


def _all_nodes(count: int) -> bytes:
    return _put('"values": {', '"values": {' + "".join(f'"x{at}":{at},' for at in range(count)))


each(
    "FI05",
    {
        "text-too-long.json": lambda: _narrated("行政复议1件，维持1件，" * 100_000),
        "text-of-figures.json": lambda: _narrated("1件" * 800_000),
    },
)
each("IN18", {"row-turned.md": lambda: _turned("| 规章\u202e |")})
each(
    FOUND,
    {
        "text-as-long-as-is-read.json": lambda: _narrated(
            "全年新收政府信息公开申请99件。"
            + ("行政复议1件，维持1件，" * MAX_TEXT)[: MAX_TEXT - 5000]
        ),
        "brackets.json": lambda: b'{"a":' + b"[" * 100_000,
        "brackets-closed.json": lambda: b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        "braces.json": lambda: b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        "in-report.json": lambda: _with_value("[" * 900 + "]" * 900),
        "numbers.json": lambda: b'{"a": [' + b"1," * (25 * MB) + b"1]}",
        "keys.json": lambda: b"{" + b",".join(b'"%d":0' % at for at in range(4_000_000)) + b"}",
        "keys-twice.json": lambda: _put('"year"', '"year": 2020,\n "year"'),
        "torn.json": lambda: _report().encode()[:3000],
        "bytes-broken.json": lambda: _report().encode()[:3001] + b"\xff\xfe" + b'"}',
        "list.json": lambda: b'{"values": [], "unit": 7, "year": {}, "edition": []}',
        "year-huge.json": lambda: _put('"year": 2021', '"year": 1' + "0" * 5000),
        "not-a-number.json": lambda: _with_value("NaN"),
        "infinite.json": lambda: _with_value("-Infinity"),
        "value-digits.json": lambda: _with_value("9" * 100_000),
        "value-exponent.json": lambda: _with_value("1e999999999"),
        "value-true.json": lambda: _with_value("true"),
        "value-turned.json": lambda: _with_value('"\\u202e21"'),
        "nodes.json": lambda: _all_nodes(500_000),
        "surrogate.json": lambda: _with_text("某局\ud800"),
        "control.json": lambda: _with_text("某局\x1b[2J\u202e\0"),
        "long-name.json": lambda: _with_text("局" * 1_000_000),
    },
)
each(
    FOUND,
    {
        "formulas.csv": lambda: bytes("指标,数值\n=cmd|'/c calc'!A0,@SUM(1)\n+1,-1\n", "utf-8"),
        "one-line.txt": lambda: bytes("甲" * (20 * MB), "utf-8"),
        "one-line-read.txt": lambda: bytes("甲" * MB, "utf-8"),
        "one-number.txt": lambda: b"9" * (4 * MB),
        "lines-without-end.txt": lambda: (
            "一、本年新收政府信息公开申请数量\n".encode() + b"1\n" * 200_000
        ),
        "headings-and-rows.txt": lambda: (
            "二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n"
            "一、本年新收政府信息公开申请数量\t1\t2\t3\t4\t5\t6\t7\n".encode()
            * 20_000
        ),
        "references.md": lambda: b"[a]: b\n" * 100_000,
        "tabs.txt": lambda: b"\t" * (3 * MB) + b"x",
        "lines.txt": lambda: b"x\n" * (2 * MB),
        "table-lines.txt": lambda: "甲\t乙\t丙\n".encode() * 300_000,
        "pipes.md": lambda: b"|" * 4_000_000 + b"\n|---|\n|a|\n",
        "pipe-rows.md": lambda: b"|a|b|\n|---|---|\n" + b"|1|2|\n" * 600_000,
        "stars.md": lambda: b"**_`[" * 900_000,
        "hashes.md": lambda: b"# " * 900_000,
        "gb18030-broken.txt": lambda: "本机关".encode("gb18030") + b"\x81\x30\x81" * 9000,
        "nul.txt": lambda: "本机关".encode() + b"\0" * 9000,
        "utf-16-odd.txt": lambda: b"\xff\xfe" + "本机关".encode("utf-16-le") + b"\x00\xd8\x01",
        "utf-32.txt": lambda: "本机关".encode("utf-32"),
        "bom-only.txt": lambda: b"\xef\xbb\xbf",
        "blank.txt": lambda: b" \n" * 900_000,
        "bidi.txt": lambda: "\u202e\u2066本机关\u200b\ufeff".encode() * 9000,
        "template.txt": lambda: b"{{ ''.__class__.__mro__[1].__subclasses__() }}" * 900,
        "executable.xlsx": lambda: b"MZ\x90\0" + bytes(range(256)) * 90,
    },
)
each(FOUND, {"too-large.csv": lambda: b"1,2,3\n" * (11 * MB)})
