"""Every file says in which language it is, and which of its words are in another: PDF, Word, HTML, text."""

from __future__ import annotations

import re
import zipfile
from base64 import b64decode
from dataclasses import replace
from io import BytesIO
from itertools import groupby
from pathlib import Path

import page
import pytest

from conftest import Workspace
from letters.batch.formats import FORMATS
from letters.letter import WELSH, HouseStyle, Letter, Part, Picture, Run, Stage, stage_mark, stage_marked, words
from letters.letter.json import from_json, to_json
from letters.letter.languages import together
from letters.letter.markdown import parse_parts
from letters.problems import Place
from letters.readback import faults
from support.docx_barriers import barriers
from support.docx_samples import violations
from support.paper import languages, off_paper, tags
from support.welsh import CUSTODY, STOPS

pytestmark = pytest.mark.slow

PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A)


def output(workspace: Workspace, name: str) -> bytes:
    return workspace.path(f"outputs/{name}").read_bytes()


def composed(workspace: Workspace, name: str) -> Letter:
    return from_json(output(workspace, f"composed/{name}.json"))


def every(workspace: Workspace, ending: str) -> list[Path]:
    return sorted(workspace.path("outputs").glob(f"*-*/*.{ending}"))


def folded(text: str) -> str:
    """Text of a PDF, where a line may end without a blank."""
    return re.sub(r"\s+", "", text)


def test_every_pdf_is_valid_and_says_its_language(bilingual_built: Workspace) -> None:
    for path in every(bilingual_built, "pdf"):
        data = path.read_bytes()
        assert [page.validate_pdf_bytes(data, profile=profile).failures for profile in PROFILES] == [[], []], path.name
        assert off_paper(data) == []
        said = languages(data)
        if path.parent.name == CUSTODY:
            assert said.keys() == {"cy" if path.stem.endswith(".cy") else "en-GB"}, path.name
        else:
            assert said.keys() == {"cy", "en-GB"}


def test_of_two_letters_in_one_file_each_is_marked_as_its_language(bilingual_built: Workspace) -> None:
    data = output(bilingual_built, f"{STOPS}/gwent.pdf")
    said = {language: folded(text) for language, text in languages(data).items()}
    letter = composed(bilingual_built, f"{STOPS}/gwent")
    assert (letter.language, letter.languages) == ("cy", ("cy", "en"))
    for text in words(letter):
        is_english = text in ENGLISH_OF_STOPS
        own, other = (said["en-GB"], said["cy"]) if is_english else (said["cy"], said["en-GB"])
        assert folded(text).replace("'", "’") in own
        assert (folded(text) in other) is (text == "Non Example")
    ((_, ((_, inside),)),) = tags(data)
    assert [tag for tag, _ in inside][-1] == "Sect"
    assert FORMATS["pdf"].read(data).pages == 2  # the second begins on a page of its own


ENGLISH_OF_STOPS = {
    "Policing Standards Wales",
    "1 Example Street, Cardiff",
    "Telephone: 029 2018 0999",
    "Email: non@psw.example.org",
    "Chief Reviewer",
    "The Chief Constable",
    "Gwent Police",
    "4 June 2018",
    "Dear Chief Constable",
    "Stop and search: your report",
    "Your force has published its report on stop and search.",
    "Yours sincerely",
}


def test_an_english_letterhead_above_welsh_is_an_english_island(bilingual: Workspace) -> None:
    bilingual.path("templates/letterheads/policing-standards-wales/letterhead.cy.md").unlink()
    bilingual.replace("templates/letterheads/policing-standards-wales/letterhead.md", "Wales\n", "[Cymru]{lang=cy}\n")
    ran = bilingual.letters("build", "south-wales", "--type", CUSTODY)
    assert ran.status == 0, ran.err
    said = languages(output(bilingual, f"{CUSTODY}/south-wales.cy.pdf"))
    assert folded("Policing Standards") in folded(said["en-GB"])
    assert "Chief Reviewer" in said["en-GB"]
    assert "Prif Adolygydd" in said["cy"]
    assert "Cymru" in said["cy"]
    assert "Cymru" not in said["en-GB"]
    html = output(bilingual, f"{CUSTODY}/south-wales.cy.html").decode()
    assert '<p><span lang="en-GB">Policing Standards </span>Cymru</p>' in html
    assert '<p lang="en-GB">Telephone: 029\u00a02018\u00a00999</p>' in html


