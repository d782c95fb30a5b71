"""What templates may know of a force, a letter and an outcome, and by which names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from letters.compose.answers import Day, Unprintable, as_answer, unprintable
from letters.compose.environment import Record, escape_markdown
from letters.compose.figures import as_figure
from letters.compose.inspection import Names
from letters.compose.signatures import own_picture
from letters.compose.values import MarkdownText
from letters.letter import ENGLISH, WELSH
from letters.workspace.fields import Field, FieldKind
from letters.workspace.model import Force, LetterType, Outcome, own_key
from letters.workspace.signatories import KEYS

NAMES_OF_FUNCTIONS = frozenset({"phrase", "phrases", "fields_where", "verdict"})

#: What an answer has of its own; it can be printed and compared as well.
_ANSWER: Names = {"title": None}


def template_names(letter_type: LetterType, facts: Field) -> dict[str, Names | None]:
    """The facts that the templates of a letter type may name, as a tree. `facts`: what is known of a force."""
    letter = dict.fromkeys(("title", "date", "salutation", "copied_to"))
    return {
        "force": {**_names_of(facts), "slug": None},
        "letter": {
            **letter,
            "signatory": dict.fromkeys(_signatory_names(letter_type)),
            "contact": dict.fromkeys(letter_type.contact),
        },
        "outcome": _names_of(letter_type.outcome),
    }


def _signatory_names(letter_type: LetterType) -> list[str]:
    """What templates may name of who signs, also what was left out."""
    others = (key for one in letter_type.signatories.values() for key in one.facts)
    return list(dict.fromkeys([*letter_type.signatory, *KEYS, *others]))


#: What a signature shows, for who cannot see it.
_SIGNATURE_OF = {ENGLISH: "Signature of", WELSH: "Llofnod"}


def _signatory(letter_type: LetterType) -> Record:
    """`letter.signatory`; its `picture` prints the signature, with what it shows for who cannot see it."""
    facts = {**dict.fromkeys(_signatory_names(letter_type)), **letter_type.signatory}
    if picture := own_picture(letter_type):
        name = escape_markdown(str(letter_type.signatory.get("name", "")))
        facts["picture"] = Markup(f"![{_SIGNATURE_OF[letter_type.language]} {name}](/{quote(picture)})")
    return Record("letter.signatory", facts)


def _names_of(field: Field) -> Names:
    titles = [title for one in field.each_kind() for answer, title in one.answers.items() if answer is not None]
    own = _ANSWER if titles and None not in titles else {}
    return {
        **own,
        **{key: _names_of(inner) or None for one in field.each_kind() for key, inner in one.fields.items()},
    }


def unprintable_facts(letter_type: LetterType, facts: Field) -> dict[str, Unprintable]:
    """The facts of an outcome and of a force that no template can print as they are, by name: `outcome.week.day`."""
    title = own_key("title", letter_type.language)
    found = (*_unprintable("outcome", letter_type.outcome, title), *_unprintable("force", facts, title))
    return dict(found)


def _unprintable(name: str, field: Field, title: str) -> Iterator[tuple[str, Unprintable]]:
    for key, inner in field.fields.items():
        if why := unprintable(f"{name}.{key}", inner, title):
            yield f"{name}.{key}", why
        yield from _unprintable(f"{name}.{key}", inner, title)


def force_record(described: Field, force: Force, outcome: Outcome) -> Record:
    """`force`: every fact that `described` knows, as this letter says it; None where it has been left out."""
    written = {**force.written, **{name: text for name, text in outcome.written.items() if _top(name) in outcome.facts}}
    facts = {"slug": force.slug, **force.facts, **outcome.facts}
    return _Facts(written).record("force", described, facts)


def _top(name: str) -> str:
    return name.partition(".")[0]


def letter_record(letter_type: LetterType, outcome: Outcome) -> Record:
    """`letter`: what the type says, or this one letter."""
    day = outcome.date or letter_type.date
    return Record(
        "letter",
        {
            "title": letter_type.title,
            "date": Day(day.isoformat()) if day else None,
            "salutation": outcome.salutation or letter_type.salutation,
            "copied_to": outcome.copied_to,
            "signatory": _signatory(letter_type),
            "contact": Record("letter.contact", dict(letter_type.contact)),
        },
    )


def own_values(letter_type: LetterType, described: Field, force: Force, outcome: Outcome) -> dict[str, str]:
    """The data of a force that a letter may say, by its name: names and titles, and the answers in open fields.

    Not Markdown, and not the answers in closed fields, which the wording puts into words.
    """
    facts = {**force.facts, **outcome.facts}
    found = {**dict(_texts(facts, described)), **dict(_texts(outcome.answers, letter_type.outcome))}
    return {key: text for key, text in found.items() if SHORTEST_VALUE <= len(text) <= LONGEST_VALUE}


#: Shorter ones are in many words, and longer ones are prose; in characters.
SHORTEST_VALUE, LONGEST_VALUE = 3, 100


def _texts(data: Mapping[str, object], field: Field, around: str = "") -> Iterator[tuple[str, str]]:
    """The texts in `data`, which answers `field`, by name, less the answers that are listed."""
    for key, value in data.items():
        inner = field.at((key,))
        if isinstance(value, str) and not inner.is_answer(value):
            yield f"{around}{key}", value
        elif isinstance(value, Mapping):
            yield from _texts(value, inner, f"{around}{key}.")


def outcome_record(letter_type: LetterType, outcome: Outcome) -> Record:
    """`outcome`: every field that the schema knows; None where it has been left out."""
    return _Facts(outcome.written).record("outcome", letter_type.outcome, outcome.answers)


@dataclass(frozen=True)
class _Facts:
    """Makes facts of data: `written` is how its numbers were typed, by their names."""

    written: Mapping[str, str]

    def record(self, name: str, field: Field, data: Mapping[str, object]) -> Record:
        keys = dict.fromkeys([*(key for one in field.each_kind() for key in one.fields), *data])
        return Record(name, {key: self.fact(f"{name}.{key}", field.at((key,)), data.get(key)) for key in keys})

    def fact(self, name: str, field: Field, value: object) -> object:
        field = field.of(value)
        own = name.partition(".")[2]
        if isinstance(value, Mapping):
            return self.record(name, field, value)
        if isinstance(value, list):
            return [self.fact(f"{name}.{number}", field.at((number,)), item) for number, item in enumerate(value)]
        if isinstance(value, str) and field.kind is FieldKind.MARKDOWN:
            return MarkdownText(value.strip(), name)
        answer = as_answer(value, field)
        if answer is value and isinstance(value, int | float) and not isinstance(value, bool):
            return as_figure(value, self.written.get(own), whole=field.says.get("type") == "integer")
        return answer
