"""What is kept below `outputs/review/` for a review: the first build, and the pages of the letters at the baseline.

`first/` holds the composed letters and inputs of the first build until the first report makes a record of them, and
`pages/` the PDFs of letters as they were first built or last reviewed, state by state.
`inputs.zip` holds the forces and templates that the outputs were made from, and `earlier/` what an earlier version of
letters kept here. Nothing of it is anybody's work but ours.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from letters.members import NotAnArchive, read_members, write_members
from letters.source import Source, Unreadable
from letters.write import write_file

#: The folder of all that belongs to reviews, below the output folder.
REVIEW = "review"
FIRST = f"{REVIEW}/first"
PAGES = f"{REVIEW}/pages"
INPUTS = "inputs.zip"
#: The folder of composed letters, in the output folder and in each state kept.
COMPOSED = "composed"
#: The file of a state that says when it was; it is written last.
NOTE = "review.json"
#: What earlier versions kept: what was last reviewed, and what the last build replaced.
REVIEWED = f"{REVIEW}/reviewed"
PREVIOUS = f"{REVIEW}/previous"
REPORTS = f"{REVIEW}/reports"
DECISIONS = f"{REVIEW}/decisions"
EARLIER = f"{REVIEW}/earlier"

#: The name of the pages of the first build, and of those of a state that becomes a baseline just now.
FIRST_PAGES, NEW_PAGES = "first", "new"
#: The letters (type, force) whose PDF says what the composed letter says.
Pdfs = Collection[tuple[str, str]]


class History:
    """Keeps the first build, whatever is built later. `has_baseline`: whether a record says where a review begins."""

    def __init__(self, out: Path, *, has_baseline: bool) -> None:
        self._out = out
        self._is_kept = has_baseline or any((out / folder).exists() for folder in (FIRST, REVIEWED))
        self._begun = False

    def begin(self, pdfs: Pdfs, now: str, *, will_build: bool) -> None:
        """Before anything is replaced: what an earlier version built here is the first build. Raises OSError.

        `pdfs`: the letters whose PDF was made from the composed letter that is there; `now`: the time.
        """
        self._begun |= will_build
        if not self._is_kept and (self._out / REVIEW / INPUTS).exists():
            self._is_kept = keep_first(self._out, pdfs, now)

    def forget(self, paths: Iterable[str]) -> None:
        """Take composed letters that are no longer to be made out of the outputs. Raises OSError.

        `paths`: below the folder of composed letters; any other is left alone, whatever the manifest says.
        """
        composed = (self._out / COMPOSED).resolve()
        for path in paths:
            whole = self._out / path
            if whole.resolve().is_relative_to(composed) and whole.suffix == ".json" and ".." not in whole.parts:
                self._begun = True
                whole.unlink(missing_ok=True)

    def finish(self, source: Source, pdfs: Pdfs, now: str) -> None:
        """The build is done: `source` is what the outputs are made from now. Raises OSError."""
        if self._begun:
            write_file(self._out / REVIEW / INPUTS, packed(source))
        if not self._is_kept:
            self._is_kept = keep_first(self._out, pdfs, now)


class State(NamedTuple):
    """A state kept in files: its composed letters by type and force, its inputs if they are known, and when it was."""

    composed: Mapping[tuple[str, str], Path]
    inputs: Path
    since: str


def first_build(out: Path) -> State | None:
    """The first build as it is kept, or None."""
    folder = out / FIRST
    since = _since(folder / NOTE)
    return State(_letters(folder), folder / INPUTS, since) if since else None


def by_earlier_version(out: Path) -> State | None:
    """What an earlier version of letters compared with, before any review: what the last build replaced."""
    folder = out / PREVIOUS
    if not folder.is_dir():
        return None
    kept = _letters(folder)
    gone = {key for key, path in kept.items() if not path.stat().st_size}
    composed = {key: path for key, path in {**_letters(out), **kept}.items() if key not in gone}
    return State(composed, folder / INPUTS, "")


def keep_first(out: Path, pdfs: Pdfs, now: str) -> bool:
    """Keep the outputs as they are as the first build, whole or not at all; gives whether there was any letter.

    Where an earlier version kept what its last build replaced, it is that. Raises OSError.
    """
    state = by_earlier_version(out) or State(_letters(out), out / REVIEW / INPUTS, "")
    if not state.composed:
        return False
    fresh = out / f"{FIRST}.new"
    if fresh.exists():
        shutil.rmtree(fresh)
    for (kind, slug), path in state.composed.items():
        target = fresh / COMPOSED / kind / f"{slug}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        _link(path, target)
    if state.inputs.exists():
        _link(state.inputs, fresh / INPUTS)
    (fresh / NOTE).write_text(json.dumps({"format": 1, "since": now}), "utf-8")
    keep_pages(out, FIRST_PAGES, pdfs)
    fresh.rename(out / FIRST)
    return True


def forget_first(out: Path) -> None:
    """The first build is in a record now. Raises OSError."""
    if (out / FIRST).exists():
        shutil.rmtree(out / FIRST)


def put_earlier_aside(out: Path) -> None:
    """Move what an earlier version kept out of the way, once it is taken over. Raises OSError."""
    for path in (out / folder for folder in (REVIEWED, PREVIOUS, REPORTS, DECISIONS)):
        if path.is_dir() and not path.is_symlink():
            aside = out / EARLIER / path.name
            if aside.exists():
                shutil.rmtree(aside)
            aside.parent.mkdir(parents=True, exist_ok=True)
            path.rename(aside)


# -- pages


def keep_pages(out: Path, state: str, keys: Iterable[tuple[str, str]], folder: Path | None = None) -> None:
    """Keep the PDFs of some letters as those of a `state`, whatever is built later. Raises OSError.

    `folder`: where they are, if not in the outputs.
    """
    kept = out / PAGES / state
    if kept.exists():
        shutil.rmtree(kept)
    for kind, slug in keys:
        built = (folder or out) / kind / f"{slug}.pdf"
        if built.is_file():
            (kept / kind).mkdir(parents=True, exist_ok=True)
            _link(built, kept / kind / f"{slug}.pdf")


def name_pages(out: Path, state: str, name: str) -> None:
    """Give the pages of a state the name by which a baseline knows them. Raises OSError."""
    if (out / PAGES / state).exists() and not (out / PAGES / name).exists():
        (out / PAGES / state).rename(out / PAGES / name)


def drop_pages(out: Path, wanted: Collection[str]) -> None:
    """Remove the pages of states from which no review begins. Raises OSError."""
    for path in (out / PAGES).glob("*"):
        if path.name not in wanted:
            shutil.rmtree(path)


def page(out: Path, state: str, key: tuple[str, str]) -> bytes | None:
    """The PDF of a letter in a state, or None where it is not kept."""
    try:
        return (out / PAGES / state / key[0] / f"{key[1]}.pdf").read_bytes() or None
    except OSError:
        return None


# -- packs


def packed(source: Source) -> bytes:
    """The files of a source as one zip file; unreadable ones are left out. The same source gives the same bytes."""
    members = {}
    for path in source:
        with suppress(Unreadable):
            members[path] = source[path]
    return write_members(members)


def unpacked(path: Path) -> Source | None:
    """The source that `packed` put into a file, or None where there is none that can be read."""
    try:
        return read_members(path.read_bytes())
    except (OSError, NotAnArchive):
        return None


def pack_of(composed: Mapping[tuple[str, str], bytes], inputs: Source) -> bytes:
    """Composed letters, by type and force, and what they were made from, as one zip file."""
    letters = {f"{COMPOSED}/{kind}/{slug}.json": data for (kind, slug), data in composed.items()}
    return write_members({**letters, **{f"inputs/{path}": inputs[path] for path in inputs}})


def pack(data: bytes) -> tuple[dict[tuple[str, str], bytes], Source]:
    """The composed letters and the inputs in a pack. Raises NotAnArchive."""
    composed: dict[tuple[str, str], bytes] = {}
    inputs: dict[str, bytes] = {}
    for name, content in read_members(data).items():
        match name.split("/"):
            case ["composed", kind, file] if file.endswith(".json"):
                composed[kind, file.removesuffix(".json")] = content
            case ["inputs", *path]:
                inputs["/".join(path)] = content
    return composed, inputs


# -- files


def _letters(folder: Path) -> dict[tuple[str, str], Path]:
    return {(path.parent.name, path.stem): path for path in sorted((folder / COMPOSED).glob("*/*.json"))}


def _since(note: Path) -> str:
    try:
        found = json.loads(note.read_bytes())
    except (OSError, ValueError, RecursionError):
        return ""
    since = found.get("since") if isinstance(found, dict) else None
    return since if isinstance(since, str) else ""


def _link(source: str | Path, target: str | Path) -> None:
    """A second name for a file, which keeps its bytes when the first is replaced; a copy where there are no links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
