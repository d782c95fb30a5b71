"""What is wrong with one finished letter that no outcome by itself shows: another force's name, a name, a date."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping

from letters.compose.trace import Span, TracedBlock
from letters.letter import normalise
from letters.letter.sentences import sentence_starts
from letters.problems import Code, Place, Problem, Severity
from letters.proof.book import Book
from letters.proof.force_names import ForceNames, Mention
from letters.proof.places import Places
from letters.workspace.accepted import OR_ACCEPT, Accepted
from letters.workspace.model import FORCE, Force, LetterType, Word, own_key
from letters.workspace.raw import KeyPath

#: The part that says who else gets a letter.
COPIED_TO = "copied-to"

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
#: What stands between a relative date and the year that it means: this year (2017), last month, in May 2016.
_UP_TO_YEAR = (
    r"(?:'s)?[ ,(:–—-]*(?:(?:i\.e\.|(?:in|on|by|during|between|from|of|the|early|late|mid|spring|summer|autumn|"
    rf"winter|namely|that is|financial year|calendar year|{_MONTHS}|\d{{1,2}}(?:st|nd|rd|th)?)\b)[ ,(:–—-]*){{0,6}}"
    r"(?:19|20)\d\d"
)
_RELATIVE = re.compile(
    r"(?<!(?:19|20)\d\d )(?<!(?:19|20)\d\d, )(?<!(?:19|20)\d\d \()"
    r"\b(?:(?:this|last|next) (?:year|month|week|quarter|spring|summer|autumn|winter)|yesterday|tomorrow)\b"
    rf"(?!{_UP_TO_YEAR})",
    re.IGNORECASE,
)
#: Before the name of another force that a sentence names on purpose: work with Surrey Police.
_BESIDE = re.compile(
    r"\b(?:with|alongside|between|than|unlike|like|such as|including|neighbours?|neighbouring|neighbour,|both|"
    r"beside|(?:led|hosted|run|shared|provided|staffed) by|"
    r"(?:seconded|transferred|moved|borrowed|learned|learnt) (?:to|from)) "
    r"(?:the |colleagues (?:in|from|at) |its neighbours?,? |staff (?:in|from|at) |officers (?:in|from|at) )?$",
    re.IGNORECASE,
)
#: In a sentence about several forces.
_TOGETHER = re.compile(
    r"\b(?:collaborat\w+|jointly|alliances?|consorti\w+|mutual aid|neighbour\w*|tri-?force|bi-?force)\b", re.IGNORECASE
)
#: No date: the last year of the plan.
_OF_SOMETHING = re.compile(r"\bthe (?:last|next) \w+ of\b", re.IGNORECASE)


class Finished:
    """Reads one finished letter. `names`: of all forces; `file`: the path of this force's file; `word`: for a force."""

    def __init__(
        self,
        letter_type: LetterType,
        force: Force,
        names: ForceNames,
        places: Places,
        accepted: Accepted,
        file: str,
        word: Word = FORCE,
    ) -> None:
        self.letter_type = letter_type
        self.force = force
        self.names = names
        self.places = places
        self.accepted = accepted
        self.file = file
        self.word = word

    def problems(self, blocks: tuple[TracedBlock, ...]) -> list[Problem]:
        """Everything that is wrong with the letter of these blocks."""
        return [
            *self._other_forces(blocks),
            *self._missing_names(blocks),
            *self._sender_signs(blocks),
            *self._dates(blocks),
        ]

    def _other_forces(self, blocks: tuple[TracedBlock, ...]) -> Iterator[Problem]:
        own = self.force.name
        for block in blocks:
            found = list(self.names.mentions(block.text, own))
            for one in found:
                if not self.accepted.covers(block.text, one.start, one.end):
                    words = re.match(r"\S* ?\w*", block.text[one.end :])
                    problem = self._other_force(one.name, block.at(one.start), words[0] if words else "")
                    is_own = problem.place.path == self.file
                    if not (is_own and (block.part == COPIED_TO or is_on_purpose(block, one, own, found))):
                        yield problem

    def _other_force(self, name: str, span: Span | None, after: str) -> Problem:
        """Of a template it is one problem, in however many letters; of a force's own words one there.

        `after`: what follows the name, by which it is found where it stands more than once.
        """
        place = self.places.span(span, name)
        if place.column:
            hint = f"write {{{{ force.{own_key('name', self.letter_type.language)} }}}}; {OR_ACCEPT}"
            return Problem(Code.ANOTHER_FORCE, f"names one {self.word.one} in letters to others: {name!r}", place, hint)
        own = self.places.in_force(self.file, name + after) or self.places.in_force(self.file, name)
        place = own or place
        hint = f"write the name of {self.force.name}; {OR_ACCEPT}"
        message = f"names another {self.word.one} in the letter to {self.force.name}: {name!r}"
        return Problem(Code.ANOTHER_FORCE, message, place, hint)

    def _missing_names(self, blocks: tuple[TracedBlock, ...]) -> Iterator[Problem]:
        """A name given for this letter alone that the letter does not say."""
        outcome = self.force.letters[self.letter_type.name]
        said = " ".join(block.text for block in blocks)
        for way, name in _names(outcome.facts):
            if normalise(name) not in said:
                message = f"the name {name!r} is given and stands nowhere in the letter"
                yield Problem(Code.WRONG_NAME, message, self._own(*way))

    def _sender_signs(self, blocks: tuple[TracedBlock, ...]) -> Iterator[Problem]:
        sender = next((block for block in blocks if block.part == "sender"), None)
        signatory = next((block for block in blocks if block.part == "signatory"), None)
        if sender and signatory and not sender.text.startswith(signatory.text):
            message = f"{signatory.text!r} signs, and the letter is from {sender.text!r}"
            yield Problem(
                Code.WRONG_NAME, message, self.places.span(signatory.at(0)), "use the same name in both parts"
            )

    def _dates(self, blocks: tuple[TracedBlock, ...]) -> Iterator[Problem]:
        """Phrases that are true in another year than this letter's, at the date that makes them wrong."""
        outcome = self.force.letters[self.letter_type.name]
        day = outcome.date or self.letter_type.date
        used = {span.phrase for block in blocks for span in block.spans} - outcome.changed_wording.keys()
        for key, phrase in self.letter_type.phrases.items():
            if key not in used or not phrase.true_in or not day or day.year == phrase.true_in:
                continue
            said = f"{key} says {phrase.text!r}, which is true in {phrase.true_in}"
            if outcome.date:
                hint = f"word it differently for this letter under changed_wording: {key}: …"
                yield Problem(Code.DATED_WORDS, f"{said}; this letter is of {day.year}", self._own("date"), hint)
            else:
                hint = "mend the date; or word the phrase for the new year in wording.yaml, and `true_in:` with it"
                yield Problem(
                    Code.DATED_WORDS, f"{said}; these letters are of {day.year}", self.places.setting("date"), hint
                )

    def _own(self, *way: str) -> Place:
        path: KeyPath = ("letters", self.letter_type.name, *way)
        return self.places.value(self.file, path)


