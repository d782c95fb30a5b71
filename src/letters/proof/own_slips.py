"""Slips in what single letters say for themselves, at what brings them about: a value of the force, or the template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from letters.compose import Composer
from letters.compose.composition import ADDED
from letters.compose.trace import TracedBlock
from letters.letter import BODY
from letters.problems import Broken, Code, Problem
from letters.proof.accepted import Accepted
from letters.proof.book import Book
from letters.proof.findings import phrase_stretches
from letters.proof.language import slips, slips_of_piece
from letters.proof.other_words import other_words
from letters.proof.phrases import Misfits
from letters.proof.places import Places
from letters.proof.slip import Slip
from letters.proof.slip_problems import problem_of, where_seen, words_around
from letters.workspace.model import Force, LetterType, Number
from letters.workspace.raw import KeyPath

#: A slip wherever it stands: code and message.
_What = tuple[str, str]


def own_slips(
    book: Book,
    composer: Composer,
    forces: Mapping[str, Force],
    places: Places,
    accepted: Accepted,
    misfits: Misfits,
    told: Collection[Problem],
) -> Iterator[Problem]:
    """The slips in what single letters say for themselves. `told`: those of all possible letters."""
    standard = {block.text for reading in book.readings for block in reading.blocks}
    seen = {(problem.code, problem.place) for problem in told}
    for slug, blocks in book.today.items():
        own = OwnWords(composer, book.kind, forces[slug], blocks, places)
        yield from own.of_added_sentences(accepted)
        for block in blocks:
            if block.part != BODY or block.text in standard:
                continue
            for slip in slips_of_piece(block.text):
                if misfits.explain(block, slip) or accepted.covers(block.text, slip.at, slip.end):
                    continue
                problem = own.problem(block, slip, told)
                if problem and (problem.code, problem.place) not in seen:
                    yield problem
                    seen |= set() if problem.place.path == own.file else {(problem.code, problem.place)}


class OwnWords:
    """What a force's file says in one letter, of which `blocks` are today's."""

    def __init__(
        self, composer: Composer, kind: LetterType, force: Force, blocks: tuple[TracedBlock, ...], places: Places
    ) -> None:
        self.composer = composer
        self.kind = kind
        self.force = force
        self.blocks = blocks
        self.places = places
        self.file = f"forces/{force.slug}.yaml"

    def of_added_sentences(self, accepted: Accepted) -> Iterator[Problem]:
        """The slips of the sentences that the letter adds, each read by itself."""
        for number, sentence in enumerate(self.force.letters[self.kind.name].added_sentences):
            way = ("letters", self.kind.name, "added_sentences", number)
            for slip in slips(sentence):
                if not accepted.covers(sentence, slip.at, slip.end):
                    place = self.places.value(self.file, way, words_around(sentence, slip))
                    yield problem_of(replace(slip, hint=self._hint(slip, way)), sentence, place)

    def problem(self, block: TracedBlock, slip: Slip, told: Collection[Problem]) -> Problem | None:
        """A slip of one block as a problem where it is to be mended; none of an added sentence, which is read alone,
        and none that is told already of the template's line."""
        inside = [span for span in block.spans if span.start < slip.end and span.end > slip.at]
        words = words_around(block.text, slip)
        in_template = self.places.span(block.at(where_seen(block.text, slip)), words)
        here = (problem for problem in told if (problem.code, problem.place) == (slip.code, in_template))
        if all(span.phrase == ADDED for span in inside) or any(one.message.startswith(slip.message) for one in here):
            return None
        written = self.places.in_force(self.file, words)
        way = None if in_template.column else self._way(block, slip, is_written=written is not None)
        if way is None:
            return problem_of(slip, block.text, in_template)
        place = written or self.places.deep_value(self.file, way, _inside(block, slip, way) or words)
        return problem_of(replace(slip, hint=self._hint(slip, way)), block.text, place)

    def _way(self, block: TracedBlock, slip: Slip, *, is_written: bool) -> KeyPath | None:
        """The way to the value without whose words the slip were not there: of several that of the nearest phrase.

        `is_written`: whether the words of the slip stand in the force's file. If not, and some slips like it are there
        with other words too, it is one of those.
        """
        what = slip.code, slip.message
        most = self._said[what] - 1 if is_written else 0
        ways = [way for way, said in self._said_without.items() if any(one[what] <= most for one in said)]
        return min(ways, key=lambda way: _distance(block, slip, way), default=None)

    def _hint(self, slip: Slip, way: KeyPath) -> str:
        """What to write in a force's file, where the hint of a slip is about templates."""
        if slip.code != Code.DISAGREEMENT:
            return slip.hint
        if "changed_wording" not in way:
            return "write the verb that goes with the words before it"
        key, what = str(way[-1]), (slip.code, slip.message)
        departure, other = self.force.letters[self.kind.name].changed_wording[key], self._other_number(key)
        if self._slips(self._with_number(key, other))[what] < self._said[what]:
            lines = "`number: {0}`" if departure.number else "two lines, `text: …` and `number: {0}`,"
            return f"write {lines.format(other.value)} below {key}"
        return f"word what stands for {key} so that it agrees with the words around it"

    def _other_number(self, key: str) -> Number:
        departure = self.force.letters[self.kind.name].changed_wording[key]
        number = departure.number or self.kind.phrases[key].number
        return Number.PLURAL if number is Number.SINGULAR else Number.SINGULAR

    def _with_number(self, key: str, number: Number) -> Force:
        outcome = self.force.letters[self.kind.name]
        changed = {**outcome.changed_wording, key: replace(outcome.changed_wording[key], number=number)}
        letters = {**self.force.letters, self.kind.name: replace(outcome, changed_wording=changed)}
        return replace(self.force, letters=letters)

    @cached_property
    def _said(self) -> Counter[_What]:
        return _slips_in(self.blocks)

    @cached_property
    def _said_without(self) -> dict[KeyPath, list[Counter[_What]]]:
        """By the way to a value of the force's file: the slips of the letter with each other value there."""
        said: dict[KeyPath, list[Counter[_What]]] = {}
        for way, force in other_words(self.kind, self.force):
            said.setdefault(way, []).append(self._slips(force))
        return said

    def _slips(self, force: Force) -> Counter[_What]:
        """The slips of a letter to `force`; where none can be composed today's, for nothing is known."""
        try:
            return _slips_in(self.composer.trace(self.kind, force))
        except Broken:
            return self._said


def _slips_in(blocks: Collection[TracedBlock]) -> Counter[_What]:
    found = (slip for block in blocks if block.part == BODY for slip in slips_of_piece(block.text))
    return Counter((slip.code, slip.message) for slip in found)


def _distance(block: TracedBlock, slip: Slip, way: KeyPath) -> int:
    """How many characters there are between a slip and the words of a phrase; of other values more than of any."""
    gaps = (max(start - slip.end, slip.at - end, 0) for start, end in _stretches(block, way))
    return min(gaps, default=len(block.text))


def _inside(block: TracedBlock, slip: Slip, way: KeyPath) -> str:
    """Those words of a slip that are a departure's."""
    both = ((max(start, slip.at), min(end, slip.end)) for start, end in _stretches(block, way))
    return next((block.text[start:end] for start, end in both if start < end), "")


def _stretches(block: TracedBlock, way: KeyPath) -> list[tuple[int, int]]:
    """From where to where a block has the words of a departure."""
    found = phrase_stretches(block) if "changed_wording" in way else ()
    return [(start, end) for start, end, phrase in found if phrase == way[-1]]