def test_word_files_say_their_language_and_each_run_of_the_other(bilingual_built: Workspace, tmp_path: Path) -> None:
    for path in every(bilingual_built, "docx"):
        data = path.read_bytes()
        letter = composed(bilingual_built, f"{path.parent.name}/{path.stem}")
        assert barriers(data, letter) == [], path.name
        assert violations(data, tmp_path) == [], path.name
        members = zipfile.ZipFile(BytesIO(data))
        own = "cy-GB" if letter.language == "cy" else "en-GB"
        for member, pattern in (
            ("word/styles.xml", r"<w:docDefaults>.*?<w:lang [^>]*w:val=\"([^\"]+)\""),
            ("word/settings.xml", r"<w:themeFontLang w:val=\"([^\"]+)\""),
        ):
            found = re.search(pattern, members.read(member).decode(), re.S)
            assert (found[1] if found else "") == own, (path.name, member)
    body = zipfile.ZipFile(BytesIO(output(bilingual_built, f"{STOPS}/gwent.docx"))).read("word/document.xml").decode()
    first, _, second = body.partition("</w:sectPr>")  # each letter is a section, whose pages are counted from 1
    assert "<w:titlePg/>" in first
    assert '<w:pgNumType w:start="1"/>' in second
    assert "<w:titlePg/>" in second  # whose first page has no foot, as that of the first letter
    runs = re.findall(r"<w:r>(?:<w:rPr>(.*?)</w:rPr>)?<w:t[ >]", second.partition("</w:p>")[2])
    assert runs
    assert all('<w:lang w:val="en-GB"/>' in run for run in runs)


def test_pages_say_their_language_and_title(bilingual_built: Workspace) -> None:
    html = output(bilingual_built, f"{CUSTODY}/gwent.cy.html").decode()
    assert '<html lang="cy">' in html
    assert "<title>Cofnodion dalfa: yr hyn a welsom – Heddlu Gwent</title>" in html
    both = output(bilingual_built, f"{STOPS}/gwent.html").decode()
    assert '<html lang="cy">' in both
    assert '<section class="letter second" lang="en-GB">' in both
    assert (
        "<title>Stopio a chwilio: eich adroddiad – Heddlu Gwent / Stop and search: your report – Gwent Police" in both
    )


def test_dates_and_quotation_marks_are_those_of_welsh_letters(bilingual_built: Workspace) -> None:
    text = output(bilingual_built, f"{CUSTODY}/gwent.cy.txt").decode()
    assert "12 Mawrth 2018" in text.replace("\u00a0", " ")
    assert "Mae’r llythyr hwn yn nodi’r hyn a welsom." in text
    html = output(bilingual_built, f"{CUSTODY}/gwent.cy.html").decode()
    assert "13\u00a0Chwefror\u00a02018" in html  # which no line end parts


def test_the_stage_is_told_in_the_languages_of_the_letter(bilingual_built: Workspace) -> None:
    welsh, english = stage_mark(Stage.SPECIMEN, WELSH) or "", stage_mark(Stage.SPECIMEN) or ""
    for name, marks in (
        (f"{CUSTODY}/gwent", [english]),
        (f"{CUSTODY}/gwent.cy", [welsh]),
        (f"{STOPS}/gwent", [welsh, english]),
    ):
        for format in FORMATS:
            data = output(bilingual_built, f"{name}.{format}")
            furniture = FORMATS[format].read(data).furniture if format != "html" else ((data.decode(),),)
            for said in furniture if format != "docx" else furniture[:1]:
                for mark in (welsh, english):
                    assert (folded(mark) in folded(" ".join(said))) is (mark in marks), (name, format)


def test_each_mark_tells_its_stage() -> None:
    for stage in (Stage.SPECIMEN, Stage.DRAFT):
        for order in ((), (WELSH,), ("en", WELSH), (WELSH, "en")):
            assert stage_marked(stage_mark(stage, *order, word="fire service") or "") is stage
    assert stage_marked("DRAFFT") is None
    assert stage_mark(Stage.DRAFT, WELSH) == "DRAFFT – nid i’w gyhoeddi"
    assert stage_mark(Stage.READY, WELSH) is None


