"""What an edit did to the wording: each change once, old words and new, in the terminal, in JSON and in the book."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from conftest import Workspace, copy_workspace
from letters.readback.docx import read
from support.grades import SAMPLE
from support.outcomes import ABUSE

pytestmark = pytest.mark.slow

FOLDER = f"templates/{ABUSE}"
PHRASE = "intelligence_from_organisations.evidence"


def committed(there: Workspace) -> Workspace:
    """The workspace with its files as they are in a git revision."""
    for arguments in (["init", "-q"], ["add", "forces", "templates"], ["commit", "-qm", "as it was"]):
        identity = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
        subprocess.run(["git", *identity, *arguments], cwd=there.root, check=True)
    return there


@pytest.fixture(scope="module")
def workspace_of_two(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    there = copy_workspace(tmp_path_factory.mktemp("since") / "workspace")
    there.keep_forces("kent", "cumbria", "essex")
    return committed(there)


def told(there: Workspace, name: str = ABUSE) -> dict[str, Any]:
    ran = there.letters("wording", name, "--since", "HEAD", "--json")
    assert ran.status == 0, ran.out + ran.err
    since: dict[str, Any] = json.loads(ran.out)[0]["since"]
    return since


def test_one_word_in_one_phrase_is_one_change(workspace_of_two: Workspace) -> None:
    there = workspace_of_two
    assert told(there)["changes"] == []
    there.replace(f"{FOLDER}/wording.yaml", "text: work to seek intelligence", "text: work to gather intelligence")
    since = told(there)
    (change,) = since["changes"]
    assert (change["phrase"], change["line"], len(change["verdicts"])) == (PHRASE, 18, 369)
    assert change["pieces"][:4] == [{"same": "work to "}, {"removed": "seek"}, {"added": "gather"}, change["pieces"][3]]
    assert sorted(change["verdicts"]) == since["changed"]

    ran = there.letters("wording", ABUSE, "--since", "HEAD")
    assert "1 change, 369 of 571 verdicts new or changed since HEAD" in ran.out
    assert "work to [-seek-]{+gather+} intelligence" in ran.out
    assert not there.path("outputs/wording").exists()

    # A sentence around phrases and a standard paragraph, in the same templates: a change each.
    there.replace(f"{FOLDER}/verdict.md", "Your plans did not fully reflect", "Your plans only partly reflect")
    there.replace(f"{FOLDER}/letter.md", "We will be returning to your", "We will come back to your")
    changes = told(there)["changes"]
    assert [(one["phrase"], one["path"].rpartition("/")[2], one["standard"]) for one in changes] == [
        (PHRASE, "wording.yaml", False),
        (None, "letter.md", True),
        (None, "verdict.md", False),
    ]
    assert changes[1]["forces"] == ["cumbria", "essex", "kent"]
    assert {"removed": "did not fully"} in changes[2]["pieces"]

    assert there.letters("wording", ABUSE, "--book", "--since", "HEAD").status == 0
    page = there.read(f"outputs/wording/{ABUSE}.html")
    assert page.count('id="change-') == 3
    assert "<del>seek</del>" in page
    assert "<ins>gather</ins>" in page
    number = changes[0]["verdicts"][0]
    article = page.partition(f'id="{number}"')[2].partition("</article>")[0]
    assert 'href="#change-1"' in article
    assert "<del>seek</del>" in article


def test_a_revision_that_there_is_not_writes_nothing(workspace_of_two: Workspace) -> None:
    ran = workspace_of_two.letters("wording", ABUSE, "--since", "nobody")
    assert ran.status == 2
    assert "nobody" in ran.err


def test_a_change_in_an_optional_paragraph_is_in_one_verdict(tmp_path: Any) -> None:
    shutil.copytree(SAMPLE, tmp_path / "workspace")
    there = committed(Workspace(tmp_path / "workspace"))
    letter = "templates/crime-data-integrity-2018/letter.md"
    there.replace(letter, "We will visit your force again on", "We will return to your force on")
    since = told(there, "crime-data-integrity-2018")
    (change,) = since["changes"]
    assert len(change["verdicts"]) == 1
    assert change["forces"] == ["cheshire", "cleveland", "surrey"]
    assert since["changed"] == change["verdicts"]


def test_a_number_a_new_sentence_and_who_departs_are_told_where_they_are(tmp_path: Path) -> None:
    there = copy_workspace(tmp_path / "workspace")
    there.keep_forces("kent", "cumbria", "warwickshire")
    committed(there)
    there.replace(f"{FOLDER}/wording.yaml", "capability\n  number: plural", "capability\n  number: singular")
    there.replace(f"{FOLDER}/wording.yaml", "text: work to seek intelligence", "text: work to gather intelligence")
    there.replace(f"{FOLDER}/verdict.md", "{% if in_place %}\n", "{% if in_place %}\nThis is new.\n")
    there.replace(f"{FOLDER}/letter.md", "be published on", "be put on")
    ran = there.letters("wording", ABUSE, "--since", "HEAD", "--book")
    assert f"the number of the phrase it_monitoring.evidence ({FOLDER}/wording.yaml:16)" in ran.out
    assert f"the words around phrases ({FOLDER}/verdict.md:38)\n" in ran.out
    assert f"the words of letter.md ({FOLDER}/letter.md:50)\n" in ran.out
    (told_of,) = (lines for lines in ran.out.split(f"the phrase {PHRASE} ")[1:] if "gather" in lines[:200])
    assert "; 1 letter today" in told_of.partition("\n  2")[0]  # Warwickshire words it in its own way

    # In Word each changed verdict is marked, with the words that are new and those that were.
    data = there.path(f"outputs/wording/{ABUSE}.docx").read_bytes()
    said = read(data).words
    marked = [text for text in said if text.startswith("New or changed since HEAD (change")]
    assert len(marked) > 500
    assert len([text for text in said if text == "Before:"]) > 500
    assert not [text for text in said if " more;" in text]
    assert "Salutation" in said
    assert "Here: the verdict" in said


def test_a_changed_title_of_an_answer_is_one_change_at_its_line(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "workspace")
    there = committed(Workspace(tmp_path / "workspace"))
    outcome = "templates/crime-data-integrity-2018/outcome.yaml"
    there.replace(outcome, "title: requires improvement}", "title: needs improvement}")
    line = next(at for at, text in enumerate(there.read(outcome).splitlines(), 1) if "needs improvement" in text)
    (change,) = told(there, "crime-data-integrity-2018")["changes"]
    assert (change["path"], change["line"], len(change["verdicts"])) == (outcome, line, 4)
    assert change["pieces"][:2] == [{"removed": "requires"}, {"added": "needs"}]


def test_what_a_reader_sees_beside_words_is_told_and_what_goes_out_goes_out_of_its_letters(tmp_path: Path) -> None:
    there = copy_workspace(tmp_path / "workspace")
    there.keep_forces("kent", "cumbria", "warwickshire")
    committed(there)
    there.replace(f"{FOLDER}/letter.md", "*PEEL: police legitimacy 2016*", "PEEL: police legitimacy 2016")
    there.replace(f"{FOLDER}/letter.md", "{{ force.name }}, {{ letter.date", "{{ force.name }} – {{ letter.date")
    there.replace(f"{FOLDER}/letter.md", "# {{ letter.title }}", "")
    there.replace(f"{FOLDER}/wording.yaml", "text: work to seek intelligence", "text: work to gather intelligence")
    there.replace(
        f"{FOLDER}/outcome.yaml",
        "title: not reflected}",
        "title: not reflected}\n      - {const: unclear, title: unclear}",
    )
    ran = there.letters("wording", ABUSE, "--since", "HEAD", "--json")  # the new answer is not worded yet
    since = json.loads(ran.out)[0]["since"]
    assert since["answers"] == [{"field": "national_strategy", "answer": "unclear", "line": 12}]
    phrase, title, foot, stress = since["changes"]
    assert (phrase["phrase"], phrase["otherwise"]) == (PHRASE, ["warwickshire"])
    assert (title["line"], title["standard"], len(title["forces"])) == (28, True, 3)
    assert (foot["line"], foot["standard"], {"added": " –"} in foot["pieces"]) == (71, True, True)
    assert (stress["line"], stress["standard"], {"removed": "*"} in stress["pieces"]) == (30, True, True)


def test_a_book_that_somebody_wrote_into_is_held_against_todays(workspace_of_two: Workspace) -> None:
    there = workspace_of_two
    book = f"outputs/wording/{ABUSE}.docx"
    assert there.letters("wording", ABUSE, "--book").status == 0
    document = Document(str(there.path(book)))
    paragraph = next(one for one in document.paragraphs if "on the HMICFRS website" in one.text)
    paragraph.add_run(" A lawyer asks why.")
    document.save(str(there.path(book)))
    ran = there.letters("diff", book)
    assert ran.status == 0, ran.err
    assert "from the book as it would be written today" in ran.out
    assert "A lawyer asks why." in ran.out
