"""The content of a Word document, by us or by others, edited or not, as it is once its tracked changes are accepted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from xml.etree.ElementTree import Element

from letters.letter import MASTHEAD
from letters.members import NotAnArchive, read_members
from letters.readback.docx import Package, UnreadableDocx, W, open_package, page_kinds, targets
from letters.review import content as known
from letters.review.content import CHANGES, COMMENT, IMAGE, Content, Fact, Passage
from letters.review.files.apart import UnreadableFile
from letters.review.files.docx_story import Document, Story
from letters.review.files.docx_styles import Styles
from letters.review.files.facts import HEAD, furniture_facts, is_stage_mark

_KNOWN = frozenset(
    {
        *(known.FORMATTING, known.TYPOGRAPHY, known.TITLE, known.LANGUAGE, known.AUTHOR, known.STAGE, known.FOOT),
        *(known.LINK, known.ALT_TEXT, known.LANGUAGE_OF_WORDS, HEAD, CHANGES, COMMENT, IMAGE),
    }
)
_SEAL, _SEAL_MARK = "docProps/custom.xml", b"letters digest"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_TRACKED = {f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange")}
#: Whole documents inside the document, which Word takes in when it opens it.
_INSIDE = (f"{W}altChunk", f"{W}subDoc")


def content_of_docx(name: str, data: bytes) -> Content:
    """What the document says. Raises UnreadableFile."""
    try:
        return _content(name, open_package(read_members(data)))
    except (NotAnArchive, UnreadableDocx) as error:
        why = f"it is not a whole Word document ({error}). Copy it again, or save it again in Word"
        raise UnreadableFile(why) from error
    except RecursionError as error:
        raise UnreadableFile("its elements are nested too deeply for a letter") from error


def _content(name: str, package: Package) -> Content:
    root = package.parse(package.main)
    body = root.find(f"{W}body")
    if body is None:
        raise UnreadableDocx("it has no body")
    if any(next(body.iter(tag), None) is not None for tag in _INSIDE):
        raise UnreadableFile("it holds another document inside it. Open it in Word, save it, and compare that")
    styles, about = Styles(package), _about(package)
    language = styles.language or about[known.LANGUAGE]
    document = Document(package, styles, language, _SEAL_MARK in package.members.get(_SEAL, b""))
    return _put_together(name, document, root, body, {**about, known.LANGUAGE: language})


def _put_together(name: str, document: Document, root: Element, body: Element, about: dict[str, str]) -> Content:
    first, further = page_kinds(root)
    heads, feet = _stories(document, [first], "header", MASTHEAD), _stories(document, [first], "footer")
    later_heads, later_feet = _stories(document, further, "header"), _stories(document, further, "footer")
    text = (Story(document, document.package.main), body)
    head = _passages(heads)
    said = [*head, *text[0].passages(text[1])]
    words = tuple(passage for passage in said if passage.text and not is_stage_mark(passage.text))
    if not words:
        raise UnreadableFile("it has no text: perhaps a picture of a letter. Compare what it was made from")
    marks = [passage.text for passage in head if is_stage_mark(passage.text)]
    facts = [
        *(Fact(key, value) for key, value in about.items()),
        *_pictures([*heads, text]),
        *_tracked([root, *(story for _, story in chain(heads, later_heads, later_feet))]),
        *_comments(document),
        *furniture_facts([*marks, *_lines(later_heads)], _lines([*feet, *later_feet])),
    ]
    return Content(name, words, tuple(facts), _KNOWN)


#: A story and the element that holds it.
_Told = tuple[Story, Element]


def _stories(document: Document, kinds: list[dict[str, str]], place: str, part: str | None = None) -> list[_Told]:
    """The headers or footers of some kinds of page, each once."""
    members = (document.package.targets.get(kind.get(place, ""), "") for kind in kinds)
    names = dict.fromkeys(filter(None, members))
    return [(Story(document, name, part), document.package.parse(name)) for name in names]


def _passages(stories: list[_Told]) -> list[Passage]:
    return [passage for story, element in stories for passage in story.passages(element)]


def _lines(stories: list[_Told]) -> list[str]:
    return [passage.text for passage in _passages(stories)]


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


def _pictures(stories: list[_Told]) -> Iterator[Fact]:
    number = 1
    for story, element in stories:
        for fact in story.pictures(element, number):
            yield fact
            number += fact.name == known.ALT_TEXT


def _tracked(stories: list[Element]) -> Iterator[Fact]:
    count = sum(element.tag in _TRACKED for story in stories for element in story.iter())
    if count:
        yield Fact(CHANGES, f"{count} neither accepted nor rejected; read as if accepted")


def _comments(document: Document) -> Iterator[Fact]:
    package = document.package
    for member in targets(package, package.main, "comments").values():
        for comment in package.parse(member):
            story = Story(document, member)
            text = " ".join(passage.text for passage in story.passages(comment))
            yield Fact(COMMENT, text, comment.get(f"{W}author", ""))
