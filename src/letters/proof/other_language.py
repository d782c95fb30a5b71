"""The proof of letters that are not in English: by what holds in any language, and by Welsh spelling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from letters.compose import Composer
from letters.compose.trace import TracedBlock
from letters.letter import normalise
from letters.machine import dictionary
from letters.problems import Code, Place, Problem, Severity, in_order, quoted
from letters.proof.any_language import findings
from letters.proof.book import Book, sample_foot, write_book
from letters.proof.english_findings import invented_texts
from letters.proof.finding_problems import problem_of, where_seen, words_around
from letters.proof.finished import Finished
from letters.proof.force_names import ForceNames
from letters.proof.outcomes import outcome_problems, schema_problems
from letters.proof.places import Places
from letters.proof.proofing import Proof, Reference
from letters.proof.signs import phrase_signs
from letters.proof.spaces import template_spaces
from letters.proof.spelling import misspelt
from letters.proof.spelling_cy import apart, not_welsh, value_spelling, welsh_spelling
from letters.proof.spelt_values import names_of_force, unknown_word
from letters.workspace.accepted import WORD_LIST, Accepted
from letters.workspace.model import OWN_WORDS, Departure, Force, LetterType, Outcome, own_key
from letters.workspace.raw import KeyPath, PlaceOf, read_text
from letters.workspace.source import Source


def prove_other(
    source: Source,
    composer: Composer,
    letter_type: LetterType,
    forces: Mapping[str, tuple[Force, PlaceOf]],
    against: Reference,
) -> Proof:
    """Read every possible letter of a type that is in another language than English, and today's to `forces`."""
    places, accepted = Places(source, letter_type), against.accepted
    read = {slug: force for slug, (force, _) in forces.items()}
    book, problems = write_book(composer, letter_type, list(read.values()))
    found = [*_block_problems(book, places, accepted), *_phrase_problems(book, places, accepted)]
    problems += schema_problems(book, places)
    problems += outcome_problems(book, places, is_hole=any(one.code == Code.NOTHING_SAID for one in found))
    problems += found
    for path in (letter_type.letter_path, letter_type.verdict_path, letter_type.letterhead_path):
        problems += template_spaces(path, read_text(source, path), accepted) if path in source else ()
    names = ForceNames(force.name_in(letter_type.language) for force in read.values())
    for slug, blocks in book.today.items():
        force = read[slug]
        force = replace(force, facts={**force.facts, "name": force.name_in(letter_type.language)})
        file = forces[slug][1](()).path
        problems += Finished(letter_type, force, names, places, accepted, file).problems(blocks)
    problems += _spelling_problems(book, composer, forces, places, accepted)
    if against.dictionary:
        problems += _english_problems(book, read, places, accepted, against.dictionary)
    return Proof(book, in_order(dict.fromkeys(problems)))


def spans_problems(book: Book, places: Places, accepted: Accepted) -> Iterator[Problem]:
    """Welsh that is misspelt in letters in English, where it is marked; nothing without a dictionary."""
    words, _ = dictionary.welsh_dictionary()
    marked = [block for block in _every_block(book) if any(span.lang for span in block.spans)]
    if words and marked:
        hidden = invented_texts(book)
        yield from welsh_spelling(marked, book.letter_type.language, words, accepted, places, hidden)


def _english_problems(
    book: Book, forces: Mapping[str, Force], places: Places, accepted: Accepted, words: Any
) -> Iterator[Problem]:
    """English that is misspelt in these letters, where it is marked; names are not read."""
    seen: set[str] = {word.lower() for force in forces.values() for word in force.name.split()}
    standard = {block.text: block for reading in book.readings for block in reading.blocks}
    said: list[tuple[str, Iterable[TracedBlock]]] = [("", standard.values())]
    said += [(slug, [one for one in blocks if one.text not in standard]) for slug, blocks in book.today.items()]
    for slug, blocks in said:
        hidden = [*invented_texts(book), *_names(book, forces)]
        hidden += names_of_force(forces[slug], book.letter_type) if slug else ()
        marked = [one.marked(book.letter_type.language) for one in blocks if any(span.lang for span in one.spans)]
        for word in misspelt(marked, words, accepted, seen, hidden):
            in_data = places.in_force(f"forces/{slug}.yaml", word.word) if slug else None
            yield unknown_word(word, in_data or places.span(word.block.at(word.at), word.word))


def _every_block(book: Book) -> list[TracedBlock]:
    """Each block that a letter may have, and those of today's letters, once."""
    readings = (block for reading in book.readings for block in reading.blocks)
    today = (block for blocks in book.today.values() for block in blocks)
    return list({block.text: block for block in (*today, *readings)}.values())


def _block_problems(book: Book, places: Places, accepted: Accepted) -> Iterator[Problem]:
    invented = invented_texts(book)
    for block in _every_block(book):
        for finding in findings(block.text, running=block.running):
            is_invented = any(
                block.text.find(said) <= finding.at < block.text.find(said) + len(said)
                for said in invented
                if said in block.text
            )
            if not (is_invented or accepted.covers(block.text, finding.at, finding.end)):
                span = block.at(where_seen(block.text, finding))
                yield problem_of(finding, block.text, places.span(span, words_around(block.text, finding)))


