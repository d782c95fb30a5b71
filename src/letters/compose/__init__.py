"""Templates and one force's facts to a letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import TracebackType

from jinja2 import TemplateError as JinjaError
from jinja2 import TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from letters.characters import refused
from letters.compose.environment import Record, TemplateError, escape_markdown, make_environment, take_marks, was_read
from letters.compose.facts import NAMES_OF_FUNCTIONS, force_record, letter_record, outcome_record, template_names
from letters.compose.inspection import Inspection
from letters.letter import SIGNATURE, Heading, Letter, Part, Picture, plain
from letters.load import Path, read_text
from letters.markdown import parse_parts
from letters.model import Force, LetterType, Outcome, Phrase, Stage
from letters.problems import Broken, Place, Problem
from letters.source import Source
from letters.typography import Typographer

#: The part that is set at the foot of stray sheets and is not among the words.
FOOT = "foot"
#: The place of a value in the force's file.
PlaceOf = Callable[[Path], Place]


class Composer:
    """Composes the letters of one workspace; its templates are read and compiled once."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._texts: dict[str, str] = {}
        self._environment: ImmutableSandboxedEnvironment = make_environment(self._text)

    def template_problems(self, kind: LetterType) -> list[Problem]:
        """What is wrong with the templates of a letter type, whichever force they meet."""
        problems: list[Problem] = []
        for path in self._template_paths(kind):
            try:
                problems += self._inspect(kind, path, self._text(path))
            except Broken as broken:
                problems += broken.problems
        return problems

    def compose(self, kind: LetterType, force: Force, place_of: PlaceOf) -> tuple[Letter | None, list[Problem]]:
        """The letter of `kind` to `force`, or None with the problems that stand in its way.

        `place_of` gives the place of a value in the force's file, for the problems that lie there.
        """
        return _Composition(self._source, self._environment, kind, force, place_of).letter()

    def _template_paths(self, kind: LetterType) -> list[str]:
        paths = [f"{kind.letterhead_folder}/letterhead.md", f"{kind.folder}/letter.md"]
        verdict = _verdict_path(kind)
        return [verdict, *paths] if verdict in self._source else paths

    def _text(self, path: str) -> str:
        if path not in self._texts:
            self._texts[path] = read_text(self._source, path)
        return self._texts[path]

    def _inspect(self, kind: LetterType, path: str, text: str) -> list[Problem]:
        functions = NAMES_OF_FUNCTIONS if _verdict_path(kind) in self._source else NAMES_OF_FUNCTIONS - {"verdict"}
        names = {**template_names(kind), **dict.fromkeys(functions)}
        inspection = Inspection(path, text, names, frozenset(kind.phrases))
        try:
            return [*_character_problems(path, text), *inspection.problems(self._environment, text)]
        except TemplateSyntaxError as error:
            return [_syntax_problem(path, text, error)]


def _verdict_path(kind: LetterType) -> str:
    return f"{kind.folder}/verdict.md"


def _character_problems(path: str, text: str) -> list[Problem]:
    problems = []
    for at, description in refused(text):
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        place = Place(path, line, column, text.splitlines()[line - 1])
        problems.append(Problem("E110", description, place, "delete it, or write it in words"))
    return problems


def _syntax_problem(path: str, text: str, error: TemplateSyntaxError) -> Problem:
    lines = text.splitlines()
    place = Place(path, error.lineno, 0, lines[error.lineno - 1] if 0 < error.lineno <= len(lines) else "")
    hint = "every {{ needs its }}, every {% its %}, every {% if %} its {% endif %}"
    return Problem("E202", f"not a template: {error.message}", place, hint)


