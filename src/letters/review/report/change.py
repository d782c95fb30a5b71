"""One change's section of the report: its words, its letters, who read it, what is asked, and the decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from letters.letter import LetterKey
from letters.letter.compared import as_set
from letters.problems import plural
from letters.review.compare.changes import ChangeKind, Group, Occurrence
from letters.review.marks.decisions import group_id
from letters.review.marks.standing import Standing
from letters.review.report.asked import Asked
from letters.review.report.letter import Link, capital, headline
from letters.review.report.words import Pieces, excerpt

#: Of a long list so many are shown at once, the rest on demand.
_MOST = 6
#: What a group changes in one letter: parts and pieces.
_Places = tuple[tuple[str, Pieces], ...]


@dataclass(frozen=True)
class ChangeSection:
    """What the section of one change shows.

    `about`: its id in a file of decisions. `state`: how far readers were before: `readers` read it, in as many letters
    as `read_in` says, and nobody in those that are `unread`. `where`: in how many `letters` it is; a long list is
    folded. `places`: what it changes in the first letter; `others`: letters in which that is not quite so, and what it
    is there. `causes`: places in files, and names there.
    """

    number: int
    about: str
    headline: str
    tag: str
    is_edited: bool
    state: str
    readers: str
    read_in: str
    unread: Sequence[Link]
    where: str
    is_folded: bool
    letters: Sequence[Link]
    between: str
    places: _Places
    others: Sequence[tuple[Sequence[Link], _Places]]
    causes: Sequence[tuple[str, str]]
    queries: Sequence[Asked]


def change_section(
    group: Group,
    standing: Standing,
    letter_link: Callable[[LetterKey], Link],
    possible: Sequence[LetterKey],
    queries: Mapping[int, Asked],
) -> ChangeSection:
    """The section of a change. `possible`: the letters of the report, by which "all letters" is told; `queries`: all,
    by number."""
    unread = standing.unread(group)
    where, is_folded = _where(group, possible)
    places, others = _versions(group)
    return ChangeSection(
        number=group.number,
        about=group_id(group),
        headline=headline(group),
        tag=capital(group.kind),
        is_edited=group.kind is ChangeKind.EDITED,
        state=standing.state_of(group),
        readers=", ".join(standing.read_by(group)),
        read_in=f"in {len(group.letters) - len(unread)} of {plural(len(group.letters), 'letter')}",
        unread=[letter_link(key) for key in unread],
        where=where,
        is_folded=is_folded,
        letters=[letter_link(key) for key in group.letters],
        between="" if _is_of_words(group) else " ",
        places=places,
        others=[([letter_link(key) for key in keys], own) for own, keys in others],
        causes=[(f"{cause.path}:{cause.line}" if cause.line else cause.path, cause.name) for cause in group.causes],
        queries=[queries[query.number] for query in standing.queries_of(group)],
    )


def _is_of_words(group: Group) -> bool:
    """Whether its pieces are those of a passage."""
    return group.kind in (ChangeKind.WORDS, ChangeKind.EDITED)


def _where(group: Group, possible: Sequence[LetterKey]) -> tuple[str, bool]:
    """In how many letters a change is, and whether which they are is shown on demand."""
    count, types = len(group.letters), {key.type for key in group.letters}
    of_types = [key for key in possible if key.type in types]
    if count == len(of_types) > 1:
        return f"all {count} letters" + (f" of {types.pop()}" if len(of_types) < len(possible) else ""), True
    return (plural(count, "letter"), False) if count <= _MOST else (f"{count} of {len(of_types)} letters", True)


def _versions(group: Group) -> tuple[_Places, Sequence[tuple[_Places, list[LetterKey]]]]:
    """What the group changes in its first letter; and what it changes otherwise, with the letters of each."""
    by_letter: dict[LetterKey, list[Occurrence]] = defaultdict(list)
    for occurrence in group.occurrences:
        by_letter[occurrence.key].append(occurrence)
    is_long = _is_of_words(group)
    versions: dict[_Places, list[LetterKey]] = defaultdict(list)
    for key, occurrences in by_letter.items():
        places = ((one.part, excerpt(as_set(one.pieces)) if is_long else one.pieces) for one in occurrences)
        versions[tuple(places)].append(key)
    first = ((one.part, as_set(one.pieces) if is_long else one.pieces) for one in by_letter[group.letters[0]])
    return tuple(first), list(versions.items())[1:]
