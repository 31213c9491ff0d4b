"""Why a file is not let in: code, what it means, what to do (family FI)."""

from __future__ import annotations

from gk_xlsx.errors import UnreadableError


class RefusedError(UnreadableError):
    """A file that was not let in.

    Attributes:
        reason: the key of `REASONS`, for those who treat some refused files in their own way:
            a 盖章件 need not be readable.
    """

    def __init__(self, reason: str) -> None:
        code, name, message, fix = REASONS[reason]
        super().__init__(message, fix)
        self.reason, self.code, self.name = reason, code, name


_SAVE_AS_XLSX = "请用 WPS 或 Excel 打开，另存为 .xlsx 后再试。"
_SAVE_AS_DOCX = "请用 WPS 或 Word 打开，另存为 .docx 后再试。"
_UNPACK = "请先解压，再检查里面的文件。"
_GIVE_SOURCE = "请提供填报表（.xlsx），或报告的 Word 文档、网页。"

REASONS: dict[str, tuple[str, str, str, str]] = {
    "unknown": (
        "FI01",
        "not-a-report",
        "这不是能识别的文件：不是表格、Word 文档、网页、PDF、文本，也不是报告 JSON。",
        "请提供下发的填报表。",
    ),
    "empty": ("FI01", "not-a-report", "文件是空的。", "请重新保存或重新接收文件。"),
    "slides": ("FI01", "not-a-report", "这是演示文稿。", "请检查是否选错了文件。"),
    "archive": ("FI01", "not-a-report", "这是压缩包，不是一份报告。", _UNPACK),
    "password": ("FI02", "password", "文件设有打开密码。", "请取消密码后另存。"),
    "binary_workbook": ("FI03", "old-format", "这是二进制格式的表格（.xlsb）。", _SAVE_AS_XLSX),
    "xml_workbook": (
        "FI03",
        "old-format",
        "这是 XML 格式的旧表格（Excel 2003）。",
        _SAVE_AS_XLSX,
    ),
    "old_word": ("FI03", "old-format", "这是旧格式的文档（.doc 或 .wps）。", _SAVE_AS_DOCX),
    "other_word": (
        "FI03",
        "old-format",
        "这是其他格式的文档（.rtf、.odt 或 Word 2003 的 XML）。",
        _SAVE_AS_DOCX,
    ),
    "web_archive": (
        "FI03",
        "old-format",
        "这是网页存档或邮件（.mht、.eml）。",
        "请用浏览器打开网页，另存为“仅网页”（.html）；邮件请取出附件。",
    ),
    "damaged": ("FI04", "damaged", "文件已损坏，不能打开。", "请重新发送一份。"),
    "crashed": (
        "FI04",
        "damaged",
        "文件内部结构异常，读取时出错，已停止读取。",
        "请用原来的程序打开核对后另存。",
    ),
    "too_large": ("FI05", "too-large", "文件超过 64 MB，不是一份报告。", "请检查是否选错了文件。"),
    "bomb": (
        "FI05",
        "too-large",
        "压缩内容异常庞大，为安全起见不予读取。",
        "请用 WPS、Excel 或 Word 打开核对后另存。",
    ),
    "too_slow": (
        "FI05",
        "too-large",
        "读取时间过长，为安全起见已停止读取。",
        "请用原来的程序打开，只留报告本身，另存后再试。",
    ),
    "too_hungry": (
        "FI05",
        "too-large",
        "读取所需内存过大，为安全起见已停止读取。",
        "请用原来的程序打开，只留报告本身，另存后再试。",
    ),
    "sheet_too_large": (
        "FI05",
        "too-large",
        "工作表的行、列、格或文字过多，不是一份报告。",
        "请只留有三张法定表格的工作表，另存后再试。",
    ),
    "text_too_long": (
        "FI05",
        "too-large",
        "报告的文字超过 10 万字，不是一份报告。",
        "请检查是否选错了文件，或混进了别的材料；只留报告本身，另存后再试。",
    ),
    "ofd": (
        "FI06",
        "unreadable-kind",
        "这是版式文件（.ofd，一般是盖章件），已收到，但不能读取数据。",
        _GIVE_SOURCE,
    ),
    "picture": (
        "FI06",
        "unreadable-kind",
        "这是图片（扫描件或截图），已收到，但不能读取数据。",
        _GIVE_SOURCE,
    ),
    "other_archive": (
        "FI06",
        "unreadable-kind",
        "这是 .rar、.7z 等格式的压缩包，已收到，但不能读取。",
        _UNPACK,
    ),
    "macro": ("FI08", "macro", "文件里有宏，为安全起见不予读取。", "请另存为不带宏的文件。"),
    "external_link": (
        "FI10",
        "external-link",
        "工作簿里有到其他文件的链接，为安全起见不予读取。",
        "请用 WPS 或 Excel 打开，在“数据—编辑链接”中断开链接，另存后再试。",
    ),
    "duplicate_member": (
        "FI09",
        "duplicate-member",
        "压缩结构异常（同一部分出现两次），为安全起见不予读取。",
        "请用 WPS、Excel 或 Word 打开核对后另存。",
    ),
}
"""Reason to code, name, message and what to do. Source: CHECKS.md, Files FI."""

REFUSALS = tuple(REASONS.values())
"""Every way to be refused: code, name, what it means, what to do."""
