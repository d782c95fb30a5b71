"""The making of one letter: what it is made from, and what was noticed on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial

from jinja2 import TemplateError as JinjaError
from markupsafe import Markup

from letters.compose.bounds import TemplateError
from letters.compose.environment import (
    Record,
    Sandbox,
    escape_markdown,
    fold_marked,
    marked_phrase,
    take_marks,
    was_read,
)
from letters.compose.facts import (
    force_record,
    letter_record,
    outcome_record,
    own_values,
)
from letters.compose.failed import Failed
from letters.compose.foot import FOOT, foot_problems
from letters.compose.grammar import seems
from letters.compose.marks import CLOSE, MARK, OPEN, strip_marks
from letters.compose.parts import part_place
from letters.compose.signatures import mail_problems, signature_problems
from letters.compose.syntax import line_place
from letters.compose.values import Placed, line_of_text, place_values
from letters.letter import ENGLISH, SIGNATURE, TAGS, Letter, Part, Stage, plain
from letters.letter.languages import marked, unmarked
from letters.letter.markdown import parse_parts
from letters.letter.markdown.finding import at_text
from letters.letter.typography import Typographer
from letters.problems import Code, InvalidInput, Place, Problem, quoted
from letters.workspace.letter_types import pictures
from letters.workspace.model import OWN_WORDS, Departure, Force, LetterType, Number, Outcome, Phrase, own_key
from letters.workspace.raw import KeyPath, PlaceOf, read_text
from letters.workspace.recipient import Recipient
from letters.workspace.source import Source

#: The mark of a line of verdict.md.
VERDICT_LINE = re.compile(f"{OPEN}v(\\d+){CLOSE}")
#: A line of a template that is an entry of a list, and prints a value.
_LISTED = re.compile(r"[\s>]*[-*]\s+\{[{%]")
#: What is wrong with a text of the data, and not with the signs of the template in front of it.
_OF_ITS_WORDS = frozenset({Code.BLOCK_IN_AN_ENTRY, Code.NOT_IN_LETTERS, Code.SKIPPED_HEADING_LEVEL})
#: Characters of one line that a template makes, marks and all.
_LONGEST_LINE = 50_000
#: What a trace names in place of a phrase where a sentence is one of the letter's own.
ADDED = "added_sentences"


@dataclass
class Composition:
    """The making of one letter: what it is made from, and what was noticed on the way."""

    source: Source
    environment: Sandbox
    letter_type: LetterType
    force: Force
    recipient: Recipient
    place_of: PlaceOf

    def __post_init__(self) -> None:
        self.language = self.letter_type.language
        self.outcome: Outcome = self.force.letters[self.letter_type.name].in_language(self.language)
        self.usual_signatory = self.letter_type.signed_by
        self.letter_type = self.letter_type.signed(self.outcome)
        self.used: set[str] = set()
        self.texts: dict[str, str] = {}
        self.verdict_was_used = False
        self.problems: list[Problem] = []
        self.records = {
            "force": force_record(self.recipient.facts, self.force, self.outcome),
            "letter": letter_record(self.letter_type, self.outcome),
            "outcome": outcome_record(self.letter_type, self.outcome),
        }

    def letter(self) -> tuple[Letter | None, list[Problem]]:
        day = self.outcome.date or self.letter_type.date
        if day is None:
            place = self.place_of(("letters", self.letter_type.name))
            return None, [
                Problem(Code.MISSING_KEY, "this letter has no date", place, "add `date: …`, such as date: 2019-11-20")
            ]
        parts = self.parts()
        if parts is not None:
            self.check_use()
            self.check_signer(parts)
            self.check_foot(parts)
        if parts is None or any(problem.stops for problem in self.problems):
            return None, self.problems
        return self.made(parts, day), self.problems

    def letter_anyway(self) -> Letter | None:
        """The letter with all that is wrong with it, for a comparison; None where it has no date or no parts."""
        day, parts = self.outcome.date or self.letter_type.date, self.parts()
        return self.made(parts, day) if day and parts is not None else None

    def parts(self) -> list[Part] | None:
        parts: list[Part] = []
        try:
            for path in (self.letter_type.letterhead_path, self.letter_type.letter_path):
                parts += self.in_own_language(path, self.rendered(path))
        except InvalidInput as broken:
            self.problems += broken.problems
            return None
        return parts

    def in_own_language(self, path: str, parts: tuple[Part, ...]) -> Iterator[Part]:
        """The parts, marked where their language is not the letter's: those of a letterhead that is not in it."""
        is_english = path == self.letter_type.letterhead_path and not self.letter_type.has_letterhead
        for part in parts:
            marked_part = marked(part, TAGS[ENGLISH]) if is_english and self.language != ENGLISH else part
            yield unmarked(marked_part, TAGS[self.language])

    def rendered(self, path: str) -> tuple[Part, ...]:
        placed = self.placed(path)
        text, numbers = take_marks(placed.text)
        lines = read_text(self.source, path).split("\n")
        in_template: dict[tuple[str, int], Place] = {}

        def where(line: int) -> Place:
            if line in placed.lines:
                return self.value_place(*placed.lines[line])
            number = numbers[min(line, len(numbers) - 1)]
            own = Place(path, number, 0, lines[number - 1] if number <= len(lines) else "")
            if line not in placed.first:
                return own
            place = self.value_place(placed.first[line], 0)
            in_template[place.path, place.line] = own
            return place

        def is_data(line: int) -> bool:
            return line in placed.lines or line in placed.first

        parts, problems = parse_parts(text, where, self.has_picture, is_data=is_data)
        for problem in problems:
            own = in_template.get((problem.place.path, problem.place.line))
            if own and problem.code not in _OF_ITS_WORDS:
                problem = replace(problem, place=at_text(own))
            elif own:
                hint = f"{problem.hint}: {own.path}:{own.line} puts this text there"
                problem = replace(problem, hint=hint)
            if problem.code in (Code.SIGN_MAKES_A_BLOCK, Code.SIGN_MAKES_A_BLOCK_PERHAPS) and _LISTED.match(
                problem.place.text
            ):
                continue  # who writes `- {{ value }}` means a list, whatever the value begins with
            if problem.place.path == path:
                self.problems.append(replace(problem, seen_in=(self.force.name,)))
            elif problem.stops:  # of the data; warnings of it are said already
                self.problems.append(problem)
        return parts

    def value_place(self, name: str, line: int) -> Place:
        """The place of a line (from 0) of a Markdown text in the force's file."""
        record, *steps = [int(step) if step.isdigit() else step for step in name.split(".")]
        is_own = record != "force" or steps[0] in self.outcome.facts
        place = self.place_of(("letters", self.letter_type.name, *steps) if is_own else tuple(steps))
        return line_of_text(self.source, place, line)

    def has_picture(self, path: str) -> bool:
        """Whether the letter's own folder or its letterhead's has a picture, by its path below `templates/`."""
        return f"templates/{path}" in pictures(self.source, self.letter_type)

    def run(self, path: str) -> str:
        """The Markdown that a template gives. Raises InvalidInput with the template's line."""
        return self.placed(path).text

    def placed(self, path: str) -> Placed:
        """The Markdown of a template, its values in their places. Raises InvalidInput with the template's line."""
        return place_values(self.printed(path), partial(self.refuse_blocks, path))

    def refuse_blocks(self, path: str, in_front: str, name: str) -> None:
        """Say that a text of several blocks stands among words. Raises InvalidInput with the template's line."""
        _, numbers = take_marks(in_front)
        verdict_lines = VERDICT_LINE.findall(in_front)
        line = int(verdict_lines[-1]) if path == self.letter_type.verdict_path and verdict_lines else numbers[-1]
        place = line_place(path, read_text(self.source, path).split("\n"), line, "{{")
        said = re.sub(r"\.(\d+)", lambda match: f" (item {int(match[1]) + 1})", name)
        message = f"{said} is more than one paragraph, and is put among words"
        hint = "put it on a line of its own, with blank lines around it, or behind > or - alone"
        raise InvalidInput(Problem(Code.BLOCKS_AMONG_WORDS, message, place, hint, seen_in=(self.force.name,)))

    def printed(self, path: str) -> str:
        self.environment.budget.replenish()
        try:
            said: str = self.environment.get_template(path).render(self.names())
        except (JinjaError, TemplateError, ArithmeticError, AttributeError, LookupError, RecursionError) as error:
            raise InvalidInput(self.failed.problem(path, error)) from None
        except (TypeError, ValueError) as error:
            raise InvalidInput(self.failed.problem(path, error)) from None
        self.refuse_long_lines(path, said)
        self.texts[path] = said
        return said

    @property
    def failed(self) -> Failed:
        return Failed(self.source, self.letter_type, self.force, self.outcome, self.records, self.place_of)

    @cached_property
    def said(self) -> dict[str, list[tuple[str, int]]]:
        """The lines of templates that the letter says, each with its file, in order, by the template carried out."""
        verdict = self.letter_type.verdict_path
        return {path: list(lines_said(text, path, verdict)) for path, text in self.texts.items()}

    @property
    def lines(self) -> set[tuple[str, int]]:
        """The same, in no order."""
        return {line for lines in self.said.values() for line in lines}

    @property
    def standard(self) -> set[str]:
        """The phrases that the letter says as wording.yaml has them."""
        return self.used - self.outcome.changed_wording.keys()

    def refuse_long_lines(self, path: str, said: str) -> None:
        """Refuse a line that is no line of a letter. Raises InvalidInput with the template's line."""
        if line := next((line for line in said.split("\n") if len(line) > _LONGEST_LINE), ""):
            _, numbers = take_marks(line[:_LONGEST_LINE])
            place = line_place(path, read_text(self.source, path).split("\n"), numbers[0], "{%")
            hint = "end the line within the loop that makes it"
            message = f"makes a line of more than {_LONGEST_LINE:,} characters"
            raise InvalidInput(Problem(Code.TOO_LARGE_VALUE, message, place, hint, seen_in=(self.force.name,)))

    def names(self) -> dict[str, object]:
        names = {**self.records, "phrase": self.phrase, "phrases": self.phrases, "fields_where": fields_where}
        return {**names, "verdict": self.verdict} if self.letter_type.verdict_path in self.source else names

    # -- what templates call

    def phrase(self, key: str) -> Phrase:
        """The phrase `key`, as this force words it."""
        phrase = self.letter_type.phrases.get(key)
        if phrase is None:
            file = self.letter_type.wording_path.rpartition("/")[2]
            raise TemplateError(Code.UNKNOWN_PHRASE, f"there is no phrase {key!r}", f"write it into {file}")
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
        module = self.environment.get_template(self.letter_type.verdict_path).make_module(names)
        said = str(getattr(module, "verdict")(outcome))  # noqa: B009 - a name of the template's, not ours
        said = place_values(said, partial(self.refuse_blocks, self.letter_type.verdict_path), in_line=True).text
        added = (marked_phrase(ADDED, escape_markdown(sentence)) for sentence in self.outcome.added_sentences)
        return Markup(fold_marked(" ".join([said, *added])))

    # -- what is checked

    def check_use(self) -> None:
        """Everything that this letter's data asks for must be in the letter."""
        for key, departure in self.outcome.changed_wording.items():
            if key not in self.used:
                message = f"this letter does not use the phrase {key!r}"
                self.unused((self.own_key("changed_wording"), key), message, "take the departure out")
            elif number := self.number_of_its_own(key, departure):
                self.problems.append(self.disagrees(key, departure, number))
        if self.outcome.added_sentences and not self.verdict_was_used:
            self.unused(
                (self.own_key("added_sentences"),),
                "this letter type has no verdict to add sentences to",
                "take them out",
            )
        said = [(key, "force") for key in self.outcome.facts]
        said += [(key, "letter") for key in _OVERRIDES if getattr(self.outcome, key)]
        for key, record in said:
            if not was_read(self.records[record], key):
                hint = f"take it out: {self.letter_type.letter_path.rpartition('/')[2]} has no place for it"
                own = self.own_key(key) if key in OWN_WORDS else key
                self.unused((own,), f"this letter does not use {own!r}", hint)

    def own_key(self, key: str) -> str:
        """The key, in this letter's language, of what it says for itself."""
        return own_key(key, self.language)

    def number_of_its_own(self, key: str, departure: Departure) -> Number | None:
        """The number that a departure seems to have, if it is not its phrase's and the letter would read otherwise.

        None of one that is not in English.
        """
        if self.language != ENGLISH:
            return None
        phrase = self.letter_type.phrases[key]
        number = seems(departure.text)
        if departure.number or number in (None, phrase.number) or seems(phrase.text) not in (None, phrase.number):
            return None
        changed = {**self.outcome.changed_wording, key: replace(departure, number=number)}
        outcome = replace(self.outcome, changed_wording=changed)
        force = replace(self.force, letters={**self.force.letters, self.letter_type.name: outcome})
        other = Composition(self.source, self.environment, self.letter_type, force, self.recipient, self.place_of)
        path = self.letter_type.letter_path
        return number if strip_marks(other.run(path)) != strip_marks(self.run(path)) else None

    def disagrees(self, key: str, departure: Departure, number: Number) -> Problem:
        standard = self.letter_type.phrases[key].number.value
        message = f"{quoted(departure.text)} seems to be {number.value}, and {key} is {standard}"
        hint = (
            f"write two lines below {key}, `text: …` and `number: {number.value}`; or `number: {standard}` if it is so"
        )
        place = self.place_of(("letters", self.letter_type.name, "changed_wording", key))
        return Problem(Code.CHANGED_PHRASE_NUMBER, message, place, hint)

    def check_signer(self, parts: list[Part]) -> None:
        """What a letter has of a person must be that of whoever signs it."""
        path = self.letter_type.letter_path
        usual = self.usual_signatory
        found = list(signature_problems(self.letter_type, parts, path, read_text(self.source, path), usual))
        for file in (path, self.letter_type.letterhead_path):
            found += mail_problems(self.letter_type, parts, file, read_text(self.source, file))
        self.problems += (replace(problem, seen_in=(self.force.name,)) for problem in found)

    def check_foot(self, parts: list[Part]) -> None:
        """What stands in the foot must be printed."""
        path = self.letter_type.letter_path
        place = part_place(self.source, (path, self.letter_type.letterhead_path), FOOT)
        found = foot_problems(parts, place or Place(path))
        self.problems += (replace(problem, seen_in=(self.force.name,)) for problem in found)

    def unused(self, path: KeyPath, message: str, hint: str) -> None:
        place = self.place_of(("letters", self.letter_type.name, *path))
        self.problems.append(Problem(Code.UNUSED_IN_LETTER, message, place, hint))

    # -- the letter

    def made(self, parts: list[Part], day: date) -> Letter:
        typographer = Typographer(self.letter_type.keep_together)
        done = [typographer.part(_signed(part, self.outcome.stage)) for part in parts if part.name != FOOT]
        foot = [
            plain(block.runs) for part in parts if part.name == FOOT for block in part.blocks if hasattr(block, "runs")
        ]
        sender = next((part.blocks[0] for part in done if part.name == "sender" and part.blocks), None)
        return Letter(
            type=self.letter_type.name,
            slug=self.force.slug,
            force_name=self.force.name,
            title=typographer.text(f"{self.letter_type.title} – {self.force.name_in(self.language)}"),
            date=day,
            stage=self.outcome.stage,
            letterhead=self.letter_type.letterhead,
            parts=tuple(done),
            foot=typographer.text("\n".join(foot)) if foot else "",
            language=TAGS[self.language],
            author=plain(sender.runs) if sender and hasattr(sender, "runs") else "",
            recipient=self.recipient.word.one,
            values=tuple(own_values(self.letter_type, self.recipient.facts, self.force, self.outcome).items()),
        )


