"""Write problems.md anew out of the enum of codes and what the tests show of them: `python make_problems.py`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from letters.problems import Code

ROOT = Path(__file__).parents[2]
PAGE = Path(__file__).with_name("problems.md")
#: The number that each area begins with, what it is called, and what holds for all of it.
AREAS = (
    (101, "Files of YAML, and what they say", ""),
    (121, "Words that were not meant to be printed", ""),
    (130, "Who letters go to", "[`recipient.yaml`](recipient.md) has what may stand there."),
    (140, "Files that the tool itself changes", ""),
    (201, "Templates and letter types", ""),
    (220, "Markdown that does not do what its writer meant", ""),
    (
        301,
        "What a build meets",
        "Some of these are of the machine: `letters doctor` looks at it, and a build ends with 3.",
    ),
    (401, "English, and what each outcome says", "What is said on purpose goes into `templates/words.txt`."),
    (500, "Names and places of folders", ""),
    (510, "Bounds", "[Bounds](bounds.md) has the numbers."),
    (520, "Letterheads", "[Change a letterhead](../how-to/change-a-letterhead.md) has what is allowed."),
    (540, "Files that are no longer made", ""),
    (560, "What `outcome.yaml` and `recipient.yaml` say of their fields", ""),
    (600, "English and Welsh", "[Welsh and English](../how-to/welsh.md) shows how the two are kept in step."),
)
HEAD = """\
# Problems

<!-- Made by make_problems.py in this folder, out of src/letters/problems/codes.py and tests/bad_inputs/. -->

What is wrong in a workspace is told with its place, its line, what to do, and a code in square brackets. A code keeps
its meaning in every version, and `--json` has it as `code`: ask for it, and not for the words, which may change. An E
and a W with the same figures are two codes. What comes of each:

- **stops**: what it concerns is not done, such as the letters whose data are wrong; the others are made. The command
  ends with 1.
- **check**: `letters check` tells it and ends with 1. `letters build` makes the letters; of one that is ready it tells,
  as a warning, what that letter itself says. Of words that no letter of today says, and of spelling, it says nothing.
- **asked**: a warning; it may be meant. The letters are made, and by itself it is no reason to end with 1.
"""
_HEADS = re.compile(r"^[^\s:$].*?(?::\d+)*: (?P<said>.+) \[(?P<code>[EW]\d{3})\]$", re.M)
#: An example longer than this tells no more than the meaning does.
_LONGEST = 100


def page() -> str:
    """The text of problems.md."""
    said = examples()
    areas = zip(AREAS, [*(first for first, _, _ in AREAS[1:]), 1000], strict=True)
    inside = [(title, note, [c for c in Code if first <= int(c[1:]) < end]) for (first, title, note), end in areas]
    return HEAD + "".join(_area(title, note, codes, said) for title, note, codes in inside if codes)


def _area(title: str, note: str, codes: Iterable[Code], said: Mapping[str, str]) -> str:
    rows = [f"| {code} | {_cell(code.meaning)} | {consequence(code)} | {said.get(code, '')} |" for code in codes]
    parts = [
        f"\n## {title}\n",
        *([f"{note}\n"] if note else []),
        "| code | what is wrong | | for example |\n|---|---|---|---|",
    ]
    return "\n".join([*parts, *rows]) + "\n"


def consequence(code: Code) -> str:
    """What comes of a problem: one that only the proof gives stops no build."""
    if code.startswith("W"):
        return "asked"
    return "check" if {file.split("/")[0] for file in uses(code)} == {"proof"} else "stops"


def uses(code: Code) -> list[str]:
    """The files of the package that give a code, from its folder."""
    name = re.compile(rf"\bCode\.{code.name}\b")
    return [file for file, text in _SOURCES.items() if name.search(text)]


_PACKAGE = ROOT / "src" / "letters"
_SOURCES = {file.relative_to(_PACKAGE).as_posix(): file.read_text("utf-8") for file in sorted(_PACKAGE.rglob("*.py"))}


def examples() -> dict[str, str]:
    """By code the first short message that the tests of bad input expect, one of plain letters before another."""
    found: dict[str, list[str]] = {}
    for golden in sorted((ROOT / "tests" / "bad_inputs").glob("*.txt")):
        for match in _HEADS.finditer(golden.read_text("utf-8")):
            message = re.sub(r" \(in the letter to [^)]*\)$", "", match["said"].removeprefix("warning: "))
            if len(message) <= _LONGEST:
                found.setdefault(match["code"], []).append(message)
    return {
        code: _code_span(min(said, key=lambda one: not one.isascii() or "\\" in one)) for code, said in found.items()
    }


def _code_span(text: str) -> str:
    marks = "``" if "`" in text else "`"
    blank = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{marks}{blank}{_cell(text)}{blank}{marks}"


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
