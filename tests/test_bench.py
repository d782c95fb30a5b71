"""What the bench says of an old version against the new one; what it measures is not tested."""

from __future__ import annotations

import subprocess
import sys

import pytest

from against import Comparison
from conftest import ROOT
from measure import Run
from table import Compared, ratio_table, slower


def compared(name: str, *seconds: tuple[float, float]) -> Compared:
    """A job with seconds of processors by the old and the new version in each round; it always takes them 1 and 3 s."""
    old, new = zip(*seconds, strict=True)
    return Compared(name, [Run(1, cpu, 0, 0, "") for cpu in old], [Run(3, cpu, 0, 0, "") for cpu in new])


def test_each_round_is_compared_within_itself() -> None:
    """A machine that becomes slower does so for both versions; medians of each would differ here."""
    assert compared("batch", (1, 3), (4, 4), (2, 2)).cpu_ratio == 1


def test_the_ratio_is_the_median_and_a_few_disturbed_rounds_do_not_sway_it() -> None:
    job = compared("batch", *[(2, 2)] * 6, *[(2, 6)] * 2, *[(4, 2)] * 2)
    assert job.cpu_ratio == 1


def test_a_job_is_slower_from_above_the_limit_on() -> None:
    jobs = [compared("at it", *[(1, 1.08)] * 10), compared("above", *[(1, 1.09)] * 10), compared("faster", (2, 1))]
    assert [job.name for job in slower(jobs, 1.08)] == ["above"]
    assert [job.name for job in slower(jobs, 1.09)] == []


def test_the_verdict_names_the_slower_jobs() -> None:
    jobs = [compared("check", (1, 1)), compared("diff", (1, 1.25)), compared("review", (1, 2))]
    found = Comparison(jobs, [], [])
    assert found.verdict(1.08) == "SLOWER than 1.08 × in CPU: diff (1.250 ×), review (2.000 ×)."
    assert found.verdict(2) == "None of 3 jobs is slower than 2 × in CPU."


def test_the_table_has_medians_the_median_ratio_and_where_half_of_the_ratios_lie() -> None:
    head, row = ratio_table([compared("batch", (1, 1), (2, 2.2), (2, 2.4), (4, 5.2), (4, 5.6))])
    assert len(head) == len(row)
    assert row == ("batch", "2.00", "2.40", "1.200", "1.10–1.30", "1.00", "3.00", "3.000", "3.00–3.00")


def test_one_round_has_its_ratio_too() -> None:
    assert ratio_table([compared("batch", (1, 1.5))])[1][3:5] == ("1.500", "1.50–1.50")


def test_what_the_old_version_could_not_do_and_other_bytes_are_told() -> None:
    why = "wording: letters wording ended with status 2:\nno such command"
    found = Comparison([], [why, why + " and more" * 20], ["a.pdf", "b.pdf"])
    other, short, long = found.remarks()
    assert other == "Other bytes than before: 2 files of letters, such as a.pdf."
    assert short == f"Not compared, as the old version cannot do it: {' '.join(why.split())}"
    assert long.startswith(short)
    assert long.endswith(" and more …")
    assert len(long) <= 200


@pytest.mark.slow
@pytest.mark.parametrize("revision", ["no-such-revision", "--quiet", "HEAD:Makefile"])
def test_an_unknown_revision_is_told_in_a_line(revision: str) -> None:
    command = [sys.executable, "bench/bench.py", f"--against={revision}"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == f"bench: git knows no revision {revision!r} of this project\n"
