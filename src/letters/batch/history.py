"""What is kept below `outputs/review/` for a review: the first build, and the pages of the letters at the baseline.

`first/` holds the composed letters and inputs of the first build until the first report makes a record of them, and
`pages/` the PDFs of letters as they were first built or last reviewed, state by state.
`inputs.zip` holds the forces and templates that the outputs were made from, and `earlier/` what an earlier version of
letters kept here. Nothing of it is anybody's work but ours.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from letters.letter import LetterKey
from letters.machine.archive import MOST_INPUTS, NotAnArchive, read_members, write_members
from letters.machine.files import Store, is_file, read_file
from letters.machine.kept import parsed
from letters.workspace.record import time_in, written
from letters.workspace.source import Source, Unreadable

#: The folder of all that belongs to reviews, below the output folder.
REVIEW = "review"
FIRST = f"{REVIEW}/first"
PAGES = f"{REVIEW}/pages"
INPUTS = "inputs.zip"
#: The folder of composed letters, in the output folder and in each state kept.
COMPOSED = "composed"
#: The file of a state that says when it was.
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
Pdfs = Collection[LetterKey]


class History:
    """Keeps the first build, whatever is built later. `has_baseline`: whether a record says where a review begins."""

    def __init__(self, out: Path, *, has_baseline: bool) -> None:
        self._out = out
        self._is_kept = has_baseline
        self._begun = False

    def begin(self, pdfs: Pdfs, now: str, *, will_build: bool) -> None:
        """Before anything is replaced: what an earlier version built here is the first build. Raises OSError.

        `pdfs`: the letters whose PDF was made from the composed letter that is there; `now`: the time.
        """
        store = Store(self._out)
        self._begun |= will_build
        self._is_kept |= any(store.holds(folder) for folder in (FIRST, REVIEWED))
        if not self._is_kept and store.holds(f"{REVIEW}/{INPUTS}"):
            self._is_kept = keep_first(self._out, pdfs, now)

    def forget(self, paths: Iterable[str]) -> None:
        """Take composed letters that are no longer to be made out of the outputs. Raises OSError.

        `paths`: below the folder of composed letters; any other is left alone, whatever the manifest says.
        """
        store = Store(self._out)
        for path in paths:
            if path.startswith(f"{COMPOSED}/") and path.endswith(".json"):
                self._begun = True
                store.remove(path)

    def finish(self, source: Source, pdfs: Pdfs, now: str) -> None:
        """The build is done: `source` is what the outputs are made from now. Raises OSError."""
        if self._begun:
            Store(self._out).write(f"{REVIEW}/{INPUTS}", packed(source))
        if not self._is_kept:
            self._is_kept = keep_first(self._out, pdfs, now)


class State(NamedTuple):
    """A state kept in files: its composed letters by type and force, its inputs if they are known, and when it was.

    Files are named from the output folder; `since` is as records have it, empty where it is not known.
    """

    composed: Mapping[LetterKey, str]
    inputs: str
    since: str


def first_build(out: Path) -> State | None:
    """The first build as it is kept, or None. Raises OSError."""
    store = Store(out)
    composed = _letters(store, FIRST)
    return State(composed, f"{FIRST}/{INPUTS}", _since(store)) if composed else None


def by_earlier_version(out: Path) -> State | None:
    """What an earlier version of letters compared with, before any review: what the last build replaced."""
    store = Store(out)
    if not store.holds(PREVIOUS):
        return None
    kept = _letters(store, PREVIOUS)
    gone = {key for key, name in kept.items() if not store.path(name).stat().st_size}
    composed = {key: name for key, name in {**_letters(store), **kept}.items() if key not in gone}
    return State(composed, f"{PREVIOUS}/{INPUTS}", "")


def keep_first(out: Path, pdfs: Pdfs, now: str) -> bool:
    """Keep the outputs as they are as the first build, whole or not at all; gives whether there was any letter.

    Where an earlier version kept what its last build replaced, it is that. Raises OSError.
    """
    store = Store(out)
    state = by_earlier_version(out) or State(_letters(store), f"{REVIEW}/{INPUTS}", "")
    if not state.composed:
        return False
    fresh = f"{FIRST}.new"
    store.remove_tree(fresh)
    for key, name in state.composed.items():
        store.link(name, f"{fresh}/{COMPOSED}/{key.path}.json")
    if store.holds(state.inputs):
        store.link(state.inputs, f"{fresh}/{INPUTS}")
    store.write(f"{fresh}/{NOTE}", json.dumps({"format": 1, "since": now}).encode())
    keep_pages(out, FIRST_PAGES, pdfs)
    store.remove_tree(FIRST)
    store.rename(fresh, FIRST)
    return True


def forget_first(out: Path) -> None:
    """The first build is in a record now. Raises OSError."""
    Store(out).remove_tree(FIRST)


def put_earlier_aside(out: Path) -> None:
    """Move what an earlier version kept out of the way, once it is taken over. Raises OSError."""
    store = Store(out)
    for folder in (REVIEWED, PREVIOUS, REPORTS, DECISIONS):
        if store.holds(folder) and store.path(folder).is_dir() and not store.path(folder).is_symlink():
            aside = f"{EARLIER}/{folder.rpartition('/')[2]}"
            store.remove_tree(aside)
            store.rename(folder, aside)


# -- pages


def keep_pages(out: Path, state: str, keys: Iterable[LetterKey], folder: str = "") -> None:
    """Keep the PDFs of some letters as those of a `state`, whatever is built later. Raises OSError.

    `folder`: where they are below the output folder, if not where they are built.
    """
    store = Store(out)
    kept = f"{PAGES}/{state}"
    store.remove_tree(kept)
    for key in keys:
        built = f"{folder}/{key.path}.pdf".lstrip("/")
        if is_file(store.path(built)):
            store.link(built, f"{kept}/{key.path}.pdf")


def name_pages(out: Path, state: str, name: str) -> None:
    """Give the pages of a state the name by which a baseline knows them. Raises OSError."""
    store = Store(out)
    if store.holds(f"{PAGES}/{state}") and not store.holds(f"{PAGES}/{name}"):
        store.rename(f"{PAGES}/{state}", f"{PAGES}/{name}")


def drop_pages(out: Path, wanted: Collection[str]) -> None:
    """Remove the pages of states from which no review begins. Raises OSError."""
    store = Store(out)
    folder = store.path(f"{PAGES}/any").parent
    for name in [path.name for path in folder.glob("*")]:
        if name not in wanted:
            store.remove_tree(f"{PAGES}/{name}")


def page(out: Path, state: str, key: LetterKey) -> bytes | None:
    """The PDF of a letter in a state, or None where it is not kept."""
    try:
        return Store(out).read(f"{PAGES}/{state}/{key.path}.pdf") or None
    except OSError:
        return None


# -- packs


def packed(source: Source) -> bytes:
    """The files of a source as one zip file; unreadable ones are left out. The same source gives the same bytes."""
    members = {}
    for path in source:
        if not path.isprintable():
            continue  # nothing reads it, and no archive can name it
        with suppress(Unreadable):
            members[path] = source[path]
    return write_members(members)


def unpacked(path: Path) -> Source | None:
    """The source that `packed` put into a file, or None where there is none that can be read."""
    try:
        return read_members(read_file(path), MOST_INPUTS)
    except (OSError, NotAnArchive):
        return None


def pack_of(composed: Mapping[LetterKey, bytes], inputs: Source) -> bytes:
    """Composed letters, by type and force, and what they were made from, as one zip file."""
    letters = {f"{COMPOSED}/{key.path}.json": data for key, data in composed.items()}
    return write_members({**letters, **{f"inputs/{path}": inputs[path] for path in inputs}})


def pack(data: bytes) -> tuple[dict[LetterKey, bytes], Source]:
    """The composed letters and the inputs in a pack. Raises NotAnArchive."""
    composed: dict[LetterKey, bytes] = {}
    inputs: dict[str, bytes] = {}
    for name, content in read_members(data, MOST_INPUTS).items():
        match name.split("/"):
            case ["composed", type_name, file] if file.endswith(".json"):
                composed[LetterKey.of(f"{type_name}/{file.removesuffix('.json')}")] = content
            case ["inputs", *path]:
                inputs["/".join(path)] = content
    return composed, inputs


# -- files


def _letters(store: Store, folder: str = "") -> dict[LetterKey, str]:
    """The composed letters in a folder of the outputs, by type and force."""
    names = store.names(f"{folder}/{COMPOSED}/*/*.json".lstrip("/"))
    return {LetterKey.of("/".join(name.removesuffix(".json").split("/")[-2:])): name for name in names}


def _since(store: Store) -> str:
    try:
        since = parsed(store.read(f"{FIRST}/{NOTE}"))["since"]
        return written(time_in(since))
    except (OSError, ValueError, KeyError, TypeError):
        return ""
