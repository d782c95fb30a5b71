"""Declarations of CSS one property each: what `margin`, `font` or `border` say, as the properties they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import cssselect2
import tinycss2

from letters.workspace.looks.selectors import holds
from letters.workspace.looks.values import colour_of

_SIDES = ("top", "right", "bottom", "left")
_STROKES = frozenset({"none", "hidden", "solid", "dashed", "dotted", "double"})
_WEIGHTS = frozenset({"bold", "bolder", "lighter"})


@dataclass(frozen=True)
class Declared:
    """A declaration: its property and tokens; `node`: where it stands, None where it is not the letterhead's."""

    name: str
    tokens: tuple[Any, ...]
    node: Any
    important: bool = False


def matcher_of(sheets: Sequence[str], kind: str, width: float) -> Any:
    """What finds the declarations that hold for an element, in a medium so many pixels wide; the last sheet of several
    is the letterhead's."""
    matcher = cssselect2.Matcher()
    for number, sheet in enumerate(sheets):
        is_own = number == len(sheets) - 1 and number > 0
        rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
        for rule in _in_force(rules, kind, width):
            declared = tuple(_declared(rule, is_own=is_own))
            try:
                selectors = cssselect2.compile_selector_list(rule.prelude)
            except cssselect2.SelectorError:
                continue
            for selector in selectors:
                if selector.pseudo_element is None:
                    matcher.add_selector(selector, declared)
    return matcher


def said_of(matcher: Any, element: Any) -> list[Declared]:
    """All declarations that hold for an element (of cssselect2), the strongest last."""
    said = [one for _, _, _, declared in matcher.match(element) for one in declared]
    return sorted(said, key=lambda one: one.important)


def pages_of(sheet: str, kind: str, width: float, *, is_own: bool) -> list[Declared]:
    """What a sheet says of all pages."""
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    pages = [rule for rule in _in_force(rules, kind, width, at="page") if not tinycss2.serialize(rule.prelude).strip()]
    return [one for rule in pages for one in _declared(rule, is_own=is_own)]


def _in_force(rules: Sequence[Any], kind: str, width: float, at: str = "") -> Iterator[Any]:
    """The rules for elements that hold in a medium, or those that begin with @ and a word."""
    for rule in rules:
        if rule.type == "qualified-rule" and not at:
            yield rule
        elif rule.type == "at-rule" and rule.content is not None:
            if rule.lower_at_keyword == at:
                yield rule
            elif rule.lower_at_keyword == "media" and holds(rule.prelude, kind, width):
                inside = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
                yield from _in_force(inside, kind, width, at)


def _declared(rule: Any, *, is_own: bool) -> Iterator[Declared]:
    for node in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
        if node.type == "declaration":
            tokens = tuple(token for token in node.value if token.type not in ("whitespace", "comment"))
            for one in _longhands(node.lower_name, tokens, node if is_own else None):
                yield replace(one, important=node.important)


def _longhands(name: str, tokens: tuple[Any, ...], node: Any) -> Iterator[Declared]:
    """A declaration as those of the single properties that it sets."""
    if name in ("margin", "padding") and tokens:
        yield from (Declared(f"{name}-{side}", (token,), node) for side, token in _by_side(tokens))
    elif name in ("border-width", "border-style", "border-color") and tokens:
        what = name.removeprefix("border-")
        yield from (Declared(f"border-{side}-{what}", (token,), node) for side, token in _by_side(tokens))
    elif name == "border":
        for side in _SIDES:
            yield from _of_border(side, tokens, node)
    elif name.removeprefix("border-") in _SIDES:
        yield from _of_border(name.removeprefix("border-"), tokens, node)
    elif name == "font":
        yield from _of_font(tokens, node)
    elif name == "background":
        yield Declared("background-color", tokens[:1], node)
    else:
        yield Declared(name, tokens, node)


def _by_side(tokens: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    """One to four values, as they are shared out among the sides."""
    top, right, bottom, left = {
        1: tokens * 4,
        2: tokens * 2,
        3: (*tokens, tokens[1] if len(tokens) > 1 else None),
    }.get(len(tokens), tokens[:4])
    yield from zip(_SIDES, (top, right, bottom, left), strict=True)


def _of_border(side: str, tokens: tuple[Any, ...], node: Any) -> Iterator[Declared]:
    for token in tokens:
        if token.type == "ident" and token.lower_value in _STROKES:
            yield Declared(f"border-{side}-style", (token,), node)
        elif colour_of(token) is not None or (token.type == "ident" and token.lower_value == "currentcolor"):
            yield Declared(f"border-{side}-color", (token,), node)
        else:
            yield Declared(f"border-{side}-width", (token,), node)


def _of_font(tokens: tuple[Any, ...], node: Any) -> Iterator[Declared]:
    at = next((number for number, token in enumerate(tokens) if token.type in ("dimension", "percentage")), None)
    if at is None:
        return
    has_line = tokens[at + 1 : at + 2] == ("/",)
    before = tokens[:at]
    yield Declared("font-size", (tokens[at],), node)
    yield Declared("line-height", tokens[at + 2 : at + 3] if has_line else (), node)
    yield Declared("font-style", tuple(one for one in before if _word(one) == "italic"), node)
    yield Declared("font-weight", tuple(one for one in before if one.type == "number" or _word(one) in _WEIGHTS), node)
    yield Declared("font-family", tokens[at + (3 if has_line else 1) :], node)


def _word(token: Any) -> str:
    return str(token.lower_value) if token.type == "ident" else ""
