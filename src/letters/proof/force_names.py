"""Where a text names forces: found in time that does not grow with how many forces there are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
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
    """The names of all forces, by the word that each begins with."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first: defaultdict[str, list[str]] = defaultdict(list)
        for name in sorted({name for name in names if name.strip()}, key=lambda name: (-len(name), name)):
            self._by_first[_first(name)].append(name)

    def mentions(self, text: str, own: str) -> Iterator[Mention]:
        """Each name of a force other than `own`, whole and in order; of names that begin alike, the longest.

        Where the text says `own`, no other name is looked for: 'West Mercia Police' does not name Mercia Police.
        """
        text, end = text.replace(own, "*" * len(own)) if own else text, 0
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
