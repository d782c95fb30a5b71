"""The YAML of `templates/signatories/` to who may sign, or every problem in it at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import sha256

from letters.letter.names import MAIL, file_of_another, mail_of_another
from letters.letter.pictures import raster
from letters.machine.files import is_plain_name
from letters.problems import Code, InvalidInput, Place, Problem, Severity, did_you_mean, quoted
from letters.workspace.copies import copied_file, is_litter
from letters.workspace.model import Signatory
from letters.workspace.outcome import packaged_field
from letters.workspace.picture_files import read_pictures
from letters.workspace.raw import KeyPath, Raw, load_yaml
from letters.workspace.schema import packaged
from letters.workspace.shapes import Shape
from letters.workspace.source import SIGNATORIES, Source
from letters.workspace.texts import Printed, mail_problem, printed_problems, text_problems
from letters.workspace.typed import TextKind, typed_problems

FOLDER = f"templates/{SIGNATORIES}"
#: The kinds of picture that letters can show.
PICTURES = (".png", ".jpg", ".svg")
_FILE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.yaml")
#: What any signatory may have, in the order of the schema, and what templates may name though it was left out.
KEYS = tuple(packaged_field("signatory").fields)


def load_signatories(source: Source) -> tuple[dict[str, Signatory], list[Problem]]:
    """Every signatory of a workspace that is sound, by the name of its file, and the problems of all of them."""
    found: dict[str, Signatory] = {}
    problems: list[Problem] = []
    for path in (path for path in source if path.startswith(f"{FOLDER}/")):
        name = path.removeprefix(f"{FOLDER}/")
        if is_litter(name.rpartition("/")[2]) or name.lower().endswith(PICTURES):
            continue
        if not (_FILE.fullmatch(name) and is_plain_name(name)):
            problems.append(_stray(name, path))
            continue
        signatory, more = _signatory(source, path)
        problems += more
        if signatory and not any(problem.stops for problem in more):
            found[signatory.id] = signatory
    for one, other in _same_pictures(source, found):
        problems.append(_same_picture(source, one, other))
        found = {name: kept for name, kept in found.items() if name not in (one.id, other.id)}
    # What is wrong with the others may be why.
    problems += [] if problems else _pictures_of_nobody(source, found.values())
    return found, problems


def picture_paths(source: Source, signatory: Signatory) -> list[str]:
    """The paths of the picture of a signatory, and of the PNG beside a drawing."""
    paths = [f"templates/{path}" for path in dict.fromkeys((signatory.picture, raster(signatory.picture))) if path]
    return [path for path in paths if path in source]


def signatory_names(source: Source) -> tuple[str, ...]:
    """What may be written for a signatory: the names of the files, sound or not."""
    paths = (path.removeprefix(f"{FOLDER}/") for path in source if path.startswith(f"{FOLDER}/"))
    return tuple(sorted(name.removesuffix(".yaml") for name in paths if _FILE.fullmatch(name)))


def unknown_signatory(name: str, signatories: Mapping[str, Signatory], there: Collection[str], place: Place) -> Problem:
    """That `name`, which is written at `place`, is no signatory that can be used. `there`: those that have a file."""
    if name in there:
        hint = f"mend {FOLDER}/{name}.yaml, or choose another"
        return Problem(Code.UNKNOWN_SIGNATORY, f"the signatory {quoted(name)} cannot be used", place, hint)
    called = (one.id for one in signatories.values() if _plain(one.name) == _plain(name))
    meant = next(called, "")
    hint = f"did you mean {meant!r}? that is the file of {name}" if meant else did_you_mean(name, there)
    hint = hint or f"make {FOLDER}/jane-example.yaml with `name: Jane Example` in it, and write jane-example here"
    return Problem(Code.UNKNOWN_SIGNATORY, f"there is no signatory {quoted(name)}", place, hint)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _stray(name: str, path: str) -> Problem:
    hint = f"rename it like jane-example.yaml (a-z, 0-9 and single hyphens), or move it out of {FOLDER}/"
    if original := copied_file(name):
        hint = f"delete it; if something in it is newer, write that into {original} first"
    return Problem(Code.STRAY_SIGNATORY, "is not the file of a signatory, and is not read", Place(path), hint)


def _signatory(source: Source, path: str) -> tuple[Signatory | None, list[Problem]]:
    try:
        raw = load_yaml(source, path)
    except InvalidInput as broken:
        return None, list(broken.problems)
    problems = [*Shape(packaged("signatory")).problems(raw, (), raw.data), *text_problems(raw, (), raw.data)]
    problems += typed_problems(raw, (), raw.data, _kind_of)
    if any(problem.stops for problem in problems) or not isinstance(raw.data, dict):
        return None, problems
    facts = {key: value for key, value in raw.data.items() if key != "picture"}
    picture = raw.data.get("picture")
    made = Signatory(
        path.rpartition("/")[2].removesuffix(".yaml"), facts, f"{SIGNATORIES}/{picture}" if picture else ""
    )
    problems += printed_problems(raw, (), raw.data, Printed(_is_setting))
    problems += [*_name_problems(raw, made), *_picture_problems(source, raw, made), *_mail_problems(raw, made)]
    return made, problems


def _kind_of(path: KeyPath) -> TextKind:
    return TextKind.REMARK if _is_setting(path) else TextKind.WORDS


def _is_setting(path: KeyPath) -> bool:
    return path == ("picture",)


def _name_problems(raw: Raw, signatory: Signatory) -> Iterator[Problem]:
    if file_of_another(raw.path, signatory.name):
        message = f"this is the file {signatory.id}.yaml, and {signatory.name} is somebody else"
        hint = "who signs next has a file of their own: name it after them, and write its name in letter.yaml"
        yield Problem(Code.SIGNATORY_OF_ANOTHER, message, raw.place(("name",)), hint)


def _picture_problems(source: Source, raw: Raw, signatory: Signatory) -> Iterator[Problem]:
    if not signatory.picture:
        return
    place, file = raw.place(("picture",)), signatory.picture.removeprefix(f"{SIGNATORIES}/")
    if not file.lower().endswith(PICTURES) or f"{FOLDER}/{file}" not in source:
        there = [path.removeprefix(f"{FOLDER}/") for path in source if path.startswith(f"{FOLDER}/")]
        near = did_you_mean(file, [name for name in there if name.lower().endswith(PICTURES)])
        hint = near or f"put it into {FOLDER}/, as .png, .jpg or .svg; or mend its name"
        yield Problem(Code.UNUSABLE_PICTURE, f"there is no picture {quoted(file)} in {FOLDER}/", place, hint)
    elif file_of_another(file, signatory.name):
        message = f"the picture {file!r} stands above the name {signatory.name!r}"
        hint = f"put the signature of {signatory.name} there, under a name of its own; or mend the name"
        yield Problem(Code.SIGNATURE_OF_ANOTHER, message, place, hint)
    else:
        yield from read_pictures(source, picture_paths(source, signatory))[1]


def _mail_problems(raw: Raw, signatory: Signatory) -> Iterator[Problem]:
    for key, address in signatory.facts.items():
        if isinstance(address, str) and MAIL.fullmatch(address) and mail_of_another(address, signatory.name):
            yield mail_problem(address, signatory.name, raw.place((key,)))


def _same_pictures(source: Source, signatories: Mapping[str, Signatory]) -> Iterator[tuple[Signatory, Signatory]]:
    """Two people with one and the same picture."""
    first: dict[str, Signatory] = {}
    for one in signatories.values():
        digest = sha256(source[f"templates/{one.picture}"]).hexdigest() if one.picture else one.id
        other = first.setdefault(digest, one)
        if _plain(other.name) != _plain(one.name):
            yield one, other


def _same_picture(source: Source, one: Signatory, other: Signatory) -> Problem:
    message = f"{one.name} and {other.name} have the same picture: of one of them it is not the signature"
    place = load_yaml(source, one.path).place(("picture",))
    hint = f"put the signature of each there; that of {other.name} is named in {other.path}"
    return Problem(Code.SIGNATURE_OF_ANOTHER, message, place, hint)


def _pictures_of_nobody(source: Source, signatories: Iterable[Signatory]) -> Iterator[Problem]:
    shown = {path for one in signatories for path in picture_paths(source, one)}
    for path in source:
        if path.startswith(f"{FOLDER}/") and path.lower().endswith(PICTURES) and path not in shown:
            hint = "name it under `picture:` in the file of whoever signs so, or delete it"
            yield Problem(Code.PICTURE_OF_NOBODY, "no signatory has this picture", Place(path), hint, Severity.WARNING)
