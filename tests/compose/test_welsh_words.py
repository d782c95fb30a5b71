"""Welsh beside its English: what is English, what prints other things, what alone says no, and which parts lack."""

from __future__ import annotations

import pytest

from letters.compose.english_left import english_left
from letters.compose.lockstep import Lockstep
from letters.compose.negation import only_one_says_no
from letters.problems import Code, Place
from letters.workspace.accepted import Accepted, Line
from letters.workspace.copies import repeated_types
from letters.workspace.letter_types import load_letter_types
from letters.workspace.source import Folder
from support.welsh import CUSTODY, SAMPLE, TYPE

NOTHING = Accepted()


@pytest.mark.parametrize(
    ("welsh", "english"),
    [
        ("Please write to us within 28 days.", "Please write to us within 28 days."),
        ("Dyfed-Powys Police", "Dyfed-Powys Police"),
        ("cells", "cells"),
        ("Please let us know.", "Please write to us."),
        ("Diolch am eich cymorth. We will write to you again.", ""),
        ("training for your staff", "training for your staff"),
        ("Roedd {% if outcome.a %}these records were complete{% else %}yn gyflawn{% endif %}.", "They were."),
    ],
)
def test_english_that_was_left_is_told(welsh: str, english: str) -> None:
    assert english_left(welsh, english, NOTHING)


@pytest.mark.parametrize(
    ("welsh", "english"),
    [
        ("Heddlu Gwent", "Gwent Police"),
        ("HMICFRS", "HMICFRS"),
        ("www.psw.example.org", "www.psw.example.org"),
        ("029 2018 0999, non@psw.example.org", "029 2018 0999, non@psw.example.org"),
        ("[Policing Standards Wales]{lang=en}", "Policing Standards Wales"),
        ("{{ force.name_cy }}", "{{ force.name }}"),
        ("Gwnaethom ymweld â {{ force.name_cy }} ar {{ outcome.visit | long_date }}.", "We visited {{ force.name }}."),
        ("Ni fu'r te a'r can punt yno.", "The tea and the hundred pounds were not there."),
    ],
)
def test_welsh_and_what_is_the_same_in_both_is_not(welsh: str, english: str) -> None:
    assert english_left(welsh, english, NOTHING) == ""


def test_a_name_in_both_is_put_into_the_list_of_words() -> None:
    accepted = Accepted((Line("Dyfed-Powys Police", Place("templates/words.txt")),))
    assert english_left("Dyfed-Powys Police", "Dyfed-Powys Police", accepted) == ""
    assert list(accepted.unneeded(spelling=True)) == []
    lines = "Dyfed-Powys Police\nCardiff, psw.example.org"
    assert english_left(lines, lines, accepted)


@pytest.mark.parametrize(
    ("english", "welsh"),
    [
        ("Your records were complete.", "Nid oedd eich cofnodion yn gyflawn."),
        ("Your records were not complete.", "Roedd eich cofnodion yn gyflawn."),
        ("Please do not write.", "Ysgrifennwch atom o fewn 28 diwrnod."),
        ("You mustn’t write.", "Rhaid i chi ysgrifennu."),
        ("Your records are good.", "Nid yw eich cofnodion yn dda."),
    ],
)
def test_of_two_that_stand_for_each_other_one_says_no(english: str, welsh: str) -> None:
    assert only_one_says_no(english, welsh)


@pytest.mark.parametrize(
    ("english", "welsh"),
    [
        ("Your records were incomplete.", "Nid oedd eich cofnodion yn gyflawn."),
        ("We found non-compliance.", "Nid oedd y staff yn cydymffurfio."),
        ("You did not succeed.", "Roeddech wedi methu."),
        ("Only two were found.", "Nid oedd ond dau."),
        ("Not only that.", "Hynny hefyd."),
        ("We were there.", "Ni oedd yno."),
        ("It was good.", "Dim ond da oedd."),
        ("The staff failed to record this.", "Ni wnaeth y staff gofnodi hyn."),
    ],
)
def test_sound_pairs_are_not_told(english: str, welsh: str) -> None:
    assert only_one_says_no(english, welsh) == ""