def _names(facts: Mapping[str, object]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The names among facts, and the ways to them."""
    for key, value in facts.items():
        if isinstance(value, Mapping):
            yield from (((key, *way), name) for way, name in _names(value))
        elif key == "name" and isinstance(value, str):
            yield (key,), value


#: What joins a name to the one before it in a list of names.
_LISTED = re.compile(r"(?:, (?:and |or )?| and | or )$")


def is_on_purpose(block: TracedBlock, one: Mention, own: str, others: Iterable[Mention]) -> bool:
    """Whether what a force's own text says of another force is about both: it names both, or what they do together."""
    start = max((at for at in sentence_starts(block.text) if at <= one.start), default=0)
    end = min((at for at in sentence_starts(block.text) if at > one.start), default=len(block.text))
    sentence, list_start = block.text[start:end], one.start
    begins = {other.end: other.start for other in others}
    while (joined := _LISTED.search(block.text, start, list_start)) and begins.get(joined.start(), -1) >= start:
        list_start = begins[joined.start()]
    before = block.text[start:list_start]
    return own in sentence or bool(_BESIDE.search(before) or _TOGETHER.search(sentence.replace(one.name, "")))


def relative_dates(book: Book, places: Places, accepted: Accepted) -> Iterator[Problem]:
    """A relative date must say, in wording.yaml, in which year it is true, so that each letter can be held to it."""
    yield from undated_phrases(book.letter_type, places, accepted, book.letter_type.phrases)
    blocks = {block.text: block for reading in book.readings for block in reading.blocks}
    for block in blocks.values():
        match = relative_date(block.text, accepted)
        span = block.at(match.start()) if match else None
        if match and span and not span.phrase and (place := places.span(span, match[0])).column:
            hint = f"write the year, or make it a phrase with `true_in:` in wording.yaml; {OR_ACCEPT}"
            message = f"{match[0]!r}: nothing says which year is meant"
            yield Problem(Code.DATED_WORDS, message, place, hint, Severity.WARNING)


def undated_phrases(
    letter_type: LetterType, places: Places, accepted: Accepted, keys: Container[str]
) -> Iterator[Problem]:
    """Phrases, among these, with a relative date of which nothing says in which year it is true."""
    year = letter_type.date.year if letter_type.date else 2027
    for key, phrase in letter_type.phrases.items():
        match = relative_date(phrase.text, accepted) if key in keys and phrase.true_in is None else None
        if match:
            hint = f"add `true_in: {year}` if it is so in {year}, else the year in which it is; {OR_ACCEPT}"
            place = places.phrase(key, match[0])
            yield Problem(Code.DATED_WORDS, f"{match[0]!r} in {key}: nothing says which year is meant", place, hint)


def relative_date(text: str, accepted: Accepted | None = None) -> re.Match[str] | None:
    """The first relative date of a text that nobody accepted."""
    of_something = [match.span() for match in _OF_SOMETHING.finditer(text)]
    for match in _RELATIVE.finditer(text):
        if any(start <= match.start() < end for start, end in of_something):
            continue
        if not (accepted and accepted.covers(text, match.start(), match.end())):
            return match
    return None
