"""Signs of Markdown in phrases, in which each is printed as it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters.letter.markdown import lone_signs
from letters.proof.finding import Finding


def phrase_signs(text: str) -> Iterator[Finding]:
    """The first star or underscore of a phrase, in which each sign is printed as it was typed, that stands alone."""
    for found in lone_signs(re.sub(r"[\\`\[\]<>&]", "0", text)):
        at = text.find(found.around) + found.around.find(found.needle)
        hint = "take it out: in a phrase signs are printed as they stand"
        yield Finding(found.code, max(at, 0), found.message, hint)
