"""How long `letters` takes, side by side with other ways to make the same letters, in one run. See docs/speed.md."""

from __future__ import annotations

import argparse
import os
import platform
import signal
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from against import compare
from jobs import BENCH, PEERS, has_harfbuzz_subset, has_libreoffice, open_shop
from measure import JobFailed
from rounds import say, take_turns
from table import Row, Size, aim_table, aligned, growth_table, main_table, markdown, ratio_table, slower
from versions import UnknownRevision, commit_of, working_tree

#: Forces at each size, and how often each job is timed there.
ROUNDS = {43: 5, 430: 3}
ROUNDS_AGAINST = 10


def main() -> None:
    """Measure, and print the tables; ends with 1 and a message if any job fails or does not do its work.

    With --against also if a job is slower than it was, and with 2 if there is no such revision.
    """
    asked = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that jobs are ended and folders removed
    place = BENCH.parent / ".bench"
    place.mkdir(exist_ok=True)
    try:
        with TemporaryDirectory(dir=place, prefix="work-") as folder:
            status = (_against if asked.against else _beside_others)(Path(folder), asked)
    except UnknownRevision as error:
        print(f"bench: {error}", file=sys.stderr)
        sys.exit(2)
    except JobFailed as error:
        sys.exit(f"\nThe bench stops. {error}")
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(status)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--rounds", type=_positive, help="time each job so often (default: 5 at 43 forces, 3 at 430; against REV: 10)"
    )
    parser.add_argument("--forces", type=int, choices=ROUNDS, help="only this size (against REV: 43)")
    parser.add_argument("--without-peers", action="store_true", help="leave docxtpl, LibreOffice and typst out")
    parser.add_argument("--markdown", action="store_true", help="print the tables in Markdown")
    parser.add_argument("--against", metavar="REV", help="only `letters`, as it is and as at a git revision, in turn")
    parser.add_argument(
        "--most", type=float, default=1.08, help="what REV's processor time may grow to (default: 1.08)"
    )
    parser.add_argument("--job", metavar="WORDS", default="", help="against REV: only jobs with WORDS in their names")
    return parser.parse_args()


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _beside_others(folder: Path, asked: argparse.Namespace) -> int:
    peers = PEERS.exists() and not asked.without_peers
    load = os.getloadavg()[0]
    sizes = [
        _measure(folder, forces, asked.rounds or ROUNDS[forces], peers)
        for forces in ([asked.forces] if asked.forces else ROUNDS)
    ]
    growth = [growth_table(*sizes)] if len(sizes) == 2 else []
    _print_tables([main_table(sizes), *growth, aim_table(sizes)], asked.markdown)
    print(f"\n{_where(peers)}\n{_load(load)}")
    return 0


def _against(folder: Path, asked: argparse.Namespace) -> int:
    commit, now, load = commit_of(asked.against), working_tree(), os.getloadavg()[0]
    rounds = asked.rounds or ROUNDS_AGAINST
    found = compare(commit, folder, (asked.forces or min(ROUNDS)) // min(ROUNDS), rounds, asked.job)
    _print_tables([ratio_table(found.jobs)], asked.markdown)
    print("\nratio: new to old, the median of the rounds' own ratios; half of them lie within what stands beside it.")
    print(f"Old: {commit}. New: the working tree, at {now}. {rounds} rounds. {_load(load)}")
    print(*found.remarks(), found.verdict(asked.most), sep="\n")
    return 1 if slower(found.jobs, asked.most) else 0


def _print_tables(tables: Sequence[Sequence[Row]], as_markdown: bool) -> None:
    print("\n\n".join(map(markdown if as_markdown else aligned, tables)))


def _load(load: float) -> str:
    return f"Load of the machine in the minute before: {load:.1f} (idle: 0.0)."


def _measure(folder: Path, forces: int, rounds: int, peers: bool) -> Size:
    say(f"{forces} forces", "setting up")
    shop = open_shop(folder / str(forces), forces // min(ROUNDS))
    if len(shop.own_type) != forces:
        raise JobFailed(f"there are {len(shop.own_type)} letters where {forces} are wanted: mend ROUNDS in bench.py")
    figures = take_turns(shop.make_jobs(peers=peers), rounds, f"{forces} forces")
    return {one.job.name: one for one in figures}


def _where(peers: bool) -> str:
    """What was compared, on what, and what the columns are."""
    subset = "with" if has_harfbuzz_subset() else "WITHOUT, which slows the naive loop:"
    others = _peer_versions() if peers else "none, `make bench-peers` installs them"
    return "\n".join(
        [
            "wall, CPU: medians. × naive: times as fast as the naive loop, the median of the rounds' own ratios.",
            "MB largest: the largest single process. MB all: all processes at one moment, in a run of its own; a page",
            "that is shared is divided among those that share it, so that this can be less than the largest.",
            f"{len(os.sched_getaffinity(0))} processors, {platform.system()}, Python {platform.python_version()}, "
            f"WeasyPrint {version('weasyprint')}, {subset} libharfbuzz-subset. Others: {others}.",
        ]
    )


def _peer_versions() -> str:
    probe = "from importlib.metadata import version as v; print('docxtpl', v('docxtpl') + ', typst', v('typst'))"
    office = " ".join(_output(["soffice", "--version"]).split()[:2]) if has_libreoffice() else "no LibreOffice"
    return f"{_output([PEERS, '-c', probe])}, {office}"


def _output(command: Sequence[str | Path]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    main()
