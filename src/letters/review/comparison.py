"""Two states of the letters compared: words, formatting, hidden facts, looks and pages, and each change once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from letters.batch.concern import Concern
from letters.batch.formats import COMPOSED as COMPOSED_FORMAT
from letters.batch.guard import may_be_replaced
from letters.batch.manifest import Manifest
from letters.batch.pipeline import status
from letters.batch.plan import Action
from letters.batch.press import Press, Task
from letters.batch.request import Request
from letters.batch.survey import Survey
from letters.letter import FORCE_WORD, HouseStyle, Letter, LetterKey
from letters.letter.json import to_json
from letters.machine.files import Store
from letters.problems import Problem
from letters.review.baseline import NoBaseline, Snapshot, as_built, built_from
from letters.review.compare.changes import Difference, Review
from letters.review.compare.letters import difference
from letters.review.groups.groups import group
from letters.review.groups.hunks import general
from letters.review.marks.decisions import group_id
from letters.review.marks.reckoning import Reckoning, reckon
from letters.review.marks.standing import Standing
from letters.review.pages.views import LetterView
from letters.review.states import before_build, before_now, broken, built, chosen, now, tracer
from letters.workspace.source import Folder, Source
from letters.workspace.word import word_of

#: So many forces are named in a note.
NAMED = 5


@dataclass(frozen=True)
class Compared:
    """A review, the two states it compares, the problems of the files as they are now, and the pages to be shown.

    `names_before`: of each letter whose force's file has another name now, its key before. `survey`: what the workspace
    holds now, if it is letters of a workspace that are compared. `unbuilt`: whether what is new is in the files and not
    yet in the outputs. `reckoning`: what the records of reviews
    come to, where it is letters of a workspace.
    """

    request: Request
    review: Review
    before: Snapshot
    after: Snapshot
    problems: list[Problem] = field(default_factory=list)
    views: Mapping[LetterKey, LetterView] = field(default_factory=dict)
    names_before: Mapping[LetterKey, LetterKey] = field(default_factory=dict)
    survey: Survey | None = None
    unbuilt: bool = False
    reckoning: Reckoning | None = None

    @property
    def standing(self) -> Standing:
        """What readers marked and asked; nothing of two files."""
        return self.reckoning.standing if self.reckoning else Standing()

    def key_before(self, key: LetterKey) -> LetterKey:
        """The key that a letter had before, which may be the same."""
        return self.names_before.get(key, key)

    @cached_property
    def identity(self) -> str:
        """Tells this review from every other: a digest of both sides of each letter, and of all changes."""
        digest = sha256()
        for one in self.review.differences:
            for state, key in ((self.before, self.key_before(one.key)), (self.after, one.key)):
                letter = state.letters.get(key)
                digest.update(to_json(letter) if letter else repr(state.contents.get(key)).encode())
        digest.update("".join(sorted(map(group_id, self.review.groups))).encode())
        return digest.hexdigest()[:16]


def diff(request: Request, against: str | None) -> Compared:
    """What is different in the files as they are now. Raises NoBaseline, and NoRevision where git has none of it.

    `against`: a git revision or a folder; by default what was last reviewed, else built.
    """
    survey = Survey(Folder(request.root), Manifest())
    last, after = as_built(request.out), now(survey)
    reckoning = reckon(request.root)
    before = chosen(request, against, after) if against else before_now(request, reckoning, last)
    found = _compare(
        request, before, after, broken(survey, before), Concern(survey, request).of(survey.problems), survey
    )
    compared = (one.key for one in found.review.differences)
    unbuilt = any(after.letters.get(key) != last.letters.get(key) for key in compared)
    found = _as_files_say(replace(found, unbuilt=unbuilt, reckoning=reckoning))
    return _grouped(replace(found, unbuilt=unbuilt or bool(_looks_to_build(found, last))))


def diff_files(before: Path, after: Path, recipient: str = FORCE_WORD) -> Compared:
    """What is different between two files. Raises NoBaseline where one cannot be read.

    `recipient`: what one of those is called who letters go to, which no file says.
    """
    from letters.review.files import UnreadableFile, compare_files

    try:
        found = compare_files(before, after)
    except UnreadableFile as error:
        raise NoBaseline(str(error)) from None
    old, new = (replace(side, recipient=recipient) if side else None for side in (found.before, found.after))
    found = replace(found, before=old, after=new)
    review = Review(before.name, (found,), group([found], lambda *_: ()))
    return Compared(Request(Path(), Path()), review, Snapshot(before.name, {}), Snapshot(after.name, {}))


def diff_with_built(request: Request, file: Path) -> Compared:
    """What is different in a file of the outputs from its letter as it was built. Raises NoBaseline.

    KeyError where `file` is none of the letters in the outputs.
    """
    composed = built_from(request.out, file)
    if composed is None:
        raise KeyError(file)
    found = diff_files(composed, file, word_of(Folder(request.root)).one)
    title = "the letter as it was built"
    return replace(found, review=replace(found.review, against=title), before=replace(found.before, title=title))


def review(request: Request, against: str | None, *, with_pages: bool = True) -> Compared:
    """What is different in the letters as they were last built, layout and pages too.

    `against`: as in `diff`. Raises NoBaseline, NoRevision.
    """
    result = status(request)
    reckoning = reckon(request.root)
    after = built(result, reckoning)
    before = chosen(request, against, after) if against else before_build(request, reckoning)
    found = _compare(request, before, after, frozenset(), result.problems, result.survey)
    found = replace(found, reckoning=reckoning)
    to_build = (step.wanted for step in result.steps if step.action is Action.BUILD)
    waiting = {want.key.slug for want in to_build if want.format == COMPOSED_FORMAT} | _looks_to_build(found, after)
    if waiting:
        more = f" and {len(waiting) - NAMED} more" if len(waiting) > NAMED else ""
        names = ", ".join(sorted(waiting)[:NAMED]) + more
        note = f"these letters are not built as the files are now, letters build makes them: {names}"
        review = replace(found.review, notes=(*found.review.notes, note))
        found = replace(found, review=review, unbuilt=True)
    return _grouped(_as_files_say(_with_layout(found) if with_pages else found))


# -- comparing


def _compare(
    request: Request,
    before: Snapshot,
    after: Snapshot,
    left_out: frozenset[LetterKey],
    problems: list[Problem],
    survey: Survey,
) -> Compared:
    """Two states compared, letter by letter. `left_out`: letters of which nothing can be said."""
    names_before = {new: old for old, new in _renamings(before, after).items()}
    keys = {*before.contents, *after.contents} - left_out - before.left_out - {*names_before.values()}
    differences = tuple(
        difference(key, before.contents.get(names_before.get(key, key)), after.contents.get(key))
        for key in sorted(keys)
        if request.wants(key)
    )
    notes = [*before.notes]
    # Of a type that cannot be read, nobody knows in which languages it is.
    wanted = [key for key in left_out if request.wants(key)]
    if names := sorted({key.name if key.type in survey.inputs.types else key.slug for key in wanted}):
        which = ", ".join(names) if len(names) <= NAMED else f"{len(names)} {survey.word.many}"
        notes.append(f"left out, because of the problems: {which}")
    review = Review(before.title, differences, (), tuple(notes))
    return Compared(request, review, before, after, problems, names_before=names_before, survey=survey)


def _as_files_say(found: Compared) -> Compared:
    """The same with what no composed letter says: what was edited in Word files, and how Word and browsers set it."""
    from letters.review.groups.letterheads import look_changes

    old, new = _files_of(found.before), _files_of(found.after)
    differences = []
    for one in found.review.differences:
        word = _edited_word_file(found.request, one) if one.after else None
        look = tuple(look_changes(one, old, new)) if old is not None and new is not None else ()
        beside = {**one.not_compared, **word.not_compared} if word else one.not_compared
        differences.append(replace(one, look=look, in_word=word, not_compared=beside))
    return replace(found, review=replace(found.review, differences=tuple(differences)))


def _looks_to_build(found: Compared, last: Snapshot) -> set[str]:
    """The forces whose letters look otherwise as the files are now than they did in the `last` build."""
    from letters.review.groups.letterheads import look_changes

    if found.survey is None or last.inputs is None:
        return set()
    contents = {one.key: last.contents.get(one.key) for one in found.review.differences}
    own = (Difference(key, content, content) for key, content in contents.items())
    return {one.key.slug for one in own if any(look_changes(one, last.inputs.source, found.survey.source))}


def _files_of(state: Snapshot) -> Source | None:
    """The forces and templates that a state was made from, where they are known."""
    return state.inputs.source if state.inputs else None


def _edited_word_file(request: Request, one: Difference) -> Difference | None:
    """What was edited in the Word file of a letter, if anything was."""
    from letters.review.files.wordfile import edited

    path = f"{one.key.path}.docx"
    if may_be_replaced(Store(request.out), path):
        return None
    file = request.out / path
    shown = file.relative_to(request.root) if file.is_relative_to(request.root) else file
    return edited(request.out, one, shown.as_posix())


def _grouped(found: Compared) -> Compared:
    """The same with its changes as groups; the last thing that is done, for layout has changes too."""
    groups = group(found.review.differences, tracer(found.before, found.after))
    return replace(found, review=replace(found.review, groups=groups))


def _renamings(before: Snapshot, after: Snapshot) -> Mapping[LetterKey, LetterKey]:
    """Letters whose force's file has another name now: the key before, and now."""
    gone = sorted(key for key in before.letters if key not in after.contents)
    come = sorted(key for key in after.letters if key not in before.contents)
    pairs: dict[LetterKey, LetterKey] = {}
    for tell in (_force_name, _words_of_any_force):  # a force may get another name, and its file at the same time
        named = {(new.type, new.language, tell(after, new)): new for new in come if new not in pairs.values()}
        found = {old: named.get((old.type, old.language, tell(before, old))) for old in gone if old not in pairs}
        pairs.update({old: new for old, new in found.items() if new})
    return pairs


