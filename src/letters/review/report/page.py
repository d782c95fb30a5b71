"""The report of a review as one accessible web page that needs nothing else: it can be mailed to a reviewer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from letters.letter import LetterKey
from letters.problems import plural
from letters.render import web
from letters.review.compare.changes import ChangeKind, Group, Review
from letters.review.marks.decisions import FORMAT, State, group_id
from letters.review.marks.standing import Standing
from letters.review.pages.views import LetterView, PageView
from letters.review.report.asked import asked
from letters.review.report.change import change_section
from letters.review.report.letter import LetterSection, Link, capital, letter_section
from letters.review.report.pair import pairs

#: Kinds that are counted where there are any.
_SELDOM = (ChangeKind.STAGE, ChangeKind.EDITED, ChangeKind.LOOK)


def review_page(
    review: Review,
    views: Mapping[LetterKey, LetterView],
    names: Mapping[LetterKey, str],
    identity: str,
    made: str,
    standing: Standing | None = None,
) -> bytes:
    """The page, in UTF-8.

    `names`: of the forces. `identity`: a digest of what is reviewed, so that decisions about another report are not
    mixed in. `made`: lines that say what is compared with what, and when the report was made from which files.
    `standing`: what was read and asked before.
    """
    standing = standing or Standing()
    links = _links(review, names)
    every = [one.key for one in review.differences]

    def letter_link(key: LetterKey) -> Link:
        return links.get(key) or Link(key.name, "")

    queries = asked(standing, letter_link, {group_id(group): group.number for group in review.groups})
    pictures: dict[tuple[str, bytes], int] = {}  # each once, however many pages show it

    def picture(page: PageView) -> int:
        return pictures.setdefault((page.media_type, page.picture), len(pictures))

    return web.page(
        "review/report/page.html.j2",
        identity=identity,
        decisions_format=FORMAT,
        heading=_heading(review),
        made=made.split("\n"),
        counts=list(_counts(review)),
        notes=(*review.notes, *standing.unsound),
        queries=list(queries.values()),
        states=list(State),
        changes=[change_section(group, standing, letter_link, every, queries) for group in review.groups],
        letters=list(_letters(review, views, links, picture)),
        unchanged=list(_unchanged(review, links)),
        pictures=pictures,
    )


def _heading(review: Review) -> str:
    of_all = plural(len(review.differences), "letter")
    if not review.changed:
        return f"Nothing changed in {of_all}"
    return f"{plural(len(review.groups), 'change')} in {len(review.changed)} of {of_all}"


def _links(review: Review, names: Mapping[LetterKey, str]) -> dict[LetterKey, Link]:
    """The letters by their names, with the letter type where a force has several; those that changed have a section."""
    known = {one.key: names.get(one.key, one.key.name) for one in review.differences}
    counts = Counter(known.values())
    places = {one.key: f"letter-{number}" for number, one in enumerate(review.changed, 1)}
    return {
        key: Link(f"{name} ({key.type})" if counts[name] > 1 else name, places.get(key, ""))
        for key, name in known.items()
    }


def _counts(review: Review) -> Iterator[tuple[str, Sequence[int]]]:
    """Of each kind how many changes there are, in how many places and letters; nothing if it was not compared."""
    differences = review.differences
    for kind in ChangeKind:
        places = [one.counts[kind] for one in differences]
        if kind is ChangeKind.LAYOUT and not any(one.layout_compared or one.layout for one in differences):
            yield capital(kind), ()
        elif any(places) or kind not in _SELDOM:
            yield (
                capital(kind),
                (sum(group.kind is kind for group in review.groups), sum(places), sum(map(bool, places))),
            )


def _letters(
    review: Review,
    views: Mapping[LetterKey, LetterView],
    links: Mapping[LetterKey, Link],
    picture: Callable[[PageView], int],
) -> Iterator[LetterSection]:
    groups: dict[LetterKey, list[Group]] = defaultdict(list)
    for group in review.groups:
        for key in group.letters:
            groups[key].append(group)
    beside = pairs(review.differences)
    for one in review.changed:
        view = views.get(one.key, LetterView())
        yield letter_section(one, links[one.key], groups[one.key], view, picture, beside.get(one.key))


def _unchanged(review: Review, links: Mapping[LetterKey, Link]) -> Iterator[tuple[str, Sequence[str]]]:
    """The verdicts on letters in which nothing is different, and the names of those that have each."""
    verdicts: dict[str, list[str]] = defaultdict(list)
    for one in review.differences:
        if one.is_same:
            verdicts[one.verdict].append(links[one.key].name)
    yield from verdicts.items()
