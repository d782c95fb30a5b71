"""What English prints of the data Welsh prints in the same way, and of the same entries of a list."""

from __future__ import annotations

import re

import pytest

from letters.compose import Composer
from letters.compose.lockstep import Lockstep
from letters.problems import Code
from letters.workspace.letter_types import load_letter_types
from support.bad_input_cases import NOTE_FILES
from support.documents import document

NOTE = "templates/note"
OUTCOME = """type: object
required: [cost, share, day, last, parts, rows]
properties:
  cost: {type: number}
  share: {type: number}
  day: {type: string, format: date}
  last: {type: string, format: date}
  parts:
    type: array
    items: {oneOf: [{const: one, title: one, title_cy: un}, {const: two, title: two, title_cy: dau}]}
  rows: {type: array, items: {type: object, properties: {name: {type: string}, cost: {type: number}}}}
"""


def told(english: str, welsh: str, remark: str | None = None) -> list[tuple[str, str]]:
    """What is told of a stretch in both languages; without a remark of lines that have no words."""
    made = welsh if remark is None else f"{{# English: {english} #}}\n{remark}{welsh}"
    files = {**NOTE_FILES, "outcome.yaml": OUTCOME, "letter.md": f"{english}\n", "letter.cy.md": f"{made}\n"}
    del files["wording.yaml"], files["wording.cy.yaml"]
    house = {"templates/letterheads/hmicfrs/letterhead.md": b"::: {.masthead}\nUs\n:::\n"}
    source = {**house, **{f"{NOTE}/{name}": text.encode() for name, text in files.items()}}
    types, problems = load_letter_types(source)
    assert not [problem for problem in problems if problem.stops], problems
    ignored = (Code.OTHER_FACTS, Code.ONE_SAYS_NO)
    found = [one for one in Lockstep(types["note"], source).found() if one.problem.code not in ignored]
    assert all(one.lines for one in found)
    return [(one.problem.code.value, one.problem.message) for one in found]


def value(code: str) -> str:
    return f"{{{{ outcome.{code} }}}}"


OTHERWISE = [
    ("parts | titles | all_of", "parts | titles | any_of"),
    ("parts | titles | joined('and')", "parts | titles | joined('neu')"),
    ("cost | money", "cost | number"),
    ("cost | short_money", "cost"),
    ("share | percent", "share | number"),
    ("share | number", "share | percent"),
    ("share | percent", "share | money"),
    ("day | long_date", "day | day_month"),
    ("day | long_date", "day | month_year"),
    ("day | weekday_date", "day | weekday"),
    ("parts | titles | all_of", "parts | length"),
]
ALIKE = [
    ("parts | titles | all_of", "parts | titles | joined('a hefyd')"),
    ("parts | titles | all_of", "parts | titles | joined('a', 'ac')"),
    ("cost | money", "cost | short_money"),
    ("cost | in_words", "cost | number"),
    ("day | long_date", "day | weekday_date"),
    ("day | long_date | after('on')", "day | long_date"),
]


@pytest.mark.parametrize(("english", "welsh"), OTHERWISE)
def test_another_filter_in_the_welsh_is_told(english: str, welsh: str) -> None:
    one, other = f"We found {value(english)} there.", f"Gwelsom {value(welsh)} yno."
    ((code, message),) = told(one, other, "")
    assert code == "W618"
    assert message.startswith("this Welsh prints outcome.")
    assert told(one, other, "{# Right: so it is said. #}\n") == []


@pytest.mark.parametrize(("english", "welsh"), OTHERWISE)
def test_another_filter_on_lines_without_words_is_told(english: str, welsh: str) -> None:
    ((code, message),) = told(f"- {value(english)}", f"- {value(welsh)}")
    assert code == "W618"
    assert "in the body with" in message
    assert told(f"- {value(english)}", f"{{# Right: so it is. #}}\n- {value(welsh)}") == []


@pytest.mark.parametrize(("english", "welsh"), ALIKE)
def test_filters_that_print_the_same_are_none(english: str, welsh: str) -> None:
    assert told(f"We found {value(english)} there.", f"Gwelsom {value(welsh)} yno.", "") == []
    assert told(f"- {value(english)}", f"- {value(welsh)}") == []


@pytest.mark.parametrize(
    ("english", "welsh"),
    [
        (value("share | percent"), f"{value('share | number')} y cant"),
        (f"{value('share')}%", value("share | percent")),
        (value("cost | money"), f"{value('cost | number')} o bunnoedd"),
        (f"£{value('cost | number')}", value("cost | money")),
        (value("day | until(outcome.last)"), f"{value('day | long_date')} i {value('last | long_date')}"),
        (f"{value('day | weekday')}, {value('day | long_date')}", value("day | weekday_date")),
        ("{% set all = outcome.parts | titles %}{{ all | all_of }}", value("parts | titles | all_of")),
        ("{{ ['plans', outcome.cost | number] | all_of }}", "cynlluniau a {{ outcome.cost | number }}"),
    ],
)
def test_signs_words_and_names_do_what_filters_do(english: str, welsh: str) -> None:
    assert told(f"We found {english} there.", f"Gwelsom {welsh} yno.", "") == []


