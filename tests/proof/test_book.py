"""The book of wordings in a browser and in Word: found, filtered, linked, and whole without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import OpenXmlValidator

from letters.compose import Composer
from letters.letter import normalise
from letters.proof.book import Book, write_book
from letters.proof.book_letter import book_letter
from letters.proof.book_text import LEFT_OUT, differences, fields_of, section_title
from letters.proof.page import book_page
from letters.proof.since import Since
from letters.readback import faults
from letters.readback.docx import read
from letters.render.docx import render
from letters.workspace.letter_types import load_letter_types
from letters.workspace.model import Force, LetterType
from letters.workspace.outcome import read as read_outcome
from support.browsing import CHROMIUM, WIDTHS, Opened, grave
from support.docx_barriers import barriers
from support.docx_samples import house_style, member, planted
from support.outcomes import ABUSE, project, read_force

pytest.importorskip("playwright.sync_api")
pytest.importorskip("axe_playwright_python")

REPLY = "pcc-response-2019"
HOSTILE = """</style><script>document.title = 'hurt'</script> & "double" 'single' <b>bold</b> *star* --> ]]>"""
DOCUMENT = "word/document.xml"
CLEAR = "#filter button"

pytestmark = [pytest.mark.xdist_group("book"), pytest.mark.slow]
in_browser = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium")


@cache
def forces() -> tuple[Force, ...]:
    source, _, _ = project()
    return tuple(read_force(path[7:-5])[0] for path in sorted(source) if path.startswith("forces/"))


def names() -> dict[str, str]:
    return {force.slug: force.name for force in forces()}


@cache
def book(name: str = ABUSE) -> Book:
    _, types, composer = project()
    written, problems = write_book(composer, types[name], forces())
    assert problems == []
    return written


def with_templates(changes: Mapping[str, tuple[str, str]]) -> tuple[Composer, LetterType]:
    """The project with other words in some of its templates, by path: what stood there, and what stands there now."""
    source = dict(project()[0])
    for path, (old, new) in changes.items():
        text = source[path].decode()
        assert old in text
        source[path] = text.replace(old, new).encode()
    types, problems = load_letter_types(source)
    assert problems == []
    return Composer(source), types[ABUSE]


def with_phrase(key: str, text: str) -> Book:
    """The book with other words for one phrase."""
    _, types, composer = project()
    kind = types[ABUSE]
    kind = replace(kind, phrases={**kind.phrases, key: replace(kind.phrases[key], text=text)})
    return write_book(composer, kind, forces())[0]


# In a browser


class Sheet(Opened):
    """A page of a browser with a book in it, and what it did besides."""

    def shown(self) -> list[str]:
        """The numbers of the verdicts that can be seen."""
        found: list[str] = self.page.evaluate(
            "[...document.querySelectorAll('.verdict')].filter(one => one.checkVisibility()).map(one => one.id)"
        )
        return found

    def count(self) -> str:
        return str(self.page.inner_text("#count"))

    def focus(self) -> str:
        """The id of what has the focus, or that of what it is in."""
        return str(self.page.evaluate("document.activeElement.closest('[id]')?.id ?? ''"))

    def top(self, number: str) -> float:
        """How far below the upper edge of the window something begins."""
        return float(self.page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", number))


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Any]:
    pages = []

    def open_book(content: bytes, fragment: str = "", width: int = 1280, **settings: Any) -> Sheet:
        path = tmp_path / "book.html"
        path.write_bytes(content)
        pages.append(browser.new_page(viewport={"width": width, "height": 800}, **settings))
        return Sheet(pages[-1], path.as_uri() + fragment)

    yield open_book
    for page in pages:
        page.close()


@cache
def content(name: str = ABUSE) -> bytes:
    return book_page(book(name), names())


def with_answer(field: str, answer: str) -> list[str]:
    """From the book: the numbers of the verdicts that such an outcome leads to."""
    return [
        verdict.number
        for verdict in book().paragraphs[0].verdicts
        if any(str(answers.get(field)) == answer for answers in verdict.outcomes)
    ]


@in_browser
def test_a_search_narrows_and_escape_empties_it(opened: Any) -> None:
    sheet = opened(content())
    assert sheet.count() == "567 of 567 verdicts"
    sheet.page.fill("#words", "PLEASED it systems' commenced")
    assert sheet.shown() == []
    assert sheet.page.is_visible("#nothing")
    sheet.page.fill("#words", "“yet to  start” systems’ pleased")
    expected = [one.number for one in book().verdicts if re.search("pleased.*yet to start", one.text)]
    assert sheet.shown() == [
        n for n in expected if "systems'" in next(v.text for v in book().verdicts if v.number == n)
    ]
    assert 0 < len(sheet.shown()) < 567
    assert sheet.count() == f"{len(sheet.shown())} of 567 verdicts"
    sheet.page.press("#words", "Escape")
    assert len(sheet.shown()) == 567


@in_browser
def test_a_number_and_a_force_are_found(opened: Any) -> None:
    sheet = opened(content())
    verdict = next(one for one in book().paragraphs[0].verdicts if one.forces)
    for words in (verdict.number, verdict.number.lower(), names()[verdict.forces[0]]):
        sheet.page.fill("#words", words)
        assert sheet.shown() == [verdict.number]


@in_browser
def test_each_finding_shows_exactly_the_outcomes_with_that_answer(opened: Any) -> None:
    sheet = opened(content())
    for field in fields_of(book().letter_type):
        for answer, title in field.titles.items():
            sheet.page.select_option(f'[name="answer.{field.name}"]', label=title)
            assert sheet.shown() == with_answer(field.name, answer)
        sheet.page.click(CLEAR)
        assert len(sheet.shown()) == 567


@in_browser
def test_a_filter_that_lets_one_too_many_through_is_seen(opened: Any) -> None:
    number = with_answer("it_monitoring", "started")[0]
    wrong = re.sub(rf'(id="{number}" [^>]*data-outcomes=)"[^"]*"', r'\1"0.0.0.0.0"', content().decode()).encode()
    sheet = opened(wrong)
    sheet.page.select_option('[name="answer.it_monitoring"]', "started")
    assert sheet.shown() == with_answer("it_monitoring", "started")[1:]


@in_browser
def test_used_and_unused_today_and_a_phrase(opened: Any) -> None:
    sheet = opened(content())
    sheet.page.select_option("#today", "unused")
    assert sheet.shown() == [one.number for one in book().paragraphs[0].verdicts if not one.forces]
    sheet.page.select_option("#today", "used")
    assert sheet.shown() == [one.number for one in book().paragraphs[0].verdicts if one.forces]
    sheet.page.click(CLEAR)
    sheet.page.click("#phrase-started\\.clause .only")
    assert sheet.shown() == book().phrase_numbers()["started.clause"]
    assert sheet.focus() == "verdicts-heading"


@in_browser
def test_changed_is_offered_where_it_is_known(opened: Any) -> None:
    assert opened(content()).page.query_selector("#changed") is None
    some = frozenset(one.number for one in book().paragraphs[0].verdicts[5:8])
    sheet = opened(book_page(book(), names(), Since("v1 <2>", (), some)))
    assert sheet.page.inner_text('label[for="changed"]') == "Changed since v1 <2>"
    sheet.page.check("#changed")
    assert sheet.shown() == [one.number for one in book().paragraphs[0].verdicts[5:8]]
    assert sheet.page.locator(".badge").count() == 3


@in_browser
def test_all_of_it_by_keyboard(opened: Any) -> None:
    sheet = opened(content())
    press = sheet.page.keyboard.press
    press("Tab")
    assert sheet.page.evaluate("document.activeElement.className") == "skip"
    press("Enter")
    press("Tab")
    assert sheet.focus() == "words"
    sheet.page.keyboard.type("not fully reflecting")
    assert 0 < len(sheet.shown()) < 567
    press("Tab")
    assert sheet.focus() == "today"
    press("u")
    assert {one.number for one in book().verdicts if one.forces} >= set(sheet.shown()) != set()
    order = [f"answer.{name}" for name in book().letter_type.fields] + ["phrase"]
    for name in order:
        press("Tab")
        assert sheet.focus() == name
    press("Tab")
    press("Enter")
    assert (sheet.focus(), len(sheet.shown())) == ("words", 567)
    sheet.page.keyboard.type("did not reflect")
    press("Enter")
    first = sheet.shown()[0]
    assert sheet.focus() == first != book().paragraphs[0].verdicts[0].number
    assert 0 <= sheet.top(first) < 100
    press("Shift+Tab")
    sheet.page.focus("#words")
    press("Escape")
    assert len(sheet.shown()) == 567


@in_browser
def test_links_lead_from_a_verdict_to_its_phrase_and_back(opened: Any) -> None:
    sheet = opened(content(), "#words=pleased")
    number = sheet.shown()[3]
    sheet.page.focus(f'[id="{number}"] .words a >> nth=0')
    sheet.page.keyboard.press("Enter")
    assert sheet.focus() == "phrase-national_strategy"
    assert 0 <= sheet.top("phrase-national_strategy") < 100
    sheet.page.keyboard.press("Tab")
    sheet.page.focus(f'#phrase-national_strategy a[href="#{number}"]')
    sheet.page.keyboard.press("Enter")
    assert sheet.focus() == number
    assert 0 <= sheet.top(number) < 100
    sheet.page.go_back()
    sheet.page.go_back()
    assert sheet.page.url.endswith("#words=pleased")
    assert sheet.page.input_value("#words") == "pleased"


@in_browser
def test_a_link_to_a_verdict_that_the_filter_hides_shows_it(opened: Any) -> None:
    sheet = opened(content())
    sheet.page.fill("#words", "did not reflect")
    hidden = book().paragraphs[0].verdicts[0].number
    before = sheet.count()
    sheet.page.click(f'#phrase-national_strategy a[href="#{hidden}"] >> nth=0')
    sheet.page.wait_for_function("id => document.activeElement.id === id", arg=hidden)
    assert hidden in sheet.shown()
    assert sheet.count() == f"{before}, and {hidden}"


@in_browser
def test_the_address_restores_the_filters(opened: Any) -> None:
    sheet = opened(content())
    sheet.page.fill("#words", '"however no" & + ü')
    sheet.page.fill("#words", '"however no"')
    sheet.page.select_option('[name="answer.it_monitoring"]', "not_provided")
    sheet.page.select_option("#today", "used")
    before = sheet.shown()
    assert 0 < len(before) < 43
    sheet.page.reload()
    assert sheet.shown() == before
    other = opened(content(), "#" + sheet.page.url.partition("#")[2], width=360)
    assert other.shown() == before
    said = 'Only: words: "however no"; Today: used today; Monitoring of the IT systems: not provided'
    assert other.page.inner_text("#shown") == said


@in_browser
@pytest.mark.parametrize("fragment", ["#=", "#today=nonsense", "#%", "#%E0%A4=", "#nowhere", "#answer.it_monitoring=x"])
def test_an_address_that_says_nothing_filters_nothing(opened: Any, fragment: str) -> None:
    sheet = opened(content(), fragment)
    assert (len(sheet.shown()), sheet.said) == (567, [])


@in_browser
def test_nothing_is_fetched_and_nothing_goes_wrong(opened: Any) -> None:
    sheet = opened(content())
    sheet.page.fill("#words", "reflect")
    sheet.page.click(CLEAR)
    assert len(sheet.asked) == 1
    assert sheet.said == []
    planted_page = content().replace(b"</header>", b'<img src="https://example.org/x.png" alt=""></header>')
    assert any("Content Security Policy" in said for said in opened(planted_page).said)


@in_browser
def test_without_a_script_the_page_is_whole(opened: Any) -> None:
    sheet = opened(content(), java_script_enabled=False)
    assert sheet.page.locator(".verdict").count() == 567
    assert not sheet.page.is_visible("#filter")
    assert not sheet.page.locator(".only").first.is_visible()
    sheet.page.click('a[href="#phrase-started.clause"] >> nth=0')
    assert sheet.page.url.endswith("#phrase-started.clause")


@in_browser
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", [ABUSE, REPLY])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(opened: Any, width: int, name: str) -> None:
    some = frozenset(one.number for one in book(name).verdicts[1:3])
    sheet = opened(book_page(book(name), names(), Since("v1", (), some)), "#today=unused", width=width, bypass_csp=True)
    assert sheet.page.evaluate("document.documentElement.scrollWidth") == width
    sheet.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    # A dozen verdicts are like the rest, and axe takes half a minute for all.
    sheet.page.evaluate("[...document.querySelectorAll('.verdict')].slice(12).forEach(one => one.remove())")
    sheet.page.evaluate("document.querySelectorAll('.places details').forEach(one => one.remove())")
    assert sheet.page.evaluate("document.documentElement.scrollWidth") == width
    assert grave(sheet.page) == []


@in_browser
@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [
        (b'<label for="today">Today</label>', b"", "select-name"),
        (b'<html lang="en-GB">', b"<html>", "html-has-lang"),
        (b"</header>", b'<p style="color: #bbb">Pale</p></header>', "color-contrast"),
    ],
)
def test_axe_finds_a_planted_fault(opened: Any, right: bytes, wrong: bytes, rule: str) -> None:
    page = re.sub(rb'content="default-src[^"]*"', b'content=""', content(REPLY))
    assert right in page
    assert rule in grave(opened(page.replace(right, wrong), bypass_csp=True).page)


@in_browser
def test_hostile_words_are_shown_as_typed(opened: Any) -> None:
    hostile = with_phrase("started.clause", HOSTILE)
    kind = replace(hostile.letter_type, title=HOSTILE, phrases={**hostile.letter_type.phrases})
    sheet = opened(book_page(replace(hostile, letter_type=kind), {"kent": HOSTILE, **names()}, Since(HOSTILE)))
    straight = str.maketrans("‘’“”", "''\"\"")
    said = sheet.page.text_content("#phrase-started\\.clause .words").translate(straight)
    assert said == HOSTILE
    number = hostile.phrase_numbers()["started.clause"][0]
    assert "</style><script>" in sheet.page.text_content(f'[id="{number}"] .words')
    assert (sheet.page.title() != "hurt", sheet.said, len(sheet.asked)) == (True, [], 1)
    assert sheet.page.locator("script").count() == 1


@in_browser
def test_a_letter_type_of_open_fields_has_a_book_too(opened: Any) -> None:
    sheet = opened(content(REPLY))
    number = sum(len(section.verdicts) for section in book(REPLY).paragraphs)
    assert sheet.count() == f"{number} of {number} verdicts"
    assert sheet.page.locator("select").count() == 1, "only what is used today"
    assert "left out" in sheet.page.inner_text("#verdicts")


# Numbers, findings and departures


def test_numbers_stay_where_the_words_stay() -> None:
    old = "Your plans did not fully reflect {{"
    composer, kind = with_templates({f"templates/{ABUSE}/verdict.md": (old, "Your plans did not wholly reflect {{")})
    changed, _ = write_book(composer, kind, forces())
    pairs = list(zip(book().verdicts, changed.verdicts, strict=True))
    moved = [(old.number, new.number) for old, new in pairs if old.text != new.text]
    assert len(moved) == 125
    assert all(old != new for old, new in moved)
    assert all(old.number == new.number for old, new in pairs if old.text == new.text)


def test_one_verdict_of_its_own_words_moves_one_number() -> None:
    only = "started | length == 3 and outcome.plans_comprehensive == 'yes' and outcome.national_strategy == 'reflected'"
    composer, kind = with_templates(
        {
            f"templates/{ABUSE}/verdict.md": (
                "We found evidence in your plans",
                f"{{% if {only} %}}Really. {{% endif %}}We found evidence in your plans",
            )
        }
    )
    changed, _ = write_book(composer, kind, forces())
    before, after = ({one.number for one in written.verdicts} for written in (book(), changed))
    assert (len(before - after), len(after - before)) == (1, 1)


def test_departures_are_those_that_the_forces_declare() -> None:
    declared = {
        (force.slug, key, departure.text)
        for force in forces()
        if ABUSE in force.letters
        for key, departure in force.letters[ABUSE].changed_wording.items()
    }
    found = {(one.slug, one.phrase, one.text.replace("’", "'")) for one in differences(book())}
    assert {(slug, key, text.lower()) for slug, key, text in found} == {(s, k, t.lower()) for s, k, t in declared}
    assert declared


def test_an_added_sentence_is_listed_and_a_force_without_one_is_not() -> None:
    cumbria = next(force for force in forces() if force.slug == "cumbria")
    more = replace(cumbria.letters[ABUSE], added_sentences=("We add this.",))
    _, types, composer = project()
    one, _ = write_book(composer, types[ABUSE], [replace(cumbria, letters={ABUSE: more})])
    assert [(d.slug, d.phrase, d.text) for d in differences(one)] == [("cumbria", "", "We add this.")]
    assert "a sentence added" in book_page(one, names()).decode()


def test_a_field_that_may_be_left_out_has_that_as_an_answer() -> None:
    kind = book().letter_type
    schema = {**kind.schema, "required": []}
    fields = fields_of(replace(kind, schema=schema, outcome=read_outcome(schema)))
    assert all(LEFT_OUT in field.titles for field in fields)
    assert fields[0].said({}) == "left out"


# As a Word document


@cache
def as_docx(name: str = ABUSE) -> bytes:
    kind = book(name).letter_type
    return render(book_letter(book(name), names(), kind.letterhead), house_style(kind.letterhead))


@pytest.mark.parametrize("name", [ABUSE, REPLY])
def test_the_docx_is_valid_accessible_and_says_all_of_it(name: str, tmp_path: Path) -> None:
    letter = book_letter(book(name), names(), book(name).letter_type.letterhead)
    path = tmp_path / "book.docx"
    path.write_bytes(as_docx(name))
    assert [error.description for error in OpenXmlValidator().validate(path).errors] == []
    assert barriers(as_docx(name), letter) == []
    assert faults(letter, read(as_docx(name))) == []


def test_the_docx_has_a_heading_for_each_phrase_verdict_and_group() -> None:
    text = member(as_docx(), DOCUMENT)
    found = {level: text.count(f'"Heading{level}"') for level in (1, 2, 3)}
    assert found == {1: 1, 2: 3 + 1 + 6, 3: len(book().letter_type.phrases) + len(book().paragraphs[0].verdicts)}
    assert all(f">{one.number} – " in text for one in book().paragraphs[0].verdicts)


def test_what_hangs_on_fields_inside_is_called_after_those_that_decide() -> None:
    titles = [section_title(section, book(REPLY)) for section in book(REPLY).sections]
    assert titles[:2] == ["Who replies: honours", "Who replies: title cy"]
    assert ">Who replies: honours<" in content(REPLY).decode()
    assert "such as the address, or its date, 31 January 2018, is invented here." in content(REPLY).decode()
    assert "such as the address, is invented here." in content(ABUSE).decode()


def test_a_docx_without_its_first_heading_is_seen() -> None:
    letter = book_letter(book(REPLY), names(), book(REPLY).letter_type.letterhead)
    assert barriers(planted(as_docx(REPLY), DOCUMENT, '"Heading1"', '"Heading2"'), letter)


def test_the_docx_says_hostile_words_as_typed() -> None:
    hostile = with_phrase("started.clause", HOSTILE)
    letter = book_letter(hostile, names(), hostile.letter_type.letterhead)
    data = render(letter, house_style(hostile.letter_type.letterhead))
    assert faults(letter, read(data)) == []
    assert HOSTILE in map(normalise, read(data).words)


def test_the_same_book_is_the_same_bytes() -> None:
    again, _ = write_book(project()[2], book().letter_type, forces())
    assert book_page(again, names()) == content()
    assert render(book_letter(again, names(), "hmicfrs"), house_style("hmicfrs")) == as_docx()
