"""The report of a review as one accessible web page that needs nothing else: it can be mailed to a reviewer."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files

from letters.letter import LetterKey
from letters.problems import plural
from letters.review.compare.changes import ChangeKind, Difference, Group, Review
from letters.review.marks.decisions import FORMAT, group_id
from letters.review.marks.standing import Query, Standing
from letters.review.pages.views import LetterView, PageView
from letters.review.report.asked import queries_section
from letters.review.report.change import ChangeSection
from letters.review.report.letter import LetterSection, named

#: Of the letters that a query is about so many are named.
_NAMED = 6
_SCRIPTS = ("page.js", "decisions.js", "pages.js")


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
    return _Page(review, views, names, identity, made, standing or Standing()).page().encode("utf-8", "replace")


class _Page:
    """One report, while it is written."""

    def __init__(
        self,
        review: Review,
        views: Mapping[LetterKey, LetterView],
        names: Mapping[LetterKey, str],
        identity: str,
        made: str,
        standing: Standing,
    ) -> None:
        self.review = review
        self.views = views
        self.identity = identity
        self.made = made
        self.standing = standing
        self.names = _distinct({one.key: names.get(one.key, one.key.slug) for one in review.differences})
        self.places = {one.key: f"letter-{number}" for number, one in enumerate(review.changed, 1)}
        self.groups_of: dict[LetterKey, list[Group]] = defaultdict(list)
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
            return f"Nothing changed in {plural(len(self.review.differences), 'letter')}"
        of_all = f"{letters} of {plural(len(self.review.differences), 'letter')}"
        return f"{plural(changes, 'change')} in {of_all}"

    def sections(self) -> Iterator[str]:
        numbers = {group_id(group): group.number for group in self.review.groups}
        asked = queries_section(self.standing, self._letters_of, numbers)
        if self.review.changed:
            yield _packaged("reading.html")
            yield asked
            yield self.changes()
            yield self.letters()
        else:
            yield asked
        yield self.unchanged()

    def _letters_of(self, query: Query) -> str:
        named = [self._link(key) for key in query.letters[:_NAMED]]
        more = len(query.letters) - len(named)
        return ", ".join(named) + (f" and {more} more" if more else "")

    def packed_pictures(self) -> Iterator[str]:
        """Each picture once, however many pages show it, in blocks that a browser does not look into."""
        for (media_type, picture), number in self.pictures.items():
            data = b64encode(picture).decode("ascii")
            yield f'<script type="text/plain" id="picture-{number}">data:{escape(media_type)};base64,{data}</script>\n'

    # -- the head

    def header(self, title: str) -> str:
        notes = "".join(f"<li>{escape(note)}</li>" for note in (*self.review.notes, *self.standing.unsound))
        links = [("queries", "Queries")] if self.standing.queries else []
        links += [("changes", "Changes"), ("letters", "Letters")] if self.review.changed else []
        links += [("unchanged", "Letters without a change")] if self._same() else []
        items = "".join(f'<li><a href="#{target}">{name}</a></li>' for target, name in links)
        made = "<br>".join(map(escape, self.made.split("\n")))
        return f"""<header>
<p class="kicker">Review</p>
<h1>{title}</h1>
<p class="made">{made}</p>
{self._counts()}
{f'<ul class="notes">{notes}</ul>' if notes else ""}
<nav aria-label="On this page"><ul>{items}</ul></nav>
<p id="on-paper" class="on-paper"></p>
</header>"""

    def _counts(self) -> str:
        shown = [
            kind
            for kind in ChangeKind
            if kind not in _SELDOM or any(one.counts[kind] for one in self.review.differences)
        ]
        rows = "".join(f"<tr><th scope=row>{named(kind)}</th>{self._count(kind)}</tr>" for kind in shown)
        heads = "".join(f"<th scope=col>{head}</th>" for head in ("Kind", "Changes", "Places", "Letters"))
        return f'<table class="counts"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'

    def _count(self, kind: ChangeKind) -> str:
        differences = self.review.differences
        if kind is ChangeKind.LAYOUT and not any(one.layout_compared or one.layout for one in differences):
            return "<td colspan=3>not compared</td>"
        places = [one.counts[kind] for one in differences]
        groups = sum(group.kind is kind for group in self.review.groups)
        return "".join(f"<td>{number:,}</td>" for number in (groups, sum(places), sum(map(bool, places))))

    # -- changes

    def changes(self) -> str:
        each = "\n".join(map(self._change, self.review.groups))
        return f"""<section id="changes">
<h2>Changes</h2>
<p class="lead">Each change once, whichever letters it is in.</p>
{each}
</section>
"""

    def _change(self, group: Group) -> str:
        every = [one.key for one in self.review.differences]
        return ChangeSection(group, self.standing, self._link, every).html()

    def _link(self, key: LetterKey) -> str:
        name = escape(self.names.get(key, key.slug))
        return f'<a href="#{self.places[key]}">{name}</a>' if key in self.places else name

    # -- letters

    def letters(self) -> str:
        each = "".join(map(self._letter, self.review.changed))
        return f"""<section id="letters">
<h2 tabindex="-1">Letters</h2>
<p class="lead">A letter is read when all of its changes are.</p>
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
            f"<p><strong>{plural(len(found), 'letter')}: {escape(verdict)}.</strong> {', '.join(found)}</p>"
            for verdict, found in verdicts.items()
        )
        return f'<section id="unchanged">\n<h2>Letters without a change</h2>\n{listed}\n</section>\n'


#: Kinds that are counted where there are any.
_SELDOM = (ChangeKind.STAGE, ChangeKind.EDITED, ChangeKind.LOOK)


def _distinct(names: Mapping[LetterKey, str]) -> dict[LetterKey, str]:
    """The names, with the letter type where a force has several letters."""
    counts = Counter(names.values())
    return {key: f"{name} ({key.type})" if counts[name] > 1 else name for key, name in names.items()}


@cache
def _packaged(name: str) -> str:
    return (files("letters.review.report") / name).read_text("utf-8")


def _digest(text: str) -> str:
    """What a Content-Security-Policy calls a style or a script that it lets in."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}"
