"""LG: what the law rules out, and what a reviewer would ask about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gk_xlsx.amounts import YUAN_PER_WAN, plain, read_amount
from gk_xlsx.findings import Gate, Severity, TextLocation
from gk_xlsx.form import FieldKind
from gk_xlsx.patterns import pattern
from gk_xlsx.relations import usable
from gk_xlsx.rules.passages import passage
from gk_xlsx.rules.rule import Case, Hit, rule, short_label
from gk_xlsx.units import Level, level_of

_REGULATIONS, _NORMATIVE_DOCUMENTS = "proactive.regulations", "proactive.normative_documents"
_REVIEW, _DIRECT = "disputes.review.total", "disputes.direct.total"
_AFTER_REVIEW = "disputes.after_review.total"
_CONCLUDED = "requests.concluded.total"
_UNPAID, _OTHER_HANDLING = (
    f"requests.other_handling.{reason}.total" for reason in ("unpaid", "other")
)

_MAKES_NO_REGULATIONS = (
    *(Level.TOWNSHIP, Level.SUBDISTRICT, Level.COUNTY, Level.DISTRICT),
    *(Level.INSTITUTION, Level.DEPARTMENT),
)
_OF_THE_STATE = pattern("^(?:国家|国务院|中华人民共和国|中国)")
"""Departments of the State Council, which may make 规章."""


def _figure(case: Case, field_id: str) -> Decimal | None:
    """A figure of this report; None where the edition has no such cell or it is unusable."""
    if field_id not in case.form.fields:
        return None
    return usable(field_id, case.form, case.report.entries)


def _above_zero(case: Case, row: str) -> tuple[str, ...]:
    """The cells of a row (`table.row`) with more than 0."""
    cells = [field_id for field_id in case.form.fields if field_id.startswith(f"{row}.")]
    return tuple(field_id for field_id in cells if (_figure(case, field_id) or 0) > 0)


def _listed(case: Case, cells: Sequence[str]) -> str:
    """Cells by their columns, with their figures: 本年制发件数 1 件、现行有效件数 3 件."""
    return "、".join(
        f"{case.form.fields[cell].column_label} {plain(_figure(case, cell) or Decimal(0))} 件"
        for cell in cells
    )


# -- who makes what ------------------------------------------------------------------------


@rule("LG01", "regulations-of-a-body-without-power", Severity.ERROR)
def regulations_without_power(case: Case) -> Iterator[Hit]:
    """Only some bodies make 规章; the others state 0.

    查什么：乡镇、街道、县、区、事业单位和地方部门的“规章”三格大于 0。
    单位类型是从名称推断的，作需核实；填报表或名册里写明的，作错误。
    依据：《立法法》第九十一条、第九十三条：规章由国务院部门和省、设区的市、自治州政府制定。
    例：街道办事处规章·本年制发件数填 1。
    怎么改：规章填 0；属行政规范性文件的填到下一行。
    不管的：省、市、政府办公室、国务院部门和类型不明的单位。
    """
    level, inferred = level_of(case.report.unit)
    cells = _above_zero(case, _REGULATIONS)
    if not cells or level not in _MAKES_NO_REGULATIONS:
        return
    if inferred and _OF_THE_STATE.search(case.report.unit.name):
        return
    yield Hit(
        f"规章：{_listed(case, cells)}。{level.label if level else ''}没有规章制定权，应填 0。",
        fields=cells,
        fix="请改填 0；属行政规范性文件的，填到“规范性文件”一行。",
        source="《立法法》第九十一条、第九十三条",
        severity=Severity.WARNING if inferred else None,
    )


@rule("LG07", "normative-documents-of-an-institution", Severity.NOTE, Gate.TEXT)
def normative_documents_of_institution(case: Case) -> Iterator[Hit]:
    """Institutions rarely make normative documents.

    查什么：事业单位的“规范性文件”一行大于 0。
    依据：行政规范性文件由行政机关和经授权的组织制定。
    例：某中心现行有效行政规范性文件填 3 件。
    怎么改：核对文件是不是本单位制发；主管部门制发的由主管部门填。
    不管的：行政机关。
    """
    level, _ = level_of(case.report.unit)
    cells = _above_zero(case, _NORMATIVE_DOCUMENTS)
    if cells and level is Level.INSTITUTION:
        yield Hit(
            f"{case.form.fields[cells[0]].row_label}：{_listed(case, cells)}，事业单位一般不制发。",
            fields=cells,
            fix="请核对是不是本单位制发；主管部门制发的由主管部门填。",
            source="行政规范性文件由行政机关和经授权的组织制定",
        )


# -- disputes and results ------------------------------------------------------------------

_REVIEW_FIRST = 2024


@rule("LG02", "direct-action", Severity.NOTE, Gate.TEXT)
def direct_action(case: Case) -> Iterator[Hit]:
    """From 2024 on a refusal to disclose goes to review before it goes to court.

    查什么：2024 年度起，“未经复议直接起诉”总计大于 0。
    依据：《行政复议法》（2023 年修订）第二十三条：不予公开政府信息的，先申请行政复议。
    例：2024 年度未经复议直接起诉填 2 件。
    怎么改：核对案由；2023 年以前起诉、或不属于不予公开的，数据不用改。
    不管的：2023 年度及以前的报告。
    """
    direct = _figure(case, _DIRECT)
    if direct and direct > 0 and case.report.year >= _REVIEW_FIRST:
        yield Hit(
            f"未经复议直接起诉 {plain(direct)} 件；2024 年起不予公开案件应先申请行政复议。",
            fields=(_DIRECT,),
            fix="请核对案由和起诉时间，确属直接起诉的不用改。",
            source="《行政复议法》第二十三条",
        )


@rule("LG06", "action-after-review-without-review", Severity.NOTE, Gate.TEXT)
def action_without_review(case: Case) -> Iterator[Hit]:
    """There are actions after review but no reviews.

    查什么：“复议后起诉”总计大于 0，而“行政复议”总计为 0。
    依据：复议后起诉的案件先经过复议；复议可能在上一年度。
    例：复议后起诉 2 件，行政复议 0 件。
    怎么改：核对复议案件是否漏填；复议在上年办结的不用改。
    不管的：有一格空白或不能识别。
    """
    review, after = _figure(case, _REVIEW), _figure(case, _AFTER_REVIEW)
    if review == 0 and after and after > 0:
        yield Hit(
            f"复议后起诉 {plain(after)} 件，而行政复议 0 件。",
            fields=(_AFTER_REVIEW, _REVIEW),
            left=after,
            right=review,
            fix="请核对行政复议是否漏填；复议在上年办结的不用改。",
            source="复议后起诉的案件先经过复议",
        )


_LARGE_SHARE = Decimal("0.3")
_LARGE_NUMBER = 10


@rule("LG08", "much-other-handling", Severity.NOTE, Gate.TEXT)
def much_other_handling(case: Case) -> Iterator[Hit]:
    """A large share of the results stands under 其他处理·其他.

    查什么：“（六）其他处理·3.其他”超过办理结果总计的 30%，且不少于 10 件。
    依据：能归入前面各项的，应归入前面各项。
    例：总计 40 件，其中其他处理·其他 15 件。
    怎么改：逐件核对，能归入予以公开、无法提供、不予处理的改填。
    不管的：2019 版格式没有这一行。
    """
    other, concluded = _figure(case, _OTHER_HANDLING), _figure(case, _CONCLUDED)
    if other is None or not concluded or other < _LARGE_NUMBER:
        return
    if other > _LARGE_SHARE * concluded:
        yield Hit(
            f"“（六）其他处理·3.其他”{plain(other)} 件，占办理结果总计 {plain(concluded)} 件的 "
            f"{round(other * 100 / concluded)}%。",
            fields=(_OTHER_HANDLING, _CONCLUDED),
            left=other,
            right=concluded,
            fix="请逐件核对，能归入前面各项的改填。",
        )


# -- the information-processing fee --------------------------------------------------------

_STEP = 10
_MONEY = pattern(
    r"(?:\d[\d,，]{0,15}(?:\.\d{1,6})?|[零〇一二两三四五六七八九十百千]{1,12}万?"
    r"[零〇一二两三四五六七八九十百千]{0,12})\s?(?:万元|元)"
)
_OF_FEES = pattern("处理费|收费|收取|费用")
_A_RATE = pattern(r"(?:每(?:件|页|份|张|个|超过)?[^，。；]{0,6}|标准|单价|不足|超过|起征|按|满)$")
_NOT_CHARGED = pattern(
    r"(?:未|没有|没|无|不存在|不)[^，。；\n]{0,12}(?:收取|收费|处理费)|"
    r"(?:收取|收费|处理费)[^，。；\n]{0,14}(?:为\s?0|0\s?元|零元|为零)"
)


@dataclass(frozen=True, slots=True)
class _Fee:
    """An amount (元) that 六、 says was charged."""

    yuan: Decimal
    written: str
    location: TextLocation


def _fees(case: Case) -> Iterator[_Fee]:
    """The amounts above 0 in the sentences about fees; rates per page or application are none."""
    text = passage(case, "other")
    for sentence in text.sentences if text else ():
        if text is None or not _OF_FEES.search(sentence.text):
            continue
        for match in _MONEY.finditer(sentence.text):
            before = sentence.text[max(0, match.start() - 10) : match.start()]
            amount = read_amount(match[0].replace("，", ","))
            if amount is None or not amount.value or _A_RATE.search(before):
                continue
            start = sentence.start + match.start()
            place = text.place(start, start + len(match[0]))
            yield _Fee(amount.in_unit("元"), match[0], place)


@rule("LG03", "fee-not-a-multiple", Severity.WARNING, Gate.TEXT)
def fee_not_a_multiple(case: Case) -> Iterator[Hit]:
    """The information-processing fee is always a multiple of 10 元.

    查什么：“六、”写的信息处理费不是 10 元的整数倍。
    依据：国办函〔2020〕109号：按件、按量计收，每件、每页的标准都是 10 元的整数倍。
    例：收取信息处理费 125 元。
    怎么改：核对金额和单位；确实如此的写情况说明。
    不管的：没有写金额的；“每件100元”一类标准。
    """
    for fee in _fees(case):
        if fee.yuan % _STEP:
            yield Hit(
                f"“六、”写信息处理费 {fee.written}，不是 10 元的整数倍。",
                left=fee.yuan,
                fix="请核对金额和单位（元、万元）。",
                source="国办函〔2020〕109号",
                location=fee.location,
            )


@rule("LG04", "fee-above-charges", Severity.WARNING, Gate.TEXT)
def fee_above_charges(case: Case) -> Iterator[Hit]:
    """The processing fee is part of the charges stated in table 二.

    查什么：“六、”写收取了信息处理费，而二、主动公开“行政事业性收费”金额比它小。
    依据：国办函〔2020〕109号：信息处理费按行政事业性收费管理。
    例：“六、”写收取 200 元，表二收费金额填 0。
    怎么改：表二补填（1 元＝0.0001 万元），或改文字。
    不管的：收费金额空白；2019 版格式没有金额。
    """
    charged = next(
        (f.id for f in case.form if f.kind is FieldKind.MONEY and f.table == "proactive"), None
    )
    stated = _figure(case, charged) if charged else None
    fee = max(_fees(case), key=lambda item: item.yuan, default=None)
    if fee is None or charged is None or stated is None:
        return
    if fee.yuan > stated * YUAN_PER_WAN:
        yield Hit(
            f"“六、”写信息处理费 {fee.written}（{plain(fee.yuan / YUAN_PER_WAN)} 万元），"
            f"而{short_label(case.form.fields[charged])}填 {plain(stated)}。",
            fields=(charged,),
            left=fee.yuan / YUAN_PER_WAN,
            right=stated,
            fix="请核对：信息处理费计入行政事业性收费，1 元填 0.0001 万元。",
            source="国办函〔2020〕109号",
            location=fee.location,
        )


@rule("LG05", "unpaid-but-nothing-charged", Severity.NOTE, Gate.TEXT)
def unpaid_but_nothing_charged(case: Case) -> Iterator[Hit]:
    """Applications lapsed unpaid, while 六、 says that nothing was charged.

    查什么：表三“逾期未按收费通知要求缴纳费用”大于 0，而“六、”写没有收取信息处理费。
    依据：逾期未缴费以发出收费通知为前提（《条例》第四十二条）。
    例：逾期未缴费 2 件，“六、”写未收取信息处理费。
    怎么改：在“六、”写明发出收费通知和未缴纳的情况；填错行的改表。
    不管的：“六、”没有提到收费（见 FM07）；2019 版格式没有这一行。
    """
    unpaid, text = _figure(case, _UNPAID), passage(case, "other")
    match = _NOT_CHARGED.search(text.text) if text else None
    if not unpaid or unpaid < 0 or text is None or match is None or any(_fees(case)):
        return
    yield Hit(
        f"逾期未缴费 {plain(unpaid)} 件，而“六、”写“{match[0]}”。",
        fields=(_UNPAID,),
        left=unpaid,
        fix="请核对是否填错行；发出过收费通知的，请在“六、”写明。",
        source="《条例》第四十二条；国办函〔2020〕109号",
        location=text.around(match.start(), match.end()),
    )
