"""The story of proof: what can be known before a build, every possible letter read, one explained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from letters.batch.concern import Concern
from letters.batch.manifest import Manifest
from letters.batch.pipeline import waiting
from letters.batch.request import Request, Result
from letters.batch.survey import Survey
from letters.compose import Composer
from letters.compose.trace import TracedBlock
from letters.letter import ENGLISH, WELSH, LetterKey
from letters.problems import Code, InvalidInput, Place, Problem, in_order
from letters.proof.addresses import address_problems, contact_problems
from letters.proof.apart import Progress, silent
from letters.proof.book import sample_foot, write_book
from letters.proof.both_languages import astray_problems
from letters.proof.english_findings import book_findings
from letters.proof.explain import Explained
from letters.proof.explain import explain as explain_letter
from letters.proof.finished import Finished, relative_dates
from letters.proof.force_names import ForceNames
from letters.proof.groups import group_problems
from letters.proof.looks import differing, style_problems, unreadable_problems
from letters.proof.met_words import met_words_problems
from letters.proof.other_language import prove_other, spans_problems
from letters.proof.others_offices import OthersOffices, other_office_problems
from letters.proof.outcomes import outcome_problems, schema_problems
from letters.proof.own_findings import own_findings
from letters.proof.phrase_numbers import phrase_number_problems
from letters.proof.phrases import departure_problems, phrase_problems
from letters.proof.places import Places
from letters.proof.proofing import Proof, Proofs, Reference, reference
from letters.proof.sample_forces import recipient_problems
from letters.proof.spaces import template_spaces
from letters.proof.spelt_values import spelling_problems
from letters.proof.subject import subject_problems
from letters.proof.unused import unused_facts, unused_fields
from letters.workspace.model import Force, LetterType
from letters.workspace.raw import KeyPath, PlaceOf, load_yaml, read_text
from letters.workspace.same_addresses import same_addresses
from letters.workspace.source import Folder, Source


def check(request: Request, progress: Progress = silent) -> Result:
    """Hold data, rules and templates of the letters that are asked for against all that can be known before a build."""
    survey = Survey(Folder(request.root), Manifest(), compares_looks=True)
    concern = Concern(survey, request)
    result = Result(request, survey, [], waiting=waiting(survey, request))
    problems = [*survey.problems, *style_problems(survey, request), *unreadable_problems(survey, request)]
    found = proofs(survey, request, progress)
    problems += found.all_problems
    result.spelling = found.spelling
    problems = [problem for problem in problems if problem.code is not Code.LOOKS_DIFFER_BUILT]
    everything = in_order([*problems, *differing(survey.problems, problems)])
    result.problems = concern.of(everything)
    result.elsewhere = len(everything) - len(result.problems)
    return result


def proofs(survey: Survey, request: Request, progress: Progress = silent) -> Proofs:
    """The proof of each letter type that is asked for and can be used, over today's letters to the sound forces."""
    concern = Concern(survey, request)
    source = Folder(request.root)
    against, problems = reference(source)
    if survey.inputs.recipient is None:
        return Proofs([], against, problems)
    found: list[Proof] = []
    told_already = {(problem.code, problem.place) for problem in survey.problems}
    composer = survey.inputs.composer
    problems += recipient_problems(source, composer.recipient)
    if any(problem.stops for problem in problems):
        return Proofs([], against, problems)
    for name, letter_type in survey.usable_types.items():
        broken = any(problem.stops and letter_type.folder in problem.place.path for problem in survey.problems)
        if not broken and concern.has_type(name):
            own = [prove(source, composer, one, survey.read, against, progress) for one in letter_type.editions]
            own = [proof.less(told_already) for proof in own]
            found += own
            problems += _said_otherwise(composer, letter_type, own)
            told = {
                one.place
                for proof in own
                for one in proof.problems
                if one.code in (Code.UNTOLD_FINDING, Code.NO_EXAMPLE)
            }
            problems += unused_fields(source, composer, letter_type, told)
    accepted = against.accepted
    problems += same_addresses(survey.read, survey.word, lambda text: accepted.covers(text, 0, len(text)))
    proved = {proof.book.letter_type.name for proof in found}
    problems += against.problems() if found else ()
    if found and len(proved) == len(survey.types):  # only then is it known what nothing needs
        problems += unused_facts(source, composer, composer.recipient, survey.usable_types.values())
        failed = any(proof.book.enumeration.failed for proof in found)
        if not failed and not any(problem.stops for problem in survey.problems):
            against.accepted.needed.update(composer.accepted.needed)
            problems += against.accepted.unneeded(spelling=not against.no_spelling)
    return Proofs(found, against, problems)


def _said_otherwise(composer: Composer, letter_type: LetterType, found: list[Proof]) -> Iterator[Problem]:
    """What letters in two languages do not say of the same outcomes."""
    books = {proof.book.letter_type.language: proof.book for proof in found}
    if books.keys() == {ENGLISH, WELSH}:
        yield from astray_problems(composer, letter_type, books[ENGLISH], books[WELSH])


