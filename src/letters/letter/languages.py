"""The languages of runs: those of a part marked as another language, and two letters put into one file."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol, TypeVar

from letters.letter import Block, Heading, ItemList, Letter, Paragraph, Part, Picture, Quote, Run, Table

Runs = tuple[Run, ...]


def marked(part: Part, tag: str) -> Part:
    """The part, its words marked as the language `tag` where nothing else is said of them."""
    return _with_runs(part, lambda said: said if said.lang else replace(said, lang=tag))


def unmarked(part: Part, tag: str) -> Part:
    """The part of a letter in the language `tag`: what is marked as that language needs no mark."""
    own = tag.partition("-")[0]
    return _with_runs(part, lambda said: replace(said, lang=None) if _primary(said.lang) == own else said)


def together(first: Letter, second: Letter) -> Letter:
    """One letter that holds two, each whole; the second begins on a page of its own, marked as its language.

    Nothing is repeated on further pages: it would be that of the first letter above the words of the second.
    """
    head, *rest = (marked(part, second.language) for part in second.parts)
    parts = (*first.parts, replace(head, begins=second.language, foot=second.foot), *rest)
    return replace(
        first,
        title=" / ".join(dict.fromkeys((first.title, second.title))),
        parts=tuple(replace(part, every_page=False) for part in parts),
        values=tuple(dict((*first.values, *second.values)).items()),
    )


def _primary(tag: str | None) -> str:
    return (tag or "").partition("-")[0].lower()


Said = TypeVar("Said", Run, Picture)


class _Change(Protocol):
    """What is done to everything that is in a language: runs, and what pictures show."""

    def __call__(self, said: Said) -> Said:
        """What it becomes."""


def _with_runs(part: Part, change: _Change) -> Part:
    return replace(part, blocks=tuple(_block(block, change) for block in part.blocks))


def _block(block: Block, change_one: _Change) -> Block:
    def change(runs: Runs) -> Runs:
        return tuple(map(change_one, runs))

    match block:
        case Paragraph(runs) | Heading(_, runs):
            return replace(block, runs=change(runs))
        case Quote(blocks):
            return Quote(tuple(_block(inner, change_one) for inner in blocks))
        case ItemList(items):
            return replace(block, items=tuple(tuple(_block(inner, change_one) for inner in item) for item in items))
        case Table(header, rows):
            return replace(
                block, header=tuple(map(change, header)), rows=tuple(tuple(map(change, row)) for row in rows)
            )
        case Picture():
            return change_one(block)
