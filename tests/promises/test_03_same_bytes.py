"""Promise 3: the same input gives the same bytes, whenever, wherever and however it is built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Workspace, copy_workspace
from support.builds import TYPE, copy_of_the_tool, files, python_path

pytestmark = pytest.mark.slow

#: A batch large enough for workers, with both letter types and every stage mark.
FORCES = "cumbria derbyshire essex gwent kent norfolk south-wales surrey warwickshire west-mercia".split()

#: Fakes the clock and nothing else: Python asks it through these names only.
ANOTHER_DAY = """
import datetime, time
AWAY = 4000 * 86400 + 12345
class Datetime(datetime.datetime):
    @classmethod
    def now(cls, tz=None): return cls.fromtimestamp(time.time(), tz)
    @classmethod
    def utcnow(cls): return cls.fromtimestamp(time.time(), datetime.timezone.utc).replace(tzinfo=None)
    @classmethod
    def today(cls): return cls.fromtimestamp(time.time())
class Date(datetime.date):
    @classmethod
    def today(cls): return cls.fromtimestamp(time.time())
def later(name):
    real = getattr(time, name)
    def asked(seconds=None): return real(time.time() if seconds is None else seconds)
    return asked
real_time, real_time_ns = time.time, time.time_ns
time.time = lambda: real_time() + AWAY
time.time_ns = lambda: real_time_ns() + AWAY * 10**9
time.localtime, time.gmtime = later("localtime"), later("gmtime")
real_strftime = time.strftime
time.strftime = lambda form, at=None: real_strftime(form, time.localtime() if at is None else at)
datetime.datetime, datetime.date = Datetime, Date
"""


def unbuilt(folder: Path) -> Workspace:
    workspace = copy_workspace(folder)
    workspace.keep_forces(*FORCES)
    workspace.replace("forces/kent.yaml", "stage: specimen", "stage: draft")
    return workspace


def built_files(workspace: Workspace, *arguments: str, env: dict[str, str] | None = None) -> dict[str, bytes]:
    shutil.rmtree(workspace.path("outputs"), ignore_errors=True)
    ran = workspace.letters("build", *arguments, env=env)
    assert ran.status == 0, ran.err
    return files(workspace.path("outputs"))


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    workspace = unbuilt(tmp_path_factory.mktemp("reference") / "workspace")
    env = {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0"}
    made = built_files(workspace, "--jobs", "1", env=env)
    assert len(made) == 11 * 6 + 1, "four renditions, the composed letter, the Word file as made; and the manifest"
    assert "manifest.json" in made
    return made


def same(made: dict[str, bytes], reference: dict[str, bytes]) -> None:
    assert made.keys() == reference.keys()
    assert [path for path in made if made[path] != reference[path]] == []


def test_in_one_process_or_in_several(tmp_path: Path, reference: dict[str, bytes]) -> None:
    same(built_files(unbuilt(tmp_path / "workspace"), "--jobs", "2"), reference)


def test_letter_by_letter(tmp_path: Path, reference: dict[str, bytes]) -> None:
    """A few letters at a time, which go through two lanes instead of workers, and at last one format alone."""
    workspace = unbuilt(tmp_path / "workspace")
    for pattern in ("[w-z]*", "s*"):
        assert workspace.letters("build", pattern, "--jobs", "2").status == 0
    for formats in ("txt,html,docx", "pdf"):
        assert workspace.letters("build", "--format", formats).status == 0
    same(files(workspace.path("outputs")), reference)


def test_in_another_folder_time_zone_locale_and_order_of_hashes(tmp_path: Path, reference: dict[str, bytes]) -> None:
    env = {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C.UTF-8",
        "LANG": "cy_GB.UTF-8",
        "LANGUAGE": "tr",
        "PYTHONHASHSEED": "4242",
        "SOURCE_DATE_EPOCH": "1",
        "HOME": str(tmp_path),
    }
    same(built_files(unbuilt(tmp_path / "eine Mappe, ganz woanders" / "w"), env=env), reference)


@pytest.mark.skipif(
    not (shutil.which("localedef") and Path("/usr/share/i18n/locales/tr_TR").exists()),
    reason="has no source of locales",
)
def test_in_turkish(tmp_path: Path, reference: dict[str, bytes]) -> None:
    """Where the capital of i is İ, and a decimal is parted by a comma."""
    locales = tmp_path / "locales"
    locales.mkdir()
    command = ["localedef", "-i", "tr_TR", "-f", "UTF-8", str(locales / "tr_TR.UTF-8")]
    subprocess.run(command, check=True, capture_output=True)
    env = {"LOCPATH": str(locales), "LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr"}
    asked = "import locale; locale.setlocale(locale.LC_ALL, ''); print(locale.localeconv()['decimal_point'])"
    said = subprocess.run([sys.executable, "-c", asked], env={**os.environ, **env}, capture_output=True, text=True)
    assert said.stdout == ",\n", "the locale is not in force"
    same(built_files(unbuilt(tmp_path / "workspace"), env=env), reference)


def test_on_another_day(tmp_path: Path, reference: dict[str, bytes]) -> None:
    (tmp_path / "clock").mkdir()
    (tmp_path / "clock/sitecustomize.py").write_text(ANOTHER_DAY)
    env = {"PYTHONPATH": python_path(tmp_path / "clock")}
    asked = "from datetime import datetime; import time; print(datetime.now().year, time.localtime().tm_year)"
    said = subprocess.run([sys.executable, "-c", asked], env={**os.environ, **env}, capture_output=True, text=True)
    year, other = map(int, said.stdout.split())
    assert year == other
    assert year >= 2035, "the clock is not faked"
    same(built_files(unbuilt(tmp_path / "workspace"), env=env), reference)


@pytest.mark.parametrize(
    "planted",
    [
        "__import__('time').time_ns()",
        "__import__('pathlib').Path.cwd()",
        "hash('a')",
        "__import__('time').tzname",
    ],
    ids=["the clock", "the folder", "the order of hashes", "the time zone"],
)
def test_bytes_that_hang_on_anything_else_would_be_found(tmp_path: Path, planted: str) -> None:
    tool, path = copy_of_the_tool(tmp_path)
    source = tool / "render/html.py"
    text = source.read_text("utf-8")
    assert '<meta charset="utf-8">' in text
    source.write_text(text.replace("<meta charset", f"<!-- {{{planted}}} --><meta charset", 1), "utf-8")
    made = [
        built_files(unbuilt(tmp_path / folder), "kent", "--format", "html", env={**env, **path})
        for folder, env in (
            ("a", {"TZ": "UTC", "PYTHONHASHSEED": "1"}),
            ("another", {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "2"}),
        )
    ]
    assert f"{TYPE}/kent.html" in made[0]
    assert made[0] != made[1]
