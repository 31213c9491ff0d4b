"""审核意见反馈单: what a unit should mend, as a civil letter with a table to answer in.

It is for clerks: no codes, and of the notes (提示) only how many there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from lxml import etree

from gk_xlsx.documents import letters, styles
from gk_xlsx.documents.filling import Properties, filled, opened
from gk_xlsx.documents.paper import paper, paragraph, tag
from gk_xlsx.documents.positions import CARRIED, Position, in_order, position_of
from gk_xlsx.documents.rows import GridRow, PlainCell, grid_table
from gk_xlsx.documents.styles import Style
from gk_xlsx.documents.wordxml import w
from gk_xlsx.findings import CheckedFile, Finding, Gate, Severity, Verdict
from gk_xlsx.form import Form
from gk_xlsx.markdown import clean
from gk_xlsx.report import AnnualReport, iso_date

SAMPLE = "feedback.docx"
"""The template that an office's own starts from."""

UNIT_WIDTH = 14
"""Characters of a name that stand with 关于 and the year in one line of 22 pt."""


@dataclass(frozen=True, slots=True)
class Office:
    """Who answers; what is empty leaves a blank to be filled in by hand.

    Attributes:
        name: 发文机关.
        section: 科室, after the name.
        column: 栏目, where finished reports are published.
    """

    name: str = ""
    section: str = ""
    reviewer: str = ""
    second_reviewer: str = ""
    phone: str = ""
    column: str = ""


_COLUMNS = {
    "序号": (110, "{{ row.number }}"),
    "位置": (310, "{{ row.place }}"),
    "原填（原文）": (270, "{{ row.found }}"),
    "问题": (370, "{{ row.problem }}"),
    "修改建议": (290, "{{ row.advice }}"),
    "单位说明": (210, ""),
}
"""Heads of the annex to their share of the width and their tag; the last is the unit's to fill."""

_ADDRESSES = re.compile("（(?:单元格 ?)?[A-Z]+[0-9]+(?:、[A-Z]+[0-9]+)*）")
_OF_FILES = "RO"
"""Begins the codes of what is about files as they came, not about what stands in one."""
_VERSIONS = "RO02"
_NUMERALS = "一二三四五六"
_BLANK = "＿＿＿＿"
_NO_DATE = "　　月　　日"
_NO_FULL_DATE = "　　　　年　　月　　日"


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the annex."""

    number: int
    place: str
    found: str
    problem: str
    advice: str


@dataclass(frozen=True, slots=True)
class _Group:
    """The lines of one kind."""

    heading: str
    rows: tuple[_Row, ...]


@dataclass(frozen=True, slots=True)
class _Sorted:
    """A file's findings as the letter counts them."""

    data: tuple[Finding, ...]
    text: tuple[Finding, ...]
    questions: tuple[Finding, ...]
    notes: int
    explained: int

    @property
    def open(self) -> tuple[Finding, ...]:
        """All that waits for an answer."""
        return (*self.data, *self.text, *self.questions)

    @property
    def wrong(self) -> bool:
        """Whether something must be corrected."""
        return bool(self.data or self.text)

    @property
    def explainable(self) -> bool:
        """Whether a 情况说明 can lift something; what only the office can settle, it cannot."""
        from gk_xlsx.rules import ALL

        lifted = {rule.code for rule in ALL if rule.explainable}
        asked = any(not item.code.startswith(_OF_FILES) for item in self.questions)
        return asked or any(item.code in lifted for item in (*self.data, *self.text))

    @property
    def only_versions(self) -> bool:
        """Whether nothing is wrong but that several versions came."""
        return all(item.code == _VERSIONS for item in (*self.data, *self.text))


