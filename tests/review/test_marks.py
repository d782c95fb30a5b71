"""Marks, queries and answers of several readers over several days: nothing read is asked again, no query is lost."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from docx import Document

from conftest import Ran, Workspace, copy_workspace
from letters.batch.request import Request
from letters.letter import LetterKey
from letters.review.compare.changes import Group
from letters.review.comparison import Compared
from letters.review.comparison import review as reviewed_now
from letters.review.marks.decisions import Decision, Decisions, State, to_json
from letters.review.marks.identity import identities
from letters.review.marks.reckoning import reckon
from support.reviewing import (
    CSS,
    KENT,
    LETTER,
    TYPE,
    appended,
    ask,
    build,
    copy,
    data_of,
    diff,
    edits,
    review,
    saved,
    swap,
)

pytestmark = pytest.mark.slow

TEXT = ("--format", "txt")
WORD = swap(LETTER, "highlighted our concerns", "raised our concerns")
WORD_AGAIN = swap(LETTER, "raised our concerns", "voiced our concerns")
WORD_BACK = swap(LETTER, "raised our concerns", "highlighted our concerns")
COMMA = swap(LETTER, "in which we referred", "in which, we referred")
SAME_PARAGRAPH = swap(LETTER, "did not have the capability", "had not the capability")
FINDING = swap(KENT, "national_strategy: reflected", "national_strategy: not_reflected")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Two forces and two letters, built once, and a report written; not to be changed."""
    workspace = copy_workspace(tmp_path_factory.mktemp("marks") / "workspace")
    workspace.keep_forces("kent", "thames-valley")
    assert build(workspace, *TEXT).status == 0
    return workspace


@pytest.fixture
def workspace(first: Workspace, tmp_path: Path) -> Workspace:
    return copy(first, tmp_path / "workspace")


def day(workspace: Workspace, *steps: Callable[[Workspace], object]) -> Compared:
    """Some edits, a build and a report; gives what the report shows."""
    edits(*steps)(workspace)
    assert build(workspace, *TEXT).status == 0
    assert ask(workspace, "review").status == 0
    return compared(workspace)


def compared(workspace: Workspace) -> Compared:
    return reviewed_now(Request(workspace.root, workspace.path("outputs")), None, with_pages=False)


def states(workspace: Workspace) -> dict[str, str]:
    """How far each change is, by its title without where it is."""
    found = compared(workspace)
    return {group.title.partition(": ")[2]: str(found.standing.state_of(group)) for group in found.review.groups}


def taken(workspace: Workspace, *files: str, by: str = "") -> Ran:
    ran = ask(workspace, "review", "--import", *files, *(["--by", by] if by else []))
    assert ran.status == 0, ran
    return ran


def refused(ran: Ran, *said: str) -> None:
    assert ran.status == 4, ran
    assert [text for text in said if text not in ran.err] == []


READ, QUERIED = (State.READ, ""), (State.QUERIED, "Is this meant?")


# -- marks belong to changes


def test_what_was_read_stays_read_when_something_else_is_edited(workspace: Workspace, tmp_path: Path) -> None:
    report = day(workspace, WORD)
    ann = saved(report, tmp_path, "Ann", State.READ)
    found = day(workspace, COMMA, FINDING)
    taken(workspace, ann)
    assert states(workspace)["“highlighted” → “raised”"] == "read"
    assert sorted(states(workspace).values()) == ["read", *["to do"] * (len(found.review.groups) - 1)]
    group = next(group for group in found.review.groups if "raised" in group.title)
    assert compared(workspace).standing.read_by(group) == ("Ann",)
    day(workspace, SAME_PARAGRAPH)
    [one] = identities(group)[LetterKey("abuse-of-position-2017", "kent")]
    assert compared(workspace).standing.readers[one] == ("Ann",)
    assert one in {
        own for group in compared(workspace).review.groups for own in identities(group)[LetterKey(TYPE, "kent")]
    }


def test_other_words_in_the_same_place_are_to_do(workspace: Workspace, tmp_path: Path) -> None:
    taken(workspace, saved(day(workspace, WORD), tmp_path, "Ann", State.READ))
    day(workspace, WORD_AGAIN)
    assert states(workspace) == {"“highlighted” → “voiced”": "to do"}
    refused(ask(workspace, "review", "--done"), "nobody read: change 1")


