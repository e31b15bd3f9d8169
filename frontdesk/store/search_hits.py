"""What the place of a found patient depends on, read for those alone who may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pendulum import DateTime, from_timestamp
from sqlalchemy import Connection

from frontdesk.domain.lookup.ranking import Closeness, Days, Hit, Visit, standing
from frontdesk.store.search_sql import facts

_IDS = 1_000
"""Ids in one IN list."""

Fits = dict[int, tuple[int | None, ...]]
"""By id, how well each term fits; None where it does not."""


def facts_of(conn: Connection, ids: Iterable[int], days: Days | None) -> list[Any]:
    """As `search_sql.facts`, of however many."""
    span = None if days is None else (milliseconds(days.today), milliseconds(days.soon))
    return [row for some in slices(sorted(ids)) for row in facts(conn, some, span)]


def hit(row: Any, near: Closeness, loose: int, terms: int, days: Days | None) -> Hit:
    """A patient by those facts."""
    key, family, given, last_seen, deceased_on, retired, starts = row
    visit = Visit.NONE if days is None or starts is None else days.visit(from_timestamp(starts / 1000))
    who = standing(is_deceased=deceased_on is not None, is_retired=bool(retired))
    return Hit(key, near, (family, given), who, visit, last_seen, loose, terms)


def milliseconds(instant: DateTime) -> int:
    """Since 1970, as it is stored."""
    return int(instant.timestamp() * 1000)


def slices(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Few enough for one statement."""
    for first in range(0, len(ids), _IDS):
        yield ids[first : first + _IDS]
