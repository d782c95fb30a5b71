"""Signs that a Word document takes from a font of symbols: there the font and the code together are the sign."""

from __future__ import annotations

#: What the font Symbol shows for the codes from 0x20, and from 0xA0 (a blank: nothing).
_SYMBOL = dict(
    enumerate(
        " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
        0x20,
    )
) | dict(
    enumerate(
        "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
        0xA0,
    )
)
#: Those of Wingdings that letters and forms have: boxes, ticks, bullets, arrows, numbers.
_WINGDINGS = {
    0x20: " ",
    **dict(enumerate("✆✉", 0x29)),
    **dict(enumerate("☺😐☹", 0x4A)),
    **dict(enumerate("👍👎", 0x43)),
    **dict(enumerate("●❍■□", 0x6C)),
    **dict(enumerate("❑❒⬧⧫◆❖⬥⌧", 0x71)),
    **dict(enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿", 0x80)),
    0x9F: "•",
    0xA7: "▪",
    0xA8: "☐",
    0xD8: "➢",
    **dict(enumerate("←→↑↓", 0xDF)),
    **dict(enumerate("⇦⇨⇧⇩", 0xEF)),
    **dict(enumerate("✗✓☒☑", 0xFB)),
}
_SIGNS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
_FONTS = (*_SIGNS, "wingdings 2", "wingdings 3", "webdings", "zapf dingbats", "marlett", "mt extra")
#: Where Word puts the codes of a font of symbols.
_PRIVATE = 0xF000


def is_of_symbols(font: str | None) -> bool:
    """Whether a font shows signs where others show letters."""
    return (font or "").lower() in _FONTS


def sign(code: int, font: str | None) -> tuple[str, str]:
    """What is shown for a code of a font: the sign; or, where it is not known, the code and the name of the font."""
    low = code - _PRIVATE if _PRIVATE <= code <= _PRIVATE + 0xFF else code
    name = (font or "").lower()
    if known := _SIGNS.get(name, {}).get(low):
        return known, ""
    own = low != code or is_of_symbols(font)
    shown = chr(low + _PRIVATE if low < 0x100 and own else code)
    return shown, name if own else ""