#: What a letter may say otherwise than its letter type.
_OVERRIDES = ("salutation", "copied_to", "date", "signatory")


def lines_said(said: str, path: str, verdict_path: str) -> Iterator[tuple[str, int]]:
    """The lines of templates, each with its file, that a rendered template with marks says something of."""
    _, *others = MARK.split(said)
    for mark, text in zip(others[::2], others[1::2], strict=True):
        if text.strip() and (mark.isdigit() or mark[:1] == "v"):
            yield (path, int(mark)) if mark.isdigit() else (verdict_path, int(mark[1:]))


def fields_where(outcome: Record, fields: Sequence[str], answer: str) -> list[str]:
    """Those of `fields` that have `answer` in the outcome, in the order given."""
    try:
        return [field for field in fields if getattr(outcome, field) == answer]
    except AttributeError as error:
        raise TemplateError(
            Code.UNKNOWN_NAME, str(error), "look where its fields are listed, and check how they are spelt"
        ) from None


def says(part: str, stage: Stage) -> bool:
    """Whether what is in a part is among the words of a letter: the foot is not, nor a signature before it is ready."""
    return part != FOOT and (part != SIGNATURE or stage is Stage.READY)


def _signed(part: Part, stage: Stage) -> Part:
    """A signature picture belongs on letters that are ready; on others its space is kept."""
    return part if says(part.name, stage) else replace(part, blocks=())
