"""The jobs of the bench: what each runs, what comes before it untimed, and how it proves that it did its work."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from expect import (
    FORMATS,
    MANIFEST,
    expect_bytes,
    expect_formats,
    expect_paths,
    expect_said,
    expect_same,
    expect_summary,
    files_of,
)
from measure import JobFailed, Run, run
from workspaces import TYPE, Flip, digests, letters_of, make_workspace

BENCH = Path(__file__).parent
PEERS = BENCH.parent / ".bench" / "peers" / "bin" / "python"
LETTERS = Path(sys.executable).with_name("letters")

HELP, BATCH, NAIVE, DOCXTPL = "letters --help", "batch from nothing", "naive WeasyPrint loop", "docxtpl + LibreOffice"
UNCHANGED, ONE_FORCE, ONE_TEMPLATE = "nothing changed", "one force edited", "one template edited"
#: The report of a review is mailed: no more bytes than this.
LARGEST_REPORT = 15_000_000

NO_SUBSET = "batch, no harfbuzz-subset"
ONE_PROCESS, DOCX_ONLY, PDF_ONLY = "batch, one process", "DOCX only", "PDF only"
DIFF, REVIEW = "diff, 43 letters changed", "review, 43 letters changed"
CHECK, WORDING = "check", "wording, all verdicts"


@dataclass(frozen=True)
class Job:
    """One row of the table. `prepare` is not timed; `check` raises JobFailed if the work is not done."""

    name: str
    letters: int
    command: Sequence[str | Path]
    folder: Path
    check: Callable[[Run], None]
    prepare: Callable[[], None] = lambda: None
    env: Mapping[str, str] = field(default_factory=lambda: os.environ)
    check_words: Callable[[], None] = lambda: None

    def do(self, *, first: bool = False) -> Run:
        """Run it once, and see that it did its work; the first time its memory is watched and its words are read."""
        try:
            self.prepare()
            ran = run(self.command, self.folder, self.env, watch=first)
            self.check(ran)
            if first:
                self.check_words()
        except JobFailed as error:
            raise JobFailed(f"{self.name}, {self.letters} letters: {error}") from None
        return ran


@dataclass(frozen=True)
class Shop:
    """Makes the jobs of one size, each with a workspace of its own below `folder`, done by `program`, a `letters`.

    `reference` is a workspace that was built once; `letters` are the `type/slug` it should have, `digests` its files.
    """

    folder: Path
    times: int
    program: Path
    reference: Path
    letters: list[str]
    digests: Mapping[str, str]

    @property
    def own_type(self) -> list[str]:
        """The letters of the type that the others make too: one for each force."""
        return [letter for letter in self.letters if letter.startswith(f"{TYPE}/")]

    def make_jobs(self, *, peers: bool) -> list[Job]:
        """Every job that can be done here, in the order of the table, its workspace ready."""
        return [*self.of_letters(), self._naive(), *(self._of_peers() if peers else [])]

    def of_letters(self) -> Iterator[Job]:
        """The jobs that `program` does."""
        if self.times == 1:
            yield self._help()
        yield self._batch(BATCH)
        yield self._batch(ONE_PROCESS, "--jobs", "1")
        if has_harfbuzz_subset():
            yield self._batch(NO_SUBSET, env=without_harfbuzz_subset(self.folder))
        yield self._unchanged()
        yield self._one_force()
        yield self._one_template()
        yield self._one_format(DOCX_ONLY, "docx")
        yield self._one_format(PDF_ONLY, "pdf")
        if self.times == 1:
            yield self._diff()
            yield self._review()
            yield self._telling(CHECK, len(self.letters), f"{len(self.letters)} letters can be built: 0 problems")
            yield self._telling(WORDING, 0, " different verdicts, ")

    def _of_peers(self) -> Iterator[Job]:
        if has_libreoffice():
            yield self._docxtpl()
        yield self._other("typst", PEERS, "peer_typst.py", ("pdf",))

    # -- letters

    def _help(self) -> Job:
        return Job(HELP, 0, [self.program, "--help"], self.folder, lambda ran: expect_said(ran.out, "Usage:"))

    def _batch(self, name: str, *options: str, env: Mapping[str, str] = os.environ) -> Job:
        outputs = self._workspace(name) / "outputs"

        def check(_: Run) -> None:
            expect_same(digests(outputs), self.digests)

        command: list[str | Path] = [self.program, "build", *options]
        return Job(name, len(self.letters), command, outputs.parent, check, lambda: _empty(outputs), env)

    def _one_format(self, name: str, form: str) -> Job:
        outputs = self._workspace(form) / "outputs"

        def check(_: Run) -> None:
            made = digests(outputs)
            expect_paths(made, files_of(self.letters, (form,)))
            expect_bytes({path: digest for path, digest in made.items() if path != MANIFEST}, self.digests)

        command: list[str | Path] = [self.program, "build", "--format", form]
        return Job(name, len(self.letters), command, outputs.parent, check, lambda: _empty(outputs))

    def _unchanged(self) -> Job:
        workspace = self._built_workspace(UNCHANGED)

        def check(ran: Run) -> None:
            expect_summary(ran.out, changed=0, same=len(self.letters))
            expect_same(digests(workspace / "outputs"), self.digests)

        return Job(UNCHANGED, len(self.letters), [self.program, "build"], workspace, check)

    def _one_force(self) -> Job:
        workspace = self._built_workspace(ONE_FORCE)
        file = workspace / "forces" / "kent.yaml"
        finding = Flip(file, "it_monitoring: not_provided", "it_monitoring: not_found")
        return self._edited(ONE_FORCE, workspace, finding, [f"{TYPE}/kent"])

    def _one_template(self) -> Job:
        workspace = self._built_workspace(ONE_TEMPLATE)
        return self._edited(ONE_TEMPLATE, workspace, _standard_sentence(workspace), self.own_type)

    def _edited(self, name: str, workspace: Path, edit: Flip, concerned: list[str]) -> Job:
        before: dict[str, str] = {}

        def prepare() -> None:
            before.clear()
            before.update(digests(workspace / "outputs"))
            edit.make()

        def check(ran: Run) -> None:
            expect_summary(ran.out, changed=len(concerned), same=len(self.letters) - len(concerned))
            after = digests(workspace / "outputs")
            changed = [path for path, digest in after.items() if before.get(path) != digest]
            expect_paths(changed, files_of(concerned, FORMATS))

        return Job(name, len(self.letters), [self.program, "build"], workspace, check, prepare)

    def _diff(self) -> Job:
        workspace = self._built_workspace(DIFF)
        _standard_sentence(workspace).make()

        def check(ran: Run) -> None:
            expect_said(ran.out, f"1 change in {len(self.own_type)} letters")

        return Job(DIFF, len(self.own_type), [self.program, "diff"], workspace, check)

    def _review(self) -> Job:
        workspace = self._built_workspace(REVIEW)
        report = workspace / "outputs" / "review" / "review.html"
        _standard_sentence(workspace).make()
        run([self.program, "build"], workspace, os.environ)

        def check(ran: Run) -> None:
            expect_said(ran.out, f"1 change in {len(self.own_type)} letters")
            if report.stat().st_size > LARGEST_REPORT:
                raise JobFailed(f"the report holds {report.stat().st_size / 1e6:.1f} MB")

        def prepare() -> None:
            report.unlink(missing_ok=True)

        return Job(REVIEW, len(self.own_type), [self.program, "review"], workspace, check, prepare)

    def _telling(self, name: str, letters: int, wanted: str) -> Job:
        """The command that is the first word of `name`: it writes nothing, and prints `wanted`."""
        command: list[str | Path] = [self.program, name.split(",")[0]]
        return Job(name, letters, command, self._workspace(name), lambda ran: expect_said(ran.out, wanted))

    # -- others

    def _naive(self) -> Job:
        return self._other(NAIVE, Path(sys.executable), "naive_weasyprint.py", ("pdf",))

    def _docxtpl(self) -> Job:
        template, profile = self.folder / "template.docx", self.folder / "profile"
        run([PEERS, BENCH / "peer_docxtpl_template.py", self.reference, template], self.folder, os.environ)
        return self._other(DOCXTPL, PEERS, "peer_docxtpl.py", ("docx", "pdf"), template, profile)

    def _other(self, name: str, python: Path, script: str, forms: tuple[str, ...], *more: Path) -> Job:
        out = self.folder / script.removesuffix(".py")
        slugs = [letter.partition("/")[2] for letter in self.own_type]

        def check(_: Run) -> None:
            expect_paths(digests(out), [f"{slug}.{form}" for slug in slugs for form in forms])
            expect_formats(out)

        def check_words() -> None:
            texts = self.reference / "outputs" / TYPE
            run([sys.executable, BENCH / "same_words.py", texts, out], self.folder, os.environ)

        command = [python, BENCH / script, self.reference, out, *more]
        return Job(name, len(slugs), command, self.folder, check, lambda: _empty(out), check_words=check_words)

    # -- workspaces

    def _workspace(self, name: str) -> Path:
        return make_workspace(self.folder / name.replace(" ", "-"), self.times)

    def _built_workspace(self, name: str) -> Path:
        workspace = self._workspace(name)
        shutil.copytree(self.reference / "outputs", workspace / "outputs")
        return workspace


def open_shop(folder: Path, times: int, program: Path = LETTERS) -> Shop:
    """Make a workspace with each force `times` over and build it once: what the jobs' work is compared with."""
    reference = make_workspace(folder / "reference", times)
    run([program, "build"], reference, os.environ)
    made = digests(reference / "outputs")
    letters = letters_of(reference)
    expect_paths(made, files_of(letters, FORMATS))
    return Shop(folder, times, program, reference, letters, made)


