"""The letters made by hand as DOCX, in the house styles of this repository, and DOCX files with planted changes."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from letters.letter import HouseStyle, Letter
from letters.machine.archive import read_members, write_members
from letters.render.docx import render
from support.letters_by_hand import TEMPLATES, every
from support.letters_by_hand import house_style as pictured


def with_known_parts(letter: Letter) -> Letter:
    """`letter` without the part that no letterhead has a style for."""
    return replace(letter, parts=tuple(part for part in letter.parts if part.name != "a-part-unknown"))


SAMPLES = {name: with_known_parts(letter) for name, letter in every().items()}
REAL = SAMPLES["south-wales"]
RICH = SAMPLES["rich"]
each_sample = pytest.mark.parametrize("letter", SAMPLES.values(), ids=SAMPLES)


@cache
def house_style(name: str) -> HouseStyle:
    """The house style of a letterhead of this repository."""
    return replace(pictured(name), styles=(TEMPLATES / "letterheads" / name / "styles.docx").read_bytes())


def made(letter: Letter) -> bytes:
    """`letter` in the style of its own letterhead."""
    return render(letter, house_style(letter.letterhead))


def member(data: bytes, name: str) -> str:
    """The text of one member of a DOCX."""
    return read_members(data)[name].decode()


def stories(data: bytes) -> dict[str, str]:
    """The text, the headers and the footers, by name of the member."""
    return {
        name: content.decode()
        for name, content in read_members(data).items()
        if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name)
    }


def planted(data: bytes, name: str, pattern: str, replacement: str) -> bytes:
    """`data` with the first match of `pattern` in one member replaced; there must be one."""
    members = read_members(data)
    changed, count = re.subn(pattern, replacement, members[name].decode(), count=1, flags=re.DOTALL)
    assert count, f"{name} has no {pattern}"
    return write_members({**members, name: changed.encode()})


def violations(data: bytes, folder: Path) -> list[str]:
    """Whatever the validator has against a DOCX."""
    path = folder / "letter.docx"
    path.write_bytes(data)
    return [error.description for error in OpenXmlValidator().validate(path).errors]
