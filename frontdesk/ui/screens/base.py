"""What every screen of the dashboard is: the frame around its content, its actions, its share of clock and news."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from pendulum import DateTime
from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen
from textual.widget import Widget

from frontdesk.domain.errors import Refused, Unavailable
from frontdesk.ui import keys, work
from frontdesk.ui.compositor import FrameCompositor
from frontdesk.ui.layout.frame import SMALLEST
from frontdesk.ui.widgets.field import CleanInput
from frontdesk.ui.widgets.frame import HeaderLine, KeyLine, MessageLine, RoomStrip, TooSmall
from frontdesk.ui.widgets.lines import LineWidget
from frontdesk.ui.widgets.lock_cover import LockCover

if TYPE_CHECKING:
    from frontdesk.desk.open import Desk
    from frontdesk.domain.appointment import Appointment
    from frontdesk.ui.app import FrontdeskApp
    from frontdesk.ui.dialogs.base import Dialog

A = TypeVar("A")
T = TypeVar("T")
STILL_READING = "The day is still being read: press again when it is there."
"""Why an action is refused before there is anything it could act on."""


class Framed(Screen[Any]):
    """A screen or dialog that lives in the frame: what both have in common."""

    PLACE: ClassVar[str] = ""
    ALLOW_SELECT = False
    _had_keys: Widget | None = None

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._compositor = FrameCompositor()

    @property
    def desk_app(self) -> FrontdeskApp:
        """The app, by its own type."""
        return self.app  # type: ignore[return-value]

    @property
    def desk(self) -> Desk:
        """The use cases; only inside work given to `ask` and `save`, since they may wait for the disk."""
        return self.desk_app.desk

    def ask(
        self,
        work_: Callable[[], T],
        then: Callable[[T], object],
        *,
        group: str = "read",
        refused: Callable[[Refused], object] | None = None,
        holds: bool = True,
    ) -> None:
        """Reads from the desk in a thread; a newer question of the same `group` on this screen supersedes it.

        `holds` is whether the next key that acts waits for the answer: False where it does not change what keys mean.
        """
        work.ask(self.desk_app, self, work_, then, group=self._group(group), refused=refused, holds=holds)

    def once_answered(self, group: str, act: Callable[[], object]) -> None:
        """Does what a key asked for, after the answer to a question of `group` that held no key so far."""
        self.desk_app.router.once_answered(self._group(group), lambda: act() if self.is_attached else None)

    def _group(self, group: str) -> str:
        return f"{type(self).__name__}:{group}"

    def save(
        self,
        work_: Callable[[], T],
        then: Callable[[T], object] | None = None,
        *,
        refused: Callable[[Refused], object] | None = None,
    ) -> None:
        """Writes through the desk in a thread; the next key waits until it is done."""
        work.save(self.desk_app, self, work_, then, refused=refused)

    def heading(self) -> str:
        """What the header says beside the clinic's name: the day shown, or what this screen is."""
        return ""

    def why_not(self, action_id: str) -> str | None:
        """Why an action can't be done now, in words for the user; None when it can."""
        del action_id
        return None

    def words_of(self, action: keys.Action) -> str:
        """What the key line calls an action here."""
        return action.words

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """The keys the last row names, most wanted first: those that would do something where the cursor is."""
        wanted = self.desk_app.keymap.key_line_for(self.PLACE)
        return tuple((one.key_words, self.words_of(one)) for one in wanted if self.why_not(one.id) is None)

    def warn(self, words: str) -> None:
        """Says why something typed did nothing; what could be undone still can."""
        self.desk_app.hint(words)

    async def action_do(self, action_id: str) -> None:
        """Does an action of the table, or says why not: the one way for keys, help and palette."""
        reason = self.why_not(action_id)
        if reason is not None:
            if reason == STILL_READING:
                # What follows was meant for what this key would have opened, and must not act here instead.
                self.desk_app.router.rest()
            self.desk_app.hint(reason)
            return
        method = getattr(self, keys.action(action_id).method)
        result = method()
        if result is not None:
            await result

    def tick(self, now: DateTime) -> None:
        """Once a second while shown: redraw what the time changes. `now` is UTC."""

    def blink(self) -> None:
        """Four times a second while an alarm is high: redraw what blinks, by `desk_app.beat`."""

    def privacy_turned(self) -> None:
        """Names are hidden now, or shown: draws all anew; override where more than drawing goes by them."""
        for line in self.query(LineWidget):
            line.privacy_turned()
            line.redraw()
        for field in self.query(CleanInput):
            field.cover()

    def cover(self) -> LockCover:
        """What the lock covers it with; a screen that is opened while it is on begins covered."""
        self.set_class(self.desk_app.lock.on, "-locked")
        return LockCover()

    def frame_lines(self) -> Iterator[LineWidget]:
        """The frame's own widgets that are mounted now."""
        for child in self.children:
            if isinstance(child, HeaderLine | RoomStrip | MessageLine | KeyLine | TooSmall | LockCover):
                yield child

    def refresh_frame(self, *kinds: type[LineWidget]) -> None:
        """Redraws the frame's lines, or those of the given kinds; what has not changed is not sent.

        Not behind a dialog, which has a frame of its own: Textual would send the whole screen for it each second. Who
        comes to the top again draws all of it.
        """
        if self.app.screen is self:
            self.redraw_frame(*kinds)

    def redraw_frame(self, *kinds: type[LineWidget]) -> None:
        """As `refresh_frame`, behind a dialog too: for what is rare and must be seen."""
        for line in self.frame_lines():
            if isinstance(line, RoomStrip | MessageLine):
                line.fit_height()
            if (not kinds or isinstance(line, (*kinds, LockCover))) and line.display:
                line.redraw()

    def on_resize(self) -> None:
        """Shows the too-small notice or the screen; the keys go where they went before the notice hid it."""
        width, height = self.app.size
        tiny = width < SMALLEST[0] or height < SMALLEST[1]
        if tiny and not self.has_class("-tiny"):
            self._had_keys = self.focused
        elif not tiny and self.has_class("-tiny") and self._had_keys is not None:
            self.call_after_refresh(self.set_focus, self._had_keys)
        self.set_class(tiny, "-tiny")
        self.set_class(width < 100, "-narrow")
        self.refresh_frame()


