"""Which files in `forces/` are forces, and which are copies that must never become force 44."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from letters.machine.files import is_plain_name
from letters.problems import Code, Place, Problem
from letters.workspace.copies import copied_file, is_litter
from letters.workspace.model import FORCE, Word

#: What the name of a force is made of; a path has other signs.
_NAME = re.compile(r"\w[\w &'’.,()-]*")
_SLUG = re.compile(r"forces/([a-z0-9]+(?:-[a-z0-9]+)*)\.yaml")


def force_files(paths: Iterable[str], word: Word = FORCE) -> tuple[dict[str, str], list[Problem]]:
    """Slug to path of every force file, and a problem for each file that should not be in `forces/`.

    `word`: what a force is called in that.
    """
    found: dict[str, str] = {}
    problems = []
    paths = list(paths)
    for path in paths:
        if not path.startswith("forces/") or is_litter(path.rpartition("/")[2]):
            continue
        if (match := _SLUG.fullmatch(path)) and is_plain_name(match[1]):
            found[match[1]] = path
        else:
            problems.append(_stray(path, paths, word))
    return found, problems


def _stray(path: str, paths: Collection[str], word: Word) -> Problem:
    name, a_file = path.removeprefix("forces/"), f"{word.a} {word.one} file"
    if "/" in name:
        return Problem(Code.STRAY_FILE, "is not read: forces/ has no folders", Place(path), "move it out of forces/")
    if (original := copied_file(name)) and f"forces/{original}" in paths:
        hint = f"delete it; if something in it is newer, write that into {original} first"
        return Problem(Code.STRAY_FILE, f"seems to be a copy of {original}, and is not read", Place(path), hint)
    if original and _SLUG.fullmatch(f"forces/{original}"):
        hint = f"rename it {original} if it is that {word.one}'s file, or delete it"
        message = f"its name is not that of {a_file}: {original} was meant"
        return Problem(Code.STRAY_FILE, message, Place(path), hint)
    if not name.lower().endswith((".yaml", ".yml")):
        return Problem(Code.STRAY_FILE, f"is not {a_file}", Place(path), "move it out of forces/, or delete it")
    if _SLUG.fullmatch(path):
        hint = "rename it like kent.yaml; Windows has devices of some names, and takes no long ones"
        return Problem(Code.STRAY_FILE, "no system but this one can have files of its name", Place(path), hint)
    hint = "rename it like kent.yaml (a-z, 0-9 and single hyphens), or delete it if it is a stray copy"
    return Problem(Code.STRAY_FILE, f"its name is not that of {a_file}", Place(path), hint)


def slug_of(name: str, behind_area: Iterable[str]) -> str:
    """What the file of a force of this name is called: `west-mercia` of `West Mercia Police`; empty for no name.

    `behind_area`: what names have behind an area, which is not of the file's name.
    """
    if not _NAME.fullmatch(name) or "--" in name:
        return ""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    bare = " ".join(plain.replace("&", " and ").replace("'", "").split())
    ends = sorted((f" {end.casefold()}" for end in behind_area), key=len, reverse=True)
    bare = next((bare.removesuffix(end) for end in ends if bare.endswith(end)), bare)
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")


def area_in(name: str, behind_area: Iterable[str]) -> str:
    """The area of a name in words, such as `Royal Berkshire` of `Royal Berkshire Fire and Rescue`; the whole where
    nothing stands behind an area."""
    known = BODIES | {word.casefold() for end in behind_area for word in end.split()}
    words = name.split()
    while len(words) > 1 and (words[-1].casefold() in known or _LETTERS.fullmatch(words[-1])):
        words.pop()
        if len(words) > 2 and words[-1] in ("and", "&") and words[-2].casefold() in known:
            words.pop()
    return " ".join(words)


#: What bodies are, whoever the letters of a workspace go to.
BODIES = frozenset(
    "police constabulary fire rescue service brigade authority council board trust agency school company".split()
)
#: What is short for such words: FRS.
_LETTERS = re.compile(r"[A-Z]{2,5}")


def repeated_names(names: Mapping[str, str], behind_area: Callable[[], Iterable[str]]) -> Iterator[tuple[str, Problem]]:
    """Slug and problem of each force whose name (`names`, by slug) another file has too.

    The file that is called like its force, or else has the shortest name, counts as the original.
    """
    if len({" ".join(name.casefold().split()) for name in names.values()}) == len(names):
        return
    ends = list(behind_area())
    first: dict[str, str] = {}
    for slug in sorted(names, key=lambda slug: (slug != slug_of(names[slug], ends), len(slug), slug)):
        original = first.setdefault(" ".join(names[slug].casefold().split()), slug)
        if original != slug:
            message = f"{names[slug]!r} is also the name in forces/{original}.yaml: a stray copy?"
            yield (
                slug,
                Problem(Code.STRAY_FILE, message, Place(f"forces/{slug}.yaml"), "delete the copy, or mend its name"),
            )


def repeated_in_welsh(names: Mapping[str, tuple[str, Place]]) -> Iterator[tuple[str, Problem]]:
    """Slug and problem of each force whose Welsh name another has too, by slug with its place.

    Which of them has it wrongly is not known: each is told.
    """
    by_name: dict[str, list[str]] = {}
    for slug, (name, _) in sorted(names.items()):
        by_name.setdefault(" ".join(name.casefold().split()), []).append(slug)
    for slugs in by_name.values():
        for slug in slugs if len(slugs) > 1 else ():
            name, place = names[slug]
            other = next(one for one in slugs if one != slug)
            message = f"{name!r} is also the Welsh name in forces/{other}.yaml"
            yield slug, Problem(Code.STRAY_FILE, message, place, "mend the one that is wrong")
