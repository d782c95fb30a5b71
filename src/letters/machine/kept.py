"""The JSON that we keep beside the letters, read with distrust: a disk garbles it, and a stranger may have made it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache, partial
from itertools import chain
from types import NoneType, UnionType
from typing import Any, Literal, NoReturn, get_args, get_origin, get_type_hints

#: What makes a value of one type out of what some JSON says.
Reader = Callable[[Any], Any]

#: Nothing that we keep is nested as deeply; what is much deeper ends the program that walks through it.
MOST_DEPTH = 100
#: No number that we keep has more digits, a sign or a fraction.
MOST_DIGITS = 9
#: The name under which an object in a list says which of several kinds it is.
KIND = "kind"
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class Damaged(ValueError):
    """What is kept is not what we wrote; the text says why."""


def parsed(data: bytes, *, is_typed: bool = False) -> Any:
    """The value in some JSON. Raises Damaged for what is not whole, says a name twice, is nested deeply, or has such a
    number as we never write.

    `is_typed`: whether people typed texts of it, which may hold half a character.
    """
    try:
        text = data.decode("utf-8-sig")
        found = json.loads(
            text, object_pairs_hook=_once, parse_int=_number, parse_float=_no_number, parse_constant=_no_number
        )
        if is_deep(found):
            raise RecursionError
        if not is_typed and _SURROGATE.search(text):
            json.dumps(found, ensure_ascii=False).encode()
    except RecursionError:
        raise Damaged("it is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise Damaged(f"line {error.lineno} is not JSON") from None
    except UnicodeDecodeError:
        raise Damaged("it is not text in UTF-8") from None
    except UnicodeEncodeError:
        raise Damaged("it holds half a character") from None
    return found


def is_deep(value: object) -> bool:
    """Whether some JSON is nested more deeply than anything that we keep."""
    level = [value]
    for _ in range(MOST_DEPTH):
        inner = [one.values() if isinstance(one, dict) else one for one in level if isinstance(one, (dict, list))]
        level = [*chain.from_iterable(inner)]
        if not level:
            return False
    return True


def made(kind: Any, value: object) -> Any:
    """`value`, as read from JSON, as the type `kind`: dataclasses, and what these are made of. Raises Damaged.

    Names that a dataclass does not have, and lacking ones without a default, are damage, too, and so is what its method
    `is_sound`, if there is one, denies. An object in a list names its kind, and leaves out what is at its default.
    """
    return _reader(kind)(value)


@cache
def _reader(kind: Any) -> Reader:
    """What makes a value of a type."""
    inner = get_args(kind)
    match get_origin(kind) or kind:
        case plain if is_dataclass(plain):
            return partial(_object, plain, False)
        case plain if plain is dict:
            return partial(_mapping, _reader(inner[1]))
        case plain if plain is tuple and inner[1:] == (...,):
            return partial(_row, _in_a_list(inner[0]))
        case plain if plain is tuple:
            return partial(_tuple, tuple(map(_reader, inner)))
        case plain if plain is UnionType and inner[1:] == (NoneType,):
            return partial(_optional, _reader(inner[0]))
        case plain if plain is Literal:
            return partial(_word, inner)
        case plain if plain is date:
            return partial(_from_text, date.fromisoformat)
        case plain if issubclass(plain, Enum):
            return partial(_from_text, plain)
        case plain if plain is object:
            return lambda value: value
        case plain:
            return partial(_as, plain)


def _in_a_list(kind: Any) -> Reader:
    """What makes an entry of a list: a dataclass, one of several, or what names no kind."""
    kinds = get_args(kind) if get_origin(kind) is UnionType else (kind,)
    if not all(map(is_dataclass, kinds)):
        return _reader(kind)
    return partial(_of_its_kind, {one.__name__: partial(_object, one, True) for one in kinds})


def _of_its_kind(readers: Mapping[object, Reader], value: object) -> Any:
    given = {**_as(dict, value)}
    kind = given.pop(KIND, None)
    read = readers.get(kind) if isinstance(kind, str) else None
    return read(given) if read else _refuse(value, "of a known kind")


def _object(kind: Any, is_terse: bool, value: object) -> Any:
    given = _as(dict, value)
    readers, needed, is_sound = _fields(kind, is_terse)
    if needed <= given.keys() <= readers.keys():
        found = kind(**{name: readers[name](one) for name, one in given.items()})
        if is_sound is None or is_sound(found):
            return found
    return _refuse(value, f"a {kind.__name__}")


@cache
def _fields(kind: Any, is_terse: bool) -> tuple[dict[str, Reader], frozenset[str], Callable[[Any], bool] | None]:
    """What makes each field, the names of those without a default, and what says whether all of them are sound."""
    hints, found = get_type_hints(kind), fields(kind)
    readers = {one.name: _reader(hints[one.name]) for one in found}
    optional = {one.name: one for one in found if not (one.default is one.default_factory is MISSING)}
    if is_terse:
        readers |= {name: partial(_unless, one.default, readers[name]) for name, one in optional.items()}
    return readers, frozenset(readers.keys() - optional.keys()), getattr(kind, "is_sound", None)


def _unless(default: object, read: Reader, value: object) -> Any:
    found = read(value)
    return found if found != default else _refuse(value, "said where it is the default")


def _mapping(read: Reader, value: object) -> dict[str, Any]:
    return {name: read(one) for name, one in _as(dict, value).items()}


def _row(read: Reader, value: object) -> tuple[Any, ...]:
    return tuple([read(one) for one in _as(list, value)])


def _tuple(readers: tuple[Reader, ...], value: object) -> tuple[Any, ...]:
    given = _as(list, value)
    if len(given) != len(readers):
        _refuse(value, f"{len(readers)} values")
    return tuple([read(one) for read, one in zip(readers, given, strict=True)])


def _optional(read: Reader, value: object) -> Any:
    return None if value is None else read(value)


def _word(words: tuple[str, ...], value: object) -> str:
    return value if isinstance(value, str) and value in words else _refuse(value, "one of its words")


def _from_text(read: Callable[[str], Any], value: object) -> Any:
    """What a text says, if it is the text that this is written as."""
    text = _as(str, value)
    try:
        found = read(text)
    except ValueError:
        found = None
    return found if str(found) == text else _refuse(value, "what it should say")


def _as(kind: Any, value: object) -> Any:
    return value if type(value) is kind else _refuse(value, f"a {kind.__name__}")


def _refuse(value: object, wanted: str) -> NoReturn:
    raise Damaged(f"{repr(value)[:40]} is not {wanted}")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Damaged("a name stands in it twice")
    return found


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else _no_number(text)


def _no_number(text: str) -> NoReturn:
    raise Damaged(f"it holds a number that nobody wrote: {text[:40]}")