class DeskScreen(Framed):
    """A main screen: fill `content`, name the place, and write one `action_…` for each of the place's actions.

    `reload` is called when shown, and when data changed; nothing else loads.
    """

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
        yield TooSmall()
        yield self.cover()

    def data_changed(self) -> None:
        """Told by the app that something was written, here or in another process; so is what is open above it."""
        if self in self.app.screen_stack and self.desk_app.has_desk:
            self._stale = False
            self.reload()
            for screen in self.app.screen_stack:
                recheck = getattr(screen, "recheck", None)
                if screen is not self and recheck is not None:
                    recheck()
        else:
            self._stale = True

    def on_screen_resume(self) -> None:
        """Catches up with what happened while hidden."""
        if self._stale and self.desk_app.has_desk:
            self._stale = False
            self.reload()
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
        show_file = getattr(self.app.screen, "show_file", None)
        if show_file is not None:
            show_file(patient_id)

    async def go_to_visit(self, visit: Appointment) -> None:
        """To a visit on its day."""
        await self.desk_app.show(keys.DAY)
        show_visit = getattr(self.app.screen, "show_visit", None)
        if show_visit is not None:
            show_visit(visit)

    def action_undo(self) -> None:
        """Undoes what the message line offers to undo."""
        self.desk_app.undo()

    def action_back(self) -> None:
        """One step back; a main screen has none but the message, and what it said of the clock."""
        self.desk_app.say("")
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
