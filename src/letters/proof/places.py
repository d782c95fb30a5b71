"""Where the words of a letter stand: lines of templates, phrases, fields, and values in YAML files, to the column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from letters.compose.trace import Span
from letters.letter import normalise
from letters.problems import InvalidInput, Place
from letters.workspace.accepted import whole
from letters.workspace.fields import Field
from letters.workspace.model import LetterType
from letters.workspace.raw import KeyPath, Raw, load_yaml, read_text
from letters.workspace.source import RECIPIENT, Source


class Places:
    """The places of a letter type's templates, and of the values of forces, in one source."""

    def __init__(self, source: Source, letter_type: LetterType) -> None:
        self._source = source
        self._letter_type = letter_type
        self._lines: dict[str, list[str]] = {}
        self._raws: dict[str, Raw | None] = {}

    def line(self, path: str, number: int, words: str = "") -> Place:
        """The place of a template's line, counted from 1; of `words` in it, where they are there."""
        if path not in self._lines:
            self._lines[path] = read_text(self._source, path).split("\n") if path in self._source else []
        lines = self._lines[path]
        text = lines[number - 1] if 0 < number <= len(lines) else ""
        found = _words_in(text, words) if words else None
        return Place(path, number, found.start() + 1 if found else 0, text)

    def also(self, place: Place, words: str) -> list[int]:
        """The other lines, remarks aside, on which `words` stand in the file of a place."""
        self.line(place.path, 1)
        lines = enumerate(self._lines[place.path], 1)
        return [
            number
            for number, text in lines
            if number != place.line and not text.lstrip().startswith("#") and _words_in(text, words)
        ]

    def span(self, span: Span | None, words: str = "") -> Place:
        """The place of a template line that a piece of a letter comes from; with column if its words stand there."""
        if span is None or not span.path:
            return Place(self._letter_type.folder)
        return self.line(span.path, span.line, "" if span.phrase else words)

    def phrase(self, key: str, words: str = "") -> Place:
        """The place of a phrase in wording.yaml, or of `words` in its text."""
        return self.value(self._letter_type.wording_path, (key, "text") if words else (key,), words)

    def field(self, name: str) -> Place:
        """The place of a field of the outcome in outcome.yaml."""
        return self.described(self._letter_type.outcome.at((name,)))

    def described(self, field: Field) -> Place:
        """The place in outcome.yaml where a field is described, or one inside it."""
        return self.value(f"{self._letter_type.folder}/outcome.yaml", field.way)

    def rules(self) -> Place:
        """The place of the rules in outcome.yaml."""
        return self.value(f"{self._letter_type.folder}/outcome.yaml", ("allOf",))

    def setting(self, *way: str | int) -> Place:
        """The place of a value in letter.yaml."""
        return self.value(f"{self._letter_type.folder}/letter.yaml", way)

    def value(self, path: str, way: KeyPath, words: str = "") -> Place:
        """The place of a key in a YAML file; of `words` in its value, if they are given."""
        raw = self._raw(path)
        if raw is None:
            return Place(path)
        return words_in_value(raw, way, words) if words and way in raw.ends else raw.place(way, key=True)

    def deep_value(self, path: str, way: KeyPath, words: str) -> Place:
        """The place of `words` in a text, or in the `text` of a value that has more to it."""
        raw = self._raw(path)
        return self.value(path, way if raw and way in raw.ends else (*way, "text"), words)

    def title(self, words: str) -> Place | None:
        """The place of `words` in the title of an answer, which outcome.yaml or recipient.yaml gives it."""
        for path in (f"{self._letter_type.folder}/outcome.yaml", RECIPIENT):
            raw = self._raw(path) if path in self._source else None
            for way, text in _texts(raw) if raw else ():
                if raw and way[-1] in ("title", "title_cy") and _words_in(normalise(text), words):
                    return words_in_value(raw, way, words)
        return None

    def in_force(self, path: str, words: str) -> Place | None:
        """The place of `words` in the values that a force's file has for this letter, or has for all of its letters."""
        raw = self._raw(path)
        for way, text in _texts(raw) if raw else ():
            mine = way[0] != "letters" or way[1:2] == (self._letter_type.name,)
            if raw and mine and way[-1] != "notes" and _words_in(normalise(text), words):
                return words_in_value(raw, way, words)
        return None

    def texts(self, path: str) -> Iterator[tuple[KeyPath, str]]:
        """Every text of a YAML file and the way to it; none of one that cannot be read."""
        raw = self._raw(path)
        yield from _texts(raw) if raw else ()

    def _raw(self, path: str) -> Raw | None:
        if path not in self._raws:
            try:
                self._raws[path] = load_yaml(self._source, path)
            except InvalidInput:
                self._raws[path] = None
        return self._raws[path]


def words_in_value(raw: Raw, way: KeyPath, words: str) -> Place:
    """The place of `words` in a text of a YAML file; of as many of them as stand in one line."""
    some = words.split()
    while some:
        for line, begin, text in raw.written(way):
            if found := _words_in(text, " ".join(some)):
                return raw.at(line, begin + found.start())
        some.pop()
    return raw.place(way)


def _words_in(text: str, words: str) -> re.Match[str] | None:
    if not words.strip():
        return None
    return whole(normalise(words)).search(text) or _among_marks(normalise(words)).search(text)


@cache
def _among_marks(words: str) -> re.Pattern[str]:
    """Where `words` stand as whole words with the marks of Markdown among them: **bold**text, unit\\_share."""
    signs = {" ": r"\s+", "'": "['‘’]", '"': '["“”]'}
    inner = r"[*_\\]*".join(signs.get(ch, re.escape(ch)) for ch in words)
    begin = r"(?<![^\W_])" if words[0].isalnum() else ""
    end = r"(?![^\W_])" if words[-1].isalnum() else ""
    return re.compile(begin + inner + end, re.IGNORECASE)


def _texts(raw: Raw) -> Iterator[tuple[KeyPath, str]]:
    """Every text of a YAML file and the way to it, those of letters first."""
    for way in sorted(raw.ends, key=lambda way: way[:1] != ("letters",)):
        value: object = raw.data
        for step in way:
            value = value.get(step) if isinstance(value, Mapping) else value[step] if isinstance(value, list) else None  # type: ignore[index]
        if isinstance(value, str):
            yield way, value
