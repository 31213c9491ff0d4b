"""Checking files: whatever can be opened becomes findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gk_xlsx.api.issuing import Made
from gk_xlsx.api.last_years import LastYears
from gk_xlsx.api.reading import Opened, explained, open_report, template_bytes
from gk_xlsx.errors import GkXlsxError, UnreadableError
from gk_xlsx.findings import (
    CheckedFile,
    Finding,
    Gate,
    Severity,
    Verdict,
    said_once,
    verdict,
)
from gk_xlsx.sources.door import REFUSALS as REFUSED_AT_THE_DOOR

if TYPE_CHECKING:
    from gk_xlsx.office import IssuingOffice
    from gk_xlsx.rules.settings import Settings


@dataclass(frozen=True)
class Choice:
    """What is looked for and against what.

    Attributes:
        last: last year's figures; they override what the file itself remembers.
        explanations: a file with 情况说明; by default `NAME.说明.json` beside the report.
        settings: an office's rules switched off or taken milder; None for all as they are.
        select: codes or families (`AR03`, `AR`) to look for; all if empty.
        ignore: codes or families to leave out.
    """

    last: LastYears | None = None
    explanations: str | Path | None = None
    settings: Settings | None = None
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()

    def wants(self, code: str) -> bool:
        """Whether findings of a code are asked for."""
        selected = not self.select or code.startswith(tuple(self.select))
        return selected and not (self.ignore and code.startswith(tuple(self.ignore)))


@dataclass(frozen=True)
class Examined:
    """A checked file with the report in it; None where it could not be read."""

    file: CheckedFile
    opened: Opened | None


def check(path: str | Path, choice: Choice = Choice()) -> CheckedFile:
    """Check one file.

    Raises:
        GkXlsxError: if the path does not exist or may not be read, or `last` is unusable.
    """
    return examine(path, choice).file


def examine(path: str | Path, choice: Choice = Choice()) -> Examined:
    """Check one file and keep the report; raises as `check` does."""
    try:
        opened = open_report(path)
    except UnreadableError as error:
        return Examined(unreadable(str(path), error), None)
    opened = explained(opened, choice.explanations)
    if choice.last is not None:
        last = choice.last.of(opened.report)
        known = opened.report.last_year
        report = replace(opened.report, last_year=last, issued_last_year=known)
        opened = replace(opened, report=report)
    return Examined(_said_once(judged(opened, choice)), opened)


def _said_once(file: CheckedFile) -> CheckedFile:
    """A file whose figures and text are checked together."""
    findings = said_once(file.findings)
    text = file.text if file.text is Verdict.NONE else verdict(findings, Gate.TEXT)
    return replace(file, findings=findings, text=text)


def judged(opened: Opened, choice: Choice) -> CheckedFile:
    """What is found in an opened report."""
    from gk_xlsx.rules import judge

    report = opened.report
    found = judge(report, opened.form, settings=choice.settings)
    findings = tuple(finding for finding in found if choice.wants(finding.code))
    return CheckedFile(
        path=opened.path,
        sha256=opened.sha256,
        unit=report.unit.name or None,
        year=report.year or None,
        edition=report.edition,
        data=verdict(findings, Gate.DATA),
        text=verdict(findings, Gate.TEXT) if report.narrative else Verdict.NONE,
        findings=findings,
    )


def unreadable(path: str, error: UnreadableError) -> CheckedFile:
    """What is found in a file that is no report."""
    finding = Finding(
        code=error.code,
        name=error.name,
        severity=Severity.ERROR,
        gate=Gate.DATA,
        message=error.message,
        fix=error.fix,
    )
    return CheckedFile(
        path, error.sha256, None, None, None, Verdict.UNREADABLE, Verdict.NONE, (finding,)
    )


def marked(examined: Examined, office: IssuingOffice | None = None) -> Made:
    """A fresh workbook with the unit's values and the findings in it, ready to send back.

    Args:
        examined: the checked file.
        office: who sends it back, for 填写说明.

    Raises:
        GkXlsxError: if the file was not readable.
    """
    if examined.opened is None:
        raise GkXlsxError(f"{examined.file.path} 不能读取，不能生成退回的填报表。")
    from gk_xlsx.api.merging import marked_merge
    from gk_xlsx.documents.positions import in_order
    from gk_xlsx.plan.workbook import plan_workbook
    from gk_xlsx.workbook.write import workbook_bytes

    opened = examined.opened
    findings = in_order(examined.file.findings, opened.report, opened.form)
    merged = marked_merge(opened, findings) if opened.report.parts else None
    if merged is not None:
        return Made(merged)
    plan = plan_workbook(opened.form, opened.report, findings, office=office)
    return Made(workbook_bytes(plan))


def feedback(examined: Examined, office: IssuingOffice, template: str | Path | None = None) -> Made:
    """The 审核意见反馈单 for a checked file, as .docx.

    Args:
        examined: the checked file.
        office: who reviews; what is missing is left to be filled in by hand.
        template: an office's own Word template.

    Raises:
        GkXlsxError: if the template is unusable.
    """
    from gk_xlsx.documents.feedback import Office, feedback_docx

    opened, passed = examined.opened, examined.file.data is examined.file.text is Verdict.PASS
    until = office.publish_by if passed else office.deadline
    data = feedback_docx(
        examined.file,
        Office(**{item.name: getattr(office, item.name) for item in fields(Office)}),
        report=opened.report if opened else None,
        form=opened.form if opened else None,
        deadline=until.isoformat() if until else "",
        template=template_bytes(template) if template is not None else None,
    )
    return Made(data)


def findings_page(examined: Sequence[Examined]) -> str:
    """Checked files as one self-contained HTML page."""
    from gk_xlsx.outputs.html import CheckedReport, findings_html

    return findings_html(
        [
            CheckedReport(item.file, item.opened.report, item.opened.form)
            if item.opened
            else CheckedReport(item.file)
            for item in examined
        ]
    )


def refusals() -> tuple[tuple[str, str, str, str], ...]:
    """Every way in which a file is no report: code, name, what it means, what to do."""
    return (
        *REFUSED_AT_THE_DOOR,
        (
            UnreadableError.code,
            UnreadableError.name,
            "内容不合格式，缺少报告必须有的部分，或里面没有找到法定表格。",
            "请按提示改正，或提供下发的填报表。",
        ),
    )
