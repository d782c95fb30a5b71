"""What Markdown makes of a line and its writer may not have meant is told, at its line; sound text is left alone."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.letter import BODY, Heading, ItemList, Paragraph, Quote, Table, block_texts, normalise
from letters.letter.markdown import parse_parts
from letters.problems import Place, Problem
from letters.workspace.typed import data_problems
from support.counts import examples
from support.plain_note import FORCE, LETTER, LINES_OF_FORCE, LINES_OF_LETTER, block, check, said_in_all, source, told


@cache
def problems_of(text: str) -> list[Problem]:
    lines = text.split("\n")
    return parse_parts(text, lambda n: Place("x.md", n + 1, 0, lines[n] if n < len(lines) else ""), above=None)[1]


def codes(text: str) -> list[tuple[str, int]]:
    return [(problem.code, problem.place.line) for problem in problems_of(text)]


#: Text as it is typed or pasted, and the code and line of all that is said of it.
TOLD = {
    "a link without words": ("See\n[](https://www.example.org) now.", [("E207", 2)]),
    "a part in a quotation, to the end of the text": ("Text\n\n> :::\n> ", [("E205", 3)]),
    "a link of blanks": ("See [ ](https://www.example.org) now.", [("E207", 1)]),
    "a language without words": ("See []{lang=cy} now.", [("E207", 1)]),
    "cells beyond the headings": ("| Year | Cases |\n|---|---|\n| 2016 | 12 | rising fast |", [("E225", 3)]),
    "cells too few": ("| Year | Cases |\n|---|---|\n| 2016 |", [("W225", 3)]),
    "columns of another number": ("| Year | Cases |\n|---|\n| 2016 | 12 |", [("E225", 2)]),
    "a table without its line": ("| Year | Cases |\n| 2016 | 12 |", [("E225", 1)]),
    "a table without outer signs": ("Year | Cases\n2016 | 12", [("E225", 1)]),
    "a table out of Excel": ("Year\tCases\n2016\t12", [("E225", 1)]),
    "numbers behind bullets": ("Twice:\n\n- 11. and 12. May\n- 3. October", [("E224", 3), ("E224", 4)]),
    "a list behind a bullet": ("- - one\n- two", [("E224", 1)]),
    "a heading behind a bullet": ("- # one\n- two", [("E224", 1)]),
    "dashes below words": ("We thank the force.\n---\nWe shall return.", [("E221", 2)]),
    "equals signs below words": ("We thank the force.\n===", [("E221", 2)]),
    "a year": ("1986. That was the year.", [("E223", 1)]),
    "a list of one above 1": ("Text.\n\n4. Report.", [("E223", 3)]),
    "numbers out of order": ("1. one\n3. three", [("E223", 2)]),
    "numbers with noughts": ("01. one\n02. two", [("E223", 1)]),
    "a minus": ("It was\n\n- 3 per cent in 2016", [("E222", 3)]),
    "a plus": ("+ 5 per cent in 2017", [("E222", 1)]),
    "minus in all entries": ("- 3 per cent\n- 5%", [("E222", 1)]),
    "numbers in entries": ("- 12 officers\n- some others", [("W222", 1)]),
    "a star": ("* provisional", [("E222", 1)]),
    "more than": ("> 5 per cent", [("E222", 1)]),
    "at least": (">= £5m", [("E222", 1)]),
    "more than, twice": ("> 5 per cent\n> 6 per cent", [("E222", 1)]),
    "a line below a list": ("- to plan\n- to act\nWe shall return.", [("E220", 3)]),
    "a line below a numbered list": ("1. to plan\nWe shall return.", [("E220", 2)]),
    "a line below an indented list": ("  - to plan\n  We shall return.", [("E220", 2)]),
    "a line below a quotation": ("> We accept.\nWe shall return.", [("E220", 2)]),
    "a line below a table": ("| Plan |\n|---|\n| a |\nWe shall return.", [("E220", 4)]),
    "a list below words": ("We ask:\n- to plan\n- to act", [("E220", 2)]),
    "a numbered list below words": ("We ask:\n1. to plan\n2. to act", [("E220", 2)]),
    "a dash that begins a line": ("The force was\n- as ever - late.", [("E220", 2)]),
    "a table below words": ("Text\n| a | b |\n|---|---|\n| 1 | 2 |", [("E220", 2)]),
    "words below a heading": ("# Heading\nText", [("E220", 2)]),
    "a heading below words": ("Text\n# Heading", [("E220", 2)]),
    "a heading below a list": ("- list\n# Heading", [("E220", 2)]),
    "a quotation below words": ("Text\n> quoted", [("E220", 2)]),
    "other bullets": ("- a\n- b\n* c\n* d", [("E220", 3)]),
    "an inner list indented too little": ("1. one\n  - inner\n2. two", [("E220", 2)]),
    "an entry indented too little": ("- one\n - inner\n- two", [("E220", 2)]),
    "words indented too little": ("1. one\n\n  more of one", [("E220", 3)]),
    "a footnote": ("It improved.[^1]\n\n[^1]: See the report.", [("E205", 1), ("E205", 3)]),
    "an inline footnote": ("It improved.^[See the report.]", [("E205", 1)]),
    "struck out": ("It has ~~not~~ improved.", [("E205", 1)]),
    "highlighted": ("It has ==not== improved.", [("E205", 1)]),
    "inserted": ("It has ++not++ improved.", [("E205", 1)]),
    "low and high": ("H~2~O and\nx^2^", [("E205", 1), ("E205", 2)]),
    "stars without a blank": ("**Note:**the rest", [("E205", 1)]),
    "one star without a blank": ("*Note:*the rest", [("E205", 1)]),
    "stars with blanks inside": ("This is ** very ** good.", [("E205", 1)]),
    "a star not closed rightly": ("This is *very * good.", [("E205", 1)]),
    "underscores with blanks inside": ("This is __ very __ good.", [("E205", 1)]),
    "stars never closed": ("**Note: the rest", [("E205", 1)]),
    "stars over paragraphs": ("**Note:\n\nthe rest**", [("E205", 1), ("E205", 3)]),
    "a star that nothing closes": ("Our *PEEL: police\nreport", [("E205", 1)]),
    "a star that nothing opens": ("Our\nlegitimacy* report", [("E205", 2)]),
    "a star that leads to no remark of its own": ("A first point.\n\n*Provisional figures.", [("E205", 3)]),
    "a star between words": ("The force had * to act.", [("E205", 1)]),
    "an underscore that nothing closes": ("This concern _led to it.", [("E205", 1)]),
    "an underscore that nothing opens": ("This concern led_ to it.", [("E205", 1)]),
    "a product": ("That is 5*4*3.", [("E205", 1)]),
    "abusive words": ("He said f**k and sh**t.", [("E205", 1)]),
    **{
        f"stars that are meant, {number}": (text, [("E205", 1)])
        for number, text in enumerate(
            (
                "'*' is new and '*' old",
                "“*” and “*”",
                "(*) or (*)",
                "(a *) b (* c)",
                "(a*b)+(c*d)",
                "a*x+b*y",
                "John*Smith*Brown",
                "*+*",
                "*.docx*",
            )
        )
    },
    **{
        f"signs in an address, {number}": (text, [("E205", 1)])
        for number, text in enumerate(
            (
                "_sales@e.org and b_@e.org",
                "_sales_@e.org",
                "__x__@e.org",
                "_file_.docx",
                "C:/x/_old_/y",
                "file://x/_old_/y",
            )
        )
    },
    **{
        f"signs of unequal number: {text}": (text, [("E205", 1)])
        for text in ("**bold* and", "*bold** and", "The *not** good", "***not**", "**not***", "__not_", "_not__")
    },
    "an address with underscores": ("https://x.org/_a_/b", [("E205", 1)]),
    "an address with stars": ("https://x.org/a*b*c", [("E205", 1)]),
    "a link by reference": ("See [the report][1].\n\n[1]: https://x.org", [("E205", 1), ("E205", 3)]),
    "a link with a blank": ("See [the report] (https://x.org).", [("E205", 1)]),
    "a link turned round": ("See (the report)[https://x.org].", [("E205", 1)]),
    "a wiki's link": ("See [[Report]].", [("E205", 1)]),
    "boxes to tick": ("- [ ] plan\n- [x] act", [("E205", 1), ("E205", 2)]),
    "a definition": ("Plan\n: what is to be done", [("E205", 2)]),
    "a picture by name": ("Well done :smile:", [("E205", 1)]),
    "a formula": ("It is $x^2$.", [("E205", 1)]),
    "a mark for the look": ("## Heading {#two}", [("E205", 1)]),
    "a box for a note": ("> [!NOTE]\n> Beware.", [("E205", 1)]),
    "a table of contents": ("[TOC]", [("E205", 1)]),
    "an abbreviation": ("*[HMI]: Her Majesty's Inspector", [("E205", 1)]),
    "a command of TeX": ("\\newpage", [("E205", 1)]),
    "a # without a blank": ("#Heading", [("E205", 1)]),
    "a # that ends a heading": ("# Heading #", [("E205", 1)]),
    "a line of equals signs": ("Text.\n\n=====", [("E205", 3)]),
    "a comment": ("<!-- ask John -->", [("E205", 1)]),
    "a forced line end": ("Kent Police,\\\n1 Example Road", [("E205", 1)]),
    "two blanks at a line's end": ("Kent Police,  \n1 Example Road", [("E205", 1)]),
    "two blanks in an entry": ("- Kent Police,  \n  1 Example Road", [("E205", 1)]),
    "a backslash at the end": ("We thank you.\\\n\n- one\\\n- two", [("E205", 1), ("E205", 3)]),
    "a backslash behind a heading": ("# Heading\\\n\nWords.", [("E205", 1)]),
    "bullets of Word": ("We ask:\n\n• to plan\n• to act", [("E226", 3)]),
    "a bullet below words": ("We ask:\n• to plan", [("E226", 2)]),
    "points with tabs": ("·\tto plan", [("E226", 1)]),
    "small o with tabs": ("o\tto plan\no\tto act", [("E226", 1)]),
    "dashes as bullets": ("– to plan\n– to act", [("E226", 1)]),
    "hyphens without blanks": ("-to plan\n-to act", [("E226", 1)]),
    "letters in brackets": ("(a) to plan\n(b) to act", [("E226", 1)]),
    "letters with brackets": ("a) to plan\nb) to act", [("E226", 1)]),
    "roman numbers": ("i. to plan\nii. to act", [("E226", 1)]),
    "numbers without blanks": ("1.to plan\n2.to act", [("E226", 1)]),
    "numbered paragraphs": ("1.1 We saw.\n1.2 We heard.", [("E226", 1)]),
    "prose below a table": ("| a | b |\n|---|---|\n| 1 | 2 |\nWe ask a | b now.", [("E220", 4)]),
    "more than, in a sentence": ("> 5 per cent of officers left the force.", [("W222", 1)]),
    "numbered paragraphs with small letters": ("1.1 we saw\n1.2 we heard", [("E226", 1)]),
    "numbers without a stop": ("1 The force acts\n2 The other acts", [("E226", 1)]),
    "numbers and letters": ("1a. to plan\n1b. to act", [("E226", 1)]),
    "doubled letters": ("(aa) to plan\n(bb) to act", [("E226", 1)]),
    "numbers and letters in brackets": ("(1a) to plan\n(1b) to act", [("E226", 1)]),
    "minus signs": ("− plan\n− act", [("E226", 1)]),
    "hyphens of another kind": ("‐ plan\n‐ act", [("E226", 1)]),
    "steps": ("Step 1: plan\nStep 2: act", [("W220", 1)]),
    "one letter behind a colon": ("We ask you:\n(a) to plan", [("E226", 2)]),
    "letters behind words": ("We ask that you\n(a) plan, and\n(b) act", [("E226", 2)]),
    "numbered paragraphs that do not count on": ("2.9 We saw.\n3.1 We heard.", [("E226", 1)]),
    "letters that do not count on": ("(a) We saw.\n(c) We heard.", [("E226", 1)]),
    "a language behind strong words": ("**x** {lang=cy}", [("E205", 1)]),
    "a language with a blank": ("[x] {lang=cy}", [("E205", 1)]),
    "a language without brackets": ("Text{lang=cy}", [("E205", 1)]),
    "a citation": ("See [@cite].", [("E205", 1)]),
    "brackets of a statute": ("section [5](a) and rule [3](b)(ii)", [("E205", 1), ("E205", 1)]),
    **{f"a bullet {sign}": (f"{sign} plan\n{sign} act", [("E226", 1)]) for sign in "\uf0b7▪➢●‣⁃"},
    "an address": ("Kent Police\n1 Example Road\nMaidstone", [("W220", 1)]),
    "two lines": ("Kent Police\nMaidstone", [("W220", 1)]),
    "two offices": ("Her Majesty's Inspector of Constabulary\nHer Majesty's Inspector of Fire", [("W220", 1)]),
    "two lines with labels": ("Visits in the year of the review: 12\nReports of that year: 5", [("W220", 1)]),
    "two lines with marks": ("**Kent Police**\n[Our site](https://example.org)", [("W220", 1)]),
    "two lines with figures": ("12 March 2018\n13 March 2018", [("W220", 1)]),
    "two lines in an entry": ("- Kent Police\n  Maidstone", [("W220", 1)]),
    "two hyphens": ("The rate -- it rose -- fell.", [("W221", 1)]),
    "a hyphen at a line's end": ("your counter-\ncorruption unit", [("W223", 1)]),
    "a hyphen before a capital": ("Ms Smith-\nJones of the unit", [("W223", 1)]),
}

#: Text that is what it seems.
SOUND = (
    "- a\n  - b\n    - c\n      - d\n        - e\n          - f",
    "5 * 4, R&D, AT&T, press_office@x.uk, snake_case, #12, ~5 to ~7, a^b, km^2",
    "See [our\nreport](https://www.example.org), [**bold**](https://www.example.org) and [Cymru\n*am byth*]{lang=cy}.",
    "1.5 per cent - so - e.g. (a), 50% – 60%",
    "R* and S* rose; 12* of them fell.\n\n*Provisional figures.",
    "The rate* rose.\n\n*Provisional figures.",
    "\\*PEEL and \\_led, 5 * 4 and snake_case, C:\\\\_old, https://x.uk/_a, press_office@x.uk",
    "+5 per cent, −3, -2 and ±1; $5 and $6, US$5m/US$6m; 10:30:00; a:b:c; [sic], [1], (b) and 3/4",
    "See [our report](HTTPS://www.example.org/a_(b)) or ask [Ann](Mailto:ann@example.org).",
    "-5 per cent was the change.",
    "#5 was good.",
    "We wrote it in\n1986. That was the year.",
    "We ask:\n\n- one\n  - inner a\n  - inner b\n- two\n  on two lines\n- three\n\n  more of three\n\nand on.",
    "1. one\n2. two\n\nText.\n\n3. three\n4. four",
    "4. four\n5. five",
    "1. x\n1. y\n1. z",
    " 9. nine\n10. ten\n11. eleven",
    "1) one\n2) two",
    "* 12 officers\n* 3 others",
    "- 1 April 2018: plan\n- 1st May 2018: act",
    "- 2016: 12\n- 020 3513 0500\n- 10.30 a.m.",
    "1. > We accept this.\n2. The force must act.",
    "> Outer words\n>\n> > Inner words\n>\n> - a\n> - b\n>\n> outer again",
    "| a | b |\n|:--|--:|\n| x | y \\| z |\n| | |",
    "a | b\n--|--\n1 | 2",
    "| Plan |\n|---|\n| x |",
    "See <https://x.uk/a_b_c>, https://x.uk/~user/a~b/c_d_e and <a.b@c.uk>; [our **site**](https://x.uk).",
    "*one* **two** ***three*** _four_ mis*conduct* **P**olice **E**ffectiveness",
    "*“Peel”*, *'Peel'*, '*Peel*', (*emphasis added*), *(our italics)*, *a) plan* and *b) act*, *a* *b*, *not*/*or*",
    "**5 per cent**, *–5 per cent*, *see [1]*, *’tis so*, *n* = 5, **“A” and “B”**, **very good**so, un*believable*",
    "*× naive*, *- see below*, *& Co*",
    "***a** b* **c *d*** *e@example.org* **A**, **(b)** *Sentence.* Next",
    "3** and A**, 12* of them, and 5%**.",
    "The *whole\nthing* was **bold\nover lines**.",
    "[12 Mawrth]{lang=cy}",
    "# 1. Heading\n\n## Two\n\nText.",
    "(a) to plan;\n\n(b) to act.",
    "Name: ______________ (in capitals)",
    "f***ing words",
    "\\- 3 per cent\n\n\\+ 5 per cent\n\n1986\\. That\n\n\\> 5",
    "\\* star\n\n\\# hash\n\n\\[^1\\] \\~~x\\~~ \\*\\*y\\*\\*",
    "One two\nthree four\nfive six",
    "> 12 months ago we wrote.\n\nSo.\n\n> 26 Corrupt or other improper exercise of police powers",
    ">\n> 5 per cent",
    "> The force saw\n> 5 per cent",
    "- | a | b |\n  |---|---|\n  | 1 | 2 |",
    "[X] v Y [2017] and [x] is left out; section \\[5\\](a), rule \\[3\\](b)(ii)",
    "[x] is a letter, {x} and [y] {z}",
    "It rose from 1.1 per cent to\n1.2 per cent and then to\n1.3 per cent",
    "as the rules say in paragraphs\n(a) and\n(b) of it",
    "We asked the force\n– as we did before – to say why it had\n– in our view – acted.",
    "We met in\n1 Police Road and, later on the same day, in\n2 Force Street.",
    "Step 1: plan",
    "By what the Act says in section 5\n(a) applies in every case that we saw in that year, but\n(b) does not",
    "On 1 May the force wrote; and on\n2 May it wrote again and\n3 May it did.",
    "We met Kent Police,\nEssex Police,\nSurrey Police.",
    "He said... and then – no — nothing.",
    "pre- and\npost-inspection, long-\nand short-term",
    "Mr A. Smith\nand others",
    "We thank the staff of Kent\nPolice for their help.",
    "- Record all crimes reported to Kent\n  Police within 24 hours",
    "The review was led by\nMichael Cunningham",
    "You and your\nForce",
    "as we said (see Annex A\nPart 2)",
    "The report is called\nPEEL: police legitimacy 2016",
    "Dear Sir,\nThank you",
    "In the year to 31 March\n2018 the force recorded 12 crimes",
    "The force met the Police and Crime\nCommissioner on 12 March",
    "That is the view of Sir Thomas\nWinsor on this point",
    "Under the Police Reform Act\n2002 the force must refer",
    "On this journey the inspectors found\n1 Example Road and\n2 Other Street closed, and they left.",
    "The inspectors made their visits to the station\n1 March in the morning and\n2 April at noon, as agreed.",
    "It rose from\n12.5 per cent to\n13.9 per cent, as it had in\n2016. It fell in\n2017) and so on.",
)


@pytest.mark.parametrize("name", TOLD)
def test_what_may_not_be_meant_is_told_at_its_line(name: str) -> None:
    text, expected = TOLD[name]
    assert codes(text) == expected, problems_of(text)


#: A list right below the words of an entry is a list inside it; a heading is a problem there anyway.
OTHERWISE_IN_AN_ENTRY = (
    *("a list below words", "a numbered list below words", "a dash that begins a line"),
    *("words below a heading", "a heading below words", "a heading below a list", "a # that ends a heading"),
)


@pytest.mark.parametrize("name", TOLD)
def test_it_is_told_inside_a_quotation_and_an_entry_as_well(name: str) -> None:
    text, expected = TOLD[name]
    quoted = "\n".join(f"> {line}".rstrip(" ") if not line.endswith("  ") else f"> {line}" for line in text.split("\n"))
    assert {code for code, _ in codes(f"> Quoted:\n>\n{quoted}")} >= {code for code, _ in expected}
    if name in OTHERWISE_IN_AN_ENTRY:
        return
    entry = "\n".join(f"  {line}" if line else "" for line in text.split("\n"))
    assert {code for code, _ in codes(f"- Entry:\n\n{entry}")} >= {code for code, _ in expected}


@pytest.mark.parametrize("text", SOUND)
def test_sound_text_is_no_problem(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize("text", SOUND)
def test_sound_text_says_every_word_of_it(text: str) -> None:
    assert lost(text) == []


def test_the_sign_that_is_told_is_the_one_that_is_meant() -> None:
    (found,) = problems_of("The ***PEEL*** report … * c *, 2 * 3 * 4, **bold**text")
    assert found.place.column == 29
    (found,) = problems_of("The *good* and 5*4*3")
    assert found.place.column == 17


def test_every_hint_says_what_to_write() -> None:
    for text, _ in TOLD.values():
        assert all(len(problem.hint) > 10 for problem in problems_of(text))


HINTS = {
    "1986. That was the year.": r"1986\.",
    "+ 5 per cent": r"\+",
    "> 5 per cent": r"\>",
    "We ask:\n- to plan": r"\-",
    "- 11. May\n- 12. May": r"11\.",
    "* provisional": r"\*",
}


@pytest.mark.parametrize("text", HINTS)
def test_what_the_hint_says_works(text: str) -> None:
    sign = HINTS[text]
    assert all(sign in problem.hint for problem in problems_of(text)[:1])
    mended = text.replace(sign.replace("\\", ""), sign)
    if mended.startswith("- 11"):
        mended = mended.replace("12.", r"12\.")
    assert [code for code, _ in codes(mended) if code.startswith("E")] == []
    assert lost(mended) == []


# -- every word is said, or something is


def lost(text: str) -> list[str]:
    """The words and numbers of a text, signs in front of numbers with them, that its blocks do not say."""
    parts, _ = parse_parts(text, lambda n: Place("x.md", n + 1), above=None)
    said = normalise(" ".join(inner for part in parts for block in part.blocks for inner in block_texts(block)))
    meant = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", re.sub(r"\]\([^)]*\)|\{lang=\w+\}|\[|\]", " ", text))
    missing = []
    for line in meant.split("\n"):
        line = re.sub(r"^[ >]*(?:[-*]|\d+[.)])\s+", " ", re.sub(r"^[ >]+", "", line)) if "\\" not in text else line
        missing += [word for word in re.findall(r"[^\W_]+", line) if word not in said]
    return missing


#: Beginnings of lines, and what may follow.
BEGINNINGS = (
    "",
    "",
    "",
    "- ",
    "* ",
    "+ ",
    "> ",
    "1. ",
    "2. ",
    "7) ",
    "1986. ",
    "# ",
    "## ",
    "| ",
    "  ",
    "   - ",
    "• ",
    "(a) ",
)
MIDDLES = (
    *("words of a line", "5 per cent", "3. October", "one | two", "a | b | c |", "*stressed* it", "~~not~~ it"),
    *(
        "---",
        "===",
        "|---|---|",
        "1.5 and 2",
        "[x](https://x.org/y) z",
        "5*4*3",
        "R* and S*",
        "a_b_c",
        "<b>x</b>",
        "x.[^1]",
    ),
)
CHUNKS = (
    "| h | i |\n|---|---|\n| one | two |",
    "| h |\n|---|\n| x | y |",
    "We ask:\n\n- one\n- two",
    "> quoted\n>\n> again",
    "1. one\n2. two",
)
LINES = st.one_of(
    st.just(""), st.sampled_from(CHUNKS), st.tuples(st.sampled_from(BEGINNINGS), st.sampled_from(MIDDLES)).map("".join)
)


@settings(max_examples=examples(400))
@given(st.lists(LINES, min_size=1, max_size=7).map("\n".join))
def test_no_word_and_no_number_is_dropped_silently(text: str) -> None:
    parts, problems = parse_parts(text, lambda n: Place("x.md", n + 1), above=None)
    if any(problem.stops for problem in problems):
        return
    blocks = [block for part in parts for block in part.blocks]
    said = re.findall(r"\w+|\+", normalise(" ".join(inner for block in blocks for inner in block_texts(block))))
    numbers = [str(number) for block in blocks for number in _counted(block)]
    typed = re.findall(r"\w+|\+", re.sub(r"\]\([^)]*\)", "]", text))
    left = sorted(typed)
    for word in [*said, *numbers]:
        if word in left:
            left.remove(word)
    assert left == [], f"{text!r} says {said}"


def _counted(block: object) -> list[int]:
    """The numbers that a rendition prints in front of entries."""
    match block:
        case ItemList(items, ordered, start):
            own = list(range(start, start + len(items))) if ordered else []
            # Each entry of a list may have been typed as 1.
            own += [1] * len(items) if ordered and start == 1 else []
            return own + [number for item in items for inner in item for number in _counted(inner)]
        case Quote(blocks):
            return [number for inner in blocks for number in _counted(inner)]
        case _:
            return []


# -- through the YAML, to the letter


def test_a_problem_stands_at_its_line_of_the_file() -> None:
    letter, problems = check(source(block("We thank the force.\n\n1986. That was the year.\n")))
    assert letter is None
    assert told(problems) == [f"E223 forces/x.yaml:{LINES_OF_FORCE + 4}"]
    assert problems[0].place.column == 7


def test_a_list_with_all_that_may_stand_in_it_comes_out_in_every_format() -> None:
    text = "We ask:\n\n- one\n\n  more of one\n- > quoted\n\n1. first\n2. second\n\n"
    text += "| a | b |\n|---|--:|\n| 1 | 2 |"
    there = source(block(text))
    letter, problems = check(there)
    assert problems == []
    assert letter
    said = said_in_all(there, letter)
    assert said[-11:-1] == ("We ask:", "one", "more of one", "quoted", "first", "second", "a", "b", "1", "2")
    blocks = [block for part in letter.parts if part.name == BODY for block in part.blocks]
    assert [type(block) for block in blocks] == [Heading, Paragraph, ItemList, ItemList, Table]


def test_a_windows_path_is_told_in_data() -> None:
    from letters.workspace.raw import load_yaml

    raw = load_yaml({"x.yaml": b"body: |\n  See \\\\server\\share now.\n"}, "x.yaml")
    assert [problem.code for problem in data_problems(raw, ("body",), "See \\\\server\\share now.")] == ["W224"]


def data_codes(text: str) -> list[str]:
    from letters.workspace.raw import load_yaml

    raw = load_yaml({"x.yaml": block(text).encode()}, "x.yaml")
    return [problem.code for problem in data_problems(raw, ("body",), text)]


@pytest.mark.parametrize(
    "text", [r"See C:\_old\#1\a.docx now.", r"all of D:\*.*", r"as DOMAIN\_svc", r"S:\Share\_new", r"in Share\old\#2"]
)
def test_a_backslash_that_a_path_would_lose_is_told(text: str) -> None:
    assert data_codes(text) == ["W224"]


@pytest.mark.parametrize(
    "text",
    [r"1986\. That", r"R\* and A\*\* rose", r"\_sales\_@e.org", r"\_file\_.docx", r"press\_office", r"a\) plan"],
)
def test_backslashes_before_signs_that_are_meant_are_sound(text: str) -> None:
    assert data_codes(text) == []


@pytest.mark.parametrize("text", [r"C:\Users\x", r"C:\\_old\\#1\a.docx", r"D:\\\*.\*"])
def test_paths_that_are_printed_whole_are_sound(text: str) -> None:
    assert data_codes(text) == []


def test_a_bullet_that_no_font_has_is_told_as_one() -> None:
    _, problems = check(source(block("We ask:\n\n▪ to plan\n▪ to act\n\nand ▪ so.")))
    assert all(
        "begin each entry with `- `" in problem.hint for problem in problems if problem.place.line < LINES_OF_FORCE + 6
    )
    assert any("delete it" in problem.hint for problem in problems)


# -- in whose file it is


def test_what_a_text_of_the_data_begins_with_is_told_in_its_own_file() -> None:
    listed = "{% for one in [outcome.body] %}\n- {{ one }}\n{% endfor %}"
    for text in ("# Detail\n\nWords.", "- one\n- two"):
        _, problems = check(source(block(text), listed))
        assert told(problems) == [f"E224 {FORCE}:{LINES_OF_FORCE + 2}"], text
        assert problems[0].hint.endswith(f"{LETTER}:{LINES_OF_LETTER + 2} puts this text there")
    _, problems = check(source(block("Words."), "- # {{ outcome.body }}"))
    assert told(problems) == [f"E224 {LETTER}:{LINES_OF_LETTER + 1}"]


@pytest.mark.parametrize("middle", ["{{ outcome.body }}", "> {{ outcome.body }}"])
def test_a_text_of_the_data_makes_no_second_title(middle: str) -> None:
    for text, line in (("# Detail\n\nWords.", 2), ("Words.\n\n# Detail", 4)):
        letter, problems = check(source(block(text), middle))
        assert (letter, told(problems)) == (None, [f"E219 {FORCE}:{LINES_OF_FORCE + line}"])
        assert "begin it with ##;" in problems[0].hint
    letter, problems = check(source(block("## Detail\n\nWords."), middle))
    assert letter is not None
    assert problems == []
