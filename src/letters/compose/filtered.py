"""What filters are given in a template, before any force is met: held against what outcome.yaml says of the field."""

from __future__ import annotations

from letters.compose.filters import FILTERS, HINTS, Takes
from letters.workspace.fields import Field, FieldKind

_GIVES = {
    FieldKind.NUMBER: Takes.NUMBER,
    FieldKind.DATE: Takes.DATE,
    FieldKind.LIST: Takes.LIST,
    FieldKind.MARKDOWN: Takes.WORDS,
}
_SAID = {Takes.WORDS: "text"}


def misfit(name: str, chain: list[str], outcome: Field) -> tuple[str, str] | None:
    """What is wrong with giving the filter `name` the fact that is named by `chain`, and what to do; None if nothing
    is, or it is not known yet."""
    takes = FILTERS[name].takes
    if chain[:1] != ["outcome"] or takes is Takes.WORDS:
        return None
    field = outcome.at(tuple(chain[1:])) if chain[1:] else outcome
    given = _given(field, one=takes is not Takes.LIST)
    if chain[-1] == "title" and outcome.at(tuple(chain[1:-1])).answers:
        given = {Takes.WORDS}
    if given is None or takes in given:
        return None
    said = " or ".join(sorted(_SAID.get(one, one) for one in given)) or (
        "true or false" if field.is_closed else "a set of facts"
    )
    return f"`{name}` takes {takes}, and {'.'.join(chain)} is {said}", HINTS[takes]


def _given(field: Field, *, one: bool) -> set[Takes] | None:
    """What a filter gets of a field, None where outcome.yaml does not say. `one`: of a list it takes each."""
    found: set[Takes] = set()
    for kind in field.each_kind():
        if kind.kind is FieldKind.LIST and one:
            inner = _given(kind.at((0,)), one=True)
        elif kind.is_closed:
            inner = _of_answers(kind)
        elif kind.kind is FieldKind.TEXT:
            inner = {Takes.WORDS} if kind.says.get("type") == "string" else None
        else:
            inner = {_GIVES[kind.kind]} if kind.kind in _GIVES else set()
        if inner is None:
            return None
        found |= inner
    return found


def _of_answers(field: Field) -> set[Takes]:
    answers = [answer for answer in field.answers if answer is not None and not isinstance(answer, bool)]
    return {Takes.WORDS if isinstance(answer, str) else Takes.NUMBER for answer in answers}
