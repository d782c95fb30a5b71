"""What readers asked about changes, and what was answered, as the report shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from letters.letter import LetterKey
from letters.letter.dates import long_date
from letters.review.marks.standing import Query, Standing
from letters.review.report.letter import Link

#: Of the letters that a query is about so many are named.
_NAMED = 6


@dataclass(frozen=True)
class Asked:
    """`said`: who asked and who answered, on which day, and in which words; `changes`: those of the report that it is
    about, by number; `letters`: the first of its letters, and `more` of them."""

    number: int
    title: str
    is_open: bool
    said: Sequence[tuple[str, str, str]]
    changes: Sequence[int]
    letters: Sequence[Link]
    more: int


def asked(standing: Standing, letter_link: Callable[[LetterKey], Link], numbers: Mapping[str, int]) -> dict[int, Asked]:
    """The open queries and then those that were answered, by number. `numbers`: of the report's changes, by id."""
    return {
        query.number: Asked(
            query.number,
            query.title,
            query.is_open,
            list(_said(query)),
            [numbers[one] for one in query.changes if one in numbers],
            [letter_link(key) for key in query.letters[:_NAMED]],
            max(len(query.letters) - _NAMED, 0),
        )
        for query in sorted(standing.queries, key=lambda query: not query.is_open)
    }


def _said(query: Query) -> Iterator[tuple[str, str, str]]:
    yield f"{query.by} asked", long_date(query.on.date()), query.comment or "(without a comment)"
    if query.answer:
        yield f"{query.answer.by} answered", long_date(query.answer.on.date()), query.answer.text
