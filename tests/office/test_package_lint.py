"""Each rule finds the one thing that was broken; a clean file has no findings."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
import xlsxwriter

from tests.office.formula_lint import Known, lint_formula
from tests.office.package_lint import lint_docx, lint_xlsx

SHEET = "xl/worksheets/sheet1.xml"
WORKBOOK = "xl/workbook.xml"
DOCUMENT = "word/document.xml"


@pytest.fixture(scope="module")
def clean_xlsx() -> bytes:
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    form, hidden = book.add_worksheet("三、申请办理"), book.add_worksheet("状态")
    open_cell, red = book.add_format({"locked": False}), book.add_format({"bg_color": "red"})
    form.set_row(0, 30)
    form.set_column(0, 1, 20)
    form.merge_range("A1:B1", "表头")
    form.merge_range("A2:B2", "说明")
    form.write_number("A3", 5, open_cell)
    form.write_string("B3", "件")
    form.write_boolean("C3", boolean=True)
    form.write_formula("A4", "=IF('状态'!A1=\"ok\",SUM(A3:A3),gk_errors)", None, 5)
    form.write_url("A5", "internal:'状态'!A1", string="去看")
    form.write_comment("A3", "填件数")
    form.data_validation(
        "A3:A3",
        {
            "validate": "custom",
            "value": "=ISNUMBER(A3)",
            "input_title": "提示题",
            "input_message": "提示文",
            "error_title": "错误题",
            "error_message": "错误文",
        },
    )
    form.data_validation("B3", {"validate": "list", "source": ["甲", "乙"]})
    form.conditional_format(
        "A3", {"type": "formula", "criteria": '=A3=""', "format": red, "stop_if_true": True}
    )
    form.conditional_format("B3", {"type": "formula", "criteria": "=A3<0", "format": red})
    form.set_footer("第 &P 页")
    form.freeze_panes(2, 0)
    form.protect()
    hidden.write_formula("A1", '=IF(ISNUMBER(\'三、申请办理\'!A3),"ok","blank")', None, "ok")
    hidden.hide()
    book.define_name("gk_errors", "='状态'!$A$1")
    book.close()
    return content.getvalue()


@pytest.fixture(scope="module")
def clean_docx() -> bytes:
    document = docx.Document()
    document.add_heading("一、总体情况", 1)
    document.add_paragraph("正文。")
    table = document.add_table(3, 3, style="Table Grid")
    table.cell(0, 0).merge(table.cell(0, 1)).text = "横"
    table.cell(1, 2).merge(table.cell(2, 2)).text = "竖"
    document.add_paragraph("落款", style="List Number")
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def surgery(content: bytes, part: str, old: str, new: str) -> bytes:
    """The same file with the first `old` in one part replaced."""
    result = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(result, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == part:
                assert old.encode() in data, f"{old} is not in {part}"
                data = data.replace(old.encode(), new.encode(), 1)
            after.writestr(name, data)
    return result.getvalue()


def test_a_clean_workbook_has_no_findings(clean_xlsx: bytes) -> None:
    assert lint_xlsx(clean_xlsx) == []


def test_a_clean_document_has_no_findings(clean_docx: bytes) -> None:
    assert lint_docx(clean_docx) == []


LONG = "长" * 256


@pytest.mark.parametrize(
    ("part", "old", "new", "found"),
    [
        # cells
        (SHEET, '<row r="4"', '<row r="3"', "row 3 after row 3"),
        (SHEET, 'ht="30"', 'ht="500"', "500 points high"),
        (SHEET, '<c r="C3"', '<c r="A3"', "A3 out of order or twice"),
        (SHEET, '<c r="C3"', '<c r="C9"', "cell C9 in row 3"),
        (SHEET, 't="s"><v>0<', 't="s"><v>99<', "value '99' of type s"),
        (SHEET, 't="b"><v>1<', 't="b"><v>TRUE<', "value 'TRUE' of type b"),
        (SHEET, "<v>5<", "<v>五<", "value '五' of type n"),
        (SHEET, '<c r="A3" s="', '<c r="A3" s="9', "style 9"),
        (SHEET, "<f>IF(", '<f t="array" ref="A4">IF(', "array formula"),
        (SHEET, 'max="2"', 'max="1"/><col min="1" max="1"', "columns 1 to 1 after column 1"),
        (SHEET, 'width="20', 'width="300', "characters wide"),
        (SHEET, 'topLeftCell="A3"', 'topLeftCell="A0"', "A0 is no cell"),
        (SHEET, "第 &amp;P 页", LONG, "header or footer"),
        ("xl/sharedStrings.xml", "件", "件" * 32768, "32767 are allowed"),
        ("xl/sharedStrings.xml", "件", "_x0001_", "control character"),
        ("xl/comments1.xml", 'ref="A3"', 'ref="A0"', "comment at A0: no cell"),
        (SHEET, "<legacyDrawing r:id", "<ignored id", "comments without their drawing"),
        # merges
        (SHEET, 'ref="A2:B2"', 'ref="B1:C2"', "A1:B1 and B1:C2 overlap"),
        (SHEET, 'ref="A2:B2"', 'ref="B2:A2"', "merged range B2:A2 is none"),
        (SHEET, 'ref="A2:B2"', 'ref="A2:A2"', "is one cell"),
        # validations and conditional formats
        (SHEET, "提示题", "题" * 33, "promptTitle of 33"),
        (SHEET, "错误题", "题" * 33, "errorTitle of 33"),
        (SHEET, "提示文", LONG, "prompt of 256"),
        (SHEET, "错误文", LONG, "error of 256"),
        (SHEET, '"甲,乙"', f'"{LONG}"', "list or formula of 258"),
        (SHEET, '"甲,乙"', "'状态'!$A$1:$A$2", "refers to another sheet"),
        (SHEET, 'sqref="B3"><formula1>', 'sqref="A3"><formula1>', "validations A3 and A3 overlap"),
        (SHEET, 'sqref="B3"', 'sqref="B0"', "range B0 is none"),
        (SHEET, 'sqref="B3"', 'sqref=""', "applies to no cell"),
        (SHEET, "<formula>A3&lt;0<", "<formula>状态!A1&lt;0<", "refers to another sheet"),
        (SHEET, "<formula>A3&lt;0<", "<formula>A3={1,2}<", "array constant"),
        (SHEET, 'dxfId="0"', 'dxfId="7"', "dxf 7"),
        (SHEET, 'priority="2"', 'priority="1"', "priority '1' 2 times"),
        # links
        (SHEET, "location=\"'状态'!A1\"", "location=\"'没有'!A1\"", "no sheet '没有'!"),
        # workbook
        (WORKBOOK, 'name="状态"', 'name="三、申请办理"', "sheet name 三、申请办理 twice"),
        (WORKBOOK, 'name="状态"', 'name="状/态"', "illegal sheet name"),
        (WORKBOOK, 'name="状态"', f'name="{"长" * 32}"', "sheet name of 32"),
        (WORKBOOK, 'sheetId="2"', 'sheetId="1"', "sheet id 1 twice"),
        (WORKBOOK, 'sheetId="1"', 'sheetId="1" state="hidden"', "no visible sheet"),
        (WORKBOOK, "<workbookView ", '<workbookView activeTab="1" ', "active sheet 1"),
        (WORKBOOK, 'name="gk_errors"', 'name="GK1"', "illegal defined name GK1"),
        (WORKBOOK, 'name="gk_errors"', 'name="R1C1"', "illegal defined name R1C1"),
        (WORKBOOK, 'name="gk_errors"', 'name="a b"', "illegal defined name a b"),
        (WORKBOOK, "'状态'!$A$1", "没有!$A$1", "no sheet 没有!"),
        (WORKBOOK, "'状态'!$A$1", "#REF!$A$1", "#REF!"),
        (
            WORKBOOK,
            "<definedName ",
            '<definedName name="GK_ERRORS">1</definedName><definedName ',
            "defined name gk_errors@ twice",
        ),
        ("xl/styles.xml", 'fillId="0"', 'fillId="99"', "fillId 99"),
        ("xl/styles.xml", 'numFmtId="0"', 'numFmtId="200"', "numFmtId 200"),
        # the package
        (SHEET, "</sheetData>", "", "not well-formed"),
        ("xl/_rels/workbook.xml.rels", "sheet2.xml", "sheet9.xml", "missing part"),
        ("xl/_rels/workbook.xml.rels", 'Id="rId2"', 'Id="rId1"', "id rId1 twice"),
        (WORKBOOK, 'r:id="rId2"', 'r:id="rId99"', "names no relationship"),
        ("[Content_Types].xml", "/xl/worksheets/sheet2.xml", "/xl/x.xml", "no part xl/x.xml"),
        ("[Content_Types].xml", 'Extension="vml"', 'Extension="x"', "no type for xl/drawings"),
        ("docProps/core.xml", "<dc:creator>", "<dc:creator>甲 &amp;amp; 乙", "escaped twice"),
    ],
)
def test_a_broken_workbook_is_found(
    clean_xlsx: bytes, part: str, old: str, new: str, found: str
) -> None:
    problems = lint_xlsx(surgery(clean_xlsx, part, old, new))
    assert any(found in problem for problem in problems), problems


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_stands_twice_in_the_zip_is_found(clean_xlsx: bytes) -> None:
    content = BytesIO(clean_xlsx)
    with ZipFile(content, "a") as archive:
        archive.writestr(SHEET, archive.read(SHEET))
    assert lint_xlsx(content.getvalue()) == [f"{SHEET}: twice in the zip"]


KNOWN = Known(frozenset({"甲 表", "三、申请办理"}), frozenset({"gk_errors"}))


@pytest.mark.parametrize(
    "formula",
    [
        "SUM(A1:B2,$C$3)-'甲 表'!D4",
        'IF(AND(A1>=0,NOT(ISBLANK(B1))),"有""引号""",-1.5E+3%)',
        'SUMIF(A:A,">0",$1:$3)',
        'IF(gk_errors=0,,TRUE)&TEXT(NOW(),"yyyy")',
        'SUMPRODUCT((A1:A9<>"")*{1;2;3})',
        "LOG10(+A1)^-2",
        'HYPERLINK("#\'甲 表\'!A1","去")',
        'COUNTIFS(A1:A9,"ok")',
        "IFERROR(VLOOKUP(A1,B1:C9,2,FALSE),#N/A)",
    ],
)
def test_a_sound_formula_is_not_criticised(formula: str) -> None:
    assert list(lint_formula(formula, KNOWN)) == []


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ("", "empty formula"),
        ("=A1", "leading ="),
        ("A1+" * 2800 + "1", "formula of 8401 characters"),
        ("SUM(A1", ") missing"),
        ("A1)", ") without its opening bracket"),
        ("SUM(A1}", "} without its opening bracket"),
        ('IF(A1="甲,1)', "unexpected '\"'"),
        ("SUM（A1）", "unexpected '（'"),
        ("A1 B1", "no operator before B1"),
        ("A1*/B1", "no operand before /"),
        ("SUM(A1+)", "no operand before )"),
        ("A1+", "no operand at the end"),
        ('"' + "长" * 256 + '"', "text of more than 255"),
        ("没有!A1", "no sheet 没有!"),
        ("'[1]甲 表'!A1", "no sheet '[1]甲 表'!"),
        ('HYPERLINK("#\'没有\'!A1","去")', "link to missing sheet 没有"),
        ("XFE1", "beyond the sheet"),
        ("A1048577", "beyond the sheet"),
        ("SUM(#REF!)", "#REF!"),
        ("_xlfn.CONCAT(A1)", "no function of Excel 2007: _xlfn.CONCAT"),
        ("TEXTJOIN(A1)", "no function of Excel 2007: TEXTJOIN"),
        ("gk_warnings+1", "unknown name gk_warnings"),
        ("ABS(" * 65 + "1" + ")" * 65, "nested 65 deep"),
    ],
)
def test_a_broken_formula_is_found(formula: str, found: str) -> None:
    problems = list(lint_formula(formula, KNOWN))
    assert any(found in problem for problem in problems), problems


