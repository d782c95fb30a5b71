"""What Welsh does to words that stand already: which of `a` and `ac` goes before one, ordinals in figures.

It mutates nothing: a phrase is written as it is to be read.
"""

from __future__ import annotations

import re
import unicodedata

#: Words that begin with a consonant and have `ac` before them: forms of `bod` that have lost their `y` or `yr`,
#: particles, and a few that a vowel once began.
_TAKES_AC = re.compile(
    r"(?:mae|maen|maent|sy|sydd|roedd\w*|ryd\w*|rwy\w*|ni|nid|nis|nas|na|nad|mi|fe|mai|fel|felly|mor|megis|mewn|meddai)"
    r"(?![\w-])"
)
#: `w` before a vowel is a consonant (wal, wats), but not in wy- (wythnos) and in what was gw- (wedi, weithiau).
_CONSONANT_W = re.compile(r"w(?=[aeiou])(?!edi\b|edyn\b|eithiau\b|ele\b)")
#: Of 1 to 20; 21 to 31 have -ain.
_ENDINGS = "af il ydd ydd ed ed fed fed fed fed eg fed eg eg fed eg eg fed eg fed".split()
#: The largest that has one form only.
LAST_ORDINAL = 31


def takes_ac(text: str) -> bool:
    """Whether `ac` goes before a text, and not `a`: before a vowel, and before some words."""
    word = re.sub(r"^\W+", "", unicodedata.normalize("NFKD", text.casefold())).translate(_ACCENTS)
    return bool(_TAKES_AC.match(word) or (word[:1] in tuple("aeiouwy") and not _CONSONANT_W.match(word)))


def ordinal(number: int) -> str | None:
    """An ordinal in figures: 1af, 2il, 21ain; None for what is no ordinal, or has no one form."""
    if not 1 <= number <= LAST_ORDINAL:
        return None
    return f"{number}{_ENDINGS[number - 1] if number <= len(_ENDINGS) else 'ain'}"


#: What is left of accents once letters are taken apart.
_ACCENTS = dict.fromkeys(map(ord, "\u0300\u0301\u0302\u0308"))
