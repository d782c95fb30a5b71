"""British spelling of the wording: what Hunspell's dictionary has, and -ise where it allows -ize as well."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from letters.compose.trace import TracedBlock
from letters.letter.sentences import PARTICLES, is_abbreviation
from letters.proof.english_rules import ADDRESS
from letters.workspace.accepted import Accepted

#: A word of letters alone: with digits or _ among them it is a name that systems give.
_WORD = re.compile(r"(?<!\w)[A-Za-zÀ-ÖØ-öø-ÿŵŷŴŶ]+(?:'[a-z]+)?(?!\w)")
#: Government letters write -ise; the dictionary has Oxford's -ize too.
_IZE = re.compile(r"(\w+[iy])z(e[ds]?|ing|ers?|able|ations?|ational)")
#: Words of which -ize is no ending.
_NO_ENDING = re.compile(
    r"(?:over|under|down|out|re|mid|king|pint|cap|up|right|full)?siz\w+|(?:as|mis)?priz\w+|(?:re)?seiz\w+|assiz\w+"
)

#: Words of offices and letterheads: near one of them, no word with a capital is a name.
_OFFICES = frozenset(
    "chief constable constables constabulary commissioner commissioners inspector inspectors inspectorate secretary "
    "minister superintendent majesty deputy assistant services service officer director policing police telephone "
    "switchboard direct email address website sincerely faithfully copied assessment inspection report response "
    "position purpose authority management improvement improvements recommendation recommendations legitimacy "
    "effectiveness efficiency leadership performance conclusion introduction background summary findings intelligence "
    "safeguarding vulnerability progress evidence annex appendix".split()
)


class Capitals(Enum):
    """Which unknown words with a capital are findings, where they begin no sentence: those near a word of an office, or
    other words too of which a letter is doubled, single, or has changed places; of a label, such as "Direct Line:", all
    that are near a word. All others are names."""

    OFFICES = auto()
    WORDS = auto()
    LABEL = auto()


#: How the word at a position of a block with a capital is to be judged.
CapitalsOf = Callable[[TracedBlock, int, str], Capitals]


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
    capitals_of: CapitalsOf | None = None,
) -> Iterator[Misspelt]:
    """Each word that is not spelt right, once; `seen` holds those that were looked at, and grows.

    `invented`: texts that nobody wrote, and names, which are not read. `capitals_of`: of what is no sentence.

    Names are not checked: words with a capital that do not begin a sentence, and abbreviations.
    """
    for block in blocks:
        text = ADDRESS.sub(lambda match: " " * len(match[0]), _english(block))
        for said in invented:
            text = text.replace(said, " " * len(said))
        for match in _WORD.finditer(text):
            word = match[0].removesuffix("'s")
            fault = None
            if not _is_name(text, match.start(), word, running=block.running):
                if word.lower() not in seen:
                    seen.add(word.lower())
                    fault = _fault(word, dictionary)
            elif capitals_of and not block.running and word not in seen:
                seen.add(word)
                fault = _fault_of_capital(word, text, dictionary, capitals_of(block, match.start(), word))
            if fault and not (accepted.is_spelt(word) or accepted.covers(block.text, match.start(), match.end())):
                yield Misspelt(word, block, match.start(), *fault)


def _english(block: TracedBlock) -> str:
    """The text of a block, with blanks for what is marked as another language."""
    text = block.text
    for span in block.spans:
        if span.lang and not span.lang.lower().startswith("en"):
            text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def _is_name(text: str, at: int, word: str, *, running: bool) -> bool:
    """Whether a word is a name or an abbreviation, which no dictionary needs to have."""
    begins = at == 0 or text[:at].rstrip("'\"(‘“ ").endswith((".", "?", "!"))
    begins = begins and running
    is_particle = word in PARTICLES and text[at + len(word) :].lstrip()[:1].isupper()  # ap Rhys
    is_short = text.startswith(".", at + len(word)) and is_abbreviation(word)
    return (word[0].isupper() and not begins) or word.isupper() or is_short or is_particle


def _fault(word: str, dictionary: Any) -> tuple[str, tuple[str, ...]] | None:
    """What is wrong with a word, and what may have been meant."""
    if british := _with_s(word, dictionary):
        return f"{word!r} is spelt {british!r} in these letters", (british,)
    if dictionary.check(word) or dictionary.check(word.lower()):
        return None
    return f"{word!r} is not in the British dictionary", tuple(dictionary.suggest(word))[:3]


def _fault_of_capital(word: str, text: str, dictionary: Any, capitals: Capitals) -> tuple[str, tuple[str, ...]] | None:
    """What is wrong with an unknown word that has a capital and is nearly another word; otherwise it is a name."""
    shortest = _SHORTEST_OF_A_LABEL if capitals is Capitals.LABEL else _SHORTEST
    if (word.isupper() and not _is_in_capitals(text)) or len(word) < shortest:
        return None
    small = word.lower()
    if any(dictionary.check(form) for form in (word, small, word.capitalize())):
        return None
    near = [right for right in dictionary.suggest(small) if right.isalpha() and _is_one_off(small, right)]
    if capitals is not Capitals.LABEL:
        is_words = capitals is Capitals.WORDS and len(word) > _SHORTEST
        near = [right for right in near if right in _OFFICES or (is_words and _is_typing_finding(small, right))]
    meant = tuple(right.upper() if word.isupper() else right.capitalize() for right in near[:3])
    return (f"{word!r} is not in the British dictionary", meant) if meant else None


#: A shorter word with a capital is near to too many others.
_SHORTEST, _SHORTEST_OF_A_LABEL = 5, 4


def _is_in_capitals(text: str) -> bool:
    """Whether most words of a text are written in capitals, so that they are no sign of an abbreviation."""
    words: list[str] = _WORD.findall(text)
    return sum(word.isupper() for word in words) * 2 > len(words) > 2


def _is_one_off(word: str, right: str) -> bool:
    """Whether one letter is missing, too many or another one, or two changed places."""
    while word and right and word[0] == right[0]:
        word, right = word[1:], right[1:]
    while word and right and word[-1] == right[-1]:
        word, right = word[:-1], right[:-1]
    return (len(word) < 2 and len(right) < 2) or (len(word) == 2 and word == right[::-1])


def _is_typing_finding(word: str, right: str) -> bool:
    """Whether a letter is doubled or single that is not, or two changed places; names differ otherwise from words."""
    if len(word) == len(right):
        return sorted(word) == sorted(right)
    long, short = sorted((word, right), key=len, reverse=True)
    return any(long[at] == long[at - 1] and long[:at] + long[at + 1 :] == short for at in range(1, len(long)))


def _with_s(word: str, dictionary: Any) -> str:
    """The spelling with -ise or -yse of a word that is spelt with z, if there is such a word; else nothing."""
    match = _IZE.fullmatch(word)
    if not match or _NO_ENDING.fullmatch(word.lower()):
        return ""
    british = f"{match[1]}s{match[2]}"
    return british if dictionary.check(british) or dictionary.check(british.lower()) else ""
