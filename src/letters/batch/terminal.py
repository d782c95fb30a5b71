"""Results as lines for a person, and as data for `--json`. Pure: nothing is printed here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from letters.batch.formats import COMPOSED
from letters.batch.manifest import LetterMemory
from letters.batch.plan import EDITED, Action, Step
from letters.batch.request import Result
from letters.batch.terminal_files import (
    CLEAN,
    keep_or_replace,
    kept_letters,
    kept_line,
    left_over_count,
    left_over_data,
    left_over_lines,
    not_built_lines,
    untouched_lines,
    word_file_data,
)
from letters.letter import LetterKey
from letters.problems import plural
from letters.workspace.model import Word

#: More letters than this with one reason are counted; fewer are named.
NAMED = 6


def letter_reasons(result: Result) -> dict[LetterKey, str]:
    """For each letter that is not up to date (type, slug): the reason, the first of its formats'."""
    reasons: dict[LetterKey, str] = {}
    for step in _renditions(result.steps):
        if step.action is Action.BUILD:
            reasons.setdefault(step.wanted.key, step.reason)
    return reasons


def edited_letters(result: Result) -> set[LetterKey]:
    """The letters whose DOCX somebody edited since it was built, and that nobody said is to stay."""
    return {step.wanted.key for step in result.steps if step.reason == EDITED}


def build_lines(result: Result, *, dry_run: bool, verbose: bool) -> Iterator[str]:
    """What a build did, or would do, letter by letter; letters that stay the same are not listed."""
    verb = "would change" if dry_run else "changed"
    done = {want.key for want in result.built}
    reasons = {key: why for key, why in letter_reasons(result).items() if dry_run or key in done}
    for why, keys in _by_reason(reasons).items():
        if len(keys) > NAMED:
            yield f"{verb}: {len(keys)} letters ({why})"
        else:
            yield from (f"{verb}: {named(key)} ({why})" for key in keys)
    for path, aside in result.moved:
        yield f"moved aside: {path} is now {aside}"
    yield from untouched_lines(result)
    if result.request.keep_edited:
        yield from (f"{step.wanted.path} is {kept_line(step)}" for step in kept_letters(result).values())
    if verbose:
        yield from (f"  {want.path}" for want in result.built if want.format != COMPOSED)


def warning_lines(result: Result, *, quiet: bool = False, verbose: bool = False) -> Iterator[str]:
    """What was left alone, and (unless `quiet`: it is no problem) what is left over."""
    for step in result.refused:
        yield f"kept: {step.wanted.path} was edited since it was built, and was left as it is"
    for step in kept_letters(result).values():
        if step.kept and step.kept.letter != step.wanted.letter:
            yield f"{step.wanted.path} is {kept_line(step)}"
    yield from not_built_lines([one for one in result.not_built if one.files], result, verbose=verbose)
    if not quiet:
        yield from left_over_lines(result.left_over, result.survey.word, verbose=verbose)


def summary(result: Result, *, dry_run: bool = False) -> str:
    """The last line of a build: counts, and the next command."""
    keys = {step.wanted.key for step in result.steps}
    done = {want.key for want in result.built if want.format != COMPOSED}
    changed = set(letter_reasons(result)) if dry_run else done
    not_made = (set(letter_reasons(result)) - done) if not dry_run else set()
    broken = broken_letters(result)
    counts = [
        f"{len(changed)} {'would change' if dry_run else 'changed'}",
        f"{len(keys - changed - not_made)} the same",
        *([f"{len(not_made)} not made"] if not_made else []),
        *([_with_problems(broken, result.survey.word)] if broken else []),
        *([f"{len(result.waiting)} waiting for outcomes"] if result.waiting else []),
        *left_over_count(result),
    ]
    return f"{plural(len(keys), 'letter', 'letters')}: {', '.join(counts)}. Next: {_next(result, dry_run)}"


def broken_letters(result: Result) -> int:
    """How many force files have problems that stop their letters."""
    stopping = {problem.place.path for problem in result.problems if problem.stops}
    return sum(path.startswith("forces/") for path in stopping)


def _with_problems(count: int, word: Word) -> str:
    return plural(count, f"{word.one} with problems", f"{word.many} with problems")


