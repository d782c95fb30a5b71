"""The commands of review: diff, review."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
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
    bounds_for,
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
    time_limit_option,
    types_option,
    verbose_option,
)

if TYPE_CHECKING:
    from letters.batch.request import Request
    from letters.review.comparison import Compared

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

    Two files, A and B, are compared with each other: letters as PDF or Word, whoever made them. One file of outputs/ is
    compared with the letter as it was built: what somebody edited in it.
    """
    from letters.review import delivery, pipeline, queries, terminal

    if any(_names_a_file(name) for name in forces):
        compared = _compared_files(find_root, forces, out, given=bool(types or against))
        following = ""
    else:
        request = request_for(find_root(), forces, types, out)
        compared = _compared(lambda: pipeline.diff(request, against))
        following = _next(compared, against)
    review = compared.review
    if as_json:
        problems = [problem.as_data() for problem in compared.problems]
        asked = queries.data(compared.standing.queries)
        shown = terminal.data(review, compared.standing, delivery.stale_in_welsh(compared))
        print_json({**shown, "queries": asked, "problems": problems})
    else:
        print_problems(compared.problems)
        standing = compared.standing
        _print_words(
            terminal.stat_lines(review)
            if stat
            else terminal.lines(review, _width(), verbose=verbose, standing=standing)
        )
        _print_words(queries.lines(standing.queries))
        print_lines(filter(None, [terminal.state_line(review, standing)]))
        print_lines((f"note: {unsound}" for unsound in compared.standing.unsound), err=True)
        if following:
            click.echo(terminal.summary(review, following, would=compared.unbuilt))
    if any(problem.stops for problem in compared.problems) or (exit_code and review.changed):
        return PROBLEMS
    return DONE


def _compared_files(
    find_root: Callable[[], Path], names: tuple[str, ...], out: Path | None, *, given: bool
) -> Compared:
    """Two files, or one of the outputs and its letter."""
    from letters.review import pipeline

    if len(names) > 2:
        raise click.UsageError("name two files, such as: letters diff signed.pdf outputs/…/kent.pdf")
    if given or (out and len(names) == 2):
        raise click.UsageError("files are compared with each other: leave --type, --against and --out out")
    if len(names) == 2:
        word = _word(find_root)
        return _compared(lambda: pipeline.diff_files(Path(names[0]), Path(names[1]), word))
    request = request_for(find_root(), (), (), out)
    try:
        return _compared(lambda: pipeline.diff_with_built(request, Path(names[0])))
    except KeyError:
        if book := _book_of(request, Path(names[0])):
            return book
        why = (
            f"{names[0]} is no letter in {request.out.name}/ to be held against what was built: name two files, such as"
        )
        raise click.UsageError(f"{why}: letters diff signed.pdf outputs/…/kent.pdf") from None


def _book_of(request: Request, file: Path) -> Compared | None:
    """A book that somebody wrote into, held against the one that would be written today; None of other files."""
    from letters.machine.files import Store
    from letters.machine.scratch import scratch_folder
    from letters.proof.books import book_of_file
    from letters.review import pipeline

    if (data := book_of_file(request, file)) is None:
        return None
    folder = scratch_folder()
    Store(folder).write(file.name, data)
    found = pipeline.diff_files(folder / file.name, file)
    title = "the book as it would be written today"
    return replace(found, review=replace(found.review, against=title))


def _word(find_root: Callable[[], Path]) -> str:
    """What one of those who letters go to is called in the workspace; outside of any as it is usual."""
    from letters.letter import FORCE_WORD
    from letters.workspace.source import Folder
    from letters.workspace.word import word_of

    try:
        return word_of(Folder(find_root())).one
    except click.ClickException:
        return FORCE_WORD


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
@click.option("--import", "files", is_flag=True, help="Take in decisions: files, or folders of them.")
@click.option("--answer", nargs=2, type=(int, str), metavar="N TEXT", help="Answer a reader's query.")
@click.option("--by", metavar="NAME", help="Who read all that reports showed (--done), answers, or decided (--import).")
@click.option("--replace-edited", is_flag=True, help="Move redlines that were edited in Word aside.")
@click.option("--open", "open_it", is_flag=True, help="Open the report in the browser.")
@jobs_option
@time_limit_option
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
    files: bool,
    answer: tuple[int, str] | None,
    by: str | None,
    replace_edited: bool,
    open_it: bool,
    jobs: int | None,
    time_limit: float | None,
    out: Path | None,
    as_json: bool,
    verbose: bool,
) -> int:
    """Write the report of what changed in the letters as they were built, for a reviewer who needs no tool."""
    from dataclasses import replace

    from letters.batch.pipeline import Busy
    from letters.cli import decided
    from letters.review import pipeline

    _refuse_what_does_not_go_together((docx or open_it or as_json, done, files, answer), against, by)
    request = replace(
        request_for(root, () if files or answer else forces, types, out),
        jobs=jobs or os.cpu_count() or 1,
        bounds=bounds_for(time_limit),
    )
    name = decided.name_of(by)
    try:
        with pipeline.reviewing(request):
            _compared(lambda: decided.take_over(request))
            if answer:
                return decided.answer(request, *answer, name)
            if files:
                return _compared(lambda: decided.take_in(request, _given(forces), name))
            if done:
                return _compared(lambda: decided.finish(request, name))
            request = replace(request, replace_edited=replace_edited)
            return _report(request, against, docx=docx, open_it=open_it, as_json=as_json, verbose=verbose)
    except Busy:
        click.echo(f"A build is at work in {request.out}: wait until it is done, then review again.", err=True)
        return REFUSED
    except ChildProcessError:
        return machine_failed("a process that drew pages was ended, maybe for lack of memory; try --jobs 1")
    except OSError as error:
        return not_written(error.filename if isinstance(error.filename, str) else request.out, error)


