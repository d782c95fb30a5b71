"""The one door to the disk: what may be read, and what may be written, linked, moved and deleted, and where.

Paths come from forces, templates and kept files that a stranger may have made. Whatever these say, nothing outside the
folder that a `Store` is for is touched.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

#: The most that a file of ours may hold, in bytes: all the redlines of 43 letters in one document are some 2 MB.
LARGEST = 100_000_000
#: What a file is called until it is whole. Random, so that nobody can put a link there.
_TEMPORARY = ".letters-{}.part"
_IS_TEMPORARY = re.compile(r"\.letters-[0-9a-f]{16}\.part")
#: So many files are written at once.
_AT_ONCE = 8
#: Of a name, in bytes: most systems take 255, and a suffix may follow.
_LONGEST_NAME = 200
#: Errors of the machine, not of one file: full, over quota, read-only, too large, broken.
_MACHINE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EFBIG}
#: Another program has it open and shares it with nobody, as Windows says (access denied, sharing violation).
_HELD = {5, 32}
_EXTRA = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)


class Refused(OSError):
    """What is asked for would touch what is not ours, or is no ordinary file; the text says why, in a user's words."""

    def __init__(self, why: str, path: Path | str) -> None:
        super().__init__(errno.EPERM, why, str(path))


class OpenElsewhere(OSError):
    """The file is open in Word or LibreOffice, which would lose either their work or ours."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EBUSY, "it is open in Word or LibreOffice: close it there first", str(path))


#: A file that is safe on disk under another name, or why it is not.
Prepared = Path | OSError


#: What Windows calls a device, whatever follows after a dot.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE)


def is_plain_name(name: str) -> bool:
    """Whether every system takes this as the name of a file or folder, and every terminal shows it."""
    return (
        0 < len(name.encode("utf-8", "surrogatepass")) <= _LONGEST_NAME
        and name.isprintable()
        and not set(name) & set('\\/:*?"<>|')
        and not name.startswith((".", " ", "~"))
        and not name.endswith((".", " "))
        and not _DEVICES.fullmatch(name)
    )


class Locked(Exception):
    """Another process holds the folder."""


class Store:
    """A folder that is ours to write in; it need not be there yet. All names are paths from it, with `/`.

    A name that leads out of it – by `..`, as an absolute path, through a link – is refused by every method. All raise
    Refused and OSError.
    """

    def __init__(self, root: Path) -> None:
        try:
            self.root = root.resolve()
        except RuntimeError:  # a loop of links, until Python 3.13
            raise Refused("it is a link to itself", root) from None
        self._unsettled: set[Path] = set()

    def path(self, name: str) -> Path:
        """Where the file or folder of this name is, once it is certain that it is in this folder."""
        parts = name.split("/")
        if any(part in ("", ".", "..") or set(part) & set("\\:\0") for part in parts):
            raise Refused("its name leads out of the folder that it is for", name)
        folder = self.root.joinpath(*parts[:-1])
        try:
            real = folder.resolve()
        except RuntimeError:
            raise Refused("it is in a folder that is a link to itself", name) from None
        if os.path.normcase(real) != os.path.normcase(folder):
            raise Refused("it is in a folder that is a link to another place", folder)
        return folder / parts[-1]

    def holds(self, name: str) -> bool:
        """Whether anything stands there, a broken link too."""
        return os.path.lexists(self.path(name))

    def read(self, name: str, most: int = LARGEST) -> bytes:
        """The bytes of an ordinary file of at most `most` bytes. What is a link, pipe or device is refused unopened."""
        return read_file(self.path(name), most)

    def names(self, *patterns: str) -> list[str]:
        """The names of all ordinary files that fit one of some patterns, sorted; links are none, nor what is behind."""
        found = (path for pattern in patterns for path in self.root.glob(pattern) if is_file(path))
        return sorted({name for path in found if self._is_in(name := path.relative_to(self.root).as_posix())})

    def write(self, name: str, data: bytes, *, keep_old: bool = False) -> str | None:
        """Put `data` there, whole or not at all, and safe from a loss of power. Raises OpenElsewhere, too.

        With `keep_old`, what stands there is moved aside once the new bytes are safe on disk; gives its new name.
        """
        aside = self.put(name, self._written(name, data), keep_old=keep_old)
        self.settle()
        return aside

    def prepare(self, files: Mapping[str, bytes]) -> dict[str, Prepared]:
        """Bring several files to safety under other names, all at once: a disk takes as long for five as for one.

        What goes wrong is raised when one is `put`; one that is not must be dropped by `drop`.
        """
        # Imported here: only a build needs it.
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            return dict(zip(files, pool.map(self._prepared, files, files.values()), strict=True))

    def write_all(self, files: Mapping[str, bytes], last: str) -> None:
        """Write a whole folder of files where none of them is; the file or folder `last` is there only if all are."""
        temporary = _TEMPORARY.format(os.urandom(8).hex())
        try:
            for name, prepared in self.prepare({f"{temporary}/{name}": data for name, data in files.items()}).items():
                self.put(name, prepared)
            self.settle()
            tops = dict.fromkeys(name.split("/")[0] for name in files)
            for top in sorted(tops, key=lambda top: top == last):
                self.rename(f"{temporary}/{top}", top)
        finally:
            with suppress(OSError):
                self.remove_tree(temporary)

    def put(self, name: str, prepared: Prepared, *, keep_old: bool = False, keep_mode: bool = False) -> str | None:
        """Put a prepared file in its place, as `write` does; it is safe from a loss of power after `settle`.

        With `keep_mode`, who may read and write it stays as with the file before.
        """
        if isinstance(prepared, OSError):
            raise prepared
        try:
            target = self.path(name)
            if is_open(target):
                raise OpenElsewhere(target)
            if keep_mode and is_file(target):
                prepared.chmod(stat.S_IMODE(target.stat().st_mode))
            aside = self.move_aside(name) if keep_old and os.path.lexists(target) else None
            _replace(prepared, target)
        except BaseException:
            self.drop(prepared)
            raise
        self._unsettled.add(target.parent)
        return aside

    def drop(self, prepared: Prepared) -> None:
        """Delete a prepared file that is not to be put anywhere."""
        if isinstance(prepared, Path):
            with suppress(OSError):  # what went wrong first is what counts
                prepared.unlink(missing_ok=True)

    def settle(self) -> None:
        """Make all that was put safe from a loss of power."""
        while self._unsettled:
            _sync_folder(self._unsettled.pop())

    def _prepared(self, name: str, data: bytes) -> Prepared:
        try:
            return self._written(name, data)
        except OSError as error:
            return error

    def _written(self, name: str, data: bytes) -> Path:
        target = self.path(name)
        if is_open(target):
            raise OpenElsewhere(target)
        self.make_folder(name.rpartition("/")[0])
        return _written(target.parent, data)

    def add_lines(self, name: str, lines: Iterable[str]) -> None:
        """Add lines at the end of a text file of notes; a loss of power may lose them."""
        path = self.path(name)
        if os.path.lexists(path) and not is_file(path):
            raise Refused("it is no ordinary file: delete it", path)
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | _EXTRA, 0o666)
        with os.fdopen(number, "ab") as stream:
            stream.write("".join(f"{line}\n" for line in lines).encode())

    def make_folder(self, name: str = "") -> None:
        """Make a folder and those above it, unless they are there."""
        folder = self.path(f"{name}/file").parent if name else self.root
        folder.mkdir(parents=True, exist_ok=True)

    def move_aside(self, name: str, word: str = "edited") -> str:
        """Rename a file to `<stem>.<word>-N<suffix>`, N being the first number that is free; gives the new name."""
        old, number = self.path(name), 1
        while os.path.lexists(aside := old.with_name(f"{old.stem}.{word}-{number}{old.suffix}")):
            number += 1
        old.rename(aside)
        return aside.relative_to(self.root).as_posix()

    def rename(self, name: str, to: str) -> None:
        """Give a file or folder another name in this folder; a file there before is replaced."""
        target = self.path(to)
        self.make_folder(to.rpartition("/")[0])
        _replace(self.path(name), target)
        _sync_folder(target.parent)

    def link(self, name: str, second: str) -> None:
        """Give an ordinary file a second name, which keeps its bytes when the first is replaced; else make a copy."""
        source, target = self.path(name), self.path(second)
        if not is_file(source):
            raise Refused("it is no ordinary file", source)
        self.make_folder(second.rpartition("/")[0])
        try:
            os.link(source, target, follow_symlinks=False)
        except FileExistsError:
            raise
        except (OSError, NotImplementedError):
            self.write(second, self.read(name))

    def remove(self, name: str) -> None:
        """Delete a file, or the link that stands in its place; where there is nothing, nothing happens."""
        self.path(name).unlink(missing_ok=True)

    def remove_folder(self, name: str) -> None:
        """Delete a folder that holds nothing; one that holds something stays."""
        with suppress(OSError):
            self.path(name).rmdir()

    def remove_tree(self, name: str) -> None:
        """Delete a folder and all in it, or the link that stands in its place, not what that leads to."""
        path = self.path(name)
        if path.is_symlink() or path.is_file():
            path.unlink()
        elif path.exists():
            shutil.rmtree(path)

    def remove_leftovers(self, *folders: str) -> None:
        """Delete what a killed command left half written in some folders (patterns; `` for this one)."""
        for path in (path for folder in folders for path in self.root.glob(f"{folder}/.letters-*.part".lstrip("/"))):
            if is_leftover(path.name):
                with suppress(OSError):  # writing there will say what is wrong
                    self.remove_tree(path.relative_to(self.root).as_posix())

    def try_out(self) -> None:
        """Write a file and delete it again, to see whether that can be done."""
        self.make_folder()
        _written(self.root, b"").unlink(missing_ok=True)

    @contextmanager
    def locked(self, name: str, patience: float) -> Iterator[None]:
        """Hold the folder against every other process that asks. Raises Locked after `patience` seconds."""
        # Imported here: few commands need it, and its import takes longer than a status.
        from filelock import FileLock, Timeout

        self.make_folder()
        path = self.path(name)
        if os.path.lexists(path) and not is_file(path):  # it would be opened for writing
            raise Refused("it is no ordinary file: delete it", path)
        lock = FileLock(path, timeout=patience)
        try:
            lock.acquire()
        except Timeout:
            raise Locked(str(self.root)) from None
        try:
            yield
        finally:
            lock.release()

    def _is_in(self, name: str) -> bool:
        try:
            self.path(name)
        except Refused:
            return False
        return True


def read_file(path: Path, most: int = LARGEST, *, follow: bool = False) -> bytes:
    """The bytes of an ordinary file of at most `most` bytes. Raises Refused and OSError.

    Pipes and devices are not opened: that may wait for ever. A link is read only with `follow`, where a user named it.
    """
    about = path.stat() if follow else path.lstat()
    if stat.S_ISDIR(about.st_mode):
        raise Refused("it is a folder, and a file is wanted", path)
    if not stat.S_ISREG(about.st_mode):
        raise Refused("it is a link" if stat.S_ISLNK(about.st_mode) else "it is no ordinary file", path)
    no_waiting = getattr(os, "O_NONBLOCK", 0)  # it may have become a pipe meanwhile
    extra = _EXTRA & ~getattr(os, "O_NOFOLLOW", 0) if follow else _EXTRA
    with os.fdopen(os.open(path, os.O_RDONLY | extra | no_waiting), "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise Refused("it is no ordinary file", path)
        data = stream.read(most + 1)
    if len(data) > most:
        raise Refused(f"it holds {about.st_size / 1e6:.0f} MB, and {most / 1e6:.0f} MB is the most", path)
    return data


def is_leftover(name: str) -> bool:
    """Whether a file or folder is called as those are that are not whole yet."""
    return _IS_TEMPORARY.fullmatch(name) is not None


def is_file(path: Path) -> bool:
    """Whether an ordinary file stands there: no link, pipe, device or folder."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (OSError, ValueError):
        return False


