"""A field of an outcome: what it asks, what may be answered, and the fields inside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from letters.letter import WELSH
from letters.workspace.raw import KeyPath


class FieldKind(StrEnum):
    """What the answers of a field are: one of those that are listed, or something of its own kind.

    `text` is also what nothing is said of. A field of `several` kinds has a variant for each.
    """

    CLOSED = "closed"
    TEXT = "text"
    MARKDOWN = "markdown"
    DATE = "date"
    NUMBER = "number"
    OBJECT = "object"
    LIST = "list"
    SEVERAL = "several"


@dataclass(frozen=True)
class Field:
    """A field, as `outcome.yaml` describes it.

    `label`: what it asks, on one line. `answers`: of a closed field each value with its title or None. `fields`: of an
    object those inside, by name, and `rest` what other keys may hold. `item`: of a list what each entry is. `says`: the
    keywords of the schema, those that a reference brings among them. `way`: where the schema describes it.
    """

    name: str
    label: str
    kind: FieldKind
    required: bool = True
    answers: Mapping[object, str | None] = field(default_factory=dict)
    fields: Mapping[str, Field] = field(default_factory=dict)
    item: Field | None = None
    rest: Field | None = None
    variants: tuple[Field, ...] = ()
    says: Mapping[str, object] = field(default_factory=dict)
    way: KeyPath = ()

    def at(self, path: KeyPath) -> Field:
        """The field that describes the value at `path` inside this one; one that says nothing if none does."""
        found: Field | None = self
        for step in path:
            found = found._inside(step) if found else None
        return found or Field(str(path[-1]), str(path[-1]), FieldKind.TEXT)

    def _inside(self, step: str | int) -> Field | None:
        for one in self.each_kind():
            inner = one.item if isinstance(step, int) else one.fields.get(step, one.rest)
            if inner:
                return inner
        return None

    def each_kind(self) -> tuple[Field, ...]:
        """The variants of a field of several kinds; of any other itself."""
        return self.variants or (self,)

    def of(self, value: object) -> Field:
        """The field as `value` answers it: of several kinds the one that it is of."""
        return next((one for one in self.variants if one._takes(value)), self)

    def _takes(self, value: object) -> bool:
        match self.kind:
            case FieldKind.CLOSED:
                return self.is_answer(value)
            case FieldKind.OBJECT:
                return isinstance(value, Mapping)
            case FieldKind.LIST:
                return isinstance(value, list)
            case FieldKind.NUMBER:
                return isinstance(value, int | float) and not isinstance(value, bool)
            case _:
                return isinstance(value, str)

    @property
    def is_closed(self) -> bool:
        """Whether all answers are listed."""
        return self.kind is FieldKind.CLOSED

    def is_answer(self, value: object) -> bool:
        """Whether `value` is one of the answers that are listed, here or in a variant."""
        listed = [*self.answers, *(answer for one in self.variants for answer in one.answers)]
        return any(answer == value and isinstance(answer, bool) == isinstance(value, bool) for answer in listed)

    @property
    def is_markdown(self) -> bool:
        """Whether a text in it is Markdown."""
        return any(one.kind is FieldKind.MARKDOWN for one in self.each_kind())

    @property
    def takes_words(self) -> bool:
        """Whether its answers may be words: neither one of some answers nor a date."""
        return any(one.kind not in (FieldKind.CLOSED, FieldKind.DATE) for one in self.each_kind())

    def every(self) -> Iterator[Field]:
        """This field and all that are inside it, in order."""
        yield self
        inside = (*self.fields.values(), self.item, self.rest, *self.variants)
        for inner in inside:
            if inner:
                yield from inner.every()

    def in_language(self, value: object, language: str) -> object:
        """What of `value`, which answers this field, a letter in `language` says: of `remarks` and `remarks_cy` one."""
        match value:
            case Mapping():
                names = {name for one in self.each_kind() for name in one.fields}
                welsh = {name for name in names if f"{name}_{WELSH}" in names}
                others = welsh if language == WELSH else {f"{name}_{WELSH}" for name in welsh}
                own = {key: inner for key, inner in value.items() if key not in others}
                return {key: self.at((key,)).in_language(inner, language) for key, inner in own.items()}
            case list():
                return [self.at((number,)).in_language(inner, language) for number, inner in enumerate(value)]
            case _:
                return value

    def codes(self) -> frozenset[str]:
        """Every answer in it that is written as a code, with underscores."""
        answers = (answer for one in self.every() for answer in one.answers)
        return frozenset(answer for answer in answers if isinstance(answer, str) and "_" in answer)

    def markdown_paths(self, value: object) -> Iterator[KeyPath]:
        """The ways to the Markdown texts in `value`, which answers this field."""
        if isinstance(value, str) and self.is_markdown:
            yield ()
        elif isinstance(value, Mapping):
            for key, inner in value.items():
                yield from ((key, *path) for path in self.at((key,)).markdown_paths(inner))
        elif isinstance(value, list):
            for number, item in enumerate(value):
                yield from ((number, *path) for path in self.at((number,)).markdown_paths(item))


def spelt(answer: object) -> str:
    """An answer as it is written: `true`, not `True`."""
    match answer:
        case bool():
            return "true" if answer else "false"
        case None:
            return "null"
        case _:
            return str(answer)
