"""Parts of a letter that do not hang on one another: found, proved, and one where they are not independent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.compose import Composer
from letters.letter import Stage
from letters.problems import Code
from letters.proof.apart import Apart, Seen, read_apart
from letters.proof.book import write_book
from letters.proof.enumerate import Rows
from letters.proof.rules import joined_fields
from letters.proof.sample_forces import sample_force
from letters.workspace.letter_types import load_letter_types
from letters.workspace.model import LetterType, Outcome
from support.proofs import files, proofs

OUTCOME = """
type: object
required: [a, b, c]
properties:
  a: {oneOf: [{const: one, title: one}, {const: two, title: two}]}
  b: {oneOf: [{const: red, title: red}, {const: green, title: green}, {const: blue, title: blue}]}
  c: {oneOf: [{const: small, title: small}, {const: large, title: large}]}
  d: {oneOf: [{const: north, title: north}, {const: south, title: south}]}
"""
SETTINGS = "title: Your visit\ndate: 2018-03-01\nletterhead: pcc-test\nexpected: some\n"
HEAD = "::: {.sender}\nSomebody\n:::\n"


def source_of(body: str, outcome: str = OUTCOME, macros: str = "") -> dict[str, bytes]:
    folder = "templates/letterheads/pcc-test/"
    head = {
        path.replace("templates/letterheads/pcc-south-wales/", folder): data
        for path, data in files().items()
        if path.startswith("templates/letterheads/pcc-south-wales/")
    }
    letter = f"{macros}\n::: {{.salutation}}\nDear {{{{ force.chief_officer.rank }}}}\n:::\n\n# {{{{ letter.title }}}}\n\n{body}"
    own = {"letter.yaml": SETTINGS, "outcome.yaml": outcome, "letter.md": letter}
    return {
        **head,
        f"{folder}letterhead.md": HEAD.encode(),
        **{f"templates/visit/{name}": text.encode() for name, text in own.items()},
    }


def read(body: str, outcome: str = OUTCOME, macros: str = "", lie: Callable[[Seen], Seen] = lambda seen: seen) -> Apart:
    """A letter type of this body, read part by part; `lie`: what is told of each letter in place of what was seen."""
    source = source_of(body, outcome, macros)
    types, problems = load_letter_types(source)
    assert problems == []
    kind, composer = types["visit"], Composer(source)
    assert composer.template_problems(kind) == []
    return read_apart(Rows(kind.schema, kind.outcome), lambda answers: lie(seen(composer, kind, answers)))


def seen(composer: Composer, kind: LetterType, answers: object) -> Seen:
    assert isinstance(answers, dict)
    outcome = Outcome(Stage.READY, answers, date=kind.date)
    nobody = sample_force(composer.recipient)
    assert nobody
    return composer.trace_units(kind, replace(nobody, letters={kind.name: outcome}))


def fields(apart: Apart) -> list[tuple[str, ...]]:
    return [part.fields for part in apart.parts]


ALONE = "A is {{ outcome.a }}.\n\nB is {{ outcome.b }}.\n\nC is {{ outcome.c }}.\n"
OPTIONAL = "{% if outcome.d %}\nD is {{ outcome.d.title }}.\n\n{% endif %}\n"

#: What the body of a letter is, and on which fields its parts hang.
BODIES: dict[str, tuple[str, list[tuple[str, ...]]]] = {
    "a paragraph each": (ALONE, [("a",), ("b",), ("c",)]),
    "an optional paragraph between": (OPTIONAL + ALONE, [("d",), ("a",), ("b",), ("c",)]),
    "two optional paragraphs side by side": (
        OPTIONAL + "{% if outcome.a == 'one' %}\nOne.\n\n{% endif %}\nB is {{ outcome.b }}. C is {{ outcome.c }}.\n",
        [("d",), ("a",), ("b", "c")],
    ),
    "two in one paragraph": ("A is {{ outcome.a }}, and B\nis {{ outcome.b }}.\n\nC is {{ outcome.c }}.\n", [("a", "b"), ("c",)]),
    "an optional sentence": (
        "A is {{ outcome.a }}.{% if outcome.c == 'large' %} It is large.{% endif %}\n\nB is {{ outcome.b }}.\n",
        [("a", "c"), ("b",)],
    ),
    "cells of a table": (
        "| What | Which |\n|---|---|\n| A | {{ outcome.a.title }} |\n| B | {{ outcome.b.title }} |\n\nC is {{ outcome.c }}.\n",
        [("a",), ("b",), ("c",)],
    ),
    "entries of a list": ("- {{ outcome.a }}\n- {{ outcome.b }}\n\nC is {{ outcome.c }}.\n", [("a",), ("b",), ("c",)]),
    "a condition on two": (
        "{% if outcome.a == 'one' and outcome.b == 'red' %}\nBoth.\n\n{% endif %}\nA is {{ outcome.a }}.\n\nB is {{ outcome.b }}.\n\nC is {{ outcome.c }}.\n",
        [("a", "b"), ("a",), ("b",), ("c",)],
    ),
    "a field that only some answers lead to": (
        "{% if outcome.a == 'two' %}\nB is {{ outcome.b }}.\n\n{% endif %}\nA is {{ outcome.a }}.\n\nC is {{ outcome.c }}.\n",
        [("a", "b"), ("a",), ("c",)],
    ),
    "a name that was set before": (
        "{% set known = outcome.a %}\nC is {{ outcome.c }}.\n\nA is {{ known }}.\n\nB is {{ outcome.b }}.\n",
        [("c",), ("a",), ("b",)],
    ),
    "a name set on a condition": (
        "{% if outcome.a == 'one' %}\n{% set known = outcome.b %}\n{% else %}\n{% set known = outcome.c %}\n{% endif %}\n"
        "It is {{ known }}.\n\nA is {{ outcome.a }}.\n\nB is {{ outcome.b }}.\n\nC is {{ outcome.c }}.\n",
        [("a", "b", "c"), ("a", "b", "c"), ("a",), ("b",), ("c",)],
    ),
    "a value in emphasis over two": ("*A is {{ outcome.a }}\nand B is {{ outcome.b }}.*\n\nC is {{ outcome.c }}.\n", [("a", "b"), ("c",)]),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_parts_hang_on_what_they_read(name: str) -> None:
    body, expected = BODIES[name]
    apart = read(body)
    assert fields(apart) == expected
    for part, rows in zip(apart.parts, apart.rows, strict=True):
        combinations = {tuple(row.get(field) for field in part.fields) for row in rows}
        assert len(combinations) == len(rows)


def test_a_macro_hangs_on_what_its_caller_reads_for_it() -> None:
    macros = "{% set who = outcome.d %}\n{% macro said(one) %}\nIt is {{ one }}{% if who %} in the {{ who.title }}{% endif %}.\n{% endmacro %}\n"
    apart = read("{{ said(outcome.a) }}\n\nB is {{ outcome.b }}.\n\nC is {{ outcome.c }}.\n", macros=macros)
    assert fields(apart) == [("a", "d"), ("b",), ("c",)]


#: Bodies in which what one part prints changes what Markdown makes of another, or of what stands beside it.
GLUED = {
    "a quotation that goes on": "{% if outcome.a == 'one' %}\n> A.\n{% endif %}\nB is {{ outcome.b }}.\n\nC is {{ outcome.c }}.\n",
    "two halves of a paragraph": "{% if outcome.a == 'one' %}\nIt is one.\n{% endif %}\n{% if outcome.c == 'large' %}\nIt is large.\n{% endif %}\n\nB is {{ outcome.b }}.\n",
    "a sign before the text that all have": "{% if outcome.a == 'one' %}- {% endif %}All have this.\n\nB is {{ outcome.b }}. C is {{ outcome.c }}.\n",
}  # fmt: skip


@pytest.mark.parametrize("name", GLUED)
def test_what_markdown_joins_is_one_part(name: str) -> None:
    """Each whole letter is then foretold, for all of it is composed that is needed."""
    source = source_of(GLUED[name])
    types, _ = load_letter_types(source)
    kind, composer = types["visit"], Composer(source)
    book, problems = write_book(composer, kind, [])
    assert {problem.code for problem in problems} <= {Code.RUN_TOGETHER_BLOCKS}
    said = {verdict.text for section in book.sections for verdict in section.verdicts}
    shared = {getattr(one, "text", "") for one in book.standard}
    rows = Rows(kind.schema, kind.outcome)
    for answers in rows.of(rows.fields):
        letter = seen(composer, kind, answers)
        assert letter is not None
        for one in letter[0]:
            assert one.block.text in shared or any(one.block.text in text.split("\n") for text in said)


def test_a_unit_that_does_not_tell_what_it_reads_is_found_out() -> None:
    """A planted fault: the unit of `b` hides that it reads it. Whole letters then say what no part foretells."""

    def lie(told: Seen) -> Seen:
        assert told is not None
        blocks, read = told
        return blocks, {unit: names - {"b"} for unit, names in read.items() if names - {"b"}}

    assert fields(read(ALONE)) == [("a",), ("b",), ("c",)]
    assert fields(read("A is {{ outcome.a }}, B {{ outcome.b }}.\n\nC is {{ outcome.c }}.\n", lie=lie)) == []
    assert len(read("A is {{ outcome.a }}, B {{ outcome.b }}.\n\nC is {{ outcome.c }}.\n", lie=lie).letters) == 36


def test_a_field_of_which_nothing_is_said_is_told() -> None:
    problems = proofs({**files(), **source_of("A is {{ outcome.a }}.\n\nB is {{ outcome.b }}.\n")}, "visit").problems
    told = [problem.message for problem in problems if problem.code == "E409"]
    assert len(told) == 3  # small or large; north, south or left out
    assert any("whether c is" in one for one in told)


def test_a_branch_that_no_outcome_reaches_is_told_where_parts_are_apart() -> None:
    body = ALONE + "{% if outcome.a == 'one' and outcome.a == 'two' %}\nNever.\n{% endif %}\n"
    found = proofs({**files(), **source_of(body + OPTIONAL)}, "visit").problems
    assert [problem.code for problem in found] == ["E412"]


RULES = """
allOf:
  - description: a green one is large
    if: {properties: {b: {const: green}}}
    then: {properties: {c: {const: large}}}
