"""Real reports for the tests: the text cut into sections, without the lines of tables."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

from gk_xlsx import resources
from gk_xlsx.report import AnnualReport, narrative
from gk_xlsx.sources.report_json import read_report_json

_SECTIONS = {
    "一": "overview",
    "二": "proactive",
    "三": "requests",
    "四": "disputes",
    "五": "problems",
    "六": "other",
}
_HEADING = re.compile(
    r"^[#\s\u3000]*([一二三四五六])、\s*(?:总体情况|主动公开政府|收到和处理|(?:因)?政府信息公开行政复议"
    r"|(?:政府信息公开工作)?存在的主要问题|其他需要)"
)
_TABLE_LINE = re.compile(r"\t|\S {3,}\S|^\s*\d[\d\s.]*$|^\s{12,}\S")


def report_with_text(folder: Path, name: str) -> AnnualReport:
    """The report JSON with the text of the file beside it."""
    path = folder / f"{name}.json"
    report = read_report_json(path.read_bytes(), resources.form, resources.form_for_year)
    return replace(report, narrative=narrative(sections(_text(folder, name)).items()))


def sections(text: str) -> dict[str, str]:
    """Section key to its text; what stands before 一、 is the preface."""
    found: dict[str, list[str]] = {"preface": []}
    key = "preface"
    for line in text.splitlines():
        heading = _HEADING.match(line)
        if heading:
            key = _SECTIONS[heading[1]]
            found[key] = [line[heading.end() :]] if len(line) > 40 else []
        elif key not in ("proactive", "requests", "disputes") and not _TABLE_LINE.search(line):
            found[key].append(line)
    return {key: "\n".join(lines) for key, lines in found.items()}


def has_pdf_reader() -> bool:
    """Whether poppler's pdftotext is installed."""
    return shutil.which("pdftotext") is not None


def _text(folder: Path, name: str) -> str:
    if (folder / f"{name}.txt").exists():
        return (folder / f"{name}.txt").read_text("utf-8")
    if (folder / f"{name}.pdf").exists():
        command = ["pdftotext", "-layout", str(folder / f"{name}.pdf"), "-"]
        done = subprocess.run(command, check=True, capture_output=True)
        return re.sub(r"(?m)^ +", "", done.stdout.decode("utf-8"))
    markup = (folder / f"{name}.html").read_text("utf-8")
    markup = re.sub(r"(?is)<(script|style|table)\b.*?</\1>", "\n", markup)
    markup = re.sub(r"(?i)</(p|div|h\d|li|tr)>|<br */?>", "\n", markup)
    return html.unescape(re.sub(r"<[^>]*>", "", markup))
