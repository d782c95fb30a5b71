"""Promise 10: one comment, one word, one tracked change is an edit of a Word file; a stamp or a save is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.batch.guard import SEALED, Edited, clear, edited_files, look_at, note_saved, notes, put
from letters.batch.plan import State
from letters.letter import Letter, LetterKey
from letters.machine.archive import read_members, write_members
from letters.machine.files import Store
from letters.render.carried import carry_over
from letters.render.properties import Property, properties_of, with_properties
from letters.render.seal import SEAL, core_digest, digest_sealed, is_sealed, is_stamped, seal
from letters.review.compare.letters import difference
from letters.review.files.docx import content_of_docx
from letters.review.files.untouched import is_same_document
from support.counts import examples
from support.docx_samples import REAL, RICH, SAMPLES, each_sample, made
from support.office import convert, needs_libreoffice
from support.stamps import (
    CONTENT_TYPE_ID,
    LABEL_ID,
    STAMPS,
    commented,
    labelled,
    labelled_in_a_part,
    saved_in_word,
    sharepoint,
)

pytestmark = pytest.mark.slow

NAME = "a-type/kent.docx"
MADE = made(RICH)

each_stamp = pytest.mark.parametrize(("stamp", "state"), STAMPS.values(), ids=STAMPS)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An output folder with one letter in it."""
    store = Store(tmp_path / "outputs")
    put(store, NAME, MADE, replace_edited=False)
    return store


def state(store: Store, data: bytes) -> State:
    """What becomes of the letter if `data` stands in its place."""
    store.write(NAME, data)
    return look_at(store, NAME).state


# -- what services and programs do


def test_a_letter_as_it_was_made_is_ours(store: Store) -> None:
    assert look_at(store, NAME).state is State.OURS


@each_stamp
def test_a_stamp_or_a_save_is_no_edit(store: Store, stamp: Callable[[bytes], bytes], state: str) -> None:
    store.write(NAME, stamp(MADE))
    assert look_at(store, NAME).state.value == state


@each_stamp
def test_one_comment_on_a_stamped_letter_is_an_edit(store: Store, stamp: Callable[[bytes], bytes], state: str) -> None:
    assert state in ("stamped", "saved")
    store.write(NAME, commented(stamp(MADE)))
    assert look_at(store, NAME).state is State.EDITED


@each_sample
def test_every_sample_saved_in_word_is_no_edit(letter: Letter) -> None:
    data = made(letter)
    assert is_same_document(data, saved_in_word(data))
    assert not is_same_document(data, commented(saved_in_word(data)))


