"""What is wrong with the styles of a letterhead: what hides or changes words, and numbers that no letter can have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from letters.letter.colours import WHITE, Colour, can_be_read
from letters.machine.ooxml import WORDML
from letters.problems import Code
from letters.workspace.looks.word_rules import FACES, HARMFUL

Element = etree._Element

W = f"{{{WORDML}}}"
#: Of all styles of a file, those in which letters are set; and others that somebody made, for parts of their own.
_USED = frozenset(
    [
        *("normal", "body text", "quote", "list bullet", "list number", "list continue", "table heading", "table text"),
        *(f"heading {level}" for level in range(1, 7)),
        *("masthead", "sender details", "sender name", "sender office", "inside address", "copied to", "figure"),
        *(
            "date",
            "salutation",
            "closing",
            "signature",
            "signatory office",
            "stage mark",
            "header",
            "footer",
            "caption",
        ),
        *("hyperlink", "table grid", "normal table", "default paragraph font", "title", "subtitle"),
    ]
)
#: Styles for what has no links in it.
_WITHOUT_LINKS = frozenset(["masthead", "stage mark", "header", "footer"])
#: How wide the text of a page must be at least, in twentieths of a point (100 mm).
_LEAST_WIDTH = 5669
_DEFAULT_SIZE = 20
#: What people call some settings.
_CALLED = {
    "sz": "type size",
    "szCs": "type size",
    "w": "width of letters",
    "spacing": "spacing",
    "position": "raising or lowering of words",
    "ind": "indent",
    "pgSz": "size of the paper,",
    "pgMar": "margin of the page,",
    "tab": "tab stop",
    "jc": "alignment",
    "shd": "ground",
}


@dataclass(frozen=True)
class Fault:
    """What is wrong: the style or other place, what was found there, and what to do."""

    code: Code
    owner: str
    found: str
    hint: str


@dataclass
class Judge:
    """Notes what is wrong; of styles that no letter is set in, nothing: they are taken over without it."""

    _noted: list[Fault] = field(default_factory=list)
    _used: set[str] = field(default_factory=set)
    _styles: dict[str, Element] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _defaults: Element | None = None

    def begin(self, style: Element, name: str, names: set[str]) -> None:
        """A style begins, with its name and all the names that it goes by."""
        identity = style.get(f"{W}styleId", "")
        self._styles.setdefault(identity, style)
        self._names.setdefault(identity, name)
        if names & _USED or (style.get(f"{W}customStyle") and style.get(f"{W}type") == "paragraph"):
            self._used.add(identity)

    def defaults(self, defaults: Element) -> None:
        """What is so where no style says otherwise."""
        self._defaults = defaults

    def harm(self, owner: str, tag: str) -> None:
        """A setting that hides or changes words."""
        hint = f"in Word, open the style (Modify Style, Format) and take that out ({tag})"
        if tag == "tblStylePr":
            hint = "in Word, take it out of the style, and shade Table Heading (Format, Border) in its place"
        self._noted.append(Fault(Code.STYLE_CHANGES_WORDS, owner, HARMFUL[tag], hint))

    def typeface(self, owner: str, name: str) -> None:
        """A typeface that may show signs in the place of letters."""
        hint = f"choose one of these: {', '.join(FACES.values())}"
        self._noted.append(
            Fault(Code.STYLE_CHANGES_WORDS, owner, f"has the typeface {name!r}, which may show other letters", hint)
        )

    def numbers(self, owner: str) -> None:
        """Numbers or bullets in a style that is not for lists."""
        hint = "in Word, open the style (Modify Style, Format, Numbering) and choose None"
        self._noted.append(Fault(Code.STYLE_CHANGES_WORDS, owner, "puts numbers or bullets before its words", hint))

    def marker(self, found: str) -> None:
        """A bullet or number that is none."""
        hint = "in Word, choose a bullet or a number such as 1. for List Bullet and List Number, without words"
        self._noted.append(
            Fault(Code.STYLE_CHANGES_WORDS, "the numbering of lists", f"writes {found[:60]!r} before entries", hint)
        )

    def marker_look(self, look: Element) -> None:
        """The settings of a bullet or number: a number that nobody sees is none."""
        colour = _rgb(_attribute(look, "color", "val"))
        if colour and not can_be_read(colour, 1.0, WHITE):
            self.marker(f"a number in {_attribute(look, 'color', 'val')}")

    def value(self, owner: str, tag: str, key: str, value: str) -> None:
        """A number or word that a setting cannot have."""
        hint = "in Word, set it again to what letters can have (docs/how-to/change-a-letterhead.md has the bounds)"
        what = _CALLED.get(tag, tag) + (f" {key}" if key not in ("val", "w") else "")
        self._noted.append(
            Fault(Code.UNFIT_STYLE, owner, f"has {value[:40]!r} as its {what}, which no letter can have", hint)
        )

    def page(self, section: Element) -> None:
        """The page setup: whether text has room between its margins."""
        width, left, right, gutter = (
            _int(_attribute(section, tag, key))
            for tag, key in (("pgSz", "w"), ("pgMar", "left"), ("pgMar", "right"), ("pgMar", "gutter"))
        )
        if width and width - left - right - gutter < _LEAST_WIDTH:
            self._noted.append(
                Fault(Code.UNFIT_STYLE, "the page setup", "leaves too little room for text", "narrow the margins")
            )

    def faults(self) -> Iterator[Fault]:
        """All that is wrong with what letters use, each once, with names of styles that are used."""
        used = {identity for known in list(self._used) for identity in self._line(known)}
        names = {self._names[identity] for identity in used}
        others = set(self._names.values()) - names
        yield from dict.fromkeys(fault for fault in self._noted if fault.owner not in others)
        for identity in sorted(self._used, key=lambda identity: self._names[identity]):
            yield from self._of_style(identity)

    def _line(self, identity: str) -> list[str]:
        """A style and those that it is based on, the nearest first."""
        line: list[str] = []
        while identity in self._styles and identity not in line:
            line.append(identity)
            identity = _attribute(self._styles[identity], "basedOn", "val")
        return line

    def _said(self, identity: str, path: str, key: str) -> str:
        """What a style says, by itself or by what it is based on, or what is said for all."""
        for one in self._line(identity):
            if found := _attribute(self._styles[one], path, key):
                return found
        group, _, tag = path.partition("/")
        return "" if self._defaults is None else _attribute(self._defaults, f"{group}Default/{group}/{tag}", key)

    def _of_style(self, identity: str) -> Iterator[Fault]:
        name = self._names[identity]
        kind = self._styles[identity].get(f"{W}type", "")
        colour, ground = self._colours(identity)
        if kind != "table" and not can_be_read(colour, 1.0, ground):
            found = f"has words in {_hex(colour)} on {_hex(ground)}, which cannot be read"
            yield Fault(
                Code.STYLE_CHANGES_WORDS, name, found, "in Word, give the style (Modify Style) a colour that stands out"
            )
        if kind != "paragraph":
            return
        yield from self._of_links(name, ground)
        size = _int(self._said(identity, "rPr/sz", "val")) or _DEFAULT_SIZE
        exact = self._said(identity, "pPr/spacing", "lineRule") in ("exact",)
        line = _int(self._said(identity, "pPr/spacing", "line"))
        is_share = self._said(identity, "pPr/spacing", "lineRule") in ("", "auto")
        if line and ((exact and line < size * 9.5) or (is_share and line < 200)):
            hint = "in Word, set the line spacing of the style (Modify Style, Paragraph) to At least"
            yield Fault(Code.STYLE_CHANGES_WORDS, name, "has lines so low that its words are cut off", hint)
        left, right, hanging = (self._indent(identity, side) for side in ("left", "right", "hanging"))
        if left - hanging < -567 or left + right > 7000:
            yield Fault(
                Code.UNFIT_STYLE, name, "leaves no room for its words between its indents", "make its indents smaller"
            )

    def _indent(self, identity: str, side: str) -> int:
        other = {"left": "start", "right": "end"}.get(side, side)
        return _int(self._said(identity, "pPr/ind", side) or self._said(identity, "pPr/ind", other))

    def _of_links(self, name: str, ground: Colour) -> Iterator[Fault]:
        link = next((one for one, known in self._names.items() if known.lower() == "hyperlink"), None)
        if link is None or name.lower() in _WITHOUT_LINKS or ground == WHITE:
            return
        if not can_be_read(self._colours(link)[0], 1.0, ground):
            yield Fault(
                Code.STYLE_CHANGES_WORDS,
                name,
                "has a ground on which links cannot be read",
                "choose another ground, or Hyperlink",
            )

    def _colours(self, identity: str) -> tuple[Colour, Colour]:
        """The colour of the words in a style, and of what is behind them."""
        grounds = [_ground(self, identity, group) for group in ("rPr", "pPr")]
        ground = next((colour for colour in grounds if colour), WHITE)
        said = _rgb(self._said(identity, "rPr/color", "val"))
        dark = ground != WHITE and not can_be_read((0.0, 0.0, 0.0), 1.0, ground)
        return said or ((255.0, 255.0, 255.0) if dark else (0.0, 0.0, 0.0)), ground


def _ground(judge: Judge, identity: str, group: str) -> Colour | None:
    kind = judge._said(identity, f"{group}/shd", "val")
    return _rgb(judge._said(identity, f"{group}/shd", "color" if kind == "solid" else "fill"))


def _attribute(element: Element, path: str, key: str) -> str:
    found = element.find("/".join(f"{W}{part}" for part in path.split("/")))
    return "" if found is None else found.get(f"{W}{key}", "")


def _int(text: str) -> int:
    return int(text) if text.lstrip("+-").isdigit() else 0


def _rgb(text: str) -> Colour | None:
    if len(text) != 6:
        return None
    return float(int(text[:2], 16)), float(int(text[2:4], 16)), float(int(text[4:], 16))


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in colour)
