"""What a change of stage does to the pages of a letter, in a reader's words."""

from __future__ import annotations

from contextlib import suppress

from letters.letter import ENGLISH, FORCE_WORD, SIGNATURE, Stage, stage_mark
from letters.review.compare.changes import Difference, FactChange
from letters.review.compare.content import PICTURE, Content


def told(difference: Difference, change: FactChange) -> str:
    """`draft → ready: the line “DRAFT – not for issue” goes from every page, the signature is printed`."""
    what = f"{change.old or 'none'} → {change.new or 'none'}"
    on_pages = seen(difference, change)
    return f"{what}: {on_pages}" if on_pages else what


def seen(difference: Difference, change: FactChange) -> str:
    """What of a change of stage readers see on the pages."""
    language = difference.key.language
    sides = ((change.old, difference.before), (change.new, difference.after))
    old, new = (_mark(stage, side, language) for stage, side in sides)
    return ", ".join((*_marks(old, new), *_signature(difference)))


def _mark(stage: str | None, side: Content | None, language: str = ENGLISH) -> str:
    with suppress(ValueError, KeyError):
        return stage_mark(Stage(stage or ""), language, word=side.recipient if side else FORCE_WORD) or ""
    return ""


def _marks(old: str, new: str) -> list[str]:
    if old and new:
        return [f"the line “{old}” on every page is “{new}” now"]
    said = [f"the line “{old}” goes from every page"] if old else []
    return [*said, *([f"the line “{new}” comes on every page"] if new else [])]


def _signature(difference: Difference) -> list[str]:
    for fact in difference.facts:
        if (fact.name, fact.about) == (PICTURE, SIGNATURE) and None in (fact.old, fact.new):
            return ["the signature is printed" if fact.old is None else "the signature is no longer printed"]
    return []
