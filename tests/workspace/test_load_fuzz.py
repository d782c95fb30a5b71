"""Whatever bytes a file holds, they are data or problems with a place: never an exception, and never a long wait."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from letters.batch.manifest import Manifest
from letters.batch.survey import Survey
from letters.letter.markdown import parse_parts
from letters.problems import InvalidInput, Place, Problem
from letters.workspace.raw import LARGEST_TEXT, load_yaml
from letters.workspace.source import Folder, Source
from support.counts import examples

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SOUND = {path: data for path, data in Folder(ROOT).items() if not path.startswith("forces/") or "south-wales" in path}
FORCE = "forces/south-wales.yaml"
TYPE = "templates/pcc-response-2019"
#: Bytes that mean something to YAML, Markdown or Jinja, or to nobody.
TELLING = [
    *(b"\t", b"\n", b"\r", b"  ", b": ", b"- ", b"? ", b"{", b"}", b"[", b"]", b"&a ", b"*a ", b"!a ", b"!!str ", b"'"),
    *(
        b'"',
        b"|\n",
        b">\n",
        b"#",
        b"%",
        b"@",
        b"`",
        b"---\n",
        b"...\n",
        b"\\",
        b"\0",
        b"\x85",
        b"\xff",
        b"\xef\xbb\xbf",
    ),
    *(b"{{", b"}}", b"{%", b"%}", b"{#", b"#}", b":::", b"::: {.a}\n", b"> ", b"* ", b"_", b"](", b"]{", b"![", b"<b>"),
    *(
        b"&shy;",
        "é".encode(),
        "\u200b".encode(),
        "\ue000".encode(),
        "👮".encode(),
        b"~",
        b"null",
        b"true",
        b"2017-02-30",
    ),
]


@settings(max_examples=examples(150), suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=2000) | st.lists(st.sampled_from(TELLING), max_size=60).map(b"".join))
@example(b"a: [" * 5000)
@example(b"? " * 50_000)
@example(b"a: &a [*a, *a]\n")
@example(b"\xff\xfea\0")
@example(b'a: "\\ud800"')
@example(b"a: !!binary x\n<<: *a")
def test_any_bytes_are_data_or_problems(data: bytes) -> None:
    try:
        raw = load_yaml({FORCE: data}, FORCE)
    except InvalidInput as broken:
        _assert_readable(broken.problems)
        return
    assert raw.data is not None
    assert raw.place().line


@st.composite
def spoilt(draw: st.DrawFn, path: str) -> bytes:
    """A real file with a few places overwritten, cut out, doubled or filled with something telling."""
    data = SOUND[path]
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        put = draw(st.sampled_from([*TELLING, b"", data[start:end] * 2, data[end : end + 30]]))
        data = data[:start] + put + data[end:]
    return data


PATHS = [
    *(FORCE, f"{TYPE}/letter.yaml", f"{TYPE}/outcome.yaml", f"{TYPE}/letter.md"),
    *("templates/abuse-of-position-2017/wording.yaml", "templates/abuse-of-position-2017/verdict.md"),
    *("templates/abuse-of-position-2017/letter.md", "templates/abuse-of-position-2017/outcome.yaml"),
    "templates/letterheads/pcc-south-wales/letterhead.md",
]


@pytest.mark.parametrize("path", PATHS)
@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_spoilt_file_is_sound_or_has_problems(path: str, data: st.DataObject) -> None:
    source: Source = {**SOUND, path: data.draw(spoilt(path))}
    survey = Survey(source, Manifest())
    _assert_readable(survey.problems)
    made = sum(bool(letter.letter) for force in survey.forces.values() for letter in force.letters.values())
    assert made == 2 or any(problem.stops for problem in survey.problems) or path == FORCE


TELLING_TEXT = st.lists(st.sampled_from(TELLING), max_size=60).map(
    lambda some: b"".join(some).decode("utf-8", "replace")
)


@settings(max_examples=examples(100))
@given(st.text(max_size=400) | TELLING_TEXT)
@example("\r#")
@example(":::x\n")
@example(":::\x08")
def test_any_text_is_parts_or_problems(text: str) -> None:
    _, problems = parse_parts(text, lambda line: Place("letter.md", line + 1))
    _assert_readable(problems)


BLOATED = {
    "keys": "".join(f"k{number}: x\n" for number in range(40_000)),
    "the same key": "a: x\n" * 90_000,
    "entries": "- a\n" * 120_000,
    "outcomes": "letters:\n" + "".join(f"  t{number}: {{stage: x}}\n" for number in range(18_000)),
    "emoji": "name: " + "👮 x" * 80_000,
    "accents": "name: " + "e\u0301 \u0435" * 70_000,
    "anchors": "".join(f"a{number}: &a{number} x\n" for number in range(20_000)),
    "digits": "name: " + "9" * 490_000,
    "brackets": "name: " + "[" * 490_000,
    "stars": "- " + "*a " * 160_000,
}


@pytest.mark.parametrize("kind", BLOATED)
def test_a_bloated_force_is_read_in_seconds(kind: str) -> None:
    text = BLOATED[kind]
    assert len(text) <= LARGEST_TEXT < 600_000
    start = time.process_time()
    survey = Survey({**SOUND, FORCE: text.encode()[:LARGEST_TEXT]}, Manifest())
    assert time.process_time() - start < 10
    assert 0 < len(survey.problems) <= 101


MARKDOWN = {
    "quotes": "> " * 10_000 + "x",
    "stars": "*" * 100_000,
    "emphases": "*a " * 100_000,
    "open brackets": "[" * 50_000,
    "open pictures": "![" * 30_000,
    "links half done": "[a](" * 30_000,
    "spans half done": "[a]{lang=cy " * 20_000,
    "code": " ".join("`" * number for number in range(1, 300)),
    "tags": "<a " * 50_000,
    "entities": "&" * 50_000,
    "cells": "|a" * 10_000 + "\n" + "|-" * 10_000,
    "items in items": "\n".join("  " * number + "- x" for number in range(300)),
    "parts": "::: {.a}\n" * 10_000,
}


@pytest.mark.parametrize("kind", MARKDOWN)
def test_bloated_markdown_is_read_in_seconds(kind: str) -> None:
    text = MARKDOWN[kind]
    lines = text.split("\n")
    start = time.process_time()
    parse_parts(text, lambda line: Place("letter.md", line + 1, 0, lines[line]))
    assert time.process_time() - start < 10


JINJA = {
    "doubling": "{% set a0 %}lol{% endset %}"
    + "".join(f"{{% set a{n + 1} %}}{{{{ a{n} }}}}{{{{ a{n} }}}}{{% endset %}}" for n in range(40))
    + "{{ a40 }}",
    "macros that double": "{% macro m0() %}lol{% endmacro %}"
    + "".join(f"{{% macro m{n + 1}() %}}{{% if m{n}() and m{n}() %}}a{{% endif %}}{{% endmacro %}}" for n in range(40))
    + "{{ m40() }}",
    "loops in loops": "{% for a in 'xxxxxxxxxx' %}" * 12 + "x" + "{% endfor %}" * 12,
    "a long loop": "{% for a in '"
    + "x" * 100_000
    + "' %}{% for b in '"
    + "x" * 100_000
    + "' %}{% endfor %}{% endfor %}",
    "a macro in itself": "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "a loop in itself": "{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "a large number": "{{ " + "9" * 5000 + " }}",
    "a power": "{{ 10 ** 10 ** 10 }}{{ 'x' * 10 ** 10 }}",
    "brackets": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "ifs": "{% if force %}" * 300 + "x" + "{% endif %}" * 300,
    "open comments": "{# " * 50_000,
    "open braces": "{{ " * 50_000,
    "nothing printed": "{{ none }}{{ [] }}{{ true }}",
    "python": "{{ ''.__class__.__mro__ }}{{ '{0.__class__}'.format(force) }}{{ force['_facts'] }}{{ force._read }}",
}


@pytest.mark.parametrize("kind", JINJA)
def test_a_template_cannot_run_away(kind: str) -> None:
    path = f"{TYPE}/letter.md"
    start = time.process_time()
    survey = Survey({**SOUND, path: SOUND[path] + JINJA[kind].encode()}, Manifest())
    assert time.process_time() - start < 10
    assert [problem.place.path for problem in survey.problems if problem.stops][:1] == [path]


def _assert_readable(problems: list[Problem] | tuple[Problem, ...]) -> None:
    assert isinstance(problems, list) or problems
    for problem in problems:
        said = str(problem)
        assert problem.code
        assert problem.message
        assert len(said) < 3000
        assert said.replace("\n", "").isprintable()
