"""The sample of four grades on four questions: what its letters say, in all formats, and how its wording is proved."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from conftest import Workspace
from letters.batch.formats import FORMATS
from letters.proof.book_letter import book_letter
from letters.proof.enumerate import enumerate_outcomes
from letters.proof.page import book_page
from support.grades import SAMPLE, TYPE, answers, book, letter, sample

RECORDING = "recording the crimes that are reported to it"
SYSTEMS = "running the systems on which accurate recording depends"
VICTIMS = "keeping victims informed about what becomes of their reports"
LEADERSHIP = "upholding a culture in which every victim is believed"
ALL_FOUR = f"{RECORDING}, {SYSTEMS}, {VICTIMS} and {LEADERSHIP}"
BEST, GOOD = "We judged your force to be outstanding at", "We judged your force to be good at"
NEEDS, WORST = (
    "We judged that your force needs to improve its performance in",
    "We judged your force to be inadequate at",
)
HOWEVER = "However, it needs to improve its performance in"

#: By the grades for recording, systems, victims and leadership, every sentence of the verdict.
VERDICTS = {
    "oooo": [f"{BEST} {ALL_FOUR}."],
    "gggg": [f"{GOOD} {ALL_FOUR}."],
    "rrrr": [f"{NEEDS} {ALL_FOUR}."],
    "iiii": [f"{WORST} {ALL_FOUR}."],
    "oggo": [f"{BEST} {RECORDING} and {LEADERSHIP}.", f"It is good at {SYSTEMS} and {VICTIMS}."],
    "ogri": [
        f"{BEST} {RECORDING}.",
        f"It is good at {SYSTEMS}.",
        f"{HOWEVER} {VICTIMS}.",
        f"It is inadequate at {LEADERSHIP}.",
    ],
    "grii": [f"{GOOD} {RECORDING}.", f"{HOWEVER} {SYSTEMS}.", f"It is inadequate at {VICTIMS} and {LEADERSHIP}."],
    "ooii": [f"{BEST} {RECORDING} and {SYSTEMS}.", f"However, it is inadequate at {VICTIMS} and {LEADERSHIP}."],
    "ggrr": [f"{GOOD} {RECORDING} and {SYSTEMS}.", f"{HOWEVER} {VICTIMS} and {LEADERSHIP}."],
    "rrii": [f"{NEEDS} {RECORDING} and {SYSTEMS}.", f"It is inadequate at {VICTIMS} and {LEADERSHIP}."],
    "orrr": [f"{BEST} {RECORDING}.", f"{HOWEVER} {SYSTEMS}, {VICTIMS} and {LEADERSHIP}."],
    "giii": [f"{GOOD} {RECORDING}.", f"However, it is inadequate at {SYSTEMS}, {VICTIMS} and {LEADERSHIP}."],
    "irgo": [
        f"{BEST} {LEADERSHIP}.",
        f"It is good at {VICTIMS}.",
        f"{HOWEVER} {SYSTEMS}.",
        f"It is inadequate at {RECORDING}.",
    ],
}
#: Other answers, and a sentence or a cell of the letter.
SENTENCES: list[tuple[dict[str, object], str]] = [
    ({"since_last": "improved"}, "Your force's recording of crime has improved since our last inspection, and we welcome the work that has been done."),
    ({"since_last": "unchanged"}, "Your force's recording of crime is much as it was at our last inspection."),
    ({"since_last": "declined"}, "Your force's recording of crime has become less accurate since our last inspection, which concerns us."),
    ({"rate": 92.5}, "Of the crimes that had been reported, your force had recorded 92.5 per cent."),
    ({"rate": 80.3}, "Of the crimes that had been reported, your force had recorded 80.3 per cent."),
    ({"rate": 100}, "Of the crimes that had been reported, your force had recorded 100 per cent."),
    ({"rate": 0.1}, "Of the crimes that had been reported, your force had recorded 0.1 per cent."),
    ({"audited_to": "2018-03-31"}, "We audited a sample of the reports that your force received up to 31 March 2018."),
    ({"audited_to": "2018-05-01"}, "We audited a sample of the reports that your force received up to 1 May 2018."),
    ({"audited_to": "2017-12-25"}, "We audited a sample of the reports that your force received up to 25 December 2017."),
    ({"revisit": "2019-03-12"}, "We will visit your force again on 12 March 2019 to see what progress has been made."),
    ({"revisit": "2019-02-05"}, "We will visit your force again on 5 February 2019 to see what progress has been made."),
    ({"areas": ["The force should *act* **now**."]}, "The force should act now."),
    ({"recording": "requires_improvement"}, "requires improvement"),
    ({"victims": "inadequate"}, "inadequate"),
]  # fmt: skip


def test_each_sentence_of_a_verdict_is_as_it_should_be() -> None:
    for grades, sentences in VERDICTS.items():
        verdict = next(one for one in letter(answers(grades)) if any("verdict.md" in span.path for span in one.spans))
        assert [sentence.text for sentence in verdict.sentences] == sentences
    assert sum(map(len, VERDICTS.values())) + len(SENTENCES) >= 40


def test_other_answers_are_said_as_english_says_them() -> None:
    for others, sentence in SENTENCES:
        blocks = letter(answers("gggg", **others))
        assert sentence in [one.text for block in blocks for one in (block, *block.sentences)], sentence


def test_what_is_left_out_is_not_said() -> None:
    said = "\n".join(block.text for block in letter(answers("gggg", revisit=None)))
    assert "visit your force again" not in said
    assert "last inspection" not in said


def test_parts_of_the_letter_are_read_apart() -> None:
    found, problems = book()
    assert problems == []
    assert {section.fields: len(section.verdicts) for section in found.sections} == {
        ("force.chief_officer.name",): 2,
        ("force.local_policing_body.name",): 2,
        ("recording", "systems", "victims", "leadership"): 256,
        ("recording",): 4,
        ("systems",): 4,
        ("victims",): 4,
        ("leadership",): 4,
        ("since_last",): 4,
        ("revisit",): 2,
    }
    assert found.enumeration.number == 1792
    assert found.enumeration.complete
    assert len(found.readings) < 400


@pytest.mark.slow
def test_every_whole_letter_says_what_its_parts_say() -> None:
    """Each of the 1,792 outcomes composed whole, and held against the wordings that its answers lead to."""
    kind, _ = sample()
    found, _ = book()
    outcomes = enumerate_outcomes(kind.schema, outcome=kind.outcome).outcomes
    assert len(outcomes) == 1792
    by_answers = {
        (section.fields, json.dumps(answers, sort_keys=True)): verdict
        for section in found.sections
        for verdict in section.verdicts
        for answers in verdict.outcomes
    }
    standard = [one.text for one in found.standard if hasattr(one, "text")]
    seen = set()
    for outcome in outcomes:
        expected = list(standard)
        for section in found.sections:
            own = {name: outcome[name] for name in section.fields if name in outcome}
            expected += [block.text for block in by_answers[section.fields, json.dumps(own, sort_keys=True)].blocks]
        said = [block.text for block in letter(outcome)]
        assert sorted(said) == sorted(expected)
        seen.add("\n".join(said))
    assert len(seen) == 1792


def test_the_book_is_short_and_has_the_standard_paragraphs() -> None:
    found, _ = book()
    page = book_page(found, {})
    assert len(page) < 1_000_000
    text = page.decode()
    assert "We audited a sample of the reports that your force received up to 31 March 2018." in text
    assert "Margaret Hollingbeck" in text
    assert "requires improvement</td><td>requires improvement</td>" in text
    blocks = book_letter(found, {}, "hmicfrs").parts[0].blocks
    assert len(blocks) < 1_500
    headings = [run.text for block in blocks if hasattr(block, "level") for run in getattr(block, "runs", ())]
    assert not [heading for heading in headings if re.fullmatch(r"[0-9A-Z]{5} – (outstanding|good)…?", heading)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("grades") / "workspace"
    shutil.copytree(SAMPLE, folder)
    there = Workspace(folder)
    ran = there.letters("build")
    assert ran.status == 0, ran.out + ran.err
    return there


@pytest.mark.slow
@pytest.mark.parametrize("format", FORMATS)
def test_titles_numbers_and_dates_are_right_in_each_format(built: Workspace, format: str) -> None:
    data = built.path(f"outputs/{TYPE}/cleveland.{format}").read_bytes()
    said = " ".join(" ".join(FORMATS[format].read(data).words).split())
    for words in (
        "80.3 per cent",
        "up to 31 May 2018",
        "again on 12 March 2019",
        "14 September 2018",
        "requires improvement",
        "Margaret Hollingbeck",
        "within 24 hours",
    ):
        assert words in said
    assert "requires_improvement" not in said
    assert "**" not in said


@pytest.mark.slow
def test_the_sample_has_no_problem(built: Workspace) -> None:
    ran = built.letters("check")
    assert "0 problems. Next" in ran.out
    assert "6 letters can be built, 1 waiting" in ran.out
