"""Proofs and explanations as lines for a person, and as data for `--json`. Pure: nothing is printed here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict

from letters.compose.composition import ADDED
from letters.compose.english import join
from letters.compose.trace import TracedBlock
from letters.letter.compared import Op
from letters.problems import plural
from letters.proof.book import Book
from letters.proof.book_text import deciding, how_many
from letters.proof.explain import Explained
from letters.proof.proofing import Proof, Proofs, Reference
from letters.proof.sections import Section
from letters.proof.since import Change, Since
from letters.proof.trying import Tried
from letters.workspace.raw import PlaceOf

#: Of the verdicts that have one change so many are named.
_LISTED = 12
_MARKED = {Op.SAME: "{}", Op.REMOVED: "[-{}-]", Op.ADDED: "{{+{}+}}"}


def proof_lines(proof: Proof) -> Iterator[str]:
    """How much there is, what is used today, and what was not looked at."""
    book = proof.book
    used = sum(bool(verdict.forces) for section in book.paragraphs for verdict in section.verdicts)
    verdicts = how_many(book.paragraphs, "different verdict") if book.sections else "no verdict"
    yield f"{book.letter_type.called}: {_outcomes(book)}, {verdicts}, {_how_many_read(book)}"
    for section in book.sections if len(book.sections) > 1 else ():
        of = "answer" if section in book.titles else "verdict"
        yield f"  {plural(len(section.verdicts), of):>14} by {_fields(section)}"
    if book.recipients.fields:
        word, names = book.recipients.recipient.word, join([*book.recipients.fields], "and")
        yield f"  to {plural(book.enumeration.kinds, f'kind of {word.one}', f'kinds of {word.one}')}, by {names}"
    letters = len(book.today)
    of_all = f"{used} of the verdicts, in " if used else ""
    yield f"  used today: {of_all}{plural(letters, 'letter')}"
    yield f"  branches of the templates: {len(book.branches)}, {len(book.branches & book.taken.keys())} taken today"
    numbers = book.phrase_numbers()
    if numbers:
        yield f"  {'phrase':<46} {'verdicts':>8} {'letters today':>14}"
    for key, where in numbers.items():
        today = len(book.used.get(key, ()))
        yield f"  {key:<46} {len(where):>8} {str(today) if today else 'unused today':>14}"


def _fields(section: Section) -> str:
    inside = join(deciding(section), "and") if len(section.fields) == 1 else ""
    return f"{join([*section.fields], 'and')}{f' ({inside})' if inside else ''}"


def _how_many_read(book: Book) -> str:
    outcomes, read = len(book.enumeration.outcomes), len(book.readings)
    if failed := book.enumeration.failed:
        return (
            f"{failed:,} of the {read + failed:,} letters that were tried could not be composed, and no more were tried"
        )
    if not outcomes:
        return "so that nothing could be composed and read"
    if lacking := [field.name for field in book.enumeration.lacking]:
        return f"none of them with {join(lacking, 'or')}, for which no value is known"
    if book.enumeration.number not in (None, outcomes) and book.enumeration.number * book.enumeration.kinds != outcomes:
        return f"each read apart from the others, in {plural(read, 'letter')}"
    return "every one composed and read" if read == outcomes else f"only {read} of them could be composed and read"


def reference_lines(found: Proofs) -> Iterator[str]:
    """What spelling was checked with, and what was said to be right, with its line and how often it was needed."""
    if found.spelling:
        yield f"spelling: {found.spelling}"
    for line, times in found.against.accepted.needed.items():
        where = f"{line.place.path}:{line.place.line}"
        yield f"said to be right: {line.words!r}, by {where}, needed {plural(times, 'time')}"


def change_lines(proofs: Iterable[Proof], changed: Mapping[str, Since]) -> Iterator[str]:
    """What changed in the wording of each letter type since a revision, each change once, with where it is."""
    for proof in proofs:
        book = proof.book
        since = changed[book.letter_type.called]
        how = f"{len(since.changed)} of {plural(len(book.verdicts), 'verdict')} new or changed since {since.revision}"
        yield f"{book.letter_type.called}: {plural(len(since.changes), 'change')}, {how}"
        for number, change in enumerate(since.changes, 1):
            yield from _change_lines(number, change)
        for name, answer, line in since.answers:
            yield f"     a new answer: {answer} of {name} ({book.letter_type.folder}/outcome.yaml:{line})"


def _change_lines(number: int, change: Change) -> Iterator[str]:
    yield f"{number:>3}  {change.what} ({change.path}:{change.line})"
    yield f"     {''.join(_MARKED[op].format(text) for op, text in change.pieces)}"
    many = "in the text that all letters share" if change.is_standard else plural(len(change.verdicts), "verdict")
    some = ", ".join(change.verdicts[:_LISTED])
    more = f" and {len(change.verdicts) - _LISTED:,} more" if len(change.verdicts) > _LISTED else ""
    yield f"     {many}{f': {some}{more}' if some else ''}; {plural(len(change.forces), 'letter')} today"
    if change.otherwise:
        words = "letter words" if len(change.otherwise) == 1 else "letters word"
        yield f"     {len(change.otherwise)} {words} it otherwise: {', '.join(change.otherwise)}"


def change_data(since: Since) -> dict[str, object]:
    """What changed since a revision, for `--json`."""
    return {
        "revision": since.revision,
        "changed": sorted(since.changed),
        "changes": [
            {
                "path": change.path,
                "line": change.line,
                "phrase": change.phrase or None,
                "pieces": [{str(op): text} for op, text in change.pieces],
                "verdicts": list(change.verdicts),
                "standard": change.is_standard,
                "forces": list(change.forces),
                "otherwise": list(change.otherwise),
            }
            for change in since.changes
        ],
        "answers": [{"field": name, "answer": answer, "line": line} for name, answer, line in since.answers],
    }


def _outcomes(book: Book) -> str:
    enumeration = book.enumeration
    if enumeration.number:
        return plural(enumeration.number, "outcome")
    if enumeration.complete:
        return plural(len(enumeration.outcomes), "outcome")
    if enumeration.failed:
        return f"{enumeration.combinations} outcomes"
    how = "each two answers together" if enumeration.by_pairs else "each answer"
    return f"{len(enumeration.outcomes)} of {enumeration.combinations} outcomes ({how} at least once)"


def proof_data(proof: Proof, against: Reference, since: Since | None = None) -> dict[str, object]:
    """A proof for `--json`; `since`: what changed, where that was asked."""
    book = proof.book
    return {
        "type": book.letter_type.name,
        "language": book.letter_type.language,
        "outcomes": len(book.enumeration.outcomes) if book.enumeration.number is None else book.enumeration.number,
        "complete": book.enumeration.complete,
        "recipients": {"kinds": book.enumeration.kinds, "fields": list(book.recipients.fields)},
        "letters_read": len(book.readings),
        "letters_failed": book.enumeration.failed,
        "parts": [
            {"fields": list(section.fields), "verdicts": [verdict.number for verdict in section.verdicts]}
            for section in book.sections
        ],
        "standard": [{"part": one.part, "text": one.text} for one in book.standard if isinstance(one, TracedBlock)],
        "verdicts": [
            {
                "number": verdict.number,
                "text": verdict.text,
                "outcomes": [dict(answers) for answers in verdict.outcomes],
                "forces": list(verdict.forces),
                "phrases": list(verdict.phrases),
            }
            for verdict in book.verdicts
        ],
        "phrases": {
            key: {"verdicts": len(numbers), "forces": list(book.used.get(key, ()))}
            for key, numbers in book.phrase_numbers().items()
        },
        "branches": [
            {"path": branch.path, "line": branch.line, "word": branch.word, "letters_today": book.taken.get(branch, 0)}
            for branch in sorted(book.branches)
        ],
        "since": change_data(since) if since else None,
        "problems": [problem.as_data() for problem in proof.problems],
        "spelling": against.spelling,
        "spelling_not_checked": against.no_spelling or None,
        "accepted": [
            {"words": line.words, "path": line.place.path, "line": line.place.line, "needed": times}
            for line, times in against.accepted.needed.items()
        ],
    }


def explained_lines(sentences: Iterable[Explained], place_of: PlaceOf, settings: PlaceOf) -> Iterator[str]:
    """Each sentence with its origin, what decided it, and who else has it."""
    for sentence in sentences:
        yield f"{sentence.number:>3}  [{sentence.part}] {sentence.text}"
        for source in _sources(sentence):
            yield f"       from        {source}"
        for place in (*map(place_of, sentence.decided_by), *map(settings, sentence.settings)):
            yield f"       decided by  {place.path}:{place.line}  {place.text.strip()}"
        if sentence.same_in:
            yield f"       also in     {_named(sentence.same_in)}"
        yield ""


def _sources(sentence: Explained) -> Iterator[str]:
    lines = dict.fromkeys(f"{span.path}:{span.line}" for span in sentence.spans if not span.phrase)
    yield from lines
    for key in dict.fromkeys(span.phrase for span in sentence.spans if span.phrase):
        yield "the letter's own added_sentences" if key == ADDED else f"phrase {key}"


def _named(slugs: tuple[str, ...]) -> str:
    shown = ", ".join(slugs[:6])
    return f"{len(slugs)} letters: {shown}{', …' if len(slugs) > 6 else ''}" if len(slugs) > 1 else shown


def explained_data(sentences: Iterable[Explained], place_of: PlaceOf, settings: PlaceOf) -> list[dict[str, object]]:
    """An explanation for `--json`."""
    return [
        {
            "number": sentence.number,
            "part": sentence.part,
            "text": sentence.text,
            "from": [{**asdict(span), "phrase": span.phrase or None} for span in sentence.spans],
            "decided_by": [
                {"path": place.path, "line": place.line, "key": ".".join(map(str, path))}
                for where, paths in ((place_of, sentence.decided_by), (settings, sentence.settings))
                for path in paths
                for place in [where(path)]
            ],
            "same_in": list(sentence.same_in),
        }
        for sentence in sentences
    ]


def tried_lines(tried: Tried) -> Iterator[str]:
    """Which answers of an outcome that somebody tried were invented, and which were left out."""
    if tried.invented:
        yield f"invented, as it was not given: {join([f'{k}={_typed(v)}' for k, v in tried.invented.items()], 'and')}"
    if tried.left_out:
        yield f"left out: {join([*tried.left_out], 'and')} (FIELD=VALUE gives one)"


def _typed(value: object) -> str:
    """A value as it would be typed on the command line."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if re.fullmatch(r"[\w.,:/-]+", text) else f"'{text}'"


def tried_data(tried: Tried) -> dict[str, object]:
    """The same for `--json`."""
    return {
        "verdict": tried.verdict,
        "invented": dict(tried.invented),
        "left_out": [*tried.left_out],
        "problems": [problem.as_data() for problem in tried.problems],
    }
