"""In which way a template prints a fact: what its filters make of it, and the signs that stand beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jinja2 import nodes

from letters.compose.printing import AND, OR

_DATE = frozenset({"day", "month", "year"})
#: What a filter adds to a fact, or leaves of it; of one that is not here nothing that is compared.
_MAKES: dict[str, frozenset[str]] = {
    "all_of": frozenset({"and"}),
    "any_of": frozenset({"or"}),
    "percent": frozenset({"%"}),
    "money": frozenset({"£"}),
    "short_money": frozenset({"£"}),
    "length": frozenset({"how many"}),
    "long_date": _DATE,
    "weekday_date": _DATE,
    "until": _DATE,
    "day_month": _DATE - {"year"},
    "month_year": _DATE - {"day"},
    "weekday": frozenset({"weekday"}),
}
_JOINS = frozenset({"and", "or"})
_BEFORE_THE_LAST = {
    word: made for made, words in (("and", AND), ("or", OR)) for pair in words.values() for word in pair
}


@dataclass(frozen=True)
class Way:
    """How one fact is printed. `filters`: as they are written, for messages; `makes`: what they make of the fact;
    `beside`: the signs, `£` or `%`, that are typed before or behind it."""

    filters: tuple[str, ...] = ()
    makes: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()

    def through(self, node: nodes.Filter) -> Way:
        """The same, through one more filter, which stands before those that are known."""
        made = _MAKES.get(node.name, frozenset())
        if node.name == "joined" and node.args and isinstance(node.args[0], nodes.Const):
            made = frozenset(filter(None, [_BEFORE_THE_LAST.get(node.args[0].value)]))
        return Way((node.name, *self.filters), self.makes | made, self.beside)


def differ(one: Iterable[Way], other: Iterable[Way]) -> bool:
    """Whether a fact that two texts print is not printed alike.

    Words before the last of a list are compared where both have one: a list may be written out. A day of the week
    counts only where there is no date.
    """
    (mine, my_signs), (theirs, their_signs) = (_made(ways) for ways in (one, other))
    joins = (mine & _JOINS, theirs & _JOINS)
    if all(joins) and joins[0] != joins[1]:
        return True
    mine, theirs = mine - _JOINS - their_signs, theirs - _JOINS - my_signs
    return mine != theirs


def _made(ways: Iterable[Way]) -> tuple[frozenset[str], frozenset[str]]:
    """What ways of printing make together, and the signs among that, whoever puts them there."""
    every = list(ways)
    made = frozenset(one for way in every for one in way.makes)
    signs = (made | {one for way in every for one in way.beside}) & {"£", "%"}
    return made - {"weekday"} if "day" in made else made, signs


def listed(ways: Sequence[Way]) -> str:
    """The filters of some ways of printing, as messages name them."""
    return " and ".join(dict.fromkeys(_written(ways))) or "no filter"


def _written(ways: Sequence[Way]) -> Iterator[str]:
    yield from (f"`{' | '.join(way.filters)}`" for way in ways if way.filters)
