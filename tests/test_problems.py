"""Codes of problems: one meaning each, given somewhere, seen in some test, and told in docs/reference/problems.md."""

from __future__ import annotations

import json
import pickle
import re
import runpy
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT
from letters.problems import MOST, Code, Place, Problem, in_order, visible

MAKER = runpy.run_path(str(ROOT / "docs/reference/make_problems.py"))
uses: Callable[[Code], list[str]] = MAKER["uses"]


def test_the_page_is_made_of_the_codes() -> None:
    page = (ROOT / "docs/reference/problems.md").read_text("utf-8")
    assert page == MAKER["page"](), "run `python docs/reference/make_problems.py`"


def test_the_page_has_each_code_once_and_the_readme_leads_to_it() -> None:
    page = (ROOT / "docs/reference/problems.md").read_text("utf-8")
    assert re.findall(r"^\| ([EW]\d{3}) \|", page, re.M) == [code.value for code in Code]
    assert "(docs/reference/problems.md)" in (ROOT / "README.md").read_text("utf-8")


def test_codes_stand_in_order_of_their_numbers_an_error_before_a_warning() -> None:
    codes = [code.value for code in Code]
    assert codes == sorted(codes, key=lambda code: (code[1:], code[0]))
    assert all(re.fullmatch(r"[EW]\d{3}", code) for code in codes)


def test_each_code_has_a_meaning_of_its_own_in_one_line() -> None:
    meanings = [code.meaning for code in Code]
    assert len(set(meanings)) == len(meanings)
    assert all(meaning and "\n" not in meaning and not meaning.endswith(".") for meaning in meanings)


@pytest.mark.parametrize("code", Code)
def test_each_code_is_given_by_the_package(code: Code) -> None:
    assert uses(code)


def test_each_code_is_seen_in_a_test() -> None:
    files = [file for end in ("py", "txt") for file in (ROOT / "tests").rglob(f"*.{end}") if file != Path(__file__)]
    seen = {code for file in files for code in re.findall(r"\b[EW]\d{3}\b", file.read_text("utf-8"))}
    assert {code for code in Code if code.value not in seen} == {Code.MORE_PROBLEMS}  # below


def test_a_code_prints_as_it_always_did() -> None:
    problem = Problem(Code.KEY_TWICE, "'rank' is given twice", Place("forces/kent.yaml", 4, 40))
    assert str(problem) == "forces/kent.yaml:4:40: 'rank' is given twice [E103]"
    assert json.loads(json.dumps(problem.as_data()))["code"] == "E103"
    assert problem.code == "E103"
    assert pickle.loads(pickle.dumps(problem)) == problem


def test_more_problems_of_a_file_than_anybody_mends_are_counted() -> None:
    many = [Problem(Code.KEY_TWICE, f"key {number}", Place("a.yaml", number)) for number in range(1, MOST + 4)]
    *first, last = in_order(many)
    assert first == many[:MOST]
    assert (last.code, last.message) == (Code.MORE_PROBLEMS, "3 more problems")


def test_hard_blanks_are_blanks_and_only_what_acts_is_shown_as_a_sign() -> None:
    assert visible("2\u00a0October\u202f2017\tx") == "2 October 2017 x"
    assert visible("a\x1b[31mb") == "a�[31mb"
