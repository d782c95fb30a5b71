"""The content of a text, or of a web page that letters made: words, and the stage they are marked with."""

from __future__ import annotations

from letters.letter import BODY, Run
from letters.readback import Reading
from letters.readback.html import read as read_html
from letters.readback.text import beside_words
from letters.readback.text import read as read_text
from letters.review.compare.content import PARAGRAPH, STAGE, Content, Fact, Passage
from letters.review.files.apart import UnreadableFile
from letters.review.files.facts import BESIDE_WORDS, furniture_facts
from letters.review.files.kinds import Form


def content_of_text(name: str, data: bytes, form: Form) -> Content:
    """What the text or the page says. Raises UnreadableFile."""
    reading = _read(_in_utf8(data), form)
    words = (Passage(BODY, PARAGRAPH, (Run(text),)) for text in reading.words if text.strip())
    passages = tuple(passage for passage in words if passage.text)
    if not passages:
        raise UnreadableFile("it has no text")
    facts = furniture_facts(_marks(reading), ())
    if form is Form.HTML:
        return Content(name, passages, tuple(facts), frozenset({STAGE}))
    beside = (Fact(BESIDE_WORDS, said, str(number)) for number, said in enumerate(beside_words(_in_utf8(data)), 1))
    return Content(name, passages, (*facts, *beside), frozenset({STAGE, BESIDE_WORDS}))


def _read(data: bytes, form: Form) -> Reading:
    return read_html(data) if form is Form.HTML else read_text(data)


def _marks(reading: Reading) -> list[str]:
    return [piece.strip("[]") for page in reading.furniture for piece in page]


def _in_utf8(data: bytes) -> bytes:
    """The same text in UTF-8, with line ends of one kind."""
    try:
        code = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        return data.decode(code).replace("\r\n", "\n").encode()
    except UnicodeError:
        raise UnreadableFile("its letters are in an encoding that is not known. Save it as UTF-8") from None
