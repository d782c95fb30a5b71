"""One outcome, a letter in each of its languages: files, status, what is left over, what earlier versions kept."""

from __future__ import annotations

import json
import re
from hashlib import sha256

import pytest

from conftest import Workspace
from letters.batch.manifest import Manifest, from_json
from support.welsh import CUSTODY, SLUGS, STOPS, TYPE

pytestmark = pytest.mark.slow

FORMATS = ("docx", "html", "pdf", "txt")


def files(workspace: Workspace, type_name: str) -> set[str]:
    return {path.name for path in workspace.path(f"outputs/{type_name}").iterdir()}


def test_each_language_has_files_of_its_own_and_both_together_one(bilingual_built: Workspace) -> None:
    names = {f"{slug}{language}.{format}" for slug in SLUGS for language in ("", ".cy") for format in FORMATS}
    assert files(bilingual_built, CUSTODY) == names
    assert files(bilingual_built, STOPS) == {
        f"{slug}.{format}" for slug in ("gwent", "south-wales") for format in FORMATS
    }


def test_the_sample_has_no_problem_and_is_up_to_date_once_it_is_built(bilingual_built: Workspace) -> None:
    checked = bilingual_built.letters("check")
    assert (checked.status, checked.err) == (0, "")
    assert "10 letters can be built: 0 problems" in checked.out
    assert "Welsh: a Welsh dictionary" in checked.out
    status = bilingual_built.letters("status")
    lines = [line.split() for line in status.out.splitlines()]
    assert [line[0] for line in lines if line[-3:] == ["up", "to", "date"]][:4] == [
        "dyfed-powys",
        "dyfed-powys.cy",
        "gwent",
        "gwent.cy",
    ]
    assert "2 complete, 2 not complete" in status.out  # an outcome counts once, however many languages it is told in
    assert "10 letters: 10 up to date" in status.out
    data = json.loads(bilingual_built.letters("status", "--json").out)
    assert [(one["force"], one["language"]) for one in data["letters"] if one["type"] == CUSTODY][:2] == [
        ("dyfed-powys", "en"),
        ("dyfed-powys", "cy"),
    ]


def test_a_force_means_its_letters_in_both_languages(bilingual: Workspace) -> None:
    ran = bilingual.letters("build", "south-wales", "--type", CUSTODY, "--format", "txt")
    assert ran.status == 0, ran.err
    assert files(bilingual, CUSTODY) == {"south-wales.txt", "south-wales.cy.txt"}
    assert "Roedd eich cofnodion dalfa yn gyflawn." in bilingual.read(f"outputs/{CUSTODY}/south-wales.cy.txt")
    assert "Your custody records were complete." in bilingual.read(f"outputs/{CUSTODY}/south-wales.txt")
    bilingual.replace("forces/south-wales.yaml", "records: complete", "records: not_complete")
    out = bilingual.letters("diff", "south-wales").out
    assert "    south-wales (" in out
    assert "    south-wales.cy\n" in out
    assert out.count("forces/south-wales.yaml:15 (records)") == 2
    tried = bilingual.letters("try", CUSTODY, "records=complete", "training=planned").out
    assert "Your custody records were complete." in tried
    assert "Roedd eich cofnodion dalfa yn gyflawn." in tried
    explained = bilingual.letters("explain", "south-wales", "--type", CUSTODY).out
    assert f"south-wales, {CUSTODY}\n" in explained
    assert f"south-wales.cy, {CUSTODY}\n" in explained


def test_letters_in_a_language_taken_out_are_left_over(bilingual: Workspace) -> None:
    bilingual.letters("build", "--format", "txt")
    bilingual.replace(f"{TYPE}/letter.yaml", "languages: [en, cy]", "languages: [en]")
    ran = bilingual.letters("build", "--format", "txt")
    assert "4 letters: 0 changed, 4 the same, 2 forces with problems, 2 left over" in ran.out
    assert ran.err.count("is not used: this letter is not in Welsh [E605]") == 3  # what two letters say in Welsh
    bilingual.letters("clean")
    kept = {"gwent.cy.txt", "north-wales.cy.txt"}  # until their own words in Welsh are taken out
    assert files(bilingual, CUSTODY) == {f"{slug}.txt" for slug in SLUGS} | kept


def test_a_letter_that_is_now_in_the_file_of_another_language_is_not_told_as_not_built(bilingual: Workspace) -> None:
    bilingual.letters("build", "--format", "txt")
    bilingual.replace(f"{TYPE}/letter.yaml", "languages: [en, cy]", "languages: [en, cy]\ntogether: true")
    bilingual.replace("forces/dyfed-powys.yaml", "records: complete", "records: compleet")
    said = bilingual.letters("status").out
    assert f"not built: {CUSTODY}/dyfed-powys: problems" in said
    assert "dyfed-powys.cy" not in said
    assert "3 left over" in said


