"""Work that may hang, crash or swell: done in processes that are ended and replaced, while the rest goes on."""

from __future__ import annotations

import gc
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from letters.machine.bounds import Bounds
from letters.machine.processes import CONTEXT, TOO_LONG, become_a_child, limit_memory, limited_time, no_interrupt

Item = TypeVar("Item")
Result = TypeVar("Result")


@contextmanager
def shared_memory() -> Iterator[None]:
    """Let processes that are forked within share what is there now: nobody looks through it for what can be freed."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


class End(Enum):
    """How a process ended before its work was done."""

    TIME = "it took too long"
    MEMORY = "it needed too much memory"
    CRASH = "a library crashed"
    LOST = "something else ended it"


@dataclass(frozen=True)
class Unfinished:
    """In place of a result: how the work ended, and what it was at (as `at` was told)."""

    end: End
    stage: str = ""


class Crew(Generic[Item, Result]):
    """Processes that do `work` on one item after another. Use it as a context; leaving it ends them at once.

    `start` is called in each first. Started by forking, they have both by inheritance; else both must be picklable.
    """

    def __init__(
        self, work: Callable[[Item], Result], bounds: Bounds, start: Callable[[], object] | None = None
    ) -> None:
        self._work, self._bounds, self._start = work, bounds, start
        self._hands: list[_Hand] = []

    def __enter__(self) -> Crew[Item, Result]:
        return self

    def __exit__(self, *_: object) -> None:
        self.dismiss()

    def hire(self, number: int) -> None:
        """Start processes until there are `number`."""
        while len(self._hands) < number:
            self._hands.append(_Hand(self._work, self._bounds, self._start))

    def dismiss(self) -> None:
        """End all processes, whatever they are at."""
        while self._hands:
            self._hands.pop().end()

    def do(self, items: Iterable[Item]) -> Iterator[tuple[Item, Result | Unfinished]]:
        """Each item with its result, in any order. Raises what `work` raises."""
        return ((item, result) for _, item, result in at_work({0: (self, items)}))


def at_work(
    shares: Mapping[int, tuple[Crew[Any, Any], Iterable[Any]]],
) -> Iterator[tuple[int, Any, Any]]:
    """What several crews do at the same time, each its share: the share's key, an item of it, and its result."""
    queues = {key: (crew, iter(items)) for key, (crew, items) in shares.items()}
    for crew, queue in queues.values():
        crew.hire(1)
        for hand in crew._hands:
            hand.next_of(queue)
    while any(hand.is_busy for crew, _ in queues.values() for hand in crew._hands):
        busy = [(key, crew, hand) for key, (crew, _) in queues.items() for hand in crew._hands if hand.is_busy]
        heard = wait([hand.connection for _, _, hand in busy], min(hand.patience for *_, hand in busy))
        finished = []
        for key, crew, hand in busy:
            if hand.connection in heard or hand.patience <= 0:
                item = hand.item
                said = hand.hear()
                if said is None:
                    continue
                finished.append((key, item, said.value))
                if isinstance(said.value, Unfinished):
                    crew._hands.remove(hand)
                    hand.end()
                    hand = _Hand(crew._work, crew._bounds, crew._start)
                    crew._hands.append(hand)
                hand.next_of(queues[key][1])  # before anybody looks at the result: it shall not wait
        yield from finished


_at: Connection | None = None


def at(stage: str) -> None:
    """Say what the work is at, for whoever has to tell why it was ended."""
    if _at is not None:
        _at.send(_At(stage))


@dataclass(frozen=True)
class _At:
    stage: str


@dataclass(frozen=True)
class _Said:
    value: Any


@dataclass(frozen=True)
class _Raised:
    error: BaseException


_NOTHING = object()


class _Hand:
    """One process, as its parent knows it."""

    def __init__(self, work: Callable[[Any], Any], bounds: Bounds, start: Callable[[], object] | None) -> None:
        self._bounds = bounds
        self.item: Any = _NOTHING
        self._stage = ""
        self._until = 0.0
        self.connection, theirs = CONTEXT.Pipe()
        self._process = CONTEXT.Process(target=_serve, args=(theirs, work, bounds, start), daemon=True)
        with no_interrupt():
            self._process.start()
        theirs.close()

    @property
    def is_busy(self) -> bool:
        return self.item is not _NOTHING

    @property
    def patience(self) -> float:
        """How many seconds more it is waited for."""
        return max(self._until - time.monotonic(), 0)

    def next_of(self, queue: Iterator[Any]) -> None:
        """Give it the next item, if there is one."""
        self.item, self._stage = next(queue, _NOTHING), ""
        if not self.is_busy:
            return
        self._until = time.monotonic() + self._bounds.patience + _GETTING_READY
        with suppress(BrokenPipeError, ConnectionResetError):  # it is gone, which is heard next
            self.connection.send(self.item)

    def hear(self) -> _Said | None:
        """What it says that its work came to; None if it goes on. Raises what the work raised."""
        if not self.connection.poll():  # its time is up, by the clock
            return _Said(Unfinished(End.TIME, self._stage))
        try:
            said = self.connection.recv()
        except (EOFError, OSError):
            return _Said(Unfinished(self._how_it_ended(), self._stage))
        if isinstance(said, _At):
            if not said.stage:
                self._until = time.monotonic() + self._bounds.patience
            self._stage = said.stage
            return None
        if isinstance(said, _Raised):
            raise said.error
        self.item = _NOTHING
        return said  # type: ignore[no-any-return]

    def _how_it_ended(self) -> End:
        self._process.join(5)
        code = self._process.exitcode or 0
        if code == TOO_LONG or -code == getattr(signal, "SIGPROF", None):
            return End.TIME
        return End.CRASH if -code in _CRASHES or code > 0xC0000000 else End.LOST

    def end(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.join()
        self.connection.close()


#: Seconds for imports and the like, before the first work begins.
_GETTING_READY = 300.0
_CRASHES = {getattr(signal, name, None) for name in ("SIGSEGV", "SIGBUS", "SIGABRT", "SIGFPE", "SIGILL", "SIGTRAP")}


def _serve(
    connection: Connection, work: Callable[[Any], Any], bounds: Bounds, start: Callable[[], object] | None
) -> None:
    global _at
    become_a_child()
    limit_memory(bounds.memory)
    if start:
        start()
    _at = connection
    while True:
        try:
            item = connection.recv()
        except (EOFError, OSError):
            return
        _say(connection, _answer(work, item, bounds))


def _say(connection: Connection, said: object) -> None:
    try:
        connection.send(said)
    except MemoryError:
        connection.send(_Said(Unfinished(End.MEMORY)))
    except OSError:
        return  # nobody listens any more
    except Exception as error:  # a result that cannot be sent
        connection.send(_Raised(error))


def _answer(work: Callable[[Any], Any], item: Any, bounds: Bounds) -> _Said | _Raised:
    at("")
    try:
        with limited_time(bounds.seconds):
            return _Said(work(item))
    except MemoryError:
        return _Said(Unfinished(End.MEMORY))
    except Exception as error:
        return _Raised(error)
