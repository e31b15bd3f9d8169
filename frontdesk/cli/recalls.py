"""`frontdesk recalls`: whom to call about coming again, and what came of calling."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from frontdesk.cli import as_json
from frontdesk.cli.common import the_desk, today_of
from frontdesk.cli.output import document, out, table
from frontdesk.desk.open import Desk
from frontdesk.desk.recall_list import Recalled, RecallSheet
from frontdesk.desk.recalls import ContactDone
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.day_asked import day_to_see
from frontdesk.domain.errors import NotFound
from frontdesk.domain.recall import Contact
from frontdesk.domain.time_text import iso_day, iso_instant


def recalls(options: Namespace) -> None:
    """Writes down what came of a call; without that, shows the list."""
    with the_desk(options) as desk:
        clinic = desk.clinic.get()
        if options.action == "undo":
            contact = _to_take_back(desk, options.patient, options.contact)
            words = desk.recalls.take_back(contact.id)
            if options.json:
                document(_contact(contact, clinic.timezone))
            else:
                out(words)
            return
        if options.action is not None:
            done = _act(options, desk, clinic)
            if options.json:
                document(_contact(done.contact, clinic.timezone))
            else:
                out(done.words)
            return
        sheet = desk.recall_list.look(options.limit)
        if options.json:
            document([_row(one, sheet) for one in sheet.rows])
            return
        table([_cells(one, sheet) for one in sheet.rows])
        shown = sum(one.standing.is_due(sheet.today) for one in sheet.rows)
        more = f", {sheet.due - shown} of them not shown (--limit)" if shown < sheet.due else ""
        out(f"{sheet.due} to call now{more}, {sheet.later} later")


def _to_take_back(desk: Desk, patient_id: int, number: int | None) -> Contact:
    """The contact of that number, or without one the last; only of the patient who was named."""
    contacts = desk.recalls.contacts(patient_id)
    for one in contacts:
        if number in (None, one.id):
            return one
    which = "nothing of a call" if number is None else f"no contact {number}"
    raise NotFound(f"of patient {patient_id} {which} is written down: `frontdesk recalls --json` numbers them")


def _act(options: Namespace, desk: Desk, clinic: Clinic) -> ContactDone:
    if options.action == "no-answer":
        return desk.recalls.no_answer(options.patient)
    if options.action == "stop":
        return desk.recalls.stop(options.patient, options.reason)
    if options.action == "not-now":
        return desk.recalls.not_now(options.patient, options.reason)
    return desk.recalls.wait(options.patient, day_to_see(options.until, today_of(desk, clinic)), options.reason)


def _cells(one: Recalled, sheet: RecallSheet) -> list[str]:
    stands = one.standing
    day = stands.next_on
    overdue = stands.overdue_words(sheet.today)
    when = overdue or "now" if stands.is_due(sheet.today) else f"on {day}" if day else ""
    tries = f"no answer {stands.tries}×" if stands.tries else ""
    phone = next(iter(one.patient.details.phones), "")
    return [when, f"{one.patient.id}", one.patient.name, phone, stands.reason_words, tries]


def _row(one: Recalled, sheet: RecallSheet) -> dict[str, Any]:
    stands = one.standing
    far = stands.facts.progress
    return {
        "patient": as_json.person(one.patient),
        "phone": next(iter(one.patient.details.phones), None),
        "preferred_contact": one.reach.by.value if one.reach.by else None,
        "reasons": [reason.value for reason in stands.reasons],
        "words": stands.reason_words,
        "since": iso_day(stands.since),
        "expected_on": iso_day(stands.expected_on),
        "overdue_days": stands.overdue_days(sheet.today),
        "next_on": iso_day(stands.next_on),
        "due": stands.is_due(sheet.today),
        "tries": stands.tries,
        "last_seen": iso_day(stands.facts.last_seen),
        "plan": {"done": far.done, "planned": far.plan.details.planned} if far else None,
        "contacts": [_contact(contact, sheet.clinic.timezone) for contact in stands.facts.contacts],
    }


def _contact(one: Contact, zone: str) -> dict[str, Any]:
    return {
        "contact": one.id,
        "patient": one.patient_id,
        "at": iso_instant(one.at, zone),
        "who": one.who,
        "about": one.about.value,
        "result": one.result.value,
        "reason": one.words or None,
        "next_on": iso_day(one.next_on),
    }