def test_a_letter_in_two_languages_is_kept_and_read_back(bilingual_built: Workspace) -> None:
    letter = composed(bilingual_built, f"{STOPS}/gwent")
    assert from_json(to_json(letter)) == letter
    assert letter.key.path == f"{STOPS}/gwent"
    english, welsh = (composed(bilingual_built, f"{CUSTODY}/gwent{end}") for end in ("", ".cy"))
    both = together(english, welsh)
    assert words(both) == (*words(english), *words(welsh))
    assert (both.key.path, both.languages) == (f"{CUSTODY}/gwent", ("en", "cy"))
    feet = [foot.replace("\u00a0", " ") for foot in both.feet]
    assert feet == ["Gwent Police, 12 March 2018", "Heddlu Gwent, 12 Mawrth 2018"]
    assert from_json(to_json(both)) == both


def test_each_letter_in_one_file_has_its_own_foot_page_numbers_and_texts_of_pictures(
    bilingual_built: Workspace,
) -> None:
    english, welsh = (composed(bilingual_built, f"{CUSTODY}/gwent{end}") for end in ("", ".cy"))
    logo = "letterheads/policing-standards-wales/logo.png"
    drawn = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")
    shown = tuple(
        replace(letter, parts=(Part("masthead", (Picture(logo, alt), *letter.parts[0].blocks)), *letter.parts[1:]))
        for letter, alt in ((english, "The arms"), (welsh, "Yr arfbais"))
    )
    both = together(*shown)
    folder = bilingual_built.path("templates/letterheads/policing-standards-wales")
    styles = (folder / "styles.docx").read_bytes()
    style = HouseStyle("policing-standards-wales", (folder / "letter.css").read_text("utf-8"), styles, {logo: drawn})
    for name in ("pdf", "docx", "html", "txt"):
        data = FORMATS[name].render(both, style)
        assert list(faults(both, FORMATS[name].read(data))) == [], name
        if name == "pdf":
            furniture = FORMATS["pdf"].read(data).furniture
            assert not any("12" in " ".join(said) for said in furniture)  # both are on their first page
        if name == "html":
            assert 'alt="Yr arfbais" lang="cy"' in data.decode()
            assert 'alt="The arms">' in data.decode()
        if name == "docx":
            members = zipfile.ZipFile(BytesIO(data))
            feet = [members.read(one).decode() for one in members.namelist() if "footer" in one and "rels" not in one]
            assert ['<w:lang w:val="cy-GB"/>' in one for one in feet if "2018" in one] == [False, True]
        if name == "txt":
            assert data.decode().count("\n\n" + "=" * 60 + "\n\n") == 1


def test_the_first_page_of_each_letter_in_one_file_has_no_foot(bilingual_built: Workspace, tmp_path: Path) -> None:
    letters = [composed(bilingual_built, f"{CUSTODY}/gwent{end}") for end in ("", ".cy")]
    long = [
        replace(one, parts=tuple(replace(p, blocks=p.blocks * 9) if p.name == "body" else p for p in one.parts))
        for one in letters
    ]
    both = together(*long)
    folder = bilingual_built.path("templates/letterheads/policing-standards-wales")
    styles = (folder / "styles.docx").read_bytes()
    style = HouseStyle("policing-standards-wales", (folder / "letter.css").read_text("utf-8"), styles, {})
    reading = FORMATS["pdf"].read(FORMATS["pdf"].render(both, style))
    said = ["".join(page) for page in reading.furniture]
    feet = ["Welsh" if "Heddlu" in page else "English" if "Police" in page else "" for page in said]
    assert [foot for foot, _ in groupby(feet)] == ["", "English", "", "Welsh"]
    assert feet.count("") == 2
    assert faults(both, reading) == []
    another = replace(both, parts=tuple(replace(p, foot="Another") if p.begins else p for p in both.parts))
    assert "does not say 'Another'" in " ".join(faults(another, reading))
    for stage in (Stage.SPECIMEN, Stage.READY):  # of a letter that is ready no further page has a header
        letter = replace(both, stage=stage)
        data = FORMATS["docx"].render(letter, style)
        assert faults(letter, FORMATS["docx"].read(data)) == []
        # A header has a paragraph, and without one of its own the second letter would have the masthead of the first.
        assert barriers(data, letter) == (["an empty paragraph"] if stage is Stage.READY else [])
        assert violations(data, tmp_path) == []


def test_a_part_may_say_its_language() -> None:
    parts, problems = parse_parts("::: {.salutation lang=cy}\nAnnwyl [colleague]{lang=en}\n:::\n", lambda _: Place("x"))
    assert problems == []
    assert [run for block in parts[0].blocks for run in block.runs] == [  # type: ignore[union-attr]
        Run("Annwyl ", lang="cy"),
        Run("colleague", lang="en"),
    ]
