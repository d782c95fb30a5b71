"""The report of a review in a browser: read, decided, saved, opened again, and whole without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from letters.letter import LetterKey
from letters.letter.compared import Op, Piece
from letters.letter.quotes import smart_quotes
from letters.review.compare.changes import ChangeKind, Review
from letters.review.compare.content import Passage, content_of
from letters.review.compare.letters import difference
from letters.review.marks.decisions import Decisions, State, group_id, read_decisions, to_json
from letters.review.marks.identity import identities
from letters.review.marks.standing import Answer, Query, Standing
from letters.review.pages.views import LetterView
from letters.review.report.page import review_page
from support.browsing import CHROMIUM, Opened, grave
from support.letters_by_hand import real
from support.review_samples import HOSTILE, names, review, views

pytest.importorskip("playwright.sync_api")
pytest.importorskip("axe_playwright_python")

pytestmark = [pytest.mark.xdist_group("review_page"), pytest.mark.slow]
in_browser = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium")
REPORT = "0f5c2a"
MADE = "The letters as they are now, compared with the last review."
WALES, CUMBRIA, WARWICKSHIRE, KENT = (
    LetterKey("abuse-of-position-2017", slug) for slug in ("south-wales", "cumbria", "warwickshire", "kent")
)


@cache
def content(identity: str = REPORT) -> bytes:
    return review_page(review(), views(), names(), identity, MADE)


def as_written(passage: Passage) -> str:
    """The words of a passage with its quotation marks, which `text` has straight."""
    return "".join(ch for ch, _ in passage.characters)


def letter(key: LetterKey) -> str:
    """The selector of a letter's section."""
    return f"#letter-{[one.key for one in review().changed].index(key) + 1}"


class Report(Opened):
    """A report in a browser, and what it did besides."""

    def progress(self) -> str:
        return str(self.page.inner_text("#progress"))

    def decide(self, section: str, state: str, comment: str = "") -> None:
        self.page.check(f"{section} .decision [value='{state}']")
        if comment:
            self.page.fill(f"{section} textarea", comment)

    def focus(self) -> str:
        """The id of what has the focus, or that of what it is in."""
        return str(self.page.evaluate("document.activeElement.closest('[id]')?.id ?? ''"))

    def save(self, to: Path, called: str = f"decisions-{REPORT}-jo-review.json") -> Decisions:
        with self.page.expect_download() as waiting:
            self.page.click("#save")
        assert waiting.value.suggested_filename == called
        waiting.value.save_as(to)
        return read_decisions(to.read_bytes())

    def open(self, path: Path) -> str:
        """Open a file of decisions; gives what the report says to it."""
        earlier = self.page.text_content("#message")
        with self.page.expect_file_chooser() as waiting:
            self.page.click("#open")
        waiting.value.set_files(path)
        self.page.wait_for_function("was => document.querySelector('#message').textContent !== was", arg=earlier)
        return str(self.page.text_content("#message"))


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """Opens a report in a browser of its own, which remembers nothing of the other tests."""
    contexts = []

    def open_report(page: bytes, width: int = 1280, name: str = "report", **settings: Any) -> Report:
        path = tmp_path / f"{name}.html"
        path.write_bytes(page)
        contexts.append(browser.new_context(viewport={"width": width, "height": 800}, **settings))
        return Report(contexts[-1].new_page(), path.as_uri())

    yield open_report
    for context in contexts:
        context.close()


# What it says


@in_browser
def test_it_says_what_changed_in_how_many_letters(opened: Any) -> None:
    page = opened(content()).page
    assert page.inner_text("h1") == f"{len(review().groups)} changes in 4 of 5 letters"
    assert page.inner_text(".made") == MADE
    rows = {row.split("\t")[0]: row.split("\t")[1:] for row in page.inner_text(".counts tbody").splitlines()}
    assert rows == {
        "Whole letter": ["1", "1", "1"],
        "Words": ["3", "5", "3"],
        "Formatting": ["1", "1", "1"],
        "Layout": ["1", "1", "1"],
        "Hidden facts": ["1", "1", "1"],
    }
    assert page.inner_text("#unchanged p") == "1 letter: nothing changed. Thames Valley Police"
    assert page.locator(".letter").count() == 4


