"""`frontdesk plan ACTION ID`: a patient's treatment plan."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import Any

from msgspec.structs import replace

from frontdesk.cli import as_json
from frontdesk.cli.common import at_words, day_said, named_as, the_desk, today_of
from frontdesk.cli.output import document, out, table
from frontdesk.desk.names import pick_practitioner, pick_service
from frontdesk.desk.open import Desk
from frontdesk.desk.plans import PlanDone, PlanSheet
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.day_asked import day_to_see
from frontdesk.domain.days import parse_day
from frontdesk.domain.errors import Refused
from frontdesk.domain.packing import Cadence
from frontdesk.domain.plan import PlanDetails, PlanOutcome, Progress, parse_times, parse_weekdays
from frontdesk.domain.time_text import date_text

_ANY = "any"
_OPTIONS = {
    "complaint": "--complaint",
    "planned": "--visits",
    "reassess_at": "--reassess-at",
    "weekdays": "--days",
    "times": "--between",
    "started_on": "--from",
}
"""The options by the names of what they say."""


def plan(options: Namespace) -> None:
    """Does it and says what was done; `show` only reads."""
    with the_desk(options) as desk:
        clinic = desk.clinic.get()
        today = today_of(desk, clinic)
        sheet = desk.plans.of(options.patient)
        with named_as(_OPTIONS):
            done = None if options.action == "show" else _do(desk, clinic, options, sheet, today)
        if done is not None:
            sheet = desk.plans.of(options.patient)
        if options.json:
            document(_json(sheet, clinic.timezone))
        elif done is not None:
            out(done.words)
        else:
            _tell(sheet, clinic)


def _do(desk: Desk, clinic: Clinic, options: Namespace, sheet: PlanSheet, today: date) -> PlanDone:
    if options.action == "undo":
        return desk.plans.undo(options.patient)
    first_day = day_said(getattr(options, "first_day", None), parse_day, today)
    if options.action == "start":
        return desk.plans.start(options.patient, _details(sheet.usual, clinic, options), first_day)
    current = sheet.current
    if current is None:
        raise Refused(f"{sheet.patient.name} has no plan: start one with `frontdesk plan start {options.patient}`")
    before = current.plan
    match options.action:
        case "change":
            return desk.plans.change(before, _details(before.details, clinic, options), first_day)
        case "pause":
            return desk.plans.pause(before, day_said(options.until, day_to_see, today))
        case "resume":
            return desk.plans.resume(before)
    return desk.plans.end(before, PlanOutcome(options.outcome), options.note)


def _details(before: PlanDetails, clinic: Clinic, options: Namespace) -> PlanDetails:
    """What is said in place of what was; fewer visits than the one of the re-assessment leave that out."""
    said: dict[str, Any] = {}
    if options.complaint is not None:
        said["complaint"] = options.complaint
    if options.every is not None:
        said["cadence"] = Cadence(options.every)
    if options.visits is not None:
        said["planned"] = options.visits
        if before.reassess_at is not None and before.reassess_at > options.visits:
            said["reassess_at"] = None
    if options.reassess_at is not None:
        said["reassess_at"] = options.reassess_at or None
    if options.service is not None:
        said["service"] = pick_service(clinic, options.service)
    if options.practitioner is not None:
        said["practitioner"] = pick_practitioner(clinic, options.practitioner)
    elif options.anybody:
        said["practitioner"] = None
    if options.days is not None:
        said["weekdays"] = () if options.days.strip().casefold() == _ANY else parse_weekdays(options.days)
    if options.between is not None:
        times = (None, None) if options.between.strip().casefold() == _ANY else parse_times(options.between)
        said["from_minute"], said["until_minute"] = times
    return replace(before, **said)


def _tell(sheet: PlanSheet, clinic: Clinic) -> None:
    if not sheet.plans:
        usual = sheet.usual
        why = f" ({sheet.suggested.why})" if sheet.suggested else ""
        out(f"{sheet.patient.name} has no plan; one would begin as: {usual.words}{why}")
        return
    for far in sheet.plans:
        table(_rows(far, sheet.today, clinic))


def _rows(far: Progress, today: date, clinic: Clinic) -> list[list[str]]:
    plan_, details = far.plan, far.plan.details
    coming = ", ".join(at_words(one, clinic) for one in far.coming)
    owed = "due" if far.reassessment_due else "next visit" if far.reassess_next else ""
    at = f"visit {details.reassess_at}" if details.reassess_at else "at none"
    rows = [
        ["Plan", f"{far.words}, {details.cadence.words}: {plan_.state_words(today)}"],
        ["For", details.complaint],
        ["What", f"{details.service.name} with {details.practitioner.name if details.practitioner else 'anybody'}"],
        ["When", details.wish_words],
        ["Since", f"{date_text(plan_.started_on)}, decided by {plan_.decided_by}"],
        ["Re-assess", f"{at}, {owed}" if owed else at],
        ["Booked", coming or ("nothing" if far.wants_booking(today) else "")],
    ]
    return [row for row in rows if row[1]]


def _json(sheet: PlanSheet, timezone: str) -> dict[str, Any]:
    told = sheet.suggested
    return {
        "patient": as_json.person(sheet.patient),
        "plans": [as_json.plan(one, timezone, sheet.today) for one in sheet.plans],
        "suggested": None
        if told is None
        else {"every": told.cadence.value, "visits": told.planned, "reassess_at": told.reassess_at, "why": told.why},
    }
