"""How a report looks on the web: declarations of `style`, because a CMS keeps nothing else.

Official type (GB/T 9704) where a machine has it, what comes near where it has not. Sizes are in
`em`, so that a site or the print style of a whole page sets them once.
"""

from __future__ import annotations

_SONG = (
    "FZXiaoBiaoSong-B05S,'方正小标宋简体','Source Han Serif SC','Noto Serif CJK SC',SimSun,serif"
)
_FANG = "FangSong_GB2312,'仿宋_GB2312',FangSong,'仿宋',STFangsong,'Noto Serif CJK SC',serif"
_HEI = "SimHei,'黑体','Microsoft YaHei','PingFang SC','Noto Sans CJK SC',sans-serif"
_KAI = "KaiTi_GB2312,'楷体_GB2312',KaiTi,'楷体',STKaiti,'Noto Serif CJK SC',serif"

REPORT = f"font-family:{_FANG};line-height:1.9;overflow-wrap:break-word;"
FRAGMENT = f"{REPORT}font-size:18px;"
TITLE = (
    f"margin:0 0 1em;font-family:{_SONG};font-size:1.5em;font-weight:bold;line-height:1.45;"
    "text-align:center;text-indent:0;"
)
SECTION = (
    f"margin:1em 0 .3em;font-family:{_HEI};font-size:1.05em;font-weight:normal;text-indent:2em;"
    "break-after:avoid;"
)
SUBSECTION = (
    f"margin:.3em 0;font-family:{_KAI};font-size:1em;font-weight:normal;text-indent:2em;"
    "break-after:avoid;"
)
POINT = "margin:0;font-size:1em;font-weight:normal;text-indent:2em;break-after:avoid;"
BODY = "margin:0;text-indent:2em;text-align:justify;"
LIST = "margin:0;padding-left:3em;"
ITEM = "text-align:justify;"
LEAD = f"font-family:{_KAI};"
KEPT = "white-space:pre-wrap;"
PICTURE = "margin:.6em 0 0;text-indent:0;text-align:center;break-after:avoid;"
CAPTION = "margin:0 0 .6em;font-size:.85em;text-indent:0;text-align:center;"
SIGNATURE = "margin:0;padding-right:2em;text-indent:0;text-align:right;"
SIGNED_BY = f"{SIGNATURE}padding-top:1.5em;break-after:avoid;"

SCROLL = "margin:.6em 0;overflow-x:auto;"
TABLE = "width:100%;border-collapse:collapse;font-size:.78em;line-height:1.4;text-indent:0;"
WIDE = "min-width:46em;"
"""A table of many columns; on a narrow screen it is moved sideways."""
WHOLE = "break-inside:avoid;"
"""Rows, and tables of less than a page, stand on one page."""
_CELL = "padding:.3em .25em;border:1px solid #333;vertical-align:middle;font-weight:normal;"
CENTRED = f"{_CELL}text-align:center;"
LEFT = f"{_CELL}text-align:left;"
FIGURE = f"{CENTRED}white-space:nowrap;"

PAGE_STYLE = """
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; color: #111; background: #fff; font-size: 18px; }
body > div { max-width: 52rem; margin: 0 auto; padding: 2rem 1rem 3rem; }
h1 { text-wrap: balance; }
@media (max-width: 40rem) {
  body { font-size: 17px; }
  body > div { padding-top: 1.25rem; }
  h1 { font-size: 1.3em !important; }
}
@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
@media print {
  body { font-size: 16pt; }
  body > div { max-width: none; padding: 0; line-height: 28.95pt !important; }
  h1 { font-size: 22pt !important; line-height: 32pt !important; }
  h2 { font-size: 16pt !important; }
  div > div { overflow: visible !important; }
  table { min-width: 0 !important; font-size: 10.5pt !important; }
  p { orphans: 2; widows: 2; }
}
"""
"""Of a whole page: the screen's width and the paper. Source: GB/T 9704-2012, 5 and 7."""
