"""Two PDFs by how their pages look: what nobody reads is the same where it looks the same."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace

from letters.review.compare.content import Content
from letters.review.files.facts import MADE_BY
from letters.review.files.pdf import DRAWN, IN_XFA, KNOWN_BY_SEVERAL_PAGES, LOOK, UNNAMED
from letters.review.files.pdf_page import UNREAD

#: What a program may make of one picture: several, or a drawing.
_MADE_OTHERWISE = frozenset({"picture", "drawing"})
#: What pictures and drawings that look the same say nothing about.
_NO_LOOK = frozenset({IN_XFA, UNNAMED, UNREAD})
#: What is told of the pictures and drawings of a page that look otherwise.
_SOME, _OTHERS = "as before", "others"


def as_both_look(old: Content, new: Content) -> tuple[Content, Content]:
    """Both, less what is seen on pages that look the same, and with what is told of pages that do not.

    Another program draws all a little otherwise, and a page whose words changed has all in other places: there pictures
    and drawings are counted, and not compared.
    """
    old, new = (replace(side, knows=side.knows | KNOWN_BY_SEVERAL_PAGES) for side in (old, new))
    if _looks(old, LOOK) == _looks(new, LOOK):
        return _less(old, {IN_XFA}), _less(new, {IN_XFA})
    if sorted(_looks(old, DRAWN).values()) == sorted(_looks(new, DRAWN).values()):
        return _less(old, _NO_LOOK), _less(new, _NO_LOOK)
    if _maker(old) != _maker(new):
        old, new = (replace(side, knows=side.knows - _MADE_OTHERWISE) for side in (old, new))
        return _unseen(old), _unseen(new)
    if _texts(old) != _texts(new):
        return _unseen(old), _unseen(new)
    same = {name for name, count in old.not_compared.items() if new.not_compared.get(name) == count}
    kept = {*_NO_LOOK, *old.not_compared, *new.not_compared} - (same - _NO_LOOK)
    return _told(_less(old, kept, look=True), new, _SOME), _told(_less(new, kept, look=True), old, _OTHERS)


def _looks(content: Content, name: str) -> dict[str, str]:
    """The digests of one kind by the page that they are of."""
    return {fact.about: fact.value for fact in content.facts if fact.name == name}


def _maker(content: Content) -> str:
    return next((fact.value for fact in content.facts if fact.name == MADE_BY), "")


def _texts(content: Content) -> list[str]:
    return [passage.text for passage in content.passages]


def _less(content: Content, kept: AbstractSet[str], *, look: bool = False) -> Content:
    """Without what looks the same: only `kept` is counted."""
    counts = {name: count for name, count in content.not_compared.items() if name in kept}
    return replace(content if look else _unseen(content), not_compared=counts)


def _unseen(content: Content) -> Content:
    """Without how its pages look."""
    return replace(content, facts=tuple(fact for fact in content.facts if fact.name not in (LOOK, DRAWN)))


def _told(content: Content, other: Content, said: str) -> Content:
    """With the pages whose pictures and drawings look otherwise in the other, in a person's words."""
    theirs = _looks(other, DRAWN)
    facts = (fact for fact in content.facts if fact.name != LOOK)
    differs = (
        replace(fact, value=said if fact.about in theirs else "some") if fact.name == DRAWN else fact
        for fact in facts
        if fact.name != DRAWN or theirs.get(fact.about) != fact.value
    )
    return replace(content, facts=tuple(differs))
