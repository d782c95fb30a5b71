"""Where English sentences begin: not after "e.g.", "10.30 a.m. on", "Mr. Smith" or "No. 5", nor with "eBay"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

#: Abbreviations that a name follows; no sentence ends with them.
_BEFORE_NAMES = frozenset(
    "mr mrs ms mx dr prof rev revd hon rt st ste mt messrs mme cllr capt cpt col gen lt maj sgt insp supt det cdr "
    "brig adm sr fr pc".split()
)
#: Words that a number follows where they are abbreviations; some of them are words as well.
_BEFORE_NUMBERS = frozenset(
    "no nos p pp para paras fig figs sec secs s ss art arts vol vols cl cls reg regs sch schs ch app pt ed eds est b d "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun ext tel c ca".split()
)
#: Abbreviations in the middle of a sentence, or at its end.
_ABBREVIATIONS = frozenset(
    "etc approx incl excl esp ref refs tel viz vs cf ibid op cit al seq et ltd inc co plc bros dept depts govt est max "
    "min hr hrs mins secs yr yrs jr snr jnr misc temp admin assoc intl natl org corp mgr attn enc encl cc pro tem "
    "para paras pp nos figs vol vols cls regs sch schs eds jan feb apr jun jul aug sept oct nov tues thur thurs "
    "ext asst ave rd sq bldg resp rec recs obs cons i ii iii iv vi vii viii ix".split()
)
_INITIALS = re.compile(r"(?:[A-Za-z]{1,2}\.)*[A-Za-z]|(?:[A-Za-z]{1,2}\.)+[A-Za-z]{1,2}")
#: Words by which a sentence is known to begin after an abbreviation, where a capital alone may begin a name.
OPENERS = frozenset(
    "the this these those that we our your you it its in on at as if although though however while when where there "
    "they their he she his her no not an any all some each both after before since during for from by with to under "
    "over following further having please because and but or so nor yet also what who which how why until unless "
    "whether once despite neither either none many most several such then thus therefore moreover nevertheless "
    "meanwhile overall".split()
)
#: Small words that names begin with: de Souza, van Dyke.
PARTICLES = frozenset("de du da di del della dos von van der den ter ten le la les al el bin ibn ap ab".split())

_STOP = re.compile(r"(\.{3}|…|[.?!])(['\")\]’”]*) +(?=\S)")
_WORD_BEFORE = re.compile(r"[\w.]*$")
_OPENING = "'\"(‘“["


# Of many letters most blocks are the same.
@lru_cache(maxsize=4096)
def sentence_starts(text: str) -> tuple[int, ...]:
    """Where in a text each sentence but the first begins."""
    return tuple(match.end() for match in _STOP.finditer(text) if _ends(text, match))


def small_starts(text: str) -> Iterator[int]:
    """Where a sentence begins with a small letter, and should not: after a full stop that is no abbreviation's."""
    for match in _STOP.finditer(text):
        if is_small(text, match.end()) and not _goes_on(text, match):
            yield match.end()


def is_small(text: str, at: int) -> bool:
    """Whether the word at a position begins with a small letter, and is no name that does: iPad, eBay, de Souza."""
    found = re.match(r"([a-z][^\W\d_]*)([^\s,;:?!]*)( [A-Z])?", text[at:])
    if not found or (found[1] in PARTICLES and found[3]):
        return False
    is_mixed = not found[1].islower()
    is_address = bool(re.search(r"[.@/]\w", found[2]))
    is_item = len(found[1]) == 1 and found[2].startswith((")", "."))
    return not (is_mixed or is_address or is_item)


def is_abbreviation(word: str) -> bool:
    """Whether a word, without its last full stop, is an abbreviation that a full stop follows."""
    return word.lower() in _ABBREVIATIONS | _BEFORE_NAMES or bool(word and _INITIALS.fullmatch(word))


def _ends(text: str, match: re.Match[str]) -> bool:
    following = text[match.end() :].lstrip(_OPENING)
    if not following[:1].isupper() and not following[:1].isdigit():
        return False
    if match[1] != ".":
        return True
    word = _word_before(text, match)
    if word.lower() in _BEFORE_NUMBERS and following[:1].isdigit():
        return False
    if is_abbreviation(word) and not match[2]:
        return word.lower() not in _BEFORE_NAMES and re.split(r"\W", following, maxsplit=1)[0].lower() in OPENERS
    return not (word.isdigit() and len(word) < 3 and _is_item_number(text, match.start() - len(word)))


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Whether a sentence goes on after a stop although a small letter follows."""
    if match[1] != "." or text.endswith(". ", 0, match.start()):
        return True  # "Why?" he asked; so it is … and so it will be
    word = _word_before(text, match)
    return bool(set(match[2]) & set("'\"’”")) or is_abbreviation(word) or (word.isdigit() and len(word) < 4)


def _word_before(text: str, match: re.Match[str]) -> str:
    found = _WORD_BEFORE.search(text, 0, match.start())
    return found[0] if found else ""


def _is_item_number(text: str, at: int) -> bool:
    """Whether a number begins an item of a list within a sentence: "to: 1. plan, 2. act"."""
    return at == 0 or text[:at].rstrip().endswith((":", ",", ";"))
