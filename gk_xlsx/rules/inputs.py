"""IN: what stands in the cells, before any sum is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gk_xlsx.amounts import SIGNIFICANT_DIGITS, is_whole, plain
from gk_xlsx.findings import CellLocation, Gate, Severity
from gk_xlsx.form import Field, FieldKind, Table
from gk_xlsx.relations import brief, last_value
from gk_xlsx.report import EntryKind, Origin, Seen, State, state
from gk_xlsx.rules.rule import Case, Hit, rule, short_label

MAX_DECIMALS = 6
"""Source: published reports state 收费 with up to 6 decimals (4166.241619 万元)."""
SUSPICIOUS_FACTOR = 100
"""A fee so many times last year's may be 元 written for 万元 (1 : 10 000)."""
_LISTED = 8


@rule("IN01", "blank-cell", Severity.ERROR)
def blank_cell(case: Case) -> Iterator[Hit]:
    """No cell is left blank; one finding per table names the blank cells.

    查什么：三张表每一格都要填。整行、整列空白的按行、列列出。
    依据：国办公开办函〔2021〕30号附表填写要求；空白不等于 0。
    例：三、申请办理有 3 格未填：（一）予以公开·社会公益组织；……
    怎么改：没有发生的填 0；整表没有发生的，可选“其余空白格按 0 计（零报告）”。
    不管的：填了“/”“—”“无”的见 IN06；用零报告的见 IN10。
    """
    for table in case.form.tables:
        blank = [field for field, entry in case.of_table(table) if entry.kind is EntryKind.BLANK]
        if blank:
            refused = any(
                item.table == table.key for item in case.report.saw(Seen.ZERO_REPORT_REFUSED)
            )
            yield _blank_hit(table, blank, refused=refused)


def _blank_hit(table: Table, blank: Sequence[Field], *, refused: bool) -> Hit:
    if len(blank) == len(table.fields):
        what = f"{table.sheet}全部 {len(blank)} 格都没有填。"
    else:
        what = f"{table.sheet}有 {len(blank)} 格未填：{listed(table, blank)}。"
    if refused:
        what += "去年有结转下年的申请，本表不能用零报告。"
    return Hit(
        message=what,
        fields=tuple(field.id for field in blank),
        fix="没有发生请填 0，有发生的填实际数。",
        source="空白不等于 0",
    )


def listed(table: Table, blank: Sequence[Field]) -> str:
    """Whole rows and columns by their names, other cells one by one."""
    ids = {field.id for field in blank}
    rows = [row for row in table.rows if row.label and _all_in(table, ids, row=row.id)]
    left = [field for field in blank if field.row not in rows]
    columns = dict.fromkeys(field.column for field in left)
    whole = [
        column
        for column in columns
        if len(table.rows) > 1 and _all_left_in(table, left, column.id, rows)
    ]
    names = [f"“{brief(row.label[-1])}”整行" for row in rows]
    names += [f"“{column.label[-1]}”整列" for column in whole]
    names += [short_label(field) for field in left if field.column not in whole]
    more = f"……等（另 {len(names) - _LISTED} 处）" if len(names) > _LISTED else ""
    return "；".join(names[:_LISTED]) + more


def _all_in(table: Table, ids: set[str], *, row: str) -> bool:
    own = [field.id for field in table.fields if field.row.id == row]
    return len(own) > 1 and all(item in ids for item in own)


def _all_left_in(table: Table, left: Sequence[Field], column: str, rows: Sequence[object]) -> bool:
    own = [
        field.id for field in table.fields if field.column.id == column and field.row not in rows
    ]
    return len(own) > 1 and set(own) <= {field.id for field in left}


@rule("IN02", "not-a-number", Severity.ERROR)
def not_a_number(case: Case) -> Iterator[Hit]:
    """A figure is a number; text, TRUE/FALSE and dates are not.

    查什么：填数的格里是文字、“是/否”值或日期。
    依据：表内各格均为数字。
    例：填了“三件左右”“见附件”，或把 3-1 填成了日期。
    怎么改：只填阿拉伯数字；日期格先清除内容和格式再填。
    不管的：写成文本的数字见 IN05，“/”“—”“无”见 IN06，算式见 IN11。
    """
    words = {
        EntryKind.TEXT: "填的是文字“{}”，不是数字。",
        EntryKind.BOOLEAN: "填的是逻辑值 {}，不是数字。",
        EntryKind.DATE: "填的是日期 {}，不是数字。",
    }
    for field, entry in case.fields:
        if entry.kind in words:
            text = words[entry.kind].format(_shortened(entry.raw))
            yield _cell_hit(case, field, text, "请只填阿拉伯数字，没有发生的填 0。")


