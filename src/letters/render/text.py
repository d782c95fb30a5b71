"""A letter as plain text: its blocks with an empty line between them, all that a reader needs, and nothing lost.

What the text adds to the words – numbers, targets of links, what a picture shows – can be told from them, so that the
file can be read back: a target and a picture by a no-break space, a number by the usual one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from urllib.parse import quote, unquote

from letters.letter import (
    MASTHEAD,
    SIGNATURE,
    Block,
    Heading,
    HouseStyle,
    ItemList,
    Letter,
    Paragraph,
    Part,
    Picture,
    Quote,
    Run,
    Table,
)
from letters.render.text_table import set_table

#: The line above a second letter in one file.
SECOND = "=" * 60
#: What begins a line that is no plain paragraph, which never begins with a space.
_QUOTE = "    "
_ITEM = "  {} "
#: What could be taken for the number of an item, where it is indented.
_LIKE_A_LABEL = re.compile(r"(•|\d+\.) ")
#: What could be taken for the target of a link, or for what a picture shows.
_LIKE_AN_ADDITION = re.compile(r"\u00a0(?=\()|(?<=^\[Picture:)\u00a0")
#: An address whose brackets end what they began.
_PAIRED = re.compile(r"(?:[^()]|\([^()]*\))*")
#: Stands for a target while the words around it are looked at.
_TARGET = "\0"


def render(letter: Letter, style: HouseStyle) -> bytes:  # noqa: ARG001 - one signature for every format
    """The letter in UTF-8. The stage, if it must be said, stands first in square brackets."""
    blocks = [f"[{letter.stage_mark}]"] if letter.stage_mark else []
    for part in letter.parts:
        blocks += [SECOND] if part.begins else []
        blocks += _part(part)
    return ("\n\n".join(block for block in blocks if block.strip()) + "\n").encode()


def _part(part: Part) -> Iterator[str]:
    # The pictures of a letterhead and a signature show what its words say too.
    shown = part.name not in (MASTHEAD, SIGNATURE)
    for block in part.blocks:
        if shown or not isinstance(block, Picture):
            yield from _texts(block)


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(runs) | Heading(_, runs):
            text = words(runs)
            # Behind such a space, which nobody sees, it begins no row of a table.
            yield f"\u00a0{text}" if text.startswith("|") else text
        case Quote(blocks):
            for inner in blocks:
                yield from (_indented(text, _QUOTE) for text in _texts(inner))
        case ItemList():
            yield from _list(block)
        case Table():
            yield set_table(block, words)
        case Picture(alt=alt):
            yield f"[Picture:\u00a0{' '.join(alt.split())}]"


def _list(block: ItemList) -> Iterator[str]:
    for number, item in enumerate(block.items, block.start):
        label = _ITEM.format(f"{number}." if block.ordered else "•")
        first, *others = [text for inner in _bare(item) for text in _texts(inner)] or [""]
        if "\n" in first:  # a table begins below the number
            first, others = "", [first, *others]
        if isinstance(item[0], Quote) and not _begins_with_list(item[0]):
            first = first.lstrip(" ")
        yield (label + _protected(first)).rstrip(" ")
        yield from (_indented(text, " " * len(label)) for text in others)


def _begins_with_list(block: Block) -> bool:
    """Whether a label is the first thing in a block: it is told from words by the indent in front of it."""
    match block:
        case Quote(blocks):
            return bool(blocks) and _begins_with_list(blocks[0])
        case _:
            return isinstance(block, ItemList)


def _bare(item: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks of an item; a quote that is all of it needs no indent to tell it from others."""
    match item:
        case (Quote(blocks),):
            return blocks
        case _:
            return item


def _indented(text: str, indent: str) -> str:
    return "\n".join(indent + line for line in _protected(text).split("\n"))


def _protected(text: str) -> str:
    """Words that look like the number of an item made such that nobody takes them for one; a real one is indented."""
    return _LIKE_A_LABEL.sub("\\1\u00a0", text, count=1) if _LIKE_A_LABEL.match(text) else text


def words(runs: tuple[Run, ...]) -> str:
    """Some words in one line, each link followed by its target, unless that is what the words say."""
    said, targets = "", []
    for target, linked in groupby(runs, key=lambda run: run.href):
        text = "".join(run.text for run in linked)
        said += text
        if target and (shown := _shown(target, text)):
            said += _TARGET
            targets.append(f"\u00a0({shown})")
    said = _LIKE_AN_ADDITION.sub(" ", re.sub(r"[ \t\n]+", " ", said))
    pieces = said.split(_TARGET)
    return "".join(piece + target for piece, target in zip(pieces, [*targets, ""], strict=True))


def _shown(target: str, text: str) -> str:
    """The address to show behind the words of a link; none if they are the address."""
    address = _readable(target)
    bare = re.sub(r"^(?:https?://|mailto:)|/$", "", address, flags=re.IGNORECASE)
    if bare in text or unquote(bare) in text or bare in _readable(text):
        return ""
    is_mail = target.lower().startswith("mailto:")
    return bare if is_mail and re.fullmatch(r"[^\s()?]+@[^\s()?]+", bare) else address


def _readable(address: str) -> str:
    """An address as people type it: with é for %C3%A9 or what stands for é in the name of a server; brackets only in
    pairs, and no blanks, by which its end can be told."""
    address = re.sub(r"(?<=[/@.])xn--[a-z0-9-]+", _typed_name, address)
    address = re.sub(r"(?:%[89A-Fa-f][0-9A-Fa-f])+", _typed_letters, address)
    hard = r"\s" if _PAIRED.fullmatch(address) else r"[\s()]"
    return re.sub(hard, lambda found: quote(found[0]), address)


def _typed_name(found: re.Match[str]) -> str:
    try:
        return found[0].encode().decode("idna")
    except UnicodeError:
        return found[0]


def _typed_letters(found: re.Match[str]) -> str:
    letters = unquote(found[0], errors="replace")
    return letters if letters.isprintable() and "\ufffd" not in letters else found[0]
