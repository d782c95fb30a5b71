"""Words compared: what is told gives the words after, exactly, whatever was edited; and groups lose none of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.letter import Letter, LetterKey, Run, Stage, normalise, words
from letters.letter.compared import BREAK, Op, compare_texts
from letters.review.compare import letters as comparing
from letters.review.compare.changes import ChangeKind, Difference, Group
from letters.review.compare.content import PARAGRAPH, Content, Passage, content_of
from letters.review.compare.letters import Unequal, difference
from letters.review.compare.passages import Change, Comparison, How, apply, compare
from letters.review.groups.groups import group, prove
from support.counts import examples
from support.letters_by_hand import commissioner, real

SENTENCES = tuple(dict.fromkeys(text for letter in (real("cumbria"), commissioner()) for text in words(letter)))


def passage(text: str, part: str = "body") -> Passage:
    return Passage(part, PARAGRAPH, (Run(text),))


def passages(texts: Sequence[str]) -> list[Passage]:
    return [passage(text) for text in texts]


def changes(before: Sequence[str], after: Sequence[str], values: dict[str, str] | None = None) -> Comparison:
    return compare(passages(before), passages(after), values or {})


def marked(before: str, after: str, *known: str) -> str:
    """Two texts as one, with [-what was removed-] and {+what was added+}."""
    marks = {Op.SAME: "{}", Op.REMOVED: "[-{}-]", Op.ADDED: "{{+{}+}}"}
    return "".join(marks[piece.op].format(piece.text) for piece in compare_texts(before, after, known))


# -- examples


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("We found it.", "We found it.", "We found it."),
        ("your plans were good", "your plans are good", "your plans [-were-]{+are+} good"),
        ("in which we said", "in which, we said", "in which{+,+} we said"),
        ("a report.", "a report;", "a report[-.-]{+;+}"),
        ("the inspection", "the the inspection", "{+the +}the inspection"),
        ("We came. We saw.", "We came. We looked. We saw.", "We came. {+We looked. +}We saw."),
        ("We came.", "We came. We saw.", "We came.{+ We saw.+}"),
        ("We saw. We came.", "We came.", "[-We saw. -]We came."),
        ("by 2 October 2017", "by 5 October 2017", "by [-2-]{+5+} October 2017"),
        ("call 020 3513 0500 now", "call 020 3513 0501 now", "call 020 3513 [-0500-]{+0501+} now"),
        ("it's the force's plan", "it's a force's plan", "it's [-the-]{+a+} force's plan"),
        ("counter-corruption units", "counter corruption units", "[-counter-corruption-]{+counter corruption+} units"),
        ("We saw evidence in your plans of it", "We saw proof in our records of it",
         "We saw [-evidence in your plans-]{+proof in our records+} of it"),
        ("all of it other", "not one is like", "[-all of it other-]{+not one is like+}"),
        ("1,000 letters in all", "1,200 letters in all", "[-1,000-]{+1,200+} letters in all"),
    ],
)  # fmt: skip
def test_words_are_compared_as_a_reader_would_mark_them(before: str, after: str, expected: str) -> None:
    assert marked(before, after) == expected


def test_data_is_one_word() -> None:
    before, after = "a letter to Kent Police today", "a letter to Kent Fire today"
    assert marked(before, after) == "a letter to Kent [-Police-]{+Fire+} today"
    assert marked(before, after, "Kent Police", "Kent Fire") == "a letter to [-Kent Police-]{+Kent Fire+} today"
    assert marked("Kent Policemen say so too", "Kent Policemen said so too", "Kent Police").startswith("Kent Policemen")


FIRST, SECOND, THIRD, FOURTH = SENTENCES[-4:]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([FIRST, SECOND], [SECOND, FIRST], [How.MOVED]),
        ([FIRST, SECOND, THIRD], [THIRD, FIRST, SECOND], [How.MOVED]),
        ([FIRST], [FIRST, SECOND], [How.ADDED]),
        ([FIRST, SECOND], [SECOND], [How.REMOVED]),
        (["One two three. Four five six."], ["One two three.", "Four five six."], [How.SPLIT]),
        (["One two three.", "Four five six."], ["One two three. Four five six."], [How.JOINED]),
        (["One two three four."], ["One two tree four."], [How.CHANGED]),
        (["One two three four."], ["Quite another thing."], [How.REMOVED, How.ADDED]),
        ([], [FIRST], [How.ADDED]),
        ([FIRST], [], [How.REMOVED]),
        ([FIRST, FIRST], [FIRST], [How.REMOVED]),
        ([FIRST, SECOND, THIRD], [f"{THIRD} And more.", FIRST, SECOND], [How.MOVED]),
    ],
)
def test_what_became_of_a_passage(before: list[str], after: list[str], expected: list[How]) -> None:
    found = changes(before, after)
    assert sorted(change.how for change in found.changes) == sorted(expected)
    assert apply(before, found.changes) == after


def test_a_line_of_an_address_that_is_wholly_other_stands_in_the_place_of_the_old() -> None:
    before = [passage("Dear Home Secretary", "salutation"), passage("My words.")]
    after = [passage("To whom it concerns", "salutation"), passage("My words.")]
    assert [change.how for change in compare(before, after, {}).changes] == [How.CHANGED]


# -- whatever is edited

anything = st.text(max_size=40).map(normalise).filter(bool)
sentences = st.sampled_from(SENTENCES) | anything
letters = st.lists(sentences, max_size=9)
edits = st.lists(
    st.tuples(
        st.sampled_from(["drop", "add", "move", "word", "cut", "split", "join", "again"]),
        st.integers(0, 8),
        st.integers(0, 60),
        sentences,
    ),
    max_size=5,
)


def edited(texts: Sequence[str], steps: Sequence[tuple[str, int, int, str]]) -> list[str]:
    """Some passages after a few edits, each at a passage (the first number) and a word or place (the second)."""
    texts = list(texts)
    for what, number, at, text in steps:
        here = number % (len(texts) or 1)
        if what == "add" or not texts:
            texts.insert(here, text)
            continue
        old = texts.pop(here)
        said = old.split(" ")
        word = at % len(said)
        match what:
            case "move":
                texts.insert(at % (len(texts) + 1), old)
            case "word":
                texts.insert(here, " ".join([*said[:word], text, *said[word + 1 :]]))
            case "cut":
                texts.insert(here, " ".join(said[: word + 1]))
            case "split":
                texts[here:here] = [" ".join(said[: word + 1]), " ".join(said[word + 1 :])]
            case "join" if here < len(texts):
                texts[here] = f"{old} {texts[here]}"
            case "again":
                texts[here:here] = [old, old]
            case _:
                pass
    return [text for text in map(normalise, texts) if text]


@given(letters, edits)
@settings(max_examples=examples(80))
def test_the_changes_give_the_words_after(before: list[str], steps: list[tuple[str, int, int, str]]) -> None:
    after = edited(before, steps)
    found = changes(before, after)
    assert apply(before, found.changes) == after
    if before == after:
        assert found.changes == ()


@given(letters, letters)
@settings(max_examples=examples(60))
def test_the_changes_between_any_two_letters_give_the_other(before: list[str], after: list[str]) -> None:
    assert apply(before, changes(before, after).changes) == after


@given(letters)
def test_what_is_the_same_has_no_change_and_pairs_all(texts: list[str]) -> None:
    assert changes(texts, texts) == Comparison((), tuple((number, number) for number in range(len(texts))))


@given(sentences, sentences, st.lists(st.sampled_from(["Cumbria", "your plans", "the"]), unique=True, max_size=2))
@settings(max_examples=examples(60))
def test_pieces_give_both_texts(before: str, after: str, known: list[str]) -> None:
    pieces = compare_texts(before, after, tuple(known))
    assert "".join(piece.text for piece in pieces if piece.op is not Op.ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.op is not Op.REMOVED) == after
    assert all(piece.text for piece in pieces) or before == after == ""
    assert all(one.op is not other.op for one, other in pairwise(pieces))


def lost(found: Sequence[Change]) -> list[Change]:
    return list(found[1:])


def twice(found: Sequence[Change]) -> list[Change]:
    return [*found, found[0]]


def with_another_word(found: Sequence[Change]) -> list[Change]:
    one = found[0]
    return [replace(one, pieces=(one.pieces[0]._replace(text="no such words"), *one.pieces[1:])), *found[1:]]


def elsewhere(found: Sequence[Change]) -> list[Change]:
    one = found[-1]
    start, end = one.before if one.removed else one.after
    moved = (start + 1, end + 1)
    return [*found[:-1], replace(one, before=moved) if one.removed else replace(one, after=moved)]


def beyond_the_end(found: Sequence[Change]) -> list[Change]:
    one = found[-1]
    return [*found[:-1], replace(one, after=(one.after[0] + 7, one.after[1] + 7))]


@pytest.mark.parametrize("spoil", [lost, twice, with_another_word, elsewhere, beyond_the_end])
@pytest.mark.parametrize(
    "after",
    [
        [FIRST, f"{SECOND} And more.", THIRD, FOURTH],
        [SECOND, FIRST, FOURTH, THIRD],
        ["New here.", FIRST, SECOND, THIRD, FOURTH],
        ["Changed.", FOURTH],
    ],
)
def test_changes_that_were_spoilt_do_not_give_the_words_after(
    after: list[str], spoil: Callable[[Sequence[Change]], list[Change]]
) -> None:
    before = [FIRST, SECOND, THIRD, FOURTH]
    found = changes(before, after).changes
    assert apply(before, found) == after
    made: list[str] | None = None
    with suppress(ValueError):
        made = apply(before, spoil(found))
    assert made != after


@given(st.permutations(SENTENCES[-6:]), st.integers(0, 5), st.integers(0, 5))
@settings(max_examples=examples(60))
def test_a_paragraph_that_moved_is_one_change_and_no_words_are_told_as_changed(
    texts: list[str], old: int, new: int
) -> None:
    after = list(texts)
    after.insert(new, after.pop(old))
    found = changes(texts, after).changes
    assert [change.how for change in found] == ([How.MOVED] if after != texts else [])
    assert all(piece.op is Op.SAME for change in found for piece in change.pieces)


# -- groups


def content(name: str, texts: Sequence[str], values: dict[str, str]) -> Content:
    return Content(name, tuple(passages(texts)), knows=frozenset({"formatting"}), values=values)


#: Names as long as each other, of which no word is in any sentence: what is alike hangs on the words of names too.
FORCES = ("Northshire Police", "Southshire Police", "Eastershire Police")
#: Stands for the name of a force while texts are edited, as it does in a template.
NAME = "NAME"


def batch(before: Sequence[str], steps: Sequence[tuple[str, int, int, str]], count: int) -> list[Difference]:
    """Letters with the same edits, each with its force's own name in two of its passages; the third was left alone."""
    found = []
    own = [f"A letter to {NAME}.", *before, f"Yours, {NAME} ."]
    for number in range(count):
        name = FORCES[number]
        old, new = ([text.replace(NAME, name) for text in texts] for texts in (own, edited(own, steps)))
        sides = (content(name, texts, {name: "name"}) for texts in (old, old if number == 2 else new))
        found.append(difference(LetterKey("t", name), *sides))
    return found


