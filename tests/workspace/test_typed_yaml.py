"""What YAML would cut or run together, and marks in fields that have none, are told; remarks stay remarks."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Workspace
from letters.letter import words
from letters.problems import Problem
from support.plain_letters import FORCE, OUTCOME, SETTINGS, plain_workspace
from support.plain_note import LINES_OF_FORCE, check, source, told

pytestmark = pytest.mark.slow

FIELDS = """\
type: object
properties:
  body: {type: string, contentMediaType: text/markdown}
  week: {type: string}
  day: {type: string, format: date}
  rate: {type: number}
  lines: {type: array, items: {type: string}}
  grade: {oneOf: [{const: good, title: Good}, {const: fair, title: Fair}]}
"""
MIDDLE = """\
{{ outcome.body }}

{% if outcome.week %}
It is {{ outcome.week }}.
{% endif %}
"""


def problems_of(answers: str) -> list[Problem]:
    return check(source(f"body: So it is.\n{answers}" if not answers.startswith("body") else answers, MIDDLE, FIELDS))[
        1
    ]


#: How a text is typed below the answer `body`, and what is said, with its line among them (from 1).
TOLD = {
    "a number sign in Markdown": ("body: We asked (see paragraph #12) to report.", [("E227", 1)]),
    "a number sign": ("week: the week of visit #12", [("E227", 2)]),
    "a number sign in an entry": ("lines:\n  - see paragraph #12\n  - and so on", [("E227", 3)]),
    "a number sign behind one word": ("week: Visit #12", [("E227", 2)]),
    "a number sign behind two blanks": ("week: the visit  # 12", [("E227", 2)]),
    "what may be a remark": ("week: 12 March # provisional", [("E227", 2)]),
    "a number sign in notes": ("notes: see evidence #12", [("E227", 2)]),
    "in a sentence of its own": ("added_sentences:\n  - We thank you (see #12).", [("E227", 3)]),
    "a number sign in a longer text": ("body: We asked (see #12) so\n  that they report.", [("E102", 1)]),
    "a number sign in brackets": ("changed_wording: {a: see #2, b: c}", [("E102", 2)]),
    "a number sign in a list in brackets": ("lines: [see #2, c]", [("E102", 2)]),
    "a folded list": ("body: >\n  We ask:\n\n  - to plan\n  - to act\n\n  and to report.", [("E228", 4)]),
    "a folded list below words": ("body: >\n  We ask:\n  - to plan\n  so.", [("E228", 3)]),
    "folded paragraphs": ("body: >-\n  We ask.\n\n  We thank.", [("E228", 4)]),
    "a folded table": ("body: >\n  | a | b |\n  |---|---|\n  | 1 | 2 |", [("E228", 2)]),
    "a folded heading": ("body: >\n  We ask\n  # and\n  # so", [("E228", 3)]),
    "a plain list": ("body: We ask\n  - to plan\n  - to act", [("E228", 2)]),
    "plain paragraphs": ("body: We ask.\n\n  We thank.", [("E228", 3)]),
    "a list in quotation marks": ("body: 'We ask:\n  - to plan\n  - to act'", [("E228", 2)]),
    "an address in Markdown": ("body: Kent Police\n  1 Example Road\n  Maidstone", [("W220", 1)]),
    "an address": ("week: |\n  Kent Police\n  1 Example Road\n  Maidstone", [("E228", 4)]),
    "a list in a field of one line": ("week: |\n  We ask:\n  - one\n  - two", [("E228", 4)]),
    "paragraphs in a field of one line": ("added_sentences:\n  - |\n    One.\n\n    Two.", [("E228", 6)]),
    "escaped line ends in a field of one line": ('week: "one\\n\\ntwo"', [("E228", 2)]),
    "a number sign in a line below": ("body: We asked about\n  #12 and so on.", [("E227", 2)]),
    "a number sign in a line below an entry": ("lines:\n  - We asked about\n    #12 and so on.", [("E227", 4)]),
    "a number sign below a key": ("body:\n  We asked about\n  #12 and so on.", [("E227", 3)]),
    "a number sign below a block": ("body: |\n   We asked about\n #12 and so on.", [("E227", 3)]),
    "a number sign below a block at its key": ("body: |\n  We asked about\n#12 and so on.", [("E227", 3)]),
    "a heading below a block": ("body: >\n    We asked.\n\n  # Again", [("E227", 4)]),
    "a remark with one blank behind one word": ("week: Kent # Police", [("E227", 2)]),
    "a number sign behind one name": ("salutation: Anne #Example", [("E227", 2)]),
    "a number sign behind marks": ('week: "The force acted" #12 of the plan', [("E227", 2)]),
    "lines that are kept": ("week: |\n  the week that\n  begins in March", [("E228", 4)]),
    "a line end that is written": ('salutation: "Dear Anne,\\nDear Ben"', [("E228", 2)]),
    "lines in a list": ("lines:\n  - |\n    Chief Constable\n    Kent Police", [("E228", 5)]),
    "a folded heading above words": ("body: >\n  ## Heading\n  We ask.", [("E228", 2)]),
    "folded rows": ("body: >\n  a | b\n  c | d", [("E228", 2)]),
    "one entry": ("body: We ask the force\n  - to plan", [("E228", 2)]),
    "one entry with a star": ("body: >\n  We ask\n  * to plan", [("E228", 3)]),
    "one quotation": ("body: >\n  We ask\n  > to plan", [("E228", 3)]),
    "a number sign right behind marks": ('week: "12 March"#2', [("E227", 2)]),
    "an entry in an entry": ("lines:\n  - We ask\n    - They act", [("E228", 4)]),
    "words behind the sign": ("body: | We asked\n  for more.", [("E102", 1)]),
    "strong words": ("lines:\n  - Make sure that **all staff** know", [("E205", 3)]),
    "stressed words": ("salutation: '*Sir*'", [("E205", 2)]),
    "a language": ("week: '[12 Mawrth]{lang=cy}'", [("E205", 2)]),
    "a link": ("week: see [our site](https://x.uk)", [("E205", 2)]),
    "code": ("week: see `x`", [("E205", 2)]),
    "HTML": ("week: <b>now</b>", [("E205", 2)]),
    "an entity": ("week: Research &amp; so", [("E205", 2)]),
    **{
        f"marks in a field: {text}": (f"week: '{text}'", [("E205", 2)])
        for text in ("do it _at once_", "==now==", "# Heading", "- to plan", "> quoted", "• to plan")
    },
    "bullets in sentences": ("added_sentences:\n  - • We ask you.", [("E205", 3)]),
    "an address between signs": ("week: Anne Example <anne@example.org>", [("E205", 2)]),
    "a footnote": ("week: now[^1]", [("E205", 2)]),
    "struck out": ("week: ~~now~~ then", [("E205", 2)]),
}
SOUND = (
    "grade: good # was: fair",
    "grade: good #12 was: fair",
    "day: 2018-03-01 # was #12",
    "rate: 2.5 # was 3",
    "stage: draft # until then",
    "week: soon  # a remark",
    "week: 12 March   # a remark",
    "week: 12 March\t # a remark",
    'week: "visit #12" # a remark',
    "week: visit#12",
    "body: We asked.  # a remark",
    "# a remark\nweek: 12 March\n  # another",
    "body: |  # a remark\n  We asked (see #12).\n\n  - one\n  - two",
    "body: |2-\n  We asked (see #12).",
    "body: >\n  We asked the force to report again\n  and - as before - to say why.",
    "body: >\n  We asked the force\n  - as before - to say why.",
    "body: We asked the force\n  to say why.",
    'body: "We ask:\\n\\n- one\\n- two"',
    "week: |\n  the week that begins in March\n",
    "week: |\n  the week that begins in March\n\n# a remark\n",
    "week: |\n  the week that begins in March\n# a remark",
    "body: |\n  We asked.\n\n#week: soon",
    "body: |\n    We asked.\n\n\n# Remark\nweek: soon",
    "week: 12 March\n#grade: good",
    "lines:\n  - one\n  #- two\n  - three\n  #- four",
    'week: "12 March"\n#grade: good',
    "body: |\n  ## Heading\n\n  We asked (#12).",
    "body: >\n  We asked the force |\n  to say why.",
    "week: x\n\n    # a remark set far in\ngrade: good",
    "body: We ask, see rule\n  1. and rule 2",
    "body: >\n  It was\n  > 5 per cent",
    "body: We pay\n  £5 | £6 so",
    "week: 'x' # see #12",
    "lines: [a, b] # remark",
    "notes: |\n  Kent\n\n  Surrey",
    "week: 5 * 4, R*, snake_case, a < b > c, R&D; *see, [sic], (a) and {x} $5 ~5",
    "lines:\n  - one\n  - two",
    "lines: ['> 5 per cent', '- 5', '# 12', a == b == c]",
)


@pytest.mark.parametrize("name", TOLD)
def test_what_would_not_come_out_as_typed_is_told_at_its_line(name: str) -> None:
    typed, expected = TOLD[name]
    assert set(told(problems_of(typed))) == {f"{code} {FORCE}:{LINES_OF_FORCE + line}" for code, line in expected}


@pytest.mark.parametrize("typed", SOUND)
def test_remarks_and_sound_texts_are_no_problem(typed: str) -> None:
    if typed.startswith("stage"):
        there = dict(source("body: So it is.\n", MIDDLE, FIELDS))
        there[FORCE] = there[FORCE].replace(b"stage: ready", typed.encode())
        assert check(there)[1] == []
    else:
        assert told(problems_of(typed)) == []


def test_the_hint_of_a_cut_text_works() -> None:
    (found,) = problems_of("week: the week of visit #12")
    assert found.hint.startswith("put quotation marks around the text")
    letter, problems = check(source('body: So.\nweek: "the week of visit #12"  # a remark', MIDDLE, FIELDS))
    assert problems == []
    assert letter
    assert "It is the week of visit #12." in words(letter)
    (found,) = problems_of("week: 12 March # provisional")
    assert "before a remark leave two blanks" in found.hint


def test_files_of_a_letter_type_are_held_to_the_same(tmp_path: Path) -> None:
    there = plain_workspace(tmp_path / "w", "We shall come.")
    assert there.letters("check").status == 0
    there.replace(SETTINGS, "title: Your next inspection", "title: Your **next** inspection #2")
    there.replace(SETTINGS, "expected: some", "expected: some # of them")
    there.replace(OUTCOME, 'description: "In Markdown"', "description: In Markdown, see")
    ran = there.letters("check")
    assert ran.status == 1
    assert "letter.yaml:1:33: YAML takes '#2' for a remark" in ran.err
    assert "letter.yaml:1:13: words stressed with * cannot be in this field" in ran.err
    assert ran.out.splitlines()[-1].startswith("0 letters can be built: 3 problems")
    assert "`see` is not read [E145]" in ran.err


def test_the_shipped_files_have_remarks_and_no_problems(small: Workspace) -> None:
    assert "# invented" in small.read("forces/kent.yaml")
    ran = small.letters("check")
    assert (ran.status, ran.err) == (0, "")