def test_a_letter_that_gets_the_same_change_later_is_to_do(workspace: Workspace, tmp_path: Path) -> None:
    report = day(workspace, FINDING)
    taken(workspace, saved(report, tmp_path, "Ann", State.READ))
    same = swap("forces/thames-valley.yaml", "national_strategy: reflected", "national_strategy: not_reflected")
    found = day(workspace, same)
    unread = [key[1] for group in found.review.groups for key in found.standing.unread(group)]
    assert set(unread) == {"thames-valley"}


def test_the_same_words_in_another_place_are_another_change(workspace: Workspace, tmp_path: Path) -> None:
    body = "forces/kent.yaml"
    first = swap(
        body,
        "    national_strategy",
        "    added_sentences: [We thank you. We wait., We thank you.]\n    national_strategy",
    )
    taken(workspace, saved(day(workspace, first), tmp_path, "Ann", State.READ))
    day(workspace, swap(body, "[We thank you. We wait., We thank you.]", "[We thank you., We thank you. We wait.]"))
    assert "to do" in states(workspace).values()


def test_a_change_that_no_report_showed_cannot_be_marked(workspace: Workspace, tmp_path: Path) -> None:
    WORD(workspace)
    assert build(workspace, *TEXT).status == 0
    file = saved(compared(workspace), tmp_path, "Ann", State.READ)
    ran = ask(workspace, "review", "--import", file)
    assert ran.status == 1
    assert "1 change in no report that is known here" in ran.err
    assert list(states(workspace).values()) == ["to do"]
    refused(ask(workspace, "review", "--done", "--by", "Ann"), "in no report as now built: change 1")
    assert ask(workspace, "review").status == 0  # the report that showed it comes: now the mark counts
    assert list(states(workspace).values()) == ["read"]


def test_a_mark_is_used_up_when_the_letters_are_reviewed(workspace: Workspace, tmp_path: Path) -> None:
    taken(workspace, saved(day(workspace, WORD), tmp_path, "Ann", State.READ))
    day(workspace, WORD_BACK)
    assert ask(workspace, "review", "--done").status == 0
    day(workspace, WORD)
    assert list(states(workspace).values()) == ["to do"]


# -- queries


@pytest.mark.parametrize("order", [("Ann", "Bob"), ("Bob", "Ann")])
def test_a_query_is_not_overruled_by_another_readers_mark(
    order: tuple[str, str], workspace: Workspace, tmp_path: Path
) -> None:
    report = day(workspace, WORD)
    files = {
        "Ann": saved(report, tmp_path, "Ann", {"raised": QUERIED}),
        "Bob": saved(report, tmp_path, "Bob", State.READ),
    }
    for name in order:
        taken(workspace, files[name])
    line = "query 1 (kent, thames-valley), Ann asks: Is this meant?"
    for command in ("status", "diff", "review"):
        assert line in ask(workspace, command).out.splitlines()
    for data in (data_of(ask(workspace, "status", "--json")), diff(workspace), review(workspace)):
        assert [(query["number"], query["by"], query["comment"], query["answer"]) for query in data["queries"]] == [
            (1, "Ann", "Is this meant?", None)
        ]
    refused(ask(workspace, "review", "--done"), line, "letters review --answer N TEXT --by NAME")
    refused(ask(workspace, "review", "--done", "--by", "Cat"), line)
    refused(ask(workspace, "review", "--done", "kent"), line)
    answered = ask(workspace, "review", "--answer", "1", "It is meant.", "--by", "Cat")
    assert (answered.status, "query 1 is answered by Cat" in answered.out) == (0, True)
    assert line not in ask(workspace, "status").out
    assert states(workspace) == {"“highlighted” → “raised”": "read"}
    [query] = review(workspace)["queries"]
    assert (query["answer"]["text"], query["answer"]["by"]) == ("It is meant.", "Cat")
    assert ask(workspace, "review", "--done").status == 0
    assert review(workspace)["queries"] == []


def test_an_answer_is_no_mark(workspace: Workspace, tmp_path: Path) -> None:
    taken(workspace, saved(day(workspace, WORD), tmp_path, "Ann", {"raised": QUERIED}))
    assert ask(workspace, "review", "--answer", "1", "It is meant.", "--by", "Cat").status == 0
    assert list(states(workspace).values()) == ["to do"]
    refused(ask(workspace, "review", "--done"), "nobody read: change 1")


