"""The same data typed in every way that YAML has: what a file of staff may look like."""

from __future__ import annotations

from random import Random

from letters.workspace.scalars import as_typed

KEYS = ["stage", "name", "it_monitoring.evidence", "no", "true", "2017", "a key", "Ŵyl", "'tis", "e: f", "x#y", "null"]
TEXTS = ["no", "ready", "2017-10-02", "Comisiynydd De Cymru", "a: b", "x # y", "it's", 'say "so"', "C:\\folder", "1.50"]
TEXTS += [
    "[x](y)",
    "{{ a }}",
    "- no list",
    "*stress*",
    "& more",
    "ŷ café",
    "é",
    "😀 one",
    "",
    " led",
    "tail ",
    "~",
    "|",
]
LINES = [
    "one\ntwo",
    "one\n\ntwo\n",
    "- a\n- b\n",
    "  led\nin\n",
    "# head\n\nwords\n",
    "a\n\n\n",
    "x: y\nz\n",
    "tab\there\n",
]
PLAIN = [None, True, False, 0, 17, -3, 1.5, 12345678]


def data(random: Random, depth: int = 0) -> dict[str, object]:
    """Keys with values of every kind."""
    return {key: value(random, depth + 1) for key in random.sample(KEYS, random.randint(1, 5))}


def value(random: Random, depth: int = 0) -> object:
    """A value of any kind."""
    kind = random.randrange(10 if depth < 4 else 7)
    if kind < 3:
        return random.choice(TEXTS)
    if kind < 5:
        return random.choice(LINES)
    if kind < 7:
        return random.choice(PLAIN)
    if kind < 9:
        return data(random, depth) if random.random() < 0.9 else {}
    return [value(random, depth + 1) for _ in range(random.randint(0, 3))]


def typed(random: Random, what: dict[str, object]) -> bytes:
    """A file that says `what`: CRLF, a byte order mark, remarks everywhere, braces, quoted keys, as chance has it."""
    lines = ["---"] if random.random() < 0.1 else []
    lines += _Typist(random).mapping(what, 0)
    eol = random.choice(["\n", "\n", "\r\n", "\r"])
    text = eol.join(lines) + random.choice(["", eol, eol * 3, f"{eol}# the end", f"{eol}# the end{eol}"])
    return (random.choice(["", "", "\ufeff"]) + text).encode()


class _Typist:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.remarks = 0

    def mapping(self, what: dict[str, object], column: int) -> list[str]:
        lines = []
        for key, inner in what.items():
            lines += self.between(column)
            lines += self.entry(f"{self.key(key)}:", inner, column, column)
        return lines

    def entry(self, sign: str, inner: object, column: int, at: int) -> list[str]:
        step = self.random.choice([2, 2, 3, 4])
        pad = " " * column
        if isinstance(inner, dict) and inner and self.random.random() < 0.7:
            below = self.mapping(inner, column + step)
            return [f"{pad}{sign}{self.spaced()}", *below]
        if isinstance(inner, list) and inner and self.random.random() < 0.7:
            dash = column + self.random.choice([0, 2]) if sign != "-" else column + 2
            below = []
            for one in inner:
                below += self.between(dash) if below else []
                below += self.entry("-", one, dash, at)
            return [f"{pad}{sign}{self.spaced()}", *below]
        if isinstance(inner, str) and "\n" in inner and self.random.random() < 0.7:
            return self.text(f"{pad}{sign}", inner, column + step, step)
        blanks = " " * self.random.choice([1, 1, 3])
        form = self.flow(inner)
        if inner is None and self.random.random() < 0.5:
            return [f"{pad}{sign}{self.spaced()}"]
        return [f"{pad}{sign}{blanks}{form}{self.remark()}"]

    def text(self, head: str, inner: str, column: int, step: int) -> list[str]:
        bare = inner.rstrip("\n")
        ends = len(inner) - len(bare)
        sign = "|" + (str(step) if bare.startswith(" ") else "") + ("-" if ends == 0 else "" if ends == 1 else "+")
        lines = [" " * column + line if line else "" for line in bare.split("\n")]
        lines += [""] * (ends - 1) if ends > 1 else [""] * self.random.randint(0, 2)
        return [f"{head} {sign}{self.remark()}", *lines]

    def flow(self, inner: object) -> str:
        blank = self.random.choice(["", " "])
        if isinstance(inner, dict):
            inside = ", ".join(f"{self.key(key)}: {self.flow(one)}" for key, one in inner.items())
            return "{" + (f"{blank}{inside}{self.random.choice(['', ',']) if inside else ''}{blank}") + "}"
        if isinstance(inner, list):
            return "[" + blank + ", ".join(map(self.flow, inner)) + blank + "]"
        if isinstance(inner, str):
            return self.quoted(inner)
        return as_typed(inner)

    def quoted(self, inner: str) -> str:
        if inner in ("no", "ready", "2017-10-02", "Comisiynydd De Cymru") and self.random.random() < 0.6:
            return inner
        if "\n" not in inner and self.random.random() < 0.5:
            return "'" + inner.replace("'", "''") + "'"
        inside = inner.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
        return f'"{inside}"'

    def key(self, key: str) -> str:
        plain = key in ("stage", "name", "it_monitoring.evidence", "no", "a key", "Ŵyl", "true", "2017", "x#y")
        return key if plain and self.random.random() < 0.7 else self.quoted(key)

    def remark(self) -> str:
        """Behind a line."""
        self.remarks += 1
        return self.random.choice(
            ["", "", f"  # remark {self.remarks}", f' # it\'s {{{self.remarks}: "x"', "\t# tabbed", "  "]
        )

    def spaced(self) -> str:
        """Behind a line that others stand below, where YAML takes no tab."""
        return self.remark().replace("\t", "  ")

    def between(self, column: int) -> list[str]:
        self.remarks += 1
        pad = " " * column
        return self.random.choice([[], [], [""], [f"{pad}# above {self.remarks}"], ["", f"{pad}#above", ""]])