def feedback_docx(
    checked: CheckedFile,
    office: Office,
    *,
    report: AnnualReport | None = None,
    form: Form | None = None,
    received: str = "",
    times: int = 1,
    deadline: str = "",
    date: str = "",
    undecided: bool = False,
    template: bytes | None = None,
) -> bytes:
    """The 审核意见反馈单 of one file as .docx; passed reports are asked to be published.

    Args:
        checked: what was found.
        office: who answers.
        report: the report it was found in, for 原填; None where it is unreadable.
        form: the form of its edition.
        received: the day it came in, as a date or in words; blank if empty.
        times: the how-manieth delivery it is, from 1.
        deadline: until when it should be mended, or published where it passed; where it is
            before `date`, the letter says that it is over.
        date: of the letter.
        undecided: whether several versions came and none of them was chosen yet.
        template: an office's own template, or None for the one that comes with the program.

    Returns:
        The document; the same arguments give the same bytes.

    Raises:
        GkXlsxError: if the template is no Word document, holds no tags or unknown ones.
    """
    document = opened(build_feedback_template() if template is None else template, SAMPLE)
    found = _sorted(in_order(checked.findings, report, form))
    title = _title(checked)
    context = {
        "title": title,
        "unit": clean(checked.unit or _BLANK),
        "received": clean(_day(received)),
        "times": times,
        "deadline": clean(_day(deadline)),
        "over": _is_over(deadline, date),
        "date": clean(_full_day(date)),
        "to_choose": undecided and found.only_versions,
        "opinions": list(_opinions(checked, found, undecided=undecided)),
        "groups": list(_groups(found, report, form)),
        **_outcome(checked, found),
        **_signed(office),
    }
    properties = Properties(title, office.name, checked.year or 1980)
    return filled(document, context, properties, SAMPLE)


def build_feedback_template() -> bytes:
    """The template as .docx, always the same bytes; an office may restyle and reword it in Word."""
    return paper(_letter(), letters.OPINION)


# -- what the letter says ------------------------------------------------------------------


def _sorted(findings: Sequence[Finding]) -> _Sorted:
    still_open = [item for item in findings if item.explained is None]
    errors = [item for item in still_open if item.severity is Severity.ERROR]
    return _Sorted(
        data=tuple(item for item in errors if item.gate is Gate.DATA),
        text=tuple(item for item in errors if item.gate is Gate.TEXT),
        questions=tuple(item for item in still_open if item.severity is Severity.WARNING),
        notes=sum(item.severity is Severity.NOTE for item in still_open),
        explained=len(findings) - len(still_open),
    )


def _title(checked: CheckedFile) -> str:
    """Broken where its sense allows: before the form's name, or before the year of a long one."""
    unit, year = checked.unit or f"{_BLANK}（单位）", str(checked.year or _BLANK)
    if len(unit) <= UNIT_WIDTH:
        return clean(f"关于{unit}{year}年\n政府信息公开工作年度报告的审核意见")
    return clean(f"关于{unit}\n{year}年政府信息公开工作年度报告\n的审核意见")


def _outcome(checked: CheckedFile, found: _Sorted) -> dict[str, object]:
    """Which of the template's variants applies (exactly one of them is true), and what it adds."""
    unreadable = checked.data is Verdict.UNREADABLE
    clear = not unreadable and not found.wrong and not found.questions
    without_text = checked.text is Verdict.NONE
    return {
        "unreadable": unreadable,
        "passed": clear and not without_text,
        "without_text": clear and without_text,
        "wrong": not unreadable and found.wrong,
        "asked": not unreadable and not found.wrong and bool(found.questions),
        "explainable": found.explainable,
        "notes": found.notes,
    }


def _signed(office: Office) -> dict[str, object]:
    """The office and its people, with blanks for what is not known."""
    known = {name: clean(value.strip("“”") or _BLANK) for name, value in asdict(office).items()}
    signs = clean(f"{office.name}{office.section}") or "（审核单位盖章）"
    return {**known, "office": signs}


def _opinions(checked: CheckedFile, found: _Sorted, *, undecided: bool) -> Iterator[str]:
    """Numbered lines; what there is none of is said of data and text, left out of the rest."""
    lines = list(_opinion_lines(checked, found, undecided=undecided))
    for place, (numeral, line) in enumerate(zip(_NUMERALS, lines, strict=False), 1):
        yield f"{numeral}、{line}{'。' if place == len(lines) else '；'}"