@rule("IN03", "negative-count", Severity.ERROR)
def negative_count(case: Case) -> Iterator[Hit]:
    """Counts and amounts are not negative (edition 2019: 本年增/减 may be).

    查什么：件数、金额为负数。
    依据：表内各格为数量、金额；2019 版“本年增/减”可以是负数。
    例：重复申请填 -1。
    怎么改：核对后填 0 或正数。
    不管的：2019 版“本年增/减”。
    """
    for field, entry in case.fields:
        if state(entry, field.kind) is State.NEGATIVE:
            number = plain(entry.value) if entry.value is not None else ""
            yield _cell_hit(case, field, f"填的是负数 {number}。", "请核对，不能为负。")


@rule("IN04", "fraction-of-a-case", Severity.ERROR)
def fraction_of_a_case(case: Case) -> Iterator[Hit]:
    """Counts are whole numbers.

    查什么：件数带小数。
    依据：件数为整数。
    例：新收填 2.5。
    怎么改：核对后填整数；金额才可以带小数。
    不管的：收费金额（万元）可以带小数，见 IN08。
    """
    for field, entry in case.fields:
        if state(entry, field.kind) is State.FRACTION:
            number = plain(entry.value) if entry.value is not None else ""
            yield _cell_hit(case, field, f"件数带小数：{number}。", "请填整数。")


@rule("IN05", "number-as-text", Severity.ERROR)
def number_as_text(case: Case) -> Iterator[Hit]:
    """A number is stored as a number: an error in a workbook, a note elsewhere.

    查什么：数字写成了文本：带“件”“万元”、全角数字、空格、千分位逗号、中文数字。
    依据：填报表里写成文本的数字不能相加，总计会算不出来。
    例：“12件”应填 12；“０”应填 0。
    怎么改：清除这一格，重新只填阿拉伯数字。
    不管的：从报告文本等文件读来的，按识别出的数计算，只作提示。
    """
    for field, entry in case.fields:
        if entry.kind is EntryKind.TEXT_NUMBER and entry.number is not None:
            text = f"填的是文本“{_shortened(entry.raw)}”，表格不能相加。"
            unit = field.column.unit if field.kind is FieldKind.MONEY_WITH_UNIT else ""
            yield _cell_hit(case, field, text, f"请改为数字 {plain(entry.number)}{unit}。")
        elif entry.value is not None and entry.changes and entry.raw:
            how = "、".join(entry.changes)
            text = f"原文“{_shortened(entry.raw)}”，按 {plain(entry.value)} 计（{how}）。"
            yield _cell_hit(case, field, text, "请核对识别是否正确。", Severity.NOTE)


@rule("IN06", "mark-for-zero", Severity.ERROR)
def mark_for_zero(case: Case) -> Iterator[Hit]:
    """Nothing to report is 0, not a mark; one finding per table.

    查什么：填了“/”“-”“—”“无”“不涉及”一类符号或字样。
    依据：没有发生的填 0。
    例：行政许可填“/”。
    怎么改：改填 0；有发生的填实际数。
    不管的：完全空白的见 IN01。
    """
    for table in case.form.tables:
        marked = [
            (field, entry) for field, entry in case.of_table(table) if entry.kind is EntryKind.MARK
        ]
        if marked:
            names = "；".join(short_label(field) for field, _ in marked[:_LISTED])
            more = "……等" if len(marked) > _LISTED else ""
            signs = "、".join(dict.fromkeys(f"“{entry.raw.strip()}”" for _, entry in marked))
            yield Hit(
                message=f"{table.sheet}有 {len(marked)} 格填了{signs}：{names}{more}。",
                fields=tuple(field.id for field, _ in marked),
                fix="没有发生请改填 0。",
                source="没有发生的填 0",
            )


@rule("IN07", "more-values-than-cells", Severity.WARNING)
def more_values_than_cells(case: Case) -> Iterator[Hit]:
    """A printed row holds as many values as it has cells.

    查什么：原文一行里的数比这一行的格子多。
    依据：表格各行格数固定。
    例：行政许可一行有三个 0，应只有一个。
    怎么改：核对原文，删去多余的数。
    不管的：少了数的格按空白处理，见 IN01。
    """
    for item in case.report.saw(Seen.EXTRA_VALUES):
        yield Hit(
            message=(
                f"{case.named(item.field)}这一行应有 {item.expected} 个数，原文为：{item.found}。"
            ),
            fields=(item.field,),
            fix="请核对原文，只保留这一行应有的数。",
        )


