"""Which grammatical number some words seem to have, where English shows it."""

from __future__ import annotations

import re

from letters.model import Number

#: What begins something that is no subject, such as "had yet to start".
_VERBS = frozenset(
    "am is are was were be been being has have had do does did can could may might must shall should will would not no "
    "already yet still now".split()
)
_OF_ONE = frozenset("a an this that each every another one either neither".split())
_OF_MANY = frozenset(
    "these those several many few both various numerous two three four five six seven eight nine ten".split()
)
_BEGIN_A_NOUN = frozenset("a an the your their our its his her".split())
#: After these comes what says more of a noun, no longer the noun itself.
_MORE = re.compile(
    r"[,;:(–—]|\b(?:of|to|in|for|on|at|by|with|from|into|about|between|among|within|across|under|over|through|against|"
    r"regarding|concerning|towards?|that|which|who|whose|whom|where|when|as|so|than|aimed|designed|intended|made|done|"
    r"taken|given|used|undertaken|carried|based|needed|required|relating|including|such|(?-i:you|we|they|it))\b",
    re.I,
)
_PLURALS = frozenset("people men women children criteria phenomena analyses crises police".split())
#: As good with "was" as with "were".
_EITHER = frozenset(
    "data staff team series means species media force forces' government committee statistics politics headquarters "
    "press public number majority minority range lot evidence-base ethics mathematics news works".split()
)


def seems(text: str) -> Number | None:
    """The number of a noun with what belongs to it ("better IT monitoring"), or None where its form does not say."""
    words = re.findall(r"[\w'’-]+", _MORE.split(text.strip(), maxsplit=1)[0])
    if not words or words[0].casefold() in _VERBS:
        return None
    first, head = words[0].casefold(), words[-1].casefold().replace("’", "'")
    if first.endswith("ing") and len(words) > 1:  # closing gaps: the act, or what is closed
        return None
    if "and" in words:
        second = words[words.index("and") + 1 :]
        return Number.PLURAL if second and second[0] in _BEGIN_A_NOUN else None
    if first in _OF_MANY:
        return Number.PLURAL
    if head in _EITHER or "'" in head or "or" in (word.casefold() for word in words):
        return None
    if first in _OF_ONE:
        return Number.SINGULAR
    return (
        Number.PLURAL if head in _PLURALS or re.search(r"(?<![suia])s$", head) or _is_plural(head) else Number.SINGULAR
    )


def _is_plural(head: str) -> bool:
    """Whether a word in -as, -is, -us or -ss is a plural all the same: ideas, agendas, menus."""
    return bool(re.search(r"(?:eas|das|ras|nas|mas|eus|nus|taxis)$", head))
