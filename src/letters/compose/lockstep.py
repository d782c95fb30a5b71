"""Whether a letter type says the same in English and in Welsh: as far as its drafter noted what the Welsh was made of.

Each stretch of a Welsh template has a remark `{# English: … #}` above it with the English words that it was made from,
each Welsh phrase the same as `english:`. What the English says now is compared with that, word for word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from letters.compose.alignment import aligned
from letters.compose.alternatives import otherwise
from letters.compose.counted import SAME_FIGURES, other_figures
from letters.compose.english_left import IN_TEMPLATE, IN_VALUE, english_left
from letters.compose.negation import BOTH_OR_NONE, only_one_says_no
from letters.compose.printed import Item, Printed, missing
from letters.compose.said import Lines, SaidInStep
from letters.compose.stretches import Unit, folded, has_words, mentions, units_of, values_as
from letters.letter import ENGLISH, WELSH
from letters.problems import Code, InvalidInput, Place, Problem, Severity, quoted
from letters.workspace.accepted import WORD_LIST, Accepted, read_accepted
from letters.workspace.edits import value_at
from letters.workspace.model import LetterType, Phrase
from letters.workspace.raw import KeyPath, Raw, load_yaml, read_text
from letters.workspace.source import Source

#: How to say that Welsh is meant as it is.
_RIGHT = "if it is right, say so above it: {# Right: why #}"
#: So many things out of step are named in one message.
_NAMED = 3


@dataclass(frozen=True)
class OutOfStep:
    """One thing that is not the same in both languages: the problem, and what of a letter shows it.

    `phrase`: the id of a phrase; `lines`: lines of a template with its path; `is_of_all`: whether it concerns every
    letter. One of none of these holds no letter.
    """

    problem: Problem
    phrase: str = ""
    lines: frozenset[tuple[str, int]] = frozenset()
    is_of_all: bool = False

    def concerns(self, phrases: set[str], lines: set[tuple[str, int]]) -> bool:
        """Whether it concerns a letter that is made of these phrases and lines, in both languages."""
        return self.is_of_all or (self.phrase in phrases if self.phrase else bool(self.lines & lines))

    @property
    def name(self) -> str:
        """What it is called: a phrase by its id, anything else by its place."""
        place = self.problem.place
        return f"the phrase {self.phrase}" if self.phrase else f"{place.path.rpartition('/')[2]}:{place.line}"


def not_ready(held: Sequence[OutOfStep], place: Place) -> Problem:
    """That a letter cannot go out, for what is out of step in it. `place`: of its stage."""
    names = [one.name for one in held]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    message = f"this letter is ready, and its Welsh is not up to date: {', '.join(names[:_NAMED])}{more}"
    hint = "bring the Welsh up to date as `letters check` says, or set the stage back to draft until then"
    return Problem(Code.NOT_READY_IN_WELSH, message, place, hint)


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
            self._of_unit(
                Code.SAID_OF_ANOTHER_OUTCOME, f"this Welsh {one.why}", one.path, one.unit, hint.format(one.english)
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
            yield OutOfStep(_warning(Code.OTHER_FIGURES, told, place, SAME_FIGURES), is_of_all=of_all)
        if left := english_left(welsh, english, self._accepted):
            yield OutOfStep(_warning(Code.NOT_WELSH, left, place, IN_VALUE), is_of_all=of_all)

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
            hint = f"write it into {_name(self._english.wording_path)} as well, or take it out"
            yield OutOfStep(_warning(Code.WITHOUT_ENGLISH, message, welsh.place((key,), key=True), hint), key)

    def _of_phrase(self, key: str, made: Phrase, place: Place) -> Iterator[OutOfStep]:
        """What is wrong with a Welsh phrase whose English is still that of which it was made."""
        if told := other_figures(made.english, made.text):
            yield OutOfStep(_warning(Code.OTHER_FIGURES, told, place, SAME_FIGURES), key)
        if left := english_left(made.text, made.english, self._accepted):
            yield OutOfStep(_warning(Code.NOT_WELSH, left, place, IN_VALUE), key)
        elif (told := only_one_says_no(made.english, made.text)) and re.search(
            r"\w", self._accepted.without(made.text)
        ):
            hint = f"{BOTH_OR_NONE}; if it is right, put the Welsh on a line of {WORD_LIST}"
            yield OutOfStep(_warning(Code.ONE_SAYS_NO, told, place, hint), key)

    def _no_welsh_phrase(self, key: str, english: Raw) -> OutOfStep:
        hint = f"write {key} with `text`, `number` and `english` into {self._welsh.wording_path}"
        place = english.place((key,), key=True)
        return OutOfStep(_warning(Code.MISSING_WELSH, f"the phrase {quoted(key)} has no Welsh", place, hint), key)

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
        return OutOfStep(_warning(Code.STALE_WELSH, message, place, hint), key)

    # -- templates

    def _templates(self) -> Iterator[OutOfStep]:
        one, other = self._english, self._welsh
        for english, welsh in (one.letter_path, other.letter_path), (one.verdict_path, other.verdict_path):
            if english in self._source or welsh in self._source:
                yield from self._units(english, welsh)
        if other.has_letterhead:
            yield from self._letterhead(one.letterhead_path, other.letterhead_path)

    def _letterhead(self, english: str, welsh: str) -> Iterator[OutOfStep]:
        """The same of a letterhead; of one without any remark that alone is told."""
        made = units_of(self._text(welsh))
        if any(unit.english is not None for unit in made):
            yield from self._units(english, welsh)
        elif made:
            hint = f"write above each stretch {{# English: … #}} with the words that {_name(english)} has"
            message = "a letterhead in Welsh that does not say from which English it was made"
            told = self._of_unit(Code.WITHOUT_ENGLISH, message, welsh, made[0], hint)
            yield replace(told, lines=frozenset((welsh, at) for unit in made for at in (unit.first, unit.last)))

    def _units(self, english: str, welsh: str) -> Iterator[OutOfStep]:
        """What of two templates is out of step; they are compared stretch by stretch, in order."""
        here, made = units_of(self._text(english)), units_of(self._text(welsh))
        yield from self._of_values(english, welsh, [unit for unit in made if _is_of_values(unit)])
        made = [unit for unit in made if not _is_of_values(unit)]
        one, other = [unit.said for unit in here], [folded(unit.english or "") for unit in made]
        lost: list[Unit] = []
        gone: list[Unit] = []
        for first, second in aligned(one, other):
            if first is None or second is None:
                lost += [here[first]] if first is not None else []
                gone += [made[second]] if second is not None else []
            elif one[first] != other[second]:
                yield self._stale(made[second], here[first], english, welsh)
            else:
                yield from self._elsewhere(here[first], made[second], english, welsh)
                yield from self._other_figures(made[second], welsh)
                turns = list(self._otherwise(here[first], made[second], english, welsh))
                yield from turns or self._other_words(here[first], made[second], english, welsh)
        yield from self._unpaired(lost, gone, english, welsh)
        yield from self._missing(english, welsh)
        yield from self._moved(english, welsh)

    def _other_words(self, one: Unit, other: Unit, english: str, welsh: str) -> Iterator[OutOfStep]:
        """A stretch that is English, prints something else, or alone says no or does not."""
        if other.is_right:
            return
        if left := english_left(self._typed(welsh, other), self._typed(english, one), self._accepted):
            yield self._of_unit(Code.NOT_WELSH, left, welsh, other, IN_TEMPLATE)
            return
        prints, made = (Printed(self._text(path)).of_unit(unit) for path, unit in ((english, one), (welsh, other)))
        if prints != made:
            more, lost = (" and ".join(sorted(names)) for names in (made - prints, prints - made))
            says = f"prints {more}, and its English {f'prints {lost}' if lost else 'does not'}"
            message = f"this Welsh {says if more else f'does not print {lost}, and its English does'}"
            hint = f"print the same as {english}:{one.first}; {_RIGHT}"
            yield self._of_unit(Code.OTHER_VALUES, message, welsh, other, hint)
        elif told := self._one_says_no(self._typed(english, one), self._typed(welsh, other)):
            yield self._of_unit(Code.ONE_SAYS_NO, told, welsh, other, f"{BOTH_OR_NONE}; {_RIGHT}")

    def _one_says_no(self, english: str, welsh: str) -> str:
        """The same of two stretches, but where remarks inside the Welsh one pair what it says by turns."""
        return "" if "{#" in welsh else only_one_says_no(values_as(" ", english), values_as(" ", welsh))

    def _missing(self, english: str, welsh: str) -> Iterator[OutOfStep]:
        """Parts, and what is printed on lines without words, that one template has and the other does not."""
        here, made = Printed(self._text(english)), Printed(self._text(welsh))
        lost = list(missing(here, made))
        for item in missing(made, here):
            instead = next((one for one in lost if one.part == item.part), None)
            if instead:
                lost.remove(instead)
            says = f"the English has {instead.name} ({_name(english)}:{instead.line})" if instead else "no English has"
            message = f"the Welsh has {item.name} in {_part(item.part)}, where {says}"
            yield self._of_item(Code.OTHER_VALUES, message, welsh, item, "let both have the same there")
        for item in lost:
            where = "" if item.name.startswith("the part") else f" in {_part(item.part)}"
            message = f"the Welsh lacks {item.name}{where}, which the English has here"
            hint = f"write it into {welsh}, where it stands in the English"
            yield self._of_item(Code.MISSING_WELSH, message, english, item, hint)

    def _moved(self, english: str, welsh: str) -> Iterator[OutOfStep]:
        """What is printed on lines of their own, and stands before or behind other words than in the English."""
        here, made = Printed(self._text(english)), Printed(self._text(welsh))
        one = [(unit.first, unit.said) for unit in units_of(self._text(english))]
        other = [(unit.first, folded(unit.english or "")) for unit in units_of(self._text(welsh))]
        if [said for _, said in one] != [said for _, said in other]:
            return
        places = {(item.name, item.part): item for item in here.items()}
        for item in made.items():
            twin = places.get((item.name, item.part))
            if twin and sum(line < twin.line for line, _ in one) != sum(line < item.line for line, _ in other):
                message = f"{item.name} stands in another order than in the English, {english}:{twin.line}"
                yield self._of_item(Code.OTHER_ORDER, message, welsh, item, "put it where it stands in the English")

    def _of_item(self, code: Code, message: str, path: str, item: Item, hint: str) -> OutOfStep:
        unit = Unit(item.line, item.line, item.part, "")
        return self._of_unit(code, message, path, unit, hint)

    def _of_values(self, english: str, welsh: str, made: list[Unit]) -> Iterator[OutOfStep]:
        """Welsh words for English that is printed from the data alone, which some line of the template must print."""
        known = {folded(line) for line in self._text(english).split("\n")}
        for unit in made:
            said = folded(unit.english or "")
            if said not in known:
                yield self._english_gone(unit, english, welsh)
            elif not unit.is_right and (left := english_left(self._typed(welsh, unit), "", self._accepted)):
                yield self._of_unit(Code.NOT_WELSH, left, welsh, unit, IN_TEMPLATE)

    def _other_figures(self, unit: Unit, welsh: str) -> Iterator[OutOfStep]:
        if told := other_figures(unit.english or "", unit.said):
            yield self._of_unit(Code.OTHER_FIGURES, told, welsh, unit, SAME_FIGURES)

    def _otherwise(self, one: Unit, other: Unit, english: str, welsh: str) -> Iterator[OutOfStep]:
        """What is said by turns within a stretch, and not of the same outcomes."""
        here, made = (self._typed(path, unit) for path, unit in ((english, one), (welsh, other)))
        for found in otherwise(here, made, one, self._english.outcome):
            yield self._of_unit(found.code, found.message, welsh, other, found.hint)

    def _with_tags(self, path: str, unit: Unit) -> str:
        """The words of a stretch; with tags where it has any, without which words by turns would run together."""
        typed = " ".join(self._typed(path, unit).split())
        return typed if "{%" in typed else unit.said

    def _typed(self, path: str, unit: Unit) -> str:
        return "\n".join(self._text(path).split("\n")[unit.first - 1 : unit.last])

    def _stale(self, old: Unit, new: Unit, english: str, welsh: str) -> OutOfStep:
        was, now = (folded(text.replace("%}", "%} ")) for text in (old.english or "", self._typed(english, new)))
        if old.english is None:
            return self._without_english(old, welsh, self._with_tags(english, new))
        message = f"the English of these words was {_differing(was, now)}, and is {_differing(now, was)} now"
        says = self._with_tags(english, new)
        at = f"{english}:{new.first}"
        hint = f"mend the Welsh if need be, then write into the remark above it what {at} says now: {says}"
        return self._of_unit(Code.STALE_WELSH, message, welsh, old, hint)

    def _without_english(self, unit: Unit, welsh: str, english: str = "…") -> OutOfStep:
        hint = f"write {{# English: {english} #}} above them, the English words that they were made from"
        message = "Welsh words that do not say from which English they were made"
        return self._of_unit(Code.WITHOUT_ENGLISH, message, welsh, unit, hint)

    def _elsewhere(self, one: Unit, other: Unit, english: str, welsh: str) -> Iterator[OutOfStep]:
        if one.part != other.part:
            message = f"these words are in {_part(other.part)}, and their English is in {_part(one.part)}"
            hint = f"move them to where {english}:{one.first} is"
            yield self._of_unit(Code.OTHER_ORDER, message, welsh, other, hint)

    def _unpaired(self, lost: list[Unit], gone: list[Unit], english: str, welsh: str) -> Iterator[OutOfStep]:
        """English without Welsh, and Welsh without English; what is only in another place is told as that."""
        yield from (self._without_english(unit, welsh) for unit in gone if unit.english is None)
        for unit in (unit for unit in gone if unit.english is not None):
            twin = next((one for one in lost if one.said == folded(unit.english or "")), None)
            if twin:
                lost.remove(twin)
                message = f"these words stand in another order than their English, {english}:{twin.first}"
                yield self._of_unit(Code.OTHER_ORDER, message, welsh, unit, "put them where their English stands")
            else:
                yield self._english_gone(unit, english, welsh)
        for unit in lost:
            says = self._with_tags(english, unit)
            hint = f"write the Welsh into {welsh}, with a line above it: {{# English: {says} #}}"
            yield self._of_unit(Code.MISSING_WELSH, "these words have no Welsh", english, unit, hint)

    def _english_gone(self, unit: Unit, english: str, welsh: str) -> OutOfStep:
        message = (
            f"the English from which these words were made is no longer there: {quoted(folded(unit.english or ''))}"
        )
        hint = f"take the Welsh out too, or write the remark as {_name(english)} has the words"
        return self._of_unit(Code.WITHOUT_ENGLISH, message, welsh, unit, hint)

    def _of_unit(self, code: Code, message: str, path: str, unit: Unit, hint: str) -> OutOfStep:
        line = self._text(path).split("\n")[unit.first - 1]
        lines = frozenset((path, number) for number in range(unit.first, unit.last + 1))
        return OutOfStep(_warning(code, message, Place(path, unit.first, 0, line), hint), "", lines)

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
                yield OutOfStep(_warning(Code.OTHER_FACTS, message, asked[name], hint))

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
            yield OutOfStep(_warning(Code.OTHER_VALUES, message, raw.place(way, key=True), hint))


def _is_welsh(step: object) -> bool:
    return str(step).endswith(f"_{WELSH}")


def _in_english(way: KeyPath) -> KeyPath:
    """The way to what stands beside a Welsh value in English."""
    return tuple(step.removesuffix(f"_{WELSH}") if isinstance(step, str) else step for step in way)


def _is_of_values(unit: Unit) -> bool:
    """Whether Welsh words stand for what in English is printed from the data, and has no words in the template."""
    return unit.english is not None and bool(unit.english.strip()) and not has_words(unit.english)


def _warning(code: Code, message: str, place: Place, hint: str) -> Problem:
    return Problem(code, message, place, hint, Severity.WARNING)


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _part(name: str) -> str:
    return f"the part .{name}" if name else "the body"


#: Words that are shown on both sides of those that differ.
_AROUND = 3


def _differing(text: str, other: str) -> str:
    """The words of a text that another does not have, with a few around them; all of it if it is short."""
    words, others = text.split(), other.split()
    start = next((at for at, pair in enumerate(zip(words, others, strict=False)) if len({*pair}) > 1), len(others))
    back = next((at for at, pair in enumerate(zip(words[::-1], others[::-1], strict=False)) if len({*pair}) > 1), 0)
    first, last = max(min(start, len(words)) - _AROUND, 0), min(len(words) - back + _AROUND, len(words))
    shown = " ".join(words[first : max(last, first)])
    return quoted(f"{'… ' if first else ''}{shown}{' …' if last < len(words) else ''}")
