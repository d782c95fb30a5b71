"""British spelling of the wording: what Hunspell's dictionary has, and -ise where it allows -ize as well."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from letters.compose.trace import TracedBlock
from letters.proof.accepted import Accepted
from letters.proof.language import ADDRESS
from letters.sentences import is_abbreviation

#: A word of letters alone: with digits or _ among them it is a name that systems give.
_WORD = re.compile(r"(?<!\w)[A-Za-zÀ-ÖØ-öø-ÿŵŷŴŶ]+(?:'[a-z]+)?(?!\w)")
#: Government letters write -ise; the dictionary has Oxford's -ize too.
_IZE = re.compile(r"(\w+[iy])z(e[ds]?|ing|ers?|able|ations?|ational)")
#: Words of which -ize is no ending.
_NO_ENDING = re.compile(
    r"(?:over|under|down|out|re|mid|king|pint|cap|up|right|full)?siz\w+|(?:as|mis)?priz\w+|(?:re)?seiz\w+|assiz\w+"
)


@dataclass(frozen=True)
class Misspelt:
    """A word that is not spelt as letters are: where it stands first, what is wrong, and what may have been meant."""

    word: str
    block: TracedBlock
    at: int
    said: str
    meant: tuple[str, ...]


def misspelt(
    blocks: Iterable[TracedBlock],
    dictionary: Any,
    accepted: Accepted,
    seen: set[str],
    invented: Collection[str] = (),
) -> Iterator[Misspelt]:
    """Each word that is not spelt right, once; `seen` holds those that were looked at, and grows.

    `invented`: texts that nobody wrote, which are not read.

    Names are not checked: words with a capital that do not begin a sentence, and abbreviations.
    """
    for block in blocks:
        if not block.running:
            continue
        text = ADDRESS.sub(lambda match: " " * len(match[0]), _english(block))
        for said in invented:
            text = text.replace(said, " " * len(said))
        for match in _WORD.finditer(text):
            word = match[0].removesuffix("'s")
            if word.lower() in seen or _is_name(text, match.start(), word):
                continue
            seen.add(word.lower())
            fault = _fault(word, dictionary)
            if fault and not (accepted.is_spelt(word) or accepted.covers(block.text, match.start(), match.end())):
                yield Misspelt(word, block, match.start(), *fault)


def _english(block: TracedBlock) -> str:
    """The text of a block, with blanks for what is marked as another language."""
    text = block.text
    for span in block.spans:
        if span.lang and not span.lang.lower().startswith("en"):
            text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def _is_name(text: str, at: int, word: str) -> bool:
    """Whether a word is a name or an abbreviation, which no dictionary needs to have."""
    begins = at == 0 or text[:at].rstrip("'\"(‘“ ").endswith((".", "?", "!"))
    is_short = text.startswith(".", at + len(word)) and is_abbreviation(word)
    return (word[0].isupper() and not begins) or word.isupper() or is_short


def _fault(word: str, dictionary: Any) -> tuple[str, tuple[str, ...]] | None:
    """What is wrong with a word, and what may have been meant."""
    if british := _with_s(word, dictionary):
        return f"{word!r} is spelt {british!r} in these letters", (british,)
    if dictionary.check(word) or dictionary.check(word.lower()):
        return None
    return f"{word!r} is not in the British dictionary", tuple(dictionary.suggest(word))[:3]


def _with_s(word: str, dictionary: Any) -> str:
    """The spelling with -ise or -yse of a word that is spelt with z, if there is such a word; else nothing."""
    match = _IZE.fullmatch(word)
    if not match or _NO_ENDING.fullmatch(word.lower()):
        return ""
    british = f"{match[1]}s{match[2]}"
    return british if dictionary.check(british) or dictionary.check(british.lower()) else ""
