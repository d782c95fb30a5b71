"""Text typed in a field that is not Markdown comes out as typed, in every format."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import ROOT, Workspace
from letters.batch.formats import FORMATS
from letters.compose import Composer
from letters.letter import HouseStyle, Letter, normalise, words
from letters.letter.characters import refused
from letters.letter.markdown.marks import field_marks
from letters.problems import Place
from letters.readback import faults, same_words
from letters.workspace.house_style import house_style
from letters.workspace.letter_types import load_letter_types
from letters.workspace.model import Departure, Force
from letters.workspace.raw import load_yaml
from letters.workspace.source import Folder
from letters.workspace.validate import Validator
from support.builds import TYPE
from support.counts import examples

pytestmark = pytest.mark.slow

NASTY = (
    "*x* _y_ **z** `code` [a](b) ![c](d.png) <b>&amp;</b> &lt; &copy; {x} {1} \\ \\* \\\\",
    "1. one",
    "1) one",
    "# heading",
    "> quote",
    "- item",
    "+ item",
    "::: {.date}",
    ":::",
    "---",
    "===",
    "| a | b |",
    "[words]{lang=cy}",
    "~~~ html",
    "```",
    "[ref]: https://example.org",
    "<script>alert('x')</script>",
    "<!-- x -->",
    "</p></div></main>",
    "]]>",
    "%s %(a)s {0} {x} $HOME ${x} \\n \\u0041",
    "https://example.org/a_b_c?d=1&e=%20#f",
    "name@example.org",
    "“curly” ‘single’ \"straight\" 'apostrophe' rock 'n' roll, the '90s, O'Brien's",
    "Ŵyn ŷ Llŷr Siân Núñez Œuvre fi fl ffi ffl ij",
    "a – b — c … d ‑ e ‐ f − g ′ h ″",
    "£5, 20 %, № 7, 1⁄2, ½, €",
    "a  b\tc\u00a0d",
    "  led and trailed by spaces  ",
    "ends in a backslash \\",
    "x" * 120,
    "ein-sehr-langes-Wort-mit-vielen-Bindestrichen-" * 5,
    "020 3513 0500 on 31 May 2017",
)


@cache
def drawn() -> str:
    """Every character that a letter can hold."""
    lines = (files("letters.letter") / "characters.txt").read_text("ascii").split()
    ends = [line.partition("-") for line in lines]
    every = "".join(chr(code) for a, _, b in ends for code in range(int(a, 16), int(b or a, 16) + 1))
    return "".join(ch for ch in every if not refused(ch))


#: Warned of in a file (W112), for who types it may expect something of it; printed as typed, and never run.
JINJA = ("{{ 7*7 }}", "{{ force.name }}", "{% if x %}", "{# y #}", "{%- raw -%} {{{{ x }}}} {% endraw %}")

#: Mostly of marks that mean something to Markdown, Jinja, HTML or XML.
MARKS = "*_`[](){}<>#+-=|~.:!&;/\\%$^\"'‘’“”1 aÉŵ\u00a0"
texts = st.one_of(
    st.text(st.sampled_from(MARKS), min_size=1, max_size=40),
    st.text(st.sampled_from(drawn()), min_size=1, max_size=40),
    st.lists(st.sampled_from((*NASTY[:-4], *JINJA)), min_size=1, max_size=3).map(" ".join),
).filter(str.strip)


class Desk:
    """A workspace in memory: Kent's facts, and what it takes to make its letter."""

    def __init__(self) -> None:
        source = Folder(ROOT)
        types, problems = load_letter_types(source)
        assert problems == []
        self.kind = types[TYPE]
        self.composer = Composer(source)
        style, problems = house_style(source, self.kind)
        assert style
        self.style: HouseStyle = style
        force, problems = Validator(types).force("kent", load_yaml(source, "forces/kent.yaml"))
        assert force
        assert problems == []
        self.kent: Force = force

    def letter(self, **facts: Any) -> Letter:
        """Kent's letter, with some facts of its outcome changed."""
        outcome = replace(self.kent.letters[TYPE], **facts)
        force = replace(self.kent, letters={TYPE: outcome})
        letter, problems = self.composer.compose(self.kind, force, lambda _: Place("forces/kent.yaml"))
        assert problems == []
        assert letter
        return letter


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk()


def with_name(desk: Desk, fact: str, name: str) -> dict[str, Any]:
    """A fact of Kent with another name."""
    return {fact: {**desk.kent.facts[fact], "name": name}}  # type: ignore[dict-item]


def with_text(desk: Desk, field: str, text: str) -> tuple[Letter, str, str]:
    """The letter with `text` in a field, and what stands before and after it in its block."""
    match field:
        case "chief_officer":
            return desk.letter(facts=with_name(desk, field, text)), "Chief Constable ", ""
        case "local_policing_body":
            return desk.letter(facts=with_name(desk, field, text)), "Copied to: ", ""
        case "salutation":
            return desk.letter(salutation=text), "Dear ", ""
        case "copied_to":
            return desk.letter(copied_to=("A. N. Other", text)), "", ""
        case "added_sentences":
            return desk.letter(added_sentences=(text,)), "your counter-corruption unit. ", ""
        case "departure":
            changed = {"it_monitoring.progress": Departure(text)}
            return desk.letter(changed_wording=changed), "that allowed us to assess ", " or any work done"
        case _:
            raise AssertionError(field)


FIELDS = ("chief_officer", "local_policing_body", "salutation", "copied_to", "added_sentences", "departure")


