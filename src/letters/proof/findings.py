"""What a book of wordings says of outcomes, pieces and departures, in the words of the templates' owners."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from letters.compose.composition import ADDED
from letters.compose.trace import TracedBlock
from letters.letter import fold
from letters.letter.quotes import curl
from letters.problems import plural
from letters.proof.book import Answers, Book
from letters.workspace.model import LetterType
from letters.workspace.schema import Schema, resolved

#: In place of the answer of a field that was left out.
LEFT_OUT = "(left out)"
_FIRST_WORDS = 8


@dataclass(frozen=True)
class Field:
    """A field of the outcome: its name, what it asks, and its answers' titles by value; no titles if it is open."""

    name: str
    label: str
    titles: Mapping[str, str]

    def key(self, answers: Answers) -> str:
        """The answer of a closed field, as a key of `titles`."""
        return _key(answers[self.name]) if self.name in answers else LEFT_OUT

    def said(self, answers: Answers) -> str:
        """The answer in words; of an open field only that there is one, since the book's own are samples."""
        if self.titles:
            return self.titles.get(self.key(answers), self.key(answers))
        if self.name not in answers:
            return "left out"
        value = answers[self.name]
        keys = ", ".join(str(key).replace("_", " ") for key in value) if isinstance(value, Mapping) else ""
        return f"given, with {keys}" if keys else "given"


@dataclass(frozen=True)
class Difference:
    """What one force's letter says today in place of a phrase, or beyond all phrases where `phrase` is empty."""

    slug: str
    phrase: str
    text: str


def fields_of(kind: LetterType) -> tuple[Field, ...]:
    """The fields of a letter type's outcome, in the order of `outcome.yaml`."""
    needed = kind.schema.get("required")
    required = needed if isinstance(needed, list) else []
    return tuple(_field(kind.schema, name, name in required) for name in kind.fields)


def pieces(block: TracedBlock) -> Iterator[tuple[str, str]]:
    """The text of a block, set with typographic quotation marks, in pieces with the id of their phrase, or none."""
    text = curl(block.text)
    at = 0
    for start, end, phrase in phrase_stretches(block):
        if start > at:
            yield text[at:start], ""
        yield text[start:end], phrase
        at = end
    if at < len(text):
        yield text[at:], ""


def first_words(text: str) -> str:
    """Enough words to know a text again."""
    line = text.partition("\n")[0]
    some = line.split(" ")[:_FIRST_WORDS]
    return curl(" ".join(some)) + ("" if len(some) == len(text.split()) else "…")


def differences(book: Book) -> tuple[Difference, ...]:
    """What today's letters word differently from the standard, and what they add to it, by force."""
    found = (
        Difference(slug, "" if phrase == ADDED else phrase, curl(block.text[start:end]))
        for slug, blocks in book.today.items()
        for block in blocks
        for start, end, phrase in phrase_stretches(block)
        if phrase == ADDED or not _is_standard(book.kind, phrase, block.text[start:end])
    )
    return tuple(dict.fromkeys(found))


def account(book: Book) -> str:
    """What there is in a book, in a sentence or two."""
    said = f"{plural(len(book.readings), 'outcome')} give {plural(len(book.verdicts), 'verdict')}"
    phrases = f", made with {plural(len(book.kind.phrases), 'phrase')}" if book.kind.phrases else ""
    used = sum(bool(verdict.forces) for verdict in book.verdicts)
    share = f"{used:,} of them {'are' if used > 1 else 'is'}" if used else "None of them is"
    enumeration = book.enumeration
    every = "Every verdict that the rules allow is here, once."
    if not enumeration.complete:
        met = "let every two answers meet" if enumeration.by_pairs else "have each answer at least once"
        every = f"Of {enumeration.combinations:,} combinations of answers those here {met}."
    today = f"{share} used today, in {plural(len(book.today), 'letter')}" if used else f"{share} used today"
    return f"{said}{phrases}. {today}. {every}"


def approval(book: Book) -> str:
    """How to approve a verdict."""
    example = f": “{book.verdicts[0].number} approved”" if book.verdicts else ""
    return (
        f"To approve a verdict, or to ask about it, quote its number{example}. A number is made from the words alone: "
        "it stays while they stay, and words that change get a new one."
    )


def _is_standard(kind: LetterType, key: str, text: str) -> bool:
    standard = fold(kind.phrases[key].text) if key in kind.phrases else ""
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


def _field(schema: Schema, name: str, required: bool) -> Field:
    properties = schema.get("properties")
    own = properties.get(name) if isinstance(properties, Mapping) else None
    part = resolved(schema, own if isinstance(own, Mapping) else {})
    titles = dict(_titles(part))
    if titles and not required:
        titles[LEFT_OUT] = "left out"
    label = part.get("description")
    return Field(name, label if isinstance(label, str) else name.replace("_", " "), titles)


def _titles(part: Schema) -> Iterator[tuple[str, str]]:
    choices = part.get("oneOf") or part.get("anyOf")
    closed = [choice for choice in choices if isinstance(choice, Mapping)] if isinstance(choices, list) else []
    if closed and all("const" in choice for choice in closed):
        for choice in closed:
            yield _key(choice["const"]), str(choice.get("title", _key(choice["const"])))
        return
    listed = part.get("enum")
    values = listed if isinstance(listed, list) else [part["const"]] if "const" in part else []
    if part.get("type") == "boolean" and not values:
        values = [True, False]
    yield from ((_key(value), _key(value)) for value in values)


def _key(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
