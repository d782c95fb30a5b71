"""How a letter looks in Word and in a browser, before and after: what no picture of its PDF can show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import PurePosixPath

from lxml import etree

from letters.members import NotAnArchive, read_members
from letters.review.changes import Difference, LookChange
from letters.review.content import LETTERHEAD, PICTURE, Content
from letters.review.origins import bytes_of
from letters.source import Source

WORD, WEB, PAGES = "Word", "HTML", "PDF and HTML"
_STYLES = "word/styles.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: So many styles are named.
NAMED = 8


def look_changes(one: Difference, before: Source, after: Source) -> Iterator[LookChange]:
    """What of the look of a letter is different; none where it has another letterhead, which is told as such.

    `before`, `after`: the files that it was composed from. A change of its style sheet that its pages show is told as
    one of layout, and not here.
    """
    if one.before is None or one.after is None:
        return
    letterhead = _fact(one.after, LETTERHEAD)
    if letterhead != _fact(one.before, LETTERHEAD):
        return
    folder = f"templates/letterheads/{letterhead}"
    for form, path, what in _told(one, folder, before, after):
        digests = (sha256(bytes_of(side, path)).hexdigest() for side in (before, after))
        yield LookChange(form, path, what, (next(digests), next(digests)))


def _told(one: Difference, folder: str, before: Source, after: Source) -> Iterator[tuple[str, str, str]]:
    """The form that looks otherwise, the file it comes from, and what is otherwise, for a person."""
    if what := _of_word(bytes_of(before, f"{folder}/styles.docx"), bytes_of(after, f"{folder}/styles.docx")):
        yield WORD, f"{folder}/styles.docx", what
    for path in _pictures_of_word(one):
        if bytes_of(before, path) != bytes_of(after, path):
            yield WORD, path, f"the picture {PurePosixPath(path).name}"
    css = f"{folder}/letter.css"
    if _rules(bytes_of(before, css)) != _rules(bytes_of(after, css)) and not one.layout:
        yield WEB if one.layout_compared else PAGES, css, "the style sheet letter.css"


def _fact(content: Content, name: str) -> str:
    return next((fact.value for fact in content.facts if fact.name == name), "")


def _pictures_of_word(one: Difference) -> list[str]:
    """The pictures that its Word file shows: of a drawing the PNG beside it."""
    facts = one.after.facts if one.after else ()
    paths = (fact.value for fact in facts if fact.name == PICTURE)
    return [f"templates/{path[:-4]}.png" for path in dict.fromkeys(paths) if path.endswith(".svg")]


def _rules(css: bytes) -> bytes:
    """A style sheet without its remarks, and however its lines are broken."""
    return b" ".join(re.sub(rb"/\*.*?\*/", b" ", css, flags=re.DOTALL).split())


# -- Word


@cache
def _of_word(old: bytes, new: bytes) -> str:
    """What is otherwise in a file of Word styles; nothing where it was only saved again."""
    if old == new:
        return ""
    was, now = _members(old), _members(new)
    if was and was == now:
        return ""
    styles = sorted(
        name for name in {**_styles(was), **_styles(now)} if _styles(was).get(name) != _styles(now).get(name)
    )
    more = f" and {len(styles) - NAMED} more" if len(styles) > NAMED else ""
    return f"styles.docx: {', '.join(styles[:NAMED])}{more}" if styles else "styles.docx"


def _members(data: bytes) -> dict[str, bytes]:
    """The members of a Word file that may have to do with how it looks; none if it cannot be read."""
    try:
        found = read_members(data)
    except NotAnArchive:
        return {}
    return {
        name: member for name, member in found.items() if not name.startswith(("docProps/", "_rels/", "customXml/"))
    }


def _styles(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """The styles by their names in Word, and what holds for all of them."""
    try:
        root = etree.fromstring(
            members.get(_STYLES, b""), etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        )
    except etree.XMLSyntaxError:
        return {}
    named = {_name(style): style for style in root.iterfind(f"{_W}style")}
    if (defaults := root.find(f"{_W}docDefaults")) is not None:
        named["what holds for all text"] = defaults
    return {name: etree.tostring(style, method="c14n", with_tail=False) for name, style in named.items()}


def _name(style: etree._Element) -> str:
    name = style.find(f"{_W}name")
    said = name.get(f"{_W}val", "") if name is not None else ""
    return said[:1].upper() + said[1:]
