"""What kind of file some bytes are, by what they hold, not by a name."""

from __future__ import annotations

from enum import StrEnum

from letters.review.files.apart import UnreadableFile


class Form(StrEnum):
    """A form in which a letter can be read."""

    PDF = "PDF"
    DOCX = "Word document"
    HTML = "web page"
    TEXT = "text"
    COMPOSED = "composed letter"


TAKEN = "Letters can be compared as PDF, Word document (.docx), text, and the .html and .json that letters makes"

_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")
_BYTE_ORDERS = (b"\xff\xfe", b"\xfe\xff")


def form_of(data: bytes) -> Form:
    """The form of a file. Raises UnreadableFile where it is none in which a letter can be read."""
    start = data[:1024]
    if b"%PDF-" in start:
        return Form.PDF
    if start.startswith(_OLE):
        raise UnreadableFile(_ole(data))
    if start.startswith(_ZIP):
        return _zip(data)
    if start.startswith(b"{\\rtf"):
        raise UnreadableFile("it is a file of rich text (.rtf). Open it in Word, save it as .docx, and compare that")
    if start.startswith(_PICTURES):
        raise UnreadableFile(f"it is a picture, and has no text. {TAKEN}")
    if b"\x00" in data and not start.startswith(_BYTE_ORDERS):
        raise UnreadableFile(f"it is of a kind that cannot be read. {TAKEN}")
    return _text(start.lstrip(b"\xef\xbb\xbf \t\r\n"), data)


def _ole(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return (
            "it is a document of Word or Office that is protected with a password. Open it there, take the password "
            "out (File, Info, Protect Document), save it, and compare that"
        )
    return "it is a document of an old kind (.doc). Open it in Word, save it as .docx, and compare that"


def _zip(data: bytes) -> Form:
    if b"application/vnd.oasis.opendocument" in data[:200]:
        raise UnreadableFile("it is an OpenDocument file (.odt). Save it as .docx, and compare that")
    if data[:4] != b"PK\x03\x04":
        raise UnreadableFile(f"it is an archive of files (.zip) with nothing in it. {TAKEN}")
    return Form.DOCX


def _text(start: bytes, data: bytes) -> Form:
    lowered = start[:200].lower()
    if lowered.startswith((b"<!doctype html", b"<html")):
        if b'<main class="letter">' not in data:
            raise UnreadableFile(f"it is a web page that letters did not make. {TAKEN}")
        return Form.HTML
    if start.startswith(b"{"):
        return Form.COMPOSED
    return Form.TEXT
