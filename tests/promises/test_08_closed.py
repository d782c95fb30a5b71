"""Promise 8: no network, no file from outside, no code out of a template or a YAML file."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import letters
from conftest import Workspace, copy_workspace
from support.builds import TYPE, files, unshared
from support.escapes import LETTER, problems_of, with_escape

pytestmark = pytest.mark.slow

VERDICT = f"templates/{TYPE}/verdict.md"
CSS = "templates/letterheads/hmicfrs/letter.css"

#: Runs the command line and notes, in this process and in those that it starts, what Python opens and whom it calls.
RECORDER = """
import os, sys
log = os.open(sys.argv.pop(1), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
EVENTS = ("open", "socket.connect", "socket.getaddrinfo", "socket.bind", "subprocess.Popen", "os.system", "os.exec",
          "os.posix_spawn", "ctypes.dlopen", "urllib.Request", "shutil.rmtree", "os.remove", "os.rename")
def note(event, arguments):
    if event not in EVENTS:
        return
    subject = arguments[0] if arguments else None
    if event == "ctypes.dlopen" or not isinstance(subject, (str, bytes, os.PathLike)):
        if event == "open":
            return  # by a number, of a file that was opened by name
        subject = repr(subject)
    elif event == "open" and not os.path.exists(subject) and not arguments[2] & (os.O_WRONLY | os.O_RDWR):
        return  # looked for, and not there
    else:
        subject = os.path.realpath(subject)
    os.write(log, f"{event}\\t{os.fsdecode(subject)}\\n".encode())
sys.addaudithook(note)
from letters.cli import main
main()
"""

#: Folders that a build may read from besides its workspace: Python, its libraries, this package.
_PATHS = sysconfig.get_paths()
OWN = (*(_PATHS[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")), str(Path(letters.__file__).parent))
#: What Python reads of the system by itself; the media types are asked for by WeasyPrint and used for none of ours.
FILES = ("open", "ctypes.dlopen", "os.remove", "os.rename", "shutil.rmtree")
SYSTEM = ("/proc/", "/dev/null", "/dev/urandom", "/dev/shm/", "/etc/mime.types")


def recorded(workspace: Workspace, log: Path, *arguments: str) -> list[tuple[str, str]]:
    """What `letters` did, as pairs of event and subject; it must succeed."""
    log.unlink(missing_ok=True)
    command = [sys.executable, "-c", RECORDER, str(log), *arguments]
    done = subprocess.run(command, cwd=workspace.root, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode in (0, 1), done.stderr
    pairs = (line.partition("\t") for line in log.read_text("utf-8").splitlines())
    return [(event, subject) for event, _, subject in pairs]


def outside(workspace: Workspace, events: list[tuple[str, str]], temporary: Path) -> list[tuple[str, str]]:
    """The events that a closed tool has no business with."""
    allowed = (str(workspace.root), *OWN, *SYSTEM, str(temporary))
    real = tuple(os.path.realpath(path) for path in allowed)
    found = []
    for event, subject in events:
        if event == "ctypes.dlopen" and "/" not in subject:
            continue  # a system library by its name
        if not (event in FILES and subject.strip("'").startswith((*allowed, *real))):
            found.append((event, subject))
    return found


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go, so that they can be told from others."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_build_opens_no_file_from_outside_and_calls_nobody(
    small: Workspace, tmp_path: Path, temporary: Path, jobs: str
) -> None:
    events = recorded(small, tmp_path / "log", "build", "--jobs", jobs)
    seen = {Path(subject).name for event, subject in events if event == "open"}
    assert {"kent.yaml", "signature.png", "LettersSans-Regular.ttf"} <= seen, "records too little"
    assert any(name.startswith(".letters-") for name in seen), "does not record what is written"
    assert outside(small, events, temporary) == []
    assert files(temporary) == {}


def test_a_file_from_outside_would_be_found(small: Workspace, tmp_path: Path, temporary: Path) -> None:
    (tmp_path / "elsewhere.txt").write_text("Dear Chief Constable\n")
    named = str(tmp_path / "elsewhere.txt")  # which is the one way to have a file from outside read
    events = recorded(small, tmp_path / "log", "diff", named, named)
    assert {Path(subject).name for _, subject in outside(small, events, temporary)} == {"elsewhere.txt"}


@pytest.fixture(scope="module")
def kent(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of one letter, built with all that this machine has."""
    workspace = copy_workspace(tmp_path_factory.mktemp("kent") / "workspace")
    workspace.keep_forces("kent")
    assert workspace.letters("build").status == 0
    return files(workspace.path("outputs"))


def test_a_build_needs_no_network(small: Workspace, kent: dict[str, bytes]) -> None:
    small.keep_forces("kent")
    alone = "! $PYTHON -c 'import socket; socket.create_connection((\"127.0.0.1\", 9))' 2>unreachable"
    done = unshared(small, ("--net",), f"PYTHON=${{LETTERS%% *}}; {alone}; cat unreachable >&2; $LETTERS build")
    assert done.returncode == 0, done.stderr
    assert "Network is unreachable" in done.stderr
    assert files(small.path("outputs")) == kent


def test_a_build_needs_no_font_and_nothing_at_home(small: Workspace, kent: dict[str, bytes]) -> None:
    """Not in Python alone: Pango and fontconfig, too, must not look at what a machine has."""
    small.keep_forces("kent")
    hide = (
        "for d in /usr/share/fonts /usr/local/share/fonts /etc/fonts /var/cache/fontconfig; do "
        "test ! -d $d || mount -t tmpfs none $d; done; export HOME=/nowhere XDG_CACHE_HOME=/nowhere"
    )
    done = unshared(small, ("--mount",), f"{hide}; $LETTERS build")
    assert done.returncode == 0, done.stderr
    assert files(small.path("outputs")) == kent


# -- style sheets and pictures

ELSEWHERE = ("/etc/passwd", "http://127.0.0.1:9/x.png", "../../../../secret.png", "//host/x.png")


SHEETS = {
    "import": "@import url({});",
    "background": "body {{ background: url({}) }}",
    "font": "@font-face {{ font-family: x; src: url({}) }} p {{ font-family: x }}",
    "content": ".date::before {{ content: url({}) }}",
    "list": ".date {{ list-style: url({}) inside; display: list-item }}",
}


@pytest.mark.parametrize(
    ("css", "address"),
    [*((css, "file:///etc/passwd") for css in SHEETS), *(("background", address) for address in ELSEWHERE)],
)
def test_a_style_sheet_reaches_nothing(
    small: Workspace, tmp_path: Path, temporary: Path, css: str, address: str
) -> None:
    (tmp_path / "secret.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    small.write(CSS, SHEETS[css].format(address) + "\n" + small.read(CSS))
    events = recorded(small, tmp_path / "log", "build", "kent", "--format", "pdf", "--jobs", "1")
    assert outside(small, events, temporary) == []
    assert not small.path(f"outputs/{TYPE}/kent.pdf").exists(), "WeasyPrint went on without it"


@pytest.mark.parametrize("address", ELSEWHERE)
def test_a_picture_comes_from_the_templates(small: Workspace, address: str) -> None:
    small.replace(LETTER, "(signature.png)", f"({address})")
    ran = small.letters("build", "--format", "html,txt")
    assert ran.status == 1
    assert "there is no picture" in ran.err
    assert not small.path(f"outputs/{TYPE}").exists()


@pytest.mark.parametrize("name", ["forces/kent.yaml", LETTER, CSS, f"templates/{TYPE}/signature.png"])
def test_a_link_out_of_the_workspace_is_not_followed(small: Workspace, tmp_path: Path, name: str) -> None:
    small.path(name).rename(tmp_path / "elsewhere")
    small.path(name).symlink_to(tmp_path / "elsewhere")
    ran = small.letters("build", "--format", "txt")
    assert ran.status == 1
    assert f"{name}: cannot be read: it is a link to a file outside the workspace" in ran.err
    assert not small.path(f"outputs/{TYPE}/kent.txt").exists()


# -- templates

ESCAPES = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ force.__class__ }}",
    "{{ force.__init__.__globals__ }}",
    "{{ force['__class__'] }}",
    "{{ force._facts }}",
    "{{ phrase.__globals__ }}",
    "{{ phrase.__self__.source }}",
    "{{ verdict.__func__ }}",
    "{{ '{0.__class__}'.format(force) }}",
    "{{ ('%s' % force.name) }}",
    "{{ force.name.format() }}",
    "{{ self._TemplateReference__context }}",
    "{{ cycler.__init__.__globals__.os }}",
    "{{ lipsum.__globals__ }}",
    "{{ range(10) }}",
    "{{ namespace() }}",
    "{{ get_flashed_messages }}",
    "{{ force | attr('__class__') }}",
    "{{ force.name | map('upper') }}",
    "{{ force.name | safe }}",
    "{% include '/etc/passwd' %}",
    "{% include 'forces/kent.yaml' %}",
    "{% import 'x' as y %}",
    "{% from 'x' import y %}",
    "{% extends 'templates/letterheads/hmicfrs/letterhead.md' %}",
    "{% set x = 'a' * 10000000000 %}",
    "{% set x = 10 ** 10 ** 10 %}",
    "{% do force %}",
    "{% autoescape false %}{{ force.name }}{% endautoescape %}",
)


