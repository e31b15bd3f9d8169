"""A patient's plans in full, as the dialog about them shows them: the one that has not ended, and those before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from frontdesk.desk.file_words import day_words
from frontdesk.domain.hours import local_day
from frontdesk.domain.plan import Progress
from frontdesk.domain.privacy import is_private
from frontdesk.domain.scores import Taken, courses
from frontdesk.text import visible
from frontdesk.ui.layout.cells import Line, Span, wrapped
from frontdesk.ui.layout.course import course_line
from frontdesk.ui.layout.patient_words import FILE_HIDDEN
from frontdesk.ui.layout.plan_lines import next_span, plan_lines

if TYPE_CHECKING:
    from frontdesk.desk.plans import PlanSheet


def card_lines(sheet: PlanSheet, taken: Iterable[Taken], zone: str, cells: int) -> tuple[Line, ...]:
    """The plan that has not ended, the scores over it, and the plans before, the latest first."""
    if is_private():
        return ((Span(f" {FILE_HIDDEN}", "dim"),),)
    lines: list[Line] = []
    far = sheet.current
    if far is not None:
        lines += _current(far, sheet.today, zone, cells)
        since = [one for one in taken if local_day(one.at, zone) >= far.plan.started_on]
        lines += [(Span(" "), *course_line(scale.value.capitalize(), of, cells - 2)) for scale, of in courses(since)]
    for one in sheet.plans:
        if not one.plan.is_open:
            when = f" before, from {day_words(one.plan.started_on)}: {one.words}, {one.plan.shown.cadence.words}, "
            said = wrapped(visible(f"{when.strip()}{one.plan.state_words(sheet.today)}"), cells - 2)
            lines += [(Span(f" {row}", "dim"),) for row in said]
    return tuple(lines)


def _current(far: Progress, today: date, zone: str, cells: int) -> list[Line]:
    details, plan = far.plan.shown, far.plan
    done = min(far.done, details.planned)
    lines: list[Line] = [
        (
            Span(f" {far.words} ", "strong"),
            Span("●" * done, "done"),
            Span("○" * (details.planned - done), "dim"),
            Span(f" {details.cadence.words}", "text"),
        )
    ]
    head = plan_lines(far, today, zone, cells)
    tail = next_span(far, today, zone)
    lines += [(Span(" "), tail)] if tail is not None else []
    lines += [line for line in head if line[0].role == "warn"]
    who = details.practitioner.name if details.practitioner else "anybody"
    at = f"visit {details.reassess_at}" if details.reassess_at else "at no visit"
    for label, words in (
        ("For", plan.complaint),
        ("What", f"{details.service.name} with {who}"),
        ("When", details.wish_words or "any day, any time"),
        ("Re-assess", at),
        ("Since", f"{day_words(plan.started_on)}, decided by {plan.decided_by}"),
    ):
        rows = wrapped(visible(words), cells - 12) if words else []
        lines += [(Span(f" {label if not n else '':10}", "dim"), Span(row)) for n, row in enumerate(rows)]
    return lines
