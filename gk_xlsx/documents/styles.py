"""The named Word styles of a report, so that an office can restyle its template in Word.

Source: GB/T 9704-2012 (fonts, sizes, 22 lines of 28 characters). What keeps Word and LibreOffice
alike was tried: exact lines of 28.95 pt, letters 0.25 pt closer, tables off the line grid.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from gk_xlsx.documents.wordxml import w

FANGSONG = "仿宋_GB2312"
KAITI = "楷体_GB2312"
HEITI = "黑体"
SONGTI = "宋体"
XIAOBIAOSONG = "方正小标宋简体"

ALTERNATIVES = {FANGSONG: "仿宋", KAITI: "楷体", XIAOBIAOSONG: SONGTI}
"""What a machine may use instead of a commercial font it has not."""

LINE = 579
"""Line pitch in twips: 28.95 pt, 22 lines on 225 mm."""

LEAD_STYLE = "年报楷体"
"""The character style of a heading within a paragraph (（二）依申请公开。全年……)."""


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style.

    Attributes:
        id: its key in the file; Word may rename it, the name stays.
        size: half points.
        indent: first line, in hundredths of a character.
        closer: how much closer letters stand, in twips.
        level: of the outline, from 1; 0 for none.
        in_table: whether it takes the line height of its font.
        listed: whether its paragraphs are items of the list `LIST`.
        on_grid: whether its lines snap to the page's 22; higher letters would take two lines.
    """

    id: str
    name: str
    font: str
    size: int
    align: str = "both"
    indent: int = 0
    left: int = 0
    right: int = 0
    before: int = 0
    after: int = 0
    closer: int = 0
    level: int = 0
    keep_next: bool = False
    in_table: bool = False
    listed: bool = False
    on_grid: bool = True


