"""Numbers, money, ordinals, dates and lists of the data, in English and Welsh, against sources that are named."""

from __future__ import annotations

import re
import textwrap
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import babel
import pytest
from babel.core import get_cldr_version
from hypothesis import given
from hypothesis import strategies as st

from conftest import Workspace
from letters.batch.formats import FORMATS
from letters.compose import printing, welsh
from letters.compose.bounds import TemplateError
from letters.compose.environment import Record, make_environment
from letters.compose.figures import Figure
from letters.compose.marks import strip_marks
from letters.letter import dates, normalise
from support.documents import document, rows
from support.plain_letters import FORCE, LETTER, OUTCOME, TYPE, plain_workspace

LANGUAGES = ("en", "cy")


def test_the_names_of_days_and_months_are_those_of_this_cldr() -> None:
    """The pages below were held against it; of another the tables of this file are to be read again."""
    assert (babel.__version__, get_cldr_version()) == ("2.19.0", "49")


# -- dates. Names: CLDR 49, en-GB and cy, month and day names in full. That a range has "to" and no dash: Office for
# National Statistics, "Writing numbers" (style.ons.gov.uk). `i` for it in Welsh: HM Revenue & Customs' Welsh messages
# ("{0} i {1}"). Small `dydd` within a sentence: Universal Dependencies, Welsh CCG treebank.

