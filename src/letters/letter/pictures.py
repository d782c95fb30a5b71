"""What a picture file shows, whatever it is shown in: its size on paper, its right way up, and colours for a screen."""

from __future__ import annotations

import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from letters.letter import CannotRender

if TYPE_CHECKING:
    from PIL.Image import Image as Opened

INCH = 25.4
#: Pixels to the inch where a file does not say, as on the web.
USUAL_DENSITY = 96.0
#: Densities (pixels to the inch) outside these are no statement about paper.
_BELIEVED = (10.0, 10_000.0)
#: Of a JPEG that has to be written again.
_QUALITY = 95
_MEDIA = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
_UNITS = {
    "": 1 / 96,
    "px": 1 / 96,
    "pt": 1 / 72,
    "pc": 1 / 6,
    "in": 1.0,
    "cm": 1 / 2.54,
    "mm": 1 / 25.4,
    "q": 1 / 101.6,
}
#: Width and height of a drawing that says neither, in pixels.
_UNSAID = (300.0, 150.0)
_UPRIGHT = 1
_ORIENTATION = 0x0112


#: Pixels of the largest picture (A4 at 600 to the inch has 35 million), bytes of the largest file, and millimetres of
#: the largest drawing.
_MOST_PIXELS, LARGEST_FILE, _LARGEST_DRAWING = 40_000_000, 30_000_000, 5_000.0
#: Bytes to a pixel of a PNG by its kind of colour, for 8 bits each.
_DEPTHS = (1, 2, 4, 8, 16)
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


class UnusablePicture(CannotRender):
    """A picture is not among those of the house style, or is none that can be shown."""


class TooLarge(UnusablePicture):
    """A picture has more pixels than a letter can show; its text says how many."""


@dataclass(frozen=True)
class Image:
    """A picture the right way up: the bytes of its file, their media type, and its width and height in millimetres."""

    data: bytes
    media_type: str
    width: float
    height: float
    #: Width by height in pixels; another proportion than that of the size if a pixel is no square.
    pixels: tuple[float, float]

    @property
    def stretched(self) -> bool:
        """Whether a pixel is visibly no square, so that both sides must be said."""
        across, down = self.pixels
        return abs(self.width * down / (self.height * across) - 1) > 0.01

    def fitted(self, width: float, height: float) -> tuple[float, float]:
        """The size at which it is shown where there is room for `width` by `height`: its own, or as much smaller."""
        scale = min(1.0, width / self.width, height / self.height)
        return self.width * scale, self.height * scale


def media_type(path: str) -> str:
    """The media type of a picture, from its suffix; raises CannotRender if it is neither SVG, PNG nor JPEG."""
    try:
        return _MEDIA[PurePosixPath(path).suffix.lower()]
    except KeyError:
        raise CannotRender(f"the picture {path} is neither .svg, .png nor .jpg") from None


def raster(path: str) -> str:
    """The picture that Word can show: for a drawing in SVG the PNG beside it."""
    pure = PurePosixPath(path)
    return str(pure.with_suffix(".png")) if pure.suffix.lower() == ".svg" else path


@lru_cache(maxsize=64)
def image(path: str, data: bytes) -> Image:
    """The picture in a file of these bytes. Raises UnusablePicture, CannotRender."""
    media = media_type(path)
    if len(data) > LARGEST_FILE:
        raise TooLarge(f"has {len(data) / 1e6:.0f} MB, and {LARGEST_FILE / 1e6:.0f} MB is the most for a picture")
    try:
        if media == "image/svg+xml":
            return _drawing(data)
        if media == "image/png" and not _needs_work(data):
            return _png(data)
        return _photograph(data, media)
    except (ValueError, OSError, SyntaxError, struct.error, zlib.error, ArithmeticError, KeyError, EOFError) as error:
        raise UnusablePicture(f"the picture {path!r} is damaged, or none that can be shown") from error