def comes_out_as_typed(desk: Desk, field: str, text: str, forms: tuple[str, ...]) -> None:
    letter, before, after = with_text(desk, field, text)
    typed = normalise(f"{before}{normalise(text)}{after}")
    number = next((n for n, block in enumerate(words(letter)) if typed in block), None)
    assert number is not None, f"{typed!r} is not in {words(letter)}"
    for form in forms:
        reading = FORMATS[form].read(FORMATS[form].render(letter, desk.style))
        assert faults(letter, reading) == []
        assert same_words(words(letter)[number], reading.words[number])


slowly = settings(
    max_examples=examples(25),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)


@pytest.mark.parametrize("field", FIELDS)
@slowly
@given(text=texts)
def test_what_is_typed_comes_out_in_word_html_and_text(desk: Desk, field: str, text: str) -> None:
    comes_out_as_typed(desk, field, text, ("docx", "html", "txt"))


@settings(slowly, max_examples=examples(20))
@given(text=texts, field=st.sampled_from(FIELDS))
def test_what_is_typed_comes_out_in_pdf(desk: Desk, field: str, text: str) -> None:
    comes_out_as_typed(desk, field, text, ("pdf",))


@pytest.mark.parametrize("text", [*NASTY, *JINJA])
def test_the_nasty_handful_comes_out_in_every_format(desk: Desk, text: str) -> None:
    comes_out_as_typed(desk, "copied_to", text, tuple(FORMATS))


def test_every_character_that_the_fonts_draw_comes_out_in_every_format(desk: Desk) -> None:
    every = [ch for ch in drawn() if ch.strip()]
    assert len(every) > 300
    lines = tuple(" ".join(every[at : at + 20]) for at in range(0, len(every), 20))
    letter = desk.letter(copied_to=lines)
    for form in FORMATS:
        reading = FORMATS[form].read(FORMATS[form].render(letter, desk.style))
        assert faults(letter, reading) == []
        said = normalise(" ".join(reading.words))
        assert all(normalise(line) in said for line in lines)


def test_text_that_is_not_escaped_would_be_found(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("letters.compose.environment.escape_markdown", lambda text: text)
    monkeypatch.setattr("letters.compose.composition.escape_markdown", lambda text: text)
    for text in ("*x*", "&amp;", "a \\* b"):
        with pytest.raises(AssertionError):
            comes_out_as_typed(desk, "added_sentences", text, ("txt",))


# -- the whole way, from the YAML on disk


#: What nobody would type in a field without marks but as a mark; a file of a force cannot have it (E205).
MARKED = tuple(text for text in NASTY if list(field_marks(text)))
#: Those, and what stands for words that are to come (E123).
UNPRINTED = (*MARKED, "---", "x" * 120)


def test_the_nasty_handful_comes_out_of_the_command_line(small: Workspace) -> None:
    small.keep_forces("kent")
    name = "x* y_ & Söhne &c. {x} {1} \\ \\* \\\\"
    fields = {
        "chief_officer": {"rank": "Chief Constable", "name": name},
        "salutation": NASTY[23],
        "copied_to": ["A. N. Other", *(text for text in NASTY if text not in UNPRINTED)],
        "added_sentences": ["~~~ html", NASTY[19] + "."],
        "changed_wording": {"it_monitoring.progress": NASTY[20]},
    }
    data = yaml.load(small.read("forces/kent.yaml"), Loader=yaml.BaseLoader)
    data["letters"][TYPE].update(fields)
    small.write("forces/kent.yaml", yaml.safe_dump(data, allow_unicode=True, width=10_000))
    ran = small.letters("build")
    assert ran.status == 0, ran.err
    for form in FORMATS:
        reading = FORMATS[form].read(small.path(f"outputs/{TYPE}/kent.{form}").read_bytes())
        blocks = [block.replace("-\n", "-").replace("\n", " ") for block in reading.words]
        said = [normalise(block) for block in blocks]
        assert normalise(f"Chief Constable {name}") in said
        assert normalise(f"Dear {NASTY[23]}") in said
        for line in (text for text in NASTY[1:-4] if text not in UNPRINTED):
            assert normalise(line) in said, line
        (verdict,) = (block for block in said if block.startswith("Your plans reflected"))
        assert normalise(f"~~~ html {NASTY[19]}.") in verdict
        assert normalise(NASTY[20]) in verdict


@pytest.mark.parametrize("text", MARKED)
def test_marks_in_a_field_that_has_none_are_a_problem(small: Workspace, text: str) -> None:
    line = f"    salutation: {json.dumps(text, ensure_ascii=False)}\n"
    small.replace("forces/kent.yaml", "    stage: specimen", f"{line}    stage: specimen")
    ran = small.letters("check", "kent")
    assert ran.status == 1
    assert "cannot be in this field: the signs would be printed [E205]" in ran.err


@pytest.mark.parametrize("text", JINJA)
def test_code_in_a_field_is_warned_of_and_printed_as_typed(small: Workspace, text: str) -> None:
    small.replace("forces/kent.yaml", "    stage: specimen", f"    salutation: 'Dear {text}'\n    stage: specimen")
    ran = small.letters("build", "kent", "--format", "txt")
    assert ran.status == 0
    assert "forces/kent.yaml:11:23: warning: {{ and {% work in letter.md and verdict.md alone" in ran.err
    assert "[W112]" in ran.err
    assert f"Dear {text}" in small.read("outputs/abuse-of-position-2017/kent.txt")
