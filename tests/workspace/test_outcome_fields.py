"""One reading of outcome.yaml: `new`, `schema`, `wording`, `check` and `build` know the same answers of a construct."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from conftest import Ran, Workspace, copy_workspace
from letters.workspace.fields import FieldKind
from letters.workspace.outcome import read
from letters.workspace.schema import Checker
from support import plain

ONE, TWO = "We came once.", "We came twice."
#: Two answers by their words; those of a list of them.
NUMBERS = {"one": ONE, "two": TWO}
ONE_OF = "[{const: one, title: once}, {const: two, title: twice}]"
DEFS = f"$defs:\n  number: {{oneOf: {ONE_OF}}}\n  alias: {{$ref: '#/$defs/number'}}\n  far: {{$ref: '#/$defs/alias'}}\n"
COMES = "We came {{ outcome.x.title }}.\n"
SAYS = "{% if outcome.x == 'one' %}\nWe came once.\n{% else %}\nWe came twice.\n{% endif %}\n"
URGENT = "{% if outcome.x %}\nThis is urgent.\n{% else %}\nThis can wait.\n{% endif %}\n"
SWITCH = {True: "This is urgent.", False: "This can wait."}
AREAS = "We saw {{ outcome.x | titles | all_of }}.\n"
NOT_ONE_OF = "hint: one of: one, two"


@dataclass(frozen=True)
class Row:
    """A construct: what stands below `x:` (and further fields) and behind all fields; what each command knows of it.

    `outcomes`: by what the letter says, the answers. `new`: the lines of a new force file. `wrong`: an answer that is
    none, and what is said.
    """

    x: str
    outcomes: Mapping[str, Mapping[str, Any]]
    new: tuple[str, ...]
    template: str = COMES
    more: str = ""
    required: str = "[x]"
    wrong: Any = "three"
    said: tuple[str, ...] = ("'three' is not an answer for x [E104]", NOT_ONE_OF)


def each(answers: Mapping[Any, str]) -> dict[str, dict[str, Any]]:
    """The outcomes of one field."""
    return {words: {"x": answer} for answer, words in answers.items()}


PLAIN = each(NUMBERS)
CLOSED = ("# x", "# x: one | two")
LEFT_OUT = {**PLAIN, "We did not come.": {}}

ROWS = {
    "one-of": Row(f"oneOf: {ONE_OF}", PLAIN, CLOSED),
    "any-of": Row(f"anyOf: {ONE_OF}", PLAIN, CLOSED),
    "words-alone": Row("enum: [one, two]", PLAIN, CLOSED, SAYS),
    "words-with-type": Row("type: string\nenum: [one, two]", PLAIN, CLOSED, SAYS),
    "constant": Row(
        "const: one\ntitle: once",
        each({"one": ONE}),
        ("# once", "# x: one"),
        said=("'three' is not an answer for x [E104]", "hint: one of: one"),
    ),
    "optional": Row(
        f"oneOf: {ONE_OF}",
        LEFT_OUT,
        ("# optional: x", "# x: one | two"),
        "{% if outcome.x %}\nWe came {{ outcome.x.title }}.\n{% else %}\nWe did not come.\n{% endif %}\n",
        required="[]",
    ),
    "described": Row(
        f"description: |\n  How often?\n  Count.\noneOf: {ONE_OF}", PLAIN, ("# How often? Count.", "# x: one | two")
    ),
    "any-of-lists": Row("anyOf:\n  - {const: one, title: once}\n  - enum: [two]", PLAIN, CLOSED, SAYS),
    # References
    "reference": Row("$ref: '#/$defs/number'", PLAIN, CLOSED, more=DEFS),
    "reference-to-a-reference": Row("$ref: '#/$defs/far'", PLAIN, CLOSED, more=DEFS),
    "reference-with-a-description": Row(
        "$ref: '#/$defs/alias'\ndescription: How often?", PLAIN, ("# How often?", "# x: one | two"), more=DEFS
    ),
    "reference-to-a-field": Row(
        f"$ref: '#/properties/y'\ny:\n  oneOf: {ONE_OF}".replace("\ny:", "\n\x01y:"),
        {
            f"We came {x} and left {y}.": {"x": a, "y": b}
            for a, x in (("one", "once"), ("two", "twice"))
            for b, y in (("one", "once"), ("two", "twice"))
        },
        ("# x", "# x: one | two", "# y", "# y: one | two"),
        "We came {{ outcome.x.title }} and left {{ outcome.y.title }}.\n",
        required="[x, y]",
    ),
    "reference-to-definitions": Row(
        "$ref: '#/definitions/n'", PLAIN, CLOSED, more=f"definitions:\n  n: {{oneOf: {ONE_OF}}}\n"
    ),
    "reference-with-signs": Row(
        "$ref: '#/$defs/a~1b%20c'", PLAIN, CLOSED, more=f"$defs:\n  a/b c: {{oneOf: {ONE_OF}}}\n"
    ),
    "reference-in-all-of": Row("allOf: [{$ref: '#/$defs/number'}]", PLAIN, CLOSED, more=DEFS),
    "reference-in-any-of": Row(
        "anyOf: [{$ref: '#/$defs/number'}, {const: three, title: three times}]",
        {**PLAIN, "We came three times.": {"x": "three"}},
        ("# x", "# x: one | two | three"),
        more=DEFS,
        wrong="four",
        said=("'four' is not an answer for x [E104]", "hint: one of: one, two, three"),
    ),
    "narrowed-by-words": Row(
        "$ref: '#/$defs/number'\nenum: [two]",
        each({"two": TWO}),
        ("# x", "# x: two"),
        more=DEFS,
        said=("'three' is not an answer for x [E104]", "hint: one of: two"),
    ),
    "narrowed-by-not": Row(
        "$ref: '#/$defs/number'\nnot: {const: one}",
        each({"two": TWO}),
        ("# x", "# x: two"),
        more=DEFS,
        wrong="one",
        said=("'one' is not an answer for x [E104]", "hint: one of: two"),
    ),
    # Other answers than words
    "boolean": Row(
        "type: boolean",
        each(SWITCH),
        ("# x", "# x: true | false"),
        URGENT,
        wrong="yes",
        said=("x is text, not true or false [E107]", "hint: write true, without quotation marks"),
    ),
    "booleans-with-titles": Row(
        "oneOf: [{const: true, title: urgent}, {const: false, title: not urgent}]",
        each({True: "It is urgent.", False: "It is not urgent."}),
        ("# x", "# x: true | false"),
        "It is {{ outcome.x.title }}.\n",
        wrong="yes",
        said=("'yes' is not an answer for x [E104]", "hint: one of: true, false"),
    ),
    "words-and-booleans": Row(
        "anyOf: [{const: one}, {type: boolean}]",
        each({"one": ONE, True: "We came often.", False: "We did not come."}),
        ("# x", "# x: one | true | false"),
        "{% if outcome.x == 'one' %}\nWe came once.\n{% elif outcome.x %}\nWe came often.\n"
        "{% else %}\nWe did not come.\n{% endif %}\n",
        wrong="often",
        said=("'often' is not an answer for x [E104]", "hint: one of: one, true, false"),
    ),
    "numbers": Row(
        "oneOf: [{const: 1, title: once}, {const: 2.5, title: more than twice}]",
        each({1: ONE, 2.5: "We came more than twice."}),
        ("# x", "# x: 1 | 2.5"),
        wrong=3,
        said=("3 is not an answer for x [E104]", "hint: one of: 1, 2.5"),
    ),
    "words-that-look-like-numbers": Row(
        "enum: ['1', 'true']",
        each({"1": ONE, "true": TWO}),
        ("# x", "# x: '1' | 'true'"),
        SAYS.replace("'one'", "'1'"),
        wrong=1,
        said=("1 is not an answer for x [E104]", "hint: one of: '1', 'true'"),
    ),
    "or-nothing": Row(
        f"anyOf: [{{oneOf: {ONE_OF}}}, {{type: 'null'}}]",
        {**PLAIN, "We did not come.": {"x": None}},
        ("# x", "# x: one | two | null"),
        "{% if outcome.x %}\nWe came {{ outcome.x.title }}.\n{% else %}\nWe did not come.\n{% endif %}\n",
        said=("'three' is not an answer for x [E104]", "hint: one of: one, two, null"),
    ),
    # Several answers, fields inside
    "list": Row(
        f"type: array\nminItems: 1\nuniqueItems: true\nitems:\n  oneOf: {ONE_OF}",
        {
            "We saw once.": {"x": ["one"]},
            "We saw twice.": {"x": ["two"]},
            "We saw once and twice.": {"x": ["one", "two"]},
        },
        ("# x", "# x:", "#   - one | two"),
        AREAS,
        wrong=["three"],
        said=("'three' is not an answer for x (item 1) [E104]", NOT_ONE_OF),
    ),
    "list-by-reference": Row(
        "$ref: '#/$defs/list'",
        {"We saw once and twice.": {"x": ["one", "two"]}},
        ("# x", "# x:", "#   - one | two"),
        AREAS,
        more=DEFS + "  list: {type: array, minItems: 2, maxItems: 2, items: {$ref: '#/$defs/alias'}}\n",
        wrong=["one", "three"],
        said=("'three' is not an answer for x (item 2) [E104]", NOT_ONE_OF),
    ),
    "list-of-objects": Row(
        "type: array\nitems:\n  type: object\n  required: [when]\n  properties:\n    when: {$ref: '#/$defs/alias'}",
        {
            "It was once.": {"x": [{"when": "one"}]},
            "It was twice.": {"x": [{"when": "two"}]},
            "It was once. It was twice.": {"x": [{"when": "one"}, {"when": "two"}]},
        },
        ("# x", "# x:", "#   - when: one | two"),
        "{% for one in outcome.x %}\nIt was {{ one.when.title }}.\n{% endfor %}\n",
        more=DEFS,
        wrong=[{"when": "three"}],
        said=("'three' is not an answer for when [E104]", NOT_ONE_OF),
    ),
    "object": Row(
        "type: object\nrequired: [when]\nproperties:\n  when: {$ref: '#/$defs/alias'}\n  again: {type: boolean}",
        {
            "We came once.": {"x": {"when": "one"}},
            "We came twice and again.": {"x": {"when": "two", "again": True}},
            "We came twice.": {"x": {"when": "two"}},
            "We came once and again.": {"x": {"when": "one", "again": True}},
            "We came once and not again.": {"x": {"when": "one", "again": False}},
            "We came twice and not again.": {"x": {"when": "two", "again": False}},
        },
        ("# x", "# x:", "#   when: one | two", "#   again: true | false"),
        "We came {{ outcome.x.when.title }}{% if outcome.x.again %} and again{% elif outcome.x.again == false %}"
        " and not again{% else %}{% endif %}.\n",
        more=DEFS,
        wrong={"when": "three"},
        said=("'three' is not an answer for when [E104]", NOT_ONE_OF),
    ),
    "object-by-reference": Row(
        "$ref: '#/$defs/visit'\ndescription: The visit",
        {"We came once.": {"x": {"when": "one"}}, "We came twice.": {"x": {"when": "two"}}},
        ("# The visit", "# x:", "#   when: one | two"),
        "We came {{ outcome.x.when.title }}.\n",
        more=DEFS
        + "  visit: {type: object, required: [when], additionalProperties: false,\n"
        + "    properties: {when: {$ref: '#/$defs/far'}}}\n",
        wrong={"when": "one", "wehn": "two"},
        said=("'wehn' is not a key of x [E105]", "hint: did you mean 'when'? one of: when"),
    ),
    "object-with-a-condition": Row(
        "type: object\nrequired: [when, urgent]\n"
        "properties: {when: {$ref: '#/$defs/alias'}, urgent: {type: boolean}}\n"
        "description: The visit\n"
        "if: {properties: {when: {const: one}}}\nthen: {properties: {urgent: {const: false}}}",
        {
            "We came once, with notice.": {"x": {"when": "one", "urgent": False}},
            "We came twice, with notice.": {"x": {"when": "two", "urgent": False}},
            "We came twice, at once.": {"x": {"when": "two", "urgent": True}},
        },
        ("# The visit", "# x:", "#   when: one | two", "#   urgent: true | false"),
        "We came {{ outcome.x.when.title }}, {% if outcome.x.urgent %}at once{% else %}with notice{% endif %}.\n",
        more=DEFS,
        wrong={"when": "one", "urgent": True},
        said=("true for urgent does not go with the other answers [E119]", "hint: The visit"),
    ),
    # Across fields
    "rule-with-a-condition": Row(
        "$ref: '#/$defs/alias'\n\x01urgent:\n  type: boolean",
        {
            "We came once, with notice.": {"x": "one", "urgent": False},
            "We came twice, with notice.": {"x": "two", "urgent": False},
            "We came twice, at once.": {"x": "two", "urgent": True},
        },
        ("# x", "# x: one | two", "# urgent", "# urgent: true | false"),
        "We came {{ outcome.x.title }}, {% if outcome.urgent %}at once{% else %}with notice{% endif %}.\n",
        more=DEFS
        + "allOf:\n  - description: who comes once gives notice\n"
        + "    if: {properties: {x: {const: one}}}\n    then: {properties: {urgent: {const: false}}}\n"
        + "    else: {required: [x]}\n",
        required="[x, urgent]",
    ),
    "rule-by-reference": Row(
        "$ref: '#/$defs/number'",
        each({"two": TWO}),
        ("# x", "# x: one | two"),
        "{% if outcome.x == 'two' %}\nWe came twice.\n{% endif %}\n",
        more=DEFS + "  never: {not: {properties: {x: {const: one}}}}\n"
        "allOf:\n  - {description: nobody comes once, $ref: '#/$defs/never'}\n"
        "  - {description: x is x, properties: {x: {$ref: '#/properties/x'}}}\n",
    ),
    # Open ones
    "answer-or-number": Row(
        "anyOf: [{const: none, title: not at all}, {type: integer, examples: [7]}]",
        {"We did not come.": {"x": "none"}, "We came 7 times.": {"x": 7}},
        ("# x", "# x: none | …"),
        "{% if outcome.x == 'none' %}\nWe did not come.\n{% else %}\nWe came {{ outcome.x }} times.\n{% endif %}\n",
        said=("'three' is not an answer for x [E104]", "hint: one of: none; or a whole number"),
    ),
    "markdown-or-nothing": Row(
        "anyOf: [{type: string, contentMediaType: text/markdown, examples: [It was *good*.]}, {type: 'null'}]",
        {"It was good.": {"x": "It was *good*."}, "Nothing is said.": {"x": None}},
        ("# x", "# x: null | …"),
        "{% if outcome.x %}\n{{ outcome.x }}\n{% else %}\nNothing is said.\n{% endif %}\n",
        wrong=3,
        said=("x is a number, not text [E107]", "hint: put quotation marks around it"),
    ),
    "required-and-not-described": Row(
        "type: string\nexamples: [this]",
        {"So this and a sample of other thing.": {"x": "this", "other_thing": "a sample of other thing"}},
        ("# x", "# x:", "# other thing", "# other_thing:"),
        "So {{ outcome.x }} and {{ outcome.other_thing }}.\n",
        required="[x, other_thing]",
        wrong=3,
        said=("x is a number, not text [E107]", "hint: put quotation marks around it"),
    ),
}  # fmt: skip


def schema_text(row: Row) -> str:
    fields = textwrap.indent(row.x, " " * 4).replace(" " * 4 + "\x01", "  ")
    return f"type: object\nrequired: {row.required}\nproperties:\n  x:\n{fields}\n{row.more}"


LETTER = """::: {.salutation}
Dear {{ force.chief_officer.rank }}
:::