def _refuse_what_does_not_go_together(modes: tuple[object, ...], against: str | None, by: str | None) -> None:
    report, done, files, answer = map(bool, modes)
    if report + done + files + answer > 1:
        raise click.UsageError("--done, --import and --answer stand alone: one of them, or the report")
    if against and (done or files or answer):
        raise click.UsageError("this is about what is reviewed since the last --done: leave --against out")
    if by is not None and not by.strip():
        raise click.UsageError("--by wants a name, such as --by 'Ann Smith'")
    if by and not (done or files or answer):
        raise click.UsageError("--by goes with --done, --import or --answer")
    if answer and not by:
        raise click.UsageError("say who answers: --by NAME")


def _given(files: tuple[str, ...]) -> list[Path]:
    """The files of decisions that are named. Raises UsageError where there is none, or a force is."""
    if not files:
        raise click.UsageError("name the files of decisions, or a folder of them: letters review --import FILE…")
    return [Path(file) for file in files]


def _report(request: Request, against: str | None, *, docx: bool, open_it: bool, as_json: bool, verbose: bool) -> int:
    from letters.review import pipeline

    def moved_aside(path: str, aside: str) -> None:
        click.echo(f"moved aside: {path} is now {aside.rpartition('/')[2]}", err=as_json)

    made = _compared(lambda: pipeline.report(request, against, moved_aside, docx=docx))
    _show_review(made.compared, [made.report, *made.redlines], as_json=as_json, verbose=verbose)
    for path in made.edited:
        click.echo(f"kept: {path} was edited since it was written, and was left as it is", err=True)
    if made.edited:
        click.echo("letters review --docx --replace-edited moves edited redlines aside", err=True)
    if made.are_gone and not docx:
        note = "removed: the redlines of an earlier report, which showed other changes"
        click.echo(f"{note}; letters review --docx makes them anew", err=True)
    if open_it:
        open_file(made.report)
    if made.edited:
        return REFUSED
    return PROBLEMS if any(problem.stops for problem in made.compared.problems) else DONE


def _show_review(compared: Compared, paths: list[Path], *, as_json: bool, verbose: bool) -> None:
    from letters.cli import decided
    from letters.review import delivery, queries, terminal

    root = compared.request.root
    shown = [path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path) for path in paths]
    if as_json:
        problems = [problem.as_data() for problem in compared.problems]
        asked = queries.data(compared.standing.queries)
        print_json(
            {
                **terminal.data(compared.review, compared.standing, delivery.stale_in_welsh(compared)),
                "queries": asked,
                "written": shown,
                "problems": problems,
            }
        )
        return
    print_problems(compared.problems)
    standing = compared.standing
    _print_words(terminal.lines(compared.review, _width(), verbose=verbose, standing=standing))
    book = [f"{one} (each change once, then every changed letter)" for one in shown if one.endswith(delivery.BOOK)]
    print_lines(terminal.stale_lines(delivery.stale_in_welsh(compared), _width()))
    print_lines([f"written: {', '.join([*book, shown[0]])}"])
    _print_words(queries.lines(standing.queries))
    print_lines(filter(None, [terminal.state_line(compared.review, standing)]))
    print_lines((f"note: {unsound}" for unsound in standing.unsound), err=True)
    following = "letters build, then letters review" if compared.unbuilt else decided.next_step(compared, shown[0])
    click.echo(terminal.summary(compared.review, following))


def _width() -> int:
    """How many characters a line of the terminal takes, for text that is read."""
    return min(max(shutil.get_terminal_size().columns, 60), 110)


def _names_a_file(name: str) -> bool:
    """Whether an argument names a letter on disk, and not a force."""
    suffix = Path(name).suffix.lower()
    if suffix in ("", ".yaml"):  # forces/kent.yaml names a force
        return False
    return suffix in (".pdf", ".docx", ".html", ".txt", ".json") or Path(name).is_file()


def _print_words(lines: Iterable[str]) -> None:
    """Print lines in which [-removed-] and {+added+} words are marked; in colour, without the marks."""
    from letters.problems import visible

    for line in lines:
        # A letter by somebody else may hold what a terminal would obey.
        safe = visible(line)
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
    from letters.workspace.revision import NoRevision

    try:
        return compare()
    except (NoBaseline, NoRevision) as error:
        print_lines([str(error)], err=True)
        sys.exit(PROBLEMS)


COMMANDS = (diff, review)
