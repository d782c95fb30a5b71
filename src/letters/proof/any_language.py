"""What is wrong with a piece of text in whatever language it is: blanks, marks, holes, a sentence without its stop."""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters.problems import Code
from letters.proof.english_rules import ADDRESS, missing_end
from letters.proof.finding import Check, Finding
from letters.proof.spaces import doubled_space, space_before_punctuation

_MISSING = "a branch or a phrase is missing"


def hole(text: str) -> Iterator[Finding]:
    """nothing, ". .", ", ,", or a comma at the beginning"""
    if not re.search(r"\w", text):
        yield Finding(Code.NOTHING_SAID, 0, "nothing is said here", _MISSING, len(text))
        return
    for match in re.finditer(r"(?<![.…\d])[.?!] [.?!;,](?! ?[.])", text):
        yield Finding(Code.NOTHING_SAID, match.start(), "a sentence without words", _MISSING, match.end())
    for match in re.finditer(r"[,;] ?[,;]|^[,;]", text):
        message = f"{match[0][0]!r} with nothing {'before' if match.start() == 0 else 'after'} it"
        yield Finding(Code.MISSING_WORDS, match.start(), message, "a phrase is missing here", match.end())


def missing_space(text: str) -> Iterator[Finding]:
    """a comma,so or a stop.So"""
    for match in re.finditer(r"(?<=[^\W\d_]{2})(?:([,;])(?=[^\W\d_]{2})|([.?!])(?=[A-ZÂÊÎÔÛŴŶ][^\W\d_]))", text):
        mark = match[0]
        hint = "put a space after it"
        yield Finding(Code.MISSING_SPACE, match.start(), f"no space after {mark!r}", hint, match.end() + 1)


#: The checks of any text, and those of running text besides.
_OF_PIECES: tuple[Check, ...] = (hole, doubled_space, space_before_punctuation, missing_space)
_OF_SENTENCES: tuple[Check, ...] = (*_OF_PIECES, missing_end)


def findings(text: str, *, running: bool) -> list[Finding]:
    """Every finding in a text. `running`: whether it is made of whole sentences."""
    masked = ADDRESS.sub(lambda match: "X" + "0" * (len(match[0]) - 1), text)
    checks = _OF_SENTENCES if running else _OF_PIECES
    said = (finding for check in checks for finding in check(text if check is missing_end else masked))
    return sorted(said, key=lambda finding: finding.at)
