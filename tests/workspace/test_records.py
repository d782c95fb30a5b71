"""Records: written one way, read strictly, the same in whatever copy; what is not sound is told by name."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from letters.batch.history import pack_of
from letters.letter import LetterKey
from letters.review.marks.decisions import id_of
from letters.review.marks.reckoning import Reckoning, reckon
from letters.workspace.record import MOST_BYTES, Record, attach, canonical, parse, read_records, write_record
from support.counts import examples

NOW = datetime(2026, 3, 31, 14, 5, tzinfo=timezone(timedelta(hours=1)))
ANSWER = Record("answer", "Ann", NOW, {"query": "0" * 64, "text": "It is ‘meant’."}, ("1" * 64, "2" * 64))


def put(folder: Path, record: Record) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / record.name
    path.write_bytes(record.bytes)
    return path


def reasons(folder: Path) -> dict[str, str]:
    return {fault.name: fault.reason for fault in read_records(folder).faults}


# -- the form


def test_a_record_is_one_line_of_canonical_json_named_by_its_digest() -> None:
    data = ANSWER.bytes
    assert json.loads(data)["at"] == "2026-03-31T14:05:00+01:00"
    assert data == canonical(json.loads(data))
    assert b"\n" not in data
    assert ANSWER.name == f"20260331T130500Z-answer-{sha256(data).hexdigest()[:8]}.json"
    assert parse(data) == ANSWER


@pytest.mark.parametrize("kind", ["baseline", "report", "marks", "answer", "kept"])
def test_the_examples_of_the_reference_are_records(kind: str) -> None:
    page = (ROOT / "docs/reference/records.md").read_text("utf-8")
    found = [json.loads(example) for example in re.findall(r"```json\n(.*?)```", page, re.S)]
    [example] = [example for example in found if example["kind"] == kind]
    record = parse(canonical(example))
    assert record.kind == kind
    if kind == "report":
        assert len(record.data["changes"][0]["id"]) == len(id_of({}))


CHANGES: Mapping[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "another format": (lambda one: one.update(format=2), "shape that records have: format"),
    "no reader": (lambda one: one.pop("by"), "shape"),
    "another key": (lambda one: one.update(notes="x"), "shape"),
    "a number for a name": (lambda one: one.update(by=3), "shape that records have: by"),
    "a long name": (lambda one: one.update(by="x" * 201), "shape that records have: by"),
    "no time zone": (lambda one: one.update(at="2026-03-31T14:05:00"), "shape that records have: at"),
    "a month that is none": (lambda one: one.update(at="2026-13-31T14:05:00+00:00"), "a time that there is not"),
    "a year before time": (lambda one: one.update(at="0001-01-01T00:00:00+23:00"), "a time that there is not"),
    "a path for a digest": (lambda one: one.update(before=["../../x"]), "shape that records have: before/0"),
    "the same before twice": (lambda one: one.update(before=["1" * 64] * 2), "shape that records have: before"),
    "a list for data": (lambda one: one.update(data=[]), "shape that records have: data"),
    "no text": (lambda one: one["data"].update(text=""), "shape that records have: data/text"),
    "a path for a kind": (lambda one: one.update(kind="../x"), "shape that records have: kind"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_another_shape_is_refused(change: str) -> None:
    fields = json.loads(ANSWER.bytes)
    edit, said = CHANGES[change]
    edit(fields)
    with pytest.raises(ValueError, match=re.escape(said)):
        parse(canonical(fields))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is not JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (ANSWER.bytes[:-1], "is not JSON"),
        (ANSWER.bytes + b"\n", "not written as records are"),
        (ANSWER.bytes.replace(b'"by"', b'"by":"Bob","by"'), "says something twice"),
        (ANSWER.bytes.replace(b'"by":"Ann"', b'"by":1e999'), "a number that no record has"),
        (ANSWER.bytes.replace(b'"by":"Ann"', b'"by":NaN'), "a number that no record has"),
        (ANSWER.bytes.replace(b"Ann", b"\xff"), "not text in UTF-8"),
        (ANSWER.bytes.replace(b"Ann", b"\\ud800"), "half a character"),
        (ANSWER.bytes.replace(b"Ann", b"\\u0041nn"), "not written as records are"),
        (b"\xef\xbb\xbf" + ANSWER.bytes, "is not JSON"),
    ],
    ids=str,
)
def test_what_is_written_otherwise_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse(data)


@given(
    st.binary(max_size=200)
    | st.builds(
        lambda at, by: ANSWER.bytes[:at] + by + ANSWER.bytes[at + 1 :], st.integers(0, 300), st.binary(max_size=3)
    )
)
@settings(max_examples=examples(100))
def test_any_other_bytes_are_refused_or_are_a_record(data: bytes) -> None:
    found = None
    with suppress(ValueError):
        found = parse(data)
    assert found is None or found.bytes == data


# -- the folder


def test_each_record_follows_all_heads(tmp_path: Path) -> None:
    first = write_record(read_records(tmp_path), "answer", "Ann", {"query": "0" * 64, "text": "a"})
    rivals = [
        put(tmp_path, Record("answer", name, NOW, {"query": "0" * 64, "text": name}, (first.digest,)))
        for name in ("Bob", "Cat")
    ]
    found = read_records(tmp_path)
    assert (len(found.heads), found.faults) == (2, ())
    last = write_record(found, "answer", "Dee", {"query": "0" * 64, "text": "d"})
    assert set(last.before) == set(found.heads)
    assert read_records(tmp_path).heads == (last.digest,)
    rivals[0].unlink()
    assert list(reasons(tmp_path)) == [last.name]
    assert "follows what is missing or damaged: …-" in reasons(tmp_path)[last.name]


def link(path: Path) -> None:
    outside = path.parent.parent / "outside.json"
    shutil.move(path, outside)
    path.symlink_to(outside)


def fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def too_long(path: Path) -> None:
    with path.open("r+b") as stream:
        stream.truncate(MOST_BYTES + 1)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="FIFOs are of POSIX")
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (link, "it is a link"),
        (fifo, "is no ordinary file"),
        (folder, "it is a folder"),
        (too_long, "20 MB is the most"),
        (lambda path: path.write_bytes(path.read_bytes().replace(b"Ann", b"Bob")), "was altered or is damaged"),
        (lambda path: path.write_bytes(b""), "was altered or is damaged"),
        (lambda path: path.rename(path.with_name(path.name.replace("2026", "2027"))), "has the name of another record"),
        (lambda path: path.rename(path.with_name("notes.json")), "is not named as a record is"),
    ],
    ids=["link", "fifo", "folder", "long", "altered", "empty", "renamed", "named otherwise"],
)
def test_a_spoilt_record_is_told_by_name_and_the_others_count(
    spoil: Callable[[Path], object], said: str, tmp_path: Path
) -> None:
    records = tmp_path / "reviews"
    put(records, replace(ANSWER, before=(), by="Zed"))
    spoil(put(records, replace(ANSWER, before=())))
    found = read_records(records)
    assert [record.by for record in found.sound] == ["Zed"]
    [fault] = found.faults
    assert said in str(fault)


def test_a_second_copy_and_other_files_say_nothing(tmp_path: Path) -> None:
    path = put(tmp_path, replace(ANSWER, before=()))
    shutil.copy(path, tmp_path / f"{path.stem} (Ann's conflicted copy).json")
    for name in ("Thumbs.db", "desktop.ini", ".gitattributes", "README.md", "~lock.json"):
        (tmp_path / name).write_bytes(b"")
    found = read_records(tmp_path)
    assert (len(found.sound), found.faults) == (1, ())


# -- what they come to, in whatever order


def state(root: Path, random_: random.Random) -> None:
    """Some records of reviews, written by several people who know some of one another's."""
    folder = root / "records/reviews"
    folder.mkdir(parents=True)
    letters = [f"type/{name}" for name in "abc"]
    known: list[Record] = []
    for number in range(random_.randint(3, 14)):
        at = NOW + timedelta(hours=random_.randint(-5, 5))
        before = tuple({one.digest for one in random_.sample(known, min(len(known), random_.randint(0, 3)))})
        own = random_.sample(letters, random_.randint(1, 3))
        changes = {letter: [sha256(f"{letter}{random_.randint(0, 2)}".encode()).hexdigest()[:24]] for letter in own}
        about, composed = id_of(changes), {letter: str(random_.randint(0, 9)).encode() for letter in own}
        pack = attach(folder, pack_of({LetterKey.of(letter): data for letter, data in composed.items()}, {}))
        digests = {letter: sha256(data).hexdigest() for letter, data in composed.items()}
        mark = {"change": about, "title": "x", "comment": random_.choice(["", "Why?"]), "letters": []}
        how = random_.choice(["done", "first build"])
        queries = [query.id for query in reckon(root).queries] or ["0" * 64]
        kinds: list[tuple[str, Mapping[str, Any]]] = [
            ("baseline", {"how": how, "since": at.isoformat(), "letters": digests, "pack": pack, "without": []}),
            (
                "report",
                {
                    "report": "r",
                    "letters": {},
                    "changes": [{"id": about, "kind": "words", "title": "x", "letters": changes}],
                },
            ),
            (
                "report",
                {
                    "report": "r",
                    "letters": {},
                    "changes": [{"id": about, "kind": "words", "title": "x", "letters": changes}],
                },
            ),
            (
                "marks",
                {
                    "report": "r",
                    "saved": at.isoformat(),
                    "marks": [{**mark, "state": random_.choice(["read", "queried"])}],
                },
            ),
            ("marks", {"report": "r", "saved": at.isoformat(), "marks": [{**mark, "state": "read"}]}),
            ("answer", {"query": random_.choice(queries), "text": str(number)}),
        ]
        kind, data = random_.choice(kinds)
        known.append(Record(kind, random_.choice(["Ann", "Bob", ""]), at, data, before))
        put(folder, known[-1])


