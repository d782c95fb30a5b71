"""Arguments in, printed lines and an exit code out. The only place that knows the terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from functools import update_wrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from letters import __version__

if TYPE_CHECKING:
    from letters.pipeline import Request, Result
    from letters.problems import Problem

FORMATS = ("pdf", "docx", "html", "txt")

DONE, PROBLEMS, USAGE, MACHINE, REFUSED, INTERRUPTED = 0, 1, 2, 3, 4, 130

Command = Callable[..., Any]


def main() -> NoReturn:
    """Run the command line and leave with the exit status of README, "Exit status"."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a dash or an arrow shows a question mark instead of stopping the batch.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        status = letters.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nStopped. Every file is either as it was or new; run the same command again to go on.", err=True)
        status = INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = DONE
    except Exception:
        import traceback

        traceback.print_exc()
        click.echo(
            "This is a fault in letters, not in your files, and nothing was lost. Please report the above.", err=True
        )
        status = MACHINE
    sys.exit(status if isinstance(status, int) else DONE)


def _in_workspace(command: Command) -> Command:
    """Gives a command `--workspace` and the options that are spelled the same everywhere."""

    @click.option("--workspace", type=click.Path(path_type=Path), help="The folder that holds forces/ and templates/.")
    @click.option("--no-color", is_flag=True, help="Print without colours.")
    @click.pass_context
    def wrapped(context: click.Context, /, workspace: Path | None, no_color: bool, **options: Any) -> Any:
        if no_color or os.environ.get("NO_COLOR"):
            context.color = False
        return command(root=_workspace(workspace), **options)

    return update_wrapper(wrapped, command)


def _workspace(given: Path | None) -> Path:
    if given:
        if _is_workspace(given):
            return given.resolve()
        raise click.UsageError(
            f"{given} is no workspace: it lacks forces/ or templates/. `letters init {given}` makes one"
        )
    here = Path.cwd()
    for folder in (here, *here.parents):
        if _is_workspace(folder):
            return folder
    raise click.UsageError("there is no workspace here or above: cd into one, or make one with `letters init DIR`")


def _is_workspace(folder: Path) -> bool:
    return (folder / "forces").is_dir() and (folder / "templates").is_dir()


