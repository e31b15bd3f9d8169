"""What the database's own errors mean, in words for a person."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from frontdesk.domain.errors import Guarded, Refused, Unavailable, Unsound

MARK = "frontdesk: "
"""How the messages of our own triggers begin, so that they can be told from the library's."""

LOCKED = "another program has held the database for {:g} s; nothing was saved, try again"
UNIQUE = {
    "appointment.room_id": "that room is taken by another visit",
    "appointment.patient_id": "that patient is already in the house",
    "retention.appointment_id": "needles are already in for this visit",
    "audit.undoes": "that has been undone already",
    "reminder_sent.appointment_id": "a mail of this visit at this time has been written down already",
    "room.name": "there is already a room of that name",
    "practitioner.name": "there is already a practitioner of that name",
    "service.name": "there is already a service of that name",
    "equipment.name": "there is already equipment of that name",
}
CHECK = {
    "ck_retention_every_needle": "the counts don't add up: out, kept and missing together must be the count in",
    "ck_retention_missing_named": "a missing needle needs the reason and the name of who looked for it",
    "ck_retention_count_in": "the count in must be at least 1",
    "ck_retention_counts": "a count can't be less than 0",
}


def taken(resource: str) -> str:
    """That what a claim wants (`room:3`, `practitioner:1`, `patient:42`) is another's at that time."""
    words = {
        "room": "that room is taken at that time",
        "practitioner": "the practitioner is taken at that time",
        "patient": "the patient has another appointment then",
    }
    return words.get(resource.partition(":")[0], "that is taken at that time")


class Damaged(Unsound):
    """The file is not, or no longer, what SQLite writes."""


@contextmanager
def in_words(busy_seconds: float) -> Iterator[None]:
    """Turns the errors of the database inside it into `Refused` or `Unavailable`; what is a defect passes unchanged."""
    try:
        yield
    except Refused:
        raise
    except Exception as error:
        said = _explained(_drivers_own(error), busy_seconds)
        if said is not None:
            raise said from error
        raise


def _drivers_own(error: Exception) -> BaseException | None:
    """What the driver said, which SQLAlchemy puts into an error of its own."""
    # Another thread may be loading it just now: then this error is none of its.
    known = getattr(sys.modules.get("sqlalchemy.exc"), "DBAPIError", None)
    if known is not None and isinstance(error, known):
        found: BaseException | None = error.orig
        return found
    return error


def _explained(error: BaseException | None, busy_seconds: float) -> Refused | None:
    if isinstance(error, sqlite3.Error):
        return explain(error, busy_seconds)
    psycopg = sys.modules.get("psycopg")
    if psycopg is not None and isinstance(error, psycopg.Error):
        from frontdesk.store.postgres import faults

        return faults.explain(error, busy_seconds)
    return None


def explain(error: sqlite3.Error, busy_seconds: float) -> Refused | None:
    """The refusal that stands for an error of SQLite, or None when it is a defect of the program."""
    message = str(error)
    if isinstance(error, sqlite3.IntegrityError):
        return _rule(message)
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Unavailable(LOCKED.format(busy_seconds))
    if name == "SQLITE_FULL":
        return Unavailable("the disk is full; nothing was saved, free some space and try again")
    if name == "SQLITE_READONLY_DBMOVED":
        return Unavailable("the database is gone: it was deleted or moved while in use; nothing was saved")
    if name.startswith("SQLITE_READONLY"):
        return Unavailable("the database may only be read (see the permissions of the file and its folder); not saved")
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_PERM")):
        return Unavailable("the database can't be opened: it is gone, or this user may not open it")
    if name.startswith("SQLITE_IOERR"):
        return Unavailable("the disk reports an error (or is full); nothing was saved, look at the disk first")
    if message.startswith("no such table"):
        # Each was there when it was opened: who copies a file over another empties that first.
        return Unavailable(
            "the database's tables are gone: its file was emptied or is being replaced; nothing was saved"
        )
    if name == "SQLITE_NOTADB":
        return Damaged("the file is not a SQLite database; it was left as it is")
    if name.startswith("SQLITE_CORRUPT"):
        return Damaged("the database is damaged; put a backup in its place with `frontdesk restore FILE`")
    return None


def _rule(message: str) -> Refused | None:
    if message.startswith(MARK):
        return Guarded(message.removeprefix(MARK))
    unique = re.fullmatch(r"UNIQUE constraint failed: ([\w.]+)(?:, [\w.]+)*", message)
    if unique and unique[1] in UNIQUE:
        return Refused(UNIQUE[unique[1]])
    check = re.fullmatch(r"CHECK constraint failed: (\w+)", message)
    if check and check[1] in CHECK:
        return Refused(CHECK[check[1]])
    return None
