"""The hidden facts of a letter before and after, and what of it was not compared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from difflib import SequenceMatcher
from itertools import groupby, zip_longest

from letters.letter import SIGNATURE, Run, normalise
from letters.letter.compared import BREAK, Op, Piece, compare_texts, tokens
from letters.letter.dates import long_date
from letters.review.compare import content as known
from letters.review.compare.changes import FactChange
from letters.review.compare.content import Content, Fact, Passage, marks_of
from letters.review.compare.passages import Comparison
from letters.review.compare.versions import Look, characters_in_both, stretches, versions

#: What stands for no link and no language of its own.
_NONE = "none"
#: Facts that are set like words: with typographic quotation marks and no-break spaces.
_TYPESET = (known.TITLE, known.FOOT, known.AUTHOR)
_NO_WORDS = {" ", BREAK}


def facts(before: Content, after: Content, found: Comparison) -> Iterator[FactChange]:
    """Every hidden fact that is another than before, in what both can tell, and what there is more of or less."""
    yield from _facts(before, after, found)
    yield from _listed(before, after, found)
    yield from _counts(before, after)


# -- what is not compared

#: Facts that say something a reader sees: where only one side can tell them, they are counted under this name.
_TOLD_ALONE = {
    known.HIDDEN: "stretch of hidden words",
    known.COMMENT: "comment",
    known.CHANGES: "set of tracked changes",
    known.IMAGE: "picture",
    known.CHART: "chart",
    known.NOTE: "place of a note",
    known.BOUND: "set of data behind content controls",
    **dict.fromkeys((known.EVEN_HEAD, known.FIRST_HEAD), "head of some pages"),
    **dict.fromkeys((known.EVEN_FOOT, known.FIRST_FOOT), "foot of some pages"),
}
#: Marks of text without which it reads otherwise.
_READ_OTHERWISE = ("struck out", "raised", "lowered", "in white", "too small to read")


def not_compared(before: Content, after: Content) -> dict[str, int]:
    """How many there are, on the side that has more, of each thing that was not looked at, or on one side only."""
    sides = [_not_looked_at(before, after.knows), _not_looked_at(after, before.knows)]
    sides = [_drawn_alone(one, other) for one, other in zip(sides, reversed(sides), strict=True)]
    return {name: max(side[name] for side in sides) for name in sorted({*sides[0], *sides[1]})}


def _drawn_alone(one: Counter[str], other: Counter[str]) -> Counter[str]:
    """What of one side is not compared, once: what one program draws another may have as a picture more."""
    is_picture = other["picture"] > one["picture"]
    return Counter({name: count for name, count in one.items() if not (is_picture and name == "drawing")})


def _not_looked_at(content: Content, others: frozenset[str]) -> Counter[str]:
    """What of a content is not compared with another that knows `others`."""
    counts = Counter({name: count for name, count in content.not_compared.items() if count})
    counts.update(_TOLD_ALONE[fact.name] for fact in content.facts if fact.name in _TOLD_ALONE.keys() - others)
    if known.MARKS not in others:
        marks = (mark for passage in content.passages for run in passage.runs for mark in marks_of(run))
        counts.update(f"stretch of words {mark}" for mark in marks if mark in _READ_OTHERWISE)
    if known.NUMBERS not in others:
        numbers = (passage.number for passage in content.passages)
        counts.update("list number" for number in numbers if number not in ("", known.BULLET))
    if known.PLACES not in others:
        counts.update("table with empty cells" for _ in range(_with_empty_cells(content)))
    return counts


def _with_empty_cells(content: Content) -> int:
    """How many tables of a content have a cell without words: the words of others may stand in another column."""
    filled: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
    for passage in content.passages:
        if passage.cell:
            filled[passage.cell.table].add((passage.cell.row, passage.cell.column))
    return sum(
        len(places) < len({row for row, _ in places}) * len({column for _, column in places})
        for places in filled.values()
    )


def _counts(before: Content, after: Content) -> Iterator[FactChange]:
    """What is not compared, where one side has more of it than the other and both can tell."""
    for name in sorted((before.not_compared.keys() | after.not_compared.keys()) & before.knows & after.knows):
        old, new = before.not_compared.get(name, 0), after.not_compared.get(name, 0)
        if old != new:
            yield FactChange(f"number of {known.several(name)}", "", str(old), str(new))


# -- hidden facts


def _facts(before: Content, after: Content, found: Comparison) -> Iterator[FactChange]:
    both = before.knows & after.knows
    removed, added = _words_of(found, Op.REMOVED), _words_of(found, Op.ADDED)
    old, new = _by_name(before.facts, both), _by_name(after.facts, both)
    for name, about in dict.fromkeys([*old, *new]):
        was, now = old.get((name, about)), new.get((name, about))
        if name == known.LANGUAGE and _is_one_language(was or "", now or ""):
            continue
        # The alt text of a picture that came or went is part of that.
        if was != now and not (name == known.ALT_TEXT and None in (was, now)):
            set_alone = name in _TYPESET and None not in (was, now) and normalise(was or "") == normalise(now or "")
            follows = set_alone or _follows(was, now, removed, added) or _is_signed(name, about, old, new)
            yield FactChange(name, about, was, now, follows)
    for name, look in ((known.LINK, _target), (known.LANGUAGE_OF_WORDS, _language)):
        if name in both:
            there = {look(character) for passage in before.passages for character in passage.characters}
            for a, b in versions(before, after, found):
                if a.runs != b.runs:
                    yield from _facts_of_words(a, b, name, look, there)


def _facts_of_words(old: Passage, new: Passage, name: str, look: Look, there: set[str]) -> Iterator[FactChange]:
    """The facts that are about words of a passage. `there`: what the letter said before.

    Of words that came a fact is told if the words before did not have it; of words that went it follows from that.
    """
    told, within = set(), old.text or new.text
    for text, was, now, at in stretches(old, new, look):
        told |= {was, now}
        yield FactChange(name, text, None if was == _NONE else was, None if now == _NONE else now, False, within, at)
    had, has = ({look(character) for character in side.characters} for side in (old, new))
    for text, value in _alone(old, {a for a, _ in characters_in_both(old, new)}, look):
        if value not in {*has, *told, _NONE}:
            yield FactChange(name, text, value, None, follows=True, within=within)
    for text, value in _alone(new, {b for _, b in characters_in_both(old, new)}, look):
        if value not in {*had, *told, _NONE}:
            yield FactChange(name, text, None, value, follows=value in there, within=within)


def _alone(passage: Passage, in_both: set[int], look: Look) -> Iterator[tuple[str, str]]:
    """The stretches of words that only one side has, each with what `look` says of it."""
    marks = [(number in in_both, look(character)) for number, character in enumerate(passage.characters)]
    for (is_in_both, value), run in groupby(range(len(marks)), key=marks.__getitem__):
        text = "".join(passage.text[number] for number in run).strip()
        if text and not is_in_both:
            yield text, value


def _is_signed(name: str, about: str, old: _ByName, new: _ByName) -> bool:
    """Whether a picture is the signature, which comes when a letter gets ready, and goes when it no longer is."""
    stage = (known.STAGE, "")
    return (name, about) == (known.PICTURE, SIGNATURE) and old.get(stage) != new.get(stage)


#: The value of each fact, by its name and what it is about.
_ByName = dict[tuple[str, str], str]


def _by_name(facts: Sequence[Fact], both: frozenset[str]) -> _ByName:
    """The facts that both sides can tell; several of the same name about the same thing are numbered."""
    found: _ByName = {}
    for fact in facts:
        if fact.name in both and fact.name not in _LISTED:
            about, number = fact.about, 2
            while (fact.name, about) in found:
                about, number = f"{fact.about} ({number})", number + 1
            found[fact.name, about] = fact.value
    return found


#: Facts of which a letter may have many, in order, so that one more or less moves all that follow.
_LISTED = (known.HIDDEN, known.IMAGE, known.COMMENT, known.NOTE, known.CHART, known.BOUND)


def _listed(before: Content, after: Content, found: Comparison) -> Iterator[FactChange]:
    """The facts of which there are many, aligned by what they say."""
    removed, added = _words_of(found, Op.REMOVED), _words_of(found, Op.ADDED)
    for name in _LISTED:
        if name not in before.knows & after.knows:
            continue
        old, new = ([fact for fact in side.facts if fact.name == name] for side in (before, after))
        sides = [_said_by(fact) for fact in old], [_said_by(fact) for fact in new]
        for op, a, b, c, d in SequenceMatcher(None, *sides, autojunk=False).get_opcodes():
            for was, now in zip_longest(old[a:b], new[c:d]) if op != "equal" else ():
                about = (now or was).about
                values = was.value if was else None, now.value if now else None
                follows = name == known.NOTE and _follows(*values, removed, added)
                yield FactChange(name, about, *values, follows)


def _said_by(fact: Fact) -> tuple[str, str]:
    """What tells one of many facts from another: what it says, and of a comment whose it is."""
    return fact.value, fact.about if fact.name == known.COMMENT else ""


def _is_one_language(one: str, other: str) -> bool:
    """Whether two tags may name one language: "cy" and "cy-GB" do, "en-GB" and "en-US" do not; none may be any."""
    first, second = sorted((one.lower(), other.lower()))
    return not first or second == first or second.startswith(f"{first}-")


def _target(character: tuple[str, Run]) -> str:
    return character[1].href or _NONE


def _language(character: tuple[str, Run]) -> str:
    # Which English, or which Welsh, no reader sees: programs mark words as of the one or the other as they like.
    return (character[1].lang or _NONE).partition("-")[0].lower()


def _words_of(found: Comparison, op: Op) -> set[str]:
    return {token for change in found.changes for token in _words(change.pieces, op)}


def _words(pieces: Iterable[Piece], op: Op) -> Iterator[str]:
    for piece in pieces:
        if piece.op is op:
            yield from tokens(piece.text)


def _follows(was: str | None, now: str | None, removed: set[str], added: set[str]) -> bool:
    """Whether a fact changed only by words that were removed and added in the letter too."""
    if was is None or now is None or not (removed or added):
        return False
    pieces = compare_texts(_as_said(was), _as_said(now))
    went, came = set(_words(pieces, Op.REMOVED)), set(_words(pieces, Op.ADDED))
    return went <= removed | _NO_WORDS and came <= added | _NO_WORDS


def _as_said(value: str) -> str:
    """A date as a letter says it; anything else as words are compared."""
    with suppress(ValueError):
        return long_date(date.fromisoformat(value))
    return normalise(value)
