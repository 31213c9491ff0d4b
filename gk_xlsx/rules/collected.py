"""RO: who has sent what, against the roster."""

from __future__ import annotations

from collections.abc import Iterator

from gk_xlsx.findings import Gate, Severity
from gk_xlsx.rollup.choosing import Choice, Why
from gk_xlsx.rollup.collecting import Bundle, Collection
from gk_xlsx.rollup.received import Role
from gk_xlsx.rollup.states import is_late
from gk_xlsx.rules.set_rule import SetHit, set_rule

_SEND = "请催报填报表、报告文本和盖章件。"
_SEND_BOOK = "请补报填报表（.xlsx）。"


@set_rule("RO01", "not-received", Severity.WARNING)
def not_received(case: Collection) -> Iterator[SetHit]:
    """A report has come in from every line of the roster.

    查什么：名册上应报的单位，有没有收到填报表。只收到盖章件、图片或只收到报告文本的也指出。
    依据：逐级汇总要求各单位数据齐全；缺一家，汇总数就不完整。
    例：城东街道没有来过任何文件；水利局只来了一份 Word。
    怎么改：催报；单位已撤并、不须报送的，在名册“状态”栏写“撤并”。
    不管的：来过但不能读取的见 FI 各条，来的是别的年份的见 RO03，名册上没有的见 RO04。
    """
    for bundle in case.due:
        text = bundle.text.counts
        if bundle.figures.all or bundle.unreadable or bundle.wrong_year:
            continue
        if text is not None and text.figures is not None:
            yield _hit(
                bundle,
                f"{bundle.line.name}没有报填报表，只收到报告文本，数据暂取自其中的表格。",
                fix=_SEND_BOOK,
            )
        elif not bundle.text.all:
            yield _hit(bundle, f"{bundle.line.name}{_nothing_but(bundle)}。", fix=_SEND)


def _nothing_but(bundle: Bundle) -> str:
    """Nothing came, or nothing that counts."""
    names = "、".join(item.received.name for item in bundle.files)
    return f"没有报填报表和报告文本，只收到 {names}" if names else "尚未报送"


@set_rule("RO02", "two-versions", Severity.WARNING)
def two_versions(case: Collection) -> Iterator[SetHit]:
    """Of each kind a unit has sent one version, or it is plain which one counts.

    查什么：同一单位报了两份数据不同的填报表（或两份不同的报告文本）。能从名称（第二次、更正、
    日期等）或先后收到的次序看出先后的，采用后一份并说明；看不出的是错误。
    依据：同一单位只能有一份数据进入汇总；文件时间在解压、转发时会变，不作依据。
    例：教育局.xlsx 新收 12 件，教育局(1).xlsx 新收 13 件。
    怎么改：问清用哪一份，在收发登记“采用文件”栏写上文件名。
    不管的：内容相同的几份任用一份；另一年份的见 RO03；收发登记已指定的不再提示。
    """
    for bundle in case.due:
        for role, choice in ((Role.FIGURES, bundle.figures), (Role.TEXT, bundle.text)):
            if choice.why in (Why.NAME, Why.LATER, Why.UNTOLD):
                yield _versions(bundle, role, choice)


def _versions(bundle: Bundle, role: Role, choice: Choice) -> SetHit:
    what = f"{bundle.line.name}报了 {len(choice.all)} 份内容不同的{role.label}"
    names = "、".join(item.path for item in choice.all)
    files = tuple(item.path for item in choice.all)
    if choice.counts is not None:
        told = f"{what}（{names}），采用 {choice.counts.path}：{choice.why.value}。"
        return _hit(bundle, told, files, "请核对；要用另一份的，写在收发登记“采用文件”栏。")
    same_figures = all(
        item.figures == choice.all[0].figures or item.figures is None for item in choice.all
    )
    return _hit(
        bundle,
        f"{what}，分不清先后：{names}。",
        files,
        "请问清用哪一份，把文件名写在收发登记“采用文件”栏。",
        Severity.WARNING if same_figures else Severity.ERROR,
    )


