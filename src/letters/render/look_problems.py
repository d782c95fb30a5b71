"""What is told where a letterhead does not look the same in Word and in the PDF: the style, both values, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from letters.letter import HouseStyle
from letters.problems import Code, Place, Problem, Severity
from letters.render.agreement import BOLD_WORDS, ITALIC_WORDS, PAPER_STYLE, Difference, differences
from letters.render.logos import logo_differences
from letters.workspace.looks.aspects import Aspect, Value, declaration, value_said

#: So many styles that differ alike are named.
_NAMED = 3
#: More than this have something in common.
_SEVERAL = 8
#: What stands in a cell has no margins, but room in the cell.
_CELLS = ("th", "td")
_SWITCHES = (Aspect.BOLD, Aspect.ITALIC, Aspect.UNDERLINE)


def look_problems(style: HouseStyle, parts: Iterable[str], logos: Sequence[str] = ()) -> list[Problem]:
    """Where Word and the PDF differ, as warnings. `parts`: the names of those that the letters have; `logos`: the
    pictures of the masthead, by their paths among those of the house style."""
    found = [*differences(style.css, style.styles, frozenset(parts)), *logo_differences(style, logos)]
    by_rule: dict[tuple[int, int], list[Difference]] = {}
    by_style: dict[str, list[Difference]] = {}
    for one in found:
        node = one.sheet.node
        if node is None:
            by_style.setdefault(one.style, []).append(one)
        else:
            by_rule.setdefault((node.source_line, node.source_column), []).append(one)
    return [*_of_rules(style, by_rule.values()), *_of_styles(style, by_style.values())]


def _of_rules(style: HouseStyle, groups: Iterable[Sequence[Difference]]) -> Iterator[Problem]:
    """Those that a rule of letter.css makes, at the rule."""
    lines = style.css.split("\n")
    for group in groups:
        node = group[0].sheet.node
        text = lines[node.source_line - 1] if 0 < node.source_line <= len(lines) else ""
        place = Place(f"{_folder(style)}/letter.css", node.source_line, node.source_column, text)
        first = [one for one in group if one.style == group[0].style]
        else_ = "or change the rule here. What is meant for screens alone stands in @media screen"
        yield _problem(_message(group, first), place, f"{_in_word(group, first)}; {else_}")


def _of_styles(style: HouseStyle, groups: Iterable[Sequence[Difference]]) -> Iterator[Problem]:
    """Those of which letter.css says nothing, at the file of styles; styles that differ alike once."""
    alike: dict[tuple[tuple[Aspect, Value, Value], ...], list[Difference]] = {}
    for group in groups:
        key = tuple((one.aspect, one.word, one.sheet.value) for one in group)
        alike.setdefault(key, []).extend(group)
    for group in alike.values():
        first = [one for one in group if one.style == group[0].style]
        back, rules = _in_word(group, first), " ".join(_rules(group))
        hint = f"for both, write `{rules}` in letter.css; or {back}" if rules else back
        yield _problem(_message(group, first), Place(f"{_folder(style)}/styles.docx"), hint)


def _in_word(group: Sequence[Difference], first: Sequence[Difference]) -> str:
    """What to do in Word."""
    if group[0].aspect is Aspect.PICTURE:
        width = value_said(Aspect.PICTURE, group[0].sheet.value)
        return f"save {group[0].style} with as many pixels to the inch that it is {width} wide"
    if {one.style for one in group} <= {BOLD_WORDS, ITALIC_WORDS}:
        return "leave them as the words around them are: Word has no style for them"
    how = "Layout, Margins" if group[0].style == PAPER_STYLE else "Modify Style"
    return f"give {_styles(group)} in styles.docx (in Word: {how}) {_values(first, of_word=False)}"


def _rules(group: Sequence[Difference]) -> Iterator[str]:
    """Rules that say in a style sheet what Word's styles say."""
    declared: dict[tuple[str, ...], list[str]] = {}
    by_selector: dict[str, dict[str, None]] = {}
    for one in group:
        if one.selector:
            said = declaration(one.aspect, one.word)
            if one.selector in _CELLS:
                said = said.replace("margin-", "padding-")
            by_selector.setdefault(one.selector, {})[said] = None
    if len(by_selector) > _SEVERAL:  # what all text has, a rule for the whole letter gives them
        by_selector = {".letter": {name: None for names in by_selector.values() for name in names}}
    for selector, declarations in by_selector.items():
        declared.setdefault(tuple(declarations), []).append(selector)
    for body, selectors in declared.items():
        yield f"{', '.join(selectors)} {{ {'; '.join(body)} }}"


def _message(group: Sequence[Difference], first: Sequence[Difference]) -> str:
    one, other = _values(first, of_word=True), _values(first, of_word=False)
    many = len({difference.style for difference in group}) > 1
    where = "by the file itself" if group[0].aspect is Aspect.PICTURE else "in styles.docx"
    return (
        f"{_styles(group)} {'do' if many else 'does'} not look the same in Word and in the PDF:"
        f" {one} {where}, {other} by letter.css"
    )


def _styles(group: Sequence[Difference]) -> str:
    names = list(dict.fromkeys(one.style for one in group))
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(f"{name!r}" for name in names[:_NAMED]) + more


def _values(group: Sequence[Difference], *, of_word: bool) -> str:
    said = []
    for one in group:
        value = value_said(one.aspect, one.word if of_word else one.sheet.value)
        said.append(value if one.aspect in _SWITCHES else f"{one.aspect} {value}")
    return " and ".join(dict.fromkeys(said))


def _folder(style: HouseStyle) -> str:
    return f"templates/letterheads/{style.name}"


def _problem(message: str, place: Place, hint: str) -> Problem:
    return Problem(Code.LOOKS_DIFFER_BUILT, message, place, hint, Severity.WARNING)
