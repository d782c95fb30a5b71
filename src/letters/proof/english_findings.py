"""Faulty English in every possible letter: each mistake once, where it is to be mended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from letters.compose.trace import TracedBlock
from letters.letter import BODY
from letters.letter.sentences import sentence_starts
from letters.problems import Code, Problem, quoted
from letters.proof.book import Book
from letters.proof.book_text import phrase_stretches
from letters.proof.english_rules import ends_sentence, findings, findings_in_piece, goes_on, run_on
from letters.proof.enumerate import of_outcome
from letters.proof.finding import Finding
from letters.proof.finding_problems import problem_of, where_seen, words_around
from letters.proof.phrases import CAPITALISED, Misfits
from letters.proof.places import Places
from letters.workspace.accepted import Accepted
from letters.workspace.fields import Field
from letters.workspace.model import LetterType, Number

#: What has a number after the phrases that a sentence begins with: a verb, and a pronoun for them.
_AFTER_SUBJECT = (
    re.compile(r" (was|were|is|are|has|have)\b"),
    re.compile(r" (?:was|were) \w+ and (this|these|those|that) ha[ds]\b"),
)
#: A word that begins a sentence; names are not followed by such words as a rule.
_BEGINS = re.compile(r" ([A-Z][a-z]+) (?=[a-z]+\b)")
_OPEN_END = re.compile(r"\b(?:of|for|to|in|on|with|by|from|about|between|at|under|over|and|or|the|an?|as|than)$")
_TWICE_HINT = "take one out: the paragraph itself, or one {{ verdict(outcome) }} in letter.md"
#: So many characters are a paragraph that nobody writes twice.
_LONG = 40
_SINGULAR, _PLURAL = ("was", "is", "has", "this", "that"), ("were", "are", "have", "these", "those")


def book_findings(
    book: Book, foot: Iterable[TracedBlock], places: Places, accepted: Accepted, misfits: Misfits
) -> list[Problem]:
    """The findings of every possible letter that no phrase has by itself; one for each mistake in a template.

    `foot`: the lines of a letter's foot, which are not among its blocks.
    """
    found: dict[tuple[object, ...], Problem] = {}
    # Of a thousand letters most blocks are the same objects, which are sooner told apart than compared.
    seen = {(id(one[0]), *one[1:]): one for reading in book.readings for one in _in_context(reading.blocks)}
    texts = {*seen.values(), *((block, False, False) for block in foot)}
    running = [block for block, _, _ in texts if block.running]
    starts = {_first_two(sentence.text) for block in running for sentence in block.sentences}
    invented = invented_texts(book)
    # In order, for a set has none: the first example of a mistake is the same in every run.
    for block, begins, ends in sorted(texts, key=lambda item: (item[0].text, item[1:])):
        for finding in _findings_of(block, begins, ends, starts, book.letter_type):
            if misfits.explain(block, finding) or _is_invented(block.text, finding, invented):
                continue
            if not accepted.covers(block.text, finding.at, finding.end):
                key, problem = _of_template(finding, block, places)
                said = block.text[finding.at : finding.end]
                if block.part == BODY or problem.place.column or said in problem.place.text:  # names are no English
                    found.setdefault(key, problem)
    return [*found.values(), *_said_twice(book, places)]


def _said_twice(book: Book, places: Places) -> Iterator[Problem]:
    """The first paragraph that stands twice in a letter."""
    for reading in book.readings:
        texts = Counter(block.text for block in reading.blocks if block.running and len(block.text) >= _LONG)
        for text in (text for text, count in texts.items() if count > 1):
            span = [block for block in reading.blocks if block.text == text][-1].at(0)
            place, message = places.span(span), f"a paragraph stands twice in the letter: {quoted(text)}"
            yield Problem(Code.SAID_TWICE, message, place, _TWICE_HINT)
            return


def _of_template(finding: Finding, block: TracedBlock, places: Places) -> tuple[tuple[object, ...], Problem]:
    """A finding as a problem of a template, and by what it is the same mistake as in other letters."""
    span = block.at(where_seen(block.text, finding))
    words = words_around(block.text, finding)
    place = places.span(span, words)
    if place.column:  # the template's own words, wherever they come out
        return (finding.code, place), problem_of(finding, block.text, place)
    phrase = f"; phrase {span.phrase}" if span and span.phrase else ""
    return (finding.code, place.path, place.line), problem_of(finding, block.text, place, phrase)


def _in_context(blocks: Iterable[TracedBlock]) -> Iterator[tuple[TracedBlock, bool, bool]]:
    """Each block, and whether a sentence begins and ends with it: in the body one may run over a list or quotation."""
    blocks = list(blocks)
    yield from ((block, False, False) for block in blocks if block.part != BODY and not block.running)
    body = [block for block in blocks if block.part == BODY or block.running]
    for before, block, after in zip([None, *body], body, [*body[1:], None], strict=False):
        is_within = before and (before.running or goes_on(before.text)) and not ends_sentence(before.text)
        begins = not (is_within and goes_on(block.text))
        ends = not (after and goes_on(after.text) and not ends_sentence(block.text))
        yield block, begins, ends


def _findings_of(
    block: TracedBlock, begins: bool, ends: bool, starts: set[str], letter_type: LetterType
) -> Iterator[Finding]:
    if not block.running:
        yield from findings_in_piece(block.text)
        return
    yield from findings(block.text, begins=begins, ends=ends)
    yield from run_on(block.text, starts)
    yield from _run_on_behind_phrases(block)
    yield from _wrong_numbers(block, letter_type)


def _run_on_behind_phrases(block: TracedBlock) -> Iterator[Finding]:
    """A sentence that begins right behind a phrase, with no full stop between them."""
    for _, end, _ in phrase_stretches(block):
        match = _BEGINS.match(block.text, end)
        if match and match[1].lower() not in CAPITALISED and not _OPEN_END.search(block.text[:end]):
            before = block.text[:end].split()[-1]
            message = f"no full stop after {before!r}, though a sentence begins"
            yield Finding(Code.MISSING_END, end, message, "end the sentence before it", match.end())


def _wrong_numbers(block: TracedBlock, letter_type: LetterType) -> Iterator[Finding]:
    """A verb, or a "this", that does not agree with the phrases that a sentence begins with."""
    stretches = [one for one in phrase_stretches(block) if one[2] in letter_type.phrases]
    for start in (0, *sentence_starts(block.text)):
        subject = _subject(block.text, start, stretches)
        if not subject:
            continue
        end = subject[-1][1]
        number = letter_type.phrases[subject[0][2]].number if len(subject) == 1 else Number.PLURAL
        wrong = _PLURAL if number is Number.SINGULAR else _SINGULAR
        for pattern in _AFTER_SUBJECT:
            match = pattern.match(block.text, end)
            if match and match[1] in wrong:
                message = f"{match[1]!r} after {number.value} words: singular and plural do not agree"
                yield Finding(
                    Code.DISAGREEMENT,
                    match.start(1),
                    message,
                    "mend `number:` in wording.yaml or use `agree`",
                    match.end(1),
                )


def _subject(text: str, start: int, stretches: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The phrases from `start` on with nothing between them but commas and "and"."""
    found = [one for one in stretches if one[0] == start]
    for one, following in pairwise(stretches):
        if found and found[-1] == one and text[one[1] : following[0]] in (", ", " and "):
            found.append(following)
    return found


def _first_two(sentence: str) -> str:
    return " ".join(sentence.split()[:2])


def invented_texts(book: Book) -> set[str]:
    """The texts that stand for open answers, which nobody wrote: a finding in them is none."""
    found: set[str] = set()
    for answers in book.enumeration.outcomes[:100]:
        found.update(_invented(of_outcome(answers), book.letter_type.outcome))
    return found | set(book.recipients.invented())


def _invented(value: object, field: Field) -> Iterator[str]:
    if isinstance(value, str) and not field.is_answer(value):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _invented(inner, field.at((key,)))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _invented(inner, field.at((number,)))


def _is_invented(text: str, finding: Finding, invented: set[str]) -> bool:
    for said in invented:
        at = text.find(said)
        while said and at >= 0:
            if at < finding.end and finding.at < at + len(said):
                return True
            at = text.find(said, at + 1)
    return False
