"""What a book of wordings says of outcomes, pieces and departures, in the words of the templates' owners."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from letters.compose.composition import ADDED
from letters.compose.english import join
from letters.compose.trace import TracedBlock
from letters.letter import normalise
from letters.letter.compared import Op, as_set, compare_texts
from letters.letter.dates import long_date
from letters.letter.quotes import smart_quotes
from letters.problems import plural
from letters.proof.apart import Answers
from letters.proof.book import Book
from letters.proof.possible import SAMPLE_DATE
from letters.proof.recipients import PREFIX, Kinds
from letters.proof.sections import Section
from letters.workspace.fields import Field, FieldKind
from letters.workspace.model import LetterType

#: In place of the answer of a field that was left out.
LEFT_OUT = "(left out)"
_FIRST_WORDS = 8


@dataclass(frozen=True)
class Asked:
    """A field of the outcome as a book has it: its answers' titles by their keys; no titles if it is open."""

    field: Field
    titles: Mapping[str, str]
    #: The names of the numbers and dates that templates compare: of these the value says which side it is for.
    compared: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The name of the field."""
        return self.field.name

    @property
    def label(self) -> str:
        """What it asks."""
        return self.field.label

    def key(self, answers: Answers) -> str:
        """The answer of a closed field, as a key of `titles`."""
        return _key(answers[self.name]) if self.name in answers else LEFT_OUT

    def said(self, answers: Answers) -> str:
        """The answer in words; of an open field only that there is one, since the book's own are samples."""
        return _said(self.field, answers[self.name], self.compared) if self.name in answers else "left out"


def _said(field: Field, value: object, compared: frozenset[str]) -> str:
    field = field.of(value)
    if field.is_answer(value):
        return field.answers.get(value) or _key(value)
    if isinstance(value, Mapping) and value:
        inside = (_said_inside(field.at((key,)), key, inner, compared) for key, inner in value.items())
        return f"given, with {', '.join(inside)}"
    if isinstance(value, list) and field.item and field.item.is_closed:
        return join([_said(field.item, one, compared) for one in value], "and") or "none"
    if field.name in compared and isinstance(value, int | float | str):
        day = field.kind is FieldKind.DATE
        return f"such as {long_date(date.fromisoformat(str(value))) if day else value}"
    return "given"


def _said_inside(field: Field, key: str, value: object, compared: frozenset[str]) -> str:
    name = str(key).replace("_", " ")
    said = _said(field, value, compared)
    return name if said.startswith("given") else f"{name} {said}"


@dataclass(frozen=True)
class Difference:
    """What one force's letter says today in place of a phrase, or beyond all phrases where `phrase` is empty."""

    slug: str
    phrase: str
    text: str


@dataclass(frozen=True)
class _AskedOfRecipient(Asked):
    """A fact of a recipient, by which letters differ, in place of a field."""

    fact: str = ""
    #: Whether templates compare it.
    is_compared: bool = False

    @property
    def name(self) -> str:
        return self.fact

    @property
    def label(self) -> str:
        way = named(self.fact).split(" ")
        is_alone = self.field.label.replace(" ", "_") != self.field.name and self.fact.count(".") == 1
        return self.field.label if is_alone else " ".join([way[0].capitalize(), *way[1:]])

    def said(self, answers: Answers) -> str:
        value = answers.get(self.fact)
        if self.is_compared and isinstance(value, list):
            return f"{len(value):,} given"
        return super().said(answers)


def named(field: str) -> str:
    """A field as people read its name: next steps; head name."""
    return field.removeprefix(PREFIX).replace("_", " ").replace(".", " ")


def fields_of(
    letter_type: LetterType, compared: frozenset[str] = frozenset(), recipients: Kinds | None = None
) -> tuple[Asked, ...]:
    """The fields of a letter type's outcome, in the order of `outcome.yaml`, and the facts that recipients differ by.

    `compared`: as in Asked.
    """
    own = (Asked(field, _titles(field), compared) for field in letter_type.outcome.fields.values())
    facts = (_of_recipient(recipients, name) for name in recipients.fields) if recipients else ()
    return (*own, *facts)


