"""Documents agree with the tree: the index has every one, and what pages name is there, promises and tests first."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import ROOT
from support.documents import document

INDEX, PROMISES = document("docs/README.md"), document("docs/promises.md")
#: The promises by number: what stands below the heading of each.
BY_NUMBER = {int(part.partition(".")[0]): part for part in PROMISES.split("\n## ")[1:]}
NOT_BUILT = "\nNot built yet"


def linked(text: str, page: Path) -> set[Path]:
    """The files that a page links to."""
    return {(page.parent / target).resolve() for target in re.findall(r"\]\(([^)#:]+)", text)}


def not_linked(text: str) -> list[str]:
    """The documents that an index does not link to."""
    page = ROOT / "docs/README.md"
    found = linked(text, page) | {page}
    return [str(path.relative_to(ROOT)) for path in sorted(ROOT.glob("docs/**/*.md")) if path not in found]


def test_every_document_is_in_the_index() -> None:
    assert not_linked(INDEX) == []


def test_a_document_that_is_missing_in_the_index_is_found() -> None:
    assert not_linked(INDEX.replace("(reference/bounds.md)", "")) == ["docs/reference/bounds.md"]


def test_the_readme_leads_to_the_index_and_to_contributing() -> None:
    wanted = {ROOT / "docs/README.md", ROOT / "CONTRIBUTING.md", ROOT / "docs/promises.md"}
    assert wanted <= linked(document("README.md"), ROOT / "README.md")


def disagreements(by_number: dict[int, str], files: set[str]) -> list[str]:
    """Where the page of promises and `tests/promises/` do not agree; `files`: what is there."""
    found = [] if list(by_number) == list(range(1, 17)) else ["not sixteen promises in order"]
    for number, text in by_number.items():
        own = [
            name for name in re.findall(r"`tests/promises/(\w+\.py)`", text) if name.startswith(f"test_{number:02}_")
        ]
        if len(own) != (NOT_BUILT not in text):
            found.append(f"promise {number} names {own or 'no file of its own'}")
    named = set(re.findall(r"`tests/promises/(\w+\.py)`", "".join(by_number.values())))
    return [*found, *(f"{name} is named or there, and not both" for name in sorted(named ^ files))]


def files_of_promises() -> set[str]:
    return {path.name for path in ROOT.glob("tests/promises/*.py")}


def test_each_promise_that_is_built_has_its_file_of_tests_and_each_file_its_promise() -> None:
    assert disagreements(BY_NUMBER, files_of_promises()) == []


def test_a_promise_without_its_file_or_a_file_without_its_promise_is_found() -> None:
    lost = {**BY_NUMBER, 5: BY_NUMBER[5].replace("test_05_every_force", "test_05_gone")}
    assert disagreements(lost, files_of_promises()) == [
        "test_05_every_force.py is named or there, and not both",
        "test_05_gone.py is named or there, and not both",
    ]
    assert disagreements(BY_NUMBER, files_of_promises() | {"test_17_more.py"}) != []
    assert disagreements({**BY_NUMBER, 14: BY_NUMBER[14].replace("Not built yet", "Built")}, files_of_promises()) != []
    assert disagreements({number: text for number, text in BY_NUMBER.items() if number != 3}, files_of_promises()) != []


def test_each_file_of_a_promise_says_which() -> None:
    for name in files_of_promises():
        first = document(f"tests/promises/{name}").partition("\n")[0]
        assert re.search(rf"Promises? (\d+ and )?{int(name[5:7])}\b", first), name


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "docs/promises.md"])
def test_files_that_a_page_names_are_there(name: str) -> None:
    text = document(name)
    named = set(re.findall(r"`([\w./-]+\.py|(?:src|tests|findings|docs)/[\w./-]*)`", text))
    assert len(named) > 10
    rooms = (ROOT, ROOT / "src/letters", ROOT / "src/letters/review", ROOT / "src/letters/review/files")
    assert [path for path in sorted(named) if not any((room / path).exists() for room in rooms)] == []
    assert "shared/" not in text
