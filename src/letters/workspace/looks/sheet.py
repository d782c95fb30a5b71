"""A letterhead's `letter.css`, held against what a style sheet of a letter may say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import tinycss2

from letters.problems import Code, Place, Problem, nearest, quoted
from letters.workspace.looks.properties import ALLOWED, OF_PAGES, OF_PARTS, OF_PICTURES, advice
from letters.workspace.looks.selectors import Fault, Subject, holds, media_fault, page_fault, subjects
from letters.workspace.looks.values import Value, written

#: In characters; a letterhead of ours has 800, and what takes long to hold against a letter is no look.
LONGEST = 100_000
#: How deep rules may stand in `@media`.
_DEEPEST = 3
#: Pixels of CSS across a page of A4.
_PAPER = 210 / 25.4 * 96
#: How deep brackets may stand in one another; those of a sheet that says something are three deep.
_MOST_BRACKETS = 40
_MEDIUM = re.compile(r"@\s*(?:media|charset)", re.IGNORECASE)


@dataclass(frozen=True)
class _Told:
    """Where something is wrong, what, and what to do."""

    node: Any
    message: str
    hint: str
    code: Code = Code.CSS_NOT_ALLOWED


def sheet_problems(path: str, css: str) -> list[Problem]:
    """What a style sheet says that it must not say, or that cannot be read, each with its line and column."""
    lines = css.split("\n")
    if len(css) > LONGEST:
        message = f"has {len(css):,} characters, and {LONGEST:,} are the most for the look of a letter"
        return [Problem(Code.UNREADABLE_CSS, message, Place(path), "was another file saved under this name?")]
    # What ends a style sheet inside a page, wherever it stands: also in a comment.
    if (at := css.lower().find("</style")) >= 0:
        line = css.count("\n", 0, at)
        place = Place(path, line + 1, at - (css.rfind("\n", 0, at) + 1) + 1, lines[line])
        return [Problem(Code.UNREADABLE_CSS, "'</style' would end the style sheet inside a page", place, "take it out")]
    try:
        if _depth(css) <= _MOST_BRACKETS:
            rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
            return [_problem(path, lines, told) for told in _of_rules(rules)]
    except RecursionError:
        pass  # where texts in quotation marks were counted as closing what they do not
    message = f"has brackets and braces more than {_MOST_BRACKETS} deep in one another"
    return [Problem(Code.UNREADABLE_CSS, message, Place(path), "is a brace or bracket never closed?")]


def _depth(css: str) -> int:
    """How deep brackets stand in one another at most, as far as they are counted without being read."""
    steps = (1 if bracket in "({[" else -1 for bracket in re.findall(r"[][(){}]", css))
    return max(accumulate(steps, lambda depth, step: max(depth + step, 0)), default=0)


def for_paper(css: str) -> str:
    """What of a style sheet holds on paper, without the media that a maker of PDF does not know."""
    if not _MEDIUM.search(css):
        return css
    return str(tinycss2.serialize(list(_on_paper(tinycss2.parse_stylesheet(css)))))


def _on_paper(rules: Sequence[Any]) -> Iterator[Any]:
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword == "media" and media_fault(rule.prelude) is None:
            if rule.content is not None and holds(rule.prelude, "print", _PAPER):
                yield from _on_paper(tinycss2.parse_rule_list(rule.content))
        elif not (rule.type == "at-rule" and rule.lower_at_keyword == "charset"):
            yield rule


def _problem(path: str, lines: Sequence[str], told: _Told) -> Problem:
    line, column = told.node.source_line, told.node.source_column
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    return Problem(told.code, told.message, Place(path, line, column, text), told.hint)


def _of_rules(rules: Sequence[Any], depth: int = 0) -> Iterator[_Told]:
    for rule in rules:
        match rule.type:
            case "qualified-rule":
                yield from _of_rule(rule)
            case "at-rule":
                yield from _of_at_rule(rule, depth)
            case "error":
                yield _unreadable(rule)


def _unreadable(node: Any) -> _Told:
    hint = "a rule is written `.date { color: #333 }`: is a brace, semicolon or quotation mark missing before here?"
    return _Told(node, f"cannot be read from here on: {node.message}", hint, Code.UNREADABLE_CSS)


def _of_at_rule(rule: Any, depth: int) -> Iterator[_Told]:
    name = rule.lower_at_keyword
    if name == "media" and rule.content is not None:
        if fault := media_fault(rule.prelude):
            yield _from_fault(rule, fault)
        elif depth >= _DEEPEST:
            yield _Told(rule, "stands too deep in other rules", "write the conditions in one @media, joined by `and`")
        else:
            inside = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            yield from _of_rules(inside, depth + 1)
    elif name == "page" and rule.content is not None:
        if fault := page_fault(rule.prelude):
            yield _from_fault(rule, fault)
        yield from _of_declarations(rule.content, "@page", OF_PAGES)
    elif name != "charset":
        hint = (
            "only @media and @page are allowed; fonts and pictures of a letter are those of letters and letterhead.md"
        )
        yield _Told(rule, f"'@{rule.at_keyword}' is not allowed in the look of a letter", hint)


def _from_fault(node: Any, fault: Fault) -> _Told:
    return _Told(fault.node or node, fault.message, fault.hint)


def _of_rule(rule: Any) -> Iterator[_Told]:
    found = subjects(rule.prelude)
    if isinstance(found, Fault):
        yield _from_fault(rule, found)
        found = frozenset({Subject.ANY})
    more = [_MORE.get(subject, {}) for subject in found]
    shared = {name: value for name, value in more[0].items() if all(name in other for other in more)}
    yield from _of_declarations(rule.content, "", {**ALLOWED, **shared})


#: What is allowed beyond ALLOWED, by what a rule is for.
_MORE: Mapping[Subject, Mapping[str, Value]] = {
    Subject.PART: OF_PARTS,
    Subject.PICTURE: OF_PICTURES,
}
#: For whom a property is that is not for all.
_OWNERS = (("parts or img", OF_PARTS), ("img", OF_PICTURES))


def _of_declarations(content: Sequence[Any], what: str, allowed: Mapping[str, Value]) -> Iterator[_Told]:
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        match node.type:
            case "declaration":
                yield from _of_declaration(node, what, allowed)
            case "error":
                yield _unreadable(node)
            case "qualified-rule":
                yield _Told(node, "a rule inside a rule is not allowed", "close the rule above with `}` first")
            case _:
                hint = "of the page itself only its size (A4) and margins can be set"
                yield _Told(node, f"'@{node.at_keyword}' is not allowed here", hint)


def _of_declaration(node: Any, what: str, allowed: Mapping[str, Value]) -> Iterator[_Told]:
    name = node.lower_name
    if name not in allowed:
        yield _not_allowed(node, what, allowed)
        return
    if node.important:
        hint = "a rule that comes later, or says more exactly what it is for, is stronger without it"
        yield _Told(node, "'!important' is not allowed in the look of a letter", hint)
    tokens = [token for token in node.value if token.type not in ("whitespace", "comment")]
    if not allowed[name].test(tokens):
        yield _Told(node, f"{name} cannot be {quoted(written(node.value))} here", f"allowed: {allowed[name].said}")


def _not_allowed(node: Any, what: str, allowed: Mapping[str, Value]) -> _Told:
    name = node.lower_name
    known = advice(name)
    place = "for @page" if what == "@page" else "in the look of a letter"
    owner = next((owner for owner, own in _OWNERS if name in own), "") if what != "@page" else ""
    if owner:
        why = f": it {known.why}" if known else ""
        hint = (f"{known.instead}; " if known else "") + f"it can be set in rules for {owner}"
        return _Told(node, f"{name!r} is not allowed here{why}", hint)
    if known:
        return _Told(node, f"{name!r} is not allowed {place}: it {known.why}", known.instead)
    near = nearest(name, allowed)
    hint = (f"did you mean {near!r}? " if near else "") + _listed(allowed)
    return _Told(node, f"{name!r} is not allowed {place}", hint)


def _listed(allowed: Mapping[str, Value]) -> str:
    """What is allowed, the sides of a thing left out."""
    return f"allowed: {', '.join(name for name in allowed if name.count('-') < 2 and not name.startswith('border-'))}"
