"""What in a letter type that was made from another may be true of that one alone: dates, years, people, its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from letters.problems import InvalidInput
from letters.workspace.forces import force_files
from letters.workspace.raw import load_yaml
from letters.workspace.same_signatures import signature_pictures
from letters.workspace.source import Source

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_WELSH_MONTH = "(?:Ionawr|Chwefror|Mawrth|Ebrill|Mai|Mehefin|Gorffennaf|Awst|Medi|Hydref|Tachwedd|Rhagfyr)"
_YEAR = r"(?:19|20)\d\d"
#: Dates, months and years, and words that mean one of them.
_TIMES = re.compile(
    rf"\b(?:\d{{1,2}} )?{_MONTH}(?: {_YEAR}| of (?:this|last|next) year)?\b"
    rf"|\b{_YEAR}-\d\d-\d\d\b|\b{_YEAR}\b(?!-\d\d\b)"
    rf"|\b\d{{1,2}} {_WELSH_MONTH}\b|\b(?:eleni|llynedd)\b"
    r"|\b(?:this|last|next) (?:year|month|week|spring|summer|autumn|winter)\b|\b(?:yesterday|today|tomorrow)\b"
)
_MAY = re.compile(r"\bMay (?=[a-z])")  # "May we"
#: The line that says by which schema a file is read.
_SCHEMA = re.compile(r"\$schema\b")
#: The YAML of a letter type whose keys say whose the words are.
_SETTINGS = ("title", "title_cy", "date")


@dataclass(frozen=True)
class Note:
    """A line of a letter type (0: a whole file), and what in it smells of another year; `why` says what it is."""

    path: str
    line: int
    words: tuple[str, ...]
    why: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {', '.join(self.words)}{f' ({self.why})' if self.why else ''}"


def smells(source: Source, name: str, old: str) -> list[Note]:
    """What to look at in the files of words of the letter type `name`, which was made from `old`, line by line."""
    people, called = _people(source, name, old), re.compile(rf"\b{re.escape(old)}\b")
    notes: list[Note] = []
    for path in source:
        if path.startswith(f"templates/{name}/") and path.endswith((".md", ".yaml")):
            text = source[path].decode("utf-8", "replace")
            notes += _in_text(path, text.splitlines(), people, called)
    return [*notes, *_signatures(source, name)]


def _signatures(source: Source, name: str) -> Iterator[Note]:
    """The pictures of signatures that came with the other letter type."""
    paths = (f"templates/{name}/{file}" for file in ("letter.md", "letter.cy.md"))
    shown = {file: described for path in paths for _, described, file in signature_pictures(source, path)}
    for file, described in shown.items():
        if (path := f"templates/{name}/{file}") in source:
            yield Note(path, 0, (described or file,), "the picture itself is that of the other letter type")


def _in_text(path: str, lines: list[str], people: list[str], called: re.Pattern[str]) -> Iterator[Note]:
    for number, line in enumerate(lines, 1):
        if _SCHEMA.search(line):
            continue
        key = re.match(r"\s*([a-z_]+):", line)
        words = [found[0] for found in _TIMES.finditer(_MAY.sub("", line))]
        words += [found[0] for found in called.finditer(line)]
        words += _without_parts(person for person in people if _names(person, line))
        if path.endswith("/letter.yaml") and key and not line[:1].isspace() and key[1] in _SETTINGS:
            yield Note(path, number, (line.partition("#")[0].strip(),), f"the {key[1]} of the other letter type")
        elif key and key[1] == "true_in" and words:
            yield Note(path, number, (line.strip().partition("  ")[0],), "the year in which the phrase is right")
        elif words:
            yield Note(path, number, tuple(dict.fromkeys(words)))


def _people(source: Source, name: str, old: str) -> list[str]:
    """Who may be named, without the letters behind a name (QPM): who signs and whom to ask, and those at the head of
    the forces, now and in the old letters.
    """
    found: list[object] = []
    settings = _data(source, f"templates/{name}/letter.yaml")
    for key in ("signatory", "contact"):
        who = _get(settings, key)
        if isinstance(who, str):  # the name of a file
            found.append(who)
            who = _data(source, f"templates/signatories/{who}.yaml")
        found += [_get(who, "name"), _get(who, "email")]
    for path in force_files(source)[0].values():
        force = _data(source, path)
        for holder in (force, _get(force, "letters", old)):
            if isinstance(holder, dict):
                found += [
                    inner.get("name") for key, inner in holder.items() if isinstance(inner, dict) and key != "letters"
                ]
    bare = (re.sub(r"(?: [A-Z]{2,})+$", "", person) for person in found if isinstance(person, str))
    return list(dict.fromkeys(person for person in bare if len(person) > _SHORTEST))


#: A shorter name may be any word.
_SHORTEST = 4


def _names(person: str, line: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(person)}(?!\w)", line))


def _without_parts(people: Iterable[str]) -> list[str]:
    known = list(people)
    return [one for one in known if not any(one != other and one in other for other in known)]


def _get(data: object, *keys: str) -> object:
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _data(source: Source, path: str) -> object:
    try:
        return load_yaml(source, path).data
    except InvalidInput:
        return None
