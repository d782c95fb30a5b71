"""Dictionaries through Enchant, Hunspell's British and Aspell's Welsh: the same words are right on every machine."""

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
#: The only Welsh dictionary in Debian 12 is Aspell's; where there is none, Hunspell's is as good.
_WELSH, _WELSH_BACKENDS = "cy", "aspell,hunspell,nuspell"
WELSH_NAME = "a Welsh dictionary (cy)"


@cache
def british_dictionary() -> tuple[Any, str]:
    """Hunspell's British dictionary, or None and what is missing here, to be mended by `mend()`; looked for once.

    Neither other dictionaries nor a user's own word list count.
    """
    dictionary, why_not = _dictionary(LANGUAGE, _BACKENDS, NAME)
    atexit.register(british_dictionary.cache_clear)  # Enchant complains if its dictionary outlives it
    return dictionary, why_not


@cache
def welsh_dictionary() -> tuple[Any, str]:
    """A Welsh dictionary, or None and what is missing here, to be mended by `mend_welsh()`; looked for once."""
    dictionary, why_not = _dictionary(_WELSH, _WELSH_BACKENDS, WELSH_NAME)
    atexit.register(welsh_dictionary.cache_clear)
    return dictionary, why_not


def _dictionary(language: str, backends: str, name: str) -> tuple[Any, str]:
    try:
        import enchant
    except (ImportError, AssertionError, OSError):  # asserted by pyenchant: that PYENCHANT_LIBRARY_PATH is there
        return None, "Enchant is missing"
    # Interrupted in the midst, Enchant would complain of a dictionary that nobody gives back.
    with no_interrupt(), _no_settings_of_a_user(), suppress(enchant.errors.Error):
        broker = enchant.Broker()
        broker.set_ordering(language, backends)
        if broker.dict_exists(language):
            dictionary = broker.request_dict(language)
            if dictionary.provider.name in backends.split(","):
                return dictionary, ""
    return None, f"{name} is missing"


def mend_welsh() -> str:
    """The command that installs the Welsh dictionary on this system."""
    if sys.platform == "win32":
        return "put cy_GB.aff and cy_GB.dic beside pyenchant's own dictionaries, in data/mingw64/share/enchant/hunspell"
    if sys.platform == "darwin":
        return "brew install enchant, and put cy_GB.aff and cy_GB.dic into ~/Library/Spelling"
    return "on Debian and Ubuntu: sudo apt-get install libenchant-2-2 aspell-cy"


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
