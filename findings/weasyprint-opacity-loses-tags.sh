#!/usr/bin/env bash
# With opacity, WeasyPrint puts tagged words where their tag does not look for them.
#
# Seen with WeasyPrint 70.0 (needs Pango) and PDFium (pypdfium2 5.15.2). What has an opacity below 1 is painted in a form
# XObject. Its marked content is numbered with that of the page, and the tag refers to a number (MCID) of the page, without
# the /Stm that would name the XObject (ISO 32000-1, 14.7.4.2). So the page has the paragraph "One" as marked content 0, a
# form, and no marked content 1, which the tag of "Two" refers to. The words are on paper and in the text layer; by the
# tags, they are nowhere. page type 1 is text, 5 a form; -1 means no marked content.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0 pydyf==0.13.0 pypdfium2==5.15.2
"$folder/venv/bin/python" - > "$folder/seen" <<'PYTHON'
import pypdfium2
import pypdfium2.raw as pdfium
import weasyprint

for style in ("", "opacity: 0.9"):
    page = f'<html lang="en"><title>Opacity</title><p>One</p><p style="{style}">Two</p></html>'
    pdf = weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1", uncompressed_pdf=True)
    document = pypdfium2.PdfDocument(pdf)
    loaded = pdfium.FPDF_LoadPage(document.raw, 0)
    objects = [pdfium.FPDFPage_GetObject(loaded, index) for index in range(pdfium.FPDFPage_CountObjects(loaded))]
    seen = [(pdfium.FPDFPageObj_GetType(item), pdfium.FPDFPageObj_GetMarkedContentID(item)) for item in objects]
    print(f"{style or 'no opacity'}: objects {seen}, {pdf.count(b'/Stm')} /Stm")
PYTHON
cat "$folder/seen"
diff - "$folder/seen" <<'SEEN'
no opacity: objects [(1, 0), (1, 1)], 0 /Stm
opacity: 0.9: objects [(1, 0), (5, -1)], 0 /Stm
SEEN