def test_a_query_stays_open_when_the_change_goes(workspace: Workspace, tmp_path: Path) -> None:
    taken(workspace, saved(day(workspace, WORD), tmp_path, "Ann", {"raised": QUERIED}))
    day(workspace, WORD_BACK)
    refused(ask(workspace, "review", "--done", "--by", "Cat"), "Ann asks: Is this meant?")


def test_a_reader_who_asked_and_then_reads_still_wants_an_answer(workspace: Workspace, tmp_path: Path) -> None:
    report = day(workspace, WORD)
    taken(workspace, saved(report, tmp_path, "Ann", {"raised": QUERIED}, at=1))
    taken(workspace, saved(report, tmp_path, "Ann", State.READ, at=2))
    refused(ask(workspace, "review", "--done"), "query 1")


def test_a_query_without_a_comment_is_told_and_holds(workspace: Workspace, tmp_path: Path) -> None:
    ran = taken(workspace, saved(day(workspace, WORD), tmp_path, "Ann", State.QUERIED))
    assert "1 query without a comment" in ran.err
    refused(ask(workspace, "review", "--done"), "Ann asks: without a comment")


# -- importing


def test_several_files_and_a_folder_of_them_are_taken_in_at_once(workspace: Workspace, tmp_path: Path) -> None:
    report = day(workspace, WORD, FINDING)
    folder = tmp_path / "mailed"
    folder.mkdir()
    saved(report, folder, "Ann", {"raised": READ})
    saved(report, folder, "Bob", {"raised": QUERIED})
    alone = saved(report, tmp_path, "Cat", State.READ)
    ran = taken(workspace, str(folder), alone, alone)
    assert ran.out.splitlines()[:3] == [
        "decisions-Ann-1.json: by Ann, 1 change read, 0 queried",
        "decisions-Bob-1.json: by Bob, 0 changes read, 1 queried",
        f"decisions-Cat-1.json: by Cat, {len(report.review.groups)} changes read, 0 queried",
    ]
    assert "1 queried" in ran.out.splitlines()[-1]
    records = sorted(workspace.path("records/reviews").glob("*-marks-*"))
    again = taken(workspace, str(folder), alone)
    assert "1 change read, 0 queried; 1 already known" in again.out
    assert sorted(workspace.path("records/reviews").glob("*-marks-*")) == records


def test_what_is_no_longer_in_the_letters_is_counted(workspace: Workspace, tmp_path: Path) -> None:
    file = saved(day(workspace, WORD), tmp_path, "Ann", State.READ)
    day(workspace, WORD_AGAIN)
    assert "1 change read, 0 queried; 1 no longer in the letters" in taken(workspace, file).out


def test_decisions_without_a_name_are_said_and_can_be_named(workspace: Workspace, tmp_path: Path) -> None:
    report = day(workspace, WORD)
    file = saved(report, tmp_path, "", {"raised": QUERIED})
    ran = taken(workspace, file)
    assert "by somebody without a name" in ran.out
    assert "--by NAME says who decided" in ran.err
    assert "somebody without a name asks" in ask(workspace, "status").out
    assert "by Dee" in taken(workspace, saved(report, tmp_path, "", State.READ, at=2), by="Dee").out