def test_an_outcome_that_is_awaited_again_leaves_both_letters_over(bilingual: Workspace) -> None:
    bilingual.letters("build", "--format", "txt")
    bilingual.replace("forces/dyfed-powys.yaml", "stage: specimen", "stage: awaited")
    ran = bilingual.letters("status")
    assert "1 waiting for outcomes" in ran.out
    bilingual.letters("clean")
    assert not {"dyfed-powys.txt", "dyfed-powys.cy.txt"} & files(bilingual, CUSTODY)


def test_the_manifest_of_a_version_that_knew_no_languages_is_read() -> None:
    data: dict[str, object] = {
        "format": 1,
        "types": {"note": {"expected": "all", "groups": []}},
        "looks": {},
        "tools": {},
        "templates": "x",
        "forces": {"kent": {"inputs": "y", "name": "Kent Police", "letters": {}}},
        "letters": {"note/kent": {"pages": 1, "files": {}}},
    }
    data["digest"] = sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
    found = from_json(json.dumps(data).encode())
    assert isinstance(found, Manifest)
    assert found.types["note"].languages == ("en",)
    assert [key.language for key in [found.types["note"].first("note", "kent")]] == ["en"]


def test_conditions_that_are_others_in_one_language_are_told_and_hold_a_ready_letter(bilingual: Workspace) -> None:
    verdict = f"{TYPE}/verdict.cy.md"
    bilingual.replace(verdict, "if outcome.records == 'complete'", "if outcome.records == 'X'")
    bilingual.replace(verdict, "outcome.records == 'partly_complete'", "outcome.records == 'complete'")
    bilingual.replace(verdict, "outcome.records == 'X'", "outcome.records == 'partly_complete'")
    checked = bilingual.letters("check").err
    assert "verdict.cy.md:5: warning: this Welsh is said of an outcome of which the English says" in checked
    assert checked.count("[W610]") == 2
    bilingual.replace("forces/gwent.yaml", "stage: specimen", "stage: ready")
    ran = bilingual.letters("build", "gwent", "--type", CUSTODY, "--format", "txt")
    assert "this letter is ready, and its Welsh is not up to date: verdict.cy.md:5 [E600]" in ran.err
    rows = bilingual.letters("status", "gwent.cy", "south-wales", "--type", CUSTODY).out
    assert f"{CUSTODY}: 2 letters, 2 held\n" in rows
    assert re.findall(r"  (gwent\S*) +ready +(.*)", rows) == [
        ("gwent", "held: its Welsh is stale"),
        ("gwent.cy", "held: its Welsh is stale"),
    ]
    assert len(re.findall(r"south-wales.*new; its Welsh is stale", rows)) == 2
    data = json.loads(bilingual.letters("status", "gwent", "south-wales", "--type", CUSTODY, "--json").out)
    assert [(one["force"], one["language"]) for one in data["held"]] == [("gwent", "en"), ("gwent", "cy")]
    assert [(one["force"], one["welsh_is_stale"]) for one in data["letters"]] == [("south-wales", True)] * 2


def test_a_change_of_both_languages_is_two_changes(bilingual: Workspace) -> None:
    bilingual.letters("build", "--format", "txt")
    for file in ("letter.md", "letter.cy.md"):
        bilingual.write(f"{TYPE}/{file}", bilingual.read(f"{TYPE}/{file}").replace("28 d", "21 d"))
    bilingual.replace(f"templates/{STOPS}/letter.md", "Your force has", "Your own force has")
    bilingual.replace(f"templates/{STOPS}/letter.md", "Your force has not", "Your own force has not")
    said = bilingual.letters("diff").out
    assert said.count("in 4 letters: body: “28” → “21”") == 2
    assert "in 8 letters" not in said


