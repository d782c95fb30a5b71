"""The earlier state that a comparison is made against: what was last reviewed, built before, or lies in a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from letters.batch.history import (
    COMPOSED,
    FIRST_PAGES,
    INPUTS,
    NOTE,
    REVIEW,
    REVIEWED,
    by_earlier_version,
    first_build,
    pack,
    page,
    unpacked,
)
from letters.batch.inputs import Inputs
from letters.letter import HouseStyle, Letter, LetterKey
from letters.letter.dates import long_date
from letters.letter.json import from_json
from letters.machine.archive import NotAnArchive
from letters.machine.files import read_file
from letters.machine.kept import made, parsed
from letters.review.compare.content import Content, content_of
from letters.review.marks.reckoning import Reckoning
from letters.workspace.record import Record, attached
from letters.workspace.source import Source

#: The title of the state as it was last built.
LAST_BUILD = "the last build"
FIRST_BUILD = "the first build"
#: So many files of a folder are named that are nobody's letter.
NAMED = 5


@dataclass(frozen=True)
class Snapshot:
    """The letters of one state. `title`: in a person's words, to stand after "against".

    `letters` has those that are known as composed, `contents` all of them. `inputs`: what they were composed from, with
    which that can be done again. `styles`: the house style by letter type, where the PDFs are
    not there and can be made. `left_out`: letters of which there is something that cannot be read.
    """

    title: str
    contents: Mapping[LetterKey, Content]
    letters: Mapping[LetterKey, Letter] = field(default_factory=dict)
    pdf: Callable[[LetterKey], bytes | None] = lambda _: None
    inputs: Inputs | None = None
    styles: Callable[[str], HouseStyle] | None = None
    notes: tuple[str, ...] = ()
    left_out: frozenset[LetterKey] = frozenset()


class NoBaseline(Exception):
    """There is nothing to compare with; the text says why and what to do."""


def snapshot(
    title: str,
    letters: Mapping[LetterKey, Letter],
    pdf: Callable[[LetterKey], bytes | None] = lambda _: None,
    inputs: Inputs | None = None,
) -> Snapshot:
    """A state of composed letters."""
    return Snapshot(title, {key: content_of(letter) for key, letter in letters.items()}, letters, pdf, inputs)


def inputs_of(source: Source | None) -> Inputs | None:
    """The inputs in a source, if there is one."""
    return None if source is None else Inputs(source)


def as_built(out: Path) -> Snapshot:
    """The letters as they were last built."""
    letters = dict(_composed(out))
    return snapshot(LAST_BUILD, letters, lambda key: _pdf(out, key), inputs_of(unpacked(out / REVIEW / INPUTS)))


def recorded(out: Path, reckoning: Reckoning) -> Snapshot | None:
    """The letters from which the next review begins, as the records have them; None where these say nothing of it."""
    newest = reckoning.newest
    if newest is None:
        return None
    packs = {one.digest: _unpacked(reckoning, one) for one in reckoning.used}
    inputs = dict(packs[newest.digest][1])
    found: dict[LetterKey, bytes] = {}
    for key, base in reckoning.bases.items():
        composed, own_inputs = packs[base.record.digest]
        path = f"forces/{key.slug}.yaml"
        if base.record is not newest and path in own_inputs:
            inputs[path] = own_inputs[path]
        if base.digest:
            found[key] = composed.get(key, b"")
    digests = {key: base.digest for key, base in reckoning.bases.items()}
    states = {key: base.pages for key, base in reckoning.bases.items()}
    on = reckoning.reviewed
    title = f"what was last reviewed, on {long_date(on.date())}" if on else FIRST_BUILD
    return _kept(title, found, lambda key: page(out, states[key], key), inputs, digests)


def _unpacked(reckoning: Reckoning, record: Record) -> tuple[Mapping[LetterKey, bytes], Source]:
    """The composed letters and inputs that a baseline has; nothing of a pack that is none."""
    data = attached(reckoning.records.folder, record.data["pack"])
    try:
        return pack(data) if data else ({}, {})
    except NotAnArchive:
        return {}, {}


def unrecorded(out: Path) -> Snapshot | None:
    """The same as the output folder has it, where no record does: the first build, or what an earlier version kept."""
    if reviewed := _last_reviewed(out):
        return reviewed
    state = first_build(out) or by_earlier_version(out)
    if state is None:
        return None
    found = {key: _bytes(out / name) for key, name in state.composed.items()}
    return _kept(FIRST_BUILD, found, lambda key: page(out, FIRST_PAGES, key), unpacked(out / state.inputs))


def _last_reviewed(out: Path) -> Snapshot | None:
    """What an earlier version of letters kept as last reviewed."""
    folder = out / REVIEWED
    if not (folder / NOTE).exists():
        return None
    on = reviewed_on(out)
    title = f"what was last reviewed, on {long_date(on)}" if on else "what was last reviewed"
    found = {_key(path): _bytes(path) for path in sorted((folder / COMPOSED).glob("*/*.json"))}
    return _kept(title, found, lambda key: _pdf(folder, key), unpacked(folder / INPUTS))


def reviewed_on(out: Path) -> date | None:
    """The day on which an earlier version of letters noted that letters were reviewed."""
    try:
        found: date = made(date, parsed(read_file(out / REVIEWED / NOTE))["on"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found


def _kept(
    title: str,
    composed: Mapping[LetterKey, bytes],
    pdf: Callable[[LetterKey], bytes | None],
    inputs: Source | None,
    digests: Mapping[LetterKey, str] | None = None,
) -> Snapshot:
    """A state of kept letters. Of one that cannot be read it is said that it cannot: it is not new."""
    letters: dict[LetterKey, Letter] = {}
    for key, data in composed.items():
        if digests is None or sha256(data).hexdigest() == digests[key]:
            with suppress(ValueError):
                letters[key] = from_json(data)
    state = snapshot(title, letters, lambda key: pdf(key) if key in letters else None, inputs_of(inputs))
    damaged = sorted(composed.keys() - letters.keys())
    if not damaged:
        return state
    notes = (f"left out, because what was kept of them cannot be read: {', '.join(key.name for key in damaged)}",)
    return replace(state, notes=notes, left_out=frozenset(damaged))


def in_folder(folder: Path, known: Mapping[LetterKey, Content]) -> Snapshot:
    """The renditions in a folder: another output folder, or files named by force, in folders by type or not.

    `known`: the letters of now, by which a file without a folder of its type is told. Raises NoBaseline.
    """
    from letters.review.files import UnreadableFile, content_of_file

    letters = dict(_composed(folder))
    title = f"the folder {folder}"
    if letters:
        return snapshot(title, letters, lambda key: _pdf(folder, key), inputs_of(unpacked(folder / REVIEW / INPUTS)))
    files, notes = _files_in(folder, known)
    contents: dict[LetterKey, Content] = {}
    for key, path in files.items():
        try:
            contents[key] = content_of_file(path)
        except UnreadableFile as error:
            notes.append(f"left out: {error}")
    if not contents:
        raise NoBaseline(f"{folder} holds no letter that can be read, such as kent.pdf or {COMPOSED}/…/kent.json")

    def pdf(key: LetterKey) -> bytes | None:
        return read_file(files[key]) if key in files and files[key].suffix == ".pdf" else None

    left_out = frozenset(files.keys() - contents.keys())
    return Snapshot(title, contents, pdf=pdf, notes=tuple(notes), left_out=left_out)


def built_from(out: Path, file: Path) -> Path | None:
    """The composed letter that a file of an output folder was made from, or None where it is no letter of that."""
    path = file.resolve()
    composed = out / COMPOSED / path.parent.name / f"{path.stem}.json"
    return composed if path.parent.parent == out.resolve() and composed.is_file() else None


def _files_in(folder: Path, known: Mapping[LetterKey, Content]) -> tuple[dict[LetterKey, Path], list[str]]:
    """The renditions in a folder by letter, and what is to be said of those that are nobody's."""
    files: dict[LetterKey, Path] = {}
    strange: dict[Path, None] = {}
    for suffix in (".txt", ".html", ".docx", ".pdf"):  # the later ones tell more
        for path in sorted([*folder.glob(f"*{suffix}"), *folder.glob(f"*/*{suffix}")]):
            keys = _keys_of_file(path, folder, known)
            if len(keys) == 1:
                files[keys[0]] = path
            elif keys or path.parent == folder or path.parent.name in {key.type for key in known}:
                strange[path] = None
    if not strange:
        return files, []
    names = ", ".join(path.relative_to(folder).as_posix() for path in [*strange][:NAMED])
    more = f" and {len(strange) - NAMED} more" if len(strange) > NAMED else ""
    return files, [f"left out, because their names do not tell which letter they are: {names}{more}"]


def _keys_of_file(path: Path, folder: Path, known: Mapping[LetterKey, Content]) -> list[LetterKey]:
    """The letters that a file may be, by its name and its folder's."""
    if path.parent != folder:
        return [key for key in known if key == _key(path)]
    return [key for key in known if key.name == path.stem]


def _composed(folder: Path) -> Iterator[tuple[LetterKey, Letter]]:
    """The composed letters in a folder; what cannot be read as one counts as none."""
    for path in sorted((folder / COMPOSED).glob("*/*.json")):
        try:
            yield _key(path), from_json(read_file(path))
        except (OSError, ValueError):
            continue


def _key(path: Path) -> LetterKey:
    return LetterKey.of(f"{path.parent.name}/{path.stem}")


def _bytes(path: Path) -> bytes:
    try:
        return read_file(path)
    except OSError:
        return b""


def _pdf(folder: Path, key: LetterKey) -> bytes | None:
    try:
        return read_file(folder / f"{key.path}.pdf") or None
    except OSError:
        return None
