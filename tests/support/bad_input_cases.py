"""Bad input of every kind, and what to do to a sound workspace to get it. What `letters` must say is in bad_inputs/."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files

import docx
from docx.shared import Length, Pt, RGBColor
from PIL import Image

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
REPLY = "pcc-response-2019"
NEW_TYPE = ("new", "--type", "visits-2018", "--from", REPLY)
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


def png(width: int, height: int) -> bytes:
    """A picture of nothing."""
    written = io.BytesIO()
    Image.new("L", (width, height)).save(written, "PNG")
    return written.getvalue()


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

    def spoil(there: Workspace) -> None:
        for path in paths:
            there.path(path).unlink()

    return spoil


def answer(field: str, given: str) -> Spoil:
    """Give another answer in Kent's outcome; a field of one line."""

    def spoil(there: Workspace) -> None:
        lines = there.read(KENT).splitlines(keepends=True)
        there.write(
            KENT, "".join(f"    {field}: {given}\n" if line.startswith(f"    {field}:") else line for line in lines)
        )

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


def recipient(*edits: tuple[str, str]) -> Spoil:
    """A recipient.yaml like the one that ships, with each first text of a pair changed to the second."""

    def spoil(there: Workspace) -> None:
        text = (files("letters.workspace") / "schemas" / "recipient.yaml").read_text("utf-8")
        for old, new in edits:
            assert old in text, old
            text = text.replace(old, new, 1)
        there.write("recipient.yaml", text)

    return spoil


def renamed(path: str, to: str) -> Spoil:
    """Call a folder otherwise."""

    def spoil(there: Workspace) -> None:
        there.path(path).rename(there.path(to))

    return spoil


def without(path: str) -> Spoil:
    """Delete a folder and all that is in it."""

    def spoil(there: Workspace) -> None:
        for inner in sorted(there.path(path).rglob("*"), reverse=True):
            inner.rmdir() if inner.is_dir() else inner.unlink()
        there.path(path).rmdir()

    return spoil


def rename_styles(there: Workspace, path: str, *names: str) -> None:
    """Take styles out of a Word document, as their users do: by calling them something else."""
    document = docx.Document(str(there.path(path)))
    for style in document.styles:
        if style.name in names:
            style.name = f"Our {style.name}"
    document.save(str(there.path(path)))


def styled(name: str, *, hidden: bool = False, size: Length | None = None, colour: str = "") -> Spoil:
    """Change how a style of the letterhead's Word file sets words."""

    def spoil(there: Workspace) -> None:
        path = str(there.path(f"{HOUSE}/styles.docx"))
        document = docx.Document(path)
        font = document.styles[name].font
        font.hidden, font.size = hidden or None, size or font.size
        if colour:
            font.color.rgb = RGBColor.from_string(colour)
        document.save(path)

    return spoil


#: Where who may sign has a file.
SIGNED_BY = "templates/signatories"


def signatory(slug: str, name: str, more: str = "") -> Spoil:
    """Write the file of somebody who may sign."""
    lines = f"name: {name}\noffices: [HM Inspector]\naddress: London\ntelephone: 020 3513 0500\nfax: 020 3513 0650\n"
    return text(f"{SIGNED_BY}/{slug}.yaml", f"{lines}email: enquiries@hmic.gsi.gov.uk\n{more}")


def _without_lines(there: Workspace, path: str, start: str, end: str) -> None:
    """Take out the lines from `start` to before `end`."""
    said = there.read(path)
    there.write(path, said[: said.index(start)] + said[said.index(end) :])


def type_copied(to: str) -> Spoil:
    """Copy a letter type."""

    return lambda there: shutil.copytree(there.path(TYPE), there.path(f"templates/{to}"))


LAUGHS = "a: &a [lol, lol]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}]\n" for a, b in zip("abcdef", "bcdefg", strict=True)
)

#: Letters that look like Latin ones and are not; written by code, for nobody could tell them apart here.
CYRILLIC = "K\u0435nt Police"

