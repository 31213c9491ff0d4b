"""The sheets around the tables: 填写说明, 基本信息, 文字部分, 指标口径."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from gk_xlsx.form import FieldKind, Form
from gk_xlsx.office import IssuingOffice
from gk_xlsx.plan.layout import (
    FACT_LABELS,
    FACT_ROWS,
    FACTS,
    GUIDE,
    MEANINGS,
    RESULT,
    TEXT,
    TEXT_KEYS,
    TEXT_ROWS,
)
from gk_xlsx.plan.model import (
    Accepts,
    Address,
    Area,
    Cell,
    Page,
    Sheet,
    Style,
    Validation,
)
from gk_xlsx.plan.wording import Tally, verdict_text
from gk_xlsx.report import AnnualReport

_FACT_HINTS = {
    "unit": "与公章一致的全称",
    "code": "由下发单位编制，没有的不填",
    "year": "报告所属年份（不是填报年份）",
    "level": "从下拉列表中选",
    "scope": "本机关：只统计本单位；本级政府含办公室：政府报告；本行政区域汇总：含所属各单位",
    "title": "不填的自动为“单位名称＋年份＋年政府信息公开工作年度报告”",
    "signed_by": "不填的为单位名称",
    "signed_date": "如 2026年1月10日；应在统计年度结束以后",
}
_LOCKED_HINTS = {"level": "由下发单位填写，不对的请告知下发单位"}
"""Where a fact stands already: there is nothing to choose."""
_IDENTITY_FACTS = ("unit", "code", "year", "level", "scope")

_GUIDE = """\
# 一、谁填、填什么
{unit}填报 {year} 年政府信息公开工作年度报告，统计期限为 {year} 年 1 月 1 日至 12 月 31 日。
# 二、四步填报
1. 核对“基本信息”。
2. 填{tables}：只填浅黄格，灰格自动计算。
3. 写“文字部分”（可从 Word 粘贴），或另附 Word。
4. 看“自查结果”，通过后打印“打印稿”送审签。
# 三、没有发生的填 0
不留空，不填“/”“—”“无”。整表没有发生的，在该表上方选“其余空白格按 0 计”。\
空格标黄，填得不对的格标红，改好后颜色自动消失。
# 四、从别处粘贴
用“选择性粘贴—数值”，只贴浅黄格；不插入、不删除行列，不改工作表名称。\
请直接填数，不要填“=12+3”一类算式，不要带“件”“万元”等单位{except_amount}。
# 五、容易填错的地方
1. 上年结转须与去年年报“结转下年度继续办理”一致；确有差异的，在“自查结果”写情况说明。
2. 部分公开只计一次，不再计入不予公开各项。
3. {fees}
4. 规章一般由有立法权的机关填，其他单位填 0。
5. 复议诉讼填本机关被申请复议、被起诉的案件。
6. 许可、处罚、强制含未公开的决定。
各项含义见“指标口径”；“参考句”里有按本表数字写好的句子，可复制到文字部分。
# 六、报送
{sending}
"""
_FEES = "收费单位是万元：1 元填 0.0001。"
_ITEMS_AND_AMOUNT = "收费填项目数量，不填金额；采购总金额连同单位填写，如“251000元”“25.1万元”。"
"""Of the edition that counts kinds of fees and prints an amount with its unit."""
_MATERIALS = "填报表、报告文本和盖章件"


def guide_sheet(form: Form, report: AnnualReport, office: IssuingOffice | None = None) -> Sheet:
    """How to fill the workbook, on one page. Source of the wording: OFFICE.md, 填写说明."""
    unit = report.unit.name or "本单位"
    year = str(report.year) if report.year else "本"
    tables = "、".join(f"“{table.sheet}”" for table in form.tables)
    sending = "\n".join(_sending(office or IssuingOffice()))
    with_unit = any(field.kind is FieldKind.MONEY_WITH_UNIT for field in form)
    text = _GUIDE.format(
        unit=unit, year=year, tables=tables, sending=sending,
        except_amount="（采购总金额除外）" if with_unit else "",
        fees=_ITEMS_AND_AMOUNT if with_unit else _FEES,
    )  # fmt: skip
    cells = [Cell(0, 0, "填写说明", Style.TITLE)]
    heights = {0: 34.0}
    for index, part in enumerate(text.removeprefix("# ").split("\n# ")):
        heading, _, paragraph = part.strip().partition("\n")
        row = 1 + 2 * index
        cells.append(Cell(row, 0, heading, Style.HEADING))
        cells.append(Cell(row + 1, 0, paragraph, Style.PARAGRAPH))
        heights |= {row: 24.0, row + 1: 20.0 * _lines(paragraph, 44) + 6}
    return Sheet(GUIDE, tuple(cells), {0: 92}, heights, page=Page(tall=True), colour="5B8DB8")


def _sending(office: IssuingOffice) -> Iterator[str]:
    """What is to be sent until when to whom; nothing is said of what the office left open."""
    asked = office.submit_by is not None or bool(office.signature)
    when = f"请于 {_day(office.submit_by)}前" if office.submit_by else "请按要求的时间"
    if asked:
        yield f"{when}将{_MATERIALS}报送{office.signature or '下发单位'}。"
    else:
        yield f"按下发单位要求的时间报送{_MATERIALS}。"
    if office.publish_by is not None:
        where = f"在“{office.column.strip('“”')}”栏目" if office.column else ""
        yield f"审核通过后，请于 {_day(office.publish_by)}前{where}公布，并反馈网址。"
    contacts = (("联系人", office.contact), ("电话", office.phone))
    known = [f"{label}：{text}" for label, text in contacts if text]
    if known:
        yield f"{'；'.join(known)}。"
    yield from office.requirements


def _day(day: datetime.date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def facts_sheet(form: Form, report: AnnualReport, counted: Tally) -> Sheet:
    """Whose report this is; identity is locked once the workbook is issued.

    The kind of body stays open as long as nobody said it: the reader takes it from here then.
    """
    issued = bool(report.unit.name and report.year)
    values, locked_facts = _fact_values(report), _locked(report)
    cells = [Cell(0, 0, "基本信息", Style.TITLE, columns=3)]
    for key, row in FACT_ROWS.items():
        locked = key in locked_facts
        hint = _LOCKED_HINTS.get(key, _FACT_HINTS[key]) if locked else _FACT_HINTS[key]
        style = Style.FACT if locked else Style.FACT_OPEN
        cells.append(Cell(row, 0, FACT_LABELS[key], Style.LABEL))
        cells.append(Cell(row, 1, values[key], style, open=not locked))
        cells.append(Cell(row, 2, hint, Style.HINT))
    result = FACT_ROWS["signed_date"] + 2
    verdict = Address(RESULT, 1, 0)
    cells.append(Cell(result, 0, "填报情况", Style.LABEL))
    cells.append(
        Cell(result, 1, verdict_text(form, counted)[0], Style.CELL, verdict.full, columns=2)
    )
    return Sheet(
        FACTS,
        tuple(cells),
        {0: 14, 1: 44, 2: 56},
        {0: 34, **dict.fromkeys(FACT_ROWS.values(), 28.0), result: 44},
        validations=tuple(_fact_validations(locked_facts)),
        page=Page(landscape=True),
        start=(FACT_ROWS["title" if issued else "unit"], 1),
        colour="5B8DB8",
    )


def _fact_values(report: AnnualReport) -> Mapping[str, str]:
    level = report.unit.level
    return {
        "unit": report.unit.name,
        "code": report.unit.code,
        "year": str(report.year) if report.year else "",
        "level": level.label if level else "",
        "scope": report.scope.label,
        "title": report.title,
        "signed_by": report.signed.by,
        "signed_date": report.signed.date,
    }


def _locked(report: AnnualReport) -> Sequence[str]:
    if not (report.unit.name and report.year):
        return ()
    return [key for key in _IDENTITY_FACTS if key != "level" or report.unit.level]


def _fact_validations(locked: Sequence[str]) -> Iterator[Validation]:
    lists = {"level": "gk_choice_level", "scope": "gk_choice_scope"}
    for key, row in FACT_ROWS.items():
        if key in locked:
            continue
        accepts = Accepts.LISTED if key in lists else Accepts.ANY
        yield Validation(
            Area(row, 1, row, 1),
            accepts,
            FACT_LABELS[key],
            _FACT_HINTS[key],
            "请从下拉列表中选。" if accepts is Accepts.LISTED else "",
            lists.get(key, ""),
        )


_TEXT_LINE = 44
"""Characters that one line of a text row holds."""


# -- 文字部分 ------------------------------------------------------------------------------


def text_sheet(form: Form, report: AnnualReport) -> Sheet:
    """One block of open rows per part; a paste from Word lands one paragraph in a row."""
    paragraphs = {key: report.narrative.get(key, "").split("\n\n") for key in TEXT_KEYS}
    cells = [
        Cell(0, 0, "文字部分", Style.TITLE, columns=2),
        Cell(
            1, 0,
            "每行写一段，可以从 Word 整段粘贴（先单击一格，再粘贴）；空行不算。"
            "标题（一）（二）单独占一行。不写在这里的，可另附 Word。",
            Style.HINT, columns=2,
        ),
    ]  # fmt: skip
    heights = {0: 34.0, 1: 34.0, **dict.fromkeys(range(2, 2 + len(TEXT_KEYS)), 18.0)}
    top = 2 + len(TEXT_KEYS) + 1
    for index, key in enumerate(TEXT_KEYS):
        rows = max(TEXT_ROWS, len(paragraphs[key]) + 20)
        label = part_label(form, key)
        link = f"'{TEXT}'!B{top + 2}"
        cells.append(Cell(2 + index, 0, f"→ {label}", Style.LINK, columns=2, link=link))
        cells += _text_block(top, label, _part_hint(form, key), paragraphs[key], rows)
        heights |= _paragraph_heights(top + 1, paragraphs[key])
        top += rows + 2
    return Sheet(
        TEXT,
        tuple(cells),
        {0: 24, 1: 100},
        heights,
        page=Page(),
        start=(2 + len(TEXT_KEYS) + 2, 1),
        colour="B39CD0",
    )


def _text_block(
    top: int, label: str, hint: str, paragraphs: Sequence[str], rows: int
) -> Iterator[Cell]:
    yield Cell(top, 0, label, Style.TEXT_HEADING)
    yield Cell(top, 1, hint, Style.HINT)
    for offset in range(rows):
        text = paragraphs[offset] if offset < len(paragraphs) else ""
        yield Cell(top + 1 + offset, 1, text, Style.TEXT_OPEN, open=True)


def _paragraph_heights(top: int, paragraphs: Sequence[str]) -> dict[int, float]:
    """Heights of filled rows; empty ones grow by themselves when something is typed."""
    return {
        top + offset: 15.0 * _lines(text, _TEXT_LINE) + 4
        for offset, text in enumerate(paragraphs)
        if text
    }


def part_label(form: Form, key: str) -> str:
    """What a part of the text is called in the workbook: its heading, or 前言."""
    if key == "preface":
        return "前言"
    section = form.section(key)
    return f"{section.heading}（表格附注）" if section.table else section.heading


def _part_hint(form: Form, key: str) -> str:
    if key == "preface":
        return "编制依据、统计期限（1 月 1 日至 12 月 31 日）、联系方式；可不写。"
    section = form.section(key)
    if section.table:
        return "表格之外还要说明的写在这里；一般不写。"
    if section.aspects:
        return f"应包括：{'、'.join(section.aspects)}。"
    if section.note:
        return "收取信息处理费的情况在此报告，没有收取的也要写明。"
    return "问题和改进措施都要写。"


# -- 指标口径 ------------------------------------------------------------------------------


@lru_cache
def meanings_sheet(form: Form) -> Sheet:
    """What counts where, row by row."""
    cells = [Cell(0, 0, "指标口径", Style.TITLE, columns=5)]
    for column, text in enumerate(("表", "项目", "《条例》条款", "口径", "易错")):
        cells.append(Cell(1, column, text, Style.HEAD))
    heights = {0: 34.0, 1: 22.0}
    rows = [(table, row) for table in form.tables for row in table.rows]
    for offset, (table, row) in enumerate(rows, start=2):
        label = row.label[-1] if row.label else "各列"
        texts = (table.sheet, label, row.article or "—", row.scope, row.pitfall)
        cells += [
            Cell(offset, column, text, Style.CELL if column != 2 else Style.CELL_CENTRED)
            for column, text in enumerate(texts)
        ]
        heights[offset] = (
            17.0 * max(_lines(label, 20), _lines(row.scope, 21), _lines(row.pitfall, 17)) + 5
        )
    return Sheet(
        MEANINGS,
        tuple(cells),
        {0: 14, 1: 42, 2: 13, 3: 44, 4: 36},
        heights,
        freeze=(2, 0),
        page=Page(landscape=True, repeat=(1, 1)),
        colour="BBBBBB",
    )


def _lines(text: str, per_line: int) -> int:
    return sum(max(1, -(-len(line) // per_line)) for line in text.split("\n")) if text else 1
