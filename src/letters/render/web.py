"""Every web page of our own: one shell for all, a template for each, and whatever a template prints is escaped."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from letters.problems import plural


def page(template: str, **shown: object) -> bytes:
    """A page in UTF-8, made by a template that extends `render/web.html.j2`. `template`: its path in the package;
    `shown`: what it may name, none of which may be HTML."""
    return _environment().get_template(template).render(shown).encode("utf-8", "replace")


@cache
def _environment() -> Environment:
    """What the tool's own templates run in; those of letters are a user's, and run in the sandbox of `compose`."""
    environment = Environment(
        loader=PackageLoader("letters", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.policies["json.dumps_kwargs"] = {"separators": (",", ":")}
    environment.globals = {"packaged": _packaged, "plural": plural}
    environment.filters |= {"base64": _base64, "digest": _digest, "thousands": "{:,}".format}
    return environment


@cache
def _packaged(*names: str) -> Markup:
    """Style sheets or scripts of the package as one, by their paths."""
    return Markup("").join(Markup((files("letters") / name).read_text("utf-8")) for name in names)


def _base64(data: bytes) -> Markup:
    """Bytes as letters and digits, which need no escaping: there may be many."""
    return Markup(b64encode(data).decode("ascii"))


def _digest(text: str) -> str:
    """What a Content-Security-Policy calls a style or a script that it lets in."""
    return f"sha256-{_base64(sha256(text.encode()).digest())}"
