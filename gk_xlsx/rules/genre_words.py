"""FM09, FM11–FM13: words and numbers that do not belong into a finished report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gk_xlsx.findings import Gate, Severity
from gk_xlsx.patterns import pattern
from gk_xlsx.rules.passages import Passage, part_name, passages
from gk_xlsx.rules.rule import Case, Hit, rule

_INTERNAL = pattern(
    r"以上(?:数据|内容|信息|情况)(?:均|已)?(?:真实有效|真实准确|属实|准确无误)"
    r"(?:，?可以?对外(?:发布|公开|公布))?|"
    r"(?<![报提呈])请领导(?:审核|审阅|审定)|"
    r"[（(](?:文字描述|此处|请填|待(?:补充|核实|定|填)|根据实际|按实际填|略[）)])|"
    r"收取信息处理费情况在此处报告|"
    r"(?<![A-Za-zＡ-Ｚａ-ｚ])[X×Ｘ]{2,}(?![A-Za-zＡ-Ｚａ-ｚ])|"
    r"[【\[](?:单位名称|机关名称|名称|年份|待填)[】\]]"
)
"""Source: remarks, instructions and place-holders seen in published reports."""
_BRACES = pattern(r"\{\{|\}\}|\{%|%\}")


@rule("FM09", "internal-wording", Severity.ERROR, Gate.TEXT)
def internal_wording(case: Case) -> Iterator[Hit]:
    """Remarks for the office, instructions and place-holders are not published.

    查什么：正文里留有内部用语、填写提示、占位符，或没有换成数字的名称（双花括号）。
    依据：年度报告对外公布。
    例：“以上数据真实有效，可以对外发布”；“（文字描述）”；“××局”。
    怎么改：删去，或换成实际内容。
    不管的：填报表和 JSON 文字里写法正确的 {{ 名称 }}，成文时会换成数字；名称写错的由成文命令指出。
    """
    finished = bool(case.report.headings)
    for text in passages(case):
        source = text.raw if finished else text.text
        for sentence in text.sentences:
            found = [item[0] for item in _INTERNAL.finditer(sentence.text)]
            braces = _BRACES.search(source, sentence.start, sentence.end)
            if braces:
                found.append(braces[0])
            if found:
                first = _INTERNAL.search(sentence.text)
                start = sentence.start + first.start() if first else _start(braces)
                yield Hit(
                    f"“{part_name(case.form, text.section)}”留有内部用语或占位符"
                    f"{'、'.join(f'“{word}”' for word in dict.fromkeys(found))}。",
                    fix="请删去，或换成实际内容。",
                    location=text.around(start, min(start + len(found[0]), sentence.end)),
                )


def _start(match: re.Match[str] | None) -> int:
    return match.start() if match else 0


# -- document numbers ----------------------------------------------------------------------

_NUMBER = pattern(
    r"(?P<issuer>[\u4e00-\u9fff]{0,12})(?P<open>[〔\[［【(（])(?P<year>(?:19|20)\d{2})"
    r"(?P<close>[〕\]］】)）])\s?第?(?P<number>\d{1,4})\s?号"
)
_ROUND = "（("
_ISSUERS_END = "发函办字文规"
_ISSUER = "国办"


@dataclass(frozen=True, slots=True)
class _Document:
    """A document that reports cite, and the words by which a sentence is known to mean it."""

    issuer: str
    year: str
    number: str
    about: re.Pattern[str]

    @property
    def cited(self) -> str:
        return f"{self.issuer}〔{self.year}〕{self.number}号"


_FORMAT = pattern("年度报告|年报|格式")
_DOCUMENTS = (
    _Document("国办公开办函", "2021", "30", _FORMAT),
    _Document("国办公开办函", "2019", "60", _FORMAT),
    _Document("国办函", "2020", "109", pattern("处理费")),
)
"""Source: FORM.md; the two formats and the rule on the information-processing fee."""


@rule("FM11", "document-number", Severity.WARNING, Gate.TEXT)
def document_number(case: Case) -> Iterator[Hit]:
    """Documents are cited with their right numbers, in the right brackets.

    查什么：年度报告格式文件的发文字号写错；引的是另一版格式；年份没有用六角括号〔〕。
    依据：国办公开办函〔2021〕30号、国办公开办函〔2019〕60号、国办函〔2020〕109号；
    《党政机关公文处理工作条例》第九条。
    例：“国办发〔2021〕30号”应为“国办公开办函〔2021〕30号”；“[2021]30号”应为“〔2021〕30号”。
    怎么改：按原文件改。
    不管的：其他文件的字号对不对。
    """
    for text in passages(case):
        beside_new = case.form.document in text.raw
        for match in _NUMBER.finditer(text.text):
            problem = _number_problem(case, text, match, beside_new=beside_new)
            if problem:
                start = match.end("issuer") - len(_issuer(match))
                yield Hit(
                    f"文号“{text.text[start : match.end()]}”{problem[0]}。",
                    fix=f"请改为“{problem[1]}”。",
                    location=text.place(start, match.end()),
                )


def _issuer(match: re.Match[str]) -> str:
    """The issuer's sign without the words before it."""
    words = match["issuer"]
    return words[words.rfind(_ISSUER) :] if _ISSUER in words else words[-4:]


