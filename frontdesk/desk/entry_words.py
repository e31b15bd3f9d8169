"""What the log's entries about an appointment are called: what was done to it, and what is taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import pendulum

from frontdesk.desk.words import on_day
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic, Practitioner, Room
from frontdesk.store.audit import Entry

TAKEN_BACK = {
    "visit.book": "the booking",
    "visit.walk-in": "the booking of who walked in",
    "visit.confirm": "the confirmation",
    "visit.arrive": "the arrival",
    "visit.room": "the rooming",
    "visit.begin": "the practitioner going in",
    "visit.ready": "the room being ready",
    "visit.checkout": "the check-out",
    "visit.cancel": "the cancelling",
    "visit.reinstate": "the reinstating",
    "visit.no-show": "the no-show",
    "visit.left": "the leaving",
    "visit.error": "the entered-in-error mark",
    "visit.move": "the move",
    "visit.retention": "the change of the planned retention",
    "visit.extend": "the change of the retention",
    "visit.silence": "the silencing",
    "visit.check": "the check",
    "visit.replan-room": "the change of room",
    "timer.start": "the starting of a timer",
    "timer.stop": "the ending of a timer",
    "timer.silence": "the silencing",
    "visit.course": "the beginning of a course",
    "visit.hand-over": "the hand-over",
}
"""The steps that undo takes back, as it names them."""

BOOKINGS = frozenset({"visit.book", "visit.walk-in"})
"""The entries with which a visit begins."""

SILENT = frozenset(
    {
        *("visit.needles-in", "visit.needles-out", "needles.kept-out"),
        *("alarm.low", "alarm.medium", "alarm.high"),
        *("reminder.note", "reminder.undo", "reminder.mail", "calendar.export"),
    }
)
"""Entries that nobody's step is: they go with a count, are a screen's, come long after, remind, or hand out."""

ALARM = "alarm."
"""How the kind of an entry about an alarm begins: `alarm.low`, `alarm.medium`, `alarm.high`."""
CLOCK_SET = "clock.set"
"""The kind of the entry that says that a machine's clock was set."""

_Told = Callable[[Mapping[str, Any], Appointment, Clinic, date], str]


def _moved(after: Mapping[str, Any], visit: Appointment, clinic: Clinic, today: date) -> str:
    parts = []
    if "starts" in after:
        parts.append(on_day(clinic, pendulum.from_timestamp(after["starts"] / 1000), today))
    if "room_id" in after:
        parts.append(_room(after, visit, clinic))
    if "practitioner_id" in after:
        parts.append(_named(clinic.practitioners, after["practitioner_id"]) or "another practitioner")
    squeezed = ", squeezed in" if after.get("squeezed") else ""
    return f"was moved to {', '.join(parts)}{squeezed}" if parts else "was moved"


def _room(after: Mapping[str, Any], visit: Appointment, clinic: Clinic) -> str:
    """The room an entry names; one that names none left it as it was."""
    if "room_id" in after:
        return _named(clinic.rooms, after["room_id"]) or "no room"
    return visit.room.name if visit.room else "a room"


def _replanned(after: Mapping[str, Any], visit: Appointment, clinic: Clinic, today: date) -> str:
    del today
    return f"was given {_room(after, visit, clinic)}" if after.get("room_id") else "was left without a room"


def _cancelled(after: Mapping[str, Any], visit: Appointment, clinic: Clinic, today: date) -> str:
    del visit, clinic, today
    said = ": ".join(one for one in (after.get("cancelled_by"), after.get("reason")) if one)
    return f"was cancelled ({said})" if said else "was cancelled"


def _handed_over(after: Mapping[str, Any], visit: Appointment, clinic: Clinic, today: date) -> str:
    del today
    name = _named(clinic.practitioners, after.get("holder_id")) or visit.practitioner.name
    return f"was handed over to {name}"


def _plain(words: str) -> _Told:
    return lambda after, visit, clinic, today: words


def _with(words: str, key: str, otherwise: str) -> _Told:
    """`words` with a number of the entry in place of `{}`, or `otherwise` where it is not there."""
    return lambda after, visit, clinic, today: words.format(after[key]) if after.get(key) is not None else otherwise


DONE: Mapping[str, _Told] = {
    "visit.book": lambda after, visit, clinic, today: _moved(after, visit, clinic, today).replace(
        "moved to", "booked for"
    ),
    "visit.walk-in": _plain("walked in"),
    "visit.import": _plain("was brought in from a calendar"),
    "visit.confirm": _plain("was confirmed"),
    "visit.arrive": _plain("was marked as arrived"),
    "visit.room": lambda after, visit, clinic, today: f"was taken to {_room(after, visit, clinic)}",
    "visit.begin": _plain("was marked as with the practitioner"),
    "visit.needles-in": _plain("was marked as with needles in"),
    "visit.needles-out": _plain("was marked as with the needles out"),
    "visit.check": _plain("was looked in on"),
    "visit.extend": _with("was given {} min of retention", "planned_minutes", "had the retention changed"),
    "visit.silence": _plain("had the alarm silenced"),
    "visit.ready": _plain("had the room called ready"),
    "visit.checkout": _plain("was checked out"),
    "visit.cancel": _cancelled,
    "visit.reinstate": _plain("was reinstated"),
    "visit.no-show": _plain("was marked as a no-show"),
    "visit.left": _plain("was marked as left"),
    "visit.error": _plain("was marked as entered in error"),
    "visit.move": _moved,
    "visit.replan-room": _replanned,
    "visit.replan-retention": _with("was planned for {} min of retention", "retention_minutes", "was planned anew"),
    "visit.retention": _with("was planned for {} min of retention", "retention_minutes", "was planned anew"),
    "visit.course": _plain("was made part of a course"),
    "visit.hand-over": _handed_over,
    "timer.start": lambda after, visit, clinic, today: f"had {after['kind']} started for {after['minutes']} min",
    "timer.stop": lambda after, visit, clinic, today: f"had {after['kind']} ended",
    "timer.silence": _plain("had a timer silenced"),
    "needles.in": _with("had {} needles put in", "count_in", "had needles put in"),
    "needles.recount": _with("had the count in corrected to {}", "count_in", "had the retention changed"),
    "needles.out": _with("had {} needles taken out", "count_out", "had the needles taken out, the count owed"),
    "needles.kept-out": _plain("had the kept needles out"),
    "needles.count": _with("had the count of {} needles given", "count_out", "had the count given"),
    "reminder.note": _plain("had a reminder noted"),
    "reminder.undo": _plain("had a noted reminder taken back"),
    "reminder.mail": _plain("was reminded by mail"),
    "calendar.export": _plain("was written into a calendar file"),
    **{f"{ALARM}{level}": _plain("came to be due") for level in ("low", "medium", "high")},
}
"""What each kind of entry did, to be followed by who did it."""


def done_words(entry: Entry, undone: str | None, visit: Appointment, clinic: Clinic, today: date) -> str:
    """What an entry did to an appointment: `was moved to Tue 24 Nov 10:40, Room 2`.

    `undone` is the kind of the entry that this one took back; `visit` and `clinic` give names to the ids in it.
    """
    if entry.what == "visit.undo":
        return f"had {TAKEN_BACK.get(undone or '', 'the last step')} taken back"
    told = DONE.get(entry.what)
    return told(entry.after or {}, visit, clinic, today) if told else "was changed"


def _named(choices: Sequence[Practitioner] | Sequence[Room], wanted: int | None) -> str | None:
    return next((one.name for one in choices if one.id == wanted), None)
