"""Words and commas that stand twice outside the body, where a value meets the words of the template around it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from letters.compose.trace import TracedBlock
from letters.letter import BODY
from letters.problems import Code, Place, Problem
from letters.proof.book import Book
from letters.proof.english_rules import doubled_word, doubled_words, stranded
from letters.proof.finding import Finding
from letters.proof.finding_problems import problem_of, words_around
from letters.proof.places import Places
from letters.workspace.accepted import Accepted


def met_words_problems(book: Book, places: Places, accepted: Accepted) -> Iterator[Problem]:
    """What stands twice in the address, the salutation, the copies … of today's letters, at what makes it so."""
    for slug, blocks in book.today.items():
        for block in blocks:
            for finding in _findings(block.text) if block.part != BODY else ():
                if is_met(block, finding) and not accepted.covers(block.text, finding.at, finding.end):
                    yield problem_of(finding, block.text, _place(book, block, finding, places, f"forces/{slug}.yaml"))


@lru_cache(maxsize=1024)
def _findings(text: str) -> tuple[Finding, ...]:
    return tuple(finding for check in (doubled_word, doubled_words, stranded) for finding in check(text))


def is_met(block: TracedBlock, finding: Finding) -> bool:
    """Whether a finding is one of those that are told here."""
    is_comma = finding.code == Code.MISSING_WORDS and block.text[finding.at] in ",;" and finding.end - finding.at > 1
    return block.part != BODY and (is_comma or finding.code == Code.DOUBLED_WORD)


def _place(book: Book, block: TracedBlock, finding: Finding, places: Places, file: str) -> Place:
    """Where one of the two stands: in the template both, or one in a value of the force's file or of letter.yaml."""
    typed = places.span(block.at(finding.at), block.text[finding.at : finding.end])
    if typed.column:
        return typed
    said = (words_around(block.text, finding), *_ends(block.text, finding))
    found = (
        places.in_force(path, words)
        for path in (file, f"{book.letter_type.folder}/letter.yaml")
        for words in said
        if words
    )
    return next((place for place in found if place), typed)


def _ends(text: str, finding: Finding) -> Iterator[str]:
    """The second of two that are alike, with the words behind it and with fewer of them; then the first so."""
    both = text[finding.at : finding.end]
    second = finding.end - len(both) // 2
    behind = text[second:].split()
    before = text[: finding.at + len(both) // 2].split()
    yield from (" ".join(behind[:number]) for number in range(len(behind), 0, -1))
    yield from (" ".join(before[-number:]) for number in range(len(before), 0, -1))
