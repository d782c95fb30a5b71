"""The how-tos and reference pages that ship with the tool, for people who have no checkout of it."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from letters.machine.files import read_file

#: The folders of pages, with what each holds.
PARTS = {"how-to": "How to", "reference": "Reference"}
#: What a page says to who changes it.
_REMARK = re.compile(r"<!--.*?-->\n*", re.DOTALL)


def how_tos() -> dict[str, dict[str, str]]:
    """By part, the name of each page and its title. Raises OSError."""
    return {part: {path.stem: _title(path) for path in sorted((_folder() / part).glob("*.md"))} for part in PARTS}


def how_to(name: str) -> str | None:
    """The text of a page, in Markdown; None where there is none of that name. Raises OSError."""
    known = {page: part for part, pages in how_tos().items() for page in pages}
    return _REMARK.sub("", _text(_folder() / known[name] / f"{name}.md")) if name in known else None


def page_named(name: str) -> str:
    """The page that is meant by a name, or by a link in another page: `../reference/recipient.md#the-word`."""
    return name.partition("#")[0].replace("\\", "/").rpartition("/")[2].removesuffix(".md")


def _folder() -> Path:
    """In the installed package, or the checkout that the package is run from."""
    packaged = Path(str(files("letters") / "docs"))
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "docs"


def _title(page: Path) -> str:
    return _text(page).partition("\n")[0].lstrip("# ").strip()


def _text(page: Path) -> str:
    return read_file(page).decode()
