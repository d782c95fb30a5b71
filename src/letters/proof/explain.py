"""Why a letter says what it says: for each sentence its phrases and template lines, and the YAML lines that decided it.

A line decides a sentence if another value there would change or remove it: each value is changed in turn and the
letter composed again, so that no rule of a template has to be understood.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from letters.compose import Composer
from letters.compose.answers import as_date
from letters.compose.trace import Span, TracedBlock
from letters.problems import InvalidInput
from letters.workspace.fields import Field
from letters.workspace.model import OWN_WORDS, Force, LetterType, Outcome, own_key
from letters.workspace.raw import KeyPath

#: What a text is changed to: a word that no letter has.
_OTHER = "Zzyzx"
#: Days from one that a date is compared with, however far that is.
_FAR = 40_000


@dataclass(frozen=True)
class Explained:
    """One sentence (or line of a part): its number in the letter, origin, deciding values, and who else has it.

    `decided_by`: ways to values of the force's file; `settings`: ways to values of the type's letter.yaml, and of the
    file of who signs below `signatory`.
    """

    number: int
    part: str
    text: str
    spans: tuple[Span, ...]
    decided_by: tuple[KeyPath, ...]
    same_in: tuple[str, ...]
    settings: tuple[KeyPath, ...] = ()


def explain(
    composer: Composer, letter_type: LetterType, force: Force, others: Mapping[str, Iterable[TracedBlock]]
) -> list[Explained]:
    """Each sentence of the letter of `letter_type` to `force`. `others`: the traced letters to other forces, by slug.

    Raises InvalidInput where the letter cannot be composed.
    """
    sentences = list(_sentences(composer.trace(letter_type, force)))
    variants = _variants(letter_type, force, composer.recipient.facts)
    without = _without_each(composer, ((path, letter_type, variant) for path, variant in variants))
    settings = _without_each(composer, _type_variants(letter_type, force))
    elsewhere = {slug: {sentence.text for sentence in _sentences(blocks)} for slug, blocks in others.items()}
    return [
        Explained(
            number,
            sentence.part,
            sentence.text,
            sentence.spans,
            _deciding(sentence.text, without),
            tuple(slug for slug, texts in elsewhere.items() if slug != force.slug and sentence.text in texts),
            _deciding(sentence.text, settings),
        )
        for number, sentence in enumerate(sentences, 1)
    ]


def _sentences(blocks: Iterable[TracedBlock]) -> Iterator[TracedBlock]:
    for block in blocks:
        if block.running:
            yield from block.sentences
        else:
            yield block


def _deciding(text: str, without: Mapping[KeyPath, list[set[str]]]) -> tuple[KeyPath, ...]:
    """The ways to the values of which another one changes or removes a sentence."""
    return tuple(path for path, texts in without.items() if any(text not in said for said in texts))


def _without_each(
    composer: Composer, variants: Iterable[tuple[KeyPath, LetterType, Force]]
) -> dict[KeyPath, list[set[str]]]:
    """By the way to a value: what the letter says for each other value there."""
    said: dict[KeyPath, list[set[str]]] = {}
    for path, letter_type, force in variants:
        try:
            texts = {sentence.text for sentence in _sentences(composer.trace(letter_type, force))}
        except InvalidInput:
            continue  # no letter at all: nothing that a value could be seen to decide
        said.setdefault(path, []).append(texts)
    return said


def _type_variants(letter_type: LetterType, force: Force) -> Iterator[tuple[KeyPath, LetterType, Force]]:
    """The way to each value of letter.yaml that a letter may say, and the letter type with another value there; so of
    the file of who signs."""
    yield (own_key("title", letter_type.language),), replace(letter_type, title=_OTHER), force
    if letter_type.salutation:
        yield (own_key("salutation", letter_type.language),), replace(letter_type, salutation=_OTHER), force
    if letter_type.date:
        yield ("date",), replace(letter_type, date=letter_type.date + timedelta(days=400)), force
    for path, contact in _texts_changed(letter_type.contact):
        yield ("contact", *path), replace(letter_type, contact=contact), force
    outcome = force.letters[letter_type.name]
    signed = letter_type.signed(outcome)
    unsigned = replace(force, letters={**force.letters, letter_type.name: replace(outcome, signatory=None)})
    for path, signatory in _texts_changed(signed.signatory):
        yield ("signatory", *path), replace(signed, signatory=signatory), unsigned
    if signed.signed_by and not outcome.signatory:
        other = {key: [_OTHER] if isinstance(value, list) else _OTHER for key, value in signed.signatory.items()}
        yield ("signatory",), replace(signed, signatory=other), unsigned


def _texts_changed(facts: Mapping[str, object]) -> Iterator[tuple[KeyPath, Mapping[str, object]]]:
    """The way to each text of some facts, and the facts with another there."""
    for key, value in facts.items():
        if isinstance(value, list):
            for number in range(len(value)):
                yield (key, number), {**facts, key: [*value[:number], _OTHER, *value[number + 1 :]]}
        else:
            yield (key,), {**facts, key: _OTHER}


def _variants(letter_type: LetterType, force: Force, described: Field) -> Iterator[tuple[KeyPath, Force]]:
    """The way to each value, and the force with another value there."""
    for path, facts in _other_facts(described, force.facts):
        yield path, replace(force, facts=facts, written=_without(force.written, path))
    outcome = force.letters[letter_type.name]
    for path, variant in _outcome_variants(letter_type, outcome):
        yield ("letters", letter_type.name, *path), replace(force, letters={**force.letters, letter_type.name: variant})


def _other_facts(described: Field, facts: Mapping[str, object]) -> Iterator[tuple[KeyPath, Mapping[str, object]]]:
    """The way to each fact, and the facts with another there, or without it where it may be left out."""
    for name, value in facts.items():
        field = described.at((name,))
        if isinstance(value, Mapping) and field.required:
            yield from (((name, *path), {**facts, name: inner}) for path, inner in _other_facts(field, value))
        elif field.required:
            yield from (((name, *path), {**facts, name: other}) for path, other in _other_values(field, value))
        else:
            yield (name,), {key: other for key, other in facts.items() if key != name}
            # What is compared with something is needed for a letter.
            others = () if isinstance(value, Mapping | list) else _other_values(field, value)
            yield from (((name,), {**facts, name: other}) for _, other in others)


def _outcome_variants(letter_type: LetterType, outcome: Outcome) -> Iterator[tuple[KeyPath, Outcome]]:
    for name, value in outcome.answers.items():
        for path, other in _other_values(letter_type.outcome.at((name,)), value):
            as_typed = _without(outcome.written, (name, *path))
            yield (name, *path), replace(outcome, answers={**outcome.answers, name: other}, written=as_typed)
    wording, added, salutation, copied_to = (own_key(key, letter_type.language) for key in OWN_WORDS)
    departures, sentences = getattr(outcome, wording), getattr(outcome, added)
    for key in departures:
        rest = {other: departure for other, departure in departures.items() if other != key}
        yield (wording, key), outcome.saying(wording, rest)
    for number in range(len(sentences)):
        yield (added, number), outcome.saying(added, sentences[:number] + sentences[number + 1 :])
    if outcome.date:
        yield ("date",), replace(outcome, date=outcome.date + timedelta(days=400))
    for name in outcome.facts:
        yield (name,), replace(outcome, facts={key: value for key, value in outcome.facts.items() if key != name})
    if getattr(outcome, salutation):
        yield (salutation,), outcome.saying(salutation, None)
    if getattr(outcome, copied_to):
        yield (copied_to,), outcome.saying(copied_to, ())
    if outcome.signatory:
        others = (name for name in (None, *letter_type.signatories) if name != outcome.signatory)
        yield from ((("signatory",), replace(outcome, signatory=name)) for name in others)


def _without(written: Mapping[str, str], path: KeyPath) -> Mapping[str, str]:
    """How numbers were typed, less those at or below `path`."""
    way = ".".join(map(str, path))
    return {name: text for name, text in written.items() if name != way and not name.startswith(f"{way}.")}


def _other_values(field: Field, value: object) -> Iterator[tuple[KeyPath, object]]:
    """The way to each value in a field's value, and the field's value with another there."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            for path, other in _other_values(field.at((key,)), inner):
                yield (key, *path), {**value, key: other}
    elif field.is_answer(value):
        listed = (answer for one in field.each_kind() for answer in one.answers)
        yield from (((), answer) for answer in listed if answer != value)
    elif isinstance(value, list):
        entry = field.at((0,))
        if entry.is_closed and value != list(entry.answers)[:1]:
            yield (), list(entry.answers)[:1]
        else:
            yield from (((), [other]) for _, other in _other_values(entry, value[0] if value else ""))
    elif isinstance(value, str) and (day := as_date(value)):
        # Earlier as well: a day may have to be before another.
        yield from (((), (day + timedelta(days=days)).isoformat()) for days in (400, -400, _FAR, -_FAR))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from (((), value + more) for more in (1, 10**9, -(10**9)))
    else:
        yield (), _OTHER