def no_cause(_: Sequence[Difference], __: Group) -> tuple[()]:
    return ()


@given(letters, edits, st.integers(1, 3))
@settings(max_examples=examples(60))
def test_groups_hold_each_changed_word_once(
    before: list[str], steps: list[tuple[str, int, int, str]], count: int
) -> None:
    differences = batch(before, steps, count)
    groups = group(differences, no_cause)
    prove(differences, groups)
    assert [one.number for one in groups] == list(range(1, len(groups) + 1))
    if count > 1:
        # What is the same edit in two letters is read once: no group is of one of them alone.
        both = {("t", FORCES[0]), ("t", FORCES[1])}
        assert [one.title for one in groups if len(both & set(one.letters)) == 1] == []


@given(letters, edits, st.integers(0, 99))
@settings(max_examples=examples(60))
def test_a_word_that_groups_lose_or_hold_twice_is_noticed(
    before: list[str], steps: list[tuple[str, int, int, str]], seed: int
) -> None:
    differences = batch(before, steps, 2)
    groups = group(differences, no_cause)
    if not groups:
        return
    number = seed % len(groups)
    one, others = groups[number], [*groups[:number], *groups[number + 1 :]]
    place = one.occurrences[seed % len(one.occurrences)]
    rest = tuple(other for other in one.occurrences if other is not place)
    marks = [at for at, (op, _) in enumerate(place.pieces) if op != Op.SAME]
    at = marks[seed % len(marks)]
    without_a_piece = replace(place, pieces=(*place.pieces[:at], *place.pieces[at + 1 :]))
    other = place.pieces[at]._replace(text="other")
    other_word = replace(place, pieces=(*place.pieces[:at], other, *place.pieces[at + 1 :]))
    elsewhere = replace(place, change=place.change + 1)
    for spoilt in (
        others,
        [*groups, one],
        [*others, replace(one, occurrences=(*rest, without_a_piece))],
        [*others, replace(one, occurrences=(*rest, other_word))],
        [*others, replace(one, occurrences=(*rest, elsewhere))],
    ):
        with pytest.raises(Unequal):
            prove(differences, spoilt)