def is_open(path: Path) -> bool:
    """Whether Word or LibreOffice says, by the owner file it puts beside a document, that it has `path` open."""
    name = path.name
    # Word writes ~$ in place of the first two letters of a long name, and in front of a short one.
    owners = (f".~lock.{name}#", f"~${name}", f"~${name[1:]}", f"~${name[2:]}")
    return path.suffix == ".docx" and any((path.parent / owner).exists() for owner in owners)


def is_of_the_machine(error: OSError) -> bool:
    """Whether `error` would meet every file alike, not this one only."""
    return error.errno in _MACHINE or (
        isinstance(error, PermissionError) and not _exists(error.filename2 or error.filename)
    )


def why(error: OSError) -> str:
    """What went wrong, in a user's words, to stand after `cannot be written: `."""
    said = error.strerror or str(error)
    return said if isinstance(error, Refused | OpenElsewhere) else said.lower()


def _written(folder: Path, data: bytes) -> Path:
    """A new file of a name that nobody can know, with `data` in it that is safe on disk."""
    path = folder / _TEMPORARY.format(os.urandom(8).hex())
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _EXTRA, 0o666)
    try:
        with os.fdopen(number, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise
    return path


def _replace(source: Path, target: Path) -> None:
    try:
        source.replace(target)
    except PermissionError as error:
        if getattr(error, "winerror", 0) in _HELD and target.is_file():
            raise OpenElsewhere(target) from None
        raise


def _sync_folder(folder: Path) -> None:
    """Make a renaming safe from a loss of power, where a folder can be asked for that."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _exists(path: object) -> bool:
    return isinstance(path, str) and os.path.exists(path)  # noqa: PTH110 - the name is the error's, a str
