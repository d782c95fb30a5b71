"""Every check of a book of wordings and of finished letters, as problems with a place in the templates and a hint."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from letters.compose import ADDED
from letters.compose.trace import Span, TracedBlock
from letters.model import Force, LetterType
from letters.problems import Place, Problem, Severity
from letters.proof.book import Book, Reading
from letters.proof.language import Slip, doubled_space, run_on, slips

#: The place of a line of a template, from its path and number.
LineAt = Callable[[str, int], Place]
#: The place of a phrase or a field, from its name.
KeyAt = Callable[[str], Place]

_RELATIVE = re.compile(
    r"\b(?:(?:this|last|next) (?:year|month|week|quarter|spring|summer|autumn|winter)|yesterday|tomorrow)\b",
    re.IGNORECASE,
)


def book_problems(book: Book, line_at: LineAt, phrase_at: KeyAt, field_at: KeyAt) -> list[Problem]:
    """All that is wrong with the wording of a letter type, whichever outcome shows it.

    `phrase_at`, `field_at`: the places of a phrase in wording.yaml and of a field in outcome.yaml.
    """
    return [
        *_language_problems(book, line_at),
        *_same_text(book, line_at, field_at),
        *_untold(book, field_at),
        *_two_phrases(book, line_at),
        *_dead_phrases(book, phrase_at),
        *_dead_branches(book, line_at),
        *_phrase_spaces(book.kind, phrase_at),
        *_relative_dates(book, phrase_at, line_at),
    ]


def letter_problems(
    kind: LetterType, force: Force, blocks: tuple[TracedBlock, ...], names: Iterable[str], line_at: LineAt, file: Place
) -> list[Problem]:
    """What is wrong with one finished letter that no outcome by itself shows. `names`: of all forces.

    `file`: the place of this letter in the force's file, for what comes from there.
    """
    return [
        *_other_forces(force, blocks, names, line_at, file),
        *_language_of_its_own(blocks, file),
        *_missing_names(kind, force, blocks, file),
        *_sender_signs(blocks, line_at),
        *_dated(kind, force, blocks, file),
    ]


# -- the language of every block


def _language_problems(book: Book, line_at: LineAt) -> Iterator[Problem]:
    blocks = {block.text: block for reading in book.readings for block in reading.blocks}
    running = [block for block in blocks.values() if block.running]
    starts = {_start(sentence.text) for block in running for sentence in block.sentences()}
    for block in running:
        for slip in (*slips(block.text), *run_on(block.text, starts)):
            yield _slip_problem(slip, block, line_at)


def _start(sentence: str) -> str:
    return " ".join(sentence.split()[:2])


def _slip_problem(slip: Slip, block: TracedBlock, line_at: LineAt) -> Problem:
    span = block.at(slip.at) or Span(0, 0, "templates", 0)
    around = block.text[max(slip.at - 30, 0) : slip.at + 30].strip()
    phrase = f"; phrase {span.phrase}" if span.phrase else ""
    message = f"{slip.message}: “…{around}…”{phrase}"
    return Problem(slip.code, message, line_at(span.path, span.line), slip.hint)


def _language_of_its_own(blocks: tuple[TracedBlock, ...], file: Place) -> Iterator[Problem]:
    """Slips in sentences that this letter adds or words differently; the standard ones are the book's."""
    for block in blocks:
        for sentence in block.sentences() if block.running else ():
            if any(span.phrase == ADDED for span in sentence.spans):
                for slip in slips(sentence.text):
                    yield Problem(slip.code, f"{slip.message}: “{sentence.text[:60]}”", file, slip.hint)


def template_spaces(path: str, text: str) -> Iterator[Problem]:
    """Two spaces in a template's own words: folded in the text rendition, but seen in Word and PDF."""
    for number, line in enumerate(text.split("\n"), 1):
        words = re.sub(r"\{[{%#].*?[}%#]\}", lambda tag: "x" * len(tag[0]), line)
        for slip in doubled_space(words):
            yield Problem(slip.code, slip.message, Place(path, number, slip.at + 1, line), slip.hint)


