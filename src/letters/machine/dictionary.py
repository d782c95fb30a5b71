"""Hunspell's British dictionary, through Enchant: the same words are right on every machine."""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from tempfile import TemporaryDirectory
from typing import Any

from letters.machine.processes import no_interrupt

LANGUAGE = "en_GB"
#: What the dictionary is called where it is named.
NAME = f"Hunspell's British dictionary ({LANGUAGE})"
#: Enchant's backends that read Hunspell's British dictionary, the first that is there. Its own ordering would ask
#: Aspell first, whose British list differs: it lacks "auditable".
_BACKENDS = "hunspell,nuspell"


@cache
def british_dictionary() -> tuple[Any, str]:
    """Hunspell's British dictionary, or None and what is missing here, to be mended by `mend()`; looked for once.

    Neither other dictionaries nor a user's own word list count.
    """
    try:
        import enchant
    except (ImportError, AssertionError, OSError):  # asserted by pyenchant: that PYENCHANT_LIBRARY_PATH is there
        return None, "Enchant is missing"
    # Interrupted in the midst, Enchant would complain of a dictionary that nobody gives back.
    with no_interrupt(), _no_settings_of_a_user(), suppress(enchant.errors.Error):
        broker = enchant.Broker()
        broker.set_ordering(LANGUAGE, _BACKENDS)
        if broker.dict_exists(LANGUAGE):
            dictionary = broker.request_dict(LANGUAGE)
            if dictionary.provider.name in _BACKENDS.split(","):
                atexit.register(british_dictionary.cache_clear)  # Enchant complains if its dictionary outlives it
                return dictionary, ""
    return None, f"{NAME} is missing"


def mend() -> str:
    """The command that installs the dictionary on this system."""
    if sys.platform == "win32":
        return "pip install --force-reinstall pyenchant, which brings it"
    if sys.platform == "darwin":
        return "brew install enchant, and put en_GB.aff and en_GB.dic into ~/Library/Spelling"
    return "on Debian and Ubuntu: sudo apt-get install libenchant-2-2 hunspell-en-gb"


@contextmanager
def _no_settings_of_a_user() -> Iterator[None]:
    """Let Enchant look for its settings and for a user's own words in an empty folder."""
    name = "ENCHANT_CONFIG_DIR"
    before = os.environ.get(name)
    with TemporaryDirectory() as empty:
        os.environ[name] = empty
        try:
            yield
        finally:
            if before is None:
                del os.environ[name]
            else:
                os.environ[name] = before