def _next(result: Result, dry_run: bool) -> str:
    if any(problem.stops for problem in result.problems):
        return "mend what is said above, then letters build"
    if result.refused:
        return keep_or_replace({step.wanted.key.slug for step in result.refused})
    if dry_run and letter_reasons(result):
        return "letters build"
    if not result.built:
        following = "edit a file in forces/, then letters diff" if result.steps else _fill_in(result)
    else:
        # Of letters that were not there before, there is nothing to review against.
        following = "letters status" if set(letter_reasons(result).values()) == {"new"} else "letters review"
    return f"{CLEAN}, then {following}" if result.left_over else following


def status_lines(result: Result, *, verbose: bool = False) -> Iterator[str]:
    """Where each letter stands, by letter type, with the totals by overview group."""
    reasons, edited, kept = letter_reasons(result), edited_letters(result), kept_letters(result)
    waiting = {name: [key.slug for key in result.waiting if key.type == name] for name in result.survey.types}
    for type_name, facts in result.survey.types.items():
        titles = dict(facts.groups)
        asked = {step.wanted.key for step in result.steps if step.wanted.key.type == type_name}
        in_order = sorted(asked, key=lambda key: (key.slug, facts.languages.index(key.language)))
        found = ((key, result.survey.forces[key.slug].of(key)) for key in in_order)
        rows = [(key, letter) for key, letter in found if letter]
        each = {key.slug: letter for key, letter in rows}.values()  # one that is in two languages is counted once
        held = held_letters(result, type_name)
        yield f"{type_name}: {plural(len(rows), 'letter', 'letters')}" + (f", {len(held)} held" if held else "")
        yield from (f"  {line}" for line in _totals([letter.group for letter in each], titles))
        yield from (f"  {line}" for line in _totals([letter.stage for letter in each], {}))
        for key, letter in rows:
            state = reasons.get(key) or "up to date"
            state = f"edited in Word, not replaced; {state}" if key in edited else state
            state = f"{state}; Word file {kept_line(kept[key])}" if key in kept else state
            state = f"{state}; its Welsh is stale" if key in result.survey.behind else state
            yield f"    {key.name:<20} {letter.stage:<9} {titles.get(letter.group, ''):<25} {state}".rstrip()
        yield from (f"    {key.name:<20} {'ready':<9} {'':<25} held: its Welsh is stale" for key in held)
        if waiting[type_name]:
            names = ", ".join(
                waiting[type_name]
                if verbose or len(waiting[type_name]) <= NAMED
                else [*waiting[type_name][:NAMED], "…"]
            )
            yield f"  waiting for outcomes: {len(waiting[type_name])} ({names})"
        yield ""
    if result.not_built:
        yield from [*not_built_lines(result.not_built, result, verbose=verbose), ""]
    yield from untouched_lines(result)


def held_letters(result: Result, type_name: str) -> list[LetterKey]:
    """The letters of a type that are ready and do not go out, because their Welsh is not up to date."""
    asked = (key for key in result.survey.behind & result.survey.stopped if key.type == type_name)
    languages = result.survey.types[type_name].languages
    found = (key for key in asked if result.request.wants(key))
    return sorted(found, key=lambda key: (key.slug, languages.index(key.language)))


def status_summary(result: Result) -> str:
    """The last line of a status: what to do next."""
    todo, edited = letter_reasons(result), edited_letters(result)
    letters = {step.wanted.key for step in result.steps}
    start = f"{plural(len(letters), 'letter', 'letters')}: {len(letters - set(todo) - edited)} up to date"
    parts = [f"{len(todo)} to build"] if todo else []
    parts += [f"{len(edited)} edited in Word"] if edited else []
    parts += [f"{len(kept)} kept as edited by hand"] if (kept := kept_letters(result)) else []
    parts += [f"{len(result.waiting)} waiting for outcomes"] if result.waiting else []
    parts += left_over_count(result)
    broken = broken_letters(result)
    parts += [_with_problems(broken, result.survey.word)] if broken else []
    if any(problem.stops for problem in result.problems):
        following = "letters check"
    elif todo:
        following = "letters build"
    elif edited:
        following = keep_or_replace({key.slug for key in edited})
    elif result.left_over:
        following = CLEAN
    else:
        following = "edit a file in forces/, then letters build"
    return f"{', '.join([start, *parts])}. Next: {following}"


