"""One letter's section of the report: its verdict, pages, redline text, and all else that changed in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from letters.letter.quotes import smart_quotes
from letters.review.compare.changes import ChangeKind, Difference, FactChange, Group
from letters.review.compare.words import Op
from letters.review.groups.stages import seen
from letters.review.marks.decisions import State
from letters.review.pages.views import LetterView, PageView
from letters.review.report.words import marked, whole_letter

#: Places of marks are fractions of a page with so many decimals: less than a tenth of a millimetre.
_DECIMALS = 4


@dataclass(frozen=True)
class LetterSection:
    """What the section of one letter is written from.

    `place`: its id in the page; `groups`: those that are in it; `picture`: the number under which the report keeps a
    page's picture.
    """

    difference: Difference
    name: str
    place: str
    groups: Sequence[Group]
    view: LetterView
    picture: Callable[[PageView], int]

    def html(self) -> str:
        """The section: what to decide in sight, the letter itself on demand."""
        name = escape(self.name)
        links = "".join(f"<li>{group_link(group)}</li>" for group in self.groups)
        numbers = " ".join(str(group.number) for group in self.groups)
        return f"""<article class="letter" id="{self.place}" tabindex="-1" data-groups="{numbers}">
<h3><a href="#{self.place}">{name}</a></h3>
<p class="verdict">{escape(self.difference.verdict)}</p>
{f'<ul class="of-letter" aria-label="Changes in it">{links}</ul>' if links else ""}
<details class="inside">
<summary>Show the letter<span class="away"> of {name}</span></summary>
{"".join(self._inside())}</details>
</article>
"""

    def _inside(self) -> Iterator[str]:
        difference, name = self.difference, escape(self.name)
        if self.view.before or self.view.after:
            yield f'<h4 class="controls">Pages</h4>\n<div class="viewer controls" data-name="{name}"></div>\n'
            yield f'<script type="application/json" class="view">{self._pages()}</script>\n'
        has_words = difference.counts[ChangeKind.WORDS] or difference.counts[ChangeKind.LETTER]
        yield _table("Stage", ("Before", "After", "What readers see"), self._stages())
        yield f"<h4>Words</h4>\n{whole_letter(difference) if has_words else _SAME}"
        if difference.in_word:
            yield from self._edited(difference.in_word)
        formatting = [
            [change.what, escape(change.text), *_sides(change.old, change.new)] for change in difference.formatting
        ]
        layout = [[change.what, str(change.page), *_sides(change.old, change.new)] for change in difference.layout]
        yield _table("Formatting", ("What", "Words", "Before", "After"), formatting)
        yield _table("Layout", ("What", "Page", "Before", "After"), layout)
        look = [[change.format, escape(change.what)] for change in difference.look]
        yield _table("Look", ("Where", "What changed"), look)
        facts = [fact for fact in difference.facts if fact not in difference.stage]
        yield _table("Hidden facts", ("Fact", "About", "Before", "After"), map(_fact, facts))

    def _stages(self) -> Iterator[list[str]]:
        for change in self.difference.stage:
            yield [*_sides(change.old, change.new), escape(seen(self.difference, change))]

    def _edited(self, inside: Difference) -> Iterator[str]:
        """What somebody edited in the Word file."""
        yield "<h4>Edited in Word</h4>\n<p>The Word file, against the letter as it was built:</p>\n"
        if inside.words:
            yield whole_letter(inside, on_pages=False)
        formatting = [
            [change.what, escape(change.text), *_sides(change.old, change.new)] for change in inside.formatting
        ]
        yield _table("Formatting in Word", ("What", "Words", "Before", "After"), formatting)
        facts = [fact for fact in inside.facts if not fact.follows]
        yield _table("Hidden facts in Word", ("Fact", "About", "Before", "After"), map(_fact, facts))

    def _pages(self) -> str:
        """Numbers only, and names of our own: nothing that could end a script."""
        sides = {
            side: [self._page(page) for page in pages]
            for side, pages in (("before", self.view.before), ("after", self.view.after))
        }
        return json.dumps(sides, separators=(",", ":"))

    def _page(self, page: PageView) -> dict[str, object]:
        marks = [
            [mark.op is Op.ADDED, mark.change]
            + [round(length, _DECIMALS) for length in (mark.left, mark.top, mark.width, mark.height)]
            for mark in page.marks
        ]
        size = [round(page.width, 1), round(page.height, 1)]
        return {"picture": self.picture(page), "size": size, "marks": marks}


_SAME = "<p>No word of the letter changed.</p>\n"


def group_link(group: Group) -> str:
    """A link to a group of changes."""
    return f'<a href="#change-{group.number}"><span class="number">{group.number}</span> {escape(headline(group))}</a>'


def headline(group: Group) -> str:
    """The title of a group, as a heading begins."""
    title = smart_quotes(group.title)
    return title[:1].upper() + title[1:]


def named(what: str) -> str:
    """A kind or a state as a heading or a button begins."""
    return what[:1].upper() + what[1:]


def decision(about: str, title: str, what: str, before: State) -> str:
    """The controls with which a reviewer decides about one change; they need the script. `before`: what others said."""
    about, what = escape(about), escape(what)
    names = {State.TO_DO: named(State.TO_DO) if before is State.TO_DO else _UNDECIDED}
    choices = "".join(
        f'<label><input type="radio" name="{about}" value="{state}"><span>{names.get(state, named(state))}'
        "</span></label>"
        for state in State
    )
    return f"""<p class="on-paper decided"></p>
<form class="decision controls" data-about="{about}" data-title="{escape(title)}" autocomplete="off">
<fieldset><legend class="away">Decision on {what}</legend><div class="segments">{choices}</div></fieldset>
<button type="button" class="quiet">Comment<span class="away"> on {what}</span></button>
<label class="comment"><span>Comment<span class="away"> on {what}</span></span>\
<textarea rows="2" aria-describedby="wants-{about}"></textarea></label>
<p class="wants" id="wants-{about}" role="alert"></p>
</form>"""


#: What a reviewer has said of a change that others read or asked about before.
_UNDECIDED = "Nothing new"


def _sides(old: str | None, new: str | None) -> list[str]:
    before = "none" if old is None else marked([(Op.REMOVED.value, old)])
    after = "none" if new is None else marked([(Op.ADDED.value, new)])
    return [before or "empty", after or "empty"]


def _fact(fact: FactChange) -> list[str]:
    name = f'{escape(fact.name)}<span class="follows">follows the words</span>' if fact.follows else escape(fact.name)
    return [name, escape(fact.about), *_sides(fact.old, fact.new)]


def _table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are HTML already; nothing where there is no row. Each row is a place to stop at."""
    listed = "\n".join(
        '<tr data-stop="" tabindex="-1">'
        + "".join(f'<td data-head="{head}">{cell}</td>' for head, cell in zip(heads, row, strict=True))
        + "</tr>"
        for row in rows
    )
    if not listed:
        return ""
    columns = "".join(f'<th scope="col">{head}</th>' for head in heads)
    return f"""<h4>{title}</h4>
<table class="sides"><thead><tr>{columns}</tr></thead>
<tbody>
{listed}
</tbody></table>
"""