def test_a_comparison_that_loses_a_word_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = (content("kent", texts, {}) for texts in ([FIRST, SECOND], [f"{FIRST} More.", "Other words."]))

    def forgetful(old: Sequence[Passage], new: Sequence[Passage], values: Mapping[str, str]) -> Comparison:
        found = compare(old, new, values)
        return replace(found, changes=found.changes[1:])

    monkeypatch.setattr(comparing, "compare", forgetful)
    with pytest.raises(Unequal):
        difference(LetterKey("t", "kent"), before, after)


# -- groups of real letters


def differences(*pairs: tuple[Letter, Letter]) -> list[Difference]:
    return [difference(a.key, content_of(a), content_of(b)) for a, b in pairs]


def test_the_same_letter_of_two_stages_has_another_stage_and_nothing_else_is_different() -> None:
    found = differences((real("cumbria", Stage.DRAFT), real("cumbria", Stage.READY)))
    assert {kind: number for kind, number in found[0].counts.items() if number} == {ChangeKind.STAGE: 1}
    assert [one.kind for one in group(found, no_cause)] == [ChangeKind.STAGE]


@pytest.mark.parametrize(("before", "after"), [("cumbria", "warwickshire"), ("south-wales", "thames-valley")])
def test_letters_to_two_forces_compared_lead_from_one_to_the_other(before: str, after: str) -> None:
    one, other = real(before), real(after)
    [found] = differences((one, other))
    assert apply(words(one), found.words) == list(words(other))
    assert BREAK not in "".join(words(other))


