"""What is wrong with a template's own words, tags and remarks aside: characters, emptiness, what is left over."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from letters.letter.characters import refused
from letters.letter.leftovers import leftovers
from letters.problems import Code, Place, Problem, Severity
from letters.workspace.texts import without_character

_VERDICT = re.compile(r"\{%-?\s*macro\s+verdict\s*\(\s*outcome\s*\)")
_COMMENT = re.compile(r"\{#.*?(?:#\}|\Z)", re.S)
_TAG = re.compile(r"\{[{%](?:(?!\{[{%]).)*?[}%]\}", re.S)


def own_text_problems(path: str, text: str, codes: Collection[str], nouns: Collection[str]) -> Iterator[Problem]:
    """Every problem of the template `text` at `path`.

    `codes`: the answers that are written as codes. `nouns`: what one is called who letters go to, and many.
    """
    yield from _empty_problems(path, text)
    lines = text.split("\n")
    words = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    for number, said in enumerate(words.split("\n"), 1):
        for at, why in refused(said):
            place = Place(path, number, at + 1, lines[number - 1])
            yield Problem(Code.UNPRINTABLE_CHARACTER, why, place, without_character(place))
    # A letter in the place of what tags print: it is words.
    written = _TAG.sub(lambda match: re.sub(r"[^\n]", "a", match[0]), words).split("\n")
    for number, said in enumerate(written, 1):
        around = [*written[max(number - 2, 0) : number - 1], *written[number : number + 1]]
        is_part = any(line.strip(" :") and not line.startswith(":::") for line in around)
        for found in leftovers(said, codes, nouns=nouns, is_part=is_part):
            place = Place(path, number, said.find(found.written) + 1, lines[number - 1])
            severity = Severity.ERROR if found.stops else Severity.WARNING
            hint = found.hint
            if found.code in (Code.PLACEHOLDER, Code.PLACEHOLDER_PERHAPS):
                hint = "write what is meant; a remark that is not printed is {# written so #}"
            yield Problem(found.code, found.message, place, hint, severity)


def _empty_problems(path: str, text: str) -> Iterator[Problem]:
    if not text.strip():
        yield Problem(Code.NO_WORDS, "this template is empty", Place(path), "fetch the earlier version back")
    elif re.search(r"/verdict(\.\w+)?\.md$", path) and not _VERDICT.search(text):
        hint = "put {% macro verdict(outcome) %} above the sentences, and {% endmacro %} below them"
        yield Problem(Code.UNKNOWN_NAME, "this file does not make a verdict", Place(path), hint)
