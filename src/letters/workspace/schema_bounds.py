"""How much an outcome.yaml may be: references that end, and a size that every outcome can be held against at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from letters.problems import Code
from letters.workspace.raw import KeyPath
from letters.workspace.references import target

#: Parts of a schema once its references are followed. That of a letter with ten fields has about 200.
LARGEST = 20_000
#: What makes the meaning of a reference hang on where it is read from.
_MOVING = ("$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor", "$id", "$anchor")


@dataclass(frozen=True)
class TooMuch:
    """Something in a schema that nothing bounds: where, what, and what to do."""

    code: Code
    path: KeyPath
    message: str
    hint: str


class _Endless(Exception):
    """What is in the way of knowing the size."""

    def __init__(self, found: TooMuch) -> None:
        super().__init__(found.message)
        self.found = found


def too_much(schema: object) -> TooMuch | None:
    """The first thing in a schema that has no end or is too large; None where every outcome can be held against it."""
    try:
        size = _Sizes(schema).of((), schema)
    except _Endless as endless:
        return endless.found
    except RecursionError:
        message = "its references lead to references, and these to more, further than can be followed"
        return TooMuch(Code.TOO_LARGE_SCHEMA, (), message, "let each lead to what is meant")
    if size > LARGEST:
        message = f"this is {size:,} parts once its references are followed, and {LARGEST:,} are the most"
        return TooMuch(Code.TOO_LARGE_SCHEMA, (), message, "let fewer references lead to parts that refer to others")
    return None


@dataclass
class _Sizes:
    """Counts the parts of a schema, those that a reference leads to at each reference; each is looked at once."""

    schema: object
    known: dict[int, int] = field(default_factory=dict)
    open: set[int] = field(default_factory=set)

    def of(self, path: KeyPath, part: object) -> int:
        """The size of `part`, which stands at `path`. Raises _Endless."""
        if not isinstance(part, Mapping | list):
            return 1
        if id(part) not in self.known:
            self.open.add(id(part))
            self.known[id(part)] = 1 + sum(self._inner(path, part))
            self.open.discard(id(part))
        return self.known[id(part)]

    def _inner(self, path: KeyPath, part: Mapping[str, object] | list[object]) -> Iterator[int]:
        entries = part.items() if isinstance(part, Mapping) else enumerate(part)
        for key, inner in entries:
            here = (*path, key)
            if key == "$ref" and isinstance(inner, str):
                yield self._referred(here, inner)
            elif key in _MOVING and path and path[-1] != "properties" and isinstance(inner, str):
                message = f"{key} is not for outcomes"
                raise _Endless(TooMuch(Code.ENDLESS_REFERENCE, here, message, 'write `$ref: "#/$defs/NAME"`'))
            else:
                yield self.of(here, inner)

    def _referred(self, path: KeyPath, reference: str) -> int:
        if not reference.startswith("#"):
            return 1  # to another file, which is refused by its own name
        found = target(self.schema, reference)
        if found is None:
            return 1  # to nothing, likewise
        part, way = found
        if id(part) in self.open:
            message = f"{reference!r} leads back to itself, so that an outcome would never end"
            raise _Endless(
                TooMuch(Code.ENDLESS_REFERENCE, path, message, "write out what may be inside, as deep as it is needed")
            )
        return self.of(way, part)
