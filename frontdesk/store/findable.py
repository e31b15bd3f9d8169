"""Whether all who are on file can be found: another program may have written names that `words` knows nothing of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontdesk.store.question import Question

if TYPE_CHECKING:
    from frontdesk.store.question import Askable

FOUND_AS = "given || '|' || family || '|' || known_as || '|' || former_name || '|' || original_name || '|' || email"
"""What the lookup's words of a patient are made of."""
FOUND_OTHERWISE = f"CASE WHEN found_as <> {FOUND_AS} THEN 1 END = 1"
"""Whether another program wrote a patient's name; the index on it is empty but for those, and holds this very text.

Said so that PostgreSQL takes it for rare: of a plain `<>` it believes that nearly every row has it, and reads them all.
"""
PHONE_FOUND_OTHERWISE = "CASE WHEN found_as <> text THEN 1 END = 1"
"""The same of a telephone number."""
BEHIND = (
    f"(SELECT min(id) FROM patient WHERE {FOUND_OTHERWISE}),"
    f" (SELECT min(patient_id) FROM phone WHERE {PHONE_FOUND_OTHERWISE})"
)
"""Two columns: somebody whose names, and whose numbers, are not findable yet, or NULL.

The least of an index's first column is its first entry, and not looked for in any other way.
"""


def is_behind(conn: Askable) -> bool:
    """Whether another program wrote a name or a number; a look into two indexes that are empty as a rule."""
    return any(one is not None for one in Question(conn).first(f"SELECT {BEHIND}"))
