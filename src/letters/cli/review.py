"""The commands of review: diff, review."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from letters.cli.common import (
    DONE,
    PROBLEMS,
    REFUSED,
    against_option,
    anywhere,
    as_json_option,
    forces_argument,
    in_workspace,
    jobs_option,
    machine_failed,
    not_written,
    open_file,
    out_option,
    print_json,
    print_lines,
    print_problems,
    request_for,
    types_option,
    verbose_option,
)

if TYPE_CHECKING:
    from datetime import date

    from letters.request import Request
    from letters.reviewdesk import Query
    from letters.reviewroom import Compared

T = TypeVar("T")


@click.command()
@click.argument("forces", nargs=-1, metavar="[FORCE]… | A B")
@types_option
@against_option
@click.option("--stat", is_flag=True, help="Only how many changes of which kind.")
@click.option("--exit-code", is_flag=True, help="End with 1 if anything is different.")
@out_option
@as_json_option
@verbose_option
@anywhere
def diff(
    find_root: Callable[[], Path],
    forces: tuple[str, ...],
    types: tuple[str, ...],
    against: str | None,
    stat: bool,
    exit_code: bool,
    out: Path | None,
    as_json: bool,
    verbose: bool,
) -> int:
    """What the files, as they are now, change in which letters; each change once.

    Two files, A and B, are compared with each other: letters as PDF or Word, whoever made them.
    """
    from letters import reviewroom
    from letters.review import terminal

    if any(_names_a_file(name) for name in forces):
        compared = _compared_files(forces, given=bool(types or against or out))
        following = ""
    else:
        request = request_for(find_root(), forces, types, out)
        compared = _compared(lambda: reviewroom.diff(request, against))
        following = _next(compared, against)
    review = compared.review
    if as_json:
        problems = [problem.as_data() for problem in compared.problems]
        print_json({**terminal.data(review), "problems": problems})
    else:
        print_problems(compared.problems)
        _print_words(terminal.stat_lines(review) if stat else terminal.lines(review, _width(), verbose=verbose))
        if following:
            click.echo(terminal.summary(review, following, would=compared.unbuilt))
    if any(problem.stops for problem in compared.problems) or (exit_code and review.changed):
        return PROBLEMS
    return DONE


def _compared_files(names: tuple[str, ...], *, given: bool) -> Compared:
    from letters import reviewroom

    if len(names) != 2:
        raise click.UsageError("name two files, such as: letters diff signed.pdf outputs/…/kent.pdf")
    if given:
        raise click.UsageError("two files are compared with each other: leave --type, --against and --out out")
    return _compared(lambda: reviewroom.diff_files(Path(names[0]), Path(names[1])))


def _next(compared: Compared, against: str | None) -> str:
    if any(problem.stops for problem in compared.problems):
        return "mend what is said above, then letters diff"
    if compared.unbuilt:
        return "letters build"
    if not compared.review.changed:
        return "edit a file in forces/, then letters diff"
    return f"letters review --against {against}" if against else "letters review"


@click.command()
@forces_argument
@types_option
@against_option
@click.option("--docx", is_flag=True, help="Also a Word document with tracked changes for each changed letter.")
@click.option("--done", is_flag=True, help="The letters are reviewed as they were built: the next review begins here.")
@click.option("--import", "decisions", type=click.Path(path_type=Path), metavar="FILE", help="A reviewer's decisions.")
@click.option("--open", "open_it", is_flag=True, help="Open the report in the browser.")
@jobs_option
@out_option
@as_json_option
@verbose_option
@in_workspace
def review(
    root: Path,
    forces: tuple[str, ...],
    types: tuple[str, ...],
    against: str | None,
    docx: bool,
    done: bool,
    decisions: Path | None,
    open_it: bool,
    jobs: int | None,
    out: Path | None,
    as_json: bool,
    verbose: bool,
) -> int:
    """Write the report of what changed in the letters as they were built, for a reviewer who needs no tool."""
    from dataclasses import replace

    from letters import pipeline

    if sum(map(bool, (docx or open_it or as_json, done, decisions))) > 1:
        raise click.UsageError("--done and --import stand alone: one of them, or the report")
    if decisions and against:
        raise click.UsageError("decisions are about a report that was written: leave --against out")
    request = replace(request_for(root, forces, types, out), jobs=jobs or os.cpu_count() or 1)
    try:
        # What a build is just replacing would be half of one state and half of the other.
        with pipeline.alone(request.out) if request.out.exists() else nullcontext():
            if decisions:
                return _judge(request, decisions)
            if done:
                return _finish(request, against)
            return _report(request, against, docx=docx, open_it=open_it, as_json=as_json, verbose=verbose)
    except pipeline.Busy:
        click.echo(f"A build is at work in {request.out}: wait until it is done, then review again.", err=True)
        return REFUSED
    except ChildProcessError:
        return machine_failed("a process that drew pages was ended, maybe for lack of memory; try --jobs 1")
    except OSError as error:
        return not_written(_which(error, request.out), error)


def _which(error: OSError, out: Path) -> object:
    """What could not be written: the one file that is open elsewhere, else the folder."""
    from letters.files import OpenElsewhere

    return error.filename if isinstance(error, OpenElsewhere) else out


def _report(request: Request, against: str | None, *, docx: bool, open_it: bool, as_json: bool, verbose: bool) -> int:
    from letters import reviewdesk, reviewroom

    compared = _compared(lambda: reviewroom.review(request, against))
    report = reviewdesk.write_report(compared)
    redlines: list[Path] = _compared(lambda: reviewdesk.write_redlines(compared)) if docx else []
    _show_review(compared, [report, *redlines], as_json=as_json, verbose=verbose)
    if open_it:
        open_file(report)
    return PROBLEMS if any(problem.stops for problem in compared.problems) else DONE


def _finish(request: Request, against: str | None) -> int:
    """The letters are reviewed as they were built."""
    from letters import reviewdesk, reviewroom

    compared = _compared(lambda: reviewroom.review(request, against, with_pages=False))
    unseen = reviewdesk.unseen(compared)
    count = reviewdesk.finish_all(compared, _today())
    if unseen:
        were = "1 letter that changed was" if len(unseen) == 1 else f"{len(unseen)} letters that changed were"
        click.echo(f"warning: {were} in no report as now built", err=True)
    click.echo(f"{_letters(count)} reviewed. Next: edit a file in forces/, then letters diff")
    return DONE


def _letters(count: int) -> str:
    return "1 letter is" if count == 1 else f"{count} letters are"


def _show_review(compared: Compared, paths: list[Path], *, as_json: bool, verbose: bool) -> None:
    from letters.review import terminal

    root = compared.request.root
    shown = [path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path) for path in paths]
    if as_json:
        problems = [problem.as_data() for problem in compared.problems]
        print_json({**terminal.data(compared.review), "written": shown, "problems": problems})
        return
    print_problems(compared.problems)
    _print_words(terminal.lines(compared.review, _width(), verbose=verbose))
    book = [f"{shown[-1]} with all redlines"] if len(shown) > 1 else []
    print_lines([f"written: {', '.join([shown[0], *book])}"])
    if compared.unbuilt:
        following = "letters build, then letters review"
    elif compared.review.changed:
        following = f"open {shown[0]}, then letters review --done"
    else:
        following = "edit a file in forces/, then letters diff"
    click.echo(terminal.summary(compared.review, following))


def _judge(request: Request, file: Path) -> int:
    """Take in a reviewer's decisions."""
    from letters import reviewdesk, reviewroom
    from letters.files import read_file, why
    from letters.review.decisions import MOST_BYTES, read_decisions

    try:
        data = read_file(file, MOST_BYTES, follow=True)
        decisions = read_decisions(data)
    except OSError as error:
        print_lines([f"{file} cannot be read: {why(error)}"], err=True)
        return PROBLEMS
    except ValueError as error:
        print_lines([f"{file}: {error}"], err=True)
        return PROBLEMS
    compared = _compared(lambda: reviewroom.review(request, None, with_pages=False))
    judged = reviewdesk.judge(compared, decisions, data, _today())
    for query in judged.queries:
        _print_query(query)
    if not judged.known:
        click.echo(
            "These decisions are about a report that was not written here: nothing counts as reviewed.", err=True
        )
    if judged.outdated:
        were = "1 letter was" if judged.outdated == 1 else f"{judged.outdated} letters were"
        click.echo(f"{were} read and built anew since that report: not counted as reviewed", err=True)
    by = f" by {decisions.reviewer}" if decisions.reviewer else ""
    following = "letters diff" if not judged.queries else "answer the queries, then letters build and letters review"
    asked = f"{len(judged.queries)} {'query' if len(judged.queries) == 1 else 'queries'}"
    click.echo(f"{_letters(judged.reviewed)} reviewed{by}, {asked}. Next: {following}")
    return DONE if judged.known else PROBLEMS