def prove(
    source: Source,
    composer: Composer,
    letter_type: LetterType,
    forces: Mapping[str, tuple[Force, PlaceOf]],
    against: Reference,
    progress: Progress = silent,
) -> Proof:
    """Read every possible letter of a type, and today's to `forces` (by slug, with the places of their values)."""
    if letter_type.language != ENGLISH:
        return prove_other(source, composer, letter_type, forces, against)
    places, accepted = Places(source, letter_type), against.accepted
    read = {slug: force for slug, (force, _) in forces.items()}
    book, problems = write_book(composer, letter_type, list(read.values()), progress)
    more, misfits = phrase_problems(book, places, accepted, against.dictionary)
    more += phrase_number_problems(book, composer, places, accepted)
    foot = sample_foot(composer, book)
    findings = book_findings(book, foot, places, accepted, misfits)
    problems += [*schema_problems(book, places), *group_problems(letter_type, places)]
    problems += outcome_problems(
        book, places, is_hole=any(finding.code in (Code.NOTHING_SAID, Code.MISSING_WORDS) for finding in findings)
    )
    problems += [*more, *findings, *own_findings(book, composer, read, places, accepted, misfits, findings)]
    problems += met_words_problems(book, places, accepted)
    problems += departure_problems(book, read, places, accepted, against.dictionary)
    problems += relative_dates(book, places, accepted)
    problems += [*contact_problems(letter_type, places), *subject_problems(source, letter_type, places)]
    for path in (letter_type.letter_path, letter_type.verdict_path, letter_type.letterhead_path):
        problems += template_spaces(path, read_text(source, path), accepted) if path in source else ()
    names = ForceNames((force.name for force in read.values()), composer.recipient.behind_area)
    offices = OthersOffices(composer.recipient, read)
    for slug, blocks in book.today.items():
        file = forces[slug][1](()).path
        finished = Finished(letter_type, read[slug], names, places, accepted, file, composer.recipient.word)
        problems += finished.problems(blocks)
        problems += other_office_problems(offices, read[slug], letter_type, blocks, places, accepted)
    if against.dictionary:
        facts = composer.recipient.facts
        problems += spelling_problems(book, foot, read, places, accepted, against.dictionary, facts)
        problems += address_problems(book, read, places, against.dictionary)
    problems += spans_problems(book, places, accepted)
    return Proof(book, in_order(dict.fromkeys(problems)))


def wording(request: Request, progress: Progress = silent) -> tuple[Result, Proofs]:
    """Read every possible letter of the types that are asked for. `progress` is told how many of how many are read."""
    survey = Survey(Folder(request.root), Manifest())
    found = proofs(survey, request, progress)
    problems = in_order([*Concern(survey, request).of(survey.problems), *found.all_problems])
    return Result(request, survey, problems, spelling=found.spelling), found


#: The sentences of a letter, and the places of the values of its force's file and of its type's letter.yaml.
Explanation = tuple[list[Explained], PlaceOf, PlaceOf]


def explain(request: Request) -> tuple[list[Problem], dict[LetterKey, Explanation]]:
    """Each sentence of the letters that are asked for, with the places of its force's values."""
    survey = Survey(Folder(request.root), Manifest())
    explanations: dict[LetterKey, Explanation] = {}
    for name, letter_type in survey.usable_types.items():
        for language in letter_type.letter_languages:
            keys = [LetterKey(name, slug, language) for slug in survey.read]
            asked = [key for key in keys if request.wants(key) and _has_letter(survey, key)]
            editions = letter_type.editions if letter_type.together else (letter_type.edition(language),)
            explanations |= _explained(survey, asked, editions)
    return Concern(survey, request).of(survey.problems), explanations


def _explained(
    survey: Survey, asked: list[LetterKey], editions: tuple[LetterType, ...]
) -> Iterator[tuple[LetterKey, Explanation]]:
    """The sentences of letters that are in these languages one below the other."""
    if not asked:
        return
    traced = [dict(_traced(survey, edition, asked[0].language)) for edition in editions]
    for key in asked:
        force, place_of = survey.read[key.slug]
        if all(key.slug in blocks for blocks in traced):
            each = zip(editions, traced, strict=True)
            sentences = [
                sentence
                for edition, blocks in each
                for sentence in explain_letter(survey.inputs.composer, edition, force, blocks)
            ]
            numbered = [replace(sentence, number=number) for number, sentence in enumerate(sentences, 1)]
            settings = _place_of_settings(survey.source, editions[0].signed(force.letters[key.type]))
            yield key, (numbered, place_of, settings)


def _place_of_settings(source: Source, letter_type: LetterType) -> PlaceOf:
    """The places of values of letter.yaml, and of those of who signs, whose file may be another."""
    settings = load_yaml(source, f"{letter_type.folder}/letter.yaml")
    signatory = load_yaml(source, letter_type.signed_by.path) if letter_type.signed_by else None

    def place_of(way: KeyPath) -> Place:
        if signatory and way[0] == "signatory" and len(way) > 1:
            return signatory.place(way[1:], key=True)
        return settings.place(way, key=True)

    return place_of


def _has_letter(survey: Survey, key: LetterKey) -> bool:
    force = survey.forces.get(key.slug)
    facts = force.of(key) if force else None
    return bool(facts and facts.letter)


def _traced(survey: Survey, letter_type: LetterType, language: str) -> Iterator[tuple[str, list[TracedBlock]]]:
    """The traced letters of a type in one language. `language`: by which its letters are told apart."""
    for slug, (force, _) in survey.read.items():
        if _has_letter(survey, LetterKey(letter_type.name, slug, language)):
            try:
                yield slug, survey.inputs.composer.trace(letter_type, force)
            except InvalidInput:
                continue
