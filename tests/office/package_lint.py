"""What Microsoft's validator misses and Excel or Word would 'repair', or a reader would see."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.office.document_lint import lint_document
from tests.office.package import Package, lint_package, open_package
from tests.office.sheet_lint import lint_sheet
from tests.office.workbook_lint import lint_workbook, workbook_of


def lint_xlsx(source: bytes | Path) -> list[str]:
    """Everything wrong with a workbook, each as `place: what`; empty when it is clean.

    Raises:
        BadZipFile: if it is no zip at all.
    """
    package = open_package(source)
    return [*lint_package(package), *_workbook(package)]


def lint_docx(source: bytes | Path) -> list[str]:
    """Everything wrong with a document, each as `place: what`; empty when it is clean.

    Raises:
        BadZipFile: if it is no zip at all.
    """
    package = open_package(source)
    return [*lint_package(package), *(lint_document(package) if package.main else ["no document"])]


def _workbook(package: Package) -> Iterator[str]:
    if not package.main:
        yield "no workbook"
        return
    workbook = workbook_of(package)
    yield from lint_workbook(package, workbook)
    for name, part in workbook.sheets.items():
        if part in package.trees:
            yield from (f"{name}: {text}" for text in lint_sheet(package, part, workbook))
