"""Where in the files a change comes from: the force's file and key, or the template's line or phrase.

Found by composing again with one thing as it was: what then no longer changes was brought about by that thing. No rule
of a template has to be understood.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from letters.compose import Composer
from letters.load import Path
from letters.model import Force, LetterType, Outcome
from letters.problems import Place
from letters.review.changes import MOST_CAUSES, Cause, Difference, Group, Key, Kind
from letters.review.compare import difference as compared
from letters.review.content import FILE, content_of
from letters.review.groups import group
from letters.review.hunks import hunks_of
from letters.review.origins import Templates
from letters.review.words import Op
from letters.source import Source


@dataclass(frozen=True)
class Composed:
    """One side of a comparison whose letters can be composed again. `forces` by slug, with the places of values."""

    source: Source
    composer: Composer
    types: Mapping[str, LetterType]
    forces: Mapping[str, tuple[Force, Callable[[Path], Place]]]


@dataclass
class Causes:
    """Finds the causes of groups, between two sides that were composed."""

    before: Composed
    after: Composed
    _templates: dict[str, Templates] = field(default_factory=dict)
    _said: dict[tuple[Key, object], frozenset[tuple[object, ...]]] = field(default_factory=dict)

    def __call__(self, letter: Difference, found: Group) -> tuple[Cause, ...]:
        """The causes of a group, from the letter of its example; none where none can be told."""
        if found.kind is Kind.LETTER:
            return tuple(self._of_letters(found))[:MOST_CAUSES]
        if found.kind is Kind.LAYOUT or not self._knows(letter):
            return ()
        if (found.kind, found.title) == (Kind.FACTS, FILE):
            return (Cause(f"forces/{letter.key[1]}.yaml"),)
        return tuple(self._of_files(letter, found))[:MOST_CAUSES]

    def _of_files(self, letter: Difference, found: Group) -> Iterator[Cause]:
        """What in the force's file brought a change about, then what in the templates: a group may be of both."""
        templates, data = self._of_type(letter.key[0]), self._changed_values(letter)
        was, now = self._force(self.before, letter), self._force(self.after, letter)
        by_data = bool(data) and not (
            templates.changed and self._still_there(letter, found, "templates", was) == {True}
        )
        if by_data:
            yield from self._of_data(letter, found, data)
        if not by_data or (templates.changed and self._is_lost_by(self.before, letter, found, now)):
            yield from templates.causes(found, was, now)

    def _knows(self, letter: Difference) -> bool:
        """Whether both sides can be composed again, and the side before gives the letter that it is said to give."""
        kind, slug = letter.key
        if not all(kind in side.types for side in (self.before, self.after)):
            return False
        if _slug_before(letter) not in self.before.forces or slug not in self.after.forces:
            return False
        force = self._force(self.before, letter)
        if kind not in force.letters or letter.before is None:
            return False
        made, _ = self.before.composer.compose(self.before.types[kind], force, _nowhere)
        return made is not None and content_of(made).passages == letter.before.passages

    def _of_type(self, kind: str) -> Templates:
        if kind not in self._templates:
            sides = [(side.source, side.composer, side.types[kind]) for side in (self.before, self.after)]
            self._templates[kind] = Templates(*sides)
        return self._templates[kind]

    def _force(self, side: Composed, letter: Difference) -> Force:
        return side.forces[_slug_before(letter) if side is self.before else letter.key[1]][0]

    def _of_letters(self, found: Group) -> Iterator[Cause]:
        for kind, slug in found.letters:
            if slug not in self.after.forces:
                yield Cause(f"forces/{slug}.yaml")
                continue
            force, place_of = self.after.forces[slug]
            place = place_of(("letters", kind) if kind in force.letters else ())
            yield Cause(place.path, place.line, kind if kind in force.letters else "")

    # -- the force's file

    def _changed_values(self, letter: Difference) -> list[Path]:
        """The ways to the values of a force that are different and concern a letter."""
        old, new = (_values(self._force(side, letter), letter.key[0]) for side in (self.before, self.after))
        return [path for path in dict.fromkeys([*old, *new]) if old.get(path) != new.get(path)]

    def _of_data(self, letter: Difference, found: Group, data: list[Path]) -> Iterator[Cause]:
        kind, slug = letter.key
        was, (now, new_place) = self._force(self.before, letter), self.after.forces[slug]
        needed = data
        if len(data) > 1:
            # Without the value that brought it about, the change is not there, or something of it is not.
            variants = {path: _as_it_was(now, was, _inside(path)) for path in data}
            needed = [
                path for path, force in variants.items() if False in self._still_there(letter, found, path, force)
            ]
        for path in needed or data:
            place = new_place(path)
            steps = [str(step) for step in path if step not in ("letters", kind)]
            yield Cause(place.path, place.line, ".".join(steps).removesuffix(".text"))

    def _still_there(self, letter: Difference, found: Group, name: object, force: Force) -> set[bool]:
        """Of each thing that a group's change says: whether a variant of the letter, composed now from `force`, says
        it too."""
        if (letter.key, name) not in self._said:
            self._said[letter.key, name] = self._variant(self.after, letter, force) or frozenset()
        return {said in self._said[letter.key, name] for said in _of_example(letter, found)}

    def _is_lost_by(self, side: Composed, letter: Difference, found: Group, force: Force) -> bool:
        """Whether something of a change is not there with the templates of `side`, if these can tell at all."""
        told = self._variant(side, letter, force)
        return told is not None and not all(said in told for said in _of_example(letter, found))

    def _variant(self, side: Composed, letter: Difference, force: Force) -> frozenset[tuple[object, ...]] | None:
        """What is different from the letter before in one composed from `force`; None where none can be composed."""
        kind = letter.key[0]
        made = side.composer.compose(side.types[kind], force, _nowhere)[0] if kind in force.letters else None
        return frozenset(_says(compared(letter.key, letter.before, content_of(made)))) if made else None


