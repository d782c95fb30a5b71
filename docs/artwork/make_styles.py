"""Make the `styles.docx` of each letterhead: page setup, styles and numbering, and a line set in each style.

Run `python docs/artwork/make_styles.py` in the repository root; the same bytes come out each time. Staff may as well
open a `styles.docx` in Word, change the styles and save it: the tool goes by the names of the styles alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from letters.machine.archive import write_members

LETTERHEADS = Path(__file__).parents[2] / "templates" / "letterheads"
#: That of a workspace made by `letters init --empty`.
PLAIN = Path(__file__).parents[2] / "src/letters/samples/empty/templates/letterheads/plain"

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WML_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
FONTS = '<w:rFonts w:ascii="Arial" w:eastAsia="Arial" w:hAnsi="Arial" w:cs="Arial"/>'


def mm(length: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(length * 1440 / 25.4)


def pt(length: float) -> int:
    """Points in twentieths of a point."""
    return round(length * 20)


TEXT_WIDTH = mm(160)
INDENT = mm(10)
HANG = mm(7)
LINE = '<w:spacing w:before="{}" w:after="{}" w:line="{}" w:lineRule="atLeast"/>'
RULE = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="8" w:color="auto"/></w:pBdr>'


@dataclass(frozen=True)
class Style:
    """A paragraph style: its name in Word, what it is for, its measures in points, and its marks.

    `tight`: no space between neighbours of the same style, so that the lines of a part stay together.
    `keep`: with the next paragraph on one page.
    """

    name: str
    use: str
    based_on: str = "Normal"
    next: str | None = None
    before: float = 0
    after: float = 9
    line: float = 15
    size: float | None = None
    bold: bool = False
    italic: bool = False
    align: str | None = None
    tight: bool = False
    keep: bool = False
    rule: bool = False
    level: int | None = None
    sides: int = 0
    number: int | None = None
    hanging: int | None = None
    tabs: str = ""

    @property
    def id(self) -> str:
        """The id, which Word makes of the name in this way too."""
        return "".join(word[:1].upper() + word[1:] for word in self.name.split())


def styles(sender: tuple[Style, ...], *top: Style) -> tuple[Style, ...]:
    """Every paragraph style of a letterhead, whose `sender` styles, and those for what stands above, are given."""
    return (
        Style("Normal", "what all other styles start from"),
        Style("Body Text", "a paragraph of the letter"),
        Style("heading 1", "the subject", bold=True, keep=True, level=0, next="Body Text"),
        Style("heading 2", "a heading", before=3, bold=True, keep=True, level=1, next="Body Text"),
        Style("heading 3", "a lower heading", before=3, bold=True, italic=True, keep=True, level=2, next="Body Text"),
        *(
            Style(
                f"heading {n}",
                "a lower heading",
                before=3,
                bold=True,
                italic=True,
                keep=True,
                level=n - 1,
                next="Body Text",
            )
            for n in (4, 5, 6)
        ),
        Style("Quote", "a recommendation, or words of somebody else", sides=INDENT),
        Style("List Bullet", "an item of a list", after=4, number=1),
        Style("List Number", "an item of a numbered list", after=4, number=2),
        Style("List Continue", "a further paragraph of an item", after=4, hanging=HANG),
        Style("Table Heading", "the head of a column", before=3, after=3, bold=True, keep=True),
        Style("Table Text", "a cell of a table", before=3, after=3),
        Style("Figure", "a picture"),
        Style("caption", "what is said of a picture", size=10.5, line=13, tight=True),
        top[0],
        *sender,
        top[1],
        Style("Inside Address", "to whom the letter goes", after=15, tight=True),
        Style("Copied To", "to whom else it goes", after=15, tight=True),
        Style("Date", "the date", after=15, next="Salutation"),
        Style("Salutation", "the salutation", keep=True, next="heading 1"),
        Style("Closing", "the closing", before=3, after=0, keep=True, next="Signature"),
        Style("Signature", "the name, below the space for the pen", before=20 / 25.4 * 72, after=0, keep=True),
        Style("Signatory Office", "the offices of who signs", after=0, keep=True),
        Style(
            "Stage Mark", "the mark of a letter that is not final", after=7, size=11, line=13, bold=True, align="center"
        ),
        Style("header", "the top of each page", after=0),
        Style("footer", "the foot of each page", after=0, line=12, size=9, tabs="right"),
    )


INSPECTORATE = styles(
    (
        Style(
            "Sender Name", "the name of who writes", "Sender Office", "Sender Office", after=0, align="right", keep=True
        ),
        Style("Sender Office", "the offices of who writes", after=15, align="right", tight=True),
    ),
    Style("Masthead", "wordmark and strapline", size=9, line=12, after=6),
    Style("Sender Details", "address and telephone of the sender", size=9, line=12, align="right", tight=True),
)
COMMISSIONER = styles(
    (
        Style(
            "Sender Name",
            "the name of who writes",
            "Sender Office",
            "Sender Office",
            0,
            0,
            20,
            14,
            bold=True,
            rule=True,
        ),
        Style("Sender Office", "the offices of who writes", after=30, tight=True, rule=True),
    ),
    # Not in these letters; as the PDF has them where no style sheet says otherwise.
    Style("Masthead", "wordmark and strapline", after=15),
    Style("Sender Details", "address and telephone of the sender", after=15, tight=True),
)


def paragraph_style(place: int, style: Style) -> str:
    """The style as Word writes it, its properties in the order of the standard; its place in the gallery."""
    default = ' w:default="1"' if style.name == "Normal" else ""
    custom = "" if style.name in BUILT_IN else ' w:customStyle="1"'
    based_on = "" if default else f'<w:basedOn w:val="{style_id(style.based_on)}"/>'
    next_one = f'<w:next w:val="{style_id(style.next)}"/>' if style.next else ""
    return (
        f'<w:style w:type="paragraph"{default}{custom} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'{based_on}{next_one}<w:uiPriority w:val="{place}"/><w:qFormat/>'
        f"<w:pPr>{''.join(paragraph_marks(style))}</w:pPr>"
        f"<w:rPr>{''.join(run_marks(style))}</w:rPr></w:style>"
    )


def style_id(name: str) -> str:
    """The id of the style with this name."""
    return Style(name, "").id


def paragraph_marks(style: Style) -> Iterator[str]:
    """What is said of the paragraph as a whole."""
    if style.keep:
        yield "<w:keepNext/>"
    yield "<w:keepLines/>"
    if style.number:
        yield f'<w:numPr><w:numId w:val="{style.number}"/></w:numPr>'
    if style.rule:
        yield RULE
    if style.tabs:
        yield f'<w:tabs><w:tab w:val="{style.tabs}" w:pos="{TEXT_WIDTH}"/></w:tabs>'
    yield LINE.format(pt(style.before), pt(style.after), pt(style.line))
    if style.sides:
        yield f'<w:ind w:left="{style.sides}" w:right="{style.sides}"/>'
    if style.hanging:
        yield f'<w:ind w:left="{style.hanging}"/>'
    if style.tight:
        yield "<w:contextualSpacing/>"
    if style.align:
        yield f'<w:jc w:val="{style.align}"/>'
    if style.level is not None:
        yield f'<w:outlineLvl w:val="{style.level}"/>'


def run_marks(style: Style) -> Iterator[str]:
    """What is said of the letters."""
    if style.bold:
        yield "<w:b/><w:bCs/>"
    if style.italic:
        yield "<w:i/><w:iCs/>"
    if style.size:
        yield f'<w:sz w:val="{round(style.size * 2)}"/><w:szCs w:val="{round(style.size * 2)}"/>'


BUILT_IN = {
    "Normal",
    "Body Text",
    "heading 1",
    "heading 2",
    "heading 3",
    "heading 4",
    "heading 5",
    "heading 6",
    "Quote",
    "List Bullet",
    "List Number",
    "List Continue",
    "caption",
    "Date",
    "Salutation",
    "Closing",
    "Signature",
    "header",
    "footer",
}

# Of Word's own styles only those in use are shown in the gallery.
LATENT = (
    '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1" '
    'w:defQFormat="0" w:count="376"/>'
)
OTHER_STYLES = """
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>
<w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>
<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>
<w:basedOn w:val="DefaultParagraphFont"/><w:rPr><w:u w:val="single"/></w:rPr></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>
<w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>
<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>
<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>
<w:tblPr><w:tblBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tblBorders><w:tblCellMar>
<w:left w:w="0" w:type="dxa"/><w:right w:w="227" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/>
<w:semiHidden/><w:unhideWhenUsed/></w:style>
"""


def styles_xml(paragraph_styles: tuple[Style, ...]) -> str:
    """`word/styles.xml`."""
    return (
        f"{HEAD}<w:styles {WORD}><w:docDefaults><w:rPrDefault><w:rPr>{FONTS}"
        '<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        + LATENT
        + "".join(paragraph_style(place, style) for place, style in enumerate(paragraph_styles, 1))
        + OTHER_STYLES.replace("\n", "")
        + "</w:styles>"
    )


def numbering_xml() -> str:
    """`word/numbering.xml`: bullets (1) and numbers (2). Levels are as deep as in the PDF."""
    lists = (("bullet", "•", "ListBullet"), ("decimal", "%{}.", "ListNumber"))
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
        + "".join(level(depth, kind, text.format(depth + 1), style) for depth in range(9))
        + "</w:abstractNum>"
        for number, (kind, text, style) in enumerate(lists, 1)
    )
    used = "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in (1, 2))
    return f"{HEAD}<w:numbering {WORD}>{abstract}{used}</w:numbering>"


def level(depth: int, kind: str, text: str, style: str) -> str:
    """One level of a list."""
    linked = f'<w:pStyle w:val="{style}"/>' if depth == 0 else ""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{linked}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>'
        f'<w:ind w:left="{(depth + 1) * HANG}" w:hanging="{HANG}"/></w:pPr></w:lvl>'
    )


def font_table_xml() -> str:
    """`word/fontTable.xml`, which Word does without and validators do not."""
    return (
        f'{HEAD}<w:fonts {WORD}><w:font w:name="Arial"><w:panose1 w:val="020B0604020202020204"/>'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def theme_xml() -> str:
    """`word/theme/theme1.xml`, the least that validators accept: nothing refers to it, and all its fonts are Arial."""
    black, white = '<a:srgbClr val="000000"/>', '<a:srgbClr val="FFFFFF"/>'
    names = ["dk1", "lt1", "dk2", "lt2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink"]
    colours = "".join(f"<a:{name}>{white if name.startswith('lt') else black}</a:{name}>" for name in names)
    face = '<a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Letters">'
        f'<a:themeElements><a:clrScheme name="Letters">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Letters"><a:majorFont>{face}</a:majorFont>'
        f"<a:minorFont>{face}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="Letters"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{f'<a:ln>{fill}</a:ln>' * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def settings_xml() -> str:
    """`word/settings.xml`: as Word 2013 and later, so that no compatibility mode is announced."""
    office = 'w:uri="http://schemas.microsoft.com/office/word"'
    compat = {
        "compatibilityMode": 15,
        "overrideTableStyleFontSizeAndJustification": 1,
        "enableOpenTypeFeatures": 1,
        "doNotFlipMirrorIndents": 1,
        "differentiateMultirowTableHeaders": 1,
    }
    lines = "".join(f'<w:compatSetting w:name="{name}" {office} w:val="{value}"/>' for name, value in compat.items())
    return (
        f'{HEAD}<w:settings {WORD}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/><w:compat>{lines}</w:compat>'
        '<w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def document_xml(paragraph_styles: tuple[Style, ...], top: float) -> str:
    """`word/document.xml`: the page setup, and a line in each style so that they can be seen and changed in Word."""
    lines = "".join(map(line_in, paragraph_styles))
    return (
        f'{HEAD}<w:document {WORD} xmlns:r="{OFFICE}"><w:body>{lines}<w:sectPr>'
        '<w:headerReference w:type="default" r:id="rIdHeader"/><w:footerReference w:type="default" r:id="rIdFooter"/>'
        f'<w:pgSz w:w="{mm(210)}" w:h="{mm(297)}"/>'
        f'<w:pgMar w:top="{mm(top)}" w:right="{mm(25)}" w:bottom="{mm(20)}" w:left="{mm(25)}" '
        f'w:header="{mm(15)}" w:footer="{mm(10)}" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def line_in(style: Style) -> str:
    """A line set in the style, saying what it is for."""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style.id}"/></w:pPr>'
        f"<w:r><w:t>{escape(style.name)}: {style.use}</w:t></w:r></w:p>"
    )


def edge_xml(place: str, paragraph_styles: tuple[Style, ...]) -> str:
    """`word/header.xml` or `word/footer.xml`: without one, LibreOffice forgets how far from the edge it belongs."""
    line = next(line_in(style) for style in paragraph_styles if style.name == place)
    tag = {"header": "hdr", "footer": "ftr"}[place]
    return f"{HEAD}<w:{tag} {WORD}>{line}</w:{tag}>"


def relations(*targets: tuple[str, str] | tuple[str, str, str]) -> str:
    """A relationships part of (kind, target) or (kind, target, id)."""
    lines = "".join(
        f'<Relationship Id="{key[0] if key else f"rId{number}"}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target, *key) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def content_types() -> str:
    """`[Content_Types].xml`."""
    parts = {
        "/word/document.xml": f"{WML_TYPE}.document.main+xml",
        "/word/styles.xml": f"{WML_TYPE}.styles+xml",
        "/word/numbering.xml": f"{WML_TYPE}.numbering+xml",
        "/word/settings.xml": f"{WML_TYPE}.settings+xml",
        "/word/fontTable.xml": f"{WML_TYPE}.fontTable+xml",
        "/word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "/word/header.xml": f"{WML_TYPE}.header+xml",
        "/word/footer.xml": f"{WML_TYPE}.footer+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    lines = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{lines}</Types>'
    )


def core_xml(title: str) -> str:
    """`docProps/core.xml`."""
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:language>en-GB</dc:language></cp:coreProperties>"
    )


def styles_docx(title: str, paragraph_styles: tuple[Style, ...], top: float) -> bytes:
    """The whole file; `top` is the top margin in millimetres where a page has no header."""
    texts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations(
            (f"{OFFICE}/officeDocument", "word/document.xml"),
            (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": core_xml(title),
        "word/_rels/document.xml.rels": relations(
            *((f"{OFFICE}/{kind}", f"{kind}.xml") for kind in ("styles", "numbering", "settings", "fontTable")),
            (f"{OFFICE}/theme", "theme/theme1.xml"),
            (f"{OFFICE}/header", "header.xml", "rIdHeader"),
            (f"{OFFICE}/footer", "footer.xml", "rIdFooter"),
        ),
        "word/document.xml": document_xml(paragraph_styles, top),
        "word/fontTable.xml": font_table_xml(),
        "word/header.xml": edge_xml("header", paragraph_styles),
        "word/footer.xml": edge_xml("footer", paragraph_styles),
        "word/numbering.xml": numbering_xml(),
        "word/settings.xml": settings_xml(),
        "word/styles.xml": styles_xml(paragraph_styles),
        "word/theme/theme1.xml": theme_xml(),
    }
    return write_members({name: text.encode() for name, text in texts.items()})


def main() -> None:
    """Write all files."""
    made = {
        "hmicfrs": styles_docx("Styles of the inspectorate's letters", INSPECTORATE, top=25),
        "pcc-south-wales": styles_docx("Styles of the commissioner's letters", COMMISSIONER, top=15),
    }
    for letterhead, content in made.items():
        folder = LETTERHEADS / letterhead
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "styles.docx").write_bytes(content)
    PLAIN.mkdir(parents=True, exist_ok=True)
    (PLAIN / "styles.docx").write_bytes(styles_docx("Styles of letters", INSPECTORATE, top=25))


if __name__ == "__main__":
    main()
