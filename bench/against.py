"""An old version of `letters` against the one of the working tree: the same jobs in the same rounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten

from expect import MANIFEST
from jobs import NO_SUBSET, ONE_PROCESS, PDF_ONLY, Job, Shop, open_shop
from measure import JobFailed
from rounds import say, take_turns_in_pairs
from table import Compared, slower
from versions import copy_revision, copy_working_tree, install

#: What another job does too, so that there is time for more rounds.
_LEFT_OUT = {ONE_PROCESS, NO_SUBSET, PDF_ONLY}


@dataclass(frozen=True)
class Comparison:
    """The jobs that both did, why the old version could not do others, and which letters' files have other bytes."""

    jobs: Sequence[Compared]
    not_compared: Sequence[str]
    other_bytes: Sequence[str]

    def remarks(self) -> Iterator[str]:
        """What has to be known of the figures, a line each."""
        if self.other_bytes:
            yield f"Other bytes than before: {len(self.other_bytes)} files of letters, such as {self.other_bytes[0]}."
        else:
            yield "The same bytes as before: all letters."
        for why in self.not_compared:
            yield shorten(f"Not compared, as the old version cannot do it: {why}", 200, placeholder=" …")

    def verdict(self, most: float) -> str:
        """Whether a job takes more than `most` times the processor time that it took, and which."""
        if late := slower(self.jobs, most):
            return f"SLOWER than {most} × in CPU: {', '.join(f'{job.name} ({job.cpu_ratio:.3f} ×)' for job in late)}."
        return f"None of {len(self.jobs)} jobs is slower than {most} × in CPU."


def compare(commit: str, folder: Path, times: int, rounds: int, words: str) -> Comparison:
    """Set both versions up below `folder`, each with workspaces of its own; then the jobs, pair after pair.

    `words`: only the jobs with these in their names, those among them that are otherwise left out too.

    Raises JobFailed if the new version fails at a job, or the old one at what it could do in the warm-up.
    """
    say("setting up", f"{commit} and the working tree")
    copy_revision(commit, folder / "old")
    copy_working_tree(folder / "new")
    programs = install(folder / "old", folder / "new")
    old, new = (open_shop(program.parents[2] / "work", times, program) for program in programs)
    pairs, not_compared = _warm_up(old, new, words)
    if not pairs:
        raise JobFailed("\n".join(["The old version can do none of the jobs.", *not_compared]))
    other = sorted({path for path, _ in old.digests.items() ^ new.digests.items()} - {MANIFEST})  # it knows the version
    return Comparison(take_turns_in_pairs(pairs, rounds), not_compared, other)


def _warm_up(old: Shop, new: Shop, words: str) -> tuple[list[tuple[Job, Job]], list[str]]:
    """Each job once by each version: those that both can do, and why the old one cannot do the others."""
    pairs, not_compared = [], []
    for before, after in zip(old.of_letters(), new.of_letters(), strict=True):
        if words not in before.name or (before.name in _LEFT_OUT and not words):
            continue
        say("warming up", before.name)
        after.do()
        try:
            before.do()
        except JobFailed as error:
            not_compared.append(str(error))
        else:
            pairs.append((before, after))
    return pairs, not_compared
