"""What tests of a review share: the command line in this process, and each group of changes as one line to hold."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from conftest import Ran, Workspace
from letters.cli import letters
from letters.review.comparison import Compared
from letters.review.marks.decisions import Decision, Decisions, State, group_id, to_json

TYPE = "abuse-of-position-2017"
LATER = "pcc-response-2019"
LETTER = f"templates/{TYPE}/letter.md"
LETTER_YAML = f"templates/{TYPE}/letter.yaml"
WORDING = f"templates/{TYPE}/wording.yaml"
VERDICT = f"templates/{TYPE}/verdict.md"
LETTERHEAD = "templates/letterheads/hmicfrs/letterhead.md"
CSS = "templates/letterheads/hmicfrs/letter.css"
KENT = "forces/kent.yaml"

#: Of so many letters the names stand in a line; of more their number.
NAMED = 2

Edit = Callable[[Workspace], object]


def ask(workspace: Workspace, command: str, *arguments: str) -> Ran:
    """Run `letters` in this process, which saves the start of another; as one process, and without a terminal."""
    alone = ["--jobs", "1"] if command in ("build", "review") and "--jobs" not in arguments else []
    asked = [command, "--workspace", str(workspace.root), *alone, *arguments]
    ran = CliRunner().invoke(letters, asked, standalone_mode=False, catch_exceptions=False)
    status = ran.return_value if isinstance(ran.return_value, int) else ran.exit_code
    return Ran(status, ran.stdout, ran.stderr)


def build(workspace: Workspace, *arguments: str) -> Ran:
    """Build what a review needs, and nothing else."""
    return ask(workspace, "build", *(arguments or ("--format", "pdf")))


def data_of(ran: Ran) -> dict[str, Any]:
    """What `--json` printed."""
    data: dict[str, Any] = json.loads(ran.out)
    return data


def diff(workspace: Workspace, *arguments: str) -> dict[str, Any]:
    return data_of(ask(workspace, "diff", "--json", *arguments))


def review(workspace: Workspace, *arguments: str) -> dict[str, Any]:
    return data_of(ask(workspace, "review", "--json", *arguments))


def copy(workspace: Workspace, to: Path) -> Workspace:
    """A workspace with all that was built in it, in another folder."""
    shutil.copytree(workspace.root, to)
    return Workspace(to)


def told(workspace: Workspace, data: Mapping[str, Any]) -> list[str]:
    """Each group as one line with its causes: `words: body: [-old-]{+new+} (kent) ← letter.md: new …`.

    A cause is shown with the words of the line that it names in the files as they are now, for numbers would change.
    """
    return [_folded(_line(found), *(_cause(workspace, cause) for cause in found["causes"])) for found in data["groups"]]


def _folded(*texts: str) -> str:
    return " ".join(" ← ".join(texts).split())


def names(found: Mapping[str, Any]) -> list[str]:
    """The letters of a group; the later letter of a force has its year."""
    return [key["force"] if key["type"] == TYPE else f"{key['force']} (2019)" for key in found["letters"]]


def _line(found: Mapping[str, Any]) -> str:
    where = names(found)
    said = ", ".join(where) if len(where) <= NAMED else f"{len(where)} letters"
    title = found["title"].partition(":")[0]  # of words only where they are: the pieces say what became of them
    return f"{found['kind']}: {title}: {_marked(found)} ({said})".replace(":  (", " (")


def _marked(found: Mapping[str, Any]) -> str:
    """The words marked in the places of the first letter; a stroke where words between them stay the same."""
    first = found["letters"][0]
    places = [place for place in found["places"] if (place["type"], place["force"]) == (first["type"], first["force"])]
    return " | ".join(_pieces(place["pieces"]) for place in places).replace("\n", " ¶ ")


def _pieces(pieces: Sequence[Mapping[str, str]]) -> str:
    """What is marked of some pieces; what stays the same is left out, and between two marks said by `…`."""
    marks = [next(iter(piece.items())) for piece in pieces]
    if all(op == "same" for op, _ in marks):
        return "".join(text for _, text in marks)
    return "".join(_mark(*mark) for mark in marks).strip("…").strip()


def _mark(op: str, text: str) -> str:
    match op:
        case "removed":
            return f"[-{text}-]"
        case "added":
            return f"{{+{text}+}}"
        case "same":
            return "…"
        case _:
            return f"({op})"


def _cause(workspace: Workspace, cause: Mapping[str, Any]) -> str:
    path = str(cause["file"])
    short = path.removeprefix(f"templates/{TYPE}/").removeprefix("templates/")
    name = f" ({cause['name']})" if cause["name"] else ""
    lines = workspace.read(path).splitlines() if cause["line"] and workspace.path(path).exists() else []
    line = f": {lines[cause['line'] - 1].strip()[:40].strip()}" if 0 < (cause["line"] or 0) <= len(lines) else ""
    return f"{short}{name}{line}"


def edits(*steps: Edit) -> Edit:
    """Several edits as one."""

    def edit(workspace: Workspace) -> None:
        for step in steps:
            step(workspace)

    return edit


def swap(path: str, old: str, new: str) -> Edit:
    """The edit that puts `new` in place of `old`, once."""
    return lambda workspace: workspace.replace(path, old, new)


def everywhere(path: str, old: str, new: str) -> Edit:
    """The edit that search and replace makes, in several places."""

    def edit(workspace: Workspace) -> None:
        text = workspace.read(path)
        assert text.count(old) > 1
        workspace.write(path, text.replace(old, new))

    return edit


def moved(path: str, text: str, before: str) -> Edit:
    """The edit that cuts a text out and puts it before another."""

    def edit(workspace: Workspace) -> None:
        workspace.replace(path, text, "")
        workspace.replace(path, before, text + before)

    return edit


def appended(path: str, text: str) -> Edit:
    return lambda workspace: workspace.write(path, workspace.read(path) + text)


def renamed(path: str, to: str) -> Edit:
    return lambda workspace: workspace.path(path).rename(workspace.path(to))


def saved(found: Compared, to: Path, by: str, decided: Mapping[str, tuple[State, str]] | State, at: int = 1) -> str:
    """The file that a reader saves who decided so, by a word in the title of each change; the others are to do."""
    changes = []
    for group in found.review.groups:
        if isinstance(decided, State):
            state, comment = decided, ""
        else:
            own = [value for word, value in decided.items() if word in group.title]
            state, comment = own[0] if own else (State.TO_DO, "")
        changes.append(Decision(group_id(group), group.title, state, comment))
    path = to / f"decisions-{by or 'nobody'}-{at}.json"
    path.write_bytes(to_json(Decisions(found.identity, by, datetime(2026, 3, at, 12, tzinfo=UTC), tuple(changes))))
    return str(path)
