"""How editors, systems and sync clients call what they leave beside files, and the copies of files and folders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from letters.problems import Code, Place, Problem, Severity
from letters.workspace.model import LetterType
from letters.workspace.source import RECIPIENT, Folder, Source, Unreadable

#: What nobody made: no mistake of anybody's.
_LITTER = re.compile(
    r"thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r?|\.ds_store|4913|.*~|[.~]?~\$.*|~wr.*\.tmp|#.*#|\.~lock\..*|.*\.sw[a-p]"
    # What is kept of a file before it is changed, while it is changed, or where two changes met.
    r"|.+\.(?:bak\d*|backup\d*|bk|orig|rej|old|tmp|temp|save|lock|lck|part|partial|crdownload|mine|theirs|r\d+|icloud)"
    r"|.+[._](?:backup|base|local|remote)[._]\d+\.ya?ml",
    re.IGNORECASE,
)
#: Copies of their own accord: of systems, and of sync clients where two people changed one file.
_COPY = re.compile(
    r"(?:copy|kopie|copie) (?:\(?\d+\)? )?(?:of|von|de) (?P<a>.+)"
    r"|(?P<b>.+?)[ ._-]*[(\[][^)\]]*(?:conflict|konflikt|autosaved|recovered)[^)\]]*[)\]].*"
    r"|(?P<c>.+?)[._ -](?:sync-)?conflict(?:ed)?\b.*"
    r"|(?P<d>.+?)(?: ?[-–_.] ?| )\(?(?:copy|kopie|copie|backup)\)?(?:[ _-]?\(?\d+\)?)?"
    r"|(?P<e>.+?)[ _-]?\(\d+\)",
    re.IGNORECASE,
)
#: Of files alone: folders are called so by people.
_COPY_OF_FILE = re.compile(r"(.+?)(?: \d|-(?:desktop|laptop|pc|macbook)-[a-z0-9]+(?:-\d+)?)", re.IGNORECASE)
_FILE = re.compile(r"(.+?)\.ya?ml(.*)", re.IGNORECASE | re.DOTALL)


def is_litter(name: str) -> bool:
    """Whether a file of this name is a backup, a lock or the like, which nobody meant to be there."""
    return bool(_LITTER.fullmatch(name))


def copied_from(name: str) -> str:
    """What a file (its name without `.yaml`) or folder is called a copy of, or a copy of a copy; else empty."""
    match = _COPY.fullmatch(name)
    original = next((found for found in match.groups() if found), "") if match else ""
    return (copied_from(original) or original) if original else ""


def copied_file(name: str) -> str:
    """The YAML file that another seems to be a copy of, or that it was meant to be called; empty for any other."""
    match = _FILE.fullmatch(name)
    if not match:
        return ""
    stem, rest = match.groups()
    if original := copied_from(stem) or copied_from(stem + rest):
        return f"{original}.yaml"
    if numbered := _COPY_OF_FILE.fullmatch(stem):
        return f"{numbered[1]}.yaml"
    return f"{stem}.yaml" if rest else ""


#: What people write for recipient.yaml.
_RECIPIENT = re.compile(r"re(?:ci|ce|i)\w{0,3}p\w{1,4}nts?(?:\.(?:ya?ml|json|txt))?", re.IGNORECASE)


def misnamed_recipient(source: Source) -> Problem | None:
    """That a file seems to be meant as recipient.yaml, which is not there: letters would go to police forces."""
    if RECIPIENT in source or not isinstance(source, Folder):
        return None
    meant = (name for name in source.beside if _RECIPIENT.fullmatch(copied_file(name) or name))
    if name := next(meant, None):
        message = f"is not read: who letters go to stands in {RECIPIENT}"
        return Problem(Code.MISNAMED_RECIPIENT, message, Place(name), f"rename it {RECIPIENT}, or move it elsewhere")
    return None


#: What files of police forces have, and no others.
_OF_POLICE = re.compile(rb"^(?:chief_officer|local_policing_body)[ \t]*:", re.MULTILINE)
_SAYS_SOMETHING = re.compile(rb"^\w+[ \t]*:", re.MULTILINE)


def lost_recipient(source: Source) -> Problem | None:
    """That there is no recipient.yaml, and that most files in `forces/` are those of others than police forces."""
    if RECIPIENT in source:
        return None
    paths = sorted(path for path in source if path.startswith("forces/") and path.endswith(".yaml"))
    # The first decides alone where it is a police force's: the others need not be opened. One file may just be broken.
    if len(paths) < 2 or not _is_of_others(source, paths[0]):
        return None
    others = sum(_is_of_others(source, path) for path in paths)
    if others * 2 <= len(paths):
        return None
    message = f"is not there, and {others} of the {len(paths)} files in forces/ are not those of police forces"
    hint = f"restore {RECIPIENT}, or write one: letters how-to other-recipients"
    return Problem(Code.LOST_RECIPIENT, message, Place(RECIPIENT), hint)


def _is_of_others(source: Source, path: str) -> bool:
    content = _content(source, path)
    return bool(_SAYS_SOMETHING.search(content)) and not _OF_POLICE.search(content)


def repeated_types(source: Source, types: Mapping[str, LetterType]) -> Iterator[Problem]:
    """A warning for each letter type with the title and the wording of another one."""
    alike: dict[tuple[object, ...], list[str]] = {}
    for name, letter_type in types.items():
        wording = (
            tuple(_content(source, f"{letter_type.folder}/{file}").split()) for file in _WORDING
        )  # however lines end
        languages = (edition.language for edition in letter_type.editions)  # the same letters in one more are no copy
        alike.setdefault((letter_type.title.casefold(), *languages, *wording), []).append(name)
    for names in alike.values():
        if len(names) > 1:
            original, *others = sorted(names, key=lambda name: _uses(source, name))
            for name in others:
                message = f"this letter type has the title and the wording of {original}: a copy?"
                hint = "for other letters, give it a title of its own; else move it out of templates/, or delete it"
                yield Problem(Code.REPEATED_LETTER_TYPE, message, Place(f"templates/{name}"), hint, Severity.WARNING)


#: The files of a letter type that hold its words.
_WORDING = ("letter.md", "verdict.md", "wording.yaml")


def _content(source: Source, path: str) -> bytes:
    """What is in a file; nothing of one that is not there or cannot be read."""
    try:
        return source.get(path, b"")
    except Unreadable:
        return b""


def _uses(source: Source, type_name: str) -> tuple[int, int]:
    """How many forces have a letter of this type, as a number below 0, and how far behind others it stands in files.

    As far as can be seen without reading them.
    """
    key = re.compile(rb"^\s+" + re.escape(type_name.encode()) + rb"\s*:", re.MULTILINE)
    found = [key.search(_content(source, path)) for path in source if path.startswith("forces/")]
    return -sum(match is not None for match in found), sum(match.start() for match in found if match)
