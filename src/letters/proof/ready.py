"""What a letter that is ready says and `letters check` calls an error, for a build, which proves no wording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from letters.batch.survey import Survey
from letters.compose.trace import TracedBlock
from letters.letter import BODY, ENGLISH, LetterKey
from letters.problems import InvalidInput, Place, Problem, Severity, in_order
from letters.proof.english_rules import findings, findings_in_piece
from letters.proof.finding_problems import problem_of, where_seen, words_around
from letters.proof.finished import Finished, undated_phrases
from letters.proof.force_names import ForceNames
from letters.proof.places import Places
from letters.workspace.accepted import Accepted, read_accepted
from letters.workspace.fields import Field, FieldKind
from letters.workspace.model import Force, LetterType

_TOLD = "`letters check` stops at this: mend it before the letter goes out"


def ready_problems(survey: Survey, letters: Iterable[LetterKey]) -> list[tuple[str, Problem]]:
    """What is wrong with some letters that are ready, each as a warning with the slug of a force whose letter says it.

    Of possible letters that nobody gets today it says nothing, and nothing of spelling.
    """
    names = ForceNames(survey.names, survey.inputs.composer.recipient.behind_area)
    accepted, _ = read_accepted(survey.source)
    found: dict[Problem, str] = {}
    told: set[tuple[str, Place]] = set()
    for key in letters:
        force, _ = survey.read[key.slug]
        letter_type = survey.inputs.types[key.type].edition(key.language)
        if letter_type.language == ENGLISH:
            for problem in _of_letter(survey, letter_type, force, names, accepted):
                if problem.stops and (problem.code, problem.place) not in told:
                    told.add((problem.code, problem.place))
                    found.setdefault(replace(problem, severity=Severity.WARNING, hint=_hint(problem)), key.slug)
    order = in_order(found)
    return [(found[problem], problem) for problem in order if problem in found]


def _hint(problem: Problem) -> str:
    return f"{problem.hint}; {_TOLD}" if problem.hint else _TOLD


def _of_letter(
    survey: Survey, letter_type: LetterType, force: Force, names: ForceNames, accepted: Accepted
) -> Iterator[Problem]:
    try:
        blocks = survey.inputs.composer.trace(letter_type, force)
    except InvalidInput:  # which the build has said
        return
    places = Places(survey.source, letter_type)
    file = survey.read[force.slug][1](()).path
    finished = Finished(letter_type, force, names, places, accepted, file, survey.word)
    yield from finished.problems(tuple(blocks))
    yield from undated_phrases(letter_type, places, accepted, {span.phrase for one in blocks for span in one.spans})
    own = survey.own_values(letter_type.name, force.slug)
    prose = [_bare(text) for text in _prose(force.letters[letter_type.name].answers, letter_type.outcome)]
    for block in blocks:
        if block.part == BODY:
            is_own = any(value in block.text for value in own) or any(_bare(block.text) in text for text in prose)
            yield from _of_block(block, places, accepted, file, is_own=is_own or not block.running)


def _prose(value: object, field: Field) -> Iterator[str]:
    """The texts in Markdown among the data of a letter, whose blocks are its own."""
    field = field.of(value)
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _prose(inner, field.at((key,)))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _prose(inner, field.at((at,)))
    elif isinstance(value, str) and field.kind is FieldKind.MARKDOWN:
        yield value


def _bare(text: str) -> str:
    """The letters and digits of a text, which are the same before and after its Markdown is read."""
    return "".join(filter(str.isalnum, text))


def _of_block(block: TracedBlock, places: Places, accepted: Accepted, file: str, *, is_own: bool) -> Iterator[Problem]:
    """The findings of a block. Of one with words of the data only those that a piece of a sentence may have."""
    for finding in findings_in_piece(block.text) if is_own else findings(block.text):
        if not accepted.covers(block.text, finding.at, finding.end):
            words = words_around(block.text, finding)
            place = places.span(block.at(where_seen(block.text, finding)), words)
            if is_own and not place.column:
                place = places.in_force(file, words) or place
            yield problem_of(finding, block.text, place)
