"""The reference says all there is and no more: fields, filters, functions, tags; its examples do as they say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import pytest

from conftest import ROOT, Workspace
from letters.compose import Composer
from letters.compose.environment import TESTS
from letters.compose.facts import NAMES_OF_FUNCTIONS, template_names
from letters.compose.filters import FILTERS
from letters.compose.foot import FOOT
from letters.compose.forbidden import FORBIDDEN
from letters.compose.syntax import TAGS
from letters.letter import SIGNATURE, Letter, Stage, stage_mark, words
from letters.problems import Problem
from letters.render.styles_of_parts import LINE_STYLES
from letters.workspace.letter_types import load_letter_types
from letters.workspace.model import OWN_WORDS
from letters.workspace.raw import load_yaml
from letters.workspace.recipient import shipped
from letters.workspace.source import RESERVED, Folder, Source
from letters.workspace.validate import Validator
from support.documents import document, fenced, rows, section

FORCE, TYPE, LANGUAGE, SIGNATORY = (
    document(f"docs/reference/{name}.md") for name in ("force-file", "letter-type", "template-language", "signatory")
)

# -- each field of the schemas


def schema(name: str) -> Mapping[str, Any]:
    if name in ("force", "own"):  # which hang on who letters go to
        return shipped().file_schema if name == "force" else shipped().own_schema
    data: Mapping[str, Any] = json.loads((files("letters.workspace") / "schemas" / f"{name}.json").read_text("utf-8"))
    return data


def fields(whole: Mapping[str, Any], part: Mapping[str, Any], name: str = "") -> Iterator[tuple[str, str]]:
    """Each field of a schema with whether it is `required`; those inside others behind a dot."""
    part = whole["$defs"][part["$ref"].removeprefix("#/$defs/")] if "$ref" in part else part
    for key, inner in part.get("properties", {}).items():
        yield f"{name}{key}", "required" if key in part.get("required", ()) else ""
        yield from fields(whole, inner, f"{name}{key}.")
    for inner in (part.get("items"), part.get("additionalProperties"), *part.get("anyOf", ())):
        if isinstance(inner, dict):
            yield from fields(whole, inner, name)


def of_own(schema_fields: Mapping[str, str]) -> dict[str, str]:
    """The fields of a schema as the page of force files says them: what is inside the same again is said once."""
    again = ("chief_officer.", "local_policing_body.", "changed_wording_cy.")
    inside = {name: "" for name in schema_fields if name.startswith("changed_wording.")}
    return {**{name: need for name, need in schema_fields.items() if not name.startswith(again)}, **inside}


def told(text: str, heading: str) -> dict[str, str]:
    """The fields that the table below a heading has."""
    return {row[0]: row[1] for row in rows(section(text, heading), "field", "")}


def test_each_field_of_a_force_is_in_the_reference_and_no_other() -> None:
    whole = schema("force")
    assert told(FORCE, "## The force") == dict(fields(whole, whole))


def test_each_field_of_an_outcome_that_is_the_tools_own_is_in_the_reference_and_no_other() -> None:
    whole = schema("own")
    assert told(FORCE, "## Each letter") == of_own(dict(fields(whole, whole)))
    stages = [one["const"] for one in whole["properties"]["stage"]["oneOf"]]
    assert [
        stage for stage, _ in rows(section(FORCE, "## Each letter"), "`stage`", "what becomes of the letter")
    ] == stages
    assert all(mark in FORCE for mark in filter(None, map(stage_mark, Stage)))


@pytest.mark.parametrize("name", ["letter", "wording", "wording_cy"])
def test_each_field_of_a_letter_type_is_in_the_reference_and_no_other(name: str) -> None:
    whole = schema(name)
    file = f"{name}.yaml".replace("_cy", ".cy")
    assert told(TYPE, f"## `{file}`") == dict(fields(whole, whole))


def test_each_field_of_a_signatory_is_in_the_reference_and_no_other() -> None:
    whole = schema("signatory")
    assert {row[0]: row[1] for row in rows(SIGNATORY, "field", "")} == dict(fields(whole, whole))
    assert set(re.findall(r"^(\w+):", fenced(SIGNATORY, "yaml")[0], re.MULTILINE)) == set(dict(fields(whole, whole)))


def test_each_name_that_no_letter_type_can_have_is_in_the_reference() -> None:
    said = next(line for line in TYPE.splitlines() if line.startswith("No letter type can be called"))
    assert set(re.findall(r"`([a-z-]+)`", said)) == RESERVED


# -- each word of the template language


def first_column(heading: str, column: str) -> list[str]:
    return [name for name, _ in rows(section(LANGUAGE, heading), column, "write")]


def test_each_filter_function_and_test_is_in_the_reference_and_no_other() -> None:
    assert first_column("## Filters", "filter") == list(FILTERS)
    assert sorted(first_column("## Functions", "function")) == sorted(NAMES_OF_FUNCTIONS)
    assert first_column("## Tests", "test") == list(TESTS)


def test_each_tag_is_in_the_reference_and_no_other() -> None:
    assert set(re.findall(r"`\{% (\w+) %\}`", section(LANGUAGE, "## Tags"))) == set(TAGS)


def test_each_construct_that_is_forbidden_is_in_the_reference() -> None:
    said = section(LANGUAGE, "## What templates may not do")
    signs = {f"`{sign}`" if not sign.isalpha() else sign for _, sign in FORBIDDEN.values()}
    whole = {what for what, _ in FORBIDDEN.values() if what.startswith("{%")}
    assert [sign for sign in (signs - {"set", *(one.split()[1] for one in whole)}) | whole if sign not in said] == []


def test_each_part_with_a_style_of_its_own_is_in_the_reference_and_no_other() -> None:
    said = rows(section(LANGUAGE, "## Parts"), "part", "style in Word: first line, other lines")
    styles_of = {row[0]: row[1] for row in said}
    assert styles_of.keys() == LINE_STYLES.keys() | {SIGNATURE, FOOT}
    for part, styles in LINE_STYLES.items():
        assert ", ".join(dict.fromkeys(styles)) in styles_of[part], part


def named(names: Mapping[str, Any], around: str) -> Iterator[str]:
    for key, inner in names.items():
        yield from named(inner, f"{around}{key}.") if inner else [f"{around}{key}"]


def test_each_fact_is_in_the_reference_and_no_other() -> None:
    facts = template_names(load_letter_types(visit())[0][NAME], shipped().facts)
    free = ("letter.signatory.", "letter.contact.")
    known = {name for name in named(facts, "") if name.startswith(("force.", "letter.")) and not name.startswith(free)}
    written = {name for name in re.findall(r"\{\{ ((?:force|letter)\.[a-z_.]+)", LANGUAGE) if not name.startswith(free)}
    assert written == known


# -- the examples

NAME = "next-visit-2018"


@cache
def visit() -> Source:
    """A workspace of the letter type and the force that the reference shows."""
    folder = Folder(ROOT)
    parts = {
        "letter.yaml": fenced(section(TYPE, "## `letter.yaml`"), "yaml")[0],
        "outcome.yaml": fenced(section(TYPE, "## `outcome.yaml`"), "yaml")[0],
        "wording.yaml": fenced(section(TYPE, "## `wording.yaml`"), "yaml")[0],
        "letter.md": fenced(section(TYPE, "## `letter.md`"), "jinja")[0],
        "verdict.md": fenced(section(TYPE, "## `verdict.md`"), "jinja")[0],
    }
    return {
        **{path: folder[path] for path in folder if path.startswith("templates/letterheads/hmicfrs/")},
        **{f"templates/{NAME}/{name}": text.encode() for name, text in parts.items()},
        "forces/kent.yaml": fenced(LANGUAGE, "yaml")[0].encode(),
    }


#: What the force's file says of this letter alone must have its place in it.
_PAGE = "Before.\n\nHERE\n\nAfter.\n\n{{ letter.copied_to | all_of }}\n"


def composed(template: str) -> tuple[Letter | None, list[Problem]]:
    """The letter with a piece of template for its body, and everything that is wrong with it."""
    source = {**visit(), f"templates/{NAME}/letter.md": _PAGE.replace("HERE", template).encode()}
    types, problems = load_letter_types(source)
    raw = load_yaml(source, "forces/kent.yaml")
    force, found = Validator(types).force("kent", raw)
    assert force
    composer = Composer(source)
    letter, more = composer.compose(types[NAME], force, lambda path: raw.place(path, key=True))
    problems += [*found, *composer.template_problems(types[NAME]), *more]
    return letter, problems


def said_by(template: str) -> str:
    letter, problems = composed(template)
    assert problems == []
    assert letter, template
    said = "\n".join(words(letter)).replace("\u00a0", " ")
    return said[said.index("Before.") + 8 : said.index("\nAfter.")]


@pytest.mark.parametrize(("template", "printed"), rows(LANGUAGE, "write", "prints"))
def test_an_example_of_the_language_prints_what_it_says(template: str, printed: str) -> None:
    assert said_by(template) == printed


@pytest.mark.parametrize(("template", "printed"), [*zip(fenced(LANGUAGE, "jinja"), fenced(LANGUAGE, ""), strict=True)])
def test_a_longer_example_of_the_language_prints_what_it_says(template: str, printed: str) -> None:
    assert said_by(template) + "\n" == printed


@pytest.mark.slow
def test_the_letter_type_of_the_reference_is_sound(small: Workspace) -> None:
    small.keep_forces("kent")
    for path, data in visit().items():
        small.path(path).parent.mkdir(parents=True, exist_ok=True)
        small.path(path).write_bytes(data)
    ran = small.letters("check", "--type", NAME)
    assert (ran.status, ran.err) == (0, "")


@pytest.mark.slow
def test_the_force_file_of_the_reference_is_sound_and_has_every_field(small: Workspace) -> None:
    shown = fenced(section(FORCE, "## All of it"), "yaml")[0]
    small.write("forces/kent.yaml", shown)
    small.path("templates/signatories").mkdir()
    small.write("templates/signatories/michael-cunningham.yaml", fenced(SIGNATORY, "yaml")[0])
    signature = small.path("templates/abuse-of-position-2017/signature.png").read_bytes()
    small.path("templates/signatories/michael-cunningham.png").write_bytes(signature)
    ran = small.letters("check", "kent")
    assert (ran.status, ran.err) == (0, "")
    keys = set(re.findall(r"^ *([a-z_]+):", shown, flags=re.MULTILINE))
    told_of = {*told(FORCE, "## The force"), *told(FORCE, "## Each letter")}
    in_welsh = {f"{name}_cy" for name in OWN_WORDS}  # of letters in Welsh, which this is not
    assert {name.rpartition(".")[2] for name in told_of} - in_welsh <= keys
