"""Promise 9: one reading. What is said of a letter is what the letter says."""

from __future__ import annotations

import json

import pytest

from conftest import Workspace
from letters.compose import Composer
from letters.letter import normalise, words
from letters.workspace.letter_types import load_letter_types
from letters.workspace.raw import load_yaml
from letters.workspace.validate import Validator
from support.outcomes import ABUSE
from support.proofs import FORCES, files

pytestmark = pytest.mark.slow


def test_traces_say_the_words_of_the_letters() -> None:
    source = files()
    types, _ = load_letter_types(source)
    composer, validator = Composer(source), Validator(types)
    for slug in FORCES:
        raw = load_yaml(source, f"forces/{slug}.yaml")
        force, _ = validator.force(slug, raw)
        assert force
        for name in force.letters:
            letter, _ = composer.compose(types[name], force, raw.place)
            assert letter
            assert tuple(block.text for block in composer.trace(types[name], force)) == words(letter)


def test_explain_says_the_sentences_of_the_file(small: Workspace) -> None:
    assert small.letters("build", "kent", "--format", "txt").status == 0
    file = normalise(small.read(f"outputs/{ABUSE}/kent.txt"))
    said = json.loads(small.letters("explain", "kent", "--json").out)[0]["sentences"]
    assert len(said) > 20
    assert [one["text"] for one in said if normalise(one["text"]) not in file] == []


def test_try_says_the_verdict_of_the_letter(small: Workspace) -> None:
    answers = [line.strip().replace(": ", "=") for line in small.read("forces/kent.yaml").splitlines()[-5:]]
    tried = json.loads(small.letters("try", ABUSE, *answers, "--json").out)
    assert small.letters("build", "kent", "--format", "txt").status == 0
    assert normalise(" ".join(tried["verdict"])) in normalise(small.read(f"outputs/{ABUSE}/kent.txt"))
