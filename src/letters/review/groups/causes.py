"""Where in the files a change comes from: the force's file and key, or the template's line or phrase.

Found by composing again with some things as they were: the fewest that bring a change about are its causes. No rule of
a template has to be understood.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from letters.batch.inputs import Inputs
from letters.letter import LetterKey
from letters.letter.compared import Op
from letters.review.compare.changes import MOST_CAUSES, Cause, ChangeKind, Difference, Group
from letters.review.compare.content import FILE, content_of
from letters.review.compare.letters import difference as compared
from letters.review.groups.groups import group
from letters.review.groups.hunks import hunks_of
from letters.review.groups.origins import Templates, bytes_of
from letters.workspace.model import Force, Outcome
from letters.workspace.raw import KeyPath

#: What one change of a letter says, and in which part: the same for the same change in another letter.
_Said = tuple[object, ...]


@dataclass
class Causes:
    """Finds the causes of groups, between two states whose letters can be composed again."""

    before: Inputs
    after: Inputs
    _templates: dict[tuple[str, str], Templates] = field(default_factory=dict)
    _said: dict[LetterKey, Counter[_Said]] = field(default_factory=dict)
    _variants: dict[tuple[LetterKey, tuple[KeyPath, ...]], Counter[_Said]] = field(default_factory=dict)

    def __call__(self, letters: Sequence[Difference], found: Group) -> tuple[Cause, ...]:
        """The causes of a group, given its letters, of which the first is that of its example; none where none can be
        told. Of each of the first letters what is in its own file; what is in the templates, of the first alone."""
        if found.kind is ChangeKind.LETTER:
            return tuple(self._of_letters(found))[:MOST_CAUSES]
        if found.kind is ChangeKind.LAYOUT:
            from letters.review.groups.sheets import sheet_causes

            return sheet_causes(letters, found, self.before.source, self.after.source)
        if not self._knows(letters[0]):
            return ()
        if (found.kind, found.title) == (ChangeKind.FACTS, FILE):
            return tuple(Cause(f"forces/{letter.key.slug}.yaml") for letter in letters[:MOST_CAUSES])
        others = [letter for letter in letters[1:] if self._has_another_file(letter)][: MOST_CAUSES - 1]
        own = [self._of_data(letter, found) for letter in (letters[0], *others) if self._knows(letter)]
        return tuple(dict.fromkeys((*chain(*own), *self._of_templates(letters[0], found, by_data=any(own[0])))))

    def _of_templates(self, letter: Difference, found: Group, *, by_data: bool) -> list[Cause]:
        """What in the templates brought a change about. `by_data`: whether something in the force's file did."""
        templates = self._of_type(letter.key)
        was, now = self._force(self.before, letter), self._force(self.after, letter)
        if by_data and not (templates.changed and self._is_lost_by(self.before, letter, found, now)):
            return []
        lines = templates.causes(found, was, now)
        of_one_file = {line.path: [other for other in lines if other.path == line.path] for line in lines}
        return [line for of_it in of_one_file.values() for line in of_it[:MOST_CAUSES]]

    def _has_another_file(self, letter: Difference) -> bool:
        """Whether the file of a letter's force is another than it was."""
        files = ((self.before, _slug_before(letter)), (self.after, letter.key.slug))
        old, new = (bytes_of(side.source, f"forces/{slug}.yaml") for side, slug in files)
        return old != new

    def _knows(self, letter: Difference) -> bool:
        """Whether both sides can be composed again, and the side before gives the letter that it is said to give."""
        type_name, slug = letter.key.type, letter.key.slug
        if not all(type_name in side.types for side in (self.before, self.after)):
            return False
        force = self.before.force(_slug_before(letter))
        if force is None or self.after.force(slug) is None or type_name not in force.letters or letter.before is None:
            return False
        made = self.before.composer.compose_anyway(self.before.types[type_name].of_letter(letter.key.language), force)
        return made is not None and content_of(made).passages == letter.before.passages

    def _of_type(self, key: LetterKey) -> Templates:
        of_one = key.type, key.language
        if of_one not in self._templates:
            self._templates[of_one] = Templates(self.before, self.after, *of_one)
        return self._templates[of_one]

    def _force(self, side: Inputs, letter: Difference) -> Force:
        force = side.force(_slug_before(letter) if side is self.before else letter.key.slug)
        assert force  # or this side would not be known
        return force

    def _of_letters(self, found: Group) -> Iterator[Cause]:
        for type_name, slug, _ in found.letters:
            force = self.after.force(slug)
            if force is None:
                yield Cause(f"forces/{slug}.yaml")
                continue
            place = self.after.file(slug).place_of(("letters", type_name) if type_name in force.letters else ())
            yield Cause(place.path, place.line, type_name if type_name in force.letters else "")

    # -- the force's file

    def _changed_values(self, letter: Difference) -> list[KeyPath]:
        """The ways to the values of a force that are different and concern a letter."""
        old, new = (_values(self._force(side, letter), letter.key.type) for side in (self.before, self.after))
        return [path for path in dict.fromkeys([*old, *new]) if old.get(path) != new.get(path)]

    def _of_data(self, letter: Difference, found: Group) -> list[Cause]:
        """The lines of a force's file that brought about what a group says of its letter."""
        data = self._changed_values(letter)
        needed = {path for said in _of_group(letter, found) for path in self._needed(letter, said, data)}
        return [cause for path in data if path in needed for cause in self._named(letter, path)]

    def _needed(self, letter: Difference, said: _Said, data: list[KeyPath]) -> list[KeyPath]:
        """The fewest of the changed values of a force that say something with all others as they were."""
        if self._is_said(letter, said, ()):
            return []
        for path in data:
            if self._is_said(letter, said, (path,)):
                return [path]
        # Together they do. What can go goes; a value may be needed only as long as another is there.
        needed, before = data, None
        while needed != before:
            before = needed
            for path in before:
                fewer = [other for other in needed if other != path]
                needed = fewer if self._is_said(letter, said, tuple(fewer)) else needed
        return needed

    def _is_said(self, letter: Difference, said: _Said, new: tuple[KeyPath, ...]) -> bool:
        """Whether the letter from today's templates says something as often as it does now, with no values of the
        force's file as they are now but `new`."""
        if (letter.key, new) not in self._variants:
            was, force = self._force(self.before, letter), self._force(self.after, letter)
            in_letters = {key for side in (self.before, self.after) for key in side.composer.recipient.in_letters}
            for path in self._changed_values(letter):
                if path not in new:
                    force = _typed_as_it_was(force, was, self._whole(_inside(path, in_letters), was))
            self._variants[letter.key, new] = self._variant(self.after, letter, force) or Counter()
        if letter.key not in self._said:
            self._said[letter.key] = Counter(_says(letter))
        return self._variants[letter.key, new][said] >= self._said[letter.key][said]

    def _whole(self, way: KeyPath, was: Force) -> KeyPath:
        """The way to a value inside a `Force`; to all of a fact that a letter says otherwise, and said not before,
        where it cannot be without the value."""
        if way[0] != "letters" or way[2] != "facts" or len(way) < 5:
            return way
        before = was.letters.get(str(way[1]))
        described = self.after.composer.recipient.facts.at(way[3:])
        is_new = before is None or way[3] not in before.facts
        return way[:4] if is_new and described.required else way

    def _named(self, letter: Difference, path: KeyPath) -> Iterator[Cause]:
        """The place of a value as it is now; of a list that of each entry that is new or another."""
        old, new = (_values(self._force(side, letter), letter.key.type).get(path) for side in (self.before, self.after))
        steps = [str(step) for step in path if step not in ("letters", letter.key.type)]
        for way in _different(old.value if old else None, new.value if new else None):
            place = self.after.file(letter.key.slug).place_of((*path, *way))
            keys = [step for step in way if isinstance(step, str)]
            yield Cause(place.path, place.line, ".".join([*steps, *keys]).removesuffix(".text"))

    def _is_lost_by(self, side: Inputs, letter: Difference, found: Group, force: Force) -> bool:
        """Whether something of a change is not there with the templates of `side`, if these can tell at all."""
        told = self._variant(side, letter, force)
        return told is not None and not all(said in told for said in _of_group(letter, found))

    def _variant(self, side: Inputs, letter: Difference, force: Force) -> Counter[_Said] | None:
        """What is different from the letter before in one composed from `force`; None where none can be composed."""
        type_name = letter.key.type
        if type_name not in force.letters:
            return None
        made = side.composer.compose_anyway(side.types[type_name].of_letter(letter.key.language), force)
        return Counter(_says(compared(letter.key, letter.before, content_of(made)))) if made else None


