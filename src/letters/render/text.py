"""A letter as plain text: its blocks, an empty line between them, as they are compared."""

from __future__ import annotations

from collections.abc import Iterator

from letters.letter import Block, HouseStyle, ItemList, Letter, Quote, block_texts

#: What begins a line that is no plain paragraph, which never begins with a space.
_QUOTE = "    "
_ITEM = "  {} "


def render(letter: Letter, style: HouseStyle) -> bytes:  # noqa: ARG001 - one signature for every format
    """The letter in UTF-8. The stage, if it must be said, stands first in square brackets."""
    blocks = [f"[{letter.stage_mark}]"] if letter.stage_mark else []
    blocks += (text for part in letter.parts for block in part.blocks for text in _texts(block))
    return ("\n\n".join(blocks) + "\n").encode()


def _texts(block: Block, indent: str = "") -> Iterator[str]:
    match block:
        case Quote(blocks):
            for inner in blocks:
                yield from _texts(inner, indent + _QUOTE)
        case ItemList(items, ordered, start):
            for number, item in enumerate(items, start):
                marker = _ITEM.format(f"{number}." if ordered else "•")
                texts = [text for inner in item for text in _texts(inner)]
                yield indent + marker + "".join(texts[:1])
                yield from (indent + " " * len(marker) + text for text in texts[1:])
        case _:
            yield from (indent + text for text in block_texts(block))
