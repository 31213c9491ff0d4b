"""What the parts of a package are said to be: macros and links whatever their names."""

from __future__ import annotations

import pytest

from gk_xlsx.sources.archives import zip_kind
from gk_xlsx.sources.kinds import Kind
from gk_xlsx.sources.refusals import RefusedError
from tests.hostile.doubtful import TYPES, related
from tests.hostile.workbooks import RELATIONS
from tests.hostile.zips import changed, ours, swapped, with_members, word

MICROSOFT = b"http://schemas.microsoft.com/office/2006/relationships/"
OPEN = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
STRICT = b"http://purl.oclc.org/ooxml/officeDocument/relationships/"
WORD_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def reason(data: bytes) -> str:
    with pytest.raises(RefusedError) as refused:
        zip_kind(data)
    return refused.value.reason


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (MICROSOFT + b"vbaProject", "macro"),
        (MICROSOFT + b"VBAPROJECT", "macro"),
        (MICROSOFT + b"&#x76;baProject", "macro"),
        (MICROSOFT + b"xlMacrosheet", "macro"),
        (MICROSOFT + b"xlIntlMacrosheet", "macro"),
        (OPEN + b"externalLink", "external_link"),
        (STRICT + b"externalLink", "external_link"),
    ],
)
def test_a_part_is_what_its_relation_says(kind: bytes, expected: str) -> None:
    assert reason(related(kind, b"other.bin")) == expected


def test_a_relation_of_another_kind_is_no_matter() -> None:
    link = b'TargetMode="External" Target="http://192.0.2.1/vbaProject"'
    kind = OPEN + b'hyperlink" ' + link + b' x="'
    assert zip_kind(related(kind, b"worksheets/other.xml")) is Kind.WORKBOOK


@pytest.mark.parametrize(
    "kind",
    [
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
        b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ],
)
def test_a_document_made_for_macros_is_refused(kind: bytes) -> None:
    assert reason(swapped(word(), TYPES, WORD_TYPE, kind)) == "macro"


def test_types_told_in_utf_16_are_understood() -> None:
    def wide(old: bytes) -> bytes:
        kind = b"application/vnd.ms-word.document.macroEnabled.main+xml"
        return old.replace(WORD_TYPE, kind).decode().replace("UTF-8", "UTF-16").encode("utf-16")

    assert reason(changed(word(), TYPES, wide)) == "macro"


def test_a_workbook_inside_a_document_is_not_the_document() -> None:
    """Only pictures and text are taken out of a document; what is embedded is never opened."""
    inside = (
        b'<Default Extension="xlsm" '
        b'ContentType="application/vnd.ms-excel.sheet.macroEnabled.12"/></Types>'
    )
    assert zip_kind(swapped(word(), TYPES, b"</Types>", inside)) is Kind.DOCX


def test_an_endless_list_of_relations_is_not_looked_through() -> None:
    endless = b"<!--%s-->" % b"".join(b"%x" % number for number in range(1_600_000))
    longer = changed(ours(), RELATIONS, lambda old: old + endless)
    assert reason(longer) == "bomb"


def test_a_package_without_types_is_let_in_to_be_found_damaged_later() -> None:
    assert zip_kind(with_members(ours(), {TYPES: b"\xff<"})) is Kind.WORKBOOK
