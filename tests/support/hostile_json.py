"""Sound JSON with one thing in it made wrong, in each way that a disk, a person or a stranger might."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

#: What Python would not write as JSON, by what stands for it until all is written.
_TYPED = {
    "<not a number>": "NaN",
    "<infinity>": "Infinity",
    "<minus infinity>": "-Infinity",
    "<minus nought>": "-0",
    "<too large>": "1e999",
    "<long number>": "9" * 5000,
    "<deep lists>": "[" * 2000 + "]" * 2000,
    "<rather deep lists>": "[" * 200 + "]" * 200,
    "<deep objects>": '{"a":' * 2000 + "1" + "}" * 2000,
    "<half a character>": '"\\ud800"',
    "<cut off>": '"words',
}
#: Behind a name: it stands there twice.
_AGAIN = "<again>"
#: What stands in the place of a value.
_VALUES: tuple[object, ...] = (
    *(None, True, False, 0, 1, -1, 7, 10**30, 1.0, 0.5),
    *("", " ", "words", "../../etc/passwd", "/etc/passwd", "a\\b"),
    *("20260331", "2026-W14-2", "2026-02-30", "2026-03-31T14:05:00-00:00", "2026-03-31T24:00:00+00:00"),
    *([], [None], ["words"], [["a", "b"]], [[]], {}, {"a": "b"}),
    *({"kind": "Run"}, {"kind": "Run", "text": "words"}, {"kind": "Letter"}, {"kind": "Paragraph", "runs": []}),
    *({"kind": ["Run"]}, *_TYPED),
)

#: Way to a value: keys and numbers.
Way = tuple[str | int, ...]
#: Writes JSON as the files of one kind are written.
Write = Callable[[Any], str]


def spoilt(sound: Any, write: Write) -> Iterator[tuple[str, bytes]]:
    """Where and how, and the bytes: each value of `sound` spoilt in each way, one at a time."""
    for way, value in _ways(sound):
        for what, other in _others(value):
            text = write(_put(sound, way, other)).replace(_AGAIN, "")
            for sign, typed in _TYPED.items():
                text = text.replace(json.dumps(sign), typed)
            yield f"{'/'.join(map(str, way))} {what}", text.encode()


def _ways(value: Any, way: Way = ()) -> Iterator[tuple[Way, Any]]:
    """The way to each value in some JSON and the value, the whole first."""
    yield way, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, one in inner:
        yield from _ways(one, (*way, step))


def _put(value: Any, way: Way, new: object) -> Any:
    """The same with another value at the end of a way."""
    if not way:
        return new
    made = value.copy()
    made[way[0]] = _put(value[way[0]], way[1:], new)
    return made


def _others(value: Any) -> Iterator[tuple[str, object]]:
    """What was done to a value, and what it is then."""
    for other in _VALUES:
        if type(other) is not type(value) or other != value:
            yield f"is {other!r}", other
    if isinstance(value, dict):
        yield "says more", {**value, "more": "words"}
        yield "names a kind", {**value, "kind": "Letter"}
        for name in value:
            yield f"lacks {name}", {key: one for key, one in value.items() if key != name}
            yield f"calls {name} otherwise", {key + "s" * (key == name): one for key, one in value.items()}
            yield f"says {name} twice", {**value, name + _AGAIN: value[name]}
    if isinstance(value, list):
        yield "is turned round", value[::-1]
        yield "begins twice", [*value[:1], *value]
        yield "lacks its first", value[1:]
