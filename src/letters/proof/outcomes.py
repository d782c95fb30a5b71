"""What is wrong with the outcomes of a letter type: two that read alike, one that nothing tells, what none reaches."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping

from letters.compose.english import join
from letters.compose.trace import Span, TracedBlock
from letters.problems import Code, Place, Problem, Severity
from letters.proof.apart import Answers
from letters.proof.book import Book, Reading
from letters.proof.enumerate import of_outcome
from letters.proof.places import Places
from letters.proof.samples import wrong_examples
from letters.workspace.fields import spelt
from letters.workspace.raw import KeyPath


def outcome_problems(book: Book, places: Places, *, is_hole: bool) -> list[Problem]:
    """What is wrong with the outcomes of a letter type against one another, and what none of them reaches.

    `is_hole`: whether a sentence is known to lack a phrase. One mistake often shows in several ways; only the way
    that leads to it is told.
    """
    if not book.readings:
        return []  # of what could not be composed nothing is known
    if book.enumeration.failed:
        return list(_two_phrases(book, places))  # what could not be composed may tell or reach all the rest
    silent = _silent(book)
    never = {field for field, answers in silent.items() if len(answers) > 1 and answers == _answers_of(book, field)}
    is_lacking = bool(book.enumeration.lacking)  # which is told, and what is not reached may come of it
    dead = [] if never or is_lacking else list(_dead_branches(book, places))
    untold = [] if is_hole or (dead and not never) else list(_untold(silent, never, places))
    explained = set(silent) if untold or dead or is_hole else set()
    return [
        *_same_text(book, places, silent),
        *untold,
        *_two_phrases(book, places),
        *(() if is_lacking else _dead_phrases(book, places, explained)),
        *dead,
        *_unread_branches(book, places),
    ]


def schema_problems(book: Book, places: Places) -> Iterator[Problem]:
    """Why outcome.yaml gives no outcome, or none with some field, that could be composed and read."""
    outcome, lacking = book.letter_type.outcome, book.enumeration.lacking
    for field in lacking:
        message = f"nothing is known that fits {field.name!r}, so no letter with it was proved"
        hint = 'add a line `examples: ["…"]` below it, with a value that somebody might write'
        yield Problem(Code.NO_EXAMPLE, message, places.described(field), hint)
    for field in outcome.every():
        for example in wrong_examples(book.letter_type.schema, field):
            hint = "mend the example, or what the field allows"
            message = f"{example!r} is an example for {field.name!r}, and is not allowed there"
            yield Problem(Code.WRONG_EXAMPLE, message, places.described(field), hint)
    if not book.enumeration.outcomes and not book.enumeration.failed and not lacking:
        yield _no_outcome(book, places)


def _no_outcome(book: Book, places: Places) -> Problem:
    """That there is no outcome at all, where rules may forbid all, or something else does."""
    place = places.rules()
    if book.letter_type.schema.get("allOf"):
        hint = (
            "look for rules that forbid together what is left, or add `examples:` to open fields that rules ask about"
        )
        return Problem(
            Code.NO_OUTCOME, "no outcome is known that fits all of the rules, so no letter was proved", place, hint
        )
    hint = "look at what the fields say beside their answers, and at `minProperties` and the like"
    return Problem(Code.TYPE_WITHOUT_OUTCOME, "this letter type has no outcome, so no letter was proved", place, hint)


# -- outcomes against one another


def _same_text(book: Book, places: Places, silent: Mapping[str, set[str]]) -> Iterator[Problem]:
    by_text: dict[str, list[Reading]] = defaultdict(list)
    for reading in book.readings:
        by_text[reading.text].append(reading)
    alike: dict[str, set[str]] = defaultdict(set)
    said: dict[tuple[str, Place], Problem] = {}
    for same in by_text.values():
        for other in same[1:]:
            one, two = (book.compared.less(_own(book, reading)) for reading in (same[0], other))
            fields = [key for key in book.letter_type.fields if _differ(key, one, two)]
            if not fields and same[0].answers != other.answers:
                continue  # but for numbers or dates, of which a template says what it likes
            said_of = [(key, _said(key, one.answers)) for key in fields for one in (same[0], other)]
            told_already = any(answer in silent.get(key, ()) for key, answer in said_of)
            both = {_said(fields[0], one.answers) for one in (same[0], other)} if fields else set()
            if both <= alike[fields[0] if fields else ""]:
                continue
            if book.recipients.fields and _is_told_to_others(fields[0], same[0], other, book):
                alike[fields[0]] |= both
                continue
            if not told_already and not _is_told_elsewhere(fields[0], same[0], other, book):
                alike[fields[0]] |= both
                problem = _one_text(fields[0], same[0], other, places)
                said.setdefault((problem.message, problem.place), problem)
    yield from said.values()


def _own(book: Book, reading: Reading) -> Answers:
    """The answers of a reading less what is written for letters in another language."""
    own = book.letter_type.outcome.in_language(reading.answers, book.letter_type.language)
    assert isinstance(own, dict)
    return own


def _is_told_to_others(field: str, one: Reading, other: Reading, book: Book) -> bool:
    """Whether a letter to another recipient, the same in all else, does not read the same."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    answers = [repr(reading.answers.get(field)) for reading in (one, other)]
    rest = [_less(of_outcome(reading.answers), (field,)) for reading in (one, other)]
    for reading in book.readings:
        own = repr(reading.answers.get(field))
        if own in answers and _less(of_outcome(reading.answers), (field,)) in rest:
            found[repr(_less(reading.answers, (field,)))][own] = reading.text
    return any(len(set(said.values())) > 1 for said in found.values())