_forces = click.argument("forces", nargs=-1, metavar="[FORCE]…")
_as_json = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
_quiet = click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
_verbose = click.option("-v", "--verbose", is_flag=True, help="Print every file.")
_types = click.option("--type", "types", multiple=True, metavar="TYPE", help="Only letters of this type.")
_out = click.option("--out", type=click.Path(path_type=Path), help="Another folder than outputs/.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def letters() -> None:
    """The same letter to many people, each with its own verdict, and every word proved.

    FORCE is the name of a file in forces/ without .yaml, several, or a pattern such as 'west-*'; none means all.
    """


@letters.command()
@click.argument("folder", type=click.Path(path_type=Path))
def init(folder: Path) -> int:
    """Make a working sample workspace in FOLDER."""
    from letters.sample import write_sample

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.UsageError(f"{folder} is there already and is not an empty folder; choose another name")
    try:
        forces = write_sample(folder)
    except OSError as error:
        return _machine(f"{folder} cannot be written: {(error.strerror or str(error)).lower()}")
    click.echo(f"{folder}: {forces} forces and two letter types. Next: cd {folder}, then letters build")
    return DONE


@letters.command()
@click.argument("force")
@_in_workspace
def new(root: Path, force: str) -> int:
    """Write forces/FORCE.yaml, with every allowed value in a comment."""
    from letters.editor import new_force
    from letters.forces import force_files
    from letters.letter_types import load_letter_types
    from letters.source import Folder
    from letters.write import write_file

    path = f"forces/{force.removeprefix('forces/').removesuffix('.yaml')}.yaml"
    slugs, _ = force_files([path])
    if not slugs:
        raise click.UsageError(f"{force!r} cannot name a force: use a-z, 0-9 and single hyphens, such as west-mercia")
    if (root / path).exists():
        click.echo(f"{path} is there already, and was left as it is. Next: letters check {next(iter(slugs))}", err=True)
        return REFUSED
    types, problems = load_letter_types(Folder(root))
    _print_problems(problems)
    try:
        write_file(root / path, new_force(next(iter(slugs)), types).encode())
    except OSError as error:
        return _machine(f"{path} cannot be written: {(error.strerror or str(error)).lower()}")
    click.echo(f"{path} is written. Next: open it, fill it in, then letters check {next(iter(slugs))}")
    return PROBLEMS if any(problem.stops for problem in problems) else DONE


@letters.command()
@_forces
@_types
@_as_json
@_quiet
@_in_workspace
def check(root: Path, forces: tuple[str, ...], types: tuple[str, ...], as_json: bool, quiet: bool) -> int:
    """Validate data, rules and templates; write nothing."""
    from letters import pipeline, report

    result = pipeline.check(_request(root, forces, types))
    if as_json:
        _print_json(report.as_data(result))
        return _status(result)
    _print_problems(result.problems)
    if not quiet:
        click.echo(report.check_summary(result))
    return _status(result)


@letters.command()
@_forces
@_types
@click.option("--format", "formats", metavar="FORMAT,…", help=f"Only these formats; all are {','.join(FORMATS)}.")
@_out
@click.option("--jobs", type=click.IntRange(1, 64), help="How many processes; as many as there are processors.")
@click.option("--replace-edited", is_flag=True, help="Move Word files that were edited aside, and build them anew.")
@click.option("--open", "open_it", is_flag=True, help="Open the letter when it is built.")
@click.option("-n", "--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@_as_json
@_quiet
@_verbose
@_in_workspace
def build(
    root: Path,
    forces: tuple[str, ...],
    types: tuple[str, ...],
    formats: str | None,
    out: Path | None,
    jobs: int | None,
    replace_edited: bool,
    open_it: bool,
    dry_run: bool,
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """Make the letters that are out of date, and say why."""
    from dataclasses import replace

    from letters import pipeline, report

    request = replace(
        _request(root, forces, types, out),
        forms=_formats(formats),
        jobs=jobs or os.cpu_count() or 1,
        replace_edited=replace_edited,
        dry_run=dry_run,
    )
    try:
        result = pipeline.build(request, _progress(quiet or as_json))
    except pipeline.Busy:
        click.echo(f"Another build is at work in {request.out}: wait until it is done, then build again.", err=True)
        return REFUSED
    except OSError as error:
        return _machine(
            f"{request.out} cannot be written: {(error.strerror or str(error)).lower()}; see `letters doctor`"
        )
    if as_json:
        _print_json(report.as_data(result))
    else:
        _print_problems(result.problems)
        if not quiet:
            _print_lines(report.build_lines(result, dry_run=dry_run, verbose=verbose))
        _print_lines(report.warning_lines(result, quiet=quiet), err=True)
        if not quiet:
            click.echo(report.summary(result, dry_run=dry_run))
    if open_it and not dry_run:
        _open(request, result)
    return _status(result)


@letters.command()
@_forces
@_types
@_out
@_as_json
@_verbose
@_in_workspace
def status(
    root: Path, forces: tuple[str, ...], types: tuple[str, ...], out: Path | None, as_json: bool, verbose: bool
) -> int:
    """Where each letter stands, and what to do next."""
    from letters import pipeline, report

    result = pipeline.status(_request(root, forces, types, out))
    if as_json:
        _print_json(report.as_data(result))
        return DONE
    _print_problems(result.problems)
    _print_lines(report.status_lines(result, verbose=verbose))
    _print_lines(report.warning_lines(result), err=True)
    click.echo(report.status_summary(result))
    return DONE


@letters.command()
@click.argument("types", nargs=-1, metavar="[TYPE]…")
@click.option("--book", is_flag=True, help="Write the book of wordings as HTML and Word, into outputs/wording/.")
@click.option("--since", metavar="REV", help="Mark in the book what has changed since a git revision.")
@_out
@_as_json
@_in_workspace
def wording(root: Path, types: tuple[str, ...], book: bool, since: str | None, out: Path | None, as_json: bool) -> int:
    """Read every possible verdict, and say what is wrong with the wording."""
    from letters import proofroom
    from letters.proof import report
    from letters.revision import NoRevision

    request = _request(root, (), types, out)
    result, proofs = proofroom.wording(request)
    if as_json:
        _print_json([report.proof_data(proof) for proof in proofs])
    else:
        _print_problems(result.problems)
        for proof in proofs:
            _print_lines(report.proof_lines(proof))
    if book or since:
        try:
            paths = list(proofroom.write_books(result, proofs, since))
        except NoRevision as error:
            raise click.UsageError(str(error)) from None
        except OSError as error:
            return _machine(f"the book cannot be written: {(error.strerror or str(error)).lower()}")
        _print_lines([f"written: {path}" for path in paths], err=as_json)
    problems = sum(problem.stops for problem in result.problems)
    following = "mend what is said above" if problems else "letters build" if book else "letters wording --book"
    click.echo(f"{problems or 'no'} {'problem' if problems == 1 else 'problems'}. Next: {following}", err=as_json)
    return _status(result)


@letters.command()
@click.argument("force")
@click.option("--type", "kind", metavar="TYPE", help="Which letter, where the force has several.")
@click.option("--sentence", type=click.IntRange(1), metavar="N", help="Only this sentence.")
@_as_json
@_in_workspace
def explain(root: Path, force: str, kind: str | None, sentence: int | None, as_json: bool) -> int:
    """Why a letter says what it says: phrases, template lines, and the YAML lines that decided each sentence."""
    from letters import proofroom
    from letters.proof import report

    request = _request(root, (force,), (kind,) if kind else ())
    problems, explanations = proofroom.explain(request)
    _print_problems(problems)
    data: list[object] = []
    for (name, slug), (sentences, place_of) in explanations.items():
        chosen = [one for one in sentences if sentence is None or one.number == sentence]
        if not chosen:
            raise click.UsageError(f"the letter {name} to {slug} has {len(sentences)} sentences")
        data.append({"type": name, "force": slug, "sentences": report.explained_data(chosen, place_of)})
        if not as_json:
            click.echo(f"{slug}, {name}\n")
            _print_lines(report.explained_lines(chosen, place_of))
    if as_json:
        _print_json(data)
    return PROBLEMS if any(problem.stops for problem in problems) else DONE


@letters.command("try")
@click.argument("kind", metavar="TYPE")
@click.argument("answers", nargs=-1, metavar="FIELD=VALUE…")
@_as_json
@_in_workspace
def try_(root: Path, kind: str, answers: tuple[str, ...], as_json: bool) -> int:
    """The verdict for an outcome, without any file."""
    from letters import proofroom

    pairs = dict(pair.partition("=")[::2] for pair in answers)
    if bare := [pair for pair in answers if "=" not in pair]:
        raise click.UsageError(f"{bare[0]!r} is not FIELD=VALUE")
    problems, verdict = proofroom.try_outcome(_request(root, (), (kind,)), kind, pairs)
    if as_json:
        _print_json({"type": kind, "answers": pairs, "verdict": verdict, "problems": [p.as_data() for p in problems]})
    else:
        _print_problems(problems)
        _print_lines(verdict)
    return PROBLEMS if any(problem.stops for problem in problems) else DONE


@letters.command()
@_in_workspace
def schema(root: Path) -> int:
    """Write the schemas that let an editor complete and check force files, into .letters/."""
    from letters.editor import schemas
    from letters.letter_types import load_letter_types
    from letters.source import Folder
    from letters.write import write_file

    types, problems = load_letter_types(Folder(root))
    _print_problems(problems)
    try:
        for path, data in schemas(types).items():
            write_file(root / path, data)
            click.echo(path)
    except OSError as error:
        return _machine(f"the schemas cannot be written: {(error.strerror or str(error)).lower()}")
    return PROBLEMS if any(problem.stops for problem in problems) else DONE


@letters.command()
@_as_json
@_out
@click.option("--workspace", type=click.Path(path_type=Path), help="The folder that holds forces/ and templates/.")
def doctor(as_json: bool, out: Path | None, workspace: Path | None) -> int:
    """Is this machine able to build letters? Says what to do where it is not."""
    from letters.doctor import examine

    findings = examine(out or (workspace or Path.cwd()) / "outputs")
    if as_json:
        _print_json([vars(finding) for finding in findings])
    else:
        for finding in findings:
            click.echo(f"{'well' if finding.well else 'MISSING':<8} {finding.what}: {finding.found}")
            if not finding.well:
                click.echo(f"         do this: {finding.mend}")
        ill = sum(not finding.well for finding in findings)
        click.echo(
            "This machine can build letters." if not ill else f"{ill} to mend. Next: do the above, then letters doctor"
        )
    return DONE if all(finding.well for finding in findings) else MACHINE


# -- helpers


def _request(root: Path, forces: tuple[str, ...], types: tuple[str, ...], out: Path | None = None) -> Request:
    from letters.pipeline import Request
    from letters.problems import did_you_mean
    from letters.source import Folder, letter_type_names

    source = Folder(root)
    known = letter_type_names(source)
    for kind in types:
        if kind not in known:
            raise click.UsageError(f"there is no letter type {kind!r}; {did_you_mean(kind, known)}")
    return Request(root, (out or root / "outputs").resolve(), _selected(source, forces), types)


def _selected(source: Iterable[str], patterns: tuple[str, ...]) -> frozenset[str]:
    from letters.forces import force_files
    from letters.problems import did_you_mean

    known, _ = force_files(source)
    found: set[str] = set()
    for pattern in patterns:
        plain = pattern.replace("\\", "/").removeprefix("forces/").removesuffix(".yaml")
        matching = {slug for slug in known if fnmatchcase(slug, plain)}
        if not matching:
            raise click.UsageError(f"there is no force {pattern!r}; {did_you_mean(plain, known) or 'forces/ is empty'}")
        found |= matching
    return frozenset(found)


def _formats(given: str | None) -> tuple[str, ...]:
    from letters.problems import did_you_mean

    asked = [name.strip().lstrip(".").lower() for name in given.split(",")] if given else list(FORMATS)
    for name in asked:
        if name not in FORMATS:
            raise click.UsageError(f"{name!r} is not a format; {did_you_mean(name, FORMATS)}")
    return tuple(form for form in FORMATS if form in asked)


def _progress(silent: bool) -> Callable[[int, int], None]:
    def show(done: int, total: int) -> None:
        if not silent and sys.stderr.isatty():
            end = "\r\033[K" if done == total else ""
            click.echo(f"\r{done} of {total} letters {end}", nl=False, err=True)

    return show


def _open(request: Request, result: Result) -> None:
    keys = {(step.wanted.type, step.wanted.slug) for step in result.steps}
    if len(keys) != 1:
        click.echo(f"{len(keys)} letters: opening their folder. To open a letter, name one force.", err=True)
        click.launch(str(request.out))
        return
    kind, slug = keys.pop()
    click.launch(str(request.out / kind / f"{slug}.{request.forms[0]}"))


def _status(result: Result) -> int:
    if result.machine_failed:
        return MACHINE
    if result.refused:
        return REFUSED
    return PROBLEMS if any(problem.stops for problem in result.problems) else DONE


def _print_problems(problems: Iterable[Problem]) -> None:
    for problem in problems:
        first, _, rest = str(problem).partition("\n")
        click.echo(click.style(first, fg="red" if problem.stops else "yellow"), err=True)
        click.echo(f"{rest}\n" if rest else "", err=True)


def _print_lines(lines: Iterable[str], *, err: bool = False) -> None:
    for line in lines:
        click.echo(line, err=err)


def _print_json(data: object) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def _machine(message: str) -> int:
    click.echo(message, err=True)
    return MACHINE
