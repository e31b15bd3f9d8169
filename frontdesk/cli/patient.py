"""The verb that reads a patient's file."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from frontdesk.cli import as_json
from frontdesk.cli.common import the_desk, today_of
from frontdesk.cli.output import document, out, table
from frontdesk.domain.patient_file import FileDetails
from frontdesk.domain.time_text import iso_day, iso_instant

if TYPE_CHECKING:
    from datetime import date

    from frontdesk.desk.files import PatientSheet
    from frontdesk.domain.appointment import Appointment


def patient(options: Namespace) -> None:
    """Everything that is known of a patient; that it was opened is in the log."""
    with the_desk(options) as desk:
        clinic = desk.clinic.get()
        desk.patients.opened(options.patient)
        sheet = desk.files.read(options.patient)
        today = today_of(desk, clinic)
        if options.json:
            document(_json(sheet, clinic.timezone, today))
        else:
            _write(sheet, clinic.timezone, today)


def _write(sheet: PatientSheet, timezone: str, today: date) -> None:
    from frontdesk.desk.file_words import day_words, flag_words, intake_rows, person_rows
    from frontdesk.domain.scores import courses

    rows: list[list[str]] = [["Number", f"#{sheet.patient.id}"]]
    for row in person_rows(sheet.patient, sheet.file, today):
        rows += [[row.label if not n else "", line] for n, line in enumerate(row.words.splitlines())]
    for flag in sheet.patient.details.flags:
        over = "past: " if flag.is_over(today) else ""
        more = flag_words(flag)
        rows.append(["Flag", f"{over}{flag.words}{f' ({more})' if more else ''}"])
    for intake in sheet.intakes:
        rows.append(["Intake", f"{day_words(intake.taken_on)} by {intake.taken_by}"])
        for row in intake_rows(intake):
            rows += [[row.label if not n else "", line] for n, line in enumerate(row.words.splitlines())]
    for far in sheet.plans:
        rows.append(["Plan", f"{far.words}, {far.plan.details.cadence.words}: {far.plan.state_words(today)}"])
        if far.plan.complaint:
            rows.append(["", far.plan.complaint])
    rows += [["Package" if not n else "", one.words(today)] for n, one in enumerate(sheet.packages)]
    rows += [[scale.value.capitalize(), " → ".join(map(str, points))] for scale, points in courses(sheet.taken)]
    rows.append(["Visits", sheet.history.words])
    table(rows)
    for words, visits in (("coming", sheet.history.coming), ("past", sheet.history.past)):
        if visits:
            out(f"{words}:")
            table([_visit_row(visit, timezone) for visit in visits])


def _visit_row(visit: Appointment, timezone: str) -> list[str]:
    counts = ", ".join(f"{one.count_in} in, {_out(one.count_out)}" for one in visit.retentions)
    return [
        f"{visit.starts.in_timezone(timezone):%Y-%m-%d %H:%M}",
        f"{visit.id}",
        visit.service.name,
        visit.in_charge.name,
        visit.room.name if visit.room else "",
        "late cancellation" if visit.cancelled_late else visit.status.words,
        counts,
    ]


def _out(count: int | None) -> str:
    return "not out" if count is None else f"{count} out"


def _json(sheet: PatientSheet, timezone: str, today: date) -> dict[str, Any]:
    from frontdesk.desk.file_fields import file_fields, intake_fields
    from frontdesk.domain.scores import Scale

    details = sheet.patient.details
    return {
        "id": sheet.patient.id,
        "name": sheet.patient.name,
        "given": details.given,
        "family": details.family,
        "known_as": details.known_as or None,
        "former_name": details.former_name or None,
        "original_name": details.original_name or None,
        "birth_date": iso_day(details.birth_date),
        "sex": details.sex.value if details.sex else None,
        "deceased_on": iso_day(details.deceased_on),
        "retired": details.retired,
        "phones": list(details.phones),
        "email": details.email or None,
        "address": details.address or None,
        "notes": details.notes or None,
        **dict.fromkeys(FileDetails.__struct_fields__),
        **file_fields(sheet.file),
        "flags": [
            {
                "kind": flag.kind.value,
                "note": flag.note or None,
                "since": iso_day(flag.since),
                "until": iso_day(flag.until),
                "set_by": flag.set_by or None,
                "past": flag.is_over(today),
            }
            for flag in details.flags
        ],
        "intakes": [{"id": one.id, "taken_by": one.taken_by, **intake_fields(one)} for one in sheet.intakes],
        "scores": [
            {
                "at": iso_instant(one.at, timezone),
                "taken_by": one.taken_by,
                "appointment": one.appointment_id,
                **{scale.value: one.scores.of(scale) for scale in Scale},
            }
            for one in sheet.taken
        ],
        "plans": [as_json.plan(far, timezone, today) for far in sheet.plans],
        "packages": [as_json.package(one, today) for one in sheet.packages],
        "visits": len(sheet.history.seen),
        "no_shows": sheet.history.missed.no_shows,
        "late_cancellations": sheet.history.missed.late_cancellations,
        "coming": [as_json.appointment(one, timezone) for one in sheet.history.coming],
        "past": [as_json.appointment(one, timezone) for one in sheet.history.past],
    }
