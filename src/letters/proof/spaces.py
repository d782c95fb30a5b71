"""Blanks that lack or are too many: around punctuation, brackets, quotation marks and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters.compose.syntax import code_as
from letters.problems import Code, Place, Problem
from letters.proof.finding import Finding
from letters.proof.finding_problems import problem_of
from letters.workspace.accepted import Accepted

#: A word, or the beginning of a quotation or bracket, that stands right behind a mark.
_WORD_FOLLOWS = r"(?=['\"(]?[A-Za-z]{2}|['\"(]?[AaI] )"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
#: Words that end or make up no other word: behind a bracket or a number they begin anew.
_FUNCTION = "the|and|or|that|which|we|you|but|were|was|is|are|has|have|had|will|should|must|this|these|those|our|your"
_ALONE = f"{_FUNCTION}|a|an"
_COUNTED = (
    "of|with|from|months?|weeks?|days?|hours|minutes|years?|per cent|people|officers?|forces?|staff|police|inspectors?|"
    "victims?|cases|incidents|reports?|plans?"
)
#: What may follow a stop that lacks its blank although it is written small, and is no end of an address or file.
_OPENS_SMALL = "the|and|this|that|these|those|we|our|your|they|there|their|however|which|although|because"
_OPENS = "The|This|That|These|Those|We|Our|Your|They|There|It|In|However|If|When|As|For"

#: A mark, a bracket or a number with a word right at it.
_TOUCHING_MARK = re.compile(r"[,;:.?!][\w'\"(]")
_TOUCHING_BRACKET = re.compile(r"\)[\w\"'“‘(]|[A-Za-z]\(")
_TOUCHING_NUMBER = re.compile(r"\d%?[A-Za-z]|[A-Za-z]\d")


def doubled_space(text: str) -> Iterator[Finding]:
    """two  spaces"""
    for match in re.finditer(r"(?<=\S)[  ]{2,}(?=\S)", text):
        yield Finding(Code.DOUBLED_SPACE, match.start(), "two spaces in a row", "take one out", match.end())


def space_before_punctuation(text: str) -> Iterator[Finding]:
    """a comma , so; ( a bracket )"""
    for match in re.finditer(r"(?<=[\w)\"'’”]) +(?:([,;:?!])(?![\d)(])|(\.)(?![\w.…]| \.|\d))", text):
        mark = match[1] or match[2]
        if text[: match.start()].endswith(". .") or (mark == "." and text[match.end() :].startswith(" .")):
            continue
        yield Finding(Code.STRAY_SPACE, match.start(), f"a space before {mark!r}", "take the space out", match.end())
    for match in re.finditer(r"(?<=[\w.,;'\"’”%!?])  *([)\]])", text):
        yield Finding(
            Code.STRAY_SPACE, match.start(), f"a space before {match[1]!r}", "take the space out", match.end()
        )
    for match in re.finditer(r"([(\[]) +(?=[\w'\"‘“£€$])", text):
        yield Finding(Code.STRAY_SPACE, match.start(), f"a space after {match[1]!r}", "take the space out", match.end())


def missing_space(text: str) -> Iterator[Finding]:
    """the force,work to; (see annex)and; e.g.on; 2016the"""
    # Few texts have anything of the kind, and the patterns that tell right from wrong are slow.
    if _TOUCHING_MARK.search(text):
        yield from _behind_commas(text)
        yield from _behind_stops(text)
    if _TOUCHING_BRACKET.search(text):
        yield from _at_brackets(text)
    if '"' in text:
        yield from _at_quotation_marks(text)
    if _TOUCHING_NUMBER.search(text):
        yield from _at_numbers(text)


def _behind_commas(text: str) -> Iterator[Finding]:
    before = r"(?:(?<=[a-z]{2})|(?<=[A-Z]{2}))"
    for match in re.finditer(rf"{before}([,;:])(?:{_WORD_FOLLOWS}|(?=\d))|(?<=\d)([,;])(?=[a-z]{{2}})", text):
        mark = match[1] or match[2]
        is_label = re.search(r"\b(?:tel|fax|mailto|urn|doi|isbn|re|http|https)$", text[: match.start()], re.IGNORECASE)
        is_code = text[: match.start()][-2:].isupper() and (mark == ":" or text[match.end()].isdigit())
        if not (mark == ":" and is_label) and not is_code:
            yield _no_space(match, mark)
    for match in re.finditer(r"(?<=[a-zA-Z]\.|\w\)|[\w.]['\"])([,;])(?=[A-Za-z]{2})", text):
        yield _no_space(match, match[1])


def _behind_stops(text: str) -> Iterator[Finding]:
    end = r"(?<=[a-z]{2})([.?!])(?=['\"(]?(?:[A-Z][a-z]|[AI] ))"
    number = rf"(?<=\d{{4}})(\.)(?=[A-Z][a-z])|(?<=\d)(\.)(?=(?:{_OPENS}) )"
    bracket = r"(?<=[\w.]\))([.?!])(?=[A-Z][a-z])"
    small = rf"(?<=[a-z]{{2}})([.?!])(?=(?:{_OPENS_SMALL}) )"
    for match in re.finditer(f"{end}|{number}|{bracket}|{small}", text):
        yield _no_space(match, match[0])
    for match in re.finditer(r"(?<![\w.])(?:e\.g|i\.e|[Ee]tc|viz|et al)(\.)(?=[A-Za-z]{2})", text):
        yield Finding(Code.MISSING_SPACE, match.start(1), "no space after '.'", "put a space after it", match.end() + 1)


#: A bracket whose inside is part of a word: (re)considered, judg(e)ment, officer(s); and the word behind it.
_CLOSED = re.compile(r"\(([^()]*)\)(?=([A-Za-z]+)|[\"'“‘(]?\b)")
_NUMERAL = re.compile(r"[ivx]+|bis|ter|quater")


def _at_brackets(text: str) -> Iterator[Finding]:
    for match in _CLOSED.finditer(text):
        inside, word = match[1], match[2] or ""
        if word and _begins_anew(text[: match.start()], inside, word, text[match.end() + len(word) :]):
            yield Finding(
                Code.MISSING_SPACE, match.end() - 1, "no space after ')'", "put a space after it", match.end() + 1
            )
    for match in re.finditer(r"(?<=[A-Za-z]{3})\((?=([A-Za-z]{2,}) [^()]*\)|(?:19|20)\d\d\))", text):
        ends_word = match[1] and match[1] in ("es", "ies", "ren", "ing", "ed", "er", "ers", "or", "ors")
        if not ends_word:
            yield Finding(
                Code.MISSING_SPACE, match.start(), "no space before '('", "put a space before it", match.end() + 1
            )


def _begins_anew(before: str, inside: str, word: str, after: str) -> bool:
    """Whether the word right behind a bracket is a word of its own."""
    is_alone = bool(re.fullmatch(_ALONE, word)) and not after.startswith("-")
    if len(word) == 1:
        return is_alone and after.startswith(" ") and not re.fullmatch(r"[a-z]{1,4}", inside)
    if before[-1:].isdigit() or (before.endswith(")") and len(inside) < 5):
        return not _NUMERAL.fullmatch(word)  # section 3(1)(a)and
    if re.fullmatch(r"[A-Za-z][a-z-]{0,6}", inside):  # (re)considered, judg(e)ment, (ii)the
        is_number = re.fullmatch(r"i{2,3}|iv|vi{1,3}|ix|xi{1,3}", inside) and not before[-1:].isalpha()
        return is_alone or bool(is_number)
    return not (before[-1:].isalpha() and " " not in inside and not is_alone)


def _at_quotation_marks(text: str) -> Iterator[Finding]:
    """Straight double marks that come in pairs, none of them an inch."""
    marks = [match.start() for match in re.finditer('"', text)]
    if len(marks) % 2 or re.search(r"\d\"", text):
        return
    for opening, closing in zip(marks[::2], marks[1::2], strict=True):
        if re.search(r"[a-z]{2}$", text[:opening]):
            yield Finding(Code.MISSING_SPACE, opening, "no space before '\"'", "put a space before it", opening + 2)
        if re.match(r"[A-Za-z]{2}", text[closing + 1 :]):
            yield Finding(Code.MISSING_SPACE, closing, "no space after '\"'", "put a space after it", closing + 2)


def _at_numbers(text: str) -> Iterator[Finding]:
    words = rf"(?:{_FUNCTION}|{_COUNTED}|{_MONTHS})\b(?![-'.]\w)"
    patterns = (rf"(?<![\w.,/#=-])(?:[£€$])?\d[\d,.]*(?<=\d)(?={words})", r"(?<=\d)%(?=[A-Za-z]{2})")
    for pattern in patterns:
        for match in re.finditer(pattern, text):
            mark = match[0]
            yield Finding(
                Code.MISSING_SPACE, match.start(), f"no space after {mark!r}", "put a space after it", match.end() + 1
            )
    words = rf"(?<![\w#/.-])({_MONTHS}|[Ss]ections?|[Pp]aragraphs?|[Rr]ecommendations?)(?=\d)"
    for match in re.finditer(words, text):
        yield Finding(
            Code.MISSING_SPACE, match.start(), f"no space after {match[0]!r}", "put a space after it", match.end() + 1
        )


def _no_space(match: re.Match[str], mark: str) -> Finding:
    return Finding(
        Code.MISSING_SPACE, match.start(), f"no space after {mark!r}", "put a space after it", match.end() + 1
    )


# -- of templates

#: The marks that begin a line: what stands apart in them is no words.
_MARKS = re.compile(r"\s*(?:(?:>|#{1,6}|[-*+]|\d{1,9}[.)]|:::)\s+)+")


def template_spaces(path: str, text: str, accepted: Accepted) -> Iterator[Problem]:
    """Two spaces in a template's own words: folded in the text rendition, but seen in Word and PDF."""
    words = code_as("x", text)
    for number, (line, bare) in enumerate(zip(text.split("\n"), words.split("\n"), strict=True), 1):
        marks = _MARKS.match(bare)
        bare = "x" * marks.end() + bare[marks.end() :] if marks else bare
        for finding in doubled_space(bare) if "|" not in bare else ():
            if not accepted.covers(line, finding.at, finding.end):
                yield problem_of(finding, line, Place(path, number, finding.at + 1, line))
