"""Colours, and whether text of one can be read on another."""

from __future__ import annotations

#: What WCAG 2 asks of the contrast of large text; below it no text passes.
_CONTRAST = 3.0

#: Red, green and blue, from 0 to 255.
Colour = tuple[float, float, float]
WHITE: Colour = (255.0, 255.0, 255.0)
BLACK: Colour = (0.0, 0.0, 0.0)


def can_be_read(fill: Colour, alpha: float, ground: Colour) -> bool:
    """Whether text that is filled so can be told from what is behind it."""
    return contrast(_mixed(fill, alpha, ground), ground) >= _CONTRAST


def _mixed(colour: Colour, alpha: float, ground: Colour) -> Colour:
    red, green, blue = (upper * alpha + lower * (1 - alpha) for upper, lower in zip(colour, ground, strict=True))
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours as WCAG 2 has it, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Colour) -> float:
    """As WCAG 2 has it, from 0 to 1."""
    red, green, blue = (part / 255 for part in colour)
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
