"""The members of a zip file: read within bounds, and written so that the same members are always the same bytes."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

#: More than this is never inflated: a letter is some 20 KB, its pictures included some 200 KB.
LIMIT = 50 * 1024 * 1024
#: No document has more parts than this; the inputs of a workspace may be many more files.
MOST_MEMBERS = 1000
MOST_INPUTS = 100_000
FIRST = "[Content_Types].xml"

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    IndexError,
    OverflowError,
)


class NotAnArchive(ValueError):
    """The bytes are not a zip file that can be read whole and within bounds."""


def read_members(data: bytes, most: int = MOST_MEMBERS) -> dict[str, bytes]:
    """Every member by name. Raises NotAnArchive for a broken or encrypted file, a repeated name, more than `most`
    members or more than LIMIT bytes."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _inflate(archive, most)
    except NotAnArchive:
        raise
    except _BROKEN as error:
        raise NotAnArchive(f"not a readable zip file: {error}") from error


def _inflate(archive: zipfile.ZipFile, most: int) -> dict[str, bytes]:
    members: dict[str, bytes] = {}
    left = LIMIT
    if len(archive.infolist()) > most:
        raise NotAnArchive(f"more than {most} members")
    for info in archive.infolist():
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotAnArchive(f"{info.filename!r} is compressed in an unknown way")
        if info.filename in members:
            raise NotAnArchive(f"{info.filename!r} is there twice")
        content = _inflate_member(archive, info, left)
        left -= len(content)
        members[info.filename] = content
    return members


def _inflate_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    # What the header says about the size may be a lie; a bounded read inflates no more than it was asked for.
    if info.file_size > limit:
        raise NotAnArchive(f"more than {LIMIT} bytes")
    with archive.open(info) as member:
        content = member.read(info.file_size) + member.read(1)
    if len(content) != info.file_size:
        raise NotAnArchive(f"{info.filename!r} is cut short")
    return content


def write_members(members: Mapping[str, bytes]) -> bytes:
    """A zip file of `members`: content types first, then by name; no clock, no trace of the machine."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(members, key=lambda name: (name != FIRST, name)):
            archive.writestr(_entry(name), members[name])
    return buffer.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    return entry
