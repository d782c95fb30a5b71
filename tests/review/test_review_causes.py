"""Several things edited at once: each change is told with the lines that made it, and with no other."""

from __future__ import annotations

import re

import pytest

from conftest import Workspace
from support.outcomes import ABUSE

pytestmark = pytest.mark.slow

KENT, ESSEX = "forces/kent.yaml", "forces/essex.yaml"
LETTER, VERDICT, WORDING = (f"templates/{ABUSE}/{name}" for name in ("letter.md", "verdict.md", "wording.yaml"))

#: What Kent's letter says for itself, and its finding that makes one of the departures fit.
OWN = """\
    added_sentences:
      - We shall return in the spring.
      - We will visit you again.
    changed_wording:
      it_monitoring.evidence: better IT monitoring
      national_strategy: the national strategy agreed in April
    copied_to: [Matthew Scott]
    date: 2017-11-02
    salutation: Chief
    chief_officer: {rank: Acting Chief Constable, name: Alan Pughsley}
"""
ADDRESSEE = "{rank: Acting Chief Constable, name: Alan Pughsley}"
#: The words of the lines of Kent's file that each change comes from, by the part and the beginning of its words.
OF_KENT = {
    "addressee": [ADDRESSEE, ADDRESSEE],
    "copied to": ["copied_to: [Matthew Scott]"],
    "date": ["date: 2017-11-02"],
    "salutation": ["salutation: Chief"],
    "body": [
        "it_monitoring: not_found",
        "We shall return in the spring.",
        "We will visit you again.",
        "it_monitoring.evidence: better IT monitoring",
        "national_strategy: the national strategy agreed in April",
    ],
}


@pytest.fixture
def built(small: Workspace) -> Workspace:
    assert small.letters("build", "--format", "txt").status == 0
    return small


def edit(there: Workspace, path: str, own: str) -> None:
    there.write(path, there.read(path) + own)


def edit_kent(there: Workspace, own: str = OWN) -> None:
    there.replace(KENT, "it_monitoring: not_provided", "it_monitoring: not_found")
    edit(there, KENT, own)


def sources(there: Workspace, *forces: str) -> list[tuple[str, list[str]]]:
    """Each change by its title, with the words of the lines that it is said to come from."""
    found: list[tuple[str, list[str]]] = []
    for line in there.letters("diff", *forces).out.splitlines():
        if title := re.match(r"\s*\d+\. in \d+ letters?: (.*)", line):
            found.append((title[1], []))
        elif place := re.match(r"    from (\S+?):(\d+)", line):
            text = there.read(place[1]).splitlines()[int(place[2]) - 1].strip()
            found[-1][1].append(text.removeprefix("- ").removeprefix("chief_officer: "))
    return found


def by_part(there: Workspace, *forces: str) -> dict[str, list[str]]:
    return {title.partition(":")[0]: lines for title, lines in sources(there, *forces)}


def test_many_edits_of_one_force(built: Workspace) -> None:
    edit_kent(built)
    assert by_part(built, "kent") == OF_KENT


def test_a_value_that_fits_only_beside_another_is_not_told_of_all_else(built: Workspace) -> None:
    edit_kent(built, "    changed_wording: {it_monitoring.evidence: better IT monitoring}\n    salutation: Chief\n")
    found = by_part(built, "kent")
    assert found["salutation"] == ["salutation: Chief"]
    assert found["body"] == [
        "it_monitoring: not_found",
        "changed_wording: {it_monitoring.evidence: better IT monitoring}",
    ]


def test_templates_edited_at_the_same_time(built: Workspace) -> None:
    edit_kent(built)
    built.replace(LETTER, "If you have any queries", "If you have a question")
    built.replace(VERDICT, "Your plans reflected {{", "Your plans fully reflected {{")
    built.replace(WORDING, "text: a review of the", "text: a full review of the")
    found = sources(built, "kent")
    for part in ("addressee", "copied to", "date", "salutation"):
        assert [lines for title, lines in found if title.startswith(part)] == [OF_KENT[part]]
    [of_letter], [of_verdict] = (
        [lines for title, lines in found if title.startswith("body") and words in title]
        for words in ("a question", "Your plans fully")
    )
    assert [line[:24] for line in of_letter] == ["If you have a question, "]
    assert of_verdict[:5] == OF_KENT["body"]
    assert [line[:20] for line in of_verdict[5:]] == ["Your plans fully ref", "text: a full review "]


def test_the_same_edit_of_two_forces_is_of_both_files(workspace: Workspace) -> None:
    assert workspace.letters("build", "kent", "essex", "--format", "txt").status == 0
    edit_kent(workspace)
    edit(workspace, ESSEX, "    salutation: Chief\n    added_sentences: [We will visit you again.]\n")
    found = dict(sources(workspace, "kent", "essex"))
    assert found["salutation: “Chief Constable” → “Chief”"] == ["salutation: Chief", "salutation: Chief"]
    assert found["body: with “We will visit you again.”"] == ["added_sentences: [We will visit you again.]"]
    said = workspace.letters("diff", "kent", "essex").out
    assert "from forces/essex.yaml:17 (salutation)\n    from forces/kent.yaml:25 (salutation)" in said


def test_one_change_in_two_parts_is_of_the_lines_of_both(small: Workspace) -> None:
    own = "    salutation: Chief Constable\n    chief_officer: {rank: Chief Constable}\n"
    edit(small, KENT, own)
    assert small.letters("build", "--format", "txt").status == 0
    small.replace(KENT, own, own.replace("Chief Constable", "Deputy Chief Constable"))
    [(_, lines)] = sources(small, "kent")
    assert sorted(lines) == ["salutation: Deputy Chief Constable", "{rank: Deputy Chief Constable}"]


def test_values_taken_out_together_are_each_told_of_their_own_change(small: Workspace) -> None:
    standard = small.read(KENT)
    edit_kent(small)
    assert small.letters("build", "--format", "txt").status == 0
    small.write(KENT, standard)
    found = [line.strip() for line in small.letters("diff", "kent").out.splitlines() if line.startswith("    from ")]
    names = [re.findall(r"\((.*)\)", line) for line in found]
    assert names[:5] == [["chief_officer.rank"], ["chief_officer.name"], ["copied_to"], ["date"], ["salutation"]]
    assert sorted(name for [name] in names[5:]) == [
        "added_sentences",
        "changed_wording.national_strategy",
        "it_monitoring",  # without which the departure from its phrase has no place, whether it is there or not
    ]
