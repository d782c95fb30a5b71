"""What services and programs do to a Word file that nobody edits: SharePoint, a sensitivity label, open and save."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

from letters.machine.archive import read_members

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_DOCUMENT_RELS, _RELS, _TYPES = "word/_rels/document.xml.rels", "_rels/.rels", "[Content_Types].xml"
_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
CONTENT_TYPE_ID = "0x010100A1B2C3D4E5F60718293A4B5C6D7E8F90"
LABEL_ID = "11111111-2222-3333-4444-555555555555"
_ITEM = (
    '<?xml version="1.0" encoding="utf-8"?><p:properties '
    'xmlns:p="http://schemas.microsoft.com/office/2006/metadata/properties"><documentManagement/></p:properties>'
)
_ITEM_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
    '<ds:datastoreItem ds:itemID="{0A0B0C0D-1111-2222-3333-%012d}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs/></ds:datastoreItem>'
)
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org/'
    'officeDocument/2006/extended-properties"><Template>Normal.dotm</Template><TotalTime>1</TotalTime><Pages>2</Pages>'
    "<Application>Microsoft Office Word</Application><AppVersion>16.0000</AppVersion></Properties>"
)


def packed(members: Mapping[str, bytes]) -> bytes:
    """The members as other programs pack them: in another order, with dates, stored and deflated."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in [_TYPES, *sorted(name for name in members if name != _TYPES)[::-1]]:
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 27, 9, 30, 0)), members[name])
    return data.getvalue()


def _before(text: bytes, end: str, new: str) -> bytes:
    head, found, tail = text.decode().rpartition(end)
    assert found
    return f"{head}{new}{end}{tail}".encode()


def _with_properties(members: dict[str, bytes], properties: Mapping[str, str]) -> None:
    """Put properties beside ours, ours last, and everything written as another program writes it."""
    ours = re.findall(r'name="([^"]+)"><vt:lpwstr>([^<]*)<', members["docProps/custom.xml"].decode())
    everything = [*properties.items(), *((name, text) for name, text in ours if name not in properties)]
    listed = "".join(
        f'<property fmtid="{_SET}" pid="{number}" name="{name}"><vt:lpwstr>{text}</vt:lpwstr></property>'
        for number, (name, text) in enumerate(everything, 2)
    )
    members["docProps/custom.xml"] = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org/'
        'officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'docPropsVTypes">{listed}</Properties>'
    ).encode()


def _relate(members: dict[str, bytes], rels: str, number: str, kind: str, target: str) -> None:
    members.setdefault(rels, f'<Relationships xmlns="{_PACKAGE}"></Relationships>'.encode())
    child = f'<Relationship Target="{target}" Type="{kind}" Id="{number}"/>'
    members[rels] = _before(members[rels], "</Relationships>", child)


def _declare(members: dict[str, bytes], name: str, kind: str) -> None:
    if f'"/{name}"'.encode() not in members[_TYPES]:
        child = f'<Override ContentType="{kind}" PartName="/{name}"/>'
        members[_TYPES] = _before(members[_TYPES], "</Types>", child)


def _with_app(members: dict[str, bytes]) -> None:
    if "docProps/app.xml" not in members:
        _relate(members, _RELS, "rId99", f"{_OFFICE}/extended-properties", "docProps/app.xml")
    members["docProps/app.xml"] = _APP.encode()
    _declare(members, "docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml")


def sharepoint(data: bytes) -> bytes:
    """Uploaded to SharePoint or OneDrive: data of the library, its content type as a property, another last author."""
    members = read_members(data)
    for number in (1, 2, 3):
        item = f"customXml/item{number}.xml"
        if item in members:
            continue
        members[item] = _ITEM.encode()
        members[f"customXml/itemProps{number}.xml"] = (_ITEM_PROPERTIES % number).encode()
        _relate(members, _DOCUMENT_RELS, f"rId10{number}", f"{_OFFICE}/customXml", f"../{item}")
        rels = f"customXml/_rels/item{number}.xml.rels"
        _relate(members, rels, "rId1", f"{_OFFICE}/customXmlProps", f"itemProps{number}.xml")
        kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
        _declare(members, f"customXml/itemProps{number}.xml", kind)
    _with_properties(members, {"ContentTypeId": CONTENT_TYPE_ID, "MediaServiceImageTags": ""})
    _with_app(members)
    members["docProps/core.xml"] = re.sub(
        rb"(<cp:lastModifiedBy>)[^<]*", rb"\1SharePoint App", members["docProps/core.xml"]
    )
    return packed(members)


def labelled(data: bytes) -> bytes:
    """Given a sensitivity label: its properties lie in the very member that holds the seal."""
    members = read_members(data)
    label = f"MSIP_Label_{LABEL_ID}"
    about = {"Enabled": "true", "SetDate": "2026-11-27T09:30:00Z", "Method": "Standard", "Name": "OFFICIAL"}
    _with_properties(members, {f"{label}_{key}": text for key, text in about.items()})
    return packed(members)


