"""The foot of further pages: what it can say, in a few lines that nobody can follow a link from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from letters.letter import Block, Heading, ItemList, Paragraph, Part, Picture, Quote, Run, Table, plain
from letters.problems import Code, Place, Problem

#: The part that is set at the foot of stray sheets and is not among the words.
FOOT = "foot"
#: In letters: about ten lines, which leave room for a letter above them.
_LONGEST = 1000
_MOST_LINES = 12
_WHAT = {Heading: "a heading", ItemList: "a list", Picture: "a picture", Quote: "a quotation", Table: "a table"}


def foot_problems(parts: Sequence[Part], place: Place) -> Iterator[Problem]:
    """What a letter's foot holds and no page would show. `place`: where the template has the foot."""
    blocks = [block for part in parts if part.name == FOOT for block in part.blocks]
    for what in dict.fromkeys(_WHAT[type(block)] for block in blocks if not isinstance(block, Paragraph)):
        hint = "write lines of words; put it into the letter itself if it belongs there"
        yield Problem(Code.UNFIT_FOOT, f"{what} cannot stand at the foot of a page", place, hint)
    for target in dict.fromkeys(_hidden_targets(blocks)):
        hint = f"write the address itself: {target}"
        yield Problem(Code.UNFIT_FOOT, "nobody can follow a link from the foot of a page", place, hint)
    letters = sum(len(plain(block.runs)) for block in blocks if isinstance(block, Paragraph))
    if letters > _LONGEST or len(blocks) > _MOST_LINES:
        message = f"a foot of more than {_LONGEST:,} letters or {_MOST_LINES} lines leaves too little room above it"
        hint = "shorten it, or say it in the letter itself"
        yield Problem(Code.UNFIT_FOOT, message, place, hint)


def _hidden_targets(blocks: Sequence[Block]) -> Iterator[str]:
    """Where links lead whose words do not say so."""
    runs: Iterator[Run] = (run for block in blocks if isinstance(block, Paragraph) for run in block.runs)
    for run in runs:
        if run.href and run.href.removeprefix("mailto:").removeprefix("https://").rstrip("/") not in run.text:
            yield run.href
