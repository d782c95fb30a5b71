"""Proofs of the project's own letter type with faults planted in it, and of a second type of other fields and rules."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial

from conftest import ROOT
from letters.compose import Composer
from letters.problems import Problem
from letters.proof.pipeline import prove
from letters.proof.proofing import Proof, reference
from letters.workspace.letter_types import load_letter_types
from letters.workspace.raw import load_yaml
from letters.workspace.source import Folder
from letters.workspace.validate import Validator
from support.outcomes import ABUSE

FOLDER = f"templates/{ABUSE}"
VERDICT, WORDING, LETTER = (f"{FOLDER}/{name}" for name in ("verdict.md", "wording.yaml", "letter.md"))
FORCES = ("south-wales", "thames-valley", "warwickshire", "cumbria", "kent")


@cache
def files() -> dict[str, bytes]:
    folder = Folder(ROOT)
    return {path: folder[path] for path in folder if not path.startswith("forces/") or path[7:-5] in FORCES}


def proofs(source: Mapping[str, bytes], kind: str = ABUSE) -> Proof:
    types, problems = load_letter_types(source)
    assert problems == []
    validator, forces = Validator(types), {}
    for path in source:
        if path.startswith("forces/"):
            raw = load_yaml(source, path)
            force, found = validator.force(path[7:-5], raw)
            assert force is not None
            assert found == []
            forces[force.slug] = (force, partial(raw.place, key=True))
    composer = Composer(source)
    assert composer.template_problems(types[kind]) == []
    return prove(source, composer, types[kind], forces, reference(source)[0])


def planted(*edits: tuple[str, str, str]) -> list[Problem]:
    """What the proof says of the project's own files with some texts replaced."""
    source = dict(files())
    for path, old, new in edits:
        text = source[path].decode()
        assert old in text, f"{old!r} is not in {path}"
        source[path] = text.replace(old, new, 1).encode()
    return proofs(source).problems


SECOND = {
    "letter.yaml": "title: Your visit\ndate: 2018-03-01\nletterhead: pcc-south-wales\nexpected: some\n",
    "outcome.yaml": """
type: object
required: [commissioner, team, length]
properties:
  commissioner:
    type: object
    required: [name, title]
    properties: {name: {type: string}, title: {type: string}, honours: {type: string}, title_cy: {type: string}}
  team: {oneOf: [{const: small}, {const: large}]}
  length: {enum: [day, week]}
  urgent: {type: boolean}
allOf:
  - description: a large team never comes for a day
    not: {properties: {team: {const: large}, length: {const: day}}}
""",
    "letter.md": """::: {.salutation}
Dear {{ force.chief_officer.rank }}
:::

# {{ letter.title }}

A {{ outcome.team }} team will visit you for a {{ outcome.length }}.
{% if outcome.urgent %}
This is urgent.
{% endif %}

::: {.signatory}
{{ outcome.commissioner.name }}
:::
""",
}


def second(**changes: tuple[str, str]) -> Proof:
    """The proof of a letter type of other fields and rules, with texts of `letter`, `outcome` replaced."""
    source = {**files(), **{f"templates/visit/{name}": text.encode() for name, text in SECOND.items()}}
    for name, (old, new) in changes.items():
        path = f"templates/visit/{name}.{'yaml' if name == 'outcome' else 'md'}"
        assert old in source[path].decode()
        source[path] = source[path].decode().replace(old, new).encode()
    return proofs(source, "visit")
