"""The wrapper of PDFium closes all that it opens, and takes every string whole and no other's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2.raw as pdfium
import pytest

from letters.readback.pdfium.document import Document, Protected, Unreadable, opened
from letters.readback.pdfium.structure import Element
from support.hostile_files import protected_pdf
from support.pdf_by_hand import DEAR, Sheets, put, sheet, tagged

#: The functions of PDFium that give what must be closed, and those that close it.
OPENING = {
    "FPDF_LoadMemDocument64": "FPDF_CloseDocument",
    "FPDF_LoadPage": "FPDF_ClosePage",
    "FPDFText_LoadPage": "FPDFText_ClosePage",
    "FPDF_StructTree_GetForPage": "FPDF_StructTree_Close",
    "FPDFPage_GetAnnot": "FPDFPage_CloseAnnot",
    "FPDFBitmap_CreateEx": "FPDFBitmap_Destroy",
}
NOTED = Sheets(
    (f"/P<</MCID 0>> BDC {DEAR} EMC",),
    tags=[("P", "")],
    put=[("/Subtype/FreeText/Contents(Paid)", "Paid"), ("/Subtype/Stamp", "SEEN")],
).data()


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the functions above that are called from now on, in order."""
    found: list[str] = []

    def noting(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any) -> Any:
            found.append(name)
            return function(*arguments)

        return called

    for name in (*OPENING, *OPENING.values()):
        monkeypatch.setattr(pdfium, name, noting(name, getattr(pdfium, name)))
    return found


def stumble() -> None:
    """Open all of a PDF that can be opened, and fail."""
    with opened(NOTED) as document, document.page(0) as page, page.tags(), page.text(), page.annotations():
        assert page.paint(bytearray(), (60, 84))
        raise ZeroDivisionError


def test_all_that_was_opened_is_closed_after_an_error_what_was_opened_last_first(calls: list[str]) -> None:
    with pytest.raises(ZeroDivisionError):
        stumble()
    painted = ["FPDFBitmap_CreateEx", "FPDFBitmap_Destroy"]
    kept = [name for name in calls if name not in painted]
    half = len(kept) // 2
    assert set(calls) == {*OPENING, *OPENING.values()}
    assert kept[half:] == [OPENING[name] for name in reversed(kept[:half])]


def test_a_page_that_is_not_there_is_told_and_the_document_closed(calls: list[str]) -> None:
    with pytest.raises(Unreadable), opened(NOTED) as document, document.page(1):
        pass
    assert calls == ["FPDF_LoadMemDocument64", "FPDF_LoadPage", "FPDF_CloseDocument"]


def test_what_has_a_password_is_told_from_what_is_damaged() -> None:
    with pytest.raises(Protected, match="password"), opened(protected_pdf()):
        pass
    with pytest.raises(Unreadable) as refused, opened(NOTED[:200]):
        pass
    assert not isinstance(refused.value, Protected)


# -- strings


def elements(document: Document) -> Iterator[Element]:
    with document.page(0) as page, page.tags() as tree:
        assert tree
        (whole,) = (element for _, element in tree.children())
        yield from (child for _, child in whole.children() if isinstance(child, Element))


def test_a_string_is_whole_however_long_and_nothing_of_the_one_before_it() -> None:
    alts = ["a" * 255, "b" * 256, "c" * 5000, "d", "", "e" * 127, "f" * 128]
    parts = [("Figure", f"/Alt({alt})" if alt else "", DEAR) for alt in alts]
    with opened(tagged(*parts)) as document:
        assert [element.alt for element in elements(document)] == alts


def test_half_a_character_is_replaced() -> None:
    with opened(tagged(("Figure", "/Alt<FEFFD8000041>", DEAR), ("Figure", "/Alt<FEFFD83DDE00>", DEAR))) as document:
        assert [element.alt for element in elements(document)] == ["\ufffdA", "😀"]
    titled = sheet("", extras=["<</Title<FEFFD8000041>>>"]).replace(b"/Root", b"/Info 4 0 R/Root")
    with opened(titled) as document:
        assert document.about("Title") == "\ufffdA"


def test_links_that_lead_out_of_the_file_have_their_whole_target() -> None:
    targets = ["https://a.example/", f"https://b.example/{'b' * 300}"]
    put_there = [(f"/Subtype/Link/A<</S/URI/URI({target})>>", None) for target in targets]
    inside = ("/Subtype/Link/A<</S/GoTo/D[5 0 R/Fit]>>", None)
    with opened(sheet("", put=[put_there[0], inside, put_there[1]])) as document, document.page(0) as page:
        assert [target for _, target in page.links()] == targets


# -- what is put on a page


@pytest.mark.parametrize("fields", [True, False])
def test_a_field_is_one_only_where_the_form_was_asked_for(fields: bool) -> None:
    data = put("Widget", "Yes", "/FT/Tx/T(answer)/V(Yes)")
    with opened(data, fields=fields) as document, document.page(0) as page, page.annotations() as (found,):
        field = found.field
        assert (field is not None) == fields
        assert not field or (field.name, field.value) == ("answer", "Yes")
