"""A workspace with one small letter type of an own body, for letters as people type them."""

from __future__ import annotations

import textwrap
from pathlib import Path

from conftest import ROOT, Workspace, copy_workspace
from support import plain
from support.plain import FORCE, LETTER, TYPE

OUTCOME, SETTINGS = plain.OUTCOME_FILE, plain.SETTINGS_FILE
SIGNATURE = ROOT / "templates/abuse-of-position-2017/signature.png"

__all__ = ["FORCE", "LETTER", "OUTCOME", "SETTINGS", "SIGNATURE", "TYPE", "plain_workspace", "with_field"]

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


def plain_workspace(folder: Path, body: str = "Text.") -> Workspace:
    """A workspace with one force, `x`, whose one letter has `body`."""
    there = copy_workspace(folder)
    there.keep_forces()
    for name in ("abuse-of-position-2017", "pcc-response-2019"):
        for file in sorted((there.root / "templates" / name).iterdir()):
            file.unlink()
        (there.root / "templates" / name).rmdir()
    for path, text in ((SETTINGS, plain.SETTINGS), (OUTCOME, plain.OUTCOME), (LETTER, _LETTER)):
        there.write(path, text)
    there.write(FORCE, plain.FACTS + "    body: |\n" + textwrap.indent(body, " " * 6) + "\n")
    return there


def with_field(there: Workspace, name: str, schema: str, template: str, value: str) -> None:
    """Give the letter type a field more, required; `template` prints it above the closing."""
    there.replace(OUTCOME, "required: [body", f"required: [body, {name}")
    there.write(OUTCOME, there.read(OUTCOME) + f"  {name}: {schema}\n")
    there.replace(LETTER, "{{ outcome.body }}\n", "{{ outcome.body }}\n\n" + template + "\n")
    there.replace(FORCE, "    stage: ready\n", f"    stage: ready\n    {name}: {value}\n")
