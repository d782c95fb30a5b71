"""Pictures of letters: damaged, huge, moving or reaching ones are problems of the picture, told before a build."""

from __future__ import annotations

import struct
import warnings
import zlib
from io import BytesIO

import pytest
from PIL import Image as Pillow
from PIL import ImageFile

from conftest import Workspace
from letters.letter.pictures import TooLarge, UnusablePicture, image
from letters.workspace.looks.drawing import drawing_fault
from support.random_letters import png

GOOD = png(50, 40, 96)
SIGNATURE = "templates/abuse-of-position-2017/signature.png"
WORDMARK = "templates/letterheads/hmicfrs/wordmark.svg"


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def by_hand(across: int, down: int, data: bytes = b"", bits: int = 8, colours: int = 2, more: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", across, down, bits, colours, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + more + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def saved(mode: str, form: str = "PNG", size: tuple[int, int] = (30, 20)) -> bytes:
    written = BytesIO()
    Pillow.new(mode, size).save(written, form)
    return written.getvalue()


def moving() -> bytes:
    written = BytesIO()
    Pillow.new("RGB", (9, 9)).save(written, "PNG", save_all=True, append_images=[Pillow.new("RGB", (9, 9), "red")])
    return written.getvalue()


def jpeg(across: int, down: int) -> bytes:
    """A JPEG that says to be of another size than it is."""
    return saved("RGB", "JPEG", (400, 300)).replace(struct.pack(">HH", 300, 400), struct.pack(">HH", down, across))


DAMAGED = {
    "cut.png": GOOD[: len(GOOD) // 2],
    "changed.png": GOOD[:60] + bytes([GOOD[60] ^ 255]) + GOOD[61:],
    "nothing.png": by_hand(0, 0),
    "no-width.png": by_hand(0, 5),
    "too-few-pixels.png": by_hand(100, 100, b"\0" * 50),
    "unknown-filter.png": by_hand(4, 4, (b"\x09" + b"\0" * 12) * 4),
    "unknown-colours.png": by_hand(4, 4, b"\0" * 99, colours=5),
    "odd-depth.png": by_hand(4, 4, b"\0" * 99, bits=3),
    "moves.png": moving(),
    "cut.jpg": saved("RGB", "JPEG", (400, 300))[:900],
    "nothing.jpg": jpeg(0, 0),
    "gif.jpg": saved("P", "GIF"),
}
LARGE = {"large.png": by_hand(100_000, 100_000), "large.jpg": jpeg(65_000, 65_000), "rather.jpg": jpeg(12_000, 9_000)}
SOUND = {
    "no-density.png": by_hand(4, 4, (b"\0" * 13) * 4, more=chunk(b"pHYs", struct.pack(">IIB", 0, 0, 0))),
    **{f"{mode}.png": saved(mode) for mode in ("1", "P", "L", "LA", "RGB", "RGBA", "I;16")},
    **{f"{mode}.jpg": saved(mode, "JPEG") for mode in ("L", "RGB", "CMYK")},
}


@pytest.mark.parametrize("lenient", [False, True], ids=["alone", "beside WeasyPrint, which has Pillow take cut ones"])
@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_picture_is_none(name: str, lenient: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(UnusablePicture, match="is damaged, or none that can be shown"):
            image(name, DAMAGED[name])


@pytest.mark.parametrize("name", LARGE)
def test_a_picture_that_is_too_large_is_told_without_being_unpacked(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(TooLarge, match="40 million"):
            image(name, LARGE[name])


@pytest.mark.parametrize("name", SOUND)
def test_pictures_of_every_usual_kind_are_sound(name: str) -> None:
    assert image(name, SOUND[name]).width > 0


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'
MANY_COPIES = "".join(f'<g id="l{n}">{f"""<use href="#l{n + 1}"/>""" * 10}</g>' for n in range(6)) + '<path id="l6"/>'
REFUSED = {
    "<script>1</script>": "has an element 'script'",
    '<path onclick="go()"/>': "runs a script (onclick)",
    '<image href="x.png"/>': "has an element 'image'",
    '<use href="http://example.org/#a"/>': "refers to something outside: 'http://example.org/#a'",
    '<use xlink:href="other.svg#a"/>': "refers to something outside",
    '<rect style="fill: url(http://example.org)"/>': "refers to something outside",
    "<rect fill=\"url('file:///etc/passwd')\"/>": "refers to something outside",
    "<style>@import url(x.css);</style>": "has a style sheet that refers to something outside",
    "<style>rect { fill: url(x.svg#a) }</style>": "has a style sheet that refers to something outside",
    "<foreignObject/>": "has an element 'foreignObject'",
    '<a href="https://example.org">x</a>': "has an element 'a'",
    "<animate/>": "has an element 'animate'",
    '<x:script xmlns:x="http://www.w3.org/1999/xhtml"/>': "has an element 'script', which is none of a drawing",
    '<g id="a"><use href="#a"/></g>': "has parts that copy themselves",
    MANY_COPIES: "has more than 20,000 elements once all copies are made",
    "<g>" * 50 + "</g>" * 50: "some more than 40 deep in others",
}


@pytest.mark.parametrize("inside", REFUSED)
def test_a_drawing_does_nothing_and_reaches_nowhere(inside: str) -> None:
    assert REFUSED[inside] in drawing_fault(SVG.format(inside).encode())


@pytest.mark.parametrize("code", ["utf-8", "utf-16"])
def test_a_drawing_has_no_texts_that_stand_for_others(code: str) -> None:
    head = f'<?xml version="1.0" encoding="{code}"?><!DOCTYPE svg [<!ENTITY a "b">]>'
    assert "declares 'a'" in drawing_fault((head + SVG.format("&a;")).encode(code))
    sheet = '<?xml-stylesheet href="http://example.org/x.css"?>'
    assert "refers to something outside" in drawing_fault((sheet + SVG.format("")).encode())


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0h9v9z" fill="#123"/><circle r="3"/>',
        "<style>.a { fill: #123 }</style><rect class='a' width='9' height='9'/>",
        '<defs><linearGradient id="g"><stop stop-color="red"/></linearGradient></defs><rect fill="url(#g)"/>',
        '<symbol id="s"><path d="M0 0h9"/></symbol><use href="#s"/><use xlink:href="#s"/>',
        '<title>Logo</title><text x="1" y="8"><tspan>Police</tspan></text>',
        '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>',
        '<s:namedview xmlns:s="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"/>',
    ],
)
def test_drawings_as_programs_save_them_are_sound(inside: str) -> None:
    public = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    for head in ("", public, '<?xml version="1.0" encoding="UTF-8" standalone="no"?>'):
        assert drawing_fault((head + SVG.format(inside)).encode()) == ""


@pytest.mark.parametrize("size", ['width="1e999mm"', 'width="1e9cm"', 'width="0.0001px" height="0.0001px"'])
def test_a_drawing_has_a_size_that_can_be(size: str) -> None:
    with pytest.raises(UnusablePicture):
        image("x.svg", SVG.format("").replace("viewBox", f"{size} viewBox").encode())


def test_a_problem_names_the_picture(small: Workspace) -> None:
    small.path(SIGNATURE).write_bytes(LARGE["large.png"])
    svg = small.read(WORDMARK)
    small.write(WORDMARK, svg.replace("<path", "<script>1</script><path", 1))
    ran = small.letters("check", "kent")
    assert ran.status == 1
    assert (
        f"{SIGNATURE}: has 100,000 by 100,000 pixels, and 40 million are the most that a letter can show [E525]"
        in ran.err
    )
    assert f"{WORDMARK}: has an element 'script', which is not allowed in a letter [E526]" in ran.err
    assert "Warning" not in ran.err
