"""Whether what a stretch says by turns, as tests inside it decide, is said in Welsh of the same outcomes as in English.

Words under a test stand for the English that a remark in front of them names, `{% if … %}{# English: … #}…{% endif %}`;
the same values, `{{ … }}`, for each other; all else for the English in the same place. Tests are held against each
other by all answers there can be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, product

from jinja2 import Environment, TemplateError, nodes

from letters.compose.comparisons import OPPOSITE
from letters.compose.named import dotted
from letters.compose.negation import says_no, says_no_in_welsh
from letters.compose.stretches import Unit, english_of, folded, has_words
from letters.problems import Code, quoted
from letters.workspace.fields import Field

_TOKEN = re.compile(r"\{#-?(?P<remark>.*?)-?#\}|\{%[-+]?\s*(?P<tag>\w+)(?P<test>.*?)[-+]?%\}", re.S)
_CODE = re.compile(r"\{\{(.*?)\}\}|\{%(.*?)%\}", re.S)
_JINJA = Environment(autoescape=True)  # reads tests, and prints nothing
#: So many combinations of answers are looked at; a stretch with more is not judged.
_MOST = 4096

#: An answer to each question that tests ask: a fact's value by its name, whether any other test holds by its own.
_World = Mapping[str, object]


@dataclass(frozen=True)
class Otherwise:
    """What is wrong with words that a Welsh stretch says by turns, and what to do."""

    code: Code
    message: str
    hint: str


@dataclass
class _Branch:
    """Words under tests that all must hold, or must not: `when`. `english`: what a remark in front of them says."""

    when: list[tuple[nodes.Expr, bool]]
    text: str = ""
    english: str | None = None

    @property
    def said(self) -> str:
        return folded(self.text).replace("_cy", "")


@dataclass
class _Chain:
    """The branches of one `{% if %}`; of one without `{% else %}` the last is empty."""

    branches: list[_Branch]
    is_closed: bool = False
    asks: set[str] = field(default_factory=set)

    @property
    def saying(self) -> list[_Branch]:
        return [one for one in self.branches if one.said]


def otherwise(english: str, welsh: str, unit: Unit, outcome: Field) -> Iterator[Otherwise]:
    """What a Welsh stretch says by turns and its English does not say of the same outcomes.

    `english`, `welsh`: both as they are typed; `unit`: the English one.
    """
    if "{%" not in english + welsh:
        return
    judge = _Judge(outcome)
    here, made = (judge.chains(text) for text in (english, welsh))
    if not judge.weigh():
        return
    for chain in made:
        related = [one for one in here if one.asks & chain.asks]
        if related:
            yield from _of_chain(judge, chain, related)
    asked = {fact for code in _CODE.finditer(welsh) for fact in judge.facts_in(code[0])}
    for chain in here:
        if (
            chain.asks <= judge.answers.keys()
            and not chain.asks & asked
            and any(has_words(b.said) for b in chain.saying)
        ):
            name = ", ".join(sorted(chain.asks))
            message = f"this Welsh says the same whatever {name} is, and its English says one thing or another"
            yield Otherwise(Code.SAID_OF_ANOTHER_OUTCOME, message, f"let it decide as its English, line {unit.first}")


def _of_chain(judge: _Judge, chain: _Chain, related: Sequence[_Chain]) -> Iterator[Otherwise]:
    known = [branch for one in related for branch in one.saying]
    unpaired: list[_Branch] = []
    for branch in chain.saying:
        english = branch.english if branch.english is not None else branch.said
        pairs = [one for one in known if one.said == english]
        if branch.english is None and (has_words(branch.said) or not pairs):
            unpaired.append(branch)
        elif not pairs:
            message = f"the English of {quoted(folded(branch.text))} was {quoted(english)}, which is not said here now"
            yield Otherwise(Code.STALE_WELSH, message, f"English says here: {_listed(known)}; mend Welsh and remark")
        elif not any(judge.where(one) == judge.where(branch) for one in pairs):
            yield _astray(judge, branch, known)
    yield from _in_order(judge, unpaired, chain, related)


def _in_order(
    judge: _Judge, unpaired: Sequence[_Branch], chain: _Chain, related: Sequence[_Chain]
) -> Iterator[Otherwise]:
    """The same of words that no remark pairs: the first stands for the first of the English, and so on."""
    known = [branch for one in related for branch in one.saying]
    alike = [one for one in related if len(one.saying) == len(chain.saying)]
    if not alike:
        places = {judge.where(branch) for one in related for branch in one.branches}
        yield from (_astray(judge, one, known) for one in unpaired if judge.where(one) not in places)
        return
    each = [list(zip(chain.saying, one.saying, strict=True)) for one in alike]
    astray = [[one for one, other in pairs if judge.where(one) != judge.where(other)] for pairs in each]
    best = min(astray, key=len)
    yield from (_astray(judge, one, known) for one in best if one in unpaired)
    if not best and all(_is_crossed(pairs) for pairs in each):
        yield _looks_swapped(each[0])


def _is_crossed(pairs: Sequence[tuple[_Branch, _Branch]]) -> bool:
    """Whether of some Welsh and English words by turns one says no in English alone, and another in Welsh alone."""
    told = {(says_no_in_welsh(one.said), says_no(other.said)) for one, other in pairs if not one.english}
    return {(True, False), (False, True)} <= told


def _looks_swapped(pairs: Sequence[tuple[_Branch, _Branch]]) -> Otherwise:
    one, other = next(pair for pair in pairs if not says_no_in_welsh(pair[0].said) and says_no(pair[1].said))
    message = f"this Welsh, {quoted(folded(one.text))}, is said where the English says {quoted(folded(other.text))}"
    hint = (
        "put the Welsh under the test of its English; if it is right, say so in front of each, behind its %}: "
        f"{{# English: {other.said} #}}"
    )
    return Otherwise(Code.SAID_OF_ANOTHER_OUTCOME, message, hint)


def _astray(judge: _Judge, branch: _Branch, known: Sequence[_Branch]) -> Otherwise:
    says = [one for one in known if judge.where(one) & judge.where(branch)]
    instead = f"says {_listed(says)}" if says else "says nothing of the kind"
    message = f"this Welsh, {quoted(folded(branch.text))}, is said of outcomes of which the English {instead}"
    hint = (
        "write the tests and their order as the English has them; where Welsh needs another order, say of which "
        "English each is, behind its %}: {# English: … #}"
    )
    return Otherwise(Code.SAID_OF_ANOTHER_OUTCOME, message, hint)


def _listed(branches: Sequence[_Branch]) -> str:
    return " or ".join(dict.fromkeys(quoted(folded(one.text)) for one in branches))


class _Judge:
    """Reads tests, and says of which answers they hold."""

    def __init__(self, outcome: Field) -> None:
        self._outcome = outcome
        #: What tests ask: of a fact its answers, of anything else yes and no.
        self.questions: dict[str, list[object]] = {}
        self.answers: dict[str, list[object]] = {}
        self._worlds: list[_World] = []

    def chains(self, text: str) -> list[_Chain]:
        """The chains of a stretch, those in others after them; one that is not whole in it, or cannot be read, is not
        there."""
        found: list[_Chain] = []
        opened: list[_Chain] = []
        at = 0
        for token in [*_TOKEN.finditer(text), None]:
            for chain in opened:
                chain.branches[-1].text += text[at : token.start() if token else len(text)]
            at = token.end() if token else len(text)
            if token and token["remark"] is not None and opened:
                branch = opened[-1].branches[-1]
                branch.english = branch.english or english_of(token["remark"])
            elif token and token["tag"]:
                self._tag(token["tag"], token["test"], opened, found)
        whole = [chain for chain in found if chain.is_closed and chain.asks]
        for branch in (branch for chain in whole for branch in chain.branches):
            branch.english = folded(branch.english) if branch.english else None
        return whole

    def _tag(self, tag: str, test: str, opened: list[_Chain], found: list[_Chain]) -> None:
        if tag == "if":
            around = opened[-1].branches[-1].when if opened else []
            opened.append(_Chain([_Branch([*around, (_read(test), True)])]))
            found.append(opened[-1])
        elif tag in ("elif", "else", "endif") and opened:
            chain = opened[-1]
            *before, (last, is_so) = chain.branches[-1].when
            if is_so:  # else the last branch is that of `else`
                more = [(_read(test), True)] if tag == "elif" else []
                chain.branches.append(_Branch([*before, (last, False), *more]))
            if tag == "endif":
                opened.pop()
                chain.is_closed = True
                chain.asks = {name for branch in chain.branches for one, _ in branch.when for name in self._asked(one)}

    def weigh(self) -> bool:
        """Whether all answers to what is asked can be looked at."""
        every = product(*self.questions.values())
        self._worlds = [dict(zip(self.questions, one, strict=True)) for one in islice(every, _MOST + 1)]
        return len(self._worlds) <= _MOST

    def where(self, branch: _Branch) -> frozenset[int]:
        """Of which answers a branch is taken, by their numbers."""
        return frozenset(number for number, world in enumerate(self._worlds) if self._holds(branch, world))

    def _holds(self, branch: _Branch, world: _World) -> bool:
        return all(bool(self._value(test, world)) == is_so for test, is_so in branch.when)

    def facts_in(self, code: str) -> Iterator[str]:
        """The facts with answers that some code names."""
        for fact in re.findall(r"\boutcome(?:\.\w+)+", code):
            yield from (name for name in self.answers if name == fact or fact.startswith(f"{name}."))

    def _asked(self, node: nodes.Node) -> Iterator[str]:
        """The names of what a test asks, each noted with what may be answered."""
        match node:
            case nodes.And(left=one, right=other) | nodes.Or(left=one, right=other):
                yield from self._asked(one)
                yield from self._asked(other)
            case nodes.Not(node=one):
                yield from self._asked(one)
            case _:
                names = list(self._facts(node))
                for name in names or [_name(node)]:
                    self.questions.setdefault(name, self.answers.get(name, [False, True]))
                    yield name

    def _facts(self, leaf: nodes.Node) -> Iterator[str]:
        """The facts with answers that a comparison is of; none where it asks anything else as well."""
        parts = [leaf.expr, *(op.expr for op in leaf.ops)] if isinstance(leaf, nodes.Compare) else [leaf]
        ways = [".".join(way) for part in parts if (way := dotted(part))]
        known = all(_is_constant(part) or self._is_answered(part) for part in parts)
        is_plain = not isinstance(leaf, nodes.Compare) or all(
            OPPOSITE.get(op.op, op.op) in ("eq", "in") for op in leaf.ops
        )
        yield from ways if known and is_plain and ways else ()

    def _is_answered(self, node: nodes.Node) -> bool:
        match dotted(node):
            case ["outcome", *way] if way and (one := self._outcome.at(tuple(way))).is_closed:
                self.answers[".".join(["outcome", *way])] = [*one.answers, *([] if one.required else [None])]
                return True
            case _:
                return False

    def _value(self, node: nodes.Node, world: _World) -> object:
        match node:
            case nodes.And(left=one, right=other):
                return self._value(one, world) and self._value(other, world)
            case nodes.Or(left=one, right=other):
                return self._value(one, world) or self._value(other, world)
            case nodes.Not(node=one):
                return not self._value(one, world)
            case nodes.Compare(expr=expr, ops=[op]) if list(self._facts(node)):
                said, held = (_constant(part, world) for part in (expr, op.expr))
                holds = said in held if op.op.endswith("in") and isinstance(held, list | str) else said == held
                return holds != (op.op in OPPOSITE)
            case nodes.Compare(ops=[op]) if op.op in OPPOSITE:
                return not world[_name(node)]
            case _:
                answer = world[next(self._facts(node), _name(node))]
                return answer is not None and answer is not False and answer != ""  # 0 is given


def _read(test: str) -> nodes.Expr:
    try:
        [printed] = _JINJA.parse(f"{{{{ {test} }}}}").body
    except (TemplateError, ValueError):
        return nodes.Const(test)
    return printed.nodes[0] if isinstance(printed, nodes.Output) else nodes.Const(test)


def _name(leaf: nodes.Node) -> str:
    """What a test that is no comparison of answers is known by: the same for one and its opposite."""
    if isinstance(leaf, nodes.Compare) and len(leaf.ops) == 1:
        op = leaf.ops[0].op
        return repr((leaf.expr, OPPOSITE.get(op, op), leaf.ops[0].expr)).replace("_cy'", "'")
    return repr(leaf).replace("_cy'", "'")


def _is_constant(node: nodes.Node) -> bool:
    items = node.items if isinstance(node, nodes.List | nodes.Tuple) else [node]
    return all(isinstance(one, nodes.Const) for one in items)


def _constant(node: nodes.Node, world: _World) -> object:
    match node:
        case nodes.Const(value=value):
            return value
        case nodes.List(items=items) | nodes.Tuple(items=items):
            return [_constant(one, world) for one in items]
        case _:
            return world[".".join(dotted(node))]
