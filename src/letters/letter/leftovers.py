"""What stands in a text for words that are still to come: placeholders, codes, dates as computers write them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from letters.problems import Code, quoted

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
    r"telephone|reference|ref|salutation)s?(?: here| to follow)?|(?:the )?(?:name|title|address|date)s? of .{1,40}",
    re.I,
)
#: Words that are one too, unless they explain a word that is quoted: [month], [force].
_NOUNS = re.compile(
    r"(?:(?:a|an|which|what|your) )?(?:day|month|year|time|venue|place|location|area|region|county|amount|figure|force|"
    r"number of \w+|percentage|per cent|police force|organisation|pcc|recipient|signatory|grade|grading|judge?ment|"
    r"outcome|finding|x{1,2}|y|n|no\.?|dd|mm|yy(?:yy)?|"
    r"(?:dd?|day) (?:mm?|month)(?: yy(?:yy)?| year)?)s?"
    r"|(?:(?!(?:the|this|that|these|those|its|his|her|their|our|my|each|every|any|no|all|some)\b)[\w’'-]+ ){0,3}"
    r"(?:service|authority|authorities|council|constabulary|constabularies|police|brigade|board|agency|agencies|trust|"
    r"department|company|companies|school|college|hospital|borough|district|inspector|inspectorate|commissioner|"
    r"chief constable|officer|chair|director|manager|leader|minister|mayor|provider|regulator)s?",
    re.I,
)
#: What stands in brackets and is meant so, by its first word or its last; any other few small words are asked about.
_MEANT = re.compile(
    r"(?:the|this|that|these|those|its?|he|she|they|we|you|i|his|hers?|him|them|us|their|our|my|a|an|each|every|any|no|"
    r"all|some|who|which|what|where|when|is|are|was|were|be|been|being|has|have|had|do|does|did|can|could|may|might|"
    r"must|shall|should|will|would|and|or|but|if|as|in|on|at|to|of|for|from|by|with|not|then|there|here|sic|ibid|cf|"
    r"see|also|eg|ie|etc|now|so|former|formerly|y|yr|ei|eu|ein|eich|unclear|inaudible|illegible|unpublished|redacted|laughter)\b.*"
    r"|.*\b(?:\w+ed|\w+ly|\w+ing|mine|ours|original|omission|emphasis|italics|translation)",
)
_FEW_SMALL = re.compile(r"[a-z][a-z’'-]{2,}(?: [a-z’'-]+){0,3}|[A-Za-z]+(?:_[A-Za-z]+)+")
#: Words that a number of things follows.
_AFTER_FEW = (
    "(?:"
    + "|".join(rf"(?<=\b{word} )" for word in "within in over than about approximately around by least to".split())
    + ")"
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_IN_TEXT = re.compile(
    r"(?P<bracketed>\[(?P<square>[^\][(){}\n]{1,80})\](?![({:])"
    r"|<<?(?P<angled>[^<>/\n@]{1,80})>>?|«(?P<merge>\w[\w ]*)»)"
    r"|(?<!\w)(?P<later>(?i:TB[ACD]|t\.b\.[acd]\.))(?!\w)"
    r"|(?<!\w)(?P<twenty>XX|xx)(?!\w)"
)
#: What no sentence says, wherever it stands; capitals count.
_NO_WORDS = re.compile(
    r"(?<!\w)(?:TODO|FIXME|20XX|20YY|YYYY|yyyy)(?!\w)"
    rf"|(?<!\w)(?:XX|xx|DD|dd|X|_+) ?(?:st|nd|rd|th)? (?:{_MONTHS}|MM|Month|MONTH)\b(?! [A-Z][a-z]+ly)"
    rf"|(?<!\w)(?:{_MONTHS}) (?:XX(?:XX)?|xx(?:xx)?|YY(?:YY)?)(?!\w)"
    r"|(?<!\w)(?i:dd([/. -])mm(?:\1(?:yy(?:yy)?|\d\d\d\d))?)(?!\w)"
    r"|(?<!\w)[£€$](?:[Xx]{1,3}|Y|N)(?:[.,][Xx]+)*(?:k|m|bn|million|billion)?(?!\w)"
    r"|(?<!\w)XX?(?:%| (?:per ?cent|million|billion)\b)"
    rf"|{_AFTER_FEW}X (?:(?:officers?|staff|forces?|cases?|days|weeks|months|years)\b)"
    r"|(?<!\S)\?{2,}(?=\s|[.,;:)]|$)|(?<=\()\?+(?=\))"
    r"|(?<=\S )_{2,}(?=[\s.,;:)]|$)"
    r"|(?<!\w)[Xx]{3,}(?!\w)"
    r"|(?i:lorem ipsum\b.{0,20})"
)
#: What a Roman number, or the number of a page in front of a book, stands behind or before.
_NUMBERED = re.compile(
    r"(?:parts?|chapters?|ch|schedules?|annex(?:es)?|appendix|sections?|articles?|arts?|titles?|volumes?|vols?|books?|"
    r"nos?|numbers?|paragraphs?|paras?|pages?|pp?|clauses?|cl|tables?|figures?|class|type|group|phase|stage|protocol|"
    r"the|[ivxlc]+(?: and| or| to|,|[–—-])?|[–—-]|\d)\.? ?$",
    re.I,
)
_GOES_ON_NUMBERED = re.compile(r"(?:,| and| or| to|[–—-]) ?[ivxlc]+\b|th\b|\)| (?:Olympi|chromosome)", re.I)
#: What may be called by a number: Louis XX; where it begins no sentence, whatever follows.
_CALLED, _CALLED_WITHIN = re.compile(r"\b[A-Z][a-z]+ $"), re.compile(r"(?<=[^.?!] )[A-Z][a-z]+ $")
#: What an XX stands before, where it is no number.
_COUNTED = re.compile(
    rf" (?:Police|Constabulary|Fire|{_MONTHS}|per ?cent|\d{{4}}|officers?|staff|forces?|cases?|days?|weeks?|months?"
    r"|years?|victims?|people|incidents?|times|million|billion)\b|%"
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
    code: Code
    message: str
    hint: str
    stops: bool = True


def leftovers(
    text: str,
    codes: Collection[str] = (),
    *,
    nouns: Collection[str] = (),
    is_name: bool = False,
    is_part: bool = False,
    is_fact: bool = False,
) -> Iterator[Leftover]:
    """What is left over in `text`, in no special order.

    `codes`: the answers that are written as codes. `nouns`: what one is called who letters go to. `is_name`: whether
    the name of somebody or something is wanted. `is_part`: whether words stand around the text, so that it may be part
    of a sentence. `is_fact`: whether it is none, but a title or an office.
    """
    whole = text.strip()
    bare = _DROP.sub("", _DROP.sub("", whole)) or whole
    in_brackets = whole.startswith(("[", "<", "«", "{")) and _BRACKETED.fullmatch(bare)
    if (_WHOLE.fullmatch(bare) and not is_part) or in_brackets or (is_name and _NO_NAME.fullmatch(bare)):
        hint = "write the name; one that may be left out needs no line at all" if is_name else _FILL_IN
        yield replace(_placeholder(0, whole), hint=hint)
        return
    yield from _placeholders(text, nouns, is_fact=is_fact or is_name)
    yield from _computer_dates(text)
    yield from _codes(text, codes)


def _placeholders(text: str, nouns: Collection[str], *, is_fact: bool) -> Iterator[Leftover]:
    """`is_fact`: whether the text is a name, a title or the like, in which nothing may be to come."""
    told: list[tuple[int, int]] = []
    for found in (*_in_text(text, nouns, is_fact=is_fact), *_no_words(text)):
        begin, end = found.at, found.at + len(found.written)
        if not any(begin < other_end and other_begin < end for other_begin, other_end in told):
            told.append((begin, end))
            yield found


def _no_words(text: str) -> Iterator[Leftover]:
    for match in _NO_WORDS.finditer(text):
        if not (match[0].upper() == "XXX" and _is_number(text, match)):
            yield _placeholder(match.start(), match[0])


def _in_brackets(text: str, match: re.Match[str], nouns: Collection[str]) -> Iterator[Leftover]:
    """Words in brackets that stand for others, or that may."""
    said, inside = match[0].strip(), (match["square"] or match["angled"] or match["merge"]).strip()
    is_field = match["merge"] and (match["merge"][0].isupper() or "_" in match["merge"])
    is_noun = _NOUNS.fullmatch(inside) or inside.casefold() in {noun.casefold() for noun in nouns}
    if is_field or _BRACKETED.fullmatch(inside) or (is_noun and not is_quoted(text, match.start())):
        yield _placeholder(match.start(), said)
        return
    is_small = match["square"] and _FEW_SMALL.fullmatch(inside) and not _MEANT.fullmatch(inside)
    if is_small and not is_quoted(text, match.start()):
        yield _asked(match.start(), said)


def _in_text(text: str, nouns: Collection[str], *, is_fact: bool) -> Iterator[Leftover]:
    for match in _IN_TEXT.finditer(text):
        said = match[0].strip()
        if match["bracketed"]:
            yield from _in_brackets(text, match, nouns)
        elif match["later"]:
            yield _placeholder(match.start(), said) if is_fact else _asked(match.start(), said)
        elif not _is_number(text, match) and not _NO_WORDS.match(text, match.start()):
            is_sure = is_fact or _COUNTED.match(text, match.end())
            yield _placeholder(match.start(), said) if is_sure else _asked(match.start(), said)
    if is_fact and (found := _OPEN.search(text)):
        yield _placeholder(found.start(), found[0].strip())


#: At the end of a name or a title.
_OPEN = re.compile(
    r"[(\[–—-] ?(?:(?:name|date|title|rank|details?) )?(?:(?:still )?to be (?:added|advised|agreed|announced|confirmed|"
    r"decided|inserted|provided|supplied)|to follow|to come|check|insert|unknown|vacant\?)\b[^()]*[)\]]?$|(?<=\w) \?+$",
    re.I,
)


def _is_number(text: str, match: re.Match[str]) -> bool:
    """Whether an XX or XXX is a Roman number: Article XX, Part XXX, pp. xv–xx, George XX."""
    before = text[: match.start()]
    called = _CALLED_WITHIN if _COUNTED.match(text, match.end()) else _CALLED
    return bool(_NUMBERED.search(before) or called.search(before) or _GOES_ON_NUMBERED.match(text, match.end()))


def is_quoted(text: str, at: int) -> bool:
    """Whether a position of a text is within a quotation, where square brackets explain what is quoted."""
    before = text[:at].rpartition("\n\n")[2]
    line = before.rpartition("\n")[2]
    opened = len(re.findall(r"(?<!\w)['‘](?=\w|\[|$)", before)) - len(
        re.findall(r"(?<=[\w.,;?!\]…])['’](?!\w)", before)
    )
    is_open = opened > 0 or before.count('"') % 2 == 1 or before.count("“") > before.count("”")
    return is_open or line.lstrip().startswith(">")


def _asked(at: int, said: str) -> Leftover:
    return Leftover(
        at, said, Code.PLACEHOLDER_PERHAPS, f"{said!r} stands for words that are to come", _FILL_IN, stops=False
    )


def _placeholder(at: int, said: str) -> Leftover:
    return Leftover(at, said, Code.PLACEHOLDER, f"{quoted(said)} stands for words that are to come", _FILL_IN)


def _computer_dates(text: str) -> Iterator[Leftover]:
    for match in _COMPUTER_DATE.finditer(text):
        try:
            date.fromisoformat(match[0])
        except ValueError:
            continue
        hint = "write it in words, such as 12 March 2018; or make it a field that outcome.yaml says is a date, "
        hint += "{type: string, format: date}, and print it with | long_date"
        message = f"{match[0]!r} is a date as computers write it"
        yield Leftover(match.start(), match[0], Code.COMPUTER_DATE, message, hint, stops=False)


def _codes(text: str, codes: Collection[str]) -> Iterator[Leftover]:
    hint = "write it in words"
    if _CODE.fullmatch(text.strip()):
        yield Leftover(0, text.strip(), Code.CODE_AMONG_WORDS, f"{quoted(text.strip())} is a code, and no words", hint)
        return
    for code in codes:
        if "_" in code and (match := re.search(rf"(?<![\w/.@#=-]){re.escape(code)}(?![\w/@=-]|\.\w)", text)):
            yield Leftover(match.start(), code, Code.CODE_AMONG_WORDS, f"{quoted(code)} is a code, and no words", hint)


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


def unpaired_mark(text: str) -> str:
    """The double quotation mark of a word processor that opens or closes nothing in a text, or nothing.

    A quotation of several paragraphs opens in each, and closes in the last.
    """
    before = ""  # the mark that an earlier paragraph leaves open
    for paragraph in re.split(r"\n[ \t>]*\n", text):
        opened = ""
        for match in re.finditer(r"[“„]|(?<!\d)”", paragraph):
            mark = match[0]
            if mark != "”" and opened:
                return mark
            if mark == "”" and not (opened or before):
                return mark
            before = before if mark != "”" else ""
            opened = mark if mark != "”" else ""
        before = opened or before
    return before