LONG = {
    "en": "3 January 2018|4 February 2018|5 March 2018|6 April 2018|7 May 2018|8 June 2018|9 July 2018|10 August 2018|"
    "11 September 2018|2 October 2017|20 November 2019|31 December 2018",
    "cy": "3 Ionawr 2018|4 Chwefror 2018|5 Mawrth 2018|6 Ebrill 2018|7 Mai 2018|8 Mehefin 2018|9 Gorffennaf 2018|"
    "10 Awst 2018|11 Medi 2018|2 Hydref 2017|20 Tachwedd 2019|31 Rhagfyr 2018",
}
DAYS = [date(2018, month, month + 2) for month in range(1, 10)]
DAYS += [date(2017, 10, 2), date(2019, 11, 20), date(2018, 12, 31)]
WEEK = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "cy": [f"dydd {name}" for name in "Llun Mawrth Mercher Iau Gwener Sadwrn Sul".split()],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_dates(language: str) -> None:
    assert "|".join(printing.long_date(day, language) for day in DAYS) == LONG[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_weekdays(language: str) -> None:
    monday = date(2018, 3, 12)
    assert [printing.weekday(monday + timedelta(days), language) for days in range(7)] == WEEK[language]


@pytest.mark.parametrize(
    ("printed", "day", "en", "cy"),
    [
        (printing.weekday_date, date(2018, 3, 12), "Monday 12 March 2018", "dydd Llun 12 Mawrth 2018"),
        (printing.weekday_date, date(2018, 8, 1), "Wednesday 1 August 2018", "dydd Mercher 1 Awst 2018"),
        (printing.day_month, date(2018, 10, 2), "2 October", "2 Hydref"),
        (printing.day_month, date(2018, 5, 31), "31 May", "31 Mai"),
        (printing.month_year, date(2018, 10, 2), "October 2018", "Hydref 2018"),
        (printing.month_year, date(2018, 2, 1), "February 2018", "Chwefror 2018"),
    ],
)
def test_parts_of_dates(printed: object, day: date, en: str, cy: str) -> None:
    assert callable(printed)
    assert (printed(day, "en"), printed(day, "cy")) == (en, cy)


SPANS = [
    ((2018, 3, 12), (2018, 3, 14), "12 to 14 March 2018", "12 i 14 Mawrth 2018"),
    ((2018, 2, 28), (2018, 3, 2), "28 February to 2 March 2018", "28 Chwefror i 2 Mawrth 2018"),
    ((2017, 12, 30), (2018, 1, 2), "30 December 2017 to 2 January 2018", "30 Rhagfyr 2017 i 2 Ionawr 2018"),
    ((2017, 3, 12), (2018, 3, 14), "12 March 2017 to 14 March 2018", "12 Mawrth 2017 i 14 Mawrth 2018"),
    ((2018, 3, 12), (2018, 3, 12), "12 March 2018", "12 Mawrth 2018"),
]


@pytest.mark.parametrize(("first", "last", "en", "cy"), SPANS)
def test_spans(first: tuple[int, int, int], last: tuple[int, int, int], en: str, cy: str) -> None:
    assert printing.until(date(*first), date(*last), "en") == en
    assert printing.until(date(*first), date(*last), "cy") == cy


def test_a_span_that_ends_before_it_begins_is_none() -> None:
    assert printing.until(date(2018, 3, 14), date(2018, 3, 12), "en") is None


@given(st.dates(date(1990, 1, 1)), st.dates(date(1990, 1, 1)), st.sampled_from(LANGUAGES))
def test_a_span_ends_as_its_last_day_does(a: date, b: date, language: str) -> None:
    first, last = sorted((a, b))
    said = printing.until(first, last, language)
    assert said is not None
    assert said.endswith(printing.long_date(last, language))
    assert re.fullmatch(r"[A-Za-z0-9 ]+", said)


@given(st.dates())
def test_the_dates_that_letters_have_most_are_those_of_cldr_too(day: date) -> None:
    assert printing.weekday_date(day, "en") == f"{printing.weekday(day, 'en')} {dates.long_date(day)}"
    assert f"{printing.day_month(day, 'en')} {day.year}" == dates.long_date(day)


# -- numbers: Office for National Statistics, "Writing numbers": thousands with commas, zero to nine in words, rankings
# first to ninth in words. Pounds: GOV.UK style guide, "Money": no .00, million and billion in full.

NUMBERS = [
    ("0", "0"), ("7", "7"), ("999", "999"), ("1000", "1,000"), ("1234567", "1,234,567"), ("92.5", "92.5"),
    ("92.50", "92.50"), ("-1234.5", "-1,234.5"), ("0.05", "0.05"), ("1E+3", "1,000"),
]  # fmt: skip
MONEY = [
    ("1234", "£1,234"), ("1234.5", "£1,234.50"), ("1234.00", "£1,234"), ("0.07", "£0.07"), ("-3.1", "-£3.10"),
    ("2500000", "£2,500,000"),
]  # fmt: skip
SHORT = [
    ("999999.5", "£999,999.50"), ("1000000", "£1 million"), ("2500000", "£2.5 million"), ("2340000", "£2.34 million"),
    ("2345678", "£2,345,678"), ("1250000000", "£1.25 billion"), ("-3000000", "-£3 million"),
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_and_money(language: str) -> None:
    assert [printing.number(Decimal(typed), language) for typed, _ in NUMBERS] == [said for _, said in NUMBERS]
    assert [printing.money(Decimal(typed), language) for typed, _ in MONEY] == [said for _, said in MONEY]
    assert printing.percent(Decimal("92.50"), language) == "92.50%"
    assert printing.money(Decimal("1.234"), language) is None


@pytest.mark.parametrize(("typed", "said"), SHORT)
def test_large_sums(typed: str, said: str) -> None:
    assert printing.short_money(Decimal(typed), "en") == said
    in_welsh = said.replace("million", "miliwn").replace("billion", "biliwn")
    assert printing.short_money(Decimal(typed), "cy") == in_welsh


def test_numbers_in_words_and_ordinals_in_english() -> None:
    said = [printing.in_words(Decimal(number), "en") for number in (0, 1, 9, 10, 1234, "2.5", "2.0")]
    assert said == ["zero", "one", "nine", "10", "1,234", "2.5", "two"]
    ordinals = {0: None, -1: None, 1: "first", 2: "second", 3: "third", 5: "fifth", 8: "eighth", 9: "ninth", 10: "10th"}
    ordinals |= {11: "11th", 12: "12th", 13: "13th", 21: "21st", 22: "22nd", 23: "23rd", 24: "24th", 31: "31st"}
    ordinals |= {101: "101st", 111: "111th", 112: "112th", 113: "113th", 122: "122nd"}
    assert {number: printing.ordinal(number, "en") for number in ordinals} == ordinals


def test_ordinals_in_welsh() -> None:
    """As parallel.cymru, "Ask Dr Gramadeg: cardinal and ordinal numbers", has them: 1 to 20, and 21 to 31."""
    listed = (
        "1af 2il 3ydd 4ydd 5ed 6ed 7fed 8fed 9fed 10fed 11eg 12fed 13eg 14eg 15fed 16eg 17eg 18fed 19eg 20fed".split()
    )
    listed += [f"{number}ain" for number in range(21, 32)]
    assert [printing.ordinal(number, "cy") for number in range(1, 32)] == listed
    assert [printing.ordinal(number, "cy") for number in (0, -3, 32, 100)] == [None] * 4


def test_welsh_counts_nothing_in_words() -> None:
    assert printing.in_words(Decimal(3), "cy") is None


@given(st.decimals(-(10**14), 10**14, places=3), st.sampled_from(LANGUAGES))
def test_a_number_is_said_digit_for_digit(value: Decimal, language: str) -> None:
    said = printing.number(value, language)
    assert said.replace(",", "") == f"{value:f}"
    assert all(len(group) == 3 for group in said.partition(".")[0].split(",")[1:])


@given(st.integers(0, 10**14), st.sampled_from(LANGUAGES))
def test_no_sum_is_rounded(pence: int, language: str) -> None:
    value = Decimal(pence) / 100
    plain, short = printing.money(value, language), printing.short_money(value, language)
    assert plain
    assert short
    assert Decimal(plain[1:].replace(",", "")) == value
    figures, _, size = short[1:].partition(" ")
    times = {"": 1, "million": 10**6, "miliwn": 10**6, "billion": 10**9, "biliwn": 10**9}[size]
    assert Decimal(figures.replace(",", "")) * times == value


# -- lists. English: no comma before the last, as in CLDR 49, en-GB, "standard". Welsh: J. Morris-Jones, A Welsh Grammar
# (1913), § 222 i: `ac` before vowels, `a` before consonants, h among them. Of the words below that begin with a
# consonant or a w, fe, mi, mae, sydd, felly, mor, ni and na have `ac` before them in the Welsh CCG treebank of
# Universal Dependencies (commit 78e1975); sy, fel, mewn, mai, megis, meddai, nis, nas and weithiau do not occur there
# behind it.

AC = (
    "afal eglwys iaith oren ugain ŵyl wythnos ysgol ôl êl âr îs Abertawe ëang mae mae'r maent maen sydd sy fel felly "
    "mor mewn ni nid nis na nad mai megis meddai mi fe rydym roedd rwyf wedi wedyn wrth weithiau IT *afal* “afal” "
    "[Abertawe]{lang=cy}"
).split()
A = (
    "cath chath pobl phobl heddlu hefyd hanes llyfr maer maes mawr syniad felin-wen morfa nionyn nant natur wal wats "
    "mewnfudo felodrom rhyd gwaith dydd ffordd theatr jam siop *cath* “cath”"
).split()


@pytest.mark.parametrize("word", AC)
def test_ac_goes_before(word: str) -> None:
    assert printing.after(word, "a", "ac") == f"ac {word}"
    assert printing.joined(["llyfr", word], *printing.AND["cy"]) == f"llyfr ac {word}"


@pytest.mark.parametrize("word", A)
def test_a_goes_before(word: str) -> None:
    assert printing.after(word, "a", "ac") == f"a {word}"


LISTS = [
    ([], "", "", ""),
    (["llyfr"], "llyfr", "llyfr", "llyfr"),
    (["llyfr", "afal"], "llyfr and afal", "llyfr ac afal", "llyfr neu afal"),
    (["afal", "llyfr"], "afal and llyfr", "afal a llyfr", "afal neu llyfr"),
    (["afal", "llyfr", "ysgol"], "afal, llyfr and ysgol", "afal, llyfr ac ysgol", "afal, llyfr neu ysgol"),
    (["a", "b", "c", "dydd"], "a, b, c and dydd", "a, b, c a dydd", "a, b, c neu dydd"),
]


@pytest.mark.parametrize(("texts", "en", "cy", "neu"), LISTS)
def test_lists(texts: list[str], en: str, cy: str, neu: str) -> None:
    assert printing.joined(texts, *printing.AND["en"]) == en
    assert printing.joined(texts, *printing.AND["cy"]) == cy
    assert printing.joined(texts, *printing.OR["cy"]) == neu


@given(st.text())
def test_any_text_has_one_of_the_two_before_it(text: str) -> None:
    assert printing.after(text, "a", "ac") in (f"a {text}", f"ac {text}")
    assert welsh.takes_ac(text) == welsh.takes_ac(text.upper())


# -- as templates have them

FACTS = {
    "day": date(2018, 3, 12), "last_day": date(2018, 3, 14), "days": [date(2018, 4, 1), date(2018, 5, 2)],
    "visitors": 4, "cost": 2500000, "share": Figure(92.5, "92.50"), "shares": [1, Figure(2.5, "2.50")], "text": "*x*",
    "nothing": None,
}  # fmt: skip


def said(template: str, language: str = "en") -> str:
    environment = make_environment(lambda _: template, language)
    assert environment.language == language
    made = environment.get_template("x.md").render({"outcome": Record("outcome", FACTS)})
    return re.sub(r"\\(.)", r"\1", strip_marks(made))


@pytest.mark.parametrize(
    ("template", "printed"), rows(document("docs/reference/template-language.md"), "write", "in a Welsh letter")
)
def test_an_example_of_welsh_prints_what_it_says(template: str, printed: str) -> None:
    assert said(template, "cy") == printed


def test_numbers_and_dates_of_a_list_are_each_printed() -> None:
    assert said("{{ outcome.days | day_month | all_of }}") == "1 April and 2 May"
    assert said("{{ outcome.days | day_month | all_of }}", "cy") == "1 Ebrill a 2 Mai"
    assert said("{{ outcome.shares | percent | any_of }}") == "1% or 2.50%"


def test_the_words_that_a_list_is_joined_with_are_words_and_no_markdown() -> None:
    made = make_environment(lambda _: "{{ ['a', 'b'] | joined(outcome.text) }}").get_template("x.md")
    assert "a \\*x\\* b" in made.render({"outcome": Record("outcome", FACTS)})


@pytest.mark.parametrize(
    ("template", "language", "message"),
    [
        ("{{ outcome.text | money }}", "en", "`money` is given something else than a number"),
        ("{{ outcome.nothing | percent }}", "en", "`percent` is given a value that is empty"),
        ("{{ (outcome.visitors > 3) | number }}", "en", "`number` is given something else than a number"),
        ("{{ outcome.share | ordinal }}", "en", "`ordinal` is given 92.50, and takes a whole number from 1 on"),
        ("{{ 40 | ordinal }}", "cy", "`ordinal` is given 40, and takes a whole number from 1 to 31 in a Welsh letter"),
        ("{{ outcome.visitors | in_words }}", "cy", "`in_words` is given 4, and takes a number in an English letter"),
        ("{{ 1.234 | short_money }}", "en", "`short_money` is given 1.234, and takes an amount of pounds and pence"),
        ("{{ 1e300 | number }}", "en", "`number` is given a number that no letter has: 1e+300"),
        ("{{ outcome.text | weekday }}", "en", "`weekday` is given something else than a date"),
        (
            "{{ outcome.last_day | until(outcome.day) }}",
            "en",
            "`until` is given a last day, 12 March 2018, before the first",
        ),
        ("{{ outcome.days | joined(3) }}", "en", "`joined` is given something else than words"),
    ],
)
def test_what_a_filter_cannot_take_is_told(template: str, language: str, message: str) -> None:
    with pytest.raises(TemplateError) as error:
        said(template, language)
    assert str(error.value).startswith(message.removesuffix("…"))
    assert error.value.hint


# -- in letters, by the command line

FIELDS = """\
  day: {type: string, format: date}
  last: {type: string, format: date}
  days: {type: array, minItems: 1, items: {type: string, format: date}}
  share: {type: number}
  cost: {type: number}
  crimes: {type: integer}
  place: {type: integer, minimum: 1}
  visitors: {type: integer, minimum: 0}
  works: {type: array, minItems: 1, items: {type: string, contentMediaType: text/markdown}}
  grade: {oneOf: [{const: good, title: good}, {const: requires_improvement, title: requires improvement}]}
"""
PRINTED = """\
We come on {{ outcome.day | weekday_date }} and stay {{ outcome.day | until(outcome.last) }},
in {{ outcome.day | month_year }}.

We come back on {{ outcome.days | day_month | all_of }}, on a {{ outcome.day | weekday }}.

You record {{ outcome.share | percent }} of {{ outcome.crimes | number }} crimes, for {{ outcome.cost | money }},
about {{ outcome.cost | short_money }}.

You are {{ outcome.place | ordinal }}, and {{ outcome.visitors | in_words }} of us come.
We saw {{ outcome.works | all_of }}.

| Question | Grade | Share |
|---|---|---:|
| Victims | {{ outcome.grade.title }} | {{ outcome.share | percent }} |
"""
ANSWERS = """\
day: 2018-03-12
last: 2018-03-14
days: [2018-04-01, 2018-05-02]
share: 92.50
cost: 2500000
crimes: 123456
place: 21
visitors: 3
works: ["*good* work", "R&D"]
grade: requires_improvement
"""
SAID = [
    "We come on Monday 12 March 2018 and stay 12 to 14 March 2018, in March 2018.",
    "We come back on 1 April and 2 May, on a Monday.",
    "You record 92.50% of 123,456 crimes, for £2,500,000, about £2.5 million.",
    "You are 21st, and three of us come. We saw good work and R&D.",
]


@pytest.fixture
def printed(tmp_path: Path) -> Workspace:
    there = plain_workspace(tmp_path / "workspace")
    names = ", ".join(re.findall(r"^  (\w+):", FIELDS, re.MULTILINE))
    there.replace(OUTCOME, "required: [body", f"required: [body, {names}")
    there.write(OUTCOME, there.read(OUTCOME) + FIELDS)
    there.replace(LETTER, "{{ outcome.body }}\n", "{{ outcome.body }}\n\n" + PRINTED)
    there.replace(FORCE, "    stage: ready\n", "    stage: ready\n" + textwrap.indent(ANSWERS, "    "))
    return there


@pytest.mark.slow
def test_what_is_in_the_data_is_printed_in_every_format_whatever_the_locale(printed: Workspace) -> None:
    ran = printed.letters("check")
    assert (ran.status, ran.err) == (0, "")
    ran = printed.letters("build", env={"LC_ALL": "de_DE.UTF-8", "LANGUAGE": "cy", "LC_TIME": "cy_GB"})
    assert ran.status == 0, ran.err
    for name, row in FORMATS.items():
        words = [normalise(text) for text in row.read(printed.path(f"outputs/{TYPE}/x.{name}").read_bytes()).words]
        assert [text for text in SAID if text in " ".join(words)] == SAID, name
        assert {"requires improvement", "92.50%"} <= set(words), name


@pytest.mark.slow
def test_each_number_and_date_is_known_to_decide_its_sentence(printed: Workspace) -> None:
    out = printed.letters("explain", "x").out
    found = re.findall(r"^ +\d+  (?:\[body\] )?(.*)\n(?: +from .*\n)+((?: +decided by .*\n)*)", out, re.MULTILINE)
    decided = {sentence: re.findall(r"yaml:\d+  (\w+):", lines) for sentence, lines in found}
    assert decided[SAID[0]] == ["day", "last"]
    assert decided[SAID[1]] == ["day", "days"]
    assert decided[SAID[2]] == ["share", "cost", "crimes"]


@pytest.mark.slow
def test_numbers_and_dates_can_be_tried(printed: Workspace) -> None:
    ran = printed.letters(
        "try", TYPE, "share=12", "day=2018-05-07", "last=2018-06-01", "visitors=9", "place=2", "cost=7", "grade=good"
    )
    assert ran.status == 0, ran.err
    assert "stay 7 May to 1 June 2018, in May 2018" in ran.out
    assert "You record 12% of" in ran.out
    assert "You are second, and nine of us come." in ran.out


@pytest.mark.slow
@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ outcome.share | long_date }}", "`long_date` takes a date, and outcome.share is a number"),
        ("{{ outcome.grade | number }}", "`number` takes a number, and outcome.grade is text"),
        ("{{ outcome.grade.title | money }}", "`money` takes a number, and outcome.grade.title is text"),
        ("{{ outcome.body | percent }}", "`percent` takes a number, and outcome.body is text"),
        ("{{ outcome.days | number | all_of }}", "`number` takes a number, and outcome.days is a date"),
        ("{{ outcome.day | until(outcome.cost) }}", "`until` takes a date, and outcome.cost is a number"),
        ("{{ outcome.share | all_of }}", "`all_of` takes a list, and outcome.share is a number"),
        ("{{ outcome.last | until(outcome.day) }}", "`until` is given a last day, 12 March 2018, before the first"),
        ("{{ outcome.share | ordinal }}", "`ordinal` is given 92.50, and takes a whole number from 1 on"),
    ],
)
def test_check_tells_what_a_filter_cannot_take(printed: Workspace, template: str, said: str) -> None:
    printed.replace(LETTER, "We come on", f"We come, {template}, on")
    ran = printed.letters("check")
    assert ran.status == 1
    line = printed.read(LETTER).split("\n")
    at = next(number for number, text in enumerate(line, 1) if template in text)
    assert re.search(rf"^{re.escape(LETTER)}:{at}(?::\d+)?: {re.escape(said)}.* \[E231\]$", ran.err, re.MULTILINE), (
        ran.err
    )
    if " is given " in said:  # the data may be to blame
        assert re.search(r"^  hint: forces/\S+\.yaml:\d+ says `(day|share): .*: mend the ", ran.err, re.MULTILINE), (
            ran.err
        )
