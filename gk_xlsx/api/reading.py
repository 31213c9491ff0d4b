"""Opening files as reports, whatever they are."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gk_xlsx import resources
from gk_xlsx.api.formats import parsed
from gk_xlsx.errors import GkXlsxError, UnreadableError
from gk_xlsx.form import Form
from gk_xlsx.inbox.files import EXPLANATIONS_SUFFIX, explanations_beside
from gk_xlsx.relations import bind_explanations
from gk_xlsx.report import AnnualReport, Explanation
from gk_xlsx.sources.door import Arrival, Kind, RefusedError, admit_data, read_bytes

DATA_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".json")
"""What is handed in as data: in a folder, each of them is meant to be a report."""
DOCUMENT_SUFFIXES = (".docx", ".html", ".htm", ".md", ".txt", ".pdf")
"""What may be a report or any other text; the surest to read first."""
CLOSED_SUFFIXES = frozenset(
    {".doc", ".wps", ".rtf", ".odt", ".xlsb", ".ofd", ".zip", ".rar", ".7z", ".mht"}
)
"""What may hold a report too, and cannot be read as it is."""
_ARCHIVES = (".zip", ".rar", ".7z")
REPORT_SUFFIXES = frozenset((*DATA_SUFFIXES, *DOCUMENT_SUFFIXES))
"""What a folder is searched for; inside, files are told apart by content."""


MAX_TEXT = 100_000
"""Characters of a report's text; three times the longest. The rules go over it many times."""


@dataclass(frozen=True)
class Opened:
    """A file that was read as a report; `kind` is what its content showed it to be."""

    path: str
    sha256: str
    report: AnnualReport
    form: Form
    kind: Kind


def read(path: str | Path) -> AnnualReport:
    """Read any readable file as a report.

    Raises:
        GkXlsxError: if the file cannot be opened.
        UnreadableError: if it is no report; the message says what it is and what to do.
    """
    return open_report(path).report


def open_report(path: str | Path) -> Opened:
    """Read a file as a report, with its form and hash; raises as `read` does."""
    return open_data(str(path), file_bytes(path))


def file_bytes(path: str | Path) -> bytes:
    """All of a file that is not too large.

    Raises:
        UnreadableError: if it is, or the system does not give it; it names the file.
    """
    try:
        return read_bytes(Path(path))
    except UnreadableError as error:
        error.path = str(path)
        raise


def open_data(path: str, data: bytes) -> Opened:
    """Read the bytes of a file, of a member of an archive for example; raises as `read` does.

    Args:
        path: what messages call it: `材料.zip/某局.xlsx`.
        data: all of it.
    """
    try:
        arrival = admit_data(path, data)
        return as_opened(arrival, parsed(arrival))
    except UnreadableError as error:
        error.path, error.sha256 = path, hashlib.sha256(data).hexdigest()
        raise


def as_opened(arrival: Arrival, report: AnnualReport) -> Opened:
    """A report as it was opened; every one that is read passes here, whatever it was read from.

    Raises:
        RefusedError: if its text is too long for a report.
    """
    _check_length(report)
    form = resources.form(report.edition)
    return Opened(arrival.path, arrival.sha256, bind_explanations(form, report), form, arrival.kind)


def _check_length(report: AnnualReport) -> None:
    signed = (report.signed.by, report.signed.date)
    texts = (*report.narrative.values(), report.title, *report.headings, *signed)
    if sum(map(len, texts)) > MAX_TEXT:
        raise RefusedError("text_too_long")


def template_bytes(path: str | Path) -> bytes:
    """The content of an office's own Word template, looked at before anything opens it.

    Raises:
        GkXlsxError: if it cannot be read or is no Word document.
    """
    try:
        arrival = admit_data(str(path), read_bytes(Path(path)))
    except UnreadableError as error:
        error.path = str(path)
        raise
    if arrival.kind is not Kind.DOCX:
        raise GkXlsxError(f"模板 {path} 不是 Word 文档（.docx），请用 Word 另存为 .docx 后再试。")
    return arrival.data