LETTER, VERDICT = f"{TYPE}/letter.cy.md", f"{TYPE}/verdict.cy.md"
RIGHT = "{# Right: it is so. #}\n"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (LETTER, "", "", []),
        (VERDICT, "Roedd {{ phrase('training') }}", "Roedd {{ phrase('records') }}", [("W618", 20)]),
        (VERDICT, "Roedd {{ phrase('training') }}", RIGHT + "Roedd {{ phrase('records') }}", []),
        (LETTER, "ar {{ outcome.visit", "ar {{ letter.date", [("W618", 31), ("W604", 26)]),
        (LETTER, "_cy }}, {{ letter.date", "_cy }}, {{ outcome.visit", [("W618", 61)]),
        (LETTER, "::: {.date}\n{{ letter.date | long_date }}\n:::\n", "", [("W601", 16)]),
        (LETTER, "::: {.signature}\n:::\n", "", [("W601", 42)]),
        (LETTER, "# {{ letter.title }}\n", "", [("W601", 24)]),
        (LETTER, "# {{ letter.title }}", "{{ letter.title }}", [("W618", 28)]),
        (LETTER, "{{ verdict(outcome) }}\n", "", [("W601", 28)]),
        (LETTER, "Gwnstabl\n{{ force.name_cy }}", "Gwnstabl", [("W601", 3)]),
        (VERDICT, "Nid oedd {{ phrase('records') }}", "Roedd {{ phrase('records') }}", [("W619", 11)]),
        (
            LETTER,
            "{{ verdict(outcome) }}\n\n{# English: We looked at these areas: #}\nGwnaethom edrych ar y meysydd hyn:\n",
            "{# English: We looked at these areas: #}\nGwnaethom edrych ar y meysydd hyn:\n\n{{ verdict(outcome) }}\n",
            [("W603", 36)],
        ),
        (LETTER, "Ysgrifennwch atom o fewn 28 diwrnod.", "Please write to us within 28 days.", [("W613", 43)]),
    ],
)
def test_what_the_welsh_of_the_sample_does_not_have_of_its_english(
    file: str, old: str, new: str, expected: list[tuple[str, int]]
) -> None:
    folder = Folder(SAMPLE)
    source = {path: folder[path] for path in folder}
    text = source[file].decode()
    assert old in text
    source[file] = text.replace(old, new, 1).encode()
    found = Lockstep(load_letter_types(source)[0][CUSTODY], source).found()
    assert [(one.problem.code.value, one.problem.place.line) for one in found] == expected
    assert all(one.lines for one in found if one.problem.code is not Code.OTHER_FACTS)


def test_lists_of_another_length_are_told_and_hold_nothing() -> None:
    folder = Folder(SAMPLE)
    source = {path: folder[path] for path in folder}
    settings = f"{TYPE}/letter.yaml"
    source[settings] = source[settings].replace(b"[Prif Adolygydd]", b"[Prif Adolygydd, Arolygydd]")
    (told,) = Lockstep(load_letter_types(source)[0][CUSTODY], source).found()
    assert (told.problem.code, told.problem.place.line) == (Code.OTHER_VALUES, 12)
    assert not told.concerns({"records"}, {(LETTER, 30)})


def test_a_title_in_english_holds_every_letter() -> None:
    folder = Folder(SAMPLE)
    source = {path: folder[path] for path in folder}
    settings = f"{TYPE}/letter.yaml"
    source[settings] = source[settings].replace(b"Cofnodion dalfa: yr hyn a welsom", b"Custody records: what we found")
    (told,) = Lockstep(load_letter_types(source)[0][CUSTODY], source).found()
    assert (told.problem.code, told.problem.place.line) == (Code.NOT_WELSH, 3)
    assert told.concerns(set(), set())


def test_the_same_letters_in_one_language_more_are_no_copy() -> None:
    folder = Folder(SAMPLE)
    source = {path: folder[path] for path in folder}
    copied = {
        path.replace(CUSTODY, "custody-again"): content for path, content in source.items() if path.startswith(TYPE)
    }
    (told,) = repeated_types({**source, **copied}, load_letter_types({**source, **copied})[0])
    assert told.code is Code.REPEATED_LETTER_TYPE
    settings = "templates/custody-again/letter.yaml"
    copied[settings] = copied[settings].replace(b"[en, cy]", b"[en]")
    assert not list(repeated_types({**source, **copied}, load_letter_types({**source, **copied})[0]))
