#!/usr/bin/env bash
# WeasyPrint makes two link annotations of one link that has emphasis in it, and tags one of them.
#
# Seen with WeasyPrint 70.0 (needs Pango). A link in one line gets one annotation and one Link tag. With <strong> around
# one of its words there are two annotations on the same place, and still one Link tag: the second one is in the tag tree
# nowhere, which PDF/UA-1 (7.18.5) does not allow, and a screen reader may list it by itself.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0 pydyf==0.13.0
"$folder/venv/bin/python" - > "$folder/seen" <<'PYTHON'
import weasyprint

for words in ("the whole report", "the <strong>whole</strong> report"):
    page = f'<html lang="en"><title>Link</title><p>See <a href="https://example.org/r">{words}</a> now.</p></html>'
    pdf = weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1", uncompressed_pdf=True)
    print(f"{words}: {pdf.count(b'/Subtype /Link')} annotations, {pdf.count(b'/S /Link')} Link tags")
PYTHON
cat "$folder/seen"
diff - "$folder/seen" <<'SEEN'
the whole report: 1 annotations, 1 Link tags
the <strong>whole</strong> report: 2 annotations, 1 Link tags
SEEN
