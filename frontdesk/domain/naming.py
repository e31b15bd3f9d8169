"""Names as they are typed in a hurry."""

from __future__ import annotations

import unicodedata

from frontdesk.text import NAME_LIMIT

BEGINNING = 3
"""Letters from which the beginning of a name counts as the name."""
_TITLES = frozenset({"dr", "mr", "ms", "mrs", "prof"})
_HYPHENS = "-‐‑–"


def plain(text: str) -> str:
    """A name without case, accents and hyphens, its words parted by one blank."""
    letters = unicodedata.normalize("NFKD", text[:NAME_LIMIT].casefold())
    return " ".join(
        "".join(" " if one in _HYPHENS else one for one in letters if not unicodedata.combining(one)).split()
    )


def is_title(word: str) -> bool:
    """Whether a word is said before a name and is none: `Dr.`, `mrs`."""
    return word.casefold().removesuffix(".") in _TITLES


def is_called(name: str, wanted: str) -> bool:
    """Whether a `plain` word is one of a name's words, or from three letters on the beginning of one; no title is."""
    words = [word for word in plain(name).split() if not is_title(word)]
    return any(word == wanted or (len(wanted) >= BEGINNING and word.startswith(wanted)) for word in words)
