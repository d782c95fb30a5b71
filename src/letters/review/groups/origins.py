"""Which changed line of a letter type's templates, or which phrase, a change comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property

from letters.batch.inputs import Inputs
from letters.compose import Composer
from letters.compose.trace import TracedBlock
from letters.letter import normalise
from letters.letter.compared import BREAK, Op, Piece
from letters.problems import InvalidInput
from letters.review.compare.changes import Cause, Group
from letters.workspace.model import Force, LetterType
from letters.workspace.raw import Raw, load_yaml
from letters.workspace.source import RECIPIENT, SIGNATORIES, Source, Unreadable

_SIGNATORIES = f"templates/{SIGNATORIES}/"


@dataclass(frozen=True)
class Templates:
    """The templates of one letter type, by whose letters in a language, on both sides of a comparison."""

    before: Inputs
    after: Inputs
    type_name: str
    language: str

    @cached_property
    def changed(self) -> tuple[Cause, ...]:
        """Every line that is new or different, where one went the line that stands there now, and other files."""
        return tuple(self._changed())

    @cached_property
    def _wordings(self) -> tuple[Raw | None, Raw | None]:
        """The phrases before and after, with their places."""
        return self._wording(self.before), self._wording(self.after)

    def _wording(self, side: Inputs) -> Raw | None:
        try:
            return load_yaml(side.source, side.types[self.type_name].of_letter(self.language).wording_path)
        except InvalidInput:
            return None

    @cached_property
    def _lines_now(self) -> dict[str, list[str]]:
        """The lines of each changed file as it is now, as words are compared."""
        paths = {line.path for line in self.changed if line.line}
        return {path: [normalise(line) for line in _lines(bytes_of(self.after.source, path))] for path in paths}

    def causes(self, found: Group, old: Force, new: Force) -> list[Cause]:
        """Of the changed lines those that the words of a group's example come from; else those that say its words; else
        the first one in each file. `old`, `new`: the force of the example."""
        signs = {self._signed_by(self.before, old), self._signed_by(self.after, new)}
        changed = [line for line in self.changed if not line.path.startswith(_SIGNATORIES) or line.path in signs]
        lines = [line for line in changed if line.line]
        origins = {(origin.path, origin.line) for origin in self._origins(found, old, new)}
        exact = [line for line in lines if (line.path, line.line) in origins]
        saying = [line for line in lines if self._says(line, found)]
        others = [line for line in lines or changed if line.path != RECIPIENT]  # of which any may be
        first_of_each = {line.path: line for line in reversed(others or lines or changed)}
        return [self._named(line) for line in exact or saying or list(first_of_each.values())[::-1]]

    def _signed_by(self, side: Inputs, force: Force) -> str:
        """The file of who signs the letter to a force; empty where letter.yaml says all that is known of them."""
        outcome = force.letters.get(self.type_name)
        signed = side.types[self.type_name].signed(outcome) if outcome else side.types[self.type_name]
        return signed.signed_by.path if signed.signed_by else ""

    def _changed(self) -> Iterator[Cause]:
        letter_type = self.after.types[self.type_name]
        folders = (f"{letter_type.folder}/", f"{letter_type.letterhead_folder}/", _SIGNATORIES)
        for path in sorted(
            {path for side in (self.before, self.after) for path in side.source if _is_of(path, folders)}
        ):
            old, new = bytes_of(self.before.source, path), bytes_of(self.after.source, path)
            if old != new and path.endswith((".md", ".yaml")):
                steps = SequenceMatcher(None, _lines(old), _lines(new), autojunk=False).get_opcodes()
                for op, _, _, start, end in steps:
                    if op != "equal":
                        yield from (Cause(path, line + 1) for line in range(start, max(end, start + 1)))
            elif old != new:
                yield Cause(path)

    def _origins(self, found: Group, old: Force, new: Force) -> Iterator[Cause]:
        """The template lines and the lines of phrases that a group's example comes from, on both sides."""
        was, now = self._wordings
        sides = (self.after, now, new, Op.ADDED), (self.before, was, old, Op.REMOVED)
        for side, wording, force, own in sides:
            blocks = list(_traced(side.composer, side.types[self.type_name].of_letter(self.language), force))
            for example in (place for place in found.occurrences if place.key == found.letters[0]):
                text = "".join(text for op, text in example.pieces if op in (Op.SAME, own))
                for block in blocks:
                    if block.text in text.split(BREAK) or block.text == normalise(text):
                        for position in _positions(example.pieces, own):
                            yield from _at(block, position, wording)

    def _named(self, line: Cause) -> Cause:
        """A line of wording.yaml with the phrase that it is in, one of recipient.yaml with the fact."""
        if line.path == RECIPIENT:
            return replace(line, name=self._fact_at(line.line))
        wording = self._wordings[1]
        if wording is None or line.path != wording.path:
            return line
        starts = {mark[0] + 1: str(path[0]) for path, mark in wording.keys.items() if len(path) == 1}
        before = [start for start in starts if start <= line.line]
        return replace(line, name=starts[max(before)]) if before else line

    def _fact_at(self, line: int) -> str:
        """The fact that a line of recipient.yaml describes; empty where it describes none."""
        try:
            keys = load_yaml(self.after.source, RECIPIENT).keys
        except InvalidInput:
            return ""
        above = [(mark[0], path) for path, mark in keys.items() if mark[0] < line]
        _, path = max(above, default=(0, ()))
        return str(path[1]) if path[:1] == ("properties",) and len(path) > 1 else ""

    def _says(self, line: Cause, found: Group) -> bool:
        """Whether a changed line has words that the change added."""
        lines = self._lines_now[line.path]
        own = lines[line.line - 1] if line.line <= len(lines) else ""
        return any(
            op is Op.ADDED and normalise(text) and normalise(text) in own for op, text in found.occurrences[0].pieces
        )


def _at(block: TracedBlock, position: int, wording: Raw | None) -> Iterator[Cause]:
    """The template line that a position of a block comes from, and that of the phrase, if it is in one."""
    span = block.at(min(position, len(block.text) - 1))
    if span:
        yield Cause(span.path, span.line)
        if wording and (span.phrase, "text") in wording.values:
            yield Cause(wording.path, wording.place((span.phrase, "text")).line)


def _positions(pieces: Iterable[Piece], own: Op) -> Iterator[int]:
    """Where, in the text that has the pieces of `own`, a change begins."""
    at = 0
    for op, text in pieces:
        if op is not Op.SAME:
            yield at
        at += len(text) if op in (Op.SAME, own) else 0


def _traced(composer: Composer, letter_type: LetterType, force: Force) -> Iterable[TracedBlock]:
    """The blocks of a letter; of one in two languages together those of both."""
    editions = letter_type.editions if letter_type.together else (letter_type,)
    try:
        return [block for edition in editions for block in composer.trace(edition, force)]
    except InvalidInput:
        return ()


def bytes_of(source: Source, path: str) -> bytes:
    """A file, or nothing where there is none or it cannot be read."""
    try:
        return source[path]
    except (KeyError, Unreadable):
        return b""


def _is_of(path: str, folders: tuple[str, ...]) -> bool:
    return path.startswith(folders) or path == RECIPIENT


def _lines(data: bytes) -> list[str]:
    return data.decode("utf-8", "replace").splitlines()
