"""What WeasyPrint leaves undone in a PDF: the mark of PDF/UA, the tags of the letter, artifacts, the text area."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import pydyf

from letters.render.pdf_tags import Tree, Writer, area, object_of
from letters.render.weasyprint_inside import Page, make_artifacts

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


def finish(pdf: pydyf.PDF, root: Any, pages: Sequence[Page], padding: int) -> None:
    """Complete `pdf` just before it is written. `root`: the HTML element of all; `pages`: its pages as painted.

    `padding` adds so many line ends to each page and so many empty objects, which change nothing but the bytes.
    """
    _claim_ua(pdf)
    writer = Writer(pdf, pages)
    untagged = writer.write(Tree(root, pages))
    for number, (page, reference) in enumerate(zip(pages, pdf.page_references, strict=True)):
        entry = object_of(pdf, reference)
        # The page without its margins: the bound for the words of the letter, by which they are read back.
        entry["ArtBox"] = area(page, page.box)
        _drop_annotations(pdf, entry, writer.annotations)
        content = object_of(pdf, entry["Contents"])
        content.stream += [b""] * padding
        # What margin boxes hold, and repeated heads of tables: WeasyPrint tags them as words.
        make_artifacts(content, untagged[number])
    for _ in range(padding):
        pdf.add_object(pydyf.Dictionary())


def _claim_ua(pdf: pydyf.PDF) -> None:
    """Say PDF/UA-1 in the one RDF of the metadata, which must stay uncompressed to be found by any reader."""
    metadata = object_of(pdf, pdf.catalog["Metadata"])
    before, end, after = b"".join(metadata.stream).rpartition(b"</rdf:RDF>")
    metadata.stream = [before + _UA + end + after]
    metadata.compress = False


def _drop_annotations(pdf: pydyf.PDF, page: Any, kept: Collection[bytes]) -> None:
    """Leave out the links in the repeated head of a table: PDF/UA has none outside the tags."""
    annotations = page.pop("Annots", ())
    for reference in annotations:
        if reference not in kept:
            object_of(pdf, reference).clear()
    if still := [reference for reference in annotations if reference in kept]:
        page["Annots"] = pydyf.Array(still)
