"""Why a template could not be carried out for a letter: at its line, with what to do there or in the data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import TracebackType

from jinja2 import UndefinedError

from letters.compose.blamed import below, told_with_values
from letters.compose.bounds import TemplateError
from letters.compose.environment import Record
from letters.compose.syntax import line_place
from letters.problems import Code, Problem
from letters.workspace.edits import value_at
from letters.workspace.model import Force, LetterType, Outcome, own_key
from letters.workspace.raw import PlaceOf, load_yaml, read_text
from letters.workspace.source import Source

#: A fact in its Welsh form.
_WELSH_FACT = re.compile(r"\b((?:force|outcome)(?:\.\w+)*\.\w+_cy)\b")
#: What Jinja says of an answer without a title.
_UNTITLED = re.compile(r"the answer '(.+)' has no 'title' in outcome\.yaml")
_UNLIKE = re.compile(r"'([<>]=?)' not supported between instances of '([\w.]+)' and '([\w.]+)'")
_SORTS = {"NoneType": "nothing", "Day": "a date", "list": "a list", "Record": "a set of facts", "bool": "true or false"}
_NUMBERS = ("int", "float", "Figure", "Count", "NumberedAnswer", "TitledNumber")


@dataclass(frozen=True)
class Failed:
    """Tells what is wrong where the templates of one letter fail. `records`: what these read."""

    source: Source
    letter_type: LetterType
    force: Force
    outcome: Outcome
    records: Mapping[str, Record]
    place_of: PlaceOf

    def problem(self, path: str, error: Exception) -> Problem:
        """Why a template could not be carried out, at its innermost line."""
        file, line = _template_line(error.__traceback__, path, self.letter_type.verdict_path)
        lines = read_text(self.source, file).split("\n")
        text = lines[line - 1] if 0 < line <= len(lines) else ""
        needle = "{{" if text.count("{{") == 1 and text.count("{%") == 0 else "{%"
        place = line_place(file, lines, line, needle if text.count(needle) == 1 else "")
        seen_in = (self.force.name,)
        match error:
            case TemplateError(code=code, hint=hint, given=given):
                at = below(self.place_of, self.letter_type.name)
                hint = told_with_values(hint, text, given, self.outcome.answers, at)
                signer = self.letter_type.signed_by
                if code is Code.PRINTS_NO_WORDS and "letter.signatory." in text:
                    own = f"below `signatory:` in {self.letter_type.folder}/letter.yaml"
                    where = f"into {signer.path}" if signer else own
                    hint = f"print it only {{% if … %}} it is there, or write it {where}"
                if code is Code.PRINTS_NO_WORDS and (lacking := self._lacking_welsh(text)):
                    hint = lacking
                return Problem(code, str(error), place, hint, seen_in=seen_in)
            case UndefinedError() if untitled := self._untitled(str(error.message), file, line):
                return replace(untitled, seen_in=seen_in)
            case UndefinedError():
                return Problem(Code.UNKNOWN_NAME, str(error.message), place, "check how it is spelt", seen_in=seen_in)
            case TypeError() if "'NoneType' object is not iterable" in str(error):
                hint = "loop only {% if … %} it is there, or fill it in for this letter"
                return Problem(Code.PRINTS_NO_WORDS, "loops over a value that is empty", place, hint, seen_in=seen_in)
            case TypeError() if compared := _not_compared(str(error)):
                message, hint = compared
                return Problem(Code.NOT_FOR_TEMPLATES, message, place, hint, seen_in=seen_in)
            case RecursionError():
                return Problem(
                    Code.NOT_FOR_TEMPLATES, "a macro calls itself for ever", place, "take that out", seen_in=seen_in
                )
            case _:
                hint = "compare with a line that works; the how-to of letter types says what templates can do"
                return Problem(Code.NOT_FOR_TEMPLATES, f"cannot be worked out: {error}", place, hint, seen_in=seen_in)

    def _lacking_welsh(self, text: str) -> str:
        """What to do about a Welsh form (`name_cy`) that a line prints and this force does not have, if that is it."""
        for name in _WELSH_FACT.findall(text):
            record, *way = name.split(".")
            value: object = self.records[record]
            for key in way:
                value = getattr(value, key, None)
            if value is None:
                below = ".".join(way[:-1])
                where = f"{below} in" if below else "" if record == "force" else f"letters.{self.letter_type.name} in"
                file = self.place_of(()).path or f"forces/{self.force.slug}.yaml"
                if file not in self.source:  # of a force that is made up
                    return f"print it only {{% if {name} %}} it is there, or make it required"
                return f"write `{way[-1]}: …` into {f'{where} ' if where else ''}{file}"
        return ""

    def _untitled(self, said: str, file: str, line: int) -> Problem | None:
        """That an answer has no title, at its line in outcome.yaml, if that is what stands in the way. `said`: by
        Jinja; `file`, `line`: of the template that prints it."""
        answer = _UNTITLED.fullmatch(said)
        path, key = f"{self.letter_type.folder}/outcome.yaml", own_key("title", self.letter_type.language)
        if answer is None or path not in self.source:
            return None
        raw = load_yaml(self.source, path)
        titled = {way[:-1] for way in raw.ends if way[-1:] == (key,)}
        for way in (way for way in raw.ends if way[-1:] == ("const",) and way[:-1] not in titled):
            has_titles = any(one[:-1] == way[:-2] for one in titled)
            if has_titles and str(value_at(raw.data, way)) == answer[1]:
                message = f"the answer {answer[1]!r} has no {key}, and {file.rpartition('/')[2]}:{line} prints it"
                return Problem(Code.UNKNOWN_NAME, message, raw.place(way), f"write `{key}: …` beside `const`")
        return None


def _not_compared(said: str) -> tuple[str, str] | None:
    """Of an error of Python what is told of two values that cannot be compared, and what to do."""
    if not (found := _UNLIKE.search(said)):
        return None
    sorts = ["a number" if name in _NUMBERS else _SORTS.get(name, "a text") for name in found.groups()[1:]]
    hint = (
        "compare dates with dates and numbers with numbers; a constant date is written '2027-03-01', a number without '"
    )
    if "nothing" in sorts:
        hint = "ask first whether it is there: {% if outcome.day and outcome.day < letter.date %}"
    return f"`{found[1]}` compares {sorts[0]} with {sorts[1]}", hint


def _template_line(trace: TracebackType | None, path: str, verdict: str) -> tuple[str, int]:
    """The innermost template line that an error went through."""
    found = (path, 1)
    while trace:
        if trace.tb_frame.f_code.co_filename in (path, verdict):
            found = (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return found
