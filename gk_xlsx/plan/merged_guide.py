"""填写说明 of a merged workbook: what its sheets are, and what may be changed."""

from __future__ import annotations

from gk_xlsx.merged import Merged
from gk_xlsx.plan.layout import GUIDE
from gk_xlsx.plan.model import Cell, Page, Sheet, Style

_GUIDE = """\
# 一、这是什么
{unit} {year} 年政府信息公开工作年度报告的汇总表：{count} 份报告逐格相加，所有合计都是公式，\
没有手填的数。\
它与各单位的填报表同一格式，可以核验、生成报告，也可以由上一级再汇总。
# 二、各页
“一览表”：各单位主要数据，A3 横向打印。“对比表”“图表”：与上年比较。
“二、主动公开”“三、申请办理”“四、复议诉讼”：法定表格。“打印稿”：送审签用。
“明细”：每行一份报告，每列一项。“来源与调整”：每份报告的文件，缺报、未知和调整。
“自查结果”：结论和需要处理的问题；与去年衔接不上的，在那里写情况说明。
# 三、一个数从哪里来
选中那一格，用“公式”里的“追踪引用单元格”，双击箭头就到“明细”中它所加的那一列；\
那一行的文件名在“来源与调整”里。
# 四、“未知”和“未完整”
有一个单位空白、填了符号或不能辨认，合计就是“未知”，不按 0 计。缺报的单位列在“来源与调整”。\
请向这些单位催收、补正，然后再汇总一次。
# 五、可以改的地方
1. “明细”的“调整”行（浅黄）：如一案两计、来电更正。写明事项和原因（必填），填增减的数，减少填负数。
2. “文字部分”“基本信息”的报告标题和落款、“自查结果”的情况说明。
再汇总一次时，写到同一个文件，这些都会保留。各单位的数不要在这里改：请单位更正后重新报送。
"""


def merged_guide(merged: Merged) -> Sheet:
    """The sheet, on one page."""
    report = merged.report
    text = _GUIDE.format(unit=report.unit.name, year=report.year, count=len(merged.counted))
    cells = [Cell(0, 0, "汇总表说明", Style.TITLE)]
    heights = {0: 34.0}
    for index, part in enumerate(text.removeprefix("# ").split("\n# ")):
        heading, _, paragraph = part.strip().partition("\n")
        row = 1 + 2 * index
        cells.append(Cell(row, 0, heading, Style.HEADING))
        cells.append(Cell(row + 1, 0, paragraph, Style.PARAGRAPH))
        lines = sum(max(1, -(-len(line) // 44)) for line in paragraph.split("\n"))
        heights |= {row: 24.0, row + 1: 20.0 * lines + 6}
    return Sheet(GUIDE, tuple(cells), {0: 92}, heights, page=Page(tall=True), colour="5B8DB8")
