"""Two PDFs that read differently are never called the same, and what reads the same is no change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from letters.review.compare.changes import Difference
from letters.review.compare.content import Content
from letters.review.files import UnreadableFile, compare_files, content_of_file
from letters.review.files.pdf import UNNAMED
from letters.review.files.pdf_page import UNREAD
from support.pdf_by_hand import DEAR, Sheets, put, sheet, stream, tagged, text

pytestmark = pytest.mark.slow

P = ("P", "", DEAR)
FIRST, LAST = text(72, 660, "The force has"), text(160, 660, "improved.")


def beyond(sign: str) -> bytes:
    """A font in which A and B stand for signs beyond U+FFFF."""
    names = "begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <20> <40> <0020> endbfrange "
    names += (
        "1 beginbfrange <44> <7A> <0044> endbfrange 2 beginbfchar <41> <D835DD38> <42> <D835DD39> endbfchar endcmap"
    )
    return sheet(text(72, 660, f"pay class {sign}"), extras=[stream(names)], font="/ToUnicode 4 0 R")


def unnamed(sign: str) -> bytes:
    """A font that says of A and B only that they are two signs nobody knows."""
    names = "begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <20> <40> <0020> endbfrange "
    names += "1 beginbfrange <44> <7A> <0044> endbfrange 2 beginbfchar <41> <FFFD> <42> <FFFD> endbfchar endcmap"
    return sheet(text(72, 660, f"pay class {sign}"), extras=[stream(names)], font="/ToUnicode 4 0 R")


def among(middle: str, **more: object) -> bytes:
    return sheet(f"{FIRST}{middle}{LAST}", **more)


NOT = text(142, 660, "not")
SWITCHED = {
    "root": "/OCProperties<</OCGs[4 0 R]/D<</OFF[4 0 R]/Order[]>>>>",
    "more": "/Properties<</O 4 0 R>>/ExtGState<</G<</ca 0/CA 0>>/S<</ca 1/CA 1>>>>",
    "extras": ["<</Type/OCG/Name(x)>>"],
}


def field(kind: str, value: str, drawn: str | None, more: str = "") -> bytes:
    return put("Widget", drawn, f"/FT/{kind}/T(answer){f'/V{value}' if value else ''}{more}")


def box(*, ticked: bool, flags: str = "") -> bytes:
    """A check box or, by its flags, a radio button."""
    state = "/Yes" if ticked else "/Off"
    looks = "/AP<</N<</Yes 4 0 R/Off 5 0 R>>>>"
    forms = [stream(drawn, "/Type/XObject/Subtype/Form/BBox[0 0 14 14]") for drawn in ("0 0 m 14 14 l S", "")]
    about = f"/Subtype/Widget/FT/Btn/T(agree)/V{state}/AS{state}{looks}{flags}/Rect[72 640 86 654]"
    return sheet("", put=[(about, None)], extras=forms)


#: Two files each that differ in one thing, and the name of the thing.
PAIRS: dict[str, tuple[bytes, bytes]] = {
    "text field": (field("Tx", "(granted)", "granted"), field("Tx", "(refused)", "refused")),
    "text field not drawn": (
        field("Tx", "(granted)", None, "/DA(/F 11 Tf 0 g)"),
        field("Tx", "(refused)", None, "/DA(/F 11 Tf 0 g)"),
    ),
    "field that shows other than it holds": (field("Tx", "(granted)", "granted"), field("Tx", "(refused)", "granted")),
    "field that holds other than it shows": (field("Tx", "(granted)", "granted"), field("Tx", "(granted)", "refused")),
    "choice": (
        field("Ch", "(yes)", "yes", "/Ff 131072/Opt[(yes)(no)]"),
        field("Ch", "(no)", "no", "/Ff 131072/Opt[(yes)(no)]"),
    ),
    "signature": (field("Sig", "", "Signed by Ann"), field("Sig", "", "Signed by Bob")),
    "button": (field("Btn", "", "Agree", "/Ff 65536"), field("Btn", "", "Object", "/Ff 65536")),
    "check box": (box(ticked=True), box(ticked=False)),
    "radio button": (box(ticked=True, flags="/Ff 32768"), box(ticked=False, flags="/Ff 32768")),
    "stamp": (put("Stamp", "APPROVED"), put("Stamp", "REJECTED")),
    "free text": (put("FreeText", "We agree"), put("FreeText", "We object")),
    "free text not drawn": (
        put("FreeText", None, "/Contents(We agree)"),
        put("FreeText", None, "/Contents(We object)"),
    ),
    "comment": (put("Text", None, "/Contents(Is it so?)"), put("Text", None, "/Contents(It is so.)")),
    "comment on a mark": (
        put("Highlight", None, "/QuadPoints[72 775 200 775 72 755 200 755]/Contents(yes)"),
        put("Highlight", None, "/QuadPoints[72 775 200 775 72 755 200 755]/Contents(no)"),
    ),
    "words struck through": (
        put("StrikeOut", None, "/QuadPoints[72 775 95 775 72 755 95 755]"),
        put("StrikeOut", None, "/QuadPoints[100 775 160 775 100 755 160 755]"),
    ),
    "ink": (put("Ink", "q 0 0 m 20 20 l S Q"), put("Ink", "q 0 20 m 20 0 l S Q")),
    "a stamp, or none": (put("Stamp", "q 0 0 20 20 re f Q"), sheet("")),
    "artifact at the head": (
        tagged(P, ("Artifact", "", text(72, 800, "Acme Police"))),
        tagged(P, ("Artifact", "", text(72, 800, "Bogus Police"))),
    ),
    "artifact at the foot": (
        tagged(P, ("Artifact", "", text(72, 30, "Acme Police"))),
        tagged(P, ("Artifact", "", text(72, 30, "Bogus Police"))),
    ),
    "artifact in the midst": (
        tagged(P, ("Artifact", "", text(72, 400, "DRAFT")), ("P", "", text(72, 200, "Yours"))),
        tagged(P, ("Artifact", "", text(72, 400, "FINAL")), ("P", "", text(72, 200, "Yours"))),
    ),
    "figure": (
        tagged(P, ("Figure", "/Alt(a chart)", text(72, 660, "We have granted it."))),
        tagged(P, ("Figure", "/Alt(a chart)", text(72, 660, "We have refused it."))),
    ),
    "formula": (
        tagged(P, ("Formula", "/Alt(a sum)", text(72, 660, "pay 1 + 1"))),
        tagged(P, ("Formula", "/Alt(a sum)", text(72, 660, "pay 1 + 7"))),
    ),
    "alt text": (
        tagged(P, ("Figure", "/Alt(a chart)", text(72, 660, "We"))),
        tagged(P, ("Figure", "/Alt(a tree)", text(72, 660, "We"))),
    ),
    "text of a tag in place of words": (
        tagged(P, ("P", "/ActualText(refused)", text(72, 660, "granted"))),
        tagged(P, ("P", "/ActualText(refused)", text(72, 660, "deferred"))),
    ),
    "text of a mark in place of words": (
        sheet("/Span <</ActualText (refused)>> BDC\n" + text(72, 660, "granted") + "EMC\n"),
        sheet("/Span <</ActualText (refused)>> BDC\n" + text(72, 660, "deferred") + "EMC\n"),
    ),
    "text given in place of the same words": (
        sheet("/Span <</ActualText (refused)>> BDC\n" + text(72, 660, "granted") + "EMC\n"),
        sheet("/Span <</ActualText (agreed)>> BDC\n" + text(72, 660, "granted") + "EMC\n"),
    ),
    "short form": (
        tagged(P, ("Span", "/E(Doctor)", text(72, 660, "Dr"))),
        tagged(P, ("Span", "/E(Drive)", text(72, 660, "Dr"))),
    ),
    "number": (
        sheet(text(72, 660, "1.") + text(90, 660, "of your points: we agree.")),
        sheet(text(72, 660, "2.") + text(90, 660, "of your points: we agree.")),
    ),
    "number in brackets": (
        sheet(text(72, 660, "(a)") + text(96, 660, "of your points: we agree.")),
        sheet(text(72, 660, "(b)") + text(96, 660, "of your points: we agree.")),
    ),
    "tagged number": (
        tagged(P, ("LI", "", text(72, 660, "1. we agree."))),
        tagged(P, ("LI", "", text(72, 660, "2. we agree."))),
    ),
    "foot": (sheet(text(72, 60, "Enclosures: 1")), sheet(text(72, 60, "Claim withdrawn: 1"))),
    "head": (sheet(text(72, 820, "Claim 1")), sheet(text(72, 820, "Reply 1"))),
    "number of a page, or of something else": (sheet(text(300, 30, "1")), sheet(text(300, 30, "7"))),
    "page numbers, or none": (sheet(text(300, 30, "1")), sheet("")),
    "foot of two pages": (
        Sheets((DEAR + text(72, 30, "Acme"), text(72, 700, "Yours") + text(72, 30, "Acme"))).data(),
        Sheets((DEAR + text(72, 30, "Bogus"), text(72, 700, "Yours") + text(72, 30, "Bogus"))).data(),
    ),
    "beyond U+FFFF": (beyond("A"), beyond("B")),
    "a picture": (
        sheet("q 40 0 0 40 72 600 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q"),
        sheet("q 40 0 0 40 72 600 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"),
    ),
    "a drawing": (sheet("72 600 m 90 620 l S"), sheet("72 620 m 90 600 l S")),
    "a line through words": (sheet(""), sheet("72 764 80 1 re f")),
}

#: Ways in which a word may be on a page, and nobody sees it.
HIDDEN: dict[str, bytes] = {
    "invisible": among(text(142, 660, "not", "3 Tr") + "0 Tr\n"),
    "clipping": among(f"q {text(142, 660, 'not', '7 Tr')} Q\n"),
    "white": among(text(142, 660, "not", "1 g") + "0 g\n"),
    "on its own colour": sheet(f"140 655 18 14 re f\n{FIRST}{NOT}{LAST}"),
    "covered with white": among(f"{NOT}1 g 140 655 18 14 re f 0 g\n"),
    "blacked out": among(f"{NOT}140 655 18 14 re f\n"),
    "behind a picture": among(f"{NOT}q 18 0 0 14 140 655 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q\n"),
    "clipped": among(f"q 0 0 10 10 re W n\n{NOT}Q\n"),
    "off the page": among(text(-142, 660, "not")),
    "of no size": among(text(142, 660, "not", size=0.01)),
    "see-through": among(f"/G gs {NOT}/S gs\n", **SWITCHED),
    "switched off": among(f"/OC /O BDC\n{NOT}EMC\n", **SWITCHED),
}


@pytest.fixture
def compared(tmp_path: Path) -> Callable[[bytes, bytes], Difference]:
    """Compares two files by their bytes."""

    def compare(before: bytes, after: bytes) -> Difference:
        paths = tmp_path / "before.pdf", tmp_path / "after.pdf"
        for path, data in zip(paths, (before, after), strict=True):
            path.write_bytes(data)
        return compare_files(*paths)

    return compare


Compared = Callable[[bytes, bytes], Difference]


@pytest.mark.parametrize("name", PAIRS)
def test_files_that_read_differently_are_not_called_the_same(compared: Compared, name: str) -> None:
    before, after = PAIRS[name]
    assert not compared(before, after).is_same
    assert not compared(after, before).is_same


@pytest.mark.parametrize("name", PAIRS)
def test_a_file_is_the_same_as_itself_and_all_of_it_was_looked_at(compared: Compared, name: str) -> None:
    for data in PAIRS[name]:
        found = compared(data, data)
        assert found.is_same, (found.words, found.formatting, found.facts)
        assert not found.not_compared


def texts(content: Content | None) -> list[str]:
    assert content
    return [passage.text for passage in content.passages]


def hidden(content: Content | None) -> list[str]:
    assert content
    return [fact.value for fact in content.facts if fact.name == "hidden words"]


@pytest.mark.parametrize("name", HIDDEN)
def test_what_is_not_seen_is_none_of_the_words_and_told(compared: Compared, name: str) -> None:
    found = compared(among(NOT), HIDDEN[name])
    assert texts(found.before) == ["Dear Inspector", "The force has not improved."]
    assert texts(found.after) == ["Dear Inspector", "The force has improved."]
    assert hidden(found.after) == ["not"]
    assert not found.is_same


def test_text_typed_over_what_was_covered_is_what_is_read(compared: Compared) -> None:
    over = sheet(text(72, 660, "granted") + "1 g 70 655 60 14 re f 0 g\n" + text(72, 660, "refused"))
    found = compared(sheet(text(72, 660, "granted")), over)
    assert "granted" in " ".join(hidden(found.after))
    assert "refused" in " ".join(texts(found.after))


def test_pale_text_and_text_on_a_dark_ground_are_seen(compared: Compared) -> None:
    drawn = text(72, 660, "grey.", "0.7 g") + "0 g 70 600 200 20 re f\n" + text(72, 605, "white.", "1 g") + "0 g\n"
    found = compared(sheet(drawn), sheet(drawn))
    assert texts(found.after) == ["Dear Inspector", "grey.", "white."]
    assert hidden(found.after) == []


def test_characters_that_the_file_does_not_name_are_counted(compared: Compared) -> None:
    assert dict(compared(unnamed("A"), unnamed("B")).not_compared) == {"unknown character": 1}
    assert not compared(unnamed("A"), unnamed("A")).not_compared


def test_codes_that_are_no_characters_are_counted(compared: Compared) -> None:
    found = compared(sheet(text(72, 660, "the o\x03ce is \x02t")), sheet(text(72, 660, "the o\x03ce is \x02t a")))
    assert found.not_compared == {UNNAMED: 2}
    assert texts(found.before) == ["Dear Inspector", "the o\ufffdce is \ufffdt"]


def test_text_that_the_library_leaves_out_is_counted(compared: Compared) -> None:
    # PDFium takes a letter that half covers the same letter for its double.
    one, two = text(72, 660, "W"), text(72, 660, "W") + text(76, 660, "W")
    found = compared(sheet(two), sheet(two + text(72, 600, "Yours")))
    assert texts(found.before) == ["Dear Inspector", "W"]
    assert found.not_compared == {UNREAD: 1}
    assert compared(sheet(one), sheet(two)).not_compared == {UNREAD: 1}
    assert not compared(sheet(one), sheet(one + text(72, 600, "Yours"))).not_compared


#: "20 m2, on the 5th of May": a small letter raised behind another, and what follows it on the line again.
RAISED = (
    text(72, 660, "an area of 20 m"),
    text(150.1, 665, "2", size=6.4),
    text(153.8, 660, ", on the 5"),
    text(200.8, 665, "th", size=6.4),
    text(206.4, 660, " of May, and H"),
    text(274.6, 657.5, "2", size=6.4),
    text(278.3, 660, "O in it."),
)


@pytest.mark.parametrize("data", [sheet("".join(RAISED)), tagged(P, *(("Span", "", one) for one in RAISED))])
def test_what_is_raised_or_lowered_is_part_of_its_word_and_line(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(data)
    assert texts(content_of_file(path))[1:] == ["an area of 20 m2, on the 5th of May, and H2O in it."]


def test_a_note_with_a_raised_mark_is_one_passage(tmp_path: Path) -> None:
    mark, rest = (
        text(72, 604, "1", size=5.5),
        text(76, 600, "See page 4 of the report of the inspectorate, which", size=9),
    )
    path = tmp_path / "letter.pdf"
    path.write_bytes(sheet(FIRST + mark + rest + text(72, 589, "was sent to all forces on the first of May.", size=9)))
    said = texts(content_of_file(path))
    assert said[2:] == [
        "1See page 4 of the report of the inspectorate, which was sent to all forces on the first of May."
    ]


def test_letters_with_a_shadow_are_read_once(tmp_path: Path) -> None:
    places, drawn = zip("ballot", (0, 6.1, 12.2, 14.7, 17.1, 23.2), strict=True), ""
    for char, at in places:
        drawn += text(73 + at, 659, char) + text(72 + at, 660, char)
    path = tmp_path / "letter.pdf"
    path.write_bytes(sheet(drawn))
    assert texts(content_of_file(path))[1:] == ["ballot"]


def test_letters_that_are_set_as_one_sign_are_all_read(tmp_path: Path) -> None:
    names = "begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <20> <40> <0020> endbfrange "
    names += (
        "1 beginbfrange <44> <7A> <0044> endbfrange 2 beginbfchar <41> <00660066> <42> <006C006C> endbfchar endcmap"
    )
    path = tmp_path / "letter.pdf"
    path.write_bytes(sheet(text(72, 660, "a diAerent baBot"), extras=[stream(names)], font="/ToUnicode 4 0 R"))
    assert texts(content_of_file(path))[1:] == ["a different ballot"]


def test_fields_are_words_in_their_order(compared: Compared) -> None:
    fields = [
        (f"/Subtype/Widget/FT/Tx/T({name})/V({name})/Rect[72 {top} 272 {top + 20}]", name)
        for name, top in (("one", 600), ("two", 560))
    ]
    found = compared(sheet("", put=fields), sheet("", put=fields[::-1]))
    assert texts(found.before) == ["Dear Inspector", "one", "two"]
    assert not found.is_same


def test_pages_that_are_turned_and_cut_read_as_they_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "turned.pdf"
    for page in ("/Rotate 90", "/Rotate 180", "/Rotate 270", "/CropBox[50 50 500 800]"):
        path.write_bytes(Sheets((DEAR + NOT,), page=page).data())
        found = content_of_file(path)
        assert texts(found) == ["Dear Inspector", "not"]
        assert hidden(found) == []


def test_a_picture_and_words_that_changed_are_counted_and_told(compared: Compared) -> None:
    picture = "q 40 0 0 40 72 600 cm BI /W 1 /H 1 /CS /G /BPC 8 ID {} EI Q"
    found = compared(sheet(picture.format("\x00")), sheet(text(72, 500, "Yours") + picture.format("\x80")))
    assert found.words
    assert dict(found.not_compared) == {"picture": 1}


def test_a_scan_is_read_by_the_words_found_in_it_and_named(compared: Compared) -> None:
    scan = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID {} EI Q\n" + text(72, 660, "Dear Sir", "3 Tr")
    one, other = (Sheets((scan.format(sign),)).data() for sign in ("\x80", "\x90"))
    found = compared(one, other)
    assert texts(found.before) == ["Dear Sir"]
    assert not found.is_same


def test_a_tail_behind_the_end_does_no_harm_and_half_a_later_version_does(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(sheet("") + b"\r\n--gateway: checked--\r\n" * 300)
    assert texts(content_of_file(path)) == ["Dear Inspector"]
    path.write_bytes(sheet("") + b"7 0 obj\n<</Type/Page" * 200)
    with pytest.raises(UnreadableFile, match="it was cut short"):
        content_of_file(path)


def test_a_file_that_ends_with_the_place_of_its_table_is_whole_and_one_without_that_is_not(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    whole = sheet("").rstrip().removesuffix(b"%%EOF")
    path.write_bytes(whole)
    assert texts(content_of_file(path)) == ["Dear Inspector"]
    for cut in (whole[: whole.rindex(b"startxref")], whole + b"7 0 obj\n<</Type/Page", whole + b"endstream\nendobj"):
        path.write_bytes(cut)
        with pytest.raises(UnreadableFile, match="it was cut short"):
            content_of_file(path)


REFUSED = {
    "form in XFA": (
        Sheets(
            (text(72, 700, "Please wait..."),),
            root="/AcroForm<</Fields[]/XFA 4 0 R>>",
            extras=[stream("<a>granted</a>")],
        ).data(),
        "it is a form (XFA) that only Adobe Acrobat shows. Open it there, print it to PDF",
    ),
    "only a drawing in ink": (
        Sheets(("",), put=[("/Subtype/Ink", "q 0 0 m 20 20 l S Q")]).data(),
        "it has no text, only 1 drawing in ink.",
    ),
    "only hidden words": (Sheets((text(72, 700, "Dear", "3 Tr"),)).data(), "none of its text can be seen."),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_says_what_the_file_holds(tmp_path: Path, name: str) -> None:
    data, reason = REFUSED[name]
    path = tmp_path / "letter.pdf"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile) as caught:
        content_of_file(path)
    assert reason in str(caught.value)


def test_a_form_without_other_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    for one in (("/Subtype/Widget/FT/Tx/T(a)/V(granted)", "granted"), ("/Subtype/FreeText", "granted")):
        path.write_bytes(Sheets(("",), put=[one]).data())
        assert texts(content_of_file(path)) == ["granted"]
