"""Raw data to forces and outcomes, or every problem at once: shape first, meaning only where the shape is sound."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from letters.letter import ENGLISH, WELSH, Stage
from letters.problems import Code, Problem, did_you_mean, quoted
from letters.workspace.addressed import copies_problems, mail_problems
from letters.workspace.closing import closed_inside
from letters.workspace.fields import Field
from letters.workspace.languages import free_text_problems, own_words_problems
from letters.workspace.model import Departure, Force, LetterType, Number, Outcome, own_key
from letters.workspace.nested import without_nested
from letters.workspace.raw import KeyPath, Raw
from letters.workspace.recipient import Recipient, shipped
from letters.workspace.references import written_out
from letters.workspace.shapes import Rules, Shape
from letters.workspace.signatories import unknown_signatory
from letters.workspace.texts import Printed, printed_problems, text_problems
from letters.workspace.titles import name_problems, salutation_problems, title_problems
from letters.workspace.typed import KindOf, TextKind, data_problems, folded_problems, typed_problems

#: The tool's own keys of an outcome that are no words of a letter.
_NEVER_PRINTED = frozenset({"stage", "notes", "date", "signatory"})


_OWN_KINDS = {"stage": TextKind.CLOSED, "date": TextKind.CLOSED, "notes": TextKind.REMARK, "signatory": TextKind.REMARK}


def _kind(field: Field) -> TextKind:
    """What the texts of a field are for."""
    if not field.takes_words:
        return TextKind.CLOSED
    return TextKind.MARKDOWN if field.is_markdown else TextKind.WORDS


@dataclass(frozen=True)
class _Rules:
    """What an outcome of one letter type is held against: its shape and its meaning."""

    shape: Shape
    meaning: Rules


class Validator:
    """Holds raw forces against what recipient.yaml and the letter types say.

    `broken`: names of letter types that are there but cannot be used; of an outcome of theirs only the tool's own keys
    are checked.
    """

    def __init__(
        self,
        types: Mapping[str, LetterType],
        broken: frozenset[str] = frozenset(),
        recipient: Recipient | None = None,
    ) -> None:
        self._types = types
        self._broken = broken - types.keys()
        self._recipient = recipient or shipped()
        self._force, self._force_rules = Shape(self._recipient.file_schema), Rules(self._recipient.schema)
        self._own = Shape(self._recipient.own_schema)
        self._own_keys = self._recipient.own_keys
        self._rules = {name: _rules(letter_type) for name, letter_type in types.items()}

    def force(self, slug: str, raw: Raw) -> tuple[Force | None, list[Problem]]:
        """The force in `raw`, with the outcomes that are sound; None where its own facts are not."""
        data = raw.data if isinstance(raw.data, dict) else {}
        own = {key: value for key, value in data.items() if key != "letters"}
        problems = self._force.problems(raw, (), raw.data)
        problems += self._fact_problems(raw, own, sound=not any(problem.stops for problem in problems))
        sound = not any(problem.stops for problem in problems)
        if sound:
            problems += name_problems(raw, slug, str(own["name"]), self._recipient.behind_area)
        outcomes = {}
        letters = data.get("letters")
        for name, value in letters.items() if isinstance(letters, dict) else ():
            outcome, found = self._outcome(name, raw, value)
            problems += found
            if outcome and not any(problem.stops for problem in found):
                outcomes[name] = outcome
        return (Force(slug, own, outcomes, dict(_written(raw, (), own))) if sound else None), problems

    def _fact_problems(self, raw: Raw, facts: Mapping[str, object], *, sound: bool) -> list[Problem]:
        """What is wrong with the facts of a force, their shape aside; their meaning only where that is sound."""
        described = self._recipient.facts
        problems = text_problems(raw, (), facts)
        problems += typed_problems(raw, (), facts, lambda path: _kind(described.at(path)))
        printed = Printed(lambda path: not described.at(path).takes_words, nouns=self._recipient.word.nouns)
        words = printed_problems(raw, (), facts, printed)
        found = _markdown_problems(raw, (), described, facts)
        if not sound or any(problem.stops for problem in problems):
            return problems + _elsewhere(raw, (), facts, problems, words + found)
        problems += words
        problems += [*title_problems(raw, (), facts, described), *mail_problems(raw, (), facts)]
        problems += self._force_rules.problems(raw, (), facts)
        return problems + found

    def _outcome(self, name: str, raw: Raw, value: object) -> tuple[Outcome | None, list[Problem]]:
        at = ("letters", name)
        if name not in self._types and name not in self._broken:
            return None, self._unknown_type(name, raw)
        if not isinstance(value, dict):
            return None, self._own.problems(raw, at, value)
        own = {key: inner for key, inner in value.items() if key in self._own_keys}
        answers = {key: inner for key, inner in value.items() if key not in self._own_keys}
        own, nested = without_nested(raw, at, own, self._types[name].phrases if name in self._types else ())
        problems = [*self._own.problems(raw, at, own), *nested]
        problems += text_problems(raw, at, value, leave_out=frozenset({"notes"}))
        problems += typed_problems(raw, at, value, self._kind_of(name))
        if name in self._broken:
            return None, problems
        letter_type, rules = self._types[name], self._rules[name]
        awaited = own.get("stage") == Stage.AWAITED
        problems += rules.shape.problems(raw, at, answers, partial=awaited, also=self._own_keys_of(letter_type))
        printed = printed_problems(raw, at, value, self._printed(letter_type.outcome, awaited))
        if any(problem.stops for problem in problems):
            found = printed + _markdown_problems(raw, at, letter_type.outcome, answers)
            return None, problems + _elsewhere(raw, at, value, problems, found)
        outcome = self._made(own, answers, dict(_written(raw, at, value)))
        problems += self._signatory_problems(letter_type, raw, outcome)
        problems += printed
        if not awaited:
            problems += rules.meaning.problems(raw, at, answers)
        problems += self._problems_of_persons(raw, at, outcome)
        problems += _departure_problems(letter_type, raw, outcome)
        problems += own_words_problems(letter_type, raw, own)
        problems += () if awaited else free_text_problems(letter_type, raw, answers)
        problems += _markdown_problems(raw, at, letter_type.outcome, answers)
        problems += _markdown_problems(raw, at, self._recipient.facts, outcome.facts)
        return outcome, problems

    def _problems_of_persons(self, raw: Raw, at: KeyPath, outcome: Outcome) -> Iterator[Problem]:
        """What is wrong with whom a letter is to, whom it greets, and who gets a copy."""
        yield from title_problems(raw, at, outcome.facts, self._recipient.facts)
        yield from mail_problems(raw, at, outcome.facts)
        if outcome.salutation:
            yield from salutation_problems(raw, (*at, "salutation"), outcome.salutation)
        if outcome.copied_to:
            yield from copies_problems(raw, (*at, "copied_to"), outcome.copied_to)

    def _own_keys_of(self, letter_type: LetterType) -> tuple[str, ...]:
        """The tool's own keys of an outcome, those in Welsh only where its letters are."""
        is_welsh = any(edition.language == WELSH for edition in letter_type.editions)
        return tuple(key for key in self._own_keys if is_welsh or not key.endswith("_cy"))

    def _signatory_problems(self, letter_type: LetterType, raw: Raw, outcome: Outcome) -> list[Problem]:
        name = outcome.signatory
        if name is None or name in letter_type.signatories:
            return []
        place = raw.place(("letters", letter_type.name, "signatory"))
        return [unknown_signatory(name, letter_type.signatories, letter_type.signatory_files, place)]

    def _kind_of(self, name: str) -> KindOf:
        """What the texts of an outcome are for. Of a broken letter type, that is known of the tool's own keys."""
        outcome = self._types[name].outcome if name in self._types else None

        def kind_of(path: KeyPath) -> TextKind:
            key = str(path[2])
            if key in self._recipient.in_letters:
                return _kind(self._recipient.facts.at(path[2:]))
            if key in self._own_keys:
                return _OWN_KINDS.get(key, TextKind.WORDS if path[-1] != "number" else TextKind.CLOSED)
            return _kind(outcome.at(path[2:])) if outcome else TextKind.CLOSED

        return kind_of

    def _printed(self, described: Field, awaited: bool) -> Printed:
        """Which texts of an outcome are printed. One that is awaited may say that its words are to come."""

        def is_left_out(path: KeyPath) -> bool:
            around = self._recipient.facts if path[2] in self._recipient.in_letters else described
            return path[2] in _NEVER_PRINTED or not around.at(path[2:]).takes_words

        return Printed(is_left_out, described.codes(), self._recipient.word.nouns, unfinished=awaited)

    def _made(self, own: Mapping[str, object], answers: Mapping[str, object], written: Mapping[str, str]) -> Outcome:
        day = own.get("date")
        return Outcome(
            stage=Stage(str(own["stage"])),
            answers=answers,
            changed_wording=_departures(own.get("changed_wording")),
            added_sentences=_texts(own.get("added_sentences")),
            facts={key: own[key] for key in self._recipient.in_letters if key in own},
            salutation=str(own["salutation"]) if "salutation" in own else None,
            copied_to=_texts(own.get("copied_to")),
            date=date.fromisoformat(str(day)) if day else None,
            signatory=str(own["signatory"]) if "signatory" in own else None,
            written=written,
            changed_wording_cy=_departures(own.get("changed_wording_cy")),
            added_sentences_cy=_texts(own.get("added_sentences_cy")),
            salutation_cy=str(own["salutation_cy"]) if "salutation_cy" in own else None,
            copied_to_cy=_texts(own.get("copied_to_cy")),
        )

    def _unknown_type(self, name: str, raw: Raw) -> list[Problem]:
        if not self._types and not self._broken:
            return []  # there is none at all, which is said once
        place = raw.place(("letters", name), key=True)
        if name in self._recipient.facts.fields:
            hint = f"write it above `letters:`, at the left margin; below that stand letter types: {name!r} is none"
            message = f"{quoted(name)} stands below `letters:`, and is a fact of the {self._recipient.word.one}"
            return [Problem(Code.UNKNOWN_LETTER_TYPE, message, place, hint)]
        message = f"there is no letter type {quoted(name)}"
        hint = did_you_mean(name, sorted({*self._types, *self._broken}))
        return [Problem(Code.UNKNOWN_LETTER_TYPE, message, place, hint)]


