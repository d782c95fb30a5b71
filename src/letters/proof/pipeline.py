"""The story of proof: what can be known before a build, every possible letter read, one explained, the book written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from letters.batch.concern import Concern
from letters.batch.formats import FORMATS
from letters.batch.guard import Edited, put
from letters.batch.inputs import Inputs, PlaceOf
from letters.batch.manifest import Manifest
from letters.batch.pipeline import waiting
from letters.batch.request import Request, Result
from letters.batch.survey import Survey
from letters.compose.trace import TracedBlock
from letters.letter import BODY, LetterKey
from letters.machine.files import Store
from letters.problems import InvalidInput, Place, Problem, in_order
from letters.proof.book import SAMPLE, write_book
from letters.proof.book_letter import book_letter
from letters.proof.enumerate import enumerate_outcomes
from letters.proof.explain import Explained
from letters.proof.explain import explain as explain_letter
from letters.proof.looks import style_problems, unreadable_problems
from letters.proof.page import book_page
from letters.proof.proofing import Proof, Proofs, changed_numbers, proof, reference
from letters.workspace.fields import Field, FieldKind
from letters.workspace.model import LetterType
from letters.workspace.raw import load_yaml
from letters.workspace.revision import Revision
from letters.workspace.scalars import resolve
from letters.workspace.source import Folder

#: Where the books go, below the output folder.
BOOKS = "wording"
#: What stands for a file where there is none.
TRY = "letters try"


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
            found.append(proof(source, survey.inputs.composer, letter_type, survey.read, against))
    if found and len(found) == len(survey.types):  # only then is it known what nothing needs
        problems += against.accepted.unneeded(spelling=not against.no_spelling)
    return Proofs(found, against, problems)


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
        settings = (
            partial(load_yaml(survey.source, f"{letter_type.folder}/letter.yaml").place, key=True) if asked else None
        )
        for key in asked:
            force, place_of = survey.read[key.slug]
            if settings and key.slug in traced:
                sentences = explain_letter(survey.inputs.composer, letter_type, force, traced)
                explanations[key] = sentences, place_of, settings
    return Concern(survey, request).of(survey.problems), explanations


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


def try_outcome(request: Request, name: str, pairs: Mapping[str, str]) -> tuple[list[Problem], list[str]]:
    """The problems of an outcome, and its verdict, a text a block; open fields that are left out take a sample."""
    inputs = Inputs(Folder(request.root))
    letter_type = inputs.types.get(name)
    problems = [*inputs.type_problems, *(inputs.composer.template_problems(letter_type) if letter_type else [])]
    if letter_type is None or any(problem.stops for problem in problems):
        return problems, []
    file = inputs.read("try", TRY, {TRY: _force_text(letter_type, pairs).encode()})
    force, problems = file.force, [replace(problem, place=Place(TRY)) for problem in file.problems]
    if force is None or name not in force.letters or any(problem.stops for problem in problems):
        return problems, []
    try:
        blocks = inputs.composer.trace(letter_type, force)
    except InvalidInput as broken:
        return [*problems, *broken.problems], []
    verdict = f"{letter_type.folder}/verdict.md"
    own = [block.text for block in blocks if any(span.path == verdict for span in block.spans)]
    return problems, own or [block.text for block in blocks if block.part == BODY]


def _force_text(letter_type: LetterType, pairs: Mapping[str, str]) -> str:
    """A force file with the answers in `pairs`, and samples in the open fields."""
    closed = {name for name, field in letter_type.outcome.fields.items() if field.is_closed}
    samples = next(iter(enumerate_outcomes(letter_type.schema, outcome=letter_type.outcome).outcomes), {})
    typed = {key: value for key, value in pairs.items() if _is_no_text(letter_type.outcome.at((key,)), value)}
    stands_for = {key: f"{_TYPED}{number}" for number, key in enumerate(typed)}
    answers = {**{key: value for key, value in samples.items() if key not in closed}, **pairs, **stands_for}
    outcome = {
        "stage": "ready",
        "date": (letter_type.date.isoformat() if letter_type.date else "2018-01-31"),
        **answers,
    }
    body = SAMPLE.local_policing_body
    force = {
        "name": SAMPLE.name,
        "country": SAMPLE.country,
        "chief_officer": {"rank": SAMPLE.chief_officer.rank},
        "local_policing_body": {"title": body.title, "short_title": body.short_title},
        "letters": {letter_type.name: outcome},
    }
    text = json.dumps(force, ensure_ascii=False)
    for number, value in enumerate(typed.values()):
        text = text.replace(f'"{_TYPED}{number}"', value)
    return text


#: Stands for a value that is put into the text as it was typed.
_TYPED = "\ue002"


def _is_no_text(field: Field, value: str) -> bool:
    """Whether an answer is a number, true, false or nothing, where its field takes that."""
    meant = resolve(value)
    takes_numbers = any(one.kind is FieldKind.NUMBER for one in field.each_kind())
    is_number = isinstance(meant, int | float) and not isinstance(meant, bool)
    return (takes_numbers and is_number) or (not isinstance(meant, str) and field.is_answer(meant))
