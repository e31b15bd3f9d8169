"""A course as rows to look down: the date, the time, the room, and a mark with its words."""

from __future__ import annotations

from collections.abc import Sequence

from pendulum import DateTime

from frontdesk.domain.packing import CourseDate, Mark, Slot
from frontdesk.domain.time_text import clock_of, column_day, short_day
from frontdesk.ui.layout.cells import Line, Span, pad

MOST_ROWS = 12
"""Dates in sight at once; a longer course is scrolled."""
_MOST_PLACES = 5
"""Other places named beneath the list."""


def date_row(
    number: int,
    one: CourseDate,
    taken: Slot | None,
    left_out: bool,
    zone: str,
    *,
    who: bool,
    also: Sequence[str] = (),
) -> Line:
    """One date as it would be booked: `taken` is its place, `who` shows with whom.

    `also` is what the wished time would change of other visits.
    """
    place = taken if not left_out else None
    starts = place.starts if place else one.wished
    role = "text" if place else "dim"
    line = [
        Span(f"{number:2}  ", "dim"),
        Span(f"{_day(starts, zone)}  ", "strong" if place else "dim"),
        Span(f"{clock_of(starts, zone)}  ", "strong" if place else "dim"),
        Span(f"{pad(place.room.short_name if place else '–', 4)} ", role),
    ]
    if who:
        line.append(Span(f"{pad(place.practitioner.name if place else '', 11)} ", role))
    return (*line, mark_span(one, taken, left_out, zone, also))


def mark_span(one: CourseDate, taken: Slot | None, left_out: bool, zone: str, also: Sequence[str] = ()) -> Span:
    """How a date came out, by sign and words."""
    if left_out:
        return Span("– left out", "dim")
    if taken is None:
        if one.mark is Mark.THERE and one.there is not None:
            return Span(f"= comes {clock_of(one.there.starts, zone)}, {one.there.status.words}", "dim")
        return Span(f"✗ {one.short or 'nothing fits'}", "error")
    if taken.starts == one.wished:
        changes = also and taken == one.proposed
        return Span(f"✓ ! {'; '.join(also)}", "warn") if changes else Span("✓", "done")
    return Span(f"~ {_moved(one, taken, zone)}", "warn")


def detail_rows(
    one: CourseDate, taken: Slot | None, left_out: bool, zone: str, *, by_itself: bool = False
) -> tuple[str, str]:
    """Two rows about the date that is marked: what is in the way of the wish, and which places there are.

    `by_itself` says that a date without a place is left out unasked.
    """
    why = f"{_day(one.wished, zone)} {clock_of(one.wished, zone)}: {_why(one)}" if one.why else ""
    if one.mark is Mark.THERE and taken is None and not left_out:
        why = "Comes that day anyway: nothing is booked, unless ← → choose a place."
    others = [place for place in one.places if place is not taken]
    if not others:
        none = "it is left out, and the plan goes on wanting it" if by_itself else "x leaves it out"
        return why, "" if taken else f"no place is free around it: {none}"
    words = ", ".join(_place(place, one, zone) for place in others[:_MOST_PLACES])
    return why, f"← → {words}{', …' if len(others) > _MOST_PLACES else ''}"


def summary(course: int, taken: int, asked: int, moved: int = 0, without: int = 0) -> str:
    """`7 to book of 8, 1 to choose`, `6 to book of 8, 2 moved, 2 without a place`."""
    counts = ((asked, "to choose"), (moved, "moved"), (without, "without a place"))
    return ", ".join((f"{taken} to book of {course}", *(f"{count} {words}" for count, words in counts if count)))


def _why(one: CourseDate) -> str:
    return one.why[0] if one.why else ""


def _moved(one: CourseDate, taken: Slot, zone: str) -> str:
    wished, starts = one.wished.in_timezone(zone), taken.starts.in_timezone(zone)
    reason = f": {one.short}" if one.short else ""
    if wished.date() == starts.date():
        return f"for {clock_of(one.wished, zone)}{reason}"
    return f"for {short_day(wished)}{reason}"


def _place(place: Slot, one: CourseDate, zone: str) -> str:
    clock = clock_of(place.starts, zone)
    same_day = place.starts.in_timezone(zone).date() == one.wished.in_timezone(zone).date()
    return clock if same_day else f"{_day(place.starts, zone)} {clock}".replace("  ", " ")


def _day(instant: DateTime, zone: str) -> str:
    local = instant.in_timezone(zone)
    return column_day(local)
