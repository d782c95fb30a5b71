"""A letter and the same in its other language, block by block beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from letters.letter import ENGLISH, LANGUAGE_NAMES, TAGS, LetterKey
from letters.letter.quotes import smart_quotes
from letters.review.compare.changes import Difference
from letters.review.compare.content import LANGUAGE, Passage

#: The blocks of one language, and which that is.
_Side = tuple[str, Sequence[Passage]]


@dataclass(frozen=True)
class Beside:
    """Two letters in one table. `heads`: of each column the language, as a tag and in words. `rows`: the text of each;
    empty where the other has no such block."""

    heads: tuple[tuple[str, str], tuple[str, str]]
    rows: Sequence[tuple[str, str]]


def pairs(differences: Iterable[Difference]) -> dict[LetterKey, Beside]:
    """By letter what stands beside each other, for those that are in two languages, as they are now."""
    by_outcome: dict[tuple[str, str], list[Difference]] = {}
    for one in differences:
        by_outcome.setdefault((one.key.type, one.key.slug), []).append(one)
    found: dict[LetterKey, Beside] = {}
    for same in by_outcome.values():
        sides = [side for one in same for side in _sides(one)]
        if len(sides) == 2:
            found |= dict.fromkeys((one.key for one in same), _beside(sides))
    return found


def _sides(one: Difference) -> list[_Side]:
    """The languages of a letter: one, or two of one that holds both."""
    if one.after is None:
        return []
    passages = one.after.passages
    said = next((fact.value for fact in one.after.facts if fact.name == LANGUAGE), TAGS[ENGLISH])
    start = next((at for at in range(len(passages)) if all(_marked(other) for other in passages[at:])), len(passages))
    sides: list[_Side] = [(said.partition("-")[0], passages[:start])]
    if 0 < start < len(passages):
        sides.append((_marked(passages[start]).partition("-")[0], passages[start:]))
    return sides


def _marked(passage: Passage) -> str:
    """The language that all of a block is marked as; empty if it is the letter's own."""
    tags = {run.lang or "" for run in passage.runs if run.text.strip()}
    return tags.pop() if len(tags) == 1 else ""


def _beside(sides: Sequence[_Side]) -> Beside:
    (one, first), (other, second) = sorted(sides, key=lambda side: side[0] != ENGLISH)
    rows: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, [_shape(block) for block in first], [_shape(block) for block in second], False)
    for _, a, b, c, d in matcher.get_opcodes():
        here, there = ([_text(block) for block in side] for side in (first[a:b], second[c:d]))
        length = max(len(here), len(there))
        rows += zip(here + [""] * (length - len(here)), there + [""] * (length - len(there)), strict=True)
    return Beside((_head(one), _head(other)), rows)


def _shape(block: Passage) -> tuple[str, str]:
    return block.part, str(block.style)


def _text(block: Passage) -> str:
    return smart_quotes(block.text)


def _head(language: str) -> tuple[str, str]:
    return TAGS.get(language, language), LANGUAGE_NAMES.get(language, language)