TITLE = Style("ReportTitle", "年报标题", XIAOBIAOSONG, 44, "center", after=LINE, on_grid=False)
BODY = Style("ReportBody", "年报正文", FANGSONG, 32, indent=200, closer=5)
HEADING1 = Style(
    "ReportHeading1", "年报一级标题", HEITI, 32, indent=200, closer=5, level=1, keep_next=True
)
HEADING2 = Style(
    "ReportHeading2", "年报二级标题", KAITI, 32, indent=200, closer=5, level=2, keep_next=True
)
HEADING3 = Style(
    "ReportHeading3", "年报三级标题", FANGSONG, 32, indent=200, closer=5, level=3, keep_next=True
)
HEADING4 = Style(
    "ReportHeading4", "年报四级标题", FANGSONG, 32, indent=200, closer=5, level=4, keep_next=True
)
LISTED = Style("ReportList", "年报列表", FANGSONG, 32, indent=200, closer=5, listed=True)
PICTURE = Style(
    "ReportPicture", "年报图片", FANGSONG, 32, "center", before=LINE // 4, in_table=True
)
"""Lines as high as their picture; exact ones would cut it off."""
CAPTION = Style("ReportCaption", "年报图题", FANGSONG, 28, "center", after=LINE // 4)
TABLE_HEAD = Style("TableHead", "表格表头", SONGTI, 21, "center", in_table=True)
TABLE_TEXT = Style("TableText", "表格文字", SONGTI, 21, "left", in_table=True)
TABLE_FIGURE = Style("TableFigure", "表格数字", SONGTI, 21, "center", in_table=True)
TABLE_NARROW = Style("TableNarrow", "表格窄列数字", SONGTI, 18, "center", closer=8, in_table=True)
"""Seven digits fit into the 29.5 pt columns of table 四."""
SIGNATURE = Style("Signature", "落款", FANGSONG, 32, "center", left=3800, closer=5, keep_next=True)
PAGE_ODD = Style("PageOdd", "页码（单页）", SONGTI, 28, "right", right=280)
PAGE_EVEN = Style("PageEven", "页码（双页）", SONGTI, 28, "left", left=280)
GAP = Style("TableGap", "表后空行", SONGTI, 21, "left", in_table=True)
"""Keeps a table of the office's own apart from a table below it."""
TAG = Style("TemplateTag", "模板标记", SONGTI, 18, "left", in_table=True)
"""Lines that steer the template; they are gone from the finished report."""

ALL = (
    *(TITLE, BODY, HEADING1, HEADING2, HEADING3, HEADING4, SIGNATURE, LISTED, PICTURE, CAPTION),
    *(TABLE_HEAD, TABLE_TEXT, TABLE_FIGURE, TABLE_NARROW, GAP, PAGE_ODD, PAGE_EVEN, TAG),
)

TABLE_STYLE = "ReportTable"
TABLE_STYLE_NAME = "年报表格"

LIST = 1
"""The number of the only list, whose items have the same mark."""

LIST_MARK = "●"
"""Of the marks in use one that the fonts of GB 2312 hold."""


def styles_part(used: Iterable[Style] = ALL) -> etree._Element:
    """Styles of a document, as the part `word/styles.xml`."""
    return w(
        "styles",
        _defaults(),
        w("style", w("name", val="Normal"), w("qFormat"), type="paragraph", default=1, styleId="a"),
        *map(_paragraph_style, used),
        w(
            "style",
            w("name", val=LEAD_STYLE),
            w("qFormat"),
            w("rPr", fonts(KAITI)),
            type="character",
            customStyle=1,
            styleId="ReportLead",
        ),
        *_table_styles(),
    )


def font_table_part() -> etree._Element:
    """The fonts and what may stand in for them, as the part `word/fontTable.xml`."""
    named = (FANGSONG, KAITI, HEITI, SONGTI, XIAOBIAOSONG)
    return w("fonts", *(w("font", *_alternative(name), name=name) for name in named))


def numbering_part() -> etree._Element:
    """The list that items of a text stand in, as the part `word/numbering.xml`."""
    level = w(
        "lvl",
        w("start", val=1),
        w("numFmt", val="bullet"),
        w("suff", val="space"),
        w("lvlText", val=LIST_MARK),
        w("lvlJc", val="left"),
        w("rPr", fonts(SONGTI), w("position", val=4), w("sz", val=18)),
        ilvl=0,
    )
    return w(
        "numbering",
        w("abstractNum", w("multiLevelType", val="singleLevel"), level, abstractNumId=0),
        w("num", w("abstractNumId", val=0), numId=LIST),
    )


def fonts(name: str) -> etree._Element:
    """One font for all scripts, so that digits and Chinese quotation marks follow the text."""
    return w("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def _alternative(name: str) -> Iterator[etree._Element]:
    if name in ALTERNATIVES:
        yield w("altName", val=ALTERNATIVES[name])


def _defaults() -> etree._Element:
    language = w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    run = w("rPr", fonts(FANGSONG), w("sz", val=32), w("szCs", val=32), language)
    spacing = w("spacing", line=LINE, lineRule="exact")
    paragraph = w("pPr", w("widowControl", val=0), spacing, w("jc", val="both"))
    return w("docDefaults", w("rPrDefault", run), w("pPrDefault", paragraph))


def _paragraph_style(style: Style) -> etree._Element:
    return w(
        "style",
        w("name", val=style.name),
        w("basedOn", val="a"),
        w("qFormat"),
        w("pPr", *_paragraph_properties(style)),
        w("rPr", *_run_properties(style)),
        type="paragraph",
        customStyle=1,
        styleId=style.id,
    )


def _paragraph_properties(style: Style) -> Iterator[etree._Element]:
    """In the order that the schema wants."""
    if style.keep_next:
        yield w("keepNext")
    if style.listed:
        yield w("numPr", w("ilvl", val=0), w("numId", val=LIST))
    if style.in_table or not style.on_grid:
        yield w("snapToGrid", val=0)
    yield _spacing(style)
    if style.indent:
        first = style.indent * (style.size * 10 - style.closer) // 100
        yield w("ind", firstLineChars=style.indent, firstLine=first)
    if style.left or style.right:
        yield w("ind", left=style.left, right=style.right)
    yield w("jc", val=style.align)
    if style.level:
        yield w("outlineLvl", val=style.level - 1)


def _spacing(style: Style) -> etree._Element:
    if style.in_table:
        return w("spacing", before=style.before, after=style.after, line=240, lineRule="auto")
    return w("spacing", before=style.before, after=style.after, line=LINE, lineRule="exact")


def _run_properties(style: Style) -> Iterator[etree._Element]:
    yield fonts(style.font)
    if style.closer:
        yield w("spacing", val=-style.closer)
    yield w("sz", val=style.size)
    yield w("szCs", val=style.size)


def _table_styles() -> Iterator[etree._Element]:
    yield w(
        "style",
        w("name", val="Normal Table"),
        w("tblPr", w("tblInd", w_=0, type="dxa"), _margins(0, 0)),
        type="table",
        default=1,
        styleId="TableNormal",
    )
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = (w(side, val="single", sz=4, space=0, color="auto") for side in sides)
    yield w(
        "style",
        w("name", val=TABLE_STYLE_NAME),
        w("basedOn", val="TableNormal"),
        w("tblPr", w("tblBorders", *lines), _margins(28, 57)),
        type="table",
        customStyle=1,
        styleId=TABLE_STYLE,
    )


def _margins(above: int, beside: int) -> etree._Element:
    sides = {"top": above, "left": beside, "bottom": above, "right": beside}
    return w("tblCellMar", *(w(side, w_=width, type="dxa") for side, width in sides.items()))