@dataclass
class _Composition:
    """The making of one letter: what it is made from, and what was noticed on the way."""

    source: Source
    environment: ImmutableSandboxedEnvironment
    kind: LetterType
    force: Force
    place_of: PlaceOf

    def __post_init__(self) -> None:
        self.outcome: Outcome = self.force.letters[self.kind.name]
        self.used: set[str] = set()
        self.verdict_was_used = False
        self.problems: list[Problem] = []
        self.records = {
            "force": force_record(self.force, self.outcome),
            "letter": letter_record(self.kind, self.outcome),
            "outcome": outcome_record(self.kind, self.outcome),
        }

    def letter(self) -> tuple[Letter | None, list[Problem]]:
        parts = self.parts()
        if parts is not None:
            self.check_use()
        if parts is None or any(problem.stops for problem in self.problems):
            return None, self.problems
        return self.made(parts), self.problems

    def parts(self) -> list[Part] | None:
        parts: list[Part] = []
        try:
            for path in (f"{self.kind.letterhead_folder}/letterhead.md", f"{self.kind.folder}/letter.md"):
                parts += self.rendered(path)
        except Broken as broken:
            self.problems += broken.problems
            return None
        return parts

    def rendered(self, path: str) -> tuple[Part, ...]:
        text, numbers = take_marks(self.run(path))
        lines = read_text(self.source, path).splitlines()

        def where(line: int) -> Place:
            number = numbers[min(line, len(numbers) - 1)]
            return Place(path, number, 0, lines[number - 1] if number <= len(lines) else "")

        parts, problems = parse_parts(text, where)
        self.problems += problems
        self.check_parts(parts, Place(path))
        return parts

    def run(self, path: str) -> str:
        """The Markdown that a template gives. Raises Broken with the template's line."""
        try:
            return self.environment.get_template(path).render(self.names())
        except (JinjaError, TemplateError, TypeError, ValueError, LookupError, AttributeError, OverflowError) as error:
            raise Broken(self.render_problem(path, error)) from None

    def names(self) -> dict[str, object]:
        names = {**self.records, "phrase": self.phrase, "phrases": self.phrases, "fields_where": fields_where}
        return {**names, "verdict": self.verdict} if _verdict_path(self.kind) in self.source else names

    # -- what templates call

    def phrase(self, key: str) -> Phrase:
        """The phrase `key`, as this force words it."""
        phrase = self.kind.phrases.get(key)
        if phrase is None:
            raise TemplateError("E208", f"there is no phrase {key!r}", "write it into wording.yaml")
        self.used.add(key)
        departure = self.outcome.changed_wording.get(key)
        if departure is None:
            return phrase
        return replace(phrase, text=departure.text, number=departure.number or phrase.number)

    def phrases(self, fields: Sequence[str], use: str) -> list[Phrase]:
        """The phrases `field.use`, one for each of `fields`."""
        return [self.phrase(f"{field}.{use}") for field in fields]

    def verdict(self, outcome: Record) -> Markup:
        """One paragraph: what `verdict.md` says of an outcome, then the sentences that this letter adds."""
        self.verdict_was_used = True
        names = {key: value for key, value in self.names().items() if key != "verdict"}
        module = self.environment.get_template(_verdict_path(self.kind)).make_module(names)
        said = str(getattr(module, "verdict")(outcome))  # noqa: B009 - a name of the template's, not ours
        sentences = [said, *map(escape_markdown, self.outcome.added_sentences)]
        return Markup(re.sub(r"[ \t\r\n]+", " ", " ".join(sentences)).strip(" "))

    # -- what is checked

    def check_parts(self, parts: tuple[Part, ...], place: Place) -> None:
        level = 0
        for part in parts:
            for block in part.blocks:
                if isinstance(block, Heading):
                    if block.level > level + 1:
                        message = f"a heading of level {block.level} after one of level {level or 'none'}"
                        hint = "people who cannot see the page find their way by the levels: leave none out"
                        self.problems.append(Problem("E219", f"{message}: {plain(block.runs)!r}", place, hint))
                    level = block.level
                if isinstance(block, Picture) and f"templates/{block.path}" not in self.source:
                    message = f"there is no picture templates/{block.path}"
                    self.problems.append(Problem("E215", message, place, "put the file there, or mend its name"))

    def check_use(self) -> None:
        """Everything that this letter's data asks for must be in the letter."""
        at: Path = ("letters", self.kind.name)
        for key in self.outcome.changed_wording.keys() - self.used:
            message = f"the phrase {key!r} is not used in this letter"
            place = self.place_of((*at, "changed_wording", key))
            self.problems.append(Problem("E116", message, place, "take the departure out"))
        if self.outcome.added_sentences and not self.verdict_was_used:
            message, place = (
                "this letter type has no verdict to add sentences to",
                self.place_of((*at, "added_sentences")),
            )
            self.problems.append(Problem("E116", message, place, "take them out"))
        for record, keys in _OVERRIDES.items():
            for key in keys:
                if getattr(self.outcome, key) and not was_read(self.records[record], key):
                    message, place = f"{key!r} is not used in this letter", self.place_of((*at, key))
                    self.problems.append(
                        Problem("E116", message, place, "take it out: this letter type has no place for it")
                    )

    def render_problem(self, path: str, error: Exception) -> Problem:
        file, line = _template_line(error.__traceback__, path, _verdict_path(self.kind))
        lines = read_text(self.source, file).splitlines()
        place = Place(file, line, 0, lines[line - 1] if 0 < line <= len(lines) else "")
        about = f" (in the letter to {self.force.name})"
        match error:
            case TemplateError(code=code, hint=hint):
                return Problem(code, f"{error}{about}", place, hint)
            case TemplateSyntaxError():
                return _syntax_problem(file, "\n".join(lines), error)
            case UndefinedError():
                return Problem("E203", f"{error.message}{about}", place, "check the name's spelling")
            case _:
                return Problem("E218", f"cannot be worked out: {error}{about}", place, "see the tour in the README")

    # -- the letter

    def made(self, parts: list[Part]) -> Letter | None:
        typographer = Typographer(self.kind.keep_together)
        day = self.outcome.date or self.kind.date
        if day is None:
            place = self.place_of(("letters", self.kind.name))
            self.problems.append(Problem("E106", "this letter has no date", place, "add `date:` below it"))
            return None
        done = [typographer.part(_signed(part, self.outcome.stage)) for part in parts if part.name != FOOT]
        foot = [
            plain(block.runs) for part in parts if part.name == FOOT for block in part.blocks if hasattr(block, "runs")
        ]
        sender = next((part.blocks[0] for part in done if part.name == "sender" and part.blocks), None)
        return Letter(
            type=self.kind.name,
            slug=self.force.slug,
            force_name=self.force.name,
            title=typographer.text(f"{self.kind.title} – {self.force.name}"),
            date=day,
            stage=self.outcome.stage,
            letterhead=self.kind.letterhead,
            parts=tuple(done),
            foot=typographer.text(" ".join(foot)) if foot else "",
            author=plain(sender.runs) if sender and hasattr(sender, "runs") else "",
        )


#: What a letter may override, by the record that gives it to templates.
_OVERRIDES: Mapping[str, tuple[str, ...]] = {
    "force": ("chief_officer", "local_policing_body"),
    "letter": ("salutation", "copied_to", "date"),
}


def fields_where(outcome: Record, fields: Sequence[str], answer: str) -> list[str]:
    """Those of `fields` that have `answer` in the outcome, in the order given."""
    return [field for field in fields if getattr(outcome, field) == answer]


def _signed(part: Part, stage: Stage) -> Part:
    """A signature picture belongs on letters that are ready; on others its space is kept."""
    return replace(part, blocks=()) if part.name == SIGNATURE and stage is not Stage.READY else part


def _template_line(trace: TracebackType | None, path: str, verdict: str) -> tuple[str, int]:
    """The innermost template line that an error went through."""
    found = (path, 1)
    while trace:
        if trace.tb_frame.f_code.co_filename in (path, verdict):
            found = (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return found
