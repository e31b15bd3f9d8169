"""Booking and moving from the Day screen; and the card of a patient."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.hours import local_day
from frontdesk.ui.layout.offer_rows import SIDE_FROM
from frontdesk.ui.live_keys import key_of
from frontdesk.ui.screens.day_moving import DayMoving
from frontdesk.ui.screens.framed import STILL_READING
from frontdesk.ui.screens.timing_steps import TimingSteps

if TYPE_CHECKING:
    from pendulum import DateTime

    from frontdesk.desk.offering import Offers
    from frontdesk.desk.outcome import Outcome
    from frontdesk.domain.packing import Slot
    from frontdesk.ui.dialogs.say import Said


class DayBooking(DayMoving, TimingSteps):
    """What changes the plan. A visit that is being moved is carried by the cursor until it is put down."""

    day: date | None
    _form_wanted: Said | None = None
    """What the form begins with that is to be opened as soon as the day is read."""
    _turned_from: date | None = None
    books_aside = False
    """Whether a booking is open above the day."""

    def why_not(self, action_id: str) -> str | None:
        """Why something can't be done now."""
        if self.sight.sheet is None and action_id.startswith(("book.", "visit.", "needles.", "day.")):
            return STILL_READING
        if action_id == "book.squeeze" and self.sight.carried is None:
            moving, booking = key_of("book.move"), key_of("book.new")
            return f"For an appointment that is being moved ({moving}), or in the form ({booking})."
        if action_id == "book.move" and self.sight.carried is not None:
            return None
        if action_id == "book.new":
            return self.why_nothing_is_booked()
        return super().why_not(action_id)

    def action_book_new(self) -> None:
        """A form, filled with where the cursor is."""
        self._open_form(None)

    def book_as_said(self, said: Said) -> None:
        """The form, filled with what a line said, and with where the cursor is for what it did not say."""
        if self.sight.sheet is None or self.desk_app.today is None:
            self._form_wanted = said
        else:
            self._open_form(said)

    def _open_form(self, said: Said | None) -> None:
        from frontdesk.ui.dialogs.book import Book
        from frontdesk.ui.dialogs.wish import Wish

        sight, today = self.sight, self.desk_app.today
        sheet = sight.sheet
        if sheet is None or today is None:
            return
        clinic = sheet.clinic
        if not clinic.active_practitioners or not clinic.active_services:
            return
        used = Counter(visit.service.name for visit in sheet.appointments)
        offered = [service.name for service in clinic.active_services]
        service = max(offered, key=lambda name: used[name])
        person = sight.practitioner
        active = {one.name for one in clinic.active_practitioners}
        name = person.name if person and person.name in active else None
        room = sight.room.name if sight.room else None
        wish = Wish(clinic, sheet.day, today.day, self.next_start(), service, name, room)
        if said is not None:
            starts = said.starts or wish.starts
            wish = replace(
                wish,
                patient=said.patient,
                typed=said.typed,
                service=said.service or service,
                is_service_said=said.service is not None,
                practitioner=said.practitioner or name,
                room=said.room or room,
                starts=starts,
                day=local_day(starts, clinic.timezone) if said.starts else sheet.day,
            )
        self.books_aside = True
        # The columns make room for the form as it opens, not at the next tick.
        self.show_all()
        self.app.push_screen(Book(wish, self._show_offers), self._booked)

    def open_wanted_form(self) -> None:
        """The form that was asked for on another screen, before the day was here."""
        wanted, self._form_wanted = self._form_wanted, None
        if wanted is not None:
            self._open_form(wanted)

    def _show_offers(self, offers: Offers | None, chosen: Slot | None) -> None:
        """Marks in the day, where it is seen beside the form, what fits; turns to the day of the place chosen."""
        if offers is None:
            self.books_aside = False
            self.sight.offer((), (), None)
            if self._turned_from is not None:
                self.go_to(self._turned_from)
            self._turned_from = None
        else:
            self.sight.offer(offers.places, offers.first_day, chosen)
            if chosen is not None and self.app.size.width >= SIDE_FROM:
                self._turn_to(chosen.starts)
        self.show_all()

    def _turn_to(self, starts: DateTime) -> None:
        """Shows the day and the time of a place; where the form was opened is gone back to when it is left."""
        day = self.desk_app.local_day(starts)
        shown = self.sight.sheet.day if self.sight.sheet else day
        if day != shown:
            self._turned_from = self._turned_from or shown
            self.go_to(day)
        self.sight.reveal(starts)

    def next_start(self) -> DateTime:
        """The cursor's time; today not before now, on the clinic's grid."""
        sheet = self.sight.sheet
        start, now = self.sight.start, self.desk_app.now()
        assert sheet is not None
        start = start if start is not None else now
        if self.sight.visit is not None and self.sight.is_list:
            start = self.sight.visit.starts
        if start >= now or not sheet.span.starts <= now < sheet.span.ends:
            return start
        return sheet.clinic.next_slot(now)

    def _booked(self, answer: Outcome | None) -> None:
        if answer is None:
            return
        self.placed(answer)
        said = self.desk_app.message
        self.desk_app.say(f"{said.text}; {key_of('book.repeat')} repeats it weekly", tone=said.tone, undo=said.undo)

    def line_booked(self, outcome: Outcome) -> None:
        """The selection goes to it."""
        self.placed(outcome)

    def placed(self, outcome: Outcome) -> None:
        """The selection follows the appointment, onto another day if that is where it went."""
        visit = outcome.appointment
        self._turned_from = None
        self.set_down()
        self.stepped(outcome)
        self._follow(visit)

    def stepped(self, outcome: Outcome) -> None:
        """Shown as it is now, before anything is read anew."""
        self.sight.put(outcome.appointment)
        self.show_all()
        super().stepped(outcome)

    def _follow(self, visit: Appointment) -> None:
        """The selection to a visit, and the day to its own."""
        day = self.desk_app.local_day(visit.starts)
        away = self.sight.sheet is None or day != self.sight.sheet.day
        self.sight.select(("visit", visit.id), when_read=away)
        if away:
            self.go_to(day)

    def action_day_open(self) -> None:
        """Puts down what is carried; else opens the patient's card, or a booking where it is free."""
        if self.sight.carried is not None:
            self.put_down()
        elif self.chosen is not None:
            self._open_card(self.chosen)
        elif self.sight.block is None:
            self.action_book_new()

    def action_back(self) -> None:
        """Leaves what is carried where it was."""
        if self.sight.carried is not None:
            self.leave()
        else:
            super().action_back()

    def _open_card(self, visit: Appointment) -> None:
        from frontdesk.ui.dialogs.card import Card

        def go(chosen: Appointment | None) -> None:
            if chosen is not None:
                self.show_visit(chosen)

        self.app.push_screen(Card(visit.patient, self.zone), go)

    def show_visit(self, visit: Appointment) -> None:
        """Goes to a visit, on whatever day it is."""
        self.sight.select(("visit", visit.id))
        self.go_to(self.desk_app.local_day(visit.starts))
