"""Short and pet names: who is called Beth may be on file as Elizabeth, and the other way round.

From the `nicknames` package (Carlton Northern and others, Apache-2.0), which curates them for record linkage: English
names above all. Read when it is first asked, since it takes a moment.
"""

from __future__ import annotations

from functools import lru_cache

from frontdesk.domain.lookup.fold import forms


def related(word: str) -> tuple[str, ...]:
    """The other names of whoever has this one, folded; none for most."""
    return _related().get(word, ())


@lru_cache(maxsize=1)
def _related() -> dict[str, tuple[str, ...]]:
    from nicknames import name_triplets

    found: dict[str, dict[str, None]] = {}
    for one in name_triplets():
        names = [forms(name) for name in (one.name1, one.name2)]
        if all(names):
            first, second = (name[0] for name in names)
            if first != second:
                found.setdefault(first, {})[second] = None
                found.setdefault(second, {})[first] = None
    return {name: tuple(others) for name, others in found.items()}
