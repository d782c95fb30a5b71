"""Bad input of every kind, and what to do to a sound workspace to get it. What `letters` must say is in bad_inputs/."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from conftest import Workspace

#: Does to a workspace what somebody did by mistake.
Spoil = Callable[[Workspace], object]

KENT = "forces/kent.yaml"
WALES = "forces/south-wales.yaml"
TYPE = "templates/abuse-of-position-2017"
LETTER = f"{TYPE}/letter.md"
VERDICT = f"{TYPE}/verdict.md"
WORDING = f"{TYPE}/wording.yaml"
OUTCOME = f"{TYPE}/outcome.yaml"
SETTINGS = f"{TYPE}/letter.yaml"
HOUSE = "templates/letterheads/hmicfrs"
#: A line of letter.md that stands alone, to put something in its place.
CLOSING = "This letter will be published on the HMICFRS website"


@dataclass(frozen=True)
class Case:
    """One bad input, and the command that meets it."""

    spoil: Spoil
    command: tuple[str, ...] = ("check",)


# -- what people do to files


def edit(path: str, old: str, new: str) -> Spoil:
    """Change the first `old` in a file."""
    return lambda there: there.replace(path, old, new)


def all_of(*spoils: Spoil) -> Spoil:
    """Several mistakes at once."""
    return lambda there: [spoil(there) for spoil in spoils]


def text(path: str, content: str) -> Spoil:
    """Write a whole file."""
    return lambda there: there.write(path, content)


def data(path: str, content: bytes) -> Spoil:
    """Write a whole file, byte by byte."""
    return lambda there: there.path(path).write_bytes(content)


def recoded(path: str, encoding: str) -> Spoil:
    """Save a file in another encoding."""
    return lambda there: there.path(path).write_bytes(there.read(path).encode(encoding))


def added(path: str, line: str) -> Spoil:
    """Add text at the end of a file."""
    return lambda there: there.write(path, there.read(path) + line)


def copied(path: str, to: str) -> Spoil:
    """Copy a file."""
    return lambda there: there.write(to, there.read(path))


def gone(*paths: str) -> Spoil:
    """Delete files."""
    return lambda there: [there.path(path).unlink() for path in paths]


def answer(field: str, given: str) -> Spoil:
    """Give another answer in Kent's outcome; a field of one line."""

    def spoil(there: Workspace) -> None:
        lines = there.read(KENT).splitlines(keepends=True)
        there.write(KENT, "".join(f"    {field}: {given}\n" if line.startswith(f"    {field}:") else line for line in lines))

    return spoil


def outcome(lines: str) -> Spoil:
    """Add lines to Kent's outcome."""
    return added(KENT, "".join(f"    {line}\n" for line in lines.splitlines()))


def said(line: str) -> Spoil:
    """Put text into the body of letter.md."""
    return edit(LETTER, CLOSING, f"{line}\n\n{CLOSING}")


def body(markdown: str) -> Spoil:
    """Put text into South Wales's reply, a field that is Markdown."""
    return edit(WALES, "      My team and I work", f"      {markdown}\n\n      My team and I work")


def folder(path: str) -> Spoil:
    """A folder where a file is wanted."""

    def spoil(there: Workspace) -> None:
        there.path(path).unlink(missing_ok=True)
        there.path(path).mkdir()

    return spoil


def link(path: str, to: str) -> Spoil:
    """A symbolic link in place of a file."""

    def spoil(there: Workspace) -> None:
        there.path(path).unlink(missing_ok=True)
        there.path(path).symlink_to(to)

    return spoil


def large(path: str, size: int) -> Spoil:
    """A file that says it holds `size` bytes, and takes no room on disk."""
    return lambda there: os.truncate(there.path(path), size)


def without(path: str) -> Spoil:
    """Delete a folder and all that is in it."""

    def spoil(there: Workspace) -> None:
        for inner in sorted(there.path(path).rglob("*"), reverse=True):
            inner.rmdir() if inner.is_dir() else inner.unlink()
        there.path(path).rmdir()

    return spoil


LAUGHS = "a: &a [lol, lol]\n" + "".join(f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}]\n" for a, b in zip("abcdef", "bcdefg", strict=True))

#: Letters that look like Latin ones and are not; written by code, for nobody could tell them apart here.
CYRILLIC = "K\u0435nt Police"

