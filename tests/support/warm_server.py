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
from letters.batch.inputs import Inputs
from letters.machine.dictionary import british_dictionary, welsh_dictionary
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


for module in pkgutil.walk_packages(letters.__path__, "letters."):
    if module.name != "letters.__main__":
        importlib.import_module(module.name)
british_dictionary()
welsh_dictionary()
inputs = Inputs(Folder(Path(__file__).parents[2]))
for name in inputs.types:  # most workspaces have these letterheads: how they look is reckoned once
    style, _ = inputs.house_style(name)
    if style:
        inputs.look_problems(name, style)
del inputs
gc.collect()
gc.freeze()  # so that the forks share the memory
for line in sys.stdin:
    if (child := os.fork()) == 0:
        begin(*json.loads(line))
        main()
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
