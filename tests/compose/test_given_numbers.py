"""A number that is given counts as given where a template asks whether it is there, 0 as well."""

from __future__ import annotations

import pytest

from letters.compose import Composer
from letters.compose.answers import as_answer
from letters.compose.figures import as_figure
from letters.workspace.fields import Field, FieldKind
from letters.workspace.letter_types import load_letter_types
from support.proofs import SECOND, files, second

_ZEROS = {
    "as it was typed": as_figure(0.0, "0.00", whole=False),
    "whole": as_figure(0, "0", whole=True),
    "of no file": as_figure(0, None, whole=False),
    "a fraction of no file": as_figure(0.0, None, whole=False),
    "a whole answer": as_answer(0, Field("level", "level", FieldKind.CLOSED, answers={0: "none"})),
    "an answer with a fraction": as_answer(0.0, Field("level", "level", FieldKind.CLOSED, answers={0.0: "none"})),
}


@pytest.mark.parametrize("name", _ZEROS)
def test_0_is_given(name: str) -> None:
    assert _ZEROS[name]
    assert _ZEROS[name] == 0


def test_false_with_a_title_is_no() -> None:
    field = Field("plan", "plan", FieldKind.CLOSED, answers={True: "there", False: "not there"})
    assert as_answer(True, field)
    assert not as_answer(False, field)


_TEXT = "A {{ outcome.team }} team"
_FIELD = ("  urgent:", "  rate: {type: number, minimum: 0}\n  urgent:")


def test_the_proof_reads_a_number_that_may_be_left_out_with_it_and_without() -> None:
    guarded = (_TEXT, "{% if outcome.rate %}\nThe rate is {{ outcome.rate }}.\n{% endif %}\n" + _TEXT)
    found = second(outcome=_FIELD, letter=guarded)
    assert found.problems == second().problems
    [section] = [one for one in found.book.sections if "rate" in one.fields]
    assert len([one for one in section.verdicts if "The rate is 0." in one.text]) > 0


@pytest.mark.parametrize(
    ("condition", "said", "hint"),
    [
        ("outcome.urgent == 'true'", "'true' is not an answer for urgent", "write true without quotation marks"),
        ("outcome.rate == '85'", "`==` compares a number with a text", "write 85 without quotation marks"),
        ("outcome.rate != '85.5'", "`!=` compares a number with a text", "write 85.5 without quotation marks"),
        ("outcome.rate in ['low']", "`in` compares a number with a text", "write a number"),
    ],
)
def test_a_constant_in_quotation_marks_is_told_as_that(condition: str, said: str, hint: str) -> None:
    letter = SECOND["letter.md"].replace(_TEXT, f"{{% if {condition} %}}\nSo.\n\n{{% endif %}}\n{_TEXT}")
    own = {**SECOND, "letter.md": letter, "outcome.yaml": SECOND["outcome.yaml"].replace(*_FIELD)}
    source = {**files(), **{f"templates/visit/{name}": text.encode() for name, text in own.items()}}
    types, _ = load_letter_types(source)
    [problem] = Composer(source).template_problems(types["visit"])
    assert (problem.message, problem.hint) == (said, hint)
