"""Letters for Word with their changes tracked: who accepts all has today's letter, who rejects all the baseline's."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from letters.letter import MASTHEAD, HouseStyle, Letter
from letters.render.docx import render
from letters.review.compare.content import Passage, content_of
from letters.review.compare.letters import Unequal
from letters.review.redlines.align import Story, align, share_numbering
from letters.review.redlines.once import Once, Pages
from letters.review.redlines.package import DOCUMENT, Package, Part, Rendition
from letters.review.redlines.story import combine
from letters.review.redlines.styles import Guest
from letters.review.redlines.xml import Element, element, local, place, w

#: Headers and footers: what refers to them in a section, their kind, and what they are.
_MARGINS = (
    ("headerReference", "first", "hdr"),
    ("headerReference", "default", "hdr"),
    ("footerReference", "first", "ftr"),
    ("footerReference", "default", "ftr"),
)
_BEFORE_PAGE_NUMBERS = (
    *("headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc"),
    *("pgBorders", "lnNumType"),
)
#: What tells the styles of the baseline from those of today, where they look different.
BASELINE = "before"


@dataclass(frozen=True)
class _Version:
    """A letter before or after, and how it is brought into the package."""

    letter: Letter
    rendition: Rendition
    guest: Guest

    def story(self, package: Package, tag: str, kind: str, into: Part) -> Story:
        """The text, or a header or footer; without paragraphs where there is none."""
        part, elements = self.rendition.story(tag, kind) if tag else (DOCUMENT, list(self.rendition.body)[:-1])
        return Story(package.bring(elements, self.rendition, self.guest, part, into))

    def passages(self, story: Story) -> list[Passage]:
        """The passages of its text, which are the paragraphs of `story`. Raises Unequal if they were not."""
        passages = [passage for passage in content_of(self.letter).passages if passage.part != MASTHEAD]
        if [passage.text for passage in passages] != [line.text for _, line in story.lines]:
            raise Unequal(f"{self.letter.slug}: the paragraphs for Word are not those of the letter")
        return passages


def redline(
    before: Letter | None, after: Letter | None, style: HouseStyle, before_style: HouseStyle | None = None
) -> bytes:
    """One letter as a DOCX with tracked changes; all of it is added, or removed, where one side is None.

    `before_style`: the look of the letter before, if it was another. Raises CannotRender.
    """
    package, section = _begin(before, after, style, before_style, None)
    package.body.append(section)
    return package.save()


def redline_book(
    items: Sequence[tuple[str, Letter | None, Letter | None, HouseStyle]],
    once: Once | None = None,
    base: tuple[Letter, HouseStyle] | None = None,
) -> bytes:
    """Redlines of several letters in one DOCX, each on pages of its own below its name (the first of each item).

    `once`: what pages before them say of each change once. Then there need be no letter, if `base` gives one whose
    styles and paper the pages have. Styles are known by their names. Where a letterhead has another look for a name,
    its style comes under the name with that of the letterhead behind it. Raises CannotRender.
    """
    package: Package | None = None
    section: Element | None = None
    if once:
        package, section = _first_pages(once, items, base)
    for number, (name, before, after, style) in enumerate(items, 1):
        if package and section is not None:
            _end_section(package.body, section)
        start = len(package.body) if package else 0
        package, section = _begin(before, after, style, None, package)
        package.body.insert(start, _heading(package, name, number))
        _stand_alone(package, section)
    if package is None or section is None:
        raise ValueError("a book needs a letter")
    package.body.append(section)
    letters = f"{len(items)} letter{'s' if len(items) > 1 else ''}"
    return package.save(f"Changes in {letters}" if items else "Changes")


def _first_pages(
    once: Once,
    items: Sequence[tuple[str, Letter | None, Letter | None, HouseStyle]],
    base: tuple[Letter, HouseStyle] | None,
) -> tuple[Package, Element]:
    """The pages that tell each change once, in a new package; and their section, which is not yet in it."""
    letters = [(after or before, style) for _, before, after, style in items]
    letter, style = next(((one, look) for one, look in letters if one), base or (None, None))
    if letter is None or style is None:
        raise ValueError("a book needs a letter")
    rendition = Rendition(render(letter, style))
    package = Package(rendition)
    package.changes.day = letter.date
    bookmarks = {letter.key: f"letter_{number}" for number, (letter, _) in enumerate(letters, 1) if letter}
    package.body.extend(Pages(once, package, bookmarks).blocks())
    section = _bare(rendition.section)
    _stand_alone(package, section)
    return package, section


def _begin(
    before: Letter | None,
    after: Letter | None,
    style: HouseStyle,
    before_style: HouseStyle | None,
    package: Package | None,
) -> tuple[Package, Element]:
    """Write one letter into `package`, or a new one; gives it and the letter's section, which is not yet in it."""
    looks = {"old": before_style or style, "new": style}
    made = {
        side: Rendition(render(letter, looks[side]))
        for side, letter in (("old", before), ("new", after))
        if letter is not None
    }
    if not made:
        raise ValueError("a redline needs a letter before or after")
    package = package or Package(made.get("new") or made["old"])
    label = {"old": style.name if looks["old"] == style else BASELINE, "new": style.name}
    old = _Version(before, made["old"], package.guest(made["old"], label["old"])) if before else None
    new = _Version(after, made["new"], package.guest(made["new"], label["new"])) if after else None
    return package, _write(package, old, new)


