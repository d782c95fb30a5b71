"""What is wrong with a phrase by itself, at its line in wording.yaml: findings, and a form that fits no place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from letters.compose.trace import TracedBlock
from letters.letter.sentences import OPENERS, is_abbreviation, sentence_starts
from letters.problems import Code, Place, Problem
from letters.proof.book import Book
from letters.proof.book_text import phrase_stretches
from letters.proof.english_rules import findings
from letters.proof.finding import Finding
from letters.proof.finding_problems import problem_of, words_around
from letters.proof.places import Places
from letters.proof.signs import phrase_signs
from letters.workspace.accepted import OR_ACCEPT, Accepted
from letters.workspace.model import Force

#: Words that have a capital in the middle of a sentence too, as the names they are part of.
CAPITALISED = frozenset(
    "parliament government crown cabinet minister ministers treasury act bill inspectorate inspector inspectors "
    "commissioner commissioners constable constables chief police january february march april may june july august "
    "september october november december monday tuesday wednesday thursday friday saturday sunday majesty college "
    "council house home secretary state court lords commons welsh english british".split()
)


#: An abbreviation or a word that has its capital with a number or name: No. 10, St. Albans, Recommendation 3.
_NUMBERED = re.compile(
    r"(?:Nos?|St|Mrs?|Ms|Dr|Prof|Sgt|Insp|Supt|Det|Cllr|Hon|Rev|Art|Sch|Para|Fig|Ch|Vol)\b\.? ?[\dA-Z]|"
    r"[A-Z]\. ?[A-Z\d]|(?!(?:The|These|Those|In|By|On|Of|From|All|Some|Any|Only|Over|About|At|For)\b)[A-Z][a-z]+ \d"
)


@dataclass(frozen=True)
class Uses:
    """How the letters use one phrase: whether ever in the middle of a sentence, and what ever comes right after it."""

    in_middle: bool = False
    goes_on: bool = False
    stop_follows: bool = False


@dataclass(frozen=True)
class Misfits:
    """What is wrong with phrases by themselves: their own findings by code, and at which ends they do not fit."""

    own: dict[str, set[Code]]
    begins_wrongly: set[str]
    ends_wrongly: set[str]

    def explain(self, block: TracedBlock, finding: Finding) -> bool:
        """Whether a finding of a letter comes of what is wrong with a phrase, and is mended with it."""
        for start, end, key in phrase_stretches(block):
            inside = start <= finding.at and finding.end <= end
            if inside and finding.code in self.own.get(key, ()):
                return True
            if key in self.begins_wrongly and finding.at - 2 <= start <= finding.end + 2:
                return True
            if key in self.ends_wrongly and finding.at - 2 <= end <= finding.end + 2:
                return True
        return False


def phrase_problems(book: Book, places: Places, accepted: Accepted, dictionary: Any) -> tuple[list[Problem], Misfits]:
    """What is wrong with the phrases of a letter type, and what of the letters is explained by that."""
    problems: list[Problem] = []
    misfits = Misfits(defaultdict(set), set(), set())
    uses = _uses(block for reading in book.readings for block in reading.blocks)
    for key, phrase in book.letter_type.phrases.items():
        text = phrase.text.strip()
        for finding in (*findings(text, begins=False, ends=False), *phrase_signs(text)):
            misfits.own[key].add(finding.code)
            if not accepted.covers(text, finding.at, finding.end):
                problems.append(problem_of(finding, text, places.phrase(key, words_around(text, finding))))
        for code in _misfits(text, uses[key], dictionary):
            (misfits.begins_wrongly if code == Code.PHRASE_CAPITAL else misfits.ends_wrongly).add(key)
            problems += _form(code, f"the phrase {key}", text, accepted, partial(places.phrase, key))
    return problems, misfits


def departure_problems(
    book: Book, forces: Mapping[str, Force], places: Places, accepted: Accepted, dictionary: Any
) -> Iterator[Problem]:
    """What single letters say in place of a phrase, in a form that does not fit where the phrase stands."""
    for slug, blocks in book.today.items():
        uses = _uses(blocks)
        for key, departure in forces[slug].letters[book.letter_type.name].changed_wording.items():
            text = departure.text.strip()
            way = ("letters", book.letter_type.name, "changed_wording", key)
            for code in _misfits(text, uses[key], dictionary):
                place_of = partial(places.deep_value, f"forces/{slug}.yaml", way)
                yield from _form(code, f"what stands for {key}", text, accepted, place_of)


def _misfits(text: str, uses: Uses, dictionary: Any) -> Iterator[Code]:
    """By code at which ends a text does not fit where it is used."""
    if uses.in_middle and _has_a_wrong_capital(text, dictionary):
        yield Code.PHRASE_CAPITAL
    if _has_a_wrong_end(text, uses):
        yield Code.PHRASE_END


_SAID = {
    Code.PHRASE_CAPITAL: (
        "begins with a capital, and stands in the middle of a sentence",
        "begin it with a small letter: verdict.md writes | capitalised where it begins a sentence",
    ),
    Code.PHRASE_END: (
        "ends a sentence, and verdict.md goes on after it",
        "take out the punctuation at its end: verdict.md has it where the sentence ends",
    ),
}


def _form(code: Code, what: str, text: str, accepted: Accepted, place_of: Callable[[str], Place]) -> Iterator[Problem]:
    word = text.split()[0 if code == Code.PHRASE_CAPITAL else -1]
    at = 0 if code == Code.PHRASE_CAPITAL else len(text) - len(word)
    if not accepted.covers(text, at, at + len(word.rstrip(".?!"))):
        said, hint = _SAID[code]
        yield Problem(code, f"{what} {said}: {word!r}", place_of(word), f"{hint}; {OR_ACCEPT}")


def _uses(blocks: Iterable[TracedBlock]) -> Mapping[str, Uses]:
    """How each phrase is used in some blocks."""
    uses: dict[str, Uses] = defaultdict(Uses)
    for block in {id(block): block for block in blocks if block.running}.values():
        starts = {0, *sentence_starts(block.text)}
        for start, end, key in phrase_stretches(block):
            known = uses[key]
            after = block.text[end:].lstrip("'\")]’” ")
            goes_on = bool(after) and (after[0] in ".?!,;:" or after[0].islower())
            uses[key] = Uses(
                known.in_middle or start not in starts,
                known.goes_on or goes_on,
                known.stop_follows or after.startswith("."),
            )
    return uses


def _has_a_wrong_capital(text: str, dictionary: Any) -> bool:
    """Whether a phrase begins with an ordinary word that has a capital; names and their words may."""
    words = text.split()
    if _NUMBERED.match(text):
        return False
    first = words[0].strip("'\"“‘(,.;:").removesuffix("'s").removesuffix("’s")
    if not (first[:1].isupper() and first[1:].islower()) or first.lower() in CAPITALISED:
        return first in ("A",)
    if len(words) > 1 and words[1][:1].isupper():
        return first in ("An", "Our", "Your", "This", "These", "Those", "We", "In", "However")
    is_word = dictionary.check(first.lower()) if dictionary else True
    return first.lower() in OPENERS or is_word


def _has_a_wrong_end(text: str, uses: Uses) -> bool:
    last = text.rstrip("'\")]’”")[-1:]
    if last == "." and is_abbreviation(text[:-1].split()[-1]):
        return uses.stop_follows
    return last in tuple("?!;:,.") and uses.goes_on
