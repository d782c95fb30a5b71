"""Every bad input is met with words that help: where, what was found, what is allowed, what to do. Never a traceback.

What is said stands in bad_inputs/, a file for each case of bad_input_cases.py. `pytest --accept` writes them anew.
"""

from __future__ import annotations

import difflib
import io
import json
import re
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path

import pytest

from conftest import Ran, Workspace
from letters.cli import letters
from support.bad_input_cases import CASES

pytestmark = pytest.mark.slow

GOLDEN = Path(__file__).parents[1] / "bad_inputs"
#: Commands that say problems, and can say them in JSON.
WITH_JSON = ("check", "build")
_HEAD = re.compile(r"^(?P<path>[^\s:].*?)(?::(?P<line>\d+))?(?::(?P<column>\d+))?: .* \[(?P<code>[EW]\d{3})\]$", re.M)


@pytest.mark.parametrize("name", sorted(CASES))
def test_what_is_said(name: str, small: Workspace, accept: bool) -> None:
    case = CASES[name]
    case.spoil(small)
    ran = small.letters(*case.command)
    said = _transcript(case.command, ran)
    _compare(GOLDEN / f"{name}.txt", said, accept)
    assert "Traceback" not in said
    assert ran.status in (0, 1, 2, 4), "3 is for the machine and for bugs"
    if name in _for_json():
        assert _in_json(small, case.command) == (ran.status, _heads(ran.err))


def test_no_golden_file_is_left_over() -> None:
    assert {file.stem for file in GOLDEN.iterdir()} == set(CASES)


def _transcript(command: tuple[str, ...], ran: Ran) -> str:
    parts = [f"$ letters {' '.join(command)}", ran.err.strip("\n"), ran.out.strip("\n"), f"exit status {ran.status}"]
    return "\n".join(part for part in parts if part) + "\n"


def _compare(golden: Path, said: str, accept: bool) -> None:
    if accept:
        golden.write_text(said, "utf-8")
    assert golden.exists(), f"{golden.name} is missing; read what is said, then `pytest --accept`:\n{said}"
    expected = golden.read_text("utf-8")
    lines = difflib.unified_diff(expected.splitlines(), said.splitlines(), "expected", "said", lineterm="")
    assert said == expected, "\n".join(lines)


def _heads(err: str) -> list[tuple[str, str, int | None, int | None]]:
    """Code, path, line and column of each problem as printed, in order."""
    return [
        (found["code"], found["path"], _number(found["line"]), _number(found["column"]))
        for found in _HEAD.finditer(err)
    ]


@cache
def _for_json() -> set[str]:
    """The cases that are run in JSON as well: for each code, and each command with each status, the first of them."""
    first: dict[object, str] = {}
    for name, case in sorted(CASES.items()):
        golden = GOLDEN / f"{name}.txt"
        if case.command[0] not in WITH_JSON or not golden.exists():
            continue
        said = golden.read_text("utf-8")
        if (status := int(said.split()[-1])) != 2:
            for told in ((case.command[0], status), *(code for code, *_ in _heads(said))):
                first.setdefault(told, name)
    return set(first.values())


def _in_json(there: Workspace, command: tuple[str, ...]) -> tuple[int, list[tuple[str, str, int | None, int | None]]]:
    """Exit status and problems in JSON; in this process, for a second one would double the time of these tests."""
    arguments = [*command, "--json", "--workspace", str(there.root)]
    printed = io.StringIO()
    with redirect_stdout(printed):
        status = letters.main(arguments, standalone_mode=False)
    problems = json.loads(printed.getvalue())["problems"]
    return status, [(said["code"], said["path"], said["line"], said["column"]) for said in problems]


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None
