"""What differs from letter to letter, in sections: each hangs on some fields, and has each of its wordings once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from letters.compose.composition import ADDED
from letters.compose.trace import TracedBlock
from letters.letter import BODY
from letters.proof.apart import Answers, Apart
from letters.proof.compared import Compared
from letters.proof.enumerate import of_outcome
from letters.proof.recipients import PREFIX, Kinds
from letters.workspace.fields import Field

#: Without letters and digits that are taken for one another.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
#: Characters of the longest wording that is shown in a line beside its answer, such as a grade in a table.
_SHORT = 60

_Blocks = tuple[TracedBlock, ...]


@dataclass(frozen=True)
class Verdict:
    """One distinct wording: the blocks by which its letters differ from others, and who has it.

    `outcomes`: the answers that lead to it, to the fields of its section alone. None of its blocks: nothing is said.
    """

    number: str
    blocks: _Blocks
    outcomes: tuple[Answers, ...]
    forces: tuple[str, ...]

    @property
    def text(self) -> str:
        """Its words, a line a block."""
        return "\n".join(block.text for block in self.blocks)

    @property
    def phrases(self) -> tuple[str, ...]:
        """The ids of the phrases it is made of, in order, each once."""
        ids = (span.phrase for block in self.blocks for span in block.spans)
        return tuple(dict.fromkeys(key for key in ids if key and key != ADDED))


@dataclass(frozen=True)
class Section:
    """What hangs on the same `fields`, and on no others: each wording that it can have."""

    fields: tuple[str, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def is_short(self) -> bool:
        """Whether each wording is a few words that are no sentence, such as a grade; or, where it hangs on a recipient
        alone, lines of an address and the like."""
        blocks = [block for verdict in self.verdicts for block in verdict.blocks]
        are_lines = all(name.startswith(PREFIX) for name in self.fields) and all(one.part != BODY for one in blocks)
        return (are_lines or all(len(verdict.blocks) <= 1 for verdict in self.verdicts)) and not any(
            block.text.endswith(".") or len(block.text) > _SHORT for block in blocks
        )


def sections_of(apart: Apart, today: Today) -> list[Section | None]:
    """A section for each part, none for what all letters have; of what cannot be read apart one of all."""
    parts = [
        (part.fields, _wordings(apart, at, rows))
        for at, (part, rows) in enumerate(zip(apart.parts, apart.rows, strict=True))
    ]
    if not any(len({_text(blocks) for _, blocks in wordings}) > 1 for _, wordings in parts):
        parts = [(today.fields, _whole(apart))]
    numbers: dict[str, str] = {}
    return [_section(fields, found, today, numbers) for fields, found in parts]


def standard_text(apart: Apart, sections: list[Section | None]) -> tuple[TracedBlock | Section, ...]:
    """The blocks that all letters have, in order, and among them the sections, each where it begins."""
    if len(sections) != len(apart.parts) or not apart.letters:
        texts = [{block.text for block, _ in blocks} for _, blocks in apart.letters]
        shared = set.intersection(*texts) if texts else set()
        first = [block for block, _ in apart.letters[0][1]] if apart.letters else []
        return (*(block for block in first if block.text in shared), *(one for one in sections if one))
    _, first_letter = apart.letters[0]
    found: list[tuple[TracedBlock, int | None]] = list(first_letter)
    for at in range(len(sections)):
        if all(part != at for _, part in found):
            _put_in(found, at, apart)
    return tuple(_in_order(found, sections))


def _put_in(found: list[tuple[TracedBlock, int | None]], at: int, apart: Apart) -> None:
    """Put a part that the first letter lacks behind as many standard blocks as stand before it in another."""
    other = next((blocks for _, blocks in apart.letters if any(part == at for _, part in blocks)), None)
    if other is None:
        return
    place = next(number for number, (_, part) in enumerate(other) if part == at)
    before = sum(part is None for _, part in other[:place])
    standard = [number for number, (_, part) in enumerate(found) if part is None]
    found.insert(standard[before - 1] + 1 if before else 0, other[place])


def _in_order(
    found: Iterable[tuple[TracedBlock, int | None]], sections: list[Section | None]
) -> Iterator[TracedBlock | Section]:
    told: set[int] = set()
    for block, part in found:
        section = None if part is None else sections[part]
        if section is None or part is None:
            yield block
        elif part not in told:
            told.add(part)
            yield section


def standard_numbers(standard: Iterable[TracedBlock | Section]) -> Mapping[str, str]:
    """By its text the number of each block that all letters have, made as those of the verdicts among them."""
    some = list(standard)
    taken = {one.number: one.text for section in some if isinstance(section, Section) for one in section.verdicts}
    texts = dict.fromkeys(one.text for one in some if isinstance(one, TracedBlock))
    return {text: _number(text, (text,), taken) for text in texts}


def _wordings(apart: Apart, at: int, rows: Iterable[Answers]) -> list[tuple[Answers, _Blocks]]:
    """For each combination of answers that a part was read for, its own blocks."""
    fields = apart.parts[at].fields
    by_answers = {
        _restricted(answers, fields): tuple(block for block, part in blocks if part == at)
        for answers, blocks in reversed(apart.letters)
    }
    found = [(_own(answers, fields), by_answers[_restricted(answers, fields)]) for answers in rows]
    return _without_shared(found)


def _own(answers: Answers, fields: Iterable[str]) -> Answers:
    return {name: answers[name] for name in fields if name in answers}


def _restricted(answers: Answers, fields: Iterable[str]) -> str:
    return repr(_own(answers, fields))


def _whole(apart: Apart) -> list[tuple[Answers, _Blocks]]:
    letters = [(answers, tuple(block for block, _ in blocks)) for answers, blocks in apart.letters]
    found = _without_shared(letters)
    return [(answers, own or blocks[-1:]) for (answers, own), (_, blocks) in zip(found, letters, strict=True)]


def _without_shared(letters: list[tuple[Answers, _Blocks]]) -> list[tuple[Answers, _Blocks]]:
    """Only those blocks of each that not all of them have."""
    counts: dict[str, int] = defaultdict(int)
    for _, blocks in letters:
        for text in {block.text for block in blocks}:
            counts[text] += 1
    return [(answers, tuple(one for one in blocks if counts[one.text] < len(letters))) for answers, blocks in letters]


def _text(blocks: _Blocks) -> str:
    return "\n".join(block.text for block in blocks)


@dataclass(frozen=True)
class Today:
    """The answers of today's letters and what they say, by force, and by what a wording is known to be theirs."""

    outcome: Field
    letters: Mapping[str, Answers]
    blocks: Mapping[str, _Blocks]
    compared: Compared
    recipients: Kinds

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields that letters may hang on."""
        return (*self.outcome.fields, *self.recipients.fields)

    def known_by(self, answers: Answers, fields: Iterable[str]) -> tuple[object, ...]:
        """Answers less the words in open fields, and on which side of a comparison their numbers and dates are."""
        own = of_outcome(answers)
        facts = [self.recipients.side(name, answers) for name in fields if name in self.recipients.fields]
        return _shape(own, self.outcome), self.compared.sides(own), facts

    def says(self, slug: str, blocks: Iterable[TracedBlock]) -> bool:
        """Whether a letter has all lines of templates that some blocks come from."""
        return _lines(blocks) <= self._lines[slug]

    @cached_property
    def _lines(self) -> Mapping[str, set[tuple[str, int]]]:
        return {slug: _lines(blocks) for slug, blocks in self.blocks.items()}


def _lines(blocks: Iterable[TracedBlock]) -> set[tuple[str, int]]:
    return {(span.path, span.line) for block in blocks for span in block.spans}


def _section(
    fields: tuple[str, ...], wordings: list[tuple[Answers, _Blocks]], today: Today, numbers: dict[str, str]
) -> Section | None:
    """The section of a part, if it has more than one wording or all is one part; `numbers` grows by its own."""
    now = {slug: today.known_by(_own(answers, fields), fields) for slug, answers in today.letters.items()}
    by_text: dict[str, list[Answers]] = defaultdict(list)
    blocks_of: dict[str, _Blocks] = {}
    for answers, blocks in wordings:
        by_text[_text(blocks)].append(answers)
        blocks_of[_text(blocks)] = blocks
    if len(by_text) < 2 and fields != today.fields:
        return None
    verdicts = []
    for text, outcomes in by_text.items():
        known = [today.known_by(_own(one, fields), fields) for one in outcomes]
        same = (slug for slug, answers in now.items() if answers in known)
        forces = tuple(slug for slug in same if today.says(slug, blocks_of[text]))
        verdicts.append(Verdict(_number(text, fields, numbers), blocks_of[text], tuple(outcomes), forces))
    return Section(fields, tuple(verdicts))


def _shape(value: object, field: Field) -> object:
    """An outcome less the words in its open fields, by which the book's samples differ from what anybody wrote."""
    if isinstance(value, Mapping):
        return {key: _shape(inner, field.at((key,))) for key, inner in value.items()}
    if isinstance(value, list) and any(inner.answers for inner in field.at((0,)).every()):
        return [_shape(inner, field.at((number,))) for number, inner in enumerate(value)]
    return value if field.is_answer(value) or isinstance(value, bool) else "given"


def _number(text: str, fields: tuple[str, ...], taken: dict[str, str]) -> str:
    """A short number for a text, made from its words alone; one character more where two would be the same.

    Of words that another section has as well, and of none, the names of the fields count too. `taken`: the texts by
    number, to which this one is added.
    """
    while not text or text in taken.values():
        text = f"{', '.join(fields)}: {text}"
    digest = int.from_bytes(sha256(text.encode()).digest())
    letters = "".join(_ALPHABET[(digest >> 5 * place) % 32] for place in range(12))
    length = next(n for n in range(5, 13) if taken.get(letters[:n], text) == text)
    taken[letters[:length]] = text
    return letters[:length]