@in_browser
def test_a_change_is_told_once_with_its_words_causes_and_letters(opened: Any) -> None:
    page = opened(content()).page
    group = next(one for one in review().groups if len(one.letters) == 3)
    section = f"#change-{group.number}"
    assert page.inner_text(f"{section} > .words ins") == ", and your reply to it,"
    assert page.locator(f"{section} del").count() == 0
    assert "templates/abuse-of-position-2017/letter.md:31" in page.inner_text(f"{section} .causes")
    assert "forces/<b>.yaml:4 (it_monitoring)" in page.inner_text(f"{section} .causes")
    assert "3 letters" in page.inner_text(f"{section} .kind")
    page.click(f"{section} .kind a >> text=South Wales Police")
    page.wait_for_function("id => document.activeElement.id === id", arg=letter(WALES)[1:])
    assert page.is_visible(f"{letter(WALES)} .row.changed >> nth=0")


def with_passages(*passages: str) -> str:
    """A report of one change in several letters, each with its own passage around the words that changed."""
    group = next(one for one in review().groups if len(one.letters) == 3)
    changed = Piece(Op.REMOVED, "this"), Piece(Op.ADDED, "that")
    occurrences = tuple(
        replace(one, pieces=(Piece(Op.SAME, before), *changed, Piece(Op.SAME, after)))
        for one, (before, after) in zip(group.occurrences, (text.split("*") for text in passages), strict=False)
    )
    found = replace(review(), groups=(replace(group, occurrences=occurrences),))
    return review_page(found, {}, names(), "", "").decode()


def test_letters_that_read_otherwise_near_a_change_are_shown() -> None:
    page = with_passages("We say * now.", "We say * now.", "One two three four of whom say *, a b c d e f.")
    assert "Not quite as here in 1 other letter" in page
    assert " … three four of whom say <del>this</del><ins>that</ins>, a b c d … <" in page
    assert page.count("We say <del>this</del><ins>that</ins> now.") == 1


def test_a_change_whose_passage_is_another_only_further_off_is_told_once() -> None:
    near = "we all of us say * a b c d e "
    page = with_passages(f"Here {near} f.", f"There, but elsewhere, {near} g h i.")
    assert "Not quite as here" not in page
    assert "There, but elsewhere" not in page
    assert "Here we all of us say <del>this</del><ins>that</ins> a b c d e  f." in page


@in_browser
def test_a_letter_shows_all_of_its_words_and_what_is_not_words(opened: Any) -> None:
    page = opened(content()).page
    section = letter(WALES)
    page.click(f"{section} .inside > summary")
    assert page.inner_text(f"{section} .verdict").startswith("changed: words twice")
    page.evaluate("document.querySelectorAll('.same').forEach(one => one.open = true)")
    one = next(one for one in review().changed if one.key == WALES)
    assert one.before
    assert one.after
    without = (
        "(section, gone) => [...document.querySelectorAll(`${section} .words`)].map(words => { "
        "const copy = words.cloneNode(true); copy.querySelectorAll(gone).forEach(one => one.remove()); "
        "return copy.textContent; })"
    )
    assert page.evaluate(f"([section, gone]) => ({without})(section, gone)", [section, "del"]) == [
        as_written(passage) for passage in one.after.passages
    ]
    assert page.evaluate(f"([section, gone]) => ({without})(section, gone)", [section, "ins"]) == [
        as_written(passage) for passage in one.before.passages
    ]
    tables = page.locator(f"{section} .sides").all_inner_texts()
    assert len(tables) == 3
    assert "not italic" in tables[0]
    assert "begins with “This letter”" in tables[1]
    assert "The signature of the Inspector" in tables[2]


