#!/usr/bin/env bash
# LibreOffice takes "en" in a Word file for the English of America, and saves it so.
#
# Seen with LibreOffice 7.4.7 (Debian's libreoffice-writer) on a file of python-docx 1.2.0; the PDF is read by pikepdf
# 10.18.0. The language of a style or a word (w:lang) is a tag of BCP 47, where "en" is English of any country, and what
# HTML often says. A Welsh letter, "cy" by its default style, has an English word marked "en-GB" and one marked
# "en". Saved as DOCX again with nothing changed, "cy" is "cy-GB", "en-GB" is what it was, and "en" is "en-US"; the tags
# of a PDF say the same. One would take it to be left alone, or to get the country of the letter. So British words that
# a program marks as its HTML does come home as American ones, and are spelt and read aloud as such from then on.
set -euo pipefail
if ! command -v soffice > /dev/null; then
  echo "This needs Debian's package libreoffice-writer."
  exit 77
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-docx==1.2.0 pikepdf==10.18.0
cat > "$folder/languages.py" <<'PYTHON'
import sys

import docx
import pikepdf
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

DEFAULT = "w:docDefaults/w:rPrDefault/w:rPr/w:lang"


def write(path: str) -> None:
    document = docx.Document()
    document.styles.element.xpath(DEFAULT)[0].set(qn("w:val"), "cy")
    for tag in ("en-GB", "en"):
        run = document.add_paragraph("Cymraeg, ").add_run("English")
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), tag)
        run._r.get_or_add_rPr().append(language)
    document.save(path)


def of_word(path: str) -> list[str]:
    document = docx.Document(path)
    languages = document.styles.element.xpath(f"{DEFAULT}/@w:val") + document.element.xpath("//w:r[w:t='English']/w:rPr/w:lang/@w:val")
    return [str(language) for language in languages]


def of_tags(path: str) -> list[str]:
    with pikepdf.open(path) as pdf:
        tags = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item and "/Lang" in item]
        return [str(item.Lang) for item in (pdf.Root, *tags)]


start, saved, pdf = sys.argv[1:]
if not saved:
    write(start)
else:
    for name, found in (("written", of_word(start)), ("saved", of_word(saved)), ("PDF", of_tags(pdf))):
        print(f"{name}:", *found)
PYTHON
"$folder/venv/bin/python" "$folder/languages.py" "$folder/start.docx" "" ""
convert() {
  timeout 60 soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to "$1" --outdir "$folder/out" \
    "$folder/start.docx" > "$folder/log" 2>&1
}
convert "docx:MS Word 2007 XML"
convert 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
"$folder/venv/bin/python" "$folder/languages.py" "$folder/start.docx" "$folder/out/start.docx" "$folder/out/start.pdf" > "$folder/seen"
cat "$folder/seen"
diff - "$folder/seen" <<'SEEN'
written: cy en-GB en
saved: cy-GB en-GB en-US
PDF: cy-GB en-GB en-US
SEEN