def check_summary(result: Result) -> str:
    """The last lines of a check: what spelling was checked with, counts, and the next command."""
    errors = sum(problem.stops for problem in result.problems)
    warnings = len(result.problems) - errors
    letters = sum(bool(facts.letter) for _, facts in _asked_for(result))
    found = [plural(errors, "problem", "problems"), *([plural(warnings, "warning")] if warnings else [])]
    waiting = f", {len(result.waiting)} waiting for outcomes" if result.waiting else ""
    following = "mend what is said above" if errors else "letters build" if letters else _fill_in(result)
    spelling = f"Spelling: {result.spelling}\n" if result.spelling else ""
    counts = f"{plural(letters, 'letter', 'letters')} can be built{waiting}: {', '.join(found)}"
    return f"{spelling}{counts}. Next: {following}"


def elsewhere_lines(result: Result) -> Iterator[str]:
    """That there is more to mend, though not in what was asked about."""
    if result.elsewhere:
        more = plural(result.elsewhere, "more problem or warning concerns", "more problems and warnings concern")
        yield f"{more} other letters: letters check"


def _fill_in(result: Result) -> str:
    """What to do where every letter that was asked about waits for its outcome, or none is expected."""
    slugs = sorted({key.slug for key in result.waiting})
    if not slugs:
        return f"add an outcome below `letters:` in the {result.survey.word.one}'s file, or letters status"
    where = f"forces/{slugs[0]}.yaml" if len(slugs) == 1 else "the files in forces/"
    return f"fill in the outcomes in {where}, and change their stage from awaited"


def as_data(result: Result) -> dict[str, object]:
    """A result for `--json`."""
    reasons, edited = letter_reasons(result), edited_letters(result)
    built = {want.key: [] for want in result.built}  # type: dict[LetterKey, list[str]]
    for want in result.built:
        if want.format != COMPOSED:
            built[want.key].append(want.path)
    words = {step.wanted.key: step for step in result.steps if step.wanted.format == "docx"}
    letters = []
    for key, facts in _asked_for(result):
        letters.append(
            {
                **_key_data(key),
                "stage": facts.stage,
                "group": facts.group or None,
                "reason": reasons.get(key),
                "edited": key in edited,
                "welsh_is_stale": key in result.survey.behind,
                "word_file": word_file_data(words[key]) if key in words else None,
                "built": built.get(key, []),
            }
        )
    return {
        "letters": letters,
        "groups": {type_name: _group_totals(result, type_name) for type_name in result.survey.types},
        "waiting": [_key_data(key) for key in result.waiting],
        "held": [_key_data(key) for name in result.survey.types for key in held_letters(result, name)],
        "left_over": [path for one in result.left_over for path in one.files],
        "left_over_letters": [left_over_data(one) for one in result.left_over],
        **({"spelling": result.spelling} if result.spelling else {}),
        "not_built": [left_over_data(one) for one in result.not_built],
        "problems": [problem.as_data() for problem in result.problems],
    }


def _key_data(key: LetterKey) -> dict[str, object]:
    return {"type": key.type, "force": key.slug, "language": key.language}


def _asked_for(result: Result) -> Iterator[tuple[LetterKey, LetterMemory]]:
    """Key and facts of each letter that was asked for."""
    for slug, force in sorted(result.survey.forces.items()):
        yield from ((key, facts) for key, facts in force.keyed(slug) if result.request.wants(key))


def _group_totals(result: Result, type_name: str) -> dict[str, int]:
    first = result.survey.types[type_name].first
    found = (force.of(first(type_name, slug)) for slug, force in result.survey.forces.items())
    letters = (letter for letter in found if letter)
    return dict(sorted(Counter(letter.group for letter in letters if letter.group).items()))


def named(key: LetterKey) -> str:
    """A letter as people say it: the force, then the type."""
    return f"{key.name}, {key.type}"


def _renditions(steps: Iterable[Step]) -> Iterator[Step]:
    return (step for step in steps if step.wanted.format != COMPOSED)


def _by_reason(reasons: Mapping[LetterKey, str]) -> dict[str, list[LetterKey]]:
    grouped: dict[str, list[LetterKey]] = {}
    for key, why in reasons.items():
        grouped.setdefault(why, []).append(key)
    return grouped


def _totals(values: list[str], titles: Mapping[str, str]) -> Iterator[str]:
    known = [value for value in values if value]
    order = [value for value in titles if value in known] or sorted(set(known))
    counts = Counter(known)
    if known:
        yield ", ".join(f"{counts[value]} {titles.get(value, value)}" for value in order)
