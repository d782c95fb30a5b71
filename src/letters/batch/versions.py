"""The versions of everything that composed letters and renditions hang on: a change of one makes them anew."""

from __future__ import annotations

from functools import cache

from letters.batch.formats import FORMATS
from letters.machine.versions import SYSTEM, own_digest, version_of

#: What composed letters hang on, besides this tool.
COMPOSING = ("babel", "jinja2", "markdown-it-py", "mdit-py-plugins")


@cache
def versions() -> dict[str, str]:
    """Name to version; `missing` where it is not there. `letters`: a digest of this tool's own code."""
    names = {*COMPOSING, *(name for row in FORMATS.values() for name in row.libraries)} - SYSTEM
    found = {"letters": own_digest(), **{name: version_of(name) for name in names}}
    return dict(sorted({**found, **{name: version_of(name) for name in SYSTEM}}.items()))


def versions_for(format: str) -> dict[str, str]:
    """Those that the bytes of one format hang on."""
    return {name: said for name, said in versions().items() if name in ("letters", *FORMATS[format].libraries)}
