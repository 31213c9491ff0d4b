"""The formulas of the workbook: states, totals, relations.

Only functions that Excel 2007, WPS and LibreOffice share; no array formula. Everything is
computed from the state cells, so that a text or a blank is never added as 0.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from gk_xlsx.amounts import MARKS
from gk_xlsx.form import FieldKind, Period, Relation, Term
from gk_xlsx.plan.layout import Layout, ranges
from gk_xlsx.relations import Phrase
from gk_xlsx.report import State

USABLE = (State.OK, State.ZERO, State.ASSUMED)
_MARK_LIST = "\u3000" + "\u3000".join(MARKS) + "\u3000"


def is_empty(cell: str) -> str:
    """A condition: nothing was written there; an error or TRUE says nothing either."""
    bare = f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({cell}," ",""),"\u00a0",""),"\u3000","")'
    return f"IF(ISERROR({cell}),TRUE,IF(ISLOGICAL({cell}),TRUE,LEN({bare})=0))"


@cache
def total(layout: Layout, field_id: str) -> str:
    """A computed cell: the sum of its parts once all of them may be used, else empty."""
    relation = layout.form.computed[field_id]
    sheet = layout.fields[field_id].sheet
    parts = ranges((layout.term(term) for term in relation.right), sheet)
    return f'IF({usable(layout, relation.right, sheet)},SUM({",".join(parts)}),"")'


@cache
def usable(layout: Layout, terms: tuple[Term, ...], sheet: str) -> str:
    """A condition: every cell of these terms may be used."""
    this = [layout.state(term.field) for term in terms if term.period is Period.THIS]
    last = [layout.last[term.field] for term in terms if term.period is Period.LAST]
    counted = [f'COUNTIF({part},"{word}")' for part in ranges(this, sheet) for word in USABLE]
    counted += [f"COUNT({part})" for part in ranges(last, sheet)]
    return f"{'+'.join(counted)}={len(terms)}"


@cache
def side(layout: Layout, terms: tuple[Term, ...], sheet: str) -> str:
    """The sum of one side; blanks that count as 0 add nothing."""
    if all(term.sign > 0 for term in terms):
        return f"SUM({','.join(ranges((layout.term(term) for term in terms), sheet))})"
    return "".join(
        f"{'-' if term.sign < 0 else '+'}N({layout.term(term).seen_from(sheet)})" for term in terms
    ).removeprefix("+")


@cache
def broken(layout: Layout, relation: Relation, sheet: str) -> str:
    """A condition: both sides can be added up, and they differ."""
    known = usable(layout, relation.terms, sheet)
    left, right = side(layout, relation.left, sheet), side(layout, relation.right, sheet)
    return f"IF({known},{left}<>{right},FALSE)"


def fixed(formula: str) -> str:
    """A formula whose local references stay where they are when it is applied to a range."""
    return re.sub(r"(?<![$A-Za-z!'])([A-Z]{1,2})(\d+)\b", r"$\1$\2", formula)


def side_in_words(layout: Layout, phrases: Sequence[Phrase], sheet: str) -> str:
    """One side as text: 本年新收 56＋上年结转 1＝57."""
    parts = [f'"{phrase.name} "&{side(layout, phrase.terms, sheet)}' for phrase in phrases]
    text = '&"＋"&'.join(parts)
    if len(phrases) == 1:
        return text
    terms = tuple(term for phrase in phrases for term in phrase.terms)
    return f'{text}&"＝"&{side(layout, terms, sheet)}'


@cache
def state(layout: Layout, field_id: str) -> str:
    """The state of one cell."""
    field, cell = layout.form.fields[field_id], layout.fields[field_id].local
    if field_id in layout.form.computed:
        return f'IF(ISNUMBER({cell}),IF({cell}=0,"zero","ok"),"unknown")'
    switch = layout.switch_state(layout.form.table_of(field_id)).fixed
    text = f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({cell}," ",""),"\u00a0",""),"\u3000","")'
    return (
        f'IF(ISERROR({cell}),"text",IF(ISLOGICAL({cell}),"text",'
        f"IF(ISNUMBER({cell}),{_number_state(cell, field.kind)},"
        f'IF(LEN({text})=0,IF({switch}="on","assumed","blank"),'
        f'IF(ISNUMBER(FIND("\u3000"&{text}&"\u3000","{_MARK_LIST}")),"mark",'
        f"{_text_state(cell, text, field.kind)})))))"
    )


@cache
def sum_state(layout: Layout, field_id: str) -> str:
    """The state of one cell of a merged workbook, whose figures are all sums."""
    field, cell = layout.form.fields[field_id], layout.fields[field_id].local
    text = '"unknown"'
    if field.kind is FieldKind.MONEY_WITH_UNIT:
        text = f'IF(RIGHT({cell},1)="元",IF(LEFT({cell},1)="-","negative","ok"),"unknown")'
    return f"IF(ISNUMBER({cell}),{_number_state(cell, field.kind)},{text})"


def _number_state(cell: str, kind: FieldKind) -> str:
    known = f'IF({cell}=0,"zero","ok")'
    if kind in (FieldKind.COUNT, FieldKind.SIGNED):
        known = f'IF({cell}<>INT({cell}),"fraction",{known})'
    return known if kind is FieldKind.SIGNED else f'IF({cell}<0,"negative",{known})'


def _text_state(cell: str, text: str, kind: FieldKind) -> str:
    """The state of a text that is neither blank nor a mark; `text` is it without spaces."""
    if kind is not FieldKind.MONEY_WITH_UNIT:
        return '"text"'
    number = f'SUBSTITUTE(SUBSTITUTE({text},"万元",""),"元","")'
    unsigned = f'SUBSTITUTE({number},"-","",1)'
    digits = f'"1"&SUBSTITUTE({unsigned},".","",1)'
    return (
        f'IF(ISERROR(VALUE({digits})),"text",'
        f"IF(AND({','.join(_amount_conditions(cell, text, number, unsigned, digits))}),"
        f'IF(VALUE({unsigned})=0,"zero",IF(LEFT({number},1)="-","negative","ok")),"text"))'
    )


AMOUNT = re.compile(r"-?(?=[\d.]{1,14}\D*$)(?:0|[1-9]\d*)(?:\.\d+)?[ \u00a0\u3000]*万?元", re.ASCII)
"""An amount with its unit as the sheet reads it: `VALUE` alone would take 50%, 1/2 and 1e3 too."""


def _amount_conditions(
    cell: str, text: str, number: str, unsigned: str, digits: str
) -> tuple[str, ...]:
    """What makes a text an `AMOUNT`, one condition after the other."""
    return (
        f'OR(EXACT({text},{number}&"元"),EXACT({text},{number}&"万元"))',
        f"ISNUMBER(FIND({number},{cell}))",
        f'ISNUMBER(FIND("万元",{cell}))=ISNUMBER(FIND("万",{cell}))',
        f'EXACT(TEXT(VALUE({digits}),"0"),{digits})',
        f"LEN({unsigned})>0",
        f"LEN({unsigned})<15",
        f'OR(LEFT({number},1)="-",EXACT({number},{unsigned}))',
        f'LEFT({unsigned},1)<>"."',
        f'RIGHT({unsigned},1)<>"."',
        f'OR(LEFT({unsigned},1)<>"0",LEN({unsigned})=1,MID({unsigned},2,1)=".")',
    )