def _opinion_lines(checked: CheckedFile, found: _Sorted, *, undecided: bool) -> Iterator[str]:
    data, text = len(found.data), len(found.text)
    yield f"数据方面，须改正{data}处（附表）" if data else "数据方面，未发现须改正之处"
    if checked.text is Verdict.NONE and undecided and not text:
        yield "文字方面，待确定采用哪一份后审核"
    elif checked.text is Verdict.NONE and not text:
        yield "文字方面，未收到报告文本，待收到后审核"
    else:
        yield f"文字方面，须修改{text}处（附表）" if text else "文字方面，未发现须修改之处"
    if found.questions:
        yield f"请核实并说明{len(found.questions)}处（附表）"
    if found.notes:
        yield f"供参考{found.notes}处，不须修改，未列入附表"
    if found.explained:
        yield f"已作情况说明{found.explained}处，收悉"


def _groups(found: _Sorted, report: AnnualReport | None, form: Form | None) -> Iterator[_Group]:
    """Numbered through; the carry-over comes last, as the marked workbook does not number it."""
    number = 0
    kinds = (
        ("数据方面须改正", _besides(found.data)),
        ("文字方面须修改", found.text),
        ("请核实并说明", _besides(found.questions)),
        ("上年结转须改正或说明", [item for item in found.open if item.code == CARRIED]),
    )
    for heading, findings in kinds:
        pairs = [(position_of(item, report, form), item) for item in findings]
        rows = tuple(_row(number + place, *pair) for place, pair in enumerate(pairs, 1))
        number += len(rows)
        if rows:
            yield _Group(f"{heading}（{len(rows)}处）", rows)


def _besides(findings: Iterable[Finding]) -> list[Finding]:
    """Without the carry-over."""
    return [item for item in findings if item.code != CARRIED]


def _row(number: int, position: Position, finding: Finding) -> _Row:
    """The message without the cells' addresses, which stand under 位置."""
    problem = _ADDRESSES.sub("", finding.message)
    texts = (position.place, position.found, problem, finding.fix)
    return _Row(number, *map(clean, texts))


def _day(text: str) -> str:
    """A date as a letter of the same year says it: 1月20日."""
    date = iso_date(text)
    return f"{date.month}月{date.day}日" if date else text.strip() or _NO_DATE


def _is_over(deadline: str, date: str) -> bool:
    """Whether a letter of that date comes after the deadline; not where one is no date."""
    limit, today = iso_date(deadline), iso_date(date)
    return limit is not None and today is not None and limit < today


def _full_day(text: str) -> str:
    date = iso_date(text)
    return f"{date.year}年{date.month}月{date.day}日" if date else text.strip() or _NO_FULL_DATE


# -- the template --------------------------------------------------------------------------

_RECEIVED = "贵单位{{ received }}报送的年度报告（第{{ times }}次）收悉。"


def _please(limit: str) -> str:
    """Until when; only a letter that says its own day knows that a limit is over."""
    over = f"{limit}（{{{{ deadline }}}}）已过，请尽快"
    return f"{{% if over %}}{over}{{% else %}}请于{{{{ deadline }}}}前{{% endif %}}"


