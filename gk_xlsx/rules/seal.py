"""SE: whether the workbook is still the one that was issued."""

from __future__ import annotations

from collections.abc import Iterator

from gk_xlsx.amounts import plain
from gk_xlsx.findings import CellLocation, Severity
from gk_xlsx.plan.layout import HIDDEN
from gk_xlsx.report import Observation, Seen
from gk_xlsx.rules.rule import Case, Hit, rule
from gk_xlsx.units import Level, Scope

MANY = 5
"""More replaced formulas than this in one table are one finding: the file was rewritten."""

_IDENTITY_WORDS = {
    "form": "表格种类",
    "edition": "格式版本",
    "template": "模板版本",
    "unit": "单位名称",
    "code": "单位编码",
    "year": "年份",
    "scope": "统计范围",
    "level": "单位类型",
}


@rule("SE01", "foreign-workbook", Severity.ERROR)
def foreign_workbook(case: Case) -> Iterator[Hit]:
    """A spreadsheet that is handed in is the workbook that was issued.

    查什么：交来的表格文件不是下发的填报表。里面有三张法定表格的，按行列标题读出数据；没有的不能读取。
    依据：下发的填报表锁定了标题和公式，别的表格没有；汇总以填报表为准。
    例：把表格抄到自己新建的工作簿里，或另存成 .xls、.ods。
    怎么改：用下发的填报表填写，保存为 .xlsx。
    不管的：读出的数照常核对；别的表格里的公式不采用，见 IN11。作为去年数据使用的不受影响。
    """
    for item in case.report.saw(Seen.FOREIGN_WORKBOOK):
        yield Hit(
            f"这是{item.found}，不是下发的填报表；已按行列标题读出数据。",
            fix="请用下发的填报表填写（保存为 .xlsx），并核对读出的数。",
        )


@rule("SE02", "other-template-version", Severity.WARNING)
def other_template_version(case: Case) -> Iterator[Hit]:
    """The workbook was made by this version of the template.

    查什么：填报表的模板版本与本程序不同；按行列标题读数。
    依据：不同版本的单元格位置可能不同。
    例：用去年的旧填报表填今年的数。
    怎么改：请用本次下发的填报表；已填好的请核对读出的数。
    不管的：各格内容照常核对。
    """
    for item in case.report.saw(Seen.OTHER_VERSION):
        yield Hit(
            f"填报表模板版本为“{item.found}”，应为“{item.expected}”，已按行列标题读取。",
            fix="请核对读出的数，或用本次下发的填报表。",
        )


@rule("SE03", "label-changed", Severity.ERROR)
def label_changed(case: Case) -> Iterator[Hit]:
    """Statutory labels are as printed in the form.

    查什么：法定表格的行名、列名、表头被改动。
    依据：国办公开办函〔2021〕30号附表，各级统一，不得改动。
    例：“（二）部分公开”被改成“（二）部分公开或不公开”。
    怎么改：恢复原来的文字，或用下发的填报表重填。
    不管的：行列位置变动见 SE05。
    """
    for item in case.report.saw(Seen.LABEL_CHANGED):
        found = item.found or "（空）"
        yield Hit(
            f"{_place(item)}的法定标题被改动：应为“{item.expected}”，现为“{found}”。",
            location=_location(item),
            fix=f"请恢复为“{item.expected}”。",
        )


@rule("SE04", "formula-replaced", Severity.ERROR)
def formula_replaced(case: Case) -> Iterator[Hit]:
    """Locked totals still hold their formulas.

    查什么：灰格的公式被改成数字、别的公式或被删除；汇总表“明细”里的数、“来源与调整”里的名单被改动。以重新计算的数为准。
    依据：总计由各项相加得出，不得手填。
    例：J29 的公式被改为数字 58，按各格相加应为 57。
    怎么改：用下发的填报表重填，或复制同列其他灰格的公式。
    不管的：各项本身的错误见 IN、AR 各条。
    """
    for table in case.form.tables:
        seen = [
            item
            for item in case.report.saw(Seen.FORMULA_REPLACED, Seen.FORMULA_CHANGED)
            if item.table == table.key
        ]
        if len(seen) > MANY:
            yield _many_formulas(table.sheet, seen)
        else:
            yield from (_formula_hit(case, item) for item in seen)
    for item in case.report.saw(Seen.DETAIL_CHANGED):
        yield Hit(
            f"汇总表“明细”里“{item.found}”这一行与汇总时不同：数字或公式被改动，或整行被删除、新增。",
            location=_location(item),
            fix="请用各单位的报告重新汇总；要更正的数，写在“调整”行并注明原因。",
        )
    for item in case.report.saw(Seen.SOURCES_CHANGED):
        yield Hit(
            f"汇总表“来源与调整”与汇总时不同：{item.expected}，现在读出 {item.found}。",
            location=_location(item),
            fix="请用各单位的报告重新汇总。",
        )


def _formula_hit(case: Case, item: Observation) -> Hit:
    value = case.report.value(item.field)
    right = "各项还没有填全，不能计算" if value is None else f"按各格相加应为 {plain(value)}"
    if item.seen is Seen.FORMULA_CHANGED:
        now = f"公式被改为“{item.found}”"
    else:
        now = f"公式被改为“{item.found}”" if item.found else "公式被删除"
    return Hit(
        f"{case.named(item.field)}的{now}，{right}。",
        (item.field,),
        right=value,
        fix="请恢复公式（灰格不能手填），或用下发的填报表重填。",
    )


