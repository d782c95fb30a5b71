"""What an edit did to the wording of a letter type: each change of words once, with the verdicts that have it.

A phrase that changed is one change, in however many verdicts. What changed around phrases is found in whole letters:
that of the same outcome, as it was with today's phrases, against the one that is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise, zip_longest

from letters.compose.trace import Span, TracedBlock
from letters.letter import normalise
from letters.letter.compared import Op, Piece, compare_texts
from letters.proof.apart import Answers
from letters.proof.book import Book
from letters.proof.book_text import differences, phrase_stretches
from letters.proof.look_since import look_changes
from letters.proof.places import Places
from letters.proof.proofing import changed_numbers
from letters.proof.titles import changed_titles, words_of

#: Characters of the words around a change.
_AROUND = 70
#: Characters that are the same between two changes that are told as one.
_BETWEEN = 40
#: The blocks of the letter of an outcome, as it was; none where there was none.
Earlier = Callable[[Answers], tuple[TracedBlock, ...]]


@dataclass(frozen=True)
class Change:
    """One change: where its words stand today (or stood), and the text before and after it in pieces.

    `phrase`: its id, or empty; `is_number`: whether its number changed, and not its words. `verdicts`: the numbers of
    those that have it; `is_standard`: whether all letters do. `forces`: whose letters have it today; `otherwise`: whose
    word the phrase in their own way. `is_look`: whether only what is stressed changed, or where a link leads.
    """

    path: str
    line: int
    phrase: str
    pieces: tuple[Piece, ...]
    verdicts: tuple[str, ...] = ()
    forces: tuple[str, ...] = ()
    is_standard: bool = False
    is_number: bool = False
    otherwise: tuple[str, ...] = ()
    is_look: bool = False

    @property
    def title(self) -> str:
        """Its phrase, or its file and line, as the heading of a change."""
        return self.phrase if self.phrase and not self.is_number else f"{self.what} ({self.path}, line {self.line})"

    @property
    def what(self) -> str:
        """What it is that changed, in a few words."""
        if self.phrase:
            return f"the {'number of the ' if self.is_number else ''}phrase {self.phrase}"
        file = self.path.rpartition("/")[2]
        if file == "outcome.yaml":
            return "the title of an answer"
        if self.is_look:
            return f"what is stressed in {file}, or where a link leads"
        return "the words around phrases" if file.startswith("verdict.") else f"the words of {file}"


@dataclass(frozen=True)
class Since:
    """What changed in a book since `revision`. `changed`: the numbers of the verdicts that are new or worded otherwise;
    `earlier`: by the text of a block that changed the text that it had; `answers`: those that there were not, each with
    its field and the line of outcome.yaml."""

    revision: str
    changes: tuple[Change, ...] = ()
    changed: frozenset[str] = frozenset()
    earlier: Mapping[str, str] = field(default_factory=dict)
    answers: tuple[tuple[str, str, int], ...] = ()

    def of(self, number: str) -> tuple[int, ...]:
        """Which changes, counted from 1, the verdict of this number has."""
        return tuple(at for at, change in enumerate(self.changes, 1) if number in change.verdicts)


@dataclass(frozen=True)
class Beside:
    """What the blocks of letters do not have: the lines of the foot, and the text of each template by its path."""

    foot: tuple[TracedBlock, ...] = ()
    templates: Mapping[str, str] = field(default_factory=dict)


def since(
    book: Book,
    before: Book | None,
    earlier: Earlier,
    revision: str,
    places: Places,
    beside: tuple[Beside, Beside] = (Beside(), Beside()),
) -> Since:
    """What changed from one book of a letter type to the next. `before`: None where there was no such type.

    `earlier`: the letter of an outcome as it was then; `beside`: what letters have beside their blocks, then and now.
    """
    if before is None:
        return Since(revision, (), frozenset(verdict.number for verdict in book.verdicts))
    comparison = _Comparison(book, before, earlier, places)
    changes = (*comparison.phrases(), *comparison.frames(*beside), *comparison.looks(*beside))
    answers = tuple(_new_answers(book, before, places))
    return Since(revision, changes, changed_numbers(book, before), comparison.earlier, answers)


def _new_answers(book: Book, before: Book, places: Places) -> Iterator[tuple[str, str, int]]:
    """The answers that there were not: the field, the answer, and the line of the field in outcome.yaml."""
    known = {(field.name, answer) for field in before.letter_type.outcome.every() for answer in field.answers}
    for one in book.letter_type.outcome.every():
        for answer in one.answers:
            if (one.name, answer) not in known:
                yield one.name, str(answer), places.described(one).line


class _Comparison:
    """Two books of one letter type."""

    def __init__(self, book: Book, before: Book, letter: Earlier, places: Places) -> None:
        self.book, self.before, self.letter, self.places = book, before, letter, places
        self.letters = {repr(reading.answers): reading.blocks for reading in before.readings}
        self.titles = changed_titles(book.letter_type, before.letter_type, places)
        self.earlier: dict[str, str] = {}
        self.standard, self.was_standard = (
            {one.text for one in some.standard if isinstance(one, TracedBlock)} for some in (book, before)
        )
        self.numbers: dict[str, list[str]] = {}
        for verdict in book.verdicts:
            for block in verdict.blocks:
                self.numbers.setdefault(block.text, []).append(verdict.number)
        self.forces_of = {verdict.number: verdict.forces for verdict in book.verdicts}

    def phrases(self) -> Iterator[Change]:
        """A change for each phrase that is new, gone or worded otherwise."""
        now, was = self.book.letter_type.phrases, self.before.letter_type.phrases
        numbers = self.book.phrase_numbers()
        renamed = self.renamed()
        for key in dict.fromkeys([*now, *was]):
            if key in renamed:
                continue
            old, new = (phrases[key].text if key in phrases else "" for phrases in (was, now))
            if normalise(old) != normalise(new):
                place = self.places.phrase(key)
                pieces = tuple(piece for piece in compare_texts(normalise(old), normalise(new)) if piece.text)
                forces = self.letters_of(key)
                in_all = bool(numbers.get(key, ()) == [] and forces)
                otherwise = tuple(sorted(self.departing(key)))
                verdicts = tuple(numbers.get(key, ()))
                yield Change(place.path, place.line, key, pieces, verdicts, forces, in_all, otherwise=otherwise)

    def renamed(self) -> set[str]:
        """The ids of phrases that only have another id than they had: no words changed."""
        now, was = self.book.letter_type.phrases, self.before.letter_type.phrases
        gone = {normalise(was[key].text): key for key in was if key not in now}
        new = {normalise(now[key].text): key for key in now if key not in was}
        return {phrases[text] for text in gone.keys() & new.keys() for phrases in (gone, new)}

    def departing(self, key: str) -> set[str]:
        """Whose letters say a phrase in their own way."""
        return {one.slug for one in differences(self.book) if one.phrase == key}

    def letters_of(self, key: str) -> tuple[str, ...]:
        """Whose letters say a phrase as it stands: not those that depart from it."""
        departing = self.departing(key)
        return tuple(slug for slug in self.book.used.get(key, ()) if slug not in departing)

    def looks(self, then: Beside, now: Beside) -> Iterator[Change]:
        """The paragraphs of templates whose words are the same, and not what is stressed in them, nor their links."""
        for path, text in now.templates.items():
            for one in look_changes(then.templates.get(path, text), text):
                pieces = tuple(piece for piece in compare_texts(one.before, one.after) if piece.text)
                lines = range(one.line, one.line + one.lines)
                verdicts = [verdict for verdict in self.book.verdicts if _has_line(verdict.blocks, path, lines)]
                numbers = tuple(verdict.number for verdict in verdicts)
                forces = tuple(dict.fromkeys(slug for verdict in verdicts for slug in verdict.forces))
                letters = forces if numbers else tuple(self.book.today)
                _, around = next(_hunks(pieces))
                yield Change(path, one.line, "", around, numbers, letters, not numbers, is_look=True)

    def frames(self, then: Beside = Beside(), now_beside: Beside = Beside()) -> list[Change]:
        """The changes around phrases; the same words taken out and put in at the same line are one, and so is what the
        title of an answer changes, at its line."""
        found: dict[tuple[str, int, str, tuple[Piece, ...]], tuple[tuple[Piece, ...], dict[str, None]]] = {}
        pairs = {
            (id(old), id(new)): (old, new)
            for reading in self.book.readings
            if (blocks := self._as_it_was(reading.answers))
            for old, new in _pairs(blocks, reading.blocks, self._with_phrases)
        }
        pairs |= {(-at, 0): pair for at, pair in enumerate(_pairs(then.foot, now_beside.foot, _text), 1)}
        self.standard |= {block.text for block in now_beside.foot}
        self.was_standard |= {block.text for block in then.foot}
        for old, new in pairs.values():
            was, now = self._with_phrases(old) if old else "", new.text if new else ""
            if old and new and old.text != now:
                self.earlier.setdefault(now, old.text)
            if was == now:
                continue
            for at, pieces in _hunks(tuple(compare_texts(was, now))):
                block = new or old
                span = block.at(at) if block else None
                if block and span:
                    first, last = pieces[0].op is Op.SAME, pieces[-1].op is Op.SAME
                    what = pieces[first : len(pieces) - last]
                    title = self.titles.get(words_of(what))
                    where = (title.place.path, title.place.line, "") if title else self._where(block, span)
                    key = (*where, title.pieces if title else what)
                    told = found.setdefault(key, (title.pieces if title else pieces, {}))[1]
                    told.setdefault(now or (old.text if old else ""))
        return [self._change(path, line, name, *told) for (path, line, name, _), told in found.items()]

    def _where(self, block: TracedBlock, span: Span) -> tuple[str, int, str]:
        """Where the words around phrases are changed that a piece of a block has, and of which phrase the number is:
        what agrees with a phrase is changed with its `number:`."""
        if re.search(r"\bagree\b", self.places.line(span.path, span.line).text):
            now, was = self.book.letter_type.phrases, self.before.letter_type.phrases
            for _, _, key in phrase_stretches(block):
                if key in now and key in was and now[key].number is not was[key].number:
                    place = self.places.value(self.book.letter_type.wording_path, (key, "number"))
                    return place.path, place.line, key
        return span.path, span.line, ""

    def _change(self, path: str, line: int, name: str, pieces: tuple[Piece, ...], texts: Collection[str]) -> Change:
        numbers = tuple(dict.fromkeys(number for text in texts for number in self.numbers.get(text, ())))
        is_standard = not numbers and any(text in self.standard | self.was_standard for text in texts)
        forces = tuple(dict.fromkeys(slug for number in numbers for slug in self.forces_of[number]))
        letters = tuple(self.book.today) if is_standard else forces
        return Change(path, line, name, pieces, numbers, letters, is_standard, is_number=bool(name))

    def _as_it_was(self, answers: Answers) -> tuple[TracedBlock, ...]:
        known = self.letters.get(repr(answers))
        return self.letter(answers) if known is None else known

    def _with_phrases(self, block: TracedBlock) -> str:
        """The text of an earlier block with today's words for its phrases."""
        said, end = [], 0
        for start, stop, key in phrase_stretches(block):
            phrase = self.book.letter_type.phrases.get(key)
            old = block.text[start:stop]
            new = normalise(phrase.text) if phrase else old
            said += [block.text[end:start], new[:1].upper() + new[1:] if old[:1].isupper() else new]
            end = stop
        return "".join([*said, block.text[end:]])


