"""PDFs that go in circles, grow, or are shut."""

from __future__ import annotations

import zlib

from tests.hostile.listed import FOUND, each

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>"


def pdf(objects: dict[int, bytes], more: bytes = b"") -> bytes:
    """A PDF of these objects, with a true table of where they stand."""
    body, places = b"%PDF-1.7\n", {}
    for number, content in objects.items():
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start, size = len(body), max(objects) + 1
    lines = [
        b"%010d 00000 n \n" % places[at] if at in places else b"0000000000 65535 f \n"
        for at in range(size)
    ]
    body += b"xref\n0 %d\n" % size + b"".join(lines)
    return body + b"trailer<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        more,
        start,
    )


def stream(content: bytes, filters: bytes = b"", more: bytes = b"") -> bytes:
    """A stream object."""
    named = b"/Filter" + filters if filters else b""
    return b"<<%s%s/Length %d>>stream\n%s\nendstream" % (named, more, len(content), content)


def shown(content: bytes) -> bytes:
    """A page that draws something."""
    return pdf({1: CATALOG, 2: PAGES, 3: PAGE, 4: content})


def _pages(pages: bytes, page: bytes = PAGE) -> bytes:
    return pdf({1: CATALOG, 2: pages, 3: page, 4: stream(b"")})


def _packed(content: bytes, times: int) -> bytes:
    for _ in range(times):
        content = zlib.compress(content, 9)
    return stream(content, b"[" + b"/FlateDecode" * times + b"]")


def _xref_loop() -> bytes:
    data = _pages(PAGES)
    at = data.rindex(b"\nxref\n") + 1
    return data.replace(b"/Size", b"/Prev %d/Size" % at)


def _form_loop() -> bytes:
    page = PAGE.replace(b"/Resources<<>>", b"/Resources<</XObject<</A 5 0 R>>>>")
    form = stream(
        b"/A Do /A Do", b"", b"/Type/XObject/Subtype/Form/Resources<</XObject<</A 5 0 R>>>>"
    )
    return pdf({1: CATALOG, 2: PAGES, 3: page, 4: stream(b"/A Do"), 5: form})


def _lines(count: int) -> bytes:
    drawn = b"".join(b"%d 0 m %d 800 l S " % (at % 590, at % 590) for at in range(count))
    return shown(_packed(drawn, 1))


def _grid(count: int) -> bytes:
    drawn = b"".join(
        b"%d.%d 0 m %d.%d 800 l S 0 %d.%d m 590 %d.%d l S "
        % (*divmod(at, 10), *divmod(at, 10), *divmod(at, 10), *divmod(at, 10))
        for at in range(count)
    )
    return shown(_packed(drawn, 1))


each(
    FOUND,
    {
        "kids-self.pdf": lambda: _pages(b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"),
        "kids-circle.pdf": lambda: _pages(PAGES, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"),
        "count-huge.pdf": lambda: _pages(b"<</Type/Pages/Kids[3 0 R]/Count 2147483647>>"),
        "kids-many.pdf": lambda: _pages(
            b"<</Type/Pages/Kids[" + b"3 0 R " * 300_000 + b"]/Count 300000>>"
        ),
        "parent-circle.pdf": lambda: _pages(
            b"<</Type/Pages/Parent 2 0 R/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Parent 2 0 R>>"
        ),
        "xref-loop.pdf": _xref_loop,
        "xref-outside.pdf": lambda: _pages(PAGES).replace(b"startxref\n", b"startxref\n9999"),
        "root-missing.pdf": lambda: _pages(PAGES).replace(b"/Root 1 0 R", b"/Root 9 0 R"),
        "length-refers-to-itself.pdf": lambda: shown(b"<</Length 4 0 R>>stream\nBT ET\nendstream"),
        "filters-chain.pdf": lambda: shown(_packed(bytes(200 * 2**20), 2)),
        "filters-many.pdf": lambda: shown(_packed(b"BT ET", 200)),
        "stream-broken.pdf": lambda: shown(stream(b"\x78\x9c" + b"\xff" * 900, b"/FlateDecode")),
        "stream-nested.pdf": lambda: shown(_packed(b"[" * 3_000_000, 1)),
        "states-saved.pdf": lambda: shown(_packed(b"q " * 2_000_000, 1)),
        "form-loop.pdf": _form_loop,
        "lines.pdf": lambda: _lines(200_000),
        "grid.pdf": lambda: _grid(5000),
        "dictionary-deep.pdf": lambda: _pages(PAGES, b"<</A" * 50_000 + b">>" * 50_000),
        "javascript.pdf": lambda: pdf(
            {
                1: b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>",
                2: PAGES,
                3: PAGE,
                4: stream(b""),
            }
        ),
        "encrypted.pdf": lambda: pdf(
            {1: CATALOG, 2: PAGES, 3: PAGE, 4: stream(b"")},
            b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(%s)/U(%s)>>/ID[(a)(a)]"
            % (b"a" * 32, b"b" * 32),
        ),
        "cut.pdf": lambda: _pages(PAGES)[:200],
        "header-only.pdf": lambda: b"%PDF-1.7\n" * 9000,
    },
)
