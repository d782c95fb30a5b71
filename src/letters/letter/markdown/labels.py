"""Lines that begin with a label, a number or a dash: entries of a list that would run together into one paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from letters.letter.markdown.finding import Finding
from letters.problems import Code

_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
#: What a number begins that counts nothing: a date, or an address.
_MONTHS = "(?:January|February|March|April|May|June|July|August|September|October|November|December)\\b"
_STREET = (
    r"(?:(?:St\.?|[A-Z][\w'’-]*)\s+){1,4}(?:Road|Rd|Street|St|Lane|Avenue|Ave|Close|Drive|Way|Place|Square|Court|Crescent|"
    r"Gardens|Terrace|Grove|Hill|Park|Row|Walk|Mews|Parade|Quay|Wharf|House|Green|Rise|View|Gate|Yard|Mall|Circus)\b"
)
#: Labels that count; each pattern holds what counts, behind what stays the same from entry to entry.
_LABELS = {
    "a letter": (
        re.compile(r"\(?()([a-zA-Z])[.)](?=\s)"),
        re.compile(r"\(?()([ivxIVX]{1,5})[.)](?=\s)"),
        re.compile(r"\(()([a-z]{2})\)(?=\s)"),
        re.compile(r"\(?(\d{1,3})([a-z])[.)](?=\s)"),
        re.compile(r"\(?()(\d{1,3})a[.)](?=\s)"),
    ),
    "a number": (
        re.compile(r"\(()(\d+)\)"),
        re.compile(r"()(?!(?:19|20)\d\d)(\d{1,9})[.)](?!\d)"),
        re.compile(r"(\d+(?:\.\d+)*\.)(\d+)\.?(?=\s)"),
        re.compile(rf"()(\d{{1,2}})\s+(?=[A-Z])(?!{_MONTHS}|{_STREET})"),
    ),
}
_DASHES = {"a dash": re.compile(r"[–—‐−-](?![-\d])\s?(?=\S)"), "o": re.compile(r"o\s"), "§": re.compile(r"§")}
_STEP = re.compile(r"([A-Z][a-z]+ )(\d{1,2})[.:](?=\s)")
_OF_A_STATUTE = r"(?:sections?|paragraphs?|rules?|regulations?|articles?|parts?|schedules?|pages?|points?|questions?)"
#: An end of a line that its sentence goes on from in the next line.
_GOES_ON = re.compile(
    r"(?:,|\b(?:from|to|in|of|and|or|the|an?|by|at|on|for|with|than|was|were|is|are|under|see|between|no\.?)|"
    rf"\b(?:{_OF_A_STATUTE}|recommendations?)(?: [\d.()]+\w?)?)$",
    re.IGNORECASE,
)
#: An end of a line that its sentence ends with, or its entry.
_ENDS = re.compile(r"[.;:!?]['\"’”)]*$")
_HINT = (
    "leave a blank line above each, the first too; for a list begin each with `- ` or `1. `; "
    "if it is one sentence, end its lines elsewhere"
)


def entry_finding(lines: Sequence[str], start: int) -> Finding | None:
    """What is wrong with `lines` of a paragraph of which several, or one behind a colon, begin as entries do.

    `start` is the number of the first line.
    """
    lines = [line.strip() for line in lines]
    for what, found in _found(lines):
        many = f"{len(found)} lines that begin with {what} would run together into one paragraph"
        one = f"a line that begins with {what} would run together with the line above it"
        return Finding(Code.NOT_A_LIST, many if len(found) > 1 else one, start + found[0], _HINT)
    if steps := _counting(_STEP, lines):
        message = f"{len(steps)} lines that begin alike run together into one paragraph"
        return Finding(Code.RUN_TOGETHER_LINES, message, start + steps[0], _HINT)
    return None


def _found(lines: Sequence[str]) -> Iterator[tuple[str, list[int]]]:
    """What lines begin with, and the numbers of those lines."""
    for what, pattern in _DASHES.items():
        found = [at for at, line in enumerate(lines) if pattern.match(line) and not _is_prose(lines, at)]
        if len(found) > 1:
            yield what, found
    for what, patterns in _LABELS.items():
        for labels in patterns:
            if found := _counting(labels, lines) or _behind_a_colon(labels, lines):
                yield what, found


def _is_prose(lines: Sequence[str], at: int) -> bool:
    """Whether the dash that a line begins with belongs to the sentence above it."""
    goes_on = at > 0 and _GOES_ON.search(lines[at - 1])
    return bool(
        goes_on or re.search(r"\s[–—-]\s", lines[at][1:]) or re.search(r"\s[–—-]$", lines[at - 1] if at else "")
    )


def _counting(labels: re.Pattern[str], lines: Sequence[str]) -> list[int]:
    """The numbers of the lines with labels that count on from one to the next, the first not part of a sentence.

    Where they do not count on, of those whose line above has ended.
    """
    found = [(at, match) for at, line in enumerate(lines) if (match := labels.match(line))]
    for place, (at, match) in enumerate(found):
        if at and _GOES_ON.search(lines[at - 1]):
            continue
        counted = [at]
        for below, next_match in found[place + 1 :]:
            if next_match[1] == match[1] and _follows(next_match[2], match[2]):
                counted.append(below)
                match = next_match
        if len(counted) > 1:
            return counted
    return _apart(found, lines)


def _apart(found: Sequence[tuple[int, re.Match[str]]], lines: Sequence[str]) -> list[int]:
    """The numbers of the lines whose labels do not count on, if the line above each comes to an end."""
    apart = [at for at, _ in found if at == 0 or _ENDS.search(lines[at - 1])]
    return apart if len(apart) > 1 else []


def _behind_a_colon(labels: re.Pattern[str], lines: Sequence[str]) -> list[int]:
    """The line with the first label of a list, right below a line that ends in a colon."""
    for at in range(1, len(lines)):
        match = labels.match(lines[at])
        if match and lines[at - 1].endswith(":") and match[2].lower() in ("a", "i", "1"):
            return [at]
    return []


def _follows(label: str, above: str) -> bool:
    """Whether a label is the next one behind that `above`."""
    if label.isdigit() and above.isdigit():
        return int(label) == int(above) + 1
    label, above = label.lower(), above.lower()
    if label in _ROMAN and above in _ROMAN and _ROMAN.index(label) == _ROMAN.index(above) + 1:
        return True
    return (label[:-1] == above[:-1] and ord(label[-1]) == ord(above[-1]) + 1) or _is_doubled(label, above)


def _is_doubled(label: str, above: str) -> bool:
    """Whether the labels are `aa` and `bb`."""
    return len(label) == 2 and len(set(label)) == len(set(above)) == 1 and ord(label[0]) == ord(above[0]) + 1
