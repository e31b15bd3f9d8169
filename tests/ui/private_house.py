"""Three patients whose every word would give them away, and what of it stands on a screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

from msgspec.structs import replace

from frontdesk.config import Workstation
from frontdesk.desk.blocks import BlockRequest
from frontdesk.domain.cadence import Cadence
from frontdesk.domain.intake import Cause, IntakeDetails, Severity, Symptom
from frontdesk.domain.patient import Flag, FlagKind, Patient
from frontdesk.domain.patient_file import ContactBy, FileDetails
from frontdesk.domain.reminder import Result
from frontdesk.domain.scores import Scores
from frontdesk.domain.waiting import Wish
from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.screens.all import screens
from frontdesk.ui.screens.file import FileScreen
from tests.driver import Driver, at_the_desk
from tests.ui.house import House, local

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


CALLED = ("Vroomstadt, Majik", "Plonki", date(1964, 10, 25), "416 555 6402", "maj@vroom.example", "66 Zumpel Lane")
"""Who is on the list of recalls: was here two weeks ago, with a plan that has them come each week."""
COURSE_SECRETS = [
    *("Vroomstadt", "Majik", "Plonki", "25.10.1964", "6402", "vroom.example", "Zumpel"),
    *("gizzard", "Zanzibar", "zither", "skirting", "gondola"),
]


def furnish_course(house: House) -> None:
    """For the furnished house: plans, a package, somebody to call, reminders tried, and a place free for who waits."""
    desk = house.desks[0]
    clinic = desk.clinic.get()
    lin, okafor = clinic.practitioners
    first, second, third = (desk.patients.get(key) for key in (1, 2, 3))
    name, known, born, phone, email, address = CALLED
    called = house.patient(
        name, known_as=known, birth_date=born, phones=(phone,), email=email, address=address, flags=()
    )
    now = house.clock.instant
    house.clock.instant = local("09:00", "2026-11-09")
    for one in (first, second, called):
        plan = replace(desk.plans.of(one.id).usual, complaint="knots in the gizzard", cadence=Cadence.WEEKLY)
        desk.plans.start(one.id, replace(plan, practitioner=lin))
    old = house.book(called, "10:00", room="Room 2", day="2026-11-09")
    house.clock.instant = local("10:00", "2026-11-09")
    desk.needles.put_in(old.id, 9)
    desk.needles.take_out(old.id, 7, kept=1, told=True, missing_reason="under the skirting board", missing_by="Ben")
    desk.visits.checkout(old.id)
    house.clock.instant = now.subtract(days=7)
    desk.recalls.not_now(called.id, "sails to Zanzibar")
    house.clock.instant = now
    desk.packages.sell(first.id, 10)
    (tomorrow,) = [one for one in desk.patients.card(second.id).coming if one.starts > local("00:00", "2026-11-24")]
    desk.reminders.note(tomorrow.id, Result.NO_ANSWER)
    # Nobody is free all day but where somebody called off: who wants to come earlier fits there alone.
    for whom, begins, ends in ((lin, "12:00", "13:55"), (lin, "14:45", "18:00"), (okafor, "10:00", "18:00")):
        desk.blocks.add(BlockRequest(local(begins), local(ends), (whom.name,), title="the gondola meeting"))
    wish = Wish(clinic.services[0], last_day=date(2026, 11, 24), note="plays the zither", urgent=True)
    desk.waiting.add(second.id, wish, appointment_id=tomorrow.id)
    desk.waiting.add(called.id, wish)
    # The day that the plan would have, at the same time, is another patient's.
    house.book(third, "10:00", day="2026-11-30")


@asynccontextmanager
async def seated(house: House, size: tuple[int, int] = (120, 40), *, on: bool = True) -> AsyncIterator[Driver]:
    app = FrontdeskApp(house.opener(), screens(), workstation=Workstation(privacy=on))
    async with at_the_desk(app, size) as me:
        yield me


def told(me: Driver) -> list[str]:
    """The secrets on the screen."""
    seen = me.screen().casefold()
    return [word for word in (*SECRETS, *COURSE_SECRETS) if word.casefold() in seen]


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
