"""Whether words say no, in English and in Welsh."""

from __future__ import annotations

import re

_NO = re.compile(
    r"\b(?:not?|never|none|nothing|nor|neither|cannot|without|\w+n[’']t|"
    r"un(?:able|clear|known|lawful|met|safe|satisfactory)|"
    r"in(?:adequate|complete|consistent|correct|effective|sufficient))\b",
    re.I,
)
_NO_IN_WELSH = re.compile(
    r"\b(?:nid|nad|ni|na|nac|nis|nas|dd?im|mo|heb|byth|neb|erioed|[bp]h?eidi\w*|(?:angh|anh|amh|ann)\w+)\b", re.I
)
#: What in English may be said with a no in Welsh, beside the words that say no.
_NEARLY_NO = re.compile(
    r"\b(?:only|less|few(?:er)?|than|rather|unless|except|outside|otherwise|hardly|yet to|instead|free|"
    r"(?:fail|lack|refus|absen|prevent|avoid|declin|exempt|omit|miss|exclud|stop)\w*|"
    r"un(?!der|til|it|ion|iq|iv|if)\w{3,}|(?:im|il|ir)\w{4,}|non-?\w+|dis(?!cuss|clos|tri|play|pos|tinct)\w+|zero|"
    r"in(?:ab|ac|ad|app|comp|cons|corr|eff|elig|exp|suff|val)\w*)\b",
    re.I,
)
#: What in Welsh may stand for a no in English, beside the words that say no.
_NEARLY_NO_IN_WELSH = re.compile(
    r"\b(?:[mf]eth\w*|g?wrthod\w*|ond|llai|yn hytrach|oni\w*|prin|[dt]d?iffyg\w*|osgoi|atal|eithrio|di-\w+|"
    r"(?:an(?:addas|all|aml|eglur|fod)|af(?:reol|iach)|am(?:heu|mh))\w*)\b",
    re.I,
)
#: Words that are nothing but a no.
_CERTAIN = re.compile(r"\b(?:not(?! only\b)|never|cannot|\w+n[’']t)\b", re.I)
_CERTAIN_IN_WELSH = re.compile(
    r"\b(?:[Nn]id|[Nn]ad|ddim(?! (?:ond|byd)\b))\b|(?:^|[.?!] )Ni (?!yw|ydy|sy|oedd|a\b)(?=\w)"
)


def says_no(text: str) -> bool:
    """Whether English words have one among them that says no."""
    return bool(_NO.search(text))


def says_no_in_welsh(text: str) -> bool:
    """The same of Welsh words."""
    return bool(_NO_IN_WELSH.search(text))


def only_one_says_no(english: str, welsh: str) -> str:
    """That for certain one of two texts that stand for each other says no, and the other does not; else nothing."""
    if (no := _CERTAIN.search(english)) and not (says_no_in_welsh(welsh) or _NEARLY_NO_IN_WELSH.search(welsh)):
        return f"the English of this says {no[0].lower()!r}, and the Welsh has no word for it"
    if (no := _CERTAIN_IN_WELSH.search(welsh)) and not (says_no(english) or _NEARLY_NO.search(english)):
        return f"this Welsh says {no[0].strip(' .?!').lower()!r}, and its English says no such thing"
    return ""


#: What to do where only one of two texts says no.
BOTH_OR_NONE = "put the Welsh under the remark of its English, or let both say no"
