"""Of a letterhead's `styles.docx` a letter takes over styles and page; nobody, no macro, no word comes along."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from conftest import Workspace
from letters.batch.formats import FORMATS
from letters.machine.archive import read_members, write_members
from letters.readback import faults
from letters.render.docx import render
from letters.workspace.looks.word import NotTaken, take_over
from support.docx_samples import RICH, house_style, made

STYLES = "templates/letterheads/hmicfrs/styles.docx"
OURS = read_members(house_style("hmicfrs").styles)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def with_parts(changed: Mapping[str, str]) -> bytes:
    return write_members({**OURS, **{name: text.encode() for name, text in changed.items()}})


def edited(part: str, old: str, new: str) -> bytes:
    text = OURS[part].decode()
    assert old in text
    return with_parts({part: text.replace(old, new, 1)})


def restyled(style: str, run: str = "", paragraph: str = "") -> bytes:
    """Our styles with settings added to one of them."""
    text = OURS["word/styles.xml"].decode()
    start = text.index(f'w:styleId="{style}"')
    end = text.index("</w:style>", start)
    said = text[start:end].replace("<w:rPr>", f"<w:rPr>{run}", 1).replace("<w:pPr>", f"<w:pPr>{paragraph}", 1)
    return with_parts({"word/styles.xml": text[:start] + said + text[end:]})


def told(styles: bytes) -> list[str]:
    return [f"{fault.owner} {fault.found}" for fault in take_over(styles).faults]


@pytest.mark.parametrize("name", ["hmicfrs", "pcc-south-wales"])
def test_our_own_styles_are_sound_and_taken_over_whole(name: str) -> None:
    styles = house_style(name).styles
    taken = take_over(styles)
    assert taken.faults == ()
    before, after = (read_members(data)["word/styles.xml"].decode() for data in (styles, taken.package))
    assert re.findall(r'<w:name w:val="[^"]+"', after) == [
        name for name in re.findall(r'<w:name w:val="[^"]+"', before) if "No List" not in name
    ]
    for setting in (
        "w:sz ",
        "w:spacing ",
        "w:ind ",
        "w:jc ",
        "w:keepNext",
        "w:tab ",
        "w:numId ",
        "w:b/",
        "w:outlineLvl ",
    ):
        assert after.count(f"<{setting}") == before.count(f"<{setting}"), setting


# What else a file of Word holds

SECRET = "SECRET-of-somebody"
EXTRA = {
    "word/comments.xml": f"<w:comments xmlns:w='x'><w:comment w:author='{SECRET}'/></w:comments>",
    "word/footnotes.xml": f"<x>{SECRET}</x>",
    "word/people.xml": f"<x>{SECRET}</x>",
    "word/vbaProject.bin": SECRET,
    "word/embeddings/oleObject1.bin": SECRET,
    "word/media/image1.png": SECRET,
    "word/glossary/document.xml": f"<x>{SECRET}</x>",
    "word/webSettings.xml": f"<x>{SECRET}</x>",
    "word/stylesWithEffects.xml": f"<x>{SECRET}</x>",
    "customXml/item1.xml": f"<x>{SECRET}</x>",
    "docProps/app.xml": f"<x>{SECRET}</x>",
    "docProps/custom.xml": f"<x>{SECRET}</x>",
    "docMetadata/LabelInfo.xml": f"<x>{SECRET}</x>",
}
RELATIONS = {
    "comments": "comments.xml",
    "footnotes": "footnotes.xml",
    "people": "people.xml",
    "vbaProject": "vbaProject.bin",
    "oleObject": "embeddings/oleObject1.bin",
    "image": "media/image1.png",
    "glossaryDocument": "glossary/document.xml",
    "webSettings": "webSettings.xml",
    "customXml": "../customXml/item1.xml",
}
OUTSIDE = ("attachedTemplate", "frame", "subDocument", "oleObject", "image", "mailMergeSource", "hyperlink")


def loaded() -> bytes:
    """Our styles as a file in which somebody wrote, recorded, linked and merged."""
    inside = "".join(
        f'<Relationship Id="x{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(RELATIONS.items())
    )
    outside = "".join(
        f'<Relationship Id="y{number}" Type="{OFFICE}/{kind}" Target="file:///{SECRET}/{kind}" TargetMode="External"/>'
        for number, kind in enumerate(OUTSIDE)
    )
    settings = (
        f'<w:attachedTemplate r:id="y0"/><w:mailMerge><w:query w:val="{SECRET}"/></w:mailMerge><w:rsids><w:rsid '
        f'w:val="00ABCDEF"/></w:rsids><w:docVars><w:docVar w:name="v" w:val="{SECRET}"/></w:docVars><w:trackRevisions/>'
        f'<w:documentProtection w:edit="readOnly"/><w:writeProtection w:recommended="1"/><w:hdrShapeDefaults/>'
    )
    relations = "word/_rels/document.xml.rels"
    changed = {
        **EXTRA,
        relations: OURS[relations].decode().replace("</Relationships>", f"{inside}{outside}</Relationships>"),
        "word/settings.xml": OURS["word/settings.xml"]
        .decode()
        .replace("<w:zoom", f"{settings}<w:zoom", 1)
        .replace("<w:settings ", f'<w:settings xmlns:r="{OFFICE}" ', 1),
        "word/document.xml": OURS["word/document.xml"]
        .decode()
        .replace("<w:body>", f"<w:body><w:p><w:r><w:t>{SECRET}</w:t></w:r></w:p>", 1),
        "word/header.xml": OURS["word/header.xml"].decode().replace("<w:p>", f"<w:p><w:r><w:t>{SECRET}</w:t></w:r>", 1),
        "word/styles.xml": OURS["word/styles.xml"]
        .decode()
        .replace("</w:styles>", '<w:style w:type="numbering" w:styleId="Z"><w:name w:val="Z"/></w:style></w:styles>')
        .replace('<w:style w:type="paragraph"', '<w:style w:rsid="00ABCDEF" w:type="paragraph"'),
    }
    return with_parts(changed)


def test_of_what_else_is_in_the_file_nothing_is_in_a_letter() -> None:
    style = replace(house_style("hmicfrs"), styles=loaded())
    data = render(RICH, style)
    assert told(loaded()) == []
    assert faults(RICH, FORMATS["docx"].read(data)) == []
    members = read_members(data)
    assert [name for name, content in members.items() if SECRET.encode() in content] == []
    assert [name for name, content in members.items() if b"00ABCDEF" in content] == []
    assert set(members) == set(read_members(made(RICH)))
    relations = b"".join(content for name, content in members.items() if name.endswith(".rels"))
    assert set(re.findall(rb'TargetMode="External"[^>]*|Target="[a-z]+:[^"]*"', relations)) == set(
        re.findall(
            rb'TargetMode="External"[^>]*|Target="[a-z]+:[^"]*"',
            b"".join(content for name, content in read_members(made(RICH)).items() if name.endswith(".rels")),
        )
    )


def test_a_document_type_is_refused() -> None:
    text = OURS["word/styles.xml"].decode()
    declared = text.replace("?>", '?><!DOCTYPE x [<!ENTITY a "b">]>', 1)
    with pytest.raises(NotTaken, match="declares a document type"):
        take_over(with_parts({"word/styles.xml": declared}))


# What would hide or change words

HARMFUL_RUNS = {
    "<w:vanish/>": "hides its words",
    '<w:vanish w:val="1"/>': "hides its words",
    "<w:webHidden/>": "hides its words in some views",
    "<w:specVanish/>": "hides its words",
    "<w:strike/>": "strikes its words out",
    "<w:dstrike/>": "strikes its words out",
    "<w:caps/>": "shows its words in capitals",
    "<w:smallCaps/>": "shows its words in small capitals",
    "<w:emboss/>": "shows its words nearly in the colour of the paper",
    '<w:effect w:val="blinkBackground"/>': "moves or blinks its words",
    '<w:highlight w:val="black"/>': "has a highlighter over its words",
    '<w:color w:val="FFFFFF"/>': "has words in #ffffff on #ffffff, which cannot be read",
    '<w:color w:val="EEEEEE"/>': "has words in #eeeeee on #ffffff, which cannot be read",
    '<w:sz w:val="2"/>': "has '2' as its type size, which no letter can have",
    '<w:sz w:val="-4"/>': "has '-4' as its type size, which no letter can have",
    '<w:sz w:val="NaN"/>': "has 'NaN' as its type size, which no letter can have",
    '<w:sz w:val="99999999999999999999"/>': "as its type size, which no letter can have",
    '<w:w w:val="1"/>': "has '1' as its width of letters, which no letter can have",
    '<w:spacing w:val="-200"/>': "has '-200' as its spacing, which no letter can have",
    '<w:position w:val="900"/>': "has '900' as its raising or lowering of words",
    '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>': "has the typeface 'Wingdings'",
    '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="FFFFFF"/>': "has words in #ffffff on #ffffff",
}
HARMFUL_PARAGRAPHS = {
    '<w:numPr><w:numId w:val="2"/></w:numPr>': "puts numbers or bullets before its words",
    '<w:framePr w:w="20" w:hSpace="9" w:x="20000"/>': "puts its words into a frame",
    "<w:bidi/>": "sets its words from right to left",
    '<w:ind w:left="-9000"/>': "has '-9000' as its indent left, which no letter can have",
    '<w:ind w:left="1e9"/>': "has '1e9' as its indent left, which no letter can have",
    '<w:ind w:left="5000" w:right="5000"/>': "leaves no room for its words between its indents",
    '<w:spacing w:line="20" w:lineRule="exact"/>': "has lines so low that its words are cut off",
}


@pytest.mark.parametrize("style", ["BodyText", "Normal", "StageMark", "SenderOffice"])
@pytest.mark.parametrize("setting", HARMFUL_RUNS)
def test_a_style_that_hides_or_changes_words_is_found(style: str, setting: str) -> None:
    found = told(restyled(style, run=setting))
    assert any(HARMFUL_RUNS[setting] in one for one in found), found


@pytest.mark.parametrize("setting", HARMFUL_PARAGRAPHS)
def test_a_style_that_puts_words_elsewhere_is_found(setting: str) -> None:
    styles = OURS["word/styles.xml"].decode()
    salutation = re.search(r'(w:styleId="Salutation">.*?)<w:pPr>.*?</w:pPr>', styles, re.DOTALL)
    assert salutation
    changed = styles.replace(salutation[0], f"{salutation[1]}<w:pPr>{setting}</w:pPr>")
    found = told(with_parts({"word/styles.xml": changed}))
    assert any(one.startswith("Salutation ") and HARMFUL_PARAGRAPHS[setting] in one for one in found), found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('w:lvlText w:val="•"', 'w:lvlText w:val="Not true: "'),
        ('w:lvlText w:val="%1."', 'w:lvlText w:val="Draft %1."'),
        ('w:numFmt w:val="decimal"', 'w:numFmt w:val="ordinalText"'),
        ('w:start w:val="1"', 'w:start w:val="-1"'),
        ("<w:lvlJc", '<w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:lvlJc'),
    ],
)
def test_words_in_the_markers_of_lists_are_found(old: str, new: str) -> None:
    assert any(one.startswith("the numbering of lists ") for one in told(edited("word/numbering.xml", old, new)))


@pytest.mark.parametrize(("old", "new"), [('w:w="11906"', 'w:w="-5"'), ('w:left="1417"', 'w:left="9999999"')])
def test_a_page_that_no_letter_can_have_is_found(old: str, new: str) -> None:
    assert any(one.startswith("the page setup ") for one in told(edited("word/document.xml", old, new)))


def test_settings_that_are_switched_off_and_styles_that_no_letter_has_are_no_problem() -> None:
    assert told(restyled("BodyText", run='<w:caps w:val="0"/><w:vanish w:val="false"/>')) == []
    named = '<w:style w:type="paragraph" w:styleId="Zed"><w:name w:val="z-Top of Form"/>'
    other = f"{named}<w:rPr><w:vanish/></w:rPr></w:style>"
    styles = edited("word/styles.xml", "</w:styles>", f"{other}</w:styles>")
    assert told(styles) == []
    assert b"vanish" not in read_members(take_over(styles).package)["word/styles.xml"]


def test_white_words_on_a_dark_ground_are_as_a_designer_wants_them() -> None:
    run = '<w:color w:val="FFFFFF"/>'
    assert told(restyled("Masthead", run=run, paragraph='<w:shd w:val="clear" w:fill="1D3C6E"/>')) == []


def test_a_problem_names_the_file_and_the_style(small: Workspace) -> None:
    small.path(STYLES).write_bytes(restyled("BodyText", run="<w:webHidden/>"))
    ran = small.letters("check", "kent")
    assert ran.status == 1
    assert f"{STYLES}: 'Body Text' hides its words in some views [E523]" in ran.err
    assert "hint: in Word, open the style (Modify Style, Format) and take that out (webHidden)" in ran.err
