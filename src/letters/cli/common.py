"""What the commands share: options that are spelled the same everywhere, requests, exit statuses, printing."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from fnmatch import fnmatchcase
from functools import partial, update_wrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from letters.machine.bounds import Bounds

if TYPE_CHECKING:
    from datetime import date

    from letters.batch.request import Request, Result
    from letters.problems import Problem
    from letters.workspace.source import Source

DONE, PROBLEMS, USAGE, MACHINE, REFUSED, INTERRUPTED = 0, 1, 2, 3, 4, 130

Command = Callable[..., Any]


def in_workspace(command: Command) -> Command:
    """Gives a command its workspace as `root`, and the options that are spelled the same everywhere."""
    return _with_common_options(lambda given, options: command(root=_workspace(given), **options), command)


def anywhere(command: Command) -> Command:
    """The same for a command that may need no workspace: `find_root` gives it, or raises that there is none."""
    return _with_common_options(
        lambda given, options: command(find_root=partial(_workspace, given), **options), command
    )


def _with_common_options(run: Callable[[Path | None, dict[str, Any]], Any], command: Command) -> Command:
    @click.option("--workspace", type=click.Path(path_type=Path), help="The folder that holds forces/ and templates/.")
    @click.option("--no-color", is_flag=True, help="Print without colours.")
    @click.pass_context
    def wrapped(context: click.Context, /, workspace: Path | None, no_color: bool, **options: Any) -> Any:
        if no_color or os.environ.get("NO_COLOR"):
            context.color = False
        return run(workspace, options)

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


forces_argument = click.argument("forces", nargs=-1, metavar="[FORCE]…")
as_json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
verbose_option = click.option("-v", "--verbose", is_flag=True, help="Print every file.")
types_option = click.option("--type", "types", multiple=True, metavar="TYPE", help="Only letters of this type.")


def _not_empty(_: click.Context, __: click.Parameter, given: str | None) -> Path | None:
    if given is not None and not given.strip():
        raise click.UsageError("--out names no folder")
    return Path(given) if given is not None else None


out_option = click.option("--out", type=click.Path(), callback=_not_empty, help="Another folder than outputs/.")
jobs_option = click.option(
    "--jobs", type=click.IntRange(1, 64), help="How many processes; as many as there are processors."
)
time_limit_option = click.option(
    "--time-limit",
    type=click.FloatRange(0.01, 86_400),
    metavar="SECONDS",
    help=f"The most that one letter may take of the processor; {Bounds().seconds:g} if not said.",
)
against_option = click.option(
    "--against", metavar="REV|FOLDER", help="Another state: a git revision, or a folder of letters."
)


#: What to do where there is none.
NO_TYPE_YET = "there is none yet: letters new --type NAME makes one"


def bounds_for(time_limit: float | None) -> Bounds:
    return Bounds(time_limit) if time_limit else Bounds()


def request_for(root: Path, forces: tuple[str, ...], types: tuple[str, ...], out: Path | None = None) -> Request:
    from letters.batch.request import Request
    from letters.problems import did_you_mean
    from letters.workspace.source import Folder, letter_type_names

    source = Folder(root)
    folder = _out_folder(root, out)
    known = letter_type_names(source)
    for type_name in types:
        if type_name not in known:
            raise click.UsageError(
                f"there is no letter type {type_name!r}; {did_you_mean(type_name, known) or NO_TYPE_YET}"
            )
    return Request(root, folder, _selected(source, forces), types)


def _out_folder(root: Path, given: Path | None) -> Path:
    """Where letters go, resolved."""
    from letters.batch.outputs import OUTPUTS, unfit

    try:
        out = (given or root / OUTPUTS).resolve()
        out.exists()  # a name that is too long is told before anything is done
    except RuntimeError:  # a loop of links
        raise click.UsageError(f"{given or OUTPUTS} is a link to itself") from None
    if given is None and not out.is_relative_to(root):
        raise click.UsageError(f"{OUTPUTS}/ is a link out of the workspace; if that is meant, say --out {out}")
    why_not = unfit(out, root.resolve())
    if why_not and (given or out.is_dir()):  # a file called `outputs` is told by who cannot write there
        raise click.UsageError(f"letters cannot be put into {given or OUTPUTS}: {why_not}; name a folder of its own")
    return out


def _selected(source: Source, patterns: tuple[str, ...]) -> frozenset[str]:
    from letters.letter import WELSH
    from letters.workspace.forces import force_files

    known, _ = force_files(source)
    found: set[str] = set()
    for pattern in patterns:
        plain = pattern.replace("\\", "/").removeprefix("forces/").removesuffix(".yaml").removesuffix(f".{WELSH}")
        matching = {slug for slug in known if fnmatchcase(slug, plain)} or _meant(source, known, plain)
        if not matching:
            from letters.workspace.word import word_of

            raise click.UsageError(f"there is no {word_of(source).one} {pattern!r}; {_instead(plain, known)}")
        found |= matching
    return frozenset(found)


def _meant(source: Source, known: Mapping[str, str], given: str) -> set[str]:
    """The one force that is called so otherwise: in capitals, with spaces, by its name; or none."""
    from letters.problems import InvalidInput
    from letters.workspace.forces import slug_of
    from letters.workspace.raw import load_yaml
    from letters.workspace.recipient import recipient_of

    if (slug := slug_of(given, recipient_of(source).behind_area)) in known:
        return {slug}
    called = set()
    for slug, path in known.items():
        try:
            data = load_yaml(source, path).data
        except InvalidInput:
            continue
        if isinstance(data, dict) and str(data.get("name", "")).casefold() == given.casefold():
            called.add(slug)
    return called if len(called) == 1 else set()


def _instead(given: str, known: Collection[str]) -> str:
    """What may be meant by a force that is not there; a short list, or where the long one is."""
    from letters.problems import nearest

    if near := nearest(given, known):
        return f"did you mean {near!r}?"
    if not known:
        return "forces/ is empty"
    return f"one of: {', '.join(known)}" if len(known) <= _FEW else "letters status lists them all"


#: So many forces are named; of more it is said where they are listed.
_FEW = 8


def status_of(result: Result) -> int:
    if result.machine_failed:
        return MACHINE
    if result.refused or result.kept:
        return REFUSED
    return PROBLEMS if any(problem.stops for problem in result.problems) else DONE


def today() -> date:
    from datetime import date

    return date.today()  # noqa: DTZ011 - the day that the user's own calendar shows


def print_problems(problems: Iterable[Problem]) -> None:
    for problem in problems:
        first, _, rest = str(problem).partition("\n")
        click.echo(click.style(first, fg="red" if problem.stops else "yellow"), err=True)
        click.echo(f"{rest}\n" if rest else "", err=True)


def print_lines(lines: Iterable[str], *, err: bool = False) -> None:
    from letters.problems import visible

    for line in lines:
        click.echo("\n".join(map(visible, line.split("\n"))), err=err)


def open_file(path: Path) -> None:
    """Open a file with whatever this machine opens it with; says so where there is nothing that does."""
    if sys.platform.startswith(("win", "darwin")):
        click.launch(str(path))
        return
    opener = shutil.which("xdg-open") if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") else None
    if opener is None or _ended_ill([opener, str(path)]):
        click.echo(f"Nothing here can show {path}: open it on a machine with a screen.", err=True)


def _ended_ill(command: list[str]) -> bool:
    """Whether a program gives up at once; one that stays open is well."""
    quiet = subprocess.DEVNULL
    started = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    try:
        return started.wait(timeout=5) != 0
    except subprocess.TimeoutExpired:
        return False


def print_json(data: object) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def not_written(what: object, error: OSError, mend: str = "") -> int:
    """Say that something cannot be written and why; gives the exit status."""
    from letters.machine.files import OpenElsewhere, Refused, why

    if isinstance(error, Refused) and isinstance(error.filename, str):
        what = error.filename  # which may be a file in a folder, and only that is in the way
    said = f"{what} cannot be written: {why(error)}{mend if not isinstance(error, Refused) else ''}"
    print_lines([said], err=True)
    if error.errno == errno.ENAMETOOLONG:
        return USAGE
    return REFUSED if isinstance(error, Refused) else PROBLEMS if isinstance(error, OpenElsewhere) else MACHINE


def machine_failed(message: str) -> int:
    print_lines([message], err=True)
    return MACHINE


def progress(silent: bool, what: str = "letters") -> Callable[[int, int], None]:
    """A line on a terminal that says how many of how many are done, and goes when all are."""

    def show(done: int, total: int) -> None:
        if not silent and sys.stderr.isatty():
            end = "\r\033[K" if done == total else ""
            click.echo(f"\r{done} of {total} {what} {end}", nl=False, err=True)

    return show
