"""A departure whose number is not that of the standard phrase is found where a sentence depends on it."""

from __future__ import annotations

import pytest

from conftest import Workspace
from letters.compose.grammar import seems
from letters.workspace.model import Number

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "text",
    [
        "better IT monitoring", "work done to seek intelligence", "your progress in deploying IT systems' monitoring",
        "an analysis of risks", "software to monitor IT use", "the plan to buy three systems", "access to systems",
        "the status of your plans", "closer working with charities",
        "news of your IT systems", "mathematics", "the information available to us", "evidence of plans", "a lens",
        "work planned in 2016", "the plan submitted to us", "one of your systems", "a specimen", "an urgent need",
        "a review of plans and of staff", "all the work",
    ],
)  # fmt: skip
def test_words_that_seem_singular(text: str) -> None:
    assert seems(text) is Number.SINGULAR


@pytest.mark.parametrize(
    "text",
    [
        "better IT systems", "initiatives to seek intelligence", "a clear plan and a named lead", "analyses of risks",
        "new processes", "plans that you made", "two plans", "the force's plans", "any improvements", "people", "ideas",
        "your staff", "police", "the criteria", "systems currently in use", "plans already in place",
        "concerns raised about it", "officers trained in it", "policemen", "12 officers", "half your officers",
        "tactics",
    ],
)  # fmt: skip
def test_words_that_seem_plural(text: str) -> None:
    assert seems(text) is Number.PLURAL


@pytest.mark.parametrize(
    "text",
    [
        "had already started",
        "a number of improvements",
        "a series of plans",
        "a means to do it",
        "species",
        "headquarters",
        "your team",
        "politics",
        "officers working in it",
        "10 per cent of it",
        "a few improvements",
        "six weeks",
        "HMICFRS",
        "Kent Police",
        "South Wales",
        "your counter-corruption unit",
        "a dozen plans",
        "training and guidance",
        "closing gaps",
        "data",
        "",
    ],
)
def test_words_that_show_no_number(text: str) -> None:
    assert seems(text) is None


def changed(there: Workspace, *lines: str) -> str:
    there.replace("forces/kent.yaml", "it_monitoring: not_provided", "it_monitoring: started")
    there.write("forces/kent.yaml", "\n".join([there.read("forces/kent.yaml") + "    changed_wording:", *lines, ""]))
    return there.letters("check", "kent").err


def test_a_singular_departure_from_a_plural_phrase(small: Workspace) -> None:
    said = changed(small, "      it_monitoring.evidence: better IT monitoring")
    assert (
        "forces/kent.yaml:18:7: 'better IT monitoring' seems to be singular, and it_monitoring.evidence is plural"
        in said
    )
    assert "`text: …` and `number: singular`" in said
    assert small.letters("build", "kent").status == 1


@pytest.mark.parametrize("number", ["singular", "plural"])
def test_who_says_the_number_is_believed(small: Workspace, number: str) -> None:
    text = "        text: better IT monitoring"
    assert changed(small, "      it_monitoring.evidence:", text, f"        number: {number}") == ""


def test_a_plural_departure_from_a_singular_phrase(small: Workspace) -> None:
    small.replace("forces/kent.yaml", "counter_corruption_unit: not_found", "counter_corruption_unit: not_started")
    said = changed(small, "      counter_corruption_unit.evidence: reviews of your unit")
    assert "'reviews of your unit' seems to be plural, and counter_corruption_unit.evidence is singular [E126]" in said


def test_where_no_sentence_depends_on_it_nothing_is_said(small: Workspace) -> None:
    said = changed(small, "      counter_corruption_unit.evidence: reviews of your unit")  # "evidence of …" either way
    assert said == ""


def test_a_phrase_whose_number_is_not_that_of_its_words(small: Workspace) -> None:
    wording = "templates/abuse-of-position-2017/wording.yaml"
    text = "  text: improvements to your IT systems' monitoring capability\n"
    small.replace(wording, f"{text}  number: plural", f"{text}  number: singular")
    # Nothing hangs on the number of this one, so nothing is said of it.
    text = "  text: the national strategy agreed at the National Police Chiefs' Council in April of this year\n"
    small.replace(wording, f"{text}  number: singular", f"{text}  number: plural")
    said = small.letters("check").err
    assert 'monitoring capability" seems to be plural, and it_monitoring.evidence is singular [E426]' in said
    assert f"{wording}:16:3: " in said
    assert "write `number: plural`" in said
    assert said.count("E426") == 1
    small.write("templates/words.txt", "improvements to your IT systems' monitoring capability\n")
    assert small.letters("check").err == ""
