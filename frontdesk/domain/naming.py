"""Names as they are typed in a hurry."""

from __future__ import annotations

import unicodedata

from frontdesk.text import NAME_LIMIT

_HYPHENS = "-‐‑–"


def plain(text: str) -> str:
    """A name without case, accents and hyphens, its words parted by one blank."""
    letters = unicodedata.normalize("NFKD", text[:NAME_LIMIT].casefold())
    return " ".join(
        "".join(" " if one in _HYPHENS else one for one in letters if not unicodedata.combining(one)).split()
    )
