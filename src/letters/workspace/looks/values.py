"""The values that a property of `letter.css` may have: lengths within bounds, colours, words from a list, fonts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, NamedTuple

from tinycss2 import serialize
from tinycss2.color4 import parse_color

from letters.letter.colours import Colour

#: How many pixels of CSS a unit is.
PIXELS = {"px": 1.0, "pt": 96 / 72, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6}
#: Units that stand for a share of the type size, and how large they are taken to be, in type sizes.
EMS = {"em": 1.0, "rem": 1.0, "ex": 0.5, "ch": 0.5, "lh": 1.25, "rlh": 1.25}
#: Typefaces whose letters are letters: others show signs in their place.
TYPEFACES = (
    *("Letters Sans", "Arial", "Liberation Sans", "Helvetica", "Helvetica Neue", "Verdana", "Tahoma", "Trebuchet MS"),
    *("Calibri", "Carlito", "Segoe UI", "Gill Sans", "Gill Sans MT", "Open Sans", "Roboto", "Noto Sans", "Lato"),
    *("Georgia", "Times New Roman", "Times", "Liberation Serif", "Cambria", "Garamond", "Palatino", "Noto Serif"),
    *("sans-serif", "serif", "system-ui"),
)
_FACES = frozenset(face.lower() for face in TYPEFACES)

#: Takes the tokens of one value and says whether they are allowed.
Test = Callable[[Sequence[Any]], bool]


class Range(NamedTuple):
    """From and to what a length may go: in millimetres, in type sizes, in percent; None where there is no such."""

    mm: tuple[float, float]
    em: tuple[float, float]
    percent: tuple[float, float] | None = None


@dataclass(frozen=True)
class Value:
    """A kind of value: whether tokens are of it, and how a person is told what is allowed."""

    test: Test
    said: str


def words(*allowed: str) -> Value:
    """One word of a list."""
    return Value(lambda tokens: len(tokens) == 1 and _word(tokens[0]) in allowed, ", ".join(allowed))


def length(bounds: Range, *also: str) -> Value:
    """One length within bounds, or one of some words."""
    return Value(lambda tokens: len(tokens) == 1 and _is_length(tokens[0], bounds, also), _range(bounds, also))


def lengths(bounds: Range, *also: str) -> Value:
    """One to four of them, for as many sides."""
    return Value(
        lambda tokens: 1 <= len(tokens) <= 4 and all(_is_length(token, bounds, also) for token in tokens),
        _range(bounds, also),
    )


def number(low: float, high: float, *also: str, whole: bool = False) -> Value:
    """One number from `low` to `high`, or one of some words."""
    said = f"a{' whole' if whole else ''} number from {low:g} to {high:g}" + "".join(f", {word}" for word in also)
    return Value(lambda tokens: len(tokens) == 1 and _is_number(tokens[0], low, high, also, whole=whole), said)


def either(*kinds: Value) -> Value:
    """A value of one of some kinds."""
    said = ", or ".join(kind.said for kind in kinds)
    return Value(lambda tokens: any(kind.test(tokens) for kind in kinds), said)


def any_of(*kinds: Value) -> Value:
    """One value or more in any order, each of one of some kinds, and of each kind one at most."""
    return Value(lambda tokens: bool(tokens) and _shared_out(tokens, kinds), " and ".join(kind.said for kind in kinds))


def _shared_out(tokens: Sequence[Any], kinds: Iterable[Value]) -> bool:
    left = list(kinds)
    for token in tokens:
        kind = next((kind for kind in left if kind.test([token])), None)
        if kind is None:
            return False
        left.remove(kind)
    return True


def _solid(tokens: Sequence[Any]) -> bool:
    return len(tokens) == 1 and colour_of(tokens[0]) is not None


def colour_of(token: Any) -> Colour | None:
    """The colour that a token names, red, green and blue from 0 to 255; None for none, or one that is see-through."""
    found = parse_color(token)
    if found is None or isinstance(found, str) or found.space not in ("srgb", "hsl", "hwb") or found.alpha != 1:
        return None
    red, green, blue = found.to("srgb").coordinates
    return (red * 255, green * 255, blue * 255) if all(0 <= part <= 1 for part in (red, green, blue)) else None


def pixels(token: Any, em: float, root: float) -> float | None:
    """A length in pixels of CSS, `em` and percent being shares of `em`, `rem` of `root`; None if it is none."""
    if token.type == "percentage":
        return float(token.value) / 100 * em
    if token.type == "number" and token.value == 0:
        return 0.0
    if token.type != "dimension":
        return None
    unit = token.lower_unit
    if unit in PIXELS:
        return float(token.value) * PIXELS[unit]
    return float(token.value) * EMS[unit] * (root if unit.startswith("r") else em) if unit in EMS else None


COLOUR = Value(_solid, "a colour such as #1d3c6e, not see-through")


def _are_typefaces(tokens: Sequence[Any]) -> bool:
    named = [_face(list(group)) for group in _by_comma(tokens)]
    return bool(named) and all(face in _FACES for face in named)


def _face(tokens: Sequence[Any]) -> str:
    if len(tokens) == 1 and tokens[0].type == "string":
        return str(tokens[0].value).lower()
    return " ".join(_word(token) or "?" for token in tokens)


def _by_comma(tokens: Sequence[Any]) -> list[list[Any]]:
    groups: list[list[Any]] = [[]]
    for token in tokens:
        if token == ",":
            groups.append([])
        else:
            groups[-1].append(token)
    return groups


FACES = Value(_are_typefaces, f"typefaces, of these: {', '.join(TYPEFACES)}")


def _is_font(tokens: Sequence[Any], before: Value, size: Value, line: Value) -> bool:
    """Whether tokens are a `font`: style and weight, size/line height, typefaces."""
    at = next((number for number, token in enumerate(tokens) if token.type in ("dimension", "percentage")), None)
    if at is None or not (at == 0 or before.test(tokens[:at])) or not size.test(tokens[at : at + 1]):
        return False
    rest = tokens[at + 1 :]
    if rest and rest[0] == "/":
        if not line.test(rest[1:2]):
            return False
        rest = rest[2:]
    return FACES.test(rest)


def font(before: Value, size: Value, line: Value) -> Value:
    """A `font` in one line."""
    said = f"such as bold 9pt/12pt Arial: a size ({size.said}), a height of line ({line.said}), {FACES.said}"
    return Value(lambda tokens: _is_font(tokens, before, size, line), said)


def written(tokens: Sequence[Any]) -> str:
    """Tokens as somebody wrote them, and an ellipsis for what is no text."""
    try:
        return str(serialize(tokens)).strip()
    except (TypeError, RecursionError):
        return "…"


def _word(token: Any) -> str:
    return str(token.lower_value) if token.type == "ident" else ""


def _is_length(token: Any, bounds: Range, also: Sequence[str]) -> bool:
    if token.type == "ident":
        return _word(token) in also
    if token.type == "number":
        return token.value == 0 and _within(0, bounds.mm)
    if token.type == "percentage":
        return bounds.percent is not None and _within(token.value, bounds.percent)
    if token.type != "dimension":
        return False
    unit = token.lower_unit
    if unit in PIXELS:
        return _within(token.value * PIXELS[unit] / PIXELS["mm"], bounds.mm)
    return unit in EMS and _within(token.value * EMS[unit], bounds.em)


def _is_number(token: Any, low: float, high: float, also: Sequence[str], *, whole: bool) -> bool:
    if token.type == "ident":
        return _word(token) in also
    return token.type == "number" and (token.is_integer or not whole) and _within(token.value, (low, high))


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return isfinite(value) and bounds[0] - 1e-6 <= value <= bounds[1] + 1e-6


def _range(bounds: Range, also: Sequence[str]) -> str:
    said = [f"{bounds.mm[0]:g} to {bounds.mm[1]:g} mm", f"{bounds.em[0]:g} to {bounds.em[1]:g} em"]
    said += [f"{bounds.percent[0]:g} to {bounds.percent[1]:g} %"] if bounds.percent else []
    return ", or ".join([*said, *also])
