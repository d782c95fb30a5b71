"""PDFium's handles and strings as Python has them: the one place where they are opened, closed and decoded."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


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
    buffer = (ctypes.c_ushort * 256)()
    size = function(*arguments, buffer, ctypes.sizeof(buffer))
    if size > ctypes.sizeof(buffer):
        buffer = (ctypes.c_ushort * (size // 2))()
        function(*arguments, buffer, ctypes.sizeof(buffer))
    return _decoded(bytes(buffer), size)


def mark_string(function: Callable[..., int], *arguments: Any) -> str | None:
    """The same of a function about a mark, which gives the size by its last argument; None where it has nothing."""
    buffer, size = (ctypes.c_ushort * 256)(), ctypes.c_ulong()
    if not function(*arguments, buffer, ctypes.sizeof(buffer), size):
        return None
    if size.value > ctypes.sizeof(buffer):
        buffer = (ctypes.c_ushort * (size.value // 2))()
        function(*arguments, buffer, ctypes.sizeof(buffer), size)
    return _decoded(bytes(buffer), size.value)


def _decoded(data: bytes, size: int) -> str:
    return data[: max(size - 2, 0)].decode("utf-16-le", "replace")


def address(handle: Any) -> int | None:
    """Where PDFium keeps a thing: what tells two of them apart."""
    return ctypes.cast(handle, ctypes.c_void_p).value


def giving_address(function: Any, *arguments: Any) -> Callable[..., int | None]:
    """The same function of PDFium, but what it gives is only an address: much faster, for one call a letter."""
    kind = ctypes.CFUNCTYPE(ctypes.c_void_p, *arguments)
    return kind(ctypes.cast(function, ctypes.c_void_p).value or 0)


def corners(function: Callable[..., int], *arguments: Any) -> tuple[float, float, float, float] | None:
    """The left, bottom, right and top that a function of PDFium gives, or None."""
    sides = [ctypes.c_float() for _ in range(4)]
    if not function(*arguments, *sides):
        return None
    left, bottom, right, top = (side.value for side in sides)
    return left, bottom, right, top
