"""Spelling of what is printed: of values at their lines in YAML, and of the blocks of every possible letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from letters.compose.english import join
from letters.compose.trace import Span, TracedBlock
from letters.letter import BODY, normalise
from letters.problems import Code, Place, Problem, Severity
from letters.proof.book import Book
from letters.proof.english_findings import invented_texts
from letters.proof.places import Places
from letters.proof.spelling import Capitals, Misspelt, misspelt
from letters.workspace.accepted import WORD_LIST, Accepted
from letters.workspace.fields import Field
from letters.workspace.model import Force, LetterType
from letters.workspace.raw import KeyPath

#: Settings of a person in letter.yaml that are names, numbers or addresses.
_NO_WORDS = frozenset({"name", "address", "email", "telephone", "fax", "phone", "mobile", "picture"})
#: What facts are called that are in another language, such as `name_cy`.
_OF_A_LANGUAGE = re.compile(r"_[a-z]{2}$")
#: The pattern of a text that is not empty; one that says more is of a code or a number.
_ANYTHING = r"\S"
#: What stands before a number or an address in a line of the letterhead: Direct Line, Email.
_LABEL = re.compile(r"[A-Z][a-z]+(?:[ -][A-Za-z]+)?")
#: Parts that are words of our own, and no names or addresses: headings in the body, the masthead, the foot.
_OWN_PARTS = frozenset({BODY, "masthead", "strapline", "tagline", "foot"})


def spelling_problems(
    book: Book,
    foot: Iterable[TracedBlock],
    forces: Mapping[str, Force],
    places: Places,
    accepted: Accepted,
    dictionary: Any,
    described: Field,
) -> Iterator[Problem]:
    """Each word that is not spelt right in what letters say; names of people, places and bodies are not read.

    `foot`: the lines of a letter's foot, which are not among its blocks. `described`: the facts of a force.
    """
    letter_type = book.letter_type

    def capitals_of(block: TracedBlock, at: int, word: str) -> Capitals:
        is_typed = places.span(block.at(at), word).column > 0
        if is_typed and block.part != BODY and _LABEL.fullmatch(block.text[:at] + block.text[at:].partition(": ")[0]):
            return Capitals.LABEL
        return Capitals.WORDS if is_typed and block.part in _OWN_PARTS else Capitals.OFFICES

    seen: set[str] = {word for force in forces.values() for word in force.name.split()}
    names = _settings_names(letter_type)
    for file, way, text in _settings(letter_type):
        capitals = Capitals.OFFICES if way[0] == "salutation" else Capitals.WORDS
        yield from _value_problems(file, way, text, capitals, places, accepted, dictionary, seen)
    standard = {block.text: block for reading in book.readings for block in reading.blocks}
    standard |= {block.text: block for block in foot}
    invented = [*invented_texts(book), *names]
    for word in misspelt(standard.values(), dictionary, accepted, seen, invented, capitals_of):
        span = word.block.at(word.at)
        in_phrase = places.phrase(span.phrase, word.word) if span and span.phrase else None
        place = in_phrase or _typed(places, span, word.word)
        yield unknown_word(word, place, places.also(place, word.word))
    for slug, force in forces.items():
        own, file = set(seen), f"forces/{slug}.yaml"
        for way, text in _facts(force, letter_type, described):
            yield from _value_problems(file, way, text, Capitals.OFFICES, places, accepted, dictionary, own)
        bespoke = [block for block in book.today.get(slug, ()) if block.text not in standard]
        hidden = [*names, *names_of_force(force, letter_type)]
        for word in misspelt(bespoke, dictionary, accepted, own, hidden, capitals_of):
            span = word.block.at(word.at)
            yield unknown_word(word, places.in_force(file, word.word) or places.span(span, word.word))


def _typed(places: Places, span: Span | None, word: str) -> Place:
    """Where a word of a letter is typed: in the line of its template, or in the title of an answer."""
    line = places.span(span, word)
    return line if line.column else places.title(word) or line


#: So many other lines that have a misspelt word are named; of more it is said how many.
_NAMED = 5


def unknown_word(word: Misspelt, place: Place, also: Sequence[int] = ()) -> Problem:
    """A misspelt word as a problem. `also`: on which other lines of the file it stands."""
    near = f"did you mean {' or '.join(word.meant)}? " if word.meant else ""
    lines = f"{'line' if len(also) == 1 else 'lines'} {join([*map(str, also)], 'and')}"
    others = f"it is on {lines if len(also) <= _NAMED else f'{len(also)} more lines'} too; " if also else ""
    hint = f"{near}{others}if the word is right, add it to {WORD_LIST}"
    return Problem(Code.MISSPELT, word.said, place, hint, Severity.WARNING)


def _value_problems(
    file: str,
    way: KeyPath,
    text: str,
    capitals: Capitals,
    places: Places,
    accepted: Accepted,
    dictionary: Any,
    seen: set[str],
) -> Iterator[Problem]:
    block = TracedBlock("", normalise(text), ())
    for word in misspelt([block], dictionary, accepted, seen, (), lambda *_: capitals):
        yield unknown_word(word, places.value(file, way, word.word))


def _settings(letter_type: LetterType) -> Iterator[tuple[str, KeyPath, str]]:
    """The texts of letter.yaml, and of who may sign, that are words and no names; each with its file and the way to
    it."""
    settings = f"{letter_type.folder}/letter.yaml"
    yield settings, ("title",), letter_type.title
    if letter_type.salutation:
        yield settings, ("salutation",), letter_type.salutation
    for file, at, who in people_of(letter_type):
        for field, value in who.items():
            if field not in _NO_WORDS and not field.endswith("_cy"):
                yield from ((file, way, text) for way, text in _texts((*at, field), value))


def people_of(letter_type: LetterType) -> Iterator[tuple[str, KeyPath, Mapping[str, object]]]:
    """Who may sign and whom to ask: the file that says so, the way to it there, and what is known of them."""
    settings = f"{letter_type.folder}/letter.yaml"
    yield from ((one.path, (), one.facts) for one in letter_type.signatories.values())
    if not letter_type.signed_by:
        yield settings, ("signatory",), letter_type.signatory
    yield settings, ("contact",), letter_type.contact


def _facts(force: Force, letter_type: LetterType, described: Field) -> Iterator[tuple[KeyPath, str]]:
    """What a force's file says that is words and no names, for all of its letters and for this one, and the ways."""
    yield from _said((), force.facts, described)
    if outcome := force.letters.get(letter_type.name):
        at: KeyPath = ("letters", letter_type.name)
        yield from _said(at, outcome.facts, described)
        if outcome.salutation:
            yield (*at, "salutation"), outcome.salutation
        yield from _texts((*at, "copied_to"), list(outcome.copied_to))


