"""An outcome that somebody tries: its verdict, without a force's file; what is asked for and not given is invented."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from letters.batch.inputs import Inputs
from letters.batch.request import Request
from letters.compose.trace import TracedBlock
from letters.letter import BODY, ENGLISH
from letters.problems import Code, InvalidInput, Place, Problem
from letters.proof.made_up import made_up
from letters.proof.sample_forces import sample_force
from letters.workspace.fields import Field, FieldKind
from letters.workspace.model import Force, LetterType
from letters.workspace.raw import load_yaml
from letters.workspace.scalars import resolve
from letters.workspace.source import Folder

#: What stands for a file where there is none.
TRY = "letters try"


@dataclass(frozen=True)
class Tried:
    """What came of it: the problems of an outcome, and its verdict, a text a block. `invented`: the answers that it was
    given beside those that were typed; `left_out`: the fields that it has no answer for, and needs none."""

    problems: list[Problem]
    verdict: list[str] = field(default_factory=list)
    invented: Mapping[str, object] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


def try_outcome(request: Request, name: str, pairs: Mapping[str, str]) -> Tried:
    """The verdict of an outcome; open fields that are asked for and left out take a sample, optional ones nothing."""
    inputs = Inputs(Folder(request.root))
    letter_type = inputs.types.get(name)
    spoken = {one.language for one in letter_type.editions} if letter_type else set()
    other = next(iter(spoken - {ENGLISH}), ENGLISH)
    nobody = sample_force(inputs.recipient, other) if inputs.recipient else None
    problems = [*inputs.recipient_problems, *inputs.type_problems]
    problems += [*(inputs.composer.template_problems(letter_type) if letter_type else [])]
    if letter_type is None or nobody is None or any(problem.stops for problem in problems):
        return Tried(problems)
    invented = made_up(letter_type, _read(letter_type, pairs))
    text = _force_text(nobody, letter_type, pairs, invented)
    file = inputs.read("try", TRY, {TRY: text.encode()})
    force, problems = file.force, [_on_a_line(problem) for problem in file.problems]
    if force is None or name not in force.letters or any(problem.stops for problem in problems):
        return Tried(problems)
    said: list[str] = []
    for edition in letter_type.editions:
        try:
            said += _verdict(edition, inputs.composer.trace(edition, force))
        except InvalidInput as broken:
            return Tried([*problems, *broken.problems])
    optional = [key for key, one in letter_type.outcome.fields.items() if not one.required]
    return Tried(problems, said, invented, tuple(key for key in optional if key not in {*pairs, *invented}))


def _on_a_line(problem: Problem) -> Problem:
    """A problem of the made-up file as one of the command line, where there are no lines below one another."""
    is_shape = problem.code is Code.WRONG_SHAPE and problem.hint.startswith(("write each entry", "write lines"))
    hint = "on the command line: FIELD='[one, another]', or FIELD='{key: value}'" if is_shape else problem.hint
    return replace(problem, place=Place(TRY), hint=hint)


def _verdict(letter_type: LetterType, blocks: list[TracedBlock]) -> list[str]:
    """What a letter says of its outcome: its verdict, or its body where there is none."""
    own = [block.text for block in blocks if any(span.path == letter_type.verdict_path for span in block.spans)]
    return own or [block.text for block in blocks if block.part == BODY]


def _read(letter_type: LetterType, pairs: Mapping[str, str]) -> dict[str, object]:
    """The answers in `pairs` as a file that has them would be read."""
    answers = {}
    for key, value in pairs.items():
        at = letter_type.outcome.at((key,))
        flow = _flow(value)
        typed = resolve(value) if flow is None else flow
        answers[key] = typed if _is_no_text(at, value) else _meant(at, value)
    return answers


def _force_text(
    nobody: Force, letter_type: LetterType, pairs: Mapping[str, str], invented: Mapping[str, object]
) -> str:
    """A force file with the answers in `pairs`, and those that are invented."""
    given: dict[str, object] = {key: _meant(letter_type.outcome.at((key,)), value) for key, value in pairs.items()}
    typed = {key: value for key, value in pairs.items() if _is_no_text(letter_type.outcome.at((key,)), value)}
    stands_for = {key: f"{_TYPED}{number}" for number, key in enumerate(typed)}
    answers = {**invented, **given, **stands_for}
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
