"""What staff wrote, in a folder, a revision or a pack: letter types, looks, forces, each read when first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from letters.compose import Composer
from letters.compose.parts import parts_named, pictures_in
from letters.letter import MASTHEAD, HouseStyle
from letters.problems import InvalidInput, Place, Problem
from letters.workspace.forces import force_files
from letters.workspace.house_style import house_style
from letters.workspace.letter_types import load_letter_types
from letters.workspace.model import Force, LetterType
from letters.workspace.overview import Overview
from letters.workspace.raw import PlaceOf, load_yaml
from letters.workspace.recipient import Recipient, load_recipient
from letters.workspace.source import Source, letter_type_names
from letters.workspace.validate import Validator


@dataclass(frozen=True)
class ForceFile:
    """What the file of a force says: its name, known though the rest has problems; the force, if it is sound; where
    each value stands."""

    name: str
    force: Force | None
    place_of: PlaceOf
    problems: tuple[Problem, ...]


class Inputs:
    """The inputs of one state of a workspace, and the means to compose its letters, again if need be."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._files: dict[str, ForceFile] = {}

    @property
    def recipient(self) -> Recipient | None:
        """Who the letters go to; None where recipient.yaml does not say it soundly, and no file can be read."""
        return self._loaded_recipient[0]

    @property
    def recipient_problems(self) -> list[Problem]:
        """What is wrong with recipient.yaml."""
        return self._loaded_recipient[1]

    @cached_property
    def _loaded_recipient(self) -> tuple[Recipient | None, list[Problem]]:
        return load_recipient(self.source)

    @property
    def types(self) -> Mapping[str, LetterType]:
        """The letter types that can be read, by name; their templates may have problems."""
        return self._loaded_types[0]

    @property
    def type_problems(self) -> list[Problem]:
        """What is wrong with letter types, their templates and looks aside."""
        return self._loaded_types[1]

    @cached_property
    def _loaded_types(self) -> tuple[dict[str, LetterType], list[Problem]]:
        return load_letter_types(self.source, self.recipient)

    @cached_property
    def unread_types(self) -> frozenset[str]:
        """The letter types that cannot be read."""
        return frozenset(letter_type_names(self.source)) - self.types.keys()

    @cached_property
    def composer(self) -> Composer:
        """What composes the letters."""
        return Composer(self.source, self.recipient)

    @cached_property
    def overviews(self) -> Mapping[str, Overview]:
        """The groups of the national overview, by letter type."""
        return {name: Overview(letter_type) for name, letter_type in self.types.items()}

    def house_style(self, type_name: str) -> tuple[HouseStyle | None, list[Problem]]:
        """How letters of a type look, and what is wrong with that."""
        return house_style(self.source, self.types[type_name])

    def look_problems(self, type_name: str, style: HouseStyle) -> list[Problem]:
        """Where letters of a type look otherwise in Word than in the PDF, as warnings."""
        from letters.render.look_problems import look_problems

        editions = self.types[type_name].editions
        letterheads = tuple(dict.fromkeys(one.letterhead_path for one in editions))
        try:
            named = parts_named(self.source, (*(one.letter_path for one in editions), *letterheads))
            logos = [name for path in letterheads for name in pictures_in(self.source, path, MASTHEAD)]
            return look_problems(style, named, [f"letterheads/{style.name}/{name}" for name in logos])
        except InvalidInput:
            return []  # a template that cannot be read is told as such

    @cached_property
    def paths(self) -> Mapping[str, str]:
        """The path of each force's file, sound or not, by slug."""
        return force_files(self.source)[0]

    def file(self, slug: str) -> ForceFile:
        """What the file of a force says. Raises KeyError where there is none."""
        if slug not in self._files:
            self._files[slug] = self.read(slug, self.paths[slug], self.source)
        return self._files[slug]

    def force(self, slug: str) -> Force | None:
        """A force; None where it is not there or not sound."""
        return self.file(slug).force if slug in self.paths else None

    def read(self, slug: str, path: str, source: Source) -> ForceFile:
        """What a file says as that of a force, wherever it is."""
        try:
            raw = load_yaml(source, path)
        except InvalidInput as broken:
            return ForceFile("", None, lambda _: Place(path), tuple(broken.problems))
        name = raw.data.get("name") if isinstance(raw.data, dict) else None
        force, problems = self._validator.force(slug, raw) if self.recipient else (None, [])
        return ForceFile(name if isinstance(name, str) else "", force, partial(raw.place, key=True), tuple(problems))

    @cached_property
    def _validator(self) -> Validator:
        return Validator(self.types, self.unread_types, self.recipient)
