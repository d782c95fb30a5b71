"""Texts of YAML files that no letter can say, or that are no words of one: characters, code, what is left over."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from letters.letter.characters import refused
from letters.letter.leftovers import Leftover, in_foreign_quotes, leftovers, unpaired_mark
from letters.letter.markdown.lines import BULLET, WITH_HYPHENS
from letters.problems import Code, Place, Problem, Severity, quoted
from letters.workspace.raw import KeyPath, Raw

#: Keys whose values are the names of people and things.
_NAMES = frozenset({"name", "rank", "short_title", "salutation", "copied_to"})

#: As many words are no longer a name or a title.
_FEW = 12


@dataclass(frozen=True)
class Printed:
    """Which texts of a file are printed, and what they may hold.

    `is_left_out`: whether the text at a path is not printed as words, such as the answer of a closed field.
    `codes`: the answers that are written as codes. `unfinished`: whether words may still be to come. `nouns`: what one
    is called who letters go to, and many.
    """

    is_left_out: Callable[[KeyPath], bool]
    codes: Collection[str] = ()
    nouns: Collection[str] = ()
    unfinished: bool = False


def printed_problems(raw: Raw, path: KeyPath, value: object, printed: Printed) -> list[Problem]:
    """What is wrong with the texts in `value`, which stands at `path`, as words of a letter."""
    problems: list[Problem] = []
    for where, text in _texts(path, value):
        if not printed.is_left_out(where):
            problems += _quote_problems(raw, where, text)
            problems += (_problem(raw, where, found) for found in _leftovers(where, text, printed))
    return problems


def mail_problem(address: str, person: str, place: Place) -> Problem:
    """What is to be said of an address of mail that is not that of `person`."""
    hint = "write the address of that person; if it is meant, nothing needs to be done"
    message = f"{quoted(address)} is given for {person}, and seems to be somebody else's"
    return Problem(Code.MAIL_OF_ANOTHER, message, place, hint, Severity.WARNING)


def _leftovers(path: KeyPath, text: str, printed: Printed) -> Iterator[Leftover]:
    is_name = next((step for step in reversed(path) if isinstance(step, str)), "") in _NAMES
    is_fact = path[-1] == "title" or "offices" in path
    for found in leftovers(text, printed.codes, nouns=printed.nouns, is_name=is_name, is_fact=is_fact):
        if not (printed.unfinished and found.code in (Code.PLACEHOLDER, Code.PLACEHOLDER_PERHAPS)):
            yield found


def _problem(raw: Raw, path: KeyPath, found: Leftover) -> Problem:
    severity = Severity.ERROR if found.stops else Severity.WARNING
    return Problem(found.code, found.message, _place(raw, path, found.written), found.hint, severity)


def _place(raw: Raw, path: KeyPath, written: str) -> Place:
    """Where something stands in a text, or where the text begins."""
    found = ((line, column, text.find(written)) for line, column, text in raw.written(path))
    return next((raw.at(line, column + at) for line, column, at in found if at >= 0), raw.place(path))


def _quote_problems(raw: Raw, path: KeyPath, text: str) -> Iterator[Problem]:
    """Word's quotation marks in the place of YAML's; between YAML's own they are meant."""
    place = raw.place(path)
    is_marked = place.text[place.column - 1 : place.column] in tuple("\"'|>")
    if is_marked or not in_foreign_quotes(text):
        yield from _unpaired_problems(raw, path, text)
        return
    bare = text.strip("“”„‟«»‘’‚'\"")
    hint = (
        f"write {bare if _is_plain(bare) else repr(bare)}; marks that are meant stand between straight ones: '{text}'"
    )
    if bare.endswith((".", "!", "?")):
        message = f"{quoted(text)}: these marks are printed"
        yield Problem(Code.QUOTATION_MARKS_PERHAPS, message, place, hint, Severity.WARNING)
    else:
        yield Problem(Code.QUOTATION_MARKS, f"{quoted(text)} would be printed with its quotation marks", place, hint)


def _unpaired_problems(raw: Raw, path: KeyPath, text: str) -> Iterator[Problem]:
    """A mark that opens or closes nothing; in a name or a title it is certainly wrong."""
    if not (mark := unpaired_mark(text)):
        return
    is_fact = "\n" not in text.strip() and len(text.split()) < _FEW and text.rstrip()[-1:] not in tuple(".!?")
    message = f"the quotation mark {mark} has no partner in {quoted(text.strip())}"
    code, severity = (
        (Code.QUOTATION_MARKS, Severity.ERROR) if is_fact else (Code.QUOTATION_MARKS_PERHAPS, Severity.WARNING)
    )
    yield Problem(code, message, _place(raw, path, mark), "take it out, or write the other one", severity)


def _is_plain(text: str) -> bool:
    """Whether YAML needs no marks around a text."""
    return ": " not in text and " #" not in text and text[:1].isalnum()


_TEMPLATE_CODE = re.compile(r"\{\{|\{%|\{#")


def text_problems(raw: Raw, path: KeyPath, value: object, leave_out: Collection[str] = ()) -> list[Problem]:
    """What is wrong with the texts in `value`, which stands at `path`: characters that no letter can hold, and code.

    Texts below the keys `leave_out` are not read.
    """
    problems: list[Problem] = []
    for where, text in _texts(path, value, leave_out):
        if found := refused(text):
            problems += _character_problems(raw, where, found)
        if _TEMPLATE_CODE.search(text):
            problems.append(_code_problem(raw, where))
    return problems


def _character_problems(raw: Raw, path: KeyPath, found: list[tuple[int, str]]) -> list[Problem]:
    written = [
        (raw.at(line, column + at), said) for line, column, text in raw.written(path) for at, said in refused(text)
    ]
    if written:
        return [Problem(Code.UNPRINTABLE_CHARACTER, said, place, without_character(place)) for place, said in written]
    hint = "it comes of a backslash: write '…' instead of \"…\", or two backslashes"
    return [Problem(Code.UNPRINTABLE_CHARACTER, said, raw.place(path), hint) for _, said in found]


def without_character(place: Place) -> str:
    """What to do about a character that no letter can hold: a bullet, or another."""
    text = place.text[place.column - 1 :]
    if not place.text[: place.column - 1].strip() and re.match(rf"{BULLET}\s", text):
        return WITH_HYPHENS
    return "delete it, or write it in words: the letters' font has the letters of English and Welsh"


def _code_problem(raw: Raw, path: KeyPath) -> Problem:
    found = ((line, column, _TEMPLATE_CODE.search(text)) for line, column, text in raw.written(path))
    place = next((raw.at(line, column + match.start()) for line, column, match in found if match), raw.place(path))
    message = "{{ and {% work in letter.md and verdict.md alone; here they are printed as they stand"
    if raw.path.startswith("templates/"):
        return Problem(Code.CODE_IN_WORDING, message, place, "write the words, or write the sentence into verdict.md")
    return Problem(Code.CODE_IN_DATA, message, place, "if that is not meant, write the words", Severity.WARNING)


def _texts(path: KeyPath, value: object, leave_out: Collection[str] = ()) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in leave_out:
                yield from _texts((*path, key), inner, leave_out)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts((*path, number), inner, leave_out)