def said(found: Reckoning) -> object:
    bases = {key: (base.digest, base.record.digest) for key, base in found.bases.items()}
    return found.standing, bases, found.queries, found.faults, found.reviewed, found.records.heads


@given(st.integers(0, 10**9))
@settings(max_examples=examples(30))
def test_any_order_of_any_copies_comes_to_the_same(seed: int) -> None:
    random_ = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        whole, copies = Path(name, "whole"), [Path(name, other) for other in "12"]
        state(whole, random_)
        paths = [*(whole / "records/reviews").iterdir()]
        for copy in copies:
            (copy / "records/reviews").mkdir(parents=True)
            for path in random_.sample(paths, len(paths)):
                if random_.random() < 0.7:
                    shutil.copy(path, copy / "records/reviews")
                    reckon(copy)
        for copy in copies:  # whatever each has, the copies put together are the whole
            for path in random_.sample(paths, len(paths)):
                shutil.copy(path, copy / "records/reviews")
        found = [reckon(root) for root in (whole, *copies)]
        assert found[0].faults == ()
        assert [said(one) for one in found] == [said(found[0])] * 3
        held(found[0])


def held(found: Reckoning) -> None:
    """No query is lost, and no mark counts for what no report showed."""
    asked = {
        (record.by, mark["change"], mark["comment"])
        for record in found.records.of_kind("marks")
        for mark in record.data["marks"]
        if mark["state"] == "queried"
    }
    assert len(found.queries) == len(asked)
    answered = {record.data["query"] for record in found.records.of_kind("answer")}
    assert (
        {query.id for query in found.queries if query.is_open}
        == {query.id for query in found.standing.open_queries}
        == {query.id for query in found.queries} - answered
    )
    shown = {
        one
        for record in found.records.of_kind("report")
        for change in record.data["changes"]
        for own in change["letters"].values()
        for one in own
    }
    assert set(found.standing.readers) <= shown == set(found.standing.shown)


