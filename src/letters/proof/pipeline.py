"""The story of proof: what can be known before a build, every possible letter read, one explained, the book written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from letters.batch.concern import Concern
from letters.batch.guard import Edited, put
from letters.batch.manifest import Manifest
from letters.batch.pipeline import waiting
from letters.batch.request import Request, Result
from letters.batch.survey import PlaceOf, Survey
from letters.compose import Composer
from letters.compose.trace import TracedBlock
from letters.letter import BODY
from letters.machine.files import Store
from letters.problems import Broken, Place, Problem, in_order
from letters.proof.book import SAMPLE, write_book
from letters.proof.book_letter import book_letter
from letters.proof.enumerate import enumerate_outcomes
from letters.proof.explain import Explained
from letters.proof.explain import explain as explain_letter
from letters.proof.looks import style_problems, unreadable_problems
from letters.proof.page import book_page
from letters.proof.proofing import Proof, Proofs, changed_numbers, proof, reference
from letters.render import FORMATS
from letters.workspace.fields import Field, Kind
from letters.workspace.letter_types import load_letter_types
from letters.workspace.model import LetterType
from letters.workspace.raw import load_yaml
from letters.workspace.revision import Revision
from letters.workspace.scalars import resolve
from letters.workspace.source import Folder
from letters.workspace.validate import Validator

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
    for name, kind in survey.usable_types.items():
        broken = any(problem.stops and kind.folder in problem.place.path for problem in survey.problems)
        if not broken and concern.has_type(name):
            found.append(proof(source, survey.composer, kind, survey.read, against))
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
    return {proof.book.kind.name: len(_changed(proof, before)) for proof in found}


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
        style = result.survey.style(book.kind.name)
        renditions = {
            "html": book_page(book, names, changed, since or ""),
            "docx": FORMATS["docx"](book_letter(book, names, book.kind.letterhead), style),
        }
        for form, data in renditions.items():
            name = f"{BOOKS}/{book.kind.name}.{form}"
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
    types, _ = load_letter_types(before)
    kind = types.get(proof.book.kind.name)
    if kind is None:
        return frozenset(verdict.number for verdict in proof.book.verdicts)
    book, _ = write_book(Composer(before), kind, [])
    return changed_numbers(proof.book, book)


def _shown(path: Path) -> str:
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)


#: The sentences of a letter, and the places of the values of its force's file and of its type's letter.yaml.
Explanation = tuple[list[Explained], PlaceOf, PlaceOf]


def explain(request: Request) -> tuple[list[Problem], dict[tuple[str, str], Explanation]]:
    """Each sentence of the letters that are asked for (by type and slug), with the places of its force's values."""
    survey = Survey(Folder(request.root), Manifest())
    explanations: dict[tuple[str, str], Explanation] = {}
    for name, kind in survey.usable_types.items():
        asked = [slug for slug in survey.read if request.wants(name, slug) and _has_letter(survey, name, slug)]
        traced = dict(_traced(survey, kind)) if asked else {}
        settings = partial(load_yaml(survey.source, f"{kind.folder}/letter.yaml").place, key=True) if asked else None
        for slug in asked:
            force, place_of = survey.read[slug]
            if settings and slug in traced:
                sentences = explain_letter(survey.composer, kind, force, traced)
                explanations[name, slug] = sentences, place_of, settings
    return Concern(survey, request).of(survey.problems), explanations


def _has_letter(survey: Survey, kind: str, slug: str) -> bool:
    facts = survey.forces.get(slug)
    return bool(facts and kind in facts.letters and facts.letters[kind].letter)


def _traced(survey: Survey, kind: LetterType) -> Iterator[tuple[str, list[TracedBlock]]]:
    for slug, (force, _) in survey.read.items():
        if _has_letter(survey, kind.name, slug):
            try:
                yield slug, survey.composer.trace(kind, force)
            except Broken:
                continue


def try_outcome(request: Request, name: str, pairs: Mapping[str, str]) -> tuple[list[Problem], list[str]]:
    """The problems of an outcome, and its verdict, a text a block; open fields that are left out take a sample."""
    source = Folder(request.root)
    types, problems = load_letter_types(source)
    kind = types.get(name)
    composer = Composer(source)
    problems += composer.template_problems(kind) if kind else []
    if kind is None or any(problem.stops for problem in problems):
        return problems, []
    raw = load_yaml({TRY: _force_text(kind, pairs).encode()}, TRY)
    force, problems = Validator(types).force("try", raw)
    problems = [replace(problem, place=Place(TRY)) for problem in problems]
    if force is None or name not in force.letters or any(problem.stops for problem in problems):
        return problems, []
    try:
        blocks = composer.trace(kind, force)
    except Broken as broken:
        return [*problems, *broken.problems], []
    verdict = f"{kind.folder}/verdict.md"
    own = [block.text for block in blocks if any(span.path == verdict for span in block.spans)]
    return problems, own or [block.text for block in blocks if block.part == BODY]


def _force_text(kind: LetterType, pairs: Mapping[str, str]) -> str:
    """A force file with the answers in `pairs`, and samples in the open fields."""
    closed = {name for name, field in kind.outcome.fields.items() if field.is_closed}
    samples = next(iter(enumerate_outcomes(kind.schema, outcome=kind.outcome).outcomes), {})
    typed = {key: value for key, value in pairs.items() if _is_no_text(kind.outcome.at((key,)), value)}
    stands_for = {key: f"{_TYPED}{number}" for number, key in enumerate(typed)}
    answers = {**{key: value for key, value in samples.items() if key not in closed}, **pairs, **stands_for}
    outcome = {"stage": "ready", "date": (kind.date.isoformat() if kind.date else "2018-01-31"), **answers}
    body = SAMPLE.local_policing_body
    force = {
        "name": SAMPLE.name,
        "country": SAMPLE.country,
        "chief_officer": {"rank": SAMPLE.chief_officer.rank},
        "local_policing_body": {"title": body.title, "short_title": body.short_title},
        "letters": {kind.name: outcome},
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
    takes_numbers = any(one.kind is Kind.NUMBER for one in field.each_kind())
    is_number = isinstance(meant, int | float) and not isinstance(meant, bool)
    return (takes_numbers and is_number) or (not isinstance(meant, str) and field.is_answer(meant))
