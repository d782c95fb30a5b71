"""What is asked for, and what became of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from letters.bounds import Bounds
from letters.plan import Action, Step, Wanted
from letters.problems import Problem
from letters.survey import Survey


@dataclass(frozen=True)
class Request:
    """What is asked for: a workspace, an output folder, and which forces, types and formats (empty: all)."""

    root: Path
    out: Path
    slugs: Collection[str] = ()
    types: Collection[str] = ()
    forms: tuple[str, ...] = ("pdf", "docx", "html", "txt")
    jobs: int = 1
    replace_edited: bool = False
    dry_run: bool = False
    #: What one letter may take of time and memory while it is made.
    bounds: Bounds = field(default_factory=Bounds)

    def wants(self, kind: str, slug: str) -> bool:
        """Whether a letter is asked for."""
        return (not self.types or kind in self.types) and (not self.slugs or slug in self.slugs)


@dataclass
class Result:
    """What became of a request. `problems`: those that concern it."""

    request: Request
    survey: Survey
    problems: list[Problem]
    steps: list[Step] = field(default_factory=list)
    built: list[Wanted] = field(default_factory=list)
    moved: list[tuple[str, str]] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    waiting: list[tuple[str, str]] = field(default_factory=list)
    machine_failed: bool = False
    #: How many problems concern other letters than those asked about.
    elsewhere: int = 0
    #: What spelling was checked with, or that it was not; empty where nothing was proved.
    spelling: str = ""

    @property
    def refused(self) -> list[Step]:
        """What was left alone to protect somebody's work."""
        return [step for step in self.steps if step.action is Action.REFUSE]
