"""What a text asserts, as values."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Subject(StrEnum):
    """What is counted; the value is the form's short name, for table 三 without its column."""

    NEW = "三.新收"
    CARRIED_IN = "三.上年结转"
    CONCLUDED = "三.办结"
    CARRIED_OUT = "三.结转下年"
    GRANTED = "三.予以公开"
    PARTLY = "三.部分公开"
    REFUSED = "三.不予公开.合计"
    STATE_SECRET = "三.不予公开.国家秘密"
    OTHER_LAW = "三.不予公开.法律法规禁止"
    SECURITY = "三.不予公开.三安全一稳定"
    THIRD_PARTY = "三.不予公开.第三方权益"
    INTERNAL = "三.不予公开.内部事务"
    DELIBERATIVE = "三.不予公开.过程性信息"
    ENFORCEMENT = "三.不予公开.执法案卷"
    INQUIRY = "三.不予公开.行政查询"
    UNAVAILABLE = "三.无法提供.合计"
    NOT_HELD = "三.无法提供.不掌握"
    TO_BE_MADE = "三.无法提供.另行制作"
    UNCLEAR = "三.无法提供.仍不明确"
    NOT_HANDLED = "三.不予处理.合计"
    PETITION = "三.不予处理.信访投诉"
    REPEAT = "三.不予处理.重复申请"
    PUBLICATION = "三.不予处理.公开出版物"
    EXCESSIVE = "三.不予处理.大量反复"
    CONFIRMATION = "三.不予处理.重新出具"
    OTHER_HANDLING = "三.其他处理.合计"
    NOT_CORRECTED = "三.其他处理.逾期不补正"
    UNPAID = "三.其他处理.逾期未缴费"
    REVIEW = "四.复议.总计"
    REVIEW_UPHELD = "四.复议.维持"
    REVIEW_CORRECTED = "四.复议.纠正"
    REVIEW_OTHER = "四.复议.其他"
    REVIEW_PENDING = "四.复议.未审结"
    LITIGATION = "四.诉讼.总计"
    LITIGATION_UPHELD = "四.诉讼.维持"
    LITIGATION_CORRECTED = "四.诉讼.纠正"
    LITIGATION_OTHER = "四.诉讼.其他"
    LITIGATION_PENDING = "四.诉讼.未审结"
    DIRECT = "四.直接起诉.总计"
    DIRECT_UPHELD = "四.直接起诉.维持"
    DIRECT_CORRECTED = "四.直接起诉.纠正"
    DIRECT_OTHER = "四.直接起诉.其他"
    DIRECT_PENDING = "四.直接起诉.未审结"
    AFTER_REVIEW = "四.复议后起诉.总计"
    AFTER_REVIEW_UPHELD = "四.复议后起诉.维持"
    AFTER_REVIEW_CORRECTED = "四.复议后起诉.纠正"
    AFTER_REVIEW_OTHER = "四.复议后起诉.其他"
    AFTER_REVIEW_PENDING = "四.复议后起诉.未审结"
    DOCUMENTS_ISSUED = "二.规范性文件.制发"
    DOCUMENTS_REPEALED = "二.规范性文件.废止"
    DOCUMENTS_IN_FORCE = "二.规范性文件.现行有效"
    REGULATIONS_ISSUED = "二.规章.制发"
    REGULATIONS_REPEALED = "二.规章.废止"
    REGULATIONS_IN_FORCE = "二.规章.现行有效"
    LICENCES = "二.行政许可"
    PENALTIES = "二.行政处罚"
    COERCIVE_MEASURES = "二.行政强制"
    FEES = "二.收费"

    @property
    def by_applicant(self) -> bool:
        """Whether it is a row of table 三, which has a column for each kind of applicant."""
        return self.startswith("三.")


class Applicant(StrEnum):
    """Whose applications are counted; the value is the column's short name."""

    ALL = "总计"
    NATURAL_PERSON = "自然人"
    ORGANISATION = "法人"
    COMPANY = "商业企业"
    RESEARCH = "科研机构"
    SOCIAL = "社会公益组织"
    LEGAL_SERVICE = "法律服务机构"


class Kind(StrEnum):
    """What is asserted of the subject."""

    COUNT = "count"
    """A number of it."""
    NONE = "none"
    """That there was none, in words (未收到申请); the quantity is 0."""
    ALL_DONE = "all_done"
    """That every application was answered (均已办结, 答复率100%)."""
    SHARE = "share"
    """A percentage of something larger."""
    CHANGE = "change"
    """A change from last year: by a percentage, by a number, or by so many times."""
    LIST = "list"
    """A total and the parts given for it."""


class Whose(StrEnum):
    """Whose figures a claim is about."""

    OWN = "own"
    AREA = "area"
    OTHER = "other"
    UNKNOWN = "unknown"


class When(StrEnum):
    """The period a claim is about."""

    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"
    OTHER = "other"


Reading = tuple[Subject, ...]
"""Subjects whose figures are added up."""


@dataclass(frozen=True, slots=True)
class About:
    """What a reader must know of the report to tell its own figures from others.

    Attributes:
        unit: the body's name; empty where unknown.
        area: whether the figures are those of the whole area (本行政区域汇总).
    """

    unit: str
    year: int
    area: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """One assertion of a text.

    Attributes:
        quantity: the number stated (件; 元 for amounts of money; of a percentage the number
            before the sign, of a change without its sign).
        unit: the unit as written, or empty.
        exact: False for 约, 余, 多 and ranges: never compared.
        readings: what the number may count, the likeliest first; it is right if one of them is.
        whole: False where only a part of the subject is counted (其中, 延期答复): not compared.
        start, end: the words of the claim, in code points of the section's Markdown.
        quote_start, quote_end: the sentence around it, the same way.
        quote: that sentence as it stands there.
        phrase: the claim's words without spaces, for messages.
        related: of a LIST its parts; of a SHARE what it may be a share of; of a CHANGE last
            year's numbers in the text.
        base: of a SHARE or CHANGE the number it is about.
        rising: of a CHANGE whether more is meant; None for 是上年的 N 倍.
        apart: whether the claim is of cases of last year told apart from the others.
        number_end: where a COUNT's number ends; its subject may stand behind it.
    """

    kind: Kind
    quantity: Decimal
    unit: str
    exact: bool
    readings: tuple[Reading, ...]
    applicant: Applicant
    whose: Whose
    when: When
    whole: bool
    start: int
    end: int
    quote: str
    quote_start: int
    quote_end: int
    phrase: str
    related: tuple[Decimal, ...] = ()
    base: Decimal | None = None
    rising: bool | None = None
    apart: bool = False
    number_end: int = 0

    @property
    def subject(self) -> Subject | None:
        """The first subject of the likeliest reading, or None."""
        return self.readings[0][0] if self.readings else None

    @property
    def comparable(self) -> bool:
        """Whether it is about the figures of the report's tables."""
        return self.exact and self.whole and self.whose is Whose.OWN and self.when is When.THIS_YEAR