@pytest.mark.parametrize("escape", ESCAPES)
@pytest.mark.parametrize("template", [LETTER, VERDICT], ids=["letter", "verdict"])
def test_a_template_cannot_leave_its_sandbox(escape: str, template: str) -> None:
    text, line = with_escape(template, escape)
    problems = problems_of(template, text)
    assert (template, line) in [(problem.place.path, problem.place.line) for problem in problems]


@pytest.mark.parametrize("template", [LETTER, VERDICT], ids=["letter", "verdict"])
def test_what_stays_in_the_sandbox_is_no_problem(template: str) -> None:
    text, _ = with_escape(template, "{{ force.name }}")
    assert problems_of(template, text) == []


@pytest.mark.parametrize("escape", [ESCAPES[0], "{% include '/etc/passwd' %}", "{{ force._facts }}"])
def test_the_command_line_says_where_a_template_tries_to_leave(small: Workspace, escape: str) -> None:
    text, line = with_escape(VERDICT, escape)
    small.write(VERDICT, text)
    ran = small.letters("build", "--format", "txt")
    assert ran.status == 1
    assert f"{VERDICT}:{line}" in ran.err
    assert "Traceback" not in ran.err
    assert not small.path(f"outputs/{TYPE}").exists()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """One workspace with one force, for YAML to be tried in."""
    workspace = copy_workspace(tmp_path_factory.mktemp("shared") / "workspace")
    workspace.keep_forces("kent")
    return workspace


