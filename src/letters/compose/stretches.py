"""The stretches of a template that have words of its own, each with the English that a remark says it was made from."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

_COMMENT = re.compile(r"\{#-?(.*?)-?#\}", re.S)
_ENGLISH = re.compile(r"\s*English:\s*(.*?)\s*", re.S)
_RIGHT = re.compile(r"\s*Right:")
_TAG = re.compile(r"\{%.*?%\}", re.S)
_VALUE = re.compile(r"\{\{.*?\}\}", re.S)
#: A line that opens a part, by its name, or closes one.
FENCE = re.compile(r" {0,3}:{3,}\s*(?:\{?\s*\.?([a-z][a-z0-9-]*))?")
#: What begins a line and is no word: of quotations, headings and lists.
_SIGNS = re.compile(r"^[ \t]*(?:>[ \t]*)*(?:(?:#{1,6}|[-*+]|\d{1,9}[.)])[ \t]+)?", re.M)
_CODE = re.compile(r"\{\{(.*?)\}\}|\{%(.*?)%\}", re.S)
_FACT = re.compile(r"\boutcome(?:\.\w+)+")
_TEXT = re.compile(r"'([^'\n]*)'|\"([^\"\n]*)\"")


@dataclass(frozen=True)
class Unit:
    """Lines `first` to `last` of a template, one below the other, in which it has words of its own.

    `part`: the part that they are in, empty in the body. `said`: the words, folded. `english`: what the remark above
    them says that they were made from; None where there is no such remark. `is_right`: whether a remark above
    them, `{# Right: … #}`, says that they are meant, though they differ from their English.
    """

    first: int
    last: int
    part: str
    said: str
    english: str | None = None
    is_right: bool = False


def folded(text: str) -> str:
    """Words as they are compared: without tags of Jinja and the signs that begin lines, white space folded."""
    text = _SIGNS.sub("", _TAG.sub("", text))
    text = _VALUE.sub(lambda value: f"{{{{ {' '.join(value[0][2:-2].split())} }}}}", text)
    return " ".join(text.split())


def units_of(text: str) -> list[Unit]:
    """The units of a template, top to bottom."""
    remarks = list(_remarks(text))
    right = [text.count("\n", 0, one.end()) + 1 for one in _COMMENT.finditer(text) if _RIGHT.match(one[1])]
    typed = _COMMENT.sub(_blank, text)
    lines, own = typed.split("\n"), _TAG.sub(_blank, typed).split("\n")
    units: list[Unit] = []
    for first, last, part in _stretches(own):
        after = units[-1].last if units else 0
        near = [(said, is_inside) for line, said, is_inside in remarks if after < line <= first]
        above = [said for said, is_inside in near if not is_inside]
        inside = ["".join(said for said, _ in near)] if near else []  # of a stretch that is branches alone
        said = folded("\n".join(lines[first - 1 : last]))
        is_right = any(after < line <= first for line in right)
        units.append(Unit(first, last, part, said, next(iter(above[-1:] or inside), None), is_right))
    return units


def lines_meant(text: str) -> set[int]:
    """The lines of which a remark above them, or on them, says that they are meant as they are."""
    lines = without_remarks(text).split("\n")
    found: set[int] = set()
    for one in _COMMENT.finditer(text):
        if _RIGHT.match(one[1]):
            end = text.count("\n", 0, one.end()) + 1
            found |= set(next(((at,) for at in range(end, len(lines) + 1) if lines[at - 1].strip()), ()))
    return found


def english_of(remark: str) -> str | None:
    """The English words that the inside of a remark gives; None if it gives none."""
    found = _ENGLISH.fullmatch(remark)
    return found[1] if found else None


def _remarks(text: str) -> Iterator[tuple[int, str, bool]]:
    """The remarks with English words: the line in which each ends, the words, whether words or tags are before it."""
    for comment in _COMMENT.finditer(text):
        if (said := english_of(comment[1])) is not None:
            before = _COMMENT.sub("", text[text.rfind("\n", 0, comment.start()) + 1 : comment.start()])
            yield text.count("\n", 0, comment.end()) + 1, said, bool(before.strip())


def without_remarks(text: str) -> str:
    """A template with blanks for its remarks."""
    return _COMMENT.sub(_blank, text)


def values_as(sign: str, text: str) -> str:
    """A text with `sign` for each value, without tags."""
    return _VALUE.sub(sign, _TAG.sub(" ", text))


def mentions(text: str, known: Collection[str]) -> Iterator[tuple[str, int]]:
    """What the code of a template asks for, with its line: facts of the outcome, and of `known` what it names."""
    text = _COMMENT.sub(_blank, text)
    for code in _CODE.finditer(text):
        for fact in _FACT.finditer(code[0]):
            name = re.sub(r"\.title$", "", fact[0]).removesuffix("_cy")
            yield name, text.count("\n", 0, code.start() + fact.start()) + 1
        for match in _TEXT.finditer(code[0]):
            said = match[1] if match[1] is not None else match[2]
            if said in known:
                yield repr(said), text.count("\n", 0, code.start() + match.start()) + 1


def _stretches(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """First and last line, from 1, of each stretch of lines with words, and the part that it is in."""
    part, first = "", 0
    for number, line in enumerate([*lines, ""], 1):
        fence = FENCE.match(line)
        if not fence and has_words(line):
            first = first or number
            continue
        if first:
            yield first, number - 1, part
        first = 0
        part = (fence[1] or "") if fence else part


def has_words(line: str) -> bool:
    """Whether a text has words of its own, beside values and tags."""
    return any(char.isalpha() for char in _VALUE.sub("", _TAG.sub("", line)))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
