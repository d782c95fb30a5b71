"""`letters new --type`: a letter type from one that is there, and its place in every force's file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from letters.cli.common import DONE, NO_TYPE_YET, PROBLEMS, REFUSED, not_written, print_lines, print_problems, today

if TYPE_CHECKING:
    from letters.workspace.campaign import Campaign
    from letters.workspace.source import Source


def new_type(root: Path, name: str, old: str | None, dry_run: bool) -> int:
    """Make the letter type `name`, and add its lines to the force files: all of them or none; gives the exit status."""
    from letters.machine.files import Store
    from letters.workspace.campaign import plan_campaign
    from letters.workspace.rewriting import ChangedMeanwhile, write_guarded
    from letters.workspace.source import Folder, letter_type_names

    source = Folder(root)
    known = letter_type_names(source)
    is_there = name in known
    if not is_there:
        _check_name(name, known, source)
    if is_there and old is not None:
        return _left_alone(name)
    old = None if is_there else _from(old, known)
    campaign = plan_campaign(source, name, old, today())
    if is_there and not campaign.files and not campaign.problems:
        return _left_alone(name)
    print_problems(campaign.problems)
    if not campaign.can_be_made:
        print_lines(["Nothing was written. Next: mend what is said above, then say this again"], err=True)
        return PROBLEMS
    try:
        if not dry_run:
            store = Store(root)
            store.remove_leftovers("forces", f"templates/{name}")
            write_guarded(store, campaign.files)
    except ChangedMeanwhile as changed:
        said = f"{', '.join(changed.paths)}: changed by somebody else meanwhile, so nothing was written."
        print_lines([f"{said} Next: say this again"], err=True)
        return REFUSED
    except OSError as error:
        return not_written(f"templates/{name}", error, "; nothing was changed")
    print_lines(_said(source, campaign, name, old, dry_run))
    return DONE


def _left_alone(name: str) -> int:
    said = f"templates/{name}/ is there already, and was left as it is; so were the files of forces/."
    print_lines([f"{said} Next: fill in what was found in these files, then letters check"], err=True)
    return REFUSED


def check_usage(force: str | None, name: str | None, old: str | None, dry_run: bool) -> None:
    """Raises UsageError unless one force or one letter type is named, with the options that go with it."""
    if name is not None and force is not None:
        raise click.UsageError(f"a letter type gets its place in all files of forces/: leave {force!r} out")
    if name is None and (old is not None or dry_run):
        raise click.UsageError("--from and --dry-run are for a letter type: letters new --type TYPE --from OLD")
    if name is None and force is None:
        raise click.UsageError("say what: letters new FORCE, or letters new --type TYPE")


#: Folders of a workspace, whose names in a letter type's place were meant otherwise.
_FOLDERS = frozenset({"templates", "forces", "outputs"})


def _check_name(name: str, known: list[str], source: Source) -> None:
    import re

    from letters.machine.files import is_plain_name
    from letters.workspace.copies import copied_from
    from letters.workspace.forces import force_files
    from letters.workspace.source import RESERVED

    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name) or not is_plain_name(name):
        hint = "use a-z, 0-9 and single hyphens, such as yearly-review-2018"
        raise click.UsageError(f"{name!r} cannot name a letter type: {hint}")
    if name in RESERVED | _FOLDERS:
        raise click.UsageError(f"no letter type can be called {name!r}: the tool has a folder of that name")
    if name in (other.casefold() for other in known):  # one folder, on many systems
        raise click.UsageError(f"there is a letter type of that name, written otherwise; one of: {', '.join(known)}")
    if name in (slugs := force_files(source)[0]):
        hint = "letters new FORCE makes a file of forces/; call the letter by what it is about, and its year"
        raise click.UsageError(f"no letter type can be called {name!r}: {slugs[name]} is of that name. {hint}")
    if copied_from(name) in known:
        raise click.UsageError(f"{name!r} looks like a stray copy of {copied_from(name)}: give it a name of its own")


def _from(old: str | None, known: list[str]) -> str | None:
    """The letter type to begin with: the one that is named, else the only one, else none where there is none."""
    from letters.problems import did_you_mean

    if old is not None:
        old = old.replace("\\", "/").removeprefix("templates/").strip("/")
        if old not in known:
            raise click.UsageError(f"there is no letter type {old!r}; {did_you_mean(old, known) or NO_TYPE_YET}")
        return old
    if len(known) > 1:
        raise click.UsageError(f"from which letter type? say --from; one of: {', '.join(known)}")
    return known[0] if known else None


def _said(source: Source, campaign: Campaign, name: str, old: str | None, dry_run: bool) -> Iterator[str]:
    from letters.problems import plural
    from letters.workspace.last_year import smells

    made, are = ("would be made", "would be") if dry_run else ("is made", "are")
    is_new = any(path.startswith("templates/") for path in campaign.files)
    if is_new:
        yield f"templates/{name}/ {made}{f' from {old}' if old else ''}."
    if campaign.added:
        how = "" if campaign.is_for_all else " as remarks, since not everybody gets this letter"
        yield f"Its lines {are} in {plural(len(campaign.added), 'file')} of forces/{how}."
    if campaign.renewed:
        files = plural(len(campaign.renewed), "file")
        yield f"Its lines {are} renewed in {files} of forces/ in which nothing was filled in: {_few(campaign.renewed)}."
    if campaign.left:
        yield f"{plural(len(campaign.left), 'file')} had something for it already, left alone: {_few(campaign.left)}."
    new = {path: one.after for path, one in campaign.files.items()}
    if old and (notes := smells({**source, **new}, name, old)):
        yield f"{plural(len(notes), 'place')} may be true of {old} alone; look at each:"
        yield from (f"  {note}" for note in notes)
    if dry_run:
        yield f"Nothing was written. Next: letters new --type {name}{f' --from {old}' if old else ''}"
    elif is_new:
        signs = "" if old else " and who signs (the one there is invented)"
        what = "its title and date" if old else "its title, its date"
        if not old:
            yield f"What is to be found of each stands in templates/{name}/outcome.yaml: change it first."
            yield f"Files of forces/ in which nothing is filled in get its new lines by: letters new --type {name}"
        yield f"Next: open templates/{name}/letter.yaml, write {what}{signs}, then letters check"
    else:
        yield "Next: fill in what was found in the files of forces/, then letters check"


def _few(slugs: tuple[str, ...]) -> str:
    return ", ".join(slugs[:5]) + (f" and {len(slugs) - 5} more" if len(slugs) > 5 else "")
