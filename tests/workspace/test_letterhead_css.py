"""What a letterhead's style sheet may do: the look that designers want; nothing that adds, hides or changes words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from letters.batch.formats import FORMATS
from letters.letter import HouseStyle
from letters.readback import faults
from letters.render import html, pdf
from letters.workspace.looks.properties import ALLOWED, OF_PAGES, OF_PICTURES
from letters.workspace.looks.sheet import sheet_problems
from support.letters_by_hand import every, house_style, rich

PATH = "templates/letterheads/hmicfrs/letter.css"


def told(css: str) -> list[str]:
    return [f"{problem.place.line}:{problem.place.column} {problem.message}" for problem in sheet_problems(PATH, css)]


def styled(css: str) -> HouseStyle:
    style = house_style("hmicfrs")
    return replace(style, css=style.css + css)


# What designers write

SOUND = [
    ".sender { border-bottom: 0.5pt solid #000; padding-bottom: 8pt }",
    ".masthead { background: #1d3c6e; color: #fff; padding: 6mm 8mm; border-radius: 2mm }",
    ".masthead img { height: 18mm; max-width: 60mm; margin: 0 auto 3mm; display: block }",
    "h1 { font: bold 14pt/18pt Arial, sans-serif; color: #1d3c6e; margin: 6pt 0 3pt } h2 { border-bottom: thin solid }",
    "html { font-family: Georgia, 'Times New Roman', serif; color: #222 } p { line-height: 1.4; text-align: justify }",
    ".date { float: right; width: 60mm; text-align: right } .salutation { clear: both }",
    "ul { padding-left: 5mm } blockquote { border-left: 2pt solid #888; padding-left: 4mm; margin-left: 0 }",
    "th { background: #e8eef7; color: #1d3c6e; font-weight: 600; letter-spacing: 0.02em }",
    "td:nth-child(2), td:last-child { text-align: right } tr:first-child td { border-top: 1pt solid #000 }",
    "a { color: #1d3c6e; text-decoration: none } em { font-style: normal; font-weight: bold }",
    ".foot { color: #555; font-size: 8pt; border-top: 0.5pt solid #999 }",
    "@page { size: A4; margin: 30mm 25mm 22mm } @page :first { margin-top: 20mm }",
    "@media screen { .sender { text-align: left } @media (max-width: 40em) { .masthead { float: none } } }",
    "@media screen and (min-width: 30em), print { .letter > .body p + p { text-indent: 5mm } }",
    "/* only a remark */\n@charset 'utf-8';\n.copied-to p:lang(cy) { font-style: italic }",
]


@pytest.mark.parametrize("css", SOUND)
def test_what_a_designer_writes_is_allowed_and_every_word_can_be_read(css: str) -> None:
    assert told(css) == []
    letter = rich()
    assert faults(letter, FORMATS["html"].read(html.render(letter, styled(css)))) == []
    assert faults(letter, FORMATS["pdf"].read(pdf.render(letter, styled(css)))) == []


@pytest.mark.parametrize("name", every())
def test_the_letterheads_of_this_repository_are_sound(name: str) -> None:
    letter = every()[name]
    style = house_style(letter.letterhead)
    assert sheet_problems(PATH, style.css) == []
    assert faults(letter, FORMATS["html"].read(html.render(letter, style))) == []


SAMPLES = {
    "color": "#123456",
    "font": "bold 9pt/12pt Arial",
    "font-family": "Georgia, serif",
    "text-align": "right",
    "border": "1pt solid #000",
    "size": "A4",
    "object-position": "right top",
    "display": "inline-block",
    "float": "left",
}
GUESSES = (
    "3mm",
    "1.2",
    "#123456",
    "none",
    "solid",
    "bold",
    "avoid",
    "2",
    "normal",
    "40mm",
    "9pt",
    "italic",
    "baseline",
)


@pytest.mark.parametrize(
    ("rule", "name"),
    [
        *(("p", name) for name in ALLOWED),
        *(("img", name) for name in OF_PICTURES),
        *(("@page", name) for name in OF_PAGES),
    ],
)
def test_what_is_allowed_is_known_to_weasyprint(rule: str, name: str) -> None:
    """Or a build would stop at what `check` found right."""
    values = (
        [SAMPLES[name]]
        if name in SAMPLES
        else [value for value in GUESSES if not told(f"{rule} {{ {name}: {value} }}")]
    )
    assert values
    for value in values:
        assert pdf._parsed(f"{rule} {{ {name}: {value} }}")[1] == ""


# What would add, hide or change words

HARMFUL = {
    "@media screen { .date { display: none } }": "1:25 'display' is not allowed here: it can hide words",
    "@media print { .date { visibility: hidden } }": "1:24 'visibility' is not allowed in the look of a letter: it can",
    ".date::after { content: ' or not' }": "1:6 '::' is not allowed",
    ".date:after { content: ' or not' }": "1:7 ':after' is not allowed",
    ".date::first-letter { font-size: 6pt }": "1:6 '::' is not allowed",
    ".date { content: 'No' }": "1:9 'content' is not allowed in the look of a letter: it writes words",
    "li { list-style-type: 'not ' }": "1:6 'list-style-type' is not allowed",
    "ol { list-style-type: upper-roman }": "1:6 'list-style-type' is not allowed",
    "ul { list-style: 'not ' }": "1:6 'list-style' is not allowed",
    "@counter-style x { system: cyclic; symbols: 'not' }": "1:1 '@counter-style' is not allowed",
    ".date { font-size: 0 }": "1:9 font-size cannot be '0' here",
    ".date { font-size: 0.5pt }": "1:9 font-size cannot be '0.5pt' here",
    ".date { text-indent: -9999px }": "1:9 text-indent cannot be '-9999px' here",
    ".date { margin-left: -50mm }": "1:9 margin-left cannot be",
    ".date { margin: 1e9cm }": "1:9 margin cannot be '1e9cm' here",
    ".date { margin: calc(-1 * 50mm) }": "1:9 margin cannot be",
    ".date { padding: 1e999mm }": "1:9 padding cannot be",
    ".date { clip-path: inset(50%) }": "1:9 'clip-path' is not allowed",
    ".date { position: absolute; left: -100mm }": "1:9 'position' is not allowed",
    ".date { opacity: 0.01 }": "1:9 'opacity' is not allowed",
    ".date { color: transparent }": "1:9 color cannot be 'transparent' here",
    ".date { color: rgb(0 0 0 / 5%) }": "1:9 color cannot be",
    ".date { text-transform: uppercase }": "1:9 'text-transform' is not allowed in the look of a letter: it",
    ".date { -webkit-text-security: disc }": "1:9 '-webkit-text-security' is not allowed",
    ".date { -webkit-text-fill-color: #fff }": "1:9 '-webkit-text-fill-color' is not allowed",
    ".date { transform: scale(0) }": "1:9 'transform' is not allowed",
    ".date { filter: blur(9px) }": "1:9 'filter' is not allowed",
    ".date { text-decoration: line-through }": "1:9 text-decoration cannot be 'line-through' here",
    ".date { font-family: Wingdings }": "1:9 font-family cannot be 'Wingdings' here",
    ".date { font: 12pt Symbol }": "1:9 font cannot be",
    ".date { height: 1mm; overflow: hidden }": "1:9 'height' is not allowed here: it can cut words off",
    ".date { line-height: 0 }": "1:9 line-height cannot be '0' here",
    ".date { letter-spacing: -1em }": "1:9 letter-spacing cannot be",
    ".date { direction: rtl; unicode-bidi: bidi-override }": "1:9 'direction' is not allowed",
    ".date { background: url(x.png) }": "1:9 background cannot be 'url(x.png)' here",
    ".date { background: linear-gradient(#000, #000) }": "1:9 background cannot be",
    ".date { box-shadow: inset 0 0 0 9cm #000 }": "1:9 'box-shadow' is not allowed",
    "em { float: right }": "1:6 'float' is not allowed here: it puts words into another order",
    ".letter { float: left }": "1:11 'float' is not allowed here",
    ".number { padding: 9mm }": "1:2 '.number' is what letters itself sets",
    ".stage-mark { font-size: 6pt }": "1:2 '.stage-mark' is what letters itself sets",
    "@import url(x.css);": "1:1 '@import' is not allowed",
    "@font-face { font-family: Arial; src: url(font:LettersSans-Bold.ttf) }": "1:1 '@font-face' is not allowed",
    "@supports (color: red) { .date { color: #000 } }": "1:1 '@supports' is not allowed",
    "@layer x { .date { color: #000 } }": "1:1 '@layer' is not allowed",
    "@media (prefers-color-scheme: dark) { html { color: #fff } }": "1:8 '(prefers-color-scheme: dark)' is not allowed",
    "@media (max-height: 10em) { html { color: #333 } }": "1:8 '(max-height: 10em)' is not allowed",
    "@page { @top-left { content: 'Draft' } }": "1:9 '@top-left' is not allowed here",
    "@page { margin: -10mm }": "1:9 margin cannot be '-10mm' here",
    "@page { size: 1mm }": "1:9 size cannot be '1mm' here",
    "p { --x: none; color: var(--x) }": "1:5 '--x' is not allowed",
    "p { color: #fff !important }": "1:5 '!important' is not allowed",
    ".date { p { color: #333 } }": "1:9 a rule inside a rule is not allowed",
    ".date:hover { color: #333 }": "1:7 ':hover' is not allowed",
    "a[href*=kent] { color: #333 }": "1:2 '[href*=kent]' is not allowed in what a rule is for",
    "p:not(:first-child) { color: #333 }": "1:3 'not(:first-child)' is not allowed",
    "style { color: #333 }": "1:1 no letter has an element 'style'",
    ".date { d\\69splay: none }": "1:9 'display' is not allowed here",
    ".date { DISPLAY: NONE }": "1:9 'display' is not allowed here",
    ".date: { color: #333 }": "1:6 nothing stands behind ':'",
    ".date: first-child { color: #333 }": "1:6 nothing stands behind ':'",
    ".date. { color: #333 }": "1:6 no name behind '.'",
    ".date > { color: #333 }": "1:7 nothing stands behind '>'",
    "h1, .date + { color: #333 }": "1:11 nothing stands behind '+'",
    "> p { color: #333 }": "1:1 nothing stands before '>'",
    "p ~ + em { color: #333 }": "1:3 nothing stands behind '~'",
    ".date, { color: #333 }": "1:1 nothing stands before or behind a comma",
    "{ color: #333 }": "1:1 a rule is for nothing",
    "p { color: #333; } } p { color: #333 }": "1:20",
    "} {{{": "1:1",
    ".date { colr: #333 }": "1:9 'colr' is not allowed in the look of a letter",
    ".date { color #333 }": "1:19 cannot be read from here on",
    "/* </style><script> */": "1:4 '</style' would end the style sheet inside a page",
}


@pytest.mark.parametrize("css", HARMFUL)
def test_what_would_change_words_is_a_problem_with_its_place(css: str) -> None:
    found = told(css)
    assert found, "nothing was said"
    assert found[0].startswith(HARMFUL[css]), found


@pytest.mark.parametrize("css", ["(" * 5000, "}" * 99 + "p { color: " + "(" * 5000, "('))))' " * 5000, "p {" * 5000])
def test_brackets_without_end_are_a_problem(css: str) -> None:
    assert told(css)


def test_a_problem_says_what_to_write_instead() -> None:
    (problem,) = sheet_problems(PATH, "\n.date {\n  colr: red;\n}\n")
    assert str(problem).startswith(
        f"{PATH}:3:3: 'colr' is not allowed in the look of a letter [E520]\n    3 |   colr: red;"
    )
    assert "hint: did you mean 'color'?" in str(problem)
    (problem,) = sheet_problems(PATH, ".sender { color: #333 }\n.date p: { color: #333 }\n")
    assert str(problem).startswith(f"{PATH}:2:8: nothing stands behind ':' [E520]\n    2 | .date p: {{ color")
    assert "hint: take the colon out; or say behind it where an element stands, as in `p:first-child`" in str(problem)


# Together


TOGETHER = {
    ".date { color: #fff }": "these words are #ffffff on #ffffff, too little contrast to be read in a narrow window",
    ".date { background: #000 }": "these words are #000000 on #000000, too little contrast",
    "@media screen and (max-width: 400px) { .date { color: #eee } }": "contrast to be read in a narrow window",
    "@media screen and (min-width: 1000px) { .date { color: #eee } }": "too little contrast to be read in a window",
    "@media print { .date { color: #eee } }": "too little contrast to be read when printed from a browser",
    ".letter { background: #222 }": "these words are #000000 on #222222",
    ".date { background: #036; color: #fff } .date p { background: #fff }": "#ffffff on #ffffff",
    "div { font-size: 0.6em } p { font-size: 0.6em }": "these words have type of 4.3 pt",
    ".date { font-size: 40pt; line-height: 8pt }": "these words have lines that stand in one another",
    ".date { padding: 0 25% } .date p { margin: 0 60mm }": "these words have no room between margins",
    "div { width: 25% } p { width: 25% }": "these words have no room between margins",
}


@pytest.mark.parametrize("css", TOGETHER)
def test_what_cannot_be_read_with_all_rules_together_is_found_on_the_page(css: str) -> None:
    assert told(css) == []
    found = faults(rich(), FORMATS["html"].read(html.render(rich(), styled(css))))
    assert found
    assert any(TOGETHER[css] in fault for fault in found), found


@pytest.mark.parametrize(
    "css", [".letter p { color: #333 }", "p { background: #fff; color: #000 }", "html { color: #333 }"]
)
def test_the_mark_of_a_draft_stays_as_it_is(css: str) -> None:
    assert told(css) == []
    assert faults(rich(), FORMATS["html"].read(html.render(rich(), styled(css)))) == []
