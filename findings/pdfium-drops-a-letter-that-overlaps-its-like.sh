#!/usr/bin/env bash
# PDFium's text leaves a letter out that begins within the same letter before it.
#
# Seen with pypdfium2 5.2.0. Programs that print bold by setting a letter twice are the reason: of two equal letters that overlap, the text
# (FPDFText_GetText) has one. Two letters W of 11 pt whose beginnings are 4 pt apart, set tightly as some headings are, are two letters to
# a reader, and one to PDFium; at 10 pt apart, or with another letter in the second place, both are there. Nothing says that one is left out.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pypdfium2==5.2.0
"$folder/venv/bin/python" - > "$folder/seen" <<'PYTHON'
import pypdfium2


def document(*letters: tuple[float, str]) -> bytes:
    """One page with letters of 11 pt, each at a place of its own."""
    drawn = "\n".join(f"BT /F 11 Tf {x} 50 Td ({letter}) Tj ET" for x, letter in letters).encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data, starts = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        starts.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    return data + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (table, len(data))


for letters in (((20, "W"), (24, "W")), ((20, "W"), (30, "W")), ((20, "W"), (24, "V"))):
    page = pypdfium2.PdfDocument(document(*letters))[0]
    print(letters, "".join(page.get_textpage().get_text_bounded().split()))
PYTHON
cat "$folder/seen"
diff - "$folder/seen" <<'SEEN'
((20, 'W'), (24, 'W')) W
((20, 'W'), (30, 'W')) WW
((20, 'W'), (24, 'V')) WV
SEEN