@set_rule("RO03", "wrong-year", Severity.ERROR)
def wrong_year(case: Collection) -> Iterator[SetHit]:
    """Every report is of the year that is collected.

    查什么：报告年份与本次收集的年份是否一致。
    依据：不同年份、不同版式的数据不能相加。
    例：收 2025 年年报，报来的填报表是 2024 年的。
    怎么改：请单位用本年度下发的填报表重新填报。
    不管的：已另报本年度的，旧年份的文件只提示、不计入；年份与版式不一致见 IN16。
    """
    for bundle in case.due:
        right = bool(bundle.figures.all or bundle.text.all)
        for item in bundle.wrong_year:
            year = item.sender.year if item.sender else 0
            more = "；本年度的已另外收到，这份不采用" if right else ""
            yield _hit(
                bundle,
                f"{bundle.line.name}报的 {item.path} 是 {year} 年的，应为 {case.year} 年{more}。",
                (item.path,),
                "" if right else f"请用 {case.year} 年的填报表重新填报。",
                Severity.NOTE if right else None,
            )


@set_rule("RO04", "not-on-the-roster", Severity.WARNING)
def not_on_the_roster(case: Collection) -> Iterator[SetHit]:
    """Every report that came in belongs to a line of the roster.

    查什么：收到的报告，单位名称、别名、编码在名册上能不能找到。
    依据：对不上名册的不计入汇总，也不知道该催谁、退给谁。
    例：报来“江南区卫健局”，名册上是“卫生健康局”。
    怎么改：是同一单位的，在名册“别名”栏加上这个名称；确系新单位的，加入名册；误报的退回。
    不管的：没有单位名称的盖章件、图片等，按文件名和所在文件夹归到单位，归不了的只列出。
    """
    for item in case.strangers:
        sender = item.received.sender
        if sender is None:
            continue
        near = case.roster.by_code.get(item.nearest)
        meant = f"，最接近的是“{near.name}”" if near else ""
        name = f"“{sender.unit.name}”" if sender.unit.name else "没有写单位名称，"
        yield SetHit(
            f"{item.received.path} 的单位{name}在名册上找不到{meant}。",
            files=(item.received.path,),
            fix="是同一单位的，请在名册“别名”栏加上这个名称；否则请加入名册或退回。",
        )


@set_rule("RO07", "late", Severity.NOTE)
def late(case: Collection) -> Iterator[SetHit]:
    """Reports came in by the last day.

    查什么：收发登记的“首次收到日期”晚于报送截止日。
    依据：本单位规定的报送截止日（设置）。收到不等于公布，公布的期限另算。
    例：截止日 1 月 20 日，1 月 23 日才第一次收到。
    怎么改：不必改；登记的日期有误的，在收发登记里改正。
    不管的：没有设截止日的不查；至今未收到的见 RO01。
    """
    for bundle in case.due:
        if is_late(bundle, case):
            limit = case.submit_by
            yield _hit(
                bundle,
                f"{bundle.line.name} {bundle.arrived} 首次报送，迟于截止日 {limit}。",
            )


@set_rule("RO11", "no-sealed-copy", Severity.NOTE, Gate.TEXT, optional=True)
def no_sealed_copy(case: Collection) -> Iterator[SetHit]:
    """A signed and sealed copy has come in with every report.

    查什么：报了填报表或报告文本的单位，有没有盖章件（扫描的 PDF、图片或 .ofd）。
    依据：本单位要求报送盖章件的才查；平时不查，在设置 [rules] 里写 on = ["RO11"] 打开。
    例：审计局报来填报表和 Word，没有盖章扫描件。
    怎么改：请单位补报盖章件。
    不管的：什么都没有报的见 RO01；盖章件上的数字不读取、不核对。
    """
    for bundle in case.due:
        if (bundle.figures.all or bundle.text.all) and not bundle.sealed:
            yield _hit(bundle, f"{bundle.line.name}没有报盖章件。", fix="请补报盖章件。")


def _hit(
    bundle: Bundle,
    message: str,
    files: tuple[str, ...] = (),
    fix: str = "",
    severity: Severity | None = None,
) -> SetHit:
    return SetHit(message, (bundle.line.code,), files, fix=fix, severity=severity)
