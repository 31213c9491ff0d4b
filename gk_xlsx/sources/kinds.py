"""The kinds of files that are let in, and what messages call them."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a file holds, told by its content."""

    WORKBOOK = "workbook"
    """Any .xlsx, ours or not."""
    REPORT_JSON = "report_json"
    DOCX = "docx"
    HTML = "html"
    PDF = "pdf"
    TEXT = "text"
    """Plain text, Markdown and CSV too."""
    SPREADSHEET = "spreadsheet"
    """.ods"""
    OLD_SPREADSHEET = "old_spreadsheet"
    """.xls and the .et that is the same inside."""
    ARCHIVE = "archive"
    """A zip of files."""

    @property
    def label(self) -> str:
        """What users call it."""
        return _LABELS[self.value]

    @property
    def told(self) -> str:
        """What a message begins with: 这是网页, 这是 Word 文档."""
        return f"这是 {self.label}" if self.label[0].isascii() else f"这是{self.label}"


_LABELS = {
    "workbook": "表格文件（.xlsx）",
    "report_json": "报告 JSON",
    "docx": "Word 文档",
    "html": "网页",
    "pdf": "PDF",
    "text": "文本",
    "spreadsheet": "表格文件（.ods）",
    "old_spreadsheet": "旧格式表格（.xls 或 .et）",
    "archive": "压缩包",
}
