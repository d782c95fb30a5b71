"""Promise 16: what nobody looked at is named. "No change", and no more, says that all of both letters was compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from conftest import Workspace
from letters.letter import ItemList, LetterKey, Paragraph, Part, Run
from letters.review import terminal
from letters.review.compare.changes import Difference, Review
from letters.review.compare.content import HIDDEN, NUMBERS, PARAGRAPH, Content, Fact, Passage, content_of
from letters.review.compare.letters import difference
from letters.review.groups.groups import group
from support.letters_by_hand import every
from support.reviewing import LETTER, build, diff

pytestmark = pytest.mark.slow


def content(*texts: str, knows: tuple[str, ...] = (), counts: Mapping[str, int] | None = None) -> Content:
    passages = tuple(Passage("body", PARAGRAPH, (Run(text),)) for text in texts)
    return Content("b.docx", passages, (), frozenset(knows), {}, counts or {})


def review(before: Content, after: Content) -> Review:
    found: Difference = difference(LetterKey("", after.name), before, after)
    return Review("a.docx", (found,), group([found], lambda *_: ()))


def headline(found: Review) -> str:
    return next(iter(terminal.lines(found)))


def test_what_was_not_looked_at_is_named_and_no_change() -> None:
    found = review(content("Dear"), content("Dear", counts={"form field": 6, "picture": 1}))
    assert headline(found) == ("from a.docx to b.docx: no change in the words; not compared: 6 form fields, 1 picture")
    assert not found.changed
    assert terminal.data(found)["not compared"] == {"form field": 6, "picture": 1}


@pytest.mark.parametrize(
    ("drawn", "pictured", "told"),
    [
        ({"drawing": 1}, {"picture": 1}, {"picture": 1}),
        ({"drawing": 1, "picture": 1}, {"picture": 2}, {"picture": 2}),
        ({"drawing": 1, "picture": 1}, {"picture": 1}, {"drawing": 1, "picture": 1}),
        ({"drawing": 2}, {}, {"drawing": 2}),
    ],
)
def test_a_crest_that_one_program_draws_and_another_has_as_a_picture_is_named_once(
    drawn: Mapping[str, int], pictured: Mapping[str, int], told: Mapping[str, int]
) -> None:
    for sides in ((drawn, pictured), (pictured, drawn)):
        before, after = (content("Dear", counts=counts) for counts in sides)
        assert review(before, after).not_compared == told


def test_where_all_was_looked_at_it_is_no_change_and_no_more() -> None:
    found = review(content("Dear"), content("Dear"))
    assert headline(found) == "no change from a.docx to b.docx"
    assert terminal.data(found)["not compared"] == {}


def test_it_is_named_beside_changes_too() -> None:
    found = review(content("Dear Ann", counts={"patch of ink": 2}), content("Dear Bob"))
    assert headline(found) == "1 change from a.docx to b.docx; not compared: 2 patches of ink"


def test_another_number_of_what_is_not_looked_at_is_a_change_where_both_can_tell() -> None:
    before = content("Dear", knows=("chart",), counts={"chart": 1})
    (change,) = review(before, content("Dear", knows=("chart",))).differences[0].facts
    assert (change.name, change.old, change.new) == ("number of charts", "1", "0")
    assert not review(before, content("Dear")).changed


def test_what_only_one_side_can_tell_is_named() -> None:
    whole = Content("a", content("Dear").passages, (Fact(HIDDEN, "not", "text"),), frozenset({HIDDEN}))
    assert "not compared: 1 stretch of hidden words" in headline(review(whole, content("Dear")))
    assert "1 change" in headline(review(whole, content("Dear", knows=(HIDDEN,))))


def listed(start: int, *, ordered: bool = True) -> Content:
    items = tuple((Paragraph((Run(text),)),) for text in ("to plan", "to act"))
    letter = every()["rich"]
    return content_of(replace(letter, parts=(Part("body", (ItemList(items, ordered, start),)),)))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (lambda: listed(1), lambda: listed(4), [("number", "to plan", "1. to 2.", "4. to 5.")]),
        (lambda: listed(4), lambda: listed(4), []),
    ],
)
def test_the_numbers_of_a_list_are_compared(
    before: Callable[[], Content], after: Callable[[], Content], told: list[tuple[str, ...]]
) -> None:
    found = difference(LetterKey("", ""), before(), after())
    assert [(one.what, one.text, one.old, one.new) for one in found.formatting] == told
    assert found.words == ()
    assert NUMBERS in before().knows


def test_a_list_of_a_template_that_begins_elsewhere_is_told(small: Workspace) -> None:
    template = f"{small.read(LETTER)}\n1. to plan\n2. to act\n"
    small.write(LETTER, template)
    build(small, "--format", "txt")
    small.write(LETTER, template.replace("1. to plan\n2.", "4. to plan\n5."))
    found = diff(small)
    (change,) = found["groups"]
    assert (change["kind"], change["title"]) == ("formatting", "number")
    assert change["places"][0]["pieces"] == [{"same": "to plan"}, {"removed": "1. to 2."}, {"added": "4. to 5."}]
    assert found["not compared"] == {}
