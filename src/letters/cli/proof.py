"""The commands of proof: wording, explain, try."""

from __future__ import annotations

from pathlib import Path

import click

from letters.cli.common import (
    DONE,
    PROBLEMS,
    REFUSED,
    as_json_option,
    in_workspace,
    not_written,
    out_option,
    print_json,
    print_lines,
    print_problems,
    progress,
    request_for,
    status_of,
)

_REPLACE = "letters wording --book --replace-edited (the edited book is moved aside)"


@click.command()
@click.argument("types", nargs=-1, metavar="[TYPE]…")
@click.option("--book", is_flag=True, help="Write the book of wordings as HTML and Word, into outputs/wording/.")
@click.option(
    "--since",
    metavar="REV",
    help="Say what changed in the wording since a git revision, old and new words; --book marks it.",
)
@click.option("--replace-edited", is_flag=True, help="Move a book that was edited in Word aside, and write it anew.")
@out_option
@as_json_option
@in_workspace
def wording(
    root: Path,
    types: tuple[str, ...],
    book: bool,
    since: str | None,
    replace_edited: bool,
    out: Path | None,
    as_json: bool,
) -> int:
    """Read every possible verdict, and say what is wrong with the wording."""
    from dataclasses import replace

    from letters.batch.pipeline import Busy, alone
    from letters.problems import plural
    from letters.proof import books, pipeline, terminal
    from letters.workspace.revision import NoRevision

    request = replace(request_for(root, (), types, out), replace_edited=replace_edited)
    result, found = pipeline.wording(request, progress(as_json, "possible letters read"))
    try:
        changed = books.changes(request, found.proofs, since) if since else {}
    except NoRevision as error:
        raise click.UsageError(str(error)) from None
    if as_json:
        print_json(
            [
                terminal.proof_data(proof, found.against, changed.get(proof.book.letter_type.called))
                for proof in found.proofs
            ]
        )
    else:
        print_problems(result.problems)
        print_lines(terminal.change_lines(found.proofs, changed) if since else ())
        for proof in found.proofs:
            print_lines(terminal.proof_lines(proof))
        print_lines(terminal.reference_lines(found))
    if book:
        try:
            with alone(request.out):
                paths = list(books.write_books(result, found.proofs, changed))
        except Busy:
            click.echo(
                f"A build is at work in {request.out}: wait until it is done, then write the book again.", err=True
            )
            return REFUSED
        except OSError as error:
            return not_written("the book", error)
        print_lines([f"written: {path}" for path in paths], err=as_json)
        print_lines(
            (f"moved aside: {path} is now {aside.rpartition('/')[2]}" for path, aside in result.moved), err=as_json
        )
        print_lines(
            (f"kept: {path} was edited since it was written, and was left as it is" for path in result.kept), err=True
        )
    problems = sum(problem.stops for problem in result.problems)
    following = (
        "mend what is said above"
        if problems
        else _REPLACE
        if result.kept
        else "letters build"
        if book
        else f"letters wording --book{f' --since {since}' if since else ''}"
    )
    warnings = len(result.problems) - problems
    counted = f"{problems or 'no'} {'problem' if problems == 1 else 'problems'}"
    counted += f", {plural(warnings, 'warning')}" if warnings else ""
    click.echo(f"{counted}. Next: {following}", err=as_json)
    return status_of(result)


@click.command()
@click.argument("force")
@click.option("--type", "type_name", metavar="TYPE", help="Which letter, where the force has several.")
@click.option("--sentence", type=click.IntRange(1), metavar="N", help="Only this sentence.")
@as_json_option
@in_workspace
def explain(root: Path, force: str, type_name: str | None, sentence: int | None, as_json: bool) -> int:
    """Why a letter says what it says: phrases, template lines, and the YAML lines that decided each sentence."""
    from letters.proof import pipeline, terminal

    request = request_for(root, (force,), (type_name,) if type_name else ())
    problems, explanations = pipeline.explain(request)
    print_problems(problems)
    data: list[object] = []
    for key, (sentences, place_of, settings) in explanations.items():
        chosen = [one for one in sentences if sentence is None or one.number == sentence]
        if not chosen:
            raise click.UsageError(f"the letter {key.type} to {key.name} has {len(sentences)} sentences")
        told = terminal.explained_data(chosen, place_of, settings)
        data.append({"type": key.type, "force": key.slug, "language": key.language, "sentences": told})
        if not as_json:
            click.echo(f"{key.name}, {key.type}\n")
            print_lines(terminal.explained_lines(chosen, place_of, settings))
    if as_json:
        print_json(data)
    return PROBLEMS if any(problem.stops for problem in problems) else DONE


@click.command("try")
@click.argument("type_name", metavar="TYPE")
@click.argument("answers", nargs=-1, metavar="FIELD=VALUE…")
@as_json_option
@in_workspace
def try_(root: Path, type_name: str, answers: tuple[str, ...], as_json: bool) -> int:
    """The verdict for an outcome, without any file; a list is FIELD='[one, another]'.

    Optional fields that are not given are left out; of what must be given, all but choices is invented, and named.
    """
    from letters.proof import terminal, trying

    pairs = dict(pair.partition("=")[::2] for pair in answers)
    if bare := [pair for pair in answers if "=" not in pair]:
        raise click.UsageError(f"{bare[0]!r} is not FIELD=VALUE")
    tried = trying.try_outcome(request_for(root, (), (type_name,)), type_name, pairs)
    if as_json:
        print_json({"type": type_name, "answers": pairs, **terminal.tried_data(tried)})
    else:
        print_problems(tried.problems)
        print_lines(tried.verdict)
        print_lines(terminal.tried_lines(tried), err=True)
    return PROBLEMS if any(problem.stops for problem in tried.problems) else DONE


COMMANDS = (wording, explain, try_)
