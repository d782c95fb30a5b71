"""What is built, kept and refused, and why: a table of what the manifest knows and what stands on the disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest

from letters.batch.manifest import FileRecord, LetterRecord
from letters.batch.plan import Action, Disk, Kept, State, Step, Touched, Wanted, make_plan
from letters.letter import LetterKey

PDF = Wanted(LetterKey("answer", "kent"), "pdf", letter="letter", look="look", tools="tools")
WORD = replace(PDF, format="docx")
#: As it was made, of what is wanted; the digest of its bytes is `made`.
RECORD = FileRecord("made", "letter", "look", "tools")
KEPT = Kept("2026-03-31", "letter", "Ann")


@dataclass(frozen=True)
class Case:
    """`there`: digest of the file on disk, if there is one. `touched`: what became of a Word file; where it is None,
    nobody may look. `kept`: that somebody said it stays."""

    wanted: Wanted
    record: FileRecord | None
    there: str | None
    action: Action
    reason: str = ""
    touched: Touched | None = None
    kept: Kept | None = None
    tools: str = ""


BUILD, KEEP, REFUSE = Action
OURS, STAMPED, SAVED, EDITED = (Touched(state, "made") for state in State)
CASES: Mapping[str, Case] = {
    # any format
    "never built": Case(PDF, None, None, BUILD, "new"),
    "there, and no record": Case(PDF, None, "made", BUILD, "left by an unfinished build"),
    "as it should be": Case(PDF, RECORD, "made", KEEP),
    "missing": Case(PDF, RECORD, None, BUILD, "it was missing"),
    "of other bytes": Case(PDF, RECORD, "other", BUILD, "the file changed since it was built"),
    "of another letter": Case(PDF, replace(RECORD, letter="old"), "made", BUILD, "the letter changed"),
    "of another look": Case(PDF, replace(RECORD, look="old"), "made", BUILD, "the look of the letterhead changed"),
    "of other libraries": Case(PDF, replace(RECORD, tools="old"), "made", BUILD, "a library changed"),
    "of other libraries, named": Case(
        PDF, replace(RECORD, tools="old"), "made", BUILD, "a library changed (lxml 6)", tools="lxml 6"
    ),
    # which reason comes first
    "missing, of another letter": Case(PDF, replace(RECORD, letter="old"), None, BUILD, "it was missing"),
    "of another letter and look": Case(
        PDF, FileRecord("made", "old", "old", "old"), "other", BUILD, "the letter changed"
    ),
    "of another look and libraries": Case(
        PDF, FileRecord("made", "letter", "old", "old"), "other", BUILD, "the look of the letterhead changed"
    ),
    "of other libraries and bytes": Case(PDF, replace(RECORD, tools="old"), "other", BUILD, "a library changed"),
    # a composed letter is a file like any other
    "composed, never built": Case(replace(PDF, format="json"), None, None, BUILD, "new"),
    "composed, as it should be": Case(replace(PDF, format="json"), RECORD, "made", KEEP),
    "composed, of other bytes": Case(
        replace(PDF, format="json"), RECORD, "other", BUILD, "the file changed since it was built"
    ),
    # a Word file is somebody's, once they edited it
    "Word, never built": Case(WORD, None, None, BUILD, "new"),
    "Word, missing": Case(WORD, RECORD, None, BUILD, "it was missing"),
    "Word, as it was made": Case(WORD, RECORD, "made", KEEP),
    "Word, as it was made, of another letter": Case(
        WORD, replace(RECORD, letter="old"), "made", BUILD, "the letter changed"
    ),
    "Word, ours, and no record": Case(WORD, None, "made", BUILD, "left by an unfinished build", OURS),
    "Word, ours, of another build": Case(
        WORD, RECORD, "other", BUILD, "the file changed since it was built", Touched(State.OURS, "earlier")
    ),
    "Word, stamped": Case(WORD, RECORD, "other", KEEP, "", STAMPED),
    "Word, stamped, of another letter": Case(
        WORD, replace(RECORD, letter="old"), "other", BUILD, "the letter changed", STAMPED
    ),
    "Word, stamped, and no record": Case(WORD, None, "other", BUILD, "left by an unfinished build", STAMPED),
    "Word, saved again": Case(WORD, RECORD, "other", KEEP, "", SAVED),
    "Word, saved again, of another look": Case(
        WORD, replace(RECORD, look="old"), "other", BUILD, "the look of the letterhead changed", SAVED
    ),
    "Word, edited": Case(WORD, RECORD, "other", REFUSE, "edited since it was built", EDITED),
    "Word, edited, of another letter": Case(
        WORD, replace(RECORD, letter="old"), "other", REFUSE, "edited since it was built", EDITED
    ),
    "Word, edited, and no record": Case(WORD, None, "other", REFUSE, "edited since it was built", EDITED),
    "Word, edited, and nobody knows what it was": Case(
        WORD, RECORD, "other", REFUSE, "edited since it was built", Touched(State.EDITED)
    ),
    "Word, edited, and to stay": Case(WORD, RECORD, "other", KEEP, "", EDITED, KEPT),
    "Word, edited, to stay, of another letter": Case(
        WORD, replace(RECORD, letter="old"), "other", KEEP, "", EDITED, KEPT
    ),
    "Word, edited, to stay, and no record": Case(WORD, None, "other", KEEP, "", EDITED, KEPT),
    "Word, not edited, though it was said to stay": Case(WORD, RECORD, "made", KEEP, kept=KEPT),
}


@pytest.mark.parametrize("name", CASES)
def test_each_file_is_built_kept_or_refused_for_its_reason(name: str) -> None:
    case = CASES[name]
    files = {case.wanted.format: case.record} if case.record else {}
    [step] = make_plan([case.wanted], {"answer/kent": LetterRecord(1, files)}, disk(case), case.tools)
    state = case.touched.state if case.touched else State.OURS
    stays = case.kept if state is State.EDITED else None
    assert step == Step(case.action, case.wanted, case.reason, state, stays)


def disk(case: Case) -> Disk:
    """A disk with one file on it, of which only that is asked which matters."""

    def look_at(path: str) -> Touched:
        assert path == case.wanted.path
        assert case.touched, "nobody need look at this file"
        return case.touched

    def kept(wanted: Wanted, digest: str) -> Kept | None:
        assert (wanted, digest) == (case.wanted, case.there)
        return case.kept

    return Disk({case.wanted.path: case.there}.get, look_at, kept)


def test_only_what_is_wanted_is_planned_each_letter_by_its_own_record() -> None:
    essex = replace(PDF, key=LetterKey("answer", "essex"))
    letters = {"answer/kent": LetterRecord(1, {"pdf": RECORD, "txt": RECORD}), "other/essex": LetterRecord(1)}
    there = {"answer/kent.pdf": "made", "answer/essex.pdf": None}
    plan = make_plan([essex, PDF], letters, Disk(there.__getitem__, lambda _: OURS, lambda *_: None), "")
    assert plan == [Step(BUILD, essex, "new"), Step(KEEP, PDF)]
    assert make_plan([], letters, Disk(there.__getitem__, lambda _: OURS, lambda *_: None), "") == []


def test_files_lie_by_letter_type_and_composed_letters_apart() -> None:
    assert (PDF.path, WORD.path) == ("answer/kent.pdf", "answer/kent.docx")
    assert replace(PDF, format="json").path == "composed/answer/kent.json"
