"""What an office publishes and writes from what came in: 公布情况 and 文字汇编."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from gk_xlsx.api.collecting import Gathering, Key, key_of, reopened
from gk_xlsx.api.issuing import Made, form_of
from gk_xlsx.api.merging import merged_in
from gk_xlsx.api.narratives import told
from gk_xlsx.api.own_lists import refuse_report
from gk_xlsx.api.reading import Opened, template_bytes
from gk_xlsx.errors import GkXlsxError, NarrativeError
from gk_xlsx.findings import Verdict
from gk_xlsx.inbox.register import read_register
from gk_xlsx.report import iso_date
from gk_xlsx.rollup.choosing import Why
from gk_xlsx.rollup.collected import Collected
from gk_xlsx.rollup.publication import Publication, publication_state
from gk_xlsx.rollup.received import Register
from gk_xlsx.rollup.states import LineStatus, State
from gk_xlsx.sources.door import read_bytes

if TYPE_CHECKING:
    from gk_xlsx.documents.digest import Block


def publication_notice(
    gathering: Gathering,
    year: int,
    *,
    merged: str | Path | None = None,
    day: datetime.date | None = None,
    template: str | Path | None = None,
) -> Made:
    """公布情况 as .docx, from what the register says of publishing.

    Args:
        gathering: roster, register and settings; the folder is not looked at.
        year: the report year.
        merged: the merged workbook, for who is in the sums; without it nothing is said of them.
        day: until when; today without.
        template: an office's own Word template.

    Raises:
        GkXlsxError: if there is no register, or a file cannot be used.
    """
    from gk_xlsx.documents.publication import publication_docx

    register = _register(gathering, year)
    state = publication_state(
        gathering.roster,
        {
            code: Publication(iso_date(item.published), item.address)
            for code, item in register.entries.items()
        },
        year,
        day or datetime.date.today(),  # noqa: DTZ011 — the office's own calendar
        deadline=gathering.settings.office.publish_by,
        not_merged=_not_merged(gathering, merged),
    )
    own = template_bytes(template) if template is not None else None
    data = publication_docx(state, gathering.settings.office.signature, template=own)
    return Made(data, register.problems)


def digest(gathering: Gathering, collected: Collected) -> Made:
    """文字汇编 as .docx: what all units wrote, aspect by aspect; figures are filled in.

    Raises:
        GkXlsxError: if nobody wrote anything.
    """
    from gk_xlsx.documents.digest import Written, digest_docx

    texts = dict(_texts(gathering, collected))
    if not texts:
        raise GkXlsxError("收件里还没有文字部分，不能汇编。")
    written = [
        Written(item.bundle.line.name, texts.get(item.bundle.line.code, {}), _silence(item))
        for item in collected.due
    ]
    year = collected.collection.year
    return Made(digest_docx(form_of(year), year, written))


_SILENCE = {
    State.MISSING: "没有收到报告",
    State.UNREADABLE: "报告不能读取",
    State.WRONG_YEAR: "报告年度不符",
}


def _silence(status: LineStatus) -> str:
    """Why nothing of a unit is in the 文字汇编, where nothing is."""
    bundle = status.bundle
    if bundle.narrative is None and Why.UNTOLD in (bundle.figures.why, bundle.text.why):
        return "收到几份、尚未确定采用哪一份"
    if status.text is Verdict.UNREADABLE:
        return _SILENCE[State.UNREADABLE]
    return _SILENCE.get(status.state, "报告没有文字")


def _register(gathering: Gathering, year: int) -> Register:
    path = gathering.register
    if not path.is_file():
        raise GkXlsxError(
            f"没有 {path}，不知道谁已公布。请先运行 gk-xlsx collect，再在其中填写公布日期和网址。"
        )
    data = read_bytes(path)
    refuse_report(data, path, "收发登记")
    return read_register(data, path.name, gathering.roster, year)


def _not_merged(
    gathering: Gathering, merged: str | Path | None
) -> tuple[tuple[str, str], ...] | None:
    """Code and reason of the lines that a merged workbook lacks; None without one."""
    if merged is None:
        return None
    found = merged_in(merged)
    known = {line.name: line.code for line in gathering.roster}
    return tuple((item.code or known.get(item.name, ""), item.why) for item in found.missing)


def _texts(
    gathering: Gathering, collected: Collected
) -> Iterator[tuple[str, Mapping[str, tuple[Block, ...]]]]:
    """Roster code to the parts of the text that counts, for those who wrote any."""
    wanted: dict[Key, str] = {
        key_of(item): status.bundle.line.code
        for status in collected.due
        if (item := status.bundle.narrative) is not None
    }
    for again in reopened(gathering, wanted):
        if again.opened.report.narrative:
            yield wanted[again.key], _filled(again.opened)


def _filled(opened: Opened) -> Mapping[str, tuple[Block, ...]]:
    """The text with its figures; as it was written where one of them is not known."""
    from gk_xlsx.documents.figures import figures_of
    from gk_xlsx.markdown import blocks

    try:
        found = told(opened, None, figures_of(opened.report, opened.form, None)).blocks
    except NarrativeError:
        return {key: blocks(text) for key, text in opened.report.narrative.items()}
    return {key: tuple(text) for key, text in found.items()}
