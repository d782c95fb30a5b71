"""The words read back out of a DOCX: ours, edited, and of others."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from letters.letter import Letter, words
from letters.machine.archive import write_members
from letters.readback import faults
from letters.readback.docx import UnreadableDocx, read
from support.docx_samples import REAL, SAMPLES, each_sample, made, member, planted

DOCUMENT = "word/document.xml"
SALUTATION = "<w:r><w:t>Dear Chief Constable</w:t></w:r>"


@each_sample
def test_a_letter_reads_back_word_for_word(letter: Letter) -> None:
    assert faults(letter, read(made(letter))) == []


@pytest.mark.parametrize(
    ("name", "pattern", "replacement", "fault"),
    [
        (DOCUMENT, "comprehensive", "complete", "instead of"),
        (DOCUMENT, "<w:t>Via email</w:t>", "", "not in the file: 'Via email'"),
        ("word/header1.xml", "Promoting", "Demoting", "instead of"),
        ("word/header1.xml", "SPECIMEN", "", "page 1 does not say"),
        ("word/header2.xml", "SPECIMEN – not a", "A", "page 2 does not say"),
        ("word/footer1.xml", "South Wales Police", "Dyfed-Powys Police", "page 2 does not say"),
    ],
)
def test_a_planted_difference_is_seen(name: str, pattern: str, replacement: str, fault: str) -> None:
    letter = SAMPLES["specimen"]
    assert fault in faults(letter, read(planted(made(letter), name, pattern, replacement)))[0]


def salutation_after(markup: str) -> str:
    """How the salutation reads once its one run is replaced by `markup`."""
    changed = read(planted(made(REAL), DOCUMENT, SALUTATION, markup)).words
    at = words(REAL).index("Dear Chief Constable")
    assert changed[:at] == read(made(REAL)).words[:at]
    return changed[at]


@pytest.mark.parametrize(
    ("markup", "reads"),
    [
        ('<w:ins w:id="1" w:author="A"><w:r><w:t>Dear Sir</w:t></w:r></w:ins>', "Dear Sir"),
        ('<w:r><w:t>Dear </w:t></w:r><w:del w:id="1"><w:r><w:delText>Sir</w:delText></w:r></w:del>', "Dear "),
        ("<w:moveFrom><w:r><w:t>Sir</w:t></w:r></w:moveFrom><w:r><w:t>Dear</w:t></w:r>", "Dear"),
        ("<w:r><w:t>Dear</w:t><w:br/><w:t>Sir</w:t></w:r>", "Dear\nSir"),
        ("<w:r><w:t>Dear</w:t><w:tab/><w:t>Sir</w:t></w:r>", "Dear\tSir"),
        ("<w:r><w:t>Dear</w:t><w:noBreakHyphen/><w:t>Sir</w:t></w:r>", "Dear\u2011Sir"),
        ("<w:r><w:t>Dear</w:t><w:softHyphen/><w:t>est</w:t></w:r>", "Dearest"),
        ("<w:sdt><w:sdtContent><w:r><w:t>Dear Sir</w:t></w:r></w:sdtContent></w:sdt>", "Dear Sir"),
        ("<w:r><w:t>Dear</w:t></w:r><w:r><w:instrText> DATE </w:instrText></w:r>", "Dear"),
    ],
)
def test_the_text_is_what_it_will_be_once_all_changes_are_accepted(markup: str, reads: str) -> None:
    assert salutation_after(markup) == reads


def test_a_paragraph_whose_end_was_deleted_runs_on_into_the_next() -> None:
    gone = r'<w:pPr><w:pStyle w:val="InsideAddress"/><w:rPr><w:del w:id="1" w:author="A"/></w:rPr></w:pPr>'
    own = r'<w:pPr><w:pStyle w:val="InsideAddress"/></w:pPr>'
    changed = planted(made(REAL), DOCUMENT, own + r"(?=<w:r><w:t>South Wales)", gone)
    assert "South Wales PoliceVia email" in read(changed).words


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent>"
    alternatives = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    changed = read(planted(made(REAL), DOCUMENT, SALUTATION, f"<w:r><w:t>Dear</w:t>{alternatives}</w:r>")).words
    at = changed.index("Dear")
    assert changed[at + 1] == "In a box"
    assert changed.count("In a box") == 1


def test_a_document_of_somebody_else_is_read() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Their letterhead"
    document.sections[0].footer.paragraphs[0].text = "Their foot"
    document.add_paragraph("Dear Chief Constable")
    document.add_paragraph("")
    table = document.add_table(1, 2)
    table.cell(0, 1).text = "in place"
    file = BytesIO()
    document.save(file)
    reading = read(file.getvalue())
    assert reading.words == ("Their letterhead", "Dear Chief Constable", "", "in place")
    assert reading.furniture == (("Their foot",), ("Their letterhead", "Their foot"))


@pytest.mark.parametrize("cut", [0, 1, 100, 5000, -1])
def test_a_file_cut_short_is_unreadable_and_says_so(cut: int) -> None:
    with pytest.raises(UnreadableDocx):
        read(made(REAL)[:cut])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("_rels/.rels", "<Relationships/>"),
        (DOCUMENT, "<not-word/>"),
        (DOCUMENT, "<w:document"),
        (DOCUMENT, f"{'<a>' * 20000}{'</a>' * 20000}"),
    ],
)
def test_a_foreign_file_is_unreadable_and_says_so(name: str, content: str) -> None:
    with pytest.raises(UnreadableDocx):
        read(planted(made(REAL), name, ".+", content))


def test_elements_nested_without_end_are_unreadable() -> None:
    deep = f"{'<w:smartTag>' * 5000}{'</w:smartTag>' * 5000}"
    with pytest.raises(UnreadableDocx, match="deeply"):
        read(planted(made(REAL), DOCUMENT, SALUTATION, deep))


@given(st.binary(max_size=300))
def test_bytes_that_are_no_document_are_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadableDocx):
        read(data)


def test_a_document_without_its_text_is_unreadable() -> None:
    kept = {name: member(made(REAL), name).encode() for name in ("[Content_Types].xml", "_rels/.rels")}
    with pytest.raises(UnreadableDocx, match=r"word/document\.xml"):
        read(write_members(kept))
