"""A few people of every kind on file, and what the Patients screen says of them."""

from __future__ import annotations

from datetime import date

from frontdesk.domain.patient import Flag, FlagKind, Sex
from frontdesk.ui.dialogs.patient_form import PatientForm
from frontdesk.ui.screens.patients import PatientsScreen
from tests.driver import Driver
from tests.ui.house import House

HOSTILE = ("[red]Bob[/]", "O'Brien [/x]", "Ann [VIP]", "李小龍", "سلمى", "👩‍👩‍👧 Family", "x" * 100)


def screen(me: Driver) -> PatientsScreen:
    found = me.app.screen_stack[0]
    assert isinstance(found, PatientsScreen)
    return found


def marked(me: Driver) -> str:
    patient = screen(me).marked_patient
    return patient.name if patient else ""


def full(house: House) -> None:
    """A few people of every kind."""
    house.patient(
        "Garcia, Maria",
        known_as="Mari",
        birth_date=date(1961, 3, 14),
        sex=Sex.FEMALE,
        phones=("416 555 0134", "416 555 0999"),
        email="maria@example.org",
        address="1 Elm Street\nToronto",
        notes="Prefers the window.",
        flags=(Flag(FlagKind.REDUCED_SENSATION), Flag(FlagKind.OTHER, "[b]hates[/b] music")),
    )
    house.patient("García, Raúl", birth_date=date(1959, 4, 24), phones=("613 555 6895",))
    for name in HOSTILE:
        house.patient(f"{name}, Zoë")


async def form(me: Driver, typed: str = "garcia maria") -> PatientForm:
    """Opens somebody's form."""
    await me.press("slash", *typed, "enter", "e")
    found = me.app.screen
    assert isinstance(found, PatientForm)
    return found
