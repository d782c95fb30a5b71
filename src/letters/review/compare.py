"""One letter before and after: its words, its formatting and its hidden facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher
from functools import partial
from itertools import count, groupby, pairwise, repeat, zip_longest

from letters.letter import SIGNATURE, Run, fold
from letters.review import content as known
from letters.review.changes import Difference, FactChange, FormatChange, Key
from letters.review.content import Cell, Content, Fact, Passage, marks_of
from letters.review.passages import Comparison, How, apply, compare
from letters.review.words import BREAK, Op, Piece, compare_texts, tokens
from letters.wording import long_date

#: What stands for no link and no language of its own.
_NONE = "none"
#: Facts that are set like words: with typographic quotation marks and no-break spaces.
_TYPESET = (known.TITLE, known.FOOT, known.AUTHOR)
_NO_WORDS = {" ", BREAK}
#: What changed where the number of a list did, and the place of words in a table.
NUMBER, PLACE = "number", "place in a table"


class Unequal(AssertionError):
    """The changes found do not lead from the one letter to the other: a fault in letters, never in a user's file."""


def difference(key: Key, before: Content | None, after: Content | None) -> Difference:
    """What is different between two states of a letter. Raises Unequal if that were not every changed word."""
    if before is None or after is None:
        return Difference(key, before, after)
    values = {**before.values, **after.values}
    found = compare(before.passages, after.passages, values)
    _prove(before, after, found)
    return Difference(
        key,
        before,
        after,
        found.changes,
        (*_formatting(before, after, found), *_numbers(before, after, found), *_moved_cells(before, after, found)),
        (*_facts(before, after, found), *_listed(before, after, found), *_counts(before, after)),
        not_compared=_not_compared(before, after),
    )


def _prove(before: Content, after: Content, found: Comparison) -> None:
    old, new = [passage.text for passage in before.passages], [passage.text for passage in after.passages]
    try:
        made = apply(old, found.changes)
    except ValueError as error:
        raise Unequal(f"{after.name}: {error}") from error
    if made != new:
        raise Unequal(f"{after.name}: the changes found do not give the words that it has now")


# -- which passages are held against one another


def _pairs(before: Content, after: Content, found: Comparison) -> Iterator[tuple[int, int, Passage, Passage]]:
    """Passages that are versions of one another, with their numbers."""
    return ((a, b, before.passages[a], after.passages[b]) for a, b in found.pairs)


def _pieces(before: Content, after: Content, found: Comparison) -> Iterator[tuple[int, int, Passage, Passage]]:
    """The same of those that were split or joined: the one of the one side is cut as the several of the other."""
    for change in found.changes:
        olds, news = before.passages[slice(*change.before)], after.passages[slice(*change.after)]
        if change.how is How.SPLIT:
            yield from zip(repeat(change.before[0]), count(change.after[0]), _cut(olds[0], news), news, strict=False)
        elif change.how is How.JOINED:
            yield from zip(count(change.before[0]), repeat(change.after[0]), olds, _cut(news[0], olds), strict=False)


def _cut(one: Passage, several: Sequence[Passage]) -> list[Passage]:
    """A passage cut into pieces where `several`, which say much the same, begin."""
    cuts, at = [0], 0
    for piece in compare_texts(one.text, BREAK.join(passage.text for passage in several)):
        cuts += [at] * piece.text.count(BREAK)
        at += len(piece.text) if piece.op is not Op.ADDED else 0
    return [_stretch(one, start, end) for start, end in pairwise([*cuts, len(one.text)])]


def _stretch(passage: Passage, start: int, end: int) -> Passage:
    runs = (replace(run, text=written) for written, run in passage.characters[start:end])
    return Passage(passage.part, passage.style, tuple(runs), "" if start else passage.number)


def _versions(before: Content, after: Content, found: Comparison) -> Iterator[tuple[Passage, Passage]]:
    """Every passage of either side, with nothing where it came or went."""
    yield from ((old, new) for _, _, old, new in (*_pairs(before, after, found), *_pieces(before, after, found)))
    for change in found.changes:
        if change.how is How.REMOVED:
            yield from ((passage, _nothing(passage)) for passage in before.passages[slice(*change.before)])
        elif change.how is How.ADDED:
            yield from ((_nothing(passage), passage) for passage in after.passages[slice(*change.after)])