@in_browser
def test_a_report_of_nothing_says_so_and_asks_nothing(opened: Any) -> None:
    same = tuple(one for one in review().differences if one.is_same)
    report = opened(review_page(Review("it", same, ()), {}, names(), REPORT, MADE))
    assert report.page.inner_text("h1") == "Nothing changed in 1 letter"
    assert (report.page.locator(".decision, .bar").count(), report.said) == (0, [])


def test_a_layout_that_was_not_compared_is_not_called_the_same() -> None:
    blind = tuple(replace(one, layout=(), layout_compared=False) for one in review().differences)
    groups = tuple(group for group in review().groups if group.kind is not ChangeKind.LAYOUT)
    page = review_page(Review("it", blind, groups), {}, names(), "", "").decode()
    assert "<th scope=row>Layout</th><td colspan=3>not compared</td>" in page
    assert "not compared" not in content().decode()


def test_two_letters_of_one_force_are_told_apart() -> None:
    before, after = real("cumbria"), real("warwickshire")
    keys = [LetterKey(kind, "cumbria") for kind in ("one", "other")]
    found = tuple(difference(key, content_of(before), content_of(after)) for key in keys)
    page = review_page(Review("it", found, ()), {}, dict.fromkeys(keys, "Cumbria Constabulary"), "", "").decode()
    assert ">Cumbria Constabulary (one)</a></h3>" in page
    assert ">Cumbria Constabulary (other)</a></h3>" in page


# Pages


@in_browser
def test_pages_stand_side_by_side_with_changed_words_marked(opened: Any) -> None:
    report = opened(content())
    section = letter(WALES)
    assert report.page.locator(".viewer img").count() == 0, "nothing is drawn before it is asked for"
    report.page.click(f"{section} .inside > summary")
    boxes = [report.page.locator(f"{section} .sheet.{side} >> nth=0").bounding_box() for side in ("before", "after")]
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["x"] + boxes[0]["width"] < boxes[1]["x"]
    view = views()[WALES]
    for side, pages in (("before", view.before), ("after", view.after)):
        count = report.page.locator(f"{section} .sheet.{side} .mark").count()
        assert count == sum(len(page.marks) for page in pages) > 0
    drawn = report.page.evaluate(
        "async section => { const all = [...document.querySelectorAll(`${section} img`)];"
        " await Promise.all(all.map(one => one.decode())); return all.map(one => one.naturalWidth); }",
        section,
    )
    assert len(drawn) == len(view.before) + len(view.after)
    assert min(drawn) > 700
    mark = view.after[1].marks[0]
    paper = report.page.locator(f"{section} .sheet.after .paper >> nth=1").bounding_box()
    box = report.page.locator(f"{section} .sheet.after .mark >> nth=0").bounding_box()
    assert box["x"] + 2 == pytest.approx(paper["x"] + mark.left * paper["width"], abs=1)
    assert box["y"] + 2 == pytest.approx(paper["y"] + mark.top * paper["height"], abs=1)


@in_browser
def test_pages_overlaid_and_blinking(opened: Any) -> None:
    report = opened(content())
    section = letter(WALES)
    page = report.page
    page.click(f"{section} .inside > summary")
    page.check(f"{section} .modes [value=Overlay]")
    sheets = [page.locator(f"{section} .sheet.{side} .paper >> nth=0").bounding_box() for side in ("before", "after")]
    assert sheets[0] == sheets[1]
    assert not page.is_visible(f"{section} .blink")
    page.check(f"{section} .modes [value=Blink]")
    assert page.inner_text(f"{section} .blink") == "Stop blinking"
    for side in ("before", "after", "before"):
        page.wait_for_selector(f"{section} .viewer[data-side={side}]")
        other = "after" if side == "before" else "before"
        assert page.is_visible(f"{section} .sheet.{side} >> nth=0")
        assert not page.is_visible(f"{section} .sheet.{other} >> nth=0")
    page.keyboard.press("Escape")
    assert page.inner_text(f"{section} .blink") == "Start blinking"
    side = page.get_attribute(f"{section} .viewer", "data-side")
    page.click(f"{section} .turn")
    assert page.get_attribute(f"{section} .viewer", "data-side") != side


