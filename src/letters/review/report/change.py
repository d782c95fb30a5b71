"""One change's section of the report: its words, its letters, who read it, what is asked, and the decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

from letters.letter import LetterKey
from letters.problems import plural
from letters.review.compare.changes import ChangeKind, Group, Occurrence
from letters.review.compare.words import as_set
from letters.review.marks.decisions import State, group_id
from letters.review.marks.standing import Standing
from letters.review.report.asked import asked
from letters.review.report.letter import decision, headline, named
from letters.review.report.words import excerpt, marked

#: Of a long list so many are shown at once, the rest on demand.
_MOST = 6
#: What a group changes in one letter: parts and pieces.
_Places = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]

_EDITED = (
    "The Word file and the PDF of this letter say different things: somebody edited the Word file by hand. "
    "To mark it as read says that you read this edit; the PDF stays as it is."
)


@dataclass(frozen=True)
class ChangeSection:
    """What the section of one change is written from.

    `link`: a link to a letter's section. `possible`: the letters of the report, by which "all letters" is told.
    """

    group: Group
    standing: Standing
    link: Callable[[LetterKey], str]
    possible: Sequence[LetterKey]

    def html(self) -> str:
        """The section; of what somebody read before, the heading with the rest on demand."""
        group, number = self.group, self.group.number
        state = self.standing.state_of(group)
        title = escape(headline(group))
        inside = self._inside()
        if state is State.READ:
            summary = f'<summary>Show the change<span class="away"> {number}</span></summary>'
            inside = f'<details class="before">{summary}{inside}</details>'
        place = f'id="change-{number}" tabindex="-1" data-number="{number}" data-before="{state}"'
        return f"""<article class="group" {place}>
<h3><a class="number" href="#change-{number}">{number}</a> {title}</h3>
<p class="kind"><span class="tag">{named(group.kind)}</span> {self._in_letters()}</p>
{self._readers()}
{inside}
{asked(self.standing.queries_of(group))}
{decision(group_id(group), f"{number} {headline(group)}", f"change {number}", state)}
</article>"""

    def _inside(self) -> str:
        group = self.group
        (example, _), *others = self._versions()
        is_told = any(pieces for _, pieces in example)
        as_in = f'<p class="as-in">As in {self.link(group.letters[0])}:</p>' if others and is_told else ""
        warning = f'<p class="warning">{_EDITED}</p>' if group.kind is ChangeKind.EDITED else ""
        return "\n".join((warning, as_in, self._redlines(example), self._others(others), _causes(group)))

    def _readers(self) -> str:
        """Who read the change in an earlier report, and in which letters nobody did."""
        readers = escape(", ".join(self.standing.read_by(self.group)))
        unread = self.standing.unread(self.group)
        if not readers:
            return ""
        if not unread:
            return f'<p class="readers">Read by {readers}</p>'
        letters = ", ".join(map(self.link, unread))
        every = self.group.letters
        where = f"in {len(every) - len(unread)} of {plural(len(every), 'letter')}"
        return f'<p class="readers">Read by {readers} {where}; still to be read in {letters}</p>'

    def _versions(self) -> list[tuple[_Places, list[LetterKey]]]:
        """What the group changes in its first letter, and what it changes otherwise, with the letters of each."""
        group = self.group
        by_letter: dict[LetterKey, list[Occurrence]] = defaultdict(list)
        for occurrence in group.occurrences:
            by_letter[occurrence.key].append(occurrence)
        is_long = group.kind in (ChangeKind.WORDS, ChangeKind.EDITED)
        versions: dict[_Places, list[LetterKey]] = defaultdict(list)
        for key, occurrences in by_letter.items():
            places = [(one.part, excerpt(as_set(one.pieces)) if is_long else one.pieces) for one in occurrences]
            versions[tuple(places)].append(key)
        example = tuple(
            (one.part, as_set(one.pieces) if is_long else one.pieces) for one in by_letter[group.letters[0]]
        )
        (_, keys), *others = versions.items()
        return [(example, keys), *others]

    def _in_letters(self) -> str:
        """In how many letters a change is, and in which."""
        group = self.group
        types = {key.type for key in group.letters}
        possible = [key for key in self.possible if key.type in types]
        links = [self.link(key) for key in group.letters]
        if len(links) == len(possible) > 1:
            of_type = f" of {escape(types.pop())}" if len(possible) < len(self.possible) else ""
            return _fold(f"all {len(links)} letters{of_type}", links)
        if len(links) <= _MOST:
            return f"{plural(len(links), 'letter')}: {', '.join(links)}"
        return _fold(f"{len(links)} of {len(possible)} letters", links)

    def _others(self, versions: Sequence[tuple[_Places, Sequence[LetterKey]]]) -> str:
        """The letters in which a change does not read as in the example."""
        if not versions:
            return ""
        listed = "\n".join(
            f"<li><p>{', '.join(map(self.link, keys))}</p>{self._redlines(places)}</li>" for places, keys in versions
        )
        letters = plural(sum(len(keys) for _, keys in versions), "other letter")
        summary = f"<summary>Not quite as here in {letters}</summary>"
        return f'<details class="versions">{summary}<ul>{listed}</ul></details>'

    def _redlines(self, places: _Places) -> str:
        """What a group changes in one letter, passage by passage."""
        between = "" if self.group.kind in (ChangeKind.WORDS, ChangeKind.EDITED) else " "
        several = len(places) > 1
        shown = (
            f'{_part(part) if several else ""}<p class="words">{marked(pieces, between)}</p>'
            for part, pieces in places
            if pieces
        )
        return "\n".join(shown)


def _part(part: str) -> str:
    return f'<p class="part">{escape(part.replace("-", " "))}</p>' if part else ""


def _causes(group: Group) -> str:
    if not group.causes:
        return ""
    listed = "; ".join(
        f"<code>{escape(f'{cause.path}:{cause.line}' if cause.line else cause.path)}</code>"
        + (f" ({escape(cause.name)})" if cause.name else "")
        for cause in group.causes
    )
    return f'<p class="causes">From {listed}</p>'


def _fold(summary: str, links: Iterable[str]) -> str:
    return f'<details class="which"><summary>{summary}</summary>{", ".join(links)}</details>'
