"""The report of a review as one accessible web page that needs nothing else: it can be mailed to a reviewer."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files

from letters.review.changes import Difference, Group, Key, Kind, Occurrence, Review
from letters.review.decisions import FORMAT, group_id
from letters.review.pages.views import LetterView, PageView
from letters.review.report.letter import LetterSection, decision, headline
from letters.review.report.words import excerpt, marked

#: Of a long list so many are shown at once, the rest on demand.
_MOST = 6
_SCRIPTS = ("page.js", "decisions.js", "pages.js")
#: What a group changes in one letter: parts and pieces.
_Places = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def review_page(
    review: Review, views: Mapping[Key, LetterView], names: Mapping[Key, str], identity: str, made: str
) -> bytes:
    """The page, in UTF-8.

    `names`: of the forces. `identity`: a digest of what is reviewed, so that decisions about another report are not
    mixed in. `made`: a line that says what is compared with what.
    """
    return _Page(review, views, names, identity, made).page().encode("utf-8", "replace")


class _Page:
    """One report, while it is written."""

    def __init__(
        self, review: Review, views: Mapping[Key, LetterView], names: Mapping[Key, str], identity: str, made: str
    ) -> None:
        self.review = review
        self.views = views
        self.identity = identity
        self.made = made
        self.names = _distinct({one.key: names.get(one.key, one.key[1]) for one in review.differences})
        self.places = {one.key: f"letter-{number}" for number, one in enumerate(review.changed, 1)}
        self.groups_of: dict[Key, list[Group]] = defaultdict(list)
        for group in review.groups:
            for key in group.letters:
                self.groups_of[key].append(group)
        self.pictures: dict[tuple[str, bytes], int] = {}

    def page(self) -> str:
        style, script = _packaged("page.css"), "".join(map(_packaged, _SCRIPTS))
        policy = (
            f"default-src 'none'; img-src data:; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
            "base-uri 'none'; form-action 'none'"
        )
        title = escape(self.title())
        sections = "".join(self.sections())
        return f"""<!DOCTYPE html>
<html lang="en-GB" data-report="{escape(self.identity)}" data-format="{FORMAT}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Review: {title}</title>
<style>{style}</style>
</head>
<body>
<a class="skip" href="#changes">Skip to the changes</a>
{self.header(title)}
<main>
{sections}</main>
{"".join(self.packed_pictures())}<script>{script}</script>
</body>
</html>
"""

    def title(self) -> str:
        changes, letters = len(self.review.groups), len(self.review.changed)
        if not letters:
            return f"Nothing changed in {_counted(len(self.review.differences), 'letter')}"
        of_all = f"{letters} of {_counted(len(self.review.differences), 'letter')}"
        return f"{_counted(changes, 'change')} in {of_all}"

    def sections(self) -> Iterator[str]:
        if self.review.changed:
            yield _packaged("reading.html")
            yield self.changes()
            yield self.letters()
        yield self.unchanged()

    def packed_pictures(self) -> Iterator[str]:
        """Each picture once, however many pages show it, in blocks that a browser does not look into."""
        for (media_type, picture), number in self.pictures.items():
            data = b64encode(picture).decode("ascii")
            yield f'<script type="text/plain" id="picture-{number}">data:{escape(media_type)};base64,{data}</script>\n'

    # -- the head

    def header(self, title: str) -> str:
        notes = "".join(f"<li>{escape(note)}</li>" for note in self.review.notes)
        links = [("changes", "Changes"), ("letters", "Letters")] if self.review.changed else []
        links += [("unchanged", "Letters without a change")] if self._same() else []
        items = "".join(f'<li><a href="#{target}">{name}</a></li>' for target, name in links)
        return f"""<header>
<p class="kicker">Review</p>
<h1>{title}</h1>
<p class="made">{escape(self.made)}</p>
{self._counts()}
{f'<ul class="notes">{notes}</ul>' if notes else ""}
<nav aria-label="On this page"><ul>{items}</ul></nav>
</header>"""

    def _counts(self) -> str:
        rows = "".join(f"<tr><th scope=row>{kind.capitalize()}</th>{self._count(kind)}</tr>" for kind in Kind)
        heads = "".join(f"<th scope=col>{head}</th>" for head in ("Kind", "Changes", "Places", "Letters"))
        return f'<table class="counts"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'

    def _count(self, kind: Kind) -> str:
        differences = self.review.differences
        if kind is Kind.LAYOUT and not any(one.layout_compared or one.layout for one in differences):
            return "<td colspan=3>not compared</td>"
        places = [one.counts[kind] for one in differences]
        groups = sum(group.kind is kind for group in self.review.groups)
        return "".join(f"<td>{number:,}</td>" for number in (groups, sum(places), sum(map(bool, places))))

    # -- changes

    def changes(self) -> str:
        each = "\n".join(map(self._group, self.review.groups))
        return f"""<section id="changes">
