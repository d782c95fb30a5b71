"""Paragraphs of two versions made into paragraphs with tracked changes, word by word and character by character."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import groupby

from letters.letter import normalise
from letters.letter.compared import BREAK, Op, compare_texts
from letters.review.redlines.xml import (
    RELATION,
    Element,
    State,
    canonical,
    local,
    w,
)

_SAID = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "\u2011"}


@dataclass(frozen=True, eq=False, slots=True)
class Atom:
    """A character, or what stands in a line as one does: a picture, a page number; or, without `said`, the mark at the
    end of a paragraph. `said`: what must be the same for it not to have changed; `look`: how it is set."""

    said: Hashable
    text: str
    properties: Element | None
    look: bytes = b""
    link: str | None = None
    element: Element | None = None


@dataclass(frozen=True, eq=False)
class Line:
    """A paragraph of one version."""

    properties: Element | None
    atoms: tuple[Atom, ...]

    @cached_property
    def text(self) -> str:
        """Its words, as they are compared."""
        return normalise("".join(atom.text for atom in self.atoms))

    @cached_property
    def look(self) -> tuple[tuple[Hashable, bytes], ...]:
        """All that is said in it, and how it is set."""
        return tuple((atom.said, atom.look) for atom in self.atoms)

    @property
    def mark(self) -> Atom:
        """What ends it."""
        return Atom(None, "", self.properties, canonical(self.properties))


@dataclass(frozen=True, eq=False, slots=True)
class Step:
    """What became of one atom: on both sides, or on one."""

    state: State
    old: Atom | None
    new: Atom | None

    @property
    def atom(self) -> Atom:
        """The atom as it is now, or was."""
        found = self.new or self.old
        assert found
        return found


@dataclass(eq=False)
class Setting:
    """A paragraph with its changes: those of its text, of its mark, and what its properties were and are.

    `move`: the name that the two places of a moved paragraph share.
    """

    steps: list[Step]
    state: State
    old: Element | None
    new: Element | None
    move: str = ""

    @property
    def begins_with_new(self) -> bool:
        """Whether its first words are new here."""
        return bool(self.steps) and self.steps[0].old is None

    @property
    def ends_with_new(self) -> bool:
        """Whether its last words are new here, and the mark behind them is not."""
        return self.state is State.SAME and bool(self.steps) and self.steps[-1].old is None


def read_line(paragraph: Element) -> Line:
    """A paragraph as letters are rendered: runs, links, pictures and page numbers."""
    return Line(paragraph.find(w("pPr")), tuple(_atoms(paragraph, None)))


def _atoms(container: Element, link: str | None) -> Iterator[Atom]:
    for child in container:
        match local(child):
            case "r":
                yield from _atoms_of_run(child, link)
            case "hyperlink":
                yield from _atoms(child, child.get(RELATION))
            case "fldSimple":
                yield Atom((canonical(child), link), "", None, b"", link, child)
            case _:
                pass


def _atoms_of_run(run: Element, link: str | None) -> Iterator[Atom]:
    properties = run.find(w("rPr"))
    look = canonical(properties)
    for child in run:
        name = local(child)
        if name == "t":
            yield from (Atom((ch, link), ch, properties, look, link) for ch in child.text or "")
        elif name != "rPr":
            yield Atom((canonical(child), link), _SAID.get(name, ""), properties, look, link, child)


# -- what became of each atom


def whole(line: Line, state: State, move: str = "") -> Setting:
    """A paragraph that is on one side only, or at another place."""
    gone = state in (State.REMOVED, State.MOVED_AWAY)
    steps = [Step(state, atom, None) if gone else Step(state, None, atom) for atom in line.atoms]
    return Setting(steps, state, line.properties if gone else None, None if gone else line.properties, move)


def merged(old: Sequence[Line], new: Sequence[Line], known: tuple[str, ...]) -> Iterator[Setting]:
    """Paragraphs that are versions of one another, as paragraphs with changes. `known`: see `words.compare_texts`."""
    steps: list[Step] = []
    found = _gathered(_steps(old, new, known))
    for step in (*found, Step(State.SAME, old[-1].mark, new[-1].mark)):
        if step.atom.said is not None:
            steps.append(step)
            continue
        was, now = (mark.properties if mark else None for mark in (step.old, step.new))
        yield Setting(steps, step.state, was, now)
        steps = []


def _steps(old: Sequence[Line], new: Sequence[Line], known: tuple[str, ...]) -> Iterator[Step]:
    before, after = BREAK.join(line.text for line in old), BREAK.join(line.text for line in new)
    olds, news = _units(old), _units(new)
    if len(olds) != len(before) + 1 or len(news) != len(after) + 1:
        # Letters that Unicode writes in two ways: what is compared does not stand for the text one for one.
        yield from _aligned([atom for unit in olds for atom in unit], [atom for unit in news for atom in unit])
        return
    yield from _aligned(olds[0], news[0])
    a = b = 1
    for piece in compare_texts(before, after, known):
        size = len(piece.text)
        if piece.op is Op.SAME:
            for pair in zip(olds[a : a + size], news[b : b + size], strict=True):
                yield from _aligned(*pair)
        elif piece.op is Op.REMOVED:
            yield from (Step(State.REMOVED, atom, None) for unit in olds[a : a + size] for atom in unit)
        else:
            yield from (Step(State.ADDED, None, atom) for unit in news[b : b + size] for atom in unit)
        a += size if piece.op is not Op.ADDED else 0
        b += size if piece.op is not Op.REMOVED else 0


def _gathered(steps: Iterable[Step]) -> Iterator[Step]:
    """The same steps, between two that stay all that is removed before all that is added."""
    for stays, some in groupby(steps, key=lambda step: step.state is State.SAME or step.atom.said is None):
        run = list(some)
        yield from run if stays else sorted(run, key=lambda step: step.state is State.ADDED)


def _units(lines: Sequence[Line]) -> list[list[Atom]]:
    """The atoms of some paragraphs, marks between them, by the characters of their words; first what precedes those.

    What is not among the words (a picture, white space at an end) is with the character before it.
    """
    units: list[list[Atom]] = [[]]
    for number, line in enumerate(lines):
        if number:
            units.append([lines[number - 1].mark])
        begun, space = False, list[Atom]()
        for atom in line.atoms:
            if atom.text.strip():
                units += [*([space] if space else []), [atom]]
                begun, space = True, []
            elif begun and (atom.text or space):
                space.append(atom)
            else:
                units[-1].append(atom)
        units[-1] += space
    return units


def _aligned(old: list[Atom], new: list[Atom]) -> Iterator[Step]:
    was, now = [atom.said for atom in old], [atom.said for atom in new]
    if was == now:
        yield from (Step(State.SAME, a, b) for a, b in zip(old, new, strict=True))
        return
    for op, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if op == "equal":
            yield from (Step(State.SAME, x, y) for x, y in zip(old[a:b], new[c:d], strict=True))
        else:
            yield from (Step(State.REMOVED, atom, None) for atom in old[a:b])
            yield from (Step(State.ADDED, None, atom) for atom in new[c:d])
