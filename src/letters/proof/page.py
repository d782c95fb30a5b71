"""The book of wordings as one accessible web page that needs nothing else: search and filters are inside."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files

from letters.letter.quotes import smart_quotes
from letters.problems import plural
from letters.proof.book import Book, Verdict
from letters.proof.book_text import (
    Asked,
    Difference,
    account,
    approval,
    differences,
    fields_of,
    first_words,
    pieces,
)
from letters.workspace.model import Number

#: Of a long list so many are shown at once, the rest on demand.
_MOST = 12


def book_page(
    book: Book, force_names: Mapping[str, str], changed: frozenset[str] | None = None, since: str = ""
) -> bytes:
    """The page, in UTF-8. `changed`: the numbers of the verdicts that are new or changed since the revision `since`."""
    return _Page(book, force_names, changed, since).page().encode()


class _Page:
    """One book's page, while it is written."""

    def __init__(self, book: Book, force_names: Mapping[str, str], changed: frozenset[str] | None, since: str) -> None:
        self.book = book
        self.names = force_names
        self.changed = changed
        self.since = since or "the earlier version"
        self.fields = fields_of(book.letter_type)
        self.closed = tuple(field for field in self.fields if field.titles)
        self.differences = differences(book)
        self.differing = {difference.slug for difference in self.differences}
        self.phrase_places = {key: place for place, key in enumerate(book.letter_type.phrases)}
        self.answer_places = [{key: str(place) for place, key in enumerate(field.titles)} for field in self.closed]

    def page(self) -> str:
        title = escape(f"Wordings of {smart_quotes(self.book.letter_type.title)}")
        style, script = _packaged("page.css"), _packaged("page.js")
        policy = (
            f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
            "base-uri 'none'; form-action 'none'"
        )
        return f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<a class="skip" href="#verdicts">Skip to the verdicts</a>
{self.header()}
<main>
{"".join(self.sections())}</main>
<script>{script}</script>
</body>
</html>
"""

    def sections(self) -> Iterator[str]:
        if self.book.letter_type.phrases:
            yield self.phrases()
        if self.differences:
            yield self.departures()
        yield self.verdicts()

    # -- the head

    def header(self) -> str:
        book = self.book
        used = sum(bool(verdict.forces) for verdict in book.verdicts)
        figures = [("Outcomes", len(book.readings)), ("Verdicts", len(book.verdicts)), ("Used today", used)]
        if book.letter_type.phrases:
            figures.append(("Phrases", len(book.letter_type.phrases)))
        if self.changed is not None:
            figures.append((f"Changed since {self.since}", len(self._changed())))
        listed = "".join(f"<div><dt>{escape(name)}</dt><dd>{number:,}</dd></div>" for name, number in figures)
        links = [("phrases", "Phrases")] if book.letter_type.phrases else []
        links += [("departures", "Worded differently today")] if self.differences else []
        links += [("verdicts", "Verdicts, with search and filters")]
        items = "".join(f'<li><a href="#{target}">{name}</a></li>' for target, name in links)
        return f"""<header>
<p class="kicker">The book of wordings</p>
<h1>{escape(smart_quotes(book.letter_type.title))}</h1>
<dl class="figures">{listed}</dl>
<p>{escape(account(self.book))} {escape(approval(self.book))}</p>
<nav aria-label="On this page"><ul>{items}</ul></nav>
</header>"""

    def _changed(self) -> frozenset[str]:
        return (self.changed or frozenset()) & {verdict.number for verdict in self.book.verdicts}

    # -- phrases

    def phrases(self) -> str:
        numbers = self.book.phrase_numbers()
        each = "\n".join(self._phrase(key, numbers.get(key, [])) for key in self.book.letter_type.phrases)
        return f'<section id="phrases" class="phrases">\n<h2>Phrases</h2>\n{each}\n</section>\n'

    def _phrase(self, key: str, numbers: Sequence[str]) -> str:
        phrase = self.book.letter_type.phrases[key]
        is_plural = phrase.number is Number.PLURAL
        facts = [
            ("When", escape(smart_quotes(phrase.use))),
            ("Number", "plural (were, these)" if is_plural else "singular (was, this)"),
            ("Verdicts", self._places(key, numbers)),
            ("Today", self._forces(self.book.used.get(key, ()), "letter")),
        ]
        departing = [self.names.get(one.slug, one.slug) for one in self.differences if one.phrase == key]
        if departing:
            said = escape(", ".join(dict.fromkeys(departing)))
            facts.append(("Differently", f'<a href="#departures">Worded differently</a> for {said}'))
        return f"""<article id="phrase-{escape(key)}" tabindex="-1">
