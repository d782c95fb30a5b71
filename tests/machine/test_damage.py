"""Whatever damage a kept file has, or whoever made it: nothing outside the workspace changes, and no command breaks.

Every kind of file that we keep has every kind of damage, and every command is run on it.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click import ClickException

from conftest import Ran, Workspace, copy_workspace
from letters.review.marks.decisions import Decision, Decisions, State, to_json
from letters.workspace.record import canonical
from support.counts import SOAK
from support.reviewing import LATER, TYPE, ask

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="links, pipes and devices as POSIX has them"),
    pytest.mark.slow,
]

#: Built without PDFs: what takes time to make does not matter here.
FORMATS = ("--format", "txt,docx")
#: What a command may end with; 130 is for Ctrl-C alone, 3 for a machine that cannot.
STATUSES = (0, 1, 2, 3, 4)
#: In seconds; a pipe that is waited for would take for ever.
PATIENCE = 60
COMMANDS = (
    ("status",),
    ("diff",),
    ("wording", LATER),
    ("review",),
    ("review", "--docx"),
    ("review", "--import", "decisions.json"),
    ("clean",),
    ("build", *FORMATS),
    ("review", "--done", "--by", "Ann"),
    ("wording", LATER, "--book"),
)

Damage = Callable[[Path, "Outside"], object]


class Outside:
    """A user's own files, beside the workspace, that everything here is aimed at."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.victim = folder / "victim.json"
        (folder / "scans").mkdir(parents=True)
        for path in (self.victim, folder / "kent.pdf", folder / "scans/kent.pdf", folder / "scans/kent.json"):
            path.write_bytes(f"{path.name} is somebody's work\n".encode())

    def list(self) -> dict[str, tuple[int, int, str]]:
        """Size, time and digest of every file."""
        return listed(self.folder)


def listed(folder: Path) -> dict[str, tuple[int, int, str]]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {
        str(path): (path.stat().st_size, path.stat().st_mtime_ns, sha256(path.read_bytes()).hexdigest())
        for path in found
    }


# -- what we keep


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace of which everything is kept that ever is: built, reviewed, changed, reviewed again."""
    workspace = copy_workspace(tmp_path_factory.mktemp("kept") / "workspace")
    workspace.keep_forces("kent", "south-wales")
    ask(workspace, "build", *FORMATS)
    workspace.replace("forces/kent.yaml", "name: Kent Police", "name: Kent Constabulary")
    for command in (
        ("build", *FORMATS),
        ("review",),
        ("review", "--done", "--by", "Ann"),
        ("wording", LATER, "--book"),
    ):
        assert ask(workspace, *command).status == 0
    workspace.replace("forces/kent.yaml", "name: Kent Constabulary", "name: Kent Police")
    ask(workspace, "build", *FORMATS)
    ask(workspace, "review", "--docx")
    (report,) = sorted(workspace.path("records/reviews").glob("*-report-*.json"))[-1:]
    known = json.loads(report.read_bytes())["data"]
    decided = tuple(Decision(one["id"], one["title"], State.READ) for one in known["changes"])
    saved = Decisions(known["report"], "Ann", datetime(2026, 3, 1, 12, tzinfo=UTC), decided)
    workspace.path("decisions.json").write_bytes(to_json(saved))
    workspace.write("outputs/.unfinished", sha256(b"").hexdigest() + "\n")
    return workspace


def kinds_of_files(workspace: Workspace) -> dict[str, str]:
    """One file of each kind that we keep, by what it is."""
    out = workspace.path("outputs")
    found = {
        path.relative_to(out).parts[0].removesuffix(path.suffix) + path.suffix: path
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.relative_to(out).parts[0] not in ("review", TYPE, LATER)
    }
    found |= {path.name: path for path in out.joinpath("review").rglob("*") if path.is_file()}
    records = sorted(workspace.path("records").rglob("*"))
    found |= {path.name.split("-")[1] if "-" in path.name else "pack": path for path in records if path.is_file()}
    found["rendition"] = out / TYPE / "kent.txt"
    found["decisions"] = workspace.path("decisions.json")
    return {kind: path.relative_to(workspace.root).as_posix() for kind, path in found.items()}


KINDS = (
    ".lock",
    ".sealed.docx",
    ".unfinished",
    "baseline",
    "composed.json",
    "decisions",
    "inputs.zip",
    "manifest.json",
    "marks",
    "pack",
    "redlines.docx",
    "rendition",
    "report",
    "review.html",
)


def test_every_kind_of_file_is_tried(kept: Workspace) -> None:
    assert set(KINDS) <= kinds_of_files(kept).keys()


# -- what may have happened to it


def _bytes(data: bytes) -> Damage:
    return lambda path, _: path.write_bytes(data)


def _cut(path: Path, _: Outside) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _instead(make: Callable[[Path, Outside], object]) -> Damage:
    def damage(path: Path, outside: Outside) -> None:
        path.unlink()
        make(path, outside)

    return damage


def _folder_is_link(path: Path, outside: Outside) -> None:
    """The folder that holds the file leads out of the workspace, to one that holds a file of the same name."""
    shutil.copytree(path.parent, outside.folder / "copy")
    shutil.rmtree(path.parent)
    path.parent.symlink_to(outside.folder / "copy")


def _temporary_is_link(path: Path, outside: Outside) -> None:
    """What the file was called while it was written, in earlier versions, is a link to somebody's file."""
    path.with_name(f".{path.name}.part").symlink_to(outside.victim)


