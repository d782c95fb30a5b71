"""Letters put together by hand from the reference texts, so that renderers are tested without the composer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from letters.letter import Heading, HouseStyle, ItemList, Letter, Paragraph, Part, Picture, Quote, Run, Stage, Table

REFERENCE = Path(__file__).parents[1] / "reference"
TEMPLATES = Path(__file__).parents[2] / "templates"
NO_BREAK = "\u00a0"
REAL = {
    "cumbria": "Cumbria Constabulary",
    "south-wales": "South Wales Police",
    "thames-valley": "Thames Valley Police",
    "warwickshire": "Warwickshire Police",
}
INSPECTORATE = "Her Majesty’s Inspectorate of Constabulary and Fire & Rescue Services"


@cache
def house_style(name: str) -> HouseStyle:
    """The look of a letterhead, from the templates of this repository."""
    pictures = {
        path.relative_to(TEMPLATES).as_posix(): path.read_bytes()
        for path in TEMPLATES.rglob("*.*")
        if path.suffix in (".svg", ".png")
    }
    css = (TEMPLATES / "letterheads" / name / "letter.css").read_text("utf-8")
    return HouseStyle(name, css, b"", pictures)


def paragraph(text: str, lang: str | None = None) -> Paragraph:
    return Paragraph((Run(text.replace("'", "’"), lang=lang),))


def lines(name: str, *texts: str) -> Part:
    return Part(name, tuple(map(paragraph, texts)))


def real(slug: str, stage: Stage = Stage.READY) -> Letter:
    """One of the four real letters of 2017."""
    texts = _texts(f"abuse-of-position-2017/{slug}.txt")
    masthead = Part("masthead", (Picture("letterheads/hmicfrs/wordmark.svg", "HMICFRS"), paragraph(next(texts))))
    details, sender, addressee = _take(texts, 4), _take(texts, 3), _take(texts, 3)
    copied_to = _take(texts, 2 if slug == "thames-valley" else 1)
    day, salutation, title, opening, concern, recommendation = _take(texts, 6)
    *body, closing, name, office, other_office = texts
    before, after = opening.split("PEEL: police legitimacy 2016")
    report = Run(f"PEEL:{NO_BREAK}police legitimacy 2016", italic=True)
    signature = Picture("abuse-of-position-2017/signature.png", "Signature of Michael Cunningham")
    return Letter(
        type="abuse-of-position-2017",
        slug=slug,
        force_name=REAL[slug],
        title=title,
        date=date(2017, 10, 2),
        stage=stage,
        letterhead="hmicfrs",
        parts=(
            masthead,
            lines("sender-details", *details),
            lines("sender", *sender),
            lines("addressee", *addressee),
            lines("copied-to", *copied_to),
            lines("date", day.replace(" ", NO_BREAK)),
            lines("salutation", salutation),
            Part(
                "body",
                (
                    Heading(1, (Run(title),)),
                    Paragraph((Run(before), report, Run(after.replace("'", "’")))),
                    paragraph(concern),
                    Quote((paragraph(recommendation),)),
                    *map(paragraph, body),
                ),
            ),
            lines("closing", closing),
            Part("signature", (signature,) if stage is Stage.READY else ()),
            lines("signatory", name, office, other_office),
        ),
        foot=f"{REAL[slug]}, {day.replace(' ', NO_BREAK)}",
        author=INSPECTORATE,
    )


def commissioner(stage: Stage = Stage.READY) -> Letter:
    """The real letter of the commissioner for South Wales, of 2019: Welsh in a letterhead that every page repeats."""
    texts = _texts("pcc-response-2019/south-wales.txt")
    name, welsh, english, day, salutation, title = _take(texts, 6)
    before, quoted, after = _take(texts, 4), _take(texts, 5), _take(texts, 2)
    closing, signatory, office = texts
    return Letter(
        type="pcc-response-2019",
        slug="south-wales",
        force_name="South Wales Police",
        title=title,
        date=date(2019, 11, 20),
        stage=stage,
        letterhead="pcc-south-wales",
        parts=(
            Part("sender", (paragraph(name), paragraph(welsh, lang="cy"), paragraph(english)), every_page=True),
            lines("date", day),
            lines("salutation", salutation),
            Part(
                "body",
                (
                    Heading(1, (Run(title),)),
                    *map(paragraph, before),
                    Quote(tuple(map(paragraph, quoted))),
                    *map(paragraph, after),
                ),
            ),
            lines("closing", closing),
            Part("signature", ()),
            lines("signatory", signatory, office),
        ),
        foot=f"{english}, {day}",
        author=english,
    )


def rich() -> Letter:
    """Every kind of block, and characters that mean something to HTML, Markdown and templates."""
    title = "A subject & <b>not bold</b>"
    body = (
        Heading(1, (Run(title),)),
        paragraph("First * para # with [x](y) {{ z }} and “double” quotes; see and/or counter-corruption–unit."),
        Heading(2, (Run("Sub-heading"),)),
        ItemList(((paragraph("one"),), (paragraph("two"), paragraph("two again")))),
        ItemList(((paragraph("first"),), (paragraph("second"),)), ordered=True, start=3),
        Table(
            ((Run("Force"),), (Run("Finding"),)),
            (((Run("Kent"),), (Run("started", bold=True),)), ((Run("Gwent"),), (Run("in place"),))),
        ),
        Paragraph(
            (
                Run("A "),
                Run("link", href="https://example.org/a?b=c&d=e"),
                Run(", and "),
                Run("bold italic", bold=True, italic=True),
                Run(" and Welsh "),
                Run("ŵyn ŷd", lang="cy"),
                Run("."),
            )
        ),
        Quote((paragraph("Quoted."), ItemList(((paragraph("in quote"),),)))),
    )
    return Letter(
        type="other",
        slug="kent",
        force_name="Kent Police",
        title=title,
        date=date(2020, 5, 1),
        stage=Stage.DRAFT,
        letterhead="hmicfrs",
        parts=(
            lines("sender", "Someone"),
            lines("addressee", "A & B"),
            lines("a-part-unknown", "Its line"),
            lines("date", "1 May 2020"),
            lines("salutation", "Dear X"),
            Part("body", body),
            lines("closing", "Yours faithfully"),
            Part("signature", ()),
            lines("signatory", "Someone"),
        ),
        foot="Kent Police, 1 May 2020",
        author="Someone",
    )


def every() -> dict[str, Letter]:
    """All of them, by a name for test reports."""
    return {
        **{slug: real(slug) for slug in REAL},
        "specimen": real("south-wales", Stage.SPECIMEN),
        "commissioner": commissioner(),
        "commissioner-draft": commissioner(Stage.DRAFT),
        "rich": rich(),
    }


def _texts(path: str) -> Iterator[str]:
    return iter([text.strip() for text in (REFERENCE / path).read_text("utf-8").split("\n\n") if text.strip()])


def _take(texts: Iterator[str], count: int) -> list[str]:
    return [next(texts).strip() for _ in range(count)]
