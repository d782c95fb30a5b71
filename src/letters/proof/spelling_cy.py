"""Welsh spelling: of letters in Welsh, and of the words that letters in English mark as Welsh."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from letters.compose.trace import Span, TracedBlock
from letters.letter import WELSH, normalise
from letters.letter.sentences import is_abbreviation
from letters.problems import Code, Place, Problem, Severity
from letters.proof.english_rules import ADDRESS
from letters.proof.places import Places
from letters.workspace.accepted import WORD_LIST, Accepted
from letters.workspace.model import LetterType

_WORD = re.compile(r"(?<![\w'])[^\W\d_]+(?:'[^\W\d_]+)*(?!\w)")
#: What is written onto the word before it: mae'r, a'i, o'ch.
_JOINED_ON = re.compile(r"'(?:r|n|i|u|w|m|ch|th)$", re.IGNORECASE)
#: Words that a near one is offered for.
_MOST_MEANT = 3
#: Of fewer words it cannot be told whether they are Welsh.
_FEWEST_WORDS = 3


@cache
def _own_words() -> frozenset[str]:
    """Words that are right and that the dictionary lacks."""
    text = (files("letters.proof") / "welsh_words.txt").read_text("utf-8")
    return frozenset(line for line in text.split("\n") if line and not line.startswith("#"))


def welsh_spelling(
    blocks: Iterable[TracedBlock],
    language: str,
    dictionary: Any,
    accepted: Accepted,
    places: Places,
    hidden: Collection[str] = (),
    file: str = "",
    known: Collection[str] = (),
) -> Iterator[Problem]:
    """Each Welsh word that is not spelt right, once, in `blocks` of letters in `language`.

    `hidden`: names and texts that nobody wrote, which are not read. Words with a capital that begin no sentence are
    names, and not read either. `file`: of the force that letters are to, whose words have their places there; `known`:
    words that were told before.
    """
    seen = set(known)
    for block in blocks:
        text = _read(block, language, hidden)
        for match in _WORD.finditer(text):
            word = _JOINED_ON.sub("", match[0])
            if word.lower() in seen or _is_name(text, match.start(), word, running=block.running):
                continue
            seen.add(word.lower())
            is_right = _is_spelt(word, dictionary) or accepted.is_spelt(word)
            if not (is_right or accepted.covers(block.text, match.start(), match.end())):
                in_data = places.in_force(file, match[0]) if file else None
                yield _unknown(word, in_data or places.span(block.at(match.start()), word), dictionary)


def apart(
    blocks: Iterable[TracedBlock], language: str, dictionary: Any, accepted: Accepted, hidden: Collection[str] = ()
) -> tuple[list[TracedBlock], list[TracedBlock]]:
    """The sentences of `blocks`, each once: those of which most words are not Welsh, and the others."""
    foreign: list[TracedBlock] = []
    rest: list[TracedBlock] = []
    for sentence in {one.text: one for block in blocks for one in block.sentences}.values():
        is_foreign = not_welsh(_read(sentence, language, hidden), dictionary, accepted)
        is_right = is_foreign and accepted.covers(sentence.text, 0, len(sentence.text))
        (foreign if is_foreign and not is_right else rest).append(sentence)
    return foreign, rest


def value_spelling(
    letter_type: LetterType,
    dictionary: Any,
    accepted: Accepted,
    places: Places,
    told: Collection[tuple[str, int | None]] = (),
) -> Iterator[Problem]:
    """The same of what letter.yaml, outcome.yaml and the signatories' files have in Welsh, at its lines there.

    `told`: the files and lines of which it was told that they are English.
    """
    known: set[str] = set()
    files = [f"{letter_type.folder}/{name}" for name in ("letter.yaml", "outcome.yaml")]
    for path in (*files, *(one.path for one in letter_type.signatories.values())):
        for way, said in places.texts(path):
            own = way[-1:] if path == files[1] else way  # whose fields may be called `remarks_cy`
            place = places.value(path, way, said)
            if any(str(step).endswith(f"_{WELSH}") for step in own) and (path, place.line) not in told:
                block = TracedBlock("", normalise(said), (Span(0, len(said), path, 1),))
                for problem in welsh_spelling([block], WELSH, dictionary, accepted, places, known=known):
                    word = problem.message.split("'")[1]
                    known.add(word.lower())
                    yield replace(problem, place=places.value(path, way, word))


def not_welsh(text: str, dictionary: Any, accepted: Accepted) -> bool:
    """Whether most words of a text that is to be Welsh are not; names aside, and of a few words nothing is said."""
    words = [_JOINED_ON.sub("", word[0]) for word in _WORD.finditer(text)]
    words = words[:1] + [word for word in words[1:] if not word[0].isupper()]
    wrong = [word for word in words if not (_is_spelt(word, dictionary) or accepted.is_spelt(word))]
    return len(words) >= _FEWEST_WORDS and 2 * len(wrong) > len(words)


def _read(block: TracedBlock, language: str, hidden: Collection[str]) -> str:
    """The Welsh of a block, with blanks for addresses and for what is not read."""
    text = ADDRESS.sub(lambda match: " " * len(match[0]), _welsh(block, language))
    for said in sorted(hidden, key=len, reverse=True):
        text = text.replace(said, " " * len(said))
    return text


def _welsh(block: TracedBlock, language: str) -> str:
    """The text of a block, with blanks for what is not in Welsh."""
    text = block.text
    for span in block.spans:
        if (span.lang or language).partition("-")[0].lower() != WELSH:
            text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def _is_name(text: str, at: int, word: str, *, running: bool) -> bool:
    """Whether a word is a name or an abbreviation, which no dictionary needs to have."""
    begins = at == 0 or text[:at].rstrip("'\"(‘“ ").endswith((".", "?", "!"))
    is_short = text.startswith(".", at + len(word)) and is_abbreviation(word)
    return (word[0].isupper() and not (begins and running)) or word.isupper() or is_short


def _is_spelt(word: str, dictionary: Any) -> bool:
    return word.lower() in _own_words() or bool(dictionary.check(word) or dictionary.check(word.lower()))


def _unknown(word: str, place: Place, dictionary: Any) -> Problem:
    meant = [right for right in dictionary.suggest(word) if right != word][:_MOST_MEANT]
    near = f"did you mean {' or '.join(meant)}? " if meant else ""
    hint = f"{near}if the word is right, add it to {WORD_LIST}"
    return Problem(Code.MISSPELT_WELSH, f"{word!r} is not in the Welsh dictionary", place, hint, Severity.WARNING)