def _repeated(path: Path, _: Outside) -> None:
    path.write_bytes(b'{"format": 1, ' + path.read_bytes().lstrip()[1:])


def _with_keys(*keys: Callable[[Outside], str]) -> Damage:
    """Other keys in each object that has keys of letters, and all digests right."""

    def damage(path: Path, outside: Outside) -> None:
        _forge(path, lambda data: _other_keys(data, [key(outside) for key in keys]))

    return damage


def _other_keys(data: Any, keys: list[str]) -> Any:
    if isinstance(data, list):
        return [_other_keys(one, keys) for one in data]
    if not isinstance(data, dict):
        return keys[0] if isinstance(data, str) and "/" in data else data
    made = {name: _other_keys(one, keys) for name, one in data.items()}
    if any("/" in name for name in data):
        made |= {key: next(one for name, one in made.items() if "/" in name) for key in keys}
    return made


def _with_values(value: object) -> Damage:
    """Another value in the place of each one that is no object, one after the other in as many files as there are."""

    def changed(data: Any, depth: int) -> Any:
        if isinstance(data, dict) and depth:
            return {name: changed(one, depth - 1) for name, one in data.items()}
        if isinstance(data, list) and depth:
            return [changed(one, depth - 1) for one in data]
        return value

    return lambda path, _: _forge(path, lambda data: {n: changed(one, 3) for n, one in data.items()})


def _lies(path: Path, _: Outside) -> None:
    """Digests are empty, stages and names say what would do something to a terminal, and all of it is well signed."""

    def changed(data: Any) -> Any:
        if isinstance(data, dict):
            return {name: changed(one) for name, one in data.items()}
        if isinstance(data, list):
            return [changed(one) for one in data]
        return ("" if len(data) == 64 else f"\x1b[2J{data}") if isinstance(data, str) else data

    _forge(path, changed)


def _forge(path: Path, change: Callable[[Any], Any]) -> None:
    """Change what some JSON says, or the names in a zip file, and make right all digests that anybody can work out."""
    if path.suffix != ".json":
        _forge_names(path)
        return
    data = change(json.loads(path.read_bytes()))
    if path.name == "manifest.json":
        data["format"] = 1
        data.pop("digest", None)
        data["digest"] = sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
    made = canonical(data)
    if "reviews" in path.parts:
        path.unlink()
        kind = path.name.split("-")[1]
        path = path.with_name(f"{path.name[:16]}-{kind}-{sha256(made).hexdigest()[:8]}.json")
    path.write_bytes(made)


def _forge_names(path: Path) -> None:
    if path.suffix not in (".zip", ".docx"):
        return
    buffer = BytesIO()
    with ZipFile(path) as old, ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
            new.writestr(f"composed/../../{name}", old.read(name))
            new.writestr(f"/{name}", b"")
    path.write_bytes(buffer.getvalue())


