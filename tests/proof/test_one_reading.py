"""What is said of a letter's words is said of the words it has: with any Markdown, and marks anywhere in it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.container import container_plugin

from conftest import Workspace
from letters.compose import Composer
from letters.compose.marks import CLOSE, OPEN, strip_marks
from letters.compose.trace import TracedBlock, traced_blocks
from letters.letter import block_texts, normalise, words
from letters.letter.markdown import parse_parts
from letters.letter.markdown.dialect import parser
from letters.problems import Place
from letters.workspace.letter_types import load_letter_types
from letters.workspace.raw import load_yaml
from letters.workspace.validate import Validator
from support.counts import examples
from support.plain_letters import FORCE, OUTCOME, TYPE, plain_workspace
from support.plain_letters import LETTER as LETTER_FILE
from support.plain_note import block, check, source

LETTER, VERDICT = "templates/x/letter.md", "templates/x/verdict.md"


def marked(text: str) -> str:
    """`text` with marks where it has « » around them."""
    return text.replace("«", OPEN).replace("»", CLOSE)


def traced(text: str) -> tuple[TracedBlock, ...]:
    return tuple(traced_blocks(marked(text), LETTER, VERDICT))


def said(text: str) -> list[str]:
    return [one.text for one in traced(text)]


def read(text: str) -> list[str]:
    """The words that a letter of this Markdown has."""
    parts, _ = parse_parts(strip_marks(marked(text)), lambda line: Place(LETTER, line + 1), above=None)
    texts = [normalise(inner) for part in parts for block in part.blocks for inner in block_texts(block)]
    return [text for text in texts if text]


#: A template's line, a line of verdict.md, the beginning of a phrase, its end.
MARKS = ("«7»", "«v3»", "«+unit.progress»", "«-»")
SIGNS = (
    *(
        "*",
        "**",
        "_",
        "__",
        "[",
        "]",
        "](https://a.org/x_(y))",
        "](<https://a.org/b c>)",
        "]{lang=cy}",
        "{",
        "}",
        "(",
        ")",
    ),
    *(
        "<https://a.org>",
        "<a_b@c.uk>",
        "press_office@x.uk",
        "R&amp;D",
        "&nbsp;",
        "&#38;",
        "&",
        ";",
        "&lt",
        "<",
        ">",
        "5 * 4",
    ),
    *("\\", "\\*", "\\|", "|", "`", "~", "!", "![x](y.png)", "#", ":::", "::: {.sender}", "::: {.sender .every-page}"),
    *(
        "\n",
        "\n\n",
        "\n- ",
        "\n  - ",
        "\n1. ",
        "\n> ",
        "\n> - ",
        "\n# ",
        "\n---\n",
        "\n===\n",
        "\n| --- | --- |\n",
        "\n::: {.date}\n",
    ),
    *(
        " ",
        "  ",
        "\t",
        "\u00a0",
        "'",
        '"',
        "’",
        "e\u0301",
        "\u0301",
        "a",
        "Word",
        "one two",
        "1.",
        "-",
        "é",
        "<b>",
        "```",
    ),
)
TYPED = st.text(st.characters(exclude_categories=["Co", "Cs"], exclude_characters="«»"), max_size=3)
TEXTS = st.lists(st.sampled_from(MARKS + SIGNS) | TYPED, max_size=24).map("".join)


@settings(max_examples=examples(500))
@given(TEXTS)
@example("Write to press_office@x.uk or press_desk@x.uk")
@example("R«+a»&amp;«-»D")
@example("5 * 4 and 3 * 2")
@example("See <https://a.org>.")
@example("[x](https://a.org/x_(y))")
@example("Title\n---\n\nText")
@example("*«+a»unit«-»* and **«v2»**")
@example("| a | b |\n|---|---|\n| «+a»x \\| y«-» | z |")
@example("::: {.sender .every-page}\nOne\nTwo\n:::")
@example("- one\n\n  two\n- > three")
@example("a\r\nb\rc")
def test_any_markdown_says_traced_what_the_letter_says(text: str) -> None:
    assert said(text) == read(text)


def as_read(tokens: Sequence[Token]) -> list[object]:
    """What a parser read, without what it put down of positions."""
    return [
        (one.type, one.content, one.markup, one.info, dict(one.attrs), one.map, one.level, as_read(one.children or ()))
        for one in tokens
    ]


@settings(max_examples=examples(500))
@given(TEXTS.map(lambda text: strip_marks(marked(text))))
def test_noting_positions_changes_nothing_of_what_is_read(text: str) -> None:
    plain = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table").disable(["reference", "text_join"])
    container_plugin(plain, "part", validate=lambda _params, _markup: True)
    attrs_plugin(plain, after=(), spans=True)
    assert as_read(parser().parse(text)) == as_read(plain.parse(text))


@settings(max_examples=examples(500))
@given(TEXTS)
@example("e«+a»\u0301«-» \u00a0 «7» x")
def test_the_pieces_of_a_block_are_all_of_it_in_order(text: str) -> None:
    for one in traced(text):
        ends = [0, *(span.end for span in one.spans)]
        assert [span.start for span in one.spans] == ends[:-1]
        assert ends[-1] == len(one.text)
        assert all(span.start < span.end for span in one.spans)


#: A letter that only the phrase of its own name has, where Markdown lets it stand.
ALONE = {"α": "alpha", "β": "beta", "γ": "gamma"}
PLAIN = tuple(f"«+{key}»{letter * 3}«-»" for letter, key in ALONE.items())
DRESSED = tuple(
    form.format(f"«+{key}»{letter}{letter}«-»")
    for letter, key in ALONE.items()
    for form in (
        "*{}*",
        "**{}**",
        "[{}](https://a.org/x_(y))",
        "[{}]{{lang=cy}}",
        "&amp;{}&amp;",
        "\\*{}",
        "\\|{}\\|",
        "5 * {} _",
    )
)
INSIDE = st.lists(
    st.sampled_from((*PLAIN, *DRESSED, *PLAIN, " ", " ", "x_y_z ", "<https://a.org/b> ", "é ", "e\u0301 ")),
    min_size=1,
    max_size=6,
).map("".join)
FRAMES = (
    *("{}", "{}\n{}", "> {}\n> {}", ">   {}\n{}", "- {}\n- {}\n\n  {}", "10) {}\n    {}", "> 1. {}\n>\n> 2. {}"),
    *("# {} ##", "> ## {}", "- # {}", "{}\n---", "{}\n{}\n===", "::: {{.sender}}\n{}\n{}\n:::", "\t{}", "x\n \t {}"),
    *("| {} | {} |\n|---|---|\n| {} | {} |", "> {} | {}\n> ---|---\n> {} | {}", "- | {} |\n  |---|\n  | {} |"),
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    frames = draw(st.lists(st.sampled_from(FRAMES), min_size=1, max_size=4))
    filled = []
    for frame in frames:
        holes = frame.replace("{{", "").count("{}")
        filled.append(frame.format(*(draw(INSIDE) for _ in range(holes))))
    return "\n\n".join(filled)


@settings(max_examples=examples(500))
@given(documents())
def test_each_character_is_of_the_phrase_that_it_was_typed_in(text: str) -> None:
    for one in traced(text):
        for at, ch in enumerate(one.text):
            span = one.at(at)
            assert span is not None
            assert span.phrase == ALONE.get(ch, ""), f"{ch!r} of {one.text!r}"


def test_each_line_of_a_paragraph_is_of_its_own_line_of_the_template() -> None:
    (one,) = traced("«4»One,\n«5»two «v9»*three*«5» and\n«6»four.")
    said_by = [(one.text[span.start : span.end], span.path, span.line) for span in one.spans]
    assert [(text.strip(), path, line) for text, path, line in said_by] == [
        ("One,", LETTER, 4),
        ("two", LETTER, 5),
        ("three", VERDICT, 9),
        ("and", LETTER, 5),
        ("four.", LETTER, 6),
    ]


def test_words_in_another_language_are_known_by_it() -> None:
    (one,) = traced("In «+a»Welsh: [Heddlu *De* Cymru]{lang=cy}.«-»")
    assert [(one.text[span.start : span.end], span.lang) for span in one.spans] == [
        ("In ", ""),
        ("Welsh: ", ""),
        ("Heddlu De Cymru", "cy"),
        (".", ""),
    ]


def test_what_is_made_of_sentences_is_known_by_the_blocks_that_the_letter_has() -> None:
    text = (
        "Text.\n\nTitle\n---\n\n# Heading\n\n> Quoted.\n\n- an entry\n\n  and more of it.\n\n"
        "**All bold**\n\n**All bold, and a sentence.**\n\n| a | b |\n|---|---|\n| c | d |\n\n::: {.sender}\nA line\n:::"
    )
    running = {re.sub(r"\W+$", "", one.text): one.running for one in traced(text)}
    assert running == {
        "Text": True,
        "Title": False,
        "Heading": False,
        "Quoted": True,
        "an entry": False,
        "and more of it": True,
        "All bold": False,
        "All bold, and a sentence": True,
        **dict.fromkeys("abcd", False),
        "A line": False,
    }


@pytest.mark.parametrize("stage", ["draft", "specimen", "ready"])
def test_a_signature_is_said_once_it_is_ready(stage: str) -> None:
    there = dict(source(block("Text.")))
    there[FORCE] = there[FORCE].replace(b"stage: ready", f"stage: {stage}".encode())
    there[LETTER_FILE] = there[LETTER_FILE].replace(b"{.signature}\n", b"{.signature}\nSigned\n")
    letter, problems = check(there)
    assert letter
    assert problems == []
    types, _ = load_letter_types(there)
    force, _ = Validator(types).force("x", load_yaml(there, FORCE))
    assert force
    traced = tuple(block.text for block in Composer(there).trace(types[TYPE], force))
    assert traced == words(letter)
    assert ("Signed" in traced) == (stage == "ready")


# -- through the command line

#: Signs that mean something to Markdown, or look as if they did, around what differs from outcome to outcome.
BODY = """\
## Asked about *R&amp;D*

