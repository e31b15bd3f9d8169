"""A treatment plan as lines: how far it has gone and what is booked next, wherever the patient is seen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.hours import local_day
from frontdesk.domain.package import Left
from frontdesk.domain.plan import PlanState, Progress
from frontdesk.domain.privacy import is_private
from frontdesk.domain.time_text import clock_of, moment_text
from frontdesk.domain.visit import ENDED, ON_PREMISES
from frontdesk.text import visible
from frontdesk.ui.layout.cells import Line, Span, line_width, wrapped
from frontdesk.ui.live_keys import key_of


def plan_lines(
    far: Progress | None, today: date, zone: str, cells: int, beside: Appointment | None = None
) -> tuple[Line, ...]:
    """`Plan 4 of 8, weekly · next Fri 27 Nov 15:50`, in one row or two; nothing where there is none, or in privacy.

    What somebody has to do about it stands in the colour of a warning. `beside` is the visit it stands with, or that
    the patient is here for: what is next is what comes after that one.
    """
    if far is None or is_private():
        return ()
    head = Span(f" Plan {far.words}, {far.plan.shown.cadence.words}", "text")
    tail = next_span(far, today, zone, beside)
    line = (head, *((Span(" · ", "dim"), tail) if tail else ()))
    notes = [(Span(f" {row}", "warn"),) for words in _owed(far, today) for row in wrapped(words, cells - 2)]
    if line_width(line) <= cells:
        return (line, *notes)
    return ((head,), *(((Span("  "), tail),) if tail else ()), *notes)


def package_lines(packages: Iterable[Left], today: date, cells: int) -> tuple[Line, ...]:
    """`Package 3 of 10 left, expires 31.12.2026`: each that may still be used, and the last one where none may."""
    every = tuple(packages)
    if not every or is_private():
        return ()
    usable = [one for one in every if one.is_usable(today)]
    return tuple(
        (Span(f" {row}", "warn" if one.is_ending(today) else "text"),)
        for one in usable or every[:1]
        for row in wrapped(visible(f"Package {one.words(today)}"), cells - 2)
    )


def next_span(far: Progress, today: date, zone: str, beside: Appointment | None = None) -> Span | None:
    """What comes next of a plan, or why nothing does; None where its visits are done.

    What comes today is named as today's: next is what comes after it, wherever it is read. Beside a visit of another
    day it is what comes after that.
    """
    if far.plan.state_on(today) is PlanState.PAUSED:
        return Span(far.plan.state_words(today), "dim")
    coming, left, first, label = far.coming, far.left, "", "next"
    if beside is not None and beside.status not in ENDED:
        coming, left = tuple(one for one in coming if one > beside.starts), left - 1
        label = "next" if local_day(beside.starts, zone) <= today else "after this"
    elif coming and local_day(coming[0], zone) == today:
        first, coming, left = f"today {clock_of(coming[0], zone)}, ", coming[1:], left - 1
    if coming:
        more = f" +{len(coming) - 1}" if len(coming) > 1 else ""
        return Span(f"{first}{label} {moment_text(coming[0], zone)}{more}", "text")
    if left > 0 and far.plan.state_on(today) is PlanState.RUNNING:
        return Span(f"{first}{label}: not booked", "warn")
    return Span(first.rstrip(", "), "text") if first else None


def here_for(visits: Iterable[Appointment]) -> Appointment | None:
    """Of a patient's visits the one that they are in the house for."""
    return next((one for one in visits if one.status in ON_PREMISES), None)


def _owed(far: Progress, today: date) -> tuple[str, ...]:
    """What the plan asks of whoever sees it."""
    if far.plan.state_on(today) is not PlanState.RUNNING:
        return ()
    said: list[str] = []
    if far.reassessment_due:
        said.append(f"re-assessment due since visit {far.plan.shown.reassess_at}")
    elif far.reassess_next:
        said.append(f"visit {far.plan.shown.reassess_at}: re-assess")
    if not far.left:
        said.append(f"plan done: {key_of('patient.plan')} ends it or plans on")
    return tuple(said)
