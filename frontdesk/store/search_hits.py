"""What the place of a found patient depends on, made of the rows that `search_sql` reads it in."""

from __future__ import annotations

from typing import Any

from frontdesk.domain.lookup.ranking import NEVER_SEEN, Closeness, Days, Hit
from frontdesk.store import patient_rows

_VISIT = -(1 + patient_rows.COUNT)
_NAME = -patient_rows.COUNT
"""Where the next visit, and the name and what else the place depends on, are in a row, from its end."""


def name_of(row: Any) -> str:
    """Family and given name of a row of `search_sql.with_people`."""
    return f"{row[_NAME]} {row[_NAME + 1]}"


class Placing:
    """Makes hits for days on which a visit is soon."""

    def __init__(self, days: Days) -> None:
        self.days = days
        self.rows: dict[int, Any] = {}
        """The rows of which hits were made, by id."""

    def hit(self, row: Any, near: Closeness, loose: int, terms: int) -> Hit:
        """A patient by a row of `search_sql.with_people`, which begins with their id."""
        self.rows[row[0]] = row
        starts, family, given, last_seen, deceased_on, retired = row[_VISIT : _NAME + 5]
        return Hit(
            bool(retired) or deceased_on is not None,
            near,
            self.days.visit(starts),
            NEVER_SEEN if last_seen is None else -last_seen,
            loose,
            (family, given),
            row[0],
            terms,
        )