<h3><a href="#phrase-{escape(key)}">{_breakable(key)}</a></h3>
<p class="words">{escape(smart_quotes(phrase.text))}</p>
{_definitions(facts)}
</article>"""

    def _places(self, key: str, numbers: Sequence[str]) -> str:
        if not numbers:
            is_said = any(
                span.phrase == key for reading in self.book.readings for block in reading.blocks for span in block.spans
            )
            return "in the text that all letters share" if is_said else "none"
        count = f"{len(numbers):,} of {plural(len(self.book.verdicts), 'verdict')}"
        only = f'<a class="only" data-only href="#phrase={escape(key)}">Show only these</a>'
        return f'{count} {only}<div class="places">{_some([_link(number) for number in numbers], "numbers")}</div>'

    def _forces(self, slugs: Sequence[str], what: str) -> str:
        if not slugs:
            return "unused today"
        return f"{plural(len(slugs), what)}: {_some([self._force(slug) for slug in slugs], 'forces', ', ')}"

    def _force(self, slug: str) -> str:
        return escape(self.names.get(slug, slug))

    # -- departures

    def departures(self) -> str:
        rows = "\n".join(map(self._departure, self.differences))
        return f"""<section id="departures" tabindex="-1">
<h2>Worded differently today</h2>
<p>Letters of today that do not say a standard phrase as it stands, or say more.</p>
<ul class="departures">
{rows}
</ul>
</section>
"""

    def _departure(self, difference: Difference) -> str:
        key = difference.phrase
        place = f'in place of <a href="#phrase-{escape(key)}">{_breakable(key)}</a>' if key else "a sentence added"
        force, text = self._force(difference.slug), escape(difference.text)
        return f'<li><div><strong>{force}</strong><br>{place}:</div><p class="words">{text}</p></li>'

    # -- verdicts

    def verdicts(self) -> str:
        each = "\n".join(map(self._verdict, self.book.verdicts))
        count = len(self.book.verdicts)
        return f"""<section id="verdicts">
<h2 id="verdicts-heading" tabindex="-1">Verdicts</h2>
<div class="columns">
{self._form()}
<div class="list">
<p id="count" role="status">{count:,} of {plural(count, "verdict")}</p>
<p id="shown"></p>
<p id="nothing" hidden>No verdict has all of this. Take something out, or choose Clear.</p>
{each}
</div>
</div>
</section>
"""

    def _form(self) -> str:
        return f"""<form id="filter" role="search" autocomplete="off" aria-label="Verdicts" hidden>
<label for="words">Words, a number or a force</label>
<input type="search" id="words" name="words" spellcheck="false" aria-describedby="words-hint">
<p class="hint" id="words-hint">Every word must occur; words “in quotation marks” as they stand. \
Enter goes to the first verdict, Escape empties the box.</p>
{"".join(self._selects())}<button type="reset">Clear</button>
</form>"""

    def _selects(self) -> Iterator[str]:
        yield '<details id="more"><summary>Filters</summary>\n'
        yield _select("today", "Today", "", [("used", "used today"), ("unused", "unused today")], "used or unused")
        if self.changed is not None:
            yield f"""<p class="check"><input type="checkbox" id="changed" name="changed" value="yes">
