"""libyaml says of broken files what is looked for in its words: where it says it otherwise, a test fails."""

from __future__ import annotations

import re
from importlib.metadata import version

import pytest
import yaml
from yaml import _yaml

from conftest import ROOT
from letters.problems import InvalidInput
from letters.workspace.raw import load_yaml
from letters.workspace.yaml_said import NO_KEY, NO_MAPPING, NO_TOKEN, NOT_EXPECTED, SAID, VERSIONS

#: For each of the words a text of which libyaml says them.
EXAMPLES = {
    "could not find expected ':'": "a: b\nc\n d\ne: f\n",
    "did not find expected ',' or": "a: [1, 2\nb: c\n",
    "block sequence entries are not allowed": "a: - b\n",
    "found unknown escape character": 'a: "\\q"\n',
    "did not find expected comment or line": "a: | b\n",
    "did not find expected hexdecimal number": 'a: "\\xZZ"\n',
    "found unexpected end of stream": "a: 'b\n",
    "found unexpected document indicator": "a: 'b\n--- c\n",
    "found a tab character": "a: b\n\tc: d\n",
    "found undefined tag handle": "a: !x!y b\n",
    "found incompatible YAML document": "%YAML 3.0\n---\na: b\n",
    "found unknown directive": "%FOO bar\n---\na: b\n",
    "found duplicate %": "%YAML 1.1\n%YAML 1.1\n---\na: b\n",
    NO_TOKEN: "a: @b\n",
    NO_MAPPING: "a: b: c\n",
    NOT_EXPECTED: "- a\nb: c\n",
    NO_KEY: "a: 'b' c\n",
}
#: Words of PyYAML's own parser, which stands in where there is no libyaml.
OF_PYYAML = {"found character '\\t'": "a:\n\t- b\n"}


def says(text: str, words: str, parser: type[yaml.CSafeLoader] | type[yaml.SafeLoader] = yaml.CSafeLoader) -> bool:
    with pytest.raises(yaml.MarkedYAMLError) as caught:
        list(yaml.parse(text, Loader=parser))
    said = str(caught.value.problem)
    return words in said if words == NO_TOKEN else said.startswith(words)


@pytest.mark.parametrize("words", EXAMPLES)
def test_libyaml_says_it(words: str) -> None:
    assert says(EXAMPLES[words], words)


@pytest.mark.parametrize("words", OF_PYYAML)
def test_pyyaml_says_it(words: str) -> None:
    assert says(OF_PYYAML[words], words, yaml.SafeLoader)


def test_other_words_are_found() -> None:
    assert not says(EXAMPLES[NO_KEY], "did not find the expected key")


def test_all_words_that_are_looked_for_have_an_example() -> None:
    assert {words for words, _, _ in SAID} == (EXAMPLES.keys() | OF_PYYAML) - {
        NO_TOKEN,
        NO_MAPPING,
        NOT_EXPECTED,
        NO_KEY,
    }


@pytest.mark.parametrize(("words", "meaning"), [row[:2] for row in SAID if row[0] in EXAMPLES])
def test_the_words_are_said_for_people(words: str, meaning: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        load_yaml({"a.yaml": EXAMPLES[words].encode()}, "a.yaml")
    assert caught.value.problems[-1].message == meaning


def test_these_are_the_versions_that_were_looked_at() -> None:
    locked = re.search(r"^pyyaml==(\S+)", (ROOT / "requirements/build.txt").read_text("utf-8"), re.M)
    assert locked is not None
    assert {"pyyaml": locked[1], "libyaml": _yaml.get_version_string()} == VERSIONS
    assert version("pyyaml") == VERSIONS["pyyaml"]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("a:\n  b: 1\n   c: 2\n", True),
        ("a:\n  b:\n    d: 1\n    # f: 2\n     g: 3\n", True),
        ("a:\n  b: 1\n     c: 2\n", False),
    ],
)
def test_a_remark_of_which_only_the_sign_was_taken_out(text: str, is_one: bool) -> None:
    with pytest.raises(InvalidInput) as broken:
        load_yaml({"x.yaml": text.encode()}, "x.yaml")
    assert ("take out the space behind it too" in broken.value.problems[0].hint) == is_one


#: A file, and the line and column where its slip is, what is said of it, and some words of what to do.
SLIPS = {
    "no blank behind a colon": ("a:\n  b:c  # d\n  e: f\n", (2, 5), "no blank behind the colon", "`b: c`"),
    "no blank in the first line": ("a:b c\nd: e\n", (1, 3), "no blank behind the colon", "`a: b c`"),
    "no colon": ("a:\n  b\n    c: d\n", (2, 4), "a key without its colon", "`b:`"),
    "no-break spaces": ("a:\n  b: c\n\u00a0\u00a0d: e\n  f: g\n", (3, 1), "a no-break space where", "space bar"),
    "an apostrophe": (
        "a:\n  - 'the force's staff'\nb: c\n",
        (2, 16),
        "words after the closing",
        '"the force\'s staff"',
    ),
    "a name": ("a:\n  - 'Officer D'Orsi'\n", (2, 16), "words after the closing", '"Officer D\'Orsi"'),
    "a quotation": ('a:\n  - "Well", she said.\n', (2, 11), "words after the closing", "'\"Well\", she said.'"),
    "a star": ("a:\n  - *Very* good…\n", (2, 5), "a value cannot begin with '*'", "'*Very* good…'"),
    "a question mark": ("a:\n  b: ?\n", (2, 6), "a value cannot begin with '?'", "stage: awaited"),
    "a wrapped entry": ("a:\n  - b c\n  d\ne: f\n", (3, 3), "words at the indent of the dash", "indent it more"),
    "a bullet": ("a:\n  b:\n  • c d\ne: f\n", (3, 3), "a bullet that YAML does not know", "`- c d`"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told_where_it_is(name: str) -> None:
    text, place, message, hint = SLIPS[name]
    with pytest.raises(InvalidInput) as caught:
        load_yaml({"forces/a.yaml": text.encode()}, "forces/a.yaml")
    problem = caught.value.problems[-1]
    assert (problem.place.line, problem.place.column) == place
    assert problem.message.startswith(message)
    assert hint in problem.hint