@rule("IN08", "unlikely-amount", Severity.WARNING)
def unlikely_amount(case: Case) -> Iterator[Hit]:
    """An amount in 万元 has at most 6 decimals and is not 100 times last year's.

    查什么：收费金额小数超过 6 位，或达到去年的 100 倍以上。
    依据：1 元＝0.0001 万元；把“元”当“万元”填会大一万倍。
    例：去年 12.5，今年 125000。
    怎么改：核对单位，换算成万元；数据无误的写情况说明。
    不管的：没有去年数据时只看小数位数。
    """
    for field, entry in case.fields:
        if field.kind is not FieldKind.MONEY or entry.value is None:
            continue
        decimals = 0 if is_whole(entry.value) else -int(entry.value.as_tuple().exponent)
        if decimals > MAX_DECIMALS:
            yield _cell_hit(case, field, f"小数有 {decimals} 位。", "请核对金额，单位是万元。")
        before = last_value(case.report.last_year, case.form, field.id)
        if before is not None and before > 0 and entry.value >= SUSPICIOUS_FACTOR * before:
            text = f"本年 {plain(entry.value)}，去年 {plain(before)}，相差百倍以上。"
            hit = _cell_hit(case, field, text, "请查是否把元当成万元填写。")
            yield replace(hit, left=entry.value, right=before)


@rule("IN10", "blanks-counted-as-zero", Severity.NOTE)
def blanks_counted_as_zero(case: Case) -> Iterator[Hit]:
    """Blanks counted as 0 by the 零报告 switch are named; a warning beside other figures.

    查什么：选了“其余空白格按 0 计（零报告）”的表，有多少空格按 0 计。
    依据：零报告是填报单位的声明，须让审核人看到。
    例：三、申请办理 150 格按 0 计。
    怎么改：整表确无发生的不用改；表里还有别的数字的，请再核对空格是否漏填。
    不管的：去年有结转的表不能用零报告，见 IN01。
    """
    for table in case.form.tables:
        assumed = [
            field for field, entry in case.of_table(table) if entry.origin is Origin.ZERO_REPORT
        ]
        if not assumed:
            continue
        mixed = any(entry.value for _, entry in case.of_table(table))
        also = "，同表还有不为 0 的数，请核对有没有漏填" if mixed else ""
        yield Hit(
            message=f"{table.sheet}有 {len(assumed)} 个空白格按 0 计（零报告）{also}。",
            fields=tuple(field.id for field in assumed),
            fix="请确认这些格全年确无发生。" if mixed else "",
            severity=Severity.WARNING if mixed else None,
        )


@rule("IN11", "formula-in-open-cell", Severity.ERROR)
def formula_in_open_cell(case: Case) -> Iterator[Hit]:
    """A figure is typed as a number, not as a formula.

    查什么：浅黄格里填了算式（=12+3）或引用。
    依据：算式的结果随文件而变，上级汇总时不能采用。
    例：新收填“=12+3”。
    怎么改：填算好的数 15。
    不管的：灰格的公式是表格自带的，见 SE04。
    """
    for field, entry in case.fields:
        if entry.kind is EntryKind.FORMULA:
            text = f"填的是算式“{_shortened(entry.raw)}”，算式和结果都不采用。"
            yield _cell_hit(case, field, text, "请直接填写算好的数字。")


@rule("IN12", "facts-missing", Severity.ERROR)
def facts_missing(case: Case) -> Iterator[Hit]:
    """Unit and year are given.

    查什么：填报表的“基本信息”没有填单位名称或年份；报告、其他表格里找不到单位名称或年份。
    依据：报告须写明机关名称和年份。
    例：用空白模板填写，没有填单位名称；网页的标题只写“政府信息公开工作年度报告”。
    怎么改：在“基本信息”填写单位名称（与公章一致）和年份；报告在标题写明。
    不管的：下发的填报表已填好单位和年份。
    """
    names = [
        name
        for name, value in (("单位名称", case.report.unit.name), ("年份", case.report.year))
        if not value
    ]
    missing = "、".join(names)
    if not names:
        return
    if case.report.saw(Seen.FOREIGN_WORKBOOK):
        yield Hit(
            f"表格里没有写明{missing}。", fix="请在表格上方写明单位名称和年份，或改用下发的填报表。"
        )
    elif case.from_document:
        title = f"××（机关名称）{case.form.title.format(year='××××')}"
        yield Hit(f"标题里没有写明{missing}。", fix=f"请把标题写成“{title}”。")
    else:
        yield Hit(f"“基本信息”没有填{missing}。", fix="请在“基本信息”填写。")


