"""Which style of Word each line of a part is set in."""

from __future__ import annotations

from letters.letter import CAPTION, FIGURE

SIGNATORY = "signatory"

#: The style of the first line of a part, and of the others.
LINE_STYLES = {
    "masthead": ("Masthead", "Masthead"),
    "sender-details": ("Sender Details", "Sender Details"),
    "sender": ("Sender Name", "Sender Office"),
    "addressee": ("Inside Address", "Inside Address"),
    "copied-to": ("Copied To", "Copied To"),
    "date": ("Date", "Date"),
    "salutation": ("Salutation", "Salutation"),
    "body": ("Body Text", "Body Text"),
    "closing": ("Closing", "Closing"),
    SIGNATORY: ("Signature", "Signatory Office"),
    FIGURE: ("Figure", "Caption"),
    CAPTION: ("Caption", "Caption"),
}


def line_styles(part: str) -> tuple[str, str]:
    """The styles of the first line of a part and of its others; a part with a name of its own has a style so named."""
    own = part.replace("-", " ").title()
    return LINE_STYLES.get(part, (own, own))
