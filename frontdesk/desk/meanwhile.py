"""Nobody's change is lost unseen: who decided on what somebody else has changed since is told what that was."""

from __future__ import annotations

from frontdesk.desk.context import clinic_of
from frontdesk.desk.entry_words import SILENT, done_words
from frontdesk.desk.words import at_clock
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Stale
from frontdesk.domain.hours import local_day
from frontdesk.store import appointments, audit
from frontdesk.store.audit import Entry
from frontdesk.store.engine import Writing
from frontdesk.store.subjects import subject_of

MOST_TOLD = 3
"""Changes that are named; of more, the latest are."""


def unchanged(writing: Writing, appointment_id: int, version: int | None) -> tuple[Clinic, Appointment]:
    """The clinic, and a visit as it is now that was read at `version`; None is fresh.

    Raises `Stale` with what others did to it since.
    """
    clinic = clinic_of(writing.connection)
    visit = appointments.get(writing.connection, appointment_id)
    if version is None or version == visit.version:
        return clinic, visit
    told = [_told(writing, entry, visit, clinic) for entry in reversed(_since(writing, visit, version)[:MOST_TOLD])]
    what = ", then ".join(told) or "was changed by somebody else"
    raise Stale(f"{visit.patient.name} {what}; look again")


def done_already(writing: Writing, visit: Appointment) -> str:
    """`was marked as arrived by Ben at 10:40`: how a visit came to its status; empty where the log does not say."""
    for entry in audit.of_subject(writing.connection, subject_of(visit.id)):
        if entry.what not in SILENT and (entry.after or {}).get("status") == visit.status.value:
            return _told(writing, entry, visit, clinic_of(writing.connection))
    return ""


def _told(writing: Writing, entry: Entry, visit: Appointment, clinic: Clinic) -> str:
    undone = audit.get(writing.connection, entry.undoes) if entry.undoes is not None else None
    words = done_words(entry, undone.what if undone else None, visit, clinic, local_day(writing.at, clinic.timezone))
    return f"{words} by {entry.who} at {at_clock(clinic, entry.at)}"


def _since(writing: Writing, visit: Appointment, version: int) -> list[Entry]:
    """The entries of the saves that came after `version`, newest first; an entry has the version it left."""
    found: list[Entry] = []
    for entry in audit.of_subject(writing.connection, subject_of(visit.id)):
        left = (entry.after or {}).get("version")
        # The log of an older release has no versions: there were no more saves than the version has moved on by.
        if len(found) == visit.version - version or (left is not None and left <= version):
            break
        if entry.what not in SILENT:
            found.append(entry)
    return found
