"""The lossless writer: an edit changes what it means, and no other byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.machine.files import Store
from letters.problems import InvalidInput
from letters.workspace.edits import MISSING, Append, Block, Edit, Put, Remove, meant, value_at
from letters.workspace.lines import Splice
from letters.workspace.raw import KeyPath, load_yaml
from letters.workspace.rewriting import ChangedMeanwhile, Rewrite, write_guarded
from letters.workspace.splice import checked, spliced
from letters.workspace.written import NotWritten, as_read, same
from support import hostile_yaml

ROOT = Path(__file__).parents[2]
REAL = sorted([*ROOT.glob("forces/*.yaml"), *ROOT.glob("templates/*/*.yaml")])


def read(data: bytes) -> object:
    return load_yaml({"x.yaml": data}, "x.yaml").data


def paths(data: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    """The way to every value."""
    if path:
        yield path
    steps = data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    for step in steps:
        yield from paths(value_at(data, (step,)), (*path, step))


def an_edit(random: Random, data: object) -> Edit:
    """Any edit that the data allow."""
    path = random.choice(list(paths(data)))
    old = value_at(data, path)
    kind = random.randrange(5)
    if kind == 0 and not (len(path) == 1 and isinstance(data, dict) and len(data) == 1):  # else it would say nothing
        return Remove(path)
    if kind == 1 and isinstance(old, dict | None):
        new = ["", "new type:", "  stage: awaited    # a | b", "  # remark", "# other:", "#   stage: awaited"]
        return Block(path, tuple(new if random.random() < 0.5 else new[4:]))
    if kind == 2 and isinstance(old, list | None):
        return Append(path, hostile_yaml.value(random, 2))
    if kind == 3 and isinstance(old, dict | None):
        after = random.choice([None, *(old or ())])
        return Put((*path, "a new: key"), hostile_yaml.value(random, 2), after=after)
    return Put(path, hostile_yaml.value(random, 2))


def assert_only_that(before: bytes, edit: Edit) -> bool:
    """That the edit is made and nothing else; False where it was refused, and the file therefore left alone."""
    try:
        after = spliced(before, [edit])
    except NotWritten:
        return False
    assert same(read(after), meant(read(before), edit)), after.decode()
    old, new = before.decode(), after.decode()
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    rest = min(len(old), len(new)) - start
    end = next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
    assert_within(before, edit, old, start, len(old) - end)
    if not isinstance(edit, Remove) and not isinstance(value_at(read(before), edit.path), dict | list):
        assert set(remarks(old)) <= set(remarks(new)), f"{edit} took a remark away"
    return True


def assert_within(before: bytes, edit: Edit, old: str, start: int, end: int) -> None:
    """That what differs, `start` to `end`, lies in the lines of what the edit is about."""
    gone, data = old[start:end], read(before)
    if value_at(data, edit.path) is MISSING:
        assert not gone or not value_at(data, edit.path[:-1]), f"{edit} took {gone!r} away"
    elif isinstance(edit, Put) and not isinstance(value_at(data, edit.path), dict | list):
        raw = load_yaml({"x.yaml": before}, "x.yaml")
        lines = old.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        (line, _), (last, column) = raw.values[edit.path], raw.ends[edit.path]
        most = sum(len(one) + 2 for one in lines[line : last + (1 if column else 0)])
        assert len(gone) <= most, f"{edit} took {gone!r} away"


def remarks(text: str) -> list[str]:
    return re.findall(r"# (?:remark|above) \d+", text)


def test_300_writes_over_real_and_hostile_files_change_what_was_meant() -> None:
    random = Random(11)
    hostile = [hostile_yaml.typed(random, hostile_yaml.data(random)) for _ in range(100)]
    files = [file.read_bytes() for file in REAL] + hostile
    assert len(REAL) >= 44
    done = refused = 0
    while done < 300:
        before = files[(done + refused) % len(files)]
        if assert_only_that(before, an_edit(random, read(before))):
            done += 1
        else:
            refused += 1
    assert refused < 15, f"{refused} of {done + refused} were refused"


@given(st.randoms(use_true_random=False))
def test_any_edit_of_any_file_changes_what_was_meant(random: Random) -> None:
    before = hostile_yaml.typed(random, hostile_yaml.data(random))
    try:
        data = read(before)
    except InvalidInput:
        return  # a tab where YAML takes none
    assert_only_that(before, an_edit(random, data))


@given(st.text(), st.sampled_from(["k: old # r\n", "k: 'old' # r\n", "k: {a: old} # r\n", "k:\n- old # r\n"]))
def test_any_text_is_read_back_as_it_was_or_refused(text: str, before: str) -> None:
    inside: dict[str, KeyPath] = {"{": ("k", "a"), "-": ("k", 0)}
    path = inside.get(before.split()[1][0], ("k",))
    try:
        after = spliced(before.encode(), [Put(path, text)])
    except NotWritten:
        assert any("\ud800" <= sign <= "\udfff" for sign in text) or not text.isprintable()
        return
    assert value_at(read(after), path) == as_read(text)
    assert after.decode().partition(" # r")[1]


TYPED = [
    ("a: no  # c\r\nb: 1\r\n", Put(("a",), "yes"), "a: yes  # c\r\nb: 1\r\n"),
    ("\ufeffa: 1", Put(("b",), "no"), "\ufeffa: 1\nb: no"),
    ("a: 'x' # c\n", Put(("a",), "it's"), "a: 'it''s' # c\n"),
    ('a: "x"\n', Put(("a",), "y"), 'a: "y"\n'),
    ("a: x\n", Put(("a",), "2017-10-02"), "a: 2017-10-02\n"),
    ("a: x\n", Put(("a",), "1.50"), "a: '1.50'\n"),
    ("a: x\n", Put(("a",), Decimal("92.50")), "a: 92.50\n"),
    ("a: x\n", Put(("a",), True), "a: true\n"),
    ("a:   # c\nb: 1\n", Put(("a",), "one"), "a: one   # c\nb: 1\n"),
    ("a: x # c\nb: 1\n", Put(("a",), "# one\ntwo\n"), "a: | # c\n  # one\n  two\nb: 1\n"),
    ("a: | # c\n  x\n  y\n\n# d\nb: 1\n", Put(("a",), "one"), "a: one # c\n\n# d\nb: 1\n"),
    ("a: {b: 1, c: {d: 2}}\n", Put(("a", "c", "e"), "f, g"), "a: {b: 1, c: {d: 2, e: 'f, g'}}\n"),
    ("a: {b, c: }\n", Put(("a", "b"), 1), "a: {b: 1, c: }\n"),
    ("a:\n  b: 1\n  # c\n\n# d\ne: 2\n", Put(("a", "f"), 3), "a:\n  b: 1\n  # c\n  f: 3\n\n# d\ne: 2\n"),
    ("a: 1\nb: 2 # c\n", Put(("d",), 3, after="a"), "a: 1\nd: 3\nb: 2 # c\n"),
    ("a: 1\n", Put(("b", "c", "d"), "e"), "a: 1\nb:\n  c:\n    d: e\n"),
    ("a: {}\n", Put(("a", "b"), [1, {"c": 2}]), "a:\n  b:\n    - 1\n    - c: 2\n"),
    ("a:\n- 1\n- 2 # c\n", Append(("a",), "three"), "a:\n- 1\n- 2 # c\n- three\n"),
    ("a: [] # c\n", Append(("a",), "x"), "a:  # c\n  - x\n"),
    ("a:\n  # about b\n  b: 1\n  c: 2 # d\n", Remove(("a", "c")), "a:\n  # about b\n  b: 1\n"),
    ("a:\n  b: 1 # c\nd: 2\n", Remove(("a", "b")), "a: {}\nd: 2\n"),
    ("a:\n- b: 1\n  c: 2\n- 3\n", Remove(("a", 0, "b")), "a:\n- c: 2\n- 3\n"),
    ("a:\n- 1\n- 2", Remove(("a", 1)), "a:\n- 1"),
    ("a: [1, 2, 3]\n", Put(("a",), [1, 5]), "a: [1, 5]\n"),
    (
        "a:\n  b:\n    c: 1\n    # d: 2\n#   e:\n#     f: 1\n",
        Block(("a",), ("", "g:", "  h: 1 # i", "  # j: 2")),
        "a:\n  b:\n    c: 1\n    # d: 2\n#   e:\n#     f: 1\n\n  g:\n    h: 1 # i\n    # j: 2\n",
    ),
    ("a: {}\nb: 1\n", Block(("a",), ("# g:", "#   h: 1")), "a:\n#   g:\n#     h: 1\nb: 1\n"),
    ("a: {b: {}} # c\n", Block(("a",), ("g:", "  h: 1")), "a: {b: {}, g: {h: 1}} # c\n"),
    (
        "a: # x\n#   e:\n#     f: 1\n",
        Block(("a",), ("", "g:", "  h: 1")),
        "a: # x\n#   e:\n#     f: 1\n\n  g:\n    h: 1\n",
    ),
    ("a:\nb: 1\n", Block(("a",), ("", "g: 1")), "a:\n  g: 1\nb: 1\n"),
    ("b: 1\n", Block(("a",), ("g:", "  h: 1")), "b: 1\na:\n  g:\n    h: 1\n"),
]


@pytest.mark.parametrize(("before", "edit", "after"), TYPED)
def test_an_edit_is_typed_as_a_careful_colleague_would(before: str, edit: Edit, after: str) -> None:
    assert spliced(before.encode(), [edit]).decode() == after


@pytest.mark.parametrize("text", ["a: &x 1\nb: *x\n", "a: !!str 1\n", "a: 1\na: 2\n", "a: [1\n", ""])
def test_a_file_that_the_loader_refuses_is_not_written(text: str) -> None:
    with pytest.raises(InvalidInput):
        spliced(text.encode(), [Put(("a",), 2)], "forces/kent.yaml")


@pytest.mark.parametrize("edit", [Remove(("z",)), Remove(("a",)), Append(("a",), 1), Put(("a", "b"), 1), Put((), 1)])
def test_what_cannot_be_meant_is_refused(edit: Edit) -> None:
    with pytest.raises(NotWritten):
        spliced(b"a: 1\n", [edit])


def test_the_guard_sees_every_planted_fault() -> None:
    before = "a: 1 # c\nb: no\nc: [1, 2]\n"
    right = Splice(3, 4, "2")
    edit = Put(("a",), 2)
    assert checked(before, [right], edit) == "a: 2 # c\nb: no\nc: [1, 2]\n"
    for start in range(len(before)):
        for text in ("", "x", "\n", "2: "):
            fault = Splice(start, start + 1, text)
            if before[start : start + 1] == text or (before[4:9].count("#") and 5 <= start < 8):
                continue  # nothing is changed, or a remark, which the data do not have
            with pytest.raises(NotWritten):
                checked(before, [right, fault], edit)


def test_files_are_replaced_all_or_none_and_not_if_they_changed(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).write_bytes(b"a: 1\n")
    (tmp_path / "one").chmod(0o664)
    store = Store(tmp_path)
    changes = {
        "new/three": Rewrite(None, b"a: 3\n"),
        "one": Rewrite(b"a: 1\n", b"a: 2\n"),
        "two": Rewrite(b"a: 0\n", b"a: 2\n"),
    }
    with pytest.raises(ChangedMeanwhile, match="two"):
        write_guarded(store, changes)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"one": b"a: 1\n", "two": b"a: 1\n"}
    (tmp_path / "two").unlink()
    (tmp_path / "two").mkdir()
    with pytest.raises(OSError, match="folder"):
        write_guarded(store, changes)
    assert (tmp_path / "one").read_bytes() == b"a: 1\n"
    assert not (tmp_path / "new").exists()
    (tmp_path / "two").rmdir()
    (tmp_path / "two").write_bytes(b"a: 0\n")
    write_guarded(store, changes)
    assert [(tmp_path / name).read_bytes() for name in changes] == [b"a: 3\n", b"a: 2\n", b"a: 2\n"]
    assert (tmp_path / "one").stat().st_mode & 0o777 == 0o664
