"""A letter as one accessible web page that needs nothing else: style and pictures are inside."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from functools import cache, partial
from html import escape
from importlib.resources import files

from letters.letter import CannotRender, HouseStyle, Letter
from letters.letter.pictures import image
from letters.render import markup

#: Nothing may be fetched or run; style and pictures come from the page itself.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def render(letter: Letter, style: HouseStyle) -> bytes:
    """The letter as an HTML page in UTF-8; raises CannotRender where a picture or the style sheet cannot be used."""
    paper = markup.Paper(style.pictures, partial(_data_address, style.pictures), narrow=True)
    head = markup.letterhead_parts(letter)
    rest = letter.parts[len(head) :]
    return f"""<!DOCTYPE html>
<html lang="{escape(letter.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY, quote=False)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="author" content="{escape(letter.author)}">
<title>{escape(letter.title)}</title>
<style>
{_base_css()}</style>
<style>
{_inline(style.css)}</style>
</head>
<body>
<main class="letter">
{_stage_mark(letter)}<header>
{markup.parts(head, paper)}
</header>
{markup.parts(rest, paper)}
</main>
</body>
</html>
""".encode()


def _stage_mark(letter: Letter) -> str:
    if letter.stage_mark is None:
        return ""
    return f'<p role="note" class="stage-mark">{markup.stage_mark(letter)}</p>\n'


@cache
def _base_css() -> str:
    return (files("letters.render") / "html.css").read_text("utf-8")


def _inline(css: str) -> str:
    """A style sheet as it may stand in a page, where no escaping exists."""
    if "</style" in css.lower():
        raise CannotRender("the style sheet of the letterhead contains '</style', which would end it inside a page")
    return css


def _data_address(pictures: Mapping[str, bytes], path: str) -> str:
    found = image(path, markup.picture_bytes(pictures, path))
    return f"data:{found.media_type};base64,{b64encode(found.data).decode('ascii')}"
