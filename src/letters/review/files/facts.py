"""Hidden facts that finished files have beside those of a letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from letters.letter import Stage, normalise, stage_marked
from letters.review.compare.content import FOOT, STAGE, Fact

#: Told, and not compared: two programs may well make the same letter.
MADE_BY = "program that made it"
PAGES = "number of pages"
HEAD = "head of the further pages"
BESIDE_WORDS = "where a link leads, or what a picture shows"


def is_stage_mark(text: str) -> bool:
    """Whether a line is one of our stage marks."""
    return stage_marked(text) is not None


def furniture_facts(head: Iterable[str], foot: Iterable[str]) -> Iterator[Fact]:
    """What lines at the head and the foot of pages, page numbers taken out, tell; no stage mark stands for ready."""
    head, foot = list(head), list(foot)
    marks = (stage for text in (*head, *foot) if (stage := stage_marked(text)))
    yield Fact(STAGE, next(marks, Stage.READY).value)
    for name, texts in ((HEAD, head), (FOOT, foot)):
        lines = dict.fromkeys(normalise(text) for text in texts if text.strip() and not is_stage_mark(text))
        if lines:
            yield Fact(name, " / ".join(lines))
