"""Offices and bodies of somebody else in a letter, such as the Chief Constable of Surrey in one to Kent Police."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from letters.compose.trace import TracedBlock
from letters.problems import Code, Place, Problem, Severity
from letters.proof.finished import is_on_purpose
from letters.proof.force_names import ForceNames, Mention
from letters.proof.places import Places
from letters.workspace.accepted import OR_ACCEPT, Accepted
from letters.workspace.fields import Field
from letters.workspace.forces import BODIES, area_in
from letters.workspace.model import Force, LetterType
from letters.workspace.raw import KeyPath
from letters.workspace.recipient import Recipient

#: Facts that are no offices: people have the names of places, and so have streets.
_NO_OFFICES = frozenset({"name", "address", "email", "telephone", "fax", "phone", "region"})
#: An office has at most as many words.
_MOST_WORDS = 8


class OthersOffices:
    """Knows the areas of all recipients, by their names, and what the offices are called that their files name."""

    def __init__(self, recipient: Recipient, forces: Mapping[str, Force]) -> None:
        self._described, self._word = recipient.facts, recipient.word
        self._areas = {slug: _area(force.name, recipient.behind_area) for slug, force in forces.items()}
        self._by_area = {area: forces[slug] for slug, area in self._areas.items() if area}
        self._names = ForceNames(self._by_area)
        self._full_names = ForceNames(force.name for force in forces.values())
        self._said = {slug: _said(force.facts, self._described) for slug, force in forces.items()}
        offices = {_without(text, self._areas[slug]) for slug, said in self._said.items() for text in said.values()}
        is_office = [text for text in offices if text[:1].isupper() and len(text.split()) <= _MOST_WORDS]
        either = "|".join(map(re.escape, sorted(is_office, key=len, reverse=True))) or r"(?!)"
        self._before = re.compile(rf"\b(?:{either}) (?:of|for) (?:the )?$")
        self._behind = re.compile(rf"(?:['’]s)? (?:{either})\b")

    def in_facts(self, force: Force, letter_type: LetterType, places: Places, accepted: Accepted) -> Iterator[Problem]:
        """The facts of a force, for all of its letters and for this one, that are of another's area."""
        file = f"forces/{force.slug}.yaml"
        in_letter = _said(force.letters[letter_type.name].facts, self._described)
        own: dict[KeyPath, str] = {("letters", letter_type.name, *way): text for way, text in in_letter.items()}
        for way, text in {**self._said[force.slug], **own}.items():
            area = self._areas[force.slug]
            for one in self._names.mentions(text, area):
                is_own = text == one.name or (area and area in text)
                if not (is_own or accepted.covers(text, one.start, one.end)):
                    other = self._by_area[one.name]
                    is_theirs = text in self._said[other.slug].values()
                    yield self._problem(force, one.name, text, places.value(file, way, text), is_error=is_theirs)

    def in_letter(
        self, force: Force, blocks: tuple[TracedBlock, ...], places: Places, accepted: Accepted
    ) -> Iterator[Problem]:
        """The offices of others that one finished letter names, unless a sentence is about both."""
        own, file = self._areas[force.slug], f"forces/{force.slug}.yaml"
        for block in blocks:
            found = list(self._names.mentions(block.text, own))
            named = [range(one.start, one.end) for one in self._full_names.mentions(block.text, force.name)]
            for one in found:
                start, end = self._office(block.text, one)
                if start == end or any(one.start in name for name in named):
                    continue
                words = block.text[start:end]
                typed = places.span(block.at(one.start), words)
                place = typed if typed.column else places.in_force(file, words) or typed
                is_meant = place.path == file and is_on_purpose(block, one, own or force.name, found)
                if not (is_meant or accepted.covers(block.text, start, end)):
                    yield self._problem(force, one.name, words, place, is_error=False)

    def _office(self, text: str, one: Mention) -> tuple[int, int]:
        """From where to where the office of an area is said; nothing of that where it is named alone."""
        if before := self._before.search(text[: one.start]):
            return before.start(), one.end
        behind = self._behind.match(text, one.end)
        return (one.start, behind.end()) if behind else (0, 0)

    def _problem(self, force: Force, area: str, words: str, place: Place, *, is_error: bool) -> Problem:
        other = self._by_area[area].name
        hint = f"write what is so of {force.name}; {OR_ACCEPT}"
        if is_error:
            message = f"{words!r} is of {other}, and this is the file of {force.name}"
            return Problem(Code.ANOTHER_FORCE, message, place, hint)
        message = f"{words!r} seems to be of {other}, in a letter to {force.name}"
        if not place.path.startswith("forces/"):
            message = f"{words!r} seems to be of one {self._word.one}, in letters to others"
            hint = f"write what each {self._word.one} has by {{{{ force.… }}}}; {OR_ACCEPT}"
        return Problem(Code.ANOTHER_FORCE_PERHAPS, message, place, hint, Severity.WARNING)


def other_office_problems(
    offices: OthersOffices,
    force: Force,
    letter_type: LetterType,
    blocks: tuple[TracedBlock, ...],
    places: Places,
    accepted: Accepted,
) -> Iterator[Problem]:
    """What a letter, and the facts it is made of, say of somebody else's offices, each place once."""
    told = set()
    for problem in (
        *offices.in_facts(force, letter_type, places, accepted),
        *offices.in_letter(force, blocks, places, accepted),
    ):
        where = problem.place.path, problem.place.line
        if where not in told:
            told.add(where)
            yield problem


def _area(name: str, behind_area: tuple[str, ...]) -> str:
    """The area in a name; none where that is too short, or a word for bodies, and would be met everywhere."""
    area = area_in(name, behind_area)
    is_bodies = all(word.casefold() in BODIES for word in area.split())
    return "" if is_bodies or len(area) < 4 or not area[:1].isupper() or area == name else area


def _without(text: str, area: str) -> str:
    """The office in a text such as `Police and Crime Commissioner for Kent`."""
    return re.sub(rf"\s+(?:for|of)\s+(?:the\s+)?{re.escape(area)}$", "", text) if area else text


def _said(facts: Mapping[str, object], described: Field) -> dict[KeyPath, str]:
    """The texts among facts that may be offices or bodies, by the way to them."""
    found: dict[KeyPath, str] = {}
    for key, value in facts.items():
        field = described.at((key,))
        if key in _NO_OFFICES or not field.takes_words:
            continue
        if isinstance(value, Mapping):
            found |= {(key, *way): text for way, text in _said(value, field).items()}
        elif isinstance(value, str):
            found[(key,)] = value
    return found
