"""The nouns of the data: forces, outcomes and letter types, as they are once validated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from letters.letter import FORCE_WORD, Stage
from letters.workspace.fields import Field


class Expected(StrEnum):
    """Whether a force without an outcome is waiting for one, or not concerned."""

    ALL = "all"
    SOME = "some"


class Number(StrEnum):
    """The grammatical number of a phrase: it decides "was" or "were", "this" or "these"."""

    SINGULAR = "singular"
    PLURAL = "plural"


@dataclass(frozen=True)
class Word:
    """What those are called who letters go to: `one` of them, and `many`."""

    one: str
    many: str

    @property
    def a(self) -> str:
        """The article before one: a force, an authority."""
        return "an" if re.match(r"(?!uni|eu|one)[aeiou]", self.one, re.IGNORECASE) else "a"


#: What they are called where a workspace does not say it.
FORCE = Word(FORCE_WORD, "forces")


@dataclass(frozen=True)
class Departure:
    """A phrase that one force words differently; its own grammatical number only where that differs too."""

    text: str
    number: Number | None = None


@dataclass(frozen=True)
class Outcome:
    """What was found for one force, for one letter type.

    `answers` are the fields of the type's `outcome.yaml`; the rest is the tool's own. `facts` are those of the force
    that this letter says otherwise; salutation, copies and date override what the letter type says.
    """

    stage: Stage
    answers: Mapping[str, object]
    changed_wording: Mapping[str, Departure] = field(default_factory=dict)
    added_sentences: tuple[str, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    salutation: str | None = None
    copied_to: tuple[str, ...] = ()
    date: date | None = None
    #: How the numbers among the answers and facts were typed, by their names: `rate`, `figures.0.rate`.
    written: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Force:
    """One that letters go to, such as a police force, with its outcome for each letter type that it has one for.

    `facts`: what its file says, as `recipient.yaml` describes it. `written`: how the numbers among them were typed.
    """

    slug: str
    facts: Mapping[str, object]
    letters: Mapping[str, Outcome]
    written: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its full name."""
        return str(self.facts["name"])


@dataclass(frozen=True)
class Phrase:
    """A standard phrase of the wording: its id, its words, its grammatical number, and when it is used.

    `true_in`: the year in which a relative date in it ("April of this year") is right.
    """

    id: str
    text: str
    number: Number
    use: str
    true_in: int | None = None


@dataclass(frozen=True)
class Group:
    """A group of the national overview: the first whose `when` (a JSON Schema) an outcome fits is its group."""

    group: str
    title: str
    when: Mapping[str, object]


@dataclass(frozen=True)
class LetterType:
    """One kind of letter: a folder in `templates/`. `outcome`: what is read of its `schema`."""

    name: str
    title: str
    letterhead: str
    expected: Expected
    date: date | None
    salutation: str | None
    signatory: Mapping[str, object]
    contact: Mapping[str, object]
    keep_together: tuple[str, ...]
    groups: tuple[Group, ...]
    schema: Mapping[str, object]
    outcome: Field
    phrases: Mapping[str, Phrase]

    @property
    def folder(self) -> str:
        """Its folder, from the workspace."""
        return f"templates/{self.name}"

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields of an outcome, in the order of `outcome.yaml`."""
        return tuple(self.outcome.fields)

    @property
    def letterhead_folder(self) -> str:
        """The folder of its letterhead, from the workspace."""
        return f"templates/letterheads/{self.letterhead}"
