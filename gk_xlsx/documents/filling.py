"""Word templates and what is put into them: docxtpl behind one door."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from docx.document import Document
from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import TemplateError, TemplateSyntaxError
from lxml.etree import LxmlError

from gk_xlsx.documents.figures import FigureError
from gk_xlsx.documents.sandbox import RefusedTagError, TemplateEnvironment
from gk_xlsx.documents.wordxml import repack
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.markdown import clean


@dataclass(frozen=True, slots=True)
class Properties:
    """What a finished document says of itself.

    Attributes:
        title: a line break in it is dropped.
        author: the body that issues it.
        year: it counts as made on 1 January of that year, so that its bytes stay the same.
    """

    title: str
    author: str
    year: int


_PROPERTY = 255
"""Characters of a property; the document itself holds all of a longer text. Source: python-docx."""


def opened(template: bytes, sample: str) -> DocxTemplate:
    """A template, ready to be filled.

    Args:
        template: the content of a .docx file.
        sample: the name of the template that comes with the program.

    Raises:
        GkXlsxError: if it is no Word document or holds no tags.
    """
    try:
        document = DocxTemplate(io.BytesIO(template))
        document.init_docx()
        has_tags = "{{" in document.get_xml()
    except (OpcError, LxmlError, zipfile.BadZipFile, KeyError, ValueError):
        raise GkXlsxError("模板不是 Word 文档（.docx），请用 Word 另存为 .docx 后再试。") from None
    if not has_tags:
        raise GkXlsxError(f"模板里没有 {{{{ … }}}} 标记，请从随附的 {sample} 改起。")
    return document


def filled(
    document: DocxTemplate, context: Mapping[str, object], properties: Properties, sample: str
) -> bytes:
    """The finished document; the same arguments give the same bytes.

    Raises:
        GkXlsxError: if the template has unknown or broken tags.
    """
    _fill(document, context, sample)
    _set_properties(document.docx, properties)
    buffer = io.BytesIO()
    document.save(buffer)
    return repack(buffer.getvalue())


def _fill(document: DocxTemplate, context: Mapping[str, object], sample: str) -> None:
    try:
        document.render(context, TemplateEnvironment())
    except FigureError as error:
        raise GkXlsxError(f"模板里的标记不能用：{error}") from None
    except RefusedTagError as error:
        raise GkXlsxError(f"{error.message}；请从随附的 {sample} 改起。") from None
    except TemplateSyntaxError:
        raise GkXlsxError(
            "模板里有写错的标记：括号、花括号和百分号要成对，if、for、macro 要有结束。"
            f"可用的标记见随附的 {sample}。"
        ) from None
    except TemplateError as error:
        raise GkXlsxError(
            f"模板里有不认识的标记“{error.message}”，请改正或删去；可用的标记见随附的 {sample}。"
        ) from None
    except _USELESS as error:
        raise GkXlsxError(f"模板不能用：{_why(error)}。请从随附的 {sample} 改起。") from error


def _why(error: Exception) -> str:
    """Why a template cannot be filled; Python and the libraries say it in English."""
    if isinstance(error, (ArithmeticError, NameError)):  # Jinja compiles 1e999 as `inf`
        return "标记里的算式除数是 0，或结果太大"
    if isinstance(error, (TypeError, ValueError)):
        return "标记里的算式算不出来，数字只能与数字一起计算"
    if isinstance(error, (RecursionError, SyntaxError)):
        return "标记或括号套得太多"
    return "里面缺少内容，或已损坏"


_USELESS = (
    *(ArithmeticError, TypeError, ValueError, RecursionError, SyntaxError),
    *(OpcError, LxmlError, AttributeError, KeyError, NameError),
)
"""What computing with texts, endlessly nested tags and documents with missing parts raise."""


def _set_properties(document: Document, given: Properties) -> None:
    """Replace whatever the template carried; docxtpl escapes properties twice, so after it."""
    properties = document.core_properties
    moment = datetime.datetime(given.year, 1, 1, tzinfo=datetime.UTC)
    properties.title = clean(given.title).replace("\n", "")[:_PROPERTY]
    properties.author = properties.last_modified_by = clean(given.author)[:_PROPERTY]
    properties.created = properties.modified = moment
    properties.language = "zh-CN"
    properties.revision = 1
    properties.comments = properties.keywords = properties.subject = properties.category = ""