We said of *{{ outcome.plan.title }} plans* that *{{ phrase("press.office") }}* and press_desk@x.uk answer. \
R&amp;D took 5 * 4 days; **{{ phrase("press.office") }}** means [the {{ outcome.plan.title }} guide](https://a.org/x_(y)).

Read <https://a.org> about {{ outcome.plan.title }} plans in R&amp;D.

| Team | Plan |
| --- | --- |
| R&amp;D \\| press_desk@x.uk | _{{ outcome.plan.title }}_ |
"""
SAID = (
    "Asked about R&D",
    "We said of new plans that press_office@x.uk and press_desk@x.uk answer.",
    "R&D took 5 * 4 days; press_office@x.uk means the new guide.",
    "Read https://a.org about new plans in R&D.",
    "Team",
    "Plan",
    "R&D | press_desk@x.uk",
    "new",
)
PLANS = """\
type: object
required: [plan]
properties:
  plan:
    description: How is the plan?
    oneOf:
      - {const: new, title: new}
      - {const: old, title: old}
"""
WORDING = f"templates/{TYPE}/wording.yaml"


@pytest.fixture
def signs(tmp_path: Path) -> Workspace:
    there = plain_workspace(tmp_path / "w")
    there.write(OUTCOME, PLANS)
    there.write(WORDING, "press.office:\n  text: press_office@x.uk\n  number: singular\n  use: for the press\n")
    there.replace(LETTER_FILE, "{{ outcome.body }}\n", BODY)
    there.write(FORCE, there.read(FORCE).partition("    body:")[0] + "    plan: new\n")
    return there


def test_explain_says_the_words_of_the_letter(signs: Workspace) -> None:
    ran = signs.letters("explain", "x", "--json")
    assert ran.status == 0, ran.err
    (letter,) = json.loads(ran.out)
    body = [sentence for sentence in letter["sentences"] if sentence["part"] == "body"]
    assert tuple(sentence["text"] for sentence in body[1:]) == SAID
    phrases = [
        [sentence["text"][one["start"] : one["end"]] for one in sentence["from"] if one["phrase"]] for sentence in body
    ]
    assert phrases == [[], [], ["press_office@x.uk"], ["press_office@x.uk"], *[[]] * 5]
    assert signs.letters("build", "--format", "txt").status == 0
    built = normalise(signs.read(f"outputs/{TYPE}/x.txt"))
    assert all(text in built for text in SAID if "guide" not in text)  # whose address stands behind it


def test_try_says_the_words_of_the_letter(signs: Workspace) -> None:
    ran = signs.letters("try", TYPE, "plan=new")
    assert ran.status == 0, ran.err
    heading, asked, one, two, *others = SAID
    assert ran.out.split("\n")[1:8] == [heading, f"{asked} {one}", two, *others]


def test_the_book_says_the_words_of_the_letter(signs: Workspace) -> None:
    ran = signs.letters("wording", "--book")
    assert ran.status == 0, ran.err
    page = signs.read(f"outputs/wording/{TYPE}.html")
    page = html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"(?s)<(style|script).*?</\1>", "", page)))
    for plan in ("new", "old"):
        for text in SAID[1:4]:
            assert text.replace("new", plan) in page
    assert "*" not in page.replace("5 * 4", "")


def test_the_causes_are_the_lines_that_say_the_words_of_the_letter(signs: Workspace) -> None:
    assert signs.letters("build", "--format", "txt").status == 0
    signs.replace(LETTER_FILE, "and press_desk@x.uk answer", "and press_desk@x.uk")
    signs.replace(LETTER_FILE, " plans in R&amp;D.", " plans.")
    signs.replace(LETTER_FILE, "_{{ outcome.plan.title }}_ |", "_{{ outcome.plan.title }}_ plan |")
    changes = signs.letters("diff").out.split("\n\n")
    lines = signs.read(LETTER_FILE).split("\n")
    causes = [[int(line) for line in re.findall(rf"from {LETTER_FILE}:(\d+)", change)] for change in changes]
    told = [lines[number - 1].split(" ")[0] for numbers in causes for number in numbers]
    assert told == ["We", "Read", "|"]


def test_a_line_that_makes_a_heading_is_told_and_is_no_word(signs: Workspace) -> None:
    signs.replace(LETTER_FILE, "## Asked about *R&amp;D*\n", "Asked about *R&amp;D*\n---\n")
    assert "E221" in signs.letters("explain", "x").err
    ran = signs.letters("try", TYPE, "plan=new")
    assert ran.out.split("\n")[1:3] == [SAID[0], f"{SAID[1]} {SAID[2]}"]
