"""Proofs and explanations as lines for a person, and as data for `--json`. Pure: nothing is printed here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict

from letters.compose import ADDED
from letters.load import Path
from letters.problems import Place
from letters.proof.book import Answers, Book
from letters.proof.explain import Explained
from letters.proof.proofing import Proof


def proof_lines(proof: Proof) -> Iterator[str]:
    """How much there is, what is used today, and what was not looked at."""
    book = proof.book
    used = sum(bool(verdict.forces) for verdict in book.verdicts)
    yield f"{book.kind.name}: {_outcomes(book)}, {len(book.verdicts)} different verdicts, every one composed and read"
    letters = len(book.today)
    yield f"  used today: {used} of the verdicts, in {letters} {'letter' if letters == 1 else 'letters'}"
    yield f"  branches of the templates: {len(book.branches)}, {len(book.branches & book.taken.keys())} taken today"
    numbers = book.phrase_numbers()
    if numbers:
        yield f"  {'phrase':<46} {'verdicts':>8} {'letters today':>14}"
    for key, where in numbers.items():
        today = len(book.used.get(key, ()))
        yield f"  {key:<46} {len(where):>8} {str(today) if today else 'unused today':>14}"
    if proof.no_spelling:
        yield f"  spelling was not checked: {proof.no_spelling}"


def _outcomes(book: Book) -> str:
    enumeration = book.enumeration
    if enumeration.complete:
        return f"{len(enumeration.outcomes)} outcomes"
    return (
        f"{len(enumeration.outcomes)} of {enumeration.combinations} outcomes (each two answers together at least once)"
    )


def proof_data(proof: Proof) -> dict[str, object]:
    """A proof for `--json`."""
    book = proof.book
    return {
        "type": book.kind.name,
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
        "spelling_not_checked": proof.no_spelling or None,
    }


def explained_lines(sentences: Iterable[Explained], place_of: Callable[[Path], Place]) -> Iterator[str]:
    """Each sentence with its origin, what decided it, and who else has it."""
    for sentence in sentences:
        yield f"{sentence.number:>3}  [{sentence.part}] {sentence.text}"
        for source in _sources(sentence):
            yield f"       from        {source}"
        for path in sentence.decided_by:
            place = place_of(path)
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


def explained_data(sentences: Iterable[Explained], place_of: Callable[[Path], Place]) -> list[dict[str, object]]:
    """An explanation for `--json`."""
    return [
        {
            "number": sentence.number,
            "part": sentence.part,
            "text": sentence.text,
            "from": [{**asdict(span), "phrase": span.phrase or None} for span in sentence.spans],
            "decided_by": [
                {"path": place.path, "line": place.line, "key": ".".join(map(str, path))}
                for path in sentence.decided_by
                for place in [place_of(path)]
            ],
            "same_in": list(sentence.same_in),
        }
        for sentence in sentences
    ]


def answers_text(answers: Answers) -> str:
    """An outcome on one line, as `letters try` takes it."""
    return " ".join(f"{key}={value}" for key, value in answers.items())
