"""Every outcome that the schema of `abuse-of-position-2017` allows, and the verdict that a letter gives of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import product
from typing import Any

from conftest import ROOT
from letters.compose import Composer
from letters.letter import Letter, Stage, words
from letters.problems import Place, Problem
from letters.workspace.letter_types import load_letter_types
from letters.workspace.model import Force, LetterType, Outcome
from letters.workspace.raw import Raw, load_yaml
from letters.workspace.schema import Checker
from letters.workspace.source import Folder
from letters.workspace.validate import Validator

ABUSE = "abuse-of-position-2017"
FIELDS = (
    "plans_comprehensive",
    "national_strategy",
    "counter_corruption_unit",
    "it_monitoring",
    "intelligence_from_organisations",
)


@cache
def project() -> tuple[Folder, dict[str, LetterType], Composer]:
    source = Folder(ROOT)
    types, problems = load_letter_types(source)
    assert problems == []
    return source, types, Composer(source)


def read_force(slug: str) -> tuple[Force, Raw]:
    source, types, _ = project()
    raw = load_yaml(source, f"forces/{slug}.yaml")
    force, problems = Validator(types).force(slug, raw)
    assert force is not None
    assert problems == []
    return force, raw


def every_outcome() -> Iterator[dict[str, str]]:
    """All allowed answers, warnings included."""
    schema = project()[1][ABUSE].schema
    rules = schema["allOf"]
    assert isinstance(rules, list)
    shape = {**schema, "allOf": [rule for rule in rules if rule.get("severity") != "warning"]}
    checker = Checker(shape)
    elements = ("not_provided", "not_found", "not_started", "started", "in_place")
    strategies = ("reflected", "partly_reflected", "not_reflected")
    for values in product(("yes", "no"), strategies, elements, elements, elements):
        answers = dict(zip(FIELDS, values, strict=True))
        if checker.fits(answers):
            yield answers


def compose(answers: Mapping[str, object], **changes: Any) -> tuple[Letter | None, list[Problem]]:
    """A letter to Kent Police with these answers."""
    _, types, composer = project()
    force, _ = read_force("kent")
    outcome = replace(Outcome(Stage.READY, dict(answers)), **changes)
    force = replace(force, letters={ABUSE: outcome})
    return composer.compose(types[ABUSE], force, lambda _: Place("forces/kent.yaml"))


def verdict(answers: Mapping[str, object], **changes: Any) -> str:
    """The verdict paragraph: the one before "This letter will be published"."""
    letter, problems = compose(answers, **changes)
    assert letter is not None, problems
    said = words(letter)
    return said[next(i for i, block in enumerate(said) if block.startswith("This letter will be published")) - 1]
