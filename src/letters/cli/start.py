"""The commands that need no workspace: init, how-to."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from letters.cli.common import DONE, not_written, print_lines

if TYPE_CHECKING:
    from letters.workspace.samples import Sample


class _SampleOption(click.Option):
    """Its help names the samples, which are looked for only when somebody asks."""

    def get_help_record(self, context: click.Context) -> tuple[str, str] | None:
        """The option and its help."""
        from letters.workspace.samples import DEFAULT, sample_names

        self.help = f"Which sample: {', '.join(sample_names())}. If not said, {DEFAULT}."
        return super().get_help_record(context)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--empty", is_flag=True, help="Without letters: a letterhead, and who letters go to, to begin with.")
@click.option("--sample", "name", metavar="NAME", cls=_SampleOption)
def init(folder: Path, empty: bool, name: str | None) -> int:
    """Make a working sample workspace in FOLDER."""
    from letters.problems import nearest
    from letters.workspace.samples import DEFAULT, EMPTY, load_sample, sample_names, takes_sample, write_sample

    if empty and name:
        raise click.UsageError("--empty is without a sample: say --empty or --sample")
    if name and name not in (names := sample_names()):
        near = nearest(name, names)
        meant = f"did you mean {near!r}?" if near else f"one of: {', '.join(names)}"
        raise click.UsageError(f"there is no sample {name!r}; {meant}")
    sample = load_sample(EMPTY if empty else name or DEFAULT)
    try:
        if not takes_sample(folder, sample):
            raise click.UsageError(f"{folder} is there already and is not an empty folder; choose another name")
        write_sample(folder, sample)
    except OSError as error:
        return not_written(folder, error)
    print_lines([f"{folder}: {sample.inside}. Next:"])
    print_lines(f"    {line}" for line in _next(folder, sample))
    return DONE


def _next(folder: Path, sample: Sample) -> Iterator[str]:
    """What to type then, in lines that can be pasted."""
    if folder.resolve() != Path.cwd():
        yield f"cd {_quoted(str(folder))}"
    if sample.types:
        yield "letters build"
    else:
        yield "letters new --type first-letter    # then change its outcome.yaml and letter.md in templates/"
        yield f"letters new NAME    # for each {sample.word[0]}, once outcome.yaml asks what its file is to answer"


def _quoted(path: str) -> str:
    """A path as a shell takes it."""
    if sys.platform == "win32":
        return f'"{path}"' if " " in path else path
    return shlex.quote(path)


@click.command("how-to")
@click.argument("name", required=False)
def how_to(name: str | None) -> int:
    """Show how things are done, step by step: the page NAME, or the names of all pages."""
    from letters.problems import nearest
    from letters.workspace import how_tos

    pages = how_tos.how_tos()
    known = [page for part in pages.values() for page in part]
    if name is None:
        print_lines(_list(pages, max(map(len, known))))
        return DONE
    text = how_tos.how_to(how_tos.page_named(name))
    if text is None:
        near = nearest(name, known)
        meant = f"did you mean {near!r}? " if near else ""
        raise click.UsageError(f"there is no page {name!r}; {meant}letters how-to lists them all")
    print_lines([text.rstrip("\n")])
    return DONE


def _list(pages: dict[str, dict[str, str]], width: int) -> Iterator[str]:
    from letters.workspace.how_tos import PARTS

    for part, titles in pages.items():
        yield f"{PARTS[part]}:"
        yield from (f"  {name:{width}}  {title}" for name, title in titles.items())
    yield "Next: letters how-to NAME"


COMMANDS = (init, how_to)
