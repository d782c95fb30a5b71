"""A slip of English as a problem: the words around it, where they stand, and how to mend or accept them."""

from __future__ import annotations

from letters.problems import Code, Place, Problem
from letters.proof.accepted import OR_ACCEPT
from letters.proof.slip import Slip

#: How much of a text is shown on both sides, in characters.
_AROUND = 30


def problem_of(slip: Slip, text: str, place: Place, about: str = "") -> Problem:
    """A slip as a problem: the words around it, and how to mend or accept it."""
    some = text[max(slip.at - _AROUND, 0) : max(slip.at + _AROUND, slip.end)].strip()
    before = "…" if slip.at > _AROUND else ""
    after = "…" if len(text) > max(slip.at + _AROUND, slip.end) else ""
    return Problem(slip.code, f"{slip.message}: “{before}{some}{after}”{about}", place, f"{slip.hint}; {OR_ACCEPT}")


def where_seen(text: str, slip: Slip) -> int:
    """Where in a text the mark or word stands that a slip is seen by: of a space too much the mark behind it."""
    said = text[slip.at : slip.end]
    mark = said.lstrip()
    return slip.at if mark[:1].isalnum() else slip.at + len(said) - len(mark)


def words_around(text: str, slip: Slip) -> str:
    """The whole words that a slip is in, and the one before a mark; of a missing end the last three."""
    if slip.code == Code.MISSING_END:
        return " ".join(text[: slip.end].split()[-3:])
    at = slip.at if text[slip.at : slip.at + 1].isalnum() else len(text[: slip.at].rstrip())
    start = max(text.rfind(" ", 0, at), -1) + 1
    end = text.find(" ", slip.end)
    return text[start : end if end >= 0 else None]
