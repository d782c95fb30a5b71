"""The sandbox that templates run in: strict, escaping Markdown, knowing the template line of every line it renders."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from datetime import date
from functools import lru_cache
from typing import Any, NoReturn

from jinja2 import FunctionLoader, StrictUndefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup

from letters.compose.answers import Answer, Day, Switch
from letters.compose.bounds import CALL, TemplateError
from letters.compose.coverage import WatchingEnvironment
from letters.compose.figures import as_written
from letters.compose.filters import Filters
from letters.compose.marks import CLOSE, LEADING_MARKS, MARK, OPEN, strip_marks
from letters.compose.values import MarkdownText, marked_value
from letters.letter import ENGLISH
from letters.problems import Code
from letters.workspace.model import Phrase

_LINE_MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
_GAP = re.compile(f"(?:{OPEN}[^{CLOSE}]*{CLOSE})*[ \\t\\r\\n](?:[ \\t\\r\\n]|{OPEN}[^{CLOSE}]*{CLOSE})*")
_LAST_BLANK = re.compile(f" (?=(?:{OPEN}[^{CLOSE}]*{CLOSE})*\\Z)")
_TAGS_ALONE = re.compile(r"\s*(?:(?:\{%(?:(?!%\}).)*%\}|\{#(?:(?!#\}).)*#\})\s*)+")
_SPECIAL = re.compile(r"([!-/:-@\[-`{-~])")


class Record:
    """Facts that a template may read as attributes, and which of them it has read. Objects, for in a dict
    `outcome.items` would be a method."""

    def __init__(self, name: str, facts: dict[str, object]) -> None:
        self._name = name
        self._facts = facts
        self._read: set[str] = set()
        self._note: Callable[[str], None] | None = None

    def __getattr__(self, key: str) -> object:
        # Names that begin with an underscore are Python's own questions (copying, pickling), never a template's.
        if key.startswith("_") or key not in self._facts:
            raise AttributeError(f"{self._name} has no {key!r}")
        self._read.add(key)
        if self._note:
            self._note(key)
        return self._facts[key]


class Undefined(StrictUndefined):
    """What a template names and nobody has; printing it, or asking anything of it, raises an error that says so."""

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        if self._undefined_obj is missing:
            return f"there is no {self._undefined_name!r} here"
        if isinstance(self._undefined_obj, Answer):
            return f"the answer {str(self._undefined_obj)!r} has no {self._undefined_name!r} in outcome.yaml"
        owner = self._undefined_obj._name if isinstance(self._undefined_obj, Record) else "this value"
        return f"{owner} has no {self._undefined_name!r}"


class Sandbox(WatchingEnvironment):
    """Jinja's sandbox, in which a template neither goes on for ever nor calls anything but what letters give it."""

    #: Of the letters: `en` or `cy`.
    language: str

    #: Not for templates; where nobody inspected one, it must not be carried out all the same.
    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> NoReturn:  # noqa: ARG002
        """Refuse arithmetic, by which a value may become as large as memory."""
        raise TemplateError(Code.NOT_FOR_TEMPLATES, "arithmetic is not for templates", "write words, if and for")

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may have an attribute: facts, and no method of the objects that they are."""
        if isinstance(obj, Record):
            return not attr.startswith("_") and not callable(value)
        return super().is_safe_attribute(obj, attr, value) and (not callable(value) or isinstance(obj, LoopContext))

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether a template may call something: its own macros, and what letters give it."""
        return isinstance(obj, Macro) or (getattr(obj, "__module__", None) or "").startswith("letters.")

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call a function for a template; it weighs as much as a sentence."""
        self.budget.spend(CALL)
        if not isinstance(obj, Undefined) and not self.is_safe_callable(obj):
            raise TemplateError(
                Code.NOT_FOR_TEMPLATES, "calls what is no function", "call phrase, phrases, verdict or a macro"
            )
        return context.call(obj, *args, **kwargs)


def was_read(record: Record, key: str) -> bool:
    """Whether a template has read `key` of `record`."""
    return key in record._read


def tell_reads(record: Record, note: Callable[[str], None]) -> None:
    """Have `note` told each key of `record` that a template reads."""
    record._note = note


def tell_facts(record: Record, names: Collection[str], note: Callable[[str], None]) -> None:
    """Have `note` told which of some facts of `record`, or within its facts, a template reads, as `force.head.name`."""
    within = f"{record._name}."
    own = {name.removeprefix(within): name for name in names if name.startswith(within)}

    def tell(key: str) -> None:
        if key in own:
            note(own[key])

    record._note = tell
    for key in {key.partition(".")[0] for key in own} - own.keys():
        if isinstance(inner := record._facts.get(key), Record):
            tell_facts(inner, names, note)


# The same facts and phrases stand in all letters.
@lru_cache(maxsize=1024)
def escape_markdown(text: str) -> str:
    """`text` so that Markdown shows it as typed: on one line, every ASCII punctuation mark behind a backslash
    (CommonMark 2.4). The line end that YAML keeps behind a text (`|`, `>`) parts no words."""
    return _SPECIAL.sub(r"\\\1", re.sub(r"[ \t\r\n]+", " ", re.sub(r"[ \t]*[\r\n]\s*\Z", "", text)))


def _finalize(value: object) -> object:
    """What `{{ value }}` prints. A leading space stays: it may part two words."""
    match value:
        case MarkdownText():
            return marked_value(value)
        case Markup():
            return value
        case Phrase():
            return Markup(marked_phrase(value.id, escape_markdown(value.text)))
        case StrictUndefined():
            return value  # printing it raises the error, which names it
        case None:
            hint = "print it only {% if … %} it is there, or fill it in for this letter"
            raise TemplateError(Code.PRINTS_NO_WORDS, "prints a value that is empty", hint)
        case bool() | Switch():
            raise TemplateError(
                Code.PRINTS_NO_WORDS, "prints true or false", "write {% if … %} with the words for each"
            )
        case Answer() if value.is_code:
            hint = "write {{ ….title }}, of several {{ … | titles | all_of }}: the title that outcome.yaml gives it"
            raise TemplateError(Code.PRINTS_A_CODE, f"prints the code {str(value)!r}", hint)
        case date() | Day():
            raise TemplateError(Code.PRINTS_NO_WORDS, "prints a bare date", "write {{ … | long_date }}")
        case str() | int() | float():
            return Markup(escape_markdown(as_written(value)))
        case list() | tuple():
            hint = "loop with {% for … %}, or write {{ … | all_of }} for `a, b and c`"
            raise TemplateError(Code.PRINTS_NO_WORDS, "prints a list", hint)
        case Record():
            first = next(iter(value._facts), "…")
            hint = f"print one of them, such as {{{{ {value._name}.{first} }}}}"
            raise TemplateError(Code.PRINTS_NO_WORDS, f"prints {value._name}, which is a set of facts", hint)
        case _:
            raise TemplateError(Code.PRINTS_NO_WORDS, "prints something that is no words", "print a fact, or a phrase")


class _LineMarks(Extension):
    """Puts the line number in front of each line of a document template's own text."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """Keep the line end behind a tag that shares its line with words; `trim_blocks` would eat it."""
        return "\n".join(_keep_line_end(line) for line in source.split("\n"))

    def filter_stream(self, stream: TokenStream) -> TokenStream | Iterator[Token]:
        return _marked(stream, "v" if re.search(r"/verdict(\.\w+)?\.md$", stream.name or "") else "")