def _print_query(query: Query) -> None:
    several = f" (in {len(query.letters)} letters)" if len(query.letters) > 1 else ""
    click.echo(f"query: {query.about}{several}")
    print_lines(f"    {line}" for line in query.comment.split("\n") if line)
    if len(query.letters) == 1:
        click.echo(f"    in the letter to {query.letters[0].partition('/')[2]}")
    print_lines(f"    from {cause}" for cause in query.causes)


def _width() -> int:
    """How many characters a line of the terminal takes, for text that is read."""
    return min(max(shutil.get_terminal_size().columns, 60), 110)


def _today() -> date:
    from datetime import date

    return date.today()  # noqa: DTZ011 - the day that the user's own calendar shows


def _names_a_file(name: str) -> bool:
    """Whether an argument names a letter on disk, and not a force."""
    suffix = Path(name).suffix.lower()
    if suffix in ("", ".yaml"):  # forces/kent.yaml names a force
        return False
    return suffix in (".pdf", ".docx", ".html", ".txt", ".json") or Path(name).is_file()


def _print_words(lines: Iterable[str]) -> None:
    """Print lines in which [-removed-] and {+added+} words are marked; in colour, without the marks."""
    for line in lines:
        # A letter by somebody else may hold what a terminal would obey.
        safe = "".join(ch if ch.isprintable() else "�" for ch in line)
        click.echo(_IN_COLOUR.sub(_coloured, safe) if _has_colour() else safe)


_IN_COLOUR = re.compile(r"\[-(.*?)-\]|\{\+(.*?)\+\}")


def _coloured(mark: re.Match[str]) -> str:
    removed, added = mark.groups()
    return click.style(removed, fg="red", strikethrough=True) if removed else click.style(added, fg="green", bold=True)


def _has_colour() -> bool:
    context = click.get_current_context()
    return sys.stdout.isatty() if context.color is None else context.color


def _compared(compare: Callable[[], T]) -> T:
    """What a comparison gives; where there is nothing to compare with, the reason is said, and that is the end."""
    from letters.review.baseline import NoBaseline
    from letters.revision import NoRevision

    try:
        return compare()
    except (NoBaseline, NoRevision) as error:
        print_lines([str(error)], err=True)
        sys.exit(PROBLEMS)


COMMANDS = (diff, review)
