"""Names, ranks and titles that are not written as such: a mark behind them, small or large letters alone, a slip."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from letters.problems import Code, Problem, Severity, quoted
from letters.workspace.fields import Field
from letters.workspace.forces import slug_of
from letters.workspace.raw import KeyPath, Raw
from letters.workspace.recipient import AREA, suggestions

#: Keys whose values are names and titles, whoever letters go to.
_TITLES = re.compile(r"(?:\w*_)?(?:name|rank|title)(?:_[a-z]{2})?")
#: Words that have no capital in a name, which has one.
_SMALL = frozenset("of and for the in on to with by at de la y yr a an".split())
#: A name may end in a short form: Ltd., Jr., plc.
_SHORT_FORM = re.compile(r"(?:^|\s)\S{1,4}\.$")
_IF_MEANT = "if it is meant, nothing needs to be done"
#: A name in large letters alone has a word with more letters than short forms have.
_SHORT = 4


def title_problems(raw: Raw, at: KeyPath, facts: Mapping[str, object], described: Field) -> Iterator[Problem]:
    """What is wrong with the names, ranks and titles among facts, which stand at `at`."""
    for key, value in facts.items():
        field = described.at((key,))
        if isinstance(value, Mapping):
            yield from title_problems(raw, (*at, key), value, field)
        elif isinstance(value, str) and field.takes_words and _is_title(key, field):
            yield from _end_problems(raw, (*at, key), value)
            if _is_called_one(key) or _suggests_one(field):
                yield from _case_problems(raw, (*at, key), value)


def salutation_problems(raw: Raw, at: KeyPath, salutation: str) -> Iterator[Problem]:
    """A mark behind whom a letter greets; what letters of a type have there is of its template."""
    if mark := re.search(r"[,;:.?!]$", salutation.strip()):
        hint = f"take it out: letter.md has what stands behind a salutation; {_IF_MEANT}"
        message = f"{quoted(salutation)} ends in {mark[0]!r}, which is printed"
        yield Problem(Code.ENDS_IN_A_MARK_PERHAPS, message, raw.place(at), hint, Severity.WARNING)


def name_problems(raw: Raw, slug: str, name: str, behind_area: Collection[str]) -> Iterator[Problem]:
    """A slip in what a name has behind its area, or between a name and what its file is called."""
    words = name.strip(" ,;:.?!").split()
    is_whole = any(" ".join(words).casefold().endswith(end.casefold()) for end in behind_area)
    for end in behind_area if not is_whole else ():
        tail = words[-len(end.split()) :]
        if len(words) > len(tail) and _is_slip(" ".join(tail).casefold(), end.casefold()):
            meant = " ".join([*words[: -len(tail)], end])
            yield _mistyped(raw, ("name",), name, f"did you mean {quoted(meant)}?")
            return
    called = slug_of(" ".join(words), behind_area)
    if len(slug) >= _SHORT and _is_slip(called, slug):
        yield _mistyped(
            raw, ("name",), name, f"this file is {slug}.yaml, and that of such a name {called}.yaml: mend one"
        )


def _is_title(key: str, field: Field) -> bool:
    """Whether a field is for a name or title: it is called so, or what is suggested for it looks like one."""
    return bool(_TITLES.fullmatch(key)) or _suggests_one(field)


def _is_called_one(key: str) -> bool:
    """Whether a field is for what is written with capitals: a title need not be, such as `chair of governors`."""
    return "title" not in key and bool(_TITLES.fullmatch(key))


def _suggests_one(field: Field) -> bool:
    suggested = suggestions(field, AREA)
    return bool(suggested and all(map(_looks_like_one, suggested)))


def _looks_like_one(text: str) -> bool:
    words = [word for word in text.split() if word not in _SMALL]
    return bool(words) and text[-1:].isalnum() and all(word[:1].isupper() for word in words)


def _end_problems(raw: Raw, path: KeyPath, text: str) -> Iterator[Problem]:
    mark = re.search(r"[,;:.?!]$", text.strip())
    if not mark or _SHORT_FORM.search(text.strip()) or "\n" in text.strip():
        return
    message = f"{quoted(text)} ends in {mark[0]!r}, which would be printed"
    if mark[0] in ",;:":
        yield Problem(Code.ENDS_IN_A_MARK, message, raw.place(path), "take it out")
    else:
        hint = f"take it out; {_IF_MEANT}"
        yield Problem(Code.ENDS_IN_A_MARK_PERHAPS, message, raw.place(path), hint, Severity.WARNING)


def _case_problems(raw: Raw, path: KeyPath, text: str) -> Iterator[Problem]:
    words = re.findall(r"[^\W\d_]+", text)
    is_large = text.isupper() and len(words) > 1 and any(len(word) > _SHORT for word in words)
    if text.islower() or is_large:
        meant = " ".join(word if word in _SMALL else word[:1].upper() + word[1:] for word in text.lower().split())
        yield _mistyped(raw, path, text, f"write {meant}", "small" if text.islower() else "large")


def _mistyped(raw: Raw, path: KeyPath, text: str, hint: str, letters: str = "") -> Problem:
    message = f"{quoted(text)} is in {letters} letters alone" if letters else f"{quoted(text)} seems to be mistyped"
    return Problem(
        Code.MISTYPED_NAME,
        message,
        raw.place(path),
        f"{hint}{'' if hint.endswith('?') else ';'} {_IF_MEANT}",
        Severity.WARNING,
    )


def _is_slip(one: str, other: str) -> bool:
    """Whether two texts differ by one letter too many, too few or another, or by two in the other order; no plural."""
    if one in (other, f"{other}s") or other == f"{one}s":
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