def without_harfbuzz_subset(folder: Path) -> dict[str, str]:
    """An environment in which libharfbuzz-subset cannot be loaded, seen to be so."""
    libraries = folder / "broken-libraries"
    libraries.mkdir()
    (libraries / "libharfbuzz-subset.so.0").write_bytes(b"")
    before = os.environ.get("LD_LIBRARY_PATH")
    env = {**os.environ, "LD_LIBRARY_PATH": f"{libraries}:{before}" if before else str(libraries)}
    if has_harfbuzz_subset(env):
        raise JobFailed("libharfbuzz-subset can still be loaded: nothing would be compared")
    return env


def has_harfbuzz_subset(env: Mapping[str, str] = os.environ) -> bool:
    """Whether WeasyPrint can load libharfbuzz-subset."""
    probe = "from weasyprint.text.ffi import harfbuzz_subset; print(harfbuzz_subset is not None)"
    command = [sys.executable, "-W", "ignore", "-c", probe]
    return subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout == "True\n"


def has_libreoffice() -> bool:
    """Whether LibreOffice is on the path."""
    return shutil.which("soffice") is not None


def _standard_sentence(workspace: Path) -> Flip:
    """A word of a sentence that all 43 letters have."""
    return Flip(workspace / "templates" / TYPE / "letter.md", "If you have any queries", "If you have any questions")


def _empty(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
