"""English and Welsh in step: exactly the Welsh of what changed is stale, whatever changed and wherever it stands."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.compose.lockstep import Lockstep
from letters.compose.out_of_step import OutOfStep
from letters.compose.stretches import folded, mentions, units_of
from letters.problems import Code
from letters.workspace.letter_types import load_letter_types
from letters.workspace.model import LetterType
from support.bad_input_cases import NOTE_FILES
from support.counts import examples

NOTE = "templates/note"
HOUSE = {"templates/letterheads/hmicfrs/letterhead.md": b"::: {.masthead}\nUs\n:::\n"}

#: A stretch of English: one or two lines, plain, of a list, with a value, with a condition inside.
WORDS = st.lists(
    st.sampled_from("We found that plans were sound after all of it today".split()), min_size=2, max_size=7
)
STRETCH = st.builds(
    lambda words, sign, value: f"{sign}{' '.join(words)}{value}.",
    WORDS,
    st.sampled_from(["", "", "> ", "- ", "# "]),
    st.sampled_from(["", " {{ force.name }}", " {% if outcome.report == 'yes' %}now{% else %}later{% endif %}"]),
)
STRETCHES = st.lists(STRETCH, min_size=1, max_size=7)


def letter_type(files: dict[str, str]) -> tuple[LetterType, dict[str, bytes]]:
    source = {**HOUSE, **{f"{NOTE}/{name}": text.encode() for name, text in {**NOTE_FILES, **files}.items()}}
    types, problems = load_letter_types(source)
    assert not [problem for problem in problems if problem.stops], problems
    return types["note"], source


def out_of_step(files: dict[str, str]) -> list[OutOfStep]:
    return Lockstep(*letter_type(files)).found()


def english(stretches: Sequence[str]) -> str:
    return "\n\n".join(stretches) + "\n"


def welsh(stretches: Sequence[str]) -> str:
    """A Welsh template made of these, each with other words."""
    return "\n\n".join(f"{{# English: {one} #}}\n{words(number)}" for number, one in enumerate(stretches)) + "\n"


def words(number: int) -> str:
    """Welsh words of their own, without a figure."""
    return f"Geiriau {'abcdefghij'[number]}."


def found(before: Sequence[str], now: Sequence[str]) -> list[tuple[str, str]]:
    """What is told, as code and words, where the Welsh was made of `before` and the English is `now`."""
    files = {"letter.md": english(now), "letter.cy.md": welsh(before), "wording.yaml": "", "wording.cy.yaml": ""}
    del files["wording.yaml"], files["wording.cy.yaml"]
    of_tests = (
        Code.OTHER_FACTS,
        Code.SAID_OF_ANOTHER_OUTCOME,
        Code.OTHER_VALUES,
        Code.ONE_SAYS_NO,
    )  # which the Welsh words here have not
    told = (one for one in out_of_step(files) if one.problem.code not in of_tests)
    return [(one.problem.code.value, one.problem.place.text) for one in told]


@given(STRETCHES)
def test_what_was_made_of_the_english_of_today_is_in_step(stretches: list[str]) -> None:
    assert found(stretches, stretches) == []


@settings(max_examples=examples(60))
@given(STRETCHES, st.data())
def test_exactly_the_welsh_of_what_changed_is_stale(stretches: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(stretches) - 1))
    now = [*stretches[:at], "Something else is said.", *stretches[at + 1 :]]
    assert found(stretches, now) == [("W600", words(at))]


@settings(max_examples=examples(60))
@given(st.lists(STRETCH, min_size=1, max_size=7, unique_by=folded), st.data())
def test_english_that_is_new_or_gone_is_told_and_nothing_else(stretches: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(stretches)))
    more = [*stretches[:at], "Something else is said.", *stretches[at:]]
    assert found(stretches, more) == [("W601", "Something else is said.")]
    assert found(more, stretches) == [("W602", words(at))]


@given(st.lists(STRETCH, min_size=2, max_size=6, unique_by=folded), st.data())
def test_two_that_changed_places_are_told_as_that(stretches: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(stretches) - 2))
    swapped = [*stretches[:at], stretches[at + 1], stretches[at], *stretches[at + 2 :]]
    assert [code for code, _ in found(stretches, swapped)] == ["W603"]


def test_line_ends_and_the_signs_that_begin_lines_do_not_count() -> None:
    one = "> We found that {{ force.name }}\n> had plans."
    assert found([one], ["> We found that {{force.name}} had\n> plans."]) == []
    assert found([one], ["> We found that {{ force.name }} had no plans."]) == [("W600", words(0))]


def test_the_phrases_of_both_are_held_against_each_other() -> None:
    assert out_of_step({}) == []
    changed = {"wording.yaml": NOTE_FILES["wording.yaml"].replace("your report", "your full report")}
    (stale,) = out_of_step(changed)
    assert (stale.problem.code, stale.phrase, stale.problem.place.line) == ("W600", "report", 4)
    assert "'your report'" in stale.problem.message
    assert "'your full report'" in stale.problem.message
    folded_text = {"wording.yaml": NOTE_FILES["wording.yaml"].replace("your report", ">\n    your\n    report")}
    assert out_of_step(folded_text) == []
    unsaid = {"wording.cy.yaml": NOTE_FILES["wording.cy.yaml"].replace("  english: your report\n", "")}
    assert [one.problem.code for one in out_of_step(unsaid)] == ["W600"]


def test_only_letters_that_say_it_are_concerned() -> None:
    stale = OutOfStep(out_of_step({"letter.md": english(["Other words."])})[0].problem, "", frozenset({("a.md", 3)}))
    assert stale.concerns(set(), {("a.md", 3)})
    assert not stale.concerns({"report"}, {("a.md", 4), ("b.md", 3)})
    phrase = OutOfStep(stale.problem, "report")
    assert phrase.concerns({"report"}, set())
    assert not phrase.concerns({"other"}, {("a.md", 3)})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("::: {.date}\nToday\n:::\n\nHere\n", [(2, 2, "date", "Today"), (5, 5, "", "Here")]),
        ("One\ntwo\n{% if x %}\nthree\n{% endif %}\n", [(1, 2, "", "One two"), (4, 4, "", "three")]),
        ("{{ a }}\nwords {{ a }}\n{# a\nremark #}\nmore\n", [(2, 2, "", "words {{ a }}"), (5, 5, "", "more")]),
        ("| a | b |\n|---|---|\n", [(1, 1, "", "| a | b |")]),
    ],
)
def test_stretches_are_lines_with_words_of_their_own(text: str, expected: list[tuple[int, int, str, str]]) -> None:
    assert [(unit.first, unit.last, unit.part, unit.said) for unit in units_of(text)] == expected


def test_what_a_template_asks_for_is_found_with_its_line() -> None:
    text = (
        "{# outcome.no #}\n{% if outcome.team.title == 'yes' %}\n{{ phrase('a') }} {{ outcome.body_cy }}{% endif %}\n"
    )
    assert list(mentions(text, {"yes", "a"})) == [
        ("outcome.team", 2),
        ("'yes'", 2),
        ("'a'", 3),
        ("outcome.body", 3),
    ]


def test_a_letterhead_is_in_step_as_a_letter_is() -> None:
    letterhead = "templates/letterheads/hmicfrs/letterhead.cy.md"

    def told(text: str) -> list[tuple[str, int]]:
        made, source = letter_type({})
        own = {**source, letterhead: text.encode()}
        types, _ = load_letter_types(own)
        return [(one.problem.code.value, one.problem.place.line) for one in Lockstep(types[made.name], own).found()]

    assert told("::: {.masthead}\n{# English: Us #}\nNi\n:::\n") == []
    assert told("::: {.masthead}\n{# English: Them #}\nNhw\n:::\n") == [("W600", 3)]
    assert told("::: {.masthead}\nNi\n:::\n\n::: {.sender}\nFfon\n:::\n") == [("W602", 2)]


def test_figures_are_the_same_in_both_languages() -> None:
    def told(one: str, other: str) -> list[str]:
        files = {"letter.md": f"{one}\n", "letter.cy.md": f"{{# English: {one} #}}\n{other}\n"}
        return [each.problem.message for each in out_of_step(files) if each.problem.code == Code.OTHER_FIGURES]

    assert told("Write within 28 days.", "Ysgrifennwch o fewn 26 diwrnod.") == [
        "the Welsh has 26 where its English has 28"
    ]
    assert told("On 12 March 2018, 92.5% at 09:30.", "Ar 12 Mawrth 2018, 92.5% am 9.30.") == []
    assert told("£1,234 and more", "£1,234 a 5 mwy") == ["the English of this has no figure 5"]
    assert told("£1,234 and 5 more", "£1,234 a mwy") == ["the Welsh lacks the figure 5 of its English"]
    assert told("We read {{ force.name }} 2.", "Darllenasom {{ force.name_cy }} 2.") == []
    for one, other in (
        ("92% in May 2018, £1,200 of 1.5 million", "92 y cant ym mis Mai 2018, 1,200 o bunnoedd o 1.5 miliwn"),
        ("by the 1st of February, 5 pounds", "erbyn 1af o Chwefror, £5"),
        ("{{ outcome.rate }}% of {{ force.name }}", "{{ outcome.rate }} y cant o {{ force.name_cy }}"),
        ("We may visit 3 times.", "Efallai 3 gwaith."),
        ("Write within 2 weeks, or 28 days.", "Ysgrifennwch o fewn dwy wythnos, neu wyth ar hugain o ddyddiau."),
        ("Write within two weeks.", "Ysgrifennwch o fewn 2 wythnos."),
        ("£2m of it", "£2 filiwn ohono"),
    ):
        assert told(one, other) == []
    for one, other, said in (
        ("92% of it", "92 ohono", "the Welsh has 92 where its English has 92%"),
        ("£1,200 in all", "1,200 i gyd", "the Welsh has 1,200 where its English has £1,200"),
        ("{{ outcome.rate }}% of it", "{{ outcome.rate }} ohono", "the Welsh lacks the figure …% of its English"),
        ("On 12 March", "Ar 12 Mai", "the Welsh has 12 May where its English has 12 March"),
        ("2 weeks", "tair wythnos", "the Welsh lacks the figure 2 of its English"),
        ("In March 2018", "Ym Mai 2018", "the Welsh has May 2018 where its English has March 2018"),
    ):
        assert told(one, other) == [said]
    title = NOTE_FILES["letter.yaml"].replace("A note", "A note of 2018").replace("Nodyn", "Nodyn 2017")
    (found_there,) = out_of_step({"letter.yaml": title})
    assert (found_there.problem.code, found_there.problem.place.line) == ("W611", 2)
    phrases = {
        "wording.yaml": NOTE_FILES["wording.yaml"].replace("your report", "your 3 reports"),
        "wording.cy.yaml": NOTE_FILES["wording.cy.yaml"]
        .replace("english: your report", "english: your 3 reports")
        .replace("eich adroddiad", "eich 2 adroddiad"),
    }
    assert [(one.problem.code, one.phrase) for one in out_of_step(phrases)] == [("W611", "report")]


def test_welsh_words_may_stand_for_english_that_is_a_value_alone() -> None:
    def told(remark: str) -> list[str]:
        files = {
            "letter.md": "{{ force.chief_officer.rank }}\n\nThank you.\n",
            "letter.cy.md": f"{{# English: {remark} #}}\nY Prif Gwnstabl\n\n{{# English: Thank you. #}}\nDiolch.\n",
        }
        return [one.problem.code.value for one in out_of_step(files) if one.problem.code != Code.OTHER_FACTS]

    assert told("{{force.chief_officer.rank}}") == []
    assert told("{{ force.name }}") == ["W602", "W601"]


@pytest.mark.parametrize(
    ("english_says", "welsh_says", "expected"),
    [
        ("ac", "ac", []),
        ("ac", "bc", [("B cy", "is said of an outcome of which the English says 'A en' (letter.md:1)")]),
        ("ac", "c", [("A cy", "is not said of an outcome of which its English is")]),
        ("c", "ac", [("A cy", "is said of an outcome of which its English is not")]),
        ("ac", "ca", [("C cy", "stands in a letter where the English says 'A en' (letter.md:1)")]),
        ("aac", "ac", []),  # as often as a loop has it
    ],
)
def test_letters_of_one_outcome_say_the_same_stretches(
    english_says: str, welsh_says: str, expected: list[tuple[str, str]]
) -> None:
    names = "abc"
    files = {
        "letter.md": "".join(f"{one.upper()} en\n\n" for one in names),
        "letter.cy.md": "".join(f"{{# English: {one.upper()} en #}}\n{one.upper()} cy\n\n" for one in names),
    }
    here = [(f"{NOTE}/letter.md", 1 + 2 * names.index(one)) for one in english_says]
    made = [(f"{NOTE}/letter.cy.md", 2 + 3 * names.index(one)) for one in welsh_says]
    found = Lockstep(*letter_type(files)).astray(here, made)
    assert [(one.problem.place.text, one.problem.message.removeprefix("this Welsh ")) for one in found] == expected


YES, NO, ELSE, END = "{% if outcome.report == 'yes' %}", "{% if outcome.report == 'no' %}", "{% else %}", "{% endif %}"
#: English that is one thing or another, in the middle of a sentence.
SAYS = f"It is {YES}good{ELSE}not good{END}."
NAMED = f"Dear {{% if letter.salutation %}}{{{{ letter.salutation }}}}{ELSE}all{END}"


@pytest.mark.parametrize(
    ("said", "made", "expected"),
    [
        (SAYS, f"Mae’n {YES}dda{ELSE}ddim yn dda{END}.", []),
        (SAYS, f"{YES}Mae’n dda{ELSE}Nid yw’n dda{END}.", []),
        (SAYS, f"Mae’n {{% if outcome.report != 'no' %}}dda{ELSE}ddim yn dda{END}.", []),  # the same of each answer
        (SAYS, f"Mae’n {NO}dda{ELSE}ddim yn dda{END}.", ["W610", "W610"]),
        (SAYS, f"Mae’n {YES}ddim yn dda{ELSE}dda{END}.", ["W610"]),  # by the words that say no
        (SAYS, "Mae’n dda.", ["W610"]),
        (SAYS, f"Mae {YES}e’n{ELSE}hi’n{END} {YES}dda{ELSE}ddim yn dda{END}.", []),
        # of which English each is, is said
        (SAYS, f"Mae {NO}{{# English: not good #}}yn ddrwg{ELSE}{{# English: good #}}yn dda{END}.", []),
        (SAYS, f"Mae {YES}{{# English: not good #}}yn ddrwg{ELSE}{{# English: good #}}yn dda{END}.", ["W610", "W610"]),
        (SAYS, f"Mae {YES}{{# English: bad #}}yn ddrwg{ELSE}{{# English: not good #}}yn wael{END}.", ["W600"]),
        # one language says a word more, the other two words by turns
        (f"It is {NO}not {END}good.", f"{YES}Mae{ELSE}Nid yw{END}’n dda.", []),
        (f"It is {NO}not {END}good.", f"Mae’n {YES}ddim yn {END}dda.", ["W610"]),
        # values stand for themselves, and tests of something else have two answers
        (NAMED, NAMED.replace("Dear", "Annwyl").replace("all", "bawb"), []),
        (NAMED, NAMED.replace("Dear", "Annwyl").replace("if", "if not"), ["W610", "W610"]),
        (
            f"See {YES}{{{{ phrase('a') }}}}{ELSE}{{{{ phrase('b') }}}}{END}.",
            f"Gweler {NO}{{{{ phrase('b') }}}}{ELSE}{{{{ phrase('a') }}}}{END}.",
            [],
        ),
        (
            f"See {YES}{{{{ phrase('a') }}}}{ELSE}{{{{ phrase('b') }}}}{END}.",
            f"Gweler {YES}{{{{ phrase('b') }}}}{ELSE}{{{{ phrase('a') }}}}{END}.",
            ["W610", "W610"],
        ),
        # what the Welsh alone asks is its own; what is not whole in a stretch is not judged
        ("It is good.", f"Mae’n {{% if force.name_cy == 'Gwent' %}}dda{ELSE}da{END}.", []),
        (f"It is\n{YES} good\n{END}", f"Mae’n\n{NO} dda\n{END}", []),
    ],
)
def test_what_is_said_by_turns_within_a_stretch_is_said_of_the_same_outcomes(
    said: str, made: str, expected: list[str]
) -> None:
    files = {"letter.md": f"{said}\n", "letter.cy.md": f"{{# English: {said} #}}\n{made}\n"}
    told = [one for one in out_of_step(files) if one.problem.code not in (Code.OTHER_FACTS, Code.MISSING_WELSH)]
    assert [one.problem.code.value for one in told] == expected
    assert all((f"{NOTE}/letter.cy.md", 2) in one.lines for one in told)


def test_a_phrase_that_stands_alone_is_a_stretch_too() -> None:
    files = {
        "letter.md": "{{ phrase('report') | capitalised }}\n\nOther\n",
        "letter.cy.md": "{{ phrase('report') }}\n\n{# English: Other #}\nArall\n",
    }
    step = Lockstep(*letter_type(files))
    english_path, welsh_path = f"{NOTE}/letter.md", f"{NOTE}/letter.cy.md"
    assert step.astray([(english_path, 1)], [(welsh_path, 1)]) == []
    (told,) = step.astray([(english_path, 3)], [(welsh_path, 1)])
    assert "says 'Other'" in told.problem.message