def test_what_a_force_file_says_in_welsh_is_read_there(bilingual: Workspace) -> None:
    bilingual.replace("forces/gwent.yaml", "Diolch am eich cymorth.", "Thank you very much for your help.")
    bilingual.replace("forces/gwent.yaml", "cofnodion dalfa eich tair", "cofnodionn dalfa eich 4")
    said = bilingual.letters("check").err
    assert "forces/gwent.yaml:21:16: warning: 'cofnodionn' is not in the Welsh dictionary [W609]" in said
    assert "forces/gwent.yaml:23:26: warning: these words are for a letter in Welsh, and most" in said
    assert said.count("[W613]") == 1
    assert "forces/gwent.yaml:21:7: warning: the English of this has no figure 4 [W611]" in said
    assert said.count("warning:") == 3

    outcomes = f"{TYPE}/outcome.yaml"
    bilingual.replace(outcomes, "title_cy: celloedd", "title_cy: celloeddd")
    bilingual.replace(f"{TYPE}/letter.yaml", "a welsom", "a welsomm")
    said = bilingual.letters("check").err
    assert f"{outcomes}:29:50: warning: 'celloeddd' is not in the Welsh dictionary [W609]" in said
    assert f"{TYPE}/letter.yaml:3:38: warning: 'welsomm' is not in the Welsh dictionary [W609]" in said
    assert said.count("[W609]") == 3
    bilingual.replace(outcomes, ", title_cy: celloeddd", "")
    said = bilingual.letters("build", "--dry-run").err
    assert f"{outcomes}:29:19: the answer 'cells' has no title_cy, and letter.cy.md:39 prints it" in said

    bilingual.replace("forces/south-wales.yaml", "Heddlu De Cymru", "Heddlu  gwent")
    bilingual.replace("forces/north-wales.yaml", "name_cy: Heddlu Gogledd Cymru\n", "")
    said = bilingual.letters("build", "--dry-run").err
    assert "forces/south-wales.yaml:3:1: 'Heddlu  gwent' is also the Welsh name in forces/gwent.yaml [E113]" in said
    assert "forces/gwent.yaml:3:1: 'Heddlu Gwent' is also the Welsh name in forces/south-wales.yaml [E113]" in said
    assert "hint: write `name_cy: …` into forces/north-wales.yaml" in said


def test_a_text_that_staff_write_in_both_languages_is_a_field_and_its_welsh_a_second(bilingual: Workspace) -> None:
    """As docs/how-to/welsh.md has it."""
    field = "    type: string\n    contentMediaType: text/markdown\n"
    fields = (
        f"  remarks:\n    description: Own words\n{field}  remarks_cy:\n    description: In Welsh\n{field}  areas:\n"
    )
    bilingual.replace(f"{TYPE}/outcome.yaml", "  areas:\n", fields)
    for file, name, before in (
        ("letter.md", "remarks", "Please write"),
        ("letter.cy.md", "remarks_cy", "{# English: Please"),
    ):
        printed = f"{{% if outcome.{name} %}}\n{{{{ outcome.{name} }}}}\n{{% endif %}}\n\n{before}"
        bilingual.replace(f"{TYPE}/{file}", before, printed)
    own = "    remarks: Thank you for the 3 stations.\n    remarks_cy: Diolch am y 4 gorsaf.\n    areas: [records, risk"
    bilingual.replace("forces/gwent.yaml", "    areas: [records, risk", own)
    checked = bilingual.letters("check")
    assert "forces/gwent.yaml:18:5: warning: the Welsh has 4 where its English has 3 [W611]" in checked.err
    assert "10 letters can be built: 0 problems, 1 warning" in checked.out
    bilingual.replace("forces/gwent.yaml", "    remarks_cy: Diolch am y 4 gorsaf.\n", "")
    said = bilingual.letters("build", "--dry-run").err
    assert "forces/gwent.yaml:17:5: remarks is given, and in Welsh nothing: the letter is in both [E605]" in said


def test_a_phrase_without_welsh_is_told_of_the_welsh_file(bilingual: Workspace) -> None:
    tried = bilingual.letters("try", STOPS, "report=published")
    assert "Mae eich heddlu wedi cyhoeddi" in tried.out, tried.err
    bilingual.path(f"{TYPE}/wording.cy.yaml").unlink()
    said = bilingual.letters("build", "--dry-run").err
    assert "verdict.cy.md:5:18: there is no phrase 'records' in wording.cy.yaml [E208]" in said
    assert "hint: write it into wording.cy.yaml, with `text`, `number` and `english`" in said
    assert f"hint: keep it, and write records in Welsh into {TYPE}/wording.cy.yaml" in said
    assert "wording.yaml" not in said


def test_english_in_a_welsh_letter_is_told_once_and_holds_it(bilingual: Workspace) -> None:
    bilingual.replace("forces/gwent.yaml", "stage: specimen", "stage: ready")
    bilingual.replace("forces/gwent.yaml", "name_cy: Heddlu Gwent", "name_cy: Gwent Police")
    bilingual.replace(
        f"{TYPE}/wording.cy.yaml", "text: hyfforddiant ar gyfer eich staff", "text: training for your staff"
    )
    bilingual.replace(
        f"{TYPE}/letter.cy.md", "Ysgrifennwch atom o fewn 28 diwrnod.", "Please write to us within 28 days."
    )
    said = bilingual.letters("check").err
    assert said.count("[W613]") == 3
    assert said.count("[W609]") == 0
    assert said.count("[E600]") == 1
    bilingual.write("templates/words.txt", "Gwent Police\n")
    said = bilingual.letters("check").err
    assert said.count("[W613]") == 2
    assert "nothing is said against it" not in said
