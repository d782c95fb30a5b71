"""The books of wordings as files, and what changed in them since a git revision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from letters.batch.formats import FORMATS
from letters.batch.guard import Edited, put
from letters.batch.inputs import Inputs
from letters.batch.request import Request, Result
from letters.compose import Composer
from letters.letter import ENGLISH, WELSH
from letters.machine.files import Store
from letters.proof.book import Book, letter_of, sample_foot, write_book
from letters.proof.book_letter import book_letter
from letters.proof.book_pair import pair_letter, pair_page
from letters.proof.page import book_page
from letters.proof.pipeline import wording
from letters.proof.places import Places
from letters.proof.proofing import Proof
from letters.proof.since import Beside, Since, since
from letters.workspace.raw import read_text
from letters.workspace.revision import Revision
from letters.workspace.source import Folder, Source

#: Where the books go, below the output folder.
BOOKS = "wording"


def changes(request: Request, found: list[Proof], revision: str) -> dict[str, Since]:
    """What changed in the wording of each letter type, in each language, since a git revision. Raises NoRevision."""
    inputs = Inputs(Revision(request.root, revision))
    here = Folder(request.root)
    composer = Inputs(here).composer
    return {proof.book.letter_type.called: _changes(proof, inputs, revision, here, composer) for proof in found}


def write_books(result: Result, found: list[Proof], changed: Mapping[str, Since]) -> Iterator[str]:
    """Write the book of each proof as HTML and DOCX; gives the paths. `changed`: by letter type what is to be marked.

    A book that somebody edited in Word stays as it is, unless the result's request says that it is moved aside; what
    became of it is in the result (`kept`, `moved`). Raises OSError where the books cannot be written.
    """
    names = {slug: force.name for slug, (force, _) in result.survey.read.items()}
    for read in found:
        book = read.book
        changes_of_it = changed.get(book.letter_type.called)
        renditions = {
            "html": book_page(book, names, changes_of_it, result.survey.word),
            "docx": _book_in_word(result, book, names, changes_of_it),
        }
        for format, data in renditions.items():
            name = f"{BOOKS}/{book.letter_type.called}.{format}"
            if _written(result, name, data):
                yield _shown(result.request.out / name)
    yield from _write_pairs(result, found)


def _book_in_word(result: Result, book: Book, names: Mapping[str, str], changed: Since | None = None) -> bytes:
    as_letter = book_letter(book, names, book.letter_type.letterhead, changed, result.survey.word)
    return FORMATS["docx"].render(as_letter, result.survey.style(book.letter_type.name))


def book_of_file(request: Request, file: Path) -> bytes | None:
    """The book in Word as it would be written today, of which `file` is the one that was written; None of others."""
    path = file.resolve()
    if path.parent != (request.out / BOOKS).resolve() or path.suffix != ".docx":
        return None
    result, found = wording(request)
    names = {slug: force.name for slug, (force, _) in result.survey.read.items()}
    books = {proof.book.letter_type.called: proof.book for proof in found.proofs}
    return _book_in_word(result, books[path.stem], names) if path.stem in books else None


def _write_pairs(result: Result, found: list[Proof]) -> Iterator[str]:
    """Write the page of each letter type in two languages that shows both beside each other; gives the paths."""
    books = {(read.book.letter_type.name, read.book.letter_type.language): read.book for read in found}
    for (name, language), english in books.items():
        if language == ENGLISH and (name, WELSH) in books:
            out_of_step = result.survey.inputs.composer.out_of_step(result.survey.inputs.types[name])
            told, welsh = [one.problem.message for one in out_of_step], books[name, WELSH]
            letter = pair_letter(english, welsh, english.letter_type.letterhead, told)
            renditions = {
                "html": pair_page(english, welsh, told),
                "docx": FORMATS["docx"].render(letter, result.survey.style(name)),
            }
            for format, data in renditions.items():
                path = f"{BOOKS}/{name}.both.{format}"
                if _written(result, path, data):
                    yield _shown(result.request.out / path)


def _written(result: Result, name: str, data: bytes) -> bool:
    store = Store(result.request.out)
    if not name.endswith(".docx"):
        store.write(name, data)
        return True
    try:
        _, aside = put(store, name, data, replace_edited=result.request.replace_edited)
    except Edited:
        result.kept.append(name)
        return False
    if aside:
        result.moved.append((name, aside))
    return True


def _beside(source: Source, composer: Composer, book: Book) -> Beside:
    """What letters have beside their blocks: the foot, and what their templates stress."""
    kind = book.letter_type
    paths = (path for path in (kind.letterhead_path, kind.letter_path, kind.verdict_path) if path in source)
    return Beside(tuple(sample_foot(composer, book)), {path: read_text(source, path) for path in paths})


def _changes(proof: Proof, inputs: Inputs, revision: str, source: Source, composer: Composer) -> Since:
    book, places = proof.book, Places(source, proof.book.letter_type)
    letter_type = inputs.types.get(book.letter_type.name)
    if letter_type is None:
        return since(book, None, lambda _: (), revision, places)
    letter_type = letter_type.edition(book.letter_type.language)
    before, _ = write_book(inputs.composer, letter_type, [])
    beside = _beside(inputs.source, inputs.composer, before), _beside(source, composer, book)
    return since(book, before, partial(letter_of, inputs.composer, letter_type), revision, places, beside)


def _shown(path: Path) -> str:
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)