@in_browser
def test_nothing_blinks_unasked_for_who_wants_no_motion(opened: Any) -> None:
    page = opened(content(), reduced_motion="reduce").page
    section = letter(WALES)
    page.click(f"{section} .inside > summary")
    page.check(f"{section} .modes [value=Blink]")
    assert page.inner_text(f"{section} .blink") == "Start blinking"
    page.click(f"{section} .blink")
    assert page.inner_text(f"{section} .blink") == "Stop blinking"


@in_browser
def test_a_letter_that_is_new_has_pages_on_one_side(opened: Any) -> None:
    page = opened(content()).page
    page.click(f"{letter(KENT)} .inside > summary")
    assert page.locator(f"{letter(KENT)} .sheet.after img").count() == 2
    assert page.inner_text(f"{letter(KENT)} .sheet.before >> nth=0") == "No page 1 before"
    assert page.locator(f"{letter(KENT)} .rows ins").count() == page.locator(f"{letter(KENT)} .rows .words").count() > 9


def test_each_picture_is_kept_once() -> None:
    pictures = {page.picture for view in views().values() for page in (*view.before, *view.after)}
    shown = [view for key, view in views().items() if key[1] != "thames-valley"]
    pages = [page.picture for view in shown for page in (*view.before, *view.after)]
    kept = re.findall(rb'<script type="text/plain" id="picture-\d+">(data:[^<]+)<', content())
    assert len(kept) == len(set(kept)) == len(set(pages)) < len(pages)
    assert len(kept) < len(pictures), "pages of letters that did not change are not shown"


def test_a_report_of_43_letters_of_four_pages_is_below_15_mb() -> None:
    one = next(one for one in review().changed if one.key == WALES)
    keys = [LetterKey("abuse-of-position-2017", f"force-{number}") for number in range(43)]
    page = views()[WALES].after[0]
    several = {
        key: LetterView(
            *(tuple(replace(page, picture=bytes([number, at]) * 22_500) for at in side) for side in ((0, 1), (2, 3)))
        )
        for number, key in enumerate(keys)
    }
    groups = tuple(
        replace(group, occurrences=tuple(replace(group.occurrences[0], key=key) for key in keys))
        for group in review().groups
    )
    found = Review("it", tuple(replace(one, key=key) for key in keys), groups)
    written = review_page(found, several, {}, REPORT, MADE)
    assert 43 * 4 * 45_000 * 4 / 3 < len(written) < 15_000_000
    assert b"<summary>all 43 letters</summary>" in written


# Keys


@in_browser
def test_next_and_previous_change_by_keyboard(opened: Any) -> None:
    report = opened(content())
    page = report.page
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.matches('.mark.current')")
    assert page.evaluate("document.activeElement.closest('.letter').id") == letter(CUMBRIA)[1:]
    assert "your reply to it" in page.evaluate("document.activeElement.ariaLabel")
    visited = []
    while "No change" not in page.inner_text("#place"):
        box = page.evaluate("document.activeElement.getBoundingClientRect().toJSON()")
        assert box["top"] >= page.locator(".bar").bounding_box()["height"]
        assert box["bottom"] <= 800
        visited.append(page.evaluate("document.activeElement.closest('.letter').id"))
        page.keyboard.press("n")
    stops = {key: sum(one.counts.values()) for one in review().changed for key in [one.key]}
    expected = [letter(key)[1:] for key, count in stops.items() for _ in range(count)]
    assert visited == expected
    page.keyboard.press("p")
    assert page.inner_text("#place").startswith(f"Place {len(visited) - 1} of {len(visited)}")
    page.focus(letter(WALES))
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.closest('.letter').id") == letter(WALES)[1:]
    page.click("#previous")
    assert page.evaluate("document.activeElement.closest('.letter').id") == letter(CUMBRIA)[1:]


