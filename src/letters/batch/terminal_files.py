"""What others did to the outputs, and what is left over in them, as lines for a person and data for `--json`. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from letters.batch.plan import State, Step
from letters.batch.request import LeftOver, Result
from letters.letter import LetterKey
from letters.letter.dates import long_date
from letters.problems import plural
from letters.workspace.model import Word

#: So many letters that are left over are named; more are counted.
NAMED_LEFT_OVER = 3


def kept_letters(result: Result) -> dict[LetterKey, Step]:
    """The letters whose DOCX somebody edited, and somebody said is to stay as it is."""
    return {step.wanted.key: step for step in result.steps if step.kept and not step.reason}


def kept_line(step: Step) -> str:
    """How long an edited file has been kept, and whether its letter changed since."""
    assert step.kept
    try:
        since = f" since {long_date(date.fromisoformat(step.kept.since))}"
    except ValueError:
        since = ""
    older = ", and older than its letter: the words changed since" if step.kept.letter != step.wanted.letter else ""
    by = f" by {step.kept.by}" if step.kept.by.isprintable() and step.kept.by else ""
    return f"kept as edited by hand{since}{by}{older}"


def untouched_lines(result: Result) -> Iterator[str]:
    """How many Word files others wrote to without a change of what they say."""
    count = sum(step.state in (State.STAMPED, State.SAVED) for step in result.steps)
    if count:
        were = "1 was" if count == 1 else f"{count} were"
        yield f"Word files: {were} stamped by SharePoint or saved in Word without a change"


CLEAN = "letters clean (moves aside what is left over)"


def keep_or_replace(slugs: Collection[str]) -> str:
    """What to do about edited Word files."""
    which = f"{next(iter(slugs))} --keep" if len(slugs) == 1 else "FORCE --keep"
    return f"letters build {which} (stays as it is), or letters build --replace-edited (they are moved aside)"


def word_file_data(step: Step) -> dict[str, object]:
    """What became of a Word file since it was made; `kept`: it was edited, and is to stay."""
    data: dict[str, object] = {"state": step.state.value}
    if step.kept and not step.reason:
        older = step.kept.letter != step.wanted.letter
        data |= {"state": "kept", "since": step.kept.since, "by": step.kept.by or None, "older_than_its_letter": older}
    return data


def left_over_data(one: LeftOver) -> dict[str, object]:
    renamed = f"forces/{one.renamed}.yaml" if one.renamed else None
    return {
        "type": one.key.type,
        "force": one.key.slug,
        "language": one.key.language,
        "files": one.files,
        "force_is_now": renamed,
        "signed": one.signed,
    }


# -- what is left over


def left_over_lines(found: Sequence[LeftOver], word: Word, *, verbose: bool) -> Iterator[str]:
    """A line a letter that is left over; of many the first are told, and the rest counted."""
    shown = found if verbose or len(found) <= NAMED_LEFT_OVER + 1 else found[:NAMED_LEFT_OVER]
    for one in shown:
        files = plural(len(one.files), "file")
        whose = (
            f"is the letter of {word.a} {word.one} whose file is now {one.renamed}.yaml"
            if one.renamed
            else "belongs to no letter any more"
        )
        signed = "; it is signed, and not to be sent" if one.signed else ""
        yield f"left over: {one.key.path}.* ({files}) {whose}{signed}"
    rest = found[len(shown) :]
    if rest:
        signed = f", {count} of them signed" if (count := sum(one.signed for one in rest)) else ""
        yield f"left over: {len(rest)} letters more{signed}; with -v each is named"


def not_built_lines(found: Sequence[LeftOver], result: Result, *, verbose: bool) -> Iterator[str]:
    """A line a letter that problems stop, and what of it an earlier build left; of many the first are told."""
    shown = found if verbose or len(found) <= NAMED_LEFT_OVER + 1 else found[:NAMED_LEFT_OVER]
    for one in shown:
        yield f"not built: {one.key.path}: problems{_earlier([one], result)}"
    if rest := found[len(shown) :]:
        yield f"not built: {len(rest)} letters more: problems{_earlier(rest, result)}; with -v each is named"


def _earlier(found: Sequence[LeftOver], result: Result) -> str:
    count = sum(len(one.files) for one in found)
    if not count:
        return ""
    are = "is" if count == 1 else "are"
    signed = sum(one.signed and bool(one.files) for one in found)
    which = "" if not signed else ", signed" if len(found) == 1 else f", {signed} of the letters signed"
    folder = _in_workspace(result, ".").removesuffix("/.")
    return (
        f"; {plural(count, 'file')} of an earlier build {are} in {folder}/{which}, and may not be as the data now are"
    )


def left_over_count(result: Result) -> list[str]:
    """How many letters are left over, for a summary."""
    if not result.left_over:
        return []
    signed = sum(one.signed for one in result.left_over)
    which = "signed" if signed == len(result.left_over) else f"{signed} signed"
    return [f"{len(result.left_over)} left over{f' ({which}: not to be sent)' if signed else ''}"]


def clean_lines(result: Result, folder: str, *, verbose: bool) -> Iterator[str]:
    """What was moved aside, or would be (`folder` is empty), and how it comes back."""
    moved = {path for path, _ in result.moved}
    done = [one for one in result.left_over if not folder or moved.issuperset(one.files)]
    yield from left_over_lines(done, result.survey.word, verbose=verbose)
    if done and folder:
        shown = _in_workspace(result, folder)
        yield f"moved to {shown}/: nothing is deleted"
        home = _in_workspace(result, done[0].key.type)
        yield f"to bring a letter back, move its files from {shown}/{done[0].key.type}/ to {home}/"


def clean_summary(result: Result, folder: str) -> str:
    """The last line of a clean: counts, and the next command."""
    if not result.left_over:
        if result.problems:
            return "Nothing was looked for. Next: mend what is said above"
        return "Nothing is left over. Next: letters status"
    moved = {path for path, _ in result.moved}
    done = [one for one in result.left_over if not folder or moved.issuperset(one.files)]
    verb = "moved aside" if folder else "would be moved aside"
    count = plural(sum(len(one.files) for one in done), "file")
    stayed = len(result.left_over) - len(done)
    stay = f", {stayed} not" if stayed else ""
    following = (
        "mend what is said above, then letters clean" if stayed else "letters status" if folder else "letters clean"
    )
    return f"{plural(len(done), 'letter', 'letters')} ({count}) {verb}{stay}. Next: {following}"


def clean_data(result: Result, folder: str) -> dict[str, object]:
    """A clean for `--json`: what was left over, and where each file is now (nothing in a dry run)."""
    return {
        "left_over": [left_over_data(one) for one in result.left_over],
        "moved": dict(result.moved),
        "folder": folder or None,
        "problems": [problem.as_data() for problem in result.problems],
    }


def _in_workspace(result: Result, path: str) -> str:
    """A path below the output folder as a user knows it."""
    whole = result.request.out / path
    return (
        whole.relative_to(result.request.root).as_posix() if whole.is_relative_to(result.request.root) else str(whole)
    )
