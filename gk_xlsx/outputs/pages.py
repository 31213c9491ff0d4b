"""The rules' pages for people: what `gk-xlsx explain` prints, and `RULES.md`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from gk_xlsx.errors import GkXlsxError
from gk_xlsx.findings import Gate, Severity
from gk_xlsx.rules.page import FAMILIES, FIX, WHAT, page_of
from gk_xlsx.rules.rule import Described

Refusal = tuple[str, str, str, str]
"""A way in which a file is refused: code, name, what it means, what to do."""

_SEVERITIES = {
    Severity.ERROR: "须改正",
    Severity.WARNING: "须改正或写情况说明",
    Severity.NOTE: "供参考",
}
_GATES = {Gate.DATA: "数据", Gate.TEXT: "文字"}
_LIKE = 0.5
"""How much of a mistyped code must agree with one that exists."""

_MARKDOWN_HEAD = """\
# 核验规则

由各条规则的说明生成（`python -m tests.generated`），请勿手改。

【错误】须改正；【需核实】须改正或写情况说明；【提示】供参考。
"""


def rule_text(rule: Described) -> str:
    """A rule's page as `gk-xlsx explain CODE` prints it."""
    page = page_of(rule)
    head = f"{page.code}【{page.severity.label}】{_SEVERITIES[page.severity]}"
    lines = [f"{head}（{_GATES[page.gate]}）", ""]
    lines += [f"{label}：{text}" for label, text in page.parts]
    return "\n".join(lines) + "\n"


def refusal_text(code: str, refusals: Iterable[Refusal]) -> str:
    """Why files are refused with a code, and what to do about each."""
    found = [refusal for refusal in refusals if refusal[0] == code]
    label = Severity.ERROR.label
    lines = [f"{code}【{label}】文件不能读取", ""]
    lines += [f"情形：{what}怎么办：{fix}" for _, _, what, fix in found]
    return "\n".join(lines) + "\n"


def rule_list(rules: Sequence[Described], refusals: Sequence[Refusal], family: str = "") -> str:
    """Every rule in a line, by family; only one family where it is given."""
    blocks = []
    for key, title in FAMILIES.items():
        lines = [*_rule_lines(rules, key), *_refusal_lines(refusals, key)]
        if lines and family in ("", key):
            blocks.append("\n".join((f"{key} {title}", *lines)))
    blocks.append("看一条的说明：gk-xlsx explain 编号，如 gk-xlsx explain AR03。")
    return "\n\n".join(blocks) + "\n"


def explanation(query: str, rules: Sequence[Described], refusals: Sequence[Refusal]) -> str:
    """The page of a code or a rule's name; the list of a family; of all without a query.

    Raises:
        GkXlsxError: for what does not exist; the message names what comes nearest.
    """
    asked = unicodedata.normalize("NFKC", query).strip()
    code = asked.upper()
    if not asked or code in _families(rules, refusals):
        return rule_list(rules, refusals, code)
    for rule in rules:
        if code == rule.code or asked.lower() == rule.name:
            return rule_text(rule)
    for known, name, _, _ in refusals:
        if code == known or asked.lower() == name:
            return refusal_text(known, refusals)
    raise GkXlsxError(f"没有“{query}”这条规则。{_nearest(asked, rules, refusals)}")


def rules_markdown(rules: Sequence[Described], refusals: Sequence[Refusal]) -> str:
    """All pages as Markdown, by family, those of refused files last."""
    parts = [_MARKDOWN_HEAD]
    for family, title in FAMILIES.items():
        pages = [_markdown(rule) for rule in rules if _is_of(rule.code, family)]
        if pages:
            parts += [f"## {family} {title}\n", *pages]
    parts.append(f"## FI {FAMILIES['FI']}\n\n这些文件不能读取，都按【错误】处理。\n")
    parts.append("| 编号 | 情形 | 怎么办 |\n|---|---|---|")
    parts += [f"| {code} | {what} | {fix} |" for code, _, what, fix in refusals]
    return "\n".join(parts) + "\n"


def _markdown(rule: Described) -> str:
    page = page_of(rule)
    lines = "\n".join(f"- {label}：{text}" for label, text in page.parts)
    return f"### {page.code}【{page.severity.label}】\n\n{lines}\n"


def _rule_lines(rules: Iterable[Described], family: str) -> Iterator[str]:
    for rule in rules:
        if _is_of(rule.code, family):
            page = page_of(rule)
            what = page.part(WHAT) or page.part(FIX) or page.title
            yield f"  {page.code}【{page.severity.label}】{what}"


def _refusal_lines(refusals: Iterable[Refusal], family: str) -> Iterator[str]:
    """One line a code, however many ways there are to it."""
    reasons: dict[str, list[str]] = {}
    for code, _, what, _ in refusals:
        if _is_of(code, family):
            reasons.setdefault(code, []).append(what.rstrip("。"))
    for code, texts in reasons.items():
        yield f"  {code}【{Severity.ERROR.label}】{'；'.join(texts)}。"


def _families(rules: Iterable[Described], refusals: Iterable[Refusal]) -> set[str]:
    codes = {rule.code for rule in rules} | {refusal[0] for refusal in refusals}
    return {family for family in FAMILIES if any(_is_of(code, family) for code in codes)}


def _is_of(code: str, family: str) -> bool:
    return code.startswith(family)


def _nearest(asked: str, rules: Sequence[Described], refusals: Sequence[Refusal]) -> str:
    """What may have been meant, or which families there are."""
    codes = dict.fromkeys([rule.code for rule in rules] + [item[0] for item in refusals])
    names = dict.fromkeys([rule.name for rule in rules] + [item[1] for item in refusals])
    near = get_close_matches(asked.upper(), codes, cutoff=_LIKE)
    near = near or get_close_matches(asked.lower(), names, cutoff=_LIKE)
    if near:
        return f"是不是要看 {'、'.join(near)}？"
    families = _families(rules, refusals)
    known = "、".join(f"{key}（{title}）" for key, title in FAMILIES.items() if key in families)
    return f"编号由两个字母和两位数字组成，有这些类：{known}。"