_AGAIN = _please("重新报送期限")
_PUBLISH = f"{_please('公布期限')}在“{{{{ column }}}}”栏目公布，并反馈网址"
_SEND_TEXT = f"未收到报告文本，{_please('报送期限')}将报告文本和盖章件一并报送"
_SEND_READABLE = f"{_AGAIN}按附表所列办法处理，将填报表、报告文本和盖章件一并重新报送"
_CORRECT = f"{_AGAIN}修改后，将填报表、报告文本和盖章件一并重新报送"
_CHOOSE = f"{_AGAIN}告知以哪一份为准，或将填报表、报告文本和盖章件一并重新报送"
_OR_EXPLAIN = "{% if explainable %}；如认为数据无误，请在“情况说明”栏写明依据{% endif %}"
_MEND = f"{{% if to_choose %}}{_CHOOSE}{{% else %}}{_CORRECT}{_OR_EXPLAIN}{{% endif %}}。"
_VERIFY = f"{_AGAIN}核实"
_CORRECT_OR_EXPLAIN = (
    "{% if explainable %}。有误的，修改后将填报表、报告文本和盖章件一并重新报送；"
    "无误的，请在“情况说明”栏写明依据后报送{% else %}，并告知结果{% endif %}。"
)
_NOTES = "{% if notes %}另有供参考{{ notes }}处，不须修改。{% endif %}"
_VARIANTS = {
    "passed": (f"{_RECEIVED}审核通过，{_PUBLISH}。{_NOTES}",),
    "without_text": (f"{_RECEIVED}数据方面审核通过；{_SEND_TEXT}。{_NOTES}",),
    "unreadable": (f"{_RECEIVED}文件不能读取，未能审核。{_SEND_READABLE}。",),
    "wrong": (f"{_RECEIVED}经审核：", "", _MEND),
    "asked": (f"{_RECEIVED}经审核：", "", f"{_VERIFY}{_CORRECT_OR_EXPLAIN}"),
}
"""Outcome to its paragraphs; an empty one stands for the numbered opinions."""


def _letter() -> Iterator[etree._Element]:
    yield paragraph(letters.TITLE, "{{ title }}")
    yield paragraph(letters.ADDRESSEE, "{{ unit }}：")
    for number, (outcome, lines) in enumerate(_VARIANTS.items()):
        yield tag(f"{{%p {'elif' if number else 'if'} {outcome} %}}")
        for line in lines:
            yield from [paragraph(letters.BODY, line)] if line else _loop()
    yield tag("{%p endif %}")
    yield from _signature()
    yield from _annex()


def _loop() -> Iterator[etree._Element]:
    yield tag("{%p for opinion in opinions %}")
    yield paragraph(letters.BODY, "{{ opinion }}")
    yield tag("{%p endfor %}")


def _signature() -> Iterator[etree._Element]:
    yield paragraph(letters.SIGNATURE, "{{ office }}", w("spacing", before=styles.LINE))
    yield paragraph(letters.SIGNATURE, "{{ date }}")
    people = "审核人：{{ reviewer }}　　复核人：{{ second_reviewer }}　　联系电话：{{ phone }}"
    yield paragraph(letters.CONTACT, people, w("spacing", before=styles.LINE))


def _annex() -> Iterator[etree._Element]:
    yield tag("{%p if groups %}")
    yield paragraph(letters.ANNEX, "附表", w("pageBreakBefore"))
    yield paragraph(
        letters.ANNEX_TITLE, "需要修改和说明的内容", w("spacing", after=styles.LINE // 4)
    )
    yield _table()
    yield tag("{%p endif %}")


def _table() -> etree._Element:
    shares = [share for share, _ in _COLUMNS.values()]
    figures = [
        PlainCell(letters.ANNEX_TEXT if place else letters.ANNEX_NUMBER, text)
        for place, (_, text) in enumerate(_COLUMNS.values())
    ]
    rows = (
        GridRow(tuple(PlainCell(letters.ANNEX_HEAD, text) for text in _COLUMNS), head=True),
        _alone(styles.TAG, "{%tr for group in groups %}"),
        _alone(letters.ANNEX_GROUP, "{{ group.heading }}"),
        _alone(styles.TAG, "{%tr for row in group.rows %}"),
        GridRow(tuple(figures)),
        _alone(styles.TAG, "{%tr endfor %}"),
        _alone(styles.TAG, "{%tr endfor %}"),
    )
    return grid_table(shares, rows)


def _alone(style: Style, text: str) -> GridRow:
    return GridRow((PlainCell(style, text),))
