"""Layout in a review: what moved on the pages and what looks otherwise, no noise beside words, marks on the words."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO

import pypdfium2
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PIL import Image

from letters.letter import BODY, Block, Letter, Paragraph, Part, Run, Stage, normalise
from letters.letter.compared import Op
from letters.render import pdf
from letters.review.compare.changes import Difference, LayoutChange, Moved
from letters.review.compare.content import content_of
from letters.review.compare.letters import difference
from letters.review.compare.passages import How
from letters.review.pages.layout import layout_of
from letters.review.pages.marks import Marks, marks_of
from letters.review.pages.pictures import layouts, letter_views
from letters.review.pages.views import Mark
from letters.review.pages.workers import in_processes
from support.counts import examples
from support.letters_by_hand import commissioner, house_style, lines, paragraph, real, rich

pytestmark = pytest.mark.slow

WORDMARK = "letterheads/hmicfrs/wordmark.svg"
RED_BOX = b'<rect x="0" y="0" width="3000" height="900" fill="#c00"/></svg>'


@dataclass(frozen=True)
class Made:
    """A letter and its PDF."""

    letter: Letter
    pdf: bytes


@cache
def made(letter: Letter, css: str = "", red: bool = False) -> Made:
    """A letter set with some CSS more than its letterhead has, and a red box on the wordmark."""
    style = house_style(letter.letterhead)
    wordmark = style.pictures[WORDMARK].replace(b"</svg>", RED_BOX) if red else style.pictures[WORDMARK]
    pictures = {**style.pictures, WORDMARK: wordmark}
    return Made(letter, pdf.render(letter, replace(style, css=style.css + css, pictures=pictures)))


CUMBRIA = real("cumbria")
KEY = CUMBRIA.key


def between(before: Made, after: Made) -> Difference:
    return difference(KEY, content_of(before.letter), content_of(after.letter))


def layout(before: Made, after: Made) -> tuple[LayoutChange, ...]:
    (seen,) = layouts([(between(before, after), before.pdf, after.pdf)], 1)
    assert (seen.compared, seen.problem) == (True, "")
    return seen.layout


def edited(letter: Letter, edit: Callable[[list[Block]], Sequence[Block]], part: str = BODY) -> Letter:
    """The letter with the blocks of a part edited."""
    parts = (replace(p, blocks=tuple(edit(list(p.blocks)))) if p.name == part else p for p in letter.parts)
    return replace(letter, parts=tuple(parts))


def body(*texts: str) -> Letter:
    """A letter of these paragraphs, without more."""
    return replace(rich(), parts=(Part(BODY, tuple(map(paragraph, texts))),), stage=Stage.READY)


# -- what moved


def test_the_same_letter_has_not_moved() -> None:
    assert layout(made(CUMBRIA), Made(CUMBRIA, made(CUMBRIA, "/* the same bytes again are not looked at */").pdf)) == ()
    assert layout(made(CUMBRIA), made(CUMBRIA, ".no-such-part { color: red }")) == ()


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("@page :first { margin-top: 20mm }", [(Moved.PLACE, 1, "", "all passages up to 5 mm lower")]),
        ("@page :first { margin-top: 14mm }", [(Moved.PLACE, 1, "", "all passages up to 1 mm higher")]),
        (".date { margin-left: 3mm }", [(Moved.PLACE, 1, "", "1 passage up to 3 mm further right")]),
        (".salutation { letter-spacing: 0.1pt }", [(Moved.PLACE, 1, "", "1 passage less than 1 mm wider")]),
        ("blockquote { margin-right: 30mm }",
         [(Moved.PLACE, 1, "", "1 passage in other lines; 1 passage up to 5 mm lower")]),
    ],
)  # fmt: skip
def test_what_stands_elsewhere_is_told_once_a_page(css: str, expected: list[tuple[Moved, int, str, str]]) -> None:
    assert layout(made(CUMBRIA), made(CUMBRIA, css)) == tuple(LayoutChange(*change) for change in expected)


def test_less_than_half_a_point_is_nothing() -> None:
    assert layout(made(CUMBRIA), made(CUMBRIA, "@page :first { margin-top: 15.15mm }")) == ()
    (change,) = layout(made(CUMBRIA), made(CUMBRIA, "@page :first { margin-top: 15.2mm }"))
    assert change.new == "all passages less than 1 mm lower"


def test_a_page_break_that_falls_elsewhere_is_told_with_what_begins_the_page() -> None:
    (change,) = layout(made(CUMBRIA), made(CUMBRIA, ".body p:nth-child(3) { break-before: page }"))
    assert (change.what, change.page) == (Moved.BREAK, 2)
    assert change.old == "begins “We were pleased to find that your plans …”"
    assert change.new == "begins “The report highlighted our concerns that some …”"


def test_more_pages_are_told() -> None:
    changes = layout(made(CUMBRIA), made(CUMBRIA, ".closing { break-before: page }"))
    assert LayoutChange(Moved.PAGES, 3, "2 pages", "3 pages") in changes
    assert {change.what for change in changes} == {Moved.PAGES}
    assert layout(made(CUMBRIA, ".closing { break-before: page }"), made(CUMBRIA))[0].new == "2 pages"


def test_other_paper_is_told() -> None:
    changes = layout(made(CUMBRIA), made(CUMBRIA, "@page { size: Letter }"))
    assert LayoutChange(Moved.LOOKS, 1, "page of 210 × 297 mm", "page of 216 × 279 mm") in changes


# -- what looks otherwise


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        (".date { color: #800000 }", [(1, "black", "colour #800000")]),
        (".salutation { font-size: 11pt; line-height: 15pt }", [(1, "12 pt", "11 pt")]),
        (".date { font-weight: bold }", [(1, "font Letters-Sans", "font Letters-Sans-Bold")]),
        (".closing { color: #00f; font-style: italic }",
         [(2, "font Letters-Sans, black", "font Letters-Sans-Italic, colour #0000ff")]),
        (".masthead img { outline: 1pt solid }", [(1, "", "looks different at the top of the page")]),
        ("blockquote { background: #f0f0f0 }", [(1, "", "looks different in the middle and at the foot of the page")]),
        (".foot { color: #999 }", [(2, "", "looks different at the foot of the page")]),
    ],
)  # fmt: skip
def test_other_looks_are_told_and_nothing_else_of_what_stayed_in_its_place(
    css: str, expected: list[tuple[int, str, str]]
) -> None:
    changes = layout(made(CUMBRIA), made(CUMBRIA, css))
    looks = [(change.page, change.old, change.new) for change in changes if change.what is Moved.LOOKS]
    assert looks == expected
    # Text in another font may be a little wider, and that is told as well.
    assert all("wider" in change.new or "narrower" in change.new for change in changes if change.what is Moved.PLACE)


def test_a_font_swap_is_told_as_such_for_the_text_and_its_emphasis() -> None:
    before, after = made(CUMBRIA), made(CUMBRIA, "html { font-weight: bold }")
    found = between(before, after)
    assert (found.words, found.formatting, found.facts) == ((), (), ())
    fonts = [(change.old, change.new) for change in layout(before, after) if change.what is Moved.LOOKS]
    assert fonts == [
        ("font Letters-Sans", "font Letters-Sans-Bold"),
        ("font Letters-Sans-Italic", "font Letters-Sans-Bold-Italic"),
    ]


def test_another_wordmark_is_seen_also_beside_changed_words() -> None:
    expected = LayoutChange(Moved.LOOKS, 1, "", "looks different at the top of the page")
    assert layout(made(CUMBRIA), made(CUMBRIA, red=True)) == (expected,)
    assert layout(made(CUMBRIA), made(edited(CUMBRIA, longer), red=True)) == (expected,)


# -- no noise


def longer(blocks: list[Block]) -> list[Block]:
    last = blocks[-1]
    assert isinstance(last, Paragraph)
    return [*blocks[:-1], Paragraph((*last.runs, Run(" And this sentence comes on top, long enough for a line.")))]


def bold(blocks: list[Block]) -> list[Block]:
    third = blocks[2]
    assert isinstance(third, Paragraph)
    return [*blocks[:2], Paragraph(tuple(replace(run, bold=True) for run in third.runs)), *blocks[3:]]


@pytest.mark.parametrize(
    "after",
    [
        pytest.param(edited(CUMBRIA, longer), id="a longer paragraph"),
        pytest.param(edited(CUMBRIA, bold), id="bold words"),
        pytest.param(edited(CUMBRIA, lambda _: [paragraph("Dear Sir or Madam")], "salutation"), id="salutation"),
        pytest.param(edited(CUMBRIA, lambda b: [*b, paragraph("By post")], "addressee"), id="a line more"),
        pytest.param(edited(CUMBRIA, lambda b: b[:-1], "signatory"), id="a line less"),
        pytest.param(edited(CUMBRIA, lambda b: [b[0], b[2], b[1], *b[3:]]), id="two paragraphs changed places"),
        pytest.param(edited(CUMBRIA, lambda b: [*b[:3], paragraph("New."), *b[3:]]), id="a new paragraph"),
        pytest.param(replace(CUMBRIA, stage=Stage.DRAFT), id="stage"),
        pytest.param(replace(CUMBRIA, foot="Cumbria Constabulary, 3 October 2017"), id="foot"),
        pytest.param(replace(CUMBRIA, title="Another title"), id="title"),
    ],
)
def test_what_words_and_facts_account_for_is_not_told_as_layout(after: Letter) -> None:
    before = made(CUMBRIA)
    assert not between(before, made(after)).is_same
    assert layout(before, made(after)) == ()


def test_words_that_every_page_repeats_are_not_told_as_looks() -> None:
    before = commissioner()
    after = edited(before, lambda b: [paragraph("Somebody Else"), *b[1:]], "sender")
    assert layout(made(before), made(after)) == ()


def test_cells_and_rules_of_a_table_that_moved_with_changed_words_are_not_told() -> None:
    before = rich()
    after = edited(before, lambda b: [*b[:2], paragraph("New. " * 40), *b[2:]])
    assert layout(made(before), made(after)) == ()


def test_a_break_that_moved_since_a_paragraph_was_removed_is_told_and_nothing_more() -> None:
    (change,) = layout(made(CUMBRIA), made(edited(CUMBRIA, lambda b: [*b[:2], *b[3:]])))
    assert change.what is Moved.BREAK
    assert change.new == "begins “This letter will be published on the HMICFRS …”"


def test_a_break_before_a_new_paragraph_is_where_it_was() -> None:
    texts = [f"Paragraph {number}." for number in range(4)]
    css = ".body p:nth-child(3) { break-before: page }"
    before, after = body(*texts), body(*texts[:2], "Wholly new words stand here.", *texts[2:])
    assert layout(made(before, css), made(after, css)) == ()
    gone = body(*texts[:2], *texts[3:])
    assert layout(made(before, css), made(gone, css)) == ()


def test_a_passage_that_moved_across_a_break_does_not_move_the_break() -> None:
    moved = "This one moves to the other page of the letter."
    parts = lines("before", "Begin.", moved, "Go on."), lines("after", "Begin the other page.", "End.")
    others = lines("before", "Begin.", "Go on."), lines("after", "Begin the other page.", moved, "End.")
    before, after = (made(replace(rich(), parts=side), ".after { break-before: page }") for side in (parts, others))
    assert [change.how for change in between(before, after).words] == [How.MOVED]
    assert layout(before, after) == ()


def test_a_break_inside_a_split_paragraph_is_told() -> None:
    one, two = "The first sentence stays here for good.", "The second one goes to the next page now."
    before = made(body("Begin.", f"{one} {two}", "End."), ".body p:nth-child(2) { break-before: page }")
    after = made(body("Begin.", one, two, "End."), ".body p:nth-child(3) { break-before: page }")
    (change,) = layout(before, after)
    assert (change.old, change.new) == (f"begins “{one} The …”", f"begins “{two}”")


# -- marks


def marks(before: Made, after: Made) -> tuple[Difference, Marks, Marks]:
    found = between(before, after)
    return found, *marks_of(found, layout_of(before.pdf), layout_of(after.pdf))


def under(data: bytes, pages: Marks, change: int) -> str:
    """The letters of a PDF that stand under the marks of a change."""
    document = pypdfium2.PdfDocument(data)
    said = (
        _under(document[number], mark) for number, page in enumerate(pages) for mark in page if mark.change == change
    )
    return "".join("".join(said).split())


def _under(page: pypdfium2.PdfPage, mark: Mark) -> str:
    width, height = page.get_size()
    inside, bottom = 0.2, (1 - mark.top - mark.height) * height
    text = page.get_textpage().get_text_bounded(
        left=mark.left * width + inside,
        right=(mark.left + mark.width) * width - inside,
        bottom=bottom + inside,
        top=bottom + mark.height * height - inside,
    )
    return normalise(text.replace("\ufffe", "-").replace("\x02", "-"))


def letters(found: Difference, change: int, op: Op) -> str:
    return "".join("".join(piece.text for piece in found.words[change].pieces if piece.op is op).split())


def assert_marked(before: Made, after: Made) -> Difference:
    found, old, new = marks(before, after)
    for number in range(len(found.words)):
        assert under(before.pdf, old, number) == letters(found, number, Op.REMOVED)
        assert under(after.pdf, new, number) == letters(found, number, Op.ADDED)
    return found


def test_marks_stand_on_the_words_that_changed_line_by_line() -> None:
    after = edited(edited(CUMBRIA, longer), lambda _: [paragraph("Dear Deputy Chief Constable")], "salutation")
    found = assert_marked(made(CUMBRIA), made(after))
    assert len(found.words) == 2
    _, old, new = marks(made(CUMBRIA), made(after))
    assert old == ((), ())
    assert [[(mark.op, mark.change) for mark in page] for page in new] == [[(Op.ADDED, 0)], [(Op.ADDED, 1)]]


def test_words_broken_at_a_hyphen_are_marked_on_both_lines() -> None:
    text = "word " * 13 + "{} anti-corruption-and-counter-corruption unit."
    assert_marked(made(body(text.format("old"))), made(body(text.format("counter-corruption-prevention-and-other"))))


def test_a_moved_passage_is_marked_whole_on_both_sides() -> None:
    texts = [f"This is the {number} paragraph of the letter." for number in ("first", "second", "third", "fourth")]
    before, after = made(body(*texts)), made(body(*texts[1:], texts[0]))
    found, old, new = marks(before, after)
    assert [change.how for change in found.words] == [How.MOVED]
    whole = "".join(texts[0].split())
    assert (under(before.pdf, old, 0), under(after.pdf, new, 0)) == (whole, whole)


def test_a_split_is_marked_where_it_is() -> None:
    one, two = "The first sentence of the paragraph.", "The second sentence of the paragraph."
    before, after = made(body(f"{one} {two}")), made(body(one, two))
    for here, there in ((before, after), (after, before)):
        found, old, new = marks(here, there)
        assert [change.how for change in found.words] == [How.SPLIT if here is before else How.JOINED]
        (removed,), (added,) = (page for (page,) in (old, new))
        ends = [place.passages[0] for place in (layout_of(here.pdf), layout_of(there.pdf))]
        for mark, passage in zip((removed, added), ends, strict=True):
            width = layout_of(here.pdf).pages[0][0]
            assert mark.left * width == pytest.approx(passage[0].edges[len("".join(one.split())) - 1][1])


WORDS = "we found that your plans reflect counter-corruption strategy and “it” wasn’t in place, yet".split()
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join), min_size=1, max_size=4)


@settings(max_examples=examples(15))
@given(TEXTS, TEXTS)
def test_marks_stand_on_all_changed_words_and_on_no_others(before: list[str], after: list[str]) -> None:
    found = between(Made(body(*before), b""), Made(body(*after), b""))
    assume(all(change.how is not How.MOVED for change in found.words))
    assert_marked(*(Made(body(*texts), made(body(*texts)).pdf) for texts in (before, after)))


# -- pages


def test_pages_are_drawn_small_in_grey_or_colour_and_equal_ones_once() -> None:
    pairs = [(between(made(CUMBRIA), made(CUMBRIA, red=True)), made(CUMBRIA).pdf, made(CUMBRIA, red=True).pdf)] * 2
    (seen, again) = letter_views(pairs, 1)
    before, after = seen.view.before, seen.view.after
    assert [len(before), len(after)] == [2, 2]
    assert before[1].picture is after[1].picture is again.view.after[1].picture
    assert before[0].picture != after[0].picture
    assert (before[0].width, before[0].height) == pytest.approx((210, 297), abs=0.1)
    assert (before[0].media_type, max(_redness(after[0].picture)), set(_redness(before[0].picture))) == (
        "image/png",
        204,
        {0},
    )
    assert Image.open(BytesIO(before[0].picture)).convert("L").getextrema() == (0, 255)
    assert layouts(pairs, 1)[0].layout == seen.layout


def _redness(png: bytes) -> list[int]:
    """How much more red than green is in each colour of a picture."""
    colours = Image.open(BytesIO(png)).convert("RGB").getcolors(256) or []
    return [colour[0] - colour[1] for _, colour in colours if isinstance(colour, tuple)]


def test_many_letters_are_seen_in_processes_as_in_one() -> None:
    changed, bolder, red = (
        made(edited(CUMBRIA, longer)),
        made(CUMBRIA, "html { font-weight: bold }"),
        made(CUMBRIA, red=True),
    )
    pairs = [(between(made(CUMBRIA), after), made(CUMBRIA).pdf, after.pdf) for after in (changed, bolder, red)]
    assert letter_views(pairs, 2) == letter_views(pairs, 1) == letter_views(pairs, 9)
    assert [seen.layout for seen in letter_views(pairs, 2)] == [seen.layout for seen in layouts(pairs, 2)]
    assert letter_views([], 2) == []


def test_a_letter_that_is_new_or_gone_shows_its_one_side() -> None:
    here = content_of(CUMBRIA)
    new, gone = letter_views(
        [
            (difference(KEY, None, here), None, made(CUMBRIA).pdf),
            (difference(KEY, here, None), made(CUMBRIA).pdf, None),
        ],
        1,
    )
    assert (new.view.before, gone.view.after) == ((), ())
    assert new.view.after == gone.view.before
    assert [len(new.view.after), new.layout, new.compared, new.problem] == [2, (), False, ""]


# -- what cannot be compared


def test_a_pdf_of_another_letter_is_a_problem_and_shown_without_marks() -> None:
    found = between(made(CUMBRIA), made(edited(CUMBRIA, longer)))
    (seen,) = letter_views([(found, made(CUMBRIA).pdf, made(real("warwickshire")).pdf)], 1)
    assert (seen.compared, seen.layout, seen.problem) == (False, (), "the PDF does not say the words of the letter")
    assert [page.marks for page in (*seen.view.before, *seen.view.after)] == [()] * 4


@pytest.mark.parametrize("spoilt", ["truncated", "empty", "untagged"])
def test_what_is_no_pdf_of_ours_is_a_problem_of_that_letter_alone(spoilt: str) -> None:
    good = made(CUMBRIA).pdf
    spoil = {"truncated": good[:1000], "empty": b"", "untagged": untagged()}[spoilt]
    found = between(made(CUMBRIA), made(CUMBRIA))
    bad, fine = letter_views([(found, good, spoil), (found, good, good)], 1)
    assert not bad.compared
    assert bad.problem.startswith("not a PDF that can be read")
    assert fine.compared
    with pytest.raises(ValueError, match="not a PDF that can be read"):
        layout_of(spoil)


def untagged() -> bytes:
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def test_a_worker_that_is_lost_is_told() -> None:
    with pytest.raises(ChildProcessError, match="ended before its work"):
        in_processes(_end_at_three, range(6), 2)


def _end_at_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_workers_whose_parent_is_killed_end_too() -> None:
    """They hold its output: it would not end before them."""
    code = (
        "import os, signal\n"
        "from letters.review.pages.workers import in_processes\n"
        "def work(number):\n"
        "    if number == 3: os.kill(os.getppid(), signal.SIGKILL)\n"
        "    return b'x' * 1_000_000\n"
        "in_processes(work, range(40), 4)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=30, check=False)
    assert (ran.returncode, ran.stderr) == (-signal.SIGKILL, b"")


def test_workers_whose_parent_was_killed_before_they_are_ready_end_too() -> None:
    code = (
        "import faulthandler, os, signal, time\n"
        "from letters.machine.bounds import Bounds\n"
        "from letters.machine.crew import Crew\n"
        "faulthandler.disable = lambda: time.sleep(0.5)\n"  # which is what a process does first
        "Crew(abs, Bounds()).hire(4)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=30, check=False)
    assert (ran.returncode, ran.stderr) == (-signal.SIGKILL, b"")
