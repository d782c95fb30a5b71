"""PDFs of one or more pages made byte by byte: what is drawn on them, put on them, and how they are tagged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


def text(x: float, y: float, words: str, before: str = "", size: float = 11) -> str:
    """Words drawn at a place, in Helvetica; `before`: operators ahead of them."""
    escaped = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /F {size} Tf {before} 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET\n"


DEAR = text(72, 760, "Dear Inspector")


def stream(content: str, about: str = "") -> str:
    """A stream as an object of a PDF."""
    return f"<<{about}/Length {len(content)}>>stream\n{content}\nendstream"


@dataclass
class Sheets:
    """A PDF in the making. `put`: what is put on the first page, as annotation dictionaries less their appearance, each
    with what it draws (None: nothing). `tags`: of each marked content of the first page, its tag and attributes.

    `font`, `more`, `page`, `root`: entries of the font, the resources, each page and the catalog. `extras`: objects.
    """

    pages: Sequence[str]
    put: Sequence[tuple[str, str | None]] = ()
    tags: Sequence[tuple[str, str]] = ()
    font: str = ""
    more: str = ""
    root: str = ""
    extras: Sequence[str] = ()
    page: str = ""
    objects: list[bytes] = field(default_factory=list)

    def data(self) -> bytes:
        """The bytes. Objects 1, 2, 3 are the catalog, the pages and the font; `extras` begin at 4."""
        self.objects = [b"", b"", f"<</Type/Font/Subtype/Type1/BaseFont/Helvetica{self.font}>>".encode()]
        for extra in self.extras:
            self._add(extra)
        kids = [self._page(drawn, is_first=not number) for number, drawn in enumerate(self.pages)]
        tree = self._tree(kids[0]) if self.tags else ""
        self.objects[0] = f"<</Type/Catalog/Pages 2 0 R{self.root}{tree}{self._form}>>".encode()
        named = " ".join(f"{kid} 0 R" for kid in kids)
        self.objects[1] = f"<</Type/Pages/Kids[{named}]/Count {len(kids)}>>".encode()
        return self._written()

    def _add(self, content: str) -> int:
        self.objects.append(content.encode("latin-1"))
        return len(self.objects)

    @property
    def _resources(self) -> str:
        return f"/Resources<</Font<</F 3 0 R>>{self.more}>>"

    def _page(self, drawn: str, *, is_first: bool) -> int:
        contents = self._add(f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream")
        put = [self._annotation(*one) for one in self.put] if is_first else []
        annots = f"/Annots[{' '.join(f'{one} 0 R' for one in put)}]" if put else ""
        self._fields = put or getattr(self, "_fields", [])
        tagged = "/StructParents 0" if self.tags and is_first else ""
        box = f"/MediaBox[0 0 595 842]{self._resources}/Contents {contents} 0 R{annots}{tagged}{self.page}"
        return self._add(f"<</Type/Page/Parent 2 0 R{box}>>")

    def _annotation(self, about: str, drawn: str | None) -> int:
        look = ""
        if drawn is not None:
            shown = f"BT /F 11 Tf 2 6 Td ({drawn}) Tj ET" if not drawn.startswith("q ") else drawn
            form = f"/Type/XObject/Subtype/Form/BBox[0 0 200 20]{self._resources}"
            look = (
                f"/AP<</N {self._add(f'<<{form}/Length {len(shown)}>>stream{chr(10)}{shown}{chr(10)}endstream')} 0 R>>"
            )
        place = "" if "/Rect" in about else "/Rect[72 640 272 660]"
        flags = "" if "/F " in about else "/F 4"
        return self._add(f"<</Type/Annot{place}{flags}{about}{look}>>")

    @property
    def _form(self) -> str:
        widgets = [number for number in self._fields if b"/Widget" in self.objects[number - 1]]
        named = " ".join(f"{number} 0 R" for number in widgets)
        return (
            f"/AcroForm<</Fields[{named}]/DR<</Font<</F 3 0 R>>>>/DA(/F 11 Tf 0 g)/NeedAppearances false>>"
            if widgets
            else ""
        )

    def _tree(self, page: int) -> str:
        top = len(self.objects) + len(self.tags) + 1
        made = [
            self._add(f"<</Type/StructElem/S/{tag}/P {top} 0 R/Pg {page} 0 R/K {number}{about}>>")
            if tag != "Artifact"
            else self._add("null")
            for number, (tag, about) in enumerate(self.tags)
        ]
        kids = " ".join(f"{one} 0 R" for one, (tag, _) in zip(made, self.tags, strict=True) if tag != "Artifact")
        self._add(f"<</Type/StructElem/S/Document/P {top + 1} 0 R/K[{kids}]>>")
        every = " ".join(f"{one} 0 R" for one in made)
        root = self._add(f"<</Type/StructTreeRoot/K[{top} 0 R]/ParentTree<</Nums[0[{every}]]>>>>")
        return f"/MarkInfo<</Marked true>>/StructTreeRoot {root} 0 R"

    def _written(self) -> bytes:
        data, places = b"%PDF-1.7\n", []
        for number, content in enumerate(self.objects, 1):
            places.append(len(data))
            data += b"%d 0 obj\n" % number + content + b"\nendobj\n"
        table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(self.objects) + 1)
        table += b"".join(b"%010d 00000 n \n" % place for place in places)
        end = f"trailer<</Size {len(self.objects) + 1}/Root 1 0 R>>\nstartxref\n{len(data)}\n%%EOF\n"
        return data + table + end.encode()


def sheet(drawn: str, **more: Any) -> bytes:
    """A PDF of one page that begins with "Dear Inspector"."""
    return Sheets((DEAR + drawn,), **more).data()


def put(kind: str, drawn: str | None, about: str = "") -> bytes:
    """The same with something put on it."""
    return sheet("", put=[(f"/Subtype/{kind}{about}", drawn)])


def tagged(*parts: tuple[str, str, str]) -> bytes:
    """A page of which each part is tagged: its tag, the tag's attributes, and what is drawn."""
    drawn = "".join(
        f"/{tag} {'BMC' if tag == 'Artifact' else f'<</MCID {number}>> BDC'}\n{what}EMC\n"
        for number, (tag, _, what) in enumerate(parts)
    )
    return Sheets((drawn,), tags=[(tag, about) for tag, about, _ in parts]).data()
