"""What stands for words that are still to come is found wherever it would be printed; sound words are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Workspace
from letters.letter.leftovers import in_foreign_quotes, leftovers, unpaired_mark
from support.plain_letters import FORCE, LETTER, SETTINGS, TYPE, plain_workspace, with_field

pytestmark = pytest.mark.slow

CODES = ("requires_improvement",)
TO_COME = (
    "TODO", "tbc", "T.B.C.", "xxx", "???", "…", "[name]", "<insert date>", "«Force_Name»", "{name}",
    "Lorem ipsum dolor",
    "To be confirmed by the force", "insert name here", "dd/mm/yyyy", "We [insert date] visit.", "on ??? we", "*TBC*",
    "In [month] 2016 we met.", "dated DD MM 2017", "We met on xx May 2017.", "It cost £X million.", "It cost £x.xm.",
    "DD/MM/YYYY", "dd.mm.2017", "We found XX officers.", "From XX Police we heard it.", "within X months of it",
    "About X per cent did.", "It was X% of all.", "in [year]", "on ____ 2017", "[number of officers] came",
    "on [DD Month]", "May XX", "the date (?)", "[force] has replied",
    "0300 xxx xxxx", "XX March 2018", "see TODO here", "[Chief Constable name]", "(to follow)",
    "to [fire service] in", "[name of fire service]", "[name of force]", "To [service]", "the [fire authority] has",
    "[Council]", "your [local authority]", "<fire service> has", "[the name of the service]", "[lead inspector]",
)  # fmt: skip
NO_NAMES = (
    "n/a",
    "None",
    "-",
    "Name",
    "Full name",
    "Name of force",
    "(unknown)",
    "your name",
    "Kent Police (tbc)",
    "XX Police",
    "Kent XX Police",
    "TBA",
    "Kent Police - TBC",
    "Ann (name to follow)",
    "Kent Police ?",
    "[Name] Police",
)
SOUND = (
    "None", "-", "n/a", "What???", "[sic] and [the force] and [2016] EWHC 12", "see [words](https://example.org)",
    "[Cymraeg]{lang=cy}", "Schedule XXX applies", "A report is to follow.", "to be honest", "Barbara Foo", "a <b> c",
    "todo list", "https://example.org/requires_improvement.pdf", "https://example.org/2018-03-12/a", "2018-13-45",
    "at \\[address\\] we", "x", "Mr X", "_so_ and __so__", "Chief Constable", "name@example.org", "it's 10-12-14",
    "Article XX of the Treaty, Part XXX", "Articles XIX, XX and XXI", "Mr X and Operation X", "pp. xv–xx and page xx",
    "Paragraph (xx)", "Louis XX was there", "the XX Olympiad", "Xx Smith", "'the [force] has [month] of it'",
    "> the [force] has it", "We spoke to Officer X.", "Within X Division", "Section 20(1)(xx)", "In May X replied.",
    "a figure of [15]", "X-rays", "Unit XX", "[sic], [a], [1] and [emphasis added]",
    "In 2016 [the Chief Constable] did",
    "In [the fire service] it", "'the [service] has it'", "[its authority]", "[it was] so", "[he added]", "[sic].",
    "[…] has [emphasis original] and [redacted]", "He said “the [council] has [it]”", "[2018] EWHC 12",
    "ref. 2018-03-12/4", "<https://example.org>", "20 XX", "We ask you to insert the date.", "Home Secretary", "(none)",
)  # fmt: skip


@pytest.mark.parametrize("text", TO_COME)
def test_what_stands_for_words_to_come(text: str) -> None:
    assert {found.code for found in leftovers(text, CODES)} == {"E123"}


@pytest.mark.parametrize("text", SOUND)
def test_sound_words(text: str) -> None:
    assert list(leftovers(text, CODES)) == []


NAMES = (
    "Malcolm X",
    "Mr X",
    "Xx Li",
    "Kent Police (Professional Standards)",
    "Anne-Marie O'Neil (Acting)",
    "Pope John XX",
    "Ms Y",
)


@pytest.mark.parametrize("text", NAMES)
def test_sound_names(text: str) -> None:
    assert list(leftovers(text, is_name=True)) == []


@pytest.mark.parametrize("text", ["“Kent", "Kent “Police", "Kent Police”", "“a” “b", "“a ”b” c”", "One.\n\n“Two."])
def test_a_mark_without_its_partner(text: str) -> None:
    assert unpaired_mark(text)


@pytest.mark.parametrize(
    "text",
    [
        "“Kent”",
        "a “b” c “d”",
        "“One.\n\n“Two.”",
        "> “One.\n>\n> “Two.”",
        "“We:\n\n- a\n- b”",
        "6' 2” high",
        "'a'",
        "O’Neil",
    ],
)
def test_marks_that_have_their_partners(text: str) -> None:
    assert not unpaired_mark(text)


@pytest.mark.parametrize("text", NO_NAMES)
def test_what_is_no_name(text: str) -> None:
    assert [found.code for found in leftovers(text, is_name=True)] == ["E123"]


def test_any_noun_in_brackets_is_asked_about_and_the_word_for_who_gets_letters_is_none() -> None:
    for said in ("The [theme] is", "at [house]", "on [day of the visit]"):
        assert [(found.code, found.stops) for found in leftovers(said)] == [("W123", False)], said
    assert [found.code for found in leftovers("at [house]", nouns=("house", "houses"))] == ["E123"]


def test_tbc_in_a_sentence_is_asked_about() -> None:
    assert [(found.code, found.stops) for found in leftovers("The visit is TBC.")] == [("W123", False)]


@pytest.mark.parametrize("text", ["requires_improvement", "It is requires_improvement.", "some_code_2"])
def test_a_code_is_no_word(text: str) -> None:
    assert [found.code for found in leftovers(text, CODES)] == ["E122"]


def test_a_date_of_a_computer() -> None:
    (found,) = leftovers("We visit on 2018-03-12.")
    assert (found.code, found.written, found.stops) == ("W122", "2018-03-12", False)


@pytest.mark.parametrize(
    ("text", "is_foreign"),
    [
        ("“Kent Police”", True), ("‘Kent Police’", True), ("“Kent Police\"", True), ("Kent Police”", True),
        ("Robert “Bob” Smith", False), ("Robert Smith “Bob”", False), ("“Bob” Smith", False), ("’Tis", False),
        ("the forces’", False), ("“A” and “B”", False), ("„Kent”", True),
    ],
)  # fmt: skip
def test_marks_of_a_word_processor_around_a_value(text: str, is_foreign: bool) -> None:
    assert in_foreign_quotes(text) is is_foreign


# -- where they are found


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        (FORCE, "name: North Example Police", "name: “Kent Police”", "forces/x.yaml:1:7: '“Kent Police”' would be"),
        (FORCE, "name: North Example Police", "name: '“Kent Police'", "forces/x.yaml:1:8: the quotation mark “ has no"),
        (FORCE, "name: North Example Police", "name: Kent Police (tbc)", "forces/x.yaml:1:20: 'tbc' stands for words"),
        (FORCE, "name: North Example Police", "name: XX Police", "forces/x.yaml:1:7: 'XX' stands for words that"),
        (FORCE, "      Text.", "      We met on xx May 2017.", "forces/x.yaml:9:17: 'xx May' stands for words"),
        (SETTINGS, "title: Your next inspection", "title: Your visit (TBC)", f"{SETTINGS}:1:20: 'TBC' stands for"),
        (LETTER, "Yours sincerely", "Yours in [month] 2016", f"{LETTER}:19:10: '[month]' stands for words"),
        (FORCE, "name: North Example Police", "name: TODO", "forces/x.yaml:1:7: 'TODO' stands for words that are"),
        (FORCE, "rank: Chief Constable", "rank: Chief Constable, name: '???'", "forces/x.yaml:3:47: '???' stands"),
        (FORCE, "stage: ready", "stage: ready\n    salutation: '[name]'", "forces/x.yaml:8:18: '[name]' stands"),
        (
            FORCE,
            "      Text.",
            "      Text.\n\n      Lorem ipsum dolor.",
            "forces/x.yaml:11:7: 'Lorem ipsum dolor.' st",
        ),
        (
            FORCE,
            "      Text.",
            "      We come on 2018-03-12.",
            "forces/x.yaml:9:18: warning: '2018-03-12' is a date as",
        ),
        (SETTINGS, "  telephone: 020 3513 0500", "  telephone: TBC", f"{SETTINGS}:9:14: 'TBC' stands for words"),
        (SETTINGS, "title: Your next inspection", "title: “Your visit”", f"{SETTINGS}:1:8: '“Your visit”' would be"),
        (LETTER, "Yours sincerely", "Yours sincerely, [name]", f"{LETTER}:19:18: '[name]' stands for words"),
        (LETTER, "Yours sincerely", "TBC", f"{LETTER}:19:1: 'TBC' stands for words"),
    ],
)
def test_leftovers_are_found_at_their_place(tmp_path: Path, path: str, old: str, new: str, said: str) -> None:
    there = plain_workspace(tmp_path / "workspace")
    there.replace(path, old, new)
    ran = there.letters("check")
    assert said in ran.err
    assert ran.err.count("[E12") + ran.err.count("[W12") == 1
    assert ran.status == (0 if "warning" in said else 1)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (FORCE, "name: North Example Police", "name: '“North” Police'"),
        (FORCE, "name: North Example Police", "name: North “Example” Police"),
        (FORCE, "stage: ready", "stage: ready\n    notes: TODO, ask again on 2018-03-12 [name]"),
        (FORCE, "stage: ready", "stage: awaited\n    salutation: TBC"),
        (SETTINGS, "title: Your next inspection", "title: '“Your visit”'"),
        (LETTER, "Yours sincerely", "{# TODO: ask [name] on 2018-03-12 #}Yours sincerely"),
        (LETTER, "Yours sincerely", "Yours sincerely\nto follow"),
    ],
)
def test_what_is_meant_so_or_not_printed_is_left_alone(tmp_path: Path, path: str, old: str, new: str) -> None:
    there = plain_workspace(tmp_path / "workspace")
    there.replace(path, old, new)
    ran = there.letters("check")
    assert (ran.status, ran.err) == (0, "")


def test_answers_and_dates_of_the_outcome_are_no_leftovers(tmp_path: Path) -> None:
    there = plain_workspace(tmp_path / "workspace")
    closed = "{oneOf: [{const: in_place, title: in place}, {const: to_come, title: to come}]}"
    with_field(there, "x", closed, "It is {{ outcome.x.title }}.", "in_place")
    with_field(there, "day", "{type: string, format: date}", "On {{ outcome.day | long_date }}.", "2018-03-12")
    ran = there.letters("check")
    assert (ran.status, ran.err) == (0, "")
    there.replace(FORCE, "      Text.", "      It is in_place now.")
    assert "'in_place' is a code, and no words [E122]" in there.letters("check").err


def test_a_phrase_is_read_and_its_use_is_not(small: Workspace) -> None:
    wording = "templates/abuse-of-position-2017/wording.yaml"
    small.replace(wording, "  use: in the first", "  use: TODO, in the first")
    assert small.letters("check").err == ""
    small.replace(wording, "  text: work to seek", "  text: work [insert] to seek")
    assert f"{wording}:19:14: '[insert]' stands for words" in small.letters("check").err
    assert TYPE not in small.letters("check").err


@pytest.mark.parametrize(
    ("lines", "is_told"),
    [
        ("Ann Smith-|Jones", True),
        ("the counter-|corruption unit", True),
        ("pre-|and post-war", False),
        ("16-|to 18", False),
    ],
)
@pytest.mark.parametrize("sign", ["", ">-\n      "])
def test_a_hyphen_at_the_end_of_a_line_of_a_value(tmp_path: Path, sign: str, lines: str, is_told: bool) -> None:
    there = plain_workspace(tmp_path / "workspace")
    value = sign + lines.replace("|", "\n      ")
    there.replace(FORCE, "stage: ready", f"stage: ready\n    salutation: {value}")
    assert ("[W223]" in there.letters("check").err) is is_told
