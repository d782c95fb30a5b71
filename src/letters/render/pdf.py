"""A letter as an accessible PDF: PDF/UA-1 and PDF/A-2a in one file, the same bytes for the same letter."""

from __future__ import annotations

import ctypes.util
import logging
import os
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, partial
from hashlib import sha256
from html import escape
from importlib.resources import as_file, files
from typing import Any

from letters.letter import Block, CannotRender, Heading, HouseStyle, Letter, Paragraph, Part
from letters.letter.pictures import image
from letters.machine import text_libraries
from letters.machine.surroundings import clear_environment
from letters.render import markup
from letters.render.pdf_finish import finish
from letters.render.pdf_margins import grown_margins
from letters.render.weasyprint_inside import Box, Page, characters_lacking, note_when_painted, root_of
from letters.workspace.looks.sheet import for_paper


@contextmanager
def _no_search_for_libraries() -> Iterator[None]:
    """Keep ctypes from searching while WeasyPrint is imported on Linux.

    WeasyPrint tries the names that its libraries have on Windows and macOS before those they have on Linux, and for
    each name that is not there ctypes starts ldconfig and a compiler: 0.2 s. The names for Linux need no search.
    """
    if sys.platform != "linux":
        yield
        return
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None  # noqa: ARG005
    try:
        yield
    finally:
        ctypes.util.find_library = search


@contextmanager
def _no_system_fonts() -> Iterator[None]:
    """Show fontconfig no fonts, so that a letter looks the same on every machine; WeasyPrint warns of their lack."""
    name = "FONTCONFIG_FILE"
    before = os.environ.get(name)
    with as_file(files("letters.render") / "fonts.conf") as empty, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        os.environ[name] = str(empty)
        try:
            yield
        finally:
            if before is None:
                del os.environ[name]
            else:
                os.environ[name] = before


clear_environment()
text_libraries.prepare()
with _no_search_for_libraries(), _no_system_fonts():
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse


def render(letter: Letter, style: HouseStyle) -> bytes:
    """The letter as a PDF; raises CannotRender where the result would not be what the letter says."""
    press = set_up()
    with _complaints_are_errors():
        html = weasyprint.HTML(string=_page(letter, style), url_fetcher=partial(_fetch, style.pictures))
        sheets = [press.css, _letterhead_css(style.css)]
        document = html.render(font_config=press.fonts, stylesheets=sheets, cache=press.images, **_OPTIONS)
        if grown := grown_margins(document.pages):
            sheets.append(weasyprint.CSS(string=grown))
            document = html.render(font_config=press.fonts, stylesheets=sheets, cache=press.images, **_OPTIONS)
        return _write(document, root_of(html))


_OPTIONS: dict[str, Any] = {"pdf_variant": "pdf/a-2a", "full_fonts": True}
_ATTEMPTS = 9
#: The bundled fonts; by no other name is a font read, whatever a style sheet asks for.
_FONTS = frozenset(f"LettersSans-{cut}.ttf" for cut in ("Regular", "Bold", "Italic", "BoldItalic"))


@dataclass(frozen=True)
class Press:
    """What all letters share."""

    fonts: FontConfiguration
    css: weasyprint.CSS
    images: dict[str, Any] = field(default_factory=dict)


@cache
def set_up() -> Press:
    """Load fonts and the base style sheet once; call it before forking workers, and they share it."""
    with _no_system_fonts():
        fonts = FontConfiguration()
    css = (files("letters.render") / "pdf.css").read_text("utf-8")
    with _complaints_are_errors():
        return Press(fonts, weasyprint.CSS(string=css, font_config=fonts, url_fetcher=partial(_fetch, {})))


def _letterhead_css(css: str) -> weasyprint.CSS:
    """The parsed sheet. Raises CannotRender for every letter that asks for it, also where it was parsed before."""
    sheet, complaint = _parsed(css)
    if complaint:
        raise CannotRender(complaint)
    return sheet


@cache
def _parsed(css: str) -> tuple[weasyprint.CSS, str]:
    """A sheet, and what WeasyPrint complains of in it, which it says only while it parses."""
    try:
        with _complaints_are_errors():
            return weasyprint.CSS(
                string=for_paper(css), font_config=set_up().fonts, url_fetcher=partial(_fetch, {})
            ), ""
    except CannotRender as error:
        return None, str(error)