def _rules(letter_type: LetterType) -> _Rules:
    """A type's rules. Fields that are required and not described are keys of an outcome too."""
    shape = {
        "additionalProperties": False,
        **{key: value for key, value in letter_type.schema.items() if key != "allOf"},
    }
    shape["properties"] = {
        **{name: {} for name in letter_type.fields},
        **_properties_of(letter_type.schema.get("properties")),
    }
    whole = written_out(letter_type.schema, shape)
    return _Rules(Shape(closed_inside(_properties_of(whole)), letter_type.outcome), Rules(letter_type.schema))


def _properties_of(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _departure_problems(letter_type: LetterType, raw: Raw, outcome: Outcome) -> list[Problem]:
    english = letter_type.edition(ENGLISH).phrases
    return [
        problem
        for edition in letter_type.editions
        for problem in _departures_of_edition(edition, raw, outcome, english)
    ]


def _departures_of_edition(
    letter_type: LetterType, raw: Raw, outcome: Outcome, english: Collection[str]
) -> list[Problem]:
    problems = []
    for key, departure in outcome.in_language(letter_type.language).changed_wording.items():
        path = ("letters", letter_type.name, own_key("changed_wording", letter_type.language), key)
        phrase = letter_type.phrases.get(key)
        if phrase is None:
            hint = did_you_mean(key, letter_type.phrases) or "take it out: this letter type has no phrases"
            if key in english:
                hint = f"keep it, and write {key} in Welsh into {letter_type.wording_path}, which lacks it"
            problems.append(
                Problem(
                    Code.CHANGED_PHRASE_UNKNOWN, f"there is no phrase {quoted(key)}", raw.place(path, key=True), hint
                )
            )
        elif departure.text == phrase.text:
            message = f"this is the standard wording of {key!r}"
            problems.append(Problem(Code.CHANGED_PHRASE_SAME, message, raw.place(path), "take the departure out"))
    return problems


def _markdown_problems(raw: Raw, at: KeyPath, described: Field, value: Mapping[str, object]) -> list[Problem]:
    """What is wrong with the Markdown texts in `value`, which stands at `at`."""
    problems = []
    for path in described.markdown_paths(value):
        where, text = (*at, *path), _at(value, path)
        problems += folded_problems(raw, where, text, markdown=True) or data_problems(raw, where, text)
    return problems


def _elsewhere(
    raw: Raw, at: KeyPath, value: object, known: Iterable[Problem], found: Iterable[Problem]
) -> list[Problem]:
    """Of the problems `found` in `value`, which stands at `at`, those of values that are not `known` to be wrong."""
    lines = {problem.place.line for problem in known if problem.place.path == raw.path}
    spans = [(raw.values[way][0] + 1, raw.ends[way][0] + 1) for way in _leaves(at, value) if way in raw.ends]
    wrong = [(first, last) for first, last in spans if any(first <= line <= last for line in lines)]
    return [one for one in found if not any(first <= one.place.line <= last for first, last in wrong)]


def _leaves(at: KeyPath, value: object) -> Iterator[KeyPath]:
    """The ways to the single values in `value`, which stands at `at`."""
    if not isinstance(value, Mapping | list):
        yield at
        return
    for key, inner in value.items() if isinstance(value, Mapping) else enumerate(value):
        yield from _leaves((*at, key), inner)


def _at(value: object, path: KeyPath) -> str:
    """The text at `path` of a value."""
    for step in path:
        value = value[step]  # type: ignore[index]
    return str(value)


def _written(raw: Raw, at: KeyPath, value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """The numbers in `value`, which stands at `at`, by name, as they were typed."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _written(raw, (*at, key), inner, f"{name}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _written(raw, (*at, number), inner, f"{name}.{number}")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield name[1:], "".join(text for _, _, text in raw.written(at)).strip()


def _texts(value: object) -> tuple[str, ...]:
    return tuple(_text(text) for text in value) if isinstance(value, list) else ()


def _departures(value: object) -> dict[str, Departure]:
    return {key: _departure(one) for key, one in _properties_of(value).items()}


def _departure(value: object) -> Departure:
    if isinstance(value, Mapping):
        return Departure(_text(value["text"]), Number(str(value["number"])))
    return Departure(_text(value))


def _text(value: object) -> str:
    """A text without the line ends that YAML keeps around it (`|`, `>`)."""
    return str(value).strip("\r\n")
