"""The story of review: what is different, the report of it, what its readers decide, and from where the next begins.

Two states are compared in `comparison`; what comes of it is written by `delivery`, and kept for ever by `recording`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from letters.batch.pipeline import alone
from letters.batch.request import Request
from letters.review import comparison, delivery, earlier, recording
from letters.review.comparison import Compared
from letters.review.marks.decisions import Decisions
from letters.review.marks.reckoning import printable, reckon
from letters.review.marks.standing import Query
from letters.review.recording import Lacking, Taken

#: No answer in a record is longer.
_ANSWER = 100_000

# -- what is different, nothing written

diff = comparison.diff
diff_files = comparison.diff_files
diff_with_built = comparison.diff_with_built


# -- a review


@contextmanager
def reviewing(request: Request) -> Iterator[None]:
    """Hold the outputs against builds: what one is just replacing would be half of one state and half of the other.

    Raises Busy, and OSError.
    """
    with alone(request.out) if request.out.exists() else nullcontext():
        yield


def begin(request: Request) -> earlier.TakenOver:
    """Before all else: what an earlier version kept is taken over, and the first build becomes a record.

    Gives what is to be said of it. Raises NoBaseline, NoRevision and OSError.
    """
    notes = earlier.take_over_baseline(request)
    if not earlier.is_there(request):
        return earlier.TakenOver(notes)
    found = earlier.take_over_decisions(comparison.review(_everything(request), None, with_pages=False))
    return earlier.TakenOver((*notes, *found.notes), found.queries)


def _everything(request: Request) -> Request:
    return replace(request, slugs=(), types=())


@dataclass(frozen=True)
class Reported:
    """A report: its files, the edited redlines that were left as they are, and whether those of an earlier report are
    gone, with none in their place."""

    compared: Compared
    report: Path
    redlines: Sequence[Path]
    edited: Sequence[str]
    are_gone: bool = False


def report(request: Request, against: str | None, moved_aside: Callable[[str, str], None], *, docx: bool) -> Reported:
    """Compare the letters as built with what was last reviewed, record what that shows, and write it.

    `against`: a revision or a folder instead. `moved_aside` is told each edited redline that was renamed, and to what.
    Raises NoBaseline, NoRevision and OSError.
    """
    compared = comparison.review(request, against)
    recording.record_report(compared)
    if request.replace_edited:
        for path, aside in delivery.replace_edited_redlines(compared):
            moved_aside(path, aside)
    had = delivery.has_redlines(request.out)
    page = delivery.write_report(compared)
    redlines = delivery.write_redlines(compared) if docx else []
    are_gone = had and not delivery.has_redlines(request.out)
    return Reported(compared, page, redlines, delivery.edited_redlines(compared), are_gone)


# -- what its readers decide


def take_in(
    request: Request, given: Sequence[tuple[Path, Decisions]], by: str, said: Callable[[Path, Taken], None]
) -> Compared:
    """Record what readers decided; `said` is told of each file what it came to. Gives the review as it then stands.

    `by`: who decided, where a file does not say. Raises NoBaseline, NoRevision and OSError.
    """
    compared = comparison.review(_everything(request), None)
    for file, decisions in given:
        said(file, recording.take_in(compared, earlier.understood(compared, decisions), by))
    return replace(compared, reckoning=reckon(request.root))


def answer(request: Request, number: int, text: str, by: str) -> tuple[Query | None, tuple[Query, ...]]:
    """Record an answer to a query; gives the query as it was, None if there is none, and those that are then open.

    Raises OSError.
    """
    query = recording.answer(request.root, number, printable(text, keep="\n").strip()[:_ANSWER], by)
    return query, reckon(request.root).standing.open_queries


# -- done


@dataclass(frozen=True)
class Finished:
    """Whether the letters are reviewed: what stands in the way, or how many are; how many of them no report showed."""

    compared: Compared
    lacking: Lacking
    letters: int = 0
    unseen: int = 0


def finish(request: Request, by: str) -> Finished:
    """The letters are reviewed as they were built: all, if everything is read; or some, because somebody says so.

    Raises NoBaseline, NoRevision and OSError.
    """
    some = bool(request.slugs or request.types)
    compared = comparison.review(request, None, with_pages=not some)
    lacking = recording.lacking_of_some(compared) if some else recording.lacking(compared, by=by)
    if lacking:
        return Finished(compared, lacking)
    unseen = recording.unseen(compared) if some else []
    if by and not some and compared.review.groups:
        recording.mark_all(compared, by)
    return Finished(compared, lacking, recording.finish(compared, by), len(unseen))
