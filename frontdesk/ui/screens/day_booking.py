"""Booking and moving from the Day screen; and the card of a patient."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, cast

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused
from frontdesk.ui.layout.cells import Line
from frontdesk.ui.layout.day_card import words_card
from frontdesk.ui.layout.day_fits import moment_words, next_slot, verdict
from frontdesk.ui.layout.day_sight import DaySight
from frontdesk.ui.layout.offer_rows import SIDE_FROM
from frontdesk.ui.screens.giving_back import GivingBack

if TYPE_CHECKING:
    from pendulum import DateTime

    from frontdesk.desk.booking import Answer, Request
    from frontdesk.desk.offering import Offers
    from frontdesk.desk.outcome import Outcome
    from frontdesk.domain.packing import Slot
    from frontdesk.domain.patient import Patient


class DayBooking(GivingBack):
    """What changes the plan. A visit that is being moved is carried by the cursor until it is put down."""

    sight: DaySight
    day: date | None
    _carry_words: tuple[str, str] = ("", "dim")
    _form_wanted: tuple[Patient | None] | None = None
    """For whom a form is to be opened as soon as the day is read."""
    _turned_from: date | None = None
    books_aside = False
    """Whether a booking is open above the day."""

    def show_all(self) -> None:
        """Draws what has changed."""
        raise NotImplementedError

    def go_to(self, day: date) -> None:
        """Shows another day."""
        raise NotImplementedError

    def data_changed(self) -> None:
        """Besides the day itself, the verdict of a form that is open above it."""
        super().data_changed()
        for screen in self.app.screen_stack:
            recheck = getattr(screen, "recheck", None)
            if screen is not self and recheck is not None:
                recheck()

    def why_not(self, action_id: str) -> str | None:
        """Why something can't be done now."""
        if self.sight.sheet is None and action_id.startswith(("book.", "visit.", "needles.", "day.")):
            return "The day is still being read: press again when it is there."
        if action_id == "book.squeeze" and self.sight.carried is None:
            return "Squeezing in is for an appointment that is being moved (m), or in the booking form (n)."
        if action_id == "book.move" and self.sight.carried is not None:
            return None
        if action_id == "book.new" and self.sight.sheet is not None:
            clinic = self.sight.sheet.clinic
            if not clinic.active_practitioners or not clinic.active_services or not clinic.open_rooms:
                return "Nothing can be booked until practitioners, services and rooms are set up."
        return super().why_not(action_id)

    # Booking

    def action_book_new(self) -> None:
        """A form, filled with where the cursor is."""
        self.book_for(None)

    def book_for(self, patient: Patient | None) -> None:
        """The form for a patient, or for one who is looked up in it."""
        from frontdesk.ui.dialogs.book import Book, Wish

        sight, today = self.sight, self.desk_app.today
        sheet = sight.sheet
        if sheet is None or today is None:
            self._form_wanted = (patient,)
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
        wish = Wish(clinic, sheet.day, today.day, self._next_start(), service, name, room, patient)
        self.books_aside = True
        self.app.push_screen(Book(wish, self._show_offers), self._booked)

    def open_wanted_form(self) -> None:
        """The form that was asked for on another screen, before the day was here."""
        wanted, self._form_wanted = self._form_wanted, None
        if wanted is not None:
            self.book_for(*wanted)

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
        local = self.desk_app.local(starts)
        day = date(local.year, local.month, local.day)
        shown = self.sight.sheet.day if self.sight.sheet else day
        if day != shown:
            self._turned_from = self._turned_from or shown
            self.go_to(day)
        self.sight.reveal(starts)

    def _next_start(self) -> DateTime:
        """The cursor's time; today not before now, on the clinic's grid."""
        sheet = self.sight.sheet
        start, now = self.sight.start, self.desk_app.now()
        assert sheet is not None
        start = start if start is not None else now
        if self.sight.visit is not None and self.sight.is_list:
            start = self.sight.visit.starts
        if start >= now or not sheet.span.starts <= now < sheet.span.ends:
            return start
        return next_slot(sheet, now)

    def _booked(self, answer: object) -> None:
        if answer is None:
            return
        self._placed(cast("Outcome", answer))
        said = self.desk_app.message
        self.desk_app.say(f"{said.text}; r repeats it weekly", tone=said.tone, undo=said.undo)

    def line_booked(self, outcome: Outcome) -> None:
        """The selection goes to it."""
        self._placed(outcome)

    def _placed(self, outcome: Outcome) -> None:
        """The selection follows the appointment, onto another day if that is where it went."""
        visit = outcome.appointment
        self._turned_from = None
        self.sight.carried = None
        self.stepped(outcome)
        self._follow(visit)

    def stepped(self, outcome: Outcome) -> None:
        """Shown as it is now, before anything is read anew."""
        self.sight.put(outcome.appointment)
        self.show_all()
        super().stepped(outcome)

    def _follow(self, visit: Appointment) -> None:
        """The selection to a visit, and the day to its own."""
        local = self.desk_app.local(visit.starts)
        day = date(local.year, local.month, local.day)
        away = self.sight.sheet is None or day != self.sight.sheet.day
        self.sight.select(("visit", visit.id), when_read=away)
        if away:
            self.go_to(day)

    # Moving

    def action_book_move(self) -> None:
        """Picks the appointment up; a second time, or in the list, asks for the time as a line."""
        visit = self.sight.carried or self.chosen
        if visit is None:
            return
        if self.sight.carried is not None or self.sight.is_list:
            self._ask_where(visit)
            return
        self.sight.carried = visit
        name = visit.patient.details.short_name
        self.desk_app.say(f"Moving {name}: arrows and Enter, or m and a time; Esc leaves it.", tone="warn")
        self.recheck()
        self.show_all()

    def action_book_squeeze(self) -> None:
        """Puts down over the practitioner's time, on purpose."""
        self._put_down(squeeze=True)

    def action_day_open(self) -> None:
        """Puts down what is carried; else opens the patient's card, or a booking where it is free."""
        if self.sight.carried is not None:
            self._put_down(squeeze=False)
        elif self.chosen is not None:
            self._open_card(self.chosen)
        elif self.sight.block is None:
            self.action_book_new()

    def action_back(self) -> None:
        """Leaves what is carried where it was."""
        if self.sight.carried is not None:
            visit = self.sight.carried
            name = visit.patient.details.short_name
            self.sight.carried = None
            self.sight.select(("visit", visit.id))
            self.desk_app.say(f"{name} stays where it was.", tone="dim")
            self.show_all()
        else:
            super().action_back()

    def recheck(self) -> None:
        """Asks whether what is carried fits where the cursor is."""
        request = self._carried_request(squeeze=False)
        visit = self.sight.carried
        if request is None or visit is None or not self.desk_app.has_desk:
            return
        self._carry_words = ("…", "dim")
        self.ask(
            lambda: self.desk.booking.check(request, moving=visit.id),
            lambda answer: self._checked(request, answer),
            group="fits",
            refused=lambda refused: self._told(refused.reason, "error"),
        )

    def carry_card(self, cells: int) -> tuple[Line, ...] | None:
        """The card while something is carried: where it would go and whether that fits."""
        visit = self.sight.carried
        if visit is None:
            return None
        text, role = self._carry_words
        words: Sequence[tuple[str, str]] = [
            (f"{visit.service.name} with {visit.practitioner.name}", "text"),
            (f"from {moment_words(visit.starts, self._zone)}", "dim"),
            *((row.strip(), role if not index else "text") for index, row in enumerate(text.splitlines())),
            ("", "text"),
            ("Enter puts it here · m types a time · Esc leaves it", "dim"),
        ]
        return words_card(f"Moving {visit.patient.name}", words, cells)

    @property
    def _zone(self) -> str:
        return self.sight.sheet.clinic.timezone if self.sight.sheet else "UTC"

    def _checked(self, request: Request, answer: Answer) -> None:
        self._told(*verdict(request.starts, answer, self._zone, squeeze="s squeezes it in"))

    def _told(self, text: str, role: str) -> None:
        self._carry_words = (text, role)
        self.show_all()

    def _carried_request(self, *, squeeze: bool) -> Request | None:
        from frontdesk.desk.booking import Request

        visit, start = self.sight.carried, self.sight.start
        if visit is None or start is None:
            return None
        person = self.sight.practitioner if self.sight.room is None else None
        room = self.sight.room.name if self.sight.room else None
        name = person.name if person else visit.practitioner.name
        return Request(visit.patient.id, visit.service.name, name, start, room, squeeze)

    def _put_down(self, *, squeeze: bool) -> None:
        visit, request = self.sight.carried, self._carried_request(squeeze=squeeze)
        if visit is not None and request is not None:
            self._move(visit, request.starts, request.practitioner, request.room, squeeze=squeeze)

    def _ask_where(self, visit: Appointment) -> None:
        from frontdesk.ui.dialogs.move import Move

        sheet, today = self.sight.sheet, self.desk_app.today
        if sheet is None or today is None:
            return

        def there(starts: DateTime | None) -> None:
            if starts is not None:
                self._move(visit, starts, None, None)

        self.app.push_screen(Move(visit, sheet.day, today.day, sheet.clinic.timezone), there)

    def _move(
        self, visit: Appointment, starts: DateTime, person: str | None, room: str | None, *, squeeze: bool = False
    ) -> None:
        key, version = visit.id, visit.version
        self.save(
            lambda: self.desk.booking.move(
                key, starts=starts, practitioner=person, room=room, squeeze=squeeze, version=version
            ),
            self._placed,
            refused=self._not_moved,
        )

    def _not_moved(self, refused: Refused) -> None:
        self.desk_app.say(refused.reason.split(" (or squeeze")[0], tone="error", undo=self.desk_app.message.undo)

    # Opening

    def _open_card(self, visit: Appointment) -> None:
        from frontdesk.ui.dialogs.card import Card

        def go(chosen: Appointment | None) -> None:
            if chosen is not None:
                self.show_visit(chosen)

        self.app.push_screen(Card(visit.patient, self._zone), go)

    def show_visit(self, visit: Appointment) -> None:
        """Goes to a visit, on whatever day it is."""
        day = self.desk_app.local(visit.starts).date()
        self.sight.select(("visit", visit.id))
        self.go_to(date(day.year, day.month, day.day))
