"""Paragraphs with their tracked changes, as Word has them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from itertools import groupby

from letters.review.redlines.text import Atom, Setting, Step
from letters.review.redlines.xml import (
    SPACE,
    Changes,
    Element,
    State,
    canonical,
    element,
    local,
    referring,
    w,
)

_FIELD = "fldSimple"


def paragraph(setting: Setting, changes: Changes) -> Element:
    """A paragraph with its tracked changes."""
    made = element("p", _properties(setting, changes))
    for link, steps in groupby(setting.steps, key=lambda step: step.atom.link):
        target = made
        if link is not None:
            target = referring("hyperlink", link)
            made.append(target)
        for (state, *_), alike in groupby(steps, key=_alike):
            target.extend(_changed(list(alike), state, changes))
    return made


def vanishing(changes: Changes) -> Element:
    """An empty paragraph that was added and removed again: nobody keeps it, whatever they accept or reject."""
    return element("p", element("pPr", element("rPr", changes.mark("ins"), changes.mark("del"))))


def _properties(setting: Setting, changes: Changes) -> Element:
    now = setting.old if setting.state in (State.REMOVED, State.MOVED_AWAY) else setting.new
    made = element("pPr") if now is None else deepcopy(now)
    if setting.state is not State.SAME:
        made.append(element("rPr", changes.mark(setting.state)))
    elif canonical(setting.old) != canonical(setting.new):
        changes.of_properties(made, setting.old)
    return made


def _alike(step: Step) -> tuple[State, bytes, bytes, bool]:
    old, new = step.old.look if step.old else b"", step.new.look if step.new else b""
    return step.state, old, new, _is_field(step.atom)


def _is_field(atom: Atom) -> bool:
    return atom.element is not None and local(atom.element) == _FIELD


def _changed(steps: list[Step], state: State, changes: Changes) -> Iterable[Element]:
    """Some atoms of the same state and look as runs, within the element that says what became of them."""
    fields = _is_field(steps[0].atom)
    runs: list[Element] = []
    for step in steps if fields else ():
        source = step.atom.element
        assert source is not None
        runs += [deepcopy(source)] if state is State.SAME else _field(source, state)
    if not fields:
        runs.append(_run(steps, state, changes))
    return runs if state is State.SAME else [changes.mark(state, *runs)]


def _run(steps: list[Step], state: State, changes: Changes) -> Element:
    run = element("r")
    properties = _run_properties(steps[0], changes)
    if properties is not None:
        run.append(properties)
    for is_text, atoms in groupby((step.atom for step in steps), key=lambda atom: atom.element is None):
        if is_text:
            run.append(_text("".join(atom.text for atom in atoms), "delText" if state is State.REMOVED else "t"))
        else:
            run.extend(deepcopy(atom.element) for atom in atoms if atom.element is not None)
    return run


def _run_properties(step: Step, changes: Changes) -> Element | None:
    now = step.atom.properties
    if step.state is not State.SAME or not step.old or not step.new or step.old.look == step.new.look:
        return deepcopy(now)
    made = element("rPr") if now is None else deepcopy(now)
    changes.of_properties(made, step.old.properties)
    return made


def _text(text: str, name: str) -> Element:
    made = element(name)
    made.text = text
    if re.search(r"^\s|\s$", text):
        made.set(SPACE, "preserve")
    return made


def _field(simple: Element, state: State) -> list[Element]:
    """A field as runs, for only those can be added and removed."""
    removed = state is State.REMOVED
    asked = _text(simple.get(w("instr"), ""), "delInstrText" if removed else "instrText")
    shown = "".join(text.text or "" for text in simple.iter(w("t")))
    inner = (
        element("fldChar", fldCharType="begin"),
        asked,
        element("fldChar", fldCharType="separate"),
        _text(shown, "delText" if removed else "t"),
        element("fldChar", fldCharType="end"),
    )
    return [element("r", child) for child in inner]
