"""Two letters in files compared, whatever their formats and whoever made them; and files that cannot be read."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from letters.letter import Paragraph, Part, Run, plain, words
from letters.letter.json import to_json
from letters.machine.archive import read_members, write_members
from letters.render.html import render as html
from letters.render.pdf import render as rendered_pdf
from letters.render.styles_of_parts import LINE_STYLES
from letters.render.text import render as text
from letters.review.compare.changes import ChangeKind, Difference
from letters.review.compare.content import Content
from letters.review.files import UnreadableFile, compare_files, content_of_file
from letters.review.files.apart import apart
from letters.review.files.docx_styles import PARTS
from letters.review.files.pdf import content_of_pdf
from support.counts import examples
from support.docx_samples import SAMPLES, house_style, made, planted
from support.hostile_files import MEGABYTE, docx, laughing, lines, paragraph, pdf, protected_pdf, swelling
from support.office import convert, needs_libreoffice

pytestmark = pytest.mark.slow

FORMS = ("json", "docx", "pdf", "html", "txt")
DOCUMENT = "word/document.xml"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every letter made by hand in every format."""
    root = tmp_path_factory.mktemp("files")
    for name, letter in SAMPLES.items():
        style = house_style(letter.letterhead)
        (root / f"{name}.json").write_bytes(to_json(letter))
        (root / f"{name}.docx").write_bytes(made(letter))
        (root / f"{name}.pdf").write_bytes(rendered_pdf(letter, style))
        (root / f"{name}.html").write_bytes(html(letter, style))
        (root / f"{name}.txt").write_bytes(text(letter, style))
    return root


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., Path]:
    """Writes bytes to a file of its own and gives its path."""

    def write(data: bytes, name: str = "letter") -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


Put = Callable[..., Path]


def texts(content: Content) -> list[str]:
    return [passage.text for passage in content.passages]


def said(path: Path, **bounds: float) -> str:
    """Why a file cannot be read, less its path."""
    with pytest.raises(UnreadableFile) as caught:
        content_of_file(path, **bounds)
    path_said, _, reason = str(caught.value).partition(": ")
    assert path_said == str(path)
    return reason


# -- the same letter in several formats


@pytest.mark.parametrize("name", SAMPLES)
def test_one_letter_in_all_formats_is_the_same(folder: Path, name: str) -> None:
    for before, after in zip(FORMS, (*FORMS[1:], "json"), strict=True):
        found = compare_files(folder / f"{name}.{before}", folder / f"{name}.{after}")
        assert found.is_same, (before, after, found.words, found.formatting, found.facts)
        assert found.before
        assert found.after
        assert texts(found.before) == list(words(SAMPLES[name]))


def test_the_composed_letter_and_its_docx_agree_on_formatting_and_hidden_facts_too(folder: Path) -> None:
    """So that a difference in them is worth reading."""
    found = compare_files(folder / "rich.json", folder / "rich.docx")
    assert found.before
    assert found.after
    shared = found.before.knows & found.after.knows
    assert shared >= {"formatting", "typography", "title", "language", "author", "stage", "link target", "alt text"}
    assert {"date", "file name", "picture file"}.isdisjoint(found.after.knows)


def test_the_parts_of_styles_are_those_that_letters_are_set_in() -> None:
    expected = {style.lower(): part for part, styles in LINE_STYLES.items() for style in styles if part != "body"}
    assert expected == PARTS


def test_specimen_and_ready_differ_in_their_stage_not_in_words(folder: Path) -> None:
    for form in ("docx", "pdf", "html"):
        found = compare_files(folder / f"specimen.{form}", folder / f"south-wales.{form}")
        assert found.words == ()
        assert [(fact.old, fact.new) for fact in found.facts if fact.name == "stage"] == [("specimen", "ready")]


@needs_libreoffice
def test_a_pdf_that_another_program_made_of_our_docx_says_the_same(folder: Path, tmp_path: Path) -> None:
    names = ("rich", "commissioner", "specimen", "thames-valley")
    convert([folder / f"{name}.docx" for name in names], "pdf", tmp_path)
    for name in names:
        found = compare_files(tmp_path / f"{name}.pdf", folder / f"{name}.pdf")
        assert found.words == (), name
        assert {fact.name for fact in found.facts} <= {"title", "number of pages"}


# -- what is different


