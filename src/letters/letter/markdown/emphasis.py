"""Stars and underscores: those that stress nothing, and those that would stress what their writer did not mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from letters.letter.markdown.finding import Finding
from letters.problems import Code

#: Signs of emphasis that did nothing: two or more, or one that words follow.
_DOUBLED = re.compile(r"(?<![\w*])\*{2,}|\*{2,}(?![\w*])|(?<![_\w])_{2}(?!_)|(?<=[^\W_])_{2}(?![_\w])")
_OPENER = re.compile(r"(?<![\w*])\*(?=[^\s*])|(?<=[:;.,!?)])\*(?=\w)|(?<![\w_])_(?=[^\W_])")
#: Stars that lead to a remark below: those behind a number or a grade.
_FOOTNOTE = re.compile(r"(?<![\w*])(?:[£€$]?\d[\d.,/]*\s?%?|[A-Z])\*{2,3}(?![\w*])")
#: One star or underscore that has no other: at the edge of a word, or between two words.
_ALONE = re.compile(
    r"(?<![\w*\\/\ufffc])\*(?=['\"“‘(]?[^\W\d_]{2})|(?<=[^\W\d_]{2})[,;]?[ \n]\*(?=[ \n][^\W\d_])|"
    r"(?<![\w\\/\ufffc])_(?=[^\W_])|(?<=[^\W_])_(?![\w\\/\ufffc])"
)
#: A star that leads to a remark below, and one that begins such a remark.
_LEADS = re.compile(r"(?<=[^\W_])\*(?![\w*])")
_LEADS_NOWHERE = re.compile(r"(?<=[a-z]{2})\*(?![\w*])|(?<=\b(?:19|20)\d\d)\*(?![\w*])")
_REMARK = re.compile(r"\*(?=[^\s*])")


@dataclass(frozen=True)
class Remarks:
    """Whether in a text some star leads to a remark, and whether some star begins one."""

    are_led_to: bool
    are_there: bool


def remarks_of(texts: Iterable[str]) -> Remarks:
    """What the stars of a text's blocks, that stress nothing, are there for."""
    said = list(texts)
    return Remarks(any(_LEADS.search(text) for text in said), any(_REMARK.match(text) for text in said))


def alone(text: str, start: int, remarks: Remarks) -> Iterator[Finding]:
    """`*PEEL: police`, `concern _led`, `asked * to`; but `5 * 4`, `R*`, `snake_case` and remarks are sound."""
    found = [match for match in _ALONE.finditer(text) if match.start() or match[0] != "*" or not remarks.are_led_to]
    found += () if remarks.are_there else _LEADS_NOWHERE.finditer(text)
    for match in sorted(found, key=lambda match: match.start())[:1]:
        sign, at = match[0][-1], match.end() - 1
        hint = f"write {sign} on both sides of the words that are meant, take it out, or put a backslash before it"
        around = text[max(at - 1, 0) : at + 3].strip("\n").partition("\n")[0]
        line = start + text.count("\n", 0, at)
        yield Finding(Code.NOT_IN_LETTERS, f"{sign} stands alone here and is printed", line, hint, sign, around)


def unmatched(text: str, start: int) -> Iterator[Finding]:
    """`**Note:**the rest`, `*good *`; but `5 * 4`, `R*`, `3**` and a first `*` alone are sound."""
    plain = _FOOTNOTE.sub(lambda match: match[0].replace("*", "x"), text)
    match = _DOUBLED.search(plain)
    if match is None:
        match = next((found for found in _OPENER.finditer(plain) if found[0] in plain[found.end() :]), None)
    if match:
        line = start + text.count("\n", 0, match.start())
        hint = f"put a blank outside of the {match[0]} and none inside: **Note:** the rest; or a backslash before each"
        message = f"{match[0]} stresses nothing here and is printed"
        around = text[max(match.start() - 1, 0) : match.end() + 2].strip("\n").partition("\n")[0]
        yield Finding(Code.NOT_IN_LETTERS, message, line, hint, match[0], around)


