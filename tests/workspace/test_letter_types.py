"""A folder of `templates/` to a letter type, or to what is wrong with it and where: a table of what YAML may say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import pytest

from letters.workspace.letter_types import letterheads, load_letter_types, pictures
from letters.workspace.model import Expected, Group, LetterType, Number, Phrase

SETTINGS = """\
title: An answer
letterhead: house
expected: all
"""
OUTCOME = """\
type: object
properties:
  plan:
    oneOf:
      - {const: kept, title: kept}
      - {const: lost, title: lost}
"""
WORDING = """\
plan:
  text: the plan
  number: singular
  use: in each verdict
"""
#: Settings with a group, and an outcome with a field, that are still to be said.
GROUP = f"{SETTINGS}overview:\n- {{{{group: a, title: A, when: {{}}}}}}\n"
FIELD = "type: object\nproperties:\n  plan: {}\n"
LETTER = "letter.yaml"
SOUND: Mapping[str, str] = MappingProxyType(
    {
        "templates/answer/letter.yaml": SETTINGS,
        "templates/answer/outcome.yaml": OUTCOME,
        "templates/answer/letter.md": "Dear all\n",
        "templates/letterheads/house/letterhead.md": "House\n",
        "templates/letterheads/other/letterhead.md": "Other\n",
    }
)


def source(**files: str | None) -> dict[str, bytes]:
    """A workspace with one letter type, `answer`, and some of its files otherwise, or not there."""
    texts: dict[str, str | None] = {**SOUND, **{f"templates/answer/{name}": text for name, text in files.items()}}
    return {path: text.encode() for path, text in texts.items() if text is not None}


def loaded(**files: str | None) -> LetterType:
    """The letter type that they make, without any problem."""
    types, problems = load_letter_types(source(**files))
    assert problems == []
    return types["answer"]


# -- what is read


def test_what_is_not_said_is_empty() -> None:
    found = loaded()
    assert (found.name, found.title, found.letterhead, found.expected) == (
        "answer",
        "An answer",
        "house",
        Expected.ALL,
    )
    assert (found.date, found.salutation, found.signatory, found.contact) == (None, None, {}, {})
    assert (found.keep_together, found.groups, found.phrases) == ((), (), {})
    assert found.fields == ("plan",)
    assert (found.folder, found.letterhead_folder) == ("templates/answer", "templates/letterheads/house")


#: What stands below the settings, and what the letter type has then.
SAID: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "a date": ("date: 2026-03-31", {"date": date(2026, 3, 31)}),
    "a date in quotes": ('date: "2026-03-31"', {"date": date(2026, 3, 31)}),
    "a salutation": ("salutation: Madam", {"salutation": "Madam"}),
    "who signs": (
        "signatory: {name: Ann Lee, offices: [Head, Chair]}",
        {"signatory": {"name": "Ann Lee", "offices": ["Head", "Chair"]}},
    ),
    "whom to ask": ("contact: {name: Ann Lee}", {"contact": {"name": "Ann Lee"}}),
    "words that no line end parts": (
        "keep_together: [24 hours, PEEL report]",
        {"keep_together": ("24 hours", "PEEL report")},
    ),
    "no groups": ("overview: []", {"groups": ()}),
    "groups in order": (
        "overview:\n"
        "- {group: b, title: B, when: {properties: {plan: {const: kept}}}}\n"
        "- {group: a, title: A, when: true}",
        {"groups": (Group("b", "B", {"properties": {"plan": {"const": "kept"}}}), Group("a", "A", {}))},
    ),
    "a group of none": ("overview: [{group: a, title: A, when: false}]", {"groups": (Group("a", "A", {"not": {}}),)}),
    "a comment": ("# salutation: Madam", {"salutation": None}),
}


@pytest.mark.parametrize("name", SAID)
def test_settings_are_read(name: str) -> None:
    text, wanted = SAID[name]
    found = loaded(**{LETTER: f"{SETTINGS}{text}\n"})
    assert {key: getattr(found, key) for key in wanted} == wanted


def test_letters_that_only_some_forces_get() -> None:
    assert loaded(**{LETTER: SETTINGS.replace("all", "some")}).expected is Expected.SOME


def test_phrases_are_read() -> None:
    more = "plan.later:\n  text: |\n    the plans of this year\n  number: plural\n  use: later\n  true_in: 2026\n"
    assert loaded(**{"wording.yaml": WORDING + more}).phrases == {
        "plan": Phrase("plan", "the plan", Number.SINGULAR, "in each verdict"),
        "plan.later": Phrase("plan.later", "the plans of this year", Number.PLURAL, "later", 2026),
    }


def test_several_types_are_read_each_by_its_folder() -> None:
    files = source()
    other = {path.replace("answer", "reply"): text.replace(b"An answer", b"A reply") for path, text in files.items()}
    types, problems = load_letter_types({**files, **other})
    assert problems == []
    assert {name: kind.title for name, kind in types.items()} == {"answer": "An answer", "reply": "A reply"}


def test_pictures_are_those_of_the_type_and_of_its_letterhead() -> None:
    names = ("answer/a.png", "answer/b.JPG", "answer/c.gif", "answer/in/d.png", "letterheads/house/e.svg", "f.png")
    others = ("letterheads/other/g.png", "reply/h.png")
    files = source() | {f"templates/{name}": b"" for name in (*names, *others)}
    kind = load_letter_types(source())[0]["answer"]
    assert pictures(files, kind) == [f"templates/{names[n]}" for n in (0, 1, 4)]
    assert letterheads(files) == ["house", "other"]


# -- what is wrong

#: A file otherwise, or not there; the code of its one problem, and the line that this names (0: none).
WRONG: Mapping[str, tuple[str, str | None, str, int]] = {
    "no settings": (LETTER, None, "E201", 0),
    "settings that say nothing": (LETTER, "", "E102", 0),
    "settings that are a list": (LETTER, "- title: An answer\n", "E107", 1),
    "no YAML": (LETTER, "title: [\n", "E102", 2),
    "a key twice": (LETTER, f"{SETTINGS}title: Another\n", "E103", 4),
    "a key that is none": (LETTER, f"{SETTINGS}salutaton: Madam\n", "E105", 4),
    "no title": (LETTER, "letterhead: house\nexpected: all\n", "E106", 1),
    "an empty title": (LETTER, SETTINGS.replace("An answer", '""'), "E109", 1),
    "a title of blanks": (LETTER, SETTINGS.replace("An answer", '" "'), "E109", 1),
    "a number for a title": (LETTER, SETTINGS.replace("An answer", "5"), "E107", 1),
    "code in a title": (LETTER, SETTINGS.replace("An answer", '"{{ force.name }}"'), "E112", 1),
    "a character that no font has": (LETTER, SETTINGS.replace("An answer", "An answer 😀"), "E110", 1),
    "a letterhead that is not there": (LETTER, SETTINGS.replace("house", "hous"), "E217", 2),
    "a list for a letterhead": (LETTER, SETTINGS.replace("house", "[house]"), "E107", 2),
    "another word for who gets it": (LETTER, SETTINGS.replace("all", "most"), "E104", 3),
    "true for who gets it": (LETTER, SETTINGS.replace("all", "true"), "E104", 3),
    "a date that is none": (LETTER, f"{SETTINGS}date: 2026-02-30\n", "E108", 4),
    "a date in words": (LETTER, f"{SETTINGS}date: 31 March 2026\n", "E108", 4),
    "a signatory without a file": (LETTER, f"{SETTINGS}signatory: Ann Lee\n", "E233", 4),
    "an empty name of who signs": (LETTER, f"{SETTINGS}signatory: {{name: }}\n", "E107", 4),
    "no office of who signs": (LETTER, f"{SETTINGS}signatory: {{name: Ann Lee, offices: []}}\n", "E109", 4),
    "a name of two keys": (LETTER, f"{SETTINGS}signatory: {{name: {{first: Ann}}}}\n", "E107", 4),
    "somebody else's mail": (
        LETTER,
        f"{SETTINGS}contact:\n  name: Ann Lee\n  email: bob.young@hmic.gov.uk\n",
        "W125",
        6,
    ),
    "a text for words to keep together": (LETTER, f"{SETTINGS}keep_together: 24 hours\n", "E107", 4),
    "a group of nobody knows what": (LETTER, f"{SETTINGS}overview:\n- {{group: a, title: A}}\n", "E106", 5),
    "a group of a word": (LETTER, GROUP.format("always"), "E107", 5),
    "a group of what is no schema": (LETTER, GROUP.format("{type: words}"), "E212", 5),
    "a group of itself": (LETTER, GROUP.format("{$ref: '#'}"), "E516", 5),
    "no outcome": ("outcome.yaml", None, "E201", 0),
    "an outcome that is a list": ("outcome.yaml", "type: array\nproperties: {}\n", "E213", 1),
    "an outcome without fields": ("outcome.yaml", "type: object\n", "E213", 1),
    "a field of every outcome": ("outcome.yaml", OUTCOME.replace("plan:", "stage:"), "E213", 3),
    "a field that may be anything": ("outcome.yaml", FIELD.format("true"), "E213", 3),
    "a field of no type": ("outcome.yaml", FIELD.format("{type: word}"), "E213", 3),
    "a field of no pattern": ("outcome.yaml", FIELD.format("{type: string, pattern: '('}"), "E213", 3),
    "a reference to nothing": ("outcome.yaml", FIELD.format("{$ref: '#/$defs/x'}"), "E213", 3),
    "a reference to the web": ("outcome.yaml", FIELD.format("{$ref: 'https://a.org/x'}"), "E213", 3),
    "a reference to itself": ("outcome.yaml", FIELD.format("{$ref: '#/properties/plan'}"), "E516", 3),
    "a rule without a description": ("outcome.yaml", f"{OUTCOME}allOf:\n- required: [plan]\n", "E213", 8),
    "a rule of no severity": (
        "outcome.yaml",
        f"{OUTCOME}allOf:\n- description: say it\n  severity: grave\n  required: [plan]\n",
        "E213",
        9,
    ),
    "wording that says nothing": ("wording.yaml", "", "E102", 0),
    "wording without a phrase": ("wording.yaml", "{}\n", "E109", 1),
    "a text for a phrase": ("wording.yaml", "plan: the plan\n", "E107", 1),
    "a phrase without a number": ("wording.yaml", "plan:\n  text: the plan\n  use: always\n", "E106", 1),
    "a phrase of no number": ("wording.yaml", WORDING.replace("singular", "dual"), "E104", 3),
    "a phrase of no year": ("wording.yaml", f"{WORDING}  true_in: 20177\n", "E119", 5),
    "a phrase of a year in quotes": ("wording.yaml", f"{WORDING}  true_in: '2017'\n", "E107", 5),
    "code in a phrase": ("wording.yaml", WORDING.replace("the plan", "the {{ plan }}"), "E112", 2),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_with_its_line(name: str) -> None:
    file, text, code, line = WRONG[name]
    types, [problem] = load_letter_types(source(**{file: text}))
    assert (problem.code, problem.place.path, problem.place.line or 0) == (code, f"templates/answer/{file}", line)
    assert ("answer" in types) is (not problem.stops)


def test_all_that_is_wrong_is_told_at_once() -> None:
    files = {LETTER: f"{SETTINGS}date: soon\nsalute: Madam\n", "outcome.yaml": "type: object\n", "wording.yaml": "{}\n"}
    types, problems = load_letter_types(source(**files))
    assert sorted(problem.code for problem in problems) == ["E105", "E108", "E109", "E213"]
    assert types == {}


#: What a folder beside a sound letter type is called, and the code of its problem.
FOLDERS = {
    "review": "E500",
    "Composed": "E500",
    "answer?": "E500",
    "answer - Copy": "E127",
    "answer (2)": "E127",
    "Copy of answer": "E127",
}


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_that_cannot_be_a_letter_type_is_told(folder: str) -> None:
    files = source()
    other = {path.replace("/answer/", f"/{folder}/"): text for path, text in files.items()}
    types, [problem] = load_letter_types({**files, **other})
    assert (problem.code, problem.place.path) == (FOLDERS[folder], f"templates/{folder}")
    assert [*types] == ["answer"]


def test_a_folder_of_something_else_is_told() -> None:
    types, [problem] = load_letter_types({**source(), "templates/notes/todo.txt": b""})
    assert (problem.code, problem.place.path) == ("E201", "templates/notes")
    assert [*types] == ["answer"]


def test_a_copy_under_another_name_is_asked_about() -> None:
    files = source(**{"wording.yaml": WORDING})
    other = {path.replace("/answer/", "/reply/"): text for path, text in files.items()}
    types, [problem] = load_letter_types({**files, **other})
    assert not problem.stops
    assert [*types] == ["answer", "reply"]


def test_without_any_letter_type_that_is_what_is_wrong() -> None:
    types, [problem] = load_letter_types({"forces/kent.yaml": b"name: Kent Police\n"})
    assert (types, problem.code, problem.place.path) == ({}, "E201", "templates")
