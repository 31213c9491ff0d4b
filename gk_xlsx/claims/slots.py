"""What may stand between the word that names a subject and its number without changing it.

A word that is not listed names something else (办理民生实事 12 件), so the number is no claim.
"""

from __future__ import annotations

from collections.abc import Iterable

from gk_xlsx.patterns import pattern


def _longest_first(phrases: Iterable[str]) -> str:
    """Alternatives in which 申请人 is tried before 申请."""
    return "|".join(sorted(phrases, key=len, reverse=True))


_BEHIND = pattern(
    _longest_first(
        (
            *(
                "政府信息依申请公开",
                "政府信息公开",
                "政府信息",
                "信息公开",
                "依法申请公开",
                "依申请公开",
            ),
            *(
                "政务信息公开",
                "政务公开",
                "依申请",
                "公开申请",
                "申请公开",
                "公开",
                "申请",
                "政务",
                "信息",
            ),
            *(
                "件数",
                "数量",
                "总数量",
                "总数",
                "总量",
                "总计",
                "共计",
                "合计",
                "累计",
                "合共",
                "一共",
                "总共",
                "共有",
                "计",
            ),
            *(
                "事项",
                "案件",
                "案",
                "类",
                "书面",
                "有效",
                "申请表",
                "范围",
                "类型",
                "件",
                "各类",
                "群众",
                "社会公众",
                "公众",
                "市民",
                "申请人",
                "公民",
            ),
            *(
                "提交",
                "提出",
                "关于",
                "有关",
                "相关",
                "当事人",
                "向本机关",
                "向我局",
                "要求",
                "获取",
                "本年度",
                "全年",
                "处理决定",
                "决定",
            ),
            *(
                "共",
                "为",
                "是",
                "达到",
                "达",
                "有",
                "了",
                "的",
                "过",
                "等",
                "量",
                "数",
                "新",
                "均",
                "已",
                "到",
                "“",
                "”",
                "‘",
                "’",
                '"',
            ),
            *(
                "完毕",
                "办理",
                "一并",
                "其中",
                "处理",
                "中",
                "结果",
                "情形",
                "情况",
                "分别",
                "方面",
                "并",
            ),
            *("结转", "顺延", "继续", "答复", "下一年度", "下年度"),
            "[\ue002 —\\-]",
        )
    )
)
_FRONT = pattern(
    _longest_first(
        (
            *(
                "其中",
                "另外",
                "此外",
                "另有",
                "还有",
                "尚有",
                "剩余",
                "其余",
                "余下",
                "有",
                "另",
                "还",
                "已",
                "共",
                "计",
                "包括",
                "含",
            ),
            *("分别", "为", "是", "对", "的", "尚余", "余", "仍有", "仅有", "仅", "“", "”"),
        )
    )
)
_TO_TAIL = pattern(
    _longest_first(
        (
            *(
                "政府信息公开申请",
                "依申请公开",
                "申请",
                "案件",
                "按照《\ue000*》",
                "\ue000",
                "规定",
                "依法",
                "依规",
                "经审查",
                "决定",
                "作出",
            ),
            *(
                "已",
                "均",
                "被",
                "为",
                "的",
                "是",
                "需",
                "将",
                "予",
                "按规定",
                "按程序",
                "正在",
                "按",
                "尚",
                "因",
                "属于",
                "涉及",
                "由于",
                "作",
                "系",
                "结果",
            ),
            *("在法定期限内", "未到期", "未到办理期限", "未到答复期限", "到"),
        )
    )
)
_MEANS = pattern(
    r"网上|网络|在线|线上|线下|信函|邮寄|邮政|邮件|邮箱|当面|现场|窗口|传真|快递|平台|系统|渠道|来人|书面(?=答复)"
)
_ONLY_SOME = pattern(
    r"延期|逾期(?![不未])|超期|当场|当日|当天|提前|口头|到期|补正(?!后仍)|转交|部分(?!公开)|个工作日|复杂|疑难|撤回|撤销"
    r"|不当|不服|违法|重新答复|涉企|涉农|其余|某|该|单次|最[多高快慢短长]|平均|用时|人均"
)
_ALL_TOLD = pattern(r"共|合计|总计|累计|总数|总量|一并")


def nothing_else_behind(text: str) -> bool:
    """Whether the words between subject and number name no other thing."""
    return not _BEHIND.sub("", text)


def nothing_in_front(text: str) -> bool:
    """Whether the words in front of a number name no subject, so that it may follow."""
    return not _FRONT.sub("", text)


def leads_to_subject(text: str) -> bool:
    """Whether the words between a number and the subject behind it name no other thing."""
    return not _TO_TAIL.sub("", text)


def only_some(text: str) -> bool:
    """Whether only a part is counted: by the way they came, or by how they were handled."""
    return bool(_ONLY_SOME.search(text)) or (
        bool(_MEANS.search(text)) and not _ALL_TOLD.search(text)
    )
