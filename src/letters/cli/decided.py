"""What `review` does about what its readers decided: decisions taken in, queries answered, letters reviewed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from letters.cli.common import DONE, PROBLEMS, REFUSED, print_lines
from letters.problems import plural

if TYPE_CHECKING:
    from letters.batch.request import Request
    from letters.letter import LetterKey
    from letters.review.compare.changes import Group
    from letters.review.comparison import Compared
    from letters.review.marks.decisions import Decisions
    from letters.review.marks.standing import Standing
    from letters.review.recording import Lacking, Taken

#: So many letters are named in a line.
NAMED = 5
HOW_TO_ANSWER = "letters review --answer N TEXT --by NAME"


def name_of(given: str | None) -> str:
    """A person's name as given with --by: one line, and nothing that a terminal would obey."""
    from letters.review.marks.reckoning import printable

    return " ".join(printable(given or "").split())[:200]


def take_over(request: Request) -> None:
    """Begin a review, and say what of earlier versions was taken over."""
    from letters.review import pipeline

    found = pipeline.begin(request)
    if found.queries:
        asked = plural(found.queries, "query", "queries")
        click.echo(f"{asked} of earlier reviews: open until answered, {HOW_TO_ANSWER}", err=True)
    print_lines((f"note: {note}" for note in found.notes), err=True)


# -- decisions


def take_in(request: Request, given: Sequence[Path], by: str) -> int:
    """Take in the decisions in some files or folders of them."""
    from letters.review import pipeline

    files = [*_files(given)]
    read = [(file, found) for file in files if (found := _read(file))]
    if not read:
        return PROBLEMS
    unknown = 0

    def said(file: Path, taken: Taken) -> None:
        nonlocal unknown
        print_lines([f"{file.name}: {_said(taken)}"])
        print_lines(_warnings(taken), err=True)
        unknown += taken.unknown

    _print_state(pipeline.take_in(request, read, by, said))
    return PROBLEMS if unknown or len(read) < len(files) else DONE


def _files(given: Iterable[Path]) -> Iterator[Path]:
    """The files that are given, each once, and those in the folders that are."""
    seen: set[Path] = set()
    for path in given:
        inside = sorted(path.glob("*.json")) if path.is_dir() else [path]
        if path.is_dir() and not inside:
            click.echo(f"{path} holds no file of decisions", err=True)
        for file in inside:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def _read(file: Path) -> Decisions | None:
    """The decisions in a file; None, and the reason said, where there are none."""
    from letters.machine.files import read_file, why
    from letters.review.marks.decisions import MOST_BYTES, read_decisions

    try:
        return read_decisions(read_file(file, MOST_BYTES, follow=True))
    except OSError as error:
        print_lines([f"{file} cannot be read: {why(error)}"], err=True)
    except ValueError as error:
        print_lines([f"{file}: {error}"], err=True)
    return None


def _said(taken: Taken) -> str:
    from letters.review.marks.standing import NOBODY

    said = f"by {taken.by or NOBODY}, {plural(taken.read, 'change')} read, {taken.queried} queried"
    more = [f"{taken.known} already known"] if taken.known else []
    more += [f"{taken.gone} no longer in the letters"] if taken.gone else []
    return "; ".join([said, ", ".join(more)]) if more else said


def _warnings(taken: Taken) -> Iterator[str]:
    if not taken.by:
        yield "    nobody is named in it: --by NAME says who decided"
    if taken.silent:
        yield f"    {plural(taken.silent, 'query', 'queries')} without a comment: ask what is meant"
    if taken.unknown:
        about = plural(taken.unknown, "change")
        yield f"    {about} in no report that is known here: not counted until the records of whoever made it are here"
    if taken.alone:
        yield f"    {plural(taken.alone, 'letter')} read, but not their changes: marks belong to changes now"


