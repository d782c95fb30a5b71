"""The commands of the batch: new, check, build, clean, status, schema, doctor."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from letters.batch.formats import FORMATS
from letters.cli.common import (
    DONE,
    MACHINE,
    PROBLEMS,
    REFUSED,
    as_json_option,
    bounds_for,
    forces_argument,
    in_workspace,
    jobs_option,
    not_written,
    open_file,
    out_option,
    print_json,
    print_lines,
    print_problems,
    progress,
    quiet_option,
    request_for,
    status_of,
    time_limit_option,
    today,
    types_option,
    verbose_option,
)

if TYPE_CHECKING:
    from letters.batch.request import Request, Result
    from letters.batch.survey import Survey
    from letters.letter import LetterKey
    from letters.problems import Problem
    from letters.workspace.model import Word


@click.command()
@click.argument("force", required=False)
@click.option("--type", "new_type", metavar="TYPE", help="Make this letter type, with its lines in all of forces/.")
@click.option("--from", "old", metavar="OLD", help="With --type: the letter type to begin with.")
@click.option("-n", "--dry-run", is_flag=True, help="With --type: say what would be made, and write nothing.")
@in_workspace
def new(root: Path, force: str | None, new_type: str | None, old: str | None, dry_run: bool) -> int:
    """Write forces/FORCE.yaml, with every allowed value in a comment; or, with --type, a letter type."""
    from letters.cli import campaign

    campaign.check_usage(force, new_type, old, dry_run)
    if new_type is not None:
        return campaign.new_type(root, new_type, old, dry_run)
    assert force is not None
    from letters.machine.files import Store, is_plain_name
    from letters.workspace.editor import new_force
    from letters.workspace.forces import force_files, slug_of
    from letters.workspace.letter_types import load_letter_types
    from letters.workspace.recipient import load_recipient
    from letters.workspace.source import Folder, letter_type_names

    source = Folder(root)
    recipient, problems = load_recipient(source)
    if recipient is None:
        print_problems(problems)
        return PROBLEMS
    called = f"{recipient.word.a} {recipient.word.one}"
    path = f"forces/{force.removeprefix('forces/').removesuffix('.yaml')}.yaml"
    slugs, _ = force_files([path])
    name = "" if slugs else " ".join(force.split())
    if not slugs and (slug := slug_of(force, recipient.behind_area)):
        path = f"forces/{slug}.yaml"
        slugs, _ = force_files([path])
    if not slugs or not is_plain_name(next(iter(slugs))):
        like = slug_of(re.sub(r"[^\w &'’.,()-]+", "", force), ()) or "west-mercia"
        raise click.UsageError(f"{force!r} cannot name {called}: use a-z, 0-9 and single hyphens, such as {like}")
    if (root / path).exists():
        following = f"letters check {next(iter(slugs))}; for a new letter to all: letters new --type TYPE"
        click.echo(f"{path} is there already, and was left as it is. Next: {following}", err=True)
        return REFUSED
    types, more = load_letter_types(source, recipient)
    problems += more if letter_type_names(source) else []
    print_problems(problems)
    try:
        Store(root).write(path, new_force(next(iter(slugs)), types, recipient, name).encode())
    except OSError as error:
        return not_written(path, error)
    following = f"open it, fill it in, then letters check {next(iter(slugs))}"
    click.echo(f"{path} is written. Next: {following if letter_type_names(source) else 'letters new --type NAME'}")
    return PROBLEMS if any(problem.stops for problem in problems) else DONE


@click.command()
@forces_argument
@types_option
@as_json_option
@quiet_option
@in_workspace
def check(root: Path, forces: tuple[str, ...], types: tuple[str, ...], as_json: bool, quiet: bool) -> int:
    """Validate data, rules and templates; write nothing."""
    from letters.batch import terminal
    from letters.proof import pipeline

    result = pipeline.check(request_for(root, forces, types), progress(quiet or as_json, "possible letters read"))
    if as_json:
        print_json(terminal.as_data(result))
        return status_of(result)
    print_problems(result.problems)
    if not quiet:
        print_lines(terminal.elsewhere_lines(result))
        click.echo(terminal.check_summary(result))
    return status_of(result)


@click.command()
@forces_argument
@types_option
@click.option("--format", "formats", metavar="FORMAT,…", help=f"Only these formats; all are {','.join(FORMATS)}.")
@out_option
@jobs_option
@time_limit_option
@click.option("--replace-edited", is_flag=True, help="Move Word files that were edited aside, and build them anew.")
@click.option("--keep", "keep_edited", is_flag=True, help="Accept the edited Word files of these letters as they are.")
@click.option("--by", default="", metavar="NAME", help="Who says so: kept with it.")
@click.option("--open", "open_it", is_flag=True, help="Open the letter when it is built.")
@click.option("-n", "--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@as_json_option
@quiet_option
@verbose_option
@in_workspace
def build(
    root: Path,
    forces: tuple[str, ...],
    types: tuple[str, ...],
    formats: str | None,
    out: Path | None,
    jobs: int | None,
    time_limit: float | None,
    replace_edited: bool,
    keep_edited: bool,
    by: str,
    open_it: bool,
    dry_run: bool,
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """Make the letters that are out of date, and say why."""
    from dataclasses import replace

    from letters.batch import pipeline, terminal

    if keep_edited and replace_edited:
        raise click.UsageError("an edited Word file is kept or replaced: --keep or --replace-edited")
    if by and not keep_edited:
        raise click.UsageError("--by says who keeps an edited Word file: it goes with --keep")
    if keep_edited and not forces:
        many = _word(root).many
        raise click.UsageError(f"name the {many} whose edited Word files stay, such as: letters build kent --keep")
    request = replace(
        request_for(root, forces, types, out),
        formats=_formats(formats),
        jobs=jobs or os.cpu_count() or 1,
        replace_edited=replace_edited,
        keep_edited=keep_edited,
        by=by,
        dry_run=dry_run,
        bounds=bounds_for(time_limit),
    )
    try:
        result = pipeline.build(request, progress(quiet or as_json), _read_ready)
    except pipeline.Busy:
        click.echo(f"Another build is at work in {request.out}: wait until it is done, then build again.", err=True)
        return REFUSED
    except OSError as error:
        return not_written(request.out, error, "; see `letters doctor`")
    if as_json:
        print_json(terminal.as_data(result))
    else:
        print_problems(result.problems)
        if not quiet:
            print_lines(terminal.build_lines(result, dry_run=dry_run, verbose=verbose))
            print_lines(terminal.elsewhere_lines(result))
        print_lines(terminal.warning_lines(result, quiet=quiet, verbose=verbose), err=True)
        if not quiet:
            click.echo(terminal.summary(result, dry_run=dry_run))
    if open_it and not dry_run:
        _open(request, result)
    return status_of(result)


@click.command()
@forces_argument
@types_option
@out_option
@as_json_option
@verbose_option
@in_workspace
def status(
    root: Path, forces: tuple[str, ...], types: tuple[str, ...], out: Path | None, as_json: bool, verbose: bool
) -> int:
    """Where each letter stands, and what to do next."""
    from letters.batch import pipeline, terminal
    from letters.review import queries
    from letters.review.marks.reckoning import reckon

    result = pipeline.status(request_for(root, forces, types, out), _read_ready)
    readers = reckon(root).standing
    if as_json:
        print_json({**terminal.as_data(result), "queries": queries.data(readers.queries)})
        return DONE
    print_problems(result.problems)
    print_lines(terminal.status_lines(result, verbose=verbose))
    print_lines(queries.lines(readers.queries))
    print_lines((f"note: {unsound}" for unsound in readers.unsound), err=True)
    print_lines(terminal.warning_lines(result, verbose=verbose), err=True)
    click.echo(terminal.status_summary(result))
    return DONE


@click.command()
@types_option
@out_option
@click.option("-n", "--dry-run", is_flag=True, help="Say what would be moved, and move nothing.")
@as_json_option
@quiet_option
@verbose_option
@in_workspace
def clean(
    root: Path, types: tuple[str, ...], out: Path | None, dry_run: bool, as_json: bool, quiet: bool, verbose: bool
) -> int:
    """Move letters that are no longer to be made aside, into outputs/left-over/; nothing is deleted."""
    from dataclasses import replace

    from letters.batch import pipeline, terminal_files

    request = replace(request_for(root, (), types, out), dry_run=dry_run)
    try:
        result, folder = pipeline.clean(request, today().isoformat())
    except pipeline.Busy:
        click.echo(f"A build is at work in {request.out}: wait until it is done, then clean again.", err=True)
        return REFUSED
    except OSError as error:
        return not_written(request.out, error)
    if as_json:
        print_json(terminal_files.clean_data(result, folder))
        return status_of(result)
    print_problems(result.problems)
    if not quiet:
        print_lines(terminal_files.clean_lines(result, folder, verbose=verbose))
        click.echo(terminal_files.clean_summary(result, folder))
    return status_of(result)


@click.command()
@in_workspace
def schema(root: Path) -> int:
    """Write the schemas that let an editor complete and check force files, into .letters/."""
    from letters.machine.files import Store
    from letters.workspace.editor import schemas
    from letters.workspace.letter_types import load_letter_types
    from letters.workspace.recipient import load_recipient
    from letters.workspace.source import Folder

    source = Folder(root)
    recipient, problems = load_recipient(source)
    types, more = load_letter_types(source, recipient)
    problems += more
    print_problems(problems)
    if recipient is None:
        return PROBLEMS
    try:
        for path, data in schemas(types, recipient).items():
            Store(root).write(path, data)
            click.echo(path)
    except OSError as error:
        return not_written("a schema", error)
    return PROBLEMS if any(problem.stops for problem in problems) else DONE


@click.command()
@as_json_option
@out_option
@click.option("--workspace", type=click.Path(path_type=Path), help="The folder that holds forces/ and templates/.")
def doctor(as_json: bool, out: Path | None, workspace: Path | None) -> int:
    """Is this machine able to build letters? Says what to do where it is not."""
    from letters.batch.doctor import examine

    findings = examine(out or (workspace or Path.cwd()) / "outputs")
    if as_json:
        print_json([vars(finding) for finding in findings])
    else:
        for finding in findings:
            state = "well" if finding.well else "MISSING" if finding.needed else "without"
            click.echo(f"{state:<8} {finding.what}: {finding.found}")
            if not finding.well:
                click.echo(f"         do this: {finding.mend}")
        ill = sum(not finding.well and finding.needed for finding in findings)
        click.echo(
            "This machine can build letters." if not ill else f"{ill} to mend. Next: do the above, then letters doctor"
        )
    return DONE if all(finding.well or not finding.needed for finding in findings) else MACHINE


def _formats(given: str | None) -> tuple[str, ...]:
    from letters.problems import did_you_mean

    asked = [name.strip().lstrip(".").lower() for name in given.split(",")] if given else list(FORMATS)
    for name in asked:
        if name not in FORMATS:
            raise click.UsageError(f"{name!r} is not a format; {did_you_mean(name, FORMATS)}")
    return tuple(format for format in FORMATS if format in asked)


def _read_ready(survey: Survey, letters: list[LetterKey]) -> list[tuple[str, Problem]]:
    # Imported here: only letters that are ready need it.
    from letters.proof.ready import ready_problems

    return ready_problems(survey, letters)


def _word(root: Path) -> Word:
    from letters.workspace.source import Folder
    from letters.workspace.word import word_of

    return word_of(Folder(root))


def _open(request: Request, result: Result) -> None:
    keys = {step.wanted.key for step in result.steps}
    if len(keys) != 1:
        name = f"To open a letter, name one {result.survey.word.one}."
        click.echo(f"{len(keys)} letters: opening their folder. {name}", err=True)
        open_file(request.out)
        return
    open_file(request.out / f"{keys.pop().path}.{request.formats[0]}")


COMMANDS = (new, check, build, clean, status, schema, doctor)
