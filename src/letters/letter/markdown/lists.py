"""Lists that Markdown makes of a sign or a number that may be words, and numbers that would not be printed as typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from letters.letter.markdown.finding import Finding
from letters.letter.markdown.lines import without_quote
from letters.problems import Code

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
#: Numbers that no minus stands before: of an entry, a year, a telephone, a date, an hour.
_NO_AMOUNT = (
    r"\d{1,9}\\?[.)](?:\s|$)|(?:19|20)\d\d\b(?![.,]\d)|0\d|\d{1,2}(?:st|nd|rd|th)\b|"
    rf"\d{{1,2}} (?:{_MONTHS})\b|\d{{1,2}}[.:]\d\d ?(?:[ap]\.?m|hours|hrs)"
)
#: Words that begin with an amount.
_AMOUNT = re.compile(rf"(?!{_NO_AMOUNT})(?:[£€$]\s?)?\.?\d")
#: An amount that is a share of something.
SHARE = re.compile(r"(?:[£€$]\s?)?[\d.,]*\d\s?(?:%|per cent|percent|percentage)")
#: Above this no list of a letter begins; a year does.
_HIGHEST = 999


def entries(tokens: Sequence[Token], at: int) -> list[Token]:
    """The tokens that open the entries of the list whose token is number `at`."""
    level, found = tokens[at].level, []
    for token in tokens[at + 1 :]:
        if token.level == level:
            break
        if token.type == "list_item_open" and token.level == level + 1:
            found.append(token)
    return found


def list_findings(tokens: Sequence[Token], at: int, lines: Sequence[str], next_number: int | None) -> Iterator[Finding]:
    """What is wrong with the list whose token is number `at`; one thing.

    `next_number`: what the list above it would go on with.
    """
    items = entries(tokens, at)
    if tokens[at].type == "ordered_list_open":
        finding = _numbered(items, next_number)
    else:
        finding = _bulleted(tokens[at].markup, items, lines)
    if finding := finding or _indented(items, lines):
        yield finding


def _line(item: Token) -> int:
    return item.map[0] if item.map else 0


def _bulleted(sign: str, items: Sequence[Token], lines: Sequence[str]) -> Finding | None:
    if sign == "+":
        hint = r"put a backslash before it (\+) if it is a plus; begin each entry of a list with `- `"
        return Finding(
            Code.SIGN_MAKES_A_BLOCK,
            "a + at the beginning of a line makes a list, and is not printed",
            _line(items[0]),
            hint,
            "+",
        )
    if sign == "*":
        hint = r"put a backslash before it (\*) if it is a star; begin a list of one entry with `- `"
        message = "a * at the beginning of a line makes a list, and is not printed"
        return Finding(Code.SIGN_MAKES_A_BLOCK, message, _line(items[0]), hint, "*") if len(items) == 1 else None
    texts = [(item, re.sub(r"^-\s*", "", without_quote(lines[_line(item)]))) for item in items]
    amounts = [(item, text) for item, text in texts if _AMOUNT.match(text)]
    if not amounts:
        return None
    is_sign = len(items) == 1 or all(SHARE.match(text) for _, text in texts)
    code = Code.SIGN_MAKES_A_BLOCK if is_sign else Code.SIGN_MAKES_A_BLOCK_PERHAPS
    message = "a - before a number at the beginning of a line makes a bullet, and is not printed as a minus"
    hint = r"write \- or − for a minus; if it is a list begin its entries with `* `"
    return Finding(code, message, _line(amounts[0][0]), hint, "-")


def _numbered(items: Sequence[Token], next_number: int | None) -> Finding | None:
    typed = [item.info for item in items]
    first = int(typed[0])
    sign = items[0].markup
    written = rf"{typed[0]}\{sign}"
    if first > _HIGHEST or (first > 1 and len(items) == 1 and first != next_number):
        message = f"{typed[0]}{sign} at the beginning of a line makes a list that begins with that number"
        return Finding(
            Code.NUMBER_MAKES_A_LIST, message, _line(items[0]), f"write {written} if it belongs to the words", typed[0]
        )
    is_all_one = set(typed) == {"1"}
    for position, (item, number) in enumerate(zip(items, typed, strict=True)):
        expected = str(first + position)
        if number != expected and not is_all_one:
            message = f"{number}{sign} is typed, and {expected}{sign} would be printed: a list counts by itself"
            hint = f"number the entries one after the other; write {number}\\{sign} if it belongs to the words"
            return Finding(Code.NUMBER_MAKES_A_LIST, message, _line(item), hint, number)
    return None


def _indented(items: Sequence[Token], lines: Sequence[str]) -> Finding | None:
    """An entry that is indented otherwise than those above it, and not enough to be inside one."""
    first = _span(lines[_line(items[0])])
    for item in items[1:]:
        own = _span(lines[_line(item)])
        if own[0] != first[0] and own[1] != first[1]:
            hint = "indent it as the first entry; to put it inside the entry above, as far as the words of that entry"
            return Finding(
                Code.RUN_TOGETHER_BLOCKS,
                "this entry is indented otherwise than the others of its list",
                _line(item),
                hint,
            )
    return None


def _span(line: str) -> tuple[int, int]:
    """The columns where the bullet or number of an entry begins and ends."""
    expanded = line.expandtabs(4)
    text = without_quote(expanded)
    start = len(expanded) - len(text)
    match = re.match(r"\d{1,9}[.)]|[-*+]", text)
    return start, start + (match.end() if match else 0)
