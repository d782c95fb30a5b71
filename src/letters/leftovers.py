"""What stands in a text for words that are still to come: placeholders, codes, dates as computers write them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from letters.problems import quoted

_FILL_IN = "write what is meant; while it is not known, the outcome's stage is `awaited`"
_DROP = re.compile(r"^[\s<\[({«\"'“‘*_]+|[\s>\])}»\"'”’*_.:!]+$")
#: A whole value that stands for one.
_WHOLE = re.compile(
    r"to[ -]?do|fix[ -]?me|tb[acd]|t\.b\.[acd]|x{2,}|\?+|…|\.{2,}|_{2,}|place ?holder|dummy|lorem\b.*|asdf\w*|qwerty|"
    r"(?:still )?to be (?:added|advised|agreed|announced|completed|confirmed|decided|determined|done|filled|inserted|"
    r"provided|supplied|written)\b.{0,40}|(?:still )?to (?:come|follow)|"
    r"(?:insert|enter|fill in) .{0,40}(?:\bhere|name|date)|"
    r"(?:name|title|text|date|address)s? (?:here|to follow|goes here)|dd[/. -]mm[/. -]yy(?:yy)?",
    re.I,
)
#: The same, where the name of a person or of a force is wanted.
_NO_NAME = re.compile(
    r"n/?a|nil|null|none|unknown|blank|empty|-{1,3}|[–—]+|foo|bar|vacant|title|rank|"
    r"(?:(?:your|the|first|last|full|some) ?)?(?:name|surname)|"
    r"name of (?:the )?(?:force|chief|inspector|signatory|person)\b.{0,30}",
    re.I,
)
#: Words that are a placeholder if they stand in brackets: [name], <insert date>, «Force_Name».
_BRACKETED = re.compile(
    r"(?:insert|enter|add|type|fill in|click|select|choose|delete as|please|your|to be|to follow|tb[acd]|to-?do|x{2,}|"
    r"\?+|placeholder)\b.{0,60}|\?+|(?:[\w'’]+[ _]){0,3}(?:name|surname|date|title|rank|address|e-?mail|number|phone|"
    r"telephone|reference|ref|salutation)s?(?: here| to follow)?",
    re.I,
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_IN_TEXT = re.compile(
    r"(?P<bracketed>\[(?P<square>[^\][(){}\n]{1,80})\](?![({:])"
    r"|<<?(?P<angled>[^<>/\n@]{1,80})>>?|«(?P<merge>\w[\w ]*)»)"
    r"|(?<!\w)(?P<word>TODO|FIXME)(?!\w)"
    r"|(?<!\w)(?P<kisses>x{3,})(?!\w)"
    rf"|(?<!\w)(?P<day>XX (?:{_MONTHS})|(?:{_MONTHS}) XX|20XX|dd/mm/yy(?:yy)?)(?!\w)"
    r"|(?<!\S)(?P<asked>\?{2,})(?=\s|[.,;:)]|$)"
    r"|(?P<latin>(?i:lorem ipsum\b.{0,20}))"
    r"|(?<!\w)(?P<later>TB[ACD])(?!\w)",
    re.I,
)
_BEFORE_THIRTY = re.compile(
    r"(?:part|chapter|schedule|annex|appendix|section|article|title|volume|vol|book|no)\.? $", re.I
)
_COMPUTER_DATE = re.compile(r"(?<![\w/.=_-])\d{4}-\d\d-\d\d(?![\w/=_-]|\.\w)")
_CODE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+")


@dataclass(frozen=True)
class Leftover:
    """Something in a text that is no words of a letter: what it is (as written), and what to say of it.

    `stops`: no letter can say it; otherwise it may be meant.
    """

    at: int
    written: str
    code: str
    message: str
    hint: str
    stops: bool = True


def leftovers(
    text: str, codes: Collection[str] = (), *, is_name: bool = False, is_part: bool = False
) -> Iterator[Leftover]:
    """What is left over in `text`, in no special order.

    `codes`: the answers that are written as codes. `is_name`: whether the name of somebody or something is wanted.
    `is_part`: whether words stand around the text, so that it may be part of a sentence.
    """
    whole = text.strip()
    bare = _DROP.sub("", _DROP.sub("", whole)) or whole
    in_brackets = whole.startswith(("[", "<", "«", "{")) and _BRACKETED.fullmatch(bare)
    if (_WHOLE.fullmatch(bare) and not is_part) or in_brackets or (is_name and _NO_NAME.fullmatch(bare)):
        hint = "write the name; one that may be left out needs no line at all" if is_name else _FILL_IN
        yield replace(_placeholder(0, whole), hint=hint)
        return
    yield from _placeholders(text)
    yield from _computer_dates(text)
    yield from _codes(text, codes)


def _placeholders(text: str) -> Iterator[Leftover]:
    for match in _IN_TEXT.finditer(text):
        said = match[0].strip()
        inside = match["square"] or match["angled"] or match["merge"]
        if match["later"]:
            if said.isupper():
                message = f"{said!r} stands for words that are to come"
                yield Leftover(match.start(), said, "W123", message, _FILL_IN, stops=False)
        elif match["bracketed"]:
            is_field = match["merge"] and (match["merge"][0].isupper() or "_" in match["merge"])
            if is_field or _BRACKETED.fullmatch(inside.strip()):
                yield _placeholder(match.start(), said)
        elif (match["word"] and not said.isupper()) or (match["day"] and "xx" in said):
            continue  # "todo" is a word of its own
        elif not (match["kisses"] and (len(said) == 3 and _BEFORE_THIRTY.search(text[: match.start()]))):
            yield _placeholder(match.start(), said)


def _placeholder(at: int, said: str) -> Leftover:
    return Leftover(at, said, "E123", f"{quoted(said)} stands for words that are to come", _FILL_IN)


def _computer_dates(text: str) -> Iterator[Leftover]:
    for match in _COMPUTER_DATE.finditer(text):
        try:
            date.fromisoformat(match[0])
        except ValueError:
            continue
        hint = "write it in words, such as 12 March 2018; or make it a field that outcome.yaml says is a date, "
        hint += "{type: string, format: date}, and print it with | long_date"
        message = f"{match[0]!r} is a date as computers write it"
        yield Leftover(match.start(), match[0], "W122", message, hint, stops=False)


def _codes(text: str, codes: Collection[str]) -> Iterator[Leftover]:
    hint = "write it in words"
    if _CODE.fullmatch(text.strip()):
        yield Leftover(0, text.strip(), "E122", f"{quoted(text.strip())} is a code, and no words", hint)
        return
    for code in codes:
        if "_" in code and (match := re.search(rf"(?<![\w/.@#=-]){re.escape(code)}(?![\w/@=-]|\.\w)", text)):
            yield Leftover(match.start(), code, "E122", f"{quoted(code)} is a code, and no words", hint)


#: The marks of word processors, which YAML takes for letters like any others.
_OPENING, _CLOSING = "“”„‟«‘‚", "”“»’‘"


def in_foreign_quotes(text: str) -> bool:
    """Whether a text that was written in YAML without quotation marks begins or ends with a word processor's."""
    begins, ends = text[:1] in _OPENING, text[-1:] in _CLOSING
    inside = text[1:-1]
    if len(text) > 1 and begins and (ends or text[-1:] in "\"'"):
        return not any(mark in inside for mark in '“”„«»"') or text[:1] in "‘‚"
    return (text[:1] in "“”„‟" and not any(mark in text[1:] for mark in '”“"')) or (
        text[-1:] in "”“" and not any(mark in text[:-1] for mark in '”“„"')
    )
