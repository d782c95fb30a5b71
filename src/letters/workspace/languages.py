"""The languages of a letter type: what `letter.yaml` says of them, and the files and texts that each needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from letters.letter import ENGLISH, LANGUAGE_NAMES, WELSH
from letters.problems import Code, Place, Problem, Severity
from letters.workspace.fields import Field
from letters.workspace.model import OWN_WORDS, LetterType, in_language, own_key
from letters.workspace.raw import KeyPath, Raw
from letters.workspace.source import Source

#: The files of a letter type that there is one of for each language.
_FILES = ("letter.md", "wording.yaml", "verdict.md")


def languages_of(data: Mapping[str, object]) -> tuple[str, ...]:
    """The languages that `letter.yaml` names, in order; English where it names none that there are."""
    named = data.get("languages")
    found = [one for one in named if one in LANGUAGE_NAMES] if isinstance(named, list) else []
    return tuple(dict.fromkeys(found)) or (ENGLISH,)


def language_problems(source: Source, raw: Raw, folder: str) -> Iterator[Problem]:
    """What a letter type lacks of its languages, and what it has of one that it is not in."""
    data = raw.data if isinstance(raw.data, dict) else {}
    languages = languages_of(data)
    if data.get("together") and len(languages) < 2:
        hint = "write languages: [en, cy], or take `together` out"
        message = "`together` puts letters in two languages into one file, and these are in one"
        yield Problem(Code.BROKEN_LANGUAGES, message, raw.place(("together",), key=True), hint)
    if WELSH in languages and "title_cy" not in data:
        hint = "add `title_cy: …`, the subject of the letter in Welsh"
        yield Problem(Code.MISSING_KEY, "the letter is in Welsh, and its title is not", raw.place(("languages",)), hint)
    welsh = in_language(f"{folder}/letter.md", WELSH)
    if WELSH in languages and welsh not in source:
        hint = (
            "copy letter.md to letter.cy.md; put each stretch into a remark, {# English: … #}, and below it its Welsh"
        )
        message = "the letter is in Welsh, and there is no letter.cy.md"
        yield Problem(Code.MISSING_FILE, message, raw.place(("languages",)), hint)
    if "salutation" in data and WELSH in languages and ENGLISH in languages and "salutation_cy" not in data:
        hint = "add `salutation_cy: …` below it"
        message = "the letter is in Welsh, and its salutation is not"
        yield Problem(Code.MISSING_KEY, message, raw.place(("salutation",), key=True), hint)
    named = data.get("languages", [])
    if WELSH not in languages and isinstance(named, list) and all(one in LANGUAGE_NAMES for one in named):
        yield from _unused_welsh(source, raw, folder)


def _unused_welsh(source: Source, raw: Raw, folder: str) -> Iterator[Problem]:
    """Files and texts in Welsh of a letter type that does not say that it is in Welsh."""
    hint = "write languages: [en, cy] into letter.yaml if the letter is in Welsh too"
    for path in (in_language(f"{folder}/{file}", WELSH) for file in _FILES):
        if path in source:
            yield Problem(Code.WELSH_NOT_USED, "is not used: these letters are in English", Place(path), hint, _WARNING)
    data = raw.data if isinstance(raw.data, dict) else {}
    for key in (key for key in ("title_cy", "salutation_cy") if key in data):
        message = f"{key} is not used: these letters are in English"
        yield Problem(Code.WELSH_NOT_USED, message, raw.place((key,), key=True), hint, _WARNING)


_WARNING = Severity.WARNING


def own_words_problems(letter_type: LetterType, raw: Raw, own: Mapping[str, object]) -> Iterator[Problem]:
    """What a letter says for itself in one of its languages and not in the other, or in one that it is not in."""
    languages = [one.language for one in letter_type.editions]
    at = ("letters", letter_type.name)
    for key in OWN_WORDS:
        given = [language for language in (ENGLISH, WELSH) if own.get(own_key(key, language))]
        for language in given:
            own_name, place = own_key(key, language), raw.place((*at, own_key(key, language)), key=True)
            if language not in languages:
                message = f"{own_name} is not used: this letter is not in {LANGUAGE_NAMES[language]}"
                yield Problem(Code.OWN_WORDS_IN_ONE_LANGUAGE, message, place, _other_hint(key, languages))
            elif lacking := [other for other in languages if other not in given]:
                name = LANGUAGE_NAMES[lacking[0]]
                message = f"{own_name} is given, and in {name} nothing: the letter is in both"
                hint = f"add `{own_key(key, lacking[0])}: …` with the same in {name}"
                yield Problem(Code.OWN_WORDS_IN_ONE_LANGUAGE, message, place, hint)
        if set(given) == set(languages) == {ENGLISH, WELSH}:
            yield from _uneven(raw, at, key, own)


def free_text_problems(letter_type: LetterType, raw: Raw, answers: Mapping[str, object]) -> Iterator[Problem]:
    """What a letter in both languages has in one of two fields that are the same, `remarks` and `remarks_cy`."""
    if {one.language for one in letter_type.editions} == {ENGLISH, WELSH}:
        yield from _one_of_two(letter_type.outcome, answers, raw, ("letters", letter_type.name))


def _one_of_two(field: Field, value: object, raw: Raw, at: KeyPath) -> Iterator[Problem]:
    if isinstance(value, Mapping):
        names = {name for one in field.each_kind() for name in one.fields}
        for name in sorted(name for name in names if own_key(name, WELSH) in names):
            given = [key for key in (name, own_key(name, WELSH)) if value.get(key)]
            if len(given) == 1:
                other, language = (own_key(name, WELSH), "Welsh") if given == [name] else (name, "English")
                message = f"{given[0]} is given, and in {language} nothing: the letter is in both"
                hint = f"add `{other}: …` with the same in {language}"
                yield Problem(Code.OWN_WORDS_IN_ONE_LANGUAGE, message, raw.place((*at, given[0]), key=True), hint)
    inside = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in inside:
        yield from _one_of_two(field.at((key,)), inner, raw, (*at, key))


def _other_hint(key: str, languages: Sequence[str]) -> str:
    return f"take it out, or write {own_key(key, languages[0])}"


def _uneven(raw: Raw, at: KeyPath, key: str, own: Mapping[str, object]) -> Iterator[Problem]:
    """Entries that are there in one language only."""
    english, welsh = own.get(key), own.get(own_key(key, WELSH))
    place = raw.place((*at, own_key(key, WELSH)), key=True)
    if isinstance(english, dict) and isinstance(welsh, dict):
        for one, other, said, name in (
            (english, welsh, own_key(key, WELSH), "Welsh"),
            (welsh, english, key, "English"),
        ):
            for phrase in (phrase for phrase in one if phrase not in other):
                where = raw.place((*at, key if one is english else own_key(key, WELSH), phrase), key=True)
                message = f"{phrase!r} is worded otherwise, and in {name} it is not"
                yield Problem(Code.OWN_WORDS_IN_ONE_LANGUAGE, message, where, f"add `{phrase}: …` below {said} as well")
    elif isinstance(english, list) and isinstance(welsh, list) and len(english) != len(welsh):
        message = f"{len(english)} in English and {len(welsh)} in Welsh"
        hint = f"write as many below {own_key(key, WELSH)} as below {key}, in the same order"
        yield Problem(Code.OWN_WORDS_IN_ONE_LANGUAGE, message, place, hint)
