"""Findings in what single letters say for themselves, at what makes them: a value of the force, or the template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from letters.compose import Composer
from letters.compose.composition import ADDED
from letters.compose.trace import TracedBlock
from letters.letter import BODY
from letters.problems import Code, InvalidInput, Problem
from letters.proof.book import Book
from letters.proof.book_text import phrase_stretches
from letters.proof.english_rules import findings, findings_in_piece
from letters.proof.finding import Finding
from letters.proof.finding_problems import problem_of, where_seen, words_around
from letters.proof.met_words import is_met
from letters.proof.other_words import other_words
from letters.proof.phrases import Misfits
from letters.proof.places import Places
from letters.workspace.accepted import Accepted
from letters.workspace.model import Force, LetterType, Number
from letters.workspace.raw import KeyPath

#: A finding wherever it stands: code and message.
_What = tuple[str, str]


def own_findings(
    book: Book,
    composer: Composer,
    forces: Mapping[str, Force],
    places: Places,
    accepted: Accepted,
    misfits: Misfits,
    told: Collection[Problem],
) -> Iterator[Problem]:
    """The findings in what single letters say for themselves. `told`: those of all possible letters."""
    standard = {block.text for reading in book.readings for block in reading.blocks}
    seen = {(problem.code, problem.place) for problem in told}
    for slug, blocks in book.today.items():
        own = OwnWords(composer, book.letter_type, forces[slug], blocks, places)
        yield from own.of_added_sentences(accepted)
        for block in blocks:
            if block.text in standard:
                continue
            for finding in findings_in_piece(block.text):
                is_known = is_met(block, finding) or misfits.explain(block, finding)
                if is_known or accepted.covers(block.text, finding.at, finding.end):
                    continue
                problem = own.problem(block, finding, told)
                if problem and (problem.code, problem.place) not in seen:
                    yield problem
                    seen |= set() if problem.place.path == own.file else {(problem.code, problem.place)}


class OwnWords:
    """What a force's file says in one letter, of which `blocks` are today's."""

    def __init__(
        self, composer: Composer, letter_type: LetterType, force: Force, blocks: tuple[TracedBlock, ...], places: Places
    ) -> None:
        self.composer = composer
        self.letter_type = letter_type
        self.force = force
        self.blocks = blocks
        self.places = places
        self.file = f"forces/{force.slug}.yaml"

    def of_added_sentences(self, accepted: Accepted) -> Iterator[Problem]:
        """The findings of the sentences that the letter adds, each read by itself."""
        for number, sentence in enumerate(self.force.letters[self.letter_type.name].added_sentences):
            way = ("letters", self.letter_type.name, "added_sentences", number)
            for finding in findings(sentence):
                if not accepted.covers(sentence, finding.at, finding.end):
                    place = self.places.value(self.file, way, words_around(sentence, finding))
                    yield problem_of(replace(finding, hint=self._hint(finding, way)), sentence, place)

    def problem(self, block: TracedBlock, finding: Finding, told: Collection[Problem]) -> Problem | None:
        """A finding of one block as a problem where it is to be mended; none of an added sentence, which is read alone,
        and none that is told already of the template's line."""
        inside = [span for span in block.spans if span.start < finding.end and span.end > finding.at]
        words = words_around(block.text, finding)
        in_template = self.places.span(block.at(where_seen(block.text, finding)), words)
        here = (problem for problem in told if (problem.code, problem.place) == (finding.code, in_template))
        if all(span.phrase == ADDED for span in inside) or any(one.message.startswith(finding.message) for one in here):
            return None
        written = self.places.in_force(self.file, words)
        way = None if in_template.column else self._way(block, finding, is_written=written is not None)
        if way is None:
            return problem_of(finding, block.text, in_template)
        place = written or self.places.deep_value(self.file, way, _inside(block, finding, way) or words)
        return problem_of(replace(finding, hint=self._hint(finding, way)), block.text, place)

    def _way(self, block: TracedBlock, finding: Finding, *, is_written: bool) -> KeyPath | None:
        """The way to the value without whose words the finding were not there: of several that of the nearest phrase.

        `is_written`: whether the words of the finding stand in the force's file. If not, and some like it are there
        with other words too, it is one of those.
        """
        what = finding.code, finding.message
        most = self._said[what] - 1 if is_written else 0
        ways = [way for way, said in self._said_without.items() if any(one[what] <= most for one in said)]
        return min(ways, key=lambda way: _distance(block, finding, way), default=None)

    def _hint(self, finding: Finding, way: KeyPath) -> str:
        """What to write in a force's file, where the hint of a finding is about templates."""
        if finding.code != Code.DISAGREEMENT:
            return finding.hint
        if "changed_wording" not in way:
            return "write the verb that goes with the words before it"
        key, what = str(way[-1]), (finding.code, finding.message)
        departure, other = self.force.letters[self.letter_type.name].changed_wording[key], self._other_number(key)
        if self._findings(self._with_number(key, other))[what] < self._said[what]:
            lines = "`number: {0}`" if departure.number else "two lines, `text: …` and `number: {0}`,"
            return f"write {lines.format(other.value)} below {key}"
        return f"word what stands for {key} so that it agrees with the words around it"

    def _other_number(self, key: str) -> Number:
        departure = self.force.letters[self.letter_type.name].changed_wording[key]
        number = departure.number or self.letter_type.phrases[key].number
        return Number.PLURAL if number is Number.SINGULAR else Number.SINGULAR

    def _with_number(self, key: str, number: Number) -> Force:
        outcome = self.force.letters[self.letter_type.name]
        changed = {**outcome.changed_wording, key: replace(outcome.changed_wording[key], number=number)}
        letters = {**self.force.letters, self.letter_type.name: replace(outcome, changed_wording=changed)}
        return replace(self.force, letters=letters)

    @cached_property
    def _said(self) -> Counter[_What]:
        return _findings_in(self.blocks)

    @cached_property
    def _said_without(self) -> dict[KeyPath, list[Counter[_What]]]:
        """By the way to a value of the force's file: the findings of the letter with each other value there."""
        said: dict[KeyPath, list[Counter[_What]]] = {}
        for way, force in other_words(self.letter_type, self.force, self.composer.recipient.facts):
            said.setdefault(way, []).append(self._findings(force))
        return said

    def _findings(self, force: Force) -> Counter[_What]:
        """The findings of a letter to `force`; where none can be composed today's, for nothing is known."""
        try:
            return _findings_in(self.composer.trace(self.letter_type, force))
        except InvalidInput:
            return self._said


def _findings_in(blocks: Collection[TracedBlock]) -> Counter[_What]:
    found = (finding for block in blocks if block.part == BODY for finding in findings_in_piece(block.text))
    return Counter((finding.code, finding.message) for finding in found)


def _distance(block: TracedBlock, finding: Finding, way: KeyPath) -> int:
    """How many characters there are between a finding and the words of a phrase; of other values more than of any."""
    gaps = (max(start - finding.end, finding.at - end, 0) for start, end in _stretches(block, way))
    return min(gaps, default=len(block.text))


def _inside(block: TracedBlock, finding: Finding, way: KeyPath) -> str:
    """Those words of a finding that are a departure's."""
    both = ((max(start, finding.at), min(end, finding.end)) for start, end in _stretches(block, way))
    return next((block.text[start:end] for start, end in both if start < end), "")


def _stretches(block: TracedBlock, way: KeyPath) -> list[tuple[int, int]]:
    """From where to where a block has the words of a departure."""
    found = phrase_stretches(block) if "changed_wording" in way else ()
    return [(start, end) for start, end, phrase in found if phrase == way[-1]]
