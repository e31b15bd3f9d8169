"""Moving by cut and paste: what is picked up is carried by the cursor until it is put down, its clash told before."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual.events import Key

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.time_text import moment_text
from frontdesk.ui.closed_day import ClosedDay
from frontdesk.ui.layout.cells import Line
from frontdesk.ui.layout.day_notes import name_of
from frontdesk.ui.layout.day_sight import DaySight
from frontdesk.ui.layout.step_reasons import why_no_step
from frontdesk.ui.live_keys import key_of
from frontdesk.ui.screens.giving_back import GivingBack

if TYPE_CHECKING:
    from pendulum import DateTime

    from frontdesk.desk.blocks import BlockOutcome, BlockRequest
    from frontdesk.desk.booking import Answer, Request
    from frontdesk.desk.offering import Offers, Wanted
    from frontdesk.desk.outcome import Outcome
    from frontdesk.domain.errors import Refused
    from frontdesk.domain.packing import Slot
    from frontdesk.ui.dialogs.move import Target


_IN_A_TIME = ":.ap"
"""What goes on with a time after its digits: `9:30`, `9.30`, `9am`, `3pm`."""


class DayMoving(GivingBack):
    """An appointment or a block is picked up, walked to another slot or day or an offered place, and put down."""

    sight: DaySight
    _carry_words: tuple[str, str] = ("", "dim")
    _places: tuple[Slot, ...] = ()
    _place: Slot | None = None
    _asked_for: Wanted | None = None
    _digits = ""
    """Those typed directly before this key, while something is carried."""
    _before_digits: tuple[date, int, DateTime] | None = None
    """Where the cursor was when the first of them was typed: the day, the column and the time."""

    def __init__(self) -> None:
        super().__init__()
        self._closed_day = ClosedDay()

    def show_all(self) -> None:
        """Draws what has changed."""
        raise NotImplementedError

    def go_to(self, day: date) -> None:
        """Shows another day."""
        raise NotImplementedError

    def placed(self, outcome: Outcome) -> None:
        """An appointment is where it was put."""
        raise NotImplementedError

    def blocked(self, outcome: BlockOutcome) -> None:
        """A block is where it was put."""
        raise NotImplementedError

    def action_book_move(self) -> None:
        """Picks up what the cursor is on; a second time, or in the list, asks for the time as a line."""
        one = self.sight.carried or self.chosen or self.sight.block
        if one is None:
            return
        if self.sight.carried is not None or self.sight.is_list:
            self._ask_where(one)
            return
        self.sight.carry(one)
        self.desk_app.hint(f"Moving {name_of(one)}: arrows and Enter, or a time, such as 10:55; Esc leaves it.")
        self.recheck(anew=True)
        self.show_all()

    def action_book_squeeze(self) -> None:
        """Puts down over the practitioner's time, on purpose; asks first on a day on which the clinic is closed."""
        self.once_answered("fits", self._squeeze)

    def _squeeze(self) -> None:
        question = self._closed_day.question(self.sight.start, self.zone, key_of("book.squeeze"))
        if question:
            self.desk_app.hint(question)
        else:
            self.put_down(squeeze=True)

    def put_down(self, *, squeeze: bool = False) -> None:
        """Moves what is carried to where the cursor is."""
        one, start = self.sight.carried, self.sight.start
        if isinstance(one, Block) and start is not None:
            self._move_block(one, start)
        elif isinstance(one, Appointment):
            request = self._request(one, squeeze=squeeze)
            if request is not None:
                self._move(one, request.starts, request.practitioner, request.room, squeeze=squeeze)

    def leave(self) -> None:
        """What is carried stays where it was."""
        one = self.sight.carried
        if one is None:
            return
        self.set_down()
        self.sight.select(("visit" if isinstance(one, Appointment) else "block", one.id))
        self.desk_app.hint(f"{name_of(one)} stays where it was.", tone="dim")
        self.show_all()

    def leave_what_moves_no_more(self) -> None:
        """Puts down a visit that somebody called off meanwhile, or that has come: it is said to fit, and can't."""
        one, sheet = self.sight.carried, self.sight.sheet
        if not isinstance(one, Appointment) or sheet is None:
            return
        found = next((visit for visit in sheet.appointments if visit.id == one.id), None)
        why = found and why_no_step("book.move", found, self.desk_app.today, self.desk_app.now)
        if why:
            self.set_down()
            self.sight.select(("visit", one.id))
            # What was typed to put it down must not act on what the cursor is on instead.
            self.desk_app.router.rest()
            self.desk_app.hint(why)

    def set_down(self) -> None:
        """Nothing is carried any more, and nothing offered."""
        self.sight.carry(None)
        self.sight.offer((), (), None)
        self._places, self._place, self._asked_for = (), None, None
        self._closed_day.forget()

    def action_take_place(self, digit: int) -> None:
        """The cursor to an offered place while something is carried; Enter puts it there."""
        if isinstance(self.sight.carried, Appointment):
            self.once_answered("offers", lambda: self._take_place(digit))

    def _take_place(self, digit: int) -> None:
        if not isinstance(self.sight.carried, Appointment):
            return
        from frontdesk.domain.packing.offers import numbered

        place = numbered(self._places, digit)
        if place is None:
            self.desk_app.hint(f"There is no place {digit}.")
            return
        self._place = place
        self.sight.stand(place)
        day = self.desk_app.local_day(place.starts)
        if self.sight.sheet is not None and day != self.sight.sheet.day:
            self.go_to(day)
        self.recheck()
        self.show_all()

    async def action_screen_day(self) -> None:
        """To the calendar; while something is carried the digit takes a place."""
        await self._or_place(1, super().action_screen_day)

    async def action_screen_patients(self) -> None:
        """To the patients; as above."""
        await self._or_place(2, super().action_screen_patients)

    async def action_screen_rooms(self) -> None:
        """To the rooms; as above."""
        await self._or_place(3, super().action_screen_rooms)

    async def action_screen_recalls(self) -> None:
        """To whom to call; as above."""
        await self._or_place(4, super().action_screen_recalls)

    async def action_screen_waiting(self) -> None:
        """To the waiting list; as above."""
        await self._or_place(5, super().action_screen_waiting)

    async def action_screen_reminders(self) -> None:
        """To whom to remind; as above."""
        await self._or_place(6, super().action_screen_reminders)

    async def action_screen_reports(self) -> None:
        """To the reports; as above."""
        await self._or_place(7, super().action_screen_reports)

    async def _or_place(self, digit: int, otherwise: Callable[[], Awaitable[None]]) -> None:
        if isinstance(self.sight.carried, Appointment):
            self.action_take_place(digit)
        else:
            await otherwise()

    def recheck(self, *, anew: bool = False) -> None:
        """Asks whether what is carried fits where the cursor is; `anew` also what is offered."""
        one = self.sight.carried
        if one is None or not self.desk_app.has_desk:
            return
        if isinstance(one, Block):
            self._look_over(one)
            return
        request = self._request(one, squeeze=False)
        if request is None:
            return
        self._ask_offers(one, anew=anew)
        self._carry_words = ("…", "dim")
        self.ask(
            lambda: self.desk.booking.check(request, moving=one.id),
            lambda answer: self._checked(request, answer),
            group="fits",
            refused=lambda refused: self._told(refused.reason, "error"),
            holds=False,
        )

    def carry_lines(self, cells: int, rows: int) -> Sequence[Line] | None:
        """The card while something is carried: where it would go, whether that fits, what is offered."""
        one, today = self.sight.carried, self.desk_app.today
        if one is None or today is None:
            return None
        from frontdesk.ui.layout.carry_card import carry_card

        chosen = self.sight.start if self._place is not None else None
        return carry_card(one, self._carry_words, self._places, chosen, self.zone, today.day, cells, rows)

    def _ask_offers(self, visit: Appointment, *, anew: bool) -> None:
        """Offers begin with the day that is shown; standing on an offered place of another day turns them not."""
        from frontdesk.desk.offering import Wanted

        sheet = self.sight.sheet
        if sheet is None:
            return
        standing = self._place is not None and self.sight.start == self._place.starts
        day = self._asked_for.first_day if standing and self._asked_for is not None else sheet.day
        wanted = Wanted(visit.service.name, visit.practitioner.name, day, visit.patient.id, moving=visit.id)
        if wanted == self._asked_for and not anew:
            return
        self._asked_for = wanted
        self.ask(
            lambda: self.desk.offering.places(wanted),
            self._offered,
            group="offers",
            refused=lambda refused: self._told(refused.reason, "error"),
            holds=False,
        )

    def _offered(self, offers: Offers) -> None:
        if isinstance(self.sight.carried, Appointment):
            self._places = offers.places
            self.sight.offer(offers.places, offers.first_day, None)
            self.show_all()

    def _checked(self, request: Request, answer: Answer) -> None:
        from frontdesk.ui.layout.day_fits import verdict

        self._closed_day.judged(request.starts, answer)
        self._told(*verdict(request.starts, answer, self.zone, squeeze=f"{key_of('book.squeeze')} squeezes it in"))

    def _told(self, text: str, role: str) -> None:
        self._carry_words = (text, role)
        self.show_all()

    def _request(self, visit: Appointment, *, squeeze: bool) -> Request | None:
        from frontdesk.desk.booking import Request

        start, place = self.sight.start, self._place
        if start is None:
            return None
        if place is not None and place.starts == start:
            return Request(
                visit.patient.id, visit.service.name, place.practitioner.name, start, place.room.name, squeeze
            )
        self._place = None
        person = self.sight.practitioner if self.sight.room is None else None
        room = self.sight.room.name if self.sight.room else None
        name = person.name if person else visit.practitioner.name
        return Request(visit.patient.id, visit.service.name, name, start, room, squeeze)

    @property
    def wants_keys(self) -> bool:
        """Whether `on_key` would do something: not while nothing is carried, which is nearly always."""
        return self.sight.carried is not None or bool(self._digits)

    def on_key(self, event: Key) -> None:
        """One digit is a place; with more behind it, it was the beginning of a time, which is gone on with as a line.

        A block is offered no places: a digit begins its time at once.
        """
        digits, self._digits = self._digits, ""
        one, sheet, start = self.sight.carried, self.sight.sheet, self.sight.start
        if one is None or sheet is None or event.character is None:
            return
        is_digit = event.character in "0123456789"
        if is_digit and not digits and isinstance(one, Appointment):
            # It may turn the day, being an offered place.
            self._before_digits = (sheet.day, self.sight.cursor.column, start) if start is not None else None
            self._digits = event.character
        elif is_digit or (digits and event.character in _IN_A_TIME):
            event.stop()
            event.prevent_default()
            typed = digits + (":" if event.character == "." else event.character)
            self._ask_where(one, typed, self._back_to_before() if digits else sheet.day)

    def _back_to_before(self) -> date | None:
        """The cursor to where it was before a digit took it to a place; its day."""
        if self._before_digits is None:
            return None
        day, column, start = self._before_digits
        self._place = None
        self.sight.stand_at(column, start)
        if self.sight.sheet is not None and self.sight.sheet.day != day:
            self.go_to(day)
        self.recheck()
        self.show_all()
        return day

    def _ask_where(self, one: Appointment | Block, typed: str = "", day: date | None = None) -> None:
        """Asks for the time as a line, which may be `typed` in part; one alone is on `day`, or on the day shown."""
        from frontdesk.ui.dialogs.move import Move, MoveBlock

        sheet, today = self.sight.sheet, self.desk_app.today
        if sheet is None or today is None:
            return

        shown = day or sheet.day
        if isinstance(one, Block):

            def block_there(starts: DateTime | None) -> None:
                if starts is not None:
                    self._move_block(one, starts, here=False)

            self.app.push_screen(MoveBlock(one, shown, today.day, sheet.clinic.timezone, typed), block_there)
            return

        def there(target: Target | None) -> None:
            if target is not None:
                starts, room = target
                self._move(one, starts, None, room)

        self.app.push_screen(Move(one, shown, today.day, sheet.clinic.timezone, typed), there)

    def _move(
        self, visit: Appointment, starts: DateTime, person: str | None, room: str | None, *, squeeze: bool = False
    ) -> None:
        key, version = visit.id, visit.version
        self.save(
            lambda: self.desk.booking.move(
                key, starts=starts, practitioner=person, room=room, squeeze=squeeze, version=version
            ),
            self.placed,
            refused=self.not_moved,
        )

    def not_moved(self, refused: Refused) -> None:
        """Says why something stays as it is."""
        self.desk_app.hint(refused.reason, tone="error")

    def _look_over(self, block: Block) -> None:
        """Whom a block would run into where the cursor is."""
        from frontdesk.ui.layout.day_fits import over_visits

        request = self._block_there(block)
        if request is None:
            return
        self._carry_words = ("…", "dim")
        words = moment_text(request.starts, self.zone)
        self.ask(
            lambda: self.desk.blocks.look(request),
            lambda visits: self._told(*over_visits(words, visits)),
            group="fits",
            refused=lambda refused: self._told(refused.reason, "error"),
            holds=False,
        )

    def _block_there(self, block: Block) -> BlockRequest | None:
        from frontdesk.desk.blocks import BlockRequest
        from frontdesk.domain.block import BlockKind

        start = self.sight.start
        if start is None or (block.practitioner is None and block.room is None):
            return None
        person, room = self._column_of(block)
        whose = (person,) if person else ()
        kind = BlockKind(block.kind) if block.kind in list(BlockKind) else BlockKind.OTHER
        return BlockRequest(start, start + (block.ends - block.starts), whose, room, kind=kind, title=block.title)

    def _column_of(self, block: Block) -> tuple[str | None, str | None]:
        """Whose a block would be: the cursor's column where that is of its kind, else whose it is."""
        person, room = self.sight.practitioner, self.sight.room
        if block.practitioner is not None:
            return (person or block.practitioner).name if room is None else block.practitioner.name, None
        if block.room is not None:
            return None, (room or block.room).name
        return None, None

    def _move_block(self, block: Block, starts: DateTime, *, here: bool = True) -> None:
        key, version = block.id, block.version
        person, room = self._column_of(block) if here else (None, None)
        self.save(
            lambda: self.desk.blocks.move(key, starts, practitioner=person, room=room, version=version),
            self.blocked,
            refused=self.not_moved,
        )
