"""The JSON that we keep beside the letters, read with distrust: a disk garbles it, and a stranger may have made it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache, partial
from types import UnionType
from typing import Any, Literal, NoReturn, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")

#: Nothing that we keep is nested as deeply; what is much deeper ends the program that walks through it.
MOST_DEPTH = 100
#: The name under which an object says which of several kinds it is.
KIND = "kind"
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class Damaged(ValueError):
    """What is kept is not what we wrote; the text says why."""


def parsed(data: bytes, *, is_typed: bool = False) -> Any:
    """The value in some JSON. Raises Damaged for anything that is not whole, says a name twice, or is nested deeply.

    `is_typed`: whether people typed texts of it, which may hold half a character.
    """
    try:
        text = data.decode("utf-8-sig")
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except RecursionError:
        raise Damaged("it is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise Damaged(f"line {error.lineno} is not JSON") from None
    except UnicodeDecodeError:
        raise Damaged("it is not text in UTF-8") from None
    except Damaged:
        raise
    except ValueError:  # a number of thousands of digits
        raise Damaged("it holds a number that nobody wrote") from None
    _refuse_deep(found)
    if not is_typed and _SURROGATE.search(text):
        _refuse_half_characters(found)
    return found


def read_kept(kind: type[T], data: bytes) -> T:
    """The dataclass `kind` that some JSON holds, all in it of the declared types. Raises Damaged."""
    found: T = made(kind, parsed(data))
    return found


def made(kind: Any, value: object) -> Any:
    """`value`, as read from JSON, as the type `kind`: dataclasses, and what these are made of. Raises Damaged.

    Names that a dataclass does not have, and lacking ones without a default, are damage, too.
    """
    return _reader(kind)(value)


@cache
def _reader(kind: Any) -> Callable[[object], Any]:
    """What makes a value of a type."""
    match get_origin(kind) or kind:
        case plain if is_dataclass(plain):
            return partial(_object, plain)
        case plain if plain in (dict, Mapping):
            return partial(_mapping, get_args(kind)[1])
        case plain if plain is tuple and get_args(kind)[1:] == (...,):
            return partial(_row, get_args(kind)[0])
        case plain if plain is tuple:
            return partial(_tuple, get_args(kind))
        case plain if plain in (Union, UnionType):
            return partial(_one_of, get_args(kind))
        case plain if plain is Literal:
            return partial(_word, get_args(kind))
        case plain if plain is date or (isinstance(plain, type) and issubclass(plain, Enum)):
            return partial(_from_text, plain)
        case plain if plain in (Any, object):
            return lambda value: value
        case plain:
            return partial(_as, plain)


def _object(kind: Any, value: object) -> Any:
    given = _as(dict, value)
    readers, needed = _fields(kind)
    if KIND in given and KIND not in readers:
        given = {name: one for name, one in given.items() if name != KIND or one != kind.__name__}
    if not needed <= given.keys() <= readers.keys():
        _refuse(value, f"a {kind.__name__}")
    return kind(**{name: readers[name](one) for name, one in given.items()})


@cache
def _fields(kind: Any) -> tuple[dict[str, Callable[[object], Any]], frozenset[str]]:
    """What makes each field, and the names of those without a default."""
    hints, found = get_type_hints(kind), fields(kind)
    needed = frozenset(one.name for one in found if one.default is MISSING and one.default_factory is MISSING)
    return {one.name: _reader(hints[one.name]) for one in found}, needed


def _mapping(kind: Any, value: object) -> dict[str, Any]:
    read = _reader(kind)
    return {name: read(one) for name, one in _as(dict, value).items()}


def _row(kind: Any, value: object) -> tuple[Any, ...]:
    read = _reader(kind)
    return tuple(read(one) for one in _as(list, value))


def _tuple(kinds: tuple[Any, ...], value: object) -> tuple[Any, ...]:
    if len(kinds) != len(_as(list, value)):
        _refuse(value, f"{len(kinds)} values")
    return tuple(made(kind, one) for kind, one in zip(kinds, _as(list, value), strict=True))


def _one_of(kinds: tuple[Any, ...], value: object) -> Any:
    if value is None and type(None) in kinds:
        return None
    others = [kind for kind in kinds if kind is not type(None)]
    if len(others) == 1:
        return made(others[0], value)
    said = value.get(KIND) if isinstance(value, dict) else None
    chosen = next((kind for kind in others if kind.__name__ == said), None)
    return made(chosen, value) if chosen else _refuse(value, "of a known kind")


def _word(words: tuple[str, ...], value: object) -> str:
    return value if isinstance(value, str) and value in words else _refuse(value, "one of its words")


def _from_text(kind: Any, value: object) -> Any:
    text = _as(str, value)
    try:
        return date.fromisoformat(text) if kind is date else kind(text)
    except ValueError:
        return _refuse(value, f"a {kind.__name__}")


def _as(kind: Any, value: object) -> Any:
    return value if type(value) is kind else _refuse(value, f"a {kind.__name__}")


def _refuse(value: object, wanted: str) -> NoReturn:
    raise Damaged(f"{repr(value)[:40]} is not {wanted}")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Damaged("a name stands in it twice")
    return found


def _no_number(text: str) -> NoReturn:
    raise Damaged(f"{text} is no number")


def _refuse_deep(value: object) -> None:
    level = [value]
    for _ in range(MOST_DEPTH):
        level = [inner for one in level if isinstance(one, dict | list) for inner in _inner(one)]
        if not level:
            return
    raise Damaged("it is nested too deeply")


def _refuse_half_characters(value: object) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Damaged("it holds half a character") from None


def _inner(value: dict[str, object] | list[object]) -> list[object]:
    return list(value.values()) if isinstance(value, dict) else value
