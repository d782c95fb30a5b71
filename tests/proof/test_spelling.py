"""The wording is read with Hunspell's British dictionary on every machine, and it is said where it could not be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Workspace
from letters.machine.dictionary import british_dictionary

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("word", "is_right"), [("auditable", True), ("highlited", False), ("whilst", True)])
def test_words_are_judged_by_hunspell(word: str, is_right: bool) -> None:
    dictionary, why_not = british_dictionary()
    assert why_not == ""
    assert dictionary.check(word) is is_right


def test_a_users_own_words_and_ordering_do_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "enchant"
    own.mkdir()
    (own / "en_GB.dic").write_text("highlited\n")
    (own / "enchant.ordering").write_text("*:aspell\nen_GB:aspell,hunspell\n")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("ENCHANT_CONFIG_DIR", str(own))
    dictionary, _ = british_dictionary()
    assert dictionary.provider.name in ("hunspell", "nuspell")
    assert not dictionary.check("highlited")
    assert dictionary.check("auditable")


LETTER = "templates/abuse-of-position-2017/letter.md"
#: The environment of a machine that has no Enchant.
NO_ENCHANT = {"PYENCHANT_LIBRARY_PATH": "/nowhere/libenchant.so"}


def test_without_a_dictionary_it_is_said_that_spelling_was_not_checked(small: Workspace) -> None:
    small.replace(LETTER, "highlighted", "highlited")
    ran = small.letters("check", env=NO_ENCHANT)
    assert ran.status == 0
    assert "this machine: warning: spelling was not checked: Enchant is missing [W420]" in ran.err
    assert "Spelling: not checked: Enchant is missing\n" in ran.out
    assert "0 problems, 1 warning" in ran.out
    assert "spelling: not checked: Enchant is missing" in small.letters("wording", env=NO_ENCHANT).out
    doctor = small.letters("doctor", env=NO_ENCHANT)
    assert doctor.status == 3
    assert "MISSING  spelling: Enchant is missing\n         do this: " in doctor.out


def test_the_dictionary_that_was_used_is_named(small: Workspace) -> None:
    for command, said in (("check", "Spelling: "), ("wording", "spelling: "), ("doctor", "well     spelling: ")):
        assert f"{said}Hunspell's British dictionary (en_GB)\n" in small.letters(command).out


BRITISH = {
    "recognize": "recognise",
    "organizations": "organisations",
    "analyzed": "analysed",
    "prioritizing": "prioritising",
    "anonymized": "anonymised",
    "color": "colour",
    "fulfill": "fulfil",
}


def test_other_than_british_spelling_is_told_with_the_british(small: Workspace) -> None:
    said = " ".join(f"We {word} it." for word in BRITISH)
    small.replace(LETTER, "This letter will be published", f"{said} This letter will be published")
    problems = json.loads(small.letters("check", "--json").out)["problems"]
    told = zip(problems, BRITISH.items(), strict=True)
    assert [
        (one["code"], word in one["message"], right in one["hint"], one["line"]) for one, (word, right) in told
    ] == [("W416", True, True, 50)] * len(BRITISH)


def test_words_with_z_that_are_right_are_no_finding(small: Workspace) -> None:
    right = "The size of a prize to seize, its resizing, a capsized boat, citizens, maize and bronze."
    small.replace(LETTER, "This letter will be published", f"{right} This letter will be published")
    assert json.loads(small.letters("check", "--json").out)["problems"] == []


def test_what_is_no_word_is_not_read_as_one(small: Workspace) -> None:
    said = "It was 3×4 and 8÷2, in unitxq_share and xqunit2 of the café."
    small.replace(LETTER, "This letter will be published", f"{said} This letter will be published")
    assert json.loads(small.letters("check", "--json").out)["problems"] == []


def test_words_of_another_language_are_not_read_as_english(small: Workspace) -> None:
    said = "He said [yn dda]{lang=cy} and [und wieder]{lang=de-AT}; [xqword]{lang=en-GB}."
    small.replace(LETTER, "This letter will be published", f"{said} This letter will be published")
    problems = json.loads(small.letters("check", "--json").out)["problems"]
    assert [(problem["code"], "'xqword'" in problem["message"]) for problem in problems] == [("W416", True)]


@pytest.mark.parametrize("typed", ["xqw**bold**", "xqw*bold*", "_xqwbold_"])
def test_a_word_with_marks_in_it_is_told_where_it_was_typed(small: Workspace, typed: str) -> None:
    said = f"    body: |\n      We met.\n\n      It is {typed} here.\n"
    shown = "{% if outcome.body %}\n{{ outcome.body }}\n{% endif %}\n\n"
    outcome = "templates/abuse-of-position-2017/outcome.yaml"
    small.replace(outcome, "properties:", "properties:\n  body: {type: string, contentMediaType: text/markdown}")
    small.replace(LETTER, "This letter will be published", f"{shown}This letter will be published")
    small.replace("forces/kent.yaml", "    it_monitoring:", f"{said}    it_monitoring:")
    problems = json.loads(small.letters("check", "--json").out)["problems"]
    found = [(one["code"], one["path"], one["column"]) for one in problems if "bold" in one["message"]]
    assert found == [("W416", "forces/kent.yaml", 13 + typed.startswith("_"))]


def test_words_and_phrases_can_be_said_to_be_right(small: Workspace) -> None:
    said = "We met in in Llanelli for a cwtch with Kent Police."
    small.replace(LETTER, "This letter will be", f"{said} This letter will be")
    small.replace(LETTER, "any queries,", "any queries,so")
    words = "# agreed with the drafter\ncwtch  # Welsh\nmet in in Llanelli\n\nKent Police\n"
    small.write("templates/words.txt", words)
    problems = json.loads(small.letters("check", "--json").out)["problems"]
    assert [(problem["code"], problem["line"]) for problem in problems] == [("E419", 53)]
    ran = small.letters("wording")
    assert "said to be right: 'met in in Llanelli', by templates/words.txt:3, needed 1 time" in ran.out


def test_what_nothing_needs_to_be_said_to_be_right_is_told(small: Workspace) -> None:
    small.write("templates/words.txt", "whilst\nmet in in Llanelli\n")
    ran = small.letters("check")
    assert ran.status == 0
    assert ran.err.count("[W417]") == 2
    assert "templates/words.txt:2:1: warning: 'met in in Llanelli' is said to be right" in ran.err
    # Of one letter type alone it is not known what the other needs.
    assert "[W417]" not in small.letters("check", "--type", "pcc-response-2019").err


def test_a_list_of_words_that_cannot_be_read_is_a_problem(small: Workspace) -> None:
    small.path("templates/words.txt").write_bytes("caf\xe9\n".encode("latin-1"))
    ran = small.letters("check")
    assert ran.status == 1
    assert "templates/words.txt:1:4: is not UTF-8 text" in ran.err


SETTINGS = "templates/abuse-of-position-2017/letter.yaml"
HOUSE = "templates/letterheads/hmicfrs/letterhead.md"
FORCE = "forces/kent.yaml"


@pytest.mark.parametrize(
    ("path", "old", "new", "line", "word"),
    [
        (SETTINGS, "assessment: Abuse of position", "asessment: Abuse of position", 2, "asessment"),
        (SETTINGS, "Abuse of position", "Abuse of Postion", 2, "Postion"),
        (SETTINGS, "- Her Majesty's Inspector of C", "- Her Majesty's Inspecter of C", 10, "Inspecter"),
        (HOUSE, "Promoting improvements", "Promotting improvements", 3, "Promotting"),
        (HOUSE, "to make everyone", "to make evryone", 3, "evryone"),
        (HOUSE, "Fax:", "Telphone:", 9, "Telphone"),
        (LETTER, "Via email", "Via emial", 4, "emial"),
        (LETTER, "::: {.foot}\n", "::: {.foot}\nPublished by the inspectorte, ", 71, "inspectorte"),
        (FORCE, "rank: Chief Constable", "rank: Cheif Constable", 4, "Cheif"),
        (FORCE, "title: Police and Crime Commiss", "title: Police and Crime Comiss", 6, "Comissioner"),
        (FORCE, "    plans_comp", "    salutation: Cheif Constable\n    plans_comp", 12, "Cheif"),
        (FORCE, "    plans_comp", "    copied_to: [the Home Secratary]\n    plans_comp", 12, "Secratary"),
        (FORCE, "    plans_comp", "    chief_officer: {rank: Acting Chief Constabel}\n    plans_comp", 12, "Constabel"),
    ],
)  # fmt: skip
def test_words_outside_of_sentences_are_spelt_right(
    small: Workspace, path: str, old: str, new: str, line: int, word: str
) -> None:
    small.replace(path, old, new)
    problems = json.loads(small.letters("check", "--json").out)["problems"]
    found = [(one["code"], one["path"], one["line"]) for one in problems if f"'{word}'" in one["message"]]
    assert (found, len(problems)) == ([("W416", path, line)], 1)


def test_names_outside_of_sentences_are_no_words(small: Workspace) -> None:
    for path, old, new in (
        (SETTINGS, "Abuse of position for", "Ynysybwl, Operation Hydrant and Sarah's Lawe for"),
        (SETTINGS, "Michael Cunningham QPM", "Ffion ap Rhys-Przybylski ffrench KPM"),
        (SETTINGS, "89 Eccleston Square", "89 Pwllheli Crescent, Ystradgynlais"),
        (SETTINGS, "  name: John Young", "  name: Jonh Yuong-Wojciechowski"),
        (HOUSE, "Direct Line:", "Tŷ Afon, Bedwas, Wentwoth House\nDirect Line:"),
        (FORCE, "rank: Chief Constable", "rank: Chief Constable, name: Cheif van Oficcer"),
        (FORCE, "name: Kent Police", "name: Polise of Ynys Môn and zxqland"),
        (FORCE, "Commissioner for Kent", "Commissioner for Dyfed-Powys and Ystrad"),
        (
            FORCE,
            "    plans_comp",
            "    salutation: Ms Kowalczyk-Mayer\n    copied_to: [Zsófia Nagy ap Ellis]\n    plans_comp",
        ),
    ):
        small.replace(path, old, new)
    small.replace(LETTER, "![Signature of Michael Cunningham](signature.png)", "")
    problems = json.loads(small.letters("check", "--json").out)["problems"]
    assert [one["message"] for one in problems if one["code"] == "W416"] == []
