"""审核意见反馈单, read back with python-docx."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.document import Document

from gk_xlsx import api
from gk_xlsx.documents.feedback import Office, build_feedback_template, feedback_docx
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.findings import CheckedFile, Finding, Gate, Severity, TextLocation, Verdict
from gk_xlsx.form import Form
from gk_xlsx.report import AnnualReport, Signed
from gk_xlsx.resources import root
from tests.office.package_lint import lint_docx
from tests.office.validator import Validator
from tests.office.word import word_document

FAULTY = Path(__file__).parents[2] / "examples" / "07-区政府办公室-2021-错误示范.xlsx"
OFFICE = Office(
    "某某区人民政府办公室", "政务公开科", "张三", "李四", "0580-1234567", "政府信息公开年报"
)

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
DATA, TEXT = Gate.DATA, Gate.TEXT


def _found(
    severity: Severity = ERROR, gate: Gate = DATA, *, explained: str | None = None
) -> Finding:
    return Finding("ZZ99", "made-up", severity, gate, "有误。", fix="请改。", explained=explained)


def _file(
    *findings: Finding, data: Verdict = Verdict.FIX, text: Verdict = Verdict.PASS
) -> CheckedFile:
    return CheckedFile("甲.xlsx", "", "某某区档案局", 2024, "2021", data, text, findings)


def _passed(text: Verdict = Verdict.PASS) -> CheckedFile:
    return _file(data=Verdict.PASS, text=text)


def _read(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def _letter(
    file: CheckedFile, office: Office = OFFICE, *, deadline: str = "2025-01-20"
) -> list[str]:
    content = feedback_docx(
        file, office, received="2025-01-12", times=2, deadline=deadline, date="2025-01-14"
    )
    return [paragraph.text for paragraph in _read(content).paragraphs]


def _annex(content: bytes) -> list[list[str]]:
    """Rows without the head; one over the whole width is a single text."""
    tables = _read(content).tables
    rows = [[cell.text for cell in row.cells] for row in tables[0].rows[1:]] if tables else []
    return [row[:1] if len(set(row)) == 1 else row for row in rows]


FIGURES = api.Choice(select=("AR", "IN", "YR", "SE"))
"""The findings that the example was made for; those about its text are not counted here."""


@pytest.fixture(scope="module")
def faulty() -> tuple[CheckedFile, AnnualReport, Form]:
    opened = api.open_report(FAULTY)
    return api.check(FAULTY, FIGURES), opened.report, opened.form


def _asked_for(*findings: Finding, **more: object) -> str:
    """The paragraph that says what to do by when."""
    content = feedback_docx(_file(*findings), OFFICE, **more)  # type: ignore[arg-type] # by name
    body = (
        item for item in _read(content).paragraphs if item.style and item.style.name == "意见正文"
    )
    return [item.text for item in body][-1]


def test_a_report_with_errors_is_answered_with_counts_and_what_to_do() -> None:
    notes = [_found(NOTE)] * 3
    file = _file(_found(), _found(), _found(ERROR, TEXT), _found(WARNING, TEXT), *notes)
    assert _letter(file)[:12] == [
        "关于某某区档案局2024年\n政府信息公开工作年度报告的审核意见",
        "某某区档案局：",
        "贵单位1月12日报送的年度报告（第2次）收悉。经审核：",
        "一、数据方面，须改正2处（附表）；",
        "二、文字方面，须修改1处（附表）；",
        "三、请核实并说明1处（附表）；",
        "四、供参考3处，不须修改，未列入附表。",
        (
            "请于1月20日前修改后，将填报表、报告文本和盖章件一并重新报送；"
            "如认为数据无误，请在“情况说明”栏写明依据。"
        ),
        "某某区人民政府办公室政务公开科",
        "2025年1月14日",
        "审核人：张三　　复核人：李四　　联系电话：0580-1234567",
        "附表",
    ]


def test_only_what_needs_an_answer_is_asked_for_one() -> None:
    letter = _letter(_file(_found(WARNING), data=Verdict.EXPLAIN))
    assert letter[3:7] == [
        "一、数据方面，未发现须改正之处；",
        "二、文字方面，未发现须修改之处；",
        "三、请核实并说明1处（附表）。",
        (
            "请于1月20日前核实。有误的，修改后将填报表、报告文本和盖章件一并重新报送；"
            "无误的，请在“情况说明”栏写明依据后报送。"
        ),
    ]


def test_a_passed_report_is_asked_to_be_published() -> None:
    letter = _letter(_passed(), deadline="1月31日")
    assert letter[2] == (
        "贵单位1月12日报送的年度报告（第2次）收悉。审核通过，"
        "请于1月31日前在“政府信息公开年报”栏目公布，并反馈网址。"
    )
    assert letter[3] == "某某区人民政府办公室政务公开科"
    assert "附表" not in letter


def test_a_passed_report_names_the_number_of_its_notes_only() -> None:
    file = replace(_passed(), findings=(_found(NOTE), _found(NOTE)))
    assert _letter(file)[2].endswith("并反馈网址。另有供参考2处，不须修改。")
    assert _annex(feedback_docx(file, OFFICE)) == []


def test_a_letter_after_the_deadline_does_not_ask_for_something_in_the_past() -> None:
    late = {"deadline": "2026-01-25", "date": "2026-11-22"}
    mend = _asked_for(_found(), **late)
    assert mend.startswith("重新报送期限（1月25日）已过，请尽快修改后，将填报表")
    passed = feedback_docx(_passed(), OFFICE, deadline="2026-01-31", date="2026-11-22")
    assert "审核通过，公布期限（1月31日）已过，请尽快在“政府信息公开年报”栏目公布" in (
        _read(passed).paragraphs[2].text
    )


@pytest.mark.parametrize(("deadline", "date"), [("2026-01-25", ""), ("2026-01-25", "2026-01-25")])
def test_a_deadline_that_is_not_over_or_a_letter_without_date_names_the_day(
    deadline: str, date: str
) -> None:
    assert "请于1月25日前修改后" in _asked_for(_found(), deadline=deadline, date=date)


def test_an_explanation_is_only_offered_where_one_lifts_something() -> None:
    blank, carried = replace(_found(), code="IN01"), replace(_found(), code="YR01")
    files = replace(_found(WARNING), code="RO09")
    assert "情况说明" not in _asked_for(blank)
    assert "情况说明" in _asked_for(blank, carried)
    assert "情况说明" in _asked_for(blank, _found(WARNING))
    only_files = _asked_for(files, deadline="2026-01-25")
    assert only_files == "请于1月25日前核实，并告知结果。"


def test_where_none_of_several_versions_was_chosen_their_text_waits() -> None:
    versions = replace(_found(), code="RO02")
    file = _file(versions, text=Verdict.NONE)
    lines = [item.text for item in _read(feedback_docx(file, OFFICE, undecided=True)).paragraphs]
    assert "二、文字方面，待确定采用哪一份后审核。" in lines
    asked = next(line for line in lines if "以哪一份为准" in line)
    assert asked.endswith("前告知以哪一份为准，或将填报表、报告文本和盖章件一并重新报送。")


def test_figures_without_a_text_pass_only_as_figures() -> None:
    assert _letter(_passed(text=Verdict.NONE))[2].endswith(
        "数据方面审核通过；未收到报告文本，请于1月20日前将报告文本和盖章件一并报送。"
    )


def test_errors_without_a_text_leave_the_text_for_later() -> None:
    letter = _letter(_file(_found(), text=Verdict.NONE))
    assert letter[4] == "二、文字方面，未收到报告文本，待收到后审核。"


def test_a_file_that_cannot_be_read_is_asked_for_again(tmp_path: Path) -> None:
    path = tmp_path / "报告.pdf"
    path.write_bytes(b"%PDF-1.7")
    letter = _letter(api.check(path))
    assert letter[0].startswith("关于＿＿＿＿（单位）＿＿＿＿年\n")
    assert "文件不能读取，未能审核。请于1月20日前按附表所列办法处理，将填报表" in letter[2]
    content = feedback_docx(api.check(path), OFFICE)
    assert _annex(content)[1][:2] == ["1", "整份报告"]


def test_what_was_explained_is_counted_and_no_longer_asked() -> None:
    file = _file(_found(), _found(WARNING, explained="职能划转"))
    assert "三、已作情况说明1处，收悉。" in _letter(file)
    assert len(_annex(feedback_docx(file, OFFICE))) == 2


def test_blanks_are_left_for_what_is_not_known() -> None:
    content = feedback_docx(_file(_found()), Office())
    lines = [paragraph.text for paragraph in _read(content).paragraphs]
    assert "贵单位　　月　　日报送的年度报告（第1次）收悉。经审核：" in lines
    assert "审核人：＿＿＿＿　　复核人：＿＿＿＿　　联系电话：＿＿＿＿" in lines
    assert lines[-5:-3] == ["（审核单位盖章）", "　　　　年　　月　　日"]


def test_the_annex_numbers_all_kinds_through_with_room_for_the_units_answer() -> None:
    findings = (_found(WARNING), _found(ERROR, TEXT), _found(), _found(NOTE))
    content = feedback_docx(_file(*findings), OFFICE)
    head = [cell.text for cell in _read(content).tables[0].rows[0].cells]
    assert head == ["序号", "位置", "原填（原文）", "问题", "修改建议", "单位说明"]
    assert [row[0] for row in _annex(content)] == [
        *("数据方面须改正（1处）", "1", "文字方面须修改（1处）", "2", "请核实并说明（1处）", "3")
    ]
    assert _annex(content)[1][3:] == ["有误。", "请改。", ""]


def test_the_annex_of_a_real_workbook_says_where_and_what_stands_there(
    faulty: tuple[CheckedFile, AnnualReport, Form],
) -> None:
    checked, report, form = faulty
    rows = _annex(feedback_docx(checked, OFFICE, report=report, form=form))
    assert [row[:3] for row in rows[1:]] == [
        ["1", "二、主动公开\n“行政许可·本年处理决定数量”（B9）", "/"],
        [
            "2",
            "三、申请办理\n“自然人”列\nD6 D7 D29 D30",
            "新收 56\n上年结转 1\n办结 52\n结转下年 6",
        ],
        [
            "3",
            "三、申请办理\n“4.保护第三方合法权益·商业企业”（E13）\n“3.要求提供公开出版物·其他”（I23）",
            "（空白）",
        ],
        ["4", "三、申请办理\n“2.重复申请·商业企业”（E22）", "-1"],
        ["上年结转须改正或说明（2处）"],
        ["5", "三、申请办理\n“二、上年结转政府信息公开申请数量·自然人”（D7）", "1"],
        ["6", "三、申请办理\n“二、上年结转政府信息公开申请数量·总计”（J7）", "1"],
    ]
    assert "单元格" not in rows[2][3]


def test_no_code_is_shown(faulty: tuple[CheckedFile, AnnualReport, Form]) -> None:
    checked, report, form = faulty
    text = "".join(
        _read(feedback_docx(checked, OFFICE, report=report, form=form)).element.itertext()
    )
    assert not [item.code for item in checked.findings if item.code in text]


def test_a_text_finding_names_its_section_and_quotes_the_sentence(
    faulty: tuple[CheckedFile, AnnualReport, Form],
) -> None:
    _, report, form = faulty
    place = TextLocation("overview", "全年办结71件。", 0, 8)
    file = _file(
        replace(_found(WARNING, TEXT), location=place, left=Decimal(71), right=Decimal(70))
    )
    rows = _annex(feedback_docx(file, OFFICE, report=report, form=form))
    assert rows[1][1:3] == ["一、总体情况", "全年办结71件。"]


def test_the_date_of_the_signature_is_named_with_what_is_written_there(
    faulty: tuple[CheckedFile, AnnualReport, Form],
) -> None:
    _, report, form = faulty
    signed = replace(report, signed=Signed("某局", "2021年1月12日"))
    file = _file(replace(_found(ERROR, TEXT), code="FM05"))
    rows = _annex(feedback_docx(file, OFFICE, report=signed, form=form))
    assert rows[1][1:3] == ["落款", "2021年1月12日"]


def test_letter_and_marked_workbook_number_alike() -> None:
    examined = api.examine(FAULTY)
    assert examined.opened is not None
    letter = feedback_docx(
        examined.file, OFFICE, report=examined.opened.report, form=examined.opened.form
    )
    book = openpyxl.load_workbook(io.BytesIO(api.marked(examined).data))["自查结果"]
    opinions = {
        str(row[0])[1:-1]: str(row[1])
        for row in book.iter_rows(values_only=True)
        if re.fullmatch("第[0-9]+条", str(row[0]))
    }
    numbered = {row[0]: row for row in _annex(letter) if len(row) > 1}
    assert len(opinions) >= 5
    for number, text in opinions.items():
        assert text.startswith(numbered[number][3][:12])
        assert text.endswith(numbered[number][4])


def test_a_long_name_stands_in_a_line_of_its_own() -> None:
    file = replace(_passed(), unit="某某市某某新区管理委员会办公室")
    assert _letter(file)[0] == (
        "关于某某市某某新区管理委员会办公室\n2024年政府信息公开工作年度报告\n的审核意见"
    )


def test_special_characters_are_kept_and_what_xml_cannot_hold_is_dropped() -> None:
    name = "A&B<局>{{ title }}\x00\ud800“引”"
    file = replace(_file(replace(_found(), message=name)), unit=name)
    shown = "A&B<局>{{ title }}“引”"
    assert _letter(file)[1] == f"{shown}："
    assert _annex(feedback_docx(file, OFFICE))[1][3] == shown


def test_same_arguments_give_the_same_bytes(
    faulty: tuple[CheckedFile, AnnualReport, Form],
) -> None:
    checked, report, form = faulty
    first, second = (feedback_docx(checked, OFFICE, report=report, form=form) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {info.date_time[0] for info in package.infolist()} == {1980}


def test_properties_name_the_office_and_no_program() -> None:
    properties = _read(feedback_docx(_passed(), OFFICE)).core_properties
    assert properties.title == "关于某某区档案局2024年政府信息公开工作年度报告的审核意见"
    assert properties.author == properties.last_modified_by == "某某区人民政府办公室"
    assert properties.comments == ""


def test_every_paragraph_has_a_style_of_its_own_name(
    faulty: tuple[CheckedFile, AnnualReport, Form],
) -> None:
    checked, report, form = faulty
    document = _read(feedback_docx(checked, OFFICE, report=report, form=form))
    cells = [cell for row in document.tables[0].rows for cell in row.cells]
    used = [*document.paragraphs, *(item for cell in cells for item in cell.paragraphs)]
    assert {item.style.name for item in used if item.style} == {
        *("意见标题", "意见主送", "意见正文", "意见落款", "意见联系"),
        *("附表标记", "附表标题", "附表表头", "附表分类", "附表文字", "附表序号"),
    }


def test_an_office_may_use_a_template_of_its_own() -> None:
    template = word_document("{{ unit }}：{{ deadline }}前")
    content = feedback_docx(_passed(), OFFICE, deadline="1月20日", template=template)
    assert [item.text for item in _read(content).paragraphs] == ["某某区档案局：1月20日前"]


def test_the_packaged_template_is_what_the_code_gives() -> None:
    template = (root() / "feedback.docx").read_bytes()
    assert template == build_feedback_template()
    assert feedback_docx(_passed(), OFFICE, template=template) == feedback_docx(_passed(), OFFICE)


def test_a_template_with_an_unknown_tag_says_which() -> None:
    template = word_document("{{ 单位 }}")
    with pytest.raises(GkXlsxError, match=r"“单位”.*feedback\.docx"):
        feedback_docx(_passed(), OFFICE, template=template)


def test_a_template_without_tags_is_refused() -> None:
    template = word_document()
    with pytest.raises(GkXlsxError, match=r"没有 .* 标记.*feedback\.docx"):
        feedback_docx(_passed(), OFFICE, template=template)


def _all_kinds(faulty: tuple[CheckedFile, AnnualReport, Form]) -> dict[str, bytes]:
    checked, report, form = faulty
    return {
        "wrong": feedback_docx(checked, OFFICE, report=report, form=form),
        "asked": feedback_docx(_file(_found(WARNING)), Office()),
        "passed": feedback_docx(_passed(), OFFICE),
    }


def test_word_would_repair_nothing(faulty: tuple[CheckedFile, AnnualReport, Form]) -> None:
    assert {name: lint_docx(data) for name, data in _all_kinds(faulty).items()} == {
        "wrong": [],
        "asked": [],
        "passed": [],
    }


@pytest.mark.office
def test_letters_are_valid_open_xml(
    faulty: tuple[CheckedFile, AnnualReport, Form], validator: Validator, tmp_path: Path
) -> None:
    for name, data in _all_kinds(faulty).items():
        (tmp_path / f"{name}.docx").write_bytes(data)
    (tmp_path / "template.docx").write_bytes(build_feedback_template())
    assert validator.validate(sorted(tmp_path.iterdir())) == []
