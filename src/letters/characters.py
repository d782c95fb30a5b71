"""Which characters a letter may hold: those that the bundled fonts can draw, less those that nobody can see."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

#: Invisible, or turning the text around: soft hyphen, zero width, bidi controls, line and paragraph separators.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
)


@cache
def _refused() -> re.Pattern[str]:
    """Matches one character that no letter can hold. `characters.txt` lists what the fonts draw, as hex ranges."""
    lines = (files("letters") / "fonts" / "characters.txt").read_text("ascii").split()
    ends = (line.partition("-") for line in lines)
    drawn = "".join(
        f"{chr(int(a, 16))}-{chr(int(b or a, 16))}".replace("\\", r"\\").replace("]", r"\]") for a, _, b in ends
    )
    return re.compile(rf"[^{drawn}\t\r\n]|[{_INVISIBLE}]")


def refused(text: str) -> list[tuple[int, str]]:
    """Position and description of each character of `text` that no letter can hold."""
    return [(match.start(), _describe(match[0])) for match in _refused().finditer(unicodedata.normalize("NFC", text))]


def _describe(ch: str) -> str:
    name = unicodedata.name(ch, "a control character").lower()
    kind = "is invisible" if re.match(f"[{_INVISIBLE}]", ch) else "is not in the letters' font"
    seen = f"{ch!r} " if ch.isprintable() and kind != "is invisible" else ""
    return f"{seen}U+{ord(ch):04X} ({name}) {kind}"
