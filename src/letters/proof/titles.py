"""Titles of answers that were changed in outcome.yaml: letters then say it in lines that nobody touched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from letters.letter import normalise
from letters.letter.compared import Op, Piece, compare_texts
from letters.problems import Place
from letters.proof.places import Places
from letters.workspace.fields import Field
from letters.workspace.model import LetterType

#: The words that were taken out and put in, whatever their capitals.
Words = tuple[tuple[Op, str], ...]


@dataclass(frozen=True)
class ChangedTitle:
    """A title of an answer that was changed: where it stands today, and it before and after in pieces."""

    place: Place
    pieces: tuple[Piece, ...]


def changed_titles(now: LetterType, was: LetterType, places: Places) -> Mapping[Words, ChangedTitle]:
    """The titles that are not what they were, by the words that this changes in a letter."""
    before = dict(_titles(was.outcome))
    found: dict[Words, ChangedTitle] = {}
    for answer, title in _titles(now.outcome):
        old = before.get(answer)
        if title and old and title != old and (place := _place(now, title, places)):
            pieces = tuple(piece for piece in compare_texts(normalise(old), normalise(title)) if piece.text)
            found.setdefault(words_of(pieces), ChangedTitle(place, pieces))
    return found


def words_of(pieces: Iterable[Piece]) -> Words:
    """The words of a change, from the first that is changed to the last."""
    said = [(piece.op, piece.text.strip().casefold()) for piece in pieces if piece.text.strip()]
    changed = [at for at, (op, _) in enumerate(said) if op is not Op.SAME]
    return tuple(said[changed[0] : changed[-1] + 1]) if changed else ()


def _place(letter_type: LetterType, title: str, places: Places) -> Place | None:
    path = f"{letter_type.folder}/outcome.yaml"
    ways = (way for way, text in places.texts(path) if text == title and str(way[-1]).startswith("title"))
    return next((places.value(path, way, title) for way in ways), None)


def _titles(field: Field, names: tuple[str, ...] = ()) -> Iterator[tuple[tuple[tuple[str, ...], str], str | None]]:
    """Each answer that is listed, by the names around it, with its title."""
    for one in field.each_kind():
        yield from (((names, repr(answer)), title) for answer, title in one.answers.items())
        for name, inner in one.fields.items():
            yield from _titles(inner, (*names, name))
        if one.item:
            yield from _titles(one.item, (*names, "-"))
