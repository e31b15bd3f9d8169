"""The dashboard: its life from the first frame to the exit status. No query, no rule, no drawing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.events import Event, Key
from textual.widget import Widget

from frontdesk.config import Workstation
from frontdesk.domain.errors import Refused, Unavailable
from frontdesk.text import visible
from frontdesk.ui import keys, work
from frontdesk.ui.live_keys import key_of
from frontdesk.ui.privacy import LOOK_KEY, Privacy
from frontdesk.ui.telling import Telling
from frontdesk.ui.working import OPENING, Working

if TYPE_CHECKING:
    from pendulum import DateTime

    from frontdesk.desk.open import Desk
    from frontdesk.domain.appointment import Appointment
    from frontdesk.domain.board import RoomNow
    from frontdesk.domain.day import DaySheet
    from frontdesk.domain.wall import Wall
    from frontdesk.ui.keymap import KeyFile
    from frontdesk.ui.layout.strip import Beat
    from frontdesk.ui.paper_keeper import Start
    from frontdesk.ui.screens.base import DeskScreen
    from frontdesk.ui.work import Job
    from frontdesk.ui.workstation import Keep


READY_S = 60.0
"""Seconds after opening until what only writing needs is loaded: the first minute is the screens'."""


class FrontdeskApp(Telling):
    """The dashboard on one desk.

    `open_desk` is called in a thread after the first frame is drawn: opening the database must not delay it.
    `screens` makes the screens by place; `start` is the first one shown, `wall` says what a wall board is for.
    `look` is shown in place of the workstation's own, until a key turns it.
    """

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = "app.tcss"
    SHEETS_UNASKED: ClassVar[bool] = True
    """Whether day sheets are written by themselves, where the workstation says so."""
    # Priority, since they must work while typing and over dialogs.
    BINDINGS: ClassVar = [
        Binding("ctrl+q", "leave", "quit", priority=True, show=False),
        Binding("ctrl+t", "privacy", "names", priority=True, show=False),
        Binding("ctrl+l", "lock", "lock", priority=True, show=False),
        Binding(LOOK_KEY, "look", "look", priority=True, show=False),
    ]

    def __init__(
        self,
        open_desk: Callable[[], Desk],
        screens: Mapping[str, Callable[[], DeskScreen]],
        start: str = keys.DAY,
        wall: Callable[[Desk], Wall] | None = None,
        *,
        workstation: Workstation = Workstation(),  # noqa: B008 (frozen)
        look: str = "",
        keep: Keep | None = None,
        drafts: Path | None = None,
        paper: Start | None = None,
        can_demo: bool = False,
        key_file: KeyFile | None = None,
    ) -> None:
        super().__init__(
            look or workstation.theme, start, keys.USUAL if key_file is None else keys.Keymap(key_file.actions)
        )
        self._open_desk = open_desk
        self._wall_of = wall
        self._modes = dict(screens)
        self._settings = workstation, keep, drafts, paper
        self._desk: Desk | None = None
        self._timezone = "UTC"
        self.today: DaySheet | None = None
        self.is_reading_today = False
        self.rooms: tuple[RoomNow, ...] = ()
        self.privacy = Privacy(self, on=workstation.privacy)
        self.came_from: str | None = None
        """The main screen shown before this one."""
        self._setup_offered = False
        self._key_file = key_file
        self.can_demo = can_demo
        """Whether whoever opened this can open the demo clinic in its place."""
        self.wants_demo = False
        self.waits_for = ""
        """What keys have been waiting for, for the header."""
        self._heard_of = 0
        """The last entry of the log that was told of."""
        self.asked: dict[str, Job] = {}
        """The newest question of each group, until it is answered: the answer to an older one is nobody's any more."""
        self.working = Working(lambda: self.frames.header(), lambda: self.asides.begin())

    def lines_above_the_keys(self) -> Iterator[Widget]:
        """Further rows of every screen and dialog, over the message or the keys; here there are none."""
        yield from ()

    @property
    def desk(self) -> Desk:
        """The use cases; asked for before they are there, that is a defect."""
        if self._desk is None:
            raise RuntimeError("no desk yet: ask has_desk")
        return self._desk

    @property
    def has_desk(self) -> bool:
        """Whether the database is open."""
        return self._desk is not None

    @property
    def is_board(self) -> bool:
        """Whether this was opened as a wall board, which writes nothing."""
        return self.start == keys.BOARD

    @property
    def beat(self) -> Beat:
        """Which half of a blink it is."""
        return self.pulse.beat

    def now(self) -> DateTime:
        """The current instant by the clinic's clock, UTC."""
        return self.desk.clock.now()

    def local(self, instant: DateTime) -> DateTime:
        """An instant in the clinic's zone."""
        return instant.in_timezone(self._timezone)

    def local_day(self, instant: DateTime | None = None) -> date:
        """The day it is at the clinic at an instant, or now."""
        from frontdesk.domain.hours import local_day

        return local_day(self.now() if instant is None else instant, self._timezone)

    @property
    def lacks_clinic(self) -> bool:
        """Whether none is set up in this database."""
        return self._setup_offered and self.today is None

    def undo(self) -> None:
        """Takes back the last thing done here, if the message line offers it."""
        undo = self.message.undo
        if undo is None:
            self.hint("Nothing to undo here.")
        else:
            work.save(self, self, undo, self._undone)

    def _undone(self, words: str) -> None:
        self.say(words)
        self.data_changed()

    def took(self, visit: Appointment) -> None:
        """A visit as a write here left it: shown, and meant by the next key, before the day has been read again."""
        if self.today is not None:
            self.today = self.today.with_visit(visit)
            self._tick()

    def opened_file(self, patient_id: int) -> None:
        """Has it logged, in the background, that somebody opened a patient's file on purpose."""
        if not self.is_board:
            self.notes.write(lambda: self.desk.patients.opened(patient_id))

    async def show(self, place: str) -> None:
        """Goes to another main screen; returns when it is mounted."""
        if place in self._modes and place != self.current_mode:
            self.came_from = self.current_mode
            self.gone_by()
            await self.switch_mode(place)
        if place == keys.WAITING:
            self.worklists.seen()

    def turn_theme(self) -> None:
        """To the next look, which this workstation keeps."""
        super().turn_theme()
        self.habits.looks(self.look)

    def leave(self) -> None:
        """Ends the dashboard; asks first while anybody is here, and when the day is over but not closed."""
        from frontdesk.ui.dialogs.farewell import Farewell, farewell

        if isinstance(self.screen, Farewell):
            return
        question = farewell(self.today, self.now()) if self.today is not None else None
        if question is None:
            self.exit(return_code=0)
        else:
            self.push_screen(question, lambda yes: self.exit(return_code=0) if yes else None)

    def leave_for_demo(self) -> None:
        """Ends this dashboard; the demo clinic is opened in its place."""
        self.wants_demo = True
        self.exit(return_code=0)

    async def action_leave(self) -> None:
        """Ctrl+Q."""
        self.leave()

    async def _deliver(self, event: Event) -> None:
        """A key is the lock's while it is on; one that does something ends a look at names, before it acts."""
        if self.lock.on:
            self.lock.take(event)
            return
        self.lock.touched()
        self.sweeping.touched()
        if isinstance(event, Key):
            self.privacy.key(event.key)
        await super()._deliver(event)

    @property
    def keys_are_caught(self) -> bool:
        """Whether the lock takes every key."""
        return self.is_furnished and self.lock.on

    def action_lock(self) -> None:
        """Ctrl+L."""
        self.lock.lock()

    def action_privacy(self) -> None:
        """Ctrl+T."""
        self.privacy.turn()

    def action_look(self) -> None:
        """Ctrl+R."""
        self.privacy.look()

    def furnish(self) -> None:
        """Makes the parts."""
        from frontdesk.ui.parts import furnish

        furnish(self, *self._settings)

    def furnished(self) -> None:
        """Opens the desk."""
        work.ask(self, self, self._open, self._opened, group="open", refused=self._cannot_open, words=OPENING)

    def _open(self) -> tuple[Desk, Wall]:
        """In a thread."""
        desk = self._open_desk()
        self.drafts.open(desk)
        return desk, self.wall if self._wall_of is None else self._wall_of(desk)

    def _cannot_open(self, refused: Refused) -> None:
        self.end_with(f"frontdesk: {visible(refused.reason)}")

    def _opened(self, opened: tuple[Desk, Wall]) -> None:
        self._desk, self.wall = opened
        self.watching.start()
        self.pulse.start(self.frames.blink)
        self.set_interval(1, self._tick, name="clock")
        self.data_changed()
        self.paper.open()
        if not self.is_board:
            self.set_timer(READY_S, self._get_ready, name="ready")
        if self.first_stands:
            self.ask_at_first()

    def _get_ready(self) -> None:
        """What only writing needs is loaded: not while the screens come, nor when the first change waits for it."""

        def load() -> None:
            try:
                self.desk.get_ready()
            finally:
                self.call_later(self.sweeping.loaded)

        self.run_worker(load, group="ready", thread=True, exit_on_error=False, name="ready")

    def ask_at_first(self) -> None:
        """What this workstation has to tell or to ask whoever sits down; over the first screen, with the desk there."""
        if self._desk is not None and not self.is_board:
            from frontdesk.ui.asked_first import ask_at_first

            ask_at_first(self, () if self._key_file is None else self._key_file.complaints)

    def on_unmount(self) -> None:
        """Lets go of the watch, so that the end is not waited for."""
        if self.is_furnished:
            self.watching.stop()
            self.drafts.close()
            self.paper.close()

    def data_changed(self) -> None:
        """Something was written, here or elsewhere: reloads today for the strip, and what is on the screen."""
        self.is_reading_today = True
        work.ask(self, self, self.desk.days.load, self._got_today, group="today", refused=self._no_today)
        self.frames.data_changed()

    def heard_of(self, newest: int) -> None:
        """Something was written, here or elsewhere: `newest` is its last entry in the log, 0 where that has none."""
        if not newest or self.today is None:
            self.data_changed()
            return
        self._heard_of = newest
        if newest > self.today.seq and not self.is_reading_today:
            self.data_changed()
        else:
            # Today was read after it, as it is after each write here, or is just being read, and then it is looked
            # whether it has seen it; what else is on the screen may have been read before.
            self.frames.data_changed()

    def _no_today(self, refused: Refused) -> None:
        """Without a clinic there is no day: the set-up is offered, once; whoever left it is where they want to be."""
        self.is_reading_today = False
        self.show_first()
        if isinstance(refused, Unavailable) or self.today is not None or self.current_mode == keys.BOARD:
            self.refuse(refused)
        elif not self._setup_offered:
            self._setup_offered = True
            self.call_next(self.show, keys.SETUP)

    def _got_today(self, sheet: DaySheet) -> None:
        self.today, self.is_reading_today = sheet, False
        self._timezone = sheet.clinic.timezone
        self.show_first()
        self.reachable()
        self._tick()
        self.frames.redraw()
        self.frames.today_read()
        self.asides.add(self.worklists.changed)
        if sheet.seq < self._heard_of:
            # Once more, and no oftener: of a log that was put back to an older one it would be for ever.
            self._heard_of = 0
            self.data_changed()

    def _tick(self) -> None:
        if self.today is None or not self.is_running:
            if self.is_running and self.has_desk:
                self.frames.header()  # there is no clinic yet; its clock goes
            return
        self.today = self.desk.time.sheet(self.today)
        self.clock_notice.tick()
        self.lock.tick()
        self.sweeping.tick()
        self.worklists.tick(self.now())
        if self.liveness.tick():
            self.frames.redraw_all()
        now = self.now()
        self.rooms = self.board.rooms(now, by_urgency=True)
        self.pulse.tick(now, self._tick)
        if self.local(now).date() != self.today.day and not self.liveness.notice:
            self.data_changed()
        self.frames.tick(now)

    @property
    def banner(self) -> str:
        """What the message line says in place of all else: that the timers are not live, and why."""
        return f"{self.liveness.notice}: {self.liveness.reason}" if self.liveness.notice else ""

    def unreachable(self, reason: Unavailable) -> None:
        """Shows that the database can't be used, until it can."""
        self.router.reads_are(late=True)
        if self._desk is not None:
            self.liveness.lost(reason)
            self.frames.redraw_all()

    def reachable(self) -> None:
        """The database answers."""
        if self.liveness.notice:
            self.liveness.found()
            self.frames.redraw_all()

    def on_answered(self, answer: work.Answered) -> None:
        """Work on the database has ended."""
        work.settle(self, answer)

    def keys_wait_for(self, words: str) -> None:
        """The router's word that the database takes long; in the header, which dialogs have too."""
        self.waits_for = words
        self.frames.header()

    def keys_were_dropped(self, why: str) -> None:
        """The router's word that keys did nothing."""
        if self.is_furnished:
            self.warn(why)
        else:
            super().keys_were_dropped(why)

    def paste_met_no_field(self) -> None:
        """Pasted where nothing is typed."""
        find = key_of("find")
        self.warn(f"What was pasted went nowhere: a field must have the cursor; {find} finds a patient.")
