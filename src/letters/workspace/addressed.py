"""To whom a letter goes besides: addresses of mail that lead nowhere, and one entry that commas make several of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters.problems import Code, Problem, Severity, quoted
from letters.workspace.raw import KeyPath, Raw
from letters.workspace.typed import texts

_NO_DOMAIN = re.compile(r"[^\s@,;]+@[^\s@,;.]+")
_IF_MEANT = "if it is meant, nothing needs to be done"


def mail_problems(raw: Raw, at: KeyPath, facts: object) -> Iterator[Problem]:
    """Addresses among facts, which stand at `at`, that have no dot behind their @."""
    for where, text in texts(at, facts):
        if _NO_DOMAIN.fullmatch(text):
            hint = f"write it as far as its end, such as .uk; {_IF_MEANT}"
            message = f"{quoted(text)} has no dot behind its @"
            yield Problem(Code.MAIL_WITHOUT_A_DOT, message, raw.place(where), hint, Severity.WARNING)


def copies_problems(raw: Raw, at: KeyPath, copies: tuple[str, ...]) -> Iterator[Problem]:
    """An entry of copies in brackets that is one word, and seems to be a part of another: [Example, Robin, Mayor]."""
    place = raw.place(at)
    is_bracket = place.text[place.column - 1 : place.column] == "["
    word = next((number for number, text in enumerate(copies) if len(text.split()) == 1), -1)
    if is_bracket and len(copies) > 1 and word >= 0:
        hint = f"if they are one, put quotation marks around it: ['{', '.join(copies)}']; {_IF_MEANT}"
        message = f"the commas make {len(copies)} entries of this, and {quoted(copies[word])} is one of them"
        yield Problem(Code.COMMAS_MAKE_ENTRIES, message, raw.place((*at, word)), hint, Severity.WARNING)


def several_addresses(value: object) -> str:
    """What to do about several addresses in one text; empty where it is none."""
    found = [one for one in re.split(r"[\s,;]+", value) if one] if isinstance(value, str) else []
    if len(found) < 2 or not all(re.fullmatch(r"[^@]+@[^@]+", one) for one in found):
        return ""
    return f"write each on a line of its own, beginning with `- `, or [{', '.join(found)}]; no semicolon between them"
