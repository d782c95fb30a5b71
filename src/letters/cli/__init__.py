"""Arguments in, printed lines and an exit code out. The only place that knows the terminal and the clock."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import click

from letters import __version__
from letters.cli import batch, proof, review
from letters.cli.common import DONE, INTERRUPTED, MACHINE
from letters.surroundings import STOPPED, clear_environment, heed_no_more, heed_signals


def main() -> NoReturn:
    """Run the command line and leave with the exit status of README, "Exit status"."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a dash or an arrow shows a question mark instead of stopping the batch.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    clear_environment()
    heed_signals()
    try:
        status = letters.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        heed_no_more()
        click.echo(STOPPED, err=True, nl=False)
        status = INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = DONE
    except MemoryError:
        click.echo("This machine has too little memory for that: close other programs. Nothing was lost.", err=True)
        status = MACHINE
    except Exception:
        import traceback

        traceback.print_exc()
        click.echo(
            "This is a fault in letters, not in your files, and nothing was lost. Please report the above.", err=True
        )
        status = MACHINE
    heed_no_more()
    sys.exit(status if isinstance(status, int) else DONE)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def letters() -> None:
    """The same letter to many people, each with its own verdict, and every word proved.

    FORCE is the name of a file in forces/ without .yaml, several, or a pattern such as 'west-*'; none means all.
    """


for command in (*batch.COMMANDS, *proof.COMMANDS, *review.COMMANDS):
    letters.add_command(command)
