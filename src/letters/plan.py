"""What to build, keep or refuse, and why: decided by content, before anything is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from letters.manifest import FileRecord, LetterRecord

#: The JSON of the composed letter is kept like a rendition, but belongs to the tool.
COMPOSED = "json"
#: The reason of a refusal.
EDITED = "edited since it was built"


class Action(StrEnum):
    """What is to happen to one file."""

    BUILD = "build"
    KEEP = "keep"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Wanted:
    """One rendition as it should be: digests of what it would be made from."""

    type: str
    slug: str
    form: str
    letter: str
    look: str
    tools: str

    @property
    def key(self) -> str:
        """The letter's key in the manifest."""
        return f"{self.type}/{self.slug}"

    @property
    def path(self) -> str:
        """Its path below the output folder."""
        if self.form == COMPOSED:
            return f"composed/{self.type}/{self.slug}.json"
        return f"{self.type}/{self.slug}.{self.form}"


@dataclass(frozen=True)
class Step:
    """One decision: what happens to one file, and the reason in a user's words (empty when it is kept)."""

    action: Action
    wanted: Wanted
    reason: str = ""


@dataclass(frozen=True)
class Disk:
    """What is on disk, asked for only where it matters: a file's bytes (None: no such file), and whether a DOCX
    proves itself unedited."""

    read_digest: Callable[[str], str | None]
    is_unedited: Callable[[str], bool]


def make_plan(
    wanted: Iterable[Wanted], letters: Mapping[str, LetterRecord], disk: Disk, changed_tools: str
) -> list[Step]:
    """A step for each wanted file. `changed_tools` says which libraries changed since the manifest was written."""
    return [
        _step(want, letters.get(want.key, LetterRecord()).files.get(want.form), disk, changed_tools) for want in wanted
    ]


def _step(want: Wanted, record: FileRecord | None, disk: Disk, changed_tools: str) -> Step:
    digest = disk.read_digest(want.path)
    reason = _reason(want, record, digest, changed_tools)
    if want.form == "docx" and digest is not None:
        ours = record is not None and digest == record.sha256
        if not ours and not disk.is_unedited(want.path):
            return Step(Action.REFUSE, want, EDITED)
    return Step(Action.BUILD, want, reason) if reason else Step(Action.KEEP, want)


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
