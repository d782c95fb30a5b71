"""The verdict of every outcome: each composes, no two read the same, and chosen ones read exactly so."""

from __future__ import annotations

import re

import pytest

from conftest import ROOT
from letters.letter import normalise, words
from letters.workspace.model import Departure, Number
from support.outcomes import ABUSE, FIELDS, compose, every_outcome, project, read_force, verdict

pytestmark = pytest.mark.slow

STRATEGY = "the national strategy agreed at the National Police Chiefs' Council in April of this year"
PLEASED = "We were pleased to find that your plans submitted in response to our recommendation were comprehensive"
FULLY = f"{PLEASED}, and they fully reflect {STRATEGY}."
PARTLY = f"{PLEASED}, although not fully reflecting {STRATEGY}."
NOT = f"{PLEASED}, although not reflecting {STRATEGY}."
REFLECTED = f"Your plans reflected {STRATEGY}."
NOT_FULLY = f"Your plans did not fully reflect {STRATEGY}."
DID_NOT = f"Your plans did not reflect {STRATEGY}."

REVIEW = "a review of the capability and capacity of your counter-corruption unit"
IMPROVEMENTS = "improvements to your IT systems' monitoring capability"
WORK = "work to seek intelligence from those organisations that support vulnerable people"
REVIEWING = "your progress in reviewing the capability and capacity of your counter-corruption unit"
DEVELOPING = "your progress in developing your IT systems' monitoring capability"
ANY_WORK = "any work done to seek intelligence from those organisations that support vulnerable people"
REVIEWED = "had already reviewed the capability and capacity of your counter-corruption unit"
IMPROVED = "had already improved your IT systems' monitoring capability"
SEEKING = "were already seeking intelligence from those organisations that support vulnerable people"

NO_INFORMATION = "No information was provided that allowed us to assess"
HOWEVER_NO = "However no information was provided that allowed us to assess"
COULD_NOT = "We could not find evidence of"
COULD_NOT_HOWEVER = "We could not however find evidence of"
AT_REVIEW = "had already started at the time of our review."
YET = "had yet to start."

