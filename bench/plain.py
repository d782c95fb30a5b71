"""The 2017 letters as the other tools are given them: from the same files, in the plainest way, without `letters`.

The words come from the workspace's own templates, so that nobody who changes them need think of the bench.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment

from workspaces import TYPE

WORDMARK, SIGNATURE = "letterheads/hmicfrs/wordmark", f"{TYPE}/signature.png"

_PART = re.compile(r"^::: \{\.([\w-]+)\}\n(.*?)^:::$", re.MULTILINE | re.DOTALL)


class Phrase(str):
    """A phrase of the wording, or a force's departure from it, that knows whether it is plural."""

    plural = False


def read_letters(workspace: Path) -> Iterator[dict[str, Any]]:
    """Each force's letter, one after the other: `slug`, `mark`, `signed`, `title`, `body`, the lines of each part."""
    folder = workspace / "templates" / TYPE
    common = yaml.safe_load((folder / "letter.yaml").read_text("utf-8"))
    wording = yaml.safe_load((folder / "wording.yaml").read_text("utf-8"))
    verdict = _environment().from_string((folder / "verdict.md").read_text("utf-8"))
    letterhead = (workspace / "templates" / "letterheads" / common["letterhead"] / "letterhead.md").read_text("utf-8")
    letter = _environment().from_string(f"{letterhead}\n{(folder / 'letter.md').read_text('utf-8')}")
    for file in sorted((workspace / "forces").glob("*.yaml")):
        force = yaml.safe_load(file.read_text("utf-8"))
        outcome = {name: _answer(value) for name, value in force["letters"][TYPE].items()}
        says = _verdict(verdict, outcome, wording)
        text = letter.render(force=force, letter={**common, **outcome}, outcome=outcome, verdict=lambda _, s=says: s)
        stage = outcome["stage"]
        mark = "" if stage == "ready" else f"{stage.upper()} – not a finding about this force"
        yield {"slug": file.stem, "mark": mark, "signed": stage == "ready", **_laid_out(text)}


def _environment() -> Environment:
    environment = Environment()
    environment.filters |= {
        "all_of": lambda phrases: _join(phrases, "and"),
        "any_of": lambda phrases: _join(phrases, "or"),
        "agree": _agree,
        "capitalised": lambda text: text[:1].upper() + text[1:],
        "long_date": lambda day: f"{day.day} {day:%B %Y}" if isinstance(day, date) else day,
    }
    return environment


def _answer(value: Any) -> Any:
    """PyYAML takes `no` for false."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def _verdict(template: Any, outcome: dict[str, Any], wording: dict[str, Any]) -> str:
    changed = outcome.get("changed_wording", {})

    def phrase(name: str) -> Phrase:
        entry = {**wording[name], **_as_entry(changed.get(name, {}))}
        made = Phrase(entry["text"])
        made.plural = entry["number"] == "plural"
        return made

    tools = {
        "phrase": phrase,
        "phrases": lambda fields, which: [phrase(f"{field}.{which}") for field in fields],
        "fields_where": lambda outcome, fields, answer: [field for field in fields if outcome[field] == answer],
    }
    said = template.make_module(tools).verdict(outcome)
    return " ".join([*said.split(), *outcome.get("added_sentences", [])])


def _as_entry(departure: str | dict[str, str]) -> dict[str, str]:
    return {"text": departure} if isinstance(departure, str) else departure


def _join(phrases: Sequence[str], word: str) -> str:
    *most, last = phrases
    return f"{', '.join(most)} {word} {last}" if most else last


def _agree(phrases: Sequence[Phrase], singular: str, plural: str) -> str:
    return plural if len(phrases) > 1 or phrases[0].plural else singular


def _laid_out(text: str) -> dict[str, Any]:
    """Parts by name (`copied_to`), each a list of lines; the rest is title and body."""
    parts = {name.replace("-", "_"): _lines(part) for name, part in _PART.findall(text)}
    blocks = [" ".join(block.split()) for block in _PART.sub("", text).split("\n\n") if block.strip()]
    title = next(block for block in blocks if block.startswith("# "))
    body = [
        {"quote": block.startswith("> "), "text": block.replace("> ", "").replace("*", "")}
        for block in blocks
        if block != title
    ]
    return {**parts, "title": title.removeprefix("# "), "body": body}


def _lines(part: str) -> list[str]:
    return [line.strip() for line in part.splitlines() if line.strip() and not line.startswith("![")]