def _nothing(passage: Passage) -> Passage:
    return Passage(passage.part, passage.style, ())


# -- formatting

#: What of a character is looked at.
_Look = Callable[[tuple[str, Run]], str]


def _formatting(before: Content, after: Content, found: Comparison) -> Iterator[FormatChange]:
    both = before.knows & after.knows
    if known.FORMATTING not in both:
        return
    for a, b, old, new in [*_pairs(before, after, found), *_pieces(before, after, found)]:
        if old.runs == new.runs and (old.part, old.style) == (new.part, new.style):
            continue
        if old.part != new.part:
            yield FormatChange("part", new.part, new.text, old.part, new.part, a, b)
        if old.style != new.style:
            yield FormatChange("style", new.part, new.text, old.style, new.style, a, b)
        for what, look in [*(_LOOKS if known.TYPOGRAPHY in both else _LOOKS[:2]), *_marks(old, new, both)]:
            for text, was, now, at in _stretches(old, new, look):
                yield FormatChange(what, new.part, text, was, now, a, b, at)


def _bold(character: tuple[str, Run]) -> str:
    return "bold" if character[1].bold else "not bold"


def _italic(character: tuple[str, Run]) -> str:
    return "italic" if character[1].italic else "not italic"


def _marks(old: Passage, new: Passage, both: frozenset[str]) -> Iterator[tuple[str, _Look]]:
    """The other marks that text of either passage has, each with how to look for it."""
    if known.MARKS not in both:
        return
    for mark in dict.fromkeys(mark for run in (*old.runs, *new.runs) for mark in marks_of(run)):
        yield mark, partial(_marked, mark)


def _marked(mark: str, character: tuple[str, Run]) -> str:
    return mark if mark in marks_of(character[1]) else f"not {mark}"


def _written(character: tuple[str, Run]) -> str:
    return _NAMES.get(character[0], character[0])


_NAMES = {" ": "space", "\u00a0": "no-break space", "\n": "line break", "\t": "tab", "\u202f": "narrow no-break space"}
_LOOKS = (("bold", _bold), ("italic", _italic), ("typography", _written))


def _stretches(old: Passage, new: Passage, look: _Look) -> Iterator[tuple[str, str, str, int]]:
    """The stretches of words in both passages of which `look` says something else than before: text, before, after, and
    from which character of `old`."""
    both = _characters_in_both(old, new)
    marks = [(new.text[b], a, look(old.characters[a]), look(new.characters[b])) for a, b in both]
    for (was, now), run in groupby(marks, key=lambda mark: mark[2:]):
        stretch = list(run)
        text = "".join(mark[0] for mark in stretch)
        # White space between words of different looks has the look of either, and nobody sees which.
        if was != now and (text.strip() or look is _written):
            yield text.strip() or text, was, now, stretch[0][1]


def _characters_in_both(old: Passage, new: Passage) -> Iterator[tuple[int, int]]:
    """The positions, in the words of either passage, of each character that is in both."""
    a = b = 0
    for piece in compare_texts(old.text, new.text):
        size = len(piece.text)
        if piece.op is Op.SAME:
            yield from zip(range(a, a + size), range(b, b + size), strict=True)
        a += size if piece.op is not Op.ADDED else 0
        b += size if piece.op is not Op.REMOVED else 0


# -- the numbers of lists


def _numbers(before: Content, after: Content, found: Comparison) -> Iterator[FormatChange]:
    """Numbers and bullets that are others than before; those of passages one after the other are one change."""
    if known.NUMBERS not in before.knows & after.knows:
        return
    pairs = sorted([*_pairs(before, after, found), *_pieces(before, after, found)], key=lambda pair: pair[:2])
    for differs, run in groupby(pairs, key=lambda pair: _other_number(pair[2], pair[3])):
        if differs:
            stretch = [pair for pair in run if pair[2].number or pair[3].number]
            a, b, _, new = stretch[0]
            was, now = _from_to(old.number for _, _, old, _ in stretch), _from_to(new.number for *_, new in stretch)
            yield FormatChange(NUMBER, new.part, new.text, was, now, a, b)


def _other_number(old: Passage, new: Passage) -> bool:
    """Whether a number is another; that what became a list now has bullets is no more than its style says."""
    bullets_alone = old.style != new.style and {old.number, new.number} == {"", known.BULLET}
    return old.number != new.number and not bullets_alone


