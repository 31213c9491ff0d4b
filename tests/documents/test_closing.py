"""The signature at a text's end: taken off, and kept."""

from __future__ import annotations

import pytest

from gk_xlsx.documents.closing import without_signature
from gk_xlsx.documents.narrative import TextSource
from gk_xlsx.form import Form
from gk_xlsx.report import Signed


@pytest.mark.parametrize(
    ("ending", "signed"),
    [
        ("\n某某区档案局\n2022年1月10日\n", Signed("某某区档案局", "2022年1月10日")),
        ("\n\n**某某局**\n\n　　2022 年 1 月 10 日", Signed("某某局", "2022年1月10日")),
        ("\n2022-01-10", Signed("", "2022-01-10")),
        ("\n某某局\n二〇二二年一月十日", Signed("某某局", "二〇二二年一月十日")),
    ],
)
def test_body_and_date_are_taken_off(form_2021: Form, ending: str, signed: Signed) -> None:
    source, found = without_signature(
        TextSource("文.md", f"六、其他\n无其他事项。{ending}"), form_2021
    )
    assert (source.text.strip(), found) == ("六、其他\n无其他事项。", signed)


@pytest.mark.parametrize(
    "text",
    ["无。", "", "报告于2022年1月10日公布。", "某某局", "2022年1月10日\n另有说明。"],
)
def test_a_text_that_is_not_signed_stays_as_it_is(form_2021: Form, text: str) -> None:
    source = TextSource("文.md", text)
    assert without_signature(source, form_2021) == (source, Signed())


def test_a_heading_or_a_sentence_signs_nothing(form_2021: Form) -> None:
    heading = "六、其他需要报告的事项"
    for line in (heading, "以上数据截至年底。"):
        source, found = without_signature(TextSource("文.md", f"{line}\n2022-01-10"), form_2021)
        assert (source.text, found.by) == (line, "")
