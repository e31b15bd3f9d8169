"""`frontdesk waiting`: the waiting list, put on, changed, taken off, booked from."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from frontdesk.cli import as_json
from frontdesk.cli.common import at_words, the_desk, today_of
from frontdesk.cli.output import document, out, table
from frontdesk.desk.names import pick_service
from frontdesk.desk.open import Desk
from frontdesk.desk.waiting import Kept, WaitingSheet
from frontdesk.desk.words import on_day
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Refused
from frontdesk.domain.packing import Slot
from frontdesk.domain.time_text import clock_text, iso_day, iso_instant
from frontdesk.domain.waiting import Waiting, Wish
from frontdesk.domain.waiting_line import understand_wish


def waiting(options: Namespace) -> None:
    """Runs one of the subverbs; without one, shows the list."""
    with the_desk(options) as desk:
        clinic = desk.clinic.get()
        {None: _list, "add": _add, "change": _change, "remove": _remove, "places": _places, "book": _book}[
            options.action
        ](options, desk, clinic)


def _list(options: Namespace, desk: Desk, clinic: Clinic) -> None:
    sheet = desk.waiting.look()
    if options.json:
        document(_sheet(sheet, clinic))
        return
    today = today_of(desk, clinic)
    for place in sheet.freed:
        visit = place.freed.visit
        out(f"{on_day(clinic, visit.starts, today)} with {visit.practitioner.name}: {place.freed.why}")
        table([["", str(one.entry.id), one.entry.patient.name, _at(clinic, one.place)] for one in place.fitting])
    if not sheet.listed:
        out("nobody is on the waiting list")
    table(
        [
            [
                str(one.entry.id),
                "urgent" if one.entry.wish.urgent else "",
                one.entry.patient.name,
                next(iter(one.entry.patient.shown.phones), ""),
                desk.waiting.words_of(clinic, one.entry),
                one.over or (_at(clinic, one.place) if one.place else "nothing free yet"),
            ]
            for one in sheet.listed
        ]
    )


def _add(options: Namespace, desk: Desk, clinic: Clinic) -> None:
    visit = desk.visits.get(options.earlier_than) if options.earlier_than is not None else None
    if visit is not None:
        base = Wish(visit.service, (visit.practitioner,))
    elif options.service is not None:
        base = Wish(pick_service(clinic, options.service))
    elif len(clinic.active_services) == 1:
        base = Wish(clinic.active_services[0])
    else:
        raise Refused("say what they wait for: --service S, or --earlier-than APPOINTMENT")
    wish = _said(options.line, clinic, desk, base)
    _tell(options, clinic, desk.waiting.add(options.patient, wish, appointment_id=options.earlier_than))


def _change(options: Namespace, desk: Desk, clinic: Clinic) -> None:
    entry = desk.waiting.get(options.entry)
    wish = _said(options.line, clinic, desk, Wish(entry.wish.service))
    _tell(options, clinic, desk.waiting.change(entry.id, entry.version, wish))


def _remove(options: Namespace, desk: Desk, clinic: Clinic) -> None:
    _tell(options, clinic, desk.waiting.withdraw(options.entry, options.reason))


def _places(options: Namespace, desk: Desk, clinic: Clinic) -> None:
    places = desk.waiting.places(options.entry)
    if options.json:
        document([as_json.slot(one, clinic.timezone) for one in places])
    elif not places:
        out("nothing they would take is free in the coming days")
    else:
        table([[str(number), _at(clinic, one)] for number, one in enumerate(places, 1)])


def _book(options: Namespace, desk: Desk, clinic: Clinic) -> None:
    """The place of that number, as `places` gives them; without one, the first."""
    places = desk.waiting.places(options.entry)
    if not 1 <= options.place <= len(places):
        raise Refused(
            f"there is no place {options.place}: `frontdesk waiting places {options.entry}` lists them"
            if places
            else "nothing they would take is free in the coming days"
        )
    done = desk.waiting.book(options.entry, places[options.place - 1])
    if options.json:
        document(as_json.appointment(done.appointment, clinic.timezone))
    else:
        out(done.line)


def _said(words: list[str], clinic: Clinic, desk: Desk, base: Wish) -> Wish:
    said = understand_wish(" ".join(words), clinic, today_of(desk, clinic), base)
    if said.question:
        raise Refused(said.question)
    return said.wish


def _tell(options: Namespace, clinic: Clinic, kept: Kept) -> None:
    if options.json:
        document(_entry(kept.entry, clinic))
    else:
        out(f"{kept.words} (entry {kept.entry.id})")


def _at(clinic: Clinic, place: Slot) -> str:
    return f"{at_words(place.starts, clinic)}, {place.practitioner.name}, {place.room.name}"


def _sheet(sheet: WaitingSheet, clinic: Clinic) -> dict[str, Any]:
    zone = clinic.timezone
    return {
        "freed": [
            {
                "start": iso_instant(one.freed.visit.starts, zone),
                "practitioner": one.freed.visit.practitioner.name,
                "room": one.freed.visit.room.name if one.freed.visit.room else None,
                "why": one.freed.why,
                "freed_at": iso_instant(one.freed.at, zone),
                "fits": [
                    {
                        "entry": fit.entry.id,
                        "patient": as_json.person(fit.entry.patient),
                        "place": as_json.slot(fit.place, zone),
                    }
                    for fit in one.fitting
                ],
            }
            for one in sheet.freed
        ],
        "waiting": [
            {
                **_entry(one.entry, clinic),
                "over": one.over or None,
                "first_place": as_json.slot(one.place, zone) if one.place else None,
            }
            for one in sheet.listed
        ],
    }


def _entry(entry: Waiting, clinic: Clinic) -> dict[str, Any]:
    wish = entry.wish
    return {
        "entry": entry.id,
        "patient": as_json.person(entry.patient),
        "service": wish.service.name,
        "earlier_than": entry.visit.id if entry.visit else None,
        "weekdays": list(wish.weekdays),
        "from": clock_text(wish.earliest),
        "until": clock_text(wish.latest),
        "practitioners": [one.name for one in wish.practitioners],
        "first_day": iso_day(wish.first_day),
        "last_day": iso_day(wish.last_day),
        "urgent": wish.urgent,
        "note": wish.note,
        "since": iso_instant(entry.since, clinic.timezone),
        "ending": entry.ending.value if entry.ending else None,
        "reason": entry.reason or None,
        "booked": entry.booked_id,
    }
