"""Whose name it is: whether a text, a file's name or an address of mail names a person, or somebody else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

#: Before and after a name, and in offices; no part of it.
_TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady baroness baron viscount earl rt right hon honourable "
    "the rev revd reverend canon judge captain major colonel brigadier his her their majesty majestys majesties "
    "hm hmi hmci hmcic chief deputy assistant lead acting interim constable inspector inspectors inspectorate "
    "superintendent commissioner commissioners officer crime police fire rescue service services and of for by a "
    "an constabulary head director secretary minister home mayor signature signed signatory sign scan scanned "
    "drawn written hand handwritten picture image photo here with in blue black ink facsimile electronic digital "
    "name official block company force logo stamp seal specimen sample blank placeholder box area hand-written "
    "hand-drawn pp on behalf yours sincerely llofnod llofnodwyd gan".split()
)
_HONOURS = frozenset(
    "qpm kpm cbe obe mbe kbe dbe kcb dcb cb kcmg dcmg cmg kcvo dcvo cvo lvo mvo bem qc kc jp dl ostj mstj kstj "
    "cstj frsa fba fcipd mp ms am mep mla msp phd dphil ba bsc ma msc mba llb llm bcl md frcp fcca aca acma qfsm "
    "kfsm qam rd td vr pc esq jnr jr sr snr gc gm".split()
)
#: What stands in an address of mail, or in a picture's file name, that is nobody's name.
_OFFICES = frozenset(
    "enquiries enquiry info information contact contacts office offices press media mail email team admin hmic "
    "hmicfrs pcc opcc pfcc private correspondence public policy help helpdesk support noreply reply post general "
    "complaints feedback foi freedom data protection communications comms executive assurance inspection "
    "inspections wales england uk gov north south east west northern southern eastern western london staff "
    "secretariat casework customer inbox sig final copy new old version small large web print black blue white "
    "transparent cropped crop img logo png".split()
)


@dataclass(frozen=True)
class Name:
    """The parts of a name, small and without accents: the given names or initials, and the surname's parts."""

    given: tuple[str, ...]
    family: frozenset[str]

    def is_of(self, other: Name) -> bool:
        """Whether both can be the same person's: initials, short forms and middle names may differ."""
        if not self.family & other.family:
            return False
        return not self.given or not other.given or any(_alike(a, b) for a in self.given for b in other.given)


def _alike(one: str, other: str) -> bool:
    """Whether two given names can be one: an initial, a short form, or nearly the same."""
    one, other = _SHORT.get(one, one), _SHORT.get(other, other)
    return one == other or one[:2] == other[:2] or (one[0] == other[0] and min(len(one), len(other)) < 4)


#: Short forms that begin otherwise than the name.
_SHORT = {
    "bill": "william", "will": "william", "bob": "robert", "dick": "richard", "ted": "edward", "jack": "john",
    "harry": "henry", "kate": "katherine", "kathy": "katherine", "catherine": "katherine", "liz": "elizabeth",
    "beth": "elizabeth", "peggy": "margaret", "meg": "margaret", "tony": "anthony", "sandy": "alexander",
}  # fmt: skip


def name_in(text: str) -> Name | None:
    """The name of a person in a text such as `Signature of Sir Tom Winsor QPM`; None where it has none."""
    before, comma, after = _OF_WHAT.sub("", text).partition(",")
    is_turned = comma and len(_words(before)) == 1 and _words(after)  # Winsor, Tom
    words = _words(f"{after} {before}" if is_turned else before)
    if not words:
        return None
    return Name(tuple(words[:-1]), frozenset(words[-1].split("-")) | {words[-1].replace("-", "")})


def _words(text: str) -> list[str]:
    """The words of a text that may be parts of a name: those with a capital, or two small ones after all others."""
    found = re.findall(r"[^\W\d_][\w'’-]*", text.replace("’", "'"))
    words = [word.removesuffix("'s") for word in found]
    capital = [word for word in words if word[:1].isupper()]
    names = [word for word in map(_plain, capital) if word and word not in _TITLES | _HONOURS]
    small = [word for word in map(_plain, words) if word and word not in _TITLES | _HONOURS]
    return names if names or not _SIGNED.match(text) or len(small) != 2 else small


