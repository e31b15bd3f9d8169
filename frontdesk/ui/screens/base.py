"""What every main screen of the dashboard is: content within the frame, its actions, its share of clock and news."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.containers import Container
from textual.widget import Widget

from frontdesk.domain.errors import Refused, Unavailable
from frontdesk.ui import keys
from frontdesk.ui.live_keys import key_of
from frontdesk.ui.screens.framed import STILL_READING, Framed
from frontdesk.ui.widgets.frame import HeaderLine, KeyLine, MessageLine, RoomStrip

if TYPE_CHECKING:
    from frontdesk.domain.appointment import Appointment
    from frontdesk.ui.dialogs.base import Dialog

A = TypeVar("A")
T = TypeVar("T")


class DeskScreen(Framed):
    """A main screen: fill `content`, name the place, and write one `action_…` for each of the place's actions.

    `reload` is called when shown, and when data changed; nothing else loads.
    """

    GOES_BACK: ClassVar[bool] = False
    """Whether Esc leads to where it was opened from."""
    _stale = True

    def content(self) -> Iterator[Widget]:
        """The widgets between the strip and the message line."""
        yield from ()

    def privacy_turned(self) -> None:
        """Also reads anew what was made into rows."""
        super().privacy_turned()
        self.data_changed()

    def reload(self) -> None:
        """Loads what the screen shows, through `ask`; called with a desk there, and never while hidden."""

    def today_read(self) -> None:
        """Told by the app that today has been read, for screens that show it; override where that is so."""

    def compose(self) -> ComposeResult:
        """The frame, the content inside it."""
        self.desk_app.keymap.rebind(self._bindings, self.PLACE)
        yield HeaderLine()
        yield RoomStrip()
        with Container(id="content"):
            yield from self.content()
        yield from self.desk_app.lines_above_the_keys()
        yield MessageLine()
        yield KeyLine()
        yield from self.covers()

    def why_nothing_is_booked(self) -> str | None:
        """Why nobody can be booked at all: the day is not read yet, or the clinic lacks what it takes."""
        today = self.desk_app.today
        if today is None and not self.desk_app.lacks_clinic:
            return STILL_READING
        if today is not None:
            clinic = today.clinic
            if clinic.active_practitioners and clinic.active_services and clinic.open_rooms:
                return None
        return f"Nothing can be booked until practitioners, services and rooms are set up: {key_of('screen.setup')}."

    def data_changed(self) -> None:
        """Told by the app that something was written, here or in another process; so is what is open above it."""
        if self in self.app.screen_stack and self.desk_app.has_desk:
            self._stale = False
            self.reload()
            for screen in self.app.screen_stack:
                if screen is not self and isinstance(screen, Framed):
                    screen.recheck()
        else:
            self._stale = True

    def on_screen_resume(self) -> None:
        """Catches up with what happened while hidden."""
        if self._stale and self.desk_app.has_desk:
            self._stale = False
            self.reload()
            self.draw_at_once()
        self.refresh_frame()
        if self.desk_app.has_desk:
            self.tick(self.desk_app.now())

    def ask_and_save(
        self, dialog_of: Callable[[], Dialog[A]], work_: Callable[[A], T], then: Callable[[T], object]
    ) -> None:
        """Opens a dialog and saves its answer; where the database can't be reached, opens it again with what was typed.

        Nothing typed is lost, and nobody takes for saved what is not.
        """
        self._ask_and_save(dialog_of(), dialog_of, work_, then)

    def _ask_and_save(
        self,
        dialog: Dialog[A],
        dialog_of: Callable[[], Dialog[A]],
        work_: Callable[[A], T],
        then: Callable[[T], object],
    ) -> None:
        def refused(reason: Refused) -> None:
            if not isinstance(reason, Unavailable):
                self.desk_app.refuse(reason)
                return
            again = dialog_of()
            again.begin_again(typed, f"NOT SAVED: {reason.reason}")
            self._ask_and_save(again, dialog_of, work_, then)

        def answered(answer: A | None) -> None:
            if answer is not None:
                typed.update(dialog.typed)
                self.save(lambda: work_(answer), then, refused=refused)

        typed: dict[str, str] = {}
        self.app.push_screen(dialog, answered)

    async def open_file(self, patient_id: int) -> None:
        """To a patient's file."""
        await self.desk_app.show(keys.FILE)
        from frontdesk.ui.screens.file import FileScreen

        screen = self.app.screen
        if isinstance(screen, FileScreen):
            screen.show_file(patient_id)

    async def go_to_visit(self, visit: Appointment) -> None:
        """To a visit on its day."""
        await self.desk_app.show(keys.DAY)
        from frontdesk.ui.screens.day import DayScreen

        screen = self.app.screen
        if isinstance(screen, DayScreen):
            screen.show_visit(visit)

    def action_undo(self) -> None:
        """Undoes what the message line offers to undo."""
        self.desk_app.undo()

    def action_back(self) -> None:
        """One step back: to where it was opened from; else there is only the message, and what it said of the clock."""
        if self.GOES_BACK:
            self.call_next(self.desk_app.show, self.desk_app.came_from or keys.DAY)
            return
        self.desk_app.hint("", tone="done")
        self.desk_app.worklists.seen()
        self.desk_app.clock_notice.seen()

    async def action_screen_day(self) -> None:
        """To the calendar."""
        await self.desk_app.show(keys.DAY)

    async def action_screen_patients(self) -> None:
        """To the patients."""
        await self.desk_app.show(keys.PATIENTS)

    async def action_screen_rooms(self) -> None:
        """To the rooms."""
        await self.desk_app.show(keys.ROOMS)

    async def action_screen_recalls(self) -> None:
        """To the recalls."""
        await self.desk_app.show(keys.RECALLS)

    async def action_screen_reminders(self) -> None:
        """To the reminders."""
        await self.desk_app.show(keys.REMINDERS)

    async def action_screen_waiting(self) -> None:
        """To the waiting list."""
        await self.desk_app.show(keys.WAITING)

    async def action_find(self) -> None:
        """To the patients, with the field ready."""
        await self.desk_app.show(keys.PATIENTS)
        screen = self.app.screen
        if isinstance(screen, DeskScreen) and screen is not self:
            await screen.action_find()

    async def action_screen_setup(self) -> None:
        """To the clinic's set-up."""
        await self.desk_app.show(keys.SETUP)

    async def action_screen_reports(self) -> None:
        """To the reports."""
        await self.desk_app.show(keys.REPORTS)

    async def action_screen_close(self) -> None:
        """To the close of the day."""
        await self.desk_app.show(keys.CLOSE)

    async def action_screen_board(self) -> None:
        """To the wall board."""
        await self.desk_app.show(keys.BOARD)

    def action_help(self) -> None:
        """Every key that works here."""
        from frontdesk.ui.dialogs.palette import Help

        self.app.push_screen(Help(self))

    def action_jump(self) -> None:
        """Letters on everything in sight; the next key goes there."""
        from frontdesk.ui.dialogs.jump import open_jump

        open_jump(self)

    def action_palette(self) -> None:
        """Every action, found by words."""
        from frontdesk.ui.dialogs.palette import Palette

        self.app.push_screen(Palette(self))

    def action_sound(self) -> None:
        """Alarms heard here or not."""
        self.desk_app.habits.turn_sound()

    def action_sound_kind(self) -> None:
        """Bell or desktop notification."""
        self.desk_app.habits.turn_kind()

    def action_clock_seen(self) -> None:
        """The notice that the clock was set has been read."""
        self.desk_app.clock_notice.seen()

    def action_privacy(self) -> None:
        """Names hidden or shown."""
        self.desk_app.privacy.turn()

    def action_look(self) -> None:
        """Names for a moment."""
        self.desk_app.privacy.look()

    def action_lock(self) -> None:
        """Covers the screen."""
        self.desk_app.lock.lock()

    def action_lock_passphrase(self) -> None:
        """What opens the lock."""
        from frontdesk.ui.dialogs.lock import ask_passphrase

        ask_passphrase(self)

    def action_lock_minutes(self) -> None:
        """When it locks by itself."""
        from frontdesk.ui.dialogs.lock import ask_minutes

        ask_minutes(self)

    def action_paper_write(self) -> None:
        """The day sheet, now."""
        self.desk_app.paper.write()

    def action_paper_turn(self) -> None:
        """The day sheet by itself, or not."""
        self.desk_app.habits.keeps_paper(not self.desk_app.habits.settings.paper)

    def action_theme(self) -> None:
        """The next look."""
        self.desk_app.turn_theme()

    def action_quit(self) -> None:
        """Closes the dashboard; asks first while needles are in."""
        self.desk_app.leave()
