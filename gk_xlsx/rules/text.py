"""TX: what the text asserts against what the tables say."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from gk_xlsx.amounts import YUAN_PER_WAN, plain
from gk_xlsx.claims import Applicant, Claim, Kind, Subject, When
from gk_xlsx.findings import Gate, Severity
from gk_xlsx.rules.compared import (
    Figure,
    claim_place,
    claim_words,
    compared,
    figure,
    in_tables,
    labels,
    section_name,
    text_claims,
)
from gk_xlsx.rules.recomputed import change, share
from gk_xlsx.rules.rule import Case, Hit, rule

_NEW = frozenset({Subject.NEW})
_CONCLUDED = frozenset({Subject.CONCLUDED})
_CARRIED = frozenset({Subject.CARRIED_IN, Subject.CARRIED_OUT})
_TOTALS = _NEW | _CONCLUDED | _CARRIED
_RESULTS = frozenset(item for item in Subject if item.by_applicant) - _TOTALS
_DISPUTES = frozenset(item for item in Subject if item.startswith("四."))
_PROACTIVE = frozenset(item for item in Subject if item.startswith("二."))
_OTHER_COUNTING = "如口径不同（如含协办件），请写明。"
_ARTICLE_50 = "《条例》第五十条；国办公开办函〔2021〕30号"


@rule("TX01", "text-received", Severity.WARNING, Gate.TEXT)
def received(case: Case) -> Iterator[Hit]:
    """The number of applications received agrees with table 三.

    查什么：文字里“收到、新收、受理申请 N 件”，应等于表三本年新收总计，或本年新收加上年结转。
    依据：《条例》第五十条；国办公开办函〔2021〕30号附表。
    例：文字写“受理申请 21 件”，表三本年新收 19 件、上年结转 1 件。
    怎么改：核对改哪一处；口径不同（如含协办件）的，在文字里写明。
    不管的：别的事（热线、信访、留言）、别的机关、别的年度、约数；文字或表三为 0 的由 TX10 提示。
    """
    yield from _differing(case, _NEW, _OTHER_COUNTING)


@rule("TX02", "text-concluded", Severity.WARNING, Gate.TEXT)
def concluded(case: Case) -> Iterator[Hit]:
    """The number of applications answered agrees with table 三.

    查什么：文字里“答复、办结、办理申请 N 件”，应等于表三（七）总计。
    依据：《条例》第三十六条、第五十条。
    例：文字写“办结 71 件”，表三总计为 70 件。
    怎么改：核对改哪一处；口径不同（如含协办件）的，在文字里写明。
    不管的：只说其中一部分的（“其中 11 件办结”“延期答复 3 件”）、约数；
    文字或表三为 0 的由 TX10 提示。
    """
    yield from _differing(case, _CONCLUDED, _OTHER_COUNTING)


@rule("TX03", "text-carried-over", Severity.WARNING, Gate.TEXT)
def carried_over(case: Case) -> Iterator[Hit]:
    """What was carried in and what is carried out agrees with table 三.

    查什么：文字里“上年结转 N 件”“结转、顺延下年度 N 件”，应等于表三第二项、第四项。
    依据：《条例》第三十三条、第五十条。
    例：文字写“结转下年度 3 件”，表三为 5 件。
    怎么改：核对改哪一处。
    不管的：没有写明是上年还是下年的“结转”；文字为 0 的由 TX10 提示。
    """
    yield from _differing(case, _CARRIED, "两处应一致。")


@rule("TX04", "text-applicants", Severity.WARNING, Gate.TEXT)
def applicants(case: Case) -> Iterator[Hit]:
    """The numbers by kind of applicant agree with the columns of table 三.

    查什么：文字里“自然人 N 件”“法人或其他组织 N 件”“商业企业 N 件”，应等于表三同列；
    法人或其他组织为五列之和。说的是哪一行，由前文决定（收到、办结、予以公开）。
    依据：表三表头“申请人情况”。
    例：文字写“其中自然人 55 件”，表三自然人新收 56 件。
    怎么改：核对改哪一处。
    不管的：“公民、法人或其他组织”合起来说的；文字为 0 的由 TX10 提示。
    """
    for section, claim in compared(case):
        if claim.applicant is not Applicant.ALL and claim.quantity:
            yield from _hit(case, section, claim, "")


@rule("TX05", "text-results", Severity.WARNING, Gate.TEXT)
def results(case: Case) -> Iterator[Hit]:
    """The numbers by kind of result agree with the rows of table 三.

    查什么：文字里“予以公开、部分公开、不予公开、无法提供、不予处理、其他处理 N 件”及各项情形，
    应等于表三各行总计；合起来说的（“予以公开及部分公开 6 件”）等于两行之和。
    依据：《条例》第三十六条至第三十九条；表三。
    例：文字写“予以公开及部分公开 258 件”，表三两行相加 275 件。
    怎么改：核对改哪一处。
    不管的：“因……不予公开 N 件”等只说一部分的；文字为 0 的由 TX10 提示。
    """
    yield from _differing(case, _RESULTS, "")


@rule("TX06", "text-disputes", Severity.WARNING, Gate.TEXT)
def disputes(case: Case) -> Iterator[Hit]:
    """The numbers of reviews and lawsuits agree with table 四.

    查什么：文字里“行政复议 N 件”“行政诉讼 M 件”及维持、纠正、其他、尚未审结各几件，应等于表四；
    行政诉讼是“未经复议直接起诉”与“复议后起诉”之和。
    依据：《条例》第五十条；表四。
    例：文字写“行政诉讼 2 件”，表四两组共 4 件。
    怎么改：核对改哪一处；文字说的是作为复议机关办理的案件的，请写明。
    不管的：没有提到信息公开的复议、诉讼案件；文字为 0 的由 TX10 提示。
    """
    advice = "如是作为复议机关办理的案件，请写明。"
    yield from _differing(case, _DISPUTES, advice)


@rule("TX07", "text-documents", Severity.WARNING, Gate.TEXT)
def documents(case: Case) -> Iterator[Hit]:
    """The numbers of documents, decisions and fees agree with table 二.

    查什么：文字里“制发、废止、现行有效规范性文件（规章）N 件”“作出行政许可（处罚、强制）决定 N 件”
    “收取行政事业性收费 N 元”，应等于表二。
    依据：《条例》第二十条第（一）（五）（六）（八）项。
    例：文字写“制发规范性文件 8 件”，表二为 9 件。
    怎么改：核对改哪一处；只算以某一名义制发的，请写明。
    不管的：失效、修改、清理、备案、公开、解读的件数；以别的名义制发的；文字为 0 的由 TX10 提示。
    """
    yield from _differing(case, _PROACTIVE, "如口径不同（如只算以一种名义制发的），请写明。")


@rule("TX08", "text-list-sum", Severity.WARNING, Gate.TEXT)
def list_sum(case: Case) -> Iterator[Hit]:
    """The parts of a list add up to the total stated in front of it.

    查什么：“共 N 条，其中 a 条、b 条……”，各项相加应等于总数。
    依据：文字自身前后一致。
    例：共 37 条，其中 14 条、20 条、2 条，相加 36 条。
    怎么改：核对总数和各项；只举几例的，写“其中……等”。
    不管的：明显只举几例的；总数和各项都在表里的（由 TX01—TX07 与表核对）；约数。
    """
    for section, claim in text_claims(case):
        summed = sum(claim.related, Decimal(0))
        if claim.kind is Kind.LIST and summed != claim.quantity and not in_tables(case, claim):
            parts = "＋".join(plain(part) for part in claim.related)
            message = (
                f"“{section_name(case, section)}”写共 {plain(claim.quantity)} {claim.unit}，"
                f"所列各项相加为 {plain(summed)} {claim.unit}（{parts}）。请核对总数和各项。"
            )
            fix = "请改正总数或漏写、多写的一项；只举几例的，请写“其中……等”。"
            yield Hit(
                message, (), claim.quantity, summed, fix, "", location=claim_place(section, claim)
            )


@rule("TX09", "text-rates", Severity.WARNING, Gate.TEXT)
def rates(case: Case) -> Iterator[Hit]:
    """Percentages and comparisons with last year follow from the figures.

    查什么：“占 N%”按文字和表里的数重算；“同比增长 N%”“增长 N 倍”“比上年增加 N 件”用去年的数重算，
    按文字所写的小数位比较，四舍五入和截位都算对。
    依据：文字自身前后一致；去年年报。
    例：收办 3646 件，上年 3607 件，写同比增长 1.05%，应为 1.08%。
    怎么改：重算后改正；与别的数相比的，写明是什么数。
    不管的：没有去年数据又没有写出去年数的；百分点、满意度、点击量等别的比率。
    """
    for section, claim in text_claims(case):
        if claim.kind is Kind.SHARE:
            yield from share(case, section, claim)
        if claim.kind is Kind.CHANGE:
            yield from change(case, section, claim)


@rule("TX10", "text-none", Severity.ERROR, Gate.TEXT)
def none_at_all(case: Case) -> Iterator[Hit]:
    """Where the text says none the tables are 0, and the other way round.

    查什么：文字写“未收到申请”“无行政复议、行政诉讼”“0 件”，表里却不是 0；
    或文字写收到、办结申请若干件，表三却全为 0。
    依据：《条例》第五十条。
    例：文字写“本年度未收到依申请公开”，表三本年新收 3 件。
    怎么改：以登记台账为准，改文字或改表。
    不管的：有限定的话（“未出现被撤销或败诉”“未发生因答复不当引起的复议”）。
    """
    seen: set[tuple[str, ...]] = set()
    for section, claim in text_claims(case):
        table = _against_none(case, claim)
        if table is None or table.fields[:1] in seen:
            continue
        seen.add(table.fields[:1])
        unit = "元" if claim.subject is Subject.FEES else claim.unit or "件"
        said = "" if claim.kind is Kind.NONE else f" {unit}"
        message = (
            f"“{section_name(case, section)}”写“{claim_words(claim)}”，"
            f"{labels(case, table)}为 {plain(table.low)}{said or ' 件'}。请以台账为准改正。"
        )
        yield Hit(
            message,
            table.fields,
            claim.quantity,
            table.low,
            "请核对台账，改正文字或表格。",
            _ARTICLE_50,
            location=claim_place(section, claim),
        )


@rule("TX11", "text-all-done", Severity.WARNING, Gate.TEXT)
def all_done(case: Case) -> Iterator[Hit]:
    """Who says that every application was answered has none carried over, or says so.

    查什么：文字写申请“全部办结”“均已答复”“答复率 100%”，表三却有结转下年度的，文字也没有交代结转。
    依据：《条例》第三十三条、第五十条。
    例：文字写“均已答复”，表三结转下年度继续办理 3 件。
    怎么改：补写“另有 3 件结转下年度继续办理”，或改正其中一处。
    不管的：文字已写明结转、顺延、正在办理的；说的是热线、建议提案等别的事。
    """
    claims = text_claims(case)
    done = [item for item in claims if item[1].kind is Kind.ALL_DONE and item[1].comparable]
    left = figure(case, (Subject.CARRIED_OUT,), "总计")
    if not done or left is None or not left.low or _mentions_rest(case):
        return
    section, claim = done[0]
    message = (
        f"“{section_name(case, section)}”写“{claim_words(claim)}”，{labels(case, left)}为 "
        f"{plain(left.low)} 件，文字没有交代。请核对；确有结转的，请写明。"
    )
    fix = f"可补写：“另有 {plain(left.low)} 件结转下年度继续办理。”"
    place = claim_place(section, claim)
    yield Hit(message, left.fields, Decimal(0), left.low, fix, _ARTICLE_50, location=place)


def _differing(case: Case, subjects: Collection[Subject], advice: str) -> Iterator[Hit]:
    for section, claim in compared(case):
        if claim.subject in subjects and claim.applicant is Applicant.ALL and claim.quantity:
            yield from _hit(case, section, claim, advice)


def _hit(case: Case, section: str, claim: Claim, advice: str) -> Iterator[Hit]:
    if _against_none(case, claim):
        return
    table = _disagreeing(case, claim)
    if table is None:
        return
    least = "为" if table.value is not None else "至少有"
    unit, factor = ("万元", YUAN_PER_WAN) if claim.subject is Subject.FEES else ("件", Decimal(1))
    message = (
        f"“{section_name(case, section)}”写“{claim_words(claim)}”，"
        f"{labels(case, table)}{least} {plain(table.low)} {unit}。"
    )
    yield Hit(
        message,
        table.fields,
        claim.quantity / factor,
        table.low,
        f"请核对改哪一处；{advice}" if advice else "请核对改哪一处。",
        _ARTICLE_50,
        location=claim_place(section, claim),
    )


def _disagreeing(case: Case, claim: Claim) -> Figure | None:
    """The figure of the likeliest reading where no reading agrees and none is unknown."""
    quantity = claim.quantity / YUAN_PER_WAN if claim.subject is Subject.FEES else claim.quantity
    figures = [figure(case, reading, claim.applicant) for reading in claim.readings]
    known = [item for item in figures if item is not None]
    if len(known) < len(figures) or any(item.allows(quantity) for item in known):
        return None
    if claim.subject is Subject.CONCLUDED and _without_carried_in(case, quantity, known):
        return None
    return known[0]


def _without_carried_in(case: Case, quantity: Decimal, known: list[Figure]) -> bool:
    """Whether the text tells cases carried in apart (办理上年结转申请 1 件。答复 11 件)."""
    carried = figure(case, (Subject.CARRIED_IN,), "总计")
    if carried is None or carried.value is None or known[0].value is None:
        return False
    told_apart = any(claim.apart for _, claim in text_claims(case))
    return told_apart and quantity == known[0].value - carried.value


def _against_none(case: Case, claim: Claim) -> Figure | None:
    """The table's figure where text and table disagree on whether there was any at all."""
    if not claim.comparable or claim.kind not in (Kind.COUNT, Kind.NONE):
        return None
    figures = [figure(case, reading, claim.applicant) for reading in claim.readings]
    first = figures[0] if figures else None
    if first is None or any(item is None or item.allows(claim.quantity) for item in figures):
        return None
    if not claim.quantity:
        return first
    nothing = all(item is not None and item.value == 0 for item in figures)
    main = claim.subject in _NEW | _CONCLUDED and claim.applicant is Applicant.ALL
    return first if nothing and main else None


def _mentions_rest(case: Case) -> bool:
    """Whether the text says anywhere that some are still open."""
    text = "".join(case.report.narrative.values())
    words = (
        "结转",
        "顺延",
        "正在办理",
        "尚在办理",
        "在办",
        "未到期",
        "下年度",
        "下一年度",
        "未办结",
        "待办",
    )
    carried = any(
        claim.subject is Subject.CARRIED_OUT and claim.when is When.THIS_YEAR and claim.quantity
        for _, claim in text_claims(case)
    )
    return carried or any(word in text for word in words if word != "结转") or "结转下" in text


ALL_TEXT = (
    received,
    concluded,
    carried_over,
    applicants,
    results,
    disputes,
    documents,
    list_sum,
    rates,
    none_at_all,
    all_done,
)
