"""axe-core, in a browser, finds nothing serious in the page of any letter, on a telephone and on a desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pypdfium2
import pytest

from letters.letter import BODY, Letter, Part, Quote, Run, Table
from letters.render import html
from support.browsing import CHROMIUM, GRAVE, WIDTHS
from support.letters_by_hand import every, house_style, rich

pytest.importorskip("playwright.sync_api")
pytest.importorskip("axe_playwright_python")

LETTERS = every()

pytestmark = [pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium"), pytest.mark.slow]


@pytest.fixture(params=WIDTHS)
def sheet(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    # The page's own policy lets no script run, not even axe.
    page = browser.new_page(viewport={"width": request.param, "height": 800}, bypass_csp=True)
    yield page
    page.close()


def grave(page: Any, content: bytes) -> list[str]:
    """What axe finds to be serious or critical."""
    page.set_content(content.decode("utf-8"))
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    found = page.evaluate("axe.run()")
    assert len(found["passes"]) > 5, "axe has looked at nothing"
    return [violation["id"] for violation in found["violations"] if violation["impact"] in GRAVE]


@pytest.mark.parametrize("name", LETTERS)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(sheet: Any, name: str) -> None:
    asked: list[str] = []
    sheet.on("request", lambda request: asked.append(request.url))
    letter = LETTERS[name]
    assert grave(sheet, html.render(letter, house_style(letter.letterhead))) == []
    assert sheet.evaluate("document.documentElement.scrollWidth") == sheet.viewport_size["width"]
    assert [url for url in asked if not url.startswith("data:")] == []


DATES = Table(
    ((Run("Recommendation"),), (Run("Accepted"),), (Run("By when"),), (Run("Superintendent"),)),
    (((Run("Publish the plan"),), (Run("Yes"),), (Run("30 April 2018"),), (Run("Michael Cunningham-Featherstone"),)),),
)


def tables() -> Letter:
    """A letter with two tables, one of them in a quote."""
    blocks = (*rich().parts[-1].blocks, DATES, Quote((DATES,)))
    return replace(LETTERS["cumbria"], parts=(Part(BODY, blocks),))


def test_a_table_breaks_no_word_on_a_narrow_screen_and_moves_sideways(browser: Any) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800}, bypass_csp=True)
    assert grave(page, html.render(tables(), house_style("hmicfrs"))) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.evaluate(BROKEN_WORDS) == []
    assert page.evaluate("[...document.querySelectorAll('.sideways')].some(box => box.scrollWidth > box.clientWidth)")
    page.add_style_tag(content="th, td { overflow-wrap: anywhere } table { table-layout: fixed }")
    assert page.evaluate(BROKEN_WORDS) != []
    page.close()


#: The words of cells that stand on more than one line.
BROKEN_WORDS = """() => {
  const broken = [];
  for (const cell of document.querySelectorAll("th, td"))
    for (const text of cell.childNodes)
      for (const found of text.data.matchAll(/[^\\s-]+/g)) {
        const range = document.createRange();
        range.setStart(text, found.index);
        range.setEnd(text, found.index + found[0].length);
        if (new Set([...range.getClientRects()].map(box => box.top)).size > 1) broken.push(found[0]);
      }
  return broken;
}"""


@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [
        (b'alt="HMICFRS"', b"", "image-alt"),
        (b'<html lang="en-GB">', b"<html>", "html-has-lang"),
        (b"</header>", b'<p style="color: #bbb">Pale</p></header>', "color-contrast"),
    ],
)
def test_axe_finds_a_planted_fault(sheet: Any, right: bytes, wrong: bytes, rule: str) -> None:
    page = html.render(LETTERS["cumbria"], house_style("hmicfrs"))
    assert right in page
    assert rule in grave(sheet, page.replace(right, wrong))


def test_the_stage_mark_is_on_every_printed_page(browser: Any) -> None:
    page = html.render(LETTERS["specimen"], house_style("hmicfrs"))
    assert marked_pages(browser, page) == [True, True]
    assert marked_pages(browser, page.replace(b"table-header-group", b"block")) == [True, False]


def marked_pages(browser: Any, content: bytes) -> list[bool]:
    """For each page that the browser prints, whether it says the stage."""
    page = browser.new_page()
    page.set_content(content.decode("utf-8"))
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    page.close()
    return ["SPECIMEN" in sheet.get_textpage().get_text_bounded() for sheet in printed]
