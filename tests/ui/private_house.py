"""Three patients whose every word would give them away, and what of it stands on a screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

from frontdesk.config import Workstation
from frontdesk.domain.intake import Cause, IntakeDetails, Severity, Symptom
from frontdesk.domain.patient import Flag, FlagKind, Patient
from frontdesk.domain.patient_file import ContactBy, FileDetails
from frontdesk.domain.scores import Scores
from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.screens.all import screens
from frontdesk.ui.screens.file import FileScreen
from tests.driver import Driver, at_the_desk
from tests.ui.house import House

FILES = [
    ("Quaxelburg, Zornwilda", "Wippli", date(1931, 7, 29), "416 555 9731", "quax@zorn.example", "77 Blimpfer Way"),
    ("Qvistlingsen, Zebedeus", "Tromfli", date(1942, 8, 27), "416 555 8642", "zebe@qvist.example", "88 Krumpel Road"),
    ("Ypsiwald, Korbinian", "Schnurri", date(1953, 9, 26), "416 555 7513", "ypsi@korb.example", "99 Flunder Street"),
]
"""The first two have the same initials."""


MORE = FileDetails(
    pronunciation="kwaxle-boorg",
    pronouns="zhe",
    emergency_name="Ottokar Plumm",
    emergency_relation="stepuncle",
    emergency_phone="416 555 6291",
    guardian_name="Wendelin Knorz",
    guardian_phone="416 555 5182",
    referred_by="Dr Humbertz",
    referral="the tombola",
    consent_treatment=date(2025, 2, 13),
    consent_data=date(2025, 2, 14),
    preferred_contact=ContactBy.POST,
    language="Volapuk",
)


INTAKES = (
    IntakeDetails("a wooden leg", history="gout in the stables"),
    IntakeDetails(
        complaint="toes like marzipan",
        severity=Severity.SEVERE,
        symptoms=(Symptom.BURNING,),
        places="up to the garter",
        causes=(Cause.TOXIC,),
        history="mercury in the hattery",
        lifestyle="sleeps on a barge",
    ),
)


SECRETS = [
    word
    for name, known, born, phone, email, address in FILES
    for word in (*name.split(", "), known, f"{born:%d.%m.%Y}", phone[-4:], email, address)
] + [
    *("kazoo", "quinces", "sensation: no", "kneebone", "late cancellation"),
    *("kwaxle", "zhe", "Plumm", "stepuncle", "6291", "Knorz", "5182", "Humbertz", "tombola", "Volapuk", "by post"),
    *("13.02.2025", "14.02.2025", "wooden", "gout", "marzipan", "severe", "[x] burning", "[x] toxic", "garter"),
    *(
        "mercury",
        "barge",
        "06.07.2026",
        "07.07.2026",
        "p7",
        "pain  7",
        "Pain      7",
        "[7]",
        "last 7",
        "last 9",
        "9 → 7",
    ),
]


def furnish(house: House) -> None:
    """Needles in, a visit to come, one cancelled late, and of everybody a whole file."""
    desk = house.desks[0]
    people: list[Patient] = []
    for name, known, born, phone, email, address in FILES:
        people.append(
            house.patient(
                name,
                known_as=known,
                birth_date=born,
                phones=(phone,),
                email=email,
                address=address,
                notes="plays the kazoo",
                flags=(
                    Flag(FlagKind.REDUCED_SENSATION),
                    Flag(FlagKind.ANTICOAGULANT),
                    Flag(FlagKind.ALLERGY, "quinces"),
                ),
            )
        )
    for at, one in enumerate(people):
        people[at] = one = desk.patients.save(one.id, one.version, one.details, MORE)
        for day, details in zip((date(2026, 7, 6), date(2026, 7, 7)), INTAKES, strict=True):
            desk.files.add_intake(one.id, details, day)
        desk.files.score(one.id, Scores(pain=9))
        house.clock.move(minutes=1)
        desk.files.score(one.id, Scores(pain=7))
        house.clock.move(minutes=-1)
    first, second, third = people
    resting = house.book(first, "10:00", room="Room 1")
    desk.needles.put_in(resting.id, 8)
    house.book(second, "10:15", room="Room 2")
    off = house.book(third, "11:30")
    desk.visits.cancel(off.id, "broke her kneebone")
    house.book(third, "14:00")
    house.book(second, "10:00", day="2026-11-24")


@asynccontextmanager
async def seated(house: House, size: tuple[int, int] = (120, 40), *, on: bool = True) -> AsyncIterator[Driver]:
    app = FrontdeskApp(house.opener(), screens(), workstation=Workstation(privacy=on))
    async with at_the_desk(app, size) as me:
        yield me


def told(me: Driver) -> list[str]:
    """The secrets on the screen."""
    seen = me.screen().casefold()
    return [word for word in SECRETS if word.casefold() in seen]


async def back(me: Driver) -> None:
    for _ in range(6):
        if me.app.screen.is_modal:
            await me.press("escape")


async def go(me: Driver, place: str) -> None:
    """To a screen; to the file of the first patient."""
    await me.app.show(place)
    if place == keys.FILE:
        await open_file(me)
    await me.settle()


async def open_file(me: Driver) -> None:
    screen = me.app.screen
    assert isinstance(screen, FileScreen)
    screen.show_file(1)
    await me.settle()