def _says(letter: Difference) -> Iterator[_Said]:
    """What the changes of a letter say, the same in each letter that they are in."""
    yield from ((letter.words[hunk.number].part, *hunk.said) for hunk in hunks_of(letter))
    for found in group([letter], lambda *_: ()):
        if found.kind is not ChangeKind.WORDS:
            yield from ((found.title, place.pieces) for place in found.occurrences)


def _of_group(letter: Difference, found: Group) -> Iterator[_Said]:
    """What a group says of one of its letters, of words each hunk that is marked."""
    for place in found.occurrences:
        if place.key != letter.key:
            continue
        if found.kind is not ChangeKind.WORDS:
            yield found.title, place.pieces
            continue
        marked = {text for op, text in place.pieces if op != Op.SAME}
        for hunk in hunks_of(letter):
            texts = {piece.text for piece in letter.words[hunk.number].pieces[slice(*hunk.pieces)]}
            if hunk.number == place.change and texts & marked:
                yield place.part, *hunk.said


def _slug_before(letter: Difference) -> str:
    """What the force's file was called."""
    facts = letter.before.facts if letter.before else ()
    return next((fact.value for fact in facts if fact.name == FILE), letter.key.slug)


@dataclass(frozen=True)
class _Typed:
    """A value of a file, and how the numbers in it were typed: 605 and +605 print otherwise."""

    value: object
    written: Mapping[str, str]