def test_a_report_that_calls_a_change_by_anothers_id_is_told(tmp_path: Path) -> None:
    changes = [{"id": "0" * 16, "kind": "words", "title": "x", "letters": {"type/a": ["0" * 24]}}]
    put(tmp_path / "records/reviews", Record("report", "", NOW, {"report": "r", "letters": {}, "changes": changes}))
    put(tmp_path / "records/reviews", Record("later", "", NOW, {"any": "thing"}))
    assert sorted(fault.reason for fault in reckon(tmp_path).faults) == [
        "is of a kind that this version of letters does not know",
        "names a change by another's id",
    ]


@pytest.mark.parametrize("about", ["../x", "a/../b", "/etc/x", "a", "a/b/c", ".x/y", "a\\b/c", "a/b\n"])
def test_a_letter_in_a_record_is_no_path(about: str) -> None:
    data = {"how": "done", "since": NOW.isoformat(), "letters": {about: "0" * 64}, "pack": "0" * 64, "without": []}
    with pytest.raises(ValueError, match="shape"):
        parse(Record("baseline", "", NOW, data).bytes)


def test_what_a_person_typed_does_nothing_in_a_terminal(tmp_path: Path) -> None:
    mark = {"change": "x", "title": "a\x1b[31m", "state": "queried", "comment": "b\x1b[0m\u202e\nc", "letters": []}
    data = {"report": "r", "saved": NOW.isoformat(), "marks": [mark]}
    put(tmp_path / "records/reviews", Record("marks", "A\x07nn", NOW.astimezone(UTC), data))
    [query] = reckon(tmp_path).standing.queries
    assert (query.by, query.title, query.comment) == ("A nn", "a [31m", "b [0m \nc")
