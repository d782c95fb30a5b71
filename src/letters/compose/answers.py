"""Answers and dates as templates have them: compared as they are written in YAML, printed in words only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from letters.compose.figures import Given
from letters.problems import Code
from letters.workspace.fields import Field, FieldKind, spelt
from letters.workspace.source import RECIPIENT

#: What only a program writes so: `requires_improvement`.
_CODE = re.compile(r"[\w-]*[^\W_]_+[^\W_][\w-]*")
#: What may be a code, if there are other words for it: `notStarted`, `G3`.
_PERHAPS = re.compile(r"[a-z]+[A-Z]\w*|[A-Za-z]+\d\w*")


class Answer(str):
    """An answer of a closed field: equal to what the YAML says, with the `title` that `outcome.yaml` gives it."""

    words: str | None

    def __new__(cls, answer: str, title: str | None) -> Answer:
        """`answer` as in YAML; `title` as in the schema, or None where it has none."""
        made = super().__new__(cls, answer)
        made.words = title
        return made

    @property
    def title(self) -> str:  # type: ignore[override]
        """Its words. Raises AttributeError, as for any fact that is not there."""
        if self.words is None:
            raise AttributeError(f"the answer {str(self)!r} has no title in outcome.yaml")
        return self.words

    @property
    def is_code(self) -> bool:
        """Whether it cannot be printed as it is."""
        return is_code(self, self.words)


class NumberedAnswer(Given, int):
    """An answer of a closed field that is a whole number, with its `title`."""

    title: str

    def __new__(cls, answer: int, title: str) -> NumberedAnswer:
        """`answer` as in YAML; `title` as in the schema."""
        made = super().__new__(cls, answer)
        made.title = title
        return made


class TitledNumber(Given, float):
    """An answer of a closed field that is a number with a fraction, with its `title`."""

    title: str

    def __new__(cls, answer: float, title: str) -> TitledNumber:
        """`answer` as in YAML; `title` as in the schema."""
        made = super().__new__(cls, answer)
        made.title = title
        return made


class Switch(NumberedAnswer):
    """True or false with its `title`: it decides as they do, and is as little for printing."""

    def __bool__(self) -> bool:
        """Whether it is true."""
        return int(self) != 0


class Day(str):
    """A date of the data or of the letter: compared as the YAML writes it, 2018-03-12, and printed through `long_date`
    only."""

    @property
    def year(self) -> int:
        """The year of it."""
        return date.fromisoformat(self).year

    @property
    def month(self) -> int:
        """The month of it, 1 to 12."""
        return date.fromisoformat(self).month

    @property
    def day(self) -> int:
        """The day of its month."""
        return date.fromisoformat(self).day


def is_code(answer: str, title: str | None = None) -> bool:
    """Whether an answer is a program's word and none of a letter's, such as `requires_improvement`."""
    code = _CODE.fullmatch(answer) or (title and _PERHAPS.fullmatch(answer))
    return title != answer and bool(code)


def as_date(text: str) -> date | None:
    """The date that an ISO text names, or None."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None


def as_answer(value: object, field: Field) -> object:
    """`value`, which answers `field`, as templates have it."""
    is_answer = field.is_answer(value)
    title = field.answers.get(value) if is_answer else None
    match value:
        case str() if is_answer:
            return Answer(value, title)
        case bool() if title:
            return Switch(value, title)
        case int() if title:
            return NumberedAnswer(value, title)
        case float() if title:
            return TitledNumber(value, title)
        case str() if field.kind is FieldKind.DATE:
            return Day(value)
        case _:
            return value


@dataclass(frozen=True)
class Unprintable:
    """Why `{{ fact }}` is not to be printed as it is. `stops`: it cannot be; otherwise it may be meant."""

    code: Code
    message: str
    hint: str
    stops: bool = True


def unprintable(name: str, field: Field, title: str = "title") -> Unprintable | None:
    """What would be wrong with printing the fact `name`, which is `field`; None if nothing, or it is not known yet.

    `title`: the key of outcome.yaml that has the words of an answer.
    """
    if field.kind is FieldKind.DATE:
        return Unprintable(Code.PRINTS_NO_WORDS, f"prints the bare date {name}", f"write {{{{ {name} | long_date }}}}")
    titles = field.answers
    texts = {answer: title for answer, title in titles.items() if isinstance(answer, str)}
    if code := next((answer for answer, title in texts.items() if is_code(answer, title)), None):
        return Unprintable(Code.PRINTS_A_CODE, f"prints codes, such as {code!r}", title_hint(name, titles, title))
    differs = (answer for answer, title in texts.items() if title and not _same(answer, title))
    if answer := next(differs, None):
        message = f"prints {answer!r}, which {_file_of(name)} calls {texts[answer]!r}"
        return Unprintable(
            Code.PRINTS_AN_ANSWER, message, f"write {{{{ {name}.title }}}} if these words are meant", stops=False
        )
    return None


def title_hint(name: str, titles: Mapping[object, str | None], key: str = "title") -> str:
    """What to write in place of a code."""
    if None in titles.values():
        answer = spelt(next(answer for answer, title in titles.items() if title is None))
        file = _file_of(name)
        return f"give {answer} words in {file}, {{const: {answer}, {key}: …}}, and write {{{{ {name}.title }}}}"
    return f"write {{{{ {name}.title }}}}, or {{% if {name} == … %}} with the words for each"


def _file_of(name: str) -> str:
    """The file that describes a fact."""
    return RECIPIENT if name.startswith("force.") else "outcome.yaml"


def _same(answer: str, title: str) -> bool:
    return answer.casefold() == title.casefold()