READING: Mapping[str, Spoil] = {
    "file-empty": text(KENT, ""),
    "file-comments-only": text(KENT, "# nothing here yet\n"),
    "file-latin-1": all_of(edit(KENT, "Kent Police", "Kent Police – Heddlu Caint"), recoded(KENT, "cp1252")),
    "file-utf-16": recoded(KENT, "utf-16"),
    "file-nul-byte": edit(KENT, "Kent Police", "Kent\0Police"),
    "file-escape-character": edit(KENT, "Kent Police", "Kent \x1b[31mPolice"),
    "file-word-document": data(KENT, b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00\xdf\xa4\xd2l"),
    "file-50-mb": large(KENT, 50_000_000),
    "file-600-kb": added(KENT, "# x\n" * 150_000),
    "file-folder": folder(KENT),
    "file-dangling-link": link(KENT, "gone.yaml"),
    "file-link-to-itself": link(KENT, "kent.yaml"),
    "file-link-outside": link(KENT, "/etc/hostname"),
    "file-pipe": all_of(gone(KENT), lambda there: os.mkfifo(there.path(KENT))),
    "stray-copy-of-windows": copied(KENT, "forces/kent - Copy.yaml"),
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
    "yaml-key-twice": edit(
        KENT, "    it_monitoring: not_provided", "    it_monitoring: not_provided\n    it_monitoring: started"
    ),
    "yaml-keys-twice-in-one-line": edit(KENT, "{rank: Chief Constable}", "{rank: Chief Constable, rank: Commissioner}"),
    "yaml-merge-conflict": edit(
        KENT, "name: Kent Police", "<<<<<<< HEAD\nname: Kent Police\n=======\nname: Kent\n>>>>>>> b"
    ),
}

SHAPE: Mapping[str, Spoil] = {
    "shape-unknown-key": edit(KENT, "country: England", "country: England\ncuontry: Wales"),
    "shape-unknown-key-in-outcome": edit(KENT, "    it_monitoring:", "    it_monitorng:"),
    "shape-unknown-key-of-the-tool": outcome("note: seen by J. Young"),
    "shape-unknown-key-in-person": edit(KENT, "{rank: Chief Constable}", "{rank: Chief Constable, nmae: A. Pughsley}"),
    "shape-python-names": outcome("__class__: x\n_read: x\nitems: x"),
    "shape-missing-key": edit(KENT, "country: England\n", ""),
    "shape-missing-name-letters-first": text(
        KENT, "letters:\n  abuse-of-position-2017:\n    stage: awaited\ncountry: England\n"
    ),
    "shape-missing-answers": edit(
        KENT, "    it_monitoring: not_provided\n    intelligence_from_organisations: not_provided\n", ""
    ),
    "shape-missing-stage": edit(
        KENT, "    stage: specimen            # invented: not a finding about this force\n", ""
    ),
    "shape-answer-mistyped": answer("it_monitoring", "startd"),
    "shape-answer-with-capital": answer("it_monitoring", "Started"),
    "shape-answer-with-space": answer("it_monitoring", "not started"),
    "shape-answer-true": answer("plans_comprehensive", "true"),
    "shape-answer-empty": answer("it_monitoring", ""),
    "shape-answer-list": answer("it_monitoring", "[started, in_place]"),
    "shape-stage-unknown": answer("stage", "final"),
    "shape-name-number": edit(KENT, "name: Kent Police", "name: 101"),
    "shape-name-null": edit(KENT, "name: Kent Police", "name:"),
    "shape-name-empty": edit(KENT, "name: Kent Police", 'name: ""'),
    "shape-name-list": edit(KENT, "name: Kent Police", "name: [Kent, Police]"),
    "shape-person-is-text": edit(KENT, "{rank: Chief Constable}", "Chief Constable"),
    "shape-letters-list": edit(KENT, "letters:\n  abuse-of-position-2017:", "letters:\n  - abuse-of-position-2017:\n"),
    "shape-outcome-empty": text(
        KENT,
        "name: Kent Police\ncountry: England\nchief_officer: {rank: Chief Constable}\nlocal_policing_body: {title: A, short_title: B}\nletters:\n  abuse-of-position-2017:\n",
    ),
    "shape-letter-type-unknown": edit(KENT, "abuse-of-position-2017:", "abuse-of-position-2018:"),
    "shape-date-not-there": outcome("date: 2017-02-30"),
    "shape-date-english": outcome("date: 2 October 2017"),
    "shape-date-without-dashes": outcome("date: 20171002"),
    "shape-date-year-nought": outcome("date: 0000-01-01"),
    "shape-copied-to-text": outcome("copied_to: The Home Secretary"),
    "shape-copied-to-empty": outcome("copied_to: []"),
    "shape-copied-to-item": outcome("copied_to:\n  - The Home Secretary\n  -\n  - 7"),
    "shape-added-sentences-text": outcome("added_sentences: We thank you."),
    "shape-departure-number": outcome("changed_wording:\n  started.clause: 3"),
    "shape-departure-half": outcome("changed_wording:\n  started.clause: {text: had begun}"),
    "shape-departure-mistyped": outcome("changed_wording:\n  started.clause: {text: had begun, number: several}"),
    "shape-departure-unknown-key": outcome(
        "changed_wording:\n  started.clause: {text: had begun, number: plural, why: nicer}"
    ),
    "shape-awaited-mistyped": all_of(answer("stage", "awaited"), answer("it_monitoring", "startd")),
    "shape-nested-missing": edit(WALES, "      name: Rt Hon Alun Michael\n", ""),
    "shape-several-files": all_of(
        answer("it_monitoring", "startd"),
        answer("stage", "redy"),
        edit(WALES, "country: Wales", "country: wales"),
        edit("forces/warwickshire.yaml", "{rank:", "{rnak:"),
    ),
}

CHARACTERS: Mapping[str, Spoil] = {
    "character-emoji": edit(KENT, "Kent Police", "Kent Police 👮"),
    "character-emoji-of-several": edit(KENT, "Kent Police", "Kent Police 👮🏽‍♀️"),
    "character-soft-hyphen": edit(KENT, "Constable", "Const\u00adable"),
    "character-twice-in-one-value": edit(KENT, "Kent Police", "Kent\u200b Pol\u200bice"),
    "character-bidi": edit(KENT, "Kent Police", "Kent \u202eecilo\u202cP"),
    "character-cyrillic": edit(KENT, "Kent Police", CYRILLIC),
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

TYPED: Mapping[str, Spoil] = {
    "typed-number-sign": outcome("added_sentences:\n  - We asked the force (see paragraph #12) to report."),
    "typed-number-sign-and-more": outcome("added_sentences:\n  - We asked the force (see #12)\n    to report."),
    "typed-what-may-be-a-remark": outcome("salutation: Chief Constable # not Commissioner"),
    "typed-lines-in-a-field": outcome("copied_to:\n  - |\n    The Home Secretary\n    2 Marsham Street\n    London"),
    "typed-marks-in-a-field": outcome('added_sentences: ["It is **very** good, see [our site](https://x.uk)."]'),
    "typed-words-behind-the-bar": outcome("notes: | who found it\n  and when"),
    "typed-marks-in-wording": edit(WORDING, "text: had yet to start", "text: had *yet* to start"),
}

MEANING: Mapping[str, Spoil] = {
    "rule-broken": answer("plans_comprehensive", "yes"),
    "rule-broken-warning": all_of(
        answer("plans_comprehensive", "yes"),
        answer("it_monitoring", "not_found"),
        answer("intelligence_from_organisations", "not_found"),
    ),
    "rule-not-before-shape": all_of(answer("plans_comprehensive", "yes"), answer("national_strategy", "reflectd")),
    "departure-unknown": outcome("changed_wording:\n  it_monitoring.progres: your progress in deploying IT"),
    "departure-equal": outcome(
        "changed_wording:\n  it_monitoring.progress: your progress in developing your IT systems' monitoring capability"
    ),
    "departure-unused": outcome("changed_wording:\n  started.clause: had begun"),
    "departure-in-type-without-wording": edit(
        WALES,
        "    stage: ready\n    date:",
        "    stage: ready\n    changed_wording: {started.clause: had begun}\n    date:",
    ),
    "override-unused": edit(
        WALES,
        "    date: 2019-11-20\n",
        "    date: 2019-11-20\n    chief_officer: {rank: Chief Constable}\n    copied_to: [The Home Secretary]\n",
    ),
    "sentence-without-verdict": edit(
        WALES, "    date: 2019-11-20\n", "    date: 2019-11-20\n    added_sentences: [Thank you.]\n"
    ),
    "date-of-no-letter": edit(WALES, "    date: 2019-11-20\n", ""),
}

MARKDOWN: Mapping[str, Spoil] = {
    "markdown-html": body("My <b>team</b> and I"),
    "markdown-code": body("My `team` and I"),
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
    "markdown-in-folded-text": all_of(edit(WALES, "    body: |", "    body: >"), body("My <b>team</b> and I")),
    "markdown-two-faults-in-a-paragraph": body("My team\n      and `I`\n      and <b>you</b>"),
    "markdown-cells-too-many": body("| Year | Cases |\n      |---|---|\n      | 2016 | 12 | rising fast |"),
    "markdown-heading-by-underlining": body("We thank the force.\n      ---"),
    "markdown-year-at-a-line": body("1986. That was the year in which it grew."),
    "markdown-sign-at-a-line": body("+ 5 per cent in 2017"),
    "markdown-number-behind-a-bullet": body("- 11. and 12. September\n      - 3. October"),
    "markdown-line-below-a-list": body("- to plan\n      - to act\n      We shall return in May."),
    "markdown-list-below-words": body("We ask you:\n      - to plan\n      - to act"),
    "markdown-footnote": body("The force has improved.[^1]\n\n      [^1]: See the report of 2016."),
    "markdown-stars-without-blank": body("**Note:**the rest is in the report."),
    "markdown-bullets-of-word": body("• to plan\n      • to act"),
    "markdown-blanks-at-a-line-end": body("Kent Police,  \n      1 Example Road"),
    "markdown-short-lines": body("Home Office\n      2 Marsham Street\n      London"),
    "markdown-template-braces": body("My team and {{ force.name }}"),
}

TEMPLATES: Mapping[str, Spoil] = {
    "template-braces-open": edit(LETTER, "{{ force.name }}\nVia", "{{ force.name\nVia"),
    "template-brace-single": edit(LETTER, "{{ force.name }}\nVia", "{{ force.name }\nVia"),
    "template-if-never-ended": edit(LETTER, "{% endif %}\n:::\n\n::: {.date}", ":::\n\n::: {.date}"),
    "template-endif-too-many": said("{% endif %}"),
    "template-comment-open": said("{# Remember to ask John"),
    "template-empty-braces": said("{{ }}"),
    "template-unknown-name": said("Dear {{ forec.name }}"),
    "template-braces-closed-only": said("Dear { force.name }} and %}"),
    "template-for-ended-by-endif": said("{% for a in letter.signatory.offices %}\n{{ a }}\n{% endif %}"),
    "template-single-equals-sign": said("{% if force.country = 'Wales' %}Diolch{% endif %}"),
    "template-curly-quotes": edit(
        VERDICT, "phrase('national_strategy') }}.\n{% elif", "phrase(‘national_strategy’) }}.\n{% elif"
    ),
    "template-unknown-attribute": said("Dear {{ force.cheif_officer.rank }}"),
    "template-attribute-of-value": said("Dear {{ force.name.first }}"),
    "template-attribute-twice": said("{{ force.nmae }} and {{ force.name }} and {{ force.nmae }}"),
    "template-attribute-through-set": said("{% set chief = force.chief_officer %}\nDear {{ chief.rnak }}"),
    "template-unknown-filter": said("{{ letter.date | longdate }}"),
    "template-unknown-test": said("{% if force.name is lovely %}Lovely{% endif %}"),
    "template-unknown-phrase": edit(VERDICT, "phrase('not_started.clause')", "phrase('not_startd.clause')"),
    "template-unknown-phrases": edit(VERDICT, "phrases(in_place, 'in_place')", "phrases(not_provided, 'proggress')"),
    "template-unknown-field": edit(VERDICT, "'it_monitoring',", "'it_monitorng',"),
    "template-misspelt-answer": edit(
        VERDICT, "outcome.plans_comprehensive == 'yes' %}\nWe", "outcome.plans_comprehensive == 'yess' %}\nWe"
    ),
    "template-if-without-else": said("{{ 'Thank you' if letter.salutation }}"),
    "template-elif-without-else": edit(LETTER, "{% else %}\nCopied", "{% elif force.country %}\nCopied"),
    "template-include": said("{% include 'templates/pcc-response-2019/letter.md' %}"),
    "template-arithmetic": said("{{ 1 + 1 }} {{ 'x' * 10**9 }}"),
    "template-call-of-a-method": said("{{ force.name.upper() }}"),
    "template-class": said("{{ force.__class__ }} {{ ''.__class__.__mro__ }} {{ '{0.__class__}'.format(force) }}"),
    "template-range": said("{% for i in range(1000000000) %}x{% endfor %}"),
    "template-loops-in-loops": said(
        "{% for a in 'xx' %}{% for b in 'xx' %}{% for c in 'xx' %}{% for d in 'xx' %}x{% endfor %}{% endfor %}{% endfor %}{% endfor %}"
    ),
    "template-macro-without-end": said("{% macro a() %}{{ a() }}{% endmacro %}\n{{ a() }}"),
    "template-macro-lacks-argument": edit(LETTER, "{{ verdict(outcome) }}", "{{ verdict() }}"),
    "template-verdict-without-macro": edit(VERDICT, "{% macro verdict(outcome) %}", "{% macro verdct(outcome) %}"),
    "template-brackets-too-deep": said("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}"),
    "template-prints-nothing": said("Dear {{ force.chief_officer.name }}"),
    "template-prints-a-record": said("Dear {{ force.chief_officer }}"),
    "template-prints-a-date": said("Today is {{ letter.date }}"),
    "template-prints-constants": said("{{ none }} {{ [1] }} {{ 1.5 }}"),
    "template-sets-a-fact": said("{% set force.name = 'Kent' %}"),
    "template-prints-true": said("{{ force.name == 'Kent Police' }}"),
    "template-date-of-no-date": said("{{ force.name | long_date }}"),
    "template-number-of-an-answer": said("{{ outcome.it_monitoring | money }}"),
    "template-number-of-no-number": said("{{ force.name | number }}"),
    "template-agree-of-words": edit(VERDICT, "found | agree('was', 'were')", "started | agree('was', 'were')"),
    "template-agree-half": edit(VERDICT, "found | agree('was', 'were')", "found | agree('was')"),
    "template-missing-setting": edit(SETTINGS, "  fax: 020 3513 0650\n", ""),
    "template-windows-line-ends": all_of(
        lambda there: there.path(LETTER).write_bytes(there.read(LETTER).replace("\n", "\r\n").encode()),
        lambda there: there.path(LETTER).write_bytes(
            there.path(LETTER).read_bytes().replace(b"force.name }}\r\nVia", b"force.nmae }}\r\nVia")
        ),
    ),
    "template-latin-1": all_of(said("Thank you – all"), recoded(LETTER, "cp1252")),
    "template-empty": text(LETTER, ""),
    "template-missing": gone(LETTER),
    "template-verdict-missing": gone(VERDICT),
    "template-several": all_of(
        said("Dear {{ forec.name }}"),
        edit(VERDICT, "{{ phrase('national_strategy') }}.\n{% elif", "{{ phrase('nation') }}.\n{% elif"),
        edit(f"{HOUSE}/letterhead.md", "letter.signatory.fax", "letter.signatory.telex"),
    ),
    "template-and-data": all_of(said("Dear {{ forec.name }}"), answer("it_monitoring", "startd")),
}

PARTS: Mapping[str, Spoil] = {
    "part-never-closed": edit(LETTER, "Via email\n:::\n", "Via email\n"),
    "part-in-a-part": said("::: {.outer}\n::: {.inner}\nThank you\n:::\n:::"),
    "part-named-wrongly": said("::: {.thanks #now}\nThank you\n:::"),
    "part-closed-twice": edit(LETTER, "Via email\n:::\n", "Via email\n:::\n:::\n"),
    "part-foot-with-a-table": edit(
        LETTER, "::: {.foot}\n", "::: {.foot}\n| Year | Cases |\n|---|---|\n| 2016 | 12 |\n\n"
    ),
    "part-foot-with-a-link": edit(LETTER, "::: {.foot}\n", "::: {.foot}\n[our report](https://example.org/report)\n"),
    "part-foot-too-long": edit(
        LETTER, "::: {.foot}\n", "::: {.foot}\n" + "This letter is for its addressee. " * 40 + "\n"
    ),
    "part-empty": said("::: {.thanks}\n:::"),
    "part-empty-for-some": said("::: {.thanks}\n{% if force.country == 'Wales' %}\nDiolch\n{% endif %}\n:::"),
    "text-html-comment": said("<!-- ask John -->"),
    "text-code": said("Thank `you`"),
    "text-picture": said("Thank ![you](signature.png)"),
    "text-heading-level": said("### Thanks"),
    "text-heading-of-nothing": said("#"),
    "text-heading-without-blank": edit(LETTER, "# {{ letter.title }}", "#{{ letter.title }}"),
    "text-of-blocks-among-words": edit(
        "templates/pcc-response-2019/letter.md", "{{ outcome.body }}", "We reply: {{ outcome.body }}"
    ),
    "part-misspelt": edit(LETTER, "{.addressee}", "{.adresee}"),
    "text-table": said("| a | b |\n|---|---|\n| `c` | d |"),
}

LOOKS: Mapping[str, Spoil] = {
    "picture-missing": gone(f"{TYPE}/signature.png"),
    "picture-without-description": edit(LETTER, "![Signature of Michael Cunningham]", "![]"),
    "picture-of-another-type": all_of(
        copied(LETTER, "templates/pcc-response-2019/x.md"),
        edit(LETTER, "(signature.png)", "(../pcc-response-2019/x.md)"),
    ),
    "picture-in-the-web": edit(LETTER, "(signature.png)", "(https://example.org/signature.png)"),
    "picture-from-outside": edit(LETTER, "(signature.png)", "(../../../etc/passwd)"),
    "picture-of-unknown-kind": all_of(
        data(f"{TYPE}/signature.bmp", b"BM123"), edit(LETTER, "(signature.png)", "(signature.bmp)")
    ),
    "picture-not-a-png": text(f"{TYPE}/signature.png", "not a picture"),
    "picture-cut-short": lambda there: os.truncate(there.path(f"{TYPE}/signature.png"), 300),
    "picture-svg-with-a-script": edit(f"{HOUSE}/wordmark.svg", "<path", "<script>1</script><path"),
    "picture-svg-broken": text(f"{HOUSE}/wordmark.svg", "<svg><g></svg>"),
    "picture-svg-of-other-proportions": data(f"{HOUSE}/wordmark.png", png(90, 90)),
    "picture-svg-without-png": gone(f"{HOUSE}/wordmark.png"),
    "letterhead-unknown": edit(SETTINGS, "letterhead: hmicfrs", "letterhead: hmcifrs"),
    "letterhead-folder-missing": without(HOUSE),
    "letterhead-all-missing": without("templates/letterheads"),
    "letterhead-md-missing": gone(f"{HOUSE}/letterhead.md"),
    "letterhead-css-and-styles-missing": gone(f"{HOUSE}/letter.css", f"{HOUSE}/styles.docx"),
    "letterhead-styles-not-a-docx": text(f"{HOUSE}/styles.docx", "Dear all"),
    "letterhead-styles-cut-short": lambda there: os.truncate(there.path(f"{HOUSE}/styles.docx"), 3000),
    "letterhead-css-mistyped": edit(f"{HOUSE}/letter.css", "float: left", "flaot: left"),
    "letterhead-css-braces": edit(f"{HOUSE}/letter.css", ".sender { clear", "} {{{ .sender { clear"),
    "letterhead-css-hides-words": edit(
        f"{HOUSE}/letter.css", ".sender { clear: both", ".sender { display: none; margin: 1e9cm"
    ),
    "letterhead-css-pale": edit(f"{HOUSE}/letter.css", ".sender { clear: both", ".sender { color: #ddd; clear: both"),
    "letterhead-other-in-word": styled("Heading 1", size=Pt(14), colour="1D3C6E"),
    "letterhead-other-in-pdf": added(f"{HOUSE}/letter.css", "h1 { font-style: italic }\n"),
    "letterhead-styles-lack-some": lambda there: rename_styles(there, f"{HOUSE}/styles.docx", "Quote", "Stage Mark"),
}

SIGNATORIES: Mapping[str, Spoil] = {
    "signatory-unknown": outcome("signatory: michael-cunningham"),
    "signatory-of-a-type-unknown": all_of(
        signatory("michael-cunningham", "Michael Cunningham QPM"),
        edit(SETTINGS, "title:", "signatory: michael-cuningham\ntitle:"),
        lambda there: _without_lines(there, SETTINGS, "signatory:\n", "contact:"),
    ),
    "signatory-of-another-name": signatory("michael-cunningham", "Wendy Williams CBE"),
    "signatory-without-a-name": text(f"{SIGNED_BY}/wendy-williams.yaml", "offices: HM Inspector\ntelephone: 0500\n"),
    "signatory-stray-files": all_of(
        signatory("michael-cunningham", "Michael Cunningham QPM"),
        text(f"{SIGNED_BY}/Wendy Williams.yaml", "name: Wendy Williams\n"),
        text(f"{SIGNED_BY}/notes.txt", "ask John"),
    ),
    "signatory-picture-of-nobody": all_of(
        signatory("michael-cunningham", "Michael Cunningham QPM"), data(f"{SIGNED_BY}/tom-winsor.png", png(90, 30))
    ),
    "signatory-picture-in-a-figure": all_of(
        signatory("michael-cunningham", "Michael Cunningham QPM", "picture: sig.png\n"),
        data(f"{SIGNED_BY}/sig.png", png(90, 30)),
        outcome("signatory: michael-cunningham"),
        said("::: {.figure}\n{{ letter.signatory.picture }}\n:::"),
    ),
}

TYPES: Mapping[str, Spoil] = {
    "type-letter-yaml-missing": gone(SETTINGS),
    "type-outcome-yaml-missing": gone(OUTCOME),
    "type-folder-of-something-else": text("templates/old letters/readme.txt", "Do not use.\n"),
    "type-renamed": renamed(TYPE, "templates/abuse-2018"),
    "type-none": all_of(without(TYPE), without("templates/pcc-response-2019")),
    "type-settings-unknown-key": edit(SETTINGS, "expected: all", "expcted: all"),
    "type-settings-date": edit(SETTINGS, "date: 2017-10-02", "date: 2 October 2017"),
    "type-overview-when-missing": edit(SETTINGS, "    when: true\n", ""),
    "type-overview-when-no-schema": edit(SETTINGS, "    when: true\n", "    when: {type: objct}\n"),
    "type-overview-unknown-names": edit(
        SETTINGS,
        "counter_corruption_unit: {const: in_place}\n        it_monitoring: {const: in_place}",
        "counter_corruption_units: {const: in_place}\n        it_monitoring: {const: in_plac}",
    ),
    "type-overview-no-group": edit(SETTINGS, "  - group: not_started\n    title: not started\n    when: true\n", ""),
    "type-overview-when-text": edit(SETTINGS, "    when: true\n", "    when: always\n"),
    "type-wording-shape": edit(
        WORDING, "  number: singular\n  use: in the first", "  number: one\n  used: in the first"
    ),
    "type-wording-template-braces": edit(WORDING, "had yet to start", "had yet to {{ start }}"),
    "type-wording-empty": text(WORDING, "# none yet\n"),
    "schema-unknown-type": edit(OUTCOME, "type: object", "type: objct"),
    "schema-of-a-list": edit(OUTCOME, "type: object", "type: array"),
    "schema-property-is-true": edit(
        OUTCOME, "  plans_comprehensive:\n    description:", "  plans: true\n  plans_comprehensive:\n    description:"
    ),
    "schema-without-properties": text(OUTCOME, "type: object\n"),
    "schema-reference-to-the-web": edit(OUTCOME, '"#/$defs/element"', "https://example.org/element.json"),
    "schema-reference-to-nothing": edit(OUTCOME, '"#/$defs/element"', '"#/$defs/elemnt"'),
    "schema-rule-without-description": edit(
        OUTCOME,
        "  - description: plans that are called comprehensive cannot",
        "  - title: plans that are called comprehensive cannot",
    ),
    "schema-rule-severity": edit(OUTCOME, "severity: warning", "severity: mild"),
    "schema-rule-by-reference": all_of(
        edit(OUTCOME, "    severity: warning\n    not:\n", '    $ref: "#/$defs/rule"\n$defs:\n  rule:\n    not:\n'),
        edit(OUTCOME, "\n$defs:\n  element:", "\n  element:"),
        answer("plans_comprehensive", "yes"),
        answer("it_monitoring", "not_found"),
        answer("intelligence_from_organisations", "not_found"),
    ),
    "schema-key-of-the-tool": edit(
        OUTCOME,
        "  plans_comprehensive:\n    description:",
        "  notes: {type: string}\n  plans_comprehensive:\n    description:",
    ),
    "schema-pattern-broken": edit(
        OUTCOME,
        "  plans_comprehensive:\n    description:",
        "  plans: {type: string, pattern: '((('}\n  plans_comprehensive:\n    description:",
    ),
    "type-broken-and-data": all_of(
        edit(SETTINGS, "expected: all", "expcted: all"),
        answer("stage", "redy"),
        edit(KENT, "country: England", "country: Scotland"),
    ),
}

WORKSPACE: Mapping[str, Case] = {
    "workspace-none": Case(without("templates")),
    "workspace-no-forces": Case(gone(KENT, WALES, "forces/warwickshire.yaml")),
    "workspace-elsewhere": Case(lambda _: None, ("check", "--workspace", "forces")),
    "usage-unknown-force": Case(lambda _: None, ("check", "knet")),
    "usage-unknown-type": Case(lambda _: None, ("build", "--type", "abuse-of-position")),
    "usage-unknown-format": Case(lambda _: None, ("build", "--format", "pdf,dox")),
    "usage-unknown-option": Case(lambda _: None, ("check", "--frce")),
    "usage-new-with-a-bad-name": Case(lambda _: None, ("new", "???")),
    "new-by-its-name": Case(lambda _: None, ("new", "West Mercia")),
    "usage-new-of-one-that-is-there": Case(lambda _: None, ("new", "kent")),
    "new-with-a-broken-type": Case(gone(OUTCOME), ("new", "essex")),
    "usage-new-without-a-name": Case(lambda _: None, ("new",)),
    "usage-new-type-from-which": Case(lambda _: None, ("new", "--type", "visits-2018")),
    "usage-new-type-with-a-bad-name": Case(lambda _: None, ("new", "--type", "Visits 2018", "--from", REPLY)),
    "usage-new-type-of-the-tool": Case(lambda _: None, ("new", "--type", "review", "--from", REPLY)),
    "usage-new-type-like-a-copy": Case(lambda _: None, ("new", "--type", f"{REPLY}-copy", "--from", REPLY)),
    "usage-new-type-from-an-unknown-one": Case(lambda _: None, ("new", "--type", "visits-2018", "--from", "pcc-reply")),
    "usage-new-type-for-one-force": Case(lambda _: None, ("new", "kent", "--type", "visits-2018")),
    "usage-new-force-from-a-type": Case(lambda _: None, ("new", "essex", "--from", REPLY)),
    "new-type-that-is-there": Case(lambda _: None, ("new", "--type", REPLY)),
    "new-type-from-a-broken-one": Case(gone(OUTCOME), ("new", "--type", "visits-2018", "--from", TYPE)),
    "new-type-beside-a-broken-force": Case(edit(KENT, "name: Kent Police", "name: [Kent"), NEW_TYPE),
    "new-type-beside-lines-that-end-a-text": Case(added(KENT, "    notes: |+\n      a\n\n\n\n"), NEW_TYPE),
    "usage-init-unknown-sample": Case(lambda _: None, ("init", "x", "--sample", "inspectorat")),
    "usage-init-empty-sample": Case(lambda _: None, ("init", "x", "--empty", "--sample", "inspectorate")),
    "usage-how-to-unknown": Case(lambda _: None, ("how-to", "revew")),
    "build-with-bad-data": Case(answer("it_monitoring", "startd"), ("build", "--format", "txt")),
    "build-of-a-broken-template": Case(said("Dear {{ forec.name }}"), ("build", "--format", "txt")),
    "build-of-another-force": Case(answer("it_monitoring", "startd"), ("build", "--format", "txt", "warwickshire")),
    "build-other-in-word": Case(styled("Quote", colour="1D3C6E"), ("build", "--dry-run")),
    "build-dry": Case(answer("it_monitoring", "startd"), ("build", "--dry-run")),
    "status-with-bad-data": Case(answer("it_monitoring", "startd"), ("status",)),
    "schema-of-a-broken-type": Case(gone(OUTCOME), ("schema",)),
}

# -- English that the proof of the wording reads

ENGLISH: dict[str, Spoil] = {
    "english-phrase-begins-with-a-capital": edit(WORDING, "text: improvements", "text: Improvements"),
    "english-phrase-ends-in-a-full-stop": edit(WORDING, "text: had yet to start", "text: had yet to start."),
    "english-no-space-after-a-comma": edit(
        LETTER, "on the HMICFRS website, alongside", "on the HMICFRS website,alongside"
    ),
    "english-doubled-word": edit(VERDICT, "We could not however find", "We could not however find find"),
    "english-another-force": edit(LETTER, CLOSING, "South Wales Police know that t" + CLOSING[1:]),
    "shape-several-slips": all_of(
        answer("plans_comprehensive", "true"),
        answer("it_monitoring", "\u00a0not_provided"),
        outcome("changed_wording:\n  it_monitoring:\n    evidence: better tools\n"),
    ),
    "typed-names-and-copies": all_of(
        edit(KENT, "name: Kent Police", "name: kent police"),
        edit(KENT, "rank: Chief Constable", "rank: Chief Constable, name: A. N. Other."),
        edit(KENT, "letters:", "email: {to: chief@kent}\nletters:"),
        outcome("salutation: Sir,\ncopied_to: [Example, Robin, Chief Executive]\n"),
    ),
    "english-date-of-another-year": edit(SETTINGS, "date: 2017-10-02", "date: 2018-10-02"),
    "english-spelling": edit(LETTER, "If you have any queries", "If you recognize it, or have any querries"),
    "english-words-that-nothing-needs": text("templates/words.txt", "whilst\nmet in in Llanelli  # a remark\n"),
    "english-field-that-nobody-is-told": all_of(
        edit(
            f"templates/{REPLY}/outcome.yaml",
            "[commissioner, body]\nproperties:",
            "[cost, commissioner, body]\nproperties:\n  cost: {type: integer, description: What the reply cost}",
        ),
        edit(WALES, "    commissioner:", "    cost: 12\n    commissioner:"),
    ),
    "english-field-without-a-sample": edit(
        OUTCOME, "properties:", "properties:\n  code: {type: string, pattern: '^(?=.*q)[a-z]{4}$'}"
    ),
}

# -- problems that a build tells as well: it takes a tenth of the time of a check, which reads every outcome

TOLD_BY_A_BUILD: Mapping[str, Spoil] = {
    "typed-marks-of-a-word-processor": edit(KENT, "name: Kent Police", "name: “Kent Police”"),
    "typed-marks-of-a-word-processor-around-a-sentence": outcome("added_sentences:\n  - “We thank you.”"),
    "typed-code": outcome("added_sentences: [The plans are not_started.]"),
    "typed-date-of-a-computer": outcome("added_sentences: [We wrote to you on 2018-03-12.]"),
    "typed-placeholder": outcome("added_sentences: ['We shall visit you on [insert date].']"),
    "typed-tbc-in-a-sentence": outcome("added_sentences: [The date of the visit is TBC.]"),
    "departure-plural": all_of(
        answer("counter_corruption_unit", "not_started"),
        outcome("changed_wording:\n  counter_corruption_unit.evidence: reviews of your unit"),
    ),
    "markdown-cells-too-few": body("| Year | Cases |\n      |---|---|\n      | 2016 |"),
    "markdown-hyphens-for-a-dash": body("My team -- and I -- agree."),
    "markdown-hyphen-at-a-line-end": body("We thank the counter-\n      corruption unit."),
    "markdown-numbers-in-entries": body("- 12 officers\n      - some others"),
    "markdown-path": body(r"See \\server\share now."),
    "template-prints-an-answer": said("{{ outcome.plans_comprehensive }}"),
    "template-prints-a-code": said("{{ outcome.it_monitoring }}"),
    "template-too-many-steps": said("{% set a %}xxxx{% endset %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 40),
    "template-too-large-a-list": said(
        "{% set a = 'x' %}" + "{% set a = [a, a, a, a, a, a, a, a, a, a] | all_of %}" * 7
    ),
    "letterhead-css-cut-short": added(f"{HOUSE}/letter.css", ".sender\n"),
    "letterhead-styles-hidden": styled("Quote", hidden=True),
    "letterhead-styles-huge": styled("Quote", size=Pt(900)),
    "picture-of-many-pixels": data(f"{TYPE}/signature.png", png(9000, 5000)),
    "signature-of-another": edit(LETTER, "Signature of Michael Cunningham", "Signature of Wendy Williams"),
    "mail-of-another": edit(SETTINGS, "michael.cunningham1@", "wendy.williams@"),
    "type-copied": type_copied("abuse-of-position-2017-copy"),
    "type-copied-under-another-name": type_copied("abuse-of-position-2018"),
    "type-of-a-name-of-the-tool": text("templates/review/letter.md", "Dear all\n"),
    "type-wording-year": edit(WORDING, "true_in: 2017", "true_in: 20177"),
    "schema-reference-to-itself": edit(OUTCOME, "\n$defs:\n", '\n$defs:\n  loop:\n    $ref: "#/$defs/loop"\n'),
    "workspace-forces-elsewhere": all_of(without("forces"), link("forces", "/usr")),
}

# -- letters in English and Welsh

NOTE = "templates/note"
#: A letter type in both languages, of which nothing is wrong.
NOTE_FILES: Mapping[str, str] = {
    "letter.yaml": "title: A note\ntitle_cy: Nodyn\nlanguages: [en, cy]\ndate: 2018-03-12\n"
    "letterhead: hmicfrs\nexpected: some\nsignatory:\n  name: Alex Example\n  offices: [Inspector]\n"
    "  address: 1 Example Street\n  telephone: 029 2018 0999\n  fax: 029 2018 0998\n  email: alex@example.org\n",
    "outcome.yaml": "type: object\nrequired: [report]\nproperties:\n"
    "  report:\n    description: Is there a report?\n    oneOf: [{const: yes}, {const: no}]\n",
    "wording.yaml": "report:\n  text: your report\n  number: singular\n  use: always\n",
    "wording.cy.yaml": "report:\n  text: eich adroddiad\n  number: singular\n  english: your report\n",
    "letter.md": "::: {.salutation}\nDear colleague\n:::\n\n# {{ letter.title }}\n\n"
    "We have {% if outcome.report == 'yes' %}read{% else %}not seen{% endif %} {{ phrase('report') }}.\n\n"
    "Thank you for your help.\n",
    "letter.cy.md": "::: {.salutation}\n{# English: Dear colleague #}\nAnnwyl gydweithiwr\n:::\n\n# {{ letter.title }}\n\n"
    "{# English: We have {% if outcome.report == 'yes' %}read{% else %}not seen{% endif %} {{ phrase('report') }}. #}\n"
    "{% if outcome.report == 'yes' %}Rydym wedi darllen{% else %}Nid ydym wedi gweld{% endif %} {{ phrase('report') }}.\n\n"
    "{# English: Thank you for your help. #}\nDiolch am eich cymorth.\n",
}


def note(*spoils: Spoil, stage: str = "draft", more: str = "") -> Case:
    """A mistake in a workspace with a letter type in English and Welsh, and Kent's letter of it."""
    files = (text(f"{NOTE}/{name}", content) for name, content in NOTE_FILES.items())
    outcome_of_kent = added(KENT, f"  note:\n    stage: {stage}\n    report: yes\n{more}")
    return Case(all_of(*files, outcome_of_kent, *spoils), ("build", "--dry-run", "--type", "note"))


WELSH: Mapping[str, Case] = {
    "welsh-sound": note(),
    "welsh-stale-phrase": note(edit(f"{NOTE}/wording.yaml", "text: your report", "text: your full report")),
    "welsh-stale-sentence": note(edit(f"{NOTE}/letter.md", "for your help", "for all your help")),
    "welsh-stale-and-ready": note(edit(f"{NOTE}/letter.md", "for your help", "for all your help"), stage="ready"),
    "welsh-missing": note(added(f"{NOTE}/letter.md", "\nPlease write to us.\n")),
    "welsh-missing-phrase": note(
        added(f"{NOTE}/wording.yaml", "plan:\n  text: your plan\n  number: singular\n  use: never\n")
    ),
    "welsh-without-english": note(edit(f"{NOTE}/letter.cy.md", "{# English: Dear colleague #}\n", "")),
    "welsh-english-gone": note(edit(f"{NOTE}/letter.md", "\nThank you for your help.\n", "")),
    "welsh-other-order": note(
        edit(f"{NOTE}/letter.md", "\nThank you for your help.\n", ""),
        edit(f"{NOTE}/letter.md", "# {{", "Thank you for your help.\n\n# {{"),
    ),
    "welsh-other-facts": note(
        edit(f"{NOTE}/letter.cy.md", "{% if outcome.report == 'yes' %}Rydym", "Rydym"),
        edit(f"{NOTE}/letter.cy.md", "{% else %}Nid ydym wedi gweld{% endif %}", ""),
    ),
    "welsh-own-words-in-english-only": note(more="    changed_wording:\n      report: the report of your force\n"),
    "welsh-no-title": note(edit(f"{NOTE}/letter.yaml", "title_cy: Nodyn\n", "")),
    "welsh-together-alone": note(edit(f"{NOTE}/letter.yaml", "languages: [en, cy]", "languages: [cy]\ntogether: true")),
    "welsh-not-used": note(edit(f"{NOTE}/letter.yaml", "languages: [en, cy]\n", "")),
    "welsh-unknown-language": note(edit(f"{NOTE}/letter.yaml", "[en, cy]", "[en, fr]")),
    "welsh-answer-without-a-title": note(
        edit(
            f"{NOTE}/outcome.yaml",
            "[{const: yes}, {const: no}]",
            "[{const: yes, title: there}, {const: no, title: away}]",
        ),
        edit(f"{NOTE}/letter.md", "Thank you", "It is {{ outcome.report.title }}. Thank you"),
        edit(f"{NOTE}/letter.cy.md", "Diolch", "Mae {{ outcome.report.title }}. Diolch"),
    ),
    "welsh-departures-uneven": note(
        more="    changed_wording:\n      report: the report of your force\n"
        "    changed_wording_cy:\n      report: eich adroddiad\n      plan: eich cynllun\n"
        "    added_sentences: [One.]\n    added_sentences_cy: [Un., Dau.]\n"
    ),
    "welsh-no-template": note(lambda there: there.path(f"{NOTE}/letter.cy.md").unlink()),
    "welsh-prints-english": note(
        edit(f"{NOTE}/letter.cy.md", "Diolch am", "Mae {{ force.name }} a [{{ force.name }}]{lang=en}. Diolch am"),
        edit(
            f"{NOTE}/letter.cy.md",
            "Diolch am",
            "{% for one in letter.signatory.offices %}{{ one }}{% endfor %} Diolch am",
        ),
        edit(f"{NOTE}/letter.yaml", "  offices: [Inspector]", "  offices: [Inspector]\n  offices_cy: [Arolygydd]"),
    ),
    "welsh-prints-free-text": note(
        edit(f"{NOTE}/outcome.yaml", "properties:\n", "properties:\n  remarks: {type: string}\n"),
        edit(f"{NOTE}/letter.cy.md", "Diolch am", "{{ outcome.remarks }} Diolch am"),
        edit(f"{NOTE}/letter.md", "Thank you", "{{ outcome.remarks }} Thank you"),
        edit(f"{NOTE}/letter.cy.md", "English: Thank you", "English: {{ outcome.remarks }} Thank you"),
        more="    remarks: It was good.\n",
    ),
    "welsh-other-figures": note(
        edit(f"{NOTE}/letter.md", "for your help", "for your help of 28 days"),
        edit(f"{NOTE}/letter.cy.md", "for your help", "for your help of 28 days"),
        edit(f"{NOTE}/letter.cy.md", "eich cymorth", "eich cymorth am 26 diwrnod"),
    ),
    "welsh-other-outcome": note(
        added(f"{NOTE}/letter.md", "\n{% if outcome.report == 'yes' %}\nGood.\n{% else %}\nBad.\n{% endif %}\n"),
        added(
            f"{NOTE}/letter.cy.md",
            "\n{% if outcome.report == 'no' %}\n{# English: Good. #}\nDa.\n{% else %}\n{# English: Bad. #}\nDrwg.\n"
            "{% endif %}\n",
        ),
    ),
    "welsh-other-values": note(edit(f"{NOTE}/letter.cy.md", "Diolch am eich", "Diolch am {{ phrase('report') }} a'ch")),
    "welsh-other-filter": note(
        edit(f"{NOTE}/outcome.yaml", "properties:\n", "properties:\n  cost: {type: number}\n"),
        edit(f"{NOTE}/letter.md", "Thank you", "It was {{ outcome.cost | money }}. Thank you"),
        edit(f"{NOTE}/letter.cy.md", "English: Thank you", "English: It was {{ outcome.cost | money }}. Thank you"),
        edit(f"{NOTE}/letter.cy.md", "Diolch am", "{{ outcome.cost | number }} oedd ef. Diolch am"),
        more="    cost: 2500\n",
    ),
    "welsh-other-entries": note(
        edit(f"{NOTE}/outcome.yaml", "properties:\n", "properties:\n  costs: {type: array, items: {type: number}}\n"),
        added(f"{NOTE}/letter.md", "\n{% for cost in outcome.costs %}\n- {{ cost | money }}\n{% endfor %}\n"),
        added(
            f"{NOTE}/letter.cy.md",
            "\n{% for cost in outcome.costs %}\n{% if loop.first %}\n- {{ cost | money }}\n{% endif %}\n{% endfor %}\n",
        ),
        more="    costs: [2500, 300]\n",
    ),
    "welsh-one-says-no": note(edit(f"{NOTE}/letter.cy.md", "Diolch am", "Nid ydym yn diolch am")),
    "welsh-is-english": note(edit(f"{NOTE}/letter.cy.md", "Diolch am eich cymorth.", "Thank you for all your help.")),
    "welsh-without-a-part": note(
        edit(f"{NOTE}/letter.md", "Thank you", "::: {.date}\n{{ letter.date | long_date }}\n:::\n\nThank you"),
        edit(f"{NOTE}/letter.cy.md", "# {{ letter.title }}\n\n", ""),
    ),
    "welsh-spelling": Case(
        note(edit(f"{NOTE}/letter.cy.md", "Diolch am eich cymorth", "Diolch am eich cymmorth")).spoil,
        ("check", "--type", "note"),
    ),
}

#: What people get wrong in recipient.yaml.
RECIPIENT: dict[str, Spoil] = {
    "recipient-empty": lambda there: there.write("recipient.yaml", ""),
    "recipient-no-fields": lambda there: there.write("recipient.yaml", "word: {one: service, many: services}\n"),
    "recipient-of-another-name": lambda there: there.write("recipients.yml", "word: {one: house, many: houses}\n"),
    "recipient-without-a-name": recipient(
        ("required: [name, country", "required: [country"),
        ('  name:\n    $ref: "#/$defs/text"\n    description: The force\'s', "  nmae:\n    description: The force's"),
    ),
    "recipient-name-left-out": recipient(("required: [name, country", "required: [country")),
    "recipient-name-no-text": recipient(
        ('$ref: "#/$defs/text"\n    description: The force\'s', "type: integer\n    description: The force's"),
        ('    suggest: ["{area} Police", "{area} Constabulary", "{area} Police Service"]\n', ""),
    ),
    "recipient-word-for-one": recipient(("type: object", "word: {one: fire service}\ntype: object")),
    "recipient-word-no-keys": recipient(("type: object", "word: fire service\ntype: object")),
    "recipient-fact-of-the-tool": recipient(("  region:", "  letters:")),
    "recipient-suggests-placeholder": recipient(('{area} Police"', '{aera} Police"')),
    "recipient-suggests-no-answer": recipient(("suggest: England", "suggest: Engalnd")),
    "recipient-suggests-keys": recipient(("suggest: England", "suggest: {first: England}")),
    "recipient-in-letters-within": recipient(("suggest: Chief Constable", "in_letters: true")),
    "recipient-in-letters-no": recipient(("in_letters: true", "in_letters: perhaps")),
    "recipient-in-letters-name": recipient(
        ('    suggest: ["{area} Police", "{area} Constabulary", "{area} Police Service"]', "    in_letters: true")
    ),
    "recipient-in-letters-of-the-tool": recipient(("  region:\n", "  salutation:\n    in_letters: true\n")),
    "recipient-keyword": recipient(
        ("type: object\nrequired", "clerk2: x\ntype: object\nrequird"), ("suggest: England", "sugest: England")
    ),
    "recipient-lost": all_of(
        *(
            text(f"forces/{slug}.yaml", f"name: {slug}\nward: North\n")
            for slug in ("kent", "south-wales", "warwickshire")
        )
    ),
    "recipient-same-address": all_of(
        edit(KENT, "\nletters:", "\nemail: {to: office@example.org}\n\nletters:"),
        edit("forces/warwickshire.yaml", "\nletters:", "\nemail: {to: Office@example.org}\n\nletters:"),
    ),
    "recipient-reference": recipient(('$ref: "#/$defs/text"', '$ref: "#/$defs/txt"')),
    "recipient-type": recipient(("type: object", "type: objekt")),
    "recipient-whole-reference": recipient(("type: object", '$ref: "#/$defs/text"')),
    "recipient-rule-untold": recipient(("$defs:", "allOf:\n  - required: [region]\n\n$defs:")),
    "recipient-rule-broken": recipient(
        ("$defs:", "allOf:\n  - description: say in which region it is\n    required: [region]\n\n$defs:")
    ),
    "recipient-nobody-fits": recipient(
        (
            "$defs:",
            "allOf:\n  - {description: it is a police force, properties: {name: {pattern: ' Police$'}}}\n\n$defs:",
        ),
        ('    suggest: ["{area} Police", "{area} Constabulary", "{area} Police Service"]\n', ""),
    ),
    "recipient-example": recipient(("examples: [South East]", "examples: ['  ']")),
    "recipient-asked-in-outcome": all_of(
        recipient(("  region:\n", "  it_monitoring:\n    in_letters: true\n")),
    ),
    "recipient-template-answer": all_of(
        recipient(("enum: [England, Wales]", "enum: [England, Wales, Scotland]")),
        said("{% if force.country == 'Scotlnd' %}\nA sentence.\n{% endif %}"),
    ),
    "recipient-answer": all_of(
        recipient(("enum: [England, Wales]", "enum: [England, Wales, Scotland]")),
        edit(KENT, "country: England", "country: Ireland"),
    ),
}

_CHECKED = (
    RECIPIENT,
    READING,
    SYNTAX,
    SHAPE,
    CHARACTERS,
    TYPED,
    MEANING,
    MARKDOWN,
    TEMPLATES,
    PARTS,
    LOOKS,
    SIGNATORIES,
    TYPES,
    ENGLISH,
)
_TOLD = {name: Case(spoil, ("build", "--dry-run")) for name, spoil in TOLD_BY_A_BUILD.items()}
CASES: Mapping[str, Case] = {
    **{name: Case(spoil) for table in _CHECKED for name, spoil in table.items()},
    **WORKSPACE,
    **WELSH,
    **_TOLD,
}
