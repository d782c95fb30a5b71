"""The nouns of the data: forces, outcomes and letter types, as they are once validated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from letters.letter import ENGLISH, FORCE_WORD, WELSH, LetterKey, Stage
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

    @property
    def nouns(self) -> tuple[str, str]:
        """One, and many."""
        return self.one, self.many


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
    that this letter says otherwise; salutation, copies, date and signatory override what the letter type says.
    """

    stage: Stage
    answers: Mapping[str, object]
    changed_wording: Mapping[str, Departure] = field(default_factory=dict)
    added_sentences: tuple[str, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    salutation: str | None = None
    copied_to: tuple[str, ...] = ()
    date: date | None = None
    #: Who signs this letter alone: the name of a file in `templates/signatories/`.
    signatory: str | None = None
    #: How the numbers among the answers and facts were typed, by their names: `rate`, `figures.0.rate`.
    written: Mapping[str, str] = field(default_factory=dict)
    #: What the letter says for itself, in Welsh.
    changed_wording_cy: Mapping[str, Departure] = field(default_factory=dict)
    added_sentences_cy: tuple[str, ...] = ()
    salutation_cy: str | None = None
    copied_to_cy: tuple[str, ...] = ()

    def in_language(self, language: str) -> Outcome:
        """The outcome with what the letter says for itself as a letter in `language` says it."""
        if language != WELSH:
            return self
        found = self
        for key in OWN_WORDS:
            found = found.saying(key, getattr(self, own_key(key, language)))
        return found

    def saying(self, key: str, value: Any) -> Outcome:
        """The outcome with another value of one of its own texts, such as `added_sentences_cy`."""
        return replace(self, **{key: value})


#: What a letter may say for itself that has to be said in each of its languages.
OWN_WORDS = ("changed_wording", "added_sentences", "salutation", "copied_to")


def own_key(key: str, language: str) -> str:
    """The key of a text in `language`: `salutation`, in Welsh `salutation_cy`."""
    return key if language == ENGLISH else f"{key}_{language}"


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

    def name_in(self, language: str) -> str:
        """Its name in a language (`name`, `name_cy`); in English where none is known."""
        return str(self.facts.get(own_key("name", language)) or self.name)


@dataclass(frozen=True)
class Phrase:
    """A standard phrase of the wording: its id, its words, its grammatical number, and when it is used.

    `true_in`: the year in which a relative date in it ("April of this year") is right. `english`: of one in another
    language the English words that it was made from.
    """

    id: str
    text: str
    number: Number
    use: str
    true_in: int | None = None
    english: str = ""


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
    """One kind of letter: a folder in `templates/`, in one `language`. `outcome`: what is read of its `schema`.

    `others`: the same in the further languages of its letters, which go out `together` in one file or each in its own.
    `has_letterhead`: whether the letterhead has words in this language. `signatory`: what is known of who signs, the
    picture aside; `signed_by`: whose file that is, if `letter.yaml` names one; `signatories`: those that there are, by
    name; `signatory_files`: what their files are called, sound or not.
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
    language: str = ENGLISH
    others: tuple[LetterType, ...] = ()
    together: bool = False
    has_letterhead: bool = True
    signed_by: Signatory | None = None
    signatories: Mapping[str, Signatory] = field(default_factory=dict)
    signatory_files: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """What it is called among others: its name, and the language where that is not English."""
        return LetterKey(self.name, "", self.language).edition

    @property
    def editions(self) -> tuple[LetterType, ...]:
        """The letter type in each of its languages."""
        return (self, *self.others)

    def edition(self, language: str) -> LetterType:
        """The letter type in a language; where it has none in that, in its first."""
        return next((one for one in self.editions if one.language == language), self)

    def of_letter(self, language: str) -> LetterType:
        """What a letter is composed from that goes by a language: one edition, or the first of several together."""
        return self if self.together else self.edition(language)

    @property
    def letter_languages(self) -> tuple[str, ...]:
        """The languages by which its letters are told apart: those in two together go by the usual one."""
        return (ENGLISH,) if self.together else tuple(one.language for one in self.editions)

    def signed(self, outcome: Outcome) -> LetterType:
        """The letter type as the letter with this outcome is signed."""
        chosen = self.signatories.get(outcome.signatory or "")
        return replace(self, signatory=chosen.facts, signed_by=chosen) if chosen else self

    @property
    def folder(self) -> str:
        """Its folder, from the workspace."""
        return f"templates/{self.name}"

    @property
    def letter_path(self) -> str:
        """The template of the letter, from the workspace."""
        return in_language(f"{self.folder}/letter.md", self.language)

    @property
    def verdict_path(self) -> str:
        """The template of the verdict, from the workspace; a type need not have one."""
        return in_language(f"{self.folder}/verdict.md", self.language)

    @property
    def wording_path(self) -> str:
        """The phrases, from the workspace; a type need not have any."""
        return in_language(f"{self.folder}/wording.yaml", self.language)

    @property
    def letterhead_path(self) -> str:
        """The words of its letterhead, from the workspace."""
        path = f"{self.letterhead_folder}/letterhead.md"
        return in_language(path, self.language) if self.has_letterhead else path

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields of an outcome, in the order of `outcome.yaml`."""
        return tuple(self.outcome.fields)

    @property
    def letterhead_folder(self) -> str:
        """The folder of its letterhead, from the workspace."""
        return f"templates/letterheads/{self.letterhead}"


def in_language(path: str, language: str) -> str:
    """The file for a language: `letter.md`, in Welsh `letter.cy.md`."""
    stem, _, ending = path.rpartition(".")
    return path if language == ENGLISH else f"{stem}.{language}.{ending}"
