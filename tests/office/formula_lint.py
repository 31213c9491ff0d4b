"""Whether Excel 2007 and WPS would take a formula, as far as its text tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.utils import FORMULAE

from tests.office.references import LAST_COLUMN, LAST_ROW, column_number

MAX_LENGTH = 8192
MAX_TEXT = 255
MAX_NESTING = 64

FUNCTIONS = frozenset(FORMULAE) - {
    *("ECMA.CEILING", "ISO.CEILING"),
    *("NETWORKDAYS.INTL", "WORKDAY.INTL"),
}
"""The functions of Excel 2007."""

_TOKEN = re.compile(
    r"""
    (?P<space>[ \n]+)
  | (?P<text>"(?:[^"]|"")*")
  | (?P<sheet>(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)
  | (?P<error>\#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!))
  | (?P<function>[^\W\d][\w.]*\()
  | (?P<cell>\$?[A-Za-z]{1,3}\$?[0-9]+(?![\w.])
      |\$?[A-Z]{1,3}:\$?[A-Z]{1,3}(?![\w.(])
      |\$?[0-9]+:\$?[0-9]+)
  | (?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:E[+-]?[0-9]+)?)
  | (?P<name>[^\W\d][\w.]*)
  | (?P<operator><=|>=|<>|[-+*/^&=<>:%])
  | (?P<punctuation>[(),{};])
  | (?P<strange>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_OPERANDS = {"text", "error", "cell", "number", "name"}
_COLUMN_AND_ROW = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]+)")


@dataclass(frozen=True, slots=True)
class Known:
    """What formulas of a workbook may name; both in lower case."""

    sheets: frozenset[str]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def lint_formula(formula: str, known: Known) -> Iterator[str]:
    """What is wrong with a formula as stored, without leading `=`."""
    if not formula.strip():
        yield "empty formula"
        return
    if formula.startswith("="):
        yield "stored with a leading ="
        return
    if len(formula) > MAX_LENGTH:
        yield f"formula of {len(formula)} characters, {MAX_LENGTH} are allowed"
    tokens = [_Token(str(match.lastgroup), match[0]) for match in _TOKEN.finditer(formula)]
    for token in tokens:
        yield from _token(token, known)
    yield from _brackets(tokens)
    yield from _order([token for token in tokens if token.kind not in ("space", "sheet")])


def sheets_named(formula: str) -> list[str]:
    """The sheets that a formula refers to."""
    matches = _TOKEN.finditer(formula)
    return [_sheet_name(match[0]) for match in matches if match.lastgroup == "sheet"]


def _token(token: _Token, known: Known) -> Iterator[str]:
    match token.kind:
        case "strange":
            yield f"unexpected {token.text!r}"
        case "text" if len(token.text[1:-1].replace('""', '"')) > MAX_TEXT:
            yield f"text of more than {MAX_TEXT} characters: {token.text[:20]}…"
        case "text" if token.text.startswith('"#'):
            yield from _link(token.text[2:-1], known)
        case "sheet" if _sheet_name(token.text).lower() not in known.sheets:
            yield f"no sheet {token.text}"
        case "function" if token.text[:-1].upper() not in FUNCTIONS:
            yield f"no function of Excel 2007: {token.text[:-1]}"
        case "error" if token.text == "#REF!":
            yield "#REF!: refers to what is not there"
        case "cell" if not _within_limits(token.text):
            yield f"beyond the sheet: {token.text}"
        case "name" if not _is_known(token.text, known):
            yield f"unknown name {token.text}"


def _link(target: str, known: Known) -> Iterator[str]:
    """The target of a HYPERLINK inside the workbook: `'sheet'!A1` after the #."""
    for sheet in sheets_named(target):
        if sheet.lower() not in known.sheets:
            yield f"link to missing sheet {sheet}"


def _sheet_name(text: str) -> str:
    name = text.removesuffix("!")
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def _is_known(name: str, known: Known) -> bool:
    return name.lower() in known.names or name.upper() in ("TRUE", "FALSE")


def _within_limits(text: str) -> bool:
    match = _COLUMN_AND_ROW.fullmatch(text)
    if not match:
        return True
    return column_number(match[1].upper()) <= LAST_COLUMN and 1 <= int(match[2]) <= LAST_ROW


def _brackets(tokens: list[_Token]) -> Iterator[str]:
    closing = {"(": ")", "{": "}"}
    waiting: list[str] = []
    deepest = 0
    for token in tokens:
        last = token.text[-1]
        if token.kind in ("function", "punctuation") and last in closing:
            waiting.append(closing[last])
            deepest = max(deepest, len(waiting))
        elif (
            token.kind == "punctuation" and last in ")}" and (not waiting or waiting.pop() != last)
        ):
            yield f"{last} without its opening bracket"
    if waiting:
        yield f"{''.join(waiting)} missing"
    if deepest > MAX_NESTING:
        yield f"nested {deepest} deep, {MAX_NESTING} are allowed"


def _order(tokens: list[_Token]) -> Iterator[str]:
    """Operands and operators must alternate; an argument may be empty."""
    before = "("
    for token in tokens:
        starts = token.kind in _OPERANDS or token.text.endswith(("(", "{"))
        needs_operand = token.kind == "operator" and token.text not in "+-" and before != "operand"
        ends_early = token.text in (")", "}", ",", ";") and before == "operator"
        if starts and before == "operand":
            yield f"no operator before {token.text}"
        elif needs_operand or ends_early:
            yield f"no operand before {token.text}"
        before = _role(token, before)
    if before == "operator":
        yield "no operand at the end"


def _role(token: _Token, before: str) -> str:
    if token.kind in _OPERANDS or token.text in (")", "}"):
        return "operand"
    if token.text == "%":
        return before
    return "operator" if token.kind == "operator" else "("
