"""Text in columns for a printer or a pager: measured in cells, without anything that either would obey.

Writing from right to left stays where it belongs in a viewer that reorders it: a left-to-right mark (UAX #9, no
embedding, no override) keeps what follows a name, and the row as a whole, from being turned round.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from frontdesk.patterns import late
from frontdesk.text import visible

MARK = "\u200e"
_NARROW = late(r"[ -~\u00a1-\u02ff\u2010-\u2027≈]*")
"""Latin letters, dashes, quotes and what stands for what was cut off: one cell each."""
_TURNED = frozenset({"R", "AL", "AN"})


def cells(text: str) -> int:
    """How many cells a text takes."""
    if _NARROW.fullmatch(text):
        return len(text)
    # For other scripts alone: its tables take as long to load as a day to read, and a megabyte.
    from wcwidth import wcswidth

    return max(0, wcswidth(text))


def turns(text: str) -> bool:
    """Whether a viewer would set a part of the text from right to left."""
    return any(unicodedata.bidirectional(one) in _TURNED for one in text)


def cut(text: str, width: int) -> str:
    """`text` in at most `width` cells, an ellipsis standing for what was left out; never between letter and mark."""
    text = visible(text)
    if cells(text) <= width:
        return text
    if width < 1:
        return ""
    kept, taken = "", 0
    for one in text:
        size = cells(one)
        if taken + size > width - 1:
            break
        kept, taken = kept + one, taken + size
    return kept.rstrip() + "…"


def pad(text: str, width: int, *, right: bool = False) -> str:
    """`text` cut or filled to exactly `width` cells."""
    text = cut(text, width)
    blanks = " " * (width - cells(text))
    text = f"{text}{MARK}" if turns(text) else text
    return blanks + text if right else text + blanks


def wrap(words: Iterable[str], width: int, *, indent: str = "", gap: str = "  ") -> list[str]:
    """Pieces set side by side in rows of at most `width` cells; a piece that is longer is broken at its blanks."""
    rows: list[str] = []
    for piece in (part for word in words for part in _broken(visible(word), width - cells(indent))):
        shown = f"{piece}{MARK}" if turns(piece) else piece
        if rows and cells(rows[-1]) + len(gap) + cells(shown) <= width:
            rows[-1] += gap + shown
        else:
            rows.append(indent + shown)
    return rows


def page(rows: Iterable[str]) -> str:
    """The rows as one text that ends with a line end."""
    return "".join(f"{MARK if turns(row) else ''}{row.rstrip()}\n" for row in rows)


def _broken(text: str, width: int) -> Iterable[str]:
    row = ""
    for word in text.split():
        while cells(word) > width:
            if row:
                yield row
                row = ""
            head = cut(word, width)[:-1] or word[:1]
            yield head
            word = word[len(head) :]
        if row and cells(row) + 1 + cells(word) > width:
            yield row
            row = word
        else:
            row = f"{row} {word}" if row else word
    if row:
        yield row