def labelled_in_a_part(data: bytes) -> bytes:
    """Given a label by newer versions of Office, which have a part of its own for it."""
    members = read_members(data)
    name = "docMetadata/LabelInfo.xml"
    members[name] = (
        '<?xml version="1.0" encoding="utf-8" standalone="yes"?>'
        '<clbl:labelList xmlns:clbl="http://schemas.microsoft.com/'
        'office/2020/mipLabelMetadata">'
        f'<clbl:label id="{{{LABEL_ID}}}" enabled="1" method="Standard"/></clbl:labelList>'
    ).encode()
    kind = "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels"
    _relate(members, _RELS, "rId98", kind, name)
    _declare(members, name, "application/vnd.ms-office.classificationlabels+xml")
    return packed(members)


#: What Word adds to the settings of a document.
_SETTINGS = (
    '<w:zoom w:percent="110"/><w:proofState w:spelling="clean" w:grammar="clean"/><w:rsids>'
    '<w:rsidRoot w:val="00A77B3E"/><w:rsid w:val="00A77B3E"/><w:rsid w:val="00B10F22"/></w:rsids>'
)
_SEPARATORS = (
    '<w:{0}s xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:{0} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{0}>'
    '<w:{0} w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:{0}></w:{0}s>'
)


def saved_in_word(data: bytes) -> bytes:
    """Opened in Word and saved: rsids, runs cut where the spelling was checked, marks of pages, members of its own."""
    members = read_members(data)
    for name in [name for name in members if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name)]:
        members[name] = _as_word_writes(members[name].decode()).encode()
    document = members["word/document.xml"].decode()
    document = document.replace("<w:p ", '<w:p w14:paraId="1A2B3C4D" ', 1).replace("</w:r>", f"</w:r>{_CURSOR}", 1)
    document = document.replace("<w:document ", f"<w:document {_W14} ", 1)
    members["word/document.xml"] = document.encode()
    members["word/settings.xml"] = members["word/settings.xml"].replace(b"</w:settings>", b"")
    members["word/settings.xml"] += f"{_SETTINGS}</w:settings>".encode()
    for kind in ("footnote", "endnote"):
        members[f"word/{kind}s.xml"] = _SEPARATORS.format(kind).encode()
        _relate(members, _DOCUMENT_RELS, f"rId{kind}", f"{_OFFICE}/{kind}s", f"{kind}s.xml")
        part = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
        _declare(members, f"word/{kind}s.xml", part)
    _with_app(members)
    _with_properties(members, {})
    members["docProps/core.xml"] = re.sub(rb"(<cp:revision>)\d+", rb"\g<1>2", members["docProps/core.xml"])
    return packed(members)


_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_CURSOR = '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'


def _as_word_writes(text: str) -> str:
    text = re.sub(r"<w:p>", '<w:p w:rsidR="00A77B3E" w:rsidRDefault="00B10F22">', text)
    text = re.sub(r"<w:r>", '<w:r w:rsidRPr="00B10F22">', text)
    # A plain run of several words is cut in two, with the mark of a checked spelling between.
    return re.sub(
        r'<w:r w:rsidRPr="00B10F22"><w:t>([^<]*?\w) (\w+[^<]*)</w:t></w:r>',
        r'<w:r w:rsidRPr="00B10F22"><w:lastRenderedPageBreak/><w:t xml:space="preserve">\1 </w:t></w:r>'
        r'<w:proofErr w:type="spellStart"/><w:r w:rsidR="00A77B3E"><w:t>\2</w:t></w:r><w:proofErr w:type="spellEnd"/>',
        text,
    )


def commented(data: bytes) -> bytes:
    """With one comment on its first words, and nothing else changed."""
    members = read_members(data)
    text = members["word/document.xml"].decode()
    mark = '<w:r><w:commentReference w:id="0"/></w:r>'
    text = re.sub(r"(<w:r[ >])", r'<w:commentRangeStart w:id="0"/>\1', text, count=1)
    text = text.replace("</w:r>", f'</w:r><w:commentRangeEnd w:id="0"/>{mark}', 1)
    members["word/document.xml"] = text.encode()
    members["word/comments.xml"] = (
        b'<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="0" '
        b'w:author="Staff" w:date="2026-11-27T09:30:00Z" w:initials="S"><w:p><w:r><w:t>Is this right?</w:t></w:r></w:p>'
        b"</w:comment></w:comments>"
    )
    _relate(members, _DOCUMENT_RELS, "rIdComments", f"{_OFFICE}/comments", "comments.xml")
    _declare(
        members, "word/comments.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
    )
    return packed(members)


#: By name, and the state that each is to be found in.
STAMPS: Mapping[str, tuple[Callable[[bytes], bytes], str]] = {
    "sharepoint": (sharepoint, "stamped"),
    "label": (labelled, "stamped"),
    "label in a part": (labelled_in_a_part, "stamped"),
    "saved in Word": (saved_in_word, "saved"),
    "all of them": (lambda data: saved_in_word(labelled(sharepoint(data))), "saved"),
}
