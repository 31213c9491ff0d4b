"""Fonts, colours and borders of the workbook's styles (XlsxWriter format properties)."""

from __future__ import annotations

from collections.abc import Mapping

from gk_xlsx.plan.model import Mark, Style

Look = Mapping[str, object]

BASE: Look = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}

_INPUT = "#FFF9D6"
_GREY = "#E7E6E6"
_BOX: Look = {"border": 1, "border_color": "#7F7F7F"}
_NO_ZERO = "General;-General;;@"
"""Zeros are not shown: rows for adjustments that nobody made stay empty to the eye."""
_WRAP: Look = {"text_wrap": True}
_CENTRED: Look = {"align": "center"}
_HEITI: Look = {"font_name": "黑体"}

STYLES: Mapping[Style, Look] = {
    Style.PLAIN: {},
    Style.TITLE: {**_HEITI, **_CENTRED, "font_size": 18},
    Style.HEADING: {**_HEITI, **_WRAP, "font_size": 12},
    Style.VERDICT: {**_WRAP, "font_size": 12, "bold": True, "indent": 1},
    Style.NEXT_STEP: {**_WRAP, "font_size": 11, "indent": 1, "font_color": "#404040"},
    Style.HINT: {**_WRAP, "font_size": 10, "font_color": "#666666"},
    Style.LABEL: {**_BOX, **_CENTRED, **_WRAP, "font_size": 10.5},
    Style.LABEL_LEFT: {**_BOX, **_WRAP, "font_size": 10.5, "align": "left", "indent": 1},
    Style.CORNER: {**_BOX, **_WRAP, "font_size": 10, "align": "left"},
    Style.COUNT: {**_BOX, **_CENTRED, "bg_color": _INPUT},
    Style.MONEY: {**_BOX, **_CENTRED, "bg_color": _INPUT},
    Style.AS_WRITTEN: {**_BOX, **_CENTRED, "bg_color": _INPUT},
    Style.TOTAL: {**_BOX, **_CENTRED, "bg_color": _GREY},
    Style.SWITCH: {**_BOX, **_CENTRED, "bg_color": _INPUT},
    Style.FACT: {**_BOX, **_WRAP, "bg_color": _GREY, "indent": 1},
    Style.FACT_OPEN: {**_BOX, **_WRAP, "bg_color": _INPUT, "indent": 1, "num_format": "@"},
    Style.HEAD: {**_BOX, **_CENTRED, **_WRAP, "bold": True, "bg_color": "#D9E2EC"},
    Style.CELL: {**_BOX, **_WRAP, "font_size": 10.5, "align": "left", "indent": 1},
    Style.CELL_CENTRED: {**_BOX, **_WRAP, **_CENTRED, "font_size": 10.5},
    Style.FIGURE: {**_BOX, **_CENTRED, "font_size": 10.5},
    Style.TEXT_OPEN: {
        **_WRAP,
        "border": 4,
        "border_color": "#BFBFBF",
        "bg_color": _INPUT,
        "num_format": "@",
        "valign": "top",
    },
    Style.TEXT_HEADING: {**_HEITI, **_WRAP, "valign": "top"},
    Style.PARAGRAPH: {**_WRAP, "font_size": 12, "valign": "top", "indent": 1},
    Style.LINK: {"font_color": "#0563C1", "underline": 1},
    Style.PRINT_TITLE: {**_CENTRED, "font_name": "方正小标宋简体", "font_size": 16},
    Style.PRINT_LINE: {"font_name": "宋体", "font_size": 11},
    Style.PRINT_LABEL: {"border": 1, **_CENTRED, **_WRAP, "font_size": 9},
    Style.PRINT_FIGURE: {"border": 1, **_CENTRED, "font_size": 10, "shrink": True},
    Style.HIDDEN: {},
    Style.INCOMPLETE: {**_HEITI, **_WRAP, "font_size": 14, "font_color": "#C00000", "indent": 1},
    Style.GROUP_HEAD: {**_BOX, **_WRAP, "bold": True, "bg_color": "#D9E2EC", "indent": 1},
    Style.FIELD_ID: {**_BOX, **_CENTRED, "font_size": 6, "font_color": "#808080", "shrink": True},
    Style.UNIT: {**_BOX, "font_size": 10, "indent": 1, "shrink": True},
    Style.UNIT_FACT: {**_BOX, **_CENTRED, "font_size": 10, "shrink": True},
    Style.UNIT_FIGURE: {**_BOX, **_CENTRED, "font_size": 10, "shrink": True},
    Style.UNIT_TOTAL: {
        **_BOX, **_CENTRED, "font_size": 10, "shrink": True, "bg_color": _GREY,
    },
    Style.NOT_KNOWN: {
        **_BOX, **_CENTRED, "font_size": 9, "shrink": True, "bg_color": "#F4A6A0",
        "font_color": "#8B0000",
    },
    Style.ADJUSTED: {
        **_BOX, **_CENTRED, "font_size": 10, "shrink": True, "bg_color": _INPUT,
    },
    Style.ADJUSTED_TOTAL: {
        **_BOX, **_CENTRED, "font_size": 10, "shrink": True, "bg_color": _GREY,
        "num_format": _NO_ZERO,
    },
    Style.ADJUSTED_TEXT: {
        **_BOX, "font_size": 10, "indent": 1, "shrink": True, "bg_color": _INPUT,
        "num_format": "@",
    },
    Style.KIND: {**_BOX, **_HEITI, "font_size": 10, "indent": 1, "bg_color": "#F2F2F2"},
    Style.SUBTOTAL: {
        **_BOX, **_CENTRED, "font_size": 10, "bold": True, "shrink": True, "bg_color": "#EEF2F6",
    },
    Style.GRAND_TOTAL: {
        **_BOX, **_CENTRED, "font_size": 10.5, "bold": True, "shrink": True, "bg_color": "#D9E2EC",
    },
    Style.CHANGE: {**_BOX, **_CENTRED, "font_size": 10.5, "num_format": "+General;-General;0"},
    Style.PER_CENT: {**_BOX, **_CENTRED, "font_size": 10.5, "num_format": "+0.0%;-0.0%;0.0%"},
}  # fmt: skip

MARKS: Mapping[Mark, Look] = {
    Mark.BLANK: {"bg_color": "#FFE27A"},
    Mark.ASSUMED: {"bg_color": "#E8F1E4"},
    Mark.WRONG: {"bg_color": "#F4A6A0", "font_color": "#8B0000"},
    Mark.BROKEN: {"bg_color": "#FBD5B5", "font_color": "#8B0000"},
    Mark.GOOD: {"bg_color": "#D8EBD2", "font_color": "#1E5B1E"},
    Mark.WAITING: {"bg_color": "#FFF3C4", "font_color": "#7A5B00"},
    Mark.ASKING: {"bg_color": "#FCE4C4", "font_color": "#8A4B00"},
}
"""Blank, wrong and broken cells, and the verdict lines."""
