"""Where a text names forces: found in time that does not grow with how many forces there are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

#: A name is looked for where one of these begins that is also its first.
_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class Mention:
    """A force's name in a text, from `start` to `end`."""

    start: int
    end: int
    name: str


class ForceNames:
    """The names of all forces, by the word that each begins with.

    `endings`: what names have behind an area, such as `Police`: a force is named with any of them.
    """

    def __init__(self, names: Iterable[str], endings: Collection[str] = ()) -> None:
        self._by_first: defaultdict[str, list[str]] = defaultdict(list)
        self._endings = endings
        known = {name for name in names if name.strip()}
        known |= {other for name in known for other in self._otherwise(name)}
        for name in sorted(known, key=lambda name: (-len(name), name)):
            self._by_first[_first(name)].append(name)

    def _otherwise(self, name: str) -> list[str]:
        """A name with each other ending; none where it has none of them."""
        own = max((end for end in self._endings if name.endswith(f" {end}")), key=len, default="")
        area = name.removesuffix(f" {own}") if own else ""
        return [f"{area} {end}" for end in self._endings if end != own] if area else []

    def mentions(self, text: str, own: str) -> Iterator[Mention]:
        """Each name of a force other than `own`, whole and in order; of names that begin alike, the longest.

        Where the text says `own`, no other name is looked for: 'West Mercia Police' does not name Mercia Police.
        """
        end = 0
        for name in sorted((own, *self._otherwise(own)), key=len, reverse=True) if own else ():
            text = text.replace(name, "*" * len(name))
        for token in _TOKEN.finditer(text):
            at = token.start()
            if at < end:
                continue
            name = next((name for name in self._by_first.get(token[0], ()) if _is_at(name, text, at)), "")
            if name and name != own:
                end = at + len(name)
                yield Mention(at, end, name)


def _first(name: str) -> str:
    token = _TOKEN.search(name)
    return token[0] if token else name


def _is_at(name: str, text: str, at: int) -> bool:
    """Whether a name stands there, and no letter follows it."""
    following = text[at + len(name) : at + len(name) + 1]
    return text.startswith(name, at) and not (following.isalnum() or following == "_")