def edited(folder: Path, put: Put, pattern: str, replacement: str, name: str = "rich") -> Difference:
    """The DOCX of a letter against the same with one edit of its XML."""
    before = folder / f"{name}.docx"
    after = put(planted(before.read_bytes(), DOCUMENT, pattern, replacement))
    return compare_files(before, after)


def test_one_word_changed_in_a_docx_is_found_against_the_pdf(folder: Path, put: Put) -> None:
    data = planted((folder / "south-wales.docx").read_bytes(), DOCUMENT, "comprehensive", "complete")
    found = compare_files(folder / "south-wales.pdf", put(data))
    (change,) = found.words
    pieces = {(piece.op.value, piece.text) for piece in change.pieces if piece.op != "same"}
    assert pieces == {("removed", "comprehensive"), ("added", "complete")}
    assert found.counts[ChangeKind.FACTS] == 0


@pytest.mark.parametrize(
    ("pattern", "replacement", "changes"),
    [
        (r"<w:b/><w:bCs/>(?=</w:rPr><w:t>started)", "", [("bold", "bold", "not bold")]),
        (r"(?<=<w:rPr>)(?=<w:b/><w:bCs/></w:rPr><w:t>started)", "<w:i/>", [("italic", "not italic", "italic")]),
        (r'(?<=<w:pStyle w:val=")Heading2', "Heading3", [("style", "heading 2", "heading 3")]),
        (r'<w:pStyle w:val="Quote"/>', "", [("style", "quotation", "paragraph")]),
        (r'<w:pStyle w:val="Date"/>', "", [("part", "date", "body")]),
    ],
)
def test_formatting_changed_in_a_docx(
    folder: Path, put: Put, pattern: str, replacement: str, changes: list[tuple[str, str, str]]
) -> None:
    found = edited(folder, put, pattern, replacement)
    assert found.words == ()
    assert [(change.what, change.old, change.new) for change in found.formatting] == changes


def test_tracked_changes_are_read_as_accepted_and_told(folder: Path, put: Put) -> None:
    change = '<w:del w:id="1"><w:r><w:delText>Sub</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>Under</w:t></w:r>'
    found = edited(folder, put, "<w:r><w:t>Sub-heading</w:t></w:r>", f"{change}<w:r><w:t>-heading</w:t></w:r></w:ins>")
    (words_changed,) = found.words
    assert (words_changed.removed, words_changed.added) == ("Sub-heading", "Under-heading")
    assert [(fact.name, fact.new) for fact in found.facts] == [
        ("tracked changes", "2 neither accepted nor rejected; read as if accepted")
    ]


def test_a_changed_link_and_language_and_alt_text_are_hidden_facts(folder: Path, put: Put) -> None:
    members = read_members((folder / "rich.docx").read_bytes())
    rels = "word/_rels/document.xml.rels"
    members[rels] = members[rels].replace(b"example.org/a", b"example.com/a")
    members[DOCUMENT] = members[DOCUMENT].replace(b'w:val="cy-GB"', b'w:val="fr"')
    found = compare_files(folder / "rich.docx", put(write_members(members)))
    assert [(fact.name, fact.about, fact.old, fact.new) for fact in found.facts] == [
        ("link target", "link", "https://example.org/a?b=c&d=e", "https://example.com/a?b=c&d=e"),
        ("language of words", "ŵyn ŷd", "cy", "fr"),
    ]
    pictured = planted((folder / "south-wales.docx").read_bytes(), "word/header1.xml", 'descr="HMICFRS"', 'descr="?"')
    found = compare_files(folder / "south-wales.pdf", put(pictured))
    assert [(fact.name, fact.about, fact.old, fact.new) for fact in found.facts] == [
        ("alt text", "picture 1", "HMICFRS", "?")
    ]


FOOTNOTES = '<w:root><w:footnote w:id="2">' + paragraph("Said below.") + "</w:footnote></w:root>"
COMMENTS = '<w:root><w:comment w:id="0" w:author="Ann">' + paragraph("Is that so?") + "</w:comment></w:root>"