@in_browser
def test_all_of_it_by_keyboard(opened: Any) -> None:
    report = opened(content())
    press = report.page.keyboard.press
    press("Tab")
    assert report.page.evaluate("document.activeElement.className") == "skip"
    press("Enter")
    press("j")
    assert report.focus() == "change-1"
    press("j")
    assert report.focus() == "change-2"
    while not report.page.evaluate("document.activeElement.matches('.decision input')"):
        press("Tab")
    assert report.focus() == "change-2"
    press("ArrowRight")
    assert "1 read" in report.progress()
    press("ArrowRight")
    assert report.progress() == "7 changes: 0 read, 1 queried, 6 to do. All changes in 0 of 4 letters are read"
    press("Tab")
    report.page.keyboard.type("no n, p, j or k")
    assert report.focus() == "change-2"
    assert report.page.input_value("#change-2 textarea") == "no n, p, j or k"
    press("Shift+Tab")
    press("k")
    assert report.focus() == "change-1"
    report.page.uncheck("#keys")
    report.page.focus("#change-1")
    press("j")
    assert report.focus() == "change-1"


# Decisions


@in_browser
def test_decisions_survive_a_reload_and_another_report_has_its_own(opened: Any) -> None:
    report = opened(content())
    report.page.fill("#reviewer", "Jo Review")
    report.decide("#change-2", "queried", HOSTILE + "\nsecond line")
    report.decide("#change-3", "read")
    before = report.progress()
    assert "1 read, 1 queried, 5 to do" in before
    report.page.reload()
    assert report.progress() == before
    assert report.page.input_value("#reviewer") == "Jo Review"
    assert report.page.input_value("#change-2 textarea") == HOSTILE + "\nsecond line"
    assert report.page.is_visible("#change-2 textarea")
    assert "kept in this browser" in report.page.inner_text("#kept")
    other = report.page.context.new_page()
    path = Path(report.page.url.removeprefix("file://")).with_name("other.html")
    path.write_bytes(content("other"))
    assert "7 to do" in Report(other, path.as_uri()).progress()


@in_browser
def test_where_nothing_can_be_kept_it_says_so(opened: Any) -> None:
    blocked = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('blocked'); } })"
    report = opened(content())
    report.page.add_init_script(blocked)
    report.page.reload()
    assert "keeps nothing for this page" in report.page.inner_text("#kept")
    report.decide("#change-1", "read")
    assert "1 read" in report.progress()
    assert report.said == []


@in_browser
def test_saved_decisions_are_read_and_open_again(opened: Any, tmp_path: Path) -> None:
    report = opened(content())
    report.page.fill("#reviewer", "Jo Review")
    report.decide("#change-2", "queried", "Why “and”?\nSecond line")
    report.decide("#change-3", "read")
    saved = report.save(tmp_path / "saved.json")
    assert (saved.report, saved.reviewer, saved.saved.year > 2000) == (REPORT, "Jo Review", True)
    assert saved.saved.tzinfo is not None
    assert [one.about for one in saved.changes] == [group_id(group) for group in review().groups]
    decided = {one.about: (one.state, one.comment) for one in saved.changes if one.state is not State.TO_DO}
    second, third = (group_id(review().groups[number]) for number in (1, 2))
    assert decided == {second: (State.QUERIED, "Why “and”?\nSecond line"), third: (State.READ, "")}
    again = tmp_path / "again.json"
    again.write_bytes(to_json(saved))
    elsewhere = opened(content(), name="elsewhere")
    elsewhere.decide("#change-1", "read")
    assert elsewhere.open(again).startswith("Opened again.json")
    assert elsewhere.progress() == report.progress()
    assert replace(elsewhere.save(tmp_path / "third.json"), saved=saved.saved) == saved
    elsewhere.page.click("#undo")
    assert elsewhere.progress().startswith("7 changes: 1 read, 0 queried, 6 to do")


