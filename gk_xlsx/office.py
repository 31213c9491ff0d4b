"""The office that issues the workbooks, chases, answers and publishes: who, until when."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IssuingOffice:
    """What 填写说明, 反馈单, 催报 and 公布情况 say of the office; what is empty is left out there.

    Attributes:
        name: 发文机关.
        section: 科室, after the name.
        contact, phone: 联系人 and 电话, for questions.
        reviewer, second_reviewer: 审核人 and 复核人 of a 反馈单.
        column: 公布栏目, where finished reports are published.
        submit_by: 报送截止日, the last day a report is on time.
        publish_by: 公布截止日, the last day a publication is on time.
        deadline: 重新报送的期限 of a 反馈单.
        requirements: 补充要求, local demands, a line each.
    """

    name: str = ""
    section: str = ""
    contact: str = ""
    phone: str = ""
    reviewer: str = ""
    second_reviewer: str = ""
    column: str = ""
    submit_by: datetime.date | None = None
    publish_by: datetime.date | None = None
    deadline: datetime.date | None = None
    requirements: tuple[str, ...] = ()

    @property
    def signature(self) -> str:
        """发文机关 and 科室 in one."""
        return f"{self.name}{self.section}"