<h2>Changes</h2>
<p class="lead">Each change once, whichever letters it is in.</p>
{each}
</section>
"""

    def _group(self, group: Group) -> str:
        number = group.number
        (example, _), *others = self._versions(group)
        is_told = any(pieces for _, pieces in example)
        as_in = f'<p class="as-in">As in {self._link(group.letters[0])}:</p>' if others and is_told else ""
        return f"""<article class="group" id="change-{number}" tabindex="-1" data-number="{number}">
<h3><a class="number" href="#change-{number}">{number}</a> {escape(headline(group))}</h3>
<p class="kind"><span class="tag">{group.kind.capitalize()}</span> {self._in_letters(group)}</p>
{as_in}
{_redlines(group, example)}
{self._others(group, others)}
{_causes(group)}
{decision(group_id(group), f"{number} {headline(group)}", f"change {number}")}
</article>"""

    def _versions(self, group: Group) -> list[tuple[_Places, list[Key]]]:
        """What the group changes in its first letter, and what it changes otherwise, with the letters of each."""
        by_letter: dict[Key, list[Occurrence]] = defaultdict(list)
        for occurrence in group.occurrences:
            by_letter[occurrence.key].append(occurrence)
        is_long = group.kind is Kind.WORDS
        versions: dict[_Places, list[Key]] = defaultdict(list)
        for key, occurrences in by_letter.items():
            places = [(one.part, excerpt(one.pieces) if is_long else one.pieces) for one in occurrences]
            versions[tuple(places)].append(key)
        example = tuple((one.part, one.pieces) for one in by_letter[group.letters[0]])
        (_, keys), *others = versions.items()
        return [(example, keys), *others]

    def _in_letters(self, group: Group) -> str:
        """In how many letters a change is, and in which."""
        types = {key[0] for key in group.letters}
        possible = [one.key for one in self.review.differences if one.key[0] in types]
        links = [self._link(key) for key in group.letters]
        if len(links) == len(possible) > 1:
            of_type = f" of {escape(types.pop())}" if len(possible) < len(self.review.differences) else ""
            return _fold(f"all {len(links)} letters{of_type}", links)
        if len(links) <= _MOST:
            return f"{_counted(len(links), 'letter')}: {', '.join(links)}"
        return _fold(f"{len(links)} of {len(possible)} letters", links)

    def _link(self, key: Key) -> str:
        return f'<a href="#{self.places[key]}">{escape(self.names[key])}</a>'

    def _others(self, group: Group, versions: Sequence[tuple[_Places, Sequence[Key]]]) -> str:
        """The letters in which a change does not read as in the example."""
        if not versions:
            return ""
        listed = "\n".join(
            f"<li><p>{', '.join(map(self._link, keys))}</p>{_redlines(group, places)}</li>" for places, keys in versions
        )
        letters = _counted(sum(len(keys) for _, keys in versions), "other letter")
        summary = f"<summary>Not quite as here in {letters}</summary>"
        return f'<details class="versions">{summary}<ul>{listed}</ul></details>'

    # -- letters

    def letters(self) -> str:
        each = "".join(map(self._letter, self.review.changed))
        return f"""<section id="letters">
<h2 tabindex="-1">Letters</h2>
<p id="offer" class="controls" hidden><span id="offered"></span> \
<button type="button" id="sweep">Mark as read</button></p>
<p class="unscripted">The pictures of pages need scripts, which are off; all words are here.</p>
{each}</section>
"""

    def _letter(self, difference: Difference) -> str:
        key = difference.key
        view = self.views.get(key, LetterView())
        groups = self.groups_of[key]
        return LetterSection(difference, self.names[key], self.places[key], groups, view, self._picture).html()

    def _picture(self, page: PageView) -> int:
        return self.pictures.setdefault((page.media_type, page.picture), len(self.pictures))

    def _same(self) -> list[Difference]:
        return [one for one in self.review.differences if one.is_same]

    def unchanged(self) -> str:
        same = self._same()
        if not same:
            return ""
        verdicts: dict[str, list[str]] = defaultdict(list)
        for one in same:
            verdicts[one.verdict].append(escape(self.names[one.key]))
        listed = "\n".join(
            f"<p><strong>{_counted(len(found), 'letter')}: {escape(verdict)}.</strong> {', '.join(found)}</p>"
            for verdict, found in verdicts.items()
        )
        return f'<section id="unchanged">\n<h2>Letters without a change</h2>\n{listed}\n</section>\n'


def _distinct(names: Mapping[Key, str]) -> dict[Key, str]:
    """The names, with the letter type where a force has several letters."""
    counts = Counter(names.values())
    return {key: f"{name} ({key[0]})" if counts[name] > 1 else name for key, name in names.items()}


def _redlines(group: Group, places: _Places) -> str:
    """What a group changes in one letter, passage by passage."""
    between = "" if group.kind is Kind.WORDS else " "
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


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


@cache
def _packaged(name: str) -> str:
    return (files("letters.review.report") / name).read_text("utf-8")


def _digest(text: str) -> str:
    """What a Content-Security-Policy calls a style or a script that it lets in."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}"
