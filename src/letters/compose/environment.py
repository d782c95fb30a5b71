"""The sandbox that templates run in: strict, escaping Markdown, knowing the template line of every line it renders."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from jinja2 import FunctionLoader, StrictUndefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from letters import wording
from letters.model import Phrase

#: Private use characters that carry the line of the template through rendering; no letter can hold them.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_LEADING_MARKS = re.compile(f"(?:\\s*{_OPEN}\\d+{_CLOSE})*")
_TAGS_ALONE = re.compile(r"\s*(\{%.*?%\}\s*|\{#.*?#\}\s*)+")
_SPECIAL = re.compile(r"([!-/:-@\[-`{-~])")


class TemplateError(Exception):
    """Something a template does that no letter can take; `code` and `hint` are those of the problem."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint


class Record:
    """Facts that a template may read as attributes, and which of them it has read. Objects, for in a dict
    `outcome.items` would be a method."""

    def __init__(self, name: str, facts: dict[str, object]) -> None:
        self._name = name
        self._facts = facts
        self._read: set[str] = set()

    def __getattr__(self, key: str) -> object:
        # Names that begin with an underscore are Python's own questions (copying, pickling), never a template's.
        if key.startswith("_") or key not in self._facts:
            raise AttributeError(f"{self._name} has no {key!r}")
        self._read.add(key)
        return self._facts[key]


def was_read(record: Record, key: str) -> bool:
    """Whether a template has read `key` of `record`."""
    return key in record._read


def escape_markdown(text: str) -> str:
    """`text` so that Markdown shows it as typed: on one line, every ASCII punctuation mark behind a backslash
    (CommonMark 2.4)."""
    return _SPECIAL.sub(r"\\\1", re.sub(r"[ \t\r\n]+", " ", text))


def _finalize(value: object) -> object:
    """What `{{ value }}` prints. A leading space stays: it may part two words."""
    match value:
        case Markup():
            return value
        case Phrase():
            return Markup(escape_markdown(value.text))
        case StrictUndefined():
            return value  # printing it raises the error, which names it
        case bool() | None:
            hint = "print it only {% if … %} it is there, or fill it in for this force"
            raise TemplateError("E211", "prints a value that is empty", hint)
        case str() | int():
            return Markup(escape_markdown(str(value)))
        case date():
            raise TemplateError("E211", "prints a bare date", "write {{ … | long_date }}")
        case _:
            raise TemplateError(
                "E211", "prints a set or a list of facts", "print one of them, or loop with {% for … %}"
            )


class _LineMarks(Extension):
    """Puts the line number in front of each line of a document template's own text."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """Keep the line end behind a tag that shares its line with words; `trim_blocks` would eat it."""
        return "\n".join(_keep_line_end(line) for line in source.split("\n"))

    def filter_stream(self, stream: TokenStream) -> TokenStream | Iterator[Token]:
        return stream if (stream.name or "").endswith("verdict.md") else _marked(stream)


def _keep_line_end(line: str) -> str:
    if line.rstrip().endswith("%}") and "{%" in line and not _TAGS_ALONE.fullmatch(line):
        head, _, _ = line.rstrip().rpartition("%}")
        return head.rstrip("-+") + "+%}"
    return line


def _marked(stream: TokenStream) -> Iterator[Token]:
    for token in stream:
        if token.type != "data":
            yield token
            continue
        lines = token.value.split("\n")
        text = "\n".join(f"{_OPEN}{token.lineno + n}{_CLOSE}{line}" for n, line in enumerate(lines))
        yield Token(token.lineno, "data", text)


def take_marks(rendered: str) -> tuple[str, list[int]]:
    """Rendered text without its marks, and for each of its lines the template's line, from 1."""
    texts, numbers, last = [], [], 1
    for line in rendered.split("\n"):
        leading = _LEADING_MARKS.match(line)
        found = _MARK.findall(leading[0] if leading else "") or _MARK.findall(line)
        last = int(found[-1]) if found else last
        numbers.append(last)
        texts.append(_MARK.sub("", line))
    return "\n".join(texts), numbers


def strip_marks(text: str) -> str:
    """`text` without line marks."""
    return _MARK.sub("", text)


def _joined(word: str) -> Callable[[Sequence[object]], Markup]:
    def join(items: Sequence[object]) -> Markup:
        return Markup(wording.join([str(_finalize(item)) for item in items], word))

    return join


def _capitalised(value: object) -> Markup:
    return Markup(wording.capitalised(strip_marks(str(_finalize(value)))))


def _long_date(value: object) -> str:
    if not isinstance(value, date):
        raise TemplateError("E211", "`long_date` is given no date", "give the letter type, or this letter, a `date:`")
    return wording.long_date(value)


def _length(value: Sequence[object]) -> int:
    return len(value)


FILTERS: dict[str, Callable[..., object]] = {
    "all_of": _joined("and"),
    "any_of": _joined("or"),
    "agree": wording.agree,
    "capitalised": _capitalised,
    "long_date": _long_date,
    "length": _length,
}


def make_environment(read: Callable[[str], str]) -> ImmutableSandboxedEnvironment:
    """An environment whose templates are read by path through `read`, with the filters of letters and no others."""
    environment = ImmutableSandboxedEnvironment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FunctionLoader(lambda path: (read(path), path, lambda: True)),
        extensions=[_LineMarks],
    )
    environment.filters = dict(FILTERS)
    environment.globals = {}
    return environment