def test_one_bad_file_leaves_the_others(workspace: Workspace, tmp_path: Path) -> None:
    report = day(workspace, WORD)
    good, bad = saved(report, tmp_path, "Ann", State.READ), tmp_path / "bad.json"
    bad.write_text("[" * 100_000)
    ran = ask(workspace, "review", "--import", good, str(bad), "nowhere.json")
    assert ran.status == 1
    assert "bad.json: this file is not whole" in ran.err
    assert "nowhere.json cannot be read" in ran.err
    assert list(states(workspace).values()) == ["read"]


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"format": 1}', '{"format": 3, "report": "x"}', "\ud800"])
def test_a_file_that_no_report_saved_is_said(text: str, workspace: Workspace) -> None:
    workspace.path("decisions.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    ran = ask(workspace, "review", "--import", str(workspace.path("decisions.json")))
    assert (ran.status, ran.out, "decisions.json" in ran.err) == (1, "", True)


# -- done


def test_all_of_the_last_report_is_marked_by_who_says_so(workspace: Workspace) -> None:
    day(workspace, WORD, FINDING)
    ran = ask(workspace, "review", "--done")
    refused(ran, "nobody read: change 1", "(kent, thames-valley)", "--done --by NAME")
    assert ask(workspace, "review", "--done", "--by", "Ann").out.startswith("2 letters are reviewed")
    [marks] = [record for record in reckon(workspace.root).records.sound if record.kind == "marks"]
    assert (marks.by, {mark["state"] for mark in marks.data["marks"]}) == ("Ann", {"read"})


def test_done_is_refused_where_no_rendition_says_the_words(workspace: Workspace) -> None:
    day(workspace, WORD)
    workspace.path(f"outputs/{TYPE}/kent.txt").unlink()
    for names in ((), ("kent",)):
        refused(ask(workspace, "review", "--done", "--by", "Ann", *names), f"outputs/{TYPE}/kent.txt is not there")
    assert ask(workspace, "review", "--done", "--by", "Ann", "thames-valley").status == 0
    assert build(workspace, *TEXT).status == 0
    workspace.write(f"outputs/{TYPE}/kent.txt", "Other words")
    refused(ask(workspace, "review", "--done", "--by", "Ann"), "says other words than the letter")


def test_done_for_some_says_what_no_report_has_shown(workspace: Workspace) -> None:
    WORD(workspace)
    assert build(workspace, *TEXT).status == 0
    ran = ask(workspace, "review", "--done", "kent")
    assert (ran.status, ran.out.startswith("1 letter is reviewed")) == (0, True)
    assert "warning: 1 letter that changed was in no report as now built" in ran.err


def test_layout_is_read_as_well(tmp_path: Path) -> None:
    workspace = copy_workspace(tmp_path / "workspace")
    workspace.keep_forces("kent")
    assert build(workspace).status == 0
    appended(CSS, "p { margin-bottom: 16pt }\n")(workspace)
    assert build(workspace).status == 0
    refused(ask(workspace, "review", "--done", "--by", "Ann"), "in no report as now built")
    found = review(workspace)
    assert {group["kind"] for group in found["groups"]} >= {"layout"}
    assert ask(workspace, "review", "--done", "--by", "Ann").status == 0
    assert review(workspace)["groups"] == []


# -- damage


def damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def followed(workspace: Workspace, kind: str) -> Path:
    """A record of this kind that another names: one that nothing follows cannot be missed."""
    digests = {path: sha256(path.read_bytes()).hexdigest() for path in workspace.path("records/reviews").glob("*.json")}
    named = {digest for path in digests for digest in json.loads(path.read_bytes())["before"]}
    return next(path for path, digest in digests.items() if f"-{kind}-" in path.name and digest in named)


@pytest.mark.parametrize("spoil", [damaged, Path.unlink], ids=["damaged", "missing"])
@pytest.mark.parametrize("kind", ["report", "marks"])
def test_a_record_that_is_lost_is_told_and_nothing_passes_without_it(
    kind: str, spoil: Callable[[Path], None], workspace: Workspace, tmp_path: Path
) -> None:
    report = day(workspace, WORD)
    taken(workspace, saved(report, tmp_path, "Ann", {"raised": QUERIED}))
    taken(workspace, saved(report, tmp_path, "Bob", State.READ))
    lost = followed(workspace, kind)
    whole = lost.read_bytes()
    spoil(lost)
    for command in ("review", "diff", "status"):
        ran = ask(workspace, command)
        assert "Traceback" not in ran.err
        assert f"{lost.stem[-8:]}.json" in ran.err
    assert ask(workspace, "review", "--done", "--by", "Cat").status == 4
    lost.write_bytes(whole)
    assert "Ann asks" in ask(workspace, "status").out
    spoil(lost)
    assert ask(workspace, "review", "--done", "*").status in (0, 4)


def test_lost_records_can_be_given_up(workspace: Workspace, tmp_path: Path) -> None:
    taken(workspace, saved(day(workspace, WORD), tmp_path, "Ann", State.READ))
    for path in workspace.path("records/reviews").glob("*-report-*"):
        path.unlink()
    refused(ask(workspace, "review", "--done", "--by", "Cat"), "records/reviews/")
    assert ask(workspace, "review", "--done", "*", "--by", "Cat").status == 0
    ran = ask(workspace, "review")
    assert (ran.status, ran.err) == (0, "")
    assert ask(workspace, "review", "--done").status == 0


def test_a_pack_that_is_lost_is_told(workspace: Workspace) -> None:
    day(workspace, WORD)
    assert ask(workspace, "review", "--done", "--by", "Ann").status == 0
    for path in workspace.path("records/reviews").glob("*.zip"):
        path.write_bytes(b"PK")
    ran = ask(workspace, "review")
    assert (ran.status, ran.err.count(".zip, which is missing or damaged")) == (0, 2)
    assert ran.out.startswith("1 change in 2 letters, against nothing: the records of what was reviewed are missing")
    refused(ask(workspace, "review", "--done", "--by", "Ann"), "records/reviews/", "fetch these records back")
    assert ask(workspace, "review", "--done", "--by", "Ann", "*").status == 0
    assert ask(workspace, "review").err == ""


# -- by earlier versions


def earlier_report(workspace: Workspace, found: Compared) -> None:
    """What an earlier version of letters kept of its report."""
    digests = {one.key.path: "" for one in found.review.changed}
    groups = {earlier_id(number, group): [key.path for key in group.letters] for number, group in listed(found)}
    data = {"format": 1, "letters": digests, "groups": groups, "causes": {}}
    path = workspace.path(f"outputs/review/reports/{found.identity}.json")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data), "utf-8")


