"""Imports all of `letters`, then runs each command that is asked for on standard input in a process forked off."""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import sys
from pathlib import Path

import letters
from letters.__main__ import main
from letters.batch.formats import FORMATS
from letters.batch.inputs import Inputs
from letters.machine.dictionary import british_dictionary, welsh_dictionary
from letters.proof.possible import read_possible
from letters.workspace.source import Folder


def begin(arguments: list[str], folder: str, out: str, err: str) -> None:
    """Make this process what a shell would have started."""
    os.chdir(folder)
    for number, path in enumerate((os.devnull, out, err)):
        os.dup2(os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY), number)
    for name in list(os.environ):
        if name.startswith("PYTEST_"):
            del os.environ[name]
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False, errors="backslashreplace")
    vars(sys).update(__stdout__=sys.stdout, __stderr__=sys.stderr)
    sys.argv = ["letters", *arguments]


def warm_up(workspace: Path) -> None:
    """What most workspaces of tests begin with is done once: how the letterheads look, what letters of a type
    can say, the fonts, a first letter."""
    inputs = Inputs(Folder(workspace))
    kent = inputs.file("kent")
    assert kent.force
    for name, letter_type in inputs.types.items():
        style, _ = inputs.house_style(name)
        assert style
        inputs.look_problems(name, style)
        read_possible(inputs.composer, letter_type)
        if name in kent.force.letters:
            for letter in inputs.composer.letters(letter_type, kent.force, kent.place_of)[0]:
                FORMATS["pdf"].render(letter, style)


for module in pkgutil.walk_packages(letters.__path__, "letters."):
    if module.name != "letters.__main__":
        importlib.import_module(module.name)
british_dictionary()
welsh_dictionary()
warm_up(Path(__file__).parents[2])
gc.collect()
gc.freeze()  # so that the forks share the memory
for line in sys.stdin:
    if (child := os.fork()) == 0:
        begin(*json.loads(line))
        main()
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
