"""Whether a letter carries the signature, and the address of mail, of whoever signs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from letters.compose.syntax import line_place
from letters.letter import SIGNATURE, Part, Picture, block_texts, pictures_of
from letters.letter.names import MAIL, file_of_another, mail_of_another, name_in, names_another
from letters.problems import Code, Place, Problem
from letters.workspace.model import LetterType, Signatory
from letters.workspace.source import SIGNATORIES
from letters.workspace.texts import mail_problem

SIGNATORY = "signatory"
#: How templates name the picture of a signatory.
_NAMED = "signatory.picture"
#: The parts that say who writes.
OF_SENDER = frozenset({"sender", "sender-details", SIGNATORY})


def signature_problems(
    letter_type: LetterType, parts: Sequence[Part], path: str, text: str, usual: Signatory | None
) -> Iterator[Problem]:
    """A picture of somebody else's signature in a letter. `text`: the template at `path`, where it was named.

    `usual`: who signs all letters of this type, if that is a file's.
    """
    signer, of_whoever = _signer(letter_type, parts), ""
    if letter_type.signed_by != usual:
        of_whoever = f"write {{{{ letter.{_NAMED} }}}} in its place, which is that of whoever signs"
    for part in parts:
        for picture in pictures_of(part.blocks):
            place = _place_of(picture, path, text)
            if part.name != SIGNATURE:
                yield from _elsewhere(picture, place)
            elif signer:
                of_all = f"{of_whoever}{_of_others(picture, usual)}" if of_whoever else ""
                hint = of_all if of_all and not _is_of_signatory(picture) else _hint(letter_type, picture, signer)
                yield from _picture_problems(picture, signer, place, own_picture(letter_type), bool(of_all), hint)


def _is_of_signatory(picture: Picture) -> bool:
    return picture.path.startswith(f"{SIGNATORIES}/")


def _hint(letter_type: LetterType, picture: Picture, signer: str) -> str:
    """What to do about a picture that is not the signature of who signs."""
    own, mend = own_picture(letter_type), "or mend the name of who signs"
    if own and picture.path != own:
        return f"write {{{{ letter.{_NAMED} }}}} in its place, which is that of {signer}; {mend}"
    if own:
        return f"put the signature of {signer} there, described as such; {mend}"
    where = f"into {letter_type.signed_by.path}" if letter_type.signed_by else "below `signatory:` in letter.yaml"
    named = f"{{{{ letter.{_NAMED} }}}} in its place, with `picture: …` {where}"
    return f"put the signature of {signer} there, described as such, or write {named}; {mend}"


def _of_others(picture: Picture, usual: Signatory | None) -> str:
    """Where else a picture is to be named that the template does not name any more."""
    if usual and usual.picture:
        return ""
    where = f"into {usual.path}" if usual else "below `signatory:` in letter.yaml"
    return f"; and for who signs the others write `picture: {picture.path.rpartition('/')[2]}` {where}"


def own_picture(letter_type: LetterType) -> str:
    """The path, below `templates/`, of the picture that is named beside the name of who signs; empty for none."""
    if letter_type.signed_by:
        return letter_type.signed_by.picture
    picture = letter_type.signatory.get("picture")
    return f"{letter_type.name}/{picture}" if isinstance(picture, str) else ""


def _elsewhere(picture: Picture, place: Place) -> Iterator[Problem]:
    """A signature that letters would carry before they are ready."""
    if picture.path.startswith(f"{SIGNATORIES}/"):
        message = "the picture of a signatory stands outside of the part `signature`, which only ready letters show"
        hint = "put it on a line of its own between ::: {.signature} and :::"
        yield Problem(Code.SIGNATURE_ELSEWHERE, message, place, hint)


def mail_problems(letter_type: LetterType, parts: Sequence[Part], path: str, text: str) -> Iterator[Problem]:
    """An address of mail of somebody else that the template itself gives as the sender's."""
    signer = _signer(letter_type, parts)
    typed = {match[0]: number for number, line in enumerate(text.split("\n"), 1) for match in MAIL.finditer(line)}
    said = " ".join(_texts(part for part in parts if part.name in OF_SENDER))
    for address, line in typed.items():
        if signer and address in said and mail_of_another(address, signer):
            place = line_place(path, text.split("\n"), line, address)
            yield mail_problem(address, signer, place)


def _signer(letter_type: LetterType, parts: Iterable[Part]) -> str:
    """Whose name stands below the signature: the signatory's of the letter type, or the first line that is a name."""
    lines = _texts(part for part in parts if part.name == SIGNATORY)
    named = str(letter_type.signatory.get("name") or "")
    if named and (not lines or any(named.casefold() in line.casefold() for line in lines)):
        return named
    return next((line for line in lines if name_in(line)), "")


def _texts(parts: Iterable[Part]) -> list[str]:
    return [text for part in parts for block in part.blocks for text in block_texts(block)]


def _picture_problems(
    picture: Picture, signer: str, place: Place, own: str, of_all: bool, hint: str
) -> Iterator[Problem]:
    """`own`: the picture in the file of who signs, if there is one; `of_all`: whether it is named for all letters, and
    this one is signed by somebody else."""
    of_signatory = _is_of_signatory(picture)
    is_said = name_in(picture.alt) is not None
    file = picture.path.rpartition("/")[2]
    if names_another(picture.alt, signer):
        yield Problem(Code.SIGNATURE_OF_ANOTHER, f"{picture.alt!r} stands above the name {signer!r}", place, hint)
    elif (of_signatory and picture.path != own) or (
        (picture.path == own or not is_said) and file_of_another(picture.path, signer)
    ):
        yield Problem(Code.SIGNATURE_OF_ANOTHER, f"the picture {file!r} stands above the name {signer!r}", place, hint)
    elif of_all and not of_signatory and not is_said:
        message = f"the picture {file!r} is that of all letters, and {signer} signs this one"
        yield Problem(Code.SIGNATURE_OF_ANOTHER, message, place, hint)


def _place_of(picture: Picture, path: str, text: str) -> Place:
    """Where a template names a picture."""
    lines = text.split("\n")
    file = picture.path.rpartition("/")[2]
    typed = [number for number, line in enumerate(lines, 1) if "![" in line and (file in line or picture.alt in line)]
    named = [number for number, line in enumerate(lines, 1) if _NAMED in line]
    if typed or not named:
        return line_place(path, lines, typed[0] if typed else 0, "![")
    return line_place(path, lines, named[0], _NAMED)