def _needs_work(data: bytes) -> bool:
    """Whether a PNG says which way up it is, or is of a media (16 bits, or interlaced) that not everything shows."""
    return b"eXIf" in data[:1_000_000] or data[24:25] == b"\x10" or data[28:29] == b"\x01"


def _png(data: bytes) -> Image:
    if data[:8] != b"\x89PNG\r\n\x1a\n" or data[12:16] != b"IHDR":
        raise ValueError("no PNG")
    across, down, bits, colours = struct.unpack(">IIBB", data[16:26])
    if bits not in _DEPTHS:
        raise ValueError("no PNG")
    _bounded(across, down)
    _whole_png(data, down, (across * bits * _CHANNELS[colours] + 7) // 8 + 1)
    return _sized(data, "image/png", (across, down), _png_density(data))


def _bounded(across: int, down: int) -> None:
    if across * down > _MOST_PIXELS:
        most = f"{_MOST_PIXELS / 1e6:.0f} million are the most"
        raise TooLarge(f"has {across:,} by {down:,} pixels, and {most} that a letter can show")


def _whole_png(data: bytes, rows: int, row: int) -> None:
    """Raise ValueError or zlib.error unless each chunk is as its checksum says, and each pixel has a colour."""
    pixels, unpacker = bytearray(), zlib.decompressobj()
    at, name = 8, b""
    while name != b"IEND":
        length, name = struct.unpack(">I4s", data[at : at + 8])
        content, checksum = data[at + 8 : at + 8 + length], data[at + 8 + length : at + 12 + length]
        if zlib.crc32(name + content) != int.from_bytes(checksum, "big") or len(checksum) < 4:
            raise ValueError("a part of it is not as its checksum says")
        if name == b"acTL":
            raise ValueError("it moves")
        if name == b"IDAT" and len(pixels) <= rows * row:
            pixels += unpacker.decompress(content, rows * row + 1 - len(pixels))
        at += length + 12
    if len(pixels) < rows * row or max(pixels[::row], default=0) > 4:
        raise ValueError("it has not as many pixels as it says")


def _png_density(data: bytes) -> tuple[float, float] | None:
    """Pixels to the inch across and down, or None where a PNG does not say."""
    at = 8
    while at + 8 <= len(data):
        length, name = struct.unpack(">I4s", data[at : at + 8])
        if name == b"IDAT":
            break
        if name == b"pHYs":
            across, down, unit = struct.unpack(">IIB", data[at + 8 : at + 17])
            if not across or not down:
                return None
            inches = INCH / 1000 if unit == 1 else USUAL_DENSITY / across
            return across * inches, down * inches
        at += length + 12
    return None


def _sized(data: bytes, media: str, pixels: tuple[float, float], density: tuple[float, float] | None) -> Image:
    if not all(pixels):
        raise ValueError("no pixels")
    believed = density and all(_BELIEVED[0] <= number <= _BELIEVED[1] for number in density)
    across, down = density if density and believed else (USUAL_DENSITY, USUAL_DENSITY)
    return Image(data, media, pixels[0] / across * INCH, pixels[1] / down * INCH, pixels)


@contextmanager
def _whole_only() -> Iterator[None]:
    """Have Pillow refuse a picture that was cut short; WeasyPrint, once imported, lets it take such for all."""
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _photograph(data: bytes, media: str) -> Image:
    """A picture that only a library understands, written again where it lies on its side or has colours for a press."""
    # Imported here: most letters have none, and need not wait for it.
    from PIL import Image as Pillow
    from PIL import ImageOps

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)  # bounds of our own are asked next
        try:
            opened = Pillow.open(BytesIO(data), formats=["JPEG", "PNG"])
        except Pillow.DecompressionBombError as error:
            raise TooLarge(f"has more than {_MOST_PIXELS / 1e6:.0f} million pixels, the most for a letter") from error
    with opened:
        _bounded(*opened.size)
        if media == "image/png" and getattr(opened, "n_frames", 1) > 1:
            raise ValueError("it moves")
        with _whole_only():
            opened.load()
        turned = opened.getexif().get(_ORIENTATION, _UPRIGHT)
        density = _density(opened.info)
        if media == "image/jpeg" and turned == _UPRIGHT and opened.mode in ("RGB", "L"):
            return _sized(data, media, opened.size, density)
        upright = _for_screen(ImageOps.exif_transpose(opened))
    if density and turned > 4:
        density = density[1], density[0]
    written = BytesIO()
    if media == "image/jpeg":
        upright.save(written, "JPEG", quality=_QUALITY, subsampling=0)
    else:
        upright.save(written, "PNG")
    return _sized(written.getvalue(), media, upright.size, density)


