"""A review as lines for a terminal, each change once, and as data for `--json`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from letters.letter import LetterKey
from letters.letter.compared import BREAK, Op, Piece
from letters.problems import plural
from letters.review.compare.changes import ChangeKind, Difference, Group, Occurrence, Review
from letters.review.compare.content import FOOT, counted
from letters.review.marks.decisions import State, group_id
from letters.review.marks.standing import Standing

#: Words that stay the same are shown so many around a change, where they do not begin or end their sentence sooner.
CONTEXT = 14
#: Of the places of one group in one letter so many are shown, where not all are asked for.
PLACES = 3
#: So many letters are named in a group, where not all are asked for.
NAMED = 60

_NO_WORDS = "no change in the words"
_MARKS = {Op.SAME: ("", ""), Op.REMOVED: ("[-", "-]"), Op.ADDED: ("{+", "+}")}


def lines(review: Review, width: int = 80, *, verbose: bool = False, standing: Standing | None = None) -> Iterator[str]:
    """Each group once, with its words and its letters, and who read it; texts no wider than `width` characters."""
    yield _headline(review)
    for found in review.groups:
        yield ""
        yield f"{found.number:>2}. {_title(found)}"
        places = list(_places(found))
        for occurrence in places if verbose else places[:PLACES]:
            yield from (f"    {line}" for line in _wrapped(occurrence.pieces, width - 4))
        if len(places) > PLACES and not verbose:
            yield f"    … and in {plural(len(places) - PLACES, 'more place', 'more places')} of this letter"
        for cause in found.causes:
            yield f"    from {cause}"
        if standing and (readers := standing.read_by(found)):
            yield f"    read by {', '.join(readers)}{_where_read(found, standing)}"
        yield from _wrap_names(_letters(found, review, verbose=verbose), width)
    if review.groups:
        yield ""
    for note in review.notes:
        yield f"note: {note}"


def _where_read(found: Group, standing: Standing) -> str:
    unread = len(standing.unread(found))
    every = len(found.letters)
    return f" in {every - unread} of {plural(every, 'letter', 'letters')}" if unread else ""


def state_line(review: Review, standing: Standing) -> str:
    """How many changes are read, queried and to do; nothing where nobody read or asked anything."""
    counts = standing.tally(review.groups)
    if not counts[State.READ] and not counts[State.QUERIED]:
        return ""
    said = ", ".join(f"{counts[state]} {state}" for state in (State.READ, State.QUERIED, State.TO_DO))
    return f"{plural(len(review.groups), 'change', 'changes')}: {said}"


def stale_lines(keys: Sequence[LetterKey], width: int = 80) -> Iterator[str]:
    """That the Welsh of some letters is stale, each force named once; nothing where that of none is."""
    for type_name in dict.fromkeys(key.type for key in keys):
        names = list(dict.fromkeys(key.slug for key in keys if key.type == type_name))
        yield f"its Welsh is stale, {type_name}:"
        yield from _wrap_names([*names[:NAMED], *([f"{len(names) - NAMED} more"] if len(names) > NAMED else [])], width)


def stat_lines(review: Review) -> Iterator[str]:
    """How many changes of which kind, group by group and letter by letter."""
    yield _headline(review)
    yield from (f"{found.number:>2}. {_title(found)}" for found in review.groups)
    for difference in review.changed:
        yield f"    {_name(difference.key, review):<24} {difference.verdict}"
    for note in review.notes:
        yield f"note: {note}"


def summary(review: Review, following: str, *, would: bool = False) -> str:
    """The last line: how many letters, in how many ways, and what to do next."""
    total, changed, ways = len(review.differences), len(review.changed), len(review.groups)
    if not changed:
        nothing = f"{_NO_WORDS}, not all was compared" if review.not_compared else "nothing changed"
        nothing = nothing if total else "nothing was compared"
        return f"{plural(total, 'letter', 'letters')}: {nothing}. Next: {following}"
    verb = "would change" if would else "changed"
    of_all = f"{changed} of {plural(total, 'letter', 'letters')}"
    return f"{of_all} {verb}, in {plural(ways, 'way', 'ways')}. Next: {following}"


def _headline(review: Review) -> str:
    if not review.differences:
        return f"no letter was compared with {review.against}"
    changes = plural(len(review.groups), "change") if review.groups else "no change"
    letters = len(review.changed) if review.groups else len(review.differences)
    if file := _compared_file(review):
        said = f"{changes} from {review.against} to {file}"
    else:
        said = f"{changes} in {plural(letters, 'letter', 'letters')}, against {review.against}"
    if not review.not_compared:
        return said
    # "No change", and no more, is a promise that all of both was looked at.
    rest = f"not compared: {counted(review.not_compared)}"
    return f"{said}; {rest}" if review.groups else f"{said.replace(changes, '', 1).strip()}: {_NO_WORDS}; {rest}"


def _compared_file(review: Review) -> str:
    """The name of the file after, where two files are compared; else nothing."""
    keys = [difference.key for difference in review.differences]
    return Path(keys[0][1]).name if len(keys) == 1 and not keys[0][0] else ""


def _title(found: Group) -> str:
    if found.kind is ChangeKind.LETTER:
        return f"{found.title}: {len(found.letters)}"
    is_file = not found.letters[0][0]
    letters = "" if is_file else f"in {plural(len(found.letters), 'letter', 'letters')}: "
    is_read = found.kind is ChangeKind.FACTS and found.title.startswith(FOOT)  # on each page
    return f"{letters}{'' if is_read else _KINDS.get(found.kind, f'{found.kind}, ')}{found.title}"


#: What stands before the title of a change; of other kinds their name.
_KINDS = {ChangeKind.WORDS: "", ChangeKind.LOOK: "", ChangeKind.STAGE: "stage: ", ChangeKind.EDITED: "edited in Word: "}


def _places(found: Group) -> Iterator[Occurrence]:
    """The places of a group in the first letter that it is in."""
    for occurrence in found.occurrences:
        if occurrence.key == found.letters[0] and occurrence.pieces:
            yield occurrence


def _letters(found: Group, review: Review, *, verbose: bool) -> list[str]:
    """The letters of a group by name; all letters of a type in one word."""
    names: list[str] = []
    if _compared_file(review):
        return names
    for type_name in dict.fromkeys(key.type for key in found.letters):
        own = [key for key in found.letters if key.type == type_name]
        every = [difference for difference in review.differences if difference.key.type == type_name]
        if len(own) == len(every) > 1 and not verbose:
            names.append(f"all {len(own)} letters of {type_name}")
        else:
            named = own if verbose else own[:NAMED]
            names += [_name(key, review) for key in named]
            names += [f"{len(own) - len(named)} more"] if len(named) < len(own) else []
    return names


def _name(key: LetterKey, review: Review) -> str:
    """A letter by its force, with its type where the force has several letters here."""
    several = sum(difference.key.name == key.name for difference in review.differences) > 1
    return f"{key.name} ({key.type})" if several else key.name


def _wrap_names(names: Sequence[str], width: int) -> Iterator[str]:
    line = "   "
    for number, name in enumerate(names):
        said = f" {name}{',' if number + 1 < len(names) else ''}"
        if len(line) + len(said) > width and line.strip():
            yield line
            line = "   "
        line += said
    if line.strip():
        yield line


# -- words, with what was removed [-like this-] and what was added {+like this+}


def _wrapped(pieces: Sequence[Piece], width: int) -> Iterator[str]:
    """Pieces as lines; a mark that goes on in the next line is closed and opened again."""
    line: list[Piece] = []
    for op, word in _words(pieces):
        if line and len(_marked([*line, Piece(op, word)])) > width:
            yield _marked(line)
            line = []
        line.append(Piece(op, word))
    if line:
        yield _marked(line)


def _words(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for number, (op, text) in enumerate(pieces):
        if op is Op.MOVED:
            yield Piece(Op.SAME, "(moved) ")
            continue
        shown = text.replace(BREAK, " ¶ ") if op != Op.SAME else text.replace(BREAK, " ")
        if op == Op.SAME:
            shown = _near(shown, first=number == 0, last=number == len(pieces) - 1)
        yield from (Piece(op, word) for word in re.findall(r"\S+\s*|\s+", shown))


def _near(text: str, *, first: bool, last: bool) -> str:
    """The words of a text that are near a change: at its end if it is the first piece, at its beginning if the last."""
    words = re.findall(r"\S+\s*|\s+", text)
    if first and last:
        return text
    head = [] if first else words[:CONTEXT]
    tail = [] if last else words[max(len(words) - CONTEXT, len(head)) :]
    if len(words) < len(head) + len(tail) + CONTEXT:
        return text
    return "".join([*head, "… ", *tail])


def _marked(line: Sequence[Piece]) -> str:
    """A line with its marks around each stretch of words of one kind."""
    said = ""
    number = 0
    while number < len(line):
        op, end = line[number][0], number
        while end < len(line) and line[end][0] == op:
            end += 1
        text = "".join(word for _, word in line[number:end])
        opens, closes = _MARKS[op]
        shown = text.rstrip()
        said += f"{opens}{shown}{closes}{text[len(shown) :]}" if shown else text
        number = end
    return said.rstrip()


# -- data


def data(review: Review, standing: Standing | None = None, stale: Iterable[LetterKey] = ()) -> dict[str, object]:
    """A review for `--json`: its groups, what became of each, and each changed letter with all of its changes.

    `not compared`: what nobody looked at, counted by its name; where that is empty, all was. `stale`: the letters of
    which the Welsh is.
    """
    known = standing or Standing()
    kinds = Counter(found.kind.value for found in review.groups)
    return {
        "against": review.against,
        "letters": {"compared": len(review.differences), "changed": len(review.changed)},
        "kinds": {kind.value: kinds[kind.value] for kind in ChangeKind},
        "states": {state.value: count for state, count in known.tally(review.groups).items()},
        "groups": [_group_data(found, known) for found in review.groups],
        "changed": [_letter_data(difference) for difference in review.changed],
        "not compared": dict(review.not_compared),
        "welsh_is_stale": [_key_data(key) for key in stale],
        "notes": list(review.notes),
    }


def _group_data(found: Group, standing: Standing) -> dict[str, object]:
    return {
        "number": found.number,
        "id": group_id(found),
        "state": standing.state_of(found).value,
        "read by": list(standing.read_by(found)),
        "kind": found.kind.value,
        "title": found.title,
        "letters": [_key_data(key) for key in found.letters],
        "causes": [{"file": cause.path, "line": cause.line or None, "name": cause.name} for cause in found.causes],
        "places": [
            {**_key_data(one.key), "part": one.part, "pieces": _pieces_data(one.pieces)} for one in found.occurrences
        ],
    }


def _letter_data(difference: Difference) -> dict[str, object]:
    return {
        **_key_data(difference.key),
        "verdict": difference.verdict,
        "counts": {kind.value: count for kind, count in difference.counts.items()},
        "stage": [{"before": one.old, "after": one.new} for one in difference.stage],
        "words": _words_data(difference),
        "edited in Word": _edited_data(difference.in_word) if difference.in_word else {},
        "formatting": [
            {"what": change.what, "part": change.part, "text": change.text, "before": change.old, "after": change.new}
            for change in difference.formatting
        ],
        "hidden facts": [
            {"fact": fact.name, "about": fact.about, "before": fact.old, "after": fact.new, "follows": fact.follows}
            for fact in difference.facts
            if fact not in difference.stage
        ],
        "not compared": dict(difference.not_compared),
        "look": [{"form": one.format, "file": one.path, "what": one.what} for one in difference.look],
        "layout": [
            {"what": change.what.value, "page": change.page, "before": change.old, "after": change.new}
            for change in difference.layout
        ],
    }


def _words_data(difference: Difference) -> list[dict[str, object]]:
    return [
        {
            "how": change.how.value,
            "part": change.part,
            "before": list(change.before),
            "after": list(change.after),
            "pieces": _pieces_data(change.pieces),
        }
        for change in difference.words
    ]


def _edited_data(inside: Difference) -> dict[str, object]:
    data = _letter_data(inside)
    return {name: data[name] for name in ("stage", "words", "formatting", "hidden facts")}


def _key_data(key: LetterKey) -> Mapping[str, str]:
    return {"type": key.type, "force": key.slug, "language": key.language}


def _pieces_data(pieces: Iterable[Piece]) -> list[dict[str, str]]:
    return [{op.value: text} for op, text in pieces]
