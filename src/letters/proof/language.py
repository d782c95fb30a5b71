"""What is wrong with a piece of English that nobody has read yet: small checks, each for one kind of slip.

A check takes the text of one block and gives where in it (a position) and what. The text is as composed: straight
quotation marks, single spaces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Slip:
    """One slip: its problem code, where it begins in the text, what it is, and what to do."""

    code: str
    at: int
    message: str
    hint: str


Check = Callable[[str], Iterator[Slip]]

#: Words that are rightly written twice.
_TWICE = {"that", "had", "bye", "no", "hear"}
_SINGULAR, _PLURAL = "this|that|it|he|she", "these|those|they|we"
_ENDS = ".?!:;"
_CLOSERS = "'\")]’”"


def doubled_word(text: str) -> Iterator[Slip]:
    """of of"""
    for match in re.finditer(r"\b([A-Za-z]+) \1\b", text, re.IGNORECASE):
        if match[1].lower() not in _TWICE:
            yield Slip("E402", match.start(), f"the word {match[1]!r} stands twice", "take one out")


def doubled_space(text: str) -> Iterator[Slip]:
    """two  spaces"""
    for match in re.finditer(r"(?<=\S)[  ]{2,}(?=\S)", text):
        yield Slip("E403", match.start(), "two spaces in a row", "take one out")


def space_before_punctuation(text: str) -> Iterator[Slip]:
    """a comma , so"""
    for match in re.finditer(r"(?<=\w) +([,.;:?!])(?!\d)", text):
        yield Slip("E404", match.start(), f"a space before {match[1]!r}", "take the space out")


def missing_end(text: str) -> Iterator[Slip]:
    """a sentence without its full stop"""
    if text.rstrip(_CLOSERS + " ")[-1:] not in tuple(_ENDS):
        yield Slip("E405", max(len(text) - 1, 0), "no punctuation at the end", "end it with a full stop")


def run_on(text: str, starts: Collection[str]) -> Iterator[Slip]:
    """a full stop missing between two sentences The second begins as others do. `starts`: first two words of each."""
    for match in re.finditer(r"(?<=[a-z]) (?=([A-Z]\w* \w+))", text):
        before = text[: match.start()].split()[-1]
        if match[1] in starts and before.islower():
            message = f"no full stop after {before!r}, though a sentence begins"
            yield Slip("E405", match.start(), message, "end the sentence before it")


def stranded(text: str) -> Iterator[Slip]:
    """a list word or comma with nothing to join: "A and .", ", ," """
    for match in re.finditer(r"\b(and|or|of|the|a) ?(?=[,.;:?!])", text):
        yield Slip("E406", match.start(), f"{match[1]!r} with nothing after it", "a phrase is missing here")
    for match in re.finditer(r"(?:,|;|\band\b|\bor\b) ?(?=,|;|\band (?:and|or)\b)", text):
        if match[0].strip() and re.match(r"[,;]", text[match.end() :]):
            yield Slip("E406", match.start(), f"{match[0].strip()!r} with nothing after it", "a phrase is missing here")
    for match in re.finditer(r"(?:^|(?<=[.?!] ))(?:[,;]|(?:or)\b)", text):
        yield Slip("E406", match.start(), f"a sentence begins with {match[0]!r}", "a phrase is missing here")


def agreement(text: str) -> Iterator[Slip]:
    """these has, this have, it were"""
    wrong = (
        (rf"\b({_PLURAL}) (has|was|is|does)\b", "plural"),
        (r"\b(these|this|those) (?:had|has|have) been (?:has|have)\b", "plural"),
        (r"\b(this|it|he|she) (have|were|are|do)\b", "singular"),
        (r"\bwas included and (these|those)\b", "singular"),
        (r"\bwere included and (this|that)\b", "plural"),
    )
    for pattern, number in wrong:
        for match in re.finditer(pattern, text, re.IGNORECASE):
            message = f"{match[0]!r}: singular and plural do not agree"
            yield Slip("E407", match.start(), message, f"the subject is {number}; mend `number:` or use `agree`")


def hole(text: str) -> Iterator[Slip]:
    """an empty sentence: ". ." """
    if not re.search(r"\w", text):
        yield Slip("E401", 0, "nothing is said here", "a branch or a phrase is missing")
    for match in re.finditer(r"[.?!] ?(?=[.?!;,])(?!\.\.)", text):
        if text[match.start() : match.start() + 3] != "...":
            yield Slip("E401", match.start(), "a sentence without words", "a branch or a phrase is missing")
    for match in re.finditer(r"(?:^|(?<=[.?!] ))([A-Z]\w*)\.(?= |$)", text):
        yield Slip("E401", match.start(), f"a sentence of one word: {match[1]!r}", "a branch or a phrase is missing")


def sentence_begins_small(text: str) -> Iterator[Slip]:
    """a sentence that begins with a small letter"""
    for match in re.finditer(r"(?:^|(?<=[a-z][.?!] ))([a-z]+)", text):
        yield Slip("E408", match.start(), f"a sentence begins with a small letter: {match[1]!r}", "write | capitalised")


#: The checks of running text, in the order in which they are reported.
CHECKS: tuple[Check, ...] = (
    hole,
    doubled_word,
    doubled_space,
    space_before_punctuation,
    missing_end,
    stranded,
    agreement,
    sentence_begins_small,
)


def slips(text: str) -> list[Slip]:
    """Every slip in one block of running text."""
    return sorted((slip for check in CHECKS for slip in check(text)), key=lambda slip: slip.at)
