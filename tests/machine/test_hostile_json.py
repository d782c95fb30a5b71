"""Each file of ours in JSON, with each value in it spoilt in each way: refused, or read as just what it says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import pytest

from conftest import ROOT
from letters.batch import manifest
from letters.batch.manifest import FileRecord, ForceMemory, LetterMemory, LetterRecord, Manifest, TypeMemory
from letters.letter import Block, Heading, ItemList, Letter, Paragraph, Part, Picture, Quote, Run, Stage, Table
from letters.letter.json import from_json, to_json
from letters.machine.kept import Damaged
from letters.review.marks import decisions
from letters.review.marks.decisions import Decision, Decisions, read_decisions
from letters.workspace.record import canonical, parse
from support.hostile_json import Write, spoilt
from support.random_letters import Drafter

RUNS = (Run("In "), Run("place", bold=True, italic=True), Run("here", href="https://a.org", lang="cy"))
LETTER = Letter(
    type="answer",
    slug="kent",
    force_name="Kent Police",
    title="An answer",
    date=date(2026, 3, 31),
    stage=Stage.READY,
    letterhead="house",
    parts=(
        Part("masthead", (Picture("letterheads/house/mark.svg", "House"),), every_page=True),
        Part("signature", ()),
        Part(
            "body",
            (
                Heading(1, RUNS[:1]),
                Quote((Paragraph(RUNS), ItemList(((Paragraph(RUNS[:1]),), (Heading(2, RUNS[:1]),)), True, 3))),
                ItemList(((Paragraph(RUNS[:1]),),)),
                Table((RUNS[:1], ()), ((RUNS[1:], RUNS[:1]), ((), ())), ("left", "right")),
                Table((RUNS[:1], ()), ()),
            ),
        ),
    ),
    foot="Kent Police\n31 March",
    author="Ann",
    values=(("name", "Kent Police"), ("date", "31 March 2026")),
)
MANIFEST = Manifest(
    tools={"letters": "0.2.0"},
    templates="a1",
    types={"answer": TypeMemory("all", (("started", "Started"),))},
    looks={"answer": {"pdf": "b2", "txt": ""}},
    forces={"kent": ForceMemory("c3", "Kent Police", {"answer": LetterMemory("ready", "started", "d4")})},
    letters={"answer/kent": LetterRecord(2, {"pdf": FileRecord("e5", "d4", "b2", "f6")}, "Kent Police", "ready")},
)
DECISIONS = Decisions(
    "0f5c2a",
    "Jo",
    datetime(2026, 3, 31, 14, 5, tzinfo=UTC),
    (Decision("1-abc", "1 words changed", decisions.State.QUERIED, "Why?"),),
    (Decision("type/kent", "Kent Police", decisions.State.READ),),
)


@dataclass(frozen=True)
class Kind:
    """One kind of file. `again`: reads a file and writes what was read; raises ValueError for what is refused.

    `plain`: a file's JSON without what may be lost: what earlier versions left out, and blanks around a text.
    `refusal`: how the reason begins for which one is refused.
    """

    sound: Any
    write: Write
    again: Callable[[bytes], bytes]
    plain: Callable[[Any], Any] = lambda value: value
    refusal: str = ""


def one_line(fields: Any) -> str:
    return canonical(fields).decode()


def with_defaults(**defaults: object) -> Callable[[Any], Any]:
    return lambda fields: {**defaults, **fields}


def manifest_again(data: bytes) -> bytes:
    """The manifest as it is read when it has the digest that it should have."""
    with suppress(ValueError, AttributeError, RecursionError):
        others = {name: one for name, one in json.loads(data).items() if name != "digest"}
        digest = sha256(json.dumps(others, sort_keys=True).encode()).hexdigest()
        data = re.sub(rb'"digest": "[^"]*"', f'"digest": "{digest}"'.encode(), data)
    return json.dumps({"format": 1, **asdict(manifest.from_json(data))}).encode()


def whole_manifest(fields: Any) -> Any:
    """A manifest as it is with what earlier versions did not write, and without its digest."""
    letters = {
        key: {"pages": 0, "files": {}, "force": "", "stage": "", **one}
        for key, one in fields.get("letters", {}).items()
    }
    empty: dict[str, Any] = json.loads(json.dumps(Manifest(), default=vars))
    types = {name: {"languages": ["en"], **one} for name, one in fields.get("types", {}).items()}
    whole = {**empty, **fields, "letters": letters, "types": types}
    return {name: one for name, one in whole.items() if name != "digest"}


def said(value: Any) -> Any:
    """What decisions say: no blanks around texts, no list of letters that is empty, and the later format."""
    if isinstance(value, str):
        return value.replace("\ud800", " ").strip()
    if isinstance(value, list):
        return [said(one) for one in value]
    if isinstance(value, dict):
        later = {"format": 2} if value.get("format") == 1 else {}
        return {name: said(one) for name, one in {**value, **later}.items() if (name, one) != ("letters", [])}
    return value


def exact(data: bytes) -> Any:
    """The JSON, with the pairs of an object that says a name twice."""

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(found)
        return made if len(made) == len(found) else {"twice": found}

    return json.loads(data.decode("utf-8-sig"), object_pairs_hook=pairs)


def is_same(one: Any, other: Any) -> bool:
    """Whether two values are the same as JSON; for Python, 1 is True."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def examples() -> Iterator[tuple[str, Kind]]:
    yield (
        "letter",
        Kind(
            json.loads(to_json(LETTER)),
            json.dumps,
            lambda data: to_json(from_json(data)),
            with_defaults(foot="", author="", language="en-GB", values=[], recipient="force"),
        ),
    )
    fields = {"format": 1, "digest": "", **json.loads(json.dumps(MANIFEST, default=vars))}
    yield "manifest", Kind(fields, json.dumps, manifest_again, whole_manifest)
    sound = json.loads(decisions.to_json(DECISIONS))
    own = "this file|this is not|'|entry"
    yield "decisions", Kind(sound, json.dumps, lambda data: decisions.to_json(read_decisions(data)), said, own)
    page = (ROOT / "docs/reference/records.md").read_text("utf-8")
    for example in map(json.loads, re.findall(r"```json\n(.*?)```", page, re.S)):
        yield (
            example["kind"],
            Kind(example, one_line, lambda data: parse(data).bytes, refusal="is |has |holds |says "),
        )


