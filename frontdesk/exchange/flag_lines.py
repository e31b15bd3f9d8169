"""Safety flags in a cell of a table, one a line: `allergy: latex`."""

from __future__ import annotations

from collections.abc import Iterable

from frontdesk.domain.patient import Flag, FlagKind
from frontdesk.text import LINE_LIMIT, clean

_KINDS = {kind.called: kind for kind in FlagKind}


def flag_lines(flags: Iterable[Flag]) -> str:
    """The kinds of the flags, each with its note; since when, and who set them, is not told."""
    return "\n".join(f"{one.kind.called}{f': {one.note}' if one.note else ''}" for one in flags)


def flags_of(cell: str) -> tuple[Flag, ...]:
    """The flags that such a cell tells of; a line that names no kind is a flag with the line as its note."""
    if not cell:
        return ()
    flags: dict[Flag, None] = {}
    for line in cell.split("\n"):
        head, _, note = line.partition(":")
        kind = _KINDS.get(" ".join(head.split()).casefold())
        said = clean(line if kind is None else note, limit=LINE_LIMIT)
        if kind is not None or said:
            flags[Flag(kind or FlagKind.OTHER, said)] = None
    return tuple(flags)
