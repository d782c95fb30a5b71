"""What is wrong with a template before it meets any force: names, filters, holes, and what templates may not do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from letters.compose.answers import Unprintable
from letters.compose.comparisons import SIGNS
from letters.compose.english_facts import EnglishFacts
from letters.compose.environment import TESTS
from letters.compose.filtered import misfit
from letters.compose.filters import FILTERS
from letters.compose.forbidden import FORBIDDEN
from letters.compose.marks import strip_marks
from letters.compose.named import dotted
from letters.compose.syntax import ifs_without_else, line_place
from letters.letter import WELSH
from letters.letter.characters import refused
from letters.letter.markdown import backslash_problems
from letters.problems import MOST, Code, Place, Problem, Severity, did_you_mean, nearest
from letters.workspace.fields import Field, FieldKind, spelt
from letters.workspace.raw import KeyPath
from letters.workspace.source import RECIPIENT

#: The names a template may use, as a tree: None is a value, a mapping is a set of facts.
Names = Mapping[str, "Names | None"]

#: How functions are called: with as many values as are named here.
_USAGES = {
    "verdict": "verdict(outcome)",
    "phrase": "phrase('id')",
    "phrases": "phrases(fields, 'use')",
    "fields_where": "fields_where(outcome, fields, 'answer')",
}
#: Loops inside each other deeper than this are no letter.
_DEEPEST = 2
#: Of what a loop could go through; longer is no letter either.
_LONGEST_LIST, _LONGEST_TEXT = 100, 1000
_FIGURES = re.compile(r"[-+]?\d+(\.\d+)?")
_STRAY = re.compile(r"\}\}|%\}|#\}")


@dataclass(frozen=True)
class Known:
    """What a template may name: facts as a tree, phrases by id, the fields of outcome and force, and which facts are
    not for printing. `title`: the key that has the words of answers; `wording`: the name of the file of phrases;
    `in_english`: the phrases that there are in English; `is_in_english`: whether there are such letters at all."""

    names: Names
    phrases: frozenset[str]
    outcome: Field
    force: Field
    unprintable: Mapping[str, Unprintable]
    title: str = "title"
    wording: str = "wording.yaml"
    in_english: frozenset[str] = frozenset()
    is_in_english: bool = True

    def described(self, name: str, way: KeyPath) -> Field:
        """The field at `way` of the facts that templates call `name`."""
        match name:
            case "outcome":
                return self.outcome.at(way)
            case "force":
                return self.force.at(way)
            case _:
                return Field(name, name, FieldKind.TEXT)

    def answers(self) -> list[str]:
        """The words that are answers of some field, in order."""
        every = (*self.outcome.every(), *self.force.every())
        found = (answer for field in every for answer in field.answers)
        return list(dict.fromkeys(answer for answer in found if isinstance(answer, str)))


class Inspection:
    """Looks at the syntax tree of one template file."""

    def __init__(self, path: str, text: str, known: Known) -> None:
        self.path = path
        self.lines = text.split("\n")
        self.known = known
        self.verdict = "verdict.cy.md" if path.endswith(".cy.md") else "verdict.md"
        self.seen: Counter[tuple[int, str]] = Counter()
        #: By a name what is asked of it: of `council.name` the name.
        self.asked_of: dict[str, set[str]] = {}

    def problems(self, environment: ImmutableSandboxedEnvironment, text: str) -> list[Problem]:
        """Every problem of the template. Raises TemplateSyntaxError where it cannot be read."""
        tree = environment.parse(text, self.path)
        own = _own_names(tree)
        for asking in tree.find_all(nodes.Getattr):
            if isinstance(asking.node, nodes.Name):
                self.asked_of.setdefault(asking.node.name, set()).add(asking.attr)
        found: list[Problem] = []
        for node in _every_node(tree):
            found += self._node_problems(node, own)
            if len(found) > MOST:
                return found
        found += self._else_problems(text)
        found += self._english_facts(tree)
        for loop in _loops(tree, 0):
            found.append(
                self._problem(
                    Code.NOT_FOR_TEMPLATES, f"more than {_DEEPEST} loops in each other", loop, "loop once", "for"
                )
            )
        if not any(problem.stops for problem in found):
            environment.get_template(self.path)  # finds what parsing does not, and is needed later
        return found

    def _node_problems(self, node: nodes.Node, own: frozenset[str]) -> Iterator[Problem]:
        forbidden = next((said for kind, said in FORBIDDEN.items() if type(node) is kind), None)
        if forbidden:
            said, needle = forbidden
            yield self._problem(
                Code.NOT_FOR_TEMPLATES, f"{said} is not for templates", node, "write words, if and for", needle
            )
        match node:
            case nodes.For(recursive=True):
                yield self._problem(
                    Code.NOT_FOR_TEMPLATES, "a loop that calls itself is not for templates", node, "loop once", "for"
                )
            case nodes.CondExpr(expr2=None):
                hint = "add `else`, or write {% if … %}…{% endif %}: without it a blank is printed"
                yield self._problem(Code.IF_WITHOUT_ELSE, "an `if` inside {{ }} without `else`", node, hint, "if")
            case nodes.Filter(name=name):
                yield from self._filter_problems(node, name)
            case nodes.Test(name=name) if name not in TESTS:
                yield self._problem(
                    Code.UNKNOWN_FILTER, f"there is no test `is {name}`", node, "compare with == instead", name
                )
            case nodes.Name(name=name, ctx="load") if name not in own and name not in self.known.names:
                hint = did_you_mean(name, [*sorted(self.known.names), *sorted(own)])
                facts = self.asked_of.get(name, set()) & (self.known.names.get("force") or {}).keys()
                if facts and not nearest(name, ["force"]):
                    hint = (
                        f"who gets the letter is `force`, whatever one is called: {{{{ force.{min(facts)} }}}}; {hint}"
                    )
                if name == "verdict":
                    hint = f"put a {self.verdict} beside this file, or take it out"
                if name in self.known.answers():
                    hint = f"if the answer is meant, put it in quotation marks: {name!r}"
                yield self._problem(Code.UNKNOWN_NAME, f"there is no {name!r}", node, hint, name)
            case nodes.Getattr() | nodes.Getitem():
                yield from self._attribute_problems(node, own)
            case nodes.Call(node=called):
                yield from self._call_problems(node, called, own)
            case nodes.Compare(expr=expr, ops=ops):
                yield from self._comparison_problems(node, expr, ops)
            case nodes.Output(nodes=printed):
                yield from self._print_problems(printed)
            case nodes.List(items=items) if len(items) > _LONGEST_LIST:
                yield self._problem(
                    Code.NOT_FOR_TEMPLATES, f"a list of more than {_LONGEST_LIST}", node, "lists are for facts", "["
                )
            case nodes.Const(value=str(text)):
                yield from self._text_problems(node, text)
            case nodes.TemplateData(data=text):
                yield from self._stray_problems(node, text)
                yield from backslash_problems(strip_marks(text), partial(self._line_of, node))

    def _english_facts(self, tree: nodes.Node) -> Iterator[Problem]:
        """English that would be printed in a letter in Welsh."""
        if self.path.endswith(f".{WELSH}.md"):
            described = {"outcome": self.known.outcome, "force": self.known.force}
            letter = self.known.names.get("letter") or {}
            facts = EnglishFacts(self.path, self.lines, described, letter, self.known.is_in_english)
            yield from facts.problems(tree)

    def _else_problems(self, text: str) -> Iterator[Problem]:
        """An `elif` without an `else`. Read off the text: an empty `else` leaves nothing in the tree."""
        for at in ifs_without_else(text):
            line = text.count("\n", 0, at) + 1
            place = Place(self.path, line, at - text.rfind("\n", 0, at), self.lines[line - 1])
            hint = "add an {% else %} above its {% endif %}, empty if nothing is to be said: else a case is forgotten"
            yield Problem(Code.ELIF_WITHOUT_ELSE, "{% if %} with {% elif %} but without {% else %}", place, hint)

    def _filter_problems(self, node: nodes.Filter, name: str) -> Iterator[Problem]:
        if name not in FILTERS:
            yield self._problem(
                Code.UNKNOWN_FILTER, f"there is no filter {name!r}", node, did_you_mean(name, FILTERS), name
            )
        elif not FILTERS[name].fewest <= len(node.args) <= FILTERS[name].most or node.kwargs or node.dyn_args:
            hint = f"write `| {FILTERS[name].usage}`"
            yield self._problem(
                Code.UNKNOWN_FILTER, f"the filter {name!r} is given too much or too little", node, hint, name
            )
        else:
            given = [node.node, *node.args] if name == "until" else [node.node]
            for one in given:
                if one and (found := misfit(name, dotted(one), self.known.outcome)):
                    yield self._problem(Code.UNFIT_FOR_FILTER, found[0], node, found[1], ".".join(dotted(one)))

    def _call_problems(self, node: nodes.Call, called: nodes.Node, own: frozenset[str]) -> Iterator[Problem]:
        if not isinstance(called, nodes.Name):
            needle = called.attr if isinstance(called, nodes.Getattr) else ""
            hint = f"filters there are: {', '.join(FILTERS)}"
            yield self._problem(
                Code.NOT_FOR_TEMPLATES, "only functions by name can be called", node, hint, f".{needle}"
            )
            return
        usage = "" if called.name in own else _USAGES.get(called.name, "")
        if usage and (len(node.args) != usage.count(",") + 1 or node.kwargs or node.dyn_args):
            message = f"{called.name!r} is given too much or too little"
            yield self._problem(Code.NOT_FOR_TEMPLATES, message, node, f"write {usage}", called.name)
            return
        match called.name, node.args:
            case "phrase", [nodes.Const(value=str(key))] if key not in self.known.phrases:
                message = f"there is no phrase {key!r} in {self.known.wording}"
                lacks_welsh = key in self.known.in_english
                hint = "" if lacks_welsh else did_you_mean(key, sorted(self.known.phrases))
                hint = hint or f"write it into {self.known.wording}"
                hint += ", with `text`, `number` and `english`, its English words" if lacks_welsh else ""
                yield self._problem(Code.UNKNOWN_PHRASE, message, node, hint, key)
            case "phrases", [_, nodes.Const(value=str(use))]:
                uses = sorted({key.partition(".")[2] for key in self.known.phrases} - {""})
                if use not in uses:
                    message = f"no phrase in {self.known.wording} has an id that ends in .{use}"
                    yield self._problem(Code.UNKNOWN_PHRASE, message, node, did_you_mean(use, uses), use)
            case "fields_where", [_, _, nodes.Const(value=str(answer))]:
                answers = self.known.answers()
                if answer not in answers:
                    message = f"{answer!r} is not an answer for any field"
                    yield self._problem(Code.UNKNOWN_PHRASE, message, node, did_you_mean(answer, answers), answer)

    def _comparison_problems(self, node: nodes.Node, expr: nodes.Node, ops: list[nodes.Operand]) -> Iterator[Problem]:
        """Comparisons of an answer, or of its title, with what it never is."""
        if any(op.op not in ("eq", "ne", "in", "notin") for op in ops):
            return
        compared = [expr, *(op.expr for op in ops)]
        constants = [constant for part in compared for constant in _constants(part)]
        for part in compared:
            match dotted(part):
                case [name, *way, "title"] if way and (answers := self.known.described(name, tuple(way)).answers):
                    titles = [title for title in answers.values() if title]
                    for words in (one for one in constants if one not in titles):
                        hint = did_you_mean(str(words), titles)
                        if words in answers:
                            sign = SIGNS["ne" if ops[0].op == "ne" else "eq"]
                            hint = f"did you mean {name}.{'.'.join(way)} {sign} {words!r}?"
                        message = f"{words!r} is not the title of an answer for {way[-1]}"
                        yield self._problem(Code.UNKNOWN_PHRASE, message, node, hint, str(words))
                case [name, *way] if way and (field := self.known.described(name, tuple(way))).is_closed:
                    left_out = () if field.required else (None,)
                    for answer in (one for one in constants if one not in field.answers and one not in left_out):
                        meant = next((repr(other) for other, title in field.answers.items() if title == answer), "")
                        hint = f"did you mean {meant}? an answer is compared as the files in forces/ write it"
                        hint = hint if meant else did_you_mean(str(answer), map(spelt, field.answers))
                        if isinstance(answer, str) and answer in map(spelt, field.answers):
                            hint = f"write {answer} without quotation marks"
                        yield self._problem(
                            Code.UNKNOWN_PHRASE, f"{answer!r} is not an answer for {way[-1]}", node, hint, str(answer)
                        )
                case [_, *way] if way and field.kind is FieldKind.NUMBER:
                    for text in (one for one in constants if isinstance(one, str)):
                        message = f"`{SIGNS[ops[0].op]}` compares a number with a text"
                        hint = f"write {text} without quotation marks" if _FIGURES.fullmatch(text) else "write a number"
                        yield self._problem(Code.NOT_FOR_TEMPLATES, message, node, hint, f"{text!r}")

    def _print_problems(self, printed: list[nodes.Expr]) -> Iterator[Problem]:
        """Constants that are no words; Jinja prints them without asking `finalize`."""
        for node in printed:
            is_number = isinstance(node, nodes.Const) and type(node.value) is int
            if isinstance(node, nodes.Const | nodes.List | nodes.Tuple) and not (is_number or _is_words(node)):
                yield self._problem(
                    Code.PRINTS_NO_WORDS, "prints something that is no words", node, "write words", "{{"
                )
            name = ".".join(dotted(_unfiltered(node)))
            if why := self.known.unprintable.get(name):
                severity = Severity.ERROR if why.stops else Severity.WARNING
                yield replace(self._problem(why.code, why.message, node, why.hint, name), severity=severity)

    def _text_problems(self, node: nodes.Node, text: str) -> Iterator[Problem]:
        if len(text) > _LONGEST_TEXT:
            hint = "write words outside of {{ }} and {% %}"
            yield self._problem(
                Code.NOT_FOR_TEMPLATES, f"more than {_LONGEST_TEXT} characters in quotation marks", node, hint, text[:9]
            )
        for _, said in refused(text):
            if text not in self.lines[node.lineno - 1]:
                hint = "it comes of a backslash: take it out"
                yield self._problem(Code.UNPRINTABLE_CHARACTER, said, node, hint, "\\")

    def _stray_problems(self, node: nodes.Node, text: str) -> Iterator[Problem]:
        text = strip_marks(text)
        for match in _STRAY.finditer(text):
            opening = {"}}": "{{", "%}": "{%", "#}": "{#"}[match[0]]
            line = node.lineno + text.count("\n", 0, match.start())
            place = line_place(self.path, self.lines, line, match[0], occurrence=len(self.lines))
            yield Problem(
                Code.TEMPLATE_SYNTAX,
                f"{match[0]} closes nothing",
                place,
                f"write {opening} where it begins, or take it out",
            )

    def _line_of(self, node: nodes.Node, line: int) -> Place:
        """The place of a line (from 0) of the text of a node."""
        number = node.lineno + line
        return Place(self.path, number, 0, self.lines[number - 1])

    def _attribute_problems(self, node: nodes.Node, own: frozenset[str]) -> Iterator[Problem]:
        chain = dotted(node)
        if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            hint = "facts are force, letter and outcome"
            yield self._problem(
                Code.NOT_FOR_TEMPLATES, f"{node.attr!r} is not for templates", node, hint, f".{node.attr}"
            )
            return
        if not chain or chain[0] in own or chain[0] not in self.known.names:
            return
        known: Names | None = self.known.names
        for position, key in enumerate(chain):
            said = ".".join(chain[:position])
            if known is None:
                message = f"{said} is a value and has no {key!r}"
                hint = f"write {{{{ {said} }}}}"
                if key == "title":
                    file, words = RECIPIENT if chain[0] == "force" else "outcome.yaml", self.known.title
                    hint += f", or give its answers titles in {file}: oneOf: [{{const: …, {words}: …}}]"
                yield self._problem(Code.UNKNOWN_NAME, message, node, hint, f"{said}.{key}")
                return
            if not known:
                return  # a set of facts whose keys nobody has listed
            if key not in known:
                yield self._problem(
                    Code.UNKNOWN_NAME, f"{said} has no {key!r}", node, did_you_mean(key, known), f"{said}.{key}"
                )
                return
            known = known.get(key)

    def _problem(self, code: Code, message: str, node: nodes.Node, hint: str, needle: str) -> Problem:
        occurrence = self.seen[node.lineno, needle]
        self.seen[node.lineno, needle] += 1
        return Problem(code, message, line_place(self.path, self.lines, node.lineno, needle, occurrence), hint)


def _every_node(node: nodes.Node) -> Iterator[nodes.Node]:
    """Every node once; of a function that is called the name is no fact of its own."""
    yield node
    for child in node.iter_child_nodes():
        if isinstance(node, nodes.Call) and child is node.node and isinstance(child, nodes.Getattr):
            child = child.node
        yield from _every_node(child)


def _loops(node: nodes.Node, depth: int) -> Iterator[nodes.For]:
    """The loops that lie in too many others."""
    if isinstance(node, nodes.For):
        depth += 1
        if depth == _DEEPEST + 1:
            yield node
    for child in node.iter_child_nodes():
        yield from _loops(child, depth)


def _is_words(node: nodes.Node) -> bool:
    return isinstance(node, nodes.TemplateData) or (isinstance(node, nodes.Const) and isinstance(node.value, str))


def _unfiltered(node: nodes.Node) -> nodes.Node:
    """What is printed, without the filters that leave it what it is."""
    while isinstance(node, nodes.Filter) and node.name == "capitalised" and node.node:
        node = node.node
    return node


def _constants(node: nodes.Node) -> list[object]:
    """The words that something is compared with: one, or those of a list."""
    match node:
        case nodes.Const(value=value):
            return [value]
        case nodes.List(items=items) | nodes.Tuple(items=items):
            return [item.value for item in items if isinstance(item, nodes.Const)]
        case _:
            return []


def _own_names(tree: nodes.Node) -> frozenset[str]:
    """Names that the template itself makes: set, for, macro and its arguments."""
    stored = {node.name for node in tree.find_all(nodes.Name) if node.ctx in ("store", "param")}
    return frozenset({*stored, *(macro.name for macro in tree.find_all(nodes.Macro)), "loop"})