@pytest.mark.parametrize(
    ("before", "after", "title"),
    [
        ("We came and saw it all.", "We came and saw it.", "body: without “all”"),
        ("We came and saw it.", "We came and saw it twice.", "body: with “twice”"),
        ("We came and saw it.", "We came and heard it.", "body: “saw” → “heard”"),
        ("We came and saw it today.", "They came and saw us today.", "body: words changed in “They came and saw …”"),
        ("We came. And saw it.", "We came.\nAnd saw it.", "body: paragraph split"),
        ("We came.\nAnd saw it.", "We came. And saw it.", "body: paragraph joined"),
        ("We came.", "We came.\nQuite new.\nOld no more.", "body: 2 paragraphs added"),
        ("We came.\nQuite old.", "We came.", "body: paragraph removed"),
        ("We came here.\nWe saw that.", "We saw that.\nWe came here.", "body: paragraph moved"),
    ],
)
def test_a_group_is_called_what_it_is(before: str, after: str, title: str) -> None:
    sides = (content("kent", text.split("\n"), {}) for text in (before, after))
    assert [one.title for one in group([difference(LetterKey("t", "kent"), *sides)], no_cause)] == [title]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("In December\u00a02016, we published it", "Last December we published it", []),
        ("On 2\u00a0October we published it", "On 2 November we published it", []),
        ("On 2\u00a0October we published it", "On 2 October we printed it", ["no-break space"]),
        ("On 2\u00a0October", "On 2 October", ["no-break space"]),
    ],
)
def test_a_blank_beside_words_that_changed_is_theirs(before: str, after: str, told: list[str]) -> None:
    old, new = (
        Content("kent", (passage(text),), knows=frozenset({"formatting", "typography"})) for text in (before, after)
    )
    assert [change.old for change in difference(LetterKey("type", "kent"), old, new).formatting] == told
