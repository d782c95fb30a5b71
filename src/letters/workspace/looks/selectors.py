"""What a rule of `letter.css` may be for, and in which media it may hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from typing import Any

from letters.workspace.looks.values import PIXELS, written

#: Pseudo-classes that depend on nothing but where an element stands.
_PLACES = frozenset(
    {"first-child", "last-child", "only-child", "first-of-type", "last-of-type", "only-of-type", "root"}
)
_COUNTED = frozenset({"nth-child", "nth-of-type", "nth-last-child", "nth-last-of-type"})
_TAGS = frozenset(
    "html body main header div p h1 h2 h3 h4 h5 h6 ul ol li blockquote table thead tbody tr th td col a em strong"
    " span img br".split()
)
#: Classes by which letters itself keeps words together, and what it puts above them.
_OWN = frozenset(
    "number long crowded leads-in dense small smaller smallest short sideways stretched"
    " stage stage-mark first-head head repeating".split()
)
#: What leads from one step of a selector to the next.
_SIGNS = frozenset({">", "+", "~"})
_KINDS = frozenset({"screen", "print", "all"})
_WIDTHS = frozenset({"min-width", "max-width"})
_LONGEST = 12


class Subject(Enum):
    """What a selector is for, as far as other properties are allowed there."""

    ANY = auto()
    PART = auto()
    PICTURE = auto()


@dataclass(frozen=True)
class Fault:
    """What is wrong with the head of a rule; `node`: where, or None for the rule itself."""

    message: str
    hint: str
    node: Any = None


def subjects(prelude: Sequence[Any]) -> frozenset[Subject] | Fault:
    """What the selectors of a rule are for, or the first thing that is wrong with them."""
    found = set()
    selectors = [_without_comments(selector) for selector in _split(prelude, ",")]
    for parts in selectors:
        if not parts and len(selectors) > 1:
            hint = "take the comma out, or name what else the rule is for: `.date, h1 { … }`"
            return Fault("nothing stands before or behind a comma", hint)
        if fault := _selector_fault(parts):
            return fault
        found.add(_subject(parts))
    return frozenset(found)


def _split(tokens: Sequence[Any], mark: str) -> Iterator[list[Any]]:
    group: list[Any] = []
    for token in tokens:
        if token == mark:
            yield group
            group = []
        else:
            group.append(token)
    yield group


def _without_comments(tokens: Sequence[Any]) -> list[Any]:
    kept = [token for token in tokens if token.type != "comment"]
    while kept and kept[0].type == "whitespace":
        kept.pop(0)
    while kept and kept[-1].type == "whitespace":
        kept.pop()
    return kept


def _selector_fault(tokens: Sequence[Any]) -> Fault | None:
    if not tokens:
        return Fault("a rule is for nothing", "name what it is for: `.date { … }`")
    if len(tokens) > _LONGEST * 2:
        return Fault("a rule says in too many steps what it is for", "name the part: `.date p { … }`", tokens[0])
    before = None
    for at, token in enumerate(tokens):
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if fault := _token_fault(token, before, following):
            return fault
        before = token
    return _step_fault([token for token in tokens if token.type != "whitespace"])


def _step_fault(tokens: Sequence[Any]) -> Fault | None:
    """What is wrong with the signs between the steps of a selector: each leads from one to another."""
    for before, token, following in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
        if _is_sign(token) and (before is None or following is None or _is_sign(following)):
            where = "before" if before is None else "behind"
            hint = f"write a part or an element on each side, such as `.date {token.value} p`, or take it out"
            return Fault(f"nothing stands {where} '{token.value}'", hint, token)
    return None


def _is_sign(token: Any) -> bool:
    return token.type == "literal" and token.value in _SIGNS


def _token_fault(token: Any, before: Any, following: Any) -> Fault | None:
    hint = "name a part or an element: .masthead, .date p, h1, ul li, td:first-child"
    if token.type == "ident":
        return _ident_fault(token, before)
    if token.type == "whitespace" or _is_sign(token) or token == "*":
        return None
    if token.type == "literal" and token.value == ".":
        return None if following is not None and following.type == "ident" else Fault("no name behind '.'", hint, token)
    if token.type == "literal" and token.value == ":":
        if before == ":" or (following is not None and following == ":"):
            message = "'::' is not allowed: it makes something that is no part of the letter"
            return Fault(message, "write rules for parts and elements of the letter", token)
        if following is not None and following.type in ("ident", "function"):
            return None
        hint = "take the colon out; or say behind it where an element stands, as in `p:first-child`"
        return Fault("nothing stands behind ':'", hint, token)
    if token.type == "error":
        return Fault("a brace or bracket closes what was never opened", "take it out, or open the rule before", token)
    if token.type == "function" and before == ":" and token.lower_name in _COUNTED:
        return None
    if token.type == "function" and before == ":" and token.lower_name == "lang":
        return None
    if token.type == "[] block" and (_without_comments(token.content)[:1] or [""])[0] == "lang":
        return None
    return Fault(f"{written([token])!r} is not allowed in what a rule is for", hint, token)


def _ident_fault(token: Any, before: Any) -> Fault | None:
    name = token.lower_value
    if before == ":":
        if name in _PLACES:
            return None
        hint = f"allowed are :{', :'.join(sorted(_PLACES))}, and :nth-child(2)"
        return Fault(f"':{token.value}' is not allowed in the look of a letter", hint, token)
    if before == ".":
        hint = "name a part of the letter: .masthead, .sender, .date, .body"
        return Fault(f"'.{token.value}' is what letters itself sets", hint, token) if token.value in _OWN else None
    if name in _TAGS:
        return None
    hint = f"a part is written with a dot: .{token.value}; elements are {', '.join(sorted(_TAGS))}"
    return Fault(f"no letter has an element {token.value!r}", hint, token)


def _subject(tokens: Sequence[Any]) -> Subject:
    """That of the last compound of a selector."""
    last: list[Any] = []
    for token in tokens:
        ends = token.type == "whitespace" or _is_sign(token)
        last = [] if ends else [*last, token]
    name = last[0].lower_value if last and last[0].type == "ident" else ""
    is_part = any(one == "." and other.lower_value != "letter" for one, other in pairwise(last))
    return Subject.PICTURE if name == "img" else Subject.PART if is_part else Subject.ANY


def media_fault(prelude: Sequence[Any]) -> Fault | None:
    """What is wrong with the condition of `@media`; None if it is allowed."""
    return next((fault for query in _split(prelude, ",") if (fault := _query_fault(_without_comments(query)))), None)


def _query_fault(tokens: Sequence[Any]) -> Fault | None:
    hint = "allowed are screen, print, (min-width: 50em), (max-width: 40em), and several joined by `and`"
    words = [token for token in tokens if token.type != "whitespace"]
    for at, token in enumerate(words):
        is_joint = at % 2 == 1
        if is_joint != (token.type == "ident" and token.lower_value == "and"):
            return Fault(f"{written([token])!r} is not allowed as a medium", hint, token)
        kind_of_medium = token.type == "ident" and at == 0 and token.lower_value in _KINDS
        if not (is_joint or kind_of_medium or (token.type == "() block" and _is_width(token.content))):
            return Fault(f"{written([token])!r} is not allowed as a medium", hint, token)
    return None if len(words) % 2 else Fault("@media without a medium", hint)


def _is_width(content: Sequence[Any]) -> bool:
    tokens = [token for token in content if token.type not in ("whitespace", "comment")]
    return (
        len(tokens) == 3
        and tokens[0].type == "ident"
        and tokens[0].lower_value in _WIDTHS
        and tokens[1] == ":"
        and width_of(tokens[2]) is not None
    )


def holds(prelude: Sequence[Any], kind: str, width: float) -> bool:
    """Whether what `@media` says holds on a `screen` or in `print` so many pixels wide."""
    return any(_query_holds(query, kind, width) for query in _split(prelude, ","))


def _query_holds(query: Sequence[Any], kind: str, width: float) -> bool:
    for token in query:
        if token.type == "ident" and token.lower_value not in ("and", "all", kind):
            return False
        if token.type == "() block":
            name, _, asked = (one for one in token.content if one.type not in ("whitespace", "comment"))
            limit = width_of(asked) or 0.0
            if not (width >= limit if name.lower_value == "min-width" else width <= limit):
                return False
    return True


def width_of(token: Any) -> float | None:
    """A width in pixels that a medium is asked for; None if it is none."""
    if token.type == "number" and token.value == 0:
        return 0.0
    if token.type != "dimension" or not 0 <= token.value < 100_000:
        return None
    unit = token.lower_unit
    return float(token.value) * (PIXELS.get(unit) or {"em": 16.0, "rem": 16.0}.get(unit) or 0.0) or None


def page_fault(prelude: Sequence[Any]) -> Fault | None:
    """What is wrong with the pages that `@page` is for; None if it is for all, or for the first."""
    said = written(_without_comments(prelude)).lower()
    if said in ("", ":first"):
        return None
    return Fault("@page is for all pages or :first", "write `@page { … }` or `@page :first { … }`")