def _phrase_spaces(kind: LetterType, phrase_at: KeyAt) -> Iterator[Problem]:
    """Two spaces in a phrase: folded in every letter, so the letters cannot show them."""
    for key, phrase in kind.phrases.items():
        for slip in doubled_space(phrase.text):
            yield Problem(slip.code, f"{slip.message} in {key}", phrase_at(key), slip.hint)


# -- outcomes against one another


def _same_text(book: Book, line_at: LineAt, field_at: KeyAt) -> Iterator[Problem]:
    by_text: dict[str, list[Reading]] = defaultdict(list)
    for reading in book.readings:
        by_text[reading.text].append(reading)
    said: dict[tuple[str, Place], Problem] = {}
    for same in by_text.values():
        for other in same[1:]:
            field = next((key for key in book.kind.fields if same[0].answers.get(key) != other.answers.get(key)), "")
            problem = _one_text(field, same[0], other, line_at, field_at)
            said.setdefault((problem.message, problem.place), problem)
    yield from said.values()


def _one_text(field: str, one: Reading, other: Reading, line_at: LineAt, field_at: KeyAt) -> Problem:
    first, second = one.answers.get(field, "left out"), other.answers.get(field, "left out")
    message = f"the letter reads the same whether {field} is {first!r} or {second!r}"
    hint = "a finding that the letter does not tell: give each answer words of its own"
    spans = (span for block in one.blocks for span in block.spans)
    own = next((span for span in spans if span.phrase.split(".")[0] == field), None)
    return Problem("E409", message, line_at(own.path, own.line) if own else field_at(field), hint)


def _untold(book: Book, field_at: KeyAt) -> Iterator[Problem]:
    """An answer of which nothing is said, of a field that is told by phrases of its own (`field.use`)."""
    told = {key.split(".")[0] for key in book.kind.phrases if "." in key} & set(book.kind.fields)
    silent: dict[tuple[str, str], None] = {}
    for reading in book.readings:
        said = {span.phrase.split(".")[0] for block in reading.blocks for span in block.spans}
        for field in told - said:
            silent.setdefault((field, str(reading.answers.get(field))))
    for field, answer in sorted(silent):
        hint = "a finding that the letter does not tell: a branch of verdict.md is missing or never taken"
        yield Problem("E409", f"nothing is said of {field} when it is {answer!r}", field_at(field), hint)


def _two_phrases(book: Book, line_at: LineAt) -> Iterator[Problem]:
    """One answer of one field worded by two phrases in one frame, a frame being a sentence less its phrases."""
    seen: dict[tuple[str, str, str], dict[str, Span]] = defaultdict(dict)
    for reading in book.readings:
        for block in reading.blocks:
            for sentence in block.sentences() if block.running else ():
                frame = _frame(sentence)
                for span in sentence.spans:
                    field = span.phrase.split(".")[0]
                    if span.phrase and field in reading.answers:
                        key = (frame, field, str(reading.answers[field]))
                        seen[key].setdefault(span.phrase, span)
    for (_, field, answer), phrases in seen.items():
        if len(phrases) > 1:
            span = list(phrases.values())[-1]
            message = f"{field} {answer!r} is worded by two phrases in the same sentence: {', '.join(sorted(phrases))}"
            yield Problem("E410", message, line_at(span.path, span.line), "use one phrase for one finding")


def _frame(sentence: TracedBlock) -> str:
    pieces = ("{}" if span.phrase else sentence.text[span.start : span.end] for span in sentence.spans)
    return "".join(pieces)


# -- what nothing reaches


def _dead_phrases(book: Book, phrase_at: KeyAt) -> Iterator[Problem]:
    for key, numbers in book.phrase_numbers().items():
        if not numbers and not book.used.get(key) and not _is_common(book, key):
            hint = "take it out of wording.yaml, or use it in verdict.md"
            yield Problem("E411", f"no outcome reaches the phrase {key!r}", phrase_at(key), hint)


