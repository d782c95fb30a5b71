"""A finding of English as a problem: the words around it, where they stand, and how to mend or accept them."""

from __future__ import annotations

from letters.problems import Code, Place, Problem
from letters.proof.finding import Finding
from letters.workspace.accepted import OR_ACCEPT

#: How much of a text is shown on both sides, in characters.
_AROUND = 30


def problem_of(finding: Finding, text: str, place: Place, about: str = "") -> Problem:
    """A finding as a problem: the words around it, and how to mend or accept it."""
    some = text[max(finding.at - _AROUND, 0) : max(finding.at + _AROUND, finding.end)].strip()
    before = "…" if finding.at > _AROUND else ""
    after = "…" if len(text) > max(finding.at + _AROUND, finding.end) else ""
    return Problem(
        finding.code, f"{finding.message}: “{before}{some}{after}”{about}", place, f"{finding.hint}; {OR_ACCEPT}"
    )


def where_seen(text: str, finding: Finding) -> int:
    """Where in a text the mark or word stands that a finding is seen by: of a space too much the mark behind it."""
    said = text[finding.at : finding.end]
    mark = said.lstrip()
    return finding.at if mark[:1].isalnum() else finding.at + len(said) - len(mark)


def words_around(text: str, finding: Finding) -> str:
    """The whole words that a finding is in, and the one before a mark; of a missing end the last three."""
    if finding.code == Code.MISSING_END:
        return " ".join(text[: finding.end].split()[-3:])
    at = finding.at if text[finding.at : finding.at + 1].isalnum() else len(text[: finding.at].rstrip())
    start = max(text.rfind(" ", 0, at), -1) + 1
    end = text.find(" ", finding.end)
    return text[start : end if end >= 0 else None]