# -- YAML


@pytest.mark.parametrize(
    "planted",
    [
        "!!python/object/apply:os.system ['touch ran']",
        "!!python/object/apply:subprocess.check_output [[touch, ran]]",
        "!!python/name:os.system",
        "!!python/module:os",
        "!!binary aGVsbG8=",
        "!include /etc/passwd",
        "&a [*a, *a]",
    ],
)
def test_yaml_runs_nothing_and_includes_nothing(shared: Workspace, planted: str) -> None:
    text = shared.read("forces/kent.yaml")
    try:
        shared.write("forces/kent.yaml", text.replace("Kent Police", planted, 1))
        ran = shared.letters("check")
    finally:
        shared.write("forces/kent.yaml", text)
    assert ran.status == 1
    assert "forces/kent.yaml:2:" in ran.err
    assert "[E111]" in ran.err
    assert not shared.path("ran").exists()


def test_yaml_does_not_blow_up(shared: Workspace) -> None:
    text = shared.read("forces/kent.yaml")
    laughs = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    laughs += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    try:
        for planted in ("\n".join(laughs), "a: " + "[" * 5000, "a: " + "{a: " * 5000):
            shared.write("forces/kent.yaml", f"{text}\n{planted}\n")
            ran = shared.letters("check", "--json")
            assert ran.status == 1
            assert '"code": "E1' in ran.out
    finally:
        shared.write("forces/kent.yaml", text)


def test_no_stays_a_word_and_a_key_stands_once(small: Workspace) -> None:
    small.keep_forces("kent")
    assert small.letters("build", "--format", "txt").status == 0
    assert "Your plans reflected" in small.read(f"outputs/{TYPE}/kent.txt")  # `plans_comprehensive: no`
    small.replace("forces/kent.yaml", "country: England\n", "country: England\ncountry: Wales\n")
    ran = small.letters("check")
    assert ran.status == 1
    assert "forces/kent.yaml:4:1: 'country' is given twice (first in line 3)" in ran.err