@in_browser
def test_a_query_needs_a_comment(opened: Any, tmp_path: Path) -> None:
    report = opened(content())
    report.page.fill("#reviewer", "Jo Review")
    report.decide("#change-2", "queried", " ")
    report.page.click("#save")
    assert report.focus() == "change-2"
    assert "a query without words cannot be answered" in report.page.inner_text("#change-2 .wants")
    assert report.page.get_attribute("#change-2 textarea", "aria-invalid") == "true"
    assert "Not saved: 1 query without a comment" in str(report.page.text_content("#message"))
    report.page.fill("#change-2 textarea", "Why?")
    assert report.page.inner_text("#change-2 .wants") == ""
    assert report.save(tmp_path / "saved.json").changes[1].comment == "Why?"


@in_browser
def test_who_gives_no_name_is_asked_before_anything_is_saved(opened: Any, tmp_path: Path) -> None:
    report = opened(content())
    report.decide("#change-1", "read")
    report.page.click("#save")
    assert report.page.is_visible("#nameless")
    assert report.page.evaluate("document.activeElement.id") == "give-name"
    report.page.keyboard.press("Escape")
    assert not report.page.is_visible("#nameless")
    report.page.click("#save")
    report.page.click("#give-name")
    assert report.page.evaluate("document.activeElement.id") == "reviewer"
    report.page.click("#save")
    with report.page.expect_download() as waiting:
        report.page.click("#without-name")
    assert waiting.value.suggested_filename == f"decisions-{REPORT}-without-a-name.json"
    report.page.fill("#reviewer", "Jo Review")
    assert report.save(tmp_path / "saved.json").reviewer == "Jo Review"


@in_browser
def test_a_file_that_is_not_of_this_report_is_refused(opened: Any, tmp_path: Path) -> None:
    report = opened(content())
    report.page.fill("#reviewer", "Jo Review")
    report.decide("#change-1", "queried", "Stays")
    saved = report.save(tmp_path / "saved.json")
    before = report.progress()
    strange = replace(saved.changes[0], about="77-abc")
    wrong = {
        "another report": to_json(replace(saved, report="other")),
        "not whole": b"{",
        "format 9": to_json(saved).replace(b'"format": 2', b'"format": 9'),
        "not a file of decisions": b"[1, null]",
        "does not understand": to_json(replace(saved, changes=(strange,))),
    }
    for expected, data in wrong.items():
        (tmp_path / "wrong.json").write_bytes(data)
        message = report.open(tmp_path / "wrong.json")
        assert expected in message
        assert "Nothing was taken from wrong.json" in message
        assert (report.progress(), report.page.input_value("#change-1 textarea")) == (before, "Stays")
    assert report.said == []


@in_browser
def test_a_letter_is_read_when_all_of_its_changes_are(opened: Any) -> None:
    report = opened(content())
    group = next(one for one in review().groups if len(one.letters) == 3)
    report.decide(f"#change-{group.number}", "read")
    assert report.progress().endswith("All changes in 1 of 4 letters are read")
    assert report.page.get_attribute(letter(CUMBRIA), "data-state") == "read"
    report.decide(f"#change-{group.number}", "queried", "Why?")
    assert report.page.get_attribute(letter(CUMBRIA), "data-state") == "queried"
    assert report.page.locator(".letter .decision").count() == 0
    report.page.click("#left")
    assert report.page.get_attribute(f"#{report.focus()}", "data-state") == "to do"
    for one in review().groups:
        report.decide(f"#change-{one.number}", "read")
    assert "All changes in 4 of 4 letters are read. Nothing is left to do: save." in report.progress()
    assert not report.page.is_visible("#left")


# What was read and asked before