@rule("IN13", "unknown-field", Severity.ERROR)
def unknown_field(case: Case) -> Iterator[Hit]:
    """Every field id belongs to the edition.

    查什么：报告 JSON 里有本版格式没有的字段编号。
    依据：字段编号见格式定义 form.yaml。
    例：requests.new.person。
    怎么改：改用格式里的编号。
    不管的：缺少的编号按空白处理，见 IN01。
    """
    for item in case.report.saw(Seen.UNKNOWN_FIELD):
        yield Hit(f"本版格式没有字段“{item.found}”。", fix="请改用格式定义里的字段编号。")


@rule("IN14", "duplicate-key", Severity.ERROR)
def duplicate_key(case: Case) -> Iterator[Hit]:
    """No key stands twice in a report JSON.

    查什么：报告 JSON 里同一个键写了两次，以哪个为准说不清。
    依据：重复的键在不同程序里取值不同。
    例：requests.new.total 出现两次。
    怎么改：只保留一个。
    不管的：两份报告重复报送由汇总时的 RO 各条提示。
    """
    for item in case.report.saw(Seen.DUPLICATE_KEY):
        yield Hit(f"“{item.found}”写了两次。", fix="请只保留一个。")


@rule("IN15", "too-many-digits", Severity.ERROR)
def too_many_digits(case: Case) -> Iterator[Hit]:
    """A number has at most 15 significant digits.

    查什么：数字超过 15 位有效数字。
    依据：电子表格只保留 15 位有效数字，超过的会被改掉。
    例：96171.600000000006。
    怎么改：核对后只写有意义的位数。
    不管的：填报表里的数自动按 15 位读取。
    """
    for item in case.report.saw(Seen.TOO_PRECISE):
        yield Hit(
            f"{case.named(item.field)}的数字 {item.found} 超过 {SIGNIFICANT_DIGITS} 位有效数字。",
            (item.field,),
            fix="请核对后只写有意义的位数。",
        )


@rule("IN16", "edition-and-year", Severity.ERROR)
def edition_and_year(case: Case) -> Iterator[Hit]:
    """The edition of the form is the one for the report's year.

    查什么：报告年份与所用格式不符。
    依据：2021 年度起用国办公开办函〔2021〕30号格式，2019、2020 年度用国办公开办函〔2019〕60号格式。
    例：2022 年的报告用了 2019 版表格。
    怎么改：改用对应年份的填报表，或改正年份。
    不管的：2018 年及以前没有统一格式，不能读取。
    """
    for item in case.report.saw(Seen.EDITION_MISMATCH):
        yield Hit(
            f"{item.found} 年的报告不用 {item.expected} 版格式。",
            fix="请用对应年份的填报表，或改正年份。",
        )
    for item in case.report.saw(Seen.IMPOSSIBLE_YEAR):
        yield Hit(
            f"年份填的是 {item.found}，最晚应为 {item.expected} 年。",
            fix="请在“基本信息”改正年份。",
        )


@rule("IN17", "formula-in-text", Severity.WARNING, Gate.TEXT)
def formula_in_text(case: Case) -> Iterator[Hit]:
    """The text is typed or pasted as values, not as formulas.

    查什么：“文字部分”里有公式。
    依据：公式随文件变化，换一个程序打开可能变成空白或错误。
    例：把“参考句”的格直接粘贴过来，贴进来的是公式。
    怎么改：用“选择性粘贴—数值”重新粘贴。
    不管的：文字内容由 TX、FM 各条核对。
    """
    for item in case.report.saw(Seen.FORMULA_IN_TEXT):
        cell = item.place.cell if item.place else ""
        yield Hit(
            f"“文字部分”{cell} 格里是公式，不是文字。",
            fix="请用“选择性粘贴—数值”重新粘贴。",
            location=CellLocation(item.place.sheet, cell) if item.place else None,
        )


def _cell_hit(
    case: Case, field: Field, text: str, fix: str, severity: Severity | None = None
) -> Hit:
    return Hit(case.named(field.id) + text, (field.id,), fix=fix, severity=severity)


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "……"
