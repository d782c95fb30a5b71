"""How a letter looks in Word and in a browser, before and after: what no picture of its PDF can show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import cache
from hashlib import sha256
from pathlib import PurePosixPath

from lxml import etree

from letters.machine.archive import NotAnArchive, read_members
from letters.machine.ooxml import WORDML
from letters.machine.xml import DeclaresType, NotXml, parsed_to_edit
from letters.review.compare.changes import Difference, LookChange
from letters.review.compare.content import LETTERHEAD, PICTURE, Content
from letters.review.groups.origins import bytes_of
from letters.workspace.looks.aspects import Aspect, value_said
from letters.workspace.looks.word_styles import NoStyles, WordStyles
from letters.workspace.source import Source

WORD, WEB, PAGES, EVERYWHERE = "Word", "HTML", "PDF and HTML", "PDF, Word and HTML"
_W = f"{{{WORDML}}}"
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
    for format, path, what in _told(one, folder, before, after):
        digests = (sha256(bytes_of(side, path)).hexdigest() for side in (before, after))
        yield LookChange(format, path, what, (next(digests), next(digests)))


def _told(one: Difference, folder: str, before: Source, after: Source) -> Iterator[tuple[str, str, str]]:
    """The form that looks otherwise, the file it comes from, and what is otherwise, for a person."""
    if what := _of_word(bytes_of(before, f"{folder}/styles.docx"), bytes_of(after, f"{folder}/styles.docx")):
        yield WORD, f"{folder}/styles.docx", what
    for format, path in _pictures(one):
        if bytes_of(before, path) != bytes_of(after, path):
            yield format, path, f"the picture {PurePosixPath(path).name}"
    css = f"{folder}/letter.css"
    if _rules(bytes_of(before, css)) != _rules(bytes_of(after, css)) and not one.layout:
        yield WEB if one.layout_compared else PAGES, css, "the style sheet letter.css"


def _fact(content: Content, name: str) -> str:
    return next((fact.value for fact in content.facts if fact.name == name), "")


def _pictures(one: Difference) -> Iterator[tuple[str, str]]:
    """The pictures that a letter shows, less those that its compared pages have shown, each with the forms it is in.

    In Word a drawing is the PNG beside it.
    """
    facts = one.after.facts if one.after else ()
    for path in dict.fromkeys(f"templates/{fact.value}" for fact in facts if fact.name == PICTURE):
        is_drawing = path.endswith(".svg")
        if not one.layout_compared:
            yield PAGES if is_drawing else EVERYWHERE, path
        if is_drawing:
            yield WORD, f"{path[:-4]}.png"


def _rules(css: bytes) -> bytes:
    """A style sheet without its remarks, and however its lines are broken."""
    return b" ".join(re.sub(rb"/\*.*?\*/", b" ", css, flags=re.DOTALL).split())


# -- Word


@cache
def _of_word(old: bytes, new: bytes) -> str:
    """What is otherwise in a file of Word styles; nothing where it was only saved again."""
    if old == new:
        return ""
    was, now = _looks(old), _looks(new)
    if not was or not now:
        return "styles.docx"
    changed = sorted(name for name in {**was, **now} if was.get(name) != now.get(name))
    more = f"; and {len(changed) - NAMED} more" if len(changed) > NAMED else ""
    said = _in_words(old, new, changed[:NAMED])
    return f"styles.docx: {'; '.join(said)}{more}" if changed else ""


def _in_words(old: bytes, new: bytes, changed: Sequence[str]) -> list[str]:
    """What is otherwise in each style, such as `Heading 1: colour black → #1d3c6e`."""
    try:
        before, after = WordStyles(old), WordStyles(new)
    except NoStyles:
        return list(changed)
    said = []
    for name in changed:
        was, now = _aspects(before, name), _aspects(after, name)
        values = [f"{what} {was[what]} → {now[what]}" for what in was if what in now and was[what] != now[what]]
        said.append(f"{name}: {', '.join(values)}" if values else name)
    return said


def _aspects(styles: WordStyles, name: str) -> dict[str, str]:
    """How a style looks, in words: those of the paper and of all text go by these names."""
    if name == _PAPER:
        return {f"{side} margin": value_said(Aspect.LEFT, points) for side, points in styles.margins().items()}
    style = "Normal" if name == _ALL_TEXT else name
    if style not in styles:
        return {}
    if styles.kind(style) == "table":
        return {_RULES.get(what, what): str(value) for what, value in styles.table_look(style).items()}
    is_word = styles.kind(style) == "character"
    look = styles.character_look(style, "Normal") if is_word else styles.look(style)
    said = {str(aspect): value_said(aspect, value) for aspect, value in look.items()}
    switches = {str(aspect): str(look[aspect]) for aspect in (Aspect.BOLD, Aspect.ITALIC, Aspect.UNDERLINE)}
    return {**said, **switches, str(Aspect.FACE): styles.typeface(style)}


def _looks(data: bytes) -> dict[str, bytes]:
    """All in a Word file that says how letters look, by what people call it; nothing if it cannot be read.

    Not in it: the text that shows the styles, and what programs write for themselves as they save.
    """
    try:
        members = read_members(data)
        styles = parsed_to_edit(members["word/styles.xml"])
        sections = [*parsed_to_edit(members["word/document.xml"]).iter(f"{_W}sectPr")]
        parts = {name: _canonical(parsed_to_edit(members[path])) for path, name in _PARTS.items() if path in members}
    except (NotAnArchive, KeyError, NotXml, DeclaresType):
        return {}
    named = {_name(style): _canonical(style) for style in styles.iterfind(f"{_W}style")}
    defaults = [_canonical(one) for one in styles.iterfind(f"{_W}docDefaults")]
    pages = [_canonical(child) for section in sections[-1:] for child in section if child.tag in _OF_PAGES]
    return {**named, **parts, _ALL_TEXT: b"".join(defaults), _PAPER: b"".join(pages)}


_ALL_TEXT, _PAPER = "all text", "the paper and its margins"
#: What people call the rules of a table.
_RULES = {
    **{side: f"rule at the {side}" for side in ("top", "bottom", "left", "right")},
    "insideH": "rule between rows",
    "insideV": "rule between columns",
    "room left": "room at the left of cells",
    "room right": "room at the right of cells",
}


_PARTS = {"word/numbering.xml": "the numbers of lists", "word/theme/theme1.xml": "the theme"}
_OF_PAGES = {f"{_W}{name}" for name in ("pgSz", "pgMar", "cols", "pgBorders")}


def _canonical(element: etree._Element) -> bytes:
    """The same bytes for what says the same, without the marks by which Word tells its sessions."""
    copy = deepcopy(element)
    for one in copy.iter(etree.Element):
        for name in [name for name in one.attrib if _SESSION.search(str(name))]:
            del one.attrib[name]
    for one in [one for one in copy.iter(etree.Element) if etree.QName(one).localname in ("rsid", "nsid", "tmpl")]:
        if (parent := one.getparent()) is not None:
            parent.remove(one)
    return etree.tostring(copy, method="c14n", exclusive=True, with_tail=False)


_SESSION = re.compile(r"\}(?:rsid\w*|paraId|textId|restartNumberingAfterBreak|durableId)$")


def _name(style: etree._Element) -> str:
    name = style.find(f"{_W}name")
    said = name.get(f"{_W}val", "") if name is not None else ""
    return said[:1].upper() + said[1:]
