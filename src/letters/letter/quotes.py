"""Straight quotation marks to those of British English: which way each turns, and which stay as typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_SINGLE, _DOUBLE = "'‘’", '"“”'
_MARKS = _SINGLE + _DOUBLE
#: After these a mark opens a quotation, if words follow.
_BRACKETS = frozenset("([{<«")
_JOINERS = frozenset("–—‒―-‐‑/\\|~")
#: With these a sentence ends or pauses; a mark right before them opens nothing.
_STOPS = frozenset(".,;:!?…)]}>»")

#: Words whose beginning is left out. Those of the second group can also be the first word of a quotation.
_ELIDED = re.compile(
    r"(?:tis|twas|twere|twill|twould|twixt|twasn|tisn|em|til|cos|n|t(?= [A-Z])|s-[HG]\w+|000s?)(?!\w)", re.I
)
_PERHAPS_ELIDED = re.compile(
    r"(?:allo|appen|bout|cause|cello|ello|cept|ere|flu|fraid|gainst|neath|phone|plane|bus|round|tude)(?!\w)", re.I
)
_DECADE = re.compile(r"\d0s(?!\w)")
_YEAR = re.compile(r"\d\d(?![\w%°])")
#: A quotation is looked for no further than this, in characters: time would grow with the square of it.
_FAR = 600
#: What stands before the two figures of a year.
_BEFORE_A_YEAR = re.compile(
    r"(?:\b(?:of|in|since|from|until|till|til|to|by|before|after|during|and|or|early|late|mid|year|class|season|spring|"
    r"summer|autumn|winter|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)\.?\s+|\d\d,\s+|[-–—/])$",
    re.I,
)
_ENDING = re.compile(r"(?:s|d|ll|re|ve|t|m)(?!\w)", re.I)
#: Feet, inches, minutes and seconds: no quotation ends there.
_MEASURE = re.compile(r"\d+(?:\.\d+)?°?\s?\d*'\s?\d+(?:[.½¼¾]\d*)?\"|\d°\s?\d+(?:\.\d+)?'(?:\s?\d+(?:\.\d+)?\")?")
_FEW_FIGURES = re.compile(r"(?<![\d.,£$€])\d{1,3}(?:\.\d+)?[½¼¾]?$")

#: Addresses, in which a mark is a character like any other: of mail, of the web, of files.
_ADDRESS = re.compile(
    r"""
      [\w.!\#$%&*+=?^{|}~-] [\w.!\#$%&*+/=?^{|}~'’-]{0,80} @ [\w-]+(?:\.[\w-]+)+
    | (?: [a-z][a-z+.]{1,9}:// [^\s/?\#<>"'“”‘’]*
        | (?<![\w@]) www\.[\w.-]+
        | (?<![\w@.-]) (?:[\w-]+\.)+[a-z]{2,24}(?=/)
      ) (?: [/?\#][^\s<>"“”]* )?
    | (?<!\w) (?: [a-z]:\\ | \\\\ ) [^\s<>"“”]+
    | (?<![\w.)>/]) [.~]{0,2} / \w[^\s/<>"“”]* / [^\s<>"“”]+
    | (?<!\w) \w[\w'’.-]{0,120} \. (?:docx?|xlsx?|pptx?|pdf|csv|txt|md|ya?ml|html?|png|jpe?g|svg|zip|msg|eml) (?!\w)
    """,
    re.I | re.X,
)
_AFTER_AN_ADDRESS = re.compile(r"(?:[.,;:!?'’]|\)(?!\w))+$")


def smart_quotes(text: str) -> str:
    """`text` with its straight marks turned, as long as before; feet and inches, and addresses, stay as typed."""
    if "'" not in text and '"' not in text:
        return text
    kept = {at for start, end in _kept(text) for at in range(start, end)}
    setter = _Setter(text)
    return "".join(setter.turned(at, stays=at in kept) for at in range(len(text)))


def _kept(text: str) -> Iterator[tuple[int, int]]:
    for match in _ADDRESS.finditer(text):
        tail = _AFTER_AN_ADDRESS.search(match[0])
        yield match.start(), match.start() + (tail.start() if tail else len(match[0]))
    for match in _MEASURE.finditer(text):
        yield match.span()


@dataclass
class _Setter:
    """Goes through a text once, knowing what is open."""

    text: str
    #: How many quotations are open, by the kind of their marks.
    open: dict[str, int] = field(default_factory=lambda: {_SINGLE: 0, _DOUBLE: 0})
    before: str = " "

    def turned(self, at: int, *, stays: bool) -> str:
        """The character at `at`, turned if it is a straight mark that does not stay as typed."""
        ch = self.text[at]
        if ch in _MARKS and not stays:
            kind = _SINGLE if ch in _SINGLE else _DOUBLE
            if ch in "'\"":
                ch = self.mark(at, kind)
            self.note(ch, kind, at)
        self.before = ch
        return ch

    def mark(self, at: int, kind: str) -> str:
        opening, closing = kind[1], kind[2]
        if self.is_measure(at, kind):
            return kind[0]
        if kind == _SINGLE and self.is_apostrophe(at):
            return closing
        return opening if self.opens(at, kind) else closing

    def note(self, ch: str, kind: str, at: int) -> None:
        if ch == kind[1]:
            self.open[kind] += 1
        elif (
            ch == kind[2] and not self._starts_words() and (kind == _DOUBLE or not _following(self.text, at).isalnum())
        ):
            self.open[kind] = max(self.open[kind] - 1, 0)

    def is_measure(self, at: int, kind: str) -> bool:
        after = self.text[at + 1 : at + 2]
        free = not self.open[kind] and (not after.isalnum() or after == "x")
        return free and bool(_FEW_FIGURES.search(self.text[max(at - 12, 0) : at]))

    def is_apostrophe(self, at: int) -> bool:
        """Whether letters are left out here, or a possessive ends a word; a closing mark looks the same."""
        rest = self.text[at + 1 : at + 30]
        if self.before.isalnum() or (not self._starts_words() and self.before not in ",;:=" and _ENDING.match(rest)):
            return True
        if word := _ELIDED.match(rest) or _DECADE.match(rest):
            is_quoted = rest[word.end() :].startswith(("'", "’"))
            return word[0].lower() == "n" or word[0].endswith("0s") or not is_quoted
        if _YEAR.match(rest):
            closers, possessives = self._closers_after(at)
            return not (closers or (possessives and not _BEFORE_A_YEAR.search(self.text[max(at - 20, 0) : at])))
        return bool(_PERHAPS_ELIDED.match(rest)) and not any(self._closers_after(at))

    def _closers_after(self, at: int) -> tuple[bool, bool]:
        """Whether a quotation that began at `at` would be closed: surely, or by what may be a possessive."""
        sure, unsure = -self.open[_SINGLE], 0
        for match in re.finditer("['‘’]", self.text[at + 1 : at + _FAR]):
            here = at + 1 + match.start()
            before, after = self.text[here - 1], _following(self.text, here)
            if before.isspace() or before in _BRACKETS or before in _JOINERS:
                sure -= not _YEAR.match(self.text[here + 1 : here + 5])
            elif before in "sS" and re.match(r" \w", self.text[here + 1 : here + 5]):
                unsure += 1
            elif not after.isalnum():
                sure += 1
        return sure > 0, unsure > 0

    def opens(self, at: int, kind: str) -> bool:
        after, next_ = _following(self.text, at), self.text[at + 1 : at + 2]
        nothing_open = not self.open[kind]
        if self.before == kind[1]:
            return after.isalnum()
        if self.before.isspace():
            return nothing_open if after.isspace() or not self._words_follow(at) else True
        if self.before in _BRACKETS or self.before in "‘“":
            return bool(next_) and (after.isalnum() or self.before in _BRACKETS)
        if self.before in _JOINERS:
            return not after.isspace() and self._words_follow(at)
        is_note = self.before in ".!?…" and next_.isdigit()
        if not after.isalnum() or self.before in ")]}’”%" or is_note:
            return False
        if kind == _DOUBLE:
            return nothing_open
        return nothing_open and self._closers_after(at)[0]

    def _words_follow(self, at: int) -> bool:
        """Whether stops right after the mark lead on to words, as in "…and so on"."""
        end = at + 1
        while self.text[end : end + 1] in _STOPS and end < len(self.text):
            end += 1
        follows = self.text[end : end + 1]
        return (end == at + 1 and bool(follows)) or follows.isalnum() or (follows != "" and follows in _MARKS)

    def _starts_words(self) -> bool:
        return self.before.isspace() or self.before in _BRACKETS or self.before in _JOINERS or self.before in "‘“"


def _following(text: str, at: int) -> str:
    """The first character after `at` that is no quotation mark; a space at the end."""
    match = re.compile(f"[{_MARKS}]*").match(text, at + 1)
    end = match.end() if match else at + 1
    return text[end : end + 1] or " "
