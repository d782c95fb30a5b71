"""The changes of many letters as groups: the same change is read once, whichever letters it is in.

The groups hold every changed word of every letter, each once: `prove` counts them at every run.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from letters.letter import BODY, LetterKey
from letters.letter.compared import Op, Piece
from letters.review.compare.changes import (
    ELSE,
    MOST_CAUSES,
    Cause,
    ChangeKind,
    Difference,
    FactChange,
    Group,
    LayoutChange,
    Moved,
    Occurrence,
)
from letters.review.compare.content import CELL, COLUMN_HEADING, PARAGRAPH
from letters.review.compare.letters import Unequal
from letters.review.compare.passages import Change, How
from letters.review.groups.hunks import Hunk, Said, general, hunks_of
from letters.review.groups.stages import told
from letters.review.marks.identity import Places, apart, of_edit, of_fact, of_formatting, of_layout, of_letter, of_look

#: Words of no more characters than this are told in the title of their group.
SHORT = 40
#: So many words tell which passage a title is about.
BEGINNING = 4


def group(
    differences: Sequence[Difference], trace: Callable[[Sequence[Difference], Group], tuple[Cause, ...]]
) -> tuple[Group, ...]:
    """All changes of some letters as groups, numbered from 1: words first, the most letters first.

    `trace` gives the causes of a group, which it is given with its letters.
    Raises Unequal if a word were lost.
    """
    by_key = {difference.key: difference for difference in differences}
    groups = [*_whole_letters(differences), *_stages(differences), *_words(differences), *_formatting(differences)]
    groups += [*_facts(differences), *_layout(differences), *_looks(differences)]
    traced = (
        replace(found, causes=found.causes or trace([by_key[key] for key in found.letters], found)) for found in groups
    )
    merged = [*_merged(traced), *_edited(differences)]
    order = sorted(merged, key=lambda found: (_ORDER.index(found.kind), -len(found.letters), found.letters))
    numbered = tuple(replace(found, number=number) for number, found in enumerate(order, 1))
    prove(differences, numbered)
    return numbered


_ORDER = [
    *(ChangeKind.STAGE, ChangeKind.LETTER, ChangeKind.WORDS, ChangeKind.EDITED),
    *(ChangeKind.FORMATTING, ChangeKind.LOOK, ChangeKind.FACTS, ChangeKind.LAYOUT),
]


def prove(differences: Iterable[Difference], groups: Iterable[Group]) -> None:
    """That the groups hold every changed word of every letter once. Raises Unequal."""
    changed: Counter[tuple[LetterKey, int, str, str]] = Counter()
    for difference in differences:
        for number, change in enumerate(difference.words):
            changed.update((difference.key, number, op, text) for op, text in _marked(_as_told(change)))
    told: Counter[tuple[LetterKey, int, str, str]] = Counter()
    for found in groups:
        for occurrence in found.occurrences:
            if found.kind is ChangeKind.WORDS:
                told.update((occurrence.key, occurrence.change, op, text) for op, text in _marked(occurrence.pieces))
    if changed != told:
        lost, more = changed - told, told - changed
        raise Unequal(f"the groups do not hold each changed word once: {[*lost, *more][:3]}")


def _marked(pieces: Iterable[Piece]) -> Iterator[Piece]:
    return (piece for piece in pieces if piece.op is not Op.SAME)


# -- words


def _words(differences: Sequence[Difference]) -> Iterator[Group]:
    hunks = [hunk for difference in differences for hunk in hunks_of(difference)]
    by_key = {difference.key: difference for difference in differences}
    together = _together(hunks)
    groups: defaultdict[Said, list[Hunk]] = defaultdict(list)
    for hunk in hunks:
        groups[together[hunk.said]].append(hunk)
    for found in groups.values():
        places: defaultdict[tuple[LetterKey, int], list[Hunk]] = defaultdict(list)
        for hunk in found:
            places[hunk.key, hunk.number].append(hunk)
        occurrences = tuple(_occurrence(by_key[key], number, inside) for (key, number), inside in places.items())
        yield Group(ChangeKind.WORDS, _title(by_key[found[0].key], occurrences), occurrences)


def _together(hunks: Sequence[Hunk]) -> dict[Said, Said]:
    """What each hunk is told with: hunks of one place that are in the same letters are one change."""
    letters: defaultdict[Said, Counter[LetterKey]] = defaultdict(Counter)
    places: defaultdict[tuple[LetterKey, int], list[Said]] = defaultdict(list)
    for hunk in hunks:
        letters[hunk.said][hunk.key] += 1
        places[hunk.key, hunk.place].append(hunk.said)
    leader = {said: said for said in letters}

    def lead(said: Said) -> Said:
        while leader[said] != said:
            said = leader[said]
        return said

    for said in places.values():
        for one in said[1:]:
            if letters[one].keys() == letters[said[0]].keys():
                leader[lead(one)] = lead(said[0])
            for other in said:
                if letters[one].keys() == letters[other].keys():
                    leader[lead(one)] = lead(other)
                    break
    return {said: lead(said) for said in letters}


def _occurrence(difference: Difference, number: int, hunks: Sequence[Hunk]) -> Occurrence:
    """A passage in which only these hunks are marked; what others add stands in it, what others remove does not."""
    change = difference.words[number]
    known = tuple(hunk.identity for hunk in hunks)
    if change.how is How.MOVED:
        return Occurrence(difference.key, change.part, _as_told(change), number, identities=known)
    inside = {piece for hunk in hunks for piece in range(*hunk.pieces)}
    pieces: list[Piece] = []
    for at, piece in enumerate(change.pieces):
        op = piece.op if at in inside else Op.SAME
        if at not in inside and piece.op is Op.REMOVED:
            continue
        if pieces and op is Op.SAME and pieces[-1].op is Op.SAME:
            pieces[-1] = Piece(Op.SAME, pieces[-1].text + piece.text)
        else:
            pieces.append(Piece(op, piece.text))
    return Occurrence(difference.key, change.part, tuple(pieces), number, identities=known)


def _as_told(change: Change) -> tuple[Piece, ...]:
    return (Piece(Op.MOVED, ""), *change.pieces) if change.how is How.MOVED else change.pieces


def _title(difference: Difference, occurrences: Sequence[Occurrence]) -> str:
    """What became of what; `difference`: of the letter of the first place."""
    parts = sorted({occurrence.part for occurrence in occurrences})
    where = parts[0].replace("-", " ") if len(parts) == 1 else f"{len(parts)} parts"
    places = [occurrence for occurrence in occurrences if occurrence.key == difference.key]
    changes = [difference.words[place.change] for place in places]
    quoted = {_quoted(place) for place in places}
    if changes[0].how is How.CHANGED and len(quoted) == 1 and any(quoted):
        return f"{where}: {quoted.pop()}"
    if changes[0].how is How.CHANGED and len(changes) == 1:
        return f"{where}: words changed in “{_beginning(changes[0].added)}”"
    names = {_name(difference, change) for change in changes}
    name = names.pop() if len(names) == 1 else "passage"
    several = len(changes) > 1 and changes[0].how is not How.CHANGED and len(parts) == 1
    return f"{where}: {_TITLES[changes[0].how].format(f'{len(changes)} {name}s' if several else name)}"


def _beginning(text: str) -> str:
    words = text.split()
    return " ".join(words[:BEGINNING]) + (" …" if len(words) > BEGINNING else "")


def _quoted(occurrence: Occurrence) -> str:
    """The words of a change that is one short stretch of them, or nothing."""
    marked = [(op, text.strip()) for op, text in occurrence.pieces if op != Op.SAME]
    said = dict(marked)
    if len(said) < len(marked) or not all(0 < len(text) <= SHORT for text in said.values()):
        return ""
    gone, come = said.get(Op.REMOVED), said.get(Op.ADDED)
    if gone and come:
        return f"“{gone}” → “{come}”"
    return f"without “{gone}”" if gone else f"with “{come}”"


def _name(difference: Difference, change: Change) -> str:
    """What a changed passage is, for a person."""
    if change.part != BODY:
        return "line"
    side, number = (difference.after, change.after[0]) if change.added else (difference.before, change.before[0])
    style = side.passages[number].style if side else PARAGRAPH
    if style in (COLUMN_HEADING, CELL):
        return CELL.name
    return "heading" if style.name.startswith("heading") else PARAGRAPH.name


_TITLES: Mapping[How, str] = {
    How.CHANGED: "words changed",
    How.ADDED: "{} added",
    How.REMOVED: "{} removed",
    How.MOVED: "{} moved",
    How.SPLIT: "{} split",
    How.JOINED: "{} joined",
}


# -- all else


def _whole_letters(differences: Sequence[Difference]) -> Iterator[Group]:
    added = [difference for difference in differences if difference.before is None]
    removed = [difference for difference in differences if difference.after is None]
    for title, found in (("letters added", added), ("letters removed", removed)):
        if found:
            one = title.replace("letters", "letter") if len(found) == 1 else title
            known = ((difference.key, of_letter(difference)) for difference in found)
            yield Group(ChangeKind.LETTER, one, tuple(Occurrence(key, "", (), identities=(one,)) for key, one in known))


def _stages(differences: Sequence[Difference]) -> Iterator[Group]:
    found: defaultdict[str, list[Occurrence]] = defaultdict(list)
    for difference in differences:
        for change in difference.stage:
            own = Occurrence(
                difference.key, "", tuple(_fact_pieces(change)), identities=(of_fact(difference.key, change),)
            )
            found[told(difference, change)].append(own)
    for title, occurrences in found.items():
        yield Group(ChangeKind.STAGE, title, tuple(occurrences))


def _formatting(differences: Sequence[Difference]) -> Iterator[Group]:
    found: defaultdict[tuple[str, ...], list[Occurrence]] = defaultdict(list)
    for difference, values in _both(differences):
        places = Places(difference)
        known = apart(of_formatting(difference, places, change) for change in difference.formatting)
        for change, identity in zip(difference.formatting, known, strict=True):
            said = (difference.key.language, change.what, general(change.text, values), change.old, change.new)
            pieces = Piece(Op.SAME, change.text), Piece(Op.REMOVED, change.old), Piece(Op.ADDED, change.new)
            own = Occurrence(difference.key, change.part, pieces, -1, change.after_passage, (identity,))
            found[said].append(own)
    for (_, what, *_), occurrences in found.items():
        yield Group(ChangeKind.FORMATTING, what, tuple(occurrences))


def _facts(differences: Sequence[Difference]) -> Iterator[Group]:
    found: defaultdict[tuple[str | None, ...], list[Occurrence]] = defaultdict(list)
    for difference, values in _both(differences):
        facts = [fact for fact in difference.facts if not fact.follows and fact not in difference.stage]
        known = apart(of_fact(difference.key, fact) for fact in facts)
        for fact, identity in zip(facts, known, strict=True):
            own = Occurrence(difference.key, "", tuple(_fact_pieces(fact)), identities=(identity,))
            found[(difference.key.language, *_fact_said(fact, values))].append(own)
    for (_, name, *_), occurrences in found.items():
        yield Group(ChangeKind.FACTS, str(name), tuple(occurrences))


def _fact_said(fact: FactChange, values: Mapping[str, str]) -> tuple[str | None, ...]:
    old, new = (None if text is None else general(text, values) for text in (fact.old, fact.new))
    if old == new:
        old, new = fact.old, fact.new
    return fact.name, general(fact.about, values), old, new


def _fact_pieces(fact: FactChange) -> Iterator[Piece]:
    if fact.about:
        yield Piece(Op.SAME, f"{fact.about}: ")
    if fact.old is not None:
        yield Piece(Op.REMOVED, fact.old)
    if fact.new is not None:
        yield Piece(Op.ADDED, fact.new)


def _layout(differences: Sequence[Difference]) -> Iterator[Group]:
    found: defaultdict[tuple[str, str, str], list[Occurrence]] = defaultdict(list)
    for difference, values in _both(differences):
        known = apart(of_layout(difference.key, change) for change in difference.layout)
        for change, identity in zip(difference.layout, known, strict=True):
            texts = general(change.old, values), general(change.new, values)
            # How far passages stand elsewhere is another in each letter, and the cause the same.
            said = (change.what.value, *(("", "") if change.what is Moved.PLACE else texts))
            pieces = tuple(_layout_pieces(change))
            found[said].append(Occurrence(difference.key, f"page {change.page}", pieces, identities=(identity,)))
    for (what, *_), occurrences in found.items():
        yield Group(ChangeKind.LAYOUT, what, tuple(occurrences))


def _layout_pieces(change: LayoutChange) -> Iterator[Piece]:
    yield Piece(Op.SAME, f"page {change.page}: ")
    if change.old:
        yield Piece(Op.REMOVED, change.old)
        yield Piece(Op.ADDED, change.new)
    else:
        yield Piece(Op.SAME, change.new)


def _looks(differences: Sequence[Difference]) -> Iterator[Group]:
    found: defaultdict[str, list[Occurrence]] = defaultdict(list)
    for difference in differences:
        for format in dict.fromkeys(change.format for change in difference.look):
            what = "; ".join(change.what for change in difference.look if change.format == format)
            known = tuple(of_look(difference.key, change) for change in difference.look if change.format == format)
            found[format].append(Occurrence(difference.key, "", (Piece(Op.SAME, what),), identities=known))
    paths = {(change.format, change.path): None for difference in differences for change in difference.look}
    for format, occurrences in found.items():
        causes = tuple(Cause(path) for other, path in paths if other == format)[:MOST_CAUSES]
        yield Group(ChangeKind.LOOK, f"the {format} look changed", tuple(occurrences), causes)


def _edited(differences: Sequence[Difference]) -> Iterator[Group]:
    """What somebody edited in Word files, each with the file as its cause."""
    inside = [difference.in_word for difference in differences if difference.in_word]
    groups = [*_stages(inside), *_words(inside), *_formatting(inside), *_facts(inside)]
    prove(inside, groups)
    files = {one.key: one.after.name for one in inside if one.after}
    for found in groups:
        is_plain = found.kind is ChangeKind.WORDS or found.title == ELSE
        title = found.title if is_plain else f"{found.kind}: {found.title}"
        causes = tuple(Cause(files[key]) for key in found.letters[:MOST_CAUSES])
        places = tuple(
            replace(one, identities=tuple(of_edit(one.key, known) for known in one.identities))
            for one in found.occurrences
        )
        yield replace(found, kind=ChangeKind.EDITED, title=title, occurrences=places, causes=causes)


def _both(differences: Sequence[Difference]) -> Iterator[tuple[Difference, Mapping[str, str]]]:
    for difference in differences:
        if difference.before is not None and difference.after is not None:
            yield difference, {**difference.before.values, **difference.after.values}


def _merged(groups: Iterable[Group]) -> list[Group]:
    """Groups of words that one answer in one force's file brought about are one change of that letter."""
    merged: dict[object, Group] = {}
    for number, found in enumerate(groups):
        own = found.kind is ChangeKind.WORDS and len(found.letters) == 1 and len(found.causes) == 1
        same = (found.letters, found.causes) if own and found.causes[0].path.startswith("forces/") else number
        if same in merged:
            first = merged[same]
            both = (*first.occurrences, *found.occurrences)
            found = replace(first, occurrences=both, title=_replaced(both) or first.title)
        merged[same] = found
    return list(merged.values())


def _replaced(occurrences: Sequence[Occurrence]) -> str:
    """The title where one short passage came in the place of another, such as a cell of a table; else nothing."""
    said = dict(piece for place in occurrences for piece in place.pieces)
    is_one_each = len(occurrences) == 2 and all(len(place.pieces) == 1 for place in occurrences)
    if not (is_one_each and said.keys() == {Op.REMOVED, Op.ADDED} and max(map(len, said.values())) <= SHORT):
        return ""
    part = occurrences[0].part.replace("-", " ")
    return f"{part}: “{said[Op.REMOVED]}” → “{said[Op.ADDED]}”"
