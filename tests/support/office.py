"""LibreOffice as tests use it: a profile of its own, and no fonts but those that a letter in Word falls back on."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")

#: A user's own fonts and settings would set Word's Arial in something of another width.
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <cachedir>{cache}</cachedir>
  <selectfont>
    <rejectfont><glob>*.*</glob></rejectfont>
    <acceptfont><glob>*/Liberation*</glob></acceptfont>
  </selectfont>
  <match target="pattern">
    <test name="family"><string>Arial</string></test>
    <edit name="family" mode="assign" binding="same"><string>Liberation Sans</string></edit>
  </match>
</fontconfig>
"""


def office(folder: Path, *arguments: str, timeout: float = 240) -> None:
    """Run LibreOffice without a window; its profile and its fonts are in `folder`."""
    assert SOFFICE, "LibreOffice is not installed"
    folder.mkdir(parents=True, exist_ok=True)
    fonts = folder / "fonts.conf"
    fonts.write_text(_FONTS.format(cache=folder / "font-cache"), "utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", *arguments]
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
    subprocess.run(command, check=True, capture_output=True, timeout=timeout, env=environment)


def convert(files: Sequence[Path], suffix: str, folder: Path) -> list[Path]:
    """`files`, each with a name of its own, as LibreOffice saves them in `folder` in another format."""
    office(folder, "--convert-to", suffix, "--outdir", str(folder), *map(str, files))
    return [folder / f"{file.stem}.{suffix}" for file in files]