KINDS: Mapping[str, Kind] = dict(examples())


@pytest.mark.parametrize("name", KINDS)
def test_a_spoilt_file_is_refused_or_says_what_was_read(name: str) -> None:
    kind = KINDS[name]
    assert kind.again(kind.write(kind.sound).encode())
    wrong = [
        f"{what}: {found}" for what, data in spoilt(kind.sound, kind.write) if (found := what_is_wrong(kind, data))
    ]
    assert not wrong, "\n".join(wrong)


def what_is_wrong(kind: Kind, data: bytes) -> str:
    try:
        again = kind.again(data)
    except ValueError as error:
        return "" if re.match(kind.refusal, str(error)) else f"refused for {error}"
    except Exception as error:
        return repr(error)
    return "" if is_same(kind.plain(exact(again)), kind.plain(exact(data))) else "read as something else"


LETTER_FIELDS = json.loads(to_json(LETTER))


#: What earlier versions did not write.
LATER = ("foot", "author", "language", "values", "recipient")


def test_a_letter_without_what_earlier_versions_did_not_write_is_read() -> None:
    earlier = {name: one for name, one in LETTER_FIELDS.items() if name not in LATER}
    assert from_json(json.dumps(earlier).encode()) == replace(LETTER, foot="", author="", values=())


BLOCKS: Mapping[str, Block] = {
    "a heading above all": Heading(0, RUNS),
    "a heading that HTML has not": Heading(7, RUNS),
    "a list from a negative number": ItemList(((Paragraph(RUNS),),), True, -1),
    "a list from a number that no Markdown has": ItemList(((Paragraph(RUNS),),), True, 10**9),
    "a row that is short": Table((RUNS, RUNS), ((RUNS,),)),
    "a row that is long": Table((RUNS, RUNS), ((RUNS, RUNS, RUNS),)),
    "a column too many set right": Table((RUNS, RUNS), (), ("right",) * 3),
    "a link to nothing": Paragraph((Run("here", href=""),)),
    "words of no language": Paragraph((Run("yma", lang=""),)),
    "a picture above": Picture("../../scans/kent.png", "Kent"),
    "a picture from the root": Picture("/scans/kent.png", "Kent"),
    "a picture that is a folder": Picture("answer/", "Kent"),
    "a picture without a name": Picture("", "Kent"),
}
IMPOSSIBLE: Mapping[str, Letter] = {
    "a type that is a path": replace(LETTER, type="../answer"),
    "a slug that is a path": replace(LETTER, slug="scans/kent"),
    "a slug that is a folder above": replace(LETTER, slug=".."),
    **{what: replace(LETTER, parts=(Part("body", (Quote((block,)),)),)) for what, block in BLOCKS.items()},
}


@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_a_letter_that_no_template_makes_is_refused(what: str) -> None:
    with pytest.raises(Damaged):
        from_json(to_json(IMPOSSIBLE[what]))


@pytest.mark.parametrize("seed", range(1, 21))
def test_any_letter_is_read_as_it_was_written(seed: int) -> None:
    letter = Drafter(seed).letter(seed)
    assert from_json(to_json(letter)) == letter


def test_nobody_else_reads_json() -> None:
    package = ROOT / "src/letters"
    found = {
        path.relative_to(package).as_posix() for path in package.rglob("*.py") if "json.load" in path.read_text("utf-8")
    }
    # A record has a form of its own, and a schema is ours, in the package.
    assert found == {"machine/kept.py", "workspace/record.py", "workspace/schema.py"}
