"""The seal of a DOCX holds for the very members it was made with, and for nothing else."""

from __future__ import annotations

import struct
import time
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.machine.archive import LIMIT, NotAnArchive, read_members, write_members
from letters.render.properties import properties_of
from letters.render.seal import SEAL, is_sealed, seal
from support.counts import examples
from support.docx_samples import REAL, made

SEALED = made(REAL)
MEMBERS = read_members(SEALED)
one_member = st.sampled_from(sorted(MEMBERS))


def test_a_sealed_file_is_sealed_and_sealing_it_again_changes_nothing() -> None:
    assert is_sealed(SEALED)
    assert seal(SEALED) == SEALED


def test_packing_the_same_members_in_another_way_keeps_the_seal() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in reversed(MEMBERS.items()):
            archive.writestr(name, content)
    assert is_sealed(packed.getvalue())
    assert seal(packed.getvalue()) == SEALED


@given(one_member, st.binary(min_size=1, max_size=9), st.data())
def test_any_change_of_any_member_breaks_the_seal(name: str, new: bytes, data: st.DataObject) -> None:
    old = MEMBERS[name]
    at = data.draw(st.integers(0, len(old)))
    cut = data.draw(st.integers(0, 9))
    changed = old[:at] + new + old[at + cut :]
    assert is_sealed(write_members({**MEMBERS, name: changed})) == (changed == old or _says_the_same(name, changed))


def _says_the_same(name: str, changed: bytes) -> bool:
    """Whether it is the seal itself, with nothing but a blank between its attributes that was not there."""
    try:
        return name == SEAL and properties_of(changed) == properties_of(MEMBERS[name])
    except NotAnArchive:
        return False


@given(one_member)
def test_a_member_left_out_or_renamed_breaks_the_seal(name: str) -> None:
    others = {other: content for other, content in MEMBERS.items() if other != name}
    assert not is_sealed(write_members(others))
    assert not is_sealed(write_members({**others, f"{name}x": MEMBERS[name]}))


@given(st.text(st.characters(categories=["L", "N"]), min_size=1), st.binary(max_size=9))
def test_a_member_more_breaks_the_seal(name: str, content: bytes) -> None:
    assert not is_sealed(write_members({**MEMBERS, f"word/{name}": content}))


def test_a_byte_moved_from_the_name_of_a_member_into_its_content_breaks_the_seal() -> None:
    members = dict(MEMBERS)
    members["word/styles.xm"] = b"l" + members.pop("word/styles.xml")
    assert not is_sealed(write_members(members))


@given(st.binary(max_size=200))
def test_foreign_bytes_are_not_sealed(data: bytes) -> None:
    assert not is_sealed(data)


@settings(max_examples=examples(300))
@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255), st.booleans())
def test_a_broken_file_gets_an_answer_and_not_an_exception(at: int, flip: int, cut: bool) -> None:
    broken = SEALED[:at] if cut else SEALED[:at] + bytes([SEALED[at] ^ flip]) + SEALED[at + 1 :]
    # A bit of the zip file that belongs to no member (a date) may differ; then the members must be the same.
    assert not is_sealed(broken) or read_members(broken) == MEMBERS


def test_a_member_that_is_there_twice_breaks_the_seal() -> None:
    twice = BytesIO(SEALED)
    with zipfile.ZipFile(twice, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", MEMBERS["word/document.xml"])
    assert not is_sealed(twice.getvalue())


def test_a_zip_bomb_is_not_inflated() -> None:
    bomb = write_members({**MEMBERS, "word/media/image9.png": bytes(LIMIT)})
    assert len(bomb) < 100_000
    start = time.perf_counter()
    assert not is_sealed(bomb)
    assert time.perf_counter() - start < 1
    with pytest.raises(NotAnArchive, match="more than"):
        read_members(bomb)


def test_a_zip_bomb_that_lies_about_its_size_is_not_inflated() -> None:
    size = 20 * 1024 * 1024
    bomb = write_members({**MEMBERS, "word/media/image9.png": bytes(size)})
    lying = bomb.replace(struct.pack("<L", size), struct.pack("<L", 10))
    assert lying != bomb
    assert not is_sealed(lying)


def test_only_office_documents_take_a_seal() -> None:
    with pytest.raises(NotAnArchive):
        seal(b"PK not a zip file")
    with pytest.raises(NotAnArchive, match=r"Content_Types"):
        seal(write_members({"letter.txt": b"Dear Chief Constable"}))
