"""Welsh is read by what holds in any language, and by a Welsh dictionary; the rules of English do not read it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import docx
import pytest

from conftest import Workspace
from letters.compose.trace import Span, TracedBlock
from letters.letter import BODY
from letters.machine.dictionary import welsh_dictionary
from letters.proof.any_language import findings
from letters.proof.places import Places
from letters.proof.spelling_cy import welsh_spelling
from letters.workspace.accepted import Accepted
from letters.workspace.letter_types import load_letter_types
from letters.workspace.source import Folder
from support.welsh import CUSTODY, SAMPLE, TYPE


def misspelt(text: str, *spans: Span, language: str = "cy") -> list[str]:
    source = Folder(SAMPLE)
    letter_type = load_letter_types(source)[0][CUSTODY]
    words, _ = welsh_dictionary()
    block = TracedBlock(BODY, text, spans or (Span(0, len(text), f"{TYPE}/letter.cy.md", 1),), running=True)
    problems = welsh_spelling([block], language, words, Accepted(), Places(source, letter_type))
    return [problem.message.split("'")[1] for problem in problems]


@pytest.mark.parametrize(
    "text",
    [
        "Gaerdydd a Chaerdydd. Nghaerdydd hefyd. Caerdydd oedd y lle.",
        "Powys. Bowys. Phowys. Mhowys.",  # no form of which Aspell knows
        "Gymru. Chymru. Nghymru. Wrecsam. Nghasnewydd. Dorfaen. Went.",
        "Mae'r llythyr hwn yn nodi'r hyn a welsom, a'i ganlyniad.",
        "Roedd eich staff wedi cael hyfforddiant. Comisiynydd yr Heddlu a Throseddu.",
    ],
)
def test_sound_welsh_is_no_finding(text: str) -> None:
    assert misspelt(text) == []


def test_a_misspelt_word_is_told_and_names_are_not_read() -> None:
    assert misspelt("Diolch am eich cymmorth, Zbigniew. Y cymmorth eto.") == ["cymmorth"]


def test_of_two_languages_each_is_read_by_its_own() -> None:
    text = "We met Heddlu Gwent, cymmorth yr heddlu, in time."
    at = text.index("cymmorth")
    english = Span(0, at, "x", 1), Span(at + 20, len(text), "x", 1)
    marked = Span(at, at + 20, "x", 1, lang="cy")
    assert misspelt(text, english[0], marked, english[1], language="en") == ["cymmorth"]
    assert misspelt("Diolch am eich thorough reports.", Span(0, 15, "x", 1), Span(15, 32, "x", 1, lang="en-GB")) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Roedd y cynllun yn dda , ond.", "E404"),
        ("Roedd  y cynllun yn dda.", "E403"),
        ("Roedd y cynllun yn dda,ond.", "E419"),
        ("Roedd y cynllun yn dda.Roedd ef.", "E419"),
        ("Roedd y cynllun yn dda. .", "E401"),
        ("Gwelsom, , a mwy.", "E406"),
        ("Roedd y cynllun yn dda", "E405"),
    ],
)
def test_what_is_wrong_in_any_language_is_told(text: str, code: str) -> None:
    assert {finding.code.value for finding in findings(text, running=True)} >= {code}


@pytest.mark.parametrize(
    "text",
    [
        "Gwnaethom ymweld â Heddlu Gwent ar 12 Mawrth 2018. Mae'r llythyr hwn yn nodi'r hyn a welsom.",
        "Ysgrifennwch at non@psw.example.org: diolch, a hwyl fawr!",
        "Roedd 1,234 o achosion, a 92.5% ohonynt yn dda; gweler tudalen 3 ...",
        "i'r heddlu ac i'r cyhoedd yn y wlad.",
    ],
)
def test_sound_welsh_has_no_finding_and_no_rule_of_english_reads_it(text: str) -> None:
    assert findings(text, running=True) == []


@pytest.mark.slow
def test_where_the_dictionary_is_missing_check_and_doctor_say_so(bilingual: Workspace, tmp_path: Path) -> None:
    nowhere = {"PYENCHANT_LIBRARY_PATH": str(tmp_path / "no-enchant.so")}
    checked = bilingual.letters("check", env={**os.environ, **nowhere})
    assert "Welsh spelling was not checked: Enchant is missing [W420]" in checked.err
    assert "Welsh: not checked: Enchant is missing" in checked.out
    assert "aspell-cy" in checked.err
    doctor = bilingual.letters("doctor", env={**os.environ, **nowhere})
    assert "without  Welsh spelling: Enchant is missing" in doctor.out
    assert "well     Welsh spelling: a Welsh dictionary (cy)" in bilingual.letters("doctor").out


@pytest.mark.slow
def test_every_possible_welsh_letter_is_read(bilingual: Workspace) -> None:
    bilingual.replace(f"{TYPE}/verdict.cy.md", "yn rhannol gyflawn.", "yn gyflawn.")
    ran = bilingual.letters("check")
    told = f"{TYPE}/verdict.cy.md:5: the letter reads the same whether records is 'complete' or 'partly_complete'"
    assert told in ran.err
    bilingual.replace(f"{TYPE}/verdict.cy.md", "yn gyflawn.", "yn gyflawn. . Gwelsom Heddlu Gwent.")
    ran = bilingual.letters("check")
    assert "a sentence without words" in ran.err
    assert "'Heddlu Gwent' [E413]" in ran.err  # who else gets this letter?


@pytest.mark.slow
def test_words_that_are_marked_are_read_by_the_dictionary_of_their_language(bilingual: Workspace) -> None:
    """Names are not: neither those of the data nor a word with a capital."""
    said = "[Safonau plismonaqq]{lang=cy} a [the colleaguess of {{ force.name }} and Mr Zbigniew]{lang=en}."
    bilingual.replace(f"{TYPE}/letter.cy.md", "o fewn 28 diwrnod.", f"o fewn 28 diwrnod, {said}")
    ran = bilingual.letters("check", "--json")
    told = [one["message"] for one in json.loads(ran.out)["problems"] if one["code"] in ("W416", "W609")]
    assert told == ["'plismonaqq' is not in the Welsh dictionary", "'colleaguess' is not in the British dictionary"]


@pytest.mark.slow
def test_the_book_shows_both_languages_beside_each_other(bilingual: Workspace) -> None:
    bilingual.replace(f"{TYPE}/wording.yaml", "your custody records", "your own custody records")
    ran = bilingual.letters("wording", CUSTODY, "--book")
    assert f"written: outputs/wording/{CUSTODY}.both.html" in ran.out
    assert f"{CUSTODY}.cy: 135 outcomes, 9 + 15 different verdicts" in ran.out
    page = bilingual.read(f"outputs/wording/{CUSTODY}.both.html")
    cell = '<td><p class="name">records</p><p lang="{}">{}</p></td>'
    assert cell.format("en-GB", "your own custody records") + cell.format("cy", "eich cofnodion dalfa") in page
    cell = '<td><p lang="{}">{}</p></td>'
    english, welsh = "Please write to us within 28 days.", "Ysgrifennwch atom o fewn 28 diwrnod."
    assert cell.format("en-GB", english) + cell.format("cy", welsh) in page
    assert (
        page.count("Nid oedd eich cofnodion dalfa yn gyflawn.") == 3
    )  # a third of the verdicts on records and training
    assert "the Welsh of records was made of" in page
    tables = docx.Document(str(bilingual.path(f"outputs/wording/{CUSTODY}.both.docx"))).tables
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
    assert ["records\nyour own custody records", "records\neich cofnodion dalfa"] in rows
    assert [english, welsh] in rows
