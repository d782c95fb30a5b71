"""Facts that are asked of everybody who fills a file in, and that no letter says and no template asks for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from letters.compose import Composer
from letters.compose.named import Named, named
from letters.problems import Code, Place, Problem, Severity
from letters.proof.places import Places
from letters.proof.rules import named_fields
from letters.workspace.fields import Field
from letters.workspace.model import LetterType
from letters.workspace.outcome import as_list, as_mapping
from letters.workspace.raw import load_yaml
from letters.workspace.recipient import Recipient
from letters.workspace.source import RECIPIENT, Source

_Way = tuple[str, ...]
#: Facts of a recipient by which letters are sent, whatever they say.
_FOR_SENDING = frozenset({"name", "address", "email"})


def unused_fields(
    source: Source, composer: Composer, letter_type: LetterType, told: Collection[Place]
) -> Iterator[Problem]:
    """A warning for each field of a type's outcome that none of its templates, rules and groups names.

    `told`: the places at which it is said already that nothing is told.
    """
    known = _named(composer, letter_type.editions)
    rules = as_list(letter_type.schema.get("allOf"))
    conditions = [*(group.when for group in letter_type.groups), *(as_mapping(rule).get("if") for rule in rules)]
    names = frozenset(letter_type.fields)
    asked = {name for condition in conditions for name in named_fields(condition, names)}
    places = Places(source, letter_type)
    for way, field in _unnamed(letter_type.outcome, known, "outcome"):
        if way[0] not in asked and (place := places.described(field)) not in told:
            hint = (
                "print it in letter.md or verdict.md, or take it out of outcome.yaml; who found it goes into `notes:`"
            )
            yield _unused(field, place, hint)


def unused_facts(
    source: Source, composer: Composer, recipient: Recipient, types: Iterable[LetterType]
) -> Iterator[Problem]:
    """A warning for each open fact that recipient.yaml requires and none of all the letter types names."""
    if RECIPIENT not in source:
        return
    raw = load_yaml(source, RECIPIENT)
    known = _named(composer, [edition for one in types for edition in one.editions])
    for way, field in _unnamed(recipient.facts, known, "force"):
        if _is_for_letters(way, field):
            hint = f"print it, `{{{{ force.{'.'.join(way)} }}}}`, or take it out of `required:`"
            yield _unused(field, raw.place(field.way, key=True), hint)


def _is_for_letters(way: _Way, field: Field) -> bool:
    """Whether a fact is asked of all, and neither for sending nor for counting, as one of some answers is."""
    return field.required and not field.is_closed and way[0] not in _FOR_SENDING and not way[-1].endswith("_cy")


def _named(composer: Composer, types: Iterable[LetterType]) -> Named:
    return named(dict.fromkeys(text for one in types for text in composer.texts(one)))


def _unnamed(field: Field, known: Named, root: str, around: _Way = ()) -> Iterator[tuple[_Way, Field]]:
    """The fields inside one that are not named, each with its way; of one that is not, none inside it."""
    for one in field.each_kind():
        for name, inner in one.fields.items():
            way = (*around, name)
            if not known.has(root, way):
                yield way, inner
            else:
                yield from _unnamed(inner, known, root, way)
        if one.item:
            yield from _unnamed(one.item, known, root, around)


def _unused(field: Field, place: Place, hint: str) -> Problem:
    is_asked = "every file must give it, and no" if field.required else "no"
    message = f"nobody is told {field.name!r}: {is_asked} template prints it or asks for it"
    return Problem(Code.UNUSED_FACT, message, place, hint, Severity.WARNING)
