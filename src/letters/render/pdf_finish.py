"""What WeasyPrint leaves undone in a PDF: the mark of PDF/UA, artifacts, bodies of list items, languages."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import Any

import pydyf  # type: ignore[import-untyped]

#: For one page: the language of each piece of marked content that is not in the letter's own, by its number (MCID).
Languages = dict[int, str]

# PDF/A-2 allows no metadata that it does not know, unless the file describes them: ISO 19005-2, 6.6.2.3.
_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def finish(pdf: pydyf.PDF, languages: Sequence[Languages], padding: int) -> None:
    """Complete `pdf` just before it is written; `languages` has one entry a page.

    `padding` adds so many line ends to each page and so many empty objects, which change nothing but the bytes.
    """
    _claim_ua(pdf)
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    for item in [item for item in _tree(pdf, root) if item.get("S") == "/LI"]:
        _give_body(pdf, item)
    tree = {item.number for item in _tree(pdf, root)}
    parents = _object(pdf, root["ParentTree"])["Nums"]
    for number, page in enumerate(pdf.pages["Kids"][::3]):
        owners = parents[2 * number + 1]
        content = _object(pdf, pdf.objects[page]["Contents"])
        content.stream += [b""] * padding
        _mark_artifacts(content, owners, tree)
        _set_languages(pdf, owners, languages[number])
    _drop_orphans(pdf, tree)
    for _ in range(padding):
        pdf.add_object(pydyf.Dictionary())


def _give_body(pdf: pydyf.PDF, item: Any) -> None:
    """Put what a list item holds beside its label into a body: WeasyPrint does so for bare text only."""
    labels = [kid for kid in item["K"] if _object(pdf, kid)["S"] == "/Lbl"]
    rest = [kid for kid in item["K"] if kid not in labels]
    if all(_object(pdf, kid)["S"] == "/LBody" for kid in rest):
        return
    body = pydyf.Dictionary(
        {"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(rest), "Pg": item["Pg"], "P": item.reference}
    )
    pdf.add_object(body)
    for kid in rest:
        _object(pdf, kid)["P"] = body.reference
    item["K"] = pydyf.Array([*labels, body.reference])


def _claim_ua(pdf: pydyf.PDF) -> None:
    """Say PDF/UA-1 in the one RDF of the metadata, which must stay uncompressed to be found by any reader."""
    metadata = _object(pdf, pdf.catalog["Metadata"])
    before, end, after = b"".join(metadata.stream).rpartition(b"</rdf:RDF>")
    metadata.stream = [before + _UA + end + after]
    metadata.compress = False


def _tree(pdf: pydyf.PDF, node: Any) -> Iterator[Any]:
    """All objects in the tag tree at and below `node`."""
    yield node
    for kid in node.get("K", ()):
        if not isinstance(kid, int):
            yield from _tree(pdf, _object(pdf, kid))


def _mark_artifacts(content: Any, owners: Any, tree: Container[int]) -> None:
    """Make what margin boxes hold artifacts: WeasyPrint tags it, then leaves those tags out of the tree."""
    strays = {mcid for mcid, owner in enumerate(owners) if _number(owner) not in tree}
    for at, item in enumerate(content.stream):
        if isinstance(item, pydyf.Dictionary) and item.get("MCID") in strays:
            content.stream[at - 1 : at + 1] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]
    for mcid in strays:
        owners[mcid] = "null"


def _set_languages(pdf: pydyf.PDF, owners: Any, languages: Languages) -> None:
    for mcid, language in languages.items():
        if owners[mcid] != "null":
            _object(pdf, owners[mcid])["Lang"] = pydyf.String(language)


def _drop_orphans(pdf: pydyf.PDF, tree: Container[int]) -> None:
    """Empty the tags of what is an artifact now."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/StructElem" and item.number not in tree:
            item.clear()


def _object(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[_number(reference)]


def _number(reference: bytes) -> int:
    return int(reference.split()[0])