def _print_state(compared: Compared) -> None:
    from letters.review import queries

    groups, standing = compared.review.groups, compared.standing
    print_lines(queries.lines(standing.queries))
    following = next_step(compared, "outputs/review/review.html")
    click.echo(f"{state_line(groups, standing)}. Next: {following}")


def state_line(groups: Sequence[Group], standing: Standing) -> str:
    """How many changes are read, queried and to do."""
    from letters.review.marks.decisions import State

    counts = standing.tally(groups)
    said = ", ".join(f"{counts[state]} {state}" for state in (State.READ, State.QUERIED, State.TO_DO))
    return f"{plural(len(groups), 'change')}: {said}"


def next_step(compared: Compared, report: str) -> str:
    """What to do next about a review whose report is written."""
    if compared.standing.open_queries:
        return f"answer the queries, {HOW_TO_ANSWER}"
    if not compared.review.changed:
        return "edit a file in forces/, then letters diff"
    if not any(map(compared.standing.unread, compared.review.groups)):
        return "letters review --done"
    return f"open {report}, then letters review --import FILE, or --done --by NAME"


def answer(request: Request, number: int, text: str, by: str) -> int:
    """Answer a query."""
    from letters.review import pipeline, queries

    if not text.strip():
        raise click.UsageError("say what the answer is")
    query, still_open = pipeline.answer(request, number, text, by)
    if query is None:
        known = ", ".join(str(one.number) for one in still_open)
        raise click.UsageError(f"there is no query {number}; open: {known or 'none'}")
    print_lines(queries.in_full(query))
    left = len(still_open)
    following = "letters review" if not left else f"answer the other {plural(left, 'query', 'queries')}"
    again = "answered again" if query.answer else "answered"
    click.echo(f"query {number} is {again} by {by}. Next: {following}")
    return DONE


# -- done


def finish(request: Request, by: str) -> int:
    """Say whether the letters are reviewed, or what stands in the way."""
    from letters.review import pipeline

    found = pipeline.finish(request, by)
    if found.lacking:
        print_lines(_lacking(found.lacking, found.compared), err=True)
        click.echo(f"The letters are not reviewed. Next: {_mend(found.lacking)}", err=True)
        return REFUSED
    if found.unseen:
        were = "1 letter that changed was" if found.unseen == 1 else f"{found.unseen} letters that changed were"
        click.echo(f"warning: {were} in no report as now built", err=True)
    are = "1 letter is" if found.letters == 1 else f"{found.letters} letters are"
    click.echo(f"{are} reviewed. Next: edit a file in forces/, then letters diff")
    return DONE


def _lacking(lacking: Lacking, compared: Compared) -> Iterator[str]:
    from letters.review import queries

    yield from queries.lines(lacking.queries)
    yield from lacking.unsound
    for group, letters in lacking.unshown:
        yield f"in no report as now built: {_group(group, letters)}"
    for group, letters in lacking.unread:
        yield f"nobody read: {_group(group, letters)}"
    for path in lacking.unproven[:NAMED]:
        shown = compared.request.out / path
        yield f"{_from(compared.request.root, shown)} is not there, or says other words than the letter"
    if len(lacking.unproven) > NAMED:
        yield f"… and {len(lacking.unproven) - NAMED} more files"
    for key in lacking.unknown:
        yield f"what was reviewed of {key.name} cannot be read"


def _group(group: Group, letters: Sequence[LetterKey]) -> str:
    names = ", ".join(key.name for key in letters[:NAMED])
    more = f" and {len(letters) - NAMED} more" if len(letters) > NAMED else ""
    return f"change {group.number}, {group.title} ({names}{more})"


def _from(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _mend(lacking: Lacking) -> str:
    if lacking.queries:
        return f"answer the queries, {HOW_TO_ANSWER}"
    if lacking.unproven:
        return "letters build"
    if lacking.unsound or lacking.unknown:
        return "fetch these records back, from git or a colleague; letters review '*' --done goes on without them"
    return "letters review" if lacking.unshown else "letters review --import FILE, or --done --by NAME"
