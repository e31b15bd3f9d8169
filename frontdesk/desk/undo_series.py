"""Taking back a whole course from any of its visits: its booking, or its being called off from one visit on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from frontdesk.desk.claims import fit_again
from frontdesk.desk.coming import put_away_again
from frontdesk.desk.context import clinic_of
from frontdesk.desk.outcome import Outcome
from frontdesk.desk.words import on_day
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import local_day
from frontdesk.domain.packing import NoFit
from frontdesk.domain.plurals import number_of
from frontdesk.store import appointments, audit
from frontdesk.store.audit import Entry
from frontdesk.store.engine import Writing
from frontdesk.store.subjects import subject_of_series

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable

_BOOKED, _CALLED_OFF = "series.book", "series.cancel"


def group_of(connection: Askable, visit: Appointment, entry: Entry) -> Entry | None:
    """The entry about a whole course with which a visit's own `entry` was made; None where it stands for itself.

    Once the whole was taken back, whatever was kept of it then is taken back by itself.
    """
    if visit.series_id is None:
        return None
    entries = audit.of_subject(connection, subject_of_series(visit.series_id))
    undone = audit.undone(connection, [one.seq for one in entries])
    for one in entries:
        together = one.what in (_BOOKED, _CALLED_OFF) and (one.after or {})["visits"].get(str(visit.id)) == entry.seq
        if together and one.seq not in undone:
            return one
    return None


def undo_group(
    writing: Writing,
    visit: Appointment,
    group: Entry,
    last_entry: Callable[[Askable, Appointment], Entry],
    take_back: Callable[[Writing, Appointment, Entry], Outcome],
) -> Outcome:
    """Takes back, of everything done together, what nobody has changed since; names what is kept, and why.

    `last_entry` gives what undo would take back of a visit, `take_back` does it.
    """
    connection = writing.connection
    clinic = clinic_of(connection)
    today = local_day(writing.at, clinic.timezone)
    taken: list[Appointment] = []
    kept: list[str] = []
    for key, seq in (group.after or {})["visits"].items():
        one = appointments.get(connection, int(key))
        entry = _last(last_entry, connection, one)
        when = on_day(clinic, one.starts, today)
        if entry is None or entry.seq != seq:
            kept.append(f"{when} ({one.status.words})")
            continue
        if group.what == _CALLED_OFF:
            fit = fit_again(connection, clinic, one, writing.at, squeeze=one.squeezed)
            if isinstance(fit, NoFit):
                kept.append(f"{when} ({fit.words})")
                continue
        take_back(writing, one, entry)
        if entry.what != "visit.course":
            taken.append(one)
    if not taken:
        raise Refused(f"nothing of the series of {visit.patient.name} can be taken back: {'; '.join(kept)}")
    writing.log("series.undo", group.subject, after={"visits": [one.id for one in taken]}, undoes=group.seq)
    count = f"{number_of(len(taken), 'visit')} of {visit.patient.name}"
    words = f"undid the series: {count}" if group.what == _BOOKED else f"undid the cancelling of {count}"
    stay = [f"as they are now stay {'; '.join(kept)}"] if kept else []
    also = (*stay, *put_away_again(writing, visit.patient.id, group))
    return Outcome(appointments.get(connection, visit.id), words, also)


def _last(last_entry: Callable[[Askable, Appointment], Entry], connection: Askable, visit: Appointment) -> Entry | None:
    """What undo would take back of a visit; None where it takes back nothing, like a count."""
    try:
        return last_entry(connection, visit)
    except Refused:
        return None
