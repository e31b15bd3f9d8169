"""Short and pet names: who is called Beth may be on file as Elizabeth, and the other way round.

From the `nicknames` package (Carlton Northern and others, Apache-2.0), which curates them for record linkage: English
names above all. Read when it is first asked, since it takes a moment.
"""

from __future__ import annotations

from functools import lru_cache

from frontdesk.domain.lookup.fold import plain


def related(word: str) -> tuple[str, ...]:
    """The other names of whoever has this one, folded; none for most."""
    return tuple(_related().get(word, "").split())


@lru_cache(maxsize=1)
def _related() -> dict[str, str]:
    """Of each name the others, with blanks between them: as tuples of words they would take thrice the memory."""
    from nicknames import name_triplets

    found: dict[str, str] = {}
    for one in name_triplets():
        first, second = plain(one.name1), plain(one.name2)
        if first and second and first != second:
            for name, other in ((first, second), (second, first)):
                others = found.get(name, "")
                if other not in others.split():
                    found[name] = f"{others} {other}" if others else other
    return found