def _page(letter: Letter, style: HouseStyle) -> str:
    foot, *others = (f'<div class="foot">{"<br>".join(escape(one).splitlines())}</div>' for one in letter.feet)
    paper = markup.Paper(style.pictures, partial(_picture_address, style.pictures), foot="".join(others))
    repeated = tuple(_as_furniture(part) for part in letter.parts if part.every_page)
    mark = f'<div class="stage"><p class="stage-mark">{markup.stage_mark(letter)}</p></div>'
    return f"""<!DOCTYPE html>
<html lang="{escape(letter.language)}"><head><meta charset="utf-8"><title>{escape(letter.title)}</title>
<meta name="author" content="{escape(letter.author)}"></head>
<body><main class="letter{" repeating" if repeated else ""}">
<div class="first-head">{mark}</div>
<div class="head">{mark}{markup.parts(repeated, paper)}</div>
{foot}
{markup.parts(letter.parts, paper)}
</main></body></html>"""


def _as_furniture(part: Part) -> Part:
    """The part without links, which a reader could not reach outside the tag tree."""
    return replace(part, blocks=tuple(map(_without_links, part.blocks)))


def _without_links(block: Block) -> Block:
    match block:
        case Paragraph(runs) | Heading(_, runs):
            return replace(block, runs=tuple(replace(run, href=None) for run in runs))
        case _:
            return block


def _picture_address(pictures: Mapping[str, bytes], path: str) -> str:
    """An address that names the content too, since images are kept from letter to letter by address."""
    return f"picture:{sha256(markup.picture_bytes(pictures, path)).hexdigest()}/{path}"


def _fetch(pictures: Mapping[str, bytes], url: str) -> URLFetcherResponse:
    """What WeasyPrint may have: the bundled fonts and the pictures of the letter. No network, no file."""
    scheme, _, path = url.partition(":")
    if scheme == "font" and path in _FONTS:
        font = (files("letters.render") / "fonts" / path).read_bytes()
        return URLFetcherResponse(url, font, {"Content-Type": "font/ttf"})
    picture = path.partition("/")[2]
    if scheme == "picture" and picture in pictures:
        found = image(picture, pictures[picture])
        return URLFetcherResponse(url, found.data, {"Content-Type": found.media_type})
    # Only this error stops the rendering: WeasyPrint makes a log record of any other and goes on.
    raise FatalURLFetchingError(f"{url} may not be read: a letter uses its own pictures and the bundled fonts only")


@contextmanager
def _complaints_are_errors() -> Iterator[None]:
    """Raise CannotRender if WeasyPrint complains of anything: it would go on without what it complains of."""
    complaints = _Complaints()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(complaints)
    try:
        yield
    except FatalURLFetchingError as error:
        raise CannotRender(str(error)) from None
    finally:
        logger.removeHandler(complaints)
    if complaints.said:
        raise CannotRender("WeasyPrint says: " + "; ".join(complaints.said))


class _Complaints(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def _write(document: Any, root: Any) -> bytes:
    """The finished PDF, without a stream whose last byte is a carriage return.

    With the line feed that follows, that would pass for an end of line of two bytes, and the stream for one byte
    shorter than it says: ISO 19005-2, 6.1.7.1. One letter in fifty has one; a little padding gives it other bytes.
    """
    pages: list[Page] = []
    for page in document.pages:
        page.links = [link for link in page.links if Box(link[3]).name == "a"]  # and none again for its emphasis
        note_when_painted(page, pages)
    pdf = b""
    for padding in range(_ATTEMPTS):
        pages.clear()
        with warnings.catch_warnings():
            # WeasyPrint leaves it to Python to close the file of its colour profile.
            warnings.simplefilter("ignore", ResourceWarning)
            pdf = document.write_pdf(finisher=partial(_finish, root, pages, padding), **_OPTIONS)
        if b"\r\nendstream" not in pdf:
            break
    return pdf


def _finish(root: Any, pages: list[Page], padding: int, document: Any, pdf: Any) -> None:
    if lacking := characters_lacking(document):
        named = " ".join(f"{chr(code)} (U+{code:04X})" for code in lacking)
        raise CannotRender(f"the bundled font has no {named}")
    finish(pdf, root, pages, padding)