def test_no_words_of_notes_boxes_fields_and_tables_are_lost(put: Put) -> None:
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "http://x.org/" </w:instrText>'
    field += '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>there</w:t></w:r>'
    field += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = (
        '<w:p><w:r><w:t>See</w:t><w:footnoteReference w:id="2"/><w:t xml:space="preserve"> </w:t></w:r>'
        f"{field}<w:r><w:txbxContent>{paragraph('In a box')}</w:txbxContent></w:r></w:p>"
        f"<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc>{paragraph('Head')}</w:tc></w:tr>"
        f"<w:tr><w:tc>{paragraph('one')}{paragraph('two')}</w:tc></w:tr></w:tbl>"
    )
    parts = {"footnotes.xml": ("footnotes", FOOTNOTES), "comments.xml": ("comments", COMMENTS)}
    content = content_of_file(put(docx(body, parts=parts)))
    assert [(str(passage.style), passage.text) for passage in content.passages] == [
        ("paragraph", "See there"),
        ("text box", "In a box"),
        ("column heading", "Head"),
        ("table cell", "one"),
        ("table cell", "two"),
        ("footnote", "Said below."),
    ]
    assert [run.href for run in content.passages[0].runs] == [None, "http://x.org/"]
    assert [(fact.about, fact.value) for fact in content.facts if fact.name == "comment"] == [("Ann", "Is that so?")]


# -- PDFs without tags


def test_lines_become_paragraphs_by_their_room_gaps_and_indents(put: Put) -> None:
    wide = "These words fill all of the line until there is no room left for any"
    page = lines("Chief Constable", "Kent Police", "Via email") + lines(wide, "more of them.", top=650)
    page += lines(wide, "twice.", top=605) + lines("x set in", left=120, top=575)
    assert texts(content_of_file(put(pdf(page)))) == [
        *("Chief Constable", "Kent Police", "Via email"),
        *(f"{wide} more of them.", f"{wide} twice.", "x set in"),
    ]


def test_what_pages_repeat_is_none_of_the_words_and_a_paragraph_goes_on_over_the_page(put: Put) -> None:
    head, foot = lines("Our letterhead", top=800), [lines(f"Kent Police, {n}", top=30) for n in (1, 2)]
    first = lines("This sentence runs over", top=700)
    second = lines("the end of its page.", top=700) + lines("Yours sincerely", top=600)
    content = content_of_file(put(pdf(head + first + foot[0], head + second + foot[1])))
    assert texts(content) == ["Our letterhead", "This sentence runs over the end of its page.", "Yours sincerely"]
    assert {fact.name: fact.value for fact in content.facts}["foot of the page"] == "Kent Police,"


def test_what_stands_once_at_the_foot_of_a_page_is_words(put: Put) -> None:
    content = content_of_file(put(pdf(lines("Dear Sir") + lines("There are 12 reasons", top=30))))
    assert texts(content) == ["Dear Sir", "There are 12 reasons"]


@pytest.mark.parametrize(
    ("end", "begin", "elsewhere", "reads"),
    [
        ("the counter-", "corruption unit", "", "the counter-corruption unit"),
        ("of the inform-", "ation we hold", "the information", "of the information we hold"),
        ("for long-", "and short-term use", "", "for long- and short-term use"),
        ("in and/", "or out of it", "", "in and/or out of it"),
        ("as he said -", "and meant", "", "as he said - and meant"),
    ],
)
def test_what_a_line_end_stands_for(put: Put, end: str, begin: str, elsewhere: str, reads: str) -> None:
    room = "words and words and words and words and words and words "
    page = lines(f"{room}{end}", f"{begin}.") + (lines(elsewhere, top=600) if elsewhere else b"")
    assert texts(content_of_file(put(pdf(page))))[0] == f"{room}{reads}."


def test_the_other_letter_settles_what_a_line_end_stands_for(put: Put) -> None:
    room = "words and words and words and words and words and words "
    paper = put(pdf(lines(f"{room}re-", "sign it.")), "paper.pdf")
    for word, changes in (("resign", 0), ("re-sign", 0), ("design", 1)):
        assert len(compare_files(paper, put(f"{room}{word} it.".encode(), "words.txt")).words) == changes


def test_in_a_pdf_of_ours_a_hyphen_at_a_line_end_is_always_one(put: Put) -> None:
    """No word is divided there: to read "counterunit" into it would hide a change."""
    said = [f"{'a ' * number}counter-unit{number}." for number in range(20, 60)]
    letter = replace(SAMPLES["rich"], parts=(Part("body", tuple(Paragraph((Run(one),)) for one in said)),))
    paper = put(rendered_pdf(letter, house_style(letter.letterhead)), "paper.pdf")
    set_lines = content_of_pdf(paper.name, paper.read_bytes()).passages
    assert any("counter-\nunit" in plain(passage.runs) for passage in set_lines)
    found = compare_files(paper, put("\n\n".join(said).replace("-", "").encode(), "words.txt"))
    assert [change.removed for change in found.words] == said