DAMAGES: Mapping[str, Damage] = {
    "is empty": _bytes(b""),
    "is cut": _cut,
    "is no text": _bytes(bytes(range(256))),
    "is null": _bytes(b"null"),
    "is a list": _bytes(b"[1, 2]"),
    "is a text": _bytes(b'"text"'),
    "is an object": _bytes(b"{}"),
    "is nested deeply": _bytes(b"[" * 100_000),
    "is an object nested deeply": _bytes(b'{"format":1,"letters":' * 50_000 + b"1" + b"}" * 50_000),
    "is a number without an end": _bytes(b'{"format": ' + b"9" * 10_000 + b"}"),
    "holds half a character": _bytes(b'{"format": 1, "report": "\\ud800"}'),
    "says a name twice": _repeated,
    "holds other values: null": _with_values(None),
    "holds other values: numbers": _with_values(-1.5),
    "holds other values: lists": _with_values([[]]),
    "holds other values: objects": _with_values({"kind": "Run"}),
    "lies": _lies,
    "has keys out of the folder": _with_keys(
        lambda outside: f"../../../{outside.folder.name}/victim",
        lambda outside: f"{outside.folder}/victim",
        lambda _: "..",
        lambda _: "/",
        lambda _: "",
    ),
    "has keys beside it": _with_keys(lambda _: "review/review", lambda _: "../manifest", lambda _: "a/b/c"),
    "is a link": _instead(lambda path, outside: path.symlink_to(outside.victim)),
    "is a link to a folder": _instead(lambda path, outside: path.symlink_to(outside.folder / "scans")),
    "is a link to nothing": _instead(lambda path, outside: path.symlink_to(outside.folder / "nothing.json")),
    "is a link to a device": _instead(lambda path, _: path.symlink_to("/dev/zero")),
    "is a pipe": _instead(lambda path, _: os.mkfifo(path)),
    "is a folder": _instead(lambda path, _: path.mkdir()),
    "is in a folder that is a link": _folder_is_link,
    "was to be written through a link": _temporary_is_link,
}

#: All of them in a soak; in the everyday run one in 29, which meets other kinds of damage for each kind of file.
CASES = [
    (kind, damage)
    for kind in KINDS
    for damage in DAMAGES
    # The folder of a reader's decisions is the workspace, and where that is is its owner's business.
    if (kind, damage) != ("decisions", "is in a folder that is a link")
]
TRIED = CASES if SOAK else CASES[::29]


@pytest.mark.parametrize(("kind", "damage"), TRIED, ids=[f"{kind} {damage}" for kind, damage in TRIED])
def test_nothing_outside_changes_and_no_command_breaks(kept: Workspace, tmp_path: Path, kind: str, damage: str) -> None:
    workspace = Workspace(tmp_path / "workspace")
    shutil.copytree(kept.root, workspace.root)
    outside = Outside(tmp_path / "outside")
    DAMAGES[damage](workspace.path(kinds_of_files(workspace)[kind]), outside)
    before = outside.list(), listed(workspace.path("forces")), listed(workspace.path("templates"))
    for command in COMMANDS:
        ran = tried(workspace, *command)
        assert ran.status in STATUSES, (command, ran)
        assert "Traceback" not in ran.err + ran.out
        assert "\x1b" not in ran.err + ran.out, (command, ran)
        assert (outside.list(), listed(workspace.path("forces")), listed(workspace.path("templates"))) == before, (
            command
        )


def tried(workspace: Workspace, *command: str) -> Ran:
    """Run a command, which must end in time, by itself and with a word."""
    command = tuple(str(workspace.path(word)) if word == "decisions.json" else word for word in command)
    with ended_in_time(command):
        try:
            return ask(workspace, *command)
        except ClickException as error:  # which the command line shows, without the command itself
            return Ran(error.exit_code, "", error.format_message())


@contextmanager
def ended_in_time(command: tuple[str, ...]) -> Iterator[None]:
    def give_up(*_: object) -> None:
        raise AssertionError(f"{command} does not end")

    old = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, old)


# -- that the damage is aimed well


def test_a_build_that_trusted_the_manifest_would_be_found(kept: Workspace, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "workspace")
    shutil.copytree(kept.root, workspace.root)
    outside = Outside(tmp_path / "outside")
    manifest = workspace.path("outputs/manifest.json")
    DAMAGES["has keys out of the folder"](manifest, outside)
    keys = json.loads(manifest.read_bytes())["letters"]
    aimed = [workspace.path(f"outputs/composed/{key}.json").resolve() for key in keys]
    assert outside.victim in aimed
