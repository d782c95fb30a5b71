"""One picture of a signature above two names in `templates/`: last year's, copied with its letter type."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from letters.letter.names import name_in, names_another
from letters.problems import Code, Place, Problem
from letters.workspace.model import LetterType, Signatory
from letters.workspace.source import Source, Unreadable

_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)[^)]*\)")
_OPENS, _CLOSES = re.compile(r"\s*:{3,}.*\.signature(?![\w-])"), re.compile(r"\s*:{3,}\s*$")


@dataclass(frozen=True)
class _Signed:
    """A picture above a name, and where that is said. `day`: of the letters, the latest where nobody gave one."""

    name: str
    place: Place
    day: date


def same_signatures(
    source: Source, types: Mapping[str, LetterType], signatories: Mapping[str, Signatory]
) -> Iterator[Problem]:
    """A problem for each letter type that shows a signature which stands above somebody else's name elsewhere.

    Of two letter types the later one has it; signatories among themselves are held against each other elsewhere.
    """
    found: dict[str, list[_Signed]] = defaultdict(list)
    for one in signatories.values():
        if digest := _digest(source, f"templates/{one.picture}") if one.picture else "":
            found[digest].append(_Signed(one.name, Place(one.path), date.min))
    for letter_type in types.values():
        for edition in letter_type.editions:
            for digest, signed in _in_type(source, edition):
                found[digest].append(signed)
    for same in found.values():
        first, *others = sorted(same, key=lambda one: (one.day, one.place.path))
        told: set[str] = set()
        for other in others:
            if names_another(first.name, other.name) and other.place.path not in told:
                told.add(other.place.path)
                yield _same(other, first)


def signature_pictures(source: Source, path: str) -> Iterator[tuple[Place, str, str]]:
    """Place, description and file of each picture that a template has in its part `signature`."""
    inside = False
    for number, line in enumerate(_text(source, path).splitlines(), 1):
        if _OPENS.match(line):
            inside = True
        elif _CLOSES.match(line):
            inside = False
        for match in _PICTURE.finditer(line) if inside else ():
            yield Place(path, number, match.start() + 1), match[1], match[2]


def _in_type(source: Source, letter_type: LetterType) -> Iterator[tuple[str, _Signed]]:
    signer, day = str(letter_type.signatory.get("name") or ""), letter_type.date or date.max
    for place, described, file in signature_pictures(source, letter_type.letter_path):
        name = signer or (described if name_in(described) else "")
        if name and (digest := _digest(source, f"{letter_type.folder}/{file}")):
            yield digest, _Signed(name, place, day)


def _same(one: _Signed, other: _Signed) -> Problem:
    message = (
        f"the signature above the name {one.name!r} is the same picture as that of {other.name!r} in {other.place}"
    )
    hint = f"put the signature of {one.name} there; or mend the name of who signs"
    return Problem(Code.SIGNATURE_OF_ANOTHER, message, one.place, hint)


def _digest(source: Source, path: str) -> str:
    """The digest of a picture; empty of one that is not there or cannot be read, which is told elsewhere."""
    try:
        return sha256(source[path]).hexdigest() if path in source else ""
    except Unreadable:
        return ""


def _text(source: Source, path: str) -> str:
    try:
        return source[path].decode("utf-8", "replace") if path in source else ""
    except Unreadable:
        return ""
