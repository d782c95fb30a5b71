"""Addresses that two of those who get letters have: what was found for one of them might be sent to the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from letters.letter.names import MAIL
from letters.problems import Code, Problem, Severity, quoted
from letters.workspace.model import Force, Word
from letters.workspace.raw import KeyPath, PlaceOf

#: Who gets a copy may be the same for many.
_COPIES = ("cc", "bcc", "copy", "copies", "copied_to")


def same_addresses(
    forces: Mapping[str, tuple[Force, PlaceOf]], word: Word, is_accepted: Callable[[str], bool]
) -> Iterator[Problem]:
    """A warning in each file whose address of mail, or of post, another has too; of several it names the first.

    `forces`: by slug, with the places of their values. `is_accepted`: whether somebody said that an address is shared.
    """
    having: dict[str, list[tuple[str, KeyPath, str]]] = {}
    for slug, (force, _) in sorted(forces.items()):
        for way, text in _addresses(force.facts):
            having.setdefault(_folded(text), []).append((slug, way, text))
    for found in having.values():
        slugs = dict.fromkeys(slug for slug, _, _ in found)
        if len(slugs) > 1 and not is_accepted(found[0][2]):
            for slug in slugs:
                yield _told(forces, word, found, slug)


def _told(
    forces: Mapping[str, tuple[Force, PlaceOf]], word: Word, found: list[tuple[str, KeyPath, str]], slug: str
) -> Problem:
    way, text = next((way, text) for one, way, text in found if one == slug)
    others = {one: forces[one][1](other) for one, other, _ in found if one != slug}
    first, *more = others.values()
    also = f" and {len(more)} more" if more else ""
    where = f"{first.path}:{first.line}{also}"
    message = f"{quoted(text)} is also the address in {where}: letters to two {word.many} would go there"
    shown = " ".join(text.split())
    hint = f"mend the one that is wrong; if they share it, put {shown!r} on a line of templates/words.txt"
    return Problem(Code.SAME_ADDRESS, message, forces[slug][1](way), hint, Severity.WARNING)


def _addresses(value: object, way: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """The addresses among facts: each text that is one of mail, and what a key called so has of post."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key not in _COPIES:
                yield from _addresses(inner, (*way, str(key)))
    elif isinstance(value, list):
        if _is_post(way) and value and all(isinstance(line, str) and not MAIL.fullmatch(line) for line in value):
            yield way, ", ".join(value)
        else:
            for number, inner in enumerate(value):
                yield from _addresses(inner, (*way, number))
    elif isinstance(value, str) and value.strip() and (MAIL.fullmatch(value.strip()) or _is_post(way)):
        yield way, value.strip()


def _is_post(way: KeyPath) -> bool:
    return str(way[-1]).casefold() in ("address", "postal_address", "post")


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace(",", " ").split())
