"""IN: tables that are not there, and figures that nobody can be certain of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gk_xlsx.findings import Severity
from gk_xlsx.form import Field, Table
from gk_xlsx.report import EntryKind, Origin, Seen
from gk_xlsx.rules.inputs import listed
from gk_xlsx.rules.rule import Case, Hit, rule

_SILENCED_BY = (Seen.TABLE_MISSING, Seen.PICTURE_TABLE, Seen.LOST)
"""What is said of a whole table is not said again of its cells."""
_AS_A_TABLE = "请提供表格没有变成图片或文字的 Word 文档、网页，或用下发的填报表重新填写。"


@rule("IN09", "table-not-found", Severity.ERROR)
def table_not_found(case: Case) -> Iterator[Hit]:
    """Each of the three statutory tables is there.

    查什么：文件里找不到某一张法定表格，或表格是图片、成了没有分格的文字，数读不出来。
    依据：国办公开办函〔2021〕30号附表共三张；表格须能检索、复制和汇总。
    例：工作表“四、复议诉讼”被删除；三张表都是截图。
    怎么改：用下发的填报表重新填写，不要删除工作表，不要贴图。
    不管的：这张表里的各格不再逐格提示；另有填报表、只是文本里贴了图的见 FM15。
    """
    missing = case.report.saw(Seen.TABLE_MISSING)
    pictured = {item.table for item in case.report.saw(Seen.PICTURE_TABLE)}
    unread: dict[str, list[str]] = {}
    for item in missing:
        why = "表格是图片" if item.table in pictured else item.found
        name = f"“{case.form.table(item.table).sheet}”"
        if why:
            unread.setdefault(why, []).append(name)
        else:
            yield Hit(f"没有找到{name}这张表。", fix="请用下发的填报表重新填写这张表。")
    for why, names in unread.items():
        yield Hit(f"{'、'.join(names)}的数读不出来：{why}。", fix=_AS_A_TABLE)


@rule("IN18", "figure-not-certain", Severity.ERROR)
def figure_not_certain(case: Case) -> Iterator[Hit]:
    """Every figure of a document can be told; one finding per table and reason.

    查什么：从 Word、网页、PDF、文本等文件里读数时，说不准是几、或说不准属于哪一格的数。
    依据：读得准才采用，说不准的不猜。
    例：几格的数连在一起（15130000154）；一个数的格跨了两列；一行比表头多一格或少一格。
    怎么改：对照原文改正表格，使每格一个数；或改用下发的填报表填写。
    不管的：整张表没有找到的见 IN09，表是图片的见 FM15，填报表里找不到的格见 SE05；汇总表见 RO08。
    """
    if case.report.parts:
        return
    silenced = {item.table for item in case.report.saw(*_SILENCED_BY)}
    for table in case.form.tables:
        if table.key in silenced:
            continue
        for reason, fields in _by_reason(case, table).items():
            yield _hit(case, table, reason, fields)


@rule("IN19", "not-all-read", Severity.NOTE)
def not_all_read(case: Case) -> Iterator[Hit]:
    """What of a document was not read, or not as it stands, is told.

    查什么：Word、网页、PDF、表格文件里有没有读不到、或没有照原样读的内容。
    依据：没有读到的内容没有核验，须让审核人知道。
    例：文档里嵌入了另一个文件；第3页是扫描图片；文档里有没有处理的修订。
    怎么改：对照原文看没有读到的是不是报告的内容；是的，请报送文字、表格齐全的定稿。
    不管的：数认不出来的格见 IN18，表格是图片的见 FM15；一张表也没有读到的不算报告（FI07）。
    """
    for item in case.report.saw(Seen.NOT_READ):
        yield Hit(
            f"{item.found}。",
            fix="请对照原文核对；是报告内容的，请报送文字、表格齐全的定稿。",
            source="没有读到的内容没有核验",
        )


def _by_reason(case: Case, table: Table) -> Mapping[str, Sequence[Field]]:
    """Why figures are unknown to the fields concerned, in printed order."""
    found: dict[str, list[Field]] = {}
    for field, entry in case.of_table(table):
        if entry.kind is EntryKind.UNKNOWN and entry.origin is not Origin.COMPUTED:
            found.setdefault(entry.reason, []).append(field)
    return found


def _hit(case: Case, table: Table, reason: str, fields: Sequence[Field]) -> Hit:
    places = dict.fromkeys(
        place.cell for field in fields if (place := case.report.entries[field.id].place)
    )
    where = "、".join(filter(None, places)) if len(places) <= 3 else ""
    why = f"{reason.rstrip('。')}。" if reason else ""
    return Hit(
        message=(
            f"{table.sheet}有 {len(fields)} 格的数不能确定{f'（{where}）' if where else ''}："
            f"{listed(table, fields)}。{why}"
        ),
        fields=tuple(field.id for field in fields),
        fix="请对照原文改正表格（行名、列名照格式，每格一个数），或改用下发的填报表。",
        source="读得准才采用，说不准的不猜",
    )