def listed(found: Compared) -> list[tuple[int, Group]]:
    return [*enumerate(found.review.groups, 1)]


def earlier_id(number: int, group: Group) -> str:
    from letters.review.earlier import _earlier_id

    return f"{number}-{_earlier_id(group)}"


def earlier_decisions(found: Compared, to: Path, by: str, states: Mapping[str, tuple[State, str]]) -> Path:
    changes = [
        {"about": earlier_id(number, group), "title": group.title, "state": state.value, "comment": comment}
        for number, group in listed(found)
        for word, (state, comment) in states.items()
        if word in group.title
    ]
    fields = {"format": 1, "report": found.identity, "reviewer": by, "saved": "2026-03-31", "changes": changes}
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(json.dumps({**fields, "letters": []}), "utf-8")
    return to


def test_decisions_that_an_earlier_version_kept_are_taken_over_once(workspace: Workspace) -> None:
    edits(WORD, FINDING)(workspace)
    assert build(workspace, *TEXT).status == 0
    found = compared(workspace)
    earlier_report(workspace, found)
    kept = workspace.path("outputs/review/decisions/x.json")
    earlier_decisions(found, kept, "Ann", {"raised": QUERIED, "Your plans": READ})
    ran = ask(workspace, "review")
    assert "1 query of earlier reviews" in ran.err
    assert "Ann asks: Is this meant?" in ran.out
    assert states(workspace)["“highlighted” → “raised”"] == "queried"
    assert "read" in states(workspace).values()
    assert not kept.exists()
    again = ask(workspace, "review")
    assert (again.err, again.out.count("Ann asks")) == ("", 1)


def test_a_query_of_an_earlier_report_on_words_that_changed_since_still_holds(workspace: Workspace) -> None:
    WORD(workspace)
    assert build(workspace, *TEXT).status == 0
    found = compared(workspace)
    earlier_report(workspace, found)
    file = earlier_decisions(found, workspace.path("mailed.json"), "Ann", {"raised": QUERIED})
    day(workspace, WORD_AGAIN)
    ran = ask(workspace, "review", "--import", str(file))
    assert "query 1 (kent, thames-valley), Ann asks: Is this meant?" in ran.out
    assert list(states(workspace).values()) == ["queried"]


@pytest.mark.parametrize("text", ["{ damaged", '{"format": 1}', "[" * 100_000])
def test_what_an_earlier_version_kept_and_is_not_sound_is_told(text: str, workspace: Workspace) -> None:
    workspace.path("outputs/review/decisions").mkdir()
    workspace.write("outputs/review/decisions/x.json", text)
    ran = ask(workspace, "review")
    assert (ran.status, "decisions of an earlier version are left out, x.json" in ran.err) == (0, True)
    assert ask(workspace, "review").err == ""


def test_what_an_earlier_version_kept_as_reviewed_is_where_the_review_begins(workspace: Workspace) -> None:
    kept = workspace.path("outputs/review/reviewed")
    shutil.rmtree(workspace.path("outputs/review/first"))
    shutil.copytree(workspace.path("outputs/composed"), kept / "composed")
    shutil.copy(workspace.path("outputs/review/inputs.zip"), kept / "inputs.zip")
    (kept / "review.json").write_text('{"format": 1, "on": "2026-03-31", "letters": 2, "reviewer": "Ann"}', "utf-8")
    WORD(workspace)
    assert build(workspace, *TEXT).status == 0
    before = diff(workspace)
    assert before["against"] == "what was last reviewed, on 31 March 2026"
    found = review(workspace)
    assert (found["against"], found["groups"][0]["title"]) == (before["against"], "body: “highlighted” → “raised”")
    assert not kept.exists()
    assert review(workspace)["groups"] == found["groups"]


