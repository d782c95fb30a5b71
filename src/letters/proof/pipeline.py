"""The story of proof: what can be known before a build, every possible letter read, one explained, the book written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from letters.batch.concern import Concern
from letters.batch.formats import FORMATS
from letters.batch.guard import Edited, put
from letters.batch.inputs import Inputs
from letters.batch.manifest import Manifest
from letters.batch.pipeline import waiting
from letters.batch.request import Request, Result
from letters.batch.survey import Survey
from letters.compose import Composer
from letters.compose.trace import TracedBlock
from letters.letter import LetterKey
from letters.machine.files import Store
from letters.problems import Code, InvalidInput, Place, Problem, in_order
from letters.proof.addresses import address_problems
from letters.proof.book import sample_foot, write_book
from letters.proof.book_letter import book_letter
from letters.proof.english_findings import book_findings
from letters.proof.explain import Explained
from letters.proof.explain import explain as explain_letter
from letters.proof.finished import Finished, relative_dates
from letters.proof.force_names import ForceNames
from letters.proof.looks import style_problems, unreadable_problems
from letters.proof.outcomes import outcome_problems, schema_problems
from letters.proof.own_findings import own_findings
from letters.proof.page import book_page
from letters.proof.phrases import departure_problems, phrase_problems
from letters.proof.places import Places
from letters.proof.proofing import Proof, Proofs, Reference, changed_numbers, reference
from letters.proof.spaces import template_spaces
from letters.proof.spelt_values import spelling_problems
from letters.workspace.model import Force, LetterType
from letters.workspace.raw import KeyPath, PlaceOf, load_yaml, read_text
from letters.workspace.revision import Revision
from letters.workspace.source import Folder, Source

#: Where the books go, below the output folder.
BOOKS = "wording"


def check(request: Request) -> Result:
    """Hold data, rules and templates of the letters that are asked for against all that can be known before a build."""
    survey = Survey(Folder(request.root), Manifest())
    concern = Concern(survey, request)
    result = Result(request, survey, [], waiting=waiting(survey, request))
    problems = [*survey.problems, *style_problems(survey, request), *unreadable_problems(survey, request)]
    if not any(problem.stops for problem in concern.of(problems)):  # meaning only where the shape is sound
        found = proofs(survey, request)
        problems += found.all_problems
        result.spelling = found.against.spelling
    everything = in_order(problems)
    result.problems = concern.of(everything)
    result.elsewhere = len(everything) - len(result.problems)
    return result


def proofs(survey: Survey, request: Request) -> Proofs:
    """The proof of each letter type that is asked for, where data and templates are sound enough to be read."""
    concern = Concern(survey, request)
    source = Folder(request.root)
    against, problems = reference(source)
    found = []
    for name, letter_type in survey.usable_types.items():
        broken = any(problem.stops and letter_type.folder in problem.place.path for problem in survey.problems)
        if not broken and concern.has_type(name):
            found.append(prove(source, survey.inputs.composer, letter_type, survey.read, against))
    if found and len(found) == len(survey.types):  # only then is it known what nothing needs
        problems += against.accepted.unneeded(spelling=not against.no_spelling)
    return Proofs(found, against, problems)


def prove(
    source: Source,
    composer: Composer,
    letter_type: LetterType,
    forces: Mapping[str, tuple[Force, PlaceOf]],
    against: Reference,
) -> Proof:
    """Read every possible letter of a type, and today's to `forces` (by slug, with the places of their values)."""
    places, accepted = Places(source, letter_type), against.accepted
    read = {slug: force for slug, (force, _) in forces.items()}
    book, problems = write_book(composer, letter_type, list(read.values()))
    more, misfits = phrase_problems(book, places, accepted, against.dictionary)
    findings = book_findings(book, places, accepted, misfits)
    problems += schema_problems(book, places)
    problems += outcome_problems(
        book, places, is_hole=any(finding.code in (Code.NOTHING_SAID, Code.MISSING_WORDS) for finding in findings)
    )
    problems += [*more, *findings, *own_findings(book, composer, read, places, accepted, misfits, findings)]
    problems += departure_problems(book, read, places, accepted, against.dictionary)
    problems += relative_dates(book, places, accepted)
    for path in (
        f"{letter_type.folder}/letter.md",
        f"{letter_type.folder}/verdict.md",
        f"{letter_type.letterhead_folder}/letterhead.md",
    ):
        problems += template_spaces(path, read_text(source, path), accepted) if path in source else ()
    names = ForceNames(force.name for force in read.values())
    for slug, blocks in book.today.items():
        file = forces[slug][1](()).path
        problems += Finished(letter_type, read[slug], names, places, accepted, file).problems(blocks)
    if against.dictionary:
        problems += spelling_problems(book, sample_foot(composer, book), read, places, accepted, against.dictionary)
        problems += address_problems(book, read, places, against.dictionary)
    return Proof(book, in_order(dict.fromkeys(problems)))


