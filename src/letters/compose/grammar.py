"""Which grammatical number some words seem to have, where English shows it."""

from __future__ import annotations

import re

from letters.workspace.model import Number

#: What begins something that is no subject, such as "had yet to start".
_VERBS = frozenset(
    "am is are was were be been being has have had do does did can could may might must shall should will would not no "
    "already yet still now".split()
)
_OF_ONE = frozenset("a an this that each every another one either neither".split())
_OF_MANY = frozenset(
    "these those several many few both various numerous two three four five six seven eight nine ten eleven twelve "
    "fewer".split()
)
_BEGIN_A_NOUN = frozenset("a an the your their our its his her".split())
#: After these comes what says more of a noun, no longer the noun itself.
_MORE = re.compile(
    r"[,;:(–—]|\b(?:of|to|in|for|on|at|by|with|from|into|about|between|among|within|across|under|over|through|against|"
    r"regarding|concerning|towards?|after|before|during|since|until|because|without|despite|per|around|near|like|how|what|that|which|who|whose|whom|where|when|as|so|than|aimed|designed|intended|made|done|"
    r"taken|given|used|undertaken|carried|based|needed|required|relating|including|such|(?-i:you|we|they|it))\b",
    re.I,
)
#: Nouns of which there are many, without an -s.
_PLURALS = frozenset(
    "people criteria phenomena bacteria memoranda addenda referenda curricula errata stimuli alumni police staff "
    "personnel clergy cattle teeth feet mice geese".split()
)
_MEN = re.compile(
    r"(?:police|fire|fore|gentle|spokes|chair|alder|council|sports|crafts|trades|ombuds|service|clergy)?(?:wo)?men|"
    r"(?:grand|step|god|school)?children"
)
#: Nouns of which there is one, with an -s.
_SINGULARS = frozenset(
    "news mathematics maths physics economics gymnastics athletics genetics diabetes measles rabies chaos ethos cosmos "
    "asbestos kudos lens summons".split()
)
#: Nouns that go with either: sums and shares, groups of people, and those that look the same for one and for many.
_EITHER = frozenset(
    "data media series means species headquarters works crossroads barracks corps innings aircraft offspring gallows "
    "statistics politics ethics counsel team force forces' government committee press public number majority minority "
    "range lot evidence-base unit board council panel department service family group crew party company jury audience "
    "crowd inspectorate constabulary command cabinet ministry agency organisation leadership workforce management "
    "office college parliament couple handful variety set total half third quarter proportion percentage cent percent "
    "rest remainder some most all none any more enough plenty part pair bulk host array dozen hundred thousand million "
    "billion pounds months weeks days years hours minutes miles kilometres metres other".split()
)
#: Nouns in -ics that are counted; the others go with either, as politics and ethics do.
_COUNTED_ICS = frozenset("tactics topics critics metrics characteristics clinics academics comics picnics".split())
#: What is said of a noun behind it: systems currently, plans already, information available.
_BEHIND = re.compile(
    r"\w+ly|already|too|also|there|here|now|today|alone|together|instead|available|necessary|responsible|relevant|capable|"
    r"sufficient|present|due|yet|\w{2,}ed|known|shown|written|drawn|found|held|kept|put|seen|sent|built|begun|led|"
    r"brought|bought|chosen|driven|met|paid|run|told|won|themselves|itself|ago|later|overall|elsewhere|ready|able"
)
_NOUNS_LIKE_IT = frozenset(
    "need speed seed feed deed breed greed assembly family supply reply ally rally tally bully present run".split()
)


def seems(text: str) -> Number | None:
    """The number of a noun with what belongs to it ("better IT monitoring"), or None where its form does not say."""
    words = _noun(re.findall(r"[\w'’-]+", _MORE.split(text.strip(), maxsplit=1)[0]))
    if not words or words[0].casefold() in _VERBS:
        return None
    first, small = words[0].casefold(), [word.casefold().replace("’", "'") for word in words]
    if first.endswith("ing") and len(words) > 1:  # closing gaps: the act, or what is closed
        return None
    if "and" in words:
        second = words[words.index("and") + 1 :]
        return Number.PLURAL if second and second[0] in _BEGIN_A_NOUN else None
    if small[-1] in _EITHER or small[-1].isdigit():
        return None
    if first in _OF_MANY:
        return Number.PLURAL
    if "'" in small[-1] or "or" in small or "&" in text:
        return None
    number = _number(words[-1], [word.casefold() for word in words[:-1]])
    if first in _OF_ONE:  # a few plans, a means
        return Number.SINGULAR if number is Number.SINGULAR else None
    return number


def _noun(words: list[str]) -> list[str]:
    """Words up to their noun: without a verb and what goes with it, and what is said of the noun behind it."""
    verb = next((at for at, word in enumerate(words) if at and word.casefold() in _VERBS), len(words))
    words = words[:verb]
    while len(words) > 1 and _BEHIND.fullmatch(words[-1]) and words[-1] not in _NOUNS_LIKE_IT:
        words = words[:-1]
    return words


def _number(head: str, before: list[str]) -> Number | None:
    """The number of a noun by its form; None where it has none, or is a name."""
    small = head.casefold()
    is_name = head.isupper() or (head[0].isupper() and (small.endswith("s") or small in _PLURALS))
    is_act = small.endswith("ing") and before and (before[-1] in _EITHER | _PLURALS or _is_plural(before[-1]))
    if is_name or is_act or (small.endswith("ics") and small not in _COUNTED_ICS | _SINGULARS):
        return None  # HMICFRS, Wales, Kent Police; officers working
    if small in _SINGULARS:
        return Number.SINGULAR
    return Number.PLURAL if _is_plural(small) else Number.SINGULAR


def _is_plural(head: str) -> bool:
    """Whether a word is a plural: with an -s that is no part of it, or without: ideas, agendas, menus, people."""
    if head in _SINGULARS:
        return False
    is_form = re.search(r"(?<![suia])s$", head) or re.search(r"(?:eas|das|ras|nas|mas|eus|nus|taxis)$", head)
    return bool(is_form) or head in _PLURALS or bool(_MEN.fullmatch(head))