def test_what_the_last_build_of_an_earlier_version_replaced_is_the_first_build(workspace: Workspace) -> None:
    review_folder = workspace.path("outputs/review")
    shutil.rmtree(review_folder / "first")
    shutil.copytree(workspace.path("outputs/composed"), review_folder / "previous/composed")
    shutil.copy(review_folder / "inputs.zip", review_folder / "previous/inputs.zip")
    WORD(workspace)
    assert build(workspace, *TEXT).status == 0
    assert [group["title"] for group in review(workspace)["groups"]] == ["body: “highlighted” → “raised”"]


def test_of_two_first_builds_the_earlier_counts_and_nothing_is_hidden(workspace: Workspace, tmp_path: Path) -> None:
    """A colleague whose copy was built after an edit has another first build."""
    later = copy(workspace, tmp_path / "later")
    assert ask(workspace, "review").status == 0
    shutil.rmtree(later.path("outputs"))
    day(later, WORD)
    assert review(later)["groups"] == []
    for path in workspace.path("records/reviews").iterdir():
        shutil.copy(path, later.path("records/reviews") / path.name)
    assert [group["title"] for group in review(later)["groups"]] == ["body: “highlighted” → “raised”"]


def test_what_was_edited_in_a_word_file_stays_read(workspace: Workspace) -> None:
    assert build(workspace, "--format", "docx").status == 0
    path = workspace.path(f"outputs/{TYPE}/kent.docx")
    document = Document(str(path))
    document.paragraphs[-1].add_run(" And more.")
    document.save(str(path))
    found = review(workspace)
    assert [group["kind"] for group in found["groups"]] == ["edited in Word"]
    refused(ask(workspace, "review", "--done"), "nobody read: change 1")
    assert ask(workspace, "review", "--done", "--by", "Ann").status == 0
    assert [group["kind"] for group in review(workspace)["groups"]] == ["edited in Word"]
    assert ask(workspace, "review", "--done").status == 0


def test_a_report_of_a_stranger_touches_nothing_outside(workspace: Workspace, tmp_path: Path) -> None:
    outside = tmp_path / "outside/kent.pdf"
    outside.parent.mkdir()
    outside.write_bytes(b"%PDF a signed letter")
    found = day(workspace, WORD)
    abouts = ["../../outside/kent", f"{tmp_path}/outside/kent", "..\\outside/kent", ""]
    report = {"format": 1, "letters": dict.fromkeys(map(str, abouts), ""), "groups": {"1-abc": abouts}, "causes": {}}
    for folder in ("reports", "earlier/reports"):
        path = workspace.path(f"outputs/review/{folder}/{found.identity}.json")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(report), "utf-8")
    changes = [{"about": "1-abc", "title": "x", "state": state, "comment": "x"} for state in ("read", "queried")]
    for number, change in enumerate(changes):
        fields = {"format": 1, "report": found.identity, "reviewer": "Ann", "saved": "2026-03-31", "letters": []}
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps({**fields, "changes": [change]}), "utf-8")
        assert ask(workspace, "review", "--import", str(path)).status in (0, 1)
    assert list(states(workspace).values()) == ["to do"]
    assert outside.read_bytes() == b"%PDF a signed letter"
    assert sorted(tmp_path.rglob("kent.*"), key=str) == sorted([outside, *workspace.root.rglob("kent.*")], key=str)


def test_a_file_of_decisions_with_endless_texts_is_kept_within_bounds(workspace: Workspace, tmp_path: Path) -> None:
    report = day(workspace, WORD)
    changes = (Decision("", "t" * 2000, State.QUERIED, "c" * 200_000), Decision("a" * 500, "", State.READ))
    path = tmp_path / "long.json"
    path.write_bytes(to_json(Decisions(report.identity, "n" * 500, datetime(2026, 3, 1, tzinfo=UTC), changes)))
    ran = ask(workspace, "review", "--import", str(path))
    assert (ran.status, "1 queried" in ran.out) == (1, True)
    [query] = reckon(workspace.root).standing.open_queries
    assert (len(query.by), len(query.comment), reckon(workspace.root).faults) == (200, 100_000, ())
