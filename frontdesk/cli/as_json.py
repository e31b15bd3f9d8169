"""Domain values as the JSON the contract promises: local instants in RFC 3339, keys that do not apply null."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import pendulum
from pendulum import DateTime

from frontdesk.domain.board import RoomNow, RoomState
from frontdesk.domain.due import NEEDLES, Due
from frontdesk.domain.time_text import iso_day, iso_instant

if TYPE_CHECKING:
    from frontdesk.desk.closing import CloseSheet
    from frontdesk.desk.next_visits import NextVisit
    from frontdesk.desk.saying import Understood
    from frontdesk.desk.series import SeriesPlan
    from frontdesk.domain.appointment import Appointment, Block
    from frontdesk.domain.closing import Open
    from frontdesk.domain.kept import KeptNeedles
    from frontdesk.domain.package import Left
    from frontdesk.domain.packing import Slot
    from frontdesk.domain.patient import Found, Patient
    from frontdesk.domain.plan import Progress

_INSTANTS = ("_at", "_until", "leave_by", "starts", "ends")


def person(patient: Patient) -> dict[str, Any]:
    """Whom something is of."""
    return {"id": patient.id, "name": patient.name}


def appointment(one: Appointment, timezone: str) -> dict[str, Any]:
    """An appointment as `agenda`, `book` and `visit` give it."""
    return {
        "kind": "appointment",
        "id": one.id,
        "title": f"{one.patient.name} · {one.service.name}",
        "start": iso_instant(one.starts, timezone),
        "end": iso_instant(one.ends, timezone),
        "patient": person(one.patient),
        "practitioner": one.practitioner.name,
        "room": one.room.name if one.room else None,
        "service": one.service.name,
        "status": one.status.value,
        "phases": [
            {
                "name": phase.name.value,
                "start": iso_instant(phase.starts, timezone),
                "end": iso_instant(phase.ends, timezone),
                "hands_on": phase.hands_on,
            }
            for phase in one.plan.phases
        ],
        "squeezed": one.squeezed,
        "leave_by": iso_instant(one.leave_by, timezone),
        "in_charge": one.in_charge.name,
        "series": one.series_id,
        "cancelled_by": one.cancelled_by or None,
    }


def block(one: Block, timezone: str) -> dict[str, Any]:
    """A block as `agenda` gives it."""
    return {
        "kind": "block",
        "id": f"b{one.id}",
        "title": one.title,
        "start": iso_instant(one.starts, timezone),
        "end": iso_instant(one.ends, timezone),
        "patient": None,
        "practitioner": one.practitioner.name if one.practitioner else None,
        "room": one.room.name if one.room else None,
        "service": None,
        "status": "cancelled" if one.cancelled else "booked",
        "phases": [],
        "squeezed": False,
        "leave_by": None,
    }


def room(one: RoomNow, timezone: str, free: DateTime | None = None) -> dict[str, Any]:
    """A room as `rooms` gives it; `free` is when it is expected to be ready for the next."""
    visit = one.appointment if one.state is not RoomState.FREE else None
    retention = one.retention if one.state in (RoomState.RETENTION, RoomState.COUNT_OWED) else None
    timed = one.state is RoomState.RETENTION
    return {
        "room": one.room.name,
        "state": one.state.value,
        "appointment": visit.id if visit else None,
        "patient": visit.patient.name if visit else None,
        "practitioner": visit.practitioner.name if visit else None,
        "needles_in_at": iso_instant(retention.in_at, timezone) if retention else None,
        "planned_minutes": retention.planned_minutes if retention else None,
        "due_at": iso_instant(retention.due_at, timezone) if retention else None,
        "latest_at": iso_instant(retention.latest_at, timezone) if retention else None,
        "remaining_seconds": one.remaining_seconds if timed else None,
        "alarm": one.alarm.value,
        "silenced_until": iso_instant(retention.silenced_until, timezone) if retention else None,
        "needles_in": retention.count_in if retention else None,
        "leave_by": iso_instant(retention.leave_by, timezone) if retention else None,
        "owner": one.owner.name if one.owner else None,
        "ownerless": one.ownerless,
        "expected_free": iso_instant(free, timezone),
        "timers": [due(one_due, timezone) for one_due in one.dues if one_due.kind != NEEDLES],
        "next_due": due(one.nearest, timezone) if one.nearest else None,
    }


def due(one: Due, timezone: str) -> dict[str, Any]:
    """What is to be seen to in a room, and when; `kind` is `needles` or what is timed beside them."""
    return {
        "kind": one.kind,
        "due_at": iso_instant(one.due_at, timezone),
        "remaining_seconds": one.remaining_seconds,
        "alarm": one.alarm.value,
    }


def kept(one: KeptNeedles, timezone: str) -> dict[str, Any]:
    """Needles that a patient was let go with, as `kept` gives them."""
    return {
        "appointment": one.appointment_id,
        "patient": person(one.patient),
        "practitioner": one.practitioner,
        "kept": one.kept,
        "since": iso_instant(one.since, timezone),
        "remove_on": iso_day(one.remove_on),
    }


def found(one: Found) -> dict[str, Any]:
    """A patient as `find` gives them."""
    details = one.patient.details
    return {
        "id": one.patient.id,
        "name": one.patient.name,
        "birth_date": iso_day(details.birth_date),
        "phone": details.phones[0] if details.phones else None,
        "email": details.email or None,
        "score": round(one.score, 3),
    }


def slot(one: Slot, timezone: str) -> dict[str, Any]:
    """A free place as `slots` gives it."""
    return {
        "start": iso_instant(one.starts, timezone),
        "end": iso_instant(one.ends, timezone),
        "practitioner": one.practitioner.name,
        "room": one.room.name,
        "retention_minutes": one.retention_minutes,
    }


def next_visit(found: NextVisit, timezone: str) -> dict[str, Any]:
    """What comes after a check-out: the visit that is booked, or where the one the plan would have next fits."""
    return {
        "coming": appointment(found.coming, timezone) if found.coming is not None else None,
        "plan": None
        if found.progress is None
        else {"done": found.progress.done, "planned": found.progress.plan.details.planned},
        "wanted": found.wanted,
        "wished": iso_instant(found.wished, timezone),
        "why_not": "; ".join(found.why) or None,
        "places": [slot(one, timezone) for one in found.places],
    }


def series(plan: SeriesPlan, timezone: str) -> dict[str, Any]:
    """A course date by date as `series` gives it: what each gets, and why it is not the wished time."""
    return {
        "patient": person(plan.patient),
        "service": plan.service.name,
        "every": plan.request.cadence.value,
        "times": plan.request.count,
        "dates": [
            {
                "wished": iso_instant(one.wished, timezone),
                "outcome": one.mark.name.lower(),
                "place": slot(one.proposed, timezone) if one.proposed else None,
                "why": "; ".join(one.why) or None,
                "appointment": one.there.id if one.there else None,
                "alternatives": [slot(place, timezone) for place in one.places if place is not one.proposed],
            }
            for one in plan.dates
        ],
    }


def plan(far: Progress, timezone: str, today: date) -> dict[str, Any]:
    """A treatment plan with how far it has gone."""
    one, details = far.plan, far.plan.details
    return {
        "id": one.id,
        "state": one.state_on(today).value,
        "done": far.done,
        "planned": details.planned,
        "every": details.cadence.value,
        "complaint": details.complaint or None,
        "service": details.service.name,
        "practitioner": details.practitioner.name if details.practitioner else None,
        "wishes": details.wish_words or None,
        "reassess_at": details.reassess_at,
        "reassessment_due": far.reassessment_due,
        "started_on": one.started_on.isoformat(),
        "decided_by": one.decided_by,
        "expected_on": far.expected_on.isoformat() if one.is_open and far.left else None,
        "coming": [iso_instant(start, timezone) for start in far.coming],
        "paused_until": iso_day(one.paused_until),
        "ended_on": iso_day(one.ended_on),
        "outcome": one.outcome.value if one.outcome else None,
        "note": one.outcome_note or None,
    }


def package(one: Left, today: date) -> dict[str, Any]:
    """Prepaid visits with what is left of them."""
    bought = one.package
    return {
        "id": bought.id,
        "visits": bought.visits,
        "used": one.used,
        "left": one.left,
        "service": bought.service.name if bought.service else None,
        "bought_on": bought.bought_on.isoformat(),
        "expires_on": iso_day(bought.expires_on),
        "expired": one.has_expired(today),
        "sold_by": bought.sold_by,
    }


def understood(one: Understood, timezone: str) -> dict[str, Any]:
    """A line as `say` understood it, and whether it fits; what is said aside only where it was said."""
    line = one.line
    room = line.rooms[0] if line.rooms else None
    said: dict[str, Any] = {
        "patient": person(one.patient) if one.patient else None,
        "service": line.service.name if line.service else None,
        "practitioner": line.practitioner.name if line.practitioner else None,
        "room": (room.group if len(line.rooms) > 1 else room.name) if room else None,
        "at": iso_instant(line.starts, timezone),
    }
    if one.request is not None and one.request.leave_by is not None:
        said["leave_by"] = iso_instant(one.request.leave_by, timezone)
    if line.asides.cadence is not None and line.asides.count is not None:
        said |= {"every": line.asides.cadence.value, "times": line.asides.count}
    shown = {
        "understood": said,
        "candidates": [found(candidate) for candidate in one.candidates],
        "fits": one.fits and not one.comes_no_more,
        "missed": {"no_shows": one.missed.no_shows, "late_cancellations": one.missed.late_cancellations},
        "why_not": "; ".join(one.why_not) or None,
        "alternatives": [slot(place, timezone) for place in one.alternatives],
    }
    if one.course is not None:
        shown["dates"] = [slot(place, timezone) for place in one.course.places]
    return shown


def day_close(found: CloseSheet) -> dict[str, Any]:
    """A day as `close` gives it: whether it is closed, what is open, how it went, and the next day's list."""
    zone, close = found.sheet.clinic.timezone, found.close
    from frontdesk.domain.recall import ContactResult

    return {
        "day": found.sheet.day.isoformat(),
        "closed": found.is_closed,
        "closed_at": iso_instant(found.closed.at, zone) if found.closed else None,
        "closed_by": found.closed.who if found.closed else None,
        "changed_since": found.closed.changed_since if found.closed else False,
        "open": [_open(one, zone) for one in close.open],
        "kept": [
            {
                "appointment": one.appointment_id,
                "patient": person(one.patient),
                "count": one.kept,
                "since": iso_instant(one.since, zone),
                "remove_on": iso_day(one.remove_on),
            }
            for one in found.kept
        ],
        "missing": [
            {
                "appointment": one.id,
                "patient": person(one.patient),
                "count": side.missing,
                "reason": side.missing_reason,
                "by": side.missing_by,
            }
            for one in close.missing
            for side in one.retentions
            if side.missing
        ],
        "seen": close.seen,
        "no_shows": close.no_shows,
        "cancelled": close.cancelled,
        "left": close.left,
        "late_cancelled": close.late_cancelled,
        "needles": {
            "in": close.needles.went_in,
            "out": close.needles.came_out,
            "kept": close.needles.kept,
            "missing": close.needles.missing,
            "open": close.needles.open,
        },
        "recalls": {result.value: found.recalls.get(result, 0) for result in ContactResult},
        "unbooked": [
            {
                "patient": person(one.patient),
                "done": one.progress.done,
                "planned": one.progress.plan.details.planned,
                "expected_on": one.progress.expected_on.isoformat(),
                "here": one.here,
            }
            for one in found.unbooked
        ],
        "next_day": found.next_day.isoformat(),
        "next": [appointment(one, zone) for one in found.next_visits],
    }


def _open(one: Open, timezone: str) -> dict[str, Any]:
    visit, retention = one.visit, one.visit.retention
    return {
        "need": one.need.value,
        "appointment": visit.id,
        "start": iso_instant(visit.starts, timezone),
        "patient": person(visit.patient),
        "practitioner": visit.in_charge.name,
        "room": visit.room.name if visit.room and visit.holds_room else None,
        "status": visit.status.value,
        "needles_in": retention.count_in if retention and visit.needles_are_in else None,
    }


def fields(logged: Mapping[str, Any] | None, timezone: str) -> dict[str, Any] | None:
    """What the log holds of a change, its stored milliseconds as instants."""
    if logged is None:
        return None
    return {
        key: iso_instant(pendulum.from_timestamp(value / 1000), timezone)
        if isinstance(value, int) and not isinstance(value, bool) and key.endswith(_INSTANTS)
        else value
        for key, value in logged.items()
    }
