"""The web page says what the letter says, needs nothing else, and lets nothing in."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from letters.letter import BODY, Block, CannotRender, Letter, Picture, Stage
from letters.readback import faults
from letters.readback.html import read
from letters.render import html
from support.letters_by_hand import commissioner, every, house_style, paragraph, real, rich

LETTERS = every()


def render(letter: Letter) -> str:
    return html.render(letter, house_style(letter.letterhead)).decode("utf-8")


def with_body(letter: Letter, *blocks: Block) -> Letter:
    parts = (replace(part, blocks=blocks) if part.name == BODY else part for part in letter.parts)
    return replace(letter, parts=tuple(parts))


@pytest.mark.parametrize("name", LETTERS)
def test_says_the_words_of_the_letter_and_its_stage_mark(name: str) -> None:
    assert faults(LETTERS[name], read(render(LETTERS[name]).encode())) == []


def test_other_words_and_another_stage_are_found() -> None:
    specimen, ready = real("cumbria", Stage.SPECIMEN), real("cumbria")
    page = render(specimen).encode()
    assert any("SPECIMEN" in fault for fault in faults(ready, read(page)))
    assert any("SPECIMEN" in fault for fault in faults(specimen, read(render(ready).encode())))
    assert faults(specimen, read(page.replace(b"were comprehensive", b"were nearly comprehensive"))) != []
    assert faults(specimen, read(page.replace(b"</main>", b"and more</main>"))) != []


def test_is_one_page_in_the_language_of_the_letter_with_title_and_landmarks() -> None:
    page = render(commissioner())
    assert '<html lang="en-GB">' in page
    assert "<title>POLICE &amp; CRIME COMMISSIONER RESPONSE" in page
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in page
    assert page.count("<main") == page.count("<header") == page.count("<h1") == 1
    assert '<p lang="cy">Comisiynydd yr Heddlu a Throseddu De Cymru</p>' in page


@pytest.mark.parametrize("name", LETTERS)
def test_refers_to_nothing_outside_itself(name: str) -> None:
    page = render(LETTERS[name])
    addresses = re.findall(r"""(?:src|srcset|poster|data|action)\s*=\s*["']?([^"'\s>]*)|url\(([^)]*)""", page)
    assert all("".join(address).startswith("data:image/") for address in addresses)
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert "<link" not in page
    assert "@import" not in page


def test_what_is_written_in_a_letter_is_text_not_markup() -> None:
    letter = with_body(rich(), paragraph('<script>x</script> & "y" </style> &amp;'))
    page = render(replace(letter, title="</title><b>", author='"><b>', foot="<b>"))
    assert "<script>" not in page
    assert '&lt;script&gt;x&lt;/script&gt; &amp; "y" &lt;/style&gt; &amp;amp;' in page
    assert "<title>&lt;/title&gt;&lt;b&gt;</title>" in page
    assert 'content="&quot;&gt;&lt;b&gt;"' in page


def test_the_stage_mark_is_a_note_before_everything_else() -> None:
    page = render(real("cumbria", Stage.SPECIMEN))
    assert page.count('<p role="note" class="stage-mark">SPECIMEN – not a finding about this force</p>') == 1
    assert page.index('role="note"') < page.index("<header")
    assert 'role="note"' not in render(real("cumbria"))


def test_a_style_sheet_that_would_end_its_element_is_refused() -> None:
    with pytest.raises(CannotRender, match="</style"):
        html.render(rich(), replace(house_style("hmicfrs"), css="</StYle><script>"))


@pytest.mark.parametrize("path", ["nowhere.png", "letter.pdf"])
def test_a_picture_that_is_not_there_or_not_one_is_refused(path: str) -> None:
    style = house_style("hmicfrs")
    with pytest.raises(CannotRender, match=path):
        html.render(
            with_body(rich(), Picture(path, "Nothing")), replace(style, pictures={**style.pictures, "letter.pdf": b"%"})
        )
