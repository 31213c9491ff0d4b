"""How the letters look that an office writes beside its reports: body, signature, annex."""

from __future__ import annotations

from gk_xlsx.documents import styles
from gk_xlsx.documents.styles import Style

TITLE = Style(
    "OpinionTitle", "意见标题", styles.XIAOBIAOSONG, 44, "center", after=styles.LINE, on_grid=False
)
ADDRESSEE = Style("OpinionAddressee", "意见主送", styles.FANGSONG, 32, "left", closer=5)
BODY = Style("OpinionBody", "意见正文", styles.FANGSONG, 32, indent=200, closer=5)
SIGNATURE = Style(
    "OpinionSignature",
    "意见落款",
    styles.FANGSONG,
    32,
    "center",
    left=3800,
    closer=5,
    keep_next=True,
)
CONTACT = Style("OpinionContact", "意见联系", styles.FANGSONG, 28, "left")
ANNEX = Style("AnnexMark", "附表标记", styles.HEITI, 32, "left", closer=5, keep_next=True)
ANNEX_TITLE = Style(
    "AnnexTitle", "附表标题", styles.XIAOBIAOSONG, 36, "center", on_grid=False, keep_next=True
)
ANNEX_HEAD = Style("AnnexHead", "附表表头", styles.HEITI, 21, "center", in_table=True)
ANNEX_GROUP = Style(
    "AnnexGroup", "附表分类", styles.HEITI, 21, "left", in_table=True, keep_next=True
)
ANNEX_TEXT = Style("AnnexText", "附表文字", styles.SONGTI, 21, "left", in_table=True)
ANNEX_NUMBER = Style("AnnexNumber", "附表序号", styles.SONGTI, 21, "center", in_table=True)

OPINION = (
    *(TITLE, ADDRESSEE, BODY, SIGNATURE, CONTACT, ANNEX, ANNEX_TITLE),
    *(ANNEX_HEAD, ANNEX_GROUP, ANNEX_TEXT, ANNEX_NUMBER),
    *(styles.PAGE_ODD, styles.PAGE_EVEN, styles.TAG),
)
"""The styles of the 审核意见反馈单."""
ANNOUNCEMENT = (
    *(TITLE, BODY, SIGNATURE, ANNEX, ANNEX_TITLE, ANNEX_HEAD, ANNEX_TEXT, ANNEX_NUMBER),
    *(styles.PAGE_ODD, styles.PAGE_EVEN, styles.TAG),
)
"""The styles of what is said to the public or upwards: 更正说明, 公布情况."""
