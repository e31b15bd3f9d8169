"""The close of a day as a page: the same sections on the screen, on paper and in the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pendulum import DateTime

from frontdesk.desk.closing import CloseSheet
from frontdesk.desk.words import at_clock, closed_words
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.kept import removal_words
from frontdesk.domain.paper import PaperPage, PaperSection
from frontdesk.domain.patient import Patient
from frontdesk.domain.plurals import number_of
from frontdesk.domain.recall import ContactResult
from frontdesk.domain.time_text import long_day, moment_text, short_day
from frontdesk.domain.visit import Status

STILL_OPEN, HOW_IT_WENT = "Still open", "How the day went"
Naming = Callable[[Patient], str]
"""How a patient is named; a number never follows a name, which may be written from right to left."""

_RECALLS = {
    ContactResult.BOOKED: "booked",
    ContactResult.NO_ANSWER: "no answer",
    ContactResult.WAIT: "to be asked later",
    ContactResult.STOP: "come no more",
    ContactResult.NOT_NOW: "not now at check-out",
}


def close_page(found: CloseSheet, now: DateTime) -> PaperPage:
    """The page for paper, names in full with the numbers of the files."""
    sheet, clinic = found.sheet, found.sheet.clinic
    return PaperPage(
        "close of the day",
        clinic.name,
        clinic.phone_region,
        sheet.day,
        now,
        moment_text(now, clinic.timezone),
        (
            *close_sections(found, lambda patient: f"#{patient.id} {patient.name}"),
            PaperSection("Signed", ("by ______________________   and, for the count, ______________________",)),
        ),
    )


def close_sections(found: CloseSheet, named: Naming) -> tuple[PaperSection, ...]:
    """What a close has to tell, without the sections that have nothing to; the next day is the last of them."""
    day, following = found.sheet.day, found.next_day
    sections = (
        PaperSection(STILL_OPEN, tuple(_open(found, named))),
        PaperSection(HOW_IT_WENT, tuple(_went(found))),
        PaperSection("No-shows and late cancellations", tuple(_gone(found, named))),
        PaperSection("Needles missing", tuple(_missing(found, named))),
        PaperSection(
            "Needles in by plan",
            tuple(
                f"{named(one.patient)}, {one.practitioner}: {one.kept}, {removal_words(one, day)}" for one in found.kept
            ),
        ),
        PaperSection("Plan says come, nothing booked", tuple(_unbooked(found, named))),
    )
    booked = f"{long_day(following)}: {len(found.next_visits)} booked"
    title = booked if found.next_visits else "Nothing is booked in the next seven days"
    return *(one for one in sections if one.lines), PaperSection(title, tuple(_next(found, named)))


def needle_words(found: CloseSheet) -> str:
    """`212 needles in: 193 out, 5 kept by plan, 2 MISSING, 12 still in`."""
    needles = found.close.needles
    parts = [f"{needles.came_out} out"]
    parts += [f"{needles.kept} kept by plan"] if needles.kept else []
    parts += [f"{needles.missing} MISSING"] if needles.missing else []
    parts += [f"{needles.owed} NOT COUNTED OUT"] if needles.owed else []
    parts += [f"{needles.still_in} still in"] if needles.still_in else []
    return f"{number_of(needles.went_in, 'needle')} in: {', '.join(parts)}" if needles.went_in else "no needles went in"


def day_words(found: CloseSheet) -> str:
    """`21 seen, 2 no-shows, 3 cancelled (1 late), 1 left early`."""
    close = found.close
    late = f" ({close.late_cancelled} late)" if close.late_cancelled else ""
    left = f", {close.left} left early" if close.left else ""
    return f"{close.seen} seen, {number_of(close.no_shows, 'no-show')}, {close.cancelled} cancelled{late}{left}"


def recall_words(found: CloseSheet) -> str:
    """`recalls: 4 booked, 3 no answer`; empty where nobody was asked."""
    said = [f"{count} {_RECALLS[result]}" for result in ContactResult if (count := found.recalls.get(result, 0))]
    return f"recalls: {', '.join(said)}" if said else ""


def _open(found: CloseSheet, named: Naming) -> Iterator[str]:
    for one in found.close.open:
        visit = one.visit
        where = f" in {visit.room.name}" if visit.room is not None and visit.holds_room else ""
        at = at_clock(found.sheet.clinic, visit.starts)
        yield f"{at} {named(visit.patient)}{where}, {visit.in_charge.name}: {one.need.words}"


def _went(found: CloseSheet) -> Iterator[str]:
    yield closed_words(found.sheet)
    yield day_words(found)
    yield needle_words(found)
    if found.recalls:
        yield recall_words(found)
    seen: dict[str, int] = {}
    for one in found.sheet.appointments:
        if one.status is Status.CHECKED_OUT and one.starts >= found.sheet.span.starts:
            seen[one.in_charge.name] = seen.get(one.in_charge.name, 0) + 1
    if seen:
        yield ", ".join(f"{name} {count}" for name, count in seen.items())


def _gone(found: CloseSheet, named: Naming) -> Iterator[str]:
    for one in found.close.gone:
        yield f"{_visit(found, one, named)}: {'no-show' if one.status is Status.NO_SHOW else 'cancelled late'}"


def _missing(found: CloseSheet, named: Naming) -> Iterator[str]:
    for one in found.close.missing:
        for side in one.retentions:
            if side.missing:
                yield f"{named(one.patient)}: MISSING {side.missing}{side.why_missing}"


def _unbooked(found: CloseSheet, named: Naming) -> Iterator[str]:
    for one in found.unbooked:
        on = one.progress.expected_on
        far = f", plan {one.progress.words}" if one.progress.words else ""
        here = ", here today" if one.here else ""
        yield f"{named(one.patient)}{far}, expected {short_day(on)}{here}"


def _next(found: CloseSheet, named: Naming) -> Iterator[str]:
    for one in found.next_visits:
        yield f"{_visit(found, one, named)}, {one.service.name}"


def _visit(found: CloseSheet, visit: Appointment, named: Naming) -> str:
    return f"{at_clock(found.sheet.clinic, visit.starts)} {named(visit.patient)}, {visit.practitioner.name}"