# -- files that cannot be read

BODY = paragraph("Dear Chief Constable")
MANY_PAGES = [lines(f"Finding number {n}, which is a sentence of its own.") for n in range(500)]

UNREADABLE = {
    "empty": (b"", "it is empty"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(50), "it is a picture, and has no text. Letters can be compared as PDF"),
    "old word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "it is a document of an old kind (.doc). Open it"),
    "protected word": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "it is a document of Word or Office that is protected with a password. Open it there",
    ),
    "rich text": (rb"{\rtf1\ansi Dear}", "it is a file of rich text (.rtf). Open it in Word, save it as .docx"),
    "bytes": (b"MZ\x90\x00\x03" * 50, "it is of a kind that cannot be read. Letters can be compared as PDF"),
    "web page": (b"<!DOCTYPE html><html><p>Hello</p></html>", "it is a web page that letters did not make"),
    "json": (b'{"a": 1}', "it begins as JSON does, and is not a letter that letters composed"),
    "latin-1": ("Café".encode("latin-1"), "its letters are in an encoding that is not known. Save it as UTF-8"),
    "protected PDF": (protected_pdf(), "it is protected with a password. Save a copy without one"),
    "PDF without text": (pdf(b"0 0 100 100 re f"), "it has no text: perhaps a scan, a picture of a letter"),
    "PDF of nothing": (b"%PDF-1.7\n%%EOF", "it is damaged or cut short. Copy or make it again"),
    "PDF without pages": (pdf(), "it is damaged or cut short. Copy or make it again"),
    "PDF of 1001 pages": (pdf(*[b""] * 1001), "it has 1,001 pages; from 1 to 1,000 can be compared"),
    "word without text": (docx("<w:p/>"), "it has no text and no picture. Compare what it was made from"),
    "word in word": (docx(f'{BODY}<w:altChunk r:id="x"/>'), "it holds another document inside it. Open it in Word"),
    "not word": (write_members({"a.txt": b"Hello"}), "it is not a whole Word document (not an Office document"),
    "word bomb": (
        write_members({"word/document.xml": bytes(60 * MEGABYTE)}),
        "it is not a whole Word document (more than 52428800 bytes)",
    ),
    "laughs": (
        docx(paragraph("&l9;"), before=laughing()),
        "it is not a whole Word document (word/document.xml declares a document type",
    ),
    "laughs in UTF-16": (
        docx(paragraph("&l9;"), before=f'<?xml version="1.0" encoding="utf-16"?>{laughing()}', code="utf-16"),
        "it is not a whole Word document (word/document.xml declares a document type",
    ),
    "deep": (docx("<w:p>" * 50_000 + "</w:p>" * 50_000), "its elements are nested too deeply for a letter"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_said_in_a_users_words(put: Put, name: str) -> None:
    data, reason = UNREADABLE[name]
    assert said(put(data)).startswith(reason)


def test_what_is_no_file_at_all(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    large = tmp_path / "large.pdf"
    large.touch()
    os.truncate(large, 300 * MEGABYTE)
    assert said(tmp_path / "none.pdf") == "there is no such file"
    assert said(tmp_path) == "it is a folder. Name one letter in it"
    assert said(tmp_path / "pipe") == "it is not a file that can be read from beginning to end"
    assert said(large) == "it has 300 MB; at most 50 are read"
    assert said(tmp_path / ("x" * 300)) == "it cannot be opened: file name too long"


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_a_file_that_one_may_not_read(put: Put) -> None:
    path = put(b"Dear Sir")
    path.chmod(0)
    assert said(path) == "it cannot be opened: permission denied"


@pytest.mark.parametrize("form", ["pdf", "docx"])
@pytest.mark.parametrize("part", [0.01, 0.3, 0.6, 0.9, 0.999])
def test_a_file_cut_short_is_no_letter_with_fewer_words(folder: Path, put: Put, form: str, part: float) -> None:
    data = (folder / f"south-wales.{form}").read_bytes()
    reason = said(put(data[: int(len(data) * part)]))
    assert reason.startswith("it was cut short: its end is missing" if form == "pdf" else "it is not a whole Word")


def test_a_docx_without_one_of_its_members_is_read_without_it_or_not_at_all(folder: Path, put: Put) -> None:
    data = (folder / "south-wales.docx").read_bytes()
    members = read_members(data)
    expected = texts(content_of_file(put(data)))
    refused: dict[str, str] = {}
    for missing in members:
        path = put(write_members({name: content for name, content in members.items() if name != missing}))
        try:
            # Without the list of its headers nobody can know that there is one.
            assert texts(content_of_file(path)) in (expected, expected[1:]), missing
        except UnreadableFile as error:
            refused[missing] = str(error)
    assert set(refused) >= {"_rels/.rels", DOCUMENT}
    assert all("it is not a whole Word document" in reason for reason in refused.values())


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_never_worse(folder: Path, put: Put, data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(["pdf", "docx"]))
    whole = bytearray((folder / f"rich.{form}").read_bytes())
    for _ in range(data.draw(st.integers(1, 20))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = put(bytes(whole))
    try:
        assert content_of_file(path).passages
    except UnreadableFile as error:
        reason = str(error)
    else:
        reason = f"{path}: none"
    assert reason.startswith(f"{path}: ")


# -- bounds


def test_a_pdf_that_swells_takes_no_more_memory_than_allowed(put: Put) -> None:
    for stream, filters in (
        (swelling(3000), "/Filter/FlateDecode"),
        (zlib.compress(swelling(3000)), "/Filter[/FlateDecode/FlateDecode]"),
    ):
        reason = said(put(pdf(stream, filters=filters)))
        assert reason.startswith("the library that reads it crashed, or needed too much memory")
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    assert largest < 1500 * MEGABYTE


def test_500_pages_are_read_and_compared(put: Put) -> None:
    before = put(pdf(*MANY_PAGES), "before.pdf")
    after = put(pdf(*MANY_PAGES[:300], lines("Another finding."), *MANY_PAGES[301:]), "after.pdf")
    found = compare_files(before, after)
    assert found.before
    assert len(found.before.passages) == 500
    assert {text for change in found.words for text in (change.removed, change.added)} >= {"Another finding."}
    assert said(before, most_time=0.02) == "it takes more than 0.02 seconds, which no letter does"


def test_two_letters_that_nobody_can_compare_in_time_are_refused(put: Put) -> None:
    one = put(" ".join(f"word{n % 97}" for n in range(40_000)).encode(), "one.txt")
    other = put(" ".join(f"word{n % 89}" for n in range(40_000)).encode(), "other.txt")
    with pytest.raises(UnreadableFile, match=r"one.txt and .*other.txt cannot be compared: it takes more than 1 sec"):
        compare_files(one, other, most_time=1)


def _die() -> None:
    os.abort()


def _spin() -> int:
    while True:
        pass


def _sleep_and_answer() -> int:
    """Longer than the time it may use, on the clock only."""
    time.sleep(0.3)
    return 1


def _swell() -> int:
    return len(bytes(2**40))


def _fault() -> None:
    raise KeyError("a fault of ours")


def _speak() -> int:
    return os.write(1, b"from a library") + os.write(2, b"from a library")


def test_a_library_that_dies_hangs_swells_or_speaks_does_no_harm(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UnreadableFile, match="the library that reads it crashed"):
        apart(_die)
    with pytest.raises(UnreadableFile, match=r"it takes more than 0\.1 seconds"):
        apart(time.sleep, 60, most_time=0.1)
    with pytest.raises(UnreadableFile, match=r"it takes more than 0\.1 seconds"):
        apart(_spin, most_time=0.1)
    assert apart(_sleep_and_answer, most_time=0.1) == 1
    with pytest.raises(UnreadableFile, match="it needs more than 100 MB of memory"):
        apart(_swell, most_memory=100 * MEGABYTE)
    with pytest.raises(KeyError, match="a fault of ours"):
        apart(_fault)
    assert apart(_speak) == 28
    assert capfd.readouterr() == ("", "")


def test_it_works_where_no_process_can_be_forked(folder: Path, put: Put) -> None:
    """As on Windows and macOS, where a new one is started instead."""
    script = (
        "import sys; sys.platform = 'darwin'\n"
        "import pathlib; from letters.review.files import content_of_file\n"
        "if __name__ == '__main__': print(len(content_of_file(pathlib.Path(sys.argv[1])).passages))"
    )
    ran = subprocess.run(
        [sys.executable, str(put(script.encode(), "script.py")), str(folder / "rich.docx")],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ran.stdout.strip() == str(len(words(SAMPLES["rich"]))), ran.stderr
