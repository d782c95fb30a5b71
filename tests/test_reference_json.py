"""The page about `--json` has each key that is printed, with its type, and no other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from conftest import Workspace, copy_workspace
from letters.letter import LetterKey
from letters.letter.compared import Op, Piece
from letters.proof.since import Change, Since
from letters.proof.terminal import change_data
from letters.review import queries, terminal
from letters.review.compare.changes import (
    Difference,
    FactChange,
    FormatChange,
    LayoutChange,
    LookChange,
    Moved,
    Review,
)
from letters.review.compare.content import STAGE
from letters.review.marks.standing import Answer, Query
from support.builds import TYPE, edit_in_word
from support.documents import document, rows

PAGE = document("docs/reference/json.md")
#: Each shape with its keys, and of each key the type and when alone it is there.
SHAPES = {
    part.partition("`")[0]: {key: (kind, what) for key, kind, what in rows(part, "key", "type", "what")}
    for part in PAGE.split("\n### `")[1:]
}
PLAIN = {"text": str, "number": int, "true or false": bool, "null": type(None)}
ANSWERS = ("answer by field", "text by field")


def is_plain(value: object, kind: str) -> bool:
    return kind in PLAIN and type(value) is PLAIN[kind]


def faults(value: Any, kind: str, where: str, seen: set[tuple[str, str]]) -> Iterator[str]:
    """What a printed value has otherwise than the page says; notes each key of a shape that was `seen`."""
    if kind in ANSWERS or is_plain(value, kind):
        return
    if " or " in kind and kind not in PLAIN:
        kinds = kind.split(" or ")
        fitting = [one for one in kinds if is_plain(value, one) or (value == {} and one == "nothing")]
        yield from [] if fitting else faults(value, kinds[0], where, seen)
    elif kind.startswith("list of ") and isinstance(value, list):
        for one in value:
            yield from faults(one, kind.removeprefix("list of "), f"{where}[]", seen)
    elif " by " in kind and isinstance(value, dict):
        for one in value.values():
            yield from faults(one, kind.rpartition(" by ")[0], f"{where}.*", seen)
    elif kind in SHAPES and isinstance(value, dict):
        yield from of_shape(value, kind, where, seen)
    else:
        yield f"{where} is no {kind}: {value!r}"


def of_shape(value: Mapping[str, Any], name: str, where: str, seen: set[tuple[str, str]]) -> Iterator[str]:
    shape = SHAPES[name]
    seen.update((name, key) for key in value)
    yield from (f"{where}.{key} is not in the page" for key in value.keys() - shape.keys())
    for key, (kind, what) in shape.items():
        if key in value:
            yield from faults(value[key], kind, f"{where}.{key}", seen)
        elif not what.startswith("only "):
            yield f"{where}.{key} is not there"


def by_hand() -> Iterator[tuple[Any, str]]:
    """What only large or long used workspaces print."""
    key = LetterKey(TYPE, "kent")
    answer = Answer("It is.", "Cat", datetime(2026, 3, 1, tzinfo=UTC))
    query = Query(1, ("36370b70fbf5e2f6",), "“a” → “b”", (key,), "Ann", answer.on, "Is it?", answer)
    yield queries.data([query]), "list of query"
    difference = Difference(
        key,
        None,
        None,
        formatting=(FormatChange("bold", "body", "Words", "not bold", "bold"),),
        facts=(FactChange(STAGE, "", "draft", "ready"), FactChange("link", "here", None, "https://www.gov.uk")),
        layout=(LayoutChange(Moved.PAGES, 1, "2", "3"),),
        look=(LookChange("Word", "templates/letterheads/hmicfrs/styles.docx", "another look"),),
    )
    said = terminal.data(Review("the first build", (difference,), ()))
    yield said["changed"], "list of changed letter"
    change = Change("verdict.md", 4, "", (Piece(Op.REMOVED, "a"), Piece(Op.ADDED, "b")), ("WHZ8R",), ("kent",))
    yield change_data(Since("main", (change,), frozenset({"WHZ8R"}), answers=(("plans", "perhaps", 12),))), "since"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, Any]]:
    """What each command that has `--json` prints of a small workspace with a fault, an edit and a letter left over."""
    there = copy_workspace(tmp_path_factory.mktemp("json") / "workspace")
    there.keep_forces("kent", "warwickshire")
    answers = [line.strip().replace(": ", "=") for line in there.read("forces/kent.yaml").splitlines()[-5:]]
    found: list[tuple[str, Any]] = []

    def ask(*arguments: str) -> None:
        ran = there.letters(*arguments, "--json")
        found.append((arguments[0], json.loads(ran.out)))

    docx = f"outputs/{TYPE}/kent.docx"
    ask("build", "--format", "docx")
    there.write("templates/words.txt", "cwtch\nwhat nobody says\n")
    there.replace(f"templates/{TYPE}/letter.md", "If you have any queries", "If you have a cwtch, or any queries")
    there.replace("forces/kent.yaml", "it_monitoring: not_provided", "it_monitoring: started")
    ask("check")
    ask("diff")
    edit_in_word(there.path(docx))
    ask("diff", docx)
    ask("build", "--format", "docx", "kent", "--keep", "--by", "Ann")
    there.path("forces/warwickshire.yaml").unlink()
    ask("status")
    ask("review")
    ask("explain", "kent")
    ask("try", TYPE, *answers)
    ask("wording", TYPE)
    ask("doctor")
    ask("clean")
    return found


def shape_of(command: str) -> str:
    """What the page says that a command prints."""
    says = next(kind for commands, kind in rows(PAGE, "command", "prints") if f"letters {command}`" in f"{commands}`")
    return re.sub(r", one a letter type$", "", says.replace("`", ""))


@pytest.mark.slow
def test_each_key_that_is_printed_is_in_the_page_and_no_other(printed: list[tuple[str, Any]]) -> None:
    seen: set[tuple[str, str]] = set()
    found: list[str] = []
    for command, data in printed:
        found += faults(data, shape_of(command), command, seen)
    for data, kind in by_hand():
        found += faults(data, kind, kind, seen)
    assert found == []
    assert {(shape, key) for shape, keys in SHAPES.items() for key in keys} - seen == set()


@pytest.mark.slow
def test_each_command_with_json_is_in_the_page_and_no_other(workspace: Workspace) -> None:
    listed = re.findall(r"letters (\w+)", " ".join(commands for commands, _ in rows(PAGE, "command", "prints")))
    helped = workspace.letters("--help").out
    commands = re.findall(r"^  (\w+) ", helped[helped.index("Commands:") :], flags=re.MULTILINE)
    assert sorted(listed) == [name for name in commands if "--json" in workspace.letters(name, "--help").out]


GAPS = {
    "a key that is not told": ({"code": "E1", "extra": 1}, "x.extra is not in the page"),
    "a key that is not there": ({"code": "E1"}, "x.hint is not there"),
    "another type": ({"line": "14"}, "x.line is no number: '14'"),
}


@pytest.mark.parametrize("gap", GAPS)
def test_a_planted_gap_is_found(gap: str) -> None:
    value, said = GAPS[gap]
    assert said in list(faults(value, "problem", "x", set()))
