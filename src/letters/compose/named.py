"""Which facts the templates of letters name: one that none of them names is told to nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jinja2 import Environment, TemplateSyntaxError, nodes

#: What facts are behind. Of another name it is not known what it stands for.
_ROOTS = ("outcome", "force", "letter")


@dataclass(frozen=True)
class Named:
    """What some templates name. `ways`: from a root on, `("outcome", "visit", "first")`; `loose`: names behind others,
    as in loops and macros, and words in quotation marks; `whole`: roots that are gone through fact by fact."""

    ways: frozenset[tuple[str, ...]]
    loose: frozenset[str]
    whole: frozenset[str]

    def has(self, root: str, way: tuple[str, ...]) -> bool:
        """Whether a fact may be named, the one at `way` behind `root`."""
        known = any(one[: len(way) + 1] == (root, *way) for one in self.ways)
        return known or way[-1] in self.loose or root in self.whole


def named(texts: Iterable[str]) -> Named:
    """All that templates name; of one that cannot be read nothing."""
    trees = [tree for text in texts if (tree := _tree(text))]
    chains = [_chain(node) for tree in trees for node in tree.find_all((nodes.Getattr, nodes.Getitem))]
    words = {str(node.value) for tree in trees for node in tree.find_all(nodes.Const) if isinstance(node.value, str)}
    loops = (loop.iter for tree in trees for loop in tree.find_all(nodes.For))
    return Named(
        frozenset(chain for chain in chains if chain[0] in _ROOTS),
        frozenset(name for chain in chains if chain[0] not in _ROOTS for name in chain[1:]) | words,
        frozenset(one.name for one in loops if isinstance(one, nodes.Name)),
    )


def _tree(text: str) -> nodes.Template | None:
    try:
        return Environment().parse(text)
    except TemplateSyntaxError:  # which is told elsewhere
        return None


def _chain(node: nodes.Node) -> tuple[str, ...]:
    """The names of `outcome.visit.first` in order; numbers among them are left out."""
    return tuple(_steps(node))


def _steps(node: nodes.Node) -> Iterator[str]:
    match node:
        case nodes.Getattr(node=inner, attr=name):
            yield from (*_steps(inner), name)
        case nodes.Getitem(node=inner, arg=nodes.Const(value=key)):
            yield from (*_steps(inner), *((key,) if isinstance(key, str) else ()))
        case nodes.Getitem(node=inner):
            yield from _steps(inner)
        case nodes.Name(name=name):
            yield name
        case _:
            yield ""


def dotted(node: nodes.Node) -> list[str]:
    """`['force', 'chief_officer', 'rank']` for `force.chief_officer.rank`; empty where it is anything else."""
    match node:
        case nodes.Name(name=name):
            return [name]
        case nodes.Getattr(node=inner, attr=key) | nodes.Getitem(node=inner, arg=nodes.Const(value=str(key))):
            around = dotted(inner)
            return [*around, key] if around else []
        case _:
            return []