def standing() -> Standing:
    """One change read by two, one read in two of its three letters, one asked about, and one that was answered."""
    half = next(one for one in review().groups if len(one.letters) == 3)
    read, asked, answered = [one for one in review().groups if one is not half][1:4]
    known: dict[str, tuple[str, ...]] = {one: ("Jo", "Sam") for own in identities(read).values() for one in own}
    known |= {one: ("Sam",) for key in half.letters[:2] for one in identities(half)[key]}
    at = datetime(2026, 11, 26, 9, tzinfo=UTC)
    queries = []
    for number, group in enumerate((asked, answered), 1):
        own = frozenset(one for each in identities(group).values() for one in each)
        answer = Answer(f"Because {HOSTILE}", "Lee", at) if group is answered else None
        changes = (group_id(group),)
        queries.append(Query(number, changes, group.title, group.letters, "Jo", at, HOSTILE, answer, own, "q"))
    gone = Query(
        3, ("0" * 16,), "body: gone", (LetterKey("t", "nobody"),), "Jo", at, "Where is it?", None, frozenset({"x"}), "r"
    )
    return Standing(known, frozenset(known), (*queries, gone))


@in_browser
def test_what_was_read_before_is_folded_and_says_by_whom(opened: Any) -> None:
    report = opened(review_page(review(), views(), names(), REPORT, MADE, standing()))
    page = report.page
    read = f"#{page.locator('.group[data-before=read]').get_attribute('id')}"
    assert page.inner_text(f"{read} .readers").endswith("Read by Jo, Sam")
    assert not page.is_visible(f"{read} .words >> nth=0")
    page.click(f"{read} .before > summary")
    assert page.is_visible(f"{read} .words >> nth=0")
    assert report.progress().startswith("7 changes: 1 read, 1 queried, 5 to do")
    partly = page.locator(".readers", has_text="still to be read in")
    assert "Read by Sam in 2 of 3 letters; still to be read in" in partly.inner_text()
    report.decide(read, "queried", "But why?")
    assert report.progress().startswith("7 changes: 0 read, 2 queried, 5 to do")


@in_browser
def test_queries_stand_on_top_with_comment_who_asked_and_the_answer(opened: Any) -> None:
    report = opened(review_page(review(), views(), names(), REPORT, MADE, standing()))
    page = report.page
    tops = page.evaluate("['queries', 'changes'].map(id => document.getElementById(id).getBoundingClientRect().top)")
    assert tops[0] < tops[1]
    said = page.inner_text("#queries")
    assert "2 queries to be answered" in said
    assert "letters review --answer NUMBER TEXT --by NAME" in said
    assert said.index("Where is it?") < said.index("Lee answered on 26 November 2026")
    assert "no longer a change of these letters" in said
    assert f"Because {HOSTILE}" in said
    asked = f"#{page.locator('.group[data-before=queried]').get_attribute('id')}"
    assert HOSTILE in page.inner_text(f"{asked} .query")
    report.decide(asked, "read")
    assert page.get_attribute(asked, "data-state") == "queried", "another's mark does not overrule a query"
    assert report.said == []


# What it must not do


@in_browser
def test_nothing_is_fetched_and_hostile_words_are_shown_as_typed(opened: Any) -> None:
    hostile = {key: f"{HOSTILE} {name}" for key, name in names().items()}
    groups = tuple(replace(group, title=f"{group.title} {HOSTILE}") for group in review().groups)
    bad = replace(review(), groups=groups, notes=(HOSTILE,))
    report = opened(review_page(bad, views(), hostile, f'"><b>{HOSTILE}', HOSTILE))
    page = report.page
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.wait_for_function("document.querySelectorAll('.viewer img').length > 8")
    report.decide("#change-1", "queried", HOSTILE)
    assert page.inner_text(".notes") == page.inner_text(".made") == HOSTILE
    assert smart_quotes(HOSTILE) in page.inner_text(f"{letter(WARWICKSHIRE)} .rows ins >> nth=-1")
    assert smart_quotes(HOSTILE).lower() in page.inner_text("#change-1 h3").lower()
    assert HOSTILE in page.inner_text(f"{letter(WALES)} h3")
    assert page.title() != "hurt"
    assert page.locator("img[src=x]").count() == 0
    assert report.said == []
    assert [url for url in report.asked if not url.startswith("data:")] == [page.url]