def _number_problem(
    case: Case, text: Passage, match: re.Match[str], *, beside_new: bool
) -> tuple[str, str] | None:
    """What is wrong and what it should be; None where nothing is, or nothing is known.

    An older format may be named beside the one in force.
    """
    issuer, year, number = match["issuer"], match["year"], match["number"]
    beside = text.text[max(0, match.start() - 80) : match.end() + 40]
    for document in _DOCUMENTS:
        if (year, number) != (document.year, document.number) or _ISSUER not in issuer:
            continue
        if not issuer.endswith(document.issuer) and document.about.search(beside):
            return "的发文机关代字不对", document.cited
        if document.about is _FORMAT and year > case.form.edition:
            return "不是本年度所用格式", case.form.document
    if not beside_new and _superseded(case, issuer, year, number):
        return "是旧格式，已停止使用", case.form.document
    if match["open"] == "〔" and match["close"] == "〕":
        return None
    if match["open"] in _ROUND and not issuer.endswith(tuple(_ISSUERS_END)):
        return None
    return "的年份没有用六角括号", f"{_issuer(match)}〔{year}〕{number}号"


def _superseded(case: Case, issuer: str, year: str, number: str) -> bool:
    """Whether a format is cited that was replaced before the report's year."""
    return any(
        issuer.endswith(document.issuer)
        and (year, number) == (document.year, document.number)
        and document.about is _FORMAT
        and year < case.form.edition
        for document in _DOCUMENTS
    )


# -- items of before 2019 ------------------------------------------------------------------

_OLD_ITEMS = {
    "机构数": pattern(r"机构数|机构个数|专门机构\s?\d+\s?个"),
    "人员数": pattern(r"人员数|(?:专职|兼职)(?:工作)?人员\s?(?:共|为)?\s?\d+\s?[人名]"),
    "举报投诉": pattern(r"(?:举报投诉|投诉举报|举报)(?:情况|数|事项|\s?\d+\s?件)"),
    "经费": pattern(r"专项经费|工作经费|经费(?:支出|投入|总额|开支)"),
}
"""Source: the items of reports before 2019, which the format of 2019 dropped."""


@rule("FM12", "dropped-items", Severity.NOTE, Gate.TEXT)
def items_of_before_2019(case: Case) -> Iterator[Hit]:
    """The text still reports several items that were dropped in 2019.

    查什么：正文还在报告 2019 年以前要求的项目（机构数、人员数、举报投诉、经费），有两项以上。
    依据：国办公开办函〔2019〕60号起的格式不再要求这些项目。
    例：“专门机构数1个，人员数2人……未发生举报投诉事项”。
    怎么改：可以删去，改写本年工作的实际内容。
    不管的：只有一项的；政策解读、回应关切的数量（仍应写）。
    """
    found: dict[str, tuple[Passage, re.Match[str]]] = {}
    for text in passages(case):
        for item, words in _OLD_ITEMS.items():
            match = words.search(text.text)
            if match:
                found.setdefault(item, (text, match))
    if len(found) > 1:
        text, match = next(iter(found.values()))
        listed = "、".join(item for item in _OLD_ITEMS if item in found)
        yield Hit(
            f"正文还在报告现行格式不再要求的项目：{listed}。",
            fix="可以删去。",
            location=text.around(match.start(), match.end()),
        )


# -- word list -----------------------------------------------------------------------------

_WRONG_WORDS = (
    (
        r"截止(?=到?(?:至)?(?:\s?(?:19|20)\d\d|本年|当年|今年|目前|年底|年末|\d|报告期))",
        "截止",
        "截至",
    ),
    (r"统计限(?![期制额])", "统计限", "统计期限"),
    (r"(?<![可以权民众人织])依法申请公开(?!政府|信息|的)", "依法申请公开", "依申请公开"),
    (r"今年来(?![自到的访信电函])", "今年来", "今年以来"),
    (r"布署", "布署", "部署"),
    (r"登陆(?=.{0,6}(?:网站|平台|系统|门户))", "登陆", "登录"),
    (r"帐号", "帐号", "账号"),
    (r"按装", "按装", "安装"),
    (r"信息公开条列", "条列", "条例"),
    (r"政府信息公工作|政府信公开", "政府信息公", "政府信息公开"),
    (r"行政覆议|行政复仪", "行政复仪", "行政复议"),
    (r"规范行文件", "规范行文件", "规范性文件"),
)
"""Pattern, what stands there, what should. Source: published reports."""
_WORD_LIST = tuple((pattern(text), wrong, right) for text, wrong, right in _WRONG_WORDS)


@rule("FM13", "word-list", Severity.NOTE, Gate.TEXT)
def word_list(case: Case) -> Iterator[Hit]:
    """Words that are often written wrong in these reports.

    查什么：年度报告里常见的错别字和误用词。
    依据：《现代汉语词典》；《条例》用语。
    例：“截止2021年底”应为“截至2021年底”；“统计限”应为“统计期限”；“今年来”应为“今年以来”。
    怎么改：按给出的词改。
    不管的：“截止日期”等正确用法。
    """
    for word, wrong, right in _WORD_LIST:
        found = [(text, match) for text in passages(case) for match in word.finditer(text.text)]
        if found:
            text, match = found[0]
            more = f"（共 {len(found)} 处）" if len(found) > 1 else ""
            yield Hit(
                f"“{part_name(case.form, text.section)}”的“{wrong}”应为“{right}”{more}。",
                fix=f"请把“{wrong}”改为“{right}”。",
                location=text.place(match.start(), match.end()),
            )
