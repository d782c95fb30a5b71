"""Which style sheet a change of layout comes from, and what it sets otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from letters.render.agreement import Difference, sheet_changes
from letters.review.compare.changes import MOST_CAUSES, Cause, Group, Moved
from letters.review.compare.changes import Difference as Changed
from letters.review.compare.content import LETTERHEAD
from letters.review.groups.origins import bytes_of
from letters.workspace.looks.aspects import value_said
from letters.workspace.looks.sheet import sheet_problems
from letters.workspace.source import Source

#: So many aspects of styles are named.
_NAMED = 4


def sheet_causes(letters: Sequence[Changed], found: Group, before: Source, after: Source) -> tuple[Cause, ...]:
    """The style sheets that a change of layout comes from; none where changed words may have moved what is below."""
    if found.title != Moved.LOOKS and any(letter.words or letter.facts for letter in letters):
        return ()
    causes = dict.fromkeys(cause for letter in letters for cause in _of_letter(letter, before, after))
    return tuple(causes)[:MOST_CAUSES]


def _of_letter(letter: Changed, before: Source, after: Source) -> Iterator[Cause]:
    names = {
        next((fact.value for fact in content.facts if fact.name == LETTERHEAD), "") if content else ""
        for content in (letter.before, letter.after)
    }
    if len(names) != 1 or "" in names:
        return
    folder = f"templates/letterheads/{names.pop()}"
    path = f"{folder}/letter.css"
    old, new = (bytes_of(side, path).decode("utf-8", "replace") for side in (before, after))
    if old == new or any(sheet_problems(path, css) for css in (old, new)):
        return
    if changes := sheet_changes(old, new, bytes_of(after, f"{folder}/styles.docx")):
        nodes = [one.sheet.node for _, one in changes if one.sheet.node]
        yield Cause(path, min((node.source_line for node in nodes), default=0), _in_words(changes))


def _in_words(changes: Sequence[tuple[Difference, Difference]]) -> str:
    said: dict[str, list[str]] = {}
    for old, new in changes[:_NAMED]:
        values = (value_said(one.aspect, one.sheet.value) for one in (old, new))
        said.setdefault(new.style, []).append(f"{new.aspect} {' → '.join(values)}")
    more = f"; and {len(changes) - _NAMED} more" if len(changes) > _NAMED else ""
    return "; ".join(f"{style}: {', '.join(values)}" for style, values in said.items()) + more
