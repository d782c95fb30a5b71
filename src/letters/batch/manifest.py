"""What the last build knew: `manifest.json` beside the renditions. One that cannot be used counts as none."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Literal

from letters.letter import ENGLISH, LetterKey, Stage
from letters.machine.files import Store, is_plain_name
from letters.machine.kept import Damaged, made, parsed
from letters.workspace.source import is_letter

NAME = "manifest.json"
#: Changed whenever the meaning of a field below changes.
FORMAT = 1
_STAGES = frozenset(Stage)


@dataclass(frozen=True)
class FileRecord:
    """One rendition: the digest of its bytes, and of the letter, look and libraries that it was made from."""

    sha256: str
    letter: str
    look: str
    tools: str


@dataclass(frozen=True)
class LetterRecord:
    """One letter: the pages of its PDF (0: none made), its renditions by format, and its force and stage when built.

    `force`, its name, and `stage` are empty in records of earlier versions.
    """

    pages: int = 0
    files: dict[str, FileRecord] = field(default_factory=dict)
    force: str = ""
    stage: str = ""

    def is_sound(self) -> bool:
        """Whether its stage is one, if it is known."""
        return self.stage in _STAGES or not self.stage


@dataclass(frozen=True)
class LetterMemory:
    """What a survey found of one letter: stage, overview group, digest of the composed letter (empty if awaited)."""

    stage: str
    group: str
    letter: str

    def is_sound(self) -> bool:
        """Whether its stage is one."""
        return self.stage in _STAGES


@dataclass(frozen=True)
class ForceMemory:
    """What a survey found of one force without a problem, and the digest of all that it came from.

    `letters`: by letter type, with the language where that is not English (`LetterKey.edition`).
    """

    inputs: str
    name: str
    letters: dict[str, LetterMemory]

    def of(self, key: LetterKey) -> LetterMemory | None:
        """What was found of one letter."""
        return self.letters.get(key.edition)

    def keyed(self, slug: str) -> Iterator[tuple[LetterKey, LetterMemory]]:
        """Each letter to this force, whose slug is given."""
        for edition, found in self.letters.items():
            yield LetterKey.of_edition(edition, slug), found


@dataclass(frozen=True)
class TypeMemory:
    """What a survey found of a letter type: which forces are to have one, its overview groups, id and title, and the
    languages by which its letters are told apart."""

    expected: Literal["all", "some"]
    groups: tuple[tuple[str, str], ...]
    languages: tuple[str, ...] = (ENGLISH,)

    def first(self, type_name: str, slug: str) -> LetterKey:
        """The letter to a force that stands for all of its languages where one is counted."""
        return LetterKey(type_name, slug, self.languages[0])


@dataclass
class Manifest:
    """All of it. Letters are keyed by the path of their key, forces by slug; `looks`: digests by type and format."""

    tools: dict[str, str] = field(default_factory=dict)
    templates: str = ""
    types: dict[str, TypeMemory] = field(default_factory=dict)
    looks: dict[str, dict[str, str]] = field(default_factory=dict)
    forces: dict[str, ForceMemory] = field(default_factory=dict)
    letters: dict[str, LetterRecord] = field(default_factory=dict)

    def is_sound(self) -> bool:
        """Whether its keys are names that could be built: its digest proves nothing, and keys become paths."""
        keys = {path: LetterKey.of(path) for path in self.letters}
        remembered = [key for slug, force in self.forces.items() for key, _ in force.keyed(slug)]
        return (
            all(key.path == path for path, key in keys.items())
            and all(kind.languages for kind in self.types.values())
            and all(map(is_letter, (*keys.values(), *remembered)))
            and all(map(is_plain_name, (*self.types, *self.forces)))
        )


def read_manifest(folder: Path) -> Manifest:
    """The manifest of an output folder; an empty one where there is none that can be used."""
    try:
        return from_json(Store(folder).read(NAME))
    except (OSError, ValueError):
        return Manifest()


def from_json(data: bytes) -> Manifest:
    """The manifest that some bytes are. Raises Damaged: whoever edits it, or a disk, may leave any shape behind."""
    fields = made(dict[str, object], parsed(data))
    if fields.pop("digest", "") != _digest(fields) or made(int, fields.pop("format", 0)) != FORMAT:
        raise Damaged("it is not as it was written, or of another format")
    found: Manifest = made(Manifest, fields)
    return found


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Put the manifest into an output folder; the same manifest gives the same bytes."""
    data: dict[str, object] = {"format": FORMAT, **asdict(manifest)}
    data["digest"] = _digest(data)
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    store = Store(folder)
    try:
        if store.read(NAME) == text.encode():
            return
    except OSError:
        pass  # it is not there, or no manifest
    store.write(NAME, text.encode())


def _digest(data: Mapping[str, object]) -> str:
    return sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