def _write(package: Package, old: _Version | None, new: _Version | None) -> Element:
    today = new or old
    assert today
    package.changes.day = today.letter.date
    package.body.extend(_combined(package, old, new, "", "", package.document))
    section = _bare(today.rendition.section)
    for tag, kind, root in _MARGINS:
        if any(version.rendition.story(tag, kind)[1] for version in (old, new) if version):
            part = package.add_part(root)
            part.root.extend(_combined(package, old, new, tag, kind, part))
            package.refer(section, part, kind)
    return section


def _bare(section: Element) -> Element:
    """A page setup without headers and footers."""
    made = deepcopy(section)
    for reference in [one for one in made if local(one) in ("headerReference", "footerReference")]:
        made.remove(reference)
    return made


def _combined(
    package: Package, old: _Version | None, new: _Version | None, tag: str, kind: str, into: Part
) -> list[Element]:
    was, now = (version.story(package, tag, kind, into) if version else Story([]) for version in (old, new))
    values = {text: name for version in (old, new) if version for text, name in _values(version.letter).items()}
    if tag:
        passages = was.passages(), now.passages()
    else:
        passages = old.passages(was) if old else [], new.passages(now) if new else []
    aligned = align(was, now, passages, values, package.changes)
    share_numbering(aligned, package.house.counts_like())
    return combine(aligned, package.changes)


def _values(letter: Letter) -> dict[str, str]:
    return dict(content_of(letter).values)


# -- books


def _heading(package: Package, name: str, number: int) -> Element:
    if package.heading_style is None:
        look = element("pPr", element("keepNext"), element("spacing", before="0", after="240"))
        look.append(element("outlineLvl", val="0"))
        font = element("rPr", element("b"), element("color", val="595959"), element("sz", val="20"))
        style = element("style", element("name", val="Redline Heading"), look, font, type="paragraph", customStyle="1")
        style.set(w("styleId"), "RedlineHeading")
        package.heading_style = package.house.add_style(style)
    text = element("t")
    text.text = name
    bookmark = {"id": str(next(package.changes.ids))}
    return element(
        "p",
        element("pPr", element("pStyle", val=package.heading_style)),
        element("bookmarkStart", **bookmark, name=f"letter_{number}"),
        element("r", text),
        element("bookmarkEnd", **bookmark),
    )


def _stand_alone(package: Package, section: Element) -> None:
    """Let a section have headers and footers of its own, not those of the letter before it, and count its own pages."""
    place(section, element("pgNumType", start="1"), _BEFORE_PAGE_NUMBERS)
    said = {(local(one), one.get(w("type"))) for one in section}
    for tag, kind, root in _MARGINS:
        if (tag, kind) not in said:
            package.refer(section, package.empty_part(root), kind)


def _end_section(body: Element, section: Element) -> None:
    """End a letter that another one follows: its last paragraph holds its page setup."""
    last = body[-1]
    if local(last) != "p":
        last = element("p")
        body.append(last)
    properties = last.find(w("pPr"))
    if properties is None:
        properties = element("pPr")
        last.insert(0, properties)
    change = properties.find(w("pPrChange"))
    properties.insert(len(properties) - (change is not None), section)