BOOKMARK = '<w:bookmarkStart w:id="1" w:name="a"/>'


@pytest.mark.parametrize(
    ("part", "old", "new", "found"),
    [
        (DOCUMENT, "正文。", "正{{ 文", "template syntax left"),
        (DOCUMENT, "正文。", "{%p if", "template syntax left"),
        (DOCUMENT, "正文。", "None", "a paragraph says None"),
        (DOCUMENT, 'w:gridSpan w:val="2"', 'w:gridSpan w:val="3"', "row 1 spans 4 of 3"),
        (DOCUMENT, '<w:vMerge w:val="restart"/>', "", "row 3, column 3 continues nothing"),
        (DOCUMENT, "</w:p></w:tc>", "</w:p><w:tbl/></w:tc>", "does not end with a paragraph"),
        (DOCUMENT, '"TableGrid"', '"Nothing"', "no table style Nothing"),
        (DOCUMENT, '"Heading1"', '"TableGrid"', "no paragraph style TableGrid"),
        ("word/styles.xml", 'w:basedOn w:val="Normal"', 'w:basedOn w:val="X"', "missing style X"),
        ("word/styles.xml", 'w:styleId="Heading1"', 'w:styleId="Normal"', "style Normal twice"),
        (DOCUMENT, "<w:p>", f"<w:p>{BOOKMARK}", "do not start and end in pairs"),
        (DOCUMENT, "<w:p>", f"<w:p>{BOOKMARK}{BOOKMARK}", "bookmark id 1 twice"),
        (DOCUMENT, "<w:pPr>", '<w:pPr><w:numPr><w:numId w:val="99"/></w:numPr>', "no numbering 99"),
        ("word/settings.xml", "<w:zoom", "<w:updateFields/><w:zoom", "updateFields"),
        (DOCUMENT, "<w:pgSz", '<w:footerReference w:type="even"/><w:pgSz', "even headers"),
        (DOCUMENT, "<w:pgSz", '<w:footerReference w:type="first"/><w:pgSz', "first page"),
        (DOCUMENT, "<w:body>", '<w:body r:id="rId99">', "names no relationship"),
        ("word/_rels/document.xml.rels", '"styles.xml"', '"style.xml"', "missing part"),
        (DOCUMENT, 'mc:Ignorable="', 'mc:Ignorable="w99 ', "undeclared prefix w99"),
    ],
)
def test_a_broken_document_is_found(
    clean_docx: bytes, part: str, old: str, new: str, found: str
) -> None:
    problems = lint_docx(surgery(clean_docx, part, old, new))
    assert any(found in problem for problem in problems), problems