def _phrase_problems(book: Book, places: Places, accepted: Accepted) -> Iterator[Problem]:
    for key, phrase in book.letter_type.phrases.items():
        for finding in (*findings(phrase.text, running=False), *phrase_signs(phrase.text)):
            if not accepted.covers(phrase.text, finding.at, finding.end):
                yield problem_of(finding, phrase.text, places.phrase(key, words_around(phrase.text, finding)))


def _spelling_problems(
    book: Book,
    composer: Composer,
    forces: Mapping[str, tuple[Force, PlaceOf]],
    places: Places,
    accepted: Accepted,
) -> Iterator[Problem]:
    """What is misspelt in all letters, and in each of today's what is of its force's data alone, at its place there."""
    words, why_not = dictionary.welsh_dictionary()
    if not words:
        message = f"Welsh spelling was not checked: {why_not}"
        place, hint = Place("this machine"), dictionary.mend_welsh()
        yield Problem(Code.SPELLING_UNCHECKED, message, place, hint, Severity.WARNING)
        return
    letter_type, language = book.letter_type, book.letter_type.language
    known_english = [one for one in composer.out_of_step(letter_type) if one.problem.code is Code.NOT_WELSH]
    told = {(one.problem.place.path, one.problem.place.line) for one in known_english}
    hidden = [*invented_texts(book), *_names(book, {slug: force for slug, (force, _) in forces.items()})]
    hidden.append(normalise(letter_type.title))  # which is read where it is written
    hidden += (normalise(letter_type.phrases[one.phrase].text) for one in known_english if one.phrase)
    standard = {block.text: block for reading in book.readings for block in reading.blocks}
    standard |= {block.text: block for block in sample_foot(composer, book)}
    foreign, blocks = apart(standard.values(), language, words, accepted, hidden)
    found = list(value_spelling(letter_type, words, accepted, places, told))
    known = _told(found)
    found += welsh_spelling(blocks, language, words, accepted, places, hidden, known=known)
    yield from (one for one in found if (one.place.path, one.place.line) not in told)
    known |= _told(found)
    for place, sentence in ((places.span(one.at(0), one.text), one) for one in foreign):
        if (place.path, place.line) not in told:
            told.add((place.path, place.line))
            yield _not_in_welsh(sentence.text, place)
    for slug, said in book.today.items():
        force, place_of = forces[slug]
        own = [one.problem for one in composer.own_twins(letter_type, force, place_of)]
        told |= {(one.place.path, one.place.line) for one in own if one.code is Code.NOT_WELSH}
        foreign_texts = dict(_not_welsh(force.letters[letter_type.name], language, words, accepted))
        for text, way in foreign_texts.items():
            place = place_of(("letters", letter_type.name, *way))
            if (place.path, place.line) not in told:
                yield _not_in_welsh(text, place)
        _, bespoke = apart([block for block in said if block.text not in standard], language, words, accepted, hidden)
        not_read = [*hidden, *map(normalise, foreign_texts)]
        yield from welsh_spelling(bespoke, language, words, accepted, places, not_read, place_of(()).path, known)


def _told(found: list[Problem]) -> set[str]:
    """The words that were told as misspelt."""
    return {problem.message.split("'")[1].lower() for problem in found}


def _not_welsh(outcome: Outcome, language: str, words: Any, accepted: Accepted) -> Iterator[tuple[str, KeyPath]]:
    """The texts that a letter says for itself in Welsh, and that are not Welsh, each with the way to it."""
    own = {own_key(key, language): getattr(outcome, own_key(key, language)) for key in OWN_WORDS}
    answers = [
        one for one in _leaves(outcome.answers, ()) if any(str(step).endswith(f"_{language}") for step in one[0])
    ]
    for way, text in (*_leaves(own, ()), *answers):
        if not_welsh(normalise(text), words, accepted):
            yield text, way


def _leaves(value: object, way: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    match value:
        case str():
            yield way, value
        case Departure(text=text):
            yield way, text
        case Mapping():
            for key, inner in value.items():
                yield from _leaves(inner, (*way, str(key)))
        case list() | tuple():
            for number, inner in enumerate(value):
                yield from _leaves(inner, (*way, number))


def _not_in_welsh(text: str, place: Place) -> Problem:
    message = f"these words are for a letter in Welsh, and most of them are not Welsh: {quoted(text)}"
    hint = f"write them in Welsh; words that are right and in no dictionary go into {WORD_LIST}"
    return Problem(Code.NOT_WELSH, message, place, hint, Severity.WARNING)


def _names(book: Book, forces: Mapping[str, Force]) -> list[str]:
    """The names that letters say, longest first."""
    found = {name for force in forces.values() for name in (force.name, force.name_in(book.letter_type.language))}
    for who in (book.letter_type.signatory, book.letter_type.contact):
        found |= set(_texts(who))
    return sorted({normalise(name) for name in found if name.strip()}, key=len, reverse=True)


def _texts(value: Any) -> Iterator[str]:
    """The texts in letter.yaml's settings, less those in Welsh."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner) if not str(key).endswith("_cy") else ()
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
