"""Departures nested as YAML suggests, `it_monitoring:` with `evidence:` below it: their names are written whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from letters.problems import Code, Problem, quoted
from letters.workspace.raw import KeyPath, Raw
from letters.workspace.scalars import as_typed


def without_nested(
    raw: Raw, at: KeyPath, own: Mapping[str, object], phrases: Collection[str]
) -> tuple[dict[str, object], list[Problem]]:
    """The tool's own keys of an outcome, which stands at `at`, less the departures that are nested; what is to be
    said of those. `phrases`: the names that departures can have."""
    kept = dict(own)
    problems: list[Problem] = []
    for key in ("changed_wording", "changed_wording_cy"):
        departures = own.get(key)
        if not isinstance(departures, Mapping):
            continue
        nested = {name: one for name, one in departures.items() if _is_nested(str(name), one, phrases)}
        for name, one in nested.items():
            problems += _problems(raw, (*at, key, name), one)
        rest = {name: one for name, one in departures.items() if name not in nested}
        if nested:
            kept = {**kept, key: rest} if rest else {name: one for name, one in kept.items() if name != key}
    return kept, problems


def _is_nested(name: str, value: object, phrases: Collection[str]) -> bool:
    is_group = name not in phrases and any(phrase.startswith(f"{name}.") for phrase in phrases)
    return is_group and isinstance(value, Mapping)


def _problems(raw: Raw, at: KeyPath, value: object) -> Iterator[Problem]:
    for inner, text in value.items() if isinstance(value, Mapping) else ():
        whole = f"{at[-1]}.{inner}"
        words = as_typed(text) if isinstance(text, str) else "…"
        message = f"{quoted(str(inner))} stands below {at[-1]}, and the names of phrases are written whole"
        hint = f"write `{whole}: {words}`, and no line `{at[-1]}:`"
        yield Problem(Code.CHANGED_PHRASE_UNKNOWN, message, raw.place((*at, inner), key=True), hint)
