"""Runs to figures, and figures to a table for a terminal or in Markdown. Nothing here measures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from jobs import BATCH, DIFF, DOCXTPL, HELP, NAIVE, NO_SUBSET, ONE_FORCE, REVIEW, UNCHANGED, Job
from measure import Run

Row = tuple[str, ...]

_HEAD = ("job", "letters", "wall s", "min–max", "CPU s", "× naive", "ms a letter", "MB largest", "MB all")
_GROWTH_HEAD = ("growth", "letters", "ms a letter", "ratio", "MB all", "ratio")
_RATIO_HEAD = (
    "job",
    *(f"{what} {cell}" for what in ("CPU", "wall") for cell in ("old", "new", "ratio", "half within")),
)
_AIM_HEAD = ("aim on 2 cores", "figure", "")


@dataclass(frozen=True)
class Figures:
    """All runs of one job: the timed ones by round, and the one whose memory was watched."""

    job: Job
    runs: Sequence[Run]
    watched: Run

    @property
    def wall(self) -> float:
        """Median seconds from start to end."""
        return median(run.wall for run in self.runs)

    @property
    def ms_a_letter(self) -> float:
        """Milliseconds a letter."""
        return self.wall / self.job.letters * 1000

    def times_as_fast_as(self, other: Figures) -> float:
        """How often this job is done while the other is done once: the median of the rounds' own ratios."""
        return median(theirs.wall / ours.wall for ours, theirs in zip(self.runs, other.runs, strict=True))


#: The figures of one size, by the job's name.
Size = dict[str, Figures]


def main_table(sizes: Sequence[Size]) -> list[Row]:
    """A line for each job at each size."""
    return [_HEAD, *(_line(figures, size[NAIVE]) for size in sizes for figures in size.values())]


def _line(figures: Figures, naive: Figures) -> Row:
    walls = [run.wall for run in figures.runs]
    letters = figures.job.letters
    return (
        figures.job.name,
        f"{letters}" if letters else "–",
        f"{figures.wall:.2f}",
        f"{min(walls):.2f}–{max(walls):.2f}",
        f"{median(run.cpu for run in figures.runs):.2f}",
        f"{figures.times_as_fast_as(naive):.2f}" if letters else "–",
        f"{figures.ms_a_letter:.1f}" if letters else "–",
        f"{median(run.largest for run in figures.runs):.0f}",
        f"{figures.watched.together:.0f}",
    )


def growth_table(small: Size, large: Size) -> list[Row]:
    """What ten times the letters do to the time per letter and to the memory."""
    rows: list[Row] = [_GROWTH_HEAD]
    for name, after in large.items():
        before = small[name]
        times, held = (before.ms_a_letter, after.ms_a_letter), (before.watched.together, after.watched.together)
        rows.append(
            (
                name,
                f"{before.job.letters} → {after.job.letters}",
                f"{times[0]:.1f} → {times[1]:.1f}",
                f"{times[1] / times[0]:.2f}",
                f"{held[0]:.0f} → {held[1]:.0f}",
                f"{held[1] / held[0]:.2f}",
            )
        )
    return rows


def aim_table(sizes: Sequence[Size]) -> list[Row]:
    """What was aimed at, what was found, and whether that is it. A noisy machine misses aims; nothing fails here."""
    return [_AIM_HEAD, *_aims(sizes)]


def _aims(sizes: Sequence[Size]) -> Iterator[Row]:
    first = sizes[0]
    if HELP in first:
        yield _at_most("batch from nothing, four formats, read back: at most 3.0 s", first[BATCH].wall, 3.0, " s")
        yield _at_most("nothing changed: at most 0.2 s", first[UNCHANGED].wall, 0.2, " s")
        yield _at_most("one force edited: at most 0.6 s", first[ONE_FORCE].wall, 0.6, " s")
        yield _at_most("diff of 43 letters: at most 1.0 s", first[DIFF].wall, 1.0, " s")
        yield _at_most("review of 43 letters, at most 15 MB: at most 5.0 s", first[REVIEW].wall, 5.0, " s")
        yield _at_most("letters --help: at most 0.15 s", first[HELP].wall, 0.15, " s")
    for size in sizes:
        letters = size[BATCH].job.letters
        if DOCXTPL in size:
            ratio = size[BATCH].times_as_fast_as(size[DOCXTPL])
            aim = f"{letters} letters: at least 4 × as fast as docxtpl + LibreOffice"
            yield aim, f"{ratio:.2f} ×", "reached" if ratio >= 4 else "missed"
        if NO_SUBSET in size:
            slower = size[BATCH].times_as_fast_as(size[NO_SUBSET])
            yield _at_most(f"{letters} letters without libharfbuzz-subset: at most 1.05 × the time", slower, 1.05, " ×")
            # The job itself fails where a byte differs.
            yield f"{letters} letters without libharfbuzz-subset: the same bytes", "the same", "reached"
    if len(sizes) > 1:
        held = [size[BATCH].watched.together for size in sizes]
        yield _at_most("memory of the batch at ten times the letters: at most 1.1 ×", held[-1] / held[0], 1.1, " ×")


def _at_most(aim: str, figure: float, most: float, unit: str) -> Row:
    return aim, f"{figure:.2f}{unit}", "reached" if figure <= most else "missed"


@dataclass(frozen=True)
class Compared:
    """The runs of one job by two versions, a pair for each round."""

    name: str
    old: Sequence[Run]
    new: Sequence[Run]

    def ratios(self, seconds: Callable[[Run], float]) -> list[float]:
        """New to old, in each round: what slows the machine down for both goes out."""
        return [seconds(new) / seconds(old) for old, new in zip(self.old, self.new, strict=True)]

    @property
    def cpu_ratio(self) -> float:
        """The median of the ratios of processor time: above 1 is slower than before."""
        return median(self.ratios(_cpu))


def slower(jobs: Sequence[Compared], most: float) -> list[Compared]:
    """The jobs that take more than `most` times the processor time that they took."""
    return [job for job in jobs if job.cpu_ratio > most]


def ratio_table(jobs: Sequence[Compared]) -> list[Row]:
    """A line for each job: medians of old and new, the median of the rounds' ratios and where half of them lie."""
    return [_RATIO_HEAD, *((job.name, *_ratio_cells(job, _cpu), *_ratio_cells(job, _wall)) for job in jobs)]


def _ratio_cells(job: Compared, seconds: Callable[[Run], float]) -> Row:
    ratios = job.ratios(seconds)
    low, middle, high = quantiles(ratios, n=4, method="inclusive") if len(ratios) > 1 else ratios * 3
    medians = [f"{median(map(seconds, runs)):.2f}" for runs in (job.old, job.new)]
    return (*medians, f"{middle:.3f}", f"{low:.2f}–{high:.2f}")


def _cpu(run: Run) -> float:
    return run.cpu


def _wall(run: Run) -> float:
    return run.wall


def aligned(rows: Sequence[Row]) -> str:
    """A table for a terminal: the first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for first, *others in rows:
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))]
        lines.append("  ".join(cells).rstrip())
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


def markdown(rows: Sequence[Row]) -> str:
    """The same table in Markdown."""
    head, *body = ("| " + " | ".join(row) + " |" for row in rows)
    return "\n".join([head, "|---|" + "---:|" * (len(rows[0]) - 1), *body])
