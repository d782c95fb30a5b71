"""The earlier state that a comparison is made against: what was last reviewed, built before, or lies in a folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from letters.files import read_file
from letters.history import COMPOSED, INPUTS, NOTE, PREVIOUS, REVIEW, REVIEWED, unpacked
from letters.letter import HouseStyle, Letter
from letters.letter_json import from_json
from letters.review.causes import Composed
from letters.review.changes import Key
from letters.review.content import Content, content_of
from letters.source import Source
from letters.wording import long_date

#: The title of the state as it was last built.
LAST_BUILD = "the last build"
#: So many files of a folder are named that are nobody's letter.
NAMED = 5


@dataclass(frozen=True)
class Snapshot:
    """The letters of one state. `title`: in a person's words, to stand after "against".

    `letters` has those that are known as composed, `contents` all of them. `inputs`: what they were composed from;
    `again`: the means to do that again, if they are ready. `styles`: the house style by letter type, where the PDFs are
    not there and can be made. `left_out`: letters of which there is something that cannot be read.
    """

    title: str
    contents: Mapping[Key, Content]
    letters: Mapping[Key, Letter] = field(default_factory=dict)
    pdf: Callable[[Key], bytes | None] = lambda _: None
    inputs: Source | None = None
    again: Composed | None = None
    styles: Callable[[str], HouseStyle] | None = None
    notes: tuple[str, ...] = ()
    left_out: frozenset[Key] = frozenset()


class NoBaseline(Exception):
    """There is nothing to compare with; the text says why and what to do."""


def snapshot(
    title: str,
    letters: Mapping[Key, Letter],
    pdf: Callable[[Key], bytes | None] = lambda _: None,
    inputs: Source | None = None,
) -> Snapshot:
    """A state of composed letters."""
    return Snapshot(title, {key: content_of(letter) for key, letter in letters.items()}, letters, pdf, inputs)


def as_built(out: Path) -> Snapshot:
    """The letters as they were last built."""
    letters = dict(_composed(out))
    return snapshot(LAST_BUILD, letters, lambda key: _pdf(out, key), unpacked(out / REVIEW / INPUTS))


def before_last_build(out: Path) -> Snapshot:
    """The letters as they were before the last build that changed any. Raises NoBaseline where there was none."""
    folder = out / PREVIOUS
    now, kept = dict(_composed(out)), dict(_composed(folder))
    absent = {_key(path) for path in (folder / COMPOSED).glob("*/*.json") if not path.stat().st_size}
    letters = {key: letter for key, letter in {**now, **kept}.items() if key not in absent}
    if not letters:
        raise NoBaseline("there is nothing to compare with yet: this is the first build. Next: letters review --done")

    def pdf(key: Key) -> bytes | None:
        return _pdf(folder, key) if (folder / key[0] / f"{key[1]}.pdf").exists() else _pdf(out, key)

    kept_state = snapshot("the build before the last", letters, pdf, unpacked(folder / INPUTS))
    return _without_damaged(kept_state, folder)


def last_reviewed(out: Path) -> Snapshot | None:
    """The letters as they were last reviewed, or None where they never were."""
    folder = out / REVIEWED
    letters = dict(_composed(folder))
    if not (folder / NOTE).exists():
        return None
    try:
        on = long_date(date.fromisoformat(json.loads(read_file(folder / NOTE))["on"]))
    except (OSError, ValueError, KeyError, TypeError):
        on = ""
    title = f"what was last reviewed, on {on}" if on else "what was last reviewed"
    kept = snapshot(title, letters, lambda key: _pdf(folder, key), unpacked(folder / INPUTS))
    return _without_damaged(kept, folder)


def _without_damaged(state: Snapshot, folder: Path) -> Snapshot:
    """The state, which says of letters kept in `folder` that cannot be read that they cannot: they are not new."""
    paths = (path for path in sorted((folder / COMPOSED).glob("*/*.json")) if path.stat().st_size)
    readable = {key for key, _ in _composed(folder)}
    damaged = [_key(path) for path in paths if _key(path) not in readable]
    if not damaged:
        return state
    names = ", ".join(slug for _, slug in damaged)
    notes = (*state.notes, f"left out, because what was kept of them cannot be read: {names}")
    return replace(state, notes=notes, left_out=state.left_out | frozenset(damaged))


def in_folder(folder: Path, known: Mapping[Key, Content]) -> Snapshot:
    """The renditions in a folder: another output folder, or files named by force, in folders by type or not.

    `known`: the letters of now, by which a file without a folder of its type is told. Raises NoBaseline.
    """
    from letters.review.files import UnreadableFile, content_of_file

    letters = dict(_composed(folder))
    title = f"the folder {folder}"
    if letters:
        return snapshot(title, letters, lambda key: _pdf(folder, key), unpacked(folder / REVIEW / INPUTS))
    files, notes = _files_in(folder, known)
    contents: dict[Key, Content] = {}
    for key, path in files.items():
        try:
            contents[key] = content_of_file(path)
        except UnreadableFile as error:
            notes.append(f"left out: {error}")
    if not contents:
        raise NoBaseline(f"{folder} holds no letter that can be read, such as kent.pdf or {COMPOSED}/…/kent.json")

    def pdf(key: Key) -> bytes | None:
        return read_file(files[key]) if key in files and files[key].suffix == ".pdf" else None

    left_out = frozenset(files.keys() - contents.keys())
    return Snapshot(title, contents, pdf=pdf, notes=tuple(notes), left_out=left_out)


def _files_in(folder: Path, known: Mapping[Key, Content]) -> tuple[dict[Key, Path], list[str]]:
    """The renditions in a folder by letter, and what is to be said of those that are nobody's."""
    files: dict[Key, Path] = {}
    strange: dict[Path, None] = {}
    for suffix in (".txt", ".html", ".docx", ".pdf"):  # the later ones tell more
        for path in sorted([*folder.glob(f"*{suffix}"), *folder.glob(f"*/*{suffix}")]):
            keys = _keys_of_file(path, folder, known)
            if len(keys) == 1:
                files[keys[0]] = path
            elif keys or path.parent == folder or path.parent.name in {kind for kind, _ in known}:
                strange[path] = None
    if not strange:
        return files, []
    names = ", ".join(path.relative_to(folder).as_posix() for path in [*strange][:NAMED])
    more = f" and {len(strange) - NAMED} more" if len(strange) > NAMED else ""
    return files, [f"left out, because their names do not tell which letter they are: {names}{more}"]


def _keys_of_file(path: Path, folder: Path, known: Mapping[Key, Content]) -> list[Key]:
    """The letters that a file may be, by its name and its folder's."""
    if path.parent != folder:
        return [key for key in known if key == (path.parent.name, path.stem)]
    return [key for key in known if key[1] == path.stem]


def _composed(folder: Path) -> Iterator[tuple[Key, Letter]]:
    """The composed letters in a folder; what cannot be read as one counts as none."""
    for path in sorted((folder / COMPOSED).glob("*/*.json")):
        try:
            yield _key(path), from_json(read_file(path))
        except (OSError, ValueError):
            continue


def _key(path: Path) -> Key:
    return path.parent.name, path.stem


def _pdf(folder: Path, key: Key) -> bytes | None:
    try:
        return read_file(folder / key[0] / f"{key[1]}.pdf") or None
    except OSError:
        return None
