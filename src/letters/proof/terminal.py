"""Proofs and explanations as lines for a person, and as data for `--json`. Pure: nothing is printed here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict

from letters.compose.composition import ADDED
from letters.problems import plural
from letters.proof.book import Book
from letters.proof.explain import Explained
from letters.proof.proofing import Proof, Proofs, Reference
from letters.workspace.raw import PlaceOf


def proof_lines(proof: Proof) -> Iterator[str]:
    """How much there is, what is used today, and what was not looked at."""
    book = proof.book
    used = sum(bool(verdict.forces) for verdict in book.verdicts)
    verdicts = plural(len(book.verdicts), "different verdict")
    yield f"{book.letter_type.called}: {_outcomes(book)}, {verdicts}, {_how_many_read(book)}"
    letters = len(book.today)
    of_all = f"{used} of the verdicts, in " if len(book.verdicts) else ""
    yield f"  used today: {of_all}{plural(letters, 'letter')}"
    yield f"  branches of the templates: {len(book.branches)}, {len(book.branches & book.taken.keys())} taken today"
    numbers = book.phrase_numbers()
    if numbers:
        yield f"  {'phrase':<46} {'verdicts':>8} {'letters today':>14}"
    for key, where in numbers.items():
        today = len(book.used.get(key, ()))
        yield f"  {key:<46} {len(where):>8} {str(today) if today else 'unused today':>14}"


def _how_many_read(book: Book) -> str:
    outcomes, read = len(book.enumeration.outcomes), len(book.readings)
    if not outcomes:
        return "so that nothing could be composed and read"
    return "every one composed and read" if read == outcomes else f"only {read} of them could be composed and read"


def reference_lines(found: Proofs) -> Iterator[str]:
    """What spelling was checked with, and what was said to be right, with its line and how often it was needed."""
    yield f"spelling: {found.spelling}"
    for line, times in found.against.accepted.needed.items():
        where = f"{line.place.path}:{line.place.line}"
        yield f"said to be right: {line.words!r}, by {where}, needed {plural(times, 'time')}"


def change_lines(proofs: Iterable[Proof], changed: Mapping[str, int], since: str) -> Iterator[str]:
    """How many verdicts of each letter type are new or worded differently since a revision."""
    for proof in proofs:
        book = proof.book
        many = plural(len(book.verdicts), "verdict")
        yield f"{book.letter_type.called}: {changed[book.letter_type.called]} of {many} new or changed since {since}"


def _outcomes(book: Book) -> str:
    enumeration = book.enumeration
    if enumeration.complete:
        return plural(len(enumeration.outcomes), "outcome")
    how = "each two answers together" if enumeration.by_pairs else "each answer"
    return f"{len(enumeration.outcomes)} of {enumeration.combinations} outcomes ({how} at least once)"


def proof_data(proof: Proof, against: Reference) -> dict[str, object]:
    """A proof for `--json`."""
    book = proof.book
    return {
        "type": book.letter_type.name,
        "language": book.letter_type.language,
        "outcomes": len(book.enumeration.outcomes),
        "complete": book.enumeration.complete,
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