def _from_to(numbers: Iterable[str]) -> str:
    """Some numbers by the first and the last of them."""
    said = [number for number in numbers if number]
    if not said:
        return "no number"
    return said[0] if len(set(said)) == 1 else f"{said[0]} to {said[-1]}"


# -- the places of words in tables


def _moved_cells(before: Content, after: Content, found: Comparison) -> Iterator[FormatChange]:
    """Words that stand in another column, or in a row with others, than before; each way that they went once."""
    if known.PLACES not in before.knows & after.knows:
        return
    told: set[tuple[int, str, str]] = set()
    together = {(a, b) for a, b, _, _ in _pairs(before, after, found)}
    for a, b, old, new in _pairs(before, after, found):
        if not old.cell or not new.cell:
            continue
        ways = [(f"column {old.cell.column}", f"column {new.cell.column}")]
        if (a - 1, b - 1) in together or (not _above(before, a) and not _above(after, b)):
            ways.append((_row(old.cell, _above(before, a)), _row(new.cell, _above(after, b))))
        for was, now in ways:
            if was != now and (new.cell.table, was, now) not in told:
                told.add((new.cell.table, was, now))
                yield FormatChange(PLACE, new.part, new.text, was, now, a, b)


def _above(content: Content, number: int) -> Cell | None:
    """The place of the words before some in the same table."""
    here, last = content.passages[number].cell, content.passages[number - 1].cell if number else None
    return last if here and last and last.table == here.table else None


def _row(cell: Cell, last: Cell | None) -> str:
    rows = cell.row - (last.row if last else 0)
    if last and rows == 0:
        return "in the same row as the words before"
    return f"{rows} {'row' if rows == 1 else 'rows'} below {'the words before' if last else 'the top of the table'}"


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


def _not_compared(before: Content, after: Content) -> dict[str, int]:
    """How many there are, on the side that has more, of each thing that was not looked at, or on one side only."""
    sides = [_not_looked_at(before, after.knows), _not_looked_at(after, before.knows)]
    return {name: max(side[name] for side in sides) for name in sorted({*sides[0], *sides[1]})}


def _not_looked_at(content: Content, others: frozenset[str]) -> Counter[str]:
    """What of a content is not compared with another that knows `others`."""
    counts = Counter({name: count for name, count in content.not_compared.items() if count})
    counts.update(_TOLD_ALONE[fact.name] for fact in content.facts if fact.name in _TOLD_ALONE.keys() - others)
    if known.MARKS not in others:
        marks = (mark for passage in content.passages for run in passage.runs for mark in marks_of(run))
        counts.update(f"stretch of words {mark}" for mark in marks if mark in _READ_OTHERWISE)
    return counts


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
            set_alone = name in _TYPESET and None not in (was, now) and fold(was or "") == fold(now or "")
            follows = set_alone or _follows(was, now, removed, added) or _is_signed(name, about, old, new)
            yield FactChange(name, about, was, now, follows)
    for name, look in ((known.LINK, _target), (known.LANGUAGE_OF_WORDS, _language)):
        if name in both:
            there = {look(character) for passage in before.passages for character in passage.characters}
            for a, b in _versions(before, after, found):
                if a.runs != b.runs:
                    yield from _facts_of_words(a, b, name, look, there)


def _facts_of_words(old: Passage, new: Passage, name: str, look: _Look, there: set[str]) -> Iterator[FactChange]:
    """The facts that are about words of a passage. `there`: what the letter said before.

    Of words that came a fact is told if the words before did not have it; of words that went it follows from that.
    """
    told, within = set(), old.text or new.text
    for text, was, now, at in _stretches(old, new, look):
        told |= {was, now}
        yield FactChange(name, text, None if was == _NONE else was, None if now == _NONE else now, False, within, at)
    had, has = ({look(character) for character in side.characters} for side in (old, new))
    for text, value in _alone(old, {a for a, _ in _characters_in_both(old, new)}, look):
        if value not in {*has, *told, _NONE}:
            yield FactChange(name, text, value, None, follows=True, within=within)
    for text, value in _alone(new, {b for _, b in _characters_in_both(old, new)}, look):
        if value not in {*had, *told, _NONE}:
            yield FactChange(name, text, None, value, follows=value in there, within=within)


def _alone(passage: Passage, in_both: set[int], look: _Look) -> Iterator[tuple[str, str]]:
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
    return fold(value)
