"""A value as one word of YAML: what is read of it, and how it is typed."""

from __future__ import annotations

import math
import re

_NULLS = {"", "~", "null", "Null", "NULL"}
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


def resolve(text: str) -> object:
    """The value of an unquoted YAML scalar, by the core schema of YAML 1.2 (section 10.3.2)."""
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text) and math.isfinite(float(text)):
        return float(text)
    return text


def in_quotation_marks(text: str) -> str:
    """A text as YAML can have it in one line, whatever is in it."""
    is_plain = "'" in text and '"' not in text and "\\" not in text
    return f'"{text}"' if is_plain else "'" + text.replace("'", "''") + "'"


#: What YAML has without quotation marks: words whose first character says nothing else.
_PLAIN = re.compile(r"[\w£€(](?:[^:#\n]|:(?=\S)|(?<=\S)#)*")


def as_typed(value: object) -> str:
    """A word, a number, true or false, or nothing, as it is typed in YAML: in quotation marks where it needs them."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            is_plain = _PLAIN.fullmatch(value) and value == value.strip() and resolve(value) == value
            return value if is_plain else in_quotation_marks(value)
        case _:
            return str(value)