def test_a_remark_says_of_a_line_without_words_that_another_fact_is_meant() -> None:
    assert [code for code, _ in told("- {{ outcome.cost }}", "- {{ outcome.share }}")] == ["W618"]
    assert told("- {{ outcome.cost }}", "{# Right: the share. #}\n- {{ outcome.share }}") == []


def test_which_of_a_list_is_printed_is_told() -> None:
    ((code, message),) = told("We read {{ outcome.rows[0].name }}.", "Darllenasom {{ outcome.rows[1].name }}.", "")
    assert (code, message) == (
        "W618",
        "this Welsh prints outcome.rows[1].name, and its English prints outcome.rows[0].name",
    )


def loop(inside: str, name: str = "row") -> str:
    return f"{{% for {name} in outcome.rows %}}\n{inside}\n{{% endfor %}}"


ENTRY = "- {{ row.name }}"


@pytest.mark.parametrize(
    ("english", "welsh", "where"),
    [
        (ENTRY, "{% if loop.first %}\n- {{ row.name }}\n{% endif %}", ("only where loop.first", "of every entry")),
        (ENTRY, "{% if not loop.last %}- {{ row.name }}{% endif %}", ("only where not loop.last", "of every entry")),
        (
            "{% if loop.index < 3 %}\n- {{ row.name }}\n{% endif %}",
            ENTRY,
            ("of every entry", "only where loop.index < 3"),
        ),
        (
            "{% if loop.first %}- {{ row.name }}{% endif %}",
            "{% if not loop.first %}- {{ row.name }}{% endif %}",
            ("only where not loop.first", "only where loop.first"),
        ),
        (
            ENTRY,
            "{% if row.cost > 5 %}\n- {{ row.name }}\n{% endif %}",
            ("only where the entry.cost > 5", "of every entry"),
        ),
    ],
)
def test_other_entries_of_a_list_are_told(english: str, welsh: str, where: tuple[str, str]) -> None:
    ((code, message),) = told(loop(english), loop(welsh))
    assert code == "W610"
    assert message == f"the Welsh prints outcome.rows.name {where[0]}, and the English {where[1]} (letter.md:1)"
    assert told(loop(english), loop(f"{{# Right: the others are below. #}}\n{welsh}")) == []


@pytest.mark.parametrize(
    ("english", "welsh"),
    [
        ("{% if loop.first %}- {{ row.name }}{% endif %}", "{% if loop.index == 1 %}- {{ row.name }}{% endif %}"),
        (ENTRY, "{% if loop.first %}- {{ row.name }}{% else %}+ {{ row.name }}{% endif %}"),
        (
            "{{ row.name }}{% if loop.last %}.{% elif not loop.first %}, {% endif %}",
            "{{ row.name }}{% if not loop.last %}{% if not loop.first %}, {% endif %}{% else %}.{% endif %}",
        ),
        (
            "{% if row.cost in [1, 2] %}{{ row.name }}{% endif %}",
            "{% if row.cost == 2 or row.cost == 1 %}{{ row.name }}{% endif %}",
        ),
    ],
)
def test_the_same_entries_may_be_asked_for_otherwise(english: str, welsh: str) -> None:
    assert told(loop(english), loop(welsh)) == []
    assert told(loop(english), loop(welsh.replace("row.", "one."), "one")) == []


def test_words_in_a_loop_are_said_of_the_same_entries() -> None:
    english = loop("{% if loop.first %}Read: {% endif %}{{ row.name }}")
    remark = "{# English: {% if loop.first %}Read: {% endif %}{{ row.name }} #}\n"
    assert told(english, loop(f"{remark}{{% if loop.first %}}Darllenwch: {{% endif %}}{{{{ row.name }}}}")) == []
    ((code, message),) = told(english, loop(f"{remark}{{% if loop.last %}}Darllenwch: {{% endif %}}{{{{ row.name }}}}"))
    assert code == "W610"
    assert "words in the list outcome.rows only where loop.last" in message


def test_a_table_is_in_step_as_the_page_about_it_says() -> None:
    blocks = re.findall(r"```jinja\n(.*?)```", document("docs/how-to/welsh.md").replace("\n   ", "\n"), re.S)
    english, welsh = (one.strip() for one in blocks if "| --- | --- |" in one)
    assert told(english, welsh) == []
    assert [code for code, _ in told(english.replace("cells", "the cells"), welsh)] == ["W600"]


@pytest.mark.parametrize(("languages", "expected"), [("[en, cy]", ["W612"]), ("[cy]", [])])
def test_free_text_of_letters_in_welsh_alone_may_be_welsh(languages: str, expected: list[str]) -> None:
    said = "\n{{ outcome.remarks }}\n"
    files = {
        **NOTE_FILES,
        "letter.yaml": NOTE_FILES["letter.yaml"].replace("[en, cy]", languages),
        "outcome.yaml": NOTE_FILES["outcome.yaml"] + "  remarks: {type: string}\n",
        **{name: NOTE_FILES[name] + said for name in ("letter.md", "letter.cy.md")},
    }
    house = {"templates/letterheads/hmicfrs/letterhead.md": b"::: {.masthead}\nUs\n:::\n"}
    source = {**house, **{f"{NOTE}/{name}": text.encode() for name, text in files.items()}}
    types, _ = load_letter_types(source)
    found = Composer(source).template_problems(types["note"])
    assert [one.code.value for one in found if one.code is Code.FREE_TEXT_IN_WELSH] == expected