# Answers in the order of FIELDS, with the elements as np, nf, ns, st, ip; then the sentences.
EXAMPLES = [
    # One state for all three elements.
    ("yes reflected st st st", f"{FULLY} We found evidence in your plans of {REVIEW}, {IMPROVEMENTS} and {WORK}. Work to implement all three elements {AT_REVIEW}"),
    ("yes partly st st st", f"{PARTLY} We found evidence in your plans of {REVIEW}, {IMPROVEMENTS} and {WORK}. Work to implement all three elements {AT_REVIEW}"),
    ("no not st st st", f"{DID_NOT} We found evidence in your plans of {REVIEW}, {IMPROVEMENTS} and {WORK}. Work to implement all three elements {AT_REVIEW}"),
    ("yes reflected ns ns ns", f"{FULLY} The plans include {REVIEW}, {IMPROVEMENTS} and {WORK}, although at the time of our review these {YET}"),
    ("no partly ns ns ns", f"{NOT_FULLY} The plans include {REVIEW}, {IMPROVEMENTS} and {WORK}, although at the time of our review these {YET}"),
    ("yes reflected ip ip ip", f"{FULLY} We found that you {REVIEWED}, {IMPROVED} and {SEEKING}."),
    ("no not ip ip ip", f"{DID_NOT} We found that you {REVIEWED}, {IMPROVED} and {SEEKING}."),
    ("no reflected np np np", f"{REFLECTED} {HOWEVER_NO} {REVIEWING}, {DEVELOPING} or {ANY_WORK}."),
    ("no partly np np np", f"{NOT_FULLY} {NO_INFORMATION} {REVIEWING}, {DEVELOPING} or {ANY_WORK}."),
    ("no not np np np", f"{DID_NOT} {NO_INFORMATION} {REVIEWING}, {DEVELOPING} or {ANY_WORK}."),
    ("yes reflected nf nf nf", f"{FULLY} {COULD_NOT_HOWEVER} {REVIEW}, {IMPROVEMENTS} or {WORK}."),
    ("no reflected nf nf nf", f"{REFLECTED} {COULD_NOT_HOWEVER} {REVIEW}, {IMPROVEMENTS} or {WORK}."),
    ("no partly nf nf nf", f"{NOT_FULLY} {COULD_NOT} {REVIEW}, {IMPROVEMENTS} or {WORK}."),
    ("no not nf nf nf", f"{DID_NOT} {COULD_NOT} {REVIEW}, {IMPROVEMENTS} or {WORK}."),
    # Started: one and two elements, singular and plural.
    ("yes reflected st nf nf", f"{FULLY} {REVIEW.capitalize()} was included and this {AT_REVIEW} {COULD_NOT_HOWEVER} {IMPROVEMENTS} or {WORK}."),
    ("yes reflected nf st nf", f"{FULLY} Improvements to your IT systems' monitoring capability were included and these {AT_REVIEW} {COULD_NOT_HOWEVER} {REVIEW} or {WORK}."),
    ("yes reflected nf nf st", f"{FULLY} {WORK.capitalize()} was included and this {AT_REVIEW} {COULD_NOT_HOWEVER} {REVIEW} or {IMPROVEMENTS}."),
    ("yes partly st st nf", f"{PARTLY} {REVIEW.capitalize()} and {IMPROVEMENTS} were included and these {AT_REVIEW} {COULD_NOT_HOWEVER} {WORK}."),
    ("yes not st nf st", f"{NOT} {REVIEW.capitalize()} and {WORK} were included and these {AT_REVIEW} {COULD_NOT_HOWEVER} {IMPROVEMENTS}."),
    ("no reflected nf st st", f"{REFLECTED} Improvements to your IT systems' monitoring capability and {WORK} were included and these {AT_REVIEW} {COULD_NOT_HOWEVER} {REVIEW}."),
    # Not started: one and two.
    ("yes reflected ns nf nf", f"{FULLY} The plans include {REVIEW}, although at the time of our review this {YET} {COULD_NOT_HOWEVER} {IMPROVEMENTS} or {WORK}."),
    ("no not nf ns nf", f"{DID_NOT} The plans include {IMPROVEMENTS}, although at the time of our review these {YET} {COULD_NOT_HOWEVER} {REVIEW} or {WORK}."),
    ("no partly nf nf ns", f"{NOT_FULLY} The plans include {WORK}, although at the time of our review this {YET} {COULD_NOT_HOWEVER} {REVIEW} or {IMPROVEMENTS}."),
    ("yes partly nf ns ns", f"{PARTLY} The plans include {IMPROVEMENTS} and {WORK}, although at the time of our review these {YET} {COULD_NOT_HOWEVER} {REVIEW}."),
    ("yes not ns ns nf", f"{NOT} The plans include {REVIEW} and {IMPROVEMENTS}, although at the time of our review these {YET} {COULD_NOT_HOWEVER} {WORK}."),
    # In place: one and two.
    ("yes reflected ip nf nf", f"{FULLY} We found that you {REVIEWED}. {COULD_NOT_HOWEVER} {IMPROVEMENTS} or {WORK}."),
    ("yes not nf ip nf", f"{NOT} We found that you {IMPROVED}. {COULD_NOT_HOWEVER} {REVIEW} or {WORK}."),
    ("no reflected nf nf ip", f"{REFLECTED} We found that you {SEEKING}. {COULD_NOT_HOWEVER} {REVIEW} or {IMPROVEMENTS}."),
    ("no partly ip ip nf", f"{NOT_FULLY} We found that you {REVIEWED} and {IMPROVED}. {COULD_NOT_HOWEVER} {WORK}."),
    ("no not nf ip ip", f"{DID_NOT} We found that you {IMPROVED} and {SEEKING}. {COULD_NOT_HOWEVER} {REVIEW}."),
    # Not provided: one and two; "However" only after praise.
    ("no reflected np st st", f"{REFLECTED} {HOWEVER_NO} {REVIEWING}. Improvements to your IT systems' monitoring capability and {WORK} were included and these {AT_REVIEW}"),
    ("no not st np st", f"{DID_NOT} {NO_INFORMATION} {DEVELOPING}. {REVIEW.capitalize()} and {WORK} were included and these {AT_REVIEW}"),
    ("no partly ns ns np", f"{NOT_FULLY} {NO_INFORMATION} {ANY_WORK}. The plans include {REVIEW} and {IMPROVEMENTS}, although at the time of our review these {YET}"),
    ("no not np np st", f"{DID_NOT} {NO_INFORMATION} {REVIEWING} or {DEVELOPING}. {WORK.capitalize()} was included and this {AT_REVIEW}"),
    ("no reflected np ip np", f"{REFLECTED} {HOWEVER_NO} {REVIEWING} or {ANY_WORK}. We found that you {IMPROVED}."),
    ("no reflected nf np np", f"{REFLECTED} {HOWEVER_NO} {DEVELOPING} or {ANY_WORK}. {COULD_NOT} {REVIEW}."),
    ("no not np nf nf", f"{DID_NOT} {NO_INFORMATION} {REVIEWING}. {COULD_NOT} {IMPROVEMENTS} or {WORK}."),
    # Mixtures of three states, in the order of the sentences.
    ("yes reflected ip st ns", f"{FULLY} We found that you {REVIEWED}. Improvements to your IT systems' monitoring capability were included and these {AT_REVIEW} The plans include {WORK}, although at the time of our review this {YET}"),
    ("yes partly ns ip st", f"{PARTLY} We found that you {IMPROVED}. {WORK.capitalize()} was included and this {AT_REVIEW} The plans include {REVIEW}, although at the time of our review this {YET}"),
    ("yes not nf st ns", f"{NOT} Improvements to your IT systems' monitoring capability were included and these {AT_REVIEW} The plans include {WORK}, although at the time of our review this {YET} {COULD_NOT_HOWEVER} {REVIEW}."),
    ("no reflected np ns nf", f"{REFLECTED} {HOWEVER_NO} {REVIEWING}. The plans include {IMPROVEMENTS}, although at the time of our review these {YET} {COULD_NOT_HOWEVER} {WORK}."),
    ("no not ip np ns", f"{DID_NOT} {NO_INFORMATION} {DEVELOPING}. We found that you {REVIEWED}. The plans include {WORK}, although at the time of our review this {YET}"),
    ("no partly nf st np", f"{NOT_FULLY} {NO_INFORMATION} {ANY_WORK}. Improvements to your IT systems' monitoring capability were included and these {AT_REVIEW} {COULD_NOT_HOWEVER} {REVIEW}."),
    ("no reflected ip nf st", f"{REFLECTED} We found that you {REVIEWED}. {WORK.capitalize()} was included and this {AT_REVIEW} {COULD_NOT_HOWEVER} {IMPROVEMENTS}."),
]  # fmt: skip