def wording(request: Request) -> tuple[Result, Proofs]:
    """Read every possible letter of the types that are asked for."""
    survey = Survey(Folder(request.root), Manifest())
    found = proofs(survey, request)
    problems = in_order([*Concern(survey, request).of(survey.problems), *found.all_problems])
    return Result(request, survey, problems, spelling=found.against.spelling), found


def changes(request: Request, found: list[Proof], since: str) -> dict[str, int]:
    """How many verdicts of each letter type are new or worded differently since a git revision. Raises NoRevision."""
    before = Revision(request.root, since)
    return {proof.book.letter_type.name: len(_changed(proof, before)) for proof in found}


def write_books(result: Result, found: list[Proof], since: str | None) -> Iterator[str]:
    """Write the book of each proof as HTML and DOCX; gives the paths. `since`: a git revision to mark changes from.

    A book that somebody edited in Word stays as it is, unless the result's request says that it is moved aside; what
    became of it is in the result (`kept`, `moved`). Raises NoRevision, and OSError where the books cannot be written.
    """
    names = {slug: force.name for slug, (force, _) in result.survey.read.items()}
    before = Revision(result.request.root, since) if since else None
    for read in found:
        book = read.book
        changed = _changed(read, before) if before else None
        style = result.survey.style(book.letter_type.name)
        renditions = {
            "html": book_page(book, names, changed, since or ""),
            "docx": FORMATS["docx"].render(book_letter(book, names, book.letter_type.letterhead), style),
        }
        for format, data in renditions.items():
            name = f"{BOOKS}/{book.letter_type.name}.{format}"
            if _written(result, name, data):
                yield _shown(result.request.out / name)


def _written(result: Result, name: str, data: bytes) -> bool:
    store = Store(result.request.out)
    if not name.endswith(".docx"):
        store.write(name, data)
        return True
    try:
        _, aside = put(store, name, data, replace_edited=result.request.replace_edited)
    except Edited:
        result.kept.append(name)
        return False
    if aside:
        result.moved.append((name, aside))
    return True


def _changed(proof: Proof, before: Revision) -> frozenset[str]:
    """The numbers of the verdicts that are new or worded differently since a revision."""
    inputs = Inputs(before)
    letter_type = inputs.types.get(proof.book.letter_type.name)
    if letter_type is None:
        return frozenset(verdict.number for verdict in proof.book.verdicts)
    book, _ = write_book(inputs.composer, letter_type, [])
    return changed_numbers(proof.book, book)


def _shown(path: Path) -> str:
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)


#: The sentences of a letter, and the places of the values of its force's file and of its type's letter.yaml.
Explanation = tuple[list[Explained], PlaceOf, PlaceOf]


def explain(request: Request) -> tuple[list[Problem], dict[LetterKey, Explanation]]:
    """Each sentence of the letters that are asked for, with the places of its force's values."""
    survey = Survey(Folder(request.root), Manifest())
    explanations: dict[LetterKey, Explanation] = {}
    for name, letter_type in survey.usable_types.items():
        asked = [
            key for slug in survey.read if request.wants(key := LetterKey(name, slug)) and _has_letter(survey, key)
        ]
        traced = dict(_traced(survey, letter_type)) if asked else {}
        for key in asked:
            force, place_of = survey.read[key.slug]
            if key.slug in traced:
                sentences = explain_letter(survey.inputs.composer, letter_type, force, traced)
                settings = _place_of_settings(survey.source, letter_type.signed(force.letters[name]))
                explanations[key] = sentences, place_of, settings
    return Concern(survey, request).of(survey.problems), explanations


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
    facts = survey.forces.get(key.slug)
    return bool(facts and key.type in facts.letters and facts.letters[key.type].letter)


def _traced(survey: Survey, letter_type: LetterType) -> Iterator[tuple[str, list[TracedBlock]]]:
    for slug, (force, _) in survey.read.items():
        if _has_letter(survey, LetterKey(letter_type.name, slug)):
            try:
                yield slug, survey.inputs.composer.trace(letter_type, force)
            except InvalidInput:
                continue
