"""What functions of PDFium give: handles that are closed, strings that are decoded, rectangles."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from letters.readback.pdfium.geometry import Box

# What PDFium writes into, read at once: to make these anew for each call takes as long as the call. PDFium is for one
# thread anyway.
_SHORT = 256
_WIDE, _NARROW = (ctypes.c_ushort * _SHORT)(), (ctypes.c_char * _SHORT)()
_LEFT, _BOTTOM, _RIGHT, _TOP = (ctypes.c_float() for _ in Box._fields)


@contextmanager
def held(handle: Any, close: Callable[[Any], object], otherwise: Exception) -> Iterator[Any]:
    """A handle, closed at the end; raises `otherwise` where PDFium gave none."""
    if not handle:
        raise otherwise
    try:
        yield handle
    finally:
        close(handle)


def string(function: Callable[..., int], *arguments: Any) -> str:
    """What a function of PDFium writes into a buffer: UTF-16 with a NUL at the end; it returns the size in bytes."""
    buffer: Any = _WIDE
    size = function(*arguments, buffer, 2 * _SHORT)
    if size > 2 * _SHORT:
        buffer = (ctypes.c_ushort * (size // 2))()
        function(*arguments, buffer, size)
    return _decoded(buffer, size)


def mark_string(function: Callable[..., int], *arguments: Any) -> str | None:
    """The same of a function about a mark, which gives the size by its last argument; None where it has nothing."""
    buffer: Any = _WIDE
    size = ctypes.c_ulong()
    if not function(*arguments, buffer, 2 * _SHORT, size):
        return None
    if size.value > 2 * _SHORT:
        buffer = (ctypes.c_ushort * (size.value // 2))()
        function(*arguments, buffer, ctypes.sizeof(buffer), size)
    return _decoded(buffer, size.value)


def _decoded(buffer: Any, size: int) -> str:
    return ctypes.string_at(buffer, max(size - 2, 0)).decode("utf-16-le", "replace")


def narrow_string(function: Callable[..., int], *arguments: Any) -> str:
    """The same of a function that writes UTF-8."""
    buffer: Any = _NARROW
    size = function(*arguments, buffer, _SHORT)
    if size > _SHORT:
        buffer = ctypes.create_string_buffer(size)
        function(*arguments, buffer, size)
    return ctypes.string_at(buffer, size).partition(b"\0")[0].decode("utf-8", "replace")


def box(function: Callable[..., int], *arguments: Any) -> Box | None:
    """The rectangle that a function of PDFium gives by its left, bottom, right and top, or None."""
    if not function(*arguments, _LEFT, _BOTTOM, _RIGHT, _TOP):
        return None
    return Box(_LEFT.value, _BOTTOM.value, _RIGHT.value, _TOP.value)


def address(handle: Any) -> int:
    """Where PDFium keeps a thing: what tells two of them apart."""
    return ctypes.addressof(handle.contents) if handle else 0


def by_address(function: Any) -> Callable[..., Any]:
    """The same function of PDFium, but it takes and gives addresses: much faster, for one call a letter."""
    kinds = [_plain(kind) for kind in (function.restype, *function.argtypes)]
    return ctypes.CFUNCTYPE(*kinds)(ctypes.cast(function, ctypes.c_void_p).value or 0)


def _plain(kind: Any) -> Any:
    return ctypes.c_void_p if hasattr(kind, "contents") else kind
