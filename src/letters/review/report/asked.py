"""What readers asked about changes, and what was answered, as the report shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from html import escape

from letters.compose.english import long_date
from letters.problems import plural
from letters.review.marks.standing import Query, Standing


def queries_section(standing: Standing, names: Callable[[Query], str], numbers: Mapping[str, int]) -> str:
    """The open queries and those that were answered, on top of the report; nothing where there is none.

    `names`: the letters of a query, as HTML. `numbers`: of each change of the report, by its id, its number.
    """
    if not standing.queries:
        return ""
    waiting = standing.open_queries
    answered = [query for query in standing.queries if not query.is_open]
    lead = (
        f"{plural(len(waiting), 'query', 'queries')} to be answered. Until then each holds its letters; who answers "
        "writes <code>letters review --answer NUMBER TEXT --by NAME</code>."
        if waiting
        else "All queries are answered."
    )
    listed = "".join(_query(query, names, numbers) for query in (*waiting, *answered))
    return f"""<section id="queries">
<h2>Queries</h2>
<p class="lead">{lead}</p>
<ul>{listed}</ul>
</section>
"""


def _query(query: Query, names: Callable[[Query], str], numbers: Mapping[str, int]) -> str:
    found = [numbers[one] for one in query.changes if one in numbers]
    about = escape(query.title)
    links = ", ".join(f'<a href="#change-{number}">change {number}</a>' for number in found)
    where = links or "no longer a change of these letters"
    return f"""<li class="query{"" if query.is_open else " answered"}">
<p><strong>{query.number}. {about}</strong> ({where}; {names(query)})</p>
{_said(query)}</li>
"""


def asked(queries: Iterable[Query]) -> str:
    """What is asked about one change."""
    return "".join(
        f'<div class="query{"" if query.is_open else " answered"}">{_said(query)}</div>' for query in queries
    )


def _said(query: Query) -> str:
    said = _quoted(f"{query.by} asked", query.on, query.comment or "(without a comment)")
    return said + (_quoted(f"{query.answer.by} answered", query.answer.on, query.answer.text) if query.answer else "")


def _quoted(who: str, on: datetime, text: str) -> str:
    return f'<p class="asks">{escape(who)} on {_day(on)}:</p><blockquote>{escape(text)}</blockquote>'


def _day(moment: datetime) -> str:
    return long_date(moment.date())
