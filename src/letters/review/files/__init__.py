"""Any letter in a file, ours or not, as a comparison sees it; read apart, for a file may be broken or made to harm."""

from __future__ import annotations

import stat
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path

from letters.letter import BODY, LetterKey, Run, normalise
from letters.letter.json import from_json
from letters.machine.files import read_file, why
from letters.review.compare import content as known
from letters.review.compare.changes import Difference
from letters.review.compare.content import Content, Passage, content_of
from letters.review.compare.letters import difference
from letters.review.files.apart import MOST_TIME, UnreadableFile, apart
from letters.review.files.facts import MADE_BY
from letters.review.files.kinds import Form, form_of
from letters.review.files.line_ends import settled, words_for_sure

__all__ = ["UnreadableFile", "compare_files", "content_of_file"]

MOST_BYTES = 50 * 1024 * 1024
#: Many more than 1000 pages hold.
MOST_WORDS, MOST_CHARACTERS = 500_000, 5_000_000


def content_of_file(path: Path, *, most_time: float = MOST_TIME) -> Content:
    """The letter in a file: PDF, DOCX, our HTML, text or a composed letter in JSON, whatever the file's name.

    Raises UnreadableFile, also where reading takes more than `most_time` seconds.
    """
    reading = _reading(path, most_time)
    return _settled(reading, frozenset())


def compare_files(before: Path, after: Path, *, most_time: float = MOST_TIME) -> Difference:
    """What is different between two letters in files, in what both can tell. Raises UnreadableFile.

    `most_time`, in seconds, is for reading each and for comparing them.
    """
    old, new = _reading(before, most_time), _reading(after, most_time)
    try:
        return apart(_compare, old, new, most_time=most_time)
    except UnreadableFile as error:
        raise UnreadableFile(f"{before} and {after} cannot be compared: {error}") from error


def _compare(before: _Reading, after: _Reading) -> Difference:
    """Compare two letters, in a process of its own: some take for ever."""
    return difference(LetterKey("", after.content.name), *_on_common_terms(before, after))


# -- reading


@dataclass(frozen=True)
class _Reading:
    """What a file of some form says; in a PDF it is not settled what its line ends stand for.

    `words`: those that no line end stands in.
    """

    form: Form
    content: Content
    words: frozenset[str]


def _reading(path: Path, most_time: float) -> _Reading:
    try:
        _refuse_what_is_no_file(path)
        return apart(_read, path, most_time=most_time)
    except UnreadableFile as error:
        raise UnreadableFile(f"{path}: {error}") from error


def _refuse_what_is_no_file(path: Path) -> None:
    try:
        about = path.stat()
    except FileNotFoundError:
        raise UnreadableFile("there is no such file") from None
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"it cannot be opened: {_said(error)}") from error
    if stat.S_ISDIR(about.st_mode):
        raise UnreadableFile("it is a folder. Name one letter in it")
    if not stat.S_ISREG(about.st_mode):
        raise UnreadableFile("it is not a file that can be read from beginning to end")
    _refuse_large(about.st_size)


def _refuse_large(size: int) -> None:
    if size > MOST_BYTES:
        raise UnreadableFile(f"it has {size / 1024**2:,.0f} MB; at most {MOST_BYTES // 1024**2} are read")


def _said(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()


def _read(path: Path) -> _Reading:
    """Read a file, in a process of its own."""
    try:
        data = read_file(path, MOST_BYTES, follow=True)
    except OSError as error:
        raise UnreadableFile(f"it cannot be opened: {why(error)}") from error
    if not data:
        raise UnreadableFile("it is empty")
    form = form_of(data)
    try:
        content = _content(form, str(path), data)
    except (UnreadableFile, MemoryError):
        raise
    except Exception as error:
        # No reader can foresee all that a damaged file may hold; a user can mend the file, and nothing else.
        raise UnreadableFile("it is damaged. Copy it or make it again") from error
    _refuse_too_much(content)
    return _Reading(form, content, words_for_sure(content.passages))


def _content(form: Form, name: str, data: bytes) -> Content:
    match form:
        case Form.PDF:
            from letters.review.files.pdf import content_of_pdf

            return content_of_pdf(name, data)
        case Form.DOCX:
            from letters.review.files.docx import content_of_docx

            return content_of_docx(name, data)
        case Form.HTML | Form.TEXT:
            from letters.review.files.text import content_of_text

            return content_of_text(name, data, form)
        case Form.COMPOSED:
            return replace(_composed(data), name=name)


def _composed(data: bytes) -> Content:
    try:
        return content_of(from_json(data))
    except ValueError as error:
        raise UnreadableFile("it begins as JSON does, and is not a letter that letters composed") from error


def _refuse_too_much(content: Content) -> None:
    words = sum(passage.text.count(" ") + 1 for passage in content.passages)
    if words > MOST_WORDS or sum(len(passage.text) for passage in content.passages) > MOST_CHARACTERS:
        raise UnreadableFile(f"it has {words:,} words; at most {MOST_WORDS:,} can be compared")


# -- two letters made comparable


def _settled(reading: _Reading, vocabulary: AbstractSet[str]) -> Content:
    content = reading.content
    if reading.form is not Form.PDF:
        return content
    # No word of our letters is divided.
    ours = any(fact.name == MADE_BY and fact.value.startswith("WeasyPrint") for fact in content.facts)
    return replace(content, passages=settled(content.passages, vocabulary | reading.words, divides=not ours))


def _on_common_terms(before: _Reading, after: _Reading) -> tuple[Content, Content]:
    """Both as far as either can tell what a passage is, and with line ends as the other settles them."""
    old, new = _settled(before, after.words), _settled(after, before.words)
    if before.form is after.form is Form.PDF:
        from letters.review.files.pdf_pair import as_both_look

        old, new = as_both_look(old, new)
    if before.form is not after.form:
        old, new = _as_any_form_tells(old), _as_any_form_tells(new)
    if _knows_no_parts(old) or _knows_no_parts(new):
        old, new = _without_parts(old), _without_parts(new)
    return old, new


def _as_any_form_tells(content: Content) -> Content:
    """Without what only one form can tell: how lists and quotations are nested, and which hyphens keep a word whole."""
    passages = tuple(
        replace(one, style=one.style._replace(inside=()), runs=tuple(map(_with_plain_hyphens, one.runs)))
        for one in content.passages
    )
    pictures = iter(range(1, len(content.facts) + 1))
    facts = [
        replace(fact, about=f"picture {next(pictures)}") if fact.name == known.ALT_TEXT else fact
        for fact in content.facts
    ]
    folded = tuple(replace(fact, value=normalise(fact.value)) if fact.name in _SPACED else fact for fact in facts)
    return replace(content, passages=passages, facts=folded)


def _with_plain_hyphens(run: Run) -> Run:
    return replace(run, text=run.text.replace("\u2011", "-")) if "\u2011" in run.text else run


#: Facts that are printed, so that not every form can tell how their spaces and quotation marks are written.
_SPACED = (known.FOOT, known.TITLE, known.ALT_TEXT)


def _knows_no_parts(content: Content) -> bool:
    return all(passage.part == BODY for passage in content.passages)


def _without_parts(content: Content) -> Content:
    return replace(content, passages=tuple(_in_body(passage) for passage in content.passages))


def _in_body(passage: Passage) -> Passage:
    return replace(passage, part=BODY)
