"""What is wrong with a piece of English that nobody has read yet: small checks, each for one kind of finding.

A check takes the text of one block and gives where in it (a position) and what. The text is as composed: straight
quotation marks, single spaces. Sound English is no finding: where a rule cannot tell, it says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from letters.letter.sentences import OPENERS, is_abbreviation, is_small, sentence_starts, small_starts
from letters.problems import Code
from letters.proof.finding import Check, Finding
from letters.proof.slips import impossible_date, unpaired, wrong_article
from letters.proof.spaces import doubled_space, missing_space, space_before_punctuation

_CAPITALISE = "begin it with a capital letter; for what {{ }} prints write | capitalised"

#: Words that are rightly written twice.
_TWICE = {"that", "had", "bye", "no", "hear", "her"}
#: Verbs that end in "on" or "in", after which the same word may follow: carried on on Monday.
_PHRASAL = re.compile(
    r"\b(?:com(?:e|es|ing)|came|go(?:es|ing)?|went|gone|carr(?:y|ies|ied|ying)|call|brought|hand|log|check|sign|turn|mov|"
    r"step|sworn|settl|held|hold|pass|switch|later|early|tak(?:e|en|es|ing)|took|let)(?:ged|e|ed|ing|s|es)? $",
    re.IGNORECASE,
)
#: Words that are a name as well where they have a capital: "by May may", "Will will".
_NAMES_TOO = {"may", "will", "mark", "bill"}
_ENDS = ".?!:;…–—"
_CLOSERS = "'\")]’”"
#: Web and mail addresses, which are no English.
ADDRESS = re.compile(
    r"[^\s@<>()]+@[^\s@]+\w|(?:https?://|www\.)\S+[\w/]|\b(?:[\w-]+\.)+(?:uk|org|com|net|eu|wales)\b\S*\w?"
)
#: The number or letter of an item that begins a block: "a. first", "(ii) second". An item need not be a sentence.
_ITEM = re.compile(r"(?:\((?:[A-Za-z]|[ivxIVX]{1,5}|\d{1,3})\)|(?:[A-Za-z]|[ivxIVX]{1,5}|\d{1,3})[.)]) \S")
_ALONE = re.compile(r"([A-Z][a-z]*)\.(?= |$)")
#: Words that cannot stand alone between two full stops.
_NO_SENTENCE = OPENERS - {"no", "none", "why", "how", "what", "neither", "either", "both", "all", "please", "who"} | {
    "a", "of", "was", "were", "is", "are", "has", "have", "had", "been", "be", "may", "will", "must",
}  # fmt: skip
_LETTERED = r"(?:option|paragraph|para|section|point|part|grade|item|letter|category|class|level|type|band|group|annex|"
_LETTERED += r"appendix|clause|question|table|figure|list|recommendation|\b[a-z],|\b[a-z] (?:and|or))s? a ?$"
_STAND_BEFORE_OF = (
    r"\b(?:aware|unaware|told|sp(?:eak|oke|oken)|th(?:ink|ought)|kn(?:ow|own|ew)|hear|heard|unheard|care|ahead|ma(?:k|d)e|"
    r"tak(?:e|en|ing)|took|dispos\w+|rid|approv\w+|disapprov\w+|consist\w*|capable|fond|proud|sure|certain|short|full|"
    r"part|member|charge|advantage|note|notice|account|control|because|(?:ac)?cus\w+|convicted|suspect\w*|inform\w*|"
    r"notif\w+|depriv\w+|guilty|afraid|complain\w*|compos\w+|compris\w+|assur\w+|remind\w*|warn\w*|conceiv\w+|"
    r"dream\w*|boast\w*|admit\w*|tired|worthy|typical|instead|inside|outside|out|use|sight|hold|behalf) of$"
)
_PREPOSITIONS = (
    "of for to in on with by from about behind between among at under over beyond than like against around without "
    "within towards toward into through during including excluding regarding concerning after before besides beside "
    "above below near off onto upon via per across along amongst despite except"
)
_AUXILIARIES = (
    "do does did should could would might may must can cannot will shall let lets make makes made help helps see saw "
    "had has have is was were are not never"
)
_PLURAL_OBJECT = re.compile(rf"(?:^|\W)(?:{'|'.join(_PREPOSITIONS.split())}|\w+ing|to \w+) $", re.IGNORECASE)
_SINGULAR_OBJECT = re.compile(
    rf"(?:^|\W)(?:{'|'.join(_PREPOSITIONS.split())}|{'|'.join(_AUXILIARIES.split())}|\w+ing|to \w+|"
    r"(?:who|which|that)(?: \w+){1,3}) $",
    re.IGNORECASE,
)
_SUBJUNCTIVE = re.compile(
    r"(?:\b(?:if|as|though|whatever|however|whoever|wherever|wish\w*|whether|unless|lest|suppos\w+|imagine)|"
    r"\b(?:recommend|requir|ask|insist|suggest|demand|request|propos|urg|essential|important|vital|necessary|order)\w*\b"
    r".*\bthat) $",
    re.IGNORECASE,
)


def doubled_word(text: str) -> Iterator[Finding]:
    """of of"""
    told = 0
    for match in re.finditer(r"(?<![\w'’-])([A-Za-z]+) (?=(\1)(?![\w-]))", text, re.IGNORECASE):
        if match.start() >= told and not _is_rightly_twice(text, match):
            told = match.end(2)
            yield Finding(Code.DOUBLED_WORD, match.start(), f"the word {match[1]!r} stands twice", "take one out", told)


def _is_rightly_twice(text: str, match: re.Match[str]) -> bool:
    first, second, before = match[1], match[2], text[: match.start()]
    word = first.lower()
    if word in _TWICE or (len(word) == 1 and first.isupper()):  # A A Milne
        return True
    if first != second and first[0].isupper() and not first.isupper():
        begins = match.start() == 0 or match.start() in sentence_starts(text)
        return word in _NAMES_TOO or not begins
    if word in ("in", "on"):
        return bool(_PHRASAL.search(before))
    return word == "is" and bool(re.search(r"\b(?:what|who|where|how)\b[^.?!]*$", before, re.IGNORECASE))


#: Several words twice, which begin a name or a line; a colon may stand between, as in "Copied to: Copied to".
_WORDS_TWICE = re.compile(r"(?<![\w'’-])([A-Z][\w'’-]*(?: [\w'’-]+){1,7})(?: \1|: (?i:\1))(?![\w-])")


def doubled_words(text: str) -> Iterator[Finding]:
    """Chief Constable Chief Constable"""
    for match in _WORDS_TWICE.finditer(text):
        message = f"the words {match[1]!r} stand twice"
        yield Finding(Code.DOUBLED_WORD, match.start(), message, "take them out once", match.end())


def missing_end(text: str) -> Iterator[Finding]:
    """a sentence without its full stop"""
    bare = text.rstrip(_CLOSERS + " ")
    is_address = bool(ADDRESS.search(text.split(" ")[-1]))
    is_label = re.fullmatch(r"[A-Z][\w' ]{0,30}: (?=\D*\d)\S+(?: \S+){0,4}", text)
    if bare and bare[-1] not in _ENDS and not (is_address or is_label or _ITEM.match(text)):
        yield Finding(
            Code.MISSING_END, len(bare) - 1, "no punctuation at the end", "end it with a full stop", len(text)
        )


def run_on(text: str, starts: Collection[str]) -> Iterator[Finding]:
    """a full stop missing between two sentences The second begins as others do. `starts`: first two words of each."""
    for match in re.finditer(r"(?<=[a-z]) (?=(([A-Z]\w*) \w+))", text):
        before = text[: match.start()].split()[-1]
        # A name, "I" or "IT" has its capital in the middle of a sentence as well.
        opens = match[2].capitalize() == match[2] and match[2].lower() in OPENERS
        if match[1] in starts and opens and before.islower():
            message = f"no full stop after {before!r}, though a sentence begins"
            yield Finding(
                Code.MISSING_END, match.start(), message, "end the sentence before it", match.end() + len(match[1])
            )


def stranded(text: str) -> Iterator[Finding]:
    """a list word or comma with nothing to join: "A and .", ", ," """
    for match in re.finditer(r"(?<![\w'\"‘“/-])(and|or|of|the|a) ?([,.;?!])(?![\w.…])(?! \.)", text):
        if not _is_rightly_last(text, match):
            message = f"{match[1]!r} with nothing after it"
            yield Finding(Code.MISSING_WORDS, match.start(), message, "a phrase is missing here", match.end())
    for match in re.finditer(r"[,;] ?[,;]", text):
        message = f"{match[0][0]!r} with nothing after it"
        yield Finding(Code.MISSING_WORDS, match.start(), message, "a phrase is missing here", match.end())
    for start in (0, *sentence_starts(text), *small_starts(text), *_stops_before_commas(text)):
        if text[start : start + 1] in (",", ";"):
            yield Finding(
                Code.MISSING_WORDS, start, f"a sentence begins with {text[start]!r}", "a phrase is missing here"
            )


def _is_rightly_last(text: str, match: re.Match[str]) -> bool:
    """Whether a word before a comma or full stop is sound: an aside, the letter a, "which we know of"."""
    word, mark = match[1], match[2]
    before, after = text[: match.end(1)], text[match.end() :]
    if mark == "," and re.match(r"[^,.;:?!]+,", after):
        return True
    if word == "a":
        if mark == "." and re.match(r" \w", after) and re.fullmatch(r"(?:.*[.,;:?!…–—])? *a", before, re.DOTALL):
            return True  # We ask you: a. to plan, b. to act
        return bool(re.search(_LETTERED, before, re.IGNORECASE)) or (
            mark == "," and re.match(r" b\b", after) is not None
        )
    if word == "of":
        if mark == "," and re.match(r" (?:and|or|but|nor)\b", after):  # the exercise of, or access to, it
            return True
        clause = re.split(r"[.?!;:]", before)[-1]
        return bool(re.search(_STAND_BEFORE_OF, before) or re.search(r"\b(?:which|whom|whose|what)\b", clause))
    return False


def _stops_before_commas(text: str) -> Iterator[int]:
    """Where a comma stands at the place of a sentence: "Done. , and more"."""
    return (match.end() for match in re.finditer(r"[.?!] (?=[,;])", text))


def agreement(text: str) -> Iterator[Finding]:
    """these has, this have, it were"""
    for match in re.finditer(r"\b(these|those|they|we) (has|was|is|does)\b", text, re.IGNORECASE):
        if not _PLURAL_OBJECT.search(text[: match.start()]):
            yield _disagreement(match, "plural")
    for match in re.finditer(r"\b(?:these|this|those) (?:had|has|have) been (?:has|have)\b", text, re.IGNORECASE):
        yield _disagreement(match, "plural")
    for match in re.finditer(r"\b(this|it|he|she) (have|were|are|do)\b", text, re.IGNORECASE):
        before = text[: match.start()]
        if not (_SINGULAR_OBJECT.search(before) or _SUBJUNCTIVE.search(re.split(r"[.?!]", before)[-1])):
            yield _disagreement(match, "singular")


def _disagreement(match: re.Match[str], number: str) -> Finding:
    message = f"{match[0]!r}: singular and plural do not agree"
    hint = f"the subject is {number}; mend `number:` or use `agree`"
    return Finding(Code.DISAGREEMENT, match.start(), message, hint, match.end())


def hole(text: str) -> Iterator[Finding]:
    """an empty sentence: ". ." """
    if not re.search(r"\w", text):
        yield Finding(Code.NOTHING_SAID, 0, "nothing is said here", "a branch or a phrase is missing", len(text))
        return
    for match in re.finditer(r"(?<![.…])[.?!] ?([.?!;,])", text):
        if not _is_rightly_after_stop(text, match):
            yield Finding(
                Code.NOTHING_SAID,
                match.start(),
                "a sentence without words",
                "a branch or a phrase is missing",
                match.end(),
            )
    for start in (0, *sentence_starts(text)):
        alone = _ALONE.match(text, start)
        if alone and alone[1].lower() in _NO_SENTENCE and not (len(alone[1]) == 1 and text[alone.end() :].strip()):
            message = f"a sentence of one word: {alone[1]!r}"
            yield Finding(Code.NOTHING_SAID, start, message, "a branch or a phrase is missing", alone.end())


def _is_rightly_after_stop(text: str, match: re.Match[str]) -> bool:
    """Whether two marks in a row are sound: an ellipsis, "?!", or a comma after an abbreviation."""
    if text.startswith(("...", ". . ."), match.start()) or match[0] in ("?!", "!?"):
        return True
    if text[match.end() : match.end() + 1].isdigit() and text[: match.start()][-1:].isdigit():
        return True  # 0..255
    word = re.search(r"[\w.]*$", text[: match.start()])
    is_short = bool(word and (is_abbreviation(word[0]) or word[0].lower() in ("no", "nos")))
    return match[1] in ",;?!" and len(match[0]) == 2 and is_short


def sentence_begins_small(text: str) -> Iterator[Finding]:
    """a sentence that begins with a small letter"""
    for start in ([0] if is_small(text, 0) else []) + list(small_starts(text)):
        word = re.split(r"[\s,.;:?!]", text[start:], maxsplit=1)[0]
        message = f"a sentence begins with a small letter: {word!r}"
        yield Finding(Code.MISSING_CAPITAL, start, message, _CAPITALISE, start + len(word))


#: The checks of any text, whole sentences or not.
CHECKS_OF_PIECES: tuple[Check, ...] = (
    doubled_word,
    doubled_words,
    doubled_space,
    space_before_punctuation,
    missing_space,
    stranded,
    agreement,
    impossible_date,
    wrong_article,
)
#: The checks of running text, in the order in which they are reported.
CHECKS: tuple[Check, ...] = (hole, *CHECKS_OF_PIECES, unpaired, missing_end, sentence_begins_small)


def findings(text: str, *, begins: bool = True, ends: bool = True) -> list[Finding]:
    """Every finding in one block of running text. `begins`, `ends`: whether a sentence begins and ends with it."""
    found = _found(CHECKS, text)
    return [
        finding
        for finding in found
        if not (
            (finding.code == Code.MISSING_CAPITAL and finding.at == 0 and not begins)
            or (finding.code == Code.MISSING_END and not ends)
        )
    ]


def findings_in_piece(text: str) -> list[Finding]:
    """Every finding in a piece of text that need not be a sentence: a phrase, a heading, an item of a list."""
    return _found(CHECKS_OF_PIECES, text)


def _found(checks: Collection[Check], text: str) -> list[Finding]:
    """What the checks say of a text; addresses are no English."""
    masked = ADDRESS.sub(lambda match: "X" + "0" * (len(match[0]) - 1), text)
    said = (finding for check in checks for finding in check(text if check is missing_end else masked))
    return sorted(said, key=lambda finding: finding.at)


@lru_cache(maxsize=4096)  # of two letters most blocks are the same
def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return text.rstrip(_CLOSERS + " ")[-1:] in tuple(".?!…")


@lru_cache(maxsize=4096)
def goes_on(text: str) -> bool:
    """Whether a text begins in the middle of a sentence: with a small letter that begins no name."""
    return is_small(text.lstrip(_CLOSERS + "([‘“"), 0)
