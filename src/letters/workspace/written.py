"""A value as YAML is typed: in one line, or with lines below it, so that the loader reads exactly that value."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from unicodedata import normalize

from letters.problems import InvalidInput
from letters.workspace.raw import load_yaml
from letters.workspace.scalars import as_typed, resolve

#: Spaces by which each level stands further in.
STEP = 2


class NotWritten(Exception):
    """A value, or an edit, that cannot be written so that only what was meant changes; the text says why."""


def as_read(value: object) -> object:
    """The value that the loader gives for `value` once it is written: texts in NFC, decimals as numbers.

    `value`: None, true or false, a number, a text, or lists and mappings of these, keys being texts.
    """
    match value:
        case str():
            return normalize("NFC", value)
        case Mapping():
            return {str(key): as_read(inner) for key, inner in value.items()}
        case list() | tuple():
            return [as_read(inner) for inner in value]
        case None | bool():
            return value
        case _:
            return resolve(str(value))


def same(one: object, other: object) -> bool:
    """Whether two values are the same to the type: 1 is not true, and not 1.0."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and one == other


def in_one_line(value: object, style: str = "", *, in_brackets: bool = False) -> str:
    """A value in one line. `style`: the quotation mark it had. Raises NotWritten where YAML cannot say it."""
    if isinstance(value, Mapping):
        inside = (f"{key_typed(key, True)}: {in_one_line(inner, in_brackets=True)}" for key, inner in value.items())
        return "{" + ", ".join(inside) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(in_one_line(inner, in_brackets=True) for inner in value) + "]"
    for form in _forms(value, style):
        if _reads(f"[{form}]" if in_brackets else f"- {form}", [as_read(value)]):
            return form
    raise NotWritten(f"YAML cannot say {value!r}")


def key_typed(key: object, in_brackets: bool = False) -> str:
    """A key as it is typed: in quotation marks where it needs them."""
    text = str(key)
    for form in _forms(text, ""):
        line = f"{form}: 1"
        if _reads(f"{{{line}}}" if in_brackets else line, {text: 1}):
            return form
    raise NotWritten(f"YAML cannot have the key {text!r}")


def in_lines(value: object, style: str = "") -> tuple[str, list[str]]:
    """A value with what goes behind its key, and the lines below, which stand a step further in than the key."""
    if isinstance(value, str) and "\n" in value:
        return _text_in_lines(value)
    if isinstance(value, Mapping) and value:
        return "", [line for key, inner in value.items() for line in entry_lines(f"{key_typed(key)}:", inner)]
    if isinstance(value, list | tuple) and value:
        return "", [line for inner in value for line in entry_lines("-", inner)]
    return in_one_line(value, style), []


def entry_lines(sign: str, value: object) -> list[str]:
    """The lines of a key (`name:`) or of an entry of a list (`-`) with its value."""
    head, below = in_lines(value)
    if sign == "-" and isinstance(value, Mapping | list | tuple) and below:
        return [f"- {below[0]}", *(shifted(line) for line in below[1:])]
    return [f"{sign} {head}".rstrip(), *(shifted(line) for line in below)]


def shifted(line: str, by: int = STEP) -> str:
    """A line further in; an empty one stays empty."""
    return " " * by + line if line else line


def _text_in_lines(value: str) -> tuple[str, list[str]]:
    """A text of several lines behind `|`. Its last sign says what becomes of line ends at its end."""
    text = value.rstrip("\n")
    ends = value[len(text) :]
    sign = "|" + (str(STEP) if text.startswith((" ", "\n")) else "") + {"": "-", "\n": ""}.get(ends, "+")
    lines = [*text.split("\n"), *("" for _ in ends[1:])]
    body = "".join(f"{shifted(line)}\n" for line in lines)
    if not text.strip() or not _reads(f"k: {sign}\n{body}", {"k": as_read(value)}):
        return in_one_line(value), []
    return sign, lines


def _forms(value: object, style: str) -> Iterator[str]:
    """The ways to type a value in one line, that which fits best first."""
    if not isinstance(value, str):
        yield as_typed(value)
        return
    single, double = "'" + value.replace("'", "''") + "'", _escaped(value)
    if style == "'":
        yield single
    if style == '"':
        yield double
    yield from (as_typed(value), single, double)


def _escaped(text: str) -> str:
    """A text between double quotation marks, with the signs of YAML (those of JSON) for what is invisible."""
    inside = (sign if sign.isprintable() and sign not in '"\\' else _sign(sign) for sign in text)
    return '"' + "".join(inside) + '"'


def _sign(character: str) -> str:
    code = ord(character)
    return json.dumps(character)[1:-1] if code < 0x7F else f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _reads(text: str, meant: object) -> bool:
    """Whether the loader reads exactly `meant` in a text. A line end that is not `\\n` is not kept by it."""
    try:
        return same(load_yaml({"": text.encode()}, "").data, meant)
    except (InvalidInput, UnicodeEncodeError):
        return False
