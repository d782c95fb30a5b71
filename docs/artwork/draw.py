"""Draw the wordmark and the signature again: `python draw.py`. Both are our own: no crown, no arms, nobody's hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops, ImageDraw

ROOT = Path(__file__).parents[2]
FONT = ROOT / "src" / "letters" / "render" / "fonts" / "LettersSans-Bold.ttf"
WORDMARK = ROOT / "templates" / "letterheads" / "hmicfrs"
SIGNATURE = ROOT / "templates" / "abuse-of-position-2017" / "signature.png"

Point = tuple[float, float]
Polygon = list[Point]

WORD = "HMICFRS"
TRACKING = 120  # font units between letters, 2048 to the em
CAPITAL = 1409  # height of the capitals in font units
RULE = (-330, -270)  # the line under the word: bottom and top
EDGE = 48  # kept free on every side, for programs cut off what touches the edge of a picture
FINE = 4  # drawn so many times larger, then reduced


def wordmark_outlines() -> tuple[DecomposingRecordingPen, float]:
    """The outlines of the word and its rule, in font units with y upwards, and its width."""
    font = TTFont(FONT)
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    pen = DecomposingRecordingPen(glyphs)
    bearing = font["glyf"][names[ord(WORD[0])]].xMin
    x = EDGE - bearing
    for letter in WORD:
        glyph = glyphs[names[ord(letter)]]
        glyph.draw(TransformPen(pen, (1, 0, 0, 1, x, 0)))
        right = x + font["glyf"][names[ord(letter)]].xMax
        x += glyph.width + TRACKING
    pen.moveTo((EDGE, RULE[0]))
    for corner in ((right, RULE[0]), (right, RULE[1]), (EDGE, RULE[1])):
        pen.lineTo(corner)
    pen.closePath()
    return pen, right + EDGE


def draw_wordmark() -> None:
    """Write wordmark.svg, and the same as wordmark.png for Word."""
    outlines, width = wordmark_outlines()
    top, height = CAPITAL + EDGE, CAPITAL + 2 * EDGE - RULE[0]
    svg = SVGPathPen(None, ntos=lambda number: f"{number:.0f}")
    outlines.replay(TransformPen(svg, (1, 0, 0, -1, 0, top)))
    WORDMARK.joinpath("wordmark.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width / 100:.2f}" height="{height / 100:.2f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}"><path d="{svg.getCommands()}"/></svg>\n',
        encoding="utf-8",
    )
    scale = 900 / width
    fine = FINE * scale
    size = (round(width * fine), round(height * fine))
    ink = Image.new("1", size)
    for contour in flatten(outlines):
        layer = Image.new("1", size)
        ImageDraw.Draw(layer).polygon([(x * fine, (top - y) * fine) for x, y in contour], fill=1)
        ink = ImageChops.logical_xor(ink, layer)
    save(ink, (900, round(height * scale)), WORDMARK / "wordmark.png", dpi=440)


def flatten(outlines: DecomposingRecordingPen) -> Iterator[Polygon]:
    """Each contour as a polygon."""
    contour: Polygon = []
    for command, points in outlines.value:
        if command == "qCurveTo":
            *controls, end = points
            for number, control in enumerate(controls):
                last = number == len(controls) - 1
                stop = end if last else middle(control, controls[number + 1])
                contour += [quadratic(contour[-1], control, stop, step / 16) for step in range(1, 17)]
                contour[-1] = stop
        elif command == "closePath":
            yield contour
            contour = []
        else:
            contour += points


def middle(a: Point, b: Point) -> Point:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def quadratic(a: Point, b: Point, c: Point, t: float) -> Point:
    x, y = ((1 - t) ** 2 * p + 2 * t * (1 - t) * q + t * t * r for p, q, r in zip(a, b, c, strict=True))
    return x, y


# The signature: pen strokes as points in tenths of a millimetre on 450 by 150, y downwards, with the pressure at each;
# a smooth curve is led through them. It copies nobody's hand.
SLANT = 0.22  # to the right for each step upwards
STROKES = (
    (
        (22, 118, 0.5),
        (40, 92, 0.9),
        (58, 40, 1.0),
        (68, 18, 0.7),
        (70, 46, 1.1),
        (72, 92, 1.0),
        (84, 78, 0.6),
        (100, 34, 0.8),
        (108, 22, 0.8),
        (108, 56, 1.2),
        (110, 98, 1.0),
        (120, 104, 0.6),
        (134, 88, 0.5),
    ),
    (
        (206, 44, 0.7),
        (196, 26, 0.8),
        (170, 36, 0.9),
        (152, 74, 1.2),
        (160, 106, 1.1),
        (188, 104, 0.7),
        (206, 84, 0.6),
        (212, 76, 0.7),
        (212, 98, 0.9),
        (222, 100, 0.6),
        (232, 78, 0.7),
        (233, 98, 0.8),
        (242, 82, 0.5),
        (252, 76, 0.7),
        (254, 98, 0.8),
        (263, 84, 0.5),
        (272, 78, 0.6),
        (275, 96, 0.7),
        (288, 88, 0.5),
        (306, 89, 0.5),
        (330, 84, 0.5),
        (360, 86, 0.5),
        (392, 78, 0.4),
        (432, 66, 0.2),
    ),
    ((52, 128, 0.3), (120, 122, 0.6), (210, 120, 0.8), (300, 113, 0.6), (372, 104, 0.2)),
)


def draw_signature() -> None:
    """Write signature.png: 45 by 15 mm."""
    scale = 1.2 * FINE
    ink = Image.new("1", (round(450 * scale), round(150 * scale)))
    pen = ImageDraw.Draw(ink)
    for stroke in STROKES:
        for x, y, pressure in smooth(stroke):
            x += SLANT * (75 - y)
            radius = (0.5 + 2.2 * pressure) * scale
            pen.ellipse((x * scale - radius, y * scale - radius, x * scale + radius, y * scale + radius), fill=1)
    save(ink, (540, 180), SIGNATURE, dpi=305)


def smooth(points: tuple[tuple[float, float, float], ...]) -> Iterator[tuple[float, float, float]]:
    """Many points along the cubic Bézier curves that lead smoothly through `points` (Catmull and Rom's)."""
    padded = (points[0], *points, points[-1])
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        one = tuple(s + (e - b) / 6 for b, s, e in zip(before, start, end, strict=True))
        two = tuple(e - (a - s) / 6 for s, e, a in zip(start, end, after, strict=True))
        for step in range(120):
            t = step / 120
            u = 1 - t
            x, y, pressure = (
                u**3 * s + 3 * u * u * t * p + 3 * u * t * t * q + t**3 * e
                for s, p, q, e in zip(start, one, two, end, strict=True)
            )
            yield x, y, pressure


def save(ink: Image.Image, size: tuple[int, int], path: Path, dpi: int) -> None:
    """Write `ink` as black on white in grey levels."""
    grey = ImageChops.invert(ink.convert("L").resize(size, Image.Resampling.BOX))
    grey.save(path, optimize=True, dpi=(dpi, dpi))


if __name__ == "__main__":
    draw_wordmark()
    draw_signature()
