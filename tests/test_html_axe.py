"""axe-core, in a browser, finds nothing serious in the page of any letter, on a telephone and on a desk."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pypdfium2
import pytest

from browsing import CHROMIUM, GRAVE, WIDTHS
from letters.render import html
from letters_by_hand import every, house_style

pytest.importorskip("playwright.sync_api")
pytest.importorskip("axe_core_python")

LETTERS = every()

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium")


@pytest.fixture(params=WIDTHS)
def sheet(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    # The page's own policy lets no script run, not even axe.
    page = browser.new_page(viewport={"width": request.param, "height": 800}, bypass_csp=True)
    yield page
    page.close()


def grave(page: Any, content: bytes) -> list[str]:
    """What axe finds to be serious or critical."""
    page.set_content(content.decode("utf-8"))
    page.evaluate((files("axe_core_python") / "axe.min.js").read_text("utf-8"))
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