def _differ(field: str, one: Answers, other: Answers) -> bool:
    """Whether two answers say different things: that something is false, and nothing of it, are the same."""
    return _less_nothing(one.get(field)) != _less_nothing(other.get(field))


def _less_nothing(value: object) -> object:
    """A value less what is false or empty in it."""
    if isinstance(value, Mapping):
        return {key: kept for key, inner in value.items() if (kept := _less_nothing(inner)) is not None}
    if isinstance(value, list):
        return [_less_nothing(inner) for inner in value]
    return None if value is False else value


def _is_told_elsewhere(field: str, one: Reading, other: Reading, book: Book) -> bool:
    """Whether an answer that may be left out is told in other letters: it may matter only beside other answers."""
    first, second = ({field: answers[field]} if field in answers else {} for answers in (one.answers, other.answers))
    differing = list(_differing(first, second))
    if not all(is_left_out for _, is_left_out in differing):
        return False
    texts: dict[str, set[str]] = defaultdict(set)
    for reading in book.readings:
        rest: object = reading.answers
        for way, _ in differing:
            rest = _less(rest, way)
        texts[repr(rest)].add(reading.text)
    return any(len(said) > 1 for said in texts.values())


def _differing(one: object, other: object, way: KeyPath = ()) -> Iterator[tuple[KeyPath, bool]]:
    """The ways to what is different in two values, and whether it is left out of one of them."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for key in {**one, **other}:
            if key in one and key in other:
                yield from _differing(one[key], other[key], (*way, key))
            else:
                yield (*way, key), True
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (inner, others) in enumerate(zip(one, other, strict=True)):
            yield from _differing(inner, others, (*way, number))
    elif one != other:
        yield way, False


def _less(value: object, way: KeyPath) -> object:
    """A value without what is at `way` in it, in one order."""
    if isinstance(value, Mapping):
        kept = {key: inner for key, inner in value.items() if way != (key,)}
        return {key: _less(kept[key], way[1:]) if way[:1] == (key,) else kept[key] for key in sorted(kept)}
    if isinstance(value, list):
        return [_less(inner, way[1:]) if way[:1] == (number,) else inner for number, inner in enumerate(value)]
    return value


def _said(field: str, answers: Answers) -> str:
    return spelt(answers[field]) if field in answers else "left out"


def _one_text(field: str, one: Reading, other: Reading, places: Places) -> Problem:
    first, second = (
        repr(said) if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
        for said in (one.answers.get(field, "left out"), other.answers.get(field, "left out"))
    )
    message = f"the letter reads the same whether {field} is {first} or {second}"
    hint = "a finding that the letter does not tell: give each answer words of its own"
    spans = (span for block in one.blocks for span in block.spans)
    own = next((span for span in spans if span.phrase.split(".")[0] == field), None)
    return Problem(Code.UNTOLD_FINDING, message, places.line(own.path, own.line) if own else places.field(field), hint)


def _untold(silent: Mapping[str, set[str]], never: set[str], places: Places) -> Iterator[Problem]:
    """A problem for each field of which nothing is ever said, and for each answer that is left out of the others."""
    for field in sorted(never):
        hint = "a finding that the letter does not tell: verdict.md has no place for it"
        yield Problem(Code.UNTOLD_FINDING, f"nothing is ever said of {field}", places.field(field), hint)
    by_answer: dict[str, list[str]] = defaultdict(list)
    for field in sorted(silent.keys() - never):
        for answer in sorted(silent[field]):
            by_answer[answer].append(field)
    for answer, fields in by_answer.items():
        hint = "a finding that the letter does not tell: a branch of verdict.md is missing or never taken"
        message = f"nothing is said of {join(fields, 'or')} when it is {answer!r}"
        yield Problem(Code.UNTOLD_FINDING, message, places.field(fields[0]), hint)


def _silent(book: Book) -> dict[str, set[str]]:
    """By field the answers of which nothing is said; of fields that are told by phrases of their own (`field.use`).

    Of what is left out, or false, nothing need be said.
    """
    told = {key.split(".")[0] for key in book.letter_type.phrases if "." in key} & set(book.letter_type.fields)
    told -= book.compared.names
    silent: dict[str, set[str]] = defaultdict(set)
    for reading in book.readings:
        said = {span.phrase.split(".")[0] for block in reading.blocks for span in block.spans}
        for field in told - said:
            if reading.answers.get(field) not in (None, False):
                silent[field].add(_said(field, reading.answers))
    return silent


def _answers_of(book: Book, field: str) -> set[str]:
    return {
        _said(field, reading.answers) for reading in book.readings if reading.answers.get(field) not in (None, False)
    }


def _two_phrases(book: Book, places: Places) -> Iterator[Problem]:
    """One answer of one field worded by two phrases in one frame, a frame being a sentence less its phrases."""
    seen: dict[tuple[str, str, str], dict[str, Span]] = defaultdict(dict)
    for reading in book.readings:
        for block in reading.blocks:
            for sentence in block.sentences if block.running else ():
                frame = _frame(sentence)
                for span in sentence.spans:
                    field = span.phrase.split(".")[0]
                    if span.phrase and field in reading.answers:
                        key = (frame, field, spelt(reading.answers[field]))
                        seen[key].setdefault(span.phrase, span)
    told: set[Place] = set()
    for (_, field, answer), phrases in seen.items():
        if len(phrases) > 1:
            span = list(phrases.values())[-1]
            message = f"{field} {answer!r} is worded by two phrases in the same sentence: {', '.join(sorted(phrases))}"
            place = places.line(span.path, span.line)
            if place not in told:
                told.add(place)
                yield Problem(Code.TWO_PHRASES, message, place, "use one phrase for one finding")


def _frame(sentence: TracedBlock) -> str:
    pieces = ("{}" if span.phrase else sentence.text[span.start : span.end] for span in sentence.spans)
    return "".join(pieces)


# -- what nothing reaches


def _dead_phrases(book: Book, places: Places, explained: set[str]) -> Iterator[Problem]:
    """Phrases that no outcome reaches, less those of fields of which it is told that nothing is said."""
    for key, numbers in book.phrase_numbers().items():
        if key.split(".")[0] in explained:
            continue
        if not numbers and not book.used.get(key) and not _is_common(book, key):
            paths = (book.letter_type.wording_path, book.letter_type.verdict_path)
            wording, verdict = (path.rpartition("/")[2] for path in paths)
            hint = f"take it out of {wording}, or use it in {verdict}"
            yield _unreached(Code.UNREACHED_PHRASE, f"the phrase {key!r}", places.phrase(key), hint, book)


def _is_common(book: Book, key: str) -> bool:
    """Whether a phrase is in a block that every letter has, and so in no verdict's own blocks."""
    return any(span.phrase == key for reading in book.readings[:1] for block in reading.blocks for span in block.spans)


