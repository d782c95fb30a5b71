"""Marks inside a line that a letter does not have, or that were meant to work and do not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from letters.letter.markdown.emphasis import Remarks, alone, not_meant, remarks_of, unmatched
from letters.letter.markdown.finding import Finding
from letters.letter.markdown.lines import BULLET
from letters.problems import Code

#: Stands for a character that was typed behind a backslash: it is meant as it stands.
_MEANT = "\ufffc"
#: Addresses, in which any sign may stand.
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>]+|(?<![\w.+-])[\w.+-]++@[\w-]+\.[\w.-]+")
_BACKSLASH = "put a backslash before a sign that is meant"


@dataclass(frozen=True)
class _Mark:
    """A mark of some dialect of Markdown: its pattern, what it is, and what to write instead.

    `in_fields`: whether nobody would write it but as a mark, so that it is none in a field without marks either.
    """

    pattern: re.Pattern[str]
    what: str
    instead: str
    in_fields: bool = False


def _mark(pattern: str, what: str, instead: str, *, in_fields: bool = False) -> _Mark:
    return _Mark(re.compile(pattern, re.MULTILINE), what, instead, in_fields)


_IN_BRACKETS = "write what it says into the sentence, in brackets"
_BOX, _NO_BOX = "a box to tick", "take the [ ] out, or say in words what is done"
#: At the beginning of an entry of a list; elsewhere a letter in brackets is one.
_TICKED = _mark(r"\A\[[xX]\]\s", _BOX, _NO_BOX)
_MARKS = (
    _mark(r"\[\^[^\]\s]{1,200}\]|\^\[", "a footnote", _IN_BRACKETS, in_fields=True),
    _mark(
        r"(?<!~)~~(?=[^\s~])[^~]*~~(?!~)", "words struck out (~~)", "take them out, or take the ~~ out", in_fields=True
    ),
    _mark(
        r"(?<!=)==(?=\S)[^=\n]*[^\s=]==(?!=)", "highlighted words (==)", "write *words* to stress them", in_fields=True
    ),
    _mark(r"\+\+(?=\S)[^+\n]*[^\s+]\+\+(?!\+)", "inserted words (++)", "take the ++ out"),
    _mark(
        r"(?<!~)~(?=\w)[^\s~]*(?<=\w)~(?!~)",
        "a number set low (~)",
        "write it in line, as in H2O, or with a character such as ₂",
    ),
    _mark(r"\^(?=\w)[^\s^]*(?<=\w)\^", "a number set high (^)", "write it in line, or with a character such as ²"),
    _mark(r"\]\[", "a link by reference", "write [words](https://…)", in_fields=True),
    _mark(r"^ {0,3}\[[^\]\n]+\]:\s+<?(?:https?:|www\.|mailto:)", "a link by reference", "write [words](https://…)"),
    _mark(
        r"\]\s+\((?:https?:|www\.|mailto:)", "a link with a blank in it", "write [words](https://…), without a blank"
    ),
    _mark(r"\)\[(?:https?:|www\.|mailto:)", "a link the wrong way round", "write [words](https://…)", in_fields=True),
    _mark(r"\[\[[^\]\n]{1,200}\]\]", "a link in [[ ]]", "write [words](https://…)", in_fields=True),
    _mark(r"^\[ ?\]\s", _BOX, _NO_BOX, in_fields=True),
    _mark(r"(?<![\w:]):[a-z+][a-z0-9_+-]*[a-z0-9]:(?![\w:])", "a picture by name (:name:)", "write it in words"),
    _mark(
        r"\$\$|\$(?=[^\s\d])[^$\n]{0,200}[\\^_={][^$\n]{0,200}(?<!\s)\$",
        "a formula ($)",
        "write it in words and plain signs",
    ),
    _mark(r"(?<!\])\{(?:[#.][\w-]|:\s?[.#])[^}\n]{0,200}\}", "a mark for the look ({ })", "take it out"),
    _mark(r"\]\s+\{\s*[a-z:]+=", "a language with a blank before it", "write [words]{lang=cy}, without a blank"),
    _mark(
        r"(?<!\])(?<!\]\s)\{\s*(?:xml:)?lang=[^}\n]{0,99}\}", "a language without brackets", "write [words]{lang=cy}"
    ),
    _mark(r"\[-?@[A-Za-z][\w:.-]*[^\]\n]{0,200}\]", "a citation ([@…])", _IN_BRACKETS),
    _mark(r"\{(?:\+\+|--|~~|==|>>)", "a mark of an editor ({++ ++})", "accept or refuse the change"),
    _mark(r"%%[^%\n]{1,200}%%", "a remark (%%)", "take it out"),
    _mark(r"^\*\[[^\]\n]+\]:", "an abbreviation", "write it out where it first stands"),
    _mark(r"^\[!\w+\]|^!!!\s", "a box for a note", "write it as a paragraph"),
    _mark(r"^(?:\[TOC\]|\[_TOC_\])$", "a table of contents", "take it out"),
    _mark(
        r"\\(?:newpage|pagebreak|clearpage|linebreak|vspace|hspace|textbf|textit|emph|begin|end|footnote)\b",
        "a command of TeX",
        "take it out",
    ),
)
_FIELD_MARKS = (
    *(mark for mark in _MARKS if mark.in_fields),
    _mark(r"(?<![\w*])\*{1,3}(?=[^\s*])[^*\n]*[^\s*]\*{1,3}(?![\w*])", "words stressed with *", ""),
    _mark(r"(?<![\w_])__(?=[^\s_])[^\n]{0,200}?[^\s_]__(?![\w_])", "words stressed with __", ""),
    _mark(r"(?<![\w_])_(?=[^\s_])[^_\n]{0,200}(?<=[^\s_])_(?![\w_])", "words stressed with _", ""),
    _mark(r"\A#{1,6}\s+(?=[^\s\d])", "a heading (#)", ""),
    _mark(r"\A[->]\s+(?=[^\s\d£€$.])", "a list or a quotation (- or >)", ""),
    _mark(rf"\A\s*{BULLET}\s+", "a bullet", ""),
    _mark(r"<[^<>\s]+@[^<>\s]+>", "an address between < and >", ""),
    _mark(r"\[[^\]\n]{1,200}\]\((?:https?:|www\.|mailto:|/|#)[^)\n]*\)", "a link in [ ]( )", ""),
    _mark(r"\[[^\]\n]{1,200}\]\{[^}\n]{0,200}\}", "words with a language in [ ]{ }", ""),
    _mark(r"(?<!`)`[^`\n]+`(?!`)", "words between ` and `", ""),
    _mark(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|<!--", "HTML", ""),
    _mark(r"&(?:amp|lt|gt|quot|apos|nbsp|ndash|mdash|[lr][sd]quo|pound|hellip|#\d+|#x[0-9a-fA-F]+);", "HTML", ""),
)


#: What every mark has one of.
_ANY_SIGN = re.compile(r"[\[\]{}~=+^:$%\\*!]")


def field_marks(text: str) -> Iterator[tuple[str, str]]:
    """The marks in a text whose field has none: what each is, and how it is written. Each would be printed as typed."""
    plain = _ADDRESS.sub(lambda match: "0" * len(match[0]), text)
    for mark in _FIELD_MARKS:
        if match := mark.pattern.search(text if re.search("https?|@", mark.pattern.pattern) else plain):
            yield mark.what, match[0]


def remarks_in(tokens: Sequence[Token]) -> Remarks:
    """What the stars that stress nothing are there for, in the tokens of a text."""
    return remarks_of(_without_addresses(_typed(token.children or [])) for token in tokens if token.type == "inline")


def lone_findings(tokens: Sequence[Token]) -> Iterator[Finding]:
    """The signs in the tokens of a text that stress nothing and stand alone."""
    remarks = remarks_in(tokens)
    for token in (token for token in tokens if token.type == "inline"):
        text = _without_addresses(_typed(token.children or []))
        yield from alone(text, token.map[0] if token.map else 0, remarks)


def mark_findings(token: Token, remarks: Remarks, *, is_entry: bool = False) -> Iterator[Finding]:
    """What is wrong with the marks of one inline `token`. `is_entry`: whether it begins an entry of a list."""
    children = token.children or []
    start = token.map[0] if token.map else 0
    typed = _typed(children)
    text = _without_addresses(typed)
    for mark in (*_MARKS, *([_TICKED] if is_entry else [])) if _ANY_SIGN.search(typed) else ():
        if match := mark.pattern.search(typed if "https?" in mark.pattern.pattern else text):
            line = start + typed.count("\n", 0, match.start())
            needle = typed[match.start() : match.end()].strip().replace(_MEANT, "")
            hint = f"{mark.instead}; {_BACKSLASH}"
            yield Finding(Code.NOT_IN_LETTERS, f"{mark.what} cannot be in a letter", line, hint, needle)
    if typed.endswith("\\"):
        hint = "take it out: it forces no line end here"
        yield Finding(Code.NOT_IN_LETTERS, "a backslash at the end is printed", start + typed.count("\n"), hint)
    yield from _dash_findings(text, start)
    yield from [*unmatched(text, start), *not_meant(children, start)] or alone(text, start, remarks)


def _without_addresses(typed: str) -> str:
    return _ADDRESS.sub(lambda match: "x" * len(match[0]), typed)


def _typed(children: Sequence[Token]) -> str:
    """The text of inline tokens as it was typed, without the marks that work and with line ends."""
    out = []
    for child in children:
        if child.type == "text":
            out.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            out.append("\n")
        elif child.type == "text_special" and child.content.startswith("\\") and len(child.content) > 1:
            out.append(child.content)  # a backslash that nothing follows which could be meant by it
        elif child.type in ("text_special", "code_inline", "html_inline", "image"):
            out.append(_MEANT)
    return "".join(out)


def _dash_findings(text: str, start: int) -> Iterator[Finding]:
    if match := re.search(r"(?<=[\w.,;)'\"’” ])(?<!-)---?(?!-)(?=[\w '\"‘“(])", text):
        line = start + text.count("\n", 0, match.start())
        hint = "write – for a dash; what is typed is printed"
        yield Finding(Code.DASHES_AS_TYPED, f"{match[0]} is printed as it stands", line, hint, match[0])
