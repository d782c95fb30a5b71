"""What the file of a force says twice, in English and in Welsh: its facts, and what a letter says for itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from letters.compose.counted import SAME_FIGURES, other_figures
from letters.compose.english_left import IN_VALUE, english_left
from letters.letter import WELSH
from letters.problems import Code, Problem, Severity
from letters.workspace.accepted import Accepted
from letters.workspace.model import OWN_WORDS, Departure, Force, own_key
from letters.workspace.raw import KeyPath, PlaceOf


@dataclass(frozen=True)
class OwnTwins:
    """Holds Welsh values against the English ones beside them: their figures, and whether they are Welsh."""

    accepted: Accepted
    place_of: PlaceOf

    def problems(self, force: Force, letter_type: str) -> Iterator[Problem]:
        """What is wrong with the Welsh facts of a force, and with what its letter says for itself."""
        yield from self._twins(force.facts, ())
        outcome, at = force.letters[letter_type], ("letters", letter_type)
        yield from self._twins(outcome.answers, at)
        for key in OWN_WORDS:
            own = own_key(key, WELSH)
            yield from self._of(getattr(outcome, key), getattr(outcome, own), (*at, own))

    def _twins(self, value: object, way: KeyPath) -> Iterator[Problem]:
        """The same of what stands beside each other, as `remarks` and `remarks_cy`."""
        match value:
            case Mapping():
                for key, inner in value.items():
                    own = own_key(str(key), WELSH)
                    if own in value:
                        yield from self._of(inner, value[own], (*way, own))
                    yield from self._twins(inner, (*way, key))
            case list():
                for number, inner in enumerate(value):
                    yield from self._twins(inner, (*way, number))

    def _of(self, english: object, welsh: object, way: KeyPath) -> Iterator[Problem]:
        """The same of two values that stand for each other."""
        match english, welsh:
            case str(), str():
                if told := other_figures(english, welsh):
                    yield Problem(Code.OTHER_FIGURES, told, self.place_of(way), SAME_FIGURES, Severity.WARNING)
                if left := english_left(welsh, english, self.accepted):
                    yield Problem(Code.NOT_WELSH, left, self.place_of(way), IN_VALUE, Severity.WARNING)
            case Departure(text=one), Departure(text=other):
                yield from self._of(one, other, way)
            case Mapping(), Mapping():
                for key in (key for key in english if key in welsh):
                    yield from self._of(english[key], welsh[key], (*way, key))
            case (list() | tuple(), list() | tuple()) if len(english) == len(welsh):
                for number, (one, other) in enumerate(zip(english, welsh, strict=True)):
                    yield from self._of(one, other, (*way, number))
