"""Two Word files that read differently are never "no change", and what reads the same is none: in pairs, by kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from letters.machine.archive import read_members, write_members
from letters.review.compare.changes import Difference
from letters.review.files import UnreadableFile, compare_files, content_of_file
from support.hostile_files import docx

pytestmark = pytest.mark.slow

OFFICE = "http://schemas.openxmlformats.org/"
SPACES = (
    f'xmlns:m="{OFFICE}officeDocument/2006/math" xmlns:a="{OFFICE}drawingml/2006/main" '
    f'xmlns:wp="{OFFICE}drawingml/2006/wordprocessingDrawing" xmlns:c="{OFFICE}drawingml/2006/chart" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:zz="urn:example" '
    f'xmlns:mc="{OFFICE}markup-compatibility/2006"'
)
Parts = dict[str, tuple[str, str]]


@dataclass(frozen=True)
class Side:
    """A document: what is in its body, and its other parts by name, each with its kind."""

    body: str
    parts: Parts = field(default_factory=dict)

    def data(self) -> bytes:
        parts = {name: (kind, _rooted(content)) for name, (kind, content) in self.parts.items()}
        head, foot = p("Dear Inspector"), p("Yours sincerely")
        members = read_members(docx(f"{head}{self.body}{foot}", parts=parts))
        text = members["word/document.xml"].decode()
        return write_members({**members, "word/document.xml": _rooted(text).encode()})


def _rooted(xml: str) -> str:
    return re.sub(r"^<(w:root|w:document|c:chartSpace)", rf"<\1 {SPACES}", xml, count=1)


def r(text: str, look: str = "") -> str:
    inner = text if text.startswith("<") else f'<w:t xml:space="preserve">{text}</w:t>'
    return f"<w:r><w:rPr>{look}</w:rPr>{inner}</w:r>"


def p(*runs: str, about: str = "") -> str:
    return f"<w:p><w:pPr>{about}</w:pPr>{''.join(x if x.startswith('<') else r(x) for x in runs)}</w:p>"


def row(*cells: str, about: str = "") -> str:
    inner = "".join(f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>" for cell in cells)
    return f"<w:tr><w:trPr>{about}</w:trPr>{inner}</w:tr>"


def table(*rows: str, style: str = "") -> str:
    return f"<w:tbl><w:tblPr>{style}</w:tblPr>{''.join(rows)}</w:tbl>"


def box(inner: str) -> str:
    shape = f"<v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape>"
    return f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p>"


def drawn(text: str) -> Side:
    return Side(p(r(f"<w:drawing><a:p><a:r><a:t>{text}</a:t></a:r></a:p></w:drawing>")))


def begin(code: str, data: str = "") -> str:
    code = f'<w:instrText xml:space="preserve"> {code} </w:instrText>'
    return f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>{r(code)}'


MIDDLE, END = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def styles(*styles: str, defaults: str = "") -> Parts:
    said = f"<w:docDefaults><w:rPrDefault><w:rPr>{defaults}</w:rPr></w:rPrDefault></w:docDefaults>"
    return {"styles.xml": ("styles", f"<w:root>{said}{''.join(styles)}</w:root>")}


def style(kind: str, name: str, look: str, more: str = "") -> str:
    named = f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>'
    return f"{named}{more}<w:rPr>{look}</w:rPr></w:style>"


def notes(kind: str, inner: str) -> Parts:
    return {f"{kind}.xml": (kind, f'<w:root><w:{kind[:-1]} w:id="2">{inner}</w:{kind[:-1]}></w:root>')}


def noted(kind: str) -> str:
    return r(f'<w:{kind[:-1]}Reference w:id="2"/>')


def level(form: str = "decimal", text: str = "%1.", at: int = 0, more: str = "") -> str:
    about = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{at}">{about}</w:lvl>'


def lists(*levels: str, override: str = "") -> Parts:
    abstract = f'<w:abstractNum w:abstractNumId="9">{"".join(levels)}</w:abstractNum>'
    number = f'<w:num w:numId="9"><w:abstractNumId w:val="9"/>{override}</w:num>'
    return {"numbering.xml": ("numbering", f"<w:root>{abstract}{number}</w:root>")}


def item(text: str, at: int = 0) -> str:
    return p(text, about=f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="9"/></w:numPr>')


def pages(kind: str, text: str, settings: str = "", place: str = "header") -> Side:
    titled = f'<w:titlePg w:val="{int(kind == "first")}"/>'
    reference = f'<w:sectPr><w:{place}Reference w:type="{kind}" r:id="r0"/>{titled}</w:sectPr>'
    first = "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>"
    parts = {
        f"{place}9.xml": (place, f"<w:root>{p(text)}</w:root>"),
        "settings.xml": ("settings", f"<w:root>{settings}</w:root>"),
    }
    return Side(f"{first}{p('On page two')}<w:p><w:pPr>{reference}</w:pPr></w:p>", parts)


def picture(data: str, xml: str) -> Side:
    return Side(p(r(xml)), {"image1.png": ("image", data)})


VML = '<w:pict><v:shape><v:imagedata r:id="r0"/></v:shape></w:pict>'
DML = '<w:drawing><wp:inline><a:graphic><a:blip r:embed="r0"/></a:graphic></wp:inline></w:drawing>'


def chart(title: str, value: int) -> Side:
    inner = f"<a:p><a:r><a:t>{title}</a:t></a:r></a:p><c:pieChart><c:v>{value}</c:v></c:pieChart>"
    drawing = '<w:drawing><wp:inline><a:graphic><c:chart r:id="r0"/></a:graphic></wp:inline></w:drawing>'
    return Side(p(r(drawing)), {"chart1.xml": ("chart", f"<w:root>{inner}</w:root>")})


def equation(inner: str) -> Side:
    return Side(p("Pay ", f"<m:oMath>{inner}</m:oMath>"))


def m(text: str, name: str = "e") -> str:
    return f"<m:{name}><m:r><m:t>{text}</m:t></m:r></m:{name}>"


def ticked(value: int, name: str = "checked") -> Side:
    form = f'<w:ffData><w:checkBox><w:{name} w:val="{value}"/></w:checkBox></w:ffData>'
    return Side(p(begin("FORMCHECKBOX", form), MIDDLE, END, " We agree."))


def chosen(number: int) -> Side:
    entries = '<w:listEntry w:val="granted"/><w:listEntry w:val="refused"/>'
    form = f'<w:ffData><w:ddList><w:result w:val="{number}"/>{entries}</w:ddList></w:ffData>'
    return Side(p(begin("FORMDROPDOWN", form), END))


def set_in(look: str, place: Callable[[str], Side]) -> Side:
    return place(p("The force has ", r("not ", look), "improved."))


def by(look: str, said: str, *kinds: str, own: str = "", paragraph: str = "", defaults: str = "") -> Side:
    """Words set by a style: `said` in its place stands the look."""
    made = [kind.replace(said, look) for kind in kinds]
    return Side(
        p("The force ", r("has not ", own), about=paragraph), styles(*made, defaults=defaults.replace(said, look))
    )


OWN, OF_PARAGRAPH = '<w:rStyle w:val="S"/>', '<w:pStyle w:val="S"/>'
UPON = '<w:basedOn w:val="U"/>'


def ways(look: str) -> Iterable[tuple[str, Side, Side]]:
    """All the ways to say a look of words, in all the places: with and without it."""
    places: dict[str, Callable[[str], Side]] = {
        "body": Side,
        "table": lambda inner: Side(table(row("Costs", inner))),
        "box": lambda inner: Side(box(inner)),
        "footnote": lambda inner: Side(p("See", noted("footnotes")), notes("footnotes", inner)),
        "endnote": lambda inner: Side(p("See", noted("endnotes")), notes("endnotes", inner)),
    }
    for name, place in places.items():
        yield f"on the run, {name}", set_in("", place), set_in(look, place)
    said = "<look/>"
    written = {
        "by a style": ((style("character", "S", said),), OWN, "", ""),
        "by the style under it": ((style("character", "U", said), style("character", "S", "", UPON)), OWN, "", ""),
        "by the paragraph": ((style("paragraph", "S", said),), "", OF_PARAGRAPH, ""),
        "by the paragraph's under it": (
            (style("paragraph", "U", said), style("paragraph", "S", "", UPON)),
            "",
            OF_PARAGRAPH,
            "",
        ),
    }
    for name, (kinds, own, paragraph, defaults) in written.items():
        a, b = (by(x, said, *kinds, own=own, paragraph=paragraph, defaults=defaults) for x in ("", look))
        yield name, a, b


def toggled(look: str, on: str) -> Side:
    """Said by the style of the paragraph and by that of the run: two such switches are off again."""
    said = styles(style("paragraph", "S", look), style("character", "T", on))
    return Side(p("The force ", r("has not ", '<w:rStyle w:val="T"/>'), about=OF_PARAGRAPH), said)


CHOICE = (
    '<mc:AlternateContent><mc:Choice Requires="zz">{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>'
)
WINGDINGS, SYMBOL = (f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>' for font in ("Wingdings", "Symbol"))
TWO = (("to plan", 0), ("to act", 0), ("now", 1))


def listed(*levels: str, override: str = "", texts: Iterable[tuple[str, int]] = TWO) -> Side:
    return Side("".join(item(*text) for text in texts), lists(*levels, override=override))


def start(number: int, at: int = 0) -> str:
    return f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{number}"/></w:lvlOverride>'


def by_heading(text: str) -> Side:
    numbered = '<w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr>'
    heading = style("paragraph", "H", "", numbered).replace('val="H"', 'val="heading 1"')
    return Side(p("Costs", about='<w:pStyle w:val="H"/>'), {**styles(heading), **lists(level(text=text))})


def note_at(first: bool, kind: str) -> Side:
    at = noted(kind)
    runs = ("We pay", at, " and train.") if first else ("We pay", " and train", at, ".")
    return Side(p(*runs), notes(kind, p("Not agreed.")))


def art(text: str) -> str:
    return f'<w:pict><v:shape><v:textpath string="{text}"/></v:shape></w:pict>'


def headed(inner: str) -> Side:
    reference = '<w:sectPr><w:headerReference w:type="default" r:id="r0"/></w:sectPr>'
    return Side(reference, {"header1.xml": ("header", f"<w:root>{inner}</w:root>")})


DIFFERENT: dict[str, tuple[Side, Side]] = {
    **{f"hidden {name}": (a, b) for name, a, b in ways("<w:vanish/>")},
    "hidden by the defaults": (Side(p("not")), Side(p("not"), styles(defaults="<w:vanish/>"))),
    "hidden, switched off by two styles": (toggled("<w:vanish/>", ""), toggled("<w:vanish/>", "<w:vanish/>")),
    **{f"struck {name}": (a, b) for name, a, b in ways("<w:strike/>")},
    "struck twice": (Side(p("not")), Side(p(r("not", "<w:dstrike/>")))),
    "raised": (Side(p("10", "2")), Side(p("10", r("2", '<w:vertAlign w:val="superscript"/>')))),
    "lowered by points": (Side(p("x", "2")), Side(p("x", r("2", '<w:position w:val="-6"/>')))),
    "white": (Side(p("not")), Side(p(r("not", '<w:color w:val="FFFFFF"/>')))),
    "tiny": (Side(p("not")), Side(p(r("not", '<w:sz w:val="2"/>')))),
    "head of even pages": (
        pages("even", "Agreed", "<w:evenAndOddHeaders/>"),
        pages("even", "Not agreed", "<w:evenAndOddHeaders/>"),
    ),
    "foot of even pages": (
        pages("even", "Agreed", "<w:evenAndOddHeaders/>", "footer"),
        pages("even", "Not agreed", "<w:evenAndOddHeaders/>", "footer"),
    ),
    "head of the first page of a section": (pages("first", "Agreed"), pages("first", "Not agreed")),
    "list, its text": (listed(level(text="Article %1")), listed(level(text="Rule %1"))),
    "list, its form": (listed(level("decimal")), listed(level("lowerLetter"))),
    "list, its start": (listed(level()), listed(level(), override=start(4))),
    "list, its bullet": (listed(level("bullet", "✓")), listed(level("bullet", "✗"))),
    "list, an inner level": (
        listed(level(), level(text="%1.%2", at=1)),
        listed(level(), level("upperRoman", "%2)", at=1)),
    ),
    "list, of headings": (by_heading("%1."), by_heading("Part %1")),
    "column": (Side(table(row("Granted?", "X", ""))), Side(table(row("Granted?", "", "X")))),
    "row": (Side(table(row("a", "X"), row("", ""))), Side(table(row("a", ""), row("", "X")))),
    "column by an empty grid": (
        Side(table(row("X"), row("a", "b"))),
        Side(table(row("X", about='<w:gridBefore w:val="1"/>'), row("a", "b"))),
    ),
    "check box": (ticked(0), ticked(1)),
    "check box, by its default": (ticked(0, "default"), ticked(1, "default")),
    "choice": (chosen(0), chosen(1)),
    "chart, its title": (chart("granted", 1), chart("refused", 1)),
    "chart, its values": (chart("costs", 1), chart("costs", 2)),
    "watermark": (headed(p(r(art("DRAFT")))), headed(p(r(art("FINAL"))))),
    "word art in the text": (Side(p(r(art("DRAFT")))), Side(p(r(art("FINAL"))))),
    "drawn text": (drawn("granted"), drawn("refused")),
    "picture of old": (picture("<a/>", VML), picture("<b/>", VML)),
    "picture": (picture("<a/>", DML), picture("<b/>", DML)),
    "picture in a box": (
        Side(box(p(r(VML))), {"image1.png": ("image", "<a/>")}),
        Side(box(p(r(VML))), {"image1.png": ("image", "<b/>")}),
    ),
    "fallback": (
        Side(p(r(CHOICE.format("<zz:new/>", "<w:t>granted</w:t>")))),
        Side(p(r(CHOICE.format("<zz:new/>", "<w:t>refused</w:t>")))),
    ),
    "fallback around a paragraph": (
        Side(CHOICE.format("", p("granted"))),
        Side(CHOICE.format("", p("refused"))),
    ),
    "sign": (
        Side(p(r('<w:sym w:font="Wingdings" w:char="F0FC"/>'))),
        Side(p(r('<w:sym w:font="Symbol" w:char="F0FC"/>'))),
    ),
    "sign by the font of a run": (Side(p(r("ü", WINGDINGS))), Side(p(r("ü", SYMBOL)))),
    "sign of a font that is not known": (
        Side(p(r('<w:sym w:font="Wingdings 2" w:char="F050"/>'))),
        Side(p(r('<w:sym w:font="Webdings" w:char="F050"/>'))),
    ),
    "sign of a field": (
        Side(p(begin("SYMBOL 252 \\f Wingdings"), END)),
        Side(p(begin("SYMBOL 251 \\f Wingdings"), END)),
    ),
    "field without an end": (
        Side(p(begin("PAGE"), MIDDLE, "1") + p("We have granted it.")),
        Side(p(begin("PAGE"), MIDDLE, "1") + p("We have refused it.")),
    ),
    "words in a field of page numbers": (
        Side(p(begin("PAGE"), MIDDLE, "granted", END)),
        Side(p(begin("PAGE"), MIDDLE, "refused", END)),
    ),
    "face of a button": (
        Side(p(begin("MACROBUTTON NoMacro granted"), END)),
        Side(p(begin("MACROBUTTON NoMacro refused"), END)),
    ),
    "second body": (
        Side("</w:body><w:body>" + p("granted")),
        Side("</w:body><w:body>" + p("refused")),
    ),
    "equation, its operator": (
        equation(f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr>{m("x")}</m:nary>'),
        equation(f'<m:nary><m:naryPr><m:chr m:val="∏"/></m:naryPr>{m("x")}</m:nary>'),
    ),
    "equation, a fraction": (equation(f"<m:f>{m('1', 'num')}{m('2', 'den')}</m:f>"), equation(m("12"))),
    "equation, a place": (
        equation(f"<m:sSup>{m('x')}{m('2', 'sup')}</m:sSup>"),
        equation(f"<m:sSub>{m('x')}{m('2', 'sub')}</m:sSub>"),
    ),
    "equation, its brackets": (
        equation(f"<m:d>{m('x')}</m:d>"),
        equation(f'<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr>{m("x")}</m:d>'),
    ),
    "hidden row": (
        Side(table(row("Costs", "paid"), row("Fine", "unpaid"))),
        Side(
            table(
                row("Costs", "paid"),
                row(p(r("Fine", "<w:vanish/>")), p(r("unpaid", "<w:vanish/>")), about="<w:hidden/>"),
            )
        ),
    ),
    "mark of a footnote": (note_at(True, "footnotes"), note_at(False, "footnotes")),
    "mark of an endnote": (note_at(True, "endnotes"), note_at(False, "endnotes")),
    "number of drawn shapes": (Side(p("a")), Side(p("a", r("<w:pict><v:line/></w:pict>")))),
}


@dataclass
class Files:
    """Two documents, written to files."""

    folder: Path

    def compare(self, before: bytes, after: bytes) -> Difference:
        paths = self.folder / "A.docx", self.folder / "B.docx"
        for path, data in zip(paths, (before, after), strict=True):
            path.write_bytes(data)
        return compare_files(*paths)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


@pytest.mark.parametrize("kind", DIFFERENT)
def test_what_reads_differently_is_told(files: Files, kind: str) -> None:
    before, after = DIFFERENT[kind]
    assert not files.compare(before.data(), after.data()).is_same
    same = files.compare(after.data(), after.data())
    assert same.is_same, (same.words, same.formatting, same.facts)


STRICT = [
    (b"http://schemas.openxmlformats.org/wordprocessingml/2006/", b"http://purl.oclc.org/ooxml/wordprocessingml/"),
    (b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"),
    (b"http://schemas.openxmlformats.org/drawingml/2006/", b"http://purl.oclc.org/ooxml/drawingml/"),
]


@pytest.mark.parametrize("kind", ["struck on the run, footnote", "list, its start", "equation, a place", "picture"])
def test_a_strict_file_says_the_same(files: Files, kind: str) -> None:
    before, after = DIFFERENT[kind]
    members = read_members(after.data())
    for usual, strict in STRICT:
        members = {name: data.replace(usual, strict) for name, data in members.items()}
    assert files.compare(after.data(), write_members(members)).is_same
    assert not files.compare(before.data(), write_members(members)).is_same


NOISE = '<w:lang w:val="en-US"/><w:noProof/>'
LARGE, BESIDE = '<w:position w:val="-12"/><w:sz w:val="112"/>', '<w:framePr w:dropCap="{}" w:lines="3"/>'
SAME: dict[str, tuple[Side, Side]] = {
    "runs split otherwise": (Side(p("The force has improved.")), Side(p("The for", "ce has ", "improved."))),
    "marks of revision and spelling": (
        Side(p("The force")),
        Side(
            p("The ", '<w:proofErr w:type="spellStart"/>', '<w:r w:rsidR="00A1"><w:t>force</w:t></w:r>').replace(
                "<w:p>", '<w:p w:rsidR="00B2">', 1
            )
        ),
    ),
    "bookmarks, tags, controls": (
        Side(p("The force")),
        Side(
            p(
                '<w:bookmarkStart w:id="1" w:name="b"/>',
                f"<w:smartTag>{r('The ')}</w:smartTag>",
                f"<w:sdt><w:sdtContent>{r('force')}</w:sdtContent></w:sdt>",
            )
        ),
    ),
    "soft hyphens": (Side(p("comprehensive")), Side(p(r("<w:t>compre</w:t><w:softHyphen/><w:t>hen\u00adsive</w:t>")))),
    "languages of the same words": (
        Side(p("The force")),
        Side(p(r("The force", NOISE)), styles(defaults='<w:lang w:val="en-GB"/>')),
    ),
    "Welsh with and without its region": (
        Side(p(r("Yn gywir", '<w:lang w:val="cy"/>')), styles(defaults='<w:lang w:val="en-GB"/>')),
        Side(p(r("Yn gywir", '<w:lang w:val="cy-GB"/>')), styles(defaults='<w:lang w:val="en-GB"/>')),
    ),
    "other ids of lists": (
        listed(level()),
        Side(
            "".join(item(*text).replace('val="9"', 'val="31"') for text in TWO),
            {"lists.xml": ("numbering", lists(level())["numbering.xml"][1].replace('"9"', '"31"'))},
        ),
    ),
    "a bullet of another font": (
        listed(level("bullet", "•")),
        listed(level("bullet", "\uf0b7", more="<w:rPr><w:rFonts w:ascii='Symbol'/></w:rPr>")),
    ),
    "a switch said to be off": (Side(p("not")), Side(p(r("not", '<w:vanish w:val="0"/><w:strike w:val="false"/>')))),
    "a field of page numbers": (
        Side(p("Page ", begin("PAGE"), MIDDLE, "1", END)),
        Side(p("Page ", begin("PAGE"), MIDDLE, "12", END)),
    ),
    "a large letter at the beginning": (
        Side(p("The force has improved.")),
        Side(p(r("T", LARGE), about=BESIDE.format("drop")) + p("he force has improved.")),
    ),
    "a large letter in the margin": (
        Side(p("The force has improved.")),
        Side(p(r("T", LARGE), about=BESIDE.format("margin")) + p("he force has improved.")),
    ),
    "paragraphs and a table inside a paragraph": (
        Side(p("We ask that you") + p("act") + table(row("Costs", "paid")) + p("now")),
        Side(
            p(
                "We ask that you",
                f"<w:sdt><w:sdtContent>{p('act')}{table(row('Costs', 'paid'))}</w:sdtContent></w:sdt>",
                r(p("now")),
            )
        ),
    ),
    "a choice that can be shown": (
        Side(p("granted")),
        Side(p(r(CHOICE.format("<w:t>granted</w:t>", "<w:t>refused</w:t>").replace('"zz"', '"v"')))),
    ),
}


@pytest.mark.parametrize("kind", SAME)
def test_what_reads_the_same_is_no_change(files: Files, kind: str) -> None:
    before, after = SAME[kind]
    found = files.compare(before.data(), after.data())
    assert found.is_same, (found.words, found.formatting, found.facts)
    assert not found.not_compared


def test_what_only_a_word_file_can_tell_is_named_against_a_text(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(Side(p(r("not", "<w:strike/>"), r("at all", "<w:vanish/>"))).data())
    (tmp_path / "a.txt").write_text("Dear Inspector\n\nnot\n\nYours sincerely\n", "utf-8")
    found = compare_files(tmp_path / "a.docx", tmp_path / "a.txt")
    assert found.is_same
    assert found.verdict == (
        "no change in the words; not compared: 1 stretch of hidden words, 1 stretch of words struck out"
    )


def test_numbers_of_lists_and_places_in_tables_are_named_against_a_text(tmp_path: Path) -> None:
    side = listed(level(), texts=[("to plan", 0)])
    body = side.body + table(row("Granted?", "X", ""), row("a", "b", "c")) + p(r("<w:t>re</w:t><w:noBreakHyphen/>"))
    (tmp_path / "a.docx").write_bytes(Side(body, side.parts).data())
    words = ("Dear Inspector", "to plan", "Granted?", "X", "a", "b", "c", "re-", "Yours sincerely")
    (tmp_path / "a.txt").write_text("\n\n".join(words), "utf-8")
    found = compare_files(tmp_path / "a.docx", tmp_path / "a.txt")
    assert found.is_same, found.words
    assert found.not_compared == {"list number": 1, "table with empty cells": 1}


def test_words_that_are_all_outside_the_text_are_compared(files: Files) -> None:
    def of(text: str) -> bytes:
        members = read_members(headed(p(text)).data())
        body = re.sub(rb"<w:p>.*?</w:p>", b"", members["word/document.xml"])
        return write_members(
            {
                **members,
                "word/document.xml": body.replace(b"headerR", b"footerR"),
                "word/_rels/document.xml.rels": members["word/_rels/document.xml.rels"].replace(
                    b'/header"', b'/footer"'
                ),
            }
        )

    assert not files.compare(of("Agreed"), of("Not agreed")).is_same


def test_a_file_without_words_is_refused_with_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "picture.docx"
    members = read_members(picture("<a/>", VML).data())
    members["word/document.xml"] = re.sub(rb"<w:t.*?</w:t>", b"", members["word/document.xml"])
    path.write_bytes(write_members(members))
    with pytest.raises(UnreadableFile, match="it has no text; what it holds is 1 picture"):
        content_of_file(path)
