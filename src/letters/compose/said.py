"""Whether two letters of one outcome, in English and in Welsh, say the same stretches of their templates, in order.

A condition that is another in one language makes letters that say another thing, though every stretch of the templates
has its like: only letters show it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from letters.compose.stretches import Unit, folded, has_words, units_of
from letters.problems import quoted

#: Lines of templates, each with its file, in the order in which a letter says them.
Lines = Sequence[tuple[str, int]]

_PHRASE = re.compile(r"\{\{-?\s*phrase\(\s*(?:'([^'\n]*)'|\"([^\"\n]*)\")[^{}]*\}\}")
#: Values, which are shown as left out.
_VALUES = re.compile(r"(?:\{\{.*?\}\}\s*)+")


@dataclass(frozen=True)
class Astray:
    """A Welsh stretch that some letter says and should not, or says not and should; `why` in words.

    `english`: where its English is. `is_order`: whether it only stands elsewhere.
    """

    path: str
    unit: Unit
    why: str
    english: str
    is_order: bool = False


@dataclass(frozen=True)
class _Said:
    """A stretch: what it says in English, and where it stands."""

    english: str
    path: str
    unit: Unit


class SaidInStep:
    """Holds what letters in two languages say against each other. `files`: by path the templates of both; `pairs`:
    the English and the Welsh one of each."""

    def __init__(self, texts: Mapping[str, str], pairs: Sequence[tuple[str, str]]) -> None:
        self._english = _by_line({one: texts[one] for one, _ in pairs}, is_welsh=False)
        self._welsh = _by_line({other: texts[other] for _, other in pairs}, is_welsh=True)
        self._both = {one.english for one in self._english.values()} & {one.english for one in self._welsh.values()}

    def found(self, english: Lines, welsh: Lines) -> Iterator[Astray]:
        """What the Welsh letter of an outcome does not say as the English one does."""
        here, made = self._said(english, self._english), self._said(welsh, self._welsh)
        more = Counter(one.english for one in made) - Counter(one.english for one in here)
        lost = Counter(one.english for one in here) - Counter(one.english for one in made)
        if not more and not lost:
            yield from _elsewhere(here, made)
            return
        missing = [next(one for one in here if one.english == key) for key in lost]
        for number, key in enumerate(more):
            own = next(one for one in made if one.english == key)
            instead = missing[number] if number < len(missing) else None
            says = f"the English says {_shown(instead)}" if instead else "its English is not"
            yield Astray(own.path, own.unit, f"is said of an outcome of which {says}", self._at(key))
        for one in missing[len(more) :]:
            for own in dict.fromkeys(own for own in self._welsh.values() if own.english == one.english):
                why = "is not said of an outcome of which its English is"
                yield Astray(own.path, own.unit, why, self._at(one.english))

    def _at(self, key: str) -> str:
        one = next(one for one in self._english.values() if one.english == key)
        return f"{one.path}:{one.unit.first}"

    def _said(self, lines: Lines, known: Mapping[tuple[str, int], _Said]) -> list[_Said]:
        """The stretches that a letter says, of those that both languages have, each once where it goes on."""
        said = [known[line] for line in lines if line in known and known[line].english in self._both]
        return [next(same) for _, same in groupby(said, key=lambda one: one.english)]


def _elsewhere(here: Sequence[_Said], made: Sequence[_Said]) -> Iterator[Astray]:
    for one, other in zip(here, made, strict=False):
        if one.english != other.english:
            why = f"stands in a letter where the English says {_shown(one)}"
            yield Astray(other.path, other.unit, why, f"{one.path}:{one.unit.first}", is_order=True)
            return


def _shown(one: _Said) -> str:
    said = " ".join(_VALUES.sub("… ", one.english).split())
    return f"{quoted(said)} ({one.path.rpartition('/')[2]}:{one.unit.first})"


def _by_line(texts: Mapping[str, str], *, is_welsh: bool) -> dict[tuple[str, int], _Said]:
    """What each line of some templates says in English: of a stretch, or of a phrase that stands alone."""
    found: dict[tuple[str, int], _Said] = {}
    for path, text in texts.items():
        for number, line in enumerate(text.split("\n"), 1):
            if key := _phrases(line):
                found[path, number] = _Said(key, path, Unit(number, number, "", folded(line)))
        for unit in units_of(text):
            key = _key(unit.english or "" if is_welsh else unit.said)
            for number in range(unit.first, unit.last + 1):
                found.pop((path, number), None)
                if key:
                    found[path, number] = _Said(key, path, unit)
    return found


def _key(english: str) -> str:
    """English words as they are compared; of a line without words of its own its phrases, or nothing."""
    return folded(english) if has_words(english) else _phrases(english)


def _phrases(text: str) -> str:
    return " ".join(one or other for one, other in _PHRASE.findall(text))
