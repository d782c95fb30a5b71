#!/usr/bin/env bash
# WeasyPrint knows the language of a part of a page, and tags none.
#
# Seen with WeasyPrint 70.0 (needs Pango); judged by page-validation 0.11.0. A page in Welsh has a heading, a paragraph,
# a word, an entry of a list and a cell in German: each has lang="de", and a quotation in each is printed with German
# marks. Tagged as PDF/UA-1, the document has /Lang (cy), and there is no other /Lang: neither at a tag, where ISO
# 32000-1 (14.9.2) has a place for it, nor at marked content. A screen reader has no way to know, and reads the English
# words of a Welsh letter as Welsh. The validator is content, as each word has a language: that of the document. Whoever
# needs the others writes them into the tags afterwards.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0 pydyf==0.13.0 pypdfium2==5.15.2 \
  page-validation==0.11.0
PYTHONIOENCODING=utf-8 "$folder/venv/bin/python" - > "$folder/seen" <<'PYTHON'
import re

import page as validation
import pypdfium2
import weasyprint

page = """<html lang="cy"><title>Iaith</title><p><q>Cymraeg</q></p><h1 lang="de"><q>Titel</q></h1><p lang="de"><q>Absatz</q></p>
<p>Un <span lang="de"><q>Wort</q></span></p>
<ul><li lang="de"><q>Eintrag</q></ul><table><tr><th scope="col">Gair<tr><td lang="de"><q>Zelle</q></table></html>"""
pdf = weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1", uncompressed_pdf=True)
words = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded()
print("printed:", *re.findall(r"[“„]\w+[“”]", words))
print("tags:", *sorted({tag.decode() for tag in re.findall(rb"/S /(H1|P|Span|LI|TD)\b", pdf)}))
print("languages:", *(language.decode() for language in re.findall(rb"/Lang ?\S([\w-]*)", pdf)))
print("PDF/UA-1:", validation.is_pdf_compliant_bytes(pdf, profile=validation.ValidationProfile.PDF_UA_1))
PYTHON
cat "$folder/seen"
diff - "$folder/seen" <<'SEEN'
printed: “Cymraeg” „Titel“ „Absatz“ „Wort“ „Eintrag“ „Zelle“
tags: H1 LI P Span TD
languages: cy
PDF/UA-1: True
SEEN
