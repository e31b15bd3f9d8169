"""Who takes over: asked for one patient, or for each patient of somebody who goes off."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic, Practitioner
from frontdesk.domain.day import DaySheet
from frontdesk.domain.hand_over import colleagues, is_off
from frontdesk.ui.dialogs.ask import Choice

if TYPE_CHECKING:
    from frontdesk.desk.hand_over import GoneOff
    from frontdesk.ui.screens.visit_steps import VisitSteps

NOBODY = ""
"""The answer that leaves a patient to nobody: an alarm until somebody takes them."""


def ask_taker(
    screen: VisitSteps,
    clinic: Clinic,
    visit: Appointment,
    then: Callable[[str | None], None],
    *,
    besides: Practitioner | None = None,
) -> None:
    """Asks for a colleague who is here; with `besides`, who goes off, leaving it open is an answer too."""
    others = [
        one for one in colleagues(clinic, visit, screen.desk_app.now()) if besides is None or one.id != besides.id
    ]
    choices = [(one.name, one.name) for one in others]
    if besides is not None:
        choices.append((NOBODY, "nobody yet: the room raises an alarm"))
    if not choices:
        screen.desk_app.hint("There is nobody else here to take the patient over.")
        return
    where = f", {visit.room.short_name}" if visit.room else ""
    screen.app.push_screen(Choice(lambda: f"Who takes {visit.patient.short_name}{where} over?", choices), then)


def go_off(screen: VisitSteps, sheet: DaySheet) -> None:
    """Asks who goes off (or is back), then who takes each of their patients in a room; saves it all at once."""
    now = screen.desk_app.now()
    people = sheet.clinic.active_practitioners
    choices = [(one, f"{one.name}{' is back' if is_off(one, sheet.clinic, now) else ''}") for one in people]
    if not choices:
        screen.desk_app.hint("Nobody is set up to treat.")
        return

    def chosen(one: Practitioner | None) -> None:
        if one is None:
            return
        if is_off(one, sheet.clinic, now):
            screen.save(lambda: screen.desk.hand_over.back(one.name), lambda done: _said(screen, done))
            return
        visits = [visit for visit in sheet.in_house if visit.holds_room and visit.in_charge.id == one.id]
        _ask_each(screen, sheet.clinic, one, visits, {})

    screen.app.push_screen(Choice("Who goes off?", choices), chosen)


def _ask_each(
    screen: VisitSteps, clinic: Clinic, off: Practitioner, left: list[Appointment], takers: dict[int, str]
) -> None:
    if not left:
        screen.save(lambda: screen.desk.hand_over.go_off(off.name, takers), lambda done: _said(screen, done))
        return
    visit, *others = left

    def taken(name: str | None) -> None:
        # Esc leaves everything as it was: nobody has gone off yet.
        if name is not None:
            more = {**takers, visit.id: name} if name != NOBODY else takers
            _ask_each(screen, clinic, off, others, more)

    ask_taker(screen, clinic, visit, taken, besides=off)


def _said(screen: VisitSteps, done: GoneOff) -> None:
    screen.desk_app.say(f"{done.words}.", tone="warn" if done.left else "done")
    screen.desk_app.data_changed()