def _dead_branches(book: Book, places: Places) -> Iterator[Problem]:
    dead = book.branches - book.reached - book.taken.keys()
    for branch in sorted(branch for branch in dead if branch.inside not in dead):
        place = places.line(branch.path, branch.line)
        if book.recipients.may_meet(place.text):
            yield _unread(place, book)
        else:
            hint = "take the branch out, or mend its condition"
            yield _unreached(Code.UNREACHED_BRANCH, "this branch", place, hint, book)


def _unread_branches(book: Book, places: Places) -> Iterator[Problem]:
    """Branches that letters may reach and that none of the book has, so that nobody reads what they say there."""
    for branch in sorted(branch for branch in book.otherwise if branch.inside not in book.otherwise):
        yield _unread(places.line(branch.path, branch.line), book)


def _unread(place: Place, book: Book) -> Problem:
    message = "no letter of the proof reaches this branch: it hangs on a value that no sample has"
    hint = "add such a value to the field's `examples:` in outcome.yaml, or ask for an answer of a closed field"
    if book.recipients.may_meet(place.text):
        one = book.recipients.recipient.word.one
        hint = (
            f"read it in a letter to a {one} of which it is true; or compare the fact with a word or a number, or ask "
            "whether it is there, and both ways are read"
        )
    return Problem(Code.UNREAD_BRANCH, message, place, hint, Severity.WARNING)


def _unreached(code: Code, what: str, place: Place, hint: str, book: Book) -> Problem:
    """What no outcome reaches; only a warning where not all could be read, for one of the others may."""
    if book.enumeration.complete:
        return Problem(code, f"no outcome reaches {what}", place, hint)
    many = f"{len(book.readings):,} of {book.enumeration.combinations:,} outcomes"
    hint = f"only those were read; see whether another one does, else {hint}"
    return Problem(code, f"none of {many} reaches {what}", place, hint, Severity.WARNING)
