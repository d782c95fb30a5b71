"""The text rendition: all that a reader needs in it, and every word to be told from what it adds."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from letters.letter import BODY, Block, Heading, ItemList, Letter, Paragraph, Part, Picture, Quote, Run, Stage, Table
from letters.readback import faults
from letters.readback.text import read
from letters.render.text import render
from support.letters_by_hand import every, house_style, paragraph, rich

LETTERS = every()
GUIDANCE = "https://example.org/guidance"


def letter_of(*blocks: Block) -> Letter:
    return replace(rich(), parts=(Part(BODY, blocks),), stage=Stage.READY)


def text_of(*blocks: Block) -> str:
    """How some blocks read, once it is sure that they can be read back."""
    letter = letter_of(*blocks)
    data = render(letter, house_style("hmicfrs"))
    assert faults(letter, read(data)) == []
    return data.decode().replace("\u00a0", " ").rstrip("\n")


def cells(*texts: str) -> tuple[tuple[Run, ...], ...]:
    return tuple((Run(text),) if text else () for text in texts)


def link(text: str, target: str) -> Run:
    return Run(text, href=target)


@pytest.mark.parametrize("name", LETTERS)
def test_says_the_words_of_the_letter_and_its_stage_mark(name: str) -> None:
    assert faults(LETTERS[name], read(render(LETTERS[name], house_style("hmicfrs")))) == []


@pytest.mark.parametrize(
    ("runs", "reads"),
    [
        ((Run("See "), link("our guidance", GUIDANCE), Run(" first.")), f"See our guidance ({GUIDANCE}) first."),
        ((link("the ", GUIDANCE), Run("whole", bold=True, href=GUIDANCE)), f"the whole ({GUIDANCE})"),
        ((Run("See "), link(GUIDANCE, GUIDANCE), Run(".")), f"See {GUIDANCE}."),
        ((link("example.org", "https://example.org/"),), "example.org"),
        ((Run("Ask "), link("Ann", "mailto:ann@example.org"), Run(".")), "Ask Ann (ann@example.org)."),
        ((link("Ann", "mailto:ann@example.org?subject=x"),), "Ann (mailto:ann@example.org?subject=x)"),
        ((link("ann@e.org", "mailto:ann@e.org?subject=x"),), "ann@e.org (mailto:ann@e.org?subject=x)"),
        ((link("ann@example.org", "mailto:ann@example.org"),), "ann@example.org"),
        ((link("Police", "https://example.org/Police_(UK)"),), "Police (https://example.org/Police_(UK))"),
        ((link("Police", "https://example.org/a_(b)_c)"),), "Police (https://example.org/a_%28b%29_c%29)"),
        ((link("Police", "https://example.org/a_(b)"), Run("(c)")), "Police (https://example.org/a_(b))(c)"),
        ((link("https://e.org/é", "https://e.org/%C3%A9"),), "https://e.org/é"),
        ((link("https://e.org/%C3%A9", "https://e.org/%C3%A9"),), "https://e.org/%C3%A9"),
        ((link("as typed", "https://e.org/%C3%A9?q=a%20b%26%FF"),), "as typed (https://e.org/é?q=a%20b%26%FF)"),
        ((link("tŷ.org", "https://xn--t-foa.org/"),), "tŷ.org"),
        ((link("Tŷ", "https://xn--t-foa.org/"),), "Tŷ (https://tŷ.org/)"),
        ((link("E.ORG", "HTTPS://E.ORG"),), "E.ORG"),
        ((Run(f"As typed ({GUIDANCE}), or\u00a0({GUIDANCE})."),), f"As typed ({GUIDANCE}), or ({GUIDANCE})."),
    ],
)
def test_a_link_shows_its_target_once(runs: tuple[Run, ...], reads: str) -> None:
    assert text_of(Paragraph(runs)) == reads


def test_words_in_brackets_are_read_as_words_and_targets_are_not() -> None:
    letter = letter_of(Paragraph((link("our guidance", GUIDANCE), Run(f" ({GUIDANCE})"))))
    assert read(render(letter, house_style("hmicfrs"))).words == (f"our guidance ({GUIDANCE})",)


def test_a_picture_says_what_it_shows() -> None:
    assert (
        text_of(Picture("a.png", "A chart"), paragraph("[Picture: words]")) == "[Picture: A chart]\n\n[Picture: words]"
    )


def test_a_narrow_table_stands_in_columns_as_they_are_aligned() -> None:
    table = Table(
        cells("", "2016", "2017"), (cells("Visits", "12", "1,234"), cells("", "", "")), ("left", "right", "right")
    )
    assert text_of(table).splitlines() == [
        "|        | 2016 |  2017 |",
        "|--------|------|-------|",
        "| Visits |   12 | 1,234 |",
        "|        |      |       |",
    ]


def test_long_cells_go_on_in_lines_of_their_column() -> None:
    long = "We recommend that the force acts. " * 4
    lines = text_of(Table(cells("Recommendation", "No."), (cells(long, "1"), cells("One.", "2")))).splitlines()
    assert lines[0].split() == ["|", "Recommendation", "|", "No.", "|"]
    assert max(map(len, lines)) <= 78
    assert sum(set(line) == {"|", "-"} for line in lines) == 3


def test_a_table_too_wide_for_columns_has_a_line_for_each_cell() -> None:
    headings = ("", *(f"Heading {number}: a" for number in range(11)))
    table = Table(cells(*headings), (cells("Kent", *("1: x",) * 11), cells("Gwent", *("",) * 11)))
    lines = text_of(table).splitlines()
    assert lines[:3] == ["|---", "| Kent", "| Heading 0: a: 1: x"]
    assert len(lines) == 26


@pytest.mark.parametrize("columns", [1, 3, 12])
def test_a_table_of_headings_alone_is_read_back(columns: int) -> None:
    assert "Heading of a column" in text_of(Table(cells(*("Heading of a column",) * columns), ()))


def test_each_item_keeps_its_number_whatever_it_begins_with() -> None:
    inner = ItemList(((paragraph("11. and 12. September"),), (paragraph("October"),)))
    table = Table(cells("Year"), (cells("2016"),))
    items = (
        (Quote((paragraph("We accept this."),)),),
        (paragraph("The force must act."),),
        (inner,),
        (table,),
        (Heading(2, (Run("End"),)),),
    )
    assert text_of(ItemList(items, ordered=True)).split("\n\n") == [
        "  1. We accept this.",
        "  2. The force must act.",
        "  3.   • 11. and 12. September",
        "       • October",
        "  4.",
        "     | Year |\n     |------|\n     | 2016 |",
        "  5. End",
    ]


def test_words_like_numbers_and_tables_stay_words() -> None:
    quoted = Quote((paragraph("1. Not an item"), paragraph("• nor this"), paragraph("|---")))
    assert text_of(quoted, paragraph("|-|")).split("\n\n") == [
        "    1. Not an item",
        "    • nor this",
        "     |---",
        " |-|",
    ]


@pytest.mark.parametrize(
    ("old", "new"), [("Visits", "Visit"), ("| 12 ", "| 13 "), ("2016", "2015"), ("| 12 ", "|    ")]
)
def test_another_word_in_a_table_is_found(old: str, new: str) -> None:
    letter = letter_of(Table(cells("What", "2016"), (cells("Visits", "12"),)))
    data = render(letter, house_style("hmicfrs"))
    assert old.encode() in data
    assert faults(letter, read(data.replace(old.encode(), new.encode()))) != []


def test_another_target_or_picture_is_told_by_a_comparison(tmp_path: Path) -> None:
    for name, target, alt in (("a", GUIDANCE, "A chart"), ("b", f"{GUIDANCE}-2", "A map")):
        letter = letter_of(Paragraph((Run("See "), link("our guidance", target))), Picture("a.png", alt))
        (tmp_path / f"{name}.txt").write_bytes(render(letter, house_style("hmicfrs")))
    compared = [sys.executable, "-m", "letters", "diff", "a.txt", "b.txt"]
    said = subprocess.run(compared, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False).stdout
    assert "2 changes" in said
    assert f"[-{GUIDANCE}-]{{+{GUIDANCE}-2+}}" in said
    assert "A map" in said


@pytest.mark.parametrize(("ordered", "first"), [(False, "  •   • plan"), (True, "  1.   1. plan")])
def test_an_entry_that_begins_with_a_quoted_list_has_both_labels(ordered: bool, first: str) -> None:
    quoted = Quote((ItemList(((paragraph("plan"),), (paragraph("act"),)), ordered),))
    assert text_of(ItemList(((quoted,), (paragraph("report"),)), ordered)).split("\n")[0] == first