def _says(letter: Difference) -> Iterator[tuple[object, ...]]:
    """What the changes of a letter say, the same in each letter that they are in."""
    yield from (hunk.said for hunk in hunks_of(letter))
    for found in group([letter], lambda *_: ()):
        if found.kind is not Kind.WORDS:
            yield from ((found.title, place.pieces) for place in found.occurrences)


def _of_example(letter: Difference, found: Group) -> Iterator[tuple[object, ...]]:
    """What the first place of a group says, of the words marked there each hunk."""
    first = found.occurrences[0]
    if found.kind is not Kind.WORDS:
        yield found.title, first.pieces
        return
    marked = {text for op, text in first.pieces if op != Op.SAME}
    for hunk in hunks_of(letter):
        texts = {piece.text for piece in letter.words[hunk.number].pieces[slice(*hunk.pieces)]}
        if hunk.number == first.change and texts & marked:
            yield hunk.said


def _slug_before(letter: Difference) -> str:
    """What the force's file was called."""
    facts = letter.before.facts if letter.before else ()
    return next((fact.value for fact in facts if fact.name == FILE), letter.key[1])


def _nowhere(_: Path) -> Place:
    return Place("")


def _values(force: Force, kind: str) -> dict[Path, object]:
    """Each value of a force that concerns its letter of a type, by the way to it as in its file."""
    found = {path: value for path, value in _leaves(dataclasses.asdict(force)) if path[0] not in ("letters", "slug")}
    outcome = force.letters.get(kind)
    for path, value in _leaves(dataclasses.asdict(outcome)) if outcome else ():
        found["letters", kind, *(path[1:] if path[0] == "answers" else path)] = value
    return {path: value for path, value in found.items() if value is not None}


def _leaves(data: object, around: Path = ()) -> Iterator[tuple[Path, object]]:
    """The values in some data, each with the way to it; a list is one value."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from _leaves(value, (*around, str(key)))
    else:
        yield around, data


def _inside(path: Path) -> Path:
    """The way to a value inside a `Force`, from that in its file."""
    if path[0] != "letters" or any(path[2] == own.name for own in dataclasses.fields(Outcome)):
        return path
    return (*path[:2], "answers", *path[2:])


def _as_it_was(now: Any, was: Any, path: Path) -> Any:
    """`now` with what is at `path` as `was` has it."""
    if not path or now is None or was is None:
        return was
    step, rest = str(path[0]), path[1:]
    if not isinstance(now, Mapping):
        return dataclasses.replace(now, **{step: _as_it_was(getattr(now, step), getattr(was, step), rest)})
    others = {key: value for key, value in now.items() if key != step}
    return {**others, step: _as_it_was(now.get(step), was[step], rest)} if step in was else others
