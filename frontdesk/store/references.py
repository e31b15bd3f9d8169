"""What an appointment speaks of is there and stays, for `store.guards`: SQLite asks foreign keys only of who wishes it.

PostgreSQL asks them of everybody, and has these rules from its foreign keys.
"""

from __future__ import annotations

from typing import Final

COLUMNS: Final = {
    "patient_id": "patient",
    "practitioner_id": "practitioner",
    "holder_id": "practitioner",
    "service_id": "service",
    "room_id": "room",
}
"""Where an appointment names a row of another table."""


def rules() -> list[tuple[str, str, str, str]]:
    """Each rule's name, when it is asked, the condition under which it refuses, and the words it refuses with."""
    strange = " OR ".join(
        f"NEW.{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {table} AS p WHERE p.id = NEW.{column})"
        for column, table in COLUMNS.items()
    )
    unknown = "an appointment is of nobody and nothing that nobody knows"
    made: list[tuple[str, str, str, str]] = [
        ("appointment_of_known", "BEFORE INSERT ON appointment", strange, unknown),
        ("appointment_to_known", f"BEFORE UPDATE OF {', '.join(COLUMNS)} ON appointment", strange, unknown),
    ]
    for table in dict.fromkeys(COLUMNS.values()):
        used = " OR ".join(
            f"EXISTS (SELECT 1 FROM appointment AS a WHERE a.{column} = OLD.id)"
            for column, of in COLUMNS.items()
            if of == table
        )
        stays = f"that {table} has appointments and stays"
        made.append((f"{table}_stays", f"BEFORE DELETE ON {table}", used, stays))
        made.append((f"{table}_number", f"BEFORE UPDATE OF id ON {table}", f"NEW.id <> OLD.id AND ({used})", stays))
    return made