"""


def test_answers_that_a_rule_forbids_together_are_never_composed() -> None:
    apart = read(OPTIONAL + ALONE, OUTCOME + RULES)
    assert all(answers["c"] == "large" for answers, _ in apart.letters if answers["b"] == "green")
    assert [len(rows) for rows in apart.rows] == [3, 2, 3, 2]


def test_fields_that_a_rule_names_are_joined_and_no_others() -> None:
    names = ("a", "b", "c", "d")
    rule = {"if": {"properties": {"b": {"const": "x"}}}, "then": {"required": ["d"]}}
    expected = [["a"], ["b", "d"], ["c"]]
    assert [sorted(one) for one in joined_fields({"allOf": [rule]}, names)] == expected
    referred = {"$defs": {"r": rule}, "allOf": [{"$ref": "#/$defs/r"}]}
    assert [sorted(one) for one in joined_fields(referred, names)] == expected
    for whole in ({"minProperties": 3}, {"allOf": [{"maxProperties": 3}]}, {"not": {"required": ["a"]}}):
        assert [sorted(one) for one in joined_fields(whole, names)] == [[*names]]


PIECES = (
    "A is {{ outcome.a }}.",
    "{% if outcome.a == 'one' %}One.{% else %}Two.{% endif %}",
    "B is {{ outcome.b }}.",
    "{% if outcome.b == 'red' %}Stop.{% endif %}",
    "C is {{ outcome.c }}.",
    "{% if outcome.d %}D is {{ outcome.d.title }}.{% endif %}",
    "All have this.",
    "> {{ outcome.c.title }}",
    "- {{ outcome.b.title }}",
)
BETWEEN = ("\n\n", "\n", " ")


@pytest.mark.slow
@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(BETWEEN)), min_size=1, max_size=6).filter(
        lambda pieces: not any(" " in end.strip("\n") and after[0] in "->" for (_, end), (after, _) in pairwise(pieces))
    )
)
def test_whatever_the_letter_its_parts_foretell_each_outcome(pieces: list[tuple[str, str]]) -> None:
    """Bodies put together at random: of each of the 36 outcomes the blocks are those that the parts have for it."""
    source = source_of("".join(f"{text}{end}" for text, end in pieces) + "\n")
    types, _ = load_letter_types(source)
    kind, composer = types["visit"], Composer(source)
    rows = Rows(kind.schema, kind.outcome)
    apart = read_apart(rows, lambda answers: seen(composer, kind, answers))
    if apart.is_whole:
        assert len(apart.letters) == 36
        return
    own: list[dict[str, list[str]]] = [{} for _ in apart.parts]
    for answers, blocks in apart.letters:
        for at, part in enumerate(apart.parts):
            key = repr([answers.get(name) for name in part.fields])
            own[at][key] = [block.text for block, number in blocks if number == at]
    shared = [block.text for block, number in apart.letters[0][1] if number is None]
    for answers in rows.of(rows.fields):
        expected = shared + [
            text
            for at, part in enumerate(apart.parts)
            for text in own[at][repr([answers.get(name) for name in part.fields])]
        ]
        letter = seen(composer, kind, answers)
        assert letter is not None
        assert sorted(one.block.text for one in letter[0]) == sorted(expected)


#: A field is printed that is not asked for first; and how much of the rest is read all the same.
UNASKED = {
    "in every letter": "D is {{ outcome.d.title }}.\n\n",
    "beside another field": "{% if outcome.a == 'two' %}\nD is {{ outcome.d.title }}.\n\n{% endif %}\n",
    "of what is never there": "D {{ [outcome.a] | agree('was', 'were') }}.\n\n",
}


@pytest.mark.parametrize("name", UNASKED)
def test_once_a_letter_cannot_be_composed_no_more_are_than_show_what_is_wrong(name: str) -> None:
    many = "".join(f"  f{at}: {{oneOf: [{{const: so, title: so}}, {{const: no, title: no}}]}}\n" for at in range(12))
    body = UNASKED[name] + ALONE + "".join(f"\n{{% if outcome.f{at} %}}\nMuch.\n\n{{% endif %}}\n" for at in range(12))
    source = source_of(body, OUTCOME + many)
    kind, composer = load_letter_types(source)[0]["visit"], Composer(source)
    composed: list[int] = []
    book, problems = write_book(composer, kind, [], lambda done, _: composed.append(done))
    assert book.enumeration.combinations > 1_000_000
    assert len(problems) == 1
    assert max(composed) == book.enumeration.failed + len(book.readings) < 500
    sections = {section.fields for section in book.sections}
    assert sections >= {("b",), ("c",)} or "never" in name
    assert not [problem for problem in proofs(source, "visit").problems if problem.code.startswith("E4")]