# {{ letter.title }}

%s
::: {.closing}
Yours sincerely
:::
"""
SETTINGS = plain.SETTINGS.replace("Your next inspection", "The row of %s")
FACTS = """name: %s Police
country: England
chief_officer: {rank: Chief Constable}
local_policing_body: {title: Police and Crime Commissioner, short_title: Police and Crime Commissioner}
"""
FORCES = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta")


def made(there: Workspace, rows: Mapping[str, Row]) -> Workspace:
    """A workspace of one letter type a row, and of forces, the first of which has the first outcome of each."""
    there.keep_forces()
    for folder in ("abuse-of-position-2017", "pcc-response-2019"):
        there.path(f"templates/{folder}").rename(there.root / folder)
    for name, row in rows.items():
        there.write(f"templates/{name}/letter.yaml", SETTINGS % name.replace("-", " "))
        there.write(f"templates/{name}/outcome.yaml", schema_text(row))
        there.write(f"templates/{name}/letter.md", LETTER % row.template)
    for number, force in enumerate(FORCES):
        letters = {name: list(row.outcomes.values())[number : number + 1] for name, row in rows.items()}
        there.write(
            f"forces/{force.lower()}.yaml", force_text(force, {name: one[0] for name, one in letters.items() if one})
        )
    return there


def force_text(name: str, letters: Mapping[str, Mapping[str, Any]]) -> str:
    data = {kind: {"stage": "ready", **answers} for kind, answers in letters.items()}
    return (
        FACTS % name + "letters:\n" + textwrap.indent("".join(f"{k}: {json.dumps(v)}\n" for k, v in data.items()), "  ")
    )


@dataclass
class Seen:
    """What each command said of all rows."""

    there: Workspace
    check: Ran
    build: Ran
    wrong: Ran
    new: str
    schema: Mapping[str, Any]
    outcomes: dict[str, list[Any]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    there = made(copy_workspace(tmp_path_factory.mktemp("rows") / "workspace"), ROWS)
    build = there.letters("build", "--format", "txt", "-q", timeout=600)
    there.letters("schema")
    there.letters("new", "omega")
    new = there.read("forces/omega.yaml")
    there.path("forces/omega.yaml").unlink()
    proved = json.loads(there.letters("wording", "--json", timeout=600).out)
    check = there.letters("check", timeout=600)
    wrong = {name: {**next(iter(row.outcomes.values())), "x": row.wrong} for name, row in ROWS.items()}
    there.write("forces/wrong.yaml", force_text("Wrong", wrong))
    refused = there.letters("check", "wrong", timeout=600)
    schema = json.loads(there.read(".letters/force.schema.json"))
    outcomes = {
        one["type"]: [answers for verdict in one["verdicts"] for answers in verdict["outcomes"]] for one in proved
    }
    return Seen(there, check, build, refused, new, schema, outcomes)


def test_all_rows_are_sound(seen: Seen) -> None:
    assert (seen.check.status, seen.check.err) == (0, "")
    assert (seen.build.status, seen.build.err) == (0, "")


@pytest.mark.parametrize("name", ROWS)
def test_new_lists_the_answers(seen: Seen, name: str) -> None:
    lines = [line.removeprefix("# ") for line in seen.new.splitlines()]
    start = lines.index(f"  {name}:") + 2
    end = next(at for at in range(start, len(lines)) if "changed_wording" in lines[at])
    assert tuple(line.removeprefix("    ") for line in lines[start:end]) == ROWS[name].new


@pytest.mark.parametrize("name", ROWS)
def test_wording_reads_each_outcome(seen: Seen, name: str) -> None:
    expected = [dict(answers) for answers in ROWS[name].outcomes.values()]
    assert sorted(map(json.dumps, seen.outcomes[name])) == sorted(map(json.dumps, expected))


@pytest.mark.parametrize("name", ROWS)
def test_build_says_each_outcome(seen: Seen, name: str) -> None:
    said = [
        " ".join(seen.there.read(f"outputs/{name}/{force.lower()}.txt").replace("\u00a0", " ").split())
        for force, _ in zip(FORCES, ROWS[name].outcomes, strict=False)
    ]
    assert all(words in letter for words, letter in zip(ROWS[name].outcomes, said, strict=True)), said


@pytest.mark.parametrize("name", ROWS)
def test_the_schema_of_editors_takes_each_outcome_and_no_other_answer(seen: Seen, name: str) -> None:
    row, checker = ROWS[name], Checker(seen.schema["properties"]["letters"]["properties"][name])
    for answers in row.outcomes.values():
        assert checker.fits({"stage": "ready", **answers}), answers
    assert not checker.fits({"stage": "ready", **next(iter(row.outcomes.values())), "x": row.wrong})
    assert checker.fits({"stage": "awaited"})
    assert "$ref" not in json.dumps(seen.schema["properties"]["letters"]["properties"][name])


@pytest.mark.parametrize("name", ROWS)
def test_check_refuses_another_answer(seen: Seen, name: str) -> None:
    lines = seen.wrong.err.splitlines()
    source = seen.there.read("forces/wrong.yaml").splitlines()
    number = next(at for at, line in enumerate(source, 1) if line.startswith(f"  {name}:"))
    start = next(at for at, line in enumerate(lines) if line.startswith(f"forces/wrong.yaml:{number}:"))
    problem = "\n".join(lines[start : start + 5]).split("\n\n")[0]
    assert all(said in problem for said in ROWS[name].said), problem


# What is not read is told, with its place and what to write.

BODY = "type: object\nrequired: [x]\nproperties:\n"
UNREAD = {
    "lists-by-place": (
        BODY + "  x:\n    type: array\n    prefixItems: [{const: one}]\n",
        "6:5: `prefixItems` is not read [E560]",
        "hint: write `items:`",
    ),
    "names-by-pattern": (
        BODY + "  x:\n    type: object\n    patternProperties: {'^a': {const: one}}\n",
        "6:5: `patternProperties` is not read [E560]",
        "hint: write each field with its name under `properties:`",
    ),
    "reference-by-name": (
        "$id: mine\n" + BODY + "  x: {$ref: 'mine#/$defs/a'}\n$defs: {a: {const: one}}\n",
        "5:13: the reference 'mine#/$defs/a' is not followed [E560]",
        'hint: write `$ref: "#/$defs/NAME"`',
    ),
    "twice": (
        BODY + "  x:\n    oneOf:\n      - {const: one}\n      - {const: one, title: again}\n",
        "7:9: the answer 'one' for 'x' stands here twice, so that it is not allowed [E561]",
        "hint: take one of the two out",
    ),
    "nothing-left": (
        BODY + "  x:\n    enum: [one, two]\n    type: integer\n",
        "4:3: no answer is allowed for 'x' [E561]",
        "hint: look at what it says beside its answers",
    ),
    "answer-that-is-a-list": (
        BODY + "  x:\n    enum: [one, [two]]\n",
        "5:17: what stands here cannot be an answer for 'x' [E561]",
        "hint: write a word, a number, or true or false",
    ),
    "one-and-true": (
        BODY + "  x:\n    enum: [1, true]\n",
        "5:12: 1 and true are both answers for 'x' [E561]",
        "hint: write words for one of the two",
    ),
    "one-of-several-objects": (
        BODY + "  x:\n    anyOf: [{properties: {a: {enum: [one]}}}, {properties: {b: {enum: [one]}}}]\n",
        "4:3: 'x' is one of several objects, which is not read [E560]",
        "hint: write one object with all of the fields",
    ),
    "text-that-takes-the-answer": (
        BODY + "  x:\n    oneOf: [{const: one}, {type: string}]\n",
        "5:13: no answer is allowed for 'x' [E561]",
        "hint: look at what it says beside its answers; `oneOf` takes what fits one place alone, `anyOf` any",
    ),
    "fields-in-a-choice": (
        BODY + "  x:\n    type: object\n    anyOf: [{properties: {a: {enum: [one]}}}]\n",
        "6:27: there is no field 'a' [E562]",
        "hint: describe it under `properties:`",
    ),
    "mistyped-in-a-rule": (
        BODY + "  x: {enum: [one, two]}\nallOf:\n  - description: no\n    not: {properties: {xx: {const: one}}}\n",
        "7:24: there is no field 'xx' [E562]",
        "hint: did you mean 'x'? one of: x",
    ),
    "answer-mistyped-in-a-rule": (
        BODY + "  x: {enum: [one, two]}\nallOf:\n  - description: no\n    not: {properties: {x: {const: oen}}}\n",
        "7:35: 'oen' is not an answer for 'x' [E562]",
        "hint: did you mean 'one'? one of: one, two",
    ),
    "rule-about-the-stage": (
        BODY + "  x: {enum: [one, two]}\nallOf:\n  - description: no\n    if: {properties: {stage: {const: draft}}}\n",
        "7:23: there is no field 'stage' [E562]",
        "hint: one of: x",
    ),
    "required-mistyped": (
        "type: object\nrequired: [number_of_visit]\nproperties:\n  number_of_visits: {enum: [one, two]}\n",
        "2:12: 'number_of_visit' is required, and is no field [E562]",
        "hint: did you mean 'number_of_visits'?",
    ),
    "condition-by-itself": (
        BODY + "  x: {enum: [one, two]}\nif: {properties: {x: {const: one}}}\nthen: {required: [x]}\n",
        "5:1: `if` stands for itself, and nobody is told what is wrong [E563]",
        "hint: put it under `allOf:`, as `- description: …` with `if:` below it",
    ),
    "whole-by-reference": (
        "$ref: '#/$defs/all'\nproperties:\n  x: {enum: [one, two]}\n$defs:\n  all: {type: object}\n",
        "1:1: the whole file is a `$ref`, and its fields are not read [E563]",
        "hint: write the fields under `properties:`",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def unread(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ran]:
    there = made(copy_workspace(tmp_path_factory.mktemp("unread") / "workspace"), {})
    for name, (schema, *_) in UNREAD.items():
        there.write(f"templates/{name}/letter.yaml", SETTINGS % name.replace("-", " "))
        there.write(f"templates/{name}/outcome.yaml", schema)
        there.write(f"templates/{name}/letter.md", LETTER % "Words.")
    return {command: there.letters(command) for command in ("check", "schema", "wording", "build")}


def test_a_type_without_any_outcome_is_a_problem(workspace: Workspace) -> None:
    there = made(workspace, {"nothing-fits": Row("enum: [one, two]", {}, (), "Words.\n", more="minProperties: 2\n")})
    said = "templates/nothing-fits/outcome.yaml:1:1: this letter type has no outcome, so no letter was proved [E564]"
    proved = there.letters("wording")
    assert said in proved.err
    assert "nothing-fits: 0 outcomes, 0 different verdicts, so that nothing could be composed" in proved.out
    assert said in there.letters("check").err


@pytest.mark.parametrize("command", ["check", "schema", "wording", "build"])
@pytest.mark.parametrize("name", UNREAD)
def test_what_is_not_read_is_a_problem_at_its_place(unread: dict[str, Ran], name: str, command: str) -> None:
    _, said, hint = UNREAD[name]
    ran = unread[command]
    assert ran.status == 1
    assert f"templates/{name}/outcome.yaml:{said}\n" in ran.err
    problem = ran.err[ran.err.index(said) :].split("\n\n")[0]
    assert hint in problem
    assert ran.err.count(f"templates/{name}/") == 1, "one mistake, one problem"


# What is read of a schema, directly.

ANY = {"type": "string"}
CHOICE = [{"const": "a", "title": "A"}, {"const": "b"}]


@pytest.mark.parametrize(
    ("part", "kind", "answers"),
    [
        ({"oneOf": CHOICE}, FieldKind.CLOSED, {"a": "A", "b": None}),
        ({"anyOf": CHOICE}, FieldKind.CLOSED, {"a": "A", "b": None}),
        ({"enum": ["a", 1, None, False]}, FieldKind.CLOSED, {"a": None, 1: None, None: None, False: None}),
        ({"const": "a", "title": "A"}, FieldKind.CLOSED, {"a": "A"}),
        ({"type": "boolean"}, FieldKind.CLOSED, {True: None, False: None}),
        ({"type": ["boolean", "null"]}, FieldKind.CLOSED, {True: None, False: None, None: None}),
        ({"$ref": "#/$defs/choice", "title": "Field"}, FieldKind.CLOSED, {"a": "A", "b": None}),
        ({"$ref": "#/$defs/choice", "enum": ["b", "c"]}, FieldKind.CLOSED, {"b": None}),
        ({"allOf": [{"enum": ["a"]}, {"$ref": "#/$defs/choice"}]}, FieldKind.CLOSED, {"a": "A"}),
        ({"enum": ["a", "bb"], "maxLength": 1}, FieldKind.CLOSED, {"a": None}),
        ({"oneOf": [{"$ref": "#/$defs/choice"}, {"const": "c"}]}, FieldKind.CLOSED, {"a": "A", "b": None, "c": None}),
        ({"oneOf": [*CHOICE, {"type": "integer"}]}, FieldKind.SEVERAL, {}),
        ({"type": ["string", "array"]}, FieldKind.SEVERAL, {}),
        ({"oneOf": [{"pattern": "^a"}, {"pattern": "b$"}]}, FieldKind.TEXT, {}),
        ({"anyOf": [{"type": "string", "pattern": "^a"}]}, FieldKind.TEXT, {}),
        ({"type": ["integer", "number"]}, FieldKind.NUMBER, {}),
        ({"type": "string", "format": "date"}, FieldKind.DATE, {}),
        ({"type": "string", "contentMediaType": "text/markdown"}, FieldKind.MARKDOWN, {}),
        ({"type": "array", "items": {"$ref": "#/$defs/choice"}}, FieldKind.LIST, {}),
        ({"items": ANY}, FieldKind.LIST, {}),
        ({"properties": {"y": ANY}}, FieldKind.OBJECT, {}),
        ({"type": "object", "additionalProperties": ANY}, FieldKind.OBJECT, {}),
        ({}, FieldKind.TEXT, {}),
    ],
)
def test_a_field_is_read(part: dict[str, Any], kind: FieldKind, answers: dict[object, str | None]) -> None:
    schema = {"properties": {"x": part}, "required": ["x"], "$defs": {"choice": {"oneOf": CHOICE}}}
    found = read(schema).fields["x"]
    assert (found.kind, found.answers, found.required, found.name) == (kind, answers, True, "x")
    assert list(found.answers) == list(answers)


def test_fields_are_found_by_the_way_to_a_value() -> None:
    visit = {"type": "object", "required": ["when"], "properties": {"when": {"oneOf": CHOICE}, "why": ANY}}
    markdown = {"type": "array", "contentMediaType": "text/markdown", "items": ANY}
    outcome = read(
        {
            "properties": {
                "visits": {"type": "array", "items": {"$ref": "#/$defs/visit"}},
                "notes": markdown,
                "free": {"type": "object", "additionalProperties": {"type": "integer"}},
                "some": {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/visit"}], "description": "One\nvisit"},
            },
            "$defs": {"visit": visit},
        }
    )
    assert outcome.at(("visits", 3, "when")).answers == {"a": "A", "b": None}
    assert outcome.at(("visits", 0, "when")).way == ("$defs", "visit", "properties", "when")
    assert (outcome.at(("visits", 0, "when")).required, outcome.at(("visits", 0, "why")).required) == (True, False)
    assert outcome.at(("notes", 0)).kind is FieldKind.MARKDOWN
    assert outcome.at(("free", "any")).kind is FieldKind.NUMBER
    assert outcome.at(("some", "when")).is_closed
    assert outcome.at(("some",)).label == "One visit"
    assert outcome.at(("some",)).of(None).is_closed
    assert outcome.at(("some",)).of({}).kind is FieldKind.OBJECT
    assert outcome.at(("nobody", 1, "knows")).kind is FieldKind.TEXT
    assert list(outcome.markdown_paths({"notes": ["x", "y"], "visits": [{"why": "z"}]})) == [("notes", 0), ("notes", 1)]