def _values(force: Force, type_name: str) -> dict[KeyPath, _Typed]:
    """Each value of a force that concerns its letter of a type, by the way to it as in its file."""
    found = {path: _Typed(value, _below(force.written, path)) for path, value in _leaves(force.facts)}
    outcome = force.letters.get(type_name)
    for path, value in _leaves(dataclasses.asdict(outcome)) if outcome else ():
        way = path[1:] if path[0] in ("answers", "facts") else path
        if outcome and path[0] != "written":
            found["letters", type_name, *way] = _Typed(value, _below(outcome.written, way))
    return {path: typed for path, typed in found.items() if typed.value is not None}


def _below(written: Mapping[str, str], path: KeyPath) -> dict[str, str]:
    """How the numbers at or below a value were typed, by their names."""
    name = ".".join(map(str, path))
    return {key: text for key, text in written.items() if key == name or key.startswith(f"{name}.")}


def _leaves(data: object, around: KeyPath = ()) -> Iterator[tuple[KeyPath, object]]:
    """The values in some data, each with the way to it; a list is one value."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from _leaves(value, (*around, str(key)))
    else:
        yield around, data


def _different(old: object, new: object) -> Iterator[KeyPath]:
    """The ways to what is another in a value than it was: the entries of a list that are new, and of those that are in
    the place of one the keys; the whole where it is no list or lost some."""
    if isinstance(new, Mapping) and isinstance(old, Mapping):
        changed = [key for key in new if new[key] != old.get(key)]
        yield from ((str(key), *way) for key in changed for way in _different(old.get(key), new[key]))
        if not changed:
            yield ()
        return
    entries = _new_entries(old, new)
    for number in entries:
        was = (
            old[number]
            if isinstance(old, list | tuple) and isinstance(new, list | tuple) and len(old) == len(new)
            else None
        )
        entry = new[number] if isinstance(new, list | tuple) else None
        yield from ((number, *way) for way in _different(was, entry))
    if not entries:
        yield ()


def _new_entries(old: object, new: object) -> list[int]:
    """The numbers of the entries of a list that the list before did not have."""
    known = old if isinstance(old, list | tuple) else ()
    return [number for number, entry in enumerate(new) if entry not in known] if isinstance(new, list | tuple) else []


def _inside(path: KeyPath, in_letters: Collection[str]) -> KeyPath:
    """The way to a value inside a `Force`, from that in its file. `in_letters`: facts that a letter says otherwise."""
    if path[0] != "letters":
        return ("facts", *path)
    if any(path[2] == own.name for own in dataclasses.fields(Outcome)):
        return path
    return (*path[:2], "facts" if path[2] in in_letters else "answers", *path[2:])


def _typed_as_it_was(now: Force, was: Force, path: KeyPath) -> Force:
    """`now` with what is at `path` inside a `Force` as `was` has it, and its numbers as they were typed there."""
    made: Force = _as_it_was(now, was, path)
    if path[0] == "facts":
        return dataclasses.replace(made, written=_typed_at(made.written, was.written, path[1:]))
    outcome, before = (side.letters.get(str(path[1])) for side in (made, was))
    if path[2:3] not in (("facts",), ("answers",)) or outcome is None:
        return made
    written = _typed_at(outcome.written, before.written if before else {}, path[3:])
    return dataclasses.replace(
        made, letters={**made.letters, str(path[1]): dataclasses.replace(outcome, written=written)}
    )


def _typed_at(now: Mapping[str, str], was: Mapping[str, str], path: KeyPath) -> dict[str, str]:
    own = _below(now, path)
    return {**{name: text for name, text in now.items() if name not in own}, **_below(was, path)}


def _as_it_was(now: Any, was: Any, path: KeyPath) -> Any:
    """`now` with what is at `path` as `was` has it."""
    if not path or now is None:
        return was
    step, rest = str(path[0]), path[1:]
    if not isinstance(now, Mapping):
        old = getattr(was, step, None)
        if was is None and not _may_lack(now, step):
            return None
        return dataclasses.replace(now, **{step: _as_it_was(getattr(now, step), old, rest)})
    others = {key: value for key, value in now.items() if key != step}
    value = _as_it_was(now.get(step), was.get(step) if was else None, rest)
    return others if value is None and not (was and step in was) else {**others, step: value}


def _may_lack(record: Any, name: str) -> bool:
    return any(own.name == name and own.default is None for own in dataclasses.fields(record))