@needs_libreoffice
def test_letters_saved_in_libreoffice_are_no_edits(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    files = []
    for name, letter in SAMPLES.items():
        files.append(tmp_path / "in" / f"{name}.docx")
        files[-1].write_bytes(made(letter))
    for before, after in zip(files, convert(files, "docx", tmp_path / "out"), strict=True):
        assert is_same_document(before.read_bytes(), after.read_bytes()), before.name
        assert digest_sealed(after.read_bytes()) == digest_sealed(before.read_bytes())


def test_a_stamped_letter_proves_itself_without_what_is_kept_of_it(store: Store) -> None:
    store.remove_tree(".sealed")
    assert state(store, sharepoint(MADE)) is State.STAMPED
    assert state(store, saved_in_word(MADE)) is State.EDITED  # nothing to hold it against: kept, to be safe


def test_an_older_copy_that_was_saved_again_counts_as_edited(store: Store) -> None:
    put(store, NAME, made(REAL), replace_edited=False)
    assert state(store, saved_in_word(MADE)) is State.EDITED


@pytest.mark.parametrize("kept", [b"", b"PK", b"no zip file", commented(MADE)])
def test_what_is_kept_of_a_letter_is_believed_only_if_it_is_sealed(store: Store, kept: bytes) -> None:
    store.write(f".sealed/{NAME}", kept)
    assert state(store, saved_in_word(MADE)) is State.EDITED


def test_what_was_found_the_same_is_noted_for_that_very_file(store: Store) -> None:
    saved = saved_in_word(MADE)
    assert state(store, saved) is State.SAVED
    note_saved(store, [NAME])
    known = notes(store)
    assert len(known) == 1
    assert look_at(store, NAME, known).state is State.SAVED
    for edited in (commented(saved), commented(MADE)):
        store.write(NAME, edited)
        assert look_at(store, NAME, known).state is State.EDITED
    store.write(f"{SEALED}/found-same", b"\xff\n" * 100)
    assert state(store, saved) is State.SAVED


# -- edits


def _in(member: str, pattern: str, new: str) -> Callable[[bytes], bytes]:
    def edit(data: bytes) -> bytes:
        members = read_members(data)
        changed, count = re.subn(pattern, new, members[member].decode(), count=1, flags=re.DOTALL)
        assert count, f"{member} has no {pattern}"
        return write_members({**members, member: changed.encode()})

    return edit


def _text(pattern: str, new: str) -> Callable[[bytes], bytes]:
    return _in("word/document.xml", pattern, new)


def _run(look: str) -> Callable[[bytes], bytes]:
    return _text(r"<w:r><w:t", f"<w:r><w:rPr>{look}</w:rPr><w:t")


def _paragraph(look: str) -> Callable[[bytes], bytes]:
    return _text(r'(<w:pPr><w:pStyle w:val="BodyText"/>)', rf"\1{look}")


_TRACKED = 'w:id="901" w:author="Staff" w:date="2026-11-27T09:30:00Z"'
_VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
_MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
EDITS: dict[str, Callable[[bytes], bytes]] = {
    "a word": _text(r"(<w:t[^>]*>)(\w+)", r"\1Other"),
    "a full stop": _text(r"\.</w:t>", "</w:t>"),
    "a word more": _text(r"</w:t></w:r></w:p>", " indeed</w:t></w:r></w:p>"),
    "a word less": _text(r" (\w+)</w:t>", "</w:t>"),
    "a paragraph": _text(r"<w:sectPr", "<w:p><w:r><w:t>More.</w:t></w:r></w:p><w:sectPr"),
    "an empty line": _text(r"(<w:p>)", r"<w:p/>\1"),
    "a line break": _text(r"</w:t></w:r>", "</w:t><w:br/></w:r>"),
    "a tab": _text(r"</w:t></w:r>", "</w:t><w:tab/></w:r>"),
    "a page break": _text(r"</w:t></w:r>", '</w:t><w:br w:type="page"/></w:r>'),
    "bold": _run("<w:b/>"),
    "italic": _run("<w:i/>"),
    "underlined": _run('<w:u w:val="single"/>'),
    "struck out": _run("<w:strike/>"),
    "red": _run('<w:color w:val="FF0000"/>'),
    "highlighted": _run('<w:highlight w:val="yellow"/>'),
    "shaded": _run('<w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/>'),
    "larger": _run('<w:sz w:val="40"/>'),
    "another font": _run('<w:rFonts w:ascii="Comic Sans MS" w:hAnsi="Comic Sans MS"/>'),
    "hidden": _run("<w:vanish/>"),
    "in capitals": _run("<w:caps/>"),
    "raised": _run('<w:vertAlign w:val="superscript"/>'),
    "Welsh": _run('<w:lang w:val="cy-GB"/>'),
    "centred": _paragraph('<w:jc w:val="center"/>'),
    "moved in": _paragraph('<w:ind w:left="1134"/>'),
    "more space": _paragraph('<w:spacing w:before="720"/>'),
    "on a new page": _paragraph("<w:pageBreakBefore/>"),
    "a heading": _text(r'<w:pStyle w:val="BodyText"/>', '<w:pStyle w:val="Heading2"/>'),
    "a style": _in("word/styles.xml", r'(w:styleId="BodyText">.*?<w:rPr)/>', r'\1><w:color w:val="FF0000"/></w:rPr>'),
    "the margin": _text(r'w:left="\d+"', 'w:left="2268"'),
    "the paper": _text(r"<w:pgSz [^>]*/>", '<w:pgSz w:w="12240" w:h="15840"/>'),
    "another number": _in("word/numbering.xml", r'<w:startOverride w:val="3"/>', '<w:startOverride w:val="5"/>'),
    "no list": _text(r"<w:numPr>.*?</w:numPr>", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'),
    "the head": _in("word/header1.xml", r"</w:p>", "<w:r><w:t>OFFICIAL-SENSITIVE</w:t></w:r></w:p>"),
    "the foot": _in("word/footer1.xml", r"</w:p>", "<w:r><w:t>OFFICIAL-SENSITIVE</w:t></w:r></w:p>"),
    "a watermark": _in(
        "word/header1.xml",
        r"</w:p>",
        f'<w:r><w:pict><v:shape {_VML}><v:textpath string="DRAFT"/></v:shape></w:pict></w:r></w:p>',
    ),
    "a text box": _text(
        r"</w:p>",
        f"<w:r><w:pict><v:shape {_VML}><v:textbox><w:txbxContent><w:p><w:r><w:t>Note</w:t></w:r></w:p></w:txbxContent>"
        "</v:textbox></v:shape></w:pict></w:r></w:p>",
    ),
    "an empty text box": _text(r"</w:p>", f"<w:r><w:pict><v:shape {_VML}/></w:pict></w:r></w:p>"),
    "an equation": _text(r"</w:p>", f"<m:oMath {_MATH}><m:r><m:t>x</m:t></m:r></m:oMath></w:p>"),
    "a field": _text(r"</w:p>", '<w:fldSimple w:instr=" DATE "><w:r><w:t/></w:r></w:fldSimple></w:p>'),
    "a check box": _text(r"(<w:r>.*?</w:r>)", r"<w:sdt><w:sdtPr/><w:sdtContent>\1</w:sdtContent></w:sdt>"),
    "a sign": _text(r"</w:p>", '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>'),
    "a link": _text(r"(<w:r>.*?</w:r>)", r'<w:hyperlink w:anchor="x">\1</w:hyperlink>'),
    "words put in and tracked": _text(r"</w:p>", f"<w:ins {_TRACKED}><w:r><w:t> New.</w:t></w:r></w:ins></w:p>"),
    "words taken out and tracked": _text(
        r"<w:r><w:t([^>]*)>([^<]*)</w:t></w:r>", rf"<w:del {_TRACKED}><w:r><w:delText\1>\2</w:delText></w:r></w:del>"
    ),
    "an end of a paragraph tracked": _text(r"</w:pPr>", f"<w:rPr><w:ins {_TRACKED}/></w:rPr></w:pPr>"),
    "a look tracked": _text(r"<w:r><w:t", f"<w:r><w:rPr><w:rPrChange {_TRACKED}><w:rPr/></w:rPrChange></w:rPr><w:t"),
    "a comment": commented,
    "a program": lambda data: write_members({**read_members(data), "word/vbaProject.bin": b"\xd0\xcf"}),
    "a file inside": lambda data: write_members({**read_members(data), "word/embeddings/a.xlsx": b"PK"}),
    "the title and a word": lambda data: EDITS["a word"](_in("docProps/core.xml", r"<dc:title>", "<dc:title>x")(data)),
    "cut short": lambda data: data[: len(data) // 2],
    "encrypted": lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
    "empty": lambda _: b"",
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_is_an_edit(store: Store, edit: Callable[[bytes], bytes]) -> None:
    assert state(store, edit(MADE)) is State.EDITED


@pytest.mark.parametrize(
    ("pattern", "new"),
    [
        (r'<wp:extent cx="\d+"', '<wp:extent cx="9000000"'),
        (r"<w:drawing>.*?</w:drawing>", ""),
        (r'descr="[^"]*"', 'descr=""'),
    ],
    ids=["larger", "gone", "another alt text"],
)
def test_an_edit_of_a_picture_is_an_edit(pattern: str, new: str) -> None:
    assert not is_same_document(made(REAL), _in("word/header1.xml", pattern, new)(made(REAL)))


def test_another_picture_is_an_edit() -> None:
    members = read_members(made(REAL))
    picture = next(name for name in members if name.endswith(".png"))
    assert not is_same_document(made(REAL), write_members({**members, picture: members[picture] + b"x"}))


@pytest.mark.parametrize("edit", ["a word", "red", "a comment", "a look tracked", "an empty line"])
def test_an_edit_of_what_was_stamped_and_saved_is_an_edit(store: Store, edit: str) -> None:
    assert state(store, saved_in_word(labelled(sharepoint(EDITS[edit](MADE))))) is State.EDITED


@cache
def _document() -> bytes:
    return read_members(MADE)["word/document.xml"]


@settings(max_examples=examples(30))
@given(
    st.integers(0, len(_document()) - 1),
    st.integers(0, 12),
    st.sampled_from(["", "x", " ", "<w:b/>", "</w:p>", "é", "1"]),
)
def test_a_random_edit_of_the_text_counts_as_saved_only_if_the_reader_finds_no_change(
    at: int, cut: int, new: str
) -> None:
    document = _document()[:at] + new.encode() + _document()[at + cut :]
    edited = write_members({**read_members(MADE), "word/document.xml": document})
    if is_same_document(MADE, edited):
        found = difference(LetterKey("", ""), content_of_docx("", MADE), content_of_docx("", edited))
        assert found.is_same
        assert not found.not_compared


# -- the seal


def test_seals_of_earlier_versions_are_understood(store: Store) -> None:
    members = {name: data for name, data in read_members(MADE).items() if name != SEAL}
    early = write_members({**members, SEAL: with_properties([Property("letters digest", digest_sealed(MADE) or "")])})
    assert is_sealed(early)
    assert not is_stamped(early)
    put(store, NAME, MADE, replace_edited=False)
    store.write(f".sealed/{NAME}", early)
    assert state(store, early) is State.OURS
    assert state(store, sharepoint(early)) is State.STAMPED
    assert state(store, saved_in_word(early)) is State.SAVED
    store.remove(f".sealed/{NAME}")
    assert state(store, sharepoint(early)) is State.EDITED  # one digest of all, and nothing to hold it against


def test_the_member_of_the_seal_is_never_compared_but_read(store: Store) -> None:
    members = read_members(MADE)
    spaced = members[SEAL].replace(b"<property", b"\n  <property")
    assert state(store, write_members({**members, SEAL: spaced})) is State.OURS


@pytest.mark.parametrize("spoilt", [b"", b"<", b"<!DOCTYPE x><Properties/>", b"\xff\xfe", b"<Properties/>"])
def test_a_seal_that_cannot_be_read_proves_nothing(store: Store, spoilt: bytes) -> None:
    assert state(store, write_members({**read_members(MADE), SEAL: spoilt})) is State.EDITED


def test_a_seal_that_is_there_twice_proves_nothing() -> None:
    members = read_members(MADE)
    twice = [Property("letters digest of the text", core_digest(members))] * 2
    stamped = {**members, SEAL: with_properties(twice), "docProps/core.xml": b"<x/>"}
    assert not is_stamped(write_members(stamped))


# -- what is carried over


def test_labels_and_data_are_carried_into_the_file_that_replaces_a_stamped_one(store: Store) -> None:
    store.write(NAME, saved_in_word(labelled_in_a_part(labelled(sharepoint(MADE)))))
    written, aside = put(store, NAME, made(REAL), replace_edited=False)
    assert aside is None
    members = read_members(written)
    assert {f"customXml/item{number}.xml" for number in (1, 2, 3)} <= set(members)
    assert "docMetadata/LabelInfo.xml" in members
    properties = {one.name: one.text for one in properties_of(members[SEAL])}
    assert properties[f"MSIP_Label_{LABEL_ID}_Name"] == "OFFICIAL"
    assert properties["ContentTypeId"] == CONTENT_TYPE_ID
    assert core_digest(members) == core_digest(read_members(made(REAL)))
    assert look_at(store, NAME).state is State.STAMPED
    docx.Document(BytesIO(written))
    # The next sync finds all of it, and the next build leaves it alone.
    assert state(store, sharepoint(written)) is State.STAMPED
    assert state(store, saved_in_word(written)) is State.SAVED


@pytest.mark.parametrize(
    "odd",
    {
        "customXml/item1.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>",
        "customXml/item2.xml": b"no XML",
        "customXml/../word/document.xml": b"<x/>",
        "customXml/item3.bin": b"x",
        "docMetadata/LabelInfo.xml": b"<",
        "docProps/evil.xml": b"<x/>",
    }.items(),
    ids=str,
)
def test_what_is_odd_stays_behind(odd: tuple[str, bytes]) -> None:
    name, content = odd
    old = write_members({**read_members(MADE), name: content})
    assert carry_over(old, MADE) == MADE


def test_more_than_any_service_writes_stays_behind() -> None:
    many = {f"customXml/item{number}.xml": b"<x/>" for number in range(1, 200)}
    assert carry_over(write_members({**read_members(MADE), **many}), MADE) == MADE


def test_nothing_is_carried_where_there_is_nothing() -> None:
    assert carry_over(MADE, made(REAL)) == made(REAL)
    assert carry_over(b"no zip file", MADE) == MADE


# -- what is written


def test_an_edited_file_is_never_overwritten_and_moved_aside_when_asked(store: Store) -> None:
    store.write(NAME, commented(MADE))
    with pytest.raises(Edited):
        put(store, NAME, MADE, replace_edited=False)
    assert store.read(NAME) == commented(MADE)
    _, aside = put(store, NAME, MADE, replace_edited=True)
    assert aside == "a-type/kent.edited-1.docx"
    assert store.read(aside) == commented(MADE)
    assert store.read(NAME) == MADE


def test_only_files_that_nobody_edited_are_deleted(store: Store) -> None:
    for name, data in {"one": MADE, "stamped": sharepoint(MADE), "edited": commented(MADE), "foreign": b"x"}.items():
        store.write(f"a-type/{name}.docx", data)
    store.write("a-type/kent.edited-1.docx", commented(MADE))
    clear(store, "a-type/*.docx")
    left = ["a-type/edited.docx", "a-type/foreign.docx", "a-type/kent.edited-1.docx"]
    assert store.names("a-type/*") == left
    assert list(edited_files(store, "a-type/*.docx")) == left[:2]


def test_sealing_what_is_stamped_makes_it_ours() -> None:
    assert is_sealed(seal(sharepoint(MADE)))
