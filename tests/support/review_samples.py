"""A review of a few real letters with pages, put together by hand, for tests of the report."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

import pypdfium2

from letters.letter import Block, Letter, LetterKey, Paragraph, Picture, Run
from letters.letter.compared import Op
from letters.render import pdf
from letters.review.compare.changes import Cause, Difference, Group, LayoutChange, Moved, Review
from letters.review.compare.content import content_of
from letters.review.compare.letters import difference
from letters.review.groups.groups import group
from letters.review.pages.views import LetterView, Mark, PageView
from support.letters_by_hand import house_style, real

HOSTILE = (
    """</script><script>document.title = 'hurt'</script><img src=x onerror=alert(1)> & "double" 'single' --> ]]>"""
)
KENT = "Kent Police"
Edit = Callable[[Paragraph], Paragraph]


def edited(letter: Letter, edit: Callable[[Block], Block]) -> Letter:
    """A letter with each of its blocks edited."""
    parts = tuple(replace(part, blocks=tuple(map(edit, part.blocks))) for part in letter.parts)
    return replace(letter, parts=parts)


def said(old: str, new: str) -> Callable[[Block], Block]:
    """An edit of words."""

    def edit(block: Block) -> Block:
        if not isinstance(block, Paragraph):
            return block
        return replace(block, runs=tuple(replace(run, text=run.text.replace(old, new)) for run in block.runs))

    return edit


def upright(block: Block) -> Block:
    """An edit of formatting."""
    if not isinstance(block, Paragraph):
        return block
    return replace(block, runs=tuple(replace(run, italic=False) for run in block.runs))


def with_alt(text: str) -> Callable[[Block], Block]:
    """An edit of a hidden fact."""
    return lambda block: replace(block, alt=text) if isinstance(block, Picture) and "signature" in block.path else block


def added_at_end(letter: Letter, text: str) -> Letter:
    """A letter with a paragraph more at the end of its body."""
    more = Paragraph((Run(text),))
    return replace(
        letter,
        parts=tuple(
            replace(part, blocks=(*part.blocks, more)) if part.name == "body" else part for part in letter.parts
        ),
    )


EVERYWHERE = said("This letter will be published", "This letter, and your reply to it, will be published")


def sides() -> dict[LetterKey, tuple[Letter | None, Letter | None]]:
    """Five letters before and after: in three the same sentence changed, one has more changes, one none, one is new."""
    letters = {slug: real(slug) for slug in ("cumbria", "south-wales", "thames-valley", "warwickshire")}
    wales = edited(edited(letters["south-wales"], EVERYWHERE), said("We were pleased", "I am glad"))
    wales = edited(edited(wales, upright), with_alt("The signature of the Inspector"))
    after = {
        "cumbria": edited(letters["cumbria"], EVERYWHERE),
        "south-wales": wales,
        "thames-valley": letters["thames-valley"],
        "warwickshire": added_at_end(edited(letters["warwickshire"], EVERYWHERE), HOSTILE),
        "kent": replace(letters["cumbria"], slug="kent", force_name=KENT),
    }
    return {letter.key: (letters.get(slug), letter) for slug, letter in after.items()}


@cache
def review() -> Review:
    """The review of these letters."""
    found = []
    for key, (before, after) in sides().items():
        one = difference(key, content_of(before) if before else None, content_of(after) if after else None)
        moved = (LayoutChange(Moved.BREAK, 2, "begins with “Yours sincerely”", "begins with “This letter”"),)
        is_wales = key[1] == "south-wales"
        found.append(replace(one, layout=moved if is_wales else (), layout_compared=True))
    return Review("the last review", tuple(found), group(found, trace), ("The build before the last was compared.",))


def trace(_: Sequence[Difference], __: Group) -> tuple[Cause, ...]:
    return (Cause("templates/abuse-of-position-2017/letter.md", 31), Cause("forces/<b>.yaml", 4, "it_monitoring"))


@cache
def names() -> Mapping[LetterKey, str]:
    return {key: letter.force_name for key, (_, letter) in sides().items() if letter}


@cache
def views() -> Mapping[LetterKey, LetterView]:
    """The pages of the letters, as pictures."""
    found = {}
    for one in review().differences:
        before, after = (
            tuple(pages(letter, one, op)) if letter else ()
            for letter, op in zip(sides()[one.key], (Op.REMOVED, Op.ADDED), strict=True)
        )
        found[one.key] = LetterView(before, after)
    return found


def pages(letter: Letter, one: Difference, op: Op) -> Iterator[PageView]:
    """The pages of one side, with the first words of each changed stretch marked."""
    with pypdfium2.PdfDocument(pdf.render(letter, house_style(letter.letterhead))) as document:
        for page in document:
            buffer = io.BytesIO()
            page.render(scale=96 / 72, grayscale=True).to_pil().quantize(16).save(buffer, "png")
            width, height = page.get_size()
            yield PageView(
                buffer.getvalue(), "image/png", width * 25.4 / 72, height * 25.4 / 72, tuple(marks(page, one, op))
            )


def marks(page: pypdfium2.PdfPage, one: Difference, op: Op) -> Iterator[Mark]:
    width, height = page.get_size()
    text = page.get_textpage()
    for number, change in enumerate(one.words):
        for piece in change.pieces:
            words = " ".join(piece.text.split()[:4]).strip(",.")
            found = text.search(words).get_next() if piece.op is op and words else None
            if not found:
                continue
            for at in range(text.count_rects(*found)):
                left, bottom, right, top = text.get_rect(at)
                box = left / width, (height - top) / height, (right - left) / width, (top - bottom) / height
                yield Mark(op, number, *box)
