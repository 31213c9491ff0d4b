"""Texts and templates that mean harm: every run ends soon, and nothing foreign is read."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterator

import pytest

from gk_xlsx.documents.docx import render_docx
from gk_xlsx.documents.figures import figures_of
from gk_xlsx.documents.narrative import TextBlock, TextSource, render
from gk_xlsx.documents.sandbox import RefusedTagError, TemplateEnvironment
from gk_xlsx.documents.template import build_template
from gk_xlsx.errors import GkXlsxError, NarrativeError
from gk_xlsx.markdown import Paragraph, PictureLine, blocks
from gk_xlsx.resources import form
from tests.made import clean_report

FORM = form("2021")
REPORT = clean_report()
TEXT_BOMBS = {
    "round to the left": "{{ 3|round(-1000000000) }}",
    "round to the right": "{{ 3|round(1000000000, 'ceil') }}",
    "text times number": "{{ 'a' * 1000000000 }}",
    "number times text": "{{ 1000000000 * 'a' }}",
    "power": "{{ 9 ** 9 ** 9 }}",
    "long product": "{{ " + "*".join(["9" * 4000] * 50) + " }}",
    "brackets": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "signs": "{{ " + "-" * 50_000 + "1 }}",
    "sum": "{{ " + "+".join(["1"] * 20_000) + " }}",
    "filters": "{{ 1" + "|abs" * 20_000 + " }}",
    "names": "{{ 三" + ".新收" * 20_000 + " }}",
    "conditions": "{% if 1 %}" * 2000 + "x" + "{% endif %}" * 2000,
    "indented too far": "{% if 1 %}" * 120 + "x" + "{% endif %}" * 120,
    "alternatives": "{{ " + "1 if 1 else " * 20_000 + "1 }}",
    "open": "{{ " * 20_000,
    "comment": "{#" * 10_000,
    "class": "{{ ''.__class__ }}",
    "globals": "{{ self._TemplateReference__context }}",
    "range": "{{ range(1000000000) }}",
    "method": "{{ 单位.center(1000000000) }}",
    "loop": "{% for a in 单位 %}{{ a }}{% endfor %}",
    "assignment": "{% set a = 'x' %}{{ a }}",
    "import": "{% import 'os' as os %}",
    "include": "{% include '/etc/passwd' %}",
    "macro": "{% macro a() %}{% endmacro %}{{ a() }}",
    "format": "{{ '%1000000000d' % 1 }}",
}


@pytest.mark.parametrize("name", TEXT_BOMBS)
def test_a_text_that_means_harm_is_told_with_its_place(name: str) -> None:
    start = time.monotonic()
    with pytest.raises(NarrativeError, match=r"稿\.md 第1行：") as caught:
        render({"overview": TextSource("稿.md", TEXT_BOMBS[name])}, figures_of(REPORT, FORM))
    assert time.monotonic() - start < 10
    assert len(caught.value.problems) >= 1


def test_figures_can_be_rounded_within_reason() -> None:
    text = "{{ (三.新收.总计 / 7)|round(2) }} {{ 3.5|round }} {{ 1234|round(-2) }}"
    (paragraph,) = render({"overview": TextSource("", text)}, figures_of(REPORT, FORM))["overview"]
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == "2073 4.0 1200"


# -- templates -----------------------------------------------------------------------------


def with_body(body: str) -> bytes:
    """The packaged template with other content in its first paragraph."""
    with zipfile.ZipFile(io.BytesIO(build_template(FORM))) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    text = f"<w:p><w:r><w:t>{body}</w:t></w:r></w:p>"
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"<w:body>", f"<w:body>{text}".encode()
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return buffer.getvalue()


def loops(number: int, body: str = "x") -> str:
    return (
        "".join(f"{{% for a{place} in texts.overview %}}" for place in range(number))
        + body
        + "{% endfor %}" * number
    )


def doubling() -> Iterator[str]:
    yield "{% set a0 = 'xxxxxxxx' %}"
    for number in range(60):
        yield f"{{% set a{number + 1} = a{number} ~ a{number} %}}"
    yield "{{ a60 }}"


def laughing() -> Iterator[str]:
    yield "{% macro m0() %}ha{% endmacro %}"
    for number in range(40):
        inner = f"{{{{ m{number}() }}}}" * 2
        yield f"{{% macro m{number + 1}() %}}{inner}{{% endmacro %}}"
    yield "{{ m40() }}"


TEMPLATE_BOMBS = {
    "loops within loops": loops(6),
    "silent loops": loops(8, ""),
    "doubling": "".join(doubling()),
    "macros of macros": "".join(laughing()),
    "a macro of its own text": "{% macro m(t) %}{% for c in t %}xxxxxxxx{% endfor %}{% endmacro %}"
    + "{{ m(" * 12
    + "title"
    + ") }}" * 1
    + ")" * 11,
    "recursion": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "text times number": "{{ 'a' * 1000000000 }}",
    "range": "{% for a in range(1000000000) %}x{% endfor %}",
    "class": "{{ ''.__class__.__mro__ }}",
    "through a filter": "{{ title|attr('__class__') }}",
    "globals": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "format": "{{ '%1000000000d' % 1 }}",
    "method": "{{ title.center(1000000000) }}",
    "filter": "{{ title|center(1000000000) }}",
    "replace": "{{ title|replace('', 'xxxxxxxxxx') }}",
    "include": "{% include '/etc/passwd' %}",
    "import": "{% import 'os' as os %}",
    "extends": "{% extends '/etc/passwd' %}",
    "raw markup": "{{ title|safe }}",
    "round": "{{ 3|round(-1000000000) }}",
    "brackets": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "conditions": "{% if 1 %}" * 500 + "x" + "{% endif %}" * 500,
    "text plus number": "{{ title + 1 }}",
    "by zero": "{{ 1 / 0 }}",
    "open": "{{ title",
    "no end": "{% if title %}",
    "a table without a grid": "</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    "<w:p><w:r><w:t>{{ title }}",
}


def told(text: str) -> tuple[TextBlock, ...]:
    """A text without pictures, as the renderer takes it."""
    return tuple(block for block in blocks(text) if not isinstance(block, PictureLine))


@pytest.mark.parametrize("name", TEMPLATE_BOMBS)
def test_a_template_that_means_harm_is_refused(name: str) -> None:
    text = {"overview": told("\n\n".join(["全年发布信息九条。"] * 300))}
    start = time.monotonic()
    with pytest.raises(GkXlsxError, match="模板") as caught:
        render_docx(REPORT, FORM, text, template=with_body(TEMPLATE_BOMBS[name]))
    assert time.monotonic() - start < 20
    assert "随附" in str(caught.value) or "可用" in str(caught.value)


@pytest.mark.parametrize("name", ["open", "brackets"])
def test_a_broken_template_is_told_whatever_the_text_holds(name: str) -> None:
    table = {"overview": told("| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |")}
    with pytest.raises(GkXlsxError, match="模板"):
        render_docx(REPORT, FORM, table, template=with_body(TEMPLATE_BOMBS[name]))


@pytest.mark.parametrize(
    "body",
    [
        loops(2),
        "{{ title|default('无')|trim }}",
        "{% if signed_date is defined and signed_by %}{{ signed_by }}{% endif %}",
        "{% for block in texts.overview %}{{ loop.index }}{% endfor %}",
        "{# 注 #}{{ (三.新收.总计 / 7)|round(2) }}",
    ],
)
def test_what_an_office_may_want_goes(body: str) -> None:
    text = {"overview": told("一条。\n\n二条。")}
    assert render_docx(REPORT, FORM, text, template=with_body(body))


def test_what_comes_out_is_never_too_large() -> None:
    template = TemplateEnvironment().from_string(loops(2, "x" * 1_000_000))
    with pytest.raises(RefusedTagError, match="太多"):
        template.render(texts={"overview": range(1000)})
