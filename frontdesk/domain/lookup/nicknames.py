"""Short and pet names: who is called Beth may be on file as Elizabeth, and the other way round.

From the `nicknames` package (Carlton Northern and others, Apache-2.0), which curates them for record linkage: English
names above all. Its table is read when it is first asked for, since it takes a moment, and by the name of the file: to
run the package itself takes two megabytes more, which it needs to tell its version.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from frontdesk.domain.lookup.fold import plain


def related(word: str) -> tuple[str, ...]:
    """The other names of whoever has this one, folded; none for most."""
    return tuple(_related().get(word, "").split())


@lru_cache(maxsize=1)
def _related() -> dict[str, str]:
    """Of each name the others, with blanks between them: as tuples of words they would take thrice the memory."""
    found: dict[str, str] = {}
    for one, other in _table():
        first, second = plain(one), plain(other)
        if first and second and first != second:
            for name, also in ((first, second), (second, first)):
                others = found.get(name, "")
                if also not in others.split():
                    found[name] = f"{others} {also}" if others else also
    return found


def _table() -> Iterator[tuple[str, str]]:
    """Pairs of names: who bears the first may be called the second."""
    package = find_spec("nicknames")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("the package nicknames is not installed")
    with Path(package.origin).with_name("names.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        yield from ((first, second) for first, _, second in rows)
