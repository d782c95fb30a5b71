"""What Jinja says of a template that it cannot read, said for people who write letters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jinja2 import TemplateSyntaxError

from letters.problems import Code, Place, Problem, did_you_mean

#: The version whose words these are. A test has it say each; with another, see that it passes and write it here.
VERSION = "3.1.6"
TAGS = ("if", "elif", "else", "endif", "for", "endfor", "set", "macro", "endmacro")
_TAG = re.compile(r"\{#.*?(?:#\}|\Z)|\{%[-+]?\s*(\w+)(.*?)%\}", re.S)
_BRACES = "every {{ needs its }}, and every {% its %}"
#: Of what it says of tags only this is read; which tag it is, the text tells.
UNKNOWN_TAG, AT_THE_END = "unknown tag", "end of template"
#: Jinja's words (a pattern), what is meant, what to do, and what stands at the column; @1 and @2 are its groups.
SAID = (
    (r"Missing end of comment tag", "{# is never closed", "close it with #}", "{#"),
    (r"Expected an expression, got 'end of print statement'", "{{ }} says nothing", "write a name in it", "{{"),
    (r"Expected an expression, got '?(.+?)'?$", "something is missing before @1", "", "@1"),
    (r"expected token 'end of .*', got '='", "a single =", "to compare, write ==", "="),
    (r"expected token 'end of (?:print|block|statement).*', got '(.+)'", "@1 cannot stand here", _BRACES, "@1"),
    (r"expected token '(.+)', got '(.+)'", "@2 stands where @1 should", "", "@2"),
    (r"unexpected '(.+)', expected '(.+)'", "@1 stands where @2 should", _BRACES, "@1"),
    (r"unexpected '([}\])])'", "a single @1", _BRACES, "@1"),
    (r"unexpected char '(.)'", "@1 cannot stand in {{ }} or {% %}", "put straight quotation marks around words", "@1"),
    (r"unexpected '(.+)'", "something is missing before @1", "", "@1"),
)
_WORDS_OF_JINJA = {
    "end of print statement": "}}",
    "end of statement block": "%}",
    "begin of print statement": "{{",
    "begin of statement block": "{%",
    "name": "a name",
}


@dataclass(frozen=True)
class _Tag:
    """A tag that opens something, and where."""

    name: str
    at: int


#: Code and comments.
_CODE = re.compile(r"\{#.*?(?:#\}|\Z)|\{[{%].*?[}%]\}", re.S)


def code_as(sign: str, text: str) -> str:
    """A template with `sign` for each character of code and comments but line ends."""
    return _CODE.sub(lambda code: re.sub(r"[^\n]", sign, code[0]), text)


def syntax_problem(path: str, text: str, error: TemplateSyntaxError) -> Problem:
    """Why a template cannot be read, with its place and what to do."""
    said = error.message or ""
    if UNKNOWN_TAG in said or AT_THE_END in said:
        unclosed = _tag_problem(path, text, error) or _opened_above(path, text, error.lineno + 1)
        return unclosed or _problem(path, text, error.lineno, said, _BRACES, "")
    if opener := _opened_above(path, text, error.lineno):
        return opener
    for pattern, meaning, hint, needle in SAID:
        if match := re.match(pattern, said):
            return _problem(path, text, error.lineno, _filled(meaning, match), hint, _filled(needle, match))
    return _problem(path, text, error.lineno, said.rstrip("."), _BRACES, "")


def ifs_without_else(text: str) -> list[int]:
    """Where each `{% if %}` begins that has an `{% elif %}` and no `{% else %}`, in a template that can be read."""
    found: list[int] = []
    opened: list[tuple[_Tag, set[str]]] = []
    for match in _TAG.finditer(text):
        if match[1] in ("if", "for"):
            opened.append((_Tag(match[1], match.start()), set()))
        elif match[1] in ("elif", "else") and opened:
            opened[-1][1].add(match[1])
        elif match[1] in ("endif", "endfor") and opened:
            tag, words = opened.pop()
            if words == {"elif"}:
                found.append(tag.at)
    return sorted(found)


def _opened_above(path: str, text: str, line: int) -> Problem | None:
    """What is still open at the beginning of a line that cannot be read: there the mistake is."""
    start = sum(len(before) + 1 for before in text.split("\n")[: line - 1])
    opened = max(text.rfind("{{", 0, start), text.rfind("{%", 0, start))
    if opened <= max(text.rfind("}}", 0, start), text.rfind("%}", 0, start)):
        return None
    opener = text[opened : opened + 2]
    hint = "close it with " + {"{{": "}}", "{%": "%}"}[opener]
    return _at(path, text, opened, f"{opener} is not closed", hint)


def _filled(text: str, match: re.Match[str]) -> str:
    for number, word in enumerate(match.groups(), 1):
        text = text.replace(f"@{number}", _WORDS_OF_JINJA.get(word, word))
    return text


def _tag_problem(path: str, text: str, error: TemplateSyntaxError) -> Problem | None:
    """The first tag that does not close what is open, or is unknown; or the last that is never closed."""
    opened: list[_Tag] = []
    for match in _TAG.finditer(text):
        name = match[1]
        if name in ("if", "for", "macro") or (name == "set" and "=" not in match[2]):
            opened.append(_Tag(name, match.start()))
        elif name in ("elif", "else") and not (opened and opened[-1].name in ("if", "for")):
            return _at(path, text, match.start(), f"{{% {name} %}} belongs to no {{% if %}}", "take it out")
        elif name and name.startswith("end"):
            if not opened:
                return _at(path, text, match.start(), f"{{% {name} %}} closes nothing", "take it out")
            if opened[-1].name != name[3:]:
                return _unclosed(path, text, opened[-1])
            opened.pop()
        elif name and name not in TAGS:
            return _at(path, text, match.start(), f"there is no {{% {name} %}}", did_you_mean(name, TAGS))
    return _unclosed(path, text, opened[-1]) if opened and AT_THE_END in (error.message or "") else None


def _unclosed(path: str, text: str, tag: _Tag) -> Problem:
    return _at(path, text, tag.at, f"{{% {tag.name} %}} is never closed", f"add {{% end{tag.name} %}} where it ends")


def _at(path: str, text: str, at: int, message: str, hint: str) -> Problem:
    line = text.count("\n", 0, at) + 1
    place = Place(path, line, at - text.rfind("\n", 0, at), text.split("\n")[line - 1])
    return Problem(Code.TEMPLATE_SYNTAX, message, place, hint)


def _problem(path: str, text: str, line: int, message: str, hint: str, needle: str) -> Problem:
    return Problem(Code.TEMPLATE_SYNTAX, message, line_place(path, text.split("\n"), line, needle), hint)


def line_place(path: str, lines: list[str], line: int, needle: str = "", occurrence: int = 0) -> Place:
    """The place of `needle` in a line (from 1) of a template, of its n-th `occurrence`; without column if not there."""
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    pattern = re.escape(needle)
    if re.fullmatch(r"\w[\w.]*", needle):
        pattern = rf"(?<![\w.]){pattern}(?!\w)"
    found = [match.start() + 1 for match in re.finditer(pattern, text)] if needle else []
    return Place(path, line, found[min(occurrence, len(found) - 1)] if found else 0, text)