def _keep_line_end(line: str) -> str:
    if line.rstrip().endswith("%}") and "{%" in line and not _TAGS_ALONE.fullmatch(line):
        head, _, _ = line.rstrip().rpartition("%}")
        return head.rstrip("-+") + "+%}"
    return line


def _marked(stream: TokenStream, kind: str) -> Iterator[Token]:
    for token in stream:
        if token.type == "variable_begin":
            # What is printed at the beginning of a line has no text of the template's own in front of it.
            yield Token(token.lineno, "data", f"{OPEN}{kind}{token.lineno}{CLOSE}")
        if token.type != "data":
            yield token
            continue
        lines = token.value.split("\n")
        text = "\n".join(f"{OPEN}{kind}{token.lineno + n}{CLOSE}{line}" for n, line in enumerate(lines))
        yield Token(token.lineno, "data", text)


def take_marks(rendered: str) -> tuple[str, list[int]]:
    """Rendered text without its marks, and for each of its lines the template's line, from 1."""
    texts, numbers, last = [], [], 1
    for line in rendered.split("\n"):
        leading = LEADING_MARKS.match(line)
        found = _LINE_MARK.findall(leading[0] if leading else "") or _LINE_MARK.findall(line)
        last = int(found[-1]) if found else last
        numbers.append(last)
        texts.append(strip_marks(line))
    return "\n".join(texts), numbers


def fold_marked(text: str) -> str:
    """`text` on one line, its marks where they were: each run of white space, marks among it or not, one space.

    None begins or ends it; of a text without words nothing is left.
    """
    if not strip_marks(text).strip(" \t\r\n"):
        return ""
    folded = _GAP.sub(_folded_gap, text)
    return _LAST_BLANK.sub("", folded.removeprefix(" "))


def _folded_gap(gap: re.Match[str]) -> str:
    return gap[0] if gap[0] == " " else " " + "".join(mark[0] for mark in MARK.finditer(gap[0]))


def marked_phrase(key: str, text: str) -> str:
    """Markdown `text` between the marks of a phrase, `key` being its id."""
    return f"{OPEN}+{key}{CLOSE}{text}{OPEN}-{CLOSE}"


#: The tests that templates may ask, as in `{% if x is defined %}`.
TESTS = ("defined", "none", "odd", "even")


def make_environment(read: Callable[[str], str], language: str = ENGLISH) -> Sandbox:
    """An environment whose templates are read by path through `read`, with the filters of letters in `language` and no
    others."""

    def finalize(value: object) -> object:
        printed = _finalize(value)
        size = len(printed) if isinstance(printed, str) else 0
        environment.budget.spend(size + (CALL if isinstance(value, MarkdownText) else 1))
        return printed

    environment = Sandbox(
        autoescape=True,
        undefined=Undefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FunctionLoader(lambda path: (read(path), path, lambda: True)),
        extensions=[_LineMarks],
    )
    environment.language = language
    environment.filters = dict(Filters(language, _finalize).by_name())
    environment.tests = {name: environment.tests[name] for name in TESTS}
    environment.globals = {}
    return environment