def _force_name(state: Snapshot, key: LetterKey) -> str:
    return state.letters[key].force_name


def _words_of_any_force(state: Snapshot, key: LetterKey) -> tuple[str, ...]:
    """What a letter says, with the name of each of its force's data in its place."""
    content = state.contents[key]
    return tuple(general(passage.text, content.values) for passage in content.passages)


def _with_layout(found: Compared) -> Compared:
    """The same with what the PDFs show: pages, and what stands elsewhere on them."""
    from letters.review.pages.pictures import letter_views

    pdfs = dict(_pdfs(found))
    pairs = [(one, *pdfs[one.key]) for one in found.review.differences if _shows(one, *pdfs[one.key])]
    views: dict[LetterKey, LetterView] = {}
    compared: dict[LetterKey, Difference] = {}
    notes = list(found.review.notes)
    for (one, _, _), seen in zip(pairs, letter_views(pairs, found.request.jobs, found.request.bounds), strict=True):
        compared[one.key] = replace(one, layout=seen.layout, layout_compared=seen.compared)
        views[one.key] = seen.view
        if seen.problem:
            notes.append(f"the pages of {one.key.name} are not compared: {seen.problem}")
    differences = [compared.get(one.key) or replace(one, layout_compared=True) for one in found.review.differences]
    review = replace(found.review, differences=tuple(differences), notes=tuple(notes))
    return replace(found, review=review, views=views)


