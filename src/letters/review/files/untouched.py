"""Whether a Word file that a program saved again is still what it was: no word, no look and no construct is different.

The reader that compares letters tells words, formatting and hidden facts; `looks` adds what it does not look at.
Whatever is in doubt counts as an edit: then a file is kept that could have been replaced, and no work is lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from letters.letter import LetterKey
from letters.machine.archive import read_members
from letters.readback.docx import Package, W, open_package, targets
from letters.review.compare import content as known
from letters.review.compare.changes import FactChange
from letters.review.compare.letters import difference
from letters.review.files.apart import apart
from letters.review.files.docx import content_of_docx
from letters.review.files.word_looks import looks_the_same

#: In seconds: a letter takes a tenth of one.
MOST_TIME = 10.0

#: Members that programs add as they save, and in which nothing is said, or what the readers look at.
_OF_PROGRAMS = re.compile(
    r"\[Content_Types\]\.xml|.*\.rels|docProps/.*|customXml/.*|docMetadata/.*|.*/|word/theme/.*|word/media/.*"
    r"|word/(document|header\d*|footer\d*|settings|webSettings|fontTable|styles|stylesWithEffects|numbering"
    r"|footnotes|endnotes|people|commentsIds|commentsExtended|commentsExtensible)\.xml"
)
#: What programs put into a text as they save, and nobody sees.
_UNSEEN = frozenset(
    f"{W}{name}" for name in "r t fldChar proofErr bookmarkStart bookmarkEnd lastRenderedPageBreak".split()
)
#: What only says how something is set: the looks are compared.
_SETTING = re.compile(re.escape(W) + r"(\w+Pr|tblGrid|\w+Reference)")
#: Words and looks that somebody put forward, or spoke about.
_TRACKED = re.compile(
    re.escape(W)
    + r"(ins|del|moveFrom|moveTo|cellIns|cellDel|cellMerge|numberingChange|\w+PrChange|tblGridChange|comment\w+"
    + r"|move\w+Range\w+|customXml(Ins|Del|Move)\w+)"
)
#: Page numbers and the like, which programs write in two ways.
_FIELDS = frozenset({f"{W}fldSimple", f"{W}instrText"})
_DRAWN = frozenset(f"{W}{name}" for name in ("drawing", "pict", "object"))
_NOTES = frozenset({f"{W}footnote", f"{W}endnote"})
_STORIES = ("header", "footer", "footnotes", "endnotes")


def is_same_document(before: bytes, after: bytes) -> bool:
    """Whether `after` says and shows what `before` does, without a comment or a tracked change.

    Read in a process of its own: the file may be broken, or made to do harm.
    """
    try:
        return apart(_is_same, before, after, most_time=MOST_TIME)
    except Exception:
        # Whatever a reader stumbles over, it is not what we made.
        return False


def _is_same(before: bytes, after: bytes) -> bool:
    members = read_members(before), read_members(after)
    old, new = (open_package(one) for one in members)
    return (
        all(_OF_PROGRAMS.fullmatch(name) or name in members[0] for name in members[1])
        and _constructs(old) == _constructs(new)
        and _reads_the_same(before, after)
        and looks_the_same(old, new)
    )


def _reads_the_same(before: bytes, after: bytes) -> bool:
    found = difference(LetterKey("", ""), content_of_docx("", before), content_of_docx("", after))
    return not (found.words or found.formatting or found.not_compared or any(map(_tells, found.facts)))


def _tells(fact: FactChange) -> bool:
    """Whether a fact is another; programs write `cy-GB` for `cy`, which says the same."""
    same = (fact.old or "").partition("-")[0].lower() == (fact.new or "").partition("-")[0].lower()
    return not (same and fact.name in (known.LANGUAGE, known.LANGUAGE_OF_WORDS))


def _constructs(package: Package) -> Counter[str]:
    """How many there are of each element that stands in the text and is neither words nor setting."""
    found = Counter(_tags(package.parse(package.main), empty_lines=True))
    for kind in _STORIES:
        for member in targets(package, package.main, kind).values():
            if member in package.members:
                found.update(_tags(package.parse(member), empty_lines=False))
    return found


def _tags(element: Element, *, empty_lines: bool) -> Iterator[str]:
    """The tags below an element. `empty_lines`: a line with nothing in it counts; programs add such to headers."""
    for child in element:
        if _SETTING.fullmatch(child.tag):
            yield from ("tracked" for inner in child.iter() if _TRACKED.fullmatch(inner.tag))
        elif child.tag in _DRAWN:
            yield child.tag
            yield from (inner.tag for inner in child.iter() if inner.tag == f"{W}p")
        elif not (_is_separator(child) or (child.tag == f"{W}p" and not empty_lines and _is_empty(child))):
            if child.tag in _FIELDS:
                yield f"field {' '.join((child.text or child.get(f'{W}instr') or '').split()[:1])}"
            elif child.tag not in _UNSEEN:
                yield "tracked" if _TRACKED.fullmatch(child.tag) else child.tag
            yield from _tags(child, empty_lines=empty_lines)


def _is_empty(paragraph: Element) -> bool:
    return not any(True for tag in _tags(paragraph, empty_lines=True)) and not any(paragraph.itertext())


def _is_separator(note: Element) -> bool:
    """Whether a note is none, but the line that programs draw above notes."""
    return note.tag in _NOTES and note.get(f"{W}type", "normal") != "normal"
