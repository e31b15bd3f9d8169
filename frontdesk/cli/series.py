"""`frontdesk series`: a course of visits in one go."""

from __future__ import annotations

from argparse import Namespace

from frontdesk.cli import as_json
from frontdesk.cli.common import at_words, the_desk, today_of
from frontdesk.cli.output import document, out, table
from frontdesk.desk.series import SeriesPlan, SeriesRequest
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Refused
from frontdesk.domain.packing import Cadence, CourseDate, Mark
from frontdesk.domain.time_text import moment_text
from frontdesk.domain.when import parse_moment

_MARKS = {Mark.WISHED: "", Mark.MOVED: "moved", Mark.THERE: "there already", Mark.NOTHING: "NOTHING FITS"}


def series(options: Namespace) -> None:
    """Books a course, or with `--dry-run` shows it; refused while a date has no place, unless those are left out."""
    with the_desk(options) as desk:
        clinic = desk.clinic.get()
        request = SeriesRequest(
            options.patient,
            options.service,
            None if options.anybody else options.practitioner,
            parse_moment(options.at, today_of(desk, clinic), clinic.timezone),
            Cadence(options.every),
            options.times,
            options.within,
            options.room,
            comes_again=options.comes_again,
        )
        plan = desk.series.propose(request)
        if not options.dry_run and plan.asked and not options.leave_out:
            days = "; ".join(
                f"{at_words(one.wished, clinic)}: {'; '.join(one.why)}{_free(one, clinic)}" for one in plan.asked
            )
            raise Refused(f"nothing was booked: {days} (or leave these dates out: --leave-out)")
        done = None if options.dry_run else desk.series.book(request, plan.places)
        if options.json:
            shown = as_json.series(plan, clinic.timezone)
            shown["booked"] = [as_json.appointment(one, clinic.timezone) for one in done.visits] if done else []
            document(shown)
            return
        if done is None:
            _tell(plan, clinic)
        else:
            out(done.line)
            table([[f"{one.id}", at_words(one.starts, clinic)] for one in done.visits])


def _tell(plan: SeriesPlan, clinic: Clinic) -> None:
    out(f"{plan.patient.name}: {plan.service.name}, {plan.request.cadence.words}, {plan.request.count} times")
    rows = []
    for one in plan.dates:
        place = one.proposed
        at = at_words(place.starts if place else one.wished, clinic)
        where = f"{place.practitioner.name}, {place.room.name}" if place else ""
        why = "; ".join((*one.why, *plan.also.get(one.wished, ()))) + ("" if place else _free(one, clinic))
        rows.append([at, where, _MARKS[one.mark], why])
    table(rows)


def _free(one: CourseDate, clinic: Clinic) -> str:
    """The first of the places that may be taken instead."""
    if one.mark is not Mark.NOTHING or not one.places:
        return ""
    return " — free: " + ", ".join(moment_text(place.starts, clinic.timezone) for place in one.places[:3])
