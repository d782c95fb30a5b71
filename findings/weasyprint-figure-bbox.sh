#!/usr/bin/env bash
# WeasyPrint writes where a picture stands in the wrong unit and from the wrong corner.
#
# Seen with WeasyPrint 70.0 (needs Pango). A tagged picture needs a BBox, in default user space: points, from the lower
# left corner of the page (ISO 32000-1, 14.8.5.4.3). On a page of 400 x 400 CSS pixels (300 x 300 points), a picture of
# 100 x 50 pixels with its corner at (40, 40) gets [40 40 140 90]: CSS pixels from the top left. Right would be
# [30 232.5 105 270]. Validators look only whether there is a BBox.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0 pydyf==0.13.0 pillow==13.0.0
"$folder/venv/bin/python" - > "$folder/seen" <<'PYTHON'
import base64, io, re
import weasyprint
from PIL import Image

png = io.BytesIO()
Image.new("RGB", (100, 50), (0, 0, 200)).save(png, "PNG")
address = "data:image/png;base64," + base64.b64encode(png.getvalue()).decode()
page = (
    '<html lang="en"><title>Picture</title>'
    "<style>@page { size: 400px 400px; margin: 40px } body { margin: 0 } img { display: block }</style>"
    f'<img alt="A box" src="{address}"></html>'
)
pdf = weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1", uncompressed_pdf=True)
print(re.findall(rb"/MediaBox \[[^]]*\]", pdf)[0].decode(), re.findall(rb"/BBox \[[^]]*\]", pdf)[0].decode())
PYTHON
cat "$folder/seen"
diff - "$folder/seen" <<'SEEN'
/MediaBox [0 0 300 300] /BBox [40 40 140 90]
SEEN
