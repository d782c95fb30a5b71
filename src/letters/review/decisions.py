"""What a reviewer decided about each change and each letter: the file that a report saves, read with distrust."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from letters.review.changes import Group, Key

#: The format of the file; `page.js` writes it and reads it too.
FORMAT = 1
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
    """About one group of changes (`about`: its id) or one letter (its key, see `letter_id`). `title`: for a person."""

    about: str
    title: str
    state: State
    comment: str = ""


@dataclass(frozen=True)
class Decisions:
    """All that a reviewer decided in one report. `report`: its identity. `saved`: the day, by the reviewer's clock."""

    report: str
    reviewer: str
    saved: date
    changes: tuple[Decision, ...] = ()
    letters: tuple[Decision, ...] = ()

    @property
    def account(self) -> str:
        """In a person's words: `43 letters: 40 read, 2 queried, 1 to do`."""
        counts = Counter(decision.state for decision in self.letters)
        said = ", ".join(f"{counts[state]} {state}" for state in (State.READ, State.QUERIED, State.TO_DO))
        return f"{len(self.letters)} {'letter' if len(self.letters) == 1 else 'letters'}: {said}"


def queries(decisions: Decisions) -> tuple[Decision, ...]:
    """What the reviewer asks about: changes first, then letters, in the order of the report."""
    return tuple(one for one in (*decisions.changes, *decisions.letters) if one.state is State.QUERIED)


def group_id(group: Group) -> str:
    """What a file of decisions calls a group: its number, and a digest that no other group has."""
    places = [[*place.key, place.part, *map(list, place.pieces)] for place in group.occurrences]
    said = json.dumps([group.kind, group.title, places])
    return f"{group.number}-{sha256(said.encode()).hexdigest()[:12]}"


def letter_id(key: Key) -> str:
    """What a file of decisions calls a letter."""
    return "/".join(key)


def to_json(decisions: Decisions) -> bytes:
    """The file of decisions, as a report saves it."""
    fields = {
        "format": FORMAT,
        "report": decisions.report,
        "reviewer": decisions.reviewer,
        "saved": decisions.saved.isoformat(),
        "changes": [_fields(one) for one in decisions.changes],
        "letters": [_fields(one) for one in decisions.letters],
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
    if number != FORMAT:
        raise ValueError(f"this file has format {number}, and this version of letters reads format {FORMAT}")
    report = _text(fields, "report", "the file")
    if not _REPORT.fullmatch(report):
        raise ValueError("'report' of the file is not what a report is known by")
    try:
        saved = date.fromisoformat(_text(fields, "saved", "the file"))
    except ValueError:
        raise ValueError("'saved' of the file is not a date such as 2026-03-31") from None
    return Decisions(
        report,
        _text(fields, "reviewer", "the file"),
        saved,
        _decisions(fields, "changes"),
        _decisions(fields, "letters"),
    )


def _parsed(data: bytes) -> Mapping[str, object]:
    if len(data) > MOST_BYTES:
        raise ValueError(f"this file is longer than {MOST_BYTES // 1_000_000} MB: no file of decisions is")
    try:
        found = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"this file is not whole, or is not a file of decisions: {_reason(error)}") from None
    if not isinstance(found, dict):
        raise ValueError("this is not a file of decisions that a review's report saved")
    return found


def _reason(error: Exception) -> str:
    match error:
        case json.JSONDecodeError():
            return f"line {error.lineno} is not JSON"
        case UnicodeDecodeError():
            return "it is not text in UTF-8"
        case RecursionError():
            return "it is nested too deeply"
        case _:
            return str(error)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object of which no name says two things."""
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a name stands in it twice")
    return dict(pairs)


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
