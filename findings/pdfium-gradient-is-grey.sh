#!/usr/bin/env bash
# PDFium says that a gradient is a plain grey, and that it knows so.
#
# Seen with PDFium as in pypdfium2 5.15.2, on a PDF of WeasyPrint 70.0 (needs Pango). FPDFPageObj_GetFillColor is documented
# to return whether it could tell. For a shape filled with a pattern (a gradient from red to blue) it returns true and the
# colour (191, 191, 191, 255); for a plain green one, green. Whoever judges from it whether words on a shape can be read
# is misled: only the drawn page tells.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0 pydyf==0.13.0 pypdfium2==5.15.2
"$folder/venv/bin/python" - > "$folder/seen" <<'PYTHON'
import ctypes

import pypdfium2
import pypdfium2.raw as pdfium
import weasyprint

page = """<html lang="en"><title>Colours</title><style>@page { size: 200px; margin: 0 } body { margin: 0 }
div { height: 50px } .gradient { background: linear-gradient(red, blue) } .plain { background: #00ff00 }</style>
<div class="gradient"></div><div class="plain"></div></html>"""
document = pypdfium2.PdfDocument(weasyprint.HTML(string=page).write_pdf())
for shape in document[0].get_objects(max_depth=1):
    colour = [ctypes.c_uint() for _ in range(4)]
    known = pdfium.FPDFPageObj_GetFillColor(shape.raw, *colour)
    print(bool(known), [part.value for part in colour])
PYTHON
cat "$folder/seen"
diff - "$folder/seen" <<'SEEN'
True [191, 191, 191, 255]
True [0, 255, 0, 255]
SEEN