SHORT = {
    "np": "not_provided",
    "nf": "not_found",
    "ns": "not_started",
    "st": "started",
    "ip": "in_place",
    "partly": "partly_reflected",
    "not": "not_reflected",
}


def answers(short: str) -> dict[str, str]:
    return dict(zip(FIELDS, (SHORT.get(word, word) for word in short.split()), strict=True))


@pytest.mark.parametrize(("short", "sentences"), EXAMPLES, ids=[short for short, _ in EXAMPLES])
def test_verdict_reads(short: str, sentences: str) -> None:
    assert verdict(answers(short)) == sentences


def test_every_outcome_composes_and_reads_differently() -> None:
    outcomes = list(every_outcome())
    assert len(outcomes) == 567
    verdicts = []
    for outcome in outcomes:
        letter, problems = compose(outcome)
        assert letter is not None, (outcome, problems)
        assert problems == []
        verdicts.append("\n".join(words(letter)))
    assert len(set(verdicts)) == 567


def test_every_verdict_is_whole_sentences() -> None:
    for outcome in every_outcome():
        said = verdict(outcome)
        assert re.fullmatch(r"([A-Z][^.]+\.)( [A-Z][^.]+\.)*", said), said
        assert not re.search(r"\b(\w+) \1\b|  | ,| \.|\b(and|or),|these has|this have|was included and these", said), (
            said
        )


def test_the_real_letters_are_four_of_the_outcomes() -> None:
    allowed = list(every_outcome())
    for slug in ("south-wales", "thames-valley", "warwickshire", "cumbria"):
        force, _ = read_force(slug)
        assert dict(force.letters[ABUSE].answers) in allowed


@pytest.mark.parametrize("slug", ["south-wales", "thames-valley", "warwickshire", "cumbria"])
def test_composed_words_are_those_of_the_real_letter(slug: str) -> None:
    _, types, composer = project()
    force, raw = read_force(slug)
    letter, problems = composer.compose(types[ABUSE], force, raw.place)
    assert problems == []
    assert letter is not None
    text = (ROOT / "tests" / "reference" / ABUSE / f"{slug}.txt").read_text("utf-8")
    assert list(words(letter)) == [normalise(block) for block in text.split("\n\n") if block.strip()]


def test_a_departure_brings_its_own_number() -> None:
    changed = {"intelligence_from_organisations.evidence": Departure("initiatives to seek intelligence", Number.PLURAL)}
    said = verdict(answers("yes reflected nf nf st"), changed_wording=changed)
    assert "Initiatives to seek intelligence were included and these had already started" in said


def test_a_departure_keeps_the_number_of_the_phrase_if_it_has_none() -> None:
    changed = {"it_monitoring.evidence": Departure("new IT monitoring tools")}
    said = verdict(answers("no not nf ns nf"), changed_wording=changed)
    assert (
        "The plans include new IT monitoring tools, although at the time of our review these had yet to start." in said
    )


def test_added_sentences_end_the_verdict_paragraph() -> None:
    said = verdict(answers("yes reflected st st st"), added_sentences=("We *noted* this.", "And {{ that }}."))
    assert said.endswith("at the time of our review. We *noted* this. And {{ that }}.")


def test_an_unused_departure_is_a_problem() -> None:
    changed = {"it_monitoring.progress": Departure("your progress")}
    letter, problems = compose(answers("yes reflected st st st"), changed_wording=changed)
    assert letter is None
    assert [problem.code for problem in problems] == ["E116"]
