"""The words of an HTML page that `letters` made, and the stage mark as its furniture."""

from __future__ import annotations

from html.parser import HTMLParser

from letters.readback import Reading
from letters.workspace.looks.cascade import unreadable

#: The elements that hold the text of one block, each closed before the next opens.
_BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "th", "td"})


def read(data: bytes) -> Reading:
    """What the page says. Text outside every block counts as a block of its own, so that nothing goes unread."""
    page = data.decode("utf-8")
    parser = _Parser()
    parser.feed(page)
    parser.close()
    unseen = tuple(map(str, unreadable(page)))
    return Reading(tuple(parser.words), (tuple(parser.furniture),), unseen=unseen)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.furniture: list[str] = []
        self._text = ""
        self._into: list[str] | None = None
        self._in_body = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self._in_body = True
        elif tag in _BLOCKS:
            self._end_loose_text()
            self._into = self.furniture if ("role", "note") in attrs else self.words

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS and self._into is not None:
            # A line feed in the source is a space like any other; `Reading` has one for each line on paper.
            if self._text.strip():
                self._into.append(self._text.replace("\n", " "))
            self._text, self._into = "", None

    def handle_data(self, data: str) -> None:
        if self._in_body:
            self._text += data

    def close(self) -> None:
        super().close()
        self._end_loose_text()

    def _end_loose_text(self) -> None:
        if self._text.strip():
            self.words.append(self._text.replace("\n", " "))
        self._text = ""