def _said(at: KeyPath, facts: Mapping[str, object], described: Field) -> Iterator[tuple[KeyPath, str]]:
    """The words in facts: neither names, numbers and addresses, nor codes, nor what is in another language."""
    for key, value in facts.items():
        field = described.at((key,))
        if key in _NO_WORDS or _OF_A_LANGUAGE.search(key) or not field.takes_words:
            continue
        if isinstance(value, Mapping):
            yield from _said((*at, key), value, field)
        elif not field.says.get("pattern") or field.says["pattern"] == _ANYTHING:
            yield from _texts((*at, key), value)


def _texts(way: KeyPath, value: object) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, str):
        yield way, value
    elif isinstance(value, Sequence):
        for number, inner in enumerate(value):
            yield from _texts((*way, number), inner)


def _settings_names(letter_type: LetterType) -> list[str]:
    """The names and addresses in letter.yaml, and of who may sign."""
    values = (who.get(key) for _, _, who in people_of(letter_type) for key in sorted(_NO_WORDS))
    return [normalise(value) for value in values if isinstance(value, str) and value.strip()]


def names_of_force(force: Force, letter_type: LetterType) -> list[str]:
    """The names that a force's file gives, longest first."""
    outcome = force.letters.get(letter_type.name)
    names = [*_named(force.facts), *(_named({**outcome.facts, **outcome.answers}) if outcome else ())]
    return sorted((normalise(name) for name in names if name.strip()), key=len, reverse=True)


def _named(value: object, key: object = "") -> Iterator[str]:
    """The texts in an outcome, or in the facts of a force, whose fields are called names."""
    if isinstance(value, Mapping):
        for inner_key, inner in value.items():
            yield from _named(inner, inner_key)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner, key)
    elif isinstance(value, str) and any(said in str(key) for said in ("name", "honours", "address")):
        yield value
