"""Whatever a style sheet does that is allowed: in a browser each word of a letter is there to be read."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from letters.render import html
from letters.workspace.looks.cascade import unreadable
from letters.workspace.looks.properties import ALLOWED, OF_PARTS, OF_PICTURES
from letters.workspace.looks.sheet import sheet_problems
from support.browsing import CHROMIUM
from support.letters_by_hand import house_style, rich

pytest.importorskip("playwright.sync_api")
pytestmark = [pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium"), pytest.mark.slow]

VALUES = (
    "0 60mm 15em 25% 30mm 100% auto none 6pt 48pt 0.6em 3em 1 3 right justify left center #000 #fff #1d3c6e #888 bold"
    " italic underline super bottom thick double 3mm 10mm both avoid 8em normal Georgia 0.2em 2mm 300mm"
).split()
SUBJECTS = (
    *(
        "html",
        "body",
        ".letter",
        ".sender",
        ".date",
        ".date p",
        ".addressee p + p",
        "h1",
        ".body",
        ".body p",
        "li",
        "ul",
    ),
    *("blockquote", "table", "th", "td:nth-child(2)", "a", "em", "strong", "img", ".signatory", ".salutation p"),
)
MEDIA: tuple[dict[str, Any], ...] = (
    {"width": 390},
    {"width": 1280},
    {"width": 642, "media": "print"},
    {"width": 1280, "color_scheme": "dark"},
)
#: What moves words about.
LAYOUT = "margin margin-left padding padding-right width max-width float text-indent font-size line-height".split()
#: The words of a page whose letters have no place, are left of the page, or under something else.
HIDDEN = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode, owner = node.parentElement
    if (!node.data.trim()) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const places = () => [...range.getClientRects()].filter(box => box.width > 0 && box.height > 0)
    scrollTo(0, 0)
    const boxes = places()
    if (!boxes.length) { found.push('no place: ' + node.data); continue }
    for (const [at, box] of boxes.entries()) {
      if (box.left < -1 || box.top < -1) { found.push('off the page: ' + node.data); break }
      owner.scrollIntoView({block: 'nearest', inline: 'center'}) // also inside what moves sideways
      scrollBy(0, places()[at].top - 100)
      const now = places()[at]
      const top = document.elementFromPoint(now.left + now.width / 2, now.top + now.height / 2)
      if (!top || !(top === owner || owner.contains(top) || top.contains(owner))) {
        found.push('covered by ' + (top && top.outerHTML.slice(0, 60)) + ': ' + node.data); break
      }
    }
  }
  return found
}"""


def allowed_sheet(seed: int) -> str:
    """A sheet of some rules at the edges of what is allowed; as a whole it can be read."""
    chance = random.Random(seed)
    names = {**ALLOWED, **OF_PARTS, **OF_PICTURES}
    rules: list[str] = []
    while len(rules) < 8:
        subject, name = chance.choice(SUBJECTS), chance.choice([*names, *LAYOUT * 4])
        fit = [value for value in VALUES if not sheet_problems("", f"{subject} {{ {name}: {value} }}")]
        rule = f"{subject} {{ {name}: {chance.choice(fit)} }}" if fit else ""
        if rule and not unreadable(page_of("\n".join([*rules, rule]))):
            rules.append(rule)
    return "\n".join(rules)


def page_of(css: str) -> str:
    style = house_style("hmicfrs")
    return html.render(rich(), replace(style, css=style.css + css)).decode()


@pytest.mark.parametrize(
    "css", [".date { display: none }", ".date { margin-left: -99mm }", ".date::before { content: 'Not '; }"]
)
def test_the_browser_sees_what_is_not_allowed(browser: Any, css: str) -> None:
    page = browser.new_page(bypass_csp=True)
    page.set_content(page_of(""))
    usual = page.evaluate("document.body.innerText")
    page.set_content(page_of(css))
    seen = page.evaluate(HIDDEN) or page.evaluate("document.body.innerText") != usual
    written = page.evaluate("getComputedStyle(document.querySelector('.date'), '::before').content") != "none"
    page.close()
    assert seen or written


@pytest.mark.parametrize("seed", range(6))
def test_in_a_browser_each_word_is_there_to_be_read(browser: Any, seed: int) -> None:
    css = allowed_sheet(seed)
    for how in MEDIA:
        page = browser.new_page(viewport={"width": how["width"], "height": 800}, bypass_csp=True)
        page.emulate_media(**{key: value for key, value in how.items() if key != "width"})
        page.set_content(page_of(css))
        said = page.evaluate("document.body.innerText").split()
        assert page.evaluate(HIDDEN) == [], (how, css)
        page.set_content(page_of(""))
        assert page.evaluate("document.body.innerText").split() == said, (how, css)
        page.close()
