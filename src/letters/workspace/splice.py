"""The lossless writer: edits are spliced into YAML where its values stand, and every other byte stays as it was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from letters.problems import InvalidInput
from letters.workspace.edits import Append, Block, Edit, Put, Remove, meant, said, simple
from letters.workspace.lines import Lines, Splice, further_in
from letters.workspace.raw import KeyPath, load_yaml
from letters.workspace.spans import Span, read_spans
from letters.workspace.written import STEP, NotWritten, entry_lines, in_lines, in_one_line, key_typed, same, shifted

_MARK = "\ufeff"
_BLOCK_HEAD = re.compile(r"[|>][-+0-9]*")


def spliced(data: bytes, edits: Iterable[Edit], path: str = "") -> bytes:
    """The bytes of a YAML file with some edits made, one after the other.

    Raises InvalidInput where the file is not sound YAML (anchors, aliases and tags are not), with `path` as its
    place, and NotWritten where an edit cannot be made so that only what it means changes.
    """
    load_yaml({path: data}, path)
    text = data.decode("utf-8")
    start, text = (_MARK, text[1:]) if text.startswith(_MARK) else ("", text)
    for edit in edits:
        text = _edited(text, edit)
    return (start + text).encode()


def checked(before: str, splices: list[Splice], edit: Edit) -> str:
    """The text after the splices. Raises NotWritten where it does not say just what the edit means, or where text
    goes that does not belong to what the edit is about: remarks, blanks, how another value is typed.
    """
    start, end = _Ways(before).bounds(edit)
    if any(one.start < one.end and not start <= one.start <= one.end <= end for one in splices):
        raise NotWritten(f"{said(edit.path)}: more than that would go")
    parts, at = [], 0
    for one in sorted(splices):
        if one.start < at:
            raise NotWritten(f"{said(edit.path)}: two changes of one place")
        parts += [before[at : one.start], one.text]
        at = one.end
    after = "".join([*parts, before[at:]])
    try:
        is_so = same(_data(after), meant(_data(before), edit))
    except InvalidInput:
        is_so = False
    if not is_so:
        raise NotWritten(f"{said(edit.path)} cannot be written here so that nothing else changes: write it by hand")
    return after


def _data(text: str) -> object:
    return load_yaml({"": text.encode()}, "").data


def _edited(text: str, edit: Edit) -> str:
    """The text with one edit made, in the first of the ways that say just that."""
    data = _data(text)
    goal = meant(data, edit)
    if same(data, goal) and not isinstance(edit, Block):
        return text
    if isinstance(edit, Put) and (several := list(simple(data, edit))):
        for one in several:
            text = _edited(text, one)
        return text
    trouble = NotWritten(f"{said(edit.path)} cannot be written here: write it by hand")
    for splices in _Ways(text).of(edit):
        try:
            return checked(text, splices, edit)
        except NotWritten as error:
            trouble = error
    raise trouble


class _Ways:
    """The ways to make an edit of one text, best first."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.top = read_spans(text)
        self.lines = Lines(text)

    def of(self, edit: Edit) -> Iterator[list[Splice]]:
        """Each way as the splices that make it."""
        match edit:
            case Put(path, value, after):
                yield from self.put(path, value, after)
            case Append(path, value):
                yield from self.append(path, value)
            case Remove(path):
                yield from self.remove(path)
            case Block(path, lines):
                yield from self.block(path, list(lines))

    def bounds(self, edit: Edit) -> tuple[int, int]:
        """The places between which text may go for an edit: none where something is only put in."""
        path, span = edit.path, self.top.at(edit.path)
        if isinstance(edit, Remove) and span is not None:
            above = self.top.at(path[:-1])
            assert above
            if len(above.inside()) > 1:
                return self.bounds_of_entry(above, path)
            path, span = path[:-1], above
        while path and span is None:
            path, span = path[:-1], self.top.at(path[:-1])
        is_within = path != edit.path or not isinstance(edit, Put | Remove)
        if not span or (is_within and span.inside() and not isinstance(edit, Remove)):
            return 0, 0
        end = span.end if span.is_scalar or span.is_flow else self.lines.behind(span.end, self.parent_column(path) + 1)
        return (self.sign(path) if path and not self.in_brackets(path) else span.start), end

    def bounds_of_entry(self, above: Span, path: KeyPath) -> tuple[int, int]:
        """From the end of the key or entry before it to the beginning of the next one, or the end of its lines."""
        starts = self.starts(above)
        at = list(above.values).index(str(path[-1])) if above.is_mapping else int(path[-1])
        lowest = above.inside()[at - 1].end if at else min(above.start, self.lines.start_of(above.start))
        if at + 1 < len(starts):
            return lowest, starts[at + 1]
        end = above.inside()[at].end
        return lowest, end if above.is_flow else self.lines.behind(end, self.lines.column(starts[at]) + 1) + 2

    # what is put where

    def put(self, path: KeyPath, value: object, after: str | None) -> Iterator[list[Splice]]:
        span = self.top.at(path)
        if span is not None and path:
            yield from self.replace(path, span, value)
            return
        while path and (above := self.top.at(path[:-1])) is None:  # mappings above it are made with it
            path, value, after = path[:-1], {path[-1]: value}, None
        if not path:
            return
        if above and above.is_mapping and above.values:
            yield from self.add_key(path[:-1], above, path[-1], value, after)
        elif above:
            yield from self.replace(path[:-1], above, {path[-1]: value})

    def add_key(
        self, path: KeyPath, mapping: Span, key: object, value: object, after: str | None
    ) -> Iterator[list[Splice]]:
        before = mapping.values.get(after) if after else None
        last = before or mapping.inside()[-1]
        if self.in_brackets((*path, key)):  # type: ignore[arg-type]
            yield [Splice(last.end, last.end, f", {key_typed(key, True)}: {in_one_line(value, in_brackets=True)}")]
            return
        column = self.lines.column(next(iter(mapping.keys.values())).start)
        at = self.lines.behind(last.end, column + 1 if before else column)
        for lines in self.forms(f"{key_typed(key)}:", value):
            yield [self.lines.inserted(at, lines, column)]

    def append(self, path: KeyPath, value: object) -> Iterator[list[Splice]]:
        span = self.top.at(path)
        if span is None or not span.entries:
            yield from self.put(path, [value], None)
            return
        last = span.entries[-1]
        if self.in_brackets((*path, 0)):
            yield [Splice(last.end, last.end, f", {in_one_line(value, in_brackets=True)}")]
            return
        column = self.lines.column(span.start)
        for lines in self.forms("-", value):
            yield [self.lines.inserted(self.lines.behind(last.end, column + 1), lines, column)]

    def block(self, path: KeyPath, lines: list[str]) -> Iterator[list[Splice]]:
        span, says = self.top.at(path), Block(path, tuple(lines)).says
        if span is not None and not span.values and self.in_brackets(path):
            yield from self.put(path, says or None, None)
        elif span is None:
            above = self.top.at(path[:-1])
            if above and above.is_mapping and above.values and not self.in_brackets(path):
                column = self.lines.column(next(iter(above.keys.values())).start)
                new = [f"{key_typed(path[-1])}:", *further_in(_without_blank(lines), STEP)]
                yield [self.lines.inserted(self.lines.behind(above.inside()[-1].end, column), new, column)]
        elif span.values and not span.is_flow:
            column = self.lines.column(next(iter(span.keys.values())).start)
            at = self.lines.behind(span.inside()[-1].end, column)
            yield [self.lines.inserted(at, further_in(lines, column), 0)]
        elif span.values and says:
            inside = "".join(f", {key_typed(key, True)}: {in_one_line(v, in_brackets=True)}" for key, v in says.items())
            yield [Splice(span.inside()[-1].end, span.inside()[-1].end, inside)]
        elif span.values:
            remarks = further_in(lines, self.parent_column(path) + STEP)
            yield [self.lines.inserted(self.lines.end_of(span.end), remarks, 0)]
        else:
            column = self.parent_column(path) + STEP
            at = self.lines.behind(span.end, column)
            lines = lines if at > self.lines.end_of(span.end) else _without_blank(lines)
            yield [self.lines.emptied(span.start, span.end), self.lines.inserted(at, further_in(lines, column), 0)]

    # what is there

    def replace(self, path: KeyPath, span: Span, value: object) -> Iterator[list[Splice]]:
        """A value in the place of another."""
        if self.in_brackets(path):
            yield [Splice(span.start, span.end, self.led(path, span, in_one_line(value, span.style, in_brackets=True)))]
            return
        column = self.parent_column(path)
        head, below = in_lines(value, span.style)
        if below and (head or isinstance(path[-1], str)):
            yield self.replaced(path, span, head, [shifted(line, column + STEP) for line in below])
        yield self.replaced(path, span, in_one_line(value, span.style), [])

    def replaced(self, path: KeyPath, span: Span, head: str, below: list[str]) -> list[Splice]:
        if not span.is_scalar and not span.is_flow:
            return self.instead_of_lines(path, span, head, below)
        if span.is_block_text:
            match = _BLOCK_HEAD.match(self.text, span.start)
            assert match
            first = Splice(span.start, match.end(), head)
            tail = Splice(self.lines.end_of(span.start), span.end, "".join(self.lines.end + line for line in below))
            return [first, tail]
        emptied = self.lines.emptied(span.start, span.end)
        first = Splice(span.start, span.end, self.led(path, span, head)) if head else emptied
        return [first, *([self.lines.inserted(self.lines.end_of(span.end), below, 0)] if below else [])]

    def instead_of_lines(self, path: KeyPath, span: Span, head: str, below: list[str]) -> list[Splice]:
        """Something in the place of the lines of a mapping or list, which go with their remarks."""
        sign = self.sign(path)
        end = self.lines.behind(span.end, self.parent_column(path) + 1)
        start = self.lines.end_of(sign)
        lines = "".join(self.lines.end + line for line in below)
        if start > span.start:  # `- key: value`
            return [Splice(span.start, end, head + lines)]
        return [Splice(sign, sign, f" {head}" if head else ""), Splice(start, end, lines)]

    def remove(self, path: KeyPath) -> Iterator[list[Splice]]:
        above = self.top.at(path[:-1])
        assert above
        if len(above.inside()) == 1:
            nothing: object = {} if above.is_mapping else []
            if above.is_flow:
                yield [Splice(above.start + 1, above.end - 1, "")]
            elif len(path) > 1:
                yield from self.replace(path[:-1], above, nothing)
            return
        starts = self.starts(above)
        at = list(above.values).index(str(path[-1])) if above.is_mapping else int(path[-1])
        end = above.inside()[at].end
        if above.is_flow and at:
            yield [Splice(above.inside()[at - 1].end, end, "")]
        elif above.is_flow or self.text[self.lines.start_of(starts[at]) : starts[at]].strip():
            yield [Splice(starts[at], starts[at + 1], "")] if at + 1 < len(starts) else []
        else:
            end = self.lines.behind(end, self.lines.column(starts[at]) + 1)
            start = self.lines.start_of(starts[at])
            yield [self.lines.without(start, end)]
            yield [Splice(start, end, "")]  # where the line end before it belongs to a text

    def starts(self, above: Span) -> list[int]:
        """Where each key, or the dash of each entry, stands."""
        if above.is_mapping:
            return [key.start for key in above.keys.values()]
        if above.is_flow:
            return [one.start for one in above.inside()]
        column, found, bound = self.lines.column(above.start), [], above.start
        for one in above.inside():
            at = one.start
            while not (self.text[at : at + 1] == "-" and self.lines.column(at) == column) and at > bound:
                at -= 1
            found.append(at)
            bound = one.end
        return found

    # places in the text

    def forms(self, sign: str, value: object) -> Iterator[list[str]]:
        """The lines of a key or entry with its value: in lines, else in one."""
        yield entry_lines(sign, value)
        yield [f"{sign} {in_one_line(value)}"]

    def led(self, path: KeyPath, span: Span, form: str) -> str:
        """A value with what belongs before it where nothing was: a colon, a blank."""
        if span.start < span.end:
            return form
        above = self.top.at(path[:-1])
        key = above.keys[str(path[-1])] if above and above.is_mapping else None
        colon = ":" if key and ":" not in self.text[key.end : span.start] else ""
        blank = " " if colon or self.text[span.start - 1 : span.start] not in (" ", "\t") else ""
        return colon + blank + form

    def in_brackets(self, path: KeyPath) -> bool:
        """Whether what is above a path is written in brackets or braces."""
        spans = (self.top.at(path[:length]) for length in range(len(path)))
        return any(span is not None and span.is_flow for span in spans)

    def parent_column(self, path: KeyPath) -> int:
        """The column of the key, or of the dash, that a value stands behind; a step less than 0 for the top."""
        above = self.top.at(path[:-1]) if path else None
        if above is None:
            return -STEP
        return self.lines.column(above.keys[str(path[-1])].start if above.is_mapping else above.start)

    def sign(self, path: KeyPath) -> int:
        """Right behind the colon of a key, or the dash of an entry."""
        above = self.top.at(path[:-1])
        assert above
        if above.is_mapping:
            return self.text.index(":", above.keys[str(path[-1])].end) + 1
        return self.starts(above)[int(path[-1])] + 1


def _without_blank(lines: list[str]) -> list[str]:
    """Lines that come right below their key, without a blank one first."""
    return lines[1:] if lines[:1] == [""] else lines
