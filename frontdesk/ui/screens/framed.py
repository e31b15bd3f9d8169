"""What screens and dialogs have in common: the frame, asking and saving, and the one way in which actions are done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.widget import Widget

from frontdesk.ui import keys, work
from frontdesk.ui.layout.frame import SMALLEST
from frontdesk.ui.one_frame import OneFrame
from frontdesk.ui.widgets.frame import HeaderLine, KeyLine, MessageLine, RoomStrip, TooSmall
from frontdesk.ui.widgets.lines import LineWidget
from frontdesk.ui.widgets.lock_cover import LockCover
from frontdesk.ui.working import READING

if TYPE_CHECKING:
    from pendulum import DateTime

    from frontdesk.desk.open import Desk
    from frontdesk.domain.errors import Refused
    from frontdesk.ui.app import FrontdeskApp

T = TypeVar("T")
STILL_READING = "The day is still being read: press again when it is there."
"""Why an action is refused before there is anything it could act on."""
_MEANT_EACH = frozenset(
    {"recall.no_answer", "reminder.no_answer", "reminder.message", "visit.confirm", "needles.fewer"}
)
"""What a key that is held down does no further: each is a call, or a needle that is said to be out.

One that is added always is: taps that a slow line delivers at once look held. One too many is owed at the count, one
too few would be forgotten.
"""
HELD = "That key is held down: it did no more. Let go of it, look, and press it again."
PUT_DOWN_FIRST = "Put down what is being moved first: Enter, or Esc."
"""Why an action is refused while something is being moved."""


class Framed(OneFrame):
    """A screen or dialog that lives in the frame: what both have in common."""

    PLACE: ClassVar[str] = ""
    ALLOW_SELECT = False
    _had_keys: Widget | None = None

    @property
    def desk_app(self) -> FrontdeskApp:
        """The app, by its own type."""
        return self.app  # type: ignore[return-value]

    @property
    def desk(self) -> Desk:
        """The use cases; only inside work given to `ask` and `save`, since they may wait for the disk."""
        return self.desk_app.desk

    @property
    def zone(self) -> str:
        """The clinic's time zone; UTC while there is none."""
        return self.desk_app.today.clinic.timezone if self.desk_app.today else "UTC"

    def clock(self, instant: DateTime) -> str:
        """An instant as the clinic's clock shows it."""
        return f"{self.desk_app.local(instant):%H:%M}"

    def ask(
        self,
        work_: Callable[[], T],
        then: Callable[[T], object],
        *,
        group: str = "read",
        refused: Callable[[Refused], object] | None = None,
        holds: bool = True,
        words: str = READING,
    ) -> None:
        """Reads from the desk in a thread; a newer question of the same `group` on this screen supersedes it.

        `holds` is whether the next key that acts waits for the answer: False where it does not change what keys mean.
        `words` say in the header what takes long; none where the screen itself says it.
        """
        group = self._group(group)
        work.ask(self.desk_app, self, work_, then, group=group, refused=refused, holds=holds, words=words)

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

    def recheck(self) -> None:
        """Something was written, here or in another process, while this stood over the screen that shows it."""

    def warn(self, words: str) -> None:
        """Says why something typed did nothing; what could be undone still can."""
        self.desk_app.hint(words)

    async def action_do(self, action_id: str) -> None:
        """Does an action of the table, or says why not: the one way for keys, help and palette."""
        if self.desk_app.router.is_held and action_id in _MEANT_EACH:
            self.desk_app.hint(HELD)
            return
        reason = self.why_not(action_id)
        if reason is not None:
            if reason in (STILL_READING, PUT_DOWN_FIRST):
                # What follows was meant for what this key would have opened, or is the rest of a word, and must not act
                # here instead.
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
        from frontdesk.ui.widgets.field import CleanInput

        for line in self.query(LineWidget):
            line.privacy_turned()
            line.redraw()
        for field in self.query(CleanInput):
            field.cover()

    def covers(self) -> Iterator[LineWidget]:
        """What lies over all of it from the first: the lock while it is on, the notice of a window that is too small.

        Mostly neither is there, and every dialog would wait for both; `be_locked` and `fit_window` add them later.
        """
        self.set_class(self.desk_app.lock.on, "-locked")
        if self.has_class("-tiny"):
            yield TooSmall()
        if self.has_class("-locked"):
            yield LockCover()

    def be_locked(self, locked: bool) -> None:
        """Covers it, or shows it again."""
        self.set_class(locked, "-locked")
        if locked:
            self._have(LockCover)

    def _have(self, kind: type[LineWidget]) -> None:
        """Adds what lies over it, where it is not there; a screen that has no widgets so far asks `covers` for it."""
        if self.children and not self.query_children(kind):
            self.mount(kind())

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
        wanted: tuple[type[LineWidget], ...] = kinds or (LineWidget,)
        if kinds and self.desk_app.lock.on:
            wanted = (*kinds, LockCover)
        for line in self.frame_lines():
            if not isinstance(line, wanted):
                continue
            if isinstance(line, RoomStrip | MessageLine):
                line.fit_height()
            if line.display:
                line.redraw()

    def on_resize(self) -> None:
        """Another window."""
        if self.fit_again():
            self.refresh_frame()

    def fit_window(self) -> None:
        """Shows the too-small notice or the screen; the keys go where they went before the notice hid it."""
        width, height = self.app.size
        tiny = width < SMALLEST[0] or height < SMALLEST[1]
        if tiny and not self.has_class("-tiny"):
            self._had_keys = self.focused
        elif not tiny and self.has_class("-tiny") and self._had_keys is not None:
            from frontdesk.ui.widgets.field import CleanInput

            had = self._had_keys
            self.call_after_refresh(had.resume if isinstance(had, CleanInput) else had.focus)
        self.set_class(tiny, "-tiny")
        if tiny:
            self._have(TooSmall)
        self.set_class(width < 100, "-narrow")
