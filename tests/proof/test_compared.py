"""What templates ask of numbers and dates is read on each side of it, and is in the book."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Workspace
from support.plain_letters import FORCE, LETTER, OUTCOME, TYPE, plain_workspace
from support.proofs import SECOND, files, proofs

_TEMPLATE = """\
{% if outcome.rate < 85 %}
The rate teh lowest is poor.
{% elif outcome.rate < 95 %}
The rate is fair.
{% else %}
The rate is good.
{% endif %}

{% if outcome.visit.start == outcome.visit.end %}
We come on {{ outcome.visit.start | long_date }}.
{% else %}
We come from {{ outcome.visit.start | until(outcome.visit.end) }}.
{% endif %}
"""
_FIELDS = """\
  rate: {type: number, minimum: 0, maximum: 100}
  visit:
    type: object
    required: [start, end]
    properties:
      start: {type: string, format: date}
      end: {type: string, format: date}
"""


@pytest.fixture
def there(tmp_path: Path) -> Workspace:
    made = plain_workspace(tmp_path / "workspace")
    made.replace(OUTCOME, "required: [body", "required: [body, rate, visit")
    made.write(OUTCOME, made.read(OUTCOME) + _FIELDS)
    made.replace(LETTER, "{{ outcome.body }}\n", "{{ outcome.body }}\n\n" + _TEMPLATE)
    answers = "    rate: 97.5\n    visit: {start: 2018-04-30, end: 2018-05-02}\n"
    made.replace(FORCE, "    stage: ready\n", f"    stage: ready\n{answers}")
    return made


@pytest.mark.slow
def test_each_branch_on_numbers_and_dates_is_proved_and_in_the_book(there: Workspace) -> None:
    ran = there.letters("check")
    assert (ran.err.count("teh"), "[E409]" in ran.err, "[E412]" in ran.err) == (2, False, False), ran.err
    there.replace(LETTER, " teh lowest is poor.\n", " is poor.\n## Poor\n")
    ran = there.letters("check")
    assert ran.err.count("a heading right below words [E220]") == 1, "though no letter of today has it"
    there.replace(LETTER, "## Poor\n", "")
    assert (there.letters("check").status, there.letters("check").err) == (0, "")
    assert there.letters("wording", "--book").status == 0
    book = there.read(f"outputs/wording/{TYPE}.html")
    for said in ("is poor", "is fair", "is good", "come on 1", "Every verdict", "such as 85", "such as 95"):
        assert said in book
    assert book.count("We come from ") == 2 * 3, "in one month, in one year, in two"
    there.replace(
        LETTER, "{{ outcome.body }}\n", "{{ outcome.body }}\n\n{% if outcome.body == 'x' %}We go.{% endif %}\n"
    )
    assert "no sample has [W425]" in there.letters("check").err
    there.letters("wording", "--book")
    assert "Every verdict" not in there.read(f"outputs/wording/{TYPE}.html")


@pytest.mark.parametrize("bounds", ["minimum: 0", "maximum: 0", "minimum: 0, maximum: 100", ""])
@pytest.mark.parametrize("sign", ["<", "<=", ">", ">=", "=="])
def test_two_numbers_of_the_data_are_read_on_each_side_of_one_another(sign: str, bounds: str) -> None:
    kind = f"{{type: number, {bounds}}}" if bounds else "{type: number}"
    text = "A {{ outcome.team }} team"
    asked = f"{{% if outcome.rate {sign} outcome.last_rate %}}\nIt fell.\n\n{{% else %}}\nIt rose.\n\n{{% endif %}}\n"
    fields = f"  rate: {kind}\n  last_rate: {kind}\n  urgent:"
    required = "[commissioner, team, length"
    source = dict(files())
    own = {
        **SECOND,
        "letter.md": SECOND["letter.md"].replace(text, asked + text),
        "outcome.yaml": SECOND["outcome.yaml"]
        .replace("  urgent:", fields)
        .replace(required, f"{required}, rate, last_rate"),
    }
    source |= {f"templates/visit/{name}": said.encode() for name, said in own.items()}
    found = proofs(source, "visit")
    assert [one for one in found.problems if one.code in ("E412", "W425")] == []
    assert {"It fell.", "It rose."} <= {one.text for one in found.book.verdicts}
