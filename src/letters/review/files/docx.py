"""The content of a Word document, by us or by others, edited or not, as it is once its tracked changes are accepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import chain
from xml.etree.ElementTree import Element

from letters.letter import MASTHEAD
from letters.machine.archive import NotAnArchive, read_members
from letters.readback.docx import Package, UnreadableDocx, W, targets
from letters.review.compare import content as known
from letters.review.compare.content import BOUND, CHANGES, COMMENT, IMAGE, Content, Fact, Passage
from letters.review.files.apart import UnreadableFile
from letters.review.files.docx_drawn import counted, pictures
from letters.review.files.docx_furniture import Furniture
from letters.review.files.docx_numbers import Numbers
from letters.review.files.docx_parts import Parts, open_parts
from letters.review.files.docx_story import Document, Story
from letters.review.files.docx_styles import Styles
from letters.review.files.facts import HEAD, furniture_facts, is_stage_mark

#: What is counted and not read, whatever it shows.
_COUNTED = frozenset(
    {
        *("drawing in ink", "drawn shape", "form control", "embedded object", "film"),
        *("automatic number", "date that Word computes"),
    }
)
_KNOWN = _COUNTED | {
    *(known.FORMATTING, known.TYPOGRAPHY, known.TITLE, known.LANGUAGE, known.AUTHOR, known.STAGE, known.FOOT),
    *(known.LINK, known.ALT_TEXT, known.LANGUAGE_OF_WORDS, HEAD, CHANGES, COMMENT, IMAGE),
    *(known.NUMBERS, known.MARKS, known.PLACES, known.HIDDEN, known.NOTE, known.CHART, BOUND),
    *(known.FIRST_HEAD, known.FIRST_FOOT, known.EVEN_HEAD, known.EVEN_FOOT),
}
_SEAL, _SEAL_MARK = "docProps/custom.xml", b"letters digest"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_TRACKED = {f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange")}
#: Whole documents inside the document, which Word takes in when it opens it.
_INSIDE = (f"{W}altChunk", f"{W}subDoc")
_STORE = "{http://schemas.openxmlformats.org/officeDocument/2006/customXml}itemID"


def content_of_docx(name: str, data: bytes) -> Content:
    """What the document says. Raises UnreadableFile."""
    try:
        return _content(name, open_parts(read_members(data)))
    except (NotAnArchive, UnreadableDocx) as error:
        why = f"it is not a whole Word document ({error}). Copy it again, or save it again in Word"
        raise UnreadableFile(why) from error
    except RecursionError as error:
        raise UnreadableFile("its elements are nested too deeply for a letter") from error


def _content(name: str, parts: Parts) -> Content:
    root = parts.parse(parts.main)
    bodies = root.findall(f"{W}body")
    if not bodies:
        raise UnreadableDocx("it has no body")
    if any(next(body.iter(tag), None) is not None for body in bodies for tag in _INSIDE):
        raise UnreadableFile("it holds another document inside it. Open it in Word, save it, and compare that")
    styles, about = Styles(parts), _about(parts)
    language = styles.language or about[known.LANGUAGE]
    ours = _SEAL_MARK in parts.members.get(_SEAL, b"")
    document = Document(parts, styles, Numbers(parts, styles), language, ours)
    return _put_together(name, document, root, bodies, {**about, known.LANGUAGE: language})


def _put_together(
    name: str, document: Document, root: Element, bodies: list[Element], about: dict[str, str]
) -> Content:
    parts = document.parts
    furniture = Furniture(root, parts)
    stories = {member: parts.parse(member) for member in furniture.members}
    told = {
        member: list(
            Story(document, member, MASTHEAD if member in furniture.head else None, "head or foot").passages(one)
        )
        for member, one in stories.items()
    }
    head = [passage for member in furniture.head for passage in told[member]]
    text = Story(document, parts.main)
    said = [*head, *(passage for body in bodies for passage in text.passages(body))]
    words = tuple(passage for passage in said if passage.text and not is_stage_mark(passage.text))
    marks = [passage.text for passage in head if is_stage_mark(passage.text)]
    heads = [stories[member] for member in furniture.head]
    facts = [
        *(Fact(key, value) for key, value in about.items()),
        *_alts([*zip(furniture.head, heads, strict=True), *((parts.main, body) for body in bodies)], parts),
        *_pictures([*stories.items(), (parts.main, root)], document),
        *_tracked([root, *stories.values()]),
        *_comments(document),
        *_bound(root, parts),
        *furniture_facts([*marks, *_lines(told, furniture.later_heads)], _lines(told, furniture.feet)),
        *furniture.facts({member: [passage.text for passage in one] for member, one in told.items()}),
    ]
    _count(document, [root, *stories.values()])
    facts += document.facts
    if not words and not any(fact.name in _WORDS and fact.value for fact in facts):
        raise UnreadableFile(f"{_what_it_holds(facts, document)}. Compare what it was made from")
    return Content(
        name, words, tuple(facts), _KNOWN, {}, {name: document.counts[name] for name in sorted(document.counts)}
    )


#: Facts that say something, of a document that has no words in its text.
_WORDS = {
    known.HIDDEN,
    known.CHART,
    known.FOOT,
    HEAD,
    COMMENT,
    known.EVEN_HEAD,
    known.EVEN_FOOT,
    known.FIRST_HEAD,
    known.FIRST_FOOT,
}


def _what_it_holds(facts: list[Fact], document: Document) -> str:
    """What a document without any words holds."""
    count = sum(fact.name == IMAGE for fact in facts)
    counts = {**({"picture": count} if count else {}), **document.counts}
    if any(fact.name == CHANGES for fact in facts):
        return "it has no text once its tracked changes are accepted"
    return f"it has no text; what it holds is {known.counted(counts)}" if counts else "it has no text and no picture"


def _lines(told: dict[str, list[Passage]], members: Iterable[str]) -> list[str]:
    return [passage.text for member in members for passage in told[member]]


# -- facts


def _about(package: Package) -> dict[str, str]:
    """What the document says about itself."""
    said = {known.TITLE: "", known.AUTHOR: "", known.LANGUAGE: ""}
    tags = {"title": known.TITLE, "creator": known.AUTHOR, "language": known.LANGUAGE}
    for member in targets(package, "", "core-properties").values():
        if member in package.members:
            for element in package.parse(member):
                if (key := tags.get(element.tag.removeprefix(_DUBLIN_CORE))) is not None:
                    said[key] = element.text or ""
    return said


def _alts(stories: list[tuple[str, Element]], parts: Parts) -> Iterator[Fact]:
    """What is said of each picture, numbered."""
    shown = (one for source, story in stories for one in pictures(story, parts, source) if one.alt is not None)
    return (Fact(known.ALT_TEXT, one.alt or "", f"picture {number}") for number, one in enumerate(shown, 1))


def _pictures(stories: list[tuple[str, Element]], document: Document) -> Iterator[Fact]:
    """What each picture shows, those of notes, comments and bullets included."""
    parts = document.parts
    for kind in ("footnotes", "endnotes", "comments", "numbering"):
        stories = [*stories, *((name, parts.parse(name)) for name in _members(parts, kind))]
    values = (value for source, story in stories for one in pictures(story, parts, source) for value in one.values)
    return (Fact(IMAGE, value, f"picture {number}") for number, value in enumerate(values, 1))


def _members(parts: Parts, kind: str) -> list[str]:
    return [name for name in targets(parts, parts.main, kind).values() if name in parts.members]


def _tracked(stories: list[Element]) -> Iterator[Fact]:
    count = sum(element.tag in _TRACKED for story in stories for element in story.iter())
    if count:
        yield Fact(CHANGES, f"{count} neither accepted nor rejected; read as if accepted")


def _comments(document: Document) -> Iterator[Fact]:
    for member in _members(document.parts, "comments"):
        for comment in document.parts.parse(member):
            story = Story(document, member, where="comment")
            text = " ".join(passage.text for passage in story.passages(comment))
            yield Fact(COMMENT, text, comment.get(f"{W}author", ""))


def _bound(root: Element, parts: Parts) -> Iterator[Fact]:
    """The data that Word puts in the place of what content controls say, as it opens the document."""
    wanted = {one.get(f"{W}storeItemID", "").lower() for one in root.iter(f"{W}dataBinding")}
    stores = [name for name in _members(parts, "customXml") if wanted and _store(name, parts) & wanted]
    return (Fact(BOUND, f"digest {sha256(parts.members[name]).hexdigest()[:8]}") for name in stores)


def _store(name: str, parts: Parts) -> set[str]:
    about = (one.target for one in parts.related(name).values() if one.kind == "customXmlProps")
    return {parts.parse(member).get(_STORE, "").lower() for member in about if member in parts.members}


def _count(document: Document, stories: list[Element]) -> None:
    parts = document.parts
    others = (parts.parse(name) for kind in ("footnotes", "endnotes", "comments") for name in _members(parts, kind))
    for story in chain(stories, others):
        document.counts += counted(story)
