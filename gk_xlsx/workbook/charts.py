"""A planned chart → one of XlsxWriter's: a native chart that follows its cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import xlsxwriter
from xlsxwriter.chart import Chart as Drawn

from gk_xlsx.plan.model import Area, Chart, ChartKind, Series

_TYPES: Mapping[ChartKind, Mapping[str, str]] = {
    ChartKind.BARS: {"type": "bar"},
    ChartKind.COLUMNS: {"type": "column"},
    ChartKind.PIE: {"type": "pie"},
}
_COLOURS = ("#4C72A8", "#C9A227", "#7FA66A", "#A65E5E", "#8573A8", "#7A8B99", "#C07F3E")
"""Quiet ones that can still be told apart in grey."""
_FONT = {"name": "宋体", "size": 9}
_SMALL = {"name": "宋体", "size": 7}
_TITLE_FONT = {"name": "黑体", "size": 12, "bold": False}


def drawn(book: xlsxwriter.Workbook, chart: Chart) -> Drawn:
    """The chart, ready to be inserted."""
    made = book.add_chart(dict(_TYPES[chart.kind]))
    for number, series in enumerate(chart.series):
        made.add_series(_series(chart.kind, series, number))
    made.set_title({"name": chart.title, "name_font": _TITLE_FONT, "overlay": False})
    made.set_size({"width": chart.width, "height": chart.height})
    _set_axes(made, chart)
    return made


def _series(kind: ChartKind, series: Series, number: int) -> dict[str, object]:
    options: dict[str, object] = {
        "name": [series.sheet, series.name.row, series.name.column],
        "categories": _range(series.sheet, series.labels),
        "values": _range(series.sheet, series.figures),
        "data_labels": {"value": True, "font": _FONT if kind is ChartKind.BARS else _SMALL},
    }
    if kind is ChartKind.PIE:
        slices = series.figures.bottom - series.figures.top + 1
        fills = [{"fill": {"color": _COLOURS[at % len(_COLOURS)]}} for at in range(slices)]
        shown = {"percentage": True, "category": True, "leader_lines": True, "font": _FONT}
        return options | {"points": fills, "data_labels": shown}
    return options | {"fill": {"color": _COLOURS[number]}, "gap": 60}


def _range(sheet: str, area: Area) -> Sequence[str | int]:
    return [sheet, area.top, area.left, area.bottom, area.right]


def _set_axes(made: Drawn, chart: Chart) -> None:
    """Names in full, the largest bar on top, no grid lines; a legend only for several series."""
    if chart.kind is ChartKind.PIE:
        made.set_legend({"none": True})
        return
    made.set_x_axis({"num_font": _FONT, "reverse": False, "major_gridlines": {"visible": False}})
    made.set_y_axis({"num_font": _FONT, "major_gridlines": {"visible": False}})
    if chart.kind is ChartKind.BARS:
        made.set_y_axis({"num_font": _FONT, "reverse": True, "major_gridlines": {"visible": False}})
        made.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    legend = {"position": "bottom", "font": _FONT} if len(chart.series) > 1 else {"none": True}
    made.set_legend(legend)
