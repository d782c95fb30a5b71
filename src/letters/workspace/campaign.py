"""A letter type made from one that is there, and its place in every force's file: what is to be written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from letters.problems import Code, InvalidInput, Problem
from letters.workspace.copies import is_litter
from letters.workspace.editor import outcome_block
from letters.workspace.edits import Block, Put
from letters.workspace.forces import force_files
from letters.workspace.letter_types import load_letter_types
from letters.workspace.model import Expected, LetterType
from letters.workspace.raw import load_yaml, read_bytes
from letters.workspace.renewing import renewed_block
from letters.workspace.rewriting import Rewrite
from letters.workspace.samples import EMPTY, load_sample, skeleton
from letters.workspace.source import LETTERHEADS, SIGNATORIES, Source, letter_type_names
from letters.workspace.splice import spliced
from letters.workspace.written import NotWritten

#: The letterhead of a letter type that is made from none, which comes with it where it is not there.
_PLAIN = f"templates/{LETTERHEADS}/plain"


@dataclass(frozen=True)
class Campaign:
    """What a new letter type needs: its files, with those of the forces that get a place for it.

    `renewed`: those whose lines for it, with nothing filled in, were of an outcome.yaml that says something else now.
    `left`: the forces that have something for it already. `problems`: why it cannot be made, or what is to be asked.
    """

    letter_type: LetterType | None
    files: Mapping[str, Rewrite]
    added: tuple[str, ...]
    left: tuple[str, ...]
    problems: tuple[Problem, ...]
    renewed: tuple[str, ...] = ()

    @property
    def is_for_all(self) -> bool:
        """Whether every force gets the letter."""
        return self.letter_type is not None and self.letter_type.expected is Expected.ALL

    @property
    def can_be_made(self) -> bool:
        """Whether nothing stands in the way."""
        return self.letter_type is not None and not any(problem.stops for problem in self.problems)


def plan_campaign(source: Source, name: str, old: str | None, today: date) -> Campaign:
    """Plan the letter type `name`, from the type `old` or from a small one of the tool's own, dated `today`.

    One that is there stays as it is, and gets its place in the files of the forces that have none for it, or one in
    which nothing is filled in yet.
    """
    is_there = name in letter_type_names(source)
    try:
        new = {} if is_there else _copied(source, name, old) if old else _made(source, name, today)
    except InvalidInput as broken:
        return Campaign(None, {}, (), (), broken.problems)
    types, found = load_letter_types({**source, **new})
    letter_type = types.get(name)
    problems = _of_type([problem for problem in found if problem.stops], name)
    rewrites = {path: Rewrite(None, data) for path, data in new.items()}
    added, left, renewed = [], [], []
    slugs, _ = force_files(source)
    lines = outcome_block(letter_type) if letter_type else ()
    for slug, path in slugs.items() if lines else ():
        try:
            before = source[path]
            if _has(source, path, name):
                if is_there and (again := renewed_block(before, path, name, lines)):
                    rewrites[path] = Rewrite(before, again)
                    renewed.append(slug)
                else:
                    left.append(slug)
                continue
            rewrites[path] = Rewrite(before, spliced(before, [Block(("letters",), lines)], path))
            added.append(slug)
        except InvalidInput as broken:
            problems += broken.problems
        except NotWritten:
            problems.append(_by_hand(source, path, name))
    return Campaign(letter_type, rewrites, tuple(added), tuple(left), tuple(problems), tuple(renewed))


def _copied(source: Source, name: str, old: str) -> dict[str, bytes]:
    """The files of a letter type, under another name; what editors and systems leave beside them stays behind."""
    start = f"templates/{old}/"
    own = (path for path in source if path.startswith(start) and not is_litter(path.rpartition("/")[2]))
    return {f"templates/{name}/{path.removeprefix(start)}": read_bytes(source, path) for path in own}


def _made(source: Source, name: str, today: date) -> dict[str, bytes]:
    """A small letter type that works as it is, with the plain letterhead."""
    made = {f"templates/{name}/{file}": data for file, data in skeleton().items()}
    title = name.replace("-", " ").capitalize()
    settings = f"templates/{name}/letter.yaml"
    edits = [Put(("title",), title), Put(("date",), today.isoformat())]
    made[settings] = spliced(made[settings], edits, settings)
    if not any(path.startswith(f"{_PLAIN}/") for path in source):
        made |= {path: data for path, data in load_sample(EMPTY).files.items() if path.startswith(f"{_PLAIN}/")}
    return dict(sorted(made.items()))


def _of_type(problems: list[Problem], name: str) -> list[Problem]:
    """Of all problems those of a letter type; if it has not who signs it, those of the files of signatories too."""
    own = [problem for problem in problems if f"{problem.place.path}/".startswith(f"templates/{name}/")]
    if not any(problem.code is Code.UNKNOWN_SIGNATORY for problem in own):
        return own
    return own + [problem for problem in problems if problem.place.path.startswith(f"templates/{SIGNATORIES}/")]


def _has(source: Source, path: str, name: str) -> bool:
    """Whether a force's file has something for a letter type, or its lines as remarks."""
    data = load_yaml(source, path).data
    letters = data.get("letters") if isinstance(data, dict) else None
    is_remark = re.compile(rb"^[ \t]*#[ \t]*" + re.escape(name.encode()) + rb"[ \t]*:", re.MULTILINE)
    return (isinstance(letters, dict) and name in letters) or bool(is_remark.search(source[path]))


def _by_hand(source: Source, path: str, name: str) -> Problem:
    raw = load_yaml(source, path)
    hint = f"add `{name}: {{stage: awaited}}` below it by hand, then say this again: what is there is left alone"
    message = f"{name} cannot be put below `letters:` here so that nothing else changes"
    return Problem(Code.NOT_REWRITTEN, message, raw.place(("letters",), key=True), hint)