READING: Mapping[str, Spoil] = {
    "file-empty": text(KENT, ""),
    "file-spaces-only": text(KENT, "  \n\n  \n"),
    "file-comments-only": text(KENT, "# nothing here yet\n"),
    "file-three-dashes-only": text(KENT, "---\n"),
    "file-latin-1": all_of(edit(KENT, "Kent Police", "Kent Police – Heddlu Caint"), recoded(KENT, "cp1252")),
    "file-utf-16": recoded(KENT, "utf-16"),
    "file-nul-byte": edit(KENT, "Kent Police", "Kent\0Police"),
    "file-escape-character": edit(KENT, "Kent Police", "Kent \x1b[31mPolice"),
    "file-word-document": data(KENT, b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00\xdf\xa4\xd2l"),
    "file-50-mb": large(KENT, 50_000_000),
    "file-folder": folder(KENT),
    "file-dangling-link": link(KENT, "gone.yaml"),
    "file-link-to-itself": link(KENT, "kent.yaml"),
    "file-link-outside": link(KENT, "/etc/hostname"),
    "file-pipe": all_of(gone(KENT), lambda there: os.mkfifo(there.path(KENT))),
    "stray-copy-of-windows": copied(KENT, "forces/kent - Copy.yaml"),
    "stray-copy-of-mac": copied(KENT, "forces/kent copy.yaml"),
    "stray-copy-by-hand": copied(KENT, "forces/kent-copy.yaml"),
    "stray-copy-of-a-broken-file": all_of(copied(KENT, "forces/kent-copy.yaml"), answer("stage", "raedy")),
    "stray-sync-conflict": copied(KENT, "forces/kent.sync-conflict-20261121.yaml"),
    "stray-capital": copied(KENT, "forces/Kent.yaml"),
    "stray-yml": copied(KENT, "forces/kent.yml"),
    "stray-notes": text("forces/notes.txt", "Ring Kent.\n"),
    "stray-folder": text("forces/old/kent.yaml", "name: Kent\n"),
}

SYNTAX: Mapping[str, Spoil] = {
    "yaml-tab": edit(KENT, "    stage:", "\tstage:"),
    "yaml-tab-after-spaces": edit(KENT, "    stage:", "  \tstage:"),
    "yaml-indent-too-little": edit(KENT, "    stage:", "   stage:"),
    "yaml-indent-too-much": edit(KENT, "    it_monitoring:", "      it_monitoring:"),
    "yaml-no-colon": edit(KENT, "country: England", "country England"),
    "yaml-no-space-after-colon": edit(KENT, "country: England", "country:England"),
    "yaml-colon-in-value": edit(KENT, "name: Kent Police", "name: Kent Police: the force"),
    "yaml-quote-never-closed": edit(KENT, "name: Kent Police", 'name: "Kent Police'),
    "yaml-words-after-quote": edit(KENT, "name: Kent Police", 'name: "Kent" Police'),
    "yaml-brace-never-closed": edit(KENT, "{rank: Chief Constable}", "{rank: Chief Constable"),
    "yaml-bracket-wrong": edit(KENT, "{rank: Chief Constable}", "{rank: Chief Constable]"),
    "yaml-value-begins-with-at": edit(KENT, "name: Kent", "name: @Kent"),
    "yaml-value-begins-with-percent": edit(KENT, "name: Kent", "name: %Kent"),
    "yaml-value-begins-with-backtick": edit(KENT, "name: Kent", "name: `Kent"),
    "yaml-value-begins-with-star": edit(KENT, "name: Kent Police", "name: *Kent Police"),
    "yaml-value-begins-with-ampersand": edit(KENT, "name: Kent Police", "name: &Kent Police"),
    "yaml-value-begins-with-bang": edit(KENT, "name: Kent Police", "name: !Kent Police"),
    "yaml-list-in-value": edit(KENT, "name: Kent Police", "name: - Kent Police"),
    "yaml-backslash": edit(KENT, "name: Kent Police", r'name: "Kent\Police"'),
    "yaml-python-object": edit(KENT, "name: Kent Police", "name: !!python/object/apply:os.system [ls]"),
    "yaml-anchor-and-alias": all_of(edit(KENT, "{rank:", "&chief {rank:"), outcome("chief_officer: *chief")),
    "yaml-billion-laughs": text(KENT, LAUGHS),
    "yaml-alias-without-end": edit(KENT, "{rank: Chief Constable}", "&a [*a]"),
    "yaml-deep": edit(KENT, "name: Kent Police", "name: " + "[" * 5000),
    "yaml-template-braces": edit(KENT, "name: Kent Police", "name: {{ name }}"),
    "yaml-merge-key": outcome("<<: {stage: ready}"),
    "yaml-two-documents": added(KENT, "---\nname: Essex Police\n"),
    "yaml-directive": edit(KENT, "# yaml-language-server", "%YAML 3.0\n---\n# yaml"),
    "yaml-list-at-top": text(KENT, "- name: Kent Police\n- country: England\n"),
    "yaml-words-at-top": text(KENT, "Kent Police\n"),
    "yaml-key-twice": edit(KENT, "    it_monitoring: not_provided", "    it_monitoring: not_provided\n    it_monitoring: started"),
    "yaml-keys-twice-in-one-line": edit(KENT, "{rank: Chief Constable}", "{rank: Chief Constable, rank: Commissioner}"),
    "yaml-merge-conflict": edit(KENT, "name: Kent Police", "<<<<<<< HEAD\nname: Kent Police\n=======\nname: Kent\n>>>>>>> b"),
}

SHAPE: Mapping[str, Spoil] = {
    "shape-unknown-key": edit(KENT, "country: England", "country: England\ncuontry: Wales"),
    "shape-unknown-key-in-outcome": edit(KENT, "    it_monitoring:", "    it_monitorng:"),
    "shape-unknown-key-of-the-tool": outcome("note: seen by J. Young"),
    "shape-unknown-key-in-person": edit(KENT, "{rank: Chief Constable}", "{rank: Chief Constable, nmae: A. Pughsley}"),
    "shape-python-names": outcome("__class__: x\n_read: x\nitems: x"),
    "shape-missing-key": edit(KENT, "country: England\n", ""),
    "shape-missing-name-letters-first": text(KENT, "letters:\n  abuse-of-position-2017:\n    stage: awaited\ncountry: England\n"),
    "shape-missing-answers": edit(KENT, "    it_monitoring: not_provided\n    intelligence_from_organisations: not_provided\n", ""),
    "shape-missing-stage": edit(KENT, "    stage: specimen            # invented: not a finding about this force\n", ""),
    "shape-answer-mistyped": answer("it_monitoring", "startd"),
    "shape-answer-with-capital": answer("it_monitoring", "Started"),
    "shape-answer-with-space": answer("it_monitoring", "not started"),
    "shape-answer-true": answer("plans_comprehensive", "true"),
    "shape-answer-number": answer("it_monitoring", "3"),
    "shape-answer-empty": answer("it_monitoring", ""),
    "shape-answer-list": answer("it_monitoring", "[started, in_place]"),
    "shape-answer-keys": answer("it_monitoring", "{started: yes}"),
    "shape-stage-unknown": answer("stage", "final"),
    "shape-country-unknown": edit(KENT, "country: England", "country: Scotland"),
    "shape-name-number": edit(KENT, "name: Kent Police", "name: 101"),
    "shape-name-true": edit(KENT, "name: Kent Police", "name: true"),
    "shape-name-null": edit(KENT, "name: Kent Police", "name:"),
    "shape-name-empty": edit(KENT, "name: Kent Police", 'name: ""'),
    "shape-name-spaces": edit(KENT, "name: Kent Police", "name: '   '"),
    "shape-name-list": edit(KENT, "name: Kent Police", "name: [Kent, Police]"),
    "shape-person-is-text": edit(KENT, "{rank: Chief Constable}", "Chief Constable"),
    "shape-letters-list": edit(KENT, "letters:\n  abuse-of-position-2017:", "letters:\n  - abuse-of-position-2017:\n"),
    "shape-outcome-empty": text(KENT, "name: Kent Police\ncountry: England\nchief_officer: {rank: Chief Constable}\nlocal_policing_body: {title: A, short_title: B}\nletters:\n  abuse-of-position-2017:\n"),
    "shape-outcome-is-text": edit(WALES, "  pcc-response-2019:\n", "  pcc-response-2019: replied\n  x:\n"),
    "shape-letter-type-unknown": edit(KENT, "abuse-of-position-2017:", "abuse-of-position-2018:"),
    "shape-date-not-there": outcome("date: 2017-02-30"),
    "shape-date-english": outcome("date: 2 October 2017"),
    "shape-date-slashes": outcome("date: 02/10/2017"),
    "shape-date-without-dashes": outcome("date: 20171002"),
    "shape-date-year-nought": outcome("date: 0000-01-01"),
    "shape-copied-to-text": outcome("copied_to: The Home Secretary"),
    "shape-copied-to-empty": outcome("copied_to: []"),
    "shape-copied-to-item": outcome("copied_to:\n  - The Home Secretary\n  -\n  - 7"),
    "shape-added-sentences-text": outcome("added_sentences: We thank you."),
    "shape-departure-number": outcome("changed_wording:\n  started.clause: 3"),
    "shape-departure-half": outcome("changed_wording:\n  started.clause: {text: had begun}"),
    "shape-departure-mistyped": outcome("changed_wording:\n  started.clause: {text: had begun, number: several}"),
    "shape-departure-unknown-key": outcome("changed_wording:\n  started.clause: {text: had begun, number: plural, why: nicer}"),
    "shape-awaited-mistyped": all_of(answer("stage", "awaited"), answer("it_monitoring", "startd")),
    "shape-nested-missing": edit(WALES, "      name: Rt Hon Alun Michael\n", ""),
    "shape-several-files": all_of(
        answer("it_monitoring", "startd"), answer("stage", "redy"),
        edit(WALES, "country: Wales", "country: wales"), edit("forces/warwickshire.yaml", "{rank:", "{rnak:"),
    ),
}

CHARACTERS: Mapping[str, Spoil] = {
    "character-emoji": edit(KENT, "Kent Police", "Kent Police 👮"),
    "character-emoji-of-several": edit(KENT, "Kent Police", "Kent Police 👮🏽‍♀️"),
    "character-soft-hyphen": edit(KENT, "Constable", "Const\u00adable"),
    "character-zero-width": edit(KENT, "Kent Police", "Kent\u200b Police"),
    "character-twice-in-one-value": edit(KENT, "Kent Police", "Kent\u200b Pol\u200bice"),
    "character-bidi": edit(KENT, "Kent Police", "Kent \u202eecilo\u202cP"),
    "character-cyrillic": edit(KENT, "Kent Police", CYRILLIC),
    "character-chinese": edit(KENT, "Kent Police", "Kent 警察"),
    "character-escaped": edit(KENT, "name: Kent Police", r'name: "Kent\u200bPolice"'),
    "character-after-accents": edit(KENT, "Kent Police", "He\u0302n Ge\u0301nt \u0301\u200b Police"),
    "character-in-outcome": outcome("added_sentences:\n  - We thank you ✋."),
    "character-in-a-block": edit(WALES, "My team and I", "My team 👮 and I"),
    "character-in-template": edit(LETTER, "Yours sincerely", "Yours sincerely 🙂"),
    "character-in-wording": edit(WORDING, "had yet to start", "had yet to\u00ad start"),
    "character-in-key": edit(KENT, "country:", "c\u200bountry:"),
    "character-in-template-code": said("{{ '\\u202e' }}Thank you"),
    "character-as-entity": said("Thank&shy;you, &#x1F642;"),
}

MEANING: Mapping[str, Spoil] = {
    "rule-broken": answer("plans_comprehensive", "yes"),
    "rule-broken-warning": all_of(answer("plans_comprehensive", "yes"), answer("it_monitoring", "not_found"), answer("intelligence_from_organisations", "not_found")),
    "rule-not-before-shape": all_of(answer("plans_comprehensive", "yes"), answer("national_strategy", "reflectd")),
    "departure-unknown": outcome("changed_wording:\n  it_monitoring.progres: your progress in deploying IT"),
    "departure-equal": outcome("changed_wording:\n  it_monitoring.progress: your progress in developing your IT systems' monitoring capability"),
    "departure-unused": outcome("changed_wording:\n  started.clause: had begun"),
    "departure-in-type-without-wording": edit(WALES, "    stage: ready\n    date:", "    stage: ready\n    changed_wording: {started.clause: had begun}\n    date:"),
    "override-unused": edit(WALES, "    date: 2019-11-20\n", "    date: 2019-11-20\n    chief_officer: {rank: Chief Constable}\n    copied_to: [The Home Secretary]\n"),
    "sentence-without-verdict": edit(WALES, "    date: 2019-11-20\n", "    date: 2019-11-20\n    added_sentences: [Thank you.]\n"),
    "date-of-no-letter": edit(WALES, "    date: 2019-11-20\n", ""),
}

MARKDOWN: Mapping[str, Spoil] = {
    "markdown-html": body("My <b>team</b> and I"),
    "markdown-html-block": body("<div>My team and I</div>"),
    "markdown-code": body("My `team` and I"),
    "markdown-code-block": body("```\n      code\n      ```"),
    "markdown-indented": body("    My team and I"),
    "markdown-part": body("::: {.date}\n      today\n      :::"),
    "markdown-rule": body("---"),
    "markdown-forced-line-end": body("My team\\\n      and I"),
    "markdown-link-nowhere": body("[My team](team.html) and [yours]() and [theirs](javascript:alert)"),
    "markdown-link-title": body('[My team](https://example.org "Ours")'),
    "markdown-picture": body("![My team](team.png)"),
    "markdown-span": body("[My team]{.red} and [fy nhîm]{lang=cy onclick=x} and [us]{lang=English!}"),
    "markdown-heading-level": body("### My team"),
    "markdown-heading-empty": body("##"),
    "markdown-list-item-empty": body("- My team\n      -\n      - I"),
    "markdown-quotes-too-deep": body("> " * 30 + "My team"),
    "markdown-in-folded-text": edit(WALES, "    body: |", "    body: >"),
    "markdown-two-faults-in-a-paragraph": body("My team\n      and `I`\n      and <b>you</b>"),
    "markdown-template-braces": body("My team and {{ force.name }}"),
}