def _density(info: dict[Any, Any]) -> tuple[float, float] | None:
    """Pixels to the inch of what Pillow opened, or None where it does not say."""
    if info.get("jfif_unit") == 0 and isinstance(given := info.get("jfif_density"), tuple):
        across, down = given
        return (USUAL_DENSITY, USUAL_DENSITY * down / across) if across and down else None
    given = info.get("dpi")
    return (float(given[0]), float(given[1])) if isinstance(given, tuple) else None


def _for_screen(opened: Opened) -> Opened:
    """The picture in colours for a screen, 8 bits each, and with nothing said about it."""
    from PIL import Image as Pillow

    if opened.mode == "CMYK":
        opened = _from_press(opened)
    if opened.mode.startswith("I"):
        opened = opened.convert("I").point(lambda level: level / 256).convert("L")
    elif opened.mode == "P":
        opened = opened.convert("RGBA" if "transparency" in opened.info else "RGB")
    elif opened.mode not in ("RGB", "RGBA", "L", "LA", "1"):
        opened = opened.convert("RGB")
    plain = Pillow.new(opened.mode, opened.size)
    plain.paste(opened)
    return plain


def _from_press(opened: Opened) -> Opened:
    """A picture in the four colours of a press in those of a screen, by its own profile where it has a sound one."""
    from PIL import ImageCms

    try:
        own = ImageCms.ImageCmsProfile(BytesIO(opened.info["icc_profile"]))
        turned = ImageCms.profileToProfile(opened, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (KeyError, OSError, ImageCms.PyCMSError):
        turned = None
    return turned or opened.convert("RGB")


def _drawing(data: bytes) -> Image:
    from letters.machine.xml import parsed_drawing

    root = parsed_drawing(data)
    if root.tag != "{http://www.w3.org/2000/svg}svg":
        raise ValueError("no drawing")
    box = [float(number) for number in re.findall(r"[-+.\de]+", root.get("viewBox", "").lower())]
    ratio = box[2] / box[3] if len(box) == 4 and box[2] > 0 and box[3] > 0 else None
    width, height = (_length(root.get(side, "")) for side in ("width", "height"))
    if width is None and height is None:
        width, height = (box[2], box[3]) if ratio else _UNSAID
    width = width or (height or 0) * (ratio or _UNSAID[0] / _UNSAID[1])
    height = height or width / (ratio or _UNSAID[0] / _UNSAID[1])
    size = width / USUAL_DENSITY * INCH, height / USUAL_DENSITY * INCH
    if not all(0.1 <= side <= _LARGEST_DRAWING for side in size):
        raise ValueError("no size that a drawing can have")
    return Image(data, "image/svg+xml", *size, (width, height))


def _length(text: str) -> float | None:
    """A length of SVG in pixels; None for none, or a share of something."""
    found = re.fullmatch(r"\s*\+?(\d*\.?\d+(?:e[-+]?\d+)?)\s*([a-z]*)\s*", text.lower())
    if not found or found[2] not in _UNITS or not float(found[1]):
        return None
    return float(found[1]) * _UNITS[found[2]] * USUAL_DENSITY
