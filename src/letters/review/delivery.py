"""What comes of a review to be read: the report, and the redlines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from letters.batch.guard import clear, edited_files, may_be_replaced, put
from letters.batch.history import REVIEW
from letters.letter import ENGLISH, LANGUAGE_NAMES, CannotRender, HouseStyle, Letter, LetterKey
from letters.letter.dates import long_date
from letters.machine.files import Store
from letters.problems import Code, Problem
from letters.render.seal import seal
from letters.review.baseline import NoBaseline
from letters.review.comparison import Compared
from letters.review.groups.origins import bytes_of
from letters.review.states import style_of
from letters.workspace.source import RECIPIENT, Source

REPORT = f"{REVIEW}/review.html"
REDLINES = f"{REVIEW}/redlines"
#: All redlines in one document.
BOOK = f"{REVIEW}/redlines.docx"
_REDLINES = (f"{REDLINES}/*/*.docx", BOOK)


def write_report(found: Compared) -> Path:
    """Write the report that a reviewer reads; gives its path.

    Redlines of an earlier report go: they show other changes. One that somebody edited stays. Raises OSError.
    """
    from letters.review.report.page import review_page

    out = found.request.out
    _remove_redlines(out)
    page = review_page(
        replace(found.review, notes=(*found.review.notes, *_of_other_language(found.problems))),
        found.views,
        _names(found),
        found.identity,
        _made(found, datetime.now().astimezone()),
        found.standing,
    )
    Store(out).write(REPORT, page)
    return out / REPORT


def stale_in_welsh(found: Compared) -> list[LetterKey]:
    """The letters, of those that were asked about, whose Welsh is not up to date with their English."""
    behind = found.survey.behind if found.survey else set()
    return sorted(key for key in behind if found.request.wants(key))


def _of_other_language(problems: Iterable[Problem]) -> Iterator[str]:
    """What of the Welsh is not up to date with the English, for who reads either."""
    told = (Code.NOT_READY_IN_WELSH, Code.STALE_WELSH, Code.MISSING_WELSH, Code.WITHOUT_ENGLISH, Code.OTHER_ORDER)
    for problem in problems:
        if problem.code in told:
            yield f"{problem.message[:1].upper()}{problem.message[1:]} ({problem.place})"


def _made(found: Compared, at: datetime) -> str:
    """What a report compares; and when it was made, from which version of the files."""
    compared = f"Compared: {found.before.title}, and {found.after.title}"
    zone = at.strftime("%z")
    when = f"{long_date(at.date())} at {at:%H:%M} (UTC{zone[:3]}:{zone[3:5]})"
    source = found.after.inputs.source if found.after.inputs else None
    files = f", from version {version_of(source)} of the files in forces/ and templates/" if source else ""
    return f"{compared}\nReport {found.identity}, made on {when}{files}"


def version_of(source: Source) -> str:
    """A short digest of the forces and templates: the same for the same files, whoever has them."""
    digest = sha256()
    for path in sorted(path for path in source if path.startswith(("forces/", "templates/")) or path == RECIPIENT):
        data = bytes_of(source, path)
        digest.update(f"{path}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()[:8]


def edited_redlines(found: Compared) -> list[str]:
    """The redlines that somebody edited, by path from the output folder; they stay as they are."""
    return list(edited_files(Store(found.request.out), *_REDLINES))


def replace_edited_redlines(found: Compared) -> list[tuple[str, str]]:
    """Move the redlines that somebody edited aside; gives each path, and where the file is now. Raises OSError."""
    store = Store(found.request.out)
    return [(path, store.move_aside(path)) for path in edited_redlines(found)]


def has_redlines(out: Path) -> bool:
    """Whether there are redlines of an earlier report."""
    return bool(Store(out).names(*_REDLINES))


def _remove_redlines(out: Path) -> None:
    store = Store(out)
    clear(store, *_REDLINES)
    for folder in (*sorted((out / REDLINES).glob("*/")), out / REDLINES):
        store.remove_folder(folder.relative_to(out).as_posix())


def _names(found: Compared) -> dict[LetterKey, str]:
    letters = {**found.before.letters, **found.after.letters}
    return {
        one.key: _in_its_language(letters[one.key].force_name, one.key) if one.key in letters else one.key.name
        for one in found.review.differences
    }


def _in_its_language(name: str, key: LetterKey) -> str:
    """A letter by the name of its force, with the language where that is not English."""
    return name if key.language == ENGLISH else f"{name}, {LANGUAGE_NAMES[key.language]}"


def write_redlines(found: Compared) -> list[Path]:
    """Write each changed letter as a Word document with tracked changes, and all of them as one, which begins with each
    change once; gives the paths, that of the one for all last.

    One that somebody edited stays as it is, and is not among them. Raises NoBaseline where a side is not known as
    composed or cannot be set, and OSError.
    """
    from letters.review.redlines import redline, redline_book
    from letters.review.redlines.once import Once

    out, names, items = found.request.out, _names(found), list(_to_redline(found))
    _remove_redlines(out)
    try:
        made = {f"{REDLINES}/{key.path}.docx": redline(*sides) for key, sides in items}
        if found.review.groups:
            once = Once(found.review, names, _made(found, datetime.now().astimezone()))
            made[BOOK] = redline_book([(names[key], *sides) for key, sides in items], once, _any_letter(found))
    except CannotRender as error:
        raise NoBaseline(f"the redlines cannot be made: {error}") from None
    store = Store(out)
    writable = {path: data for path, data in made.items() if may_be_replaced(store, path)}
    for path, data in writable.items():
        put(store, path, seal(data), replace_edited=False)
    return [out / path for path in writable]


def _any_letter(found: Compared) -> tuple[Letter, HouseStyle] | None:
    """A letter that changed, whose styles the first pages have where no letter has a redline."""
    for one in found.review.changed:
        letter = found.after.letters.get(one.key)
        if letter and found.survey and one.key.type in found.survey.looks:
            return letter, found.survey.style(one.key.type)
    return None


def _to_redline(found: Compared) -> Iterator[tuple[LetterKey, tuple[Letter | None, Letter | None, HouseStyle]]]:
    """Each letter that Word can show, before and after, and how it looks."""
    styles: dict[str, HouseStyle] = {}
    for one in found.review.changed:
        type_name = one.key.type
        old, new = found.before.letters.get(found.key_before(one.key)), found.after.letters.get(one.key)
        if (one.before and not old) or (one.after and not new):
            raise NoBaseline("a redline needs the whole letter; a PDF or Word file gives its words alone")
        if one.shows_in_word:
            if type_name not in styles:
                styles[type_name] = _style_of_both(found, type_name)
            yield one.key, (old, new, styles[type_name])


def _style_of_both(found: Compared, type_name: str) -> HouseStyle:
    """The house style of today; a picture that is no longer there is still in the letter before."""
    if found.survey is None or type_name not in found.survey.looks:
        raise NoBaseline(f"the redlines cannot be made: the letter type {type_name} has problems, see letters check")
    style, was = found.survey.style(type_name), style_of(found.before, type_name)
    return replace(style, pictures={**was.pictures, **style.pictures}) if was else style
