"""What to build, keep or refuse, and why: decided by content, before anything is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from letters.batch.formats import COMPOSED
from letters.batch.manifest import FileRecord, LetterRecord
from letters.letter import LetterKey

#: The reason of a refusal.
EDITED = "edited since it was built"


class State(StrEnum):
    """What became of a Word file since letters made it.

    OURS: nothing. STAMPED: a service wrote properties or labels beside the text. SAVED: a program saved it again, and
    nothing in it is different. EDITED: all else, and all that is in doubt.
    """

    OURS = "ours"
    STAMPED = "stamped"
    SAVED = "saved"
    EDITED = "edited"


@dataclass(frozen=True)
class Touched:
    """What became of a Word file, and the digest that it had when it was made (empty: not known)."""

    state: State
    made: str = ""


@dataclass(frozen=True)
class Kept:
    """That an edited Word file is to stay: since which day (ISO date), the digest of its letter then, who said so."""

    since: str
    letter: str
    by: str = ""


class Action(StrEnum):
    """What is to happen to one file."""

    BUILD = "build"
    KEEP = "keep"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Wanted:
    """One rendition as it should be: digests of what it would be made from."""

    key: LetterKey
    format: str
    letter: str
    look: str
    tools: str

    @property
    def path(self) -> str:
        """Its path below the output folder."""
        return f"{'composed/' if self.format == COMPOSED else ''}{self.key.path}.{self.format}"


@dataclass(frozen=True)
class Step:
    """One decision: what happens to one file, and the reason in a user's words (empty when it is kept).

    `state`: what became of a Word file; `kept`: that somebody said it stays, edited as it is.
    """

    action: Action
    wanted: Wanted
    reason: str = ""
    state: State = State.OURS
    kept: Kept | None = None


@dataclass(frozen=True)
class Disk:
    """What is on disk, asked for only where it matters.

    `read_digest`: of a file's bytes (None: no such file). `look_at`: what became of a Word file.
    `kept`: that the Word file of a letter, of this digest, is to stay, if somebody said so.
    """

    read_digest: Callable[[str], str | None]
    look_at: Callable[[str], Touched]
    kept: Callable[[Wanted, str], Kept | None]


def make_plan(
    wanted: Iterable[Wanted], letters: Mapping[str, LetterRecord], disk: Disk, changed_tools: str
) -> list[Step]:
    """A step for each wanted file. `changed_tools` says which libraries changed since the manifest was written."""
    return [_step(want, letters.get(want.key.path, LetterRecord()), disk, changed_tools) for want in wanted]


def _step(want: Wanted, letter: LetterRecord, disk: Disk, changed_tools: str) -> Step:
    record = letter.files.get(want.format)
    digest = disk.read_digest(want.path)
    state = State.OURS
    if want.format == "docx" and digest is not None and not (record and digest == record.sha256):
        found = disk.look_at(want.path)
        state = found.state
        if state is State.EDITED:
            return _edited(want, disk.kept(want, digest))
        if record and found.made == record.sha256:
            digest = record.sha256  # what was written beside it, or how it was saved, is no change of the file
    reason = _reason(want, record, digest, changed_tools)
    return Step(Action.BUILD if reason else Action.KEEP, want, reason, state)


def _edited(want: Wanted, kept: Kept | None) -> Step:
    if kept:
        return Step(Action.KEEP, want, "", State.EDITED, kept)
    return Step(Action.REFUSE, want, EDITED, State.EDITED)


def _reason(want: Wanted, record: FileRecord | None, digest: str | None, changed_tools: str) -> str:
    """Why a file must be made (again); empty where it is as it should be."""
    if record is None:
        return "new" if digest is None else "left by an unfinished build"
    if digest is None:
        return "it was missing"
    if record.letter != want.letter:
        return "the letter changed"
    if record.look != want.look:
        return "the look of the letterhead changed"
    if record.tools != want.tools:
        return f"a library changed ({changed_tools})" if changed_tools else "a library changed"
    return "" if digest == record.sha256 else "the file changed since it was built"