def _shows(one: Difference, old: bytes | None, new: bytes | None) -> bool:
    """Whether a letter has anything to show: a change, or a PDF that is not the same byte for byte."""
    return not one.is_same or (old is not None and new is not None and old != new)


def _pdfs(found: Compared) -> Iterator[tuple[LetterKey, tuple[bytes | None, bytes | None]]]:
    """The PDF of each letter before and after. One that is not there is made, where the letter and its look are."""
    before = found.before
    keys = {one.key: found.key_before(one.key) for one in found.review.differences}
    old = {key: before.pdf(was) for key, was in keys.items()}
    if before.styles:
        # Where there is no PDF today, pages of the letter before would have nothing beside them.
        gone = {one.key for one in found.review.differences if one.after is None}
        wanted = {key: was for key, was in keys.items() if key in gone or found.after.pdf(key) is not None}
        missing = [was for key, was in wanted.items() if old[key] is None and was in before.letters]
        made = _made(found, [before.letters[was] for was in missing], before.styles)
        old = {key: old[key] or made.get(was) for key, was in keys.items()}
    for key in keys:
        yield key, (old[key], found.after.pdf(key))


def _made(found: Compared, letters: list[Letter], style: Callable[[str], HouseStyle]) -> dict[LetterKey, bytes]:
    """The PDFs of some letters, less those that cannot be made."""
    styles: dict[str, HouseStyle] = {}
    for type_name in {letter.type for letter in letters}:
        with suppress(NoBaseline):
            styles[type_name] = style(type_name)
    tasks = [Task(letter, ("pdf",)) for letter in letters if letter.type in styles]
    with Press(found.request.jobs, ("pdf",), found.request.bounds) as press:
        made = [one for one in press.make(tasks, styles) if "pdf" in one.files]
    return {one.letter.key: one.files["pdf"] for one in made}