def _has_line(blocks: Collection[TracedBlock], path: str, lines: range) -> bool:
    return any(span.path == path and span.line in lines for block in blocks for span in block.spans)


def _pairs(
    before: tuple[TracedBlock, ...], now: tuple[TracedBlock, ...], as_today: Callable[[TracedBlock], str]
) -> Iterator[tuple[TracedBlock | None, TracedBlock | None]]:
    """The blocks of two letters side by side; None beside one that has no other."""
    was, is_now = ([(one.part, text(one)) for one in blocks] for blocks, text in ((before, as_today), (now, _text)))
    for _, a, b, c, d in SequenceMatcher(None, was, is_now, autojunk=False).get_opcodes():
        yield from zip_longest(before[a:b], now[c:d])


def _text(block: TracedBlock) -> str:
    return block.text


def _hunks(pieces: tuple[Piece, ...]) -> Iterator[tuple[int, tuple[Piece, ...]]]:
    """Each change in a text by itself: where in the text as it is it begins, and its pieces with some words around.

    What stays the same for a few words between two changes belongs to both.
    """
    said = [piece for piece in pieces if piece.text]
    ends = [at for at, piece in enumerate(said) if piece.op is Op.SAME and len(piece.text) > _BETWEEN]
    places = [0]
    for piece in said:
        places.append(places[-1] + (0 if piece.op is Op.REMOVED else len(piece.text)))
    for start, end in pairwise([-1, *ends, len(said)]):
        run = said[start + 1 : end]
        if any(piece.op is not Op.SAME for piece in run):
            before = _last_words(said[start].text) if start >= 0 else ""
            after = _first_words(said[end].text) if end < len(said) else ""
            first = next(at for at, piece in enumerate(run) if piece.op is not Op.SAME)
            around = (Piece(Op.SAME, before), *run, Piece(Op.SAME, after))
            op, text = run[first]
            blank = len(text) - len(text.lstrip()) if op is Op.ADDED else 0  # a sentence begins behind its space
            yield places[start + 1 + first] + blank, tuple(piece for piece in around if piece.text)


def _first_words(text: str) -> str:
    return text if len(text) <= _AROUND else text[:_AROUND].rpartition(" ")[0] + "…"


def _last_words(text: str) -> str:
    return text if len(text) <= _AROUND else "…" + text[-_AROUND:].partition(" ")[2]