def _of_recipient(recipients: Kinds, name: str) -> Asked:
    field, is_compared = recipients.fields[name], recipients.is_compared(name)
    return _AskedOfRecipient(field, _titles(field), frozenset({field.name} if is_compared else ()), name, is_compared)


def pieces(block: TracedBlock) -> Iterator[tuple[str, str]]:
    """The text of a block, set with typographic quotation marks, in pieces with the id of their phrase, or none."""
    text = smart_quotes(block.text)
    yield from ((text[start:end], phrase) for start, end, phrase in _stretches(block))


def marked_pieces(block: TracedBlock, earlier: str | None) -> Iterator[tuple[str, str, str]]:
    """As `pieces`, each with what became of it since the block said `earlier`: `removed`, `added` or nothing."""
    if earlier is None:
        yield from ((text, phrase, "") for text, phrase in pieces(block))
        return
    at, ends = 0, [(end, phrase) for start, end, phrase in _stretches(block)]
    for op, text in as_set(compare_texts(earlier, block.text)):
        if op is Op.REMOVED:
            yield text, "", op
            continue
        stop, start = at + len(text), at
        for end, phrase in ends:
            if at < end and at < stop:
                cut = min(end, stop)
                yield text[at - start : cut - start], phrase, op if op is Op.ADDED else ""
                at = cut


def _stretches(block: TracedBlock) -> Iterator[tuple[int, int, str]]:
    """From and to of each phrase of a block and of what stands between them, without an id."""
    at = 0
    for start, end, phrase in phrase_stretches(block):
        if start > at:
            yield at, start, ""
        yield start, end, phrase
        at = end
    if at < len(block.text):
        yield at, len(block.text), ""


def first_words(text: str) -> str:
    """Enough words to know a text again."""
    line = text.partition("\n")[0]
    some = line.split(" ")[:_FIRST_WORDS]
    return smart_quotes(" ".join(some)) + ("" if len(some) == len(text.split()) else "…")


def differences(book: Book) -> tuple[Difference, ...]:
    """What today's letters word differently from the standard, and what they add to it, by force."""
    found = (
        Difference(slug, "" if phrase == ADDED else phrase, smart_quotes(block.text[start:end]))
        for slug, blocks in book.today.items()
        for block in blocks
        for start, end, phrase in phrase_stretches(block)
        if phrase == ADDED or not _is_standard(book.letter_type, phrase, block.text[start:end])
    )
    return tuple(dict.fromkeys(found))


def section_title(section: Section, book: Book) -> str:
    """What a section hangs on: the question that its field asks, or the names of several fields.

    Of one with fields inside also the names of those that decide.
    """
    if len(section.fields) == 1:
        fields = fields_of(book.letter_type, recipients=book.recipients)
        label = smart_quotes(next(field.label for field in fields if field.name == section.fields[0]))
        inside = join([named(name) for name in deciding(section)], "and")
        return f"{label}: {inside}" if inside else label
    said = join([named(name) for name in section.fields], "and")
    return said[:1].upper() + said[1:]


#: Of more outcomes of one section nobody asks what decides.
_MOST_COMPARED = 200


def deciding(section: Section) -> list[str]:
    """The names of the fields inside others that alone make the difference between two wordings of a section."""
    outcomes = [(dict(_leaves(answers)), one.number) for one in section.verdicts for answers in one.outcomes]
    found: dict[str, None] = {}
    for (some, number), (others, other) in combinations(outcomes[:_MOST_COMPARED], 2):
        ways = [way for way in {**some, **others} if some.get(way) != others.get(way)]
        if number != other and len(ways) == 1 and len(ways[0]) > 1:
            found.setdefault(ways[0][-1])
    return list(found)


