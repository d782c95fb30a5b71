"""British spelling of the wording, through Enchant where it and a British dictionary are there."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

from letters.compose.trace import Span, TracedBlock

#: The workspace's own words, a word a line.
WORD_LIST = "templates/words.txt"
LANGUAGE = "en_GB"

_WORD = re.compile(r"(?<!\w)[A-Za-zÀ-ÿŵŷŴŶ]+(?:'[a-z]+)?")


#: Enchant's backends that read Hunspell's British dictionary, the first that is there. Its own ordering would ask
#: Aspell first, whose British list differs: it lacks "auditable".
_BACKENDS = "hunspell,nuspell"


def british_dictionary() -> tuple[Any, str]:
    """Hunspell's British dictionary, or None and why spelling cannot be checked here, with what to do.

    The same words are right on every machine: neither other dictionaries nor a user's own word list count.
    """
    try:
        import enchant  # type: ignore[import-untyped]
    except ImportError:
        return None, "Enchant is missing: pip install pyenchant; on Debian also sudo apt-get install libenchant-2-2"
    with _no_settings_of_a_user():
        broker = enchant.Broker()
        broker.set_ordering(LANGUAGE, _BACKENDS)
        if broker.dict_exists(LANGUAGE):
            dictionary = broker.request_dict(LANGUAGE)
            if dictionary.provider.name in _BACKENDS.split(","):
                return dictionary, ""
    return None, "Hunspell's British dictionary is missing: on Debian, sudo apt-get install hunspell-en-gb"


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


def misspelt(
    blocks: Iterable[TracedBlock], dictionary: Any, own_words: Iterable[str]
) -> Iterator[tuple[str, Span | None, list[str]]]:
    """Each unknown word once: the word, where it comes from, and what may have been meant.

    Names are not checked: words with a capital that do not begin a sentence, and abbreviations.
    """
    known = {word.strip().lower() for word in own_words if not word.startswith("#")}
    seen: set[str] = set()
    for block in blocks:
        if not block.running:
            continue
        text = re.sub(r"\S+@\S+|https?://\S+", lambda match: " " * len(match[0]), block.text)
        for match in _WORD.finditer(text):
            word = match[0].removesuffix("'s")
            begins = match.start() == 0 or text[: match.start()].rstrip("'\"(‘“ ").endswith((".", "?", "!"))
            if word.lower() in known | seen or (word[0].isupper() and not begins) or word.isupper():
                continue
            seen.add(word.lower())
            if not dictionary.check(word) and not dictionary.check(word.lower()):
                yield word, block.at(match.start()), list(dictionary.suggest(word))[:3]