@in_browser
def test_what_would_be_fetched_is_stopped(opened: Any) -> None:
    planted = content().replace(b"</header>", b'<img src="https://example.org/x.png" alt=""></header>')
    assert planted != content()
    assert any("Content Security Policy" in said for said in opened(planted).said)


@in_browser
def test_without_a_script_all_words_can_be_read(opened: Any) -> None:
    page = opened(content(), java_script_enabled=False).page
    assert page.is_visible(".unscripted")
    assert not page.is_visible(".decision >> nth=0")
    assert not page.is_visible("#reading")
    page.click(f"{letter(WALES)} .inside > summary")
    assert page.is_visible(f"{letter(WALES)} .row.changed ins >> nth=0")
    assert page.is_visible(f"{letter(WALES)} .sides >> nth=0")


@in_browser
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(opened: Any, width: int, scheme: str) -> None:
    page = review_page(review(), views(), names(), REPORT, MADE, standing())
    report = opened(page, width=width, bypass_csp=True, color_scheme=scheme)
    report.page.click(f"{letter(WALES)} .inside > summary")
    report.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    report.decide("#change-2", "queried", "Why?")
    report.decide("#change-3", "read")
    report.decide("#change-5", "queried")
    report.page.click("#save")
    report.page.fill("#change-5 textarea", "Why?")
    report.page.click("#save")
    assert report.page.is_visible("#nameless")
    assert report.page.evaluate("document.documentElement.scrollWidth") == width
    # Two letters are like the rest, and axe takes long for all.
    report.page.evaluate(
        "document.querySelectorAll('.letter:not(.letter:nth-of-type(2))').forEach(one => one.remove())"
    )
    if width < 640:
        before, after = (
            report.page.locator(f"{letter(WALES)} .sheet.{s} >> nth=0").bounding_box() for s in ("before", "after")
        )
        assert before["y"] + before["height"] <= after["y"]
    assert grave(report.page) == []


@in_browser
def test_axe_finds_a_planted_fault(opened: Any) -> None:
    page = re.sub(rb'content="default-src[^"]*"', b'content=""', content())
    planted = page.replace(b'<label for="reviewer">Your name</label>', b"")
    assert planted != page
    sheet = opened(planted, bypass_csp=True).page
    sheet.evaluate("document.querySelectorAll('article').forEach(one => one.remove())")
    assert "label" in grave(sheet)


@in_browser
def test_on_paper_there_are_words_decisions_and_no_controls(opened: Any) -> None:
    report = opened(content())
    assert not report.page.is_visible(".on-paper >> nth=0")
    report.page.fill("#reviewer", "Jo Review")
    report.decide("#change-1", "read")
    report.decide("#change-2", "queried", "Why?\nSecond line")
    report.page.emulate_media(media="print")
    report.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert not report.page.is_visible("#reading, .bar, .decision")
    assert report.page.is_visible(f"{letter(WALES)} .row.changed ins >> nth=0")
    assert "Jo Review. 7 changes: 1 read, 1 queried, 5 to do." in report.page.inner_text("#on-paper")
    assert report.page.inner_text("#change-1 .decided") == "Read"
    assert report.page.inner_text("#change-2 .decided") == "Queried: Why?\nSecond line"
    assert report.page.inner_text("#change-3 .decided") == "Not decided"
    report.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert report.page.locator(".inside[open]").count() == 0


def test_the_same_review_is_the_same_bytes() -> None:
    assert review_page(review(), views(), names(), REPORT, MADE) == content()