def _many_formulas(sheet: str, seen: list[Observation]) -> Hit:
    return Hit(
        f"{sheet}有 {len(seen)} 个灰格的公式不见了，文件可能被另一程序整体改写；总计已重新计算。",
        tuple(item.field for item in seen),
        fix="请用下发的填报表重填，保存为 .xlsx。",
    )


@rule("SE05", "structure-changed", Severity.WARNING)
def structure_changed(case: Case) -> Iterator[Hit]:
    """Rows, columns and sheets are where they were.

    查什么：插入、删除、移动了行列或工作表，或改了工作表名称。
    依据：汇总按位置取数，改动结构会取错数。
    例：在第 10 行前插入了一行。
    怎么改：用下发的填报表重填；所有数都按标题找到的，核对后可以采用。有数找不到的是错误。
    不管的：标题文字本身的改动见 SE03，整张法定表格被删除见 IN09。
    """
    yield from _tables_moved(case)
    yield from _tables_renamed(case)
    yield from _sheets_changed(case)


def _tables_moved(case: Case) -> Iterator[Hit]:
    for item in case.report.saw(Seen.MOVED):
        yield Hit(
            f"“{_sheet(item)}”的行列有插入、删除或移动，已按行列标题找到全部数据。",
            location=_location(item),
            fix="请核对读出的数，最好用下发的填报表重填。",
        )
    for item in case.report.saw(Seen.LOST):
        yield Hit(
            f"“{_sheet(item)}”的行列被改动，找不到：{item.expected}；这些格的数不能读取。",
            location=_location(item),
            severity=Severity.ERROR,
            fix="请用下发的填报表重填这张表。",
        )


def _tables_renamed(case: Case) -> Iterator[Hit]:
    for item in case.report.saw(Seen.SHEET_RENAMED):
        yield Hit(
            f"工作表“{item.expected}”被改名为“{item.found}”，已按内容找到。",
            location=CellLocation(sheet=item.found),
            fix="请恢复工作表名称。",
        )


def _sheets_changed(case: Case) -> Iterator[Hit]:
    """Sheets beside the tables: one finding for all that are gone and all that are new."""
    deleted = [item.expected for item in case.report.saw(Seen.SHEET_DELETED)]
    inserted = [item.found for item in case.report.saw(Seen.SHEET_INSERTED)]
    if not deleted and not inserted:
        return
    parts = [f"找不到{_listed(deleted)}"] if deleted else []
    parts += [f"多出{_listed(inserted)}"] if inserted else []
    lost = HIDDEN in deleted
    known = "去年数据随之丢失" if lost else "三张表的数据不受影响"
    yield Hit(
        f"工作表有删除、插入或改名：{'，'.join(parts)}；{known}。",
        severity=Severity.ERROR if lost else None,
        fix="请用下发的填报表重填。" if lost else "请恢复原来的工作表，或用下发的填报表重填。",
    )


def _listed(sheets: list[str]) -> str:
    return "、".join("隐藏的数据页" if name == HIDDEN else f"“{name}”" for name in sheets)


@rule("SE06", "protection-removed", Severity.NOTE)
def protection_removed(case: Case) -> Iterator[Hit]:
    """The sheets are still locked.

    查什么：工作表或工作簿结构的保护被取消。
    依据：保护是为了防止误改标题和公式，取消保护本身不是错误。
    例：为了改列宽取消了保护。
    怎么改：不必改；请留意标题和公式有没有被改动。
    不管的：改动本身见 SE03 至 SE05。
    """
    sheets = [item.found for item in case.report.saw(Seen.UNPROTECTED)]
    if sheets:
        yield Hit(f"保护已取消：{'、'.join(sheets)}。")


@rule("SE08", "identity-disagrees", Severity.ERROR)
def identity_disagrees(case: Case) -> Iterator[Hit]:
    """The workbook says in all places whose it is.

    查什么：填报表里三处身份信息（单位、年份等）不一致。
    依据：身份信息用来对应名册，不一致的可能是拿别单位的表改的。
    例：表里写甲单位，文件内部记的是乙单位。
    怎么改：用发给本单位的填报表。
    不管的：单位名称与报告文本不一致由 FM10 提示。
    """
    for key in dict.fromkeys(item.field for item in case.report.saw(Seen.IDENTITY_DISAGREES)):
        items = [i for i in case.report.saw(Seen.IDENTITY_DISAGREES) if i.field == key]
        found = "、".join(dict.fromkeys(_in_words(item.found) for item in items))
        yield Hit(
            f"填报表的{_IDENTITY_WORDS.get(key, key)}前后不一致："
            f"有“{_in_words(items[0].expected)}”，也有“{found}”。",
            fix="请用发给本单位的填报表；确需更名的请下发单位重新生成。",
        )


_VALUE_WORDS = {item.value: item.label for item in (*Scope, *Level)}


def _in_words(values: str) -> str:
    """What users call a scope or a level; anything else as it is."""
    return "、".join(_VALUE_WORDS.get(value, value) for value in values.split("、"))


def _place(item: Observation) -> str:
    return f"{_sheet(item)} {item.place.cell}" if item.place and item.place.cell else _sheet(item)


def _sheet(item: Observation) -> str:
    return item.place.sheet if item.place else ""


def _location(item: Observation) -> CellLocation:
    return CellLocation(sheet=_sheet(item), cell=item.place.cell if item.place else "")
