"""Files that do harm, or cannot be read: PDFs and Word documents made byte by byte, for tests of their readers."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from letters.machine.archive import write_members

MEGABYTE = 2**20


def pdf(*streams: bytes, filters: str = "", trailer: str = "") -> bytes:
    """A PDF with a page for each content stream, which is stored as it is."""
    pages = range(4, 4 + 2 * len(streams), 2)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{' '.join(f'{page} 0 R' for page in pages)}]/Count {len(streams)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for page, stream in zip(pages, streams, strict=True):
        resources = "/Resources<</Font<</F 3 0 R>>>>"
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{resources}/Contents {page + 1} 0 R>>".encode())
        objects.append(f"<</Length {len(stream)}{filters}>>stream\n".encode() + stream + b"\nendstream")
    return _with_table(objects, trailer)


def _with_table(objects: Sequence[bytes], trailer: str) -> bytes:
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj" % number + content + b"endobj\n"
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    end = f"trailer<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + table + end.encode()


def lines(*texts: str, left: float = 72, top: float = 740, pitch: float = 15, size: float = 12) -> bytes:
    """A content stream that shows lines of text below one another."""
    shown = (
        f"BT /F {size} Tf {left} {top - number * pitch} Td ({text.replace('(', chr(92) + '(')}) Tj ET"
        for number, text in enumerate(texts)
    )
    return "".join(f"{line}\n" for line in shown).encode()


def protected_pdf() -> bytes:
    """A PDF that opens with a password only."""
    secrets = "/Filter/Standard/V 1/R 2/P -4/O<{}>/U<{}>".format("41" * 32, "42" * 32)
    return pdf(lines("secret"), trailer=f"/Encrypt<<{secrets}>>/ID[<00><00>]")


def swelling(megabytes: int, unit: bytes = b" ") -> bytes:
    """A stream compressed by the method of zip and PDF that is a thousand times as long once inflated."""
    packer = zlib.compressobj(9)
    data = unit * (MEGABYTE // len(unit))
    first = packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + again * (megabytes - 1) + b"\x03\x00"


_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def docx(body: str, *, before: str = "", code: str = "utf-8", parts: dict[str, tuple[str, str]] | None = None) -> bytes:
    """A Word document with this in its body. `parts`: more members, as (kind of relationship, content), by name."""
    parts = parts or {}
    related = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{content if kind == "hyperlink" else name}"/>'
        for number, (name, (kind, content)) in enumerate(parts.items())
    )
    main = f'<Relationship Id="m" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    members = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}">{main}</Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{related}</Relationships>',
        **{
            f"word/{name}": content.replace("<w:root", f"<w:root {_WORD}")
            for name, (kind, content) in parts.items()
            if kind != "hyperlink"
        },
    }
    written = f"{before}<w:document {_WORD}><w:body>{body}</w:body></w:document>".encode(code)
    return write_members({**{name: text.encode() for name, text in members.items()}, "word/document.xml": written})


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of a Word document."""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def laughing(levels: int = 9) -> str:
    """Entities of which each is ten of the one before."""
    entities = ['<!ENTITY l0 "ha">']
    entities += [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, levels + 1)]
    return f"<!DOCTYPE d [{''.join(entities)}]>"
