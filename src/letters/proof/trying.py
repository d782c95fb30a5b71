"""An outcome that somebody tries: its verdict, without a force's file; open fields that are left out take a sample."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from letters.batch.inputs import Inputs
from letters.batch.request import Request
from letters.compose.trace import TracedBlock
from letters.letter import BODY, ENGLISH
from letters.problems import Code, InvalidInput, Place, Problem
from letters.proof.enumerate import enumerate_outcomes
from letters.proof.sample_forces import sample_force
from letters.workspace.fields import Field, FieldKind
from letters.workspace.model import Force, LetterType
from letters.workspace.raw import load_yaml
from letters.workspace.scalars import resolve
from letters.workspace.source import Folder

#: What stands for a file where there is none.
TRY = "letters try"


def try_outcome(request: Request, name: str, pairs: Mapping[str, str]) -> tuple[list[Problem], list[str]]:
    """The problems of an outcome, and its verdict, a text a block; open fields that are left out take a sample."""
    inputs = Inputs(Folder(request.root))
    letter_type = inputs.types.get(name)
    spoken = {one.language for one in letter_type.editions} if letter_type else set()
    other = next(iter(spoken - {ENGLISH}), ENGLISH)
    nobody = sample_force(inputs.recipient, other) if inputs.recipient else None
    problems = [*inputs.recipient_problems, *inputs.type_problems]
    problems += [*(inputs.composer.template_problems(letter_type) if letter_type else [])]
    if letter_type is None or nobody is None or any(problem.stops for problem in problems):
        return problems, []
    file = inputs.read("try", TRY, {TRY: _force_text(nobody, letter_type, pairs).encode()})
    force, problems = file.force, [_on_a_line(problem) for problem in file.problems]
    if force is None or name not in force.letters or any(problem.stops for problem in problems):
        return problems, []
    said: list[str] = []
    for edition in letter_type.editions:
        try:
            said += _verdict(edition, inputs.composer.trace(edition, force))
        except InvalidInput as broken:
            return [*problems, *broken.problems], []
    return problems, said


def _on_a_line(problem: Problem) -> Problem:
    """A problem of the made-up file as one of the command line, where there are no lines below one another."""
    is_shape = problem.code is Code.WRONG_SHAPE and problem.hint.startswith(("write each entry", "write lines"))
    hint = "on the command line: FIELD='[one, another]', or FIELD='{key: value}'" if is_shape else problem.hint
    return replace(problem, place=Place(TRY), hint=hint)


def _verdict(letter_type: LetterType, blocks: list[TracedBlock]) -> list[str]:
    """What a letter says of its outcome: its verdict, or its body where there is none."""
    own = [block.text for block in blocks if any(span.path == letter_type.verdict_path for span in block.spans)]
    return own or [block.text for block in blocks if block.part == BODY]


def _force_text(nobody: Force, letter_type: LetterType, pairs: Mapping[str, str]) -> str:
    """A force file with the answers in `pairs`, and samples in the open fields."""
    closed = {name for name, field in letter_type.outcome.fields.items() if field.is_closed}
    samples = next(iter(enumerate_outcomes(letter_type.schema, outcome=letter_type.outcome).outcomes), {})
    given: dict[str, object] = {key: _meant(letter_type.outcome.at((key,)), value) for key, value in pairs.items()}
    typed = {key: value for key, value in pairs.items() if _is_no_text(letter_type.outcome.at((key,)), value)}
    stands_for = {key: f"{_TYPED}{number}" for number, key in enumerate(typed)}
    answers = {**{key: value for key, value in samples.items() if key not in closed}, **given, **stands_for}
    outcome = {
        "stage": "ready",
        "date": (letter_type.date.isoformat() if letter_type.date else "2018-01-31"),
        **answers,
    }
    force = {**nobody.facts, "letters": {letter_type.name: outcome}}
    text = json.dumps(force, ensure_ascii=False)
    for number, value in enumerate(typed.values()):
        text = text.replace(f'"{_TYPED}{number}"', value)
    return text


#: Stands for a value that is put into the text as it was typed.
_TYPED = "\ue002"


def _meant(field: Field, value: str) -> object:
    """What a text on the command line answers: of a list, it alone is an entry."""
    kinds = {one.kind for one in field.each_kind()}
    return [value] if kinds == {FieldKind.LIST} and value.strip() else value


def _flow(value: str) -> object:
    """The list, or the keys with values, that a text is as YAML on one line; nothing for any other text."""
    if not value.strip().startswith(("[", "{")):
        return None
    try:
        found = load_yaml({TRY: f"x: {value}".encode()}, TRY).data
    except InvalidInput:
        return None
    return found["x"] if isinstance(found, dict) and found.keys() == {"x"} else None


def _is_no_text(field: Field, value: str) -> bool:
    """Whether an answer is a number, true, false or nothing, a list or keys with values, where its field takes that."""
    kinds = {one.kind for one in field.each_kind()}
    flow = _flow(value)
    if (isinstance(flow, list) and FieldKind.LIST in kinds) or (isinstance(flow, dict) and FieldKind.OBJECT in kinds):
        return True
    meant = resolve(value)
    takes_numbers = any(one.kind is FieldKind.NUMBER for one in field.each_kind())
    is_number = isinstance(meant, int | float) and not isinstance(meant, bool)
    return (takes_numbers and is_number) or (not isinstance(meant, str) and field.is_answer(meant))