#: As far as the signs of one mark are looked for, in characters or tokens, so that a text of signs takes no hours.
_FARTHEST = 200
_ADDRESS_BEFORE = re.compile(r"(?:[a-z]{2,9}://|www\.)[^\s<>]*$|@[\w.-]*$|(?<!\w)[A-Za-z]:[\\/][^\s<>]*$|\\\\[^\s<>]*$")
#: What goes on behind the sign in an address of mail or the name of a file.
_ADDRESS_BEHIND = re.compile(r"[\w.+-]*@\w|\.[a-z][a-z0-9]{1,4}\b")
#: What somebody would stress in the middle of a word.
_WORD = re.compile(r"[^\W\d_]{2,}(?:[-'’][^\W\d_]+)*")
#: Words do not begin so, nor end so: with the end of brackets or a quotation, or its beginning.
_NO_BEGINNING = re.compile(r"\.|['\"’]\s|[)\]}”»]")
_NO_END = re.compile(r"\s['\"]$|[(\[{“‘«]$")
_OPERATORS = re.compile(r"[+=<>×÷^|/&–-].*[+=<>×÷^|/&–-]|[+=<>×÷^|/&–-]")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|“[^“”]*”")


def not_meant(children: Sequence[Token], start: int) -> Iterator[Finding]:
    """Emphasis made of signs that were meant: `5*4*3`, `'*' and '*'`, those of an address, or of unequal number."""
    line = start
    before = ""
    for at, child in enumerate(children):
        if child.type in ("softbreak", "hardbreak"):
            line, before = line + 1, ""
        elif child.type in ("em_open", "strong_open") and (said := _why_not(children, at, before[-_FARTHEST:])):
            message, hint = said
            first = children[at + 1].content if at + 1 < len(children) else ""
            yield Finding(Code.NOT_IN_LETTERS, message, line, hint, child.markup, child.markup + first[:20])
        before += child.content if child.type in ("text", "text_special") else ""


def _why_not(children: Sequence[Token], at: int, before: str) -> tuple[str, str] | None:
    """What is wrong with the emphasis that opens at `at`, and what to do; `before`: what its line has before it."""
    markup = children[at].markup
    inside, close = _inside(children, at)
    behind = "".join(child.content for child in children[close + 1 : close + 9])
    each = f"put a backslash before each {markup[0]} that is meant"
    if _ADDRESS_BEFORE.search(before) or (_ADDRESS_BEHIND.match(behind) and not re.search(r"\.\s*$", inside)):
        return f"{markup} in an address would be taken out of it", f"put the address between < and >, or {each}"
    if _is_unequal(children, at, close):
        message = f"there are more {markup[0]} on one side of these words than on the other"
        return message, f"write as many {markup[0]} behind the words as before them; {each}"
    if _is_none(inside, before[-1:], behind[:1]):
        return f"{markup} between characters would stress them", f"{each}, or a blank on both sides"
    return None


def _is_none(inside: str, before: str, behind: str) -> bool:
    """Whether nobody would stress `inside`, which stands between the characters `before` and `behind`."""
    if not re.search(r"\w", inside) or _NO_BEGINNING.match(inside) or _NO_END.search(inside):
        return True
    if _OPERATORS.fullmatch(inside) or (behind.isalnum() and _OPERATORS.match(inside[:1])):
        return True
    if re.search(r"[)\]].*[(\[]|”.*“", _BRACKETS.sub("", _BRACKETS.sub("", inside))):
        return True
    return before.isalnum() and (behind.isalnum() or before.isdigit() or not _WORD.fullmatch(inside))


def _is_unequal(children: Sequence[Token], at: int, close: int) -> bool:
    """Whether one more of the signs of emphasis stands right before or behind it."""
    sign = children[at].markup[0]
    before, behind = children[at - 1] if at else None, children[close + 1] if close + 1 < len(children) else None
    return bool(
        (before and before.type == "text" and before.content.endswith(sign))
        or (behind and behind.type == "text" and behind.content.startswith(sign))
    )


def _inside(children: Sequence[Token], at: int) -> tuple[str, int]:
    """The words that the emphasis which opens at `at` holds, and where it closes."""
    level, found = children[at].level, []
    close = min(at + _FARTHEST, len(children) - 1)
    for number in range(at + 1, close + 1):
        child = children[number]
        if child.level <= level and child.nesting < 0:
            close = number
            break
        found.append(" " if child.type == "softbreak" else child.content)
    return "".join(found), close
