"""Whether a letter type says the same in English and in Welsh: as far as its drafter noted what the Welsh was made of.

Each stretch of a Welsh template has a remark `{# English: … #}` above it with the English words that it was made from,
each Welsh phrase the same as `english:`. What the English says now is compared with that, word for word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from letters.compose.counted import SAME_FIGURES, other_figures
from letters.compose.english_left import IN_VALUE, english_left
from letters.compose.negation import BOTH_OR_NONE, only_one_says_no
from letters.compose.out_of_step import OutOfStep, at_unit, warning
from letters.compose.said import Lines, SaidInStep
from letters.compose.stretches import folded, mentions
from letters.compose.template_pair import TemplatePair, file_name
from letters.letter import ENGLISH, WELSH
from letters.problems import Code, InvalidInput, Place, quoted
from letters.workspace.accepted import WORD_LIST, Accepted, read_accepted
from letters.workspace.edits import value_at
from letters.workspace.model import LetterType, Phrase
from letters.workspace.raw import KeyPath, Raw, load_yaml, read_text
from letters.workspace.source import Source


class Lockstep:
    """Compares what a letter type says in English with what its Welsh was made from."""

    def __init__(self, letter_type: LetterType, source: Source, accepted: Accepted | None = None) -> None:
        self._english, self._welsh = letter_type.edition(ENGLISH), letter_type.edition(WELSH)
        self._source = source
        self._accepted = accepted or read_accepted(source)[0]

    def found(self) -> list[OutOfStep]:
        """Everything that is out of step, phrases first. Of a file that cannot be read nothing is said here."""
        return self._known

    @cached_property
    def _known(self) -> list[OutOfStep]:
        try:
            return [*self._titles(), *self._phrases(), *self._templates(), *self._facts()]
        except InvalidInput:
            return []

    def astray(self, english: Lines, welsh: Lines) -> list[OutOfStep]:
        """What two letters of one outcome do not say alike: each is the lines of the templates that it says, in order.

        Of a file that cannot be read nothing is said here.
        """
        try:
            found = list(self._said.found(english, welsh))
        except InvalidInput:
            return []
        if any(one.problem.code is Code.OTHER_ORDER for one in self._known):  # which is told of the templates
            found = [one for one in found if not one.is_order]
        around = "let the conditions around it be those around its English, {}"
        order = "let both have the same order; the English has this at {}"
        told = [(one, order if one.is_order else around) for one in found]
        return [
            at_unit(
                Code.SAID_OF_ANOTHER_OUTCOME,
                f"this Welsh {one.why}",
                one.path,
                self._text(one.path),
                one.unit,
                hint.format(one.english),
            )
            for one, hint in told
        ]

    @cached_property
    def _said(self) -> SaidInStep:
        one, other = self._english, self._welsh
        pairs = [(one.letter_path, other.letter_path), (one.verdict_path, other.verdict_path)]
        pairs += [(one.letterhead_path, other.letterhead_path)] if other.has_letterhead else []
        return SaidInStep({path: self._text(path) for pair in pairs for path in pair}, pairs)

    # -- titles

    def _titles(self) -> Iterator[OutOfStep]:
        """What letter.yaml, outcome.yaml and who signs have in Welsh and is English, or has other figures."""
        paths = [f"{self._english.folder}/{name}" for name in ("letter.yaml", "outcome.yaml")]
        signing = [one.path for one in self._english.signatories.values()]
        for raw in filter(None, map(self._raw, [*paths, *signing])):
            yield from _uneven(raw)
            is_field = raw.path == paths[1]  # whose fields may be called `remarks_cy`
            for way in (way for way in raw.ends if any(map(_is_welsh, way[-1:] if is_field else way))):
                english, welsh = (value_at(raw.data, one) for one in (_in_english(way), way))
                if isinstance(welsh, str):
                    of_all = raw.path == paths[0] and (way[0] != "signatory" or not self._english.signatories)
                    yield from self._value(welsh, english if isinstance(english, str) else "", raw.place(way), of_all)

    def _value(self, welsh: str, english: str, place: Place, of_all: bool) -> Iterator[OutOfStep]:
        told = english and other_figures(english, welsh)
        if told:
            yield OutOfStep(warning(Code.OTHER_FIGURES, told, place, SAME_FIGURES), is_of_all=of_all)
        if left := english_left(welsh, english, self._accepted):
            yield OutOfStep(warning(Code.NOT_WELSH, left, place, IN_VALUE), is_of_all=of_all)

    # -- phrases

    def _phrases(self) -> Iterator[OutOfStep]:
        english, welsh = self._raw(self._english.wording_path), self._raw(self._welsh.wording_path)
        for key, phrase in self._english.phrases.items():
            made = self._welsh.phrases.get(key)
            if made is None and english:
                yield self._no_welsh_phrase(key, english)
            elif made and welsh and english and folded(made.english) != folded(phrase.text):
                yield self._stale_phrase(key, made.english, phrase.text, welsh, english)
            elif made and welsh:
                yield from self._of_phrase(key, made, welsh.place((key, "text")))
        for key in (key for key in self._welsh.phrases if welsh and key not in self._english.phrases):
            assert welsh
            message = f"the phrase {quoted(key)} is in Welsh only"
            hint = f"write it into {file_name(self._english.wording_path)} as well, or take it out"
            yield OutOfStep(warning(Code.WITHOUT_ENGLISH, message, welsh.place((key,), key=True), hint), key)

    def _of_phrase(self, key: str, made: Phrase, place: Place) -> Iterator[OutOfStep]:
        """What is wrong with a Welsh phrase whose English is still that of which it was made."""
        if told := other_figures(made.english, made.text):
            yield OutOfStep(warning(Code.OTHER_FIGURES, told, place, SAME_FIGURES), key)
        if left := english_left(made.text, made.english, self._accepted):
            yield OutOfStep(warning(Code.NOT_WELSH, left, place, IN_VALUE), key)
        elif (told := only_one_says_no(made.english, made.text)) and re.search(
            r"\w", self._accepted.without(made.text)
        ):
            hint = f"{BOTH_OR_NONE}; if it is right, put the Welsh on a line of {WORD_LIST}"
            yield OutOfStep(warning(Code.ONE_SAYS_NO, told, place, hint), key)

    def _no_welsh_phrase(self, key: str, english: Raw) -> OutOfStep:
        hint = f"write {key} with `text`, `number` and `english` into {self._welsh.wording_path}"
        place = english.place((key,), key=True)
        return OutOfStep(warning(Code.MISSING_WELSH, f"the phrase {quoted(key)} has no Welsh", place, hint), key)

    def _stale_phrase(self, key: str, was: str, now: str, welsh: Raw, english: Raw) -> OutOfStep:
        at = english.place((key, "text"))
        if was:
            message = (
                f"the Welsh of {key} was made of {quoted(folded(was))}, and the English is {quoted(folded(now))} now"
            )
            place = welsh.place((key, "english"))
        else:
            message = f"the Welsh of {key} does not say from which English it was made"
            place = welsh.place((key,), key=True)
        hint = f"mend its text if need be, then write english: {folded(now)} (as {at.path}:{at.line} has it)"
        return OutOfStep(warning(Code.STALE_WELSH, message, place, hint), key)

    # -- templates

    def _templates(self) -> Iterator[OutOfStep]:
        one, other = self._english, self._welsh
        for english, welsh in (one.letter_path, other.letter_path), (one.verdict_path, other.verdict_path):
            if english in self._source or welsh in self._source:
                yield from self._pair(english, welsh).found()
        if other.has_letterhead:
            yield from self._pair(one.letterhead_path, other.letterhead_path).of_letterhead()

    def _pair(self, english: str, welsh: str) -> TemplatePair:
        return TemplatePair(english, welsh, self._text, self._english.outcome, self._accepted)

    # -- facts

    def _facts(self) -> Iterator[OutOfStep]:
        """What templates in one language ask for and those in the other do not."""
        known = {*self._english.phrases, *(field.name for field in self._english.outcome.every())}
        known |= {str(answer) for field in self._english.outcome.every() for answer in field.answers}
        sides = [self._asked(edition, known) for edition in (self._english, self._welsh)]
        for (asked, others), (mine, theirs) in (
            ((sides[0], sides[1]), ("English", "Welsh")),
            ((sides[1], sides[0]), ("Welsh", "English")),
        ):
            for name in (name for name in asked if name not in others):
                message = f"the {mine} asks for {name} here, and the {theirs} nowhere does"
                hint = "let both say the same of each outcome; leave it if one language needs it and the other does not"
                yield OutOfStep(warning(Code.OTHER_FACTS, message, asked[name], hint))

    def _asked(self, edition: LetterType, known: set[str]) -> Mapping[str, Place]:
        """What the templates of an edition ask for, each with where it first does."""
        found: dict[str, Place] = {}
        for path in (path for path in (edition.letter_path, edition.verdict_path) if path in self._source):
            text = self._text(path)
            for name, line in mentions(text, known):
                found.setdefault(name, Place(path, line, 0, text.split("\n")[line - 1]))
        return found

    def _text(self, path: str) -> str:
        return read_text(self._source, path) if path in self._source else ""

    def _raw(self, path: str) -> Raw | None:
        return load_yaml(self._source, path) if path in self._source else None


def _uneven(raw: Raw) -> Iterator[OutOfStep]:
    """Lists of texts of which the Welsh one beside it is longer or shorter."""
    for way in (way for way in raw.keys if _is_welsh(way[-1])):
        english, welsh = (value_at(raw.data, one) for one in (_in_english(way), way))
        if isinstance(english, list) and isinstance(welsh, list) and len(english) != len(welsh):
            message = f"{way[-1]} has {len(welsh)} where {_in_english(way)[-1]} has {len(english)}"
            hint = "write as many, in the same order; leave it if one language needs another number of lines"
            yield OutOfStep(warning(Code.OTHER_VALUES, message, raw.place(way, key=True), hint))


def _is_welsh(step: object) -> bool:
    return str(step).endswith(f"_{WELSH}")


def _in_english(way: KeyPath) -> KeyPath:
    """The way to what stands beside a Welsh value in English."""
    return tuple(step.removesuffix(f"_{WELSH}") if isinstance(step, str) else step for step in way)
