"""Whether a job has made what it should: each function raises JobFailed where it has not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from measure import JobFailed

FORMATS = ("pdf", "docx", "html", "txt")
MANIFEST = "manifest.json"
_STARTS = {".pdf": b"%PDF-", ".docx": b"PK\x03\x04"}


def files_of(letters: Iterable[str], forms: Iterable[str]) -> set[str]:
    """What `letters build` puts below outputs/ for these `type/slug`, each as composed too, with the manifest."""
    forms = tuple(forms)
    paths = {
        path for letter in letters for path in (f"composed/{letter}.json", *(f"{letter}.{form}" for form in forms))
    }
    return paths | {MANIFEST}


def expect_paths(made: Iterable[str], wanted: Iterable[str]) -> None:
    """See that exactly the wanted files are there."""
    made, wanted = set(made), set(wanted)
    if wrong := sorted(made ^ wanted):
        raise JobFailed(f"{len(made)} files instead of {len(wanted)}; missing or too many: {', '.join(wrong[:5])}")


def expect_bytes(made: Mapping[str, str], wanted: Mapping[str, str]) -> None:
    """See that each file made has the wanted digest."""
    if wrong := [path for path, digest in made.items() if digest != wanted.get(path)]:
        raise JobFailed(f"{len(wrong)} of {len(made)} files have other bytes than before, such as {wrong[0]}")


def expect_same(made: Mapping[str, str], wanted: Mapping[str, str]) -> None:
    """See that exactly the wanted files are there, each with the wanted digest."""
    expect_paths(made, wanted)
    expect_bytes(made, wanted)


def expect_summary(out: str, *, changed: int, same: int) -> None:
    """See that `letters build` counted so many letters."""
    expect_said(out, f": {changed} changed, {same} the same.")


def expect_said(out: str, wanted: str) -> None:
    """See that a command printed these words."""
    if wanted not in out:
        raise JobFailed(f"it should say {wanted!r}, and says:\n{out}")


def expect_formats(folder: Path) -> None:
    """See that each PDF and DOCX begins as one does."""
    for path in folder.iterdir():
        with path.open("rb") as stream:
            if not stream.read(5).startswith(_STARTS[path.suffix]):
                raise JobFailed(f"{path.name} is no {path.suffix}")