#: What follows an office is a place or a body.
_OF_WHAT = re.compile(
    r"(?<=\b)(?:commissioner|constable|inspectors?|head|director|mayor|minister|secretary) (?:for|of|in) .*",
    re.I | re.S,
)
#: How a text begins that goes on with a name, with a capital or without.
_SIGNED = re.compile(r"(?:\w+ )?(?:signature of|signed by) ", re.I)
#: What makes one word a name of its own.
_CALLED = re.compile(r"\b(?:mr|mrs|ms|miss|mx|dr|sir|dame|lord|lady|hmi|of|by)\b|['’]s\b", re.I)


def _plain(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(ch for ch in apart if ch.isalpha() or ch == "-").strip("-")


def names_another(text: str, person: str) -> bool:
    """Whether a text names somebody, and that is not `person`."""
    found, wanted = name_in(text), name_in(person)
    is_name = found and (found.given or len(text.split()) == 1 or _CALLED.search(text))
    return bool(is_name and found and wanted and not found.is_of(wanted))


def file_of_another(path: str, person: str) -> bool:
    """Whether a picture's file is called after two names at least, none of them `person`'s."""
    stem = path.rpartition("/")[2].rpartition(".")[0]
    return _parts_of_another(re.split(r"[\W\d_]+", stem), person)


def mail_of_another(address: str, person: str) -> bool:
    """Whether an address of mail is made of two names at least, none of them `person`'s."""
    return _parts_of_another(re.split(r"[\W\d_]+", address.partition("@")[0]), person)


def lone_name_of_another(address: str, person: str) -> str:
    """The one word that an address of mail is made of, where it is neither `person`'s name nor an office, or nothing.

    Whether it is a name is not known: `cunningham@`, `casework@`.
    """
    words = [_plain(part) for part in re.split(r"[\W\d_]+", address.partition("@")[0]) if part]
    wanted = name_in(person)
    if wanted is None or len(words) != 1 or len(words[0]) < _SHORTEST or words[0] in _OFFICES | _TITLES | _HONOURS:
        return ""
    is_own = any(len(part) > 2 and part in words[0] for part in {*wanted.family, *wanted.given})
    return "" if is_own or any(word in _PLACES for word in (words[0], words[0][1:])) else words[0]


#: Of a name that stands alone, in letters.
_SHORTEST = 4
#: Places that offices are called after.
_PLACES = frozenset(
    "london manchester birmingham liverpool leeds sheffield bristol nottingham leicester newcastle cardiff swansea "
    "wrexham york oxford cambridge exeter plymouth southampton portsmouth brighton norwich ipswich carlisle lancaster "
    "preston chester bradford reading luton derby winchester worcester gloucester hull belfast edinburgh glasgow "
    "scotland britain ireland northampton bedford hertford stafford warwick durham cumbria whitehall westminster "
    "birkenhead wakefield lincoln shrewsbury hereford truro taunton dorchester maidstone guildford lewes aylesbury "
    "europe cymru".split()
)


def _parts_of_another(parts: Iterable[str], person: str) -> bool:
    words = [_plain(part) for part in parts if part]
    wanted = name_in(person)
    if wanted is None or any(word in _OFFICES or (word in _TITLES and word not in _MARKS) for word in words):
        return False
    names = [word for word in words if word not in _MARKS and word not in _HONOURS]
    own = {*wanted.family, *wanted.given}
    full = [name for name in names if len(name) > 1]
    is_own = any(name in own or any(len(part) > 2 and part in name for part in own) for name in full)
    is_initial = len(full) == 1 and any(part[0] == names[-1] for part in wanted.family)  # mike.c@
    return len(names) > 1 and bool(full) and not is_own and not is_initial


#: What a picture of a signature may be called, besides its signer's name.
_MARKS = frozenset("of by the signature signed sign scan scanned sig final copy new old small large".split())

#: An address of mail.
MAIL = re.compile(r"[\w.!#$%&*+=?^{|}~'’-]+@[\w-]+(?:\.[\w-]+)+")
