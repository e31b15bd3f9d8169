"""What runs late, in words: when a visit is now expected, and which later ones slip because of it."""

from __future__ import annotations

from collections.abc import Mapping

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.projection import Expected, Projection
from frontdesk.domain.time_text import clock_of
from frontdesk.domain.visit import WAITING, Status
from frontdesk.ui.layout.cells import Span
from frontdesk.ui.layout.day_words import GRADE_ROLES

MOST_LATER = 4
"""Later visits that a card names."""


def slip_marks(projection: Projection, timezone: str) -> Mapping[int, str]:
    """By visit, `→ 10:35`: when each one that slips is expected to begin."""
    return {one.visit.id: slip_mark(one, timezone) for one in projection.slipping()}


def slip_mark(expected: Expected, timezone: str) -> str:
    """`→ 10:35`."""
    return f"→ {clock_of(expected.starts, timezone)}"


def slip_lines(visit: Appointment, projection: Projection, clinic: Clinic) -> list[list[Span]]:
    """What a card says of a visit that is late, and of those who wait for its practitioner or its room."""
    expected = projection.visits.get(visit.id)
    if expected is None:
        return []
    timezone = clinic.timezone
    grade = clinic.late.grade(expected.slip_minutes)
    mark, role = f"{grade.mark} " if grade.mark else "", GRADE_ROLES[grade]
    lines: list[list[Span]] = []
    if expected.slips and visit.status in WAITING and not expected.absent:
        elsewhere = f", {expected.room.short_name}" if expected.room and expected.room != visit.room else ""
        late = f"{mark}{slip_mark(expected, timezone)} expected, {expected.slip_minutes}′ late{elsewhere}"
        lines.append([Span(f" {late}", role)])
    elif visit.status is Status.ARRIVED:
        # Who is here is told when their turn comes, on time too.
        lines.append([Span(f" expected {clock_of(expected.starts, timezone)}", "dim")])
    elif visit.status not in WAITING:
        over = f", {expected.slip_minutes}′ over" if expected.slips else ""
        done = f"{mark if over else ''}done about {clock_of(expected.ends, timezone)}{over}"
        lines.append([Span(f" {done}", role if over else "dim")])
    later = [one for one in projection.slipping() if one.visit.id != visit.id and _waits_for(one, visit, expected)]
    for one in later[:MOST_LATER]:
        name = one.visit.patient.short_name
        words = f"{clock_of(one.visit.starts, timezone)} {slip_mark(one, timezone)} +{one.slip_minutes}′ {name}"
        lines.append([Span(f" {words}", "warn")])
    if len(later) > MOST_LATER:
        lines.append([Span(f" and {len(later) - MOST_LATER} more", "dim")])
    return lines


def _waits_for(one: Expected, visit: Appointment, expected: Expected) -> bool:
    same = one.visit.in_charge.id == visit.in_charge.id or (one.room is not None and one.room == expected.room)
    return same and one.starts_s >= expected.starts_s