def _is_common(book: Book, key: str) -> bool:
    """Whether a phrase is in a block that every letter has, and so in no verdict's own blocks."""
    return any(span.phrase == key for reading in book.readings[:1] for block in reading.blocks for span in block.spans)


def _dead_branches(book: Book, line_at: LineAt) -> Iterator[Problem]:
    for branch in sorted(book.branches - book.reached - book.taken.keys()):
        hint = "take the branch out, or mend its condition"
        yield Problem("E412", "no outcome reaches this branch", line_at(branch.path, branch.line), hint)


# -- finished letters


def _other_forces(
    force: Force, blocks: tuple[TracedBlock, ...], names: Iterable[str], line_at: LineAt, file: Place
) -> Iterator[Problem]:
    others = sorted((name for name in names if name != force.name), key=len, reverse=True)
    if not others:
        return
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, others))})(?!\w)")
    for block in blocks:
        for match in pattern.finditer(block.text.replace(force.name, "*" * len(force.name))):
            span = block.at(match.start())
            message = f"names another force in the letter to {force.name}: {match[0]!r}"
            in_template = span and span.path and not _is_from_data(span, match[0], line_at)
            place = line_at(span.path, span.line) if span and in_template else file
            yield Problem("E413", message, place, "write {{ force.name }} in a template")


def _is_from_data(span: Span, name: str, line_at: LineAt) -> bool:
    """Whether a name came through `{{ }}` and not from the template's own line."""
    return name not in line_at(span.path, span.line).text


def _missing_names(kind: LetterType, force: Force, blocks: tuple[TracedBlock, ...], file: Place) -> Iterator[Problem]:
    """A name given for this letter alone that the letter does not say."""
    outcome = force.letters[kind.name]
    said = " ".join(block.text for block in blocks)
    for who in (outcome.chief_officer, outcome.local_policing_body):
        if who and who.name and who.name not in said:
            yield Problem("E414", f"the name {who.name!r} is given and stands nowhere in the letter", file)


def _sender_signs(blocks: tuple[TracedBlock, ...], line_at: LineAt) -> Iterator[Problem]:
    sender = next((block for block in blocks if block.part == "sender"), None)
    signatory = next((block for block in blocks if block.part == "signatory"), None)
    if sender and signatory and not sender.text.startswith(signatory.text):
        span = signatory.at(0) or Span(0, 0, "templates", 0)
        message = f"{signatory.text!r} signs, and the letter is from {sender.text!r}"
        yield Problem("E414", message, line_at(span.path, span.line), "use the same name in both parts")


# -- dates


def _relative_dates(book: Book, phrase_at: KeyAt, line_at: LineAt) -> Iterator[Problem]:
    """A relative date must say, in wording.yaml, in which year it is true, so that each letter can be held to it."""
    for key, phrase in book.kind.phrases.items():
        if (match := _RELATIVE.search(phrase.text)) and phrase.true_in is None:
            hint = "add `true_in: 2017`, the year in which it is so"
            yield Problem("E415", f"{match[0]!r} in {key}: nothing says which year is meant", phrase_at(key), hint)
    blocks = {block.text: block for reading in book.readings for block in reading.blocks}
    for block in blocks.values():
        for match in _RELATIVE.finditer(block.text):
            span = block.at(match.start())
            if span and not span.phrase:
                hint = "write the year, or make it a phrase with `true_in:` in wording.yaml"
                message = f"{match[0]!r}: nothing says which year is meant"
                yield Problem("E415", message, line_at(span.path, span.line), hint, Severity.WARNING)


def _dated(kind: LetterType, force: Force, blocks: tuple[TracedBlock, ...], file: Place) -> Iterator[Problem]:
    outcome = force.letters[kind.name]
    day = outcome.date or kind.date
    used = {span.phrase for block in blocks for span in block.spans}
    for key, phrase in kind.phrases.items():
        if key in used and key not in outcome.changed_wording and phrase.true_in and day and day.year != phrase.true_in:
            message = f"{key} says {phrase.text!r}, which is true in {phrase.true_in}; this letter is of {day.year}"
            yield Problem("E415", message, file, "word it differently for this letter under changed_wording")
