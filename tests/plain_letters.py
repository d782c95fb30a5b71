"""A workspace with one small letter type of an own body, for letters as people type them."""

from __future__ import annotations

import textwrap
from pathlib import Path

from conftest import ROOT, Workspace, copy_workspace

TYPE = "note-2018"
FORCE = "forces/x.yaml"
LETTER, OUTCOME, SETTINGS = (f"templates/{TYPE}/{name}" for name in ("letter.md", "outcome.yaml", "letter.yaml"))

_SETTINGS = """\
title: Your next inspection
date: 2018-03-01
letterhead: hmicfrs
expected: some
signatory:
  name: Michael Cunningham QPM
  offices: [Her Majesty's Inspector of Constabulary, Her Majesty's Inspector of Fire & Rescue Services]
  address: 6th Floor, Globe House, 89 Eccleston Square, London SW1V 1PN
  telephone: 020 3513 0500
  fax: 020 3513 0650
  email: michael.cunningham1@hmic.gsi.gov.uk
"""
_OUTCOME = """\
type: object
required: [body]
properties:
  body: {description: "In Markdown", type: string, contentMediaType: text/markdown}
"""
_LETTER = """\
::: {.addressee}
{{ force.chief_officer.rank }}{% if force.chief_officer.name %} {{ force.chief_officer.name }}{% endif %}
{{ force.name }}
:::

::: {.date}
{{ letter.date | long_date }}
:::

::: {.salutation}
Dear {% if letter.salutation %}{{ letter.salutation }}{% else %}{{ force.chief_officer.rank }}{% endif %}
:::

# {{ letter.title }}

{{ outcome.body }}

::: {.closing}
Yours sincerely
:::

::: {.signature}
:::

::: {.signatory}
{{ letter.signatory.name }}
:::

::: {.foot}
{{ force.name }}, {{ letter.date | long_date }}
:::
"""
_FORCE = """\
name: North Example Police
country: England
chief_officer: {rank: Chief Constable}
local_policing_body: {title: Police and Crime Commissioner, short_title: Police and Crime Commissioner}
letters:
  note-2018:
    stage: ready
    body: |
"""


def plain_workspace(folder: Path, body: str = "Text.") -> Workspace:
    """A workspace with one force, `x`, whose one letter has `body`."""
    there = copy_workspace(folder)
    there.keep_forces()
    for name in ("abuse-of-position-2017", "pcc-response-2019"):
        for file in sorted((there.root / "templates" / name).iterdir()):
            file.unlink()
        (there.root / "templates" / name).rmdir()
    for path, text in ((SETTINGS, _SETTINGS), (OUTCOME, _OUTCOME), (LETTER, _LETTER)):
        there.write(path, text)
    there.write(FORCE, _FORCE + textwrap.indent(body, " " * 6) + "\n")
    return there


def with_field(there: Workspace, name: str, schema: str, template: str, value: str) -> None:
    """Give the letter type a field more, required; `template` prints it above the closing."""
    there.replace(OUTCOME, "required: [body", f"required: [body, {name}")
    there.write(OUTCOME, there.read(OUTCOME) + f"  {name}: {schema}\n")
    there.replace(LETTER, "{{ outcome.body }}\n", "{{ outcome.body }}\n\n" + template + "\n")
    there.replace(FORCE, "    stage: ready\n", f"    stage: ready\n    {name}: {value}\n")


SIGNATURE = ROOT / "templates/abuse-of-position-2017/signature.png"
