"""A template in Welsh held against its English: each stretch, what it prints, and lines without words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from letters.compose.alignment import aligned
from letters.compose.alternatives import otherwise
from letters.compose.counted import SAME_FIGURES, other_figures
from letters.compose.english_left import IN_TEMPLATE, english_left
from letters.compose.entries import WORDS, entries
from letters.compose.negation import BOTH_OR_NONE, only_one_says_no
from letters.compose.out_of_step import OutOfStep, at_unit
from letters.compose.printed import Item, Printed, missing
from letters.compose.stretches import Unit, folded, has_words, units_of, values_as
from letters.compose.ways import differ, listed
from letters.problems import Code, quoted
from letters.workspace.accepted import Accepted
from letters.workspace.fields import Field

#: How to say that Welsh is meant as it is.
_RIGHT = "if it is right, say so above it: {# Right: why #}"


@dataclass(frozen=True)
class TemplatePair:
    """Compares two templates, `english` and `welsh` by path, which `text` reads.

    `outcome`: what their conditions ask for; `accepted`: what the workspace says is right.
    """

    english: str
    welsh: str
    text: Callable[[str], str]
    outcome: Field
    accepted: Accepted

    @cached_property
    def _prints(self) -> tuple[Printed, Printed]:
        """What each prints, the English first."""
        return Printed(self.text(self.english)), Printed(self.text(self.welsh))

    def found(self) -> Iterator[OutOfStep]:
        """What of two templates is out of step; they are compared stretch by stretch, in order."""
        here, made = units_of(self.text(self.english)), units_of(self.text(self.welsh))
        yield from self._of_values([unit for unit in made if _is_of_values(unit)])
        made = [unit for unit in made if not _is_of_values(unit)]
        one, other = [unit.said for unit in here], [folded(unit.english or "") for unit in made]
        lost: list[Unit] = []
        gone: list[Unit] = []
        for first, second in aligned(one, other):
            if first is None or second is None:
                lost += [here[first]] if first is not None else []
                gone += [made[second]] if second is not None else []
            elif one[first] != other[second]:
                yield self._stale(made[second], here[first])
            else:
                yield from self._elsewhere(here[first], made[second])
                yield from self._other_figures(made[second])
                turns = list(self._otherwise(here[first], made[second]))
                yield from turns or self._other_words(here[first], made[second])
        yield from self._unpaired(lost, gone)
        yield from self._missing()
        yield from self._moved()
        yield from self._other_entries()

    def of_letterhead(self) -> Iterator[OutOfStep]:
        """The same of a letterhead; of one without any remark that alone is told."""
        made = units_of(self.text(self.welsh))
        if any(unit.english is not None for unit in made):
            yield from self.found()
        elif made:
            hint = f"write above each stretch {{# English: … #}} with the words that {file_name(self.english)} has"
            message = "a letterhead in Welsh that does not say from which English it was made"
            told = self._told(Code.WITHOUT_ENGLISH, message, self.welsh, made[0], hint)
            yield replace(told, lines=frozenset((self.welsh, at) for unit in made for at in (unit.first, unit.last)))

    def _other_words(self, one: Unit, other: Unit) -> Iterator[OutOfStep]:
        """A stretch that is English, prints something else, or alone says no or does not."""
        if other.is_right:
            return
        if left := english_left(self._typed(self.welsh, other), self._typed(self.english, one), self.accepted):
            yield self._told(Code.NOT_WELSH, left, self.welsh, other, IN_TEMPLATE)
            return
        prints, made = (printed.of_unit(unit) for printed, unit in zip(self._prints, (one, other), strict=True))
        if prints.keys() != made.keys():
            more, lost = (
                " and ".join(sorted(names)) for names in (made.keys() - prints.keys(), prints.keys() - made.keys())
            )
            says = f"prints {more}, and its English {f'prints {lost}' if lost else 'does not'}"
            message = f"this Welsh {says if more else f'does not print {lost}, and its English does'}"
            hint = f"print the same as {self.english}:{one.first}; {_RIGHT}"
            yield self._told(Code.OTHER_VALUES, message, self.welsh, other, hint)
        elif otherwise_printed := [name for name in made if differ(prints[name], made[name])]:
            name = otherwise_printed[0]
            message = f"this Welsh prints {name} with {listed(made[name])}, and its English with {listed(prints[name])}"
            hint = f"print it in the same way as {self.english}:{one.first}; {_RIGHT}"
            yield self._told(Code.OTHER_VALUES, message, self.welsh, other, hint)
        elif told := self._one_says_no(self._typed(self.english, one), self._typed(self.welsh, other)):
            yield self._told(Code.ONE_SAYS_NO, told, self.welsh, other, f"{BOTH_OR_NONE}; {_RIGHT}")

    def _one_says_no(self, english: str, welsh: str) -> str:
        """The same of two stretches, but where remarks inside the Welsh one pair what it says by turns."""
        return "" if "{#" in welsh else only_one_says_no(values_as(" ", english), values_as(" ", welsh))

    def _missing(self) -> Iterator[OutOfStep]:
        """Parts, and what is printed on lines without words, that one template has and the other does not."""
        here, made = self._prints
        lost = list(missing(here, made))
        for item in missing(made, here):
            instead = next((one for one in lost if one.part == item.part), None)
            if instead:
                lost.remove(instead)
            if item.is_right:
                continue
            says = f"the English has {instead.name} ({self._at(instead.line)})" if instead else "no English has"
            message = f"the Welsh has {item.name} in {_part(item.part)}, where {says}"
            yield self._of_item(Code.OTHER_VALUES, message, self.welsh, item, "let both have the same there")
        for item in lost:
            where = "" if item.name.startswith("the part") else f" in {_part(item.part)}"
            message = f"the Welsh lacks {item.name}{where}, which the English has here"
            hint = f"write it into {self.welsh}, where it stands in the English"
            yield self._of_item(Code.MISSING_WELSH, message, self.english, item, hint)
        yield from self._printed_otherwise(here.items(), made.items())

    def _printed_otherwise(self, here: Iterable[Item], made: Iterable[Item]) -> Iterator[OutOfStep]:
        """What both print on lines without words, each in a way of its own."""
        twins = {(item.name, item.part): item for item in here}
        for item in made:
            twin = twins.get((item.name, item.part))
            if twin and not item.is_right and differ(twin.ways, item.ways):
                message = (
                    f"the Welsh prints {item.name} in {_part(item.part)} with {listed(item.ways)}, and the English "
                    f"with {listed(twin.ways)} ({self._at(twin.line)})"
                )
                yield self._of_item(Code.OTHER_VALUES, message, self.welsh, item, f"let both print it alike; {_RIGHT}")

    def _moved(self) -> Iterator[OutOfStep]:
        """What is printed on lines of their own, and stands before or behind other words than in the English."""
        here, made = self._prints
        one = [(unit.first, unit.said) for unit in units_of(self.text(self.english))]
        other = [(unit.first, folded(unit.english or "")) for unit in units_of(self.text(self.welsh))]
        if [said for _, said in one] != [said for _, said in other]:
            return
        places = {(item.name, item.part): item for item in here.items()}
        for item in made.items():
            twin = places.get((item.name, item.part))
            if twin and sum(line < twin.line for line, _ in one) != sum(line < item.line for line, _ in other):
                message = f"{item.name} stands in another order than in the English, {self.english}:{twin.line}"
                yield self._of_item(
                    Code.OTHER_ORDER, message, self.welsh, item, "put it where it stands in the English"
                )

    def _other_entries(self) -> Iterator[OutOfStep]:
        """What both print of a list, and not of the same of its entries; of words only where that is all."""
        here, made = entries(self.text(self.english)), entries(self.text(self.welsh))
        told: set[str] = set()
        for key in sorted(here.keys() & made.keys(), key=lambda key: (made[key].first, key[1] == WORDS)):
            one, other = here[key], made[key]
            if one.is_of_the_same(other) or other.is_right or key[0] in told:
                continue
            told.add(key[0])
            name = f"{key[1]} in the list {key[0]}" if key[1] == WORDS else key[1]
            message = f"the Welsh prints {name} {other.where}, and the English {one.where} ({self._at(one.first)})"
            unit = Unit(other.first, other.last, "", "")
            hint = f"let both ask the same in the loop; {_RIGHT}"
            found = self._told(Code.SAID_OF_ANOTHER_OUTCOME, message, self.welsh, unit, hint)
            english = {(self.english, line) for line in range(one.first, one.last + 1)}
            yield replace(found, lines=found.lines | english)

    def _at(self, line: int) -> str:
        return f"{file_name(self.english)}:{line}"

    def _of_item(self, code: Code, message: str, path: str, item: Item, hint: str) -> OutOfStep:
        unit = Unit(item.line, item.line, item.part, "")
        return self._told(code, message, path, unit, hint)

    def _of_values(self, made: list[Unit]) -> Iterator[OutOfStep]:
        """Welsh words for English that is printed from the data alone, which some line of the template must print."""
        known = {folded(line) for line in self.text(self.english).split("\n")}
        for unit in made:
            said = folded(unit.english or "")
            if said not in known:
                yield self._english_gone(unit)
            elif not unit.is_right and (left := english_left(self._typed(self.welsh, unit), "", self.accepted)):
                yield self._told(Code.NOT_WELSH, left, self.welsh, unit, IN_TEMPLATE)

    def _other_figures(self, unit: Unit) -> Iterator[OutOfStep]:
        if told := other_figures(unit.english or "", unit.said):
            yield self._told(Code.OTHER_FIGURES, told, self.welsh, unit, SAME_FIGURES)

    def _otherwise(self, one: Unit, other: Unit) -> Iterator[OutOfStep]:
        """What is said by turns within a stretch, and not of the same outcomes."""
        here, made = (self._typed(path, unit) for path, unit in ((self.english, one), (self.welsh, other)))
        for found in otherwise(here, made, one, self.outcome):
            yield self._told(found.code, found.message, self.welsh, other, found.hint)

    def _with_tags(self, path: str, unit: Unit) -> str:
        """The words of a stretch; with tags where it has any, without which words by turns would run together."""
        typed = " ".join(self._typed(path, unit).split())
        return typed if "{%" in typed else unit.said

    def _typed(self, path: str, unit: Unit) -> str:
        return "\n".join(self.text(path).split("\n")[unit.first - 1 : unit.last])

    def _stale(self, old: Unit, new: Unit) -> OutOfStep:
        was, now = (folded(text.replace("%}", "%} ")) for text in (old.english or "", self._typed(self.english, new)))
        if old.english is None:
            return self._without_english(old, self._with_tags(self.english, new))
        message = f"the English of these words was {_differing(was, now)}, and is {_differing(now, was)} now"
        says = self._with_tags(self.english, new)
        at = f"{self.english}:{new.first}"
        hint = f"mend the Welsh if need be, then write into the remark above it what {at} says now: {says}"
        return self._told(Code.STALE_WELSH, message, self.welsh, old, hint)

    def _without_english(self, unit: Unit, says: str = "…") -> OutOfStep:
        hint = f"write {{# English: {says} #}} above them, the English words that they were made from"
        message = "Welsh words that do not say from which English they were made"
        return self._told(Code.WITHOUT_ENGLISH, message, self.welsh, unit, hint)

    def _elsewhere(self, one: Unit, other: Unit) -> Iterator[OutOfStep]:
        if one.part != other.part:
            message = f"these words are in {_part(other.part)}, and their English is in {_part(one.part)}"
            hint = f"move them to where {self.english}:{one.first} is"
            yield self._told(Code.OTHER_ORDER, message, self.welsh, other, hint)

    def _unpaired(self, lost: list[Unit], gone: list[Unit]) -> Iterator[OutOfStep]:
        """English without Welsh, and Welsh without English; what is only in another place is told as that."""
        yield from (self._without_english(unit) for unit in gone if unit.english is None)
        for unit in (unit for unit in gone if unit.english is not None):
            twin = next((one for one in lost if one.said == folded(unit.english or "")), None)
            if twin:
                lost.remove(twin)
                message = f"these words stand in another order than their English, {self.english}:{twin.first}"
                yield self._told(Code.OTHER_ORDER, message, self.welsh, unit, "put them where their English stands")
            else:
                yield self._english_gone(unit)
        for unit in lost:
            says = self._with_tags(self.english, unit)
            hint = f"write the Welsh into {self.welsh}, with a line above it: {{# English: {says} #}}"
            yield self._told(Code.MISSING_WELSH, "these words have no Welsh", self.english, unit, hint)

    def _english_gone(self, unit: Unit) -> OutOfStep:
        message = (
            f"the English from which these words were made is no longer there: {quoted(folded(unit.english or ''))}"
        )
        hint = f"take the Welsh out too, or write the remark as {file_name(self.english)} has the words"
        return self._told(Code.WITHOUT_ENGLISH, message, self.welsh, unit, hint)

    def _told(self, code: Code, message: str, path: str, unit: Unit, hint: str) -> OutOfStep:
        return at_unit(code, message, path, self.text(path), unit, hint)


def _is_of_values(unit: Unit) -> bool:
    """Whether Welsh words stand for what in English is printed from the data, and has no words in the template."""
    return unit.english is not None and bool(unit.english.strip()) and not has_words(unit.english)


def file_name(path: str) -> str:
    return path.rpartition("/")[2]


def _part(name: str) -> str:
    return f"the part .{name}" if name else "the body"


#: Words that are shown on both sides of those that differ.
_AROUND = 3


def _differing(text: str, other: str) -> str:
    """The words of a text that another does not have, with a few around them; all of it if it is short."""
    words, others = text.split(), other.split()
    start = next((at for at, pair in enumerate(zip(words, others, strict=False)) if len({*pair}) > 1), len(others))
    back = next((at for at, pair in enumerate(zip(words[::-1], others[::-1], strict=False)) if len({*pair}) > 1), 0)
    first, last = max(min(start, len(words)) - _AROUND, 0), min(len(words) - back + _AROUND, len(words))
    shown = " ".join(words[first : max(last, first)])
    return quoted(f"{'… ' if first else ''}{shown}{' …' if last < len(words) else ''}")
