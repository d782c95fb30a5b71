"""Only `machine/files.py` touches the disk: nobody else writes, links, moves, deletes, or reads past it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT

PACKAGE = ROOT / "src/letters"
#: The door, and what makes the folders of the libraries' temporary files, outside any workspace.
DOORS = ("machine/files.py", "machine/scratch.py")

#: Methods and functions that change what is on disk, by any of their names.
WRITES = frozenset(
    "write_bytes write_text unlink rename rmtree link hardlink_to symlink symlink_to mkdir makedirs mkfifo touch remove"
    " removedirs renames rmdir truncate chmod chown copy2 copyfile copytree copyfileobj mkstemp mkdtemp mktemp"
    " NamedTemporaryFile TemporaryFile SpooledTemporaryFile FileLock SoftFileLock unpack_archive extractall".split()
)
#: Modules whose functions of common names change what is on disk.
OF_MODULES = {"os": {"open", "replace", "mknod"}, "shutil": {"copy", "move", "chown", "make_archive"}}
READS = frozenset({"read_bytes", "read_text"})
#: What is no file of a stranger: the package's own, what the system says of this process, a folder of the library's.
ALLOWED = {
    "cli/streams.py": {"os.open(os.devnull, os.O_WRONLY)", "os.open(os.devnull, os.O_RDWR)"},
    "review/files/apart.py": {"os.open(os.devnull, os.O_WRONLY)"},
    "machine/processes.py": {"Path('/proc/self/statm').read_text('ascii')"},
    "machine/versions.py": {"file.read_bytes()"},
    "letter/pictures.py": {"Pillow.open(BytesIO(data), formats=['JPEG', 'PNG'])"},
    "machine/archive.py": {"archive.open(info)"},
}


def touches(code: str) -> Iterator[str]:
    """Each call in `code` that changes what is on disk, or reads a file past the door."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and _touches(node):
            yield ast.unparse(node)
        elif isinstance(node, ast.ImportFrom) and node.module in ("os", "shutil"):
            names = {alias.name for alias in node.names}
            if names & (WRITES | OF_MODULES[node.module]):
                yield ast.unparse(node)


def _touches(call: ast.Call) -> bool:
    if isinstance(call.func, ast.Name):
        return call.func.id in WRITES | {"open"}
    if not isinstance(call.func, ast.Attribute):
        return False
    name, of = call.func.attr, ast.unparse(call.func.value)
    if name == "open" and of not in OF_MODULES:
        return True
    if name == "replace":  # that of a text takes two texts, that of a date and of a dataclass takes names
        return of in OF_MODULES or (len(call.args) == 1 and not call.keywords)
    if name in READS:
        return "files('letters" not in of
    if name == "remove":  # of a list or an XML element
        return of in OF_MODULES
    if name in WRITES:
        return not of.startswith(("Store(", "store", "self._store"))
    return name in OF_MODULES.get(of, ())


def found_in(package: Path) -> dict[str, set[str]]:
    """The calls past the door, by module."""
    modules = {path.relative_to(package).as_posix(): path for path in package.rglob("*.py")}
    found = {name: set(touches(path.read_text("utf-8"))) for name, path in modules.items() if name not in DOORS}
    return {name: calls for name, calls in found.items() if calls}


def test_nobody_else_touches_the_disk() -> None:
    past = {name: calls - ALLOWED.get(name, set()) for name, calls in found_in(PACKAGE).items()}
    assert {name: calls for name, calls in past.items() if calls} == {}


def test_nothing_is_allowed_that_is_not_there() -> None:
    found = found_in(PACKAGE)
    assert {name: calls - found.get(name, set()) for name, calls in ALLOWED.items()} == {
        name: set() for name in ALLOWED
    }


@pytest.mark.parametrize(
    "planted",
    [
        "open(path, 'w')",
        "path.open('wb')",
        "path.write_bytes(data)",
        "(out / name).unlink(missing_ok=True)",
        "temporary.replace(path)",
        "path.rename(other)",
        "path.mkdir(parents=True)",
        "os.link(a, b)",
        "os.replace(a, b)",
        "os.open(path, os.O_RDWR)",
        "shutil.rmtree(path)",
        "shutil.copy(a, b)",
        "shutil.move(a, b)",
        "path.touch()",
        "path.symlink_to(other)",
        "tempfile.NamedTemporaryFile()",
        "FileLock(path)",
        "path.read_bytes()",
        "from os import replace",
        "from shutil import rmtree",
    ],
)
def test_a_planted_call_is_found(planted: str) -> None:
    assert list(touches(planted))


@pytest.mark.parametrize(
    "sound",
    [
        "text.replace('a', 'b')",
        "replace(step, action=1)",
        "dataclasses.replace(step, action=1)",
        "Store(out).remove('a')",
        "store.link('a', 'b')",
        "words.remove('a')",
        "(files('letters') / 'a').read_text('utf-8')",
    ],
)
def test_a_sound_call_is_not_found(sound: str) -> None:
    assert list(touches(sound)) == []
