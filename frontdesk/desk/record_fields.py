"""A patient's record as it is written out for them: each part of it in values that JSON has."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.package import Left
from frontdesk.domain.patient import Flag
from frontdesk.domain.plan import Plan
from frontdesk.domain.recall import Contact
from frontdesk.domain.reminder import Reminder
from frontdesk.domain.scores import Taken
from frontdesk.domain.time_text import iso_day, iso_instant
from frontdesk.domain.waiting import Waiting
from frontdesk.store.audit import Entry


def flag(one: Flag) -> dict[str, Any]:
    """A safety flag, also one that is over."""
    return {
        "kind": one.kind.value,
        "note": one.note,
        "since": iso_day(one.since),
        "until": iso_day(one.until),
        "set_by": one.set_by,
    }


def scores(one: Taken, timezone: str) -> dict[str, Any]:
    """Scores as they were taken once."""
    return {"at": iso_instant(one.at, timezone), "taken_by": one.taken_by, **asdict(one.scores)}


def package(one: Left) -> dict[str, Any]:
    """A prepaid package and what was used of it."""
    bought = one.package
    return {
        "visits": bought.visits,
        "used": one.used,
        "service": bought.service.name if bought.service else None,
        "bought_on": bought.bought_on.isoformat(),
        "expires_on": iso_day(bought.expires_on),
        "sold_by": bought.sold_by,
    }


def contact(one: Contact, timezone: str) -> dict[str, Any]:
    """What came of asking them to come again."""
    return {
        "at": iso_instant(one.at, timezone),
        "who": one.who,
        "about": one.about.value,
        "result": one.result.value,
        "words": one.words,
        "next_on": iso_day(one.next_on),
    }


def reminder(one: Reminder, timezone: str) -> dict[str, Any]:
    """What was tried to remind them of a visit."""
    return {
        "appointment": one.appointment_id,
        "of": iso_instant(one.starts, timezone),
        "at": iso_instant(one.at, timezone),
        "by": one.channel.value,
        "result": one.result.value,
        "address": one.address,
        "text": one.text,
    }


def entry(one: Entry, timezone: str) -> dict[str, Any]:
    """What the log says of them."""
    return {
        "at": iso_instant(one.at, timezone),
        "who": one.who,
        "what": one.what,
        "before": one.before,
        "after": one.after,
    }


def plan(one: Plan) -> dict[str, Any]:
    """A treatment plan."""
    details = one.details
    return {
        "complaint": details.complaint,
        "cadence": details.cadence.value,
        "planned": details.planned,
        "reassess_at": details.reassess_at,
        "service": details.service.name,
        "practitioner": details.practitioner.name if details.practitioner else None,
        "wishes": details.wish_words,
        "started_on": one.started_on.isoformat(),
        "decided_by": one.decided_by,
        "paused_on": iso_day(one.paused_on),
        "paused_until": iso_day(one.paused_until),
        "ended_on": iso_day(one.ended_on),
        "outcome": one.outcome.value if one.outcome else None,
        "outcome_note": one.outcome_note,
    }


def visit(one: Appointment, timezone: str) -> dict[str, Any]:
    """A visit with its needle counts."""
    facts = one.facts
    return {
        "id": one.id,
        "service": one.service.name,
        "practitioner": one.practitioner.name,
        "room": one.room.name if one.room else None,
        "status": one.status.value,
        "starts": iso_instant(one.starts, timezone),
        "arrived_at": iso_instant(facts.arrived_at, timezone),
        "began_at": iso_instant(facts.began_at, timezone),
        "ended_at": iso_instant(facts.ended_at, timezone),
        "reason": facts.reason,
        "needles": [
            {
                "in_at": iso_instant(side.in_at, timezone),
                "out_at": iso_instant(side.out_at, timezone),
                "in": side.count_in,
                "out": side.count_out,
                "kept": side.kept,
                "missing": side.missing,
                "missing_reason": side.missing_reason,
            }
            for side in one.retentions
        ],
    }


def waiting(one: Waiting, timezone: str) -> dict[str, Any]:
    """What was waited for, and what came of it."""
    return {
        "since": iso_instant(one.since, timezone),
        "added_by": one.added_by,
        "service": one.wish.service.name,
        "earlier_than": one.visit.id if one.visit else None,
        "wish": one.wish.words,
        "urgent": one.wish.urgent,
        "note": one.wish.note,
        "ended_at": iso_instant(one.ended_at, timezone),
        "ending": one.ending.value if one.ending else None,
        "reason": one.reason,
        "booked": one.booked_id,
    }
