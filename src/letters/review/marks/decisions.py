"""What a reviewer decided about each change and each letter: the file that a report saves, read with distrust."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256

from letters.machine.kept import Damaged, parsed
from letters.review.compare.changes import Group
from letters.review.marks.identity import identities
from letters.workspace.record import time_in

#: The format of the file; `decisions.js` writes it and reads it too. Format 2 needs no decisions about letters.
FORMAT = 2
_FORMATS = (1, 2)
_NAMES = frozenset({"format", "report", "reviewer", "saved", "changes", "letters"})
_NAMES_OF_ONE = frozenset({"about", "title", "state", "comment"})
#: No report saves more; a longer file is something else.
MOST_BYTES = 10_000_000
#: A report is known by a digest; anything else could be a path, and its record is a file of that name.
_REPORT = re.compile(r"[0-9A-Za-z_-]{1,100}")


class State(StrEnum):
    """How far a reviewer is with a change or a letter."""

    TO_DO = "to do"
    READ = "read"
    QUERIED = "queried"


@dataclass(frozen=True)
class Decision:
    """About one group of changes (`about`: its id) or one letter (its key, see `letter_id`). `title`: for a person.

    `letters`: in which the group was, if that is known otherwise than by its id; no file says it.
    """

    about: str
    title: str
    state: State
    comment: str = ""
    letters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decisions:
    """All that a reviewer decided in one report. `report`: its identity. `saved`: when, by the reviewer's clock.

    `format`: of the file; in format 1 the ids of changes are those of an earlier version's report.
    """

    report: str
    reviewer: str
    saved: datetime
    changes: tuple[Decision, ...] = ()
    letters: tuple[Decision, ...] = ()
    format: int = FORMAT


def group_id(group: Group) -> str:
    """What a file of decisions calls a group: a digest of what its changes are known by, the same in each report that
    shows just these."""
    return id_of({key.path: own for key, own in identities(group).items()})


def id_of(letters: Mapping[str, Iterable[str]]) -> str:
    """The id of a group from what its changes are known by, letter by letter."""
    said = json.dumps(sorted([about, *sorted(own)] for about, own in letters.items()))
    return sha256(said.encode()).hexdigest()[:16]


def to_json(decisions: Decisions) -> bytes:
    """The file of decisions, as a report saves it."""
    fields = {
        "format": FORMAT,
        "report": decisions.report,
        "reviewer": decisions.reviewer,
        "saved": decisions.saved.isoformat(timespec="seconds"),
        "changes": [_fields(one) for one in decisions.changes],
        **({"letters": [_fields(one) for one in decisions.letters]} if decisions.letters else {}),
    }
    return (json.dumps(fields, ensure_ascii=False, indent=1) + "\n").encode()


def _fields(decision: Decision) -> dict[str, str]:
    return {"about": decision.about, "title": decision.title, "state": decision.state, "comment": decision.comment}


def read_decisions(data: bytes) -> Decisions:
    """The decisions in a file. Raises ValueError, in a user's words, for anything that no report saved.

    What a person typed comes back without characters that would do something in a terminal.
    """
    fields = _parsed(data)
    number = fields.get("format")
    if "report" not in fields or type(number) is not int:
        raise ValueError("this is not a file of decisions that a review's report saved")
    if number not in _FORMATS:
        raise ValueError(f"this file has format {number}, and this version of letters reads format {FORMAT}")
    if not fields.keys() <= _NAMES:
        raise ValueError("this file says more than a report saves")
    report = _text(fields, "report", "the file")
    if not _REPORT.fullmatch(report):
        raise ValueError("'report' of the file is not what a report is known by")
    return Decisions(
        report,
        _text(fields, "reviewer", "the file").strip(),
        _saved(_text(fields, "saved", "the file")),
        _decisions(fields, "changes"),
        _decisions(fields, "letters") if number == 1 or "letters" in fields else (),
        number,
    )


def _saved(text: str) -> datetime:
    """The time that a file was saved; a day alone, as format 1 has it, is its beginning in UTC."""
    try:
        return time_in(text if "T" in text else f"{text}T00:00:00+00:00").astimezone(UTC)
    except ValueError:
        raise ValueError("'saved' of the file is not a time such as 2026-03-31T14:05:00+01:00") from None


def _parsed(data: bytes) -> Mapping[str, object]:
    if len(data) > MOST_BYTES:
        raise ValueError(f"this file is longer than {MOST_BYTES // 1_000_000} MB: no file of decisions is")
    try:
        found = parsed(data, is_typed=True)
    except Damaged as error:
        raise ValueError(f"this file is not whole, or is not a file of decisions: {error}") from None
    if not isinstance(found, dict):
        raise ValueError("this is not a file of decisions that a review's report saved")
    return found


def _decisions(fields: Mapping[str, object], name: str) -> tuple[Decision, ...]:
    listed = fields.get(name)
    if not isinstance(listed, list):
        raise ValueError(f"'{name}' of the file is not a list")
    found = tuple(_decision(one, f"entry {number} of '{name}'") for number, one in enumerate(listed, start=1))
    if repeated := [about for about, count in Counter(one.about for one in found).items() if count > 1]:
        raise ValueError(f"'{name}' of the file decides about {repeated[0]} twice")
    return found


def _decision(fields: object, where: str) -> Decision:
    if not isinstance(fields, dict):
        raise ValueError(f"{where} is not a decision")
    if not fields.keys() <= _NAMES_OF_ONE:
        raise ValueError(f"{where} says more than a report saves")
    state = _text(fields, "state", where)
    if state not in set(State):
        raise ValueError(f"{where} is neither read, nor queried, nor to do: {state[:40]}")
    about, title = _text(fields, "about", where), _text(fields, "title", where)
    return Decision(about, title, State(state), _text(fields, "comment", where, _is_line_break).strip())


def _is_line_break(ch: str) -> bool:
    return ch == "\n"


def _never(_: str) -> bool:
    return False


def _text(fields: Mapping[str, object], name: str, where: str, kept: Callable[[str], bool] = _never) -> str:
    """A text field. Control, bidi and half characters, other than those `kept`, are spaces: it is to be printed."""
    value = fields.get(name)
    if not isinstance(value, str):
        raise ValueError(f"'{name}' of {where} is not a text")
    return "".join(ch if kept(ch) or unicodedata.category(ch) not in {"Cc", "Cf", "Cs"} else " " for ch in value)
