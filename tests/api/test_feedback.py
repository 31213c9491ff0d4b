"""Which of the office's days a 反馈单 names."""

from __future__ import annotations

import datetime
import io
from dataclasses import replace
from pathlib import Path

import docx

from gk_xlsx import api
from gk_xlsx.findings import Verdict
from gk_xlsx.office import IssuingOffice
from tests.made import clean_report, write_json

OFFICE = IssuingOffice(
    name="某某区府办",
    column="年报",
    publish_by=datetime.date(2025, 1, 31),
    deadline=datetime.date(2025, 1, 25),
)


def letter(examined: api.Examined) -> str:
    made = api.feedback(examined, OFFICE).data
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(made)).paragraphs)


def examined(tmp_path: Path) -> api.Examined:
    return api.examine(write_json(clean_report(), tmp_path / "x.json"))


def test_what_passed_is_to_be_published_by_the_day_of_publishing(tmp_path: Path) -> None:
    found = examined(tmp_path)
    passed = replace(found.file, data=Verdict.PASS, text=Verdict.PASS, findings=())

    assert "请于1月31日前在“年报”栏目公布" in letter(replace(found, file=passed))


def test_what_is_to_be_sent_again_has_the_other_day(tmp_path: Path) -> None:
    text = letter(examined(tmp_path))

    assert "1月25日前" in text
    assert "1月31日" not in text
