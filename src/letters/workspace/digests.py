"""What tells one state of the files of a workspace from another."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from letters.workspace.source import RECIPIENT, Source, Unreadable


def is_template(path: str) -> bool:
    """Whether a file is one of those that decide, whoever gets a letter, what letters can say and how they look."""
    return path.startswith("templates/") or path == RECIPIENT


def templates_digest(source: Source) -> str:
    """A digest of all those files, by their paths."""
    return digest_of(f"{path}\0{content_digest(source, path)}" for path in source if is_template(path))


def content_digest(source: Source, path: str) -> str:
    """A digest of what is in a file, or why it cannot be read."""
    try:
        return sha256(source[path]).hexdigest()
    except Unreadable as error:
        return f"unreadable: {error}"


def digest_of(texts: Iterable[str]) -> str:
    """A digest of some texts in order."""
    # A file's name need not be Unicode; Python then holds its bytes as surrogates.
    return sha256("\n".join(texts).encode("utf-8", "surrogateescape")).hexdigest()
