"""Records: what people did about letters, one JSON file each, kept in git; two copies of a folder can be put together.

A record never changes and names the records that it follows, so that one that is missing or altered is found. The
files of a folder are a set: whatever copy they come from, and in whatever order, they say the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

from letters.machine.files import Store, read_file, why
from letters.machine.kept import MOST_DIGITS, is_deep
from letters.workspace.schema import Checker, packaged

#: The folder of all records, in a workspace, and of those of reviews.
RECORDS = "records"
REVIEWS = f"{RECORDS}/reviews"
#: Below it, a folder of each letter type, and in that one of each letter.
LETTERS = f"{RECORDS}/letters"
FORMAT = 1
#: No record is longer, in bytes: a report on 1,000 letters with ten changes in each is below 2 MB.
MOST_BYTES = 20_000_000
#: No file beside records that one names is longer.
MOST_ATTACHED = 200_000_000
_NAME = re.compile(r"(\d{8}T\d{6}Z)-([a-z][a-z-]{0,39})-([0-9a-f]{8})\.json")


@dataclass(frozen=True)
class Record:
    """What somebody did: `by` (a name as typed, or empty) in a `role` at a time; `before`: digests of what it follows.

    `data` is of the shape that the schema has for its `kind`. `words`: digest of a letter's words, if about one letter.
    """

    kind: str
    by: str
    at: datetime
    data: Mapping[str, Any]
    before: tuple[str, ...] = ()
    role: str = ""
    words: str = ""

    @cached_property
    def bytes(self) -> bytes:
        """Its file: canonical JSON in one line without an end, which no tool that converts line ends can alter."""
        fields: dict[str, object] = {
            "format": FORMAT,
            "kind": self.kind,
            "by": self.by,
            "role": self.role,
            "at": written(self.at),
            "before": sorted(self.before),
            "data": self.data,
        }
        return canonical({**fields, "words": self.words} if self.words else fields)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of its file."""
        return sha256(self.bytes).hexdigest()

    @property
    def name(self) -> str:
        """The name of its file: when, what, and eight digits of its digest, so that no two can collide."""
        return f"{self.at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{self.kind}-{self.digest[:8]}.json"


@dataclass(frozen=True)
class Fault:
    """A record that does not count. `name`: of its file. `reason`: why, in a user's words."""

    name: str
    reason: str

    def __str__(self) -> str:
        return f"{self.name} {self.reason}"


@dataclass(frozen=True)
class Records:
    """The records of a folder, in order of time, and those that do not count."""

    folder: Path
    sound: tuple[Record, ...] = ()
    faults: tuple[Fault, ...] = ()
    _by_digest: Mapping[str, Record] = field(default_factory=dict)

    @property
    def heads(self) -> tuple[str, ...]:
        """The digests of the records that no other follows: what the next one follows."""
        followed = {digest for record in self.sound for digest in record.before}
        return tuple(sorted(record.digest for record in self.sound if record.digest not in followed))

    def followed_by(self, record: Record) -> frozenset[str]:
        """The digests of all records that one follows, at any remove."""
        found: set[str] = set()
        waiting = [*record.before]
        while waiting:
            digest = waiting.pop()
            if digest not in found and digest in self._by_digest:
                found.add(digest)
                waiting += self._by_digest[digest].before
        return frozenset(found)

    def of_kind(self, kind: str) -> tuple[Record, ...]:
        """Those of one kind."""
        return tuple(record for record in self.sound if record.kind == kind)


def written(time: datetime) -> str:
    """A time as records have it: to the second, with its offset."""
    return time.isoformat(timespec="seconds")


def time_in(text: str) -> datetime:
    """The time that `written` has in this way. Raises ValueError for any other text, as `parse` does."""
    try:
        found = datetime.fromisoformat(text)
        if found.tzinfo and found.astimezone(UTC) and written(found) == text:
            return found
    except (ValueError, OverflowError):
        pass
    raise ValueError("has a time that there is not")


def just_now() -> datetime:
    """The time by this machine's clock, in its zone."""
    return datetime.now(UTC).astimezone().replace(microsecond=0)


def canonical(fields: Mapping[str, object]) -> bytes:
    """The one way to write some fields as JSON. Raises ValueError for what is no JSON that everybody reads alike."""
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def has_baseline(root: Path) -> bool:
    """Whether a record of a workspace says where its next review begins."""
    return any((root / REVIEWS).glob("*-baseline-*.json"))


# -- writing


def write_record(
    records: Records, kind: str, by: str, data: Mapping[str, Any], follows: tuple[str, ...] | None = None
) -> Record:
    """Add a record that follows all there are, or those given. Raises OSError, and ValueError for a wrong shape."""
    made = Record(kind, by, just_now(), data, records.heads if follows is None else follows)
    parsed = parse(made.bytes)
    _write(records.folder, parsed.name, parsed.bytes)
    return parsed


