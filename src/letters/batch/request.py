"""What is asked for, and what became of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from letters.batch.formats import FORMATS
from letters.batch.plan import Action, Step, Wanted
from letters.batch.survey import Survey
from letters.letter import LetterKey
from letters.machine.bounds import Bounds
from letters.problems import Problem


@dataclass(frozen=True)
class Request:
    """What is asked for: a workspace, an output folder, and which forces, types and formats (empty: all).

    `keep_edited`: accept edited Word files as they are; `by`: who does, as typed.
    """

    root: Path
    out: Path
    slugs: Collection[str] = ()
    types: Collection[str] = ()
    formats: tuple[str, ...] = tuple(FORMATS)
    jobs: int = 1
    replace_edited: bool = False
    keep_edited: bool = False
    by: str = ""
    dry_run: bool = False
    #: What one letter may take of time and memory while it is made.
    bounds: Bounds = field(default_factory=Bounds)

    def wants(self, key: LetterKey) -> bool:
        """Whether a letter is asked for."""
        return (not self.types or key.type in self.types) and (not self.slugs or key.slug in self.slugs)


@dataclass(frozen=True)
class LeftOver:
    """A letter that was built and is no longer to be made, or cannot be: its files, by path from the output folder.

    `renamed`: the slug that its force has now, if only the name of its file changed. `signed`: whether it looks like a
    letter to be sent.
    """

    key: LetterKey
    files: tuple[str, ...]
    renamed: str = ""
    signed: bool = False


@dataclass
class Result:
    """What became of a request. `problems`: those that concern it."""

    request: Request
    survey: Survey
    problems: list[Problem]
    steps: list[Step] = field(default_factory=list)
    built: list[Wanted] = field(default_factory=list)
    moved: list[tuple[str, str]] = field(default_factory=list)
    #: Word files beside the letters that somebody edited, and that were left as they are.
    kept: list[str] = field(default_factory=list)
    left_over: list[LeftOver] = field(default_factory=list)
    #: Letters that something wrong stops, with what an earlier build left of them.
    not_built: list[LeftOver] = field(default_factory=list)
    waiting: list[LetterKey] = field(default_factory=list)
    machine_failed: bool = False
    #: How many problems concern other letters than those asked about.
    elsewhere: int = 0
    #: What spelling was checked with, or that it was not; empty where nothing was proved.
    spelling: str = ""

    @property
    def refused(self) -> list[Step]:
        """What was left alone to protect somebody's work."""
        return [step for step in self.steps if step.action is Action.REFUSE]
