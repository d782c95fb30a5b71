"""English that was left in a letter in Welsh: words that are the same as their English, or of which most are English.

It is told by the commonest words of English and by the English beside it, so that it is the same on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from letters.compose.stretches import values_as
from letters.letter import normalise
from letters.problems import quoted
from letters.workspace.accepted import WORD_LIST, Accepted

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
#: What is marked as English, and addresses of the web and of mail.
_MEANT = re.compile(r"\[[^\[\]]*\]\{[^{}]*lang=[^{}]*\}|\S+@\S+|https?://\S+|[\w-]+(?:\.[\w-]{2,})+(?:/\S*)?")
_SENTENCE_ENDS = re.compile(r"(?<=[.?!:;])\s+|\ue001")
#: Of fewer words it cannot be told whether they are Welsh.
_FEWEST_WORDS = 3
#: Words of English that none of Welsh, or only a rare one, is written like.
_ENGLISH = frozenset(
    """
    about after again all also and any are as because been before being between both but by chief complete constable
    could day days did do does during each every few for force found from further given has have he hello help her hers
    his how if in into is it its know let letter made make many may me month months more most must my next no not of
    office officer officers on one only or other our out over people please plan police public recommend recommendation
    recommendations record records report said see she should show since so some soon staff station such take than thank
    thanks that the their them then there these they this those three through to training two under until up us very
    visit visited was we week weeks well were what when where whether which while who will with within without work
    would write writing year years you your yours
    """.split()
)


def english_left(welsh: str, english: str, accepted: Accepted) -> str:
    """That a text for a letter in Welsh is English, all of it or one of its sentences; empty where it is not.

    `english`: what it stands for, empty where that is not known.
    """
    said, own = (_MEANT.sub(" ", _bare(text)) for text in (welsh, english))
    words, theirs = _words(said), _words(own)
    if words and words == theirs and _words(accepted.without(said)):
        return f"these words are for a letter in Welsh, and are the same as their English: {_shown(welsh)}"
    for sentence in _SENTENCE_ENDS.split(said):
        if is_english(sentence, set(theirs)) and is_english(accepted.without(sentence), set(theirs)):
            return f"these words are for a letter in Welsh, and most of them are not Welsh: {_shown(sentence)}"
    return ""


def is_english(sentence: str, theirs: Collection[str] = ()) -> bool:
    """Whether most words of a sentence are English; of a few words nothing is said. `theirs`: words of its English."""
    words = _words(sentence)
    found = [word for word in words if word in _ENGLISH or (word in theirs and len(word) > 1)]
    return len(words) >= _FEWEST_WORDS and 2 * len(found) > len(words) and any(word in _ENGLISH for word in found)


def _words(text: str) -> list[str]:
    """The words of a text in small letters, less abbreviations."""
    return [word.replace("’", "'").lower() for word in _WORD.findall(text) if len(word) == 1 or not word.isupper()]


def _bare(text: str) -> str:
    """A text without values; what is said by turns apart."""
    return normalise(values_as(" ", re.sub(r"\{%.*?%\}", "\ue001", text, flags=re.S)))


def _shown(text: str) -> str:
    return quoted(
        normalise(re.sub(r"… (?:… )+", "… ", values_as("… ", text.replace("\ue001", " ")).replace("…  ", "… ")))
    )


#: What to do about English in a template, and in a file of YAML.
IN_TEMPLATE = f"write them in Welsh; what is the same in both, mark as [words]{{lang=en}}, or add it to {WORD_LIST}"
IN_VALUE = f"write them in Welsh; what is the same in both, as some names are, goes on a line of {WORD_LIST}"