def attach(folder: Path, data: bytes) -> str:
    """Put a zip file beside records under the name of its digest; gives the digest. Raises OSError."""
    digest = sha256(data).hexdigest()
    if attached(folder, digest) != data:
        _write(folder, f"{digest}.zip", data)
    return digest


def _write(folder: Path, name: str, data: bytes) -> None:
    """Put a file into a folder of records, which is below its workspace and never a link out of that."""
    # records/reviews, or records/letters/TYPE/FORCE; no letter type may be called as the folder of records is.
    workspace = folder.parents[1] if folder.parent.name == RECORDS else folder.parents[3]
    Store(workspace).write(f"{folder.relative_to(workspace).as_posix()}/{name}", data)


def attached(folder: Path, digest: str) -> bytes | None:
    """The zip file that records know by a digest, or None where it is missing or altered."""
    try:
        data = read_file(folder / f"{digest}.zip", MOST_ATTACHED)
    except OSError:
        return None
    return data if sha256(data).hexdigest() == digest else None


# -- reading


def read_records(folder: Path, fault: Callable[[Record], str] = lambda _: "") -> Records:
    """All records of a folder. `fault`: what else is wrong with a record that is sound by itself, or nothing.

    Never raises for anything that lies there.
    """
    found: dict[str, Record] = {}
    faults: list[Fault] = []
    doubtful: list[tuple[str, bytes]] = []
    for path in _files(folder):
        try:
            data = read_file(path, MOST_BYTES)
            if not _NAME.fullmatch(path.name):
                doubtful.append((path.name, data))
                continue
            record = _named(path.name, data)
            if reason := fault(record):
                raise ValueError(reason)
            found[record.digest] = record
        except OSError as error:
            faults.append(Fault(path.name, f"cannot be read: {why(error)}"))
        except ValueError as error:
            faults.append(Fault(path.name, str(error)))
    # A second copy that a syncing program put under another name says nothing new.
    strange = (name for name, data in doubtful if sha256(data).hexdigest() not in found)
    faults += [Fault(name, "is not named as a record is") for name in strange]
    faults += _without_predecessor(found)
    lost = {one.name for one in faults}
    sound = {digest: record for digest, record in found.items() if record.name not in lost}
    ordered = sorted(sound.values(), key=lambda record: (record.at, record.digest))
    return Records(folder, tuple(ordered), tuple(sorted(faults, key=lambda one: one.name)), sound)


def _files(folder: Path) -> Iterator[Path]:
    """What may be a record, by its name; other files beside them are nobody's business."""
    try:
        yield from sorted(path for path in folder.iterdir() if path.suffix == ".json" and path.name[0] not in ".~")
    except OSError:
        return


def _named(name: str, data: bytes) -> Record:
    """A record whose file's name fits it. Raises ValueError."""
    if sha256(data).hexdigest()[:8] != name[-13:-5]:
        raise ValueError("was altered or is damaged: its digest is not the one in its name")
    record = parse(data)
    if record.name != name:
        raise ValueError("has the name of another record")
    return record


def parse(data: bytes) -> Record:
    """The record that some bytes are. Raises ValueError, with a reason that continues the name of the file."""
    try:
        return _parsed(data)
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    except UnicodeDecodeError:
        raise ValueError("is not text in UTF-8") from None
    except UnicodeEncodeError:
        raise ValueError("holds half a character") from None
    except json.JSONDecodeError:
        raise ValueError("is not JSON") from None


def _parsed(data: bytes) -> Record:
    fields = json.loads(
        data.decode("utf-8"),
        object_pairs_hook=_once,
        parse_int=_number,
        parse_float=_no_number,
        parse_constant=_no_number,
    )
    if is_deep(fields):
        raise RecursionError
    if faults := _checker().faults(fields):
        where = "/".join(map(str, faults[0]))
        raise ValueError(f"is not of the shape that records have{f': {where[:200]}' if where else ''}")
    at, before, words = time_in(fields["at"]), tuple(fields["before"]), fields.get("words", "")
    record = Record(fields["kind"], fields["by"], at, fields["data"], before, fields["role"], words)
    if record.bytes != data:
        raise ValueError("is not written as records are")
    return record


@cache
def _checker() -> Checker:
    return Checker(packaged("record"))


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("says something twice")
    return found


def _number(text: str) -> int:
    return int(text) if len(text) <= MOST_DIGITS else _no_number(text)


def _no_number(_: str) -> NoReturn:
    raise ValueError("holds a number that no record has")


def _without_predecessor(found: Mapping[str, Record]) -> Iterable[Fault]:
    for record in found.values():
        if missing := sorted(digest for digest in record.before if digest not in found):
            names = ", ".join(f"…-{digest[:8]}.json" for digest in missing[:3])
            more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
            yield Fault(record.name, f"follows what is missing or damaged: {names}{more}")