<label for="changed">Changed since {escape(self.since)}</label></p>
"""
        for place, field in enumerate(self.closed):
            options = [(key, smart_quotes(title)) for key, title in field.titles.items()]
            yield _select(f"answer.{field.name}", smart_quotes(field.label), f' data-answer="{place}"', options)
        if self.book.letter_type.phrases:
            yield _select("phrase", "Made with the phrase", "", [(key, key) for key in self.book.letter_type.phrases])
        yield "</details>\n"

    def _verdict(self, verdict: Verdict) -> str:
        flags = " data-used" if verdict.forces else ""
        badge = ""
        if verdict.number in (self.changed or ()):
            flags += " data-changed"
            badge = f'<p class="badge">New or changed since {escape(self.since)}</p>\n'
        phrases = " ".join(str(self.phrase_places[key]) for key in verdict.phrases if key in self.phrase_places)
        outcomes = " ".join(dict.fromkeys(map(self._places_of_answers, verdict.outcomes)))
        words = "\n".join(
            f'<p class="words">{_marked(pieces(block), self.phrase_places)}</p>' for block in verdict.blocks
        )
        return f"""<article class="verdict" id="{verdict.number}" tabindex="-1" data-outcomes="{outcomes}" \
data-phrases="{phrases}"{flags}>
<h3>{_link(verdict.number)} {escape(first_words(verdict.text))}</h3>
{badge}{words}
{self._today(verdict)}
{self._outcomes(verdict)}
</article>"""

    def _places_of_answers(self, answers: Mapping[str, object]) -> str:
        places = (
            where.get(field.key(answers), "") for field, where in zip(self.closed, self.answer_places, strict=True)
        )
        return ".".join(places)

    def _today(self, verdict: Verdict) -> str:
        if not verdict.forces:
            return '<p class="today unused">Unused today</p>'
        names = (
            f'{self._force(slug)} (<a href="#departures">worded differently</a>)'
            if slug in self.differing
            else self._force(slug)
            for slug in verdict.forces
        )
        return f'<p class="today">Today: {", ".join(names)}</p>'

    def _outcomes(self, verdict: Verdict) -> str:
        tables = [_definitions(_answers(self.fields, answers)) for answers in verdict.outcomes]
        if len(tables) == 1:
            return tables[0]
        count = f"<p>{plural(len(tables), 'outcome')} lead to it:</p>\n"
        shown, more = tables[:2], tables[2:]
        rest = (
            f"\n<details><summary>{plural(len(more), 'more outcome')}</summary>{''.join(more)}</details>"
            if more
            else ""
        )
        return count + "\n".join(shown) + rest


def _answers(fields: Iterable[Asked], answers: Mapping[str, object]) -> list[tuple[str, str]]:
    return [(escape(smart_quotes(field.label)), escape(smart_quotes(field.said(answers)))) for field in fields]


def _definitions(facts: Iterable[tuple[str, str]]) -> str:
    """A definition list of facts that are HTML already."""
    return f'<dl class="facts">{"".join(f"<div><dt>{name}</dt><dd>{said}</dd></div>" for name, said in facts)}</dl>'


def _marked(said: Iterable[tuple[str, str]], known: Mapping[str, int]) -> str:
    return "".join(
        f'<a href="#phrase-{escape(key)}">{escape(text, quote=False)}</a>'
        if key in known
        else escape(text, quote=False)
        for text, key in said
    )


def _select(
    name: str, label: str, attributes: str, options: Iterable[tuple[str, str]], any_of_them: str = "any"
) -> str:
    listed = "".join(f'<option value="{escape(value)}">{escape(title)}</option>' for value, title in options)
    return f"""<label for="{escape(name)}">{escape(label)}</label>
<select id="{escape(name)}" name="{escape(name)}"{attributes}><option value="">{any_of_them}</option>{listed}</select>
"""


def _some(items: Sequence[str], what: str, between: str = " ") -> str:
    """A list of HTML: if it is long, the first of it, and all of it on demand."""
    if len(items) <= _MOST:
        return between.join(items)
    folded = f"<details><summary>All {len(items):,} {what}</summary>{between.join(items)}</details>"
    return f'<span class="first">{between.join(items[:_MOST])}{between.rstrip()} …</span>{folded}'


def _breakable(key: str) -> str:
    """The id of a phrase, which is long, with places where a line may end."""
    return re.sub("([._])", r"\1<wbr>", escape(key))


def _link(number: str) -> str:
    return f'<a class="number" href="#{number}">{number}</a>'


@cache
def _packaged(name: str) -> str:
    return (files("letters.proof") / name).read_text("utf-8")


def _digest(text: str) -> str:
    """What a Content-Security-Policy calls a style or a script that it lets in."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}"
