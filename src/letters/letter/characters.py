"""Which characters a letter may hold: those that the bundled fonts can draw, less those that nobody can see."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

#: Invisible, or turning the text around: soft hyphen, zero width, bidi controls, line and paragraph separators.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
)
_NAMELESS = {"Cc": "a control character", "Co": "a character of some program's own"}


@cache
def _refused() -> re.Pattern[str]:
    """Matches characters that no letter can hold. `characters.txt` lists what the fonts draw, as hex ranges."""
    lines = (files("letters.letter") / "characters.txt").read_text("ascii").split()
    ends = (line.partition("-") for line in lines)
    drawn = "".join(
        f"{chr(int(a, 16))}-{chr(int(b or a, 16))}".replace("\\", r"\\").replace("]", r"\]") for a, _, b in ends
    )
    return re.compile(rf"(?:[^{drawn}\t\n]|[{_INVISIBLE}])+")


def refused(text: str) -> list[tuple[int, str]]:
    """Position and description of each character of `text`, and each row of such, that no letter can hold.

    An accent that composes with its letter (NFC) counts as what they make together.
    """
    if text.isascii() and text.isprintable():
        return []
    return [(start, _describe(match[0])) for start, piece in _pieces(text) for match in _refused().finditer(piece)]


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """`text` as NFC makes it, with the position of each piece in `text`: all of it, or each letter with its accents."""
    if unicodedata.is_normalized("NFC", text):
        for match in _refused().finditer(text):
            yield match.start(), match[0]
        return
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not unicodedata.combining(text[end]):
            yield start, unicodedata.normalize("NFC", text[start:end])
            start = end


def _describe(row: str) -> str:
    ch = row[0]
    name = unicodedata.name(ch, _NAMELESS.get(unicodedata.category(ch), "no character yet")).lower()
    kind = "is invisible" if re.match(f"[{_INVISIBLE}]", ch) else "is not in the letters' font"
    seen = f"{ch!r} " if ch.isprintable() and kind != "is invisible" else ""
    more = f", nor can {len(row) - 1} more after it be printed" if len(row) > 1 else ""
    return f"{seen}U+{ord(ch):04X} ({name}) {kind}{more}"
