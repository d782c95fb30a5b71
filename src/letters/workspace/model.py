"""The nouns of the data: forces, outcomes and letter types, as they are once validated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from letters.letter import Stage
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
class ChiefOfficer:
    """Who heads the force. Without a name the letter uses the rank alone."""

    rank: str
    name: str | None = None


@dataclass(frozen=True)
class PolicingBody:
    """Who holds the force to account: not always a Police and Crime Commissioner."""

    title: str
    short_title: str
    name: str | None = None


@dataclass(frozen=True)
class Departure:
    """A phrase that one force words differently; its own grammatical number only where that differs too."""

    text: str
    number: Number | None = None


@dataclass(frozen=True)
class Outcome:
    """What was found for one force, for one letter type.

    `answers` are the fields of the type's `outcome.yaml`; the rest is the tool's own, of which six override for
    this letter alone what the force or the letter type says.
    """

    stage: Stage
    answers: Mapping[str, object]
    changed_wording: Mapping[str, Departure] = field(default_factory=dict)
    added_sentences: tuple[str, ...] = ()
    chief_officer: ChiefOfficer | None = None
    local_policing_body: PolicingBody | None = None
    salutation: str | None = None
    copied_to: tuple[str, ...] = ()
    date: date | None = None
    #: Who signs this letter alone: the name of a file in `templates/signatories/`.
    signatory: str | None = None
    #: How the numbers among the answers were typed, by their names: `rate`, `figures.0.rate`.
    written: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Force:
    """A police force, with its outcome for each letter type that it has one for."""

    slug: str
    name: str
    country: str
    chief_officer: ChiefOfficer
    local_policing_body: PolicingBody
    letters: Mapping[str, Outcome]


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
class Signatory:
    """Who may sign: a file in `templates/signatories/`, called `id`.

    `facts`: its keys, each a text or a list of texts, but the `picture`, which is its path below `templates/` (empty:
    there is none).
    """

    id: str
    facts: Mapping[str, object]
    picture: str = ""

    @property
    def name(self) -> str:
        """The name of the person."""
        return str(self.facts.get("name", ""))

    @property
    def path(self) -> str:
        """Its file, from the workspace."""
        return f"templates/signatories/{self.id}.yaml"


@dataclass(frozen=True)
class Group:
    """A group of the national overview: the first whose `when` (a JSON Schema) an outcome fits is its group."""

    group: str
    title: str
    when: Mapping[str, object]


@dataclass(frozen=True)
class LetterType:
    """One kind of letter: a folder in `templates/`. `outcome`: what is read of its `schema`.

    `signatory`: what is known of who signs, the picture aside; `signed_by`: whose file that is, if `letter.yaml` names
    one; `signatories`: those that there are, by name; `signatory_files`: what their files are called, sound or not.
    """

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
    signed_by: Signatory | None = None
    signatories: Mapping[str, Signatory] = field(default_factory=dict)
    signatory_files: tuple[str, ...] = ()

    def signed(self, outcome: Outcome) -> LetterType:
        """The letter type as the letter with this outcome is signed."""
        chosen = self.signatories.get(outcome.signatory or "")
        return replace(self, signatory=chosen.facts, signed_by=chosen) if chosen else self

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