def explained(opened: Opened, explanations: str | Path | None) -> Opened:
    """The report with the 情况说明 of a file, or of `NAME.说明.json` beside it.

    Raises:
        GkXlsxError: if the file cannot be read.
    """
    beside = explanations_beside(Path(opened.path))
    source = Path(explanations) if explanations is not None else beside
    if explanations is None and not beside.is_file():
        return opened
    data = read_bytes(source)
    try:
        return with_explanations(opened, data, str(source))
    except UnreadableError as error:
        raise GkXlsxError(
            f"{source} 不是情况说明文件（.说明.json），不能读取：{error.message}"
            "请检查是否选错了文件。"
        ) from None


def with_explanations(opened: Opened, data: bytes, name: str) -> Opened:
    """The report with the 情况说明 of a file's content; raises as `explained` does."""
    from gk_xlsx.sources.report_json import read_explanations

    added = read_explanations(data, name)
    report = replace(opened.report, explanations=_merged(opened.report.explanations, added))
    return replace(opened, report=bind_explanations(opened.form, report))


def _merged(own: Sequence[Explanation], added: Sequence[Explanation]) -> tuple[Explanation, ...]:
    """Both, the added ones first where they speak of the same."""
    spoken = {(item.code, item.fields[:1]) for item in added}
    return (*added, *(item for item in own if (item.code, item.fields[:1]) not in spoken))


def reports_in(folder: Path) -> list[Path]:
    """Files of a folder, and of those in it, that may hold a report; in the order of names.

    Documents among them may be anything: `is_other_text` tells which turned out to be no report.
    """
    return [path for path in _files_in(folder) if path.suffix.lower() in REPORT_SUFFIXES]


def closed_in(folder: Path) -> list[Path]:
    """Files of a folder that may hold a report and cannot be read as they are (.doc, .zip …)."""
    return [path for path in _files_in(folder) if path.suffix.lower() in CLOSED_SUFFIXES]


def unopened_in(folder: Path) -> list[str]:
    """A sentence on the archives of a folder, whose reports are not taken; none without any."""
    names = [path.name for path in closed_in(folder) if path.suffix.lower() in _ARCHIVES]
    if not names:
        return []
    return [f"{folder} 里的压缩包没有打开，里面的报告不在内：{'、'.join(names)}。请解压后再运行。"]


def _files_in(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not path.name.startswith("~$")
        and not any(name.startswith(".") for name in path.relative_to(folder).parts)
        and not path.name.endswith(EXPLANATIONS_SUFFIX)
    )


def one_each(paths: Sequence[Path]) -> list[Path]:
    """Of the files of folders, those that reports are made of, each report once.

    A report often stands in a folder several times: as data, as Word and as PDF. Where a folder
    holds data (workbooks, report JSON), its documents are left aside. Where it holds documents
    only, one of each name counts: Word before web page, text and PDF. Two data files of one name
    both stay: which one is right is not guessed.
    """
    with_data = {path.parent for path in paths if path.suffix.lower() in DATA_SUFFIXES}
    chosen: dict[Path, Path] = {}
    for path in sorted(paths, key=_rank):
        if path.suffix.lower() in DATA_SUFFIXES:
            chosen[path] = path
        elif path.parent not in with_data:
            chosen.setdefault(path.with_suffix(""), path)
    return sorted(chosen.values())


def _rank(path: Path) -> int:
    """Data first, then documents, the surest to read first."""
    suffix = path.suffix.lower()
    return DOCUMENT_SUFFIXES.index(suffix) + 1 if suffix in DOCUMENT_SUFFIXES else 0


def is_other_text(path: str | Path, code: str) -> bool:
    """Whether a file of a folder is no report at all: a notice, a list, a README.

    Only documents can be, and only those that could be read and hold no statutory table: what
    is handed in as data (.xlsx, .json …) is meant to be a report, and so is what a user names.

    Args:
        path: of the file.
        code: of what opening it ended with.
    """
    return Path(path).suffix.lower() in DOCUMENT_SUFFIXES and code in _NO_REPORT


_NO_REPORT = {UnreadableError.code, RefusedError("empty").code}
