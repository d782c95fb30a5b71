"""Queries of readers as lines for a terminal, and as data for `--json`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from letters.letter import LetterKey
from letters.review.marks.standing import Query

#: So many letters are named in a line; of more it is said how many there are.
NAMED = 3


def lines(queries: Iterable[Query]) -> Iterator[str]:
    """A line for each open query: number, letters, who asks, and what, as far as the first line of it."""
    for query in queries:
        if query.is_open:
            yield f"query {query.number}{_in(query.letters)}, {query.by} asks: {query.asks or 'without a comment'}"


def in_full(query: Query) -> Iterator[str]:
    """A query with all that is known of it."""
    yield f"query {query.number} of {query.by}{_in(query.letters)}: {query.title}"
    yield from (f"    {line}" for line in query.comment.split("\n") if line.strip())
    if query.answer:
        yield f"    answered by {query.answer.by}:"
        yield from (f"    {line}" for line in query.answer.text.split("\n"))


def _in(letters: Sequence[LetterKey]) -> str:
    if not letters:
        return ""
    several = len({key.type for key in letters}) > 1
    names = [f"{key.name} ({key.type})" if several else key.name for key in letters]
    return f" ({', '.join(names)})" if len(names) <= NAMED else f" ({len(names)} letters)"


def data(queries: Iterable[Query]) -> list[dict[str, object]]:
    """Each query, answered ones too."""
    return [
        {
            "number": query.number,
            "changes": list(query.changes),
            "title": query.title,
            "letters": [{"type": key.type, "force": key.slug, "language": key.language} for key in query.letters],
            "by": query.by,
            "on": query.on.isoformat(),
            "comment": query.comment,
            "answer": query.answer
            and {"text": query.answer.text, "by": query.answer.by, "on": query.answer.on.isoformat()},
        }
        for query in queries
    ]
