"""Arguments in, printed lines and an exit code out. The only place that knows the terminal and the clock."""

from __future__ import annotations

import sys
from typing import NoReturn

import click

from letters import __version__
from letters.cli import batch, proof, review, start
from letters.cli.common import DONE, INTERRUPTED, MACHINE, USAGE, print_lines
from letters.cli.streams import steady_streams
from letters.machine.surroundings import STOPPED, clear_environment, heed_no_more, heed_signals, is_interrupted


def main() -> NoReturn:
    """Run the command line and leave with the exit status of README, "Exit status"."""
    printed, _ = steady_streams()
    clear_environment()
    status = _status()
    if said := printed.trouble():
        click.echo(f"What was to be printed could not be written: {said}", err=True)
        status = max(MACHINE, status)
    sys.exit(status)


def _status() -> int:
    """Run the command that the arguments name; whatever goes wrong is said, and gives the exit status."""
    try:
        heed_signals()
        status = letters.main(standalone_mode=False)
        heed_no_more()
    except SystemExit as left:
        status = left.code
    except click.ClickException as error:
        from letters.problems import visible

        vars(error)["message"] = visible(error.message)  # it repeats what was typed, and names of folders
        error.show()
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        status = _stopped()
    except OSError as error:
        status = _of_the_system(error)
    except MemoryError:
        click.echo("This machine has too little memory for that: close other programs. Nothing was lost.", err=True)
        status = MACHINE
    except BaseException as error:
        if is_interrupted():  # inside a library, which makes an error of its own of it
            return _stopped()
        if not isinstance(error, Exception):
            raise
        import traceback

        traceback.print_exc()
        click.echo(
            "This is a fault in letters, not in your files, and nothing was lost. Please report the above.", err=True
        )
        status = MACHINE
    heed_no_more()
    return status if isinstance(status, int) else DONE


def _stopped() -> int:
    """Say that the run was ended, and nothing else."""
    heed_no_more()
    click.echo(STOPPED, err=True, nl=False)
    return INTERRUPTED


def _of_the_system(error: OSError) -> int:
    """Say what the system would not do."""
    import errno
    from pathlib import Path

    from letters.machine.files import why

    try:
        Path.cwd()
    except OSError:
        click.echo("The current folder is gone: go into another one, then run the same command again.", err=True)
        return MACHINE
    named = str(error.filename or "")
    shown = named if len(named) <= _SHOWN else f"{named[:_SHOWN]}…"
    print_lines([f"{shown or 'A file'}: {why(error)}"], err=True)
    return USAGE if error.errno == errno.ENAMETOOLONG else MACHINE


#: So much of a long name is shown.
_SHOWN = 100


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def letters() -> None:
    """The same letter to many people, each with its own verdict, and every word proved.

    FORCE is the name of a file in forces/ without .yaml, several, or a pattern such as 'west-*'; none means all.
    """


for command in (*start.COMMANDS, *batch.COMMANDS, *proof.COMMANDS, *review.COMMANDS):
    letters.add_command(command)