def _leaves(value: object, way: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """The values in an outcome that have nothing inside, with their ways; of a list it is all one."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, (*way, str(key)))
    else:
        yield way, repr(value)


def note_on_standard(letter_type: LetterType) -> str:
    """What is said above the text that all letters share: what of it is invented."""
    day = f", or its date, {long_date(SAMPLE_DATE)}," if letter_type.date is None else ","
    return f"What is one letter's own, such as the address{day} is invented here."


def here(book: Book, section: Section) -> str:
    """What is said of a section where it stands among what all letters share."""
    return "the verdict" if book.paragraphs == (section,) else section_title(section, book)


def part_name(part: str) -> str:
    """A part of a letter as people read it: copied to."""
    return part.replace("-", " ").capitalize()


def how_many(sections: Sequence[Section], what: str = "verdict") -> str:
    """How many wordings there are, of each section: 256 + 4 + 2 verdicts."""
    numbers = [f"{len(section.verdicts):,}" for section in sections]
    return plural(len(sections[0].verdicts), what) if len(sections) == 1 else f"{' + '.join(numbers)} {what}s"


def account(book: Book) -> str:
    """What there is in a book, in a sentence or two."""
    outcomes = len(book.readings) if book.enumeration.number is None else book.enumeration.number
    verdicts = how_many(book.paragraphs) if book.paragraphs else "no verdict"
    said = f"{plural(outcomes, 'outcome')} give {verdicts}"
    phrases = f", made with {plural(len(book.letter_type.phrases), 'phrase')}" if book.letter_type.phrases else ""
    used = sum(bool(verdict.forces) for section in book.paragraphs for verdict in section.verdicts)
    share = f"{used:,} of them {'are' if used > 1 else 'is'}" if used else "None of them is"
    enumeration = book.enumeration
    every = "Every verdict that the rules allow is here, once."
    if len(book.sections) > 1:
        every += " Parts of the letter that do not depend on one another are read apart."
    dead = book.branches - book.reached - book.taken.keys()
    if book.otherwise or dead:
        what = plural(len(book.otherwise | dead), "branch of the templates is", "branches of the templates are")
        every = f"Not every verdict is here: {what} reached by none of the letters that were read."
    if enumeration.failed:
        every = "Not every verdict is here: some letters could not be composed, which `letters check` tells."
    elif not enumeration.complete:
        met = "let every two answers meet" if enumeration.by_pairs else "have each answer at least once"
        every = f"Of {enumeration.combinations:,} combinations of answers those here {met}."
    today = f"{share} used today, in {plural(len(book.today), 'letter')}" if used else f"{share} used today"
    return f"{said}{phrases}. {today}. {every}"


def approval(book: Book) -> str:
    """How to approve a verdict."""
    example = f": “{book.paragraphs[0].verdicts[0].number} approved”" if book.paragraphs else ""
    return (
        f"To approve a verdict, or to ask about it, quote its number{example}. A number is made from the words alone: "
        "it stays while they stay, and words that change get a new one."
    )


def _is_standard(letter_type: LetterType, key: str, text: str) -> bool:
    standard = normalise(letter_type.phrases[key].text) if key in letter_type.phrases else ""
    return text in (standard, standard[:1].upper() + standard[1:])


def phrase_stretches(block: TracedBlock) -> Iterator[tuple[int, int, str]]:
    """From, to and id of each phrase in a block, without white space at its ends."""
    merged: list[tuple[int, int, str]] = []
    for span in block.spans:
        if merged and merged[-1][2] == span.phrase and merged[-1][1] == span.start:
            merged[-1] = (merged[-1][0], span.end, span.phrase)
        else:
            merged.append((span.start, span.end, span.phrase))
    for start, end, phrase in merged:
        said = block.text[start:end]
        if phrase and said.strip():
            yield start + len(said) - len(said.lstrip()), end - len(said) + len(said.rstrip()), phrase


def _titles(field: Field) -> dict[str, str]:
    titles = {_key(answer): title or _key(answer) for answer, title in field.answers.items()}
    return {**titles, LEFT_OUT: "left out"} if titles and not field.required else titles


def _key(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "empty" if value is None else str(value)
