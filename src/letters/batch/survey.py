"""What a workspace holds: every force and letter, remembered from the last build or read anew, and every problem.

A force whose file, and all of the templates, are as the manifest remembers needs no reading: a build of one edited
force opens one file, and a build of none opens none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from letters.batch.formats import COMPOSED, FORMATS
from letters.batch.manifest import ForceMemory, LetterMemory, Manifest, TypeMemory
from letters.batch.renamed import gathered
from letters.batch.versions import COMPOSING, versions
from letters.letter import BODY, SIGNATURE, TAGS, WELSH, HouseStyle, Letter, LetterKey, Stage, pictures_of
from letters.letter.json import to_json
from letters.problems import Code, Place, Problem, in_order
from letters.workspace.copies import misnamed_recipient
from letters.workspace.digests import content_digest, digest_of, is_template, templates_digest
from letters.workspace.forces import force_files, repeated_in_welsh, repeated_names
from letters.workspace.model import FORCE, Force, LetterType, Word, own_key
from letters.workspace.source import RECIPIENT, SIGNATORIES, Source, letter_type_names

if TYPE_CHECKING:
    from letters.batch.inputs import Inputs
    from letters.workspace.raw import PlaceOf


class Survey:
    """All that is known of a workspace. Composing happens for what changed, and for what is asked for."""

    def __init__(
        self,
        source: Source,
        manifest: Manifest,
        before_reading: Callable[[], None] | None = None,
        *,
        compares_looks: bool = False,
    ) -> None:
        """`before_reading` is called if only some forces must be read: the moment to start what will build them.

        `compares_looks`: whether it tells where letters look otherwise in Word than in the PDF.
        """
        self.source = source
        self.problems: list[Problem] = []
        self.forces: dict[str, ForceMemory] = {}
        #: Letters that are neither made nor waiting: something in the templates stops them.
        self.stopped: set[LetterKey] = set()
        #: Letters whose Welsh is not up to date with their English; those of them that are ready are stopped.
        self.behind: set[LetterKey] = set()
        #: The sound forces that were read and not only remembered, each with the places of its values.
        self.read: dict[str, tuple[Force, PlaceOf]] = {}
        self._names: dict[str, str] = {}
        self._letters: dict[LetterKey, Letter] = {}
        self._styles: dict[str, HouseStyle] = {}
        #: Letter types whose letters cannot be made, for what is wrong with them.
        self._unusable: set[str] = set()
        self.templates = templates_digest(source)
        self._composing = digest_of(f"{name} {versions()[name]}" for name in ("letters", *COMPOSING))
        known = manifest.templates == self.templates + self._composing and _is_whole(manifest, source)
        self._before_reading = before_reading if known else None
        self.types = manifest.types if known else self._read_types()
        #: What is wrong with whole folders of input: what they hold is not known.
        self.unread = [_outside(folder) for folder in getattr(source, "outside", ())]
        if known and (found := misnamed_recipient(source)):
            self.unread.append(found)
        self.problems += self.unread
        self.looks = manifest.looks if known else self._read_looks(compares_looks)
        self._read_forces(manifest.forces if known else {})

    @property
    def templates_key(self) -> str:
        """What the manifest remembers the templates by; empty while they have problems."""
        sound = not any(_is_of_templates(problem.place.path) for problem in self.problems)
        return self.templates + self._composing if sound else ""

    def letter(self, key: LetterKey) -> Letter:
        """A sound letter, composed now if it has not been yet. Raises KeyError where the manifest spoke of none."""
        if key not in self._letters:
            self._read_force(key.slug)
        return self._letters[key]

    def part_names(self, type_name: str) -> set[str]:
        """The names of the parts of the letters of a type that were composed here, the body and the signature aside."""
        letters = (letter for key, letter in self._letters.items() if key.type == type_name)
        return {part.name for letter in letters for part in letter.parts} - {BODY, SIGNATURE}

    def style(self, type_name: str) -> HouseStyle:
        """The house style of a letter type that is sound. Raises KeyError where the manifest spoke of none."""
        if type_name not in self._styles:
            style, _ = self.inputs.house_style(type_name)
            if style is None:  # a manifest that was not ours said that it is sound
                raise KeyError(type_name)
            self._styles[type_name] = style
        return self._styles[type_name]

    @property
    def usable_types(self) -> dict[str, LetterType]:
        """The letter types whose templates and looks are sound."""
        return {name: letter_type for name, letter_type in self.inputs.types.items() if name not in self._unusable}

    @cached_property
    def word(self) -> Word:
        """What a force is called here, in messages."""
        if RECIPIENT not in self.source:
            return FORCE
        from letters.workspace.word import word_of

        return word_of(self.source)

    @property
    def slugs(self) -> list[str]:
        """The slug of every force file, sound or not."""
        return sorted(self._force_paths)

    @property
    def names(self) -> Collection[str]:
        """The full name of every force whose file says one."""
        return self._names.values()

    def ready(self) -> list[LetterKey]:
        """The sound letters of forces that were read and not only remembered, and that are ready to be sent."""
        return sorted(
            key for key, letter in self._letters.items() if letter.stage is Stage.READY and key.slug in self.read
        )

    def own_values(self, type_name: str, slug: str) -> Collection[str]:
        """The data of a force that its letters of a type, which were composed here, may say; what it words differently
        among them."""
        departures = self.read[slug][0].letters[type_name].changed_wording.values()
        letters = (letter for key, letter in self._letters.items() if (key.type, key.slug) == (type_name, slug))
        return {*(text for letter in letters for _, text in letter.values), *(one.text for one in departures)}

    def look_again(self, slug: str) -> None:
        """Read a force anew in the next run: what was told of it is to be told again."""
        if slug in self.forces:
            self.forces[slug] = replace(self.forces[slug], inputs="")

    # -- templates

    @cached_property
    def inputs(self) -> Inputs:
        """The files themselves, and what composes letters; imported and made ready only if something must be read."""
        from letters.batch.inputs import Inputs

        if self._before_reading:
            self._before_reading()
        inputs = Inputs(self.source)
        self._unusable |= inputs.unread_types
        return inputs

    def _read_types(self) -> dict[str, TypeMemory]:
        inputs = self.inputs
        self.problems += [*inputs.recipient_problems, *inputs.type_problems]
        if inputs.recipient is None:
            self._unusable |= inputs.types.keys()
        for letter_type in inputs.types.values() if inputs.recipient else ():
            found = inputs.composer.template_problems(letter_type)
            self.problems += found
            if any(problem.stops for problem in found):
                self._unusable.add(letter_type.name)
        return {name: _type_memory(letter_type) for name, letter_type in inputs.types.items()}

    def _read_looks(self, compares: bool) -> dict[str, dict[str, str]]:
        looks = {}
        for name in self.inputs.types:
            style, problems = self.inputs.house_style(name)
            self.problems += problems
            if style:
                self.problems += self.inputs.look_problems(name, style) if compares else []
                self._styles[name] = style
                looks[name] = _look_digests(style)
            else:
                self._unusable.add(name)
        return looks

    # -- forces

    def _read_forces(self, memory: dict[str, ForceMemory]) -> None:
        self._force_paths, strays = force_files(self.source, self.word)
        self.problems += strays
        if not self._force_paths and not strays:
            hint = "`letters new NAME` makes one"
            message = f"there is no {self.word.one} here"
            self.problems.append(Problem(Code.NO_FORCES, message, Place("forces"), hint))
        for slug in self._force_paths:
            remembered = memory.get(slug)
            if remembered and remembered.inputs == self._inputs(slug):
                self.forces[slug] = remembered
                self._names[slug] = remembered.name
            else:
                self._read_force(slug)
        for slug, problem in repeated_names(self._names, lambda: self.inputs.composer.recipient.behind_area):
            self.forces.pop(slug, None)
            self.problems.append(problem)
        for slug, problem in repeated_in_welsh(self._welsh_names()):
            self.forces.pop(slug, None)
            self.problems.append(problem)
        self.problems = in_order(gathered(self.problems, self._without_outcome))

    def _without_outcome(self) -> list[str]:
        """The letter types that no file has a place for."""
        places = [self.inputs.file(slug).place_of for slug in self._force_paths]
        # A key that is not there has the place of what is around it.
        return [
            name
            for name in letter_type_names(self.source)
            if all(place_of(("letters", name)) == place_of(("letters",)) for place_of in places)
        ]

    def _welsh_names(self) -> dict[str, tuple[str, Place]]:
        """The Welsh name of each force, and where it stands; nothing where no force that was read has one."""
        key = own_key("name", WELSH)
        if not any(key in force.facts for force, _ in self.read.values()):
            return {}
        found = {slug: self.inputs.file(slug) for slug in self._force_paths}
        sound = {slug: file for slug, file in found.items() if file.force and file.force.facts.get(key)}
        return {slug: (str(file.force.facts[key]), file.place_of((key,))) for slug, file in sound.items() if file.force}

    def _inputs(self, slug: str) -> str:
        return digest_of([content_digest(self.source, self._force_paths[slug]), self.templates, self._composing])

    def _read_force(self, slug: str) -> None:
        file = self.inputs.file(slug)
        force, letters, problems = file.force, dict[LetterKey, Letter](), list(file.problems)
        if force:
            self.read[slug] = force, file.place_of
            letters = self._composed(force, file.place_of, problems)
        self.problems += problems
        if file.name:
            self._names[slug] = file.name
        self.stopped |= {key for name in self._unusable for key in self._keys(name, slug)}
        if force is None:
            return
        known = (name for name, outcome in force.letters.items() if outcome.stage is not Stage.AWAITED)
        self.stopped |= {key for name in known for key in self._keys(name, slug)}
        self.stopped -= letters.keys()
        self._letters |= letters
        facts = {}
        for key in (key for name in force.letters for key in self._keys(name, slug)):
            outcome = force.letters[key.type]
            if outcome.stage is Stage.AWAITED:
                facts[key.edition] = LetterMemory(outcome.stage.value, "", "")
            elif key in letters:
                group = self.inputs.overviews[key.type].group_of(outcome)
                digest = letter_digest(letters[key], self.source)
                facts[key.edition] = LetterMemory(outcome.stage.value, group, digest)
        # Remembered only without a problem: a warning must be said at every build.
        self.forces[slug] = ForceMemory("" if problems else self._inputs(slug), force.name, facts)

    def _keys(self, type_name: str, slug: str) -> list[LetterKey]:
        """The letters of a type to a force, one a language; of a type that cannot be read, in any language."""
        letter_type = self.inputs.types.get(type_name)
        languages = letter_type.letter_languages if letter_type else tuple(TAGS)
        return [LetterKey(type_name, slug, language) for language in languages]

    def _composed(self, force: Force, place_of: PlaceOf, problems: list[Problem]) -> dict[LetterKey, Letter]:
        """The sound letters to a force, less those that are awaited; adds to the `problems`."""
        letters: dict[LetterKey, Letter] = {}
        for type_name, outcome in force.letters.items():
            if outcome.stage is not Stage.AWAITED and type_name not in self._unusable:
                made, found = self.inputs.composer.letters(self.inputs.types[type_name], force, place_of)
                problems += found
                if (type_name, force.slug) in self.inputs.composer.behind:
                    self.behind |= set(self._keys(type_name, force.slug))
                letters |= {letter.key: letter for letter in made}
        return letters


def _is_whole(manifest: Manifest, source: Source) -> bool:
    """Whether a manifest remembers all of each letter type that is there."""
    looks = manifest.looks.values()
    return (
        bool(manifest.types)
        and sorted(manifest.types) == sorted(manifest.looks) == letter_type_names(source)
        and all(look.keys() == {*FORMATS, COMPOSED} for look in looks)
    )


def _outside(folder: str) -> Problem:
    hint = "put the folder itself there; what lies outside may be anybody's"
    return Problem(
        Code.LINK_OUTSIDE, "is a link to a folder outside the workspace, and is not read", Place(folder), hint
    )


def _is_of_templates(path: str) -> bool:
    return is_template(path) or path == "templates"


def _type_memory(letter_type: LetterType) -> TypeMemory:
    groups = tuple((group.group, group.title) for group in letter_type.groups)
    return TypeMemory(letter_type.expected.value, groups, letter_type.letter_languages)


def letter_digest(letter: Letter, source: Source) -> str:
    """A digest of a letter, and of the signature in it: a signatory's picture is that of some letters of a type."""
    shown = (picture.path for part in letter.parts for picture in pictures_of(part.blocks))
    signatures = [path for path in shown if path.startswith(f"{SIGNATORIES}/")]
    # Of a drawing the PNG beside it too, which Word shows.
    files = [f"templates/{file}" for path in signatures for file in (path, f"{path.rpartition('.')[0]}.png")]
    said = sha256(to_json(letter)).hexdigest()
    return digest_of([said, *(content_digest(source, file) for file in files if file in source)]) if files else said


def _look_digests(style: HouseStyle) -> dict[str, str]:
    """A digest for each format of what it takes from the house style; signatures are the letters' own."""
    shown = ((path, data) for path, data in sorted(style.pictures.items()) if not path.startswith(f"{SIGNATORIES}/"))
    pictures = digest_of(f"{path}\0{sha256(data).hexdigest()}" for path, data in shown)
    looks = {name: [sha256(data).hexdigest() for data in row.look_of(style)] for name, row in FORMATS.items()}
    return {COMPOSED: "", **{name: digest_of([*look, pictures]) if look else "" for name, look in looks.items()}}
