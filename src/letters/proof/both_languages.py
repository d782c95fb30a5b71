"""Whether the letters of each outcome, in English and in Welsh, say the same stretches of their templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from letters.compose import Composer
from letters.compose.trace import TracedBlock
from letters.letter import ENGLISH, WELSH
from letters.problems import Problem
from letters.proof.book import Book, letter_of
from letters.workspace.model import LetterType


def astray_problems(composer: Composer, letter_type: LetterType, english: Book, welsh: Book) -> Iterator[Problem]:
    """What the Welsh letters of some outcomes do not say as the English ones do.

    Where the parts of a letter were read apart, the outcomes are those that either book was read for: of two parts that
    hang on different answers one of them shows it.
    """
    answers = {_key(reading.answers): reading.answers for book in (english, welsh) for reading in book.readings}
    here, made = ({_key(one.answers): one.blocks for one in book.readings} for book in (english, welsh))
    seen: set[tuple[tuple[tuple[str, int], ...], ...]] = set()
    for key, own in answers.items():
        one = here.get(key) or letter_of(composer, letter_type.edition(ENGLISH), own)
        other = made.get(key) or letter_of(composer, letter_type.edition(WELSH), own)
        said = _lines(one), _lines(other)
        if all(said) and said not in seen:
            seen.add(said)
            yield from (found.problem for found in composer.astray(letter_type, *said))


def _key(answers: Mapping[str, object]) -> str:
    return repr(sorted(answers.items()))


def _lines(blocks: Sequence[TracedBlock]) -> tuple[tuple[str, int], ...]:
    return tuple((span.path, span.line) for block in blocks for span in block.spans)
