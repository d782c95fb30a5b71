"""Pages of a PDF as pictures, and where two pictures differ."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from io import BytesIO
from math import ceil

from PIL import Image, ImageChops

from letters.readback.pdfium.document import Document, opened
from letters.readback.pdfium.page import Page, Pixels

DPI = 100
_SKETCH_DPI = 30
_GREY, _COLOUR = "L", "RGB"
#: A page of any size makes a picture of at most so many dots a side.
_MOST_DOTS = 3000
#: So many greys draw letters smoothly; more take space and nobody sees them.
_GREYS = 8
_COLOURS = 32
#: Dots whose shades differ by no more (of 255) are the same to the eye.
_UNSEEN = 8
_WHERE = ("at the top", "in the middle", "at the foot")
MEDIA_TYPE = "image/png"


@dataclass(frozen=True)
class Raster:
    """A page as it looks: a byte a dot in grey, three in colour. Equal ones look alike."""

    mode: str
    size: tuple[int, int]
    dots: bytes

    @cached_property
    def picture(self) -> Image.Image:
        """The same for Pillow, in `mode`."""
        return Image.frombytes(self.mode, self.size, self.dots)

    @cached_property
    def png(self) -> bytes:
        """A small picture of it: in few greys, or in few colours where it has any."""
        if not _is_grey(self):
            few = self.picture.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
            return _png(few, bits=8)
        table, palette = _greys()
        few = Image.frombytes("P", self.size, self.picture.getchannel(0).point(table).tobytes())
        few.putpalette(palette)
        return _png(few, bits=4)


def rasters(before: bytes | None, after: bytes | None) -> tuple[tuple[Raster, ...], tuple[Raster, ...]]:
    """Each page of two PDFs as it looks; pages that look alike are the very same, so that they are drawn once.

    Raises ValueError if a PDF cannot be read.
    """
    old, new = _pages(before), _pages(after) if after != before else ()
    # A page in grey is drawn a little otherwise than in colour.
    mixed = {number for number, (a, b) in enumerate(zip(old, new, strict=False)) if a.mode != b.mode}
    if mixed:
        old, new = _pages(before, mixed), _pages(after, mixed)
    if after == before:
        return old, old
    return old, tuple(next((other for other in old if other == page), page) for page in new)


def _pages(pdf: bytes | None, in_colour: Container[int] = ()) -> tuple[Raster, ...]:
    if pdf is None:
        return ()
    with opened(pdf) as document:
        return tuple(_page(document, number, number in in_colour) for number in range(len(document)))


def _page(document: Document, number: int, in_colour: bool) -> Raster:
    with document.page(number) as page:
        # To draw in grey takes a third of the time, and a small picture shows whether there is any colour.
        is_grey = not in_colour and _is_grey(_drawn(page, _SKETCH_DPI, _COLOUR))
        return _drawn(page, DPI, _GREY if is_grey else _COLOUR)


def _drawn(page: Page, dpi: int, mode: str) -> Raster:
    width, height = page.size
    scale = min(dpi / 72, _MOST_DOTS / max(width, height))
    size = ceil(width * scale), ceil(height * scale)
    pixels = Pixels.GREY if mode == _GREY else Pixels.RGB
    return Raster(mode, size, bytes(page.paint(bytearray(), size, pixels=pixels, annotations=True)))


def _is_grey(raster: Raster) -> bool:
    if raster.mode == _GREY:
        return True
    red, green, blue = raster.picture.split()
    return not (ImageChops.difference(red, green).getbbox() or ImageChops.difference(green, blue).getbbox())


@cache
def _greys() -> tuple[list[int], list[int]]:
    """Which grey stands for each shade, and the shades of the greys as a palette."""
    most = _GREYS - 1
    shades = [round(grey * 255 / most) for grey in range(_GREYS)]
    return [round(shade * most / 255) for shade in range(256)], [shade for shade in shades for _ in "rgb"]


def _png(picture: Image.Image, bits: int) -> bytes:
    file = BytesIO()
    # A higher level takes a third more time to save a few in the hundred.
    picture.save(file, "PNG", bits=bits, compress_level=4)
    return file.getvalue()


def where_other(before: Raster, after: Raster, accounted: Iterable[tuple[float, float]]) -> str:
    """Where on a page two pictures of it differ, outside bands `accounted` for (points from the top); "" if nowhere."""
    if before == after or before.size != after.size:
        return ""
    difference = ImageChops.difference(before.picture, after.picture)
    for top, bottom in accounted:
        difference.paste(0, (0, int(top * DPI / 72), difference.width, int(bottom * DPI / 72) + 1))
    if not difference.getbbox():
        return ""
    seen = difference.point([255 if shade > _UNSEEN else 0 for shade in range(256)] * len(before.mode))
    return " and ".join(_thirds(seen))


def _thirds(seen: Image.Image) -> Iterator[str]:
    third = seen.height / len(_WHERE)
    for number, place in enumerate(_WHERE):
        if seen.crop((0, int(number * third), seen.width, int((number + 1) * third))).getbbox():
            yield place
