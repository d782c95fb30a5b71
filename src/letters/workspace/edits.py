"""What is to change in a file of YAML: the edits, and what each means for the data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from letters.workspace.raw import KeyPath, load_yaml
from letters.workspace.written import NotWritten, as_read


@dataclass(frozen=True)
class Put:
    """A value at a path. A key that is not there comes last in its mapping, or right behind the key `after`.

    Mappings above it that are not there are made. In the place of a mapping or list, a mapping or list changes only
    what differs, so that the remarks in it stay.
    """

    path: KeyPath
    value: object
    after: str | None = None


@dataclass(frozen=True)
class Append:
    """An entry at the end of the list at a path, which is made where it is not there."""

    path: KeyPath
    value: object


@dataclass(frozen=True)
class Remove:
    """The key, or entry of a list, at a path goes, with its value and the remarks in it."""

    path: KeyPath


@dataclass(frozen=True)
class Block:
    """Lines as they are to stand at the end of the mapping at a path: keys, remarks, or both.

    A mapping that is not there is made. `lines`: without line ends, as far in as at the top of a file. Where a mapping
    stands in braces its keys go into them, without the remarks.
    """

    path: KeyPath
    lines: tuple[str, ...]

    @property
    def says(self) -> Mapping[str, object]:
        """The keys with their values that the lines say; none for remarks alone. Raises InvalidInput."""
        if not any(line.strip() and not line.lstrip().startswith("#") for line in self.lines):
            return {}
        data = load_yaml({"": "\n".join(self.lines).encode()}, "").data
        if not isinstance(data, dict):
            raise NotWritten("the lines are no keys with values")
        return data


Edit = Put | Append | Remove | Block


def meant(data: object, edit: Edit) -> object:
    """The data as they are to be once the edit is made; `data` stays as it is. Raises NotWritten."""
    match edit:
        case Put(path, value):
            return _changed(data, path, lambda _: as_read(value))
        case Append(path, value):
            return _changed(data, path, lambda old: [*_list(old), as_read(value)])
        case Block(path):
            return _changed(data, path, lambda old: {**_mapping(old), **edit.says} or None)
        case Remove(path):
            return _without(data, path)


def simple(data: object, edit: Put) -> Iterator[Edit]:
    """The edits that bring a `Put` about one key or entry at a time: of what is in a collection, only what differs."""
    old = value_at(data, edit.path)
    if isinstance(old, dict) and old and isinstance(edit.value, Mapping) and edit.value:
        for key, value in edit.value.items():
            yield Put((*edit.path, key), value)
        yield from (Remove((*edit.path, key)) for key in old if key not in edit.value)
    elif isinstance(old, list) and old and isinstance(edit.value, list | tuple) and edit.value:
        yield from (Put((*edit.path, at), value) for at, value in enumerate(edit.value[: len(old)]))
        yield from (Append(edit.path, value) for value in edit.value[len(old) :])
        yield from (Remove((*edit.path, at)) for at in reversed(range(len(edit.value), len(old))))


MISSING = object()


def value_at(data: object, path: KeyPath) -> object:
    """The value at a path, or MISSING."""
    for step in path:
        if isinstance(data, dict) and step in data:
            data = data[str(step)]
        elif isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
            data = data[step]
        else:
            return MISSING
    return data


def said(path: KeyPath) -> str:
    """A path as a message shows it."""
    return ".".join(map(str, path)) or "the top"


def _changed(data: object, path: KeyPath, change: Callable[[object], object]) -> object:
    if not path:
        return change(data)
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        if not isinstance(data, list) or not 0 <= step < len(data):
            raise NotWritten(f"there is no entry {step} here")
        return [_changed(one, rest, change) if at == step else one for at, one in enumerate(data)]
    if data is MISSING or data is None:
        data = {}
    if not isinstance(data, dict):
        raise NotWritten(f"{step!r} cannot be put into what is no keys with values")
    return {**data, step: _changed(data.get(step, MISSING), rest, change)}


def _without(data: object, path: KeyPath) -> object:
    if value_at(data, path) is MISSING or not path:
        raise NotWritten(f"{said(path)} is not there")

    def less(old: object) -> object:
        if isinstance(old, list):
            return [one for at, one in enumerate(old) if at != path[-1]]
        assert isinstance(old, dict)
        return {key: one for key, one in old.items() if key != path[-1]}

    return _changed(data, path[:-1], less)


def _list(old: object) -> list[object]:
    if old is MISSING or old is None:
        return []
    if not isinstance(old, list):
        raise NotWritten("what is there is no list")
    return old


def _mapping(old: object) -> dict[str, object]:
    if old is MISSING or old is None:
        return {}
    if not isinstance(old, dict):
        raise NotWritten("what is there is no keys with values")
    return old
