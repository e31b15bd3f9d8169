"""The frame's four lines as widgets: they read what the app knows and paint what `layout.frame` makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from frontdesk.domain.privacy import is_private
from frontdesk.ui import keys
from frontdesk.ui.layout import frame
from frontdesk.ui.layout.cells import Line
from frontdesk.ui.live_keys import key_of
from frontdesk.ui.widgets.lines import LineWidget

if TYPE_CHECKING:
    from textual.screen import Screen

    from frontdesk.ui.app import FrontdeskApp


class FrameLine(LineWidget):
    """A line of the frame, drawn from the app's state."""

    @property
    def desk_app(self) -> FrontdeskApp:
        """The app, by its own type."""
        return self.app  # type: ignore[return-value]


class HeaderLine(FrameLine):
    """Clinic, day, screens, clock, who."""

    FILL: ClassVar[str] = "head"
    TICKS: ClassVar[bool] = True

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """One row."""
        del height
        return (frame.header_line(_header(self.desk_app, self.screen), width),)


class RoomStrip(FrameLine):
    """Every room, most urgent first; on every screen and in every dialog."""

    TICKS: ClassVar[bool] = True

    _size_goes_by: tuple[object, ...] = ()
    _chips = 2
    """The size of the chips for what it goes by: to find it takes three times as long as to draw them each second."""

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """One row, or two."""
        app = self.desk_app
        if not app.rooms and not app.liveness.notice:
            return ()
        from frontdesk.ui.layout.strip import shape, strip_lines, strip_size

        notice = app.liveness.notice
        goes_by = (width, height, notice, is_private(), *map(shape, app.rooms))
        if goes_by != self._size_goes_by:
            self._size_goes_by = goes_by
            self._chips = strip_size(app.rooms, width, height, notice=notice)
        return strip_lines(app.rooms, width, height, beat=app.beat, notice=notice, largest=self._chips)

    def on_mount(self) -> None:
        """As high as it will be, before the first frame: a dialog's must not jump beneath its header."""
        self.fit_height()

    def fit_height(self) -> None:
        """Takes as many rows as the window and the number of rooms ask for."""
        app = self.desk_app
        rows = frame.strip_rows(len(app.rooms), app.size.width, app.size.height)
        if self.styles.height is None or self.styles.height.value != rows:
            self.styles.height = rows


class NotLive(FrameLine):
    """The band over the wall board while its timers are not the database's."""

    DEFAULT_CSS = "NotLive { width: 1fr; height: 1; display: none; }"
    FILL: ClassVar[str] = "banner"

    def show(self) -> None:
        """Takes its rows from the tiles, or gives them back."""
        app = self.desk_app
        self.display = bool(app.liveness.notice)
        self.styles.height = 3 if app.size.height >= 30 else 1
        if self.display:
            self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """One row or three."""
        return frame.not_live_lines(self.desk_app.liveness.since_s, width, height)


class MessageLine(FrameLine):
    """The last thing done or refused; a banner while the database can't be reached."""

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """One row, or those that a long message takes."""
        return self._message(width)[:height]

    def fit_height(self) -> None:
        """Takes the rows that the message needs, from the content above it."""
        width = self.desk_app.size.width
        with self.desk_privacy():
            rows = len(self._message(width)) if width else 1
        if self.styles.height is None or self.styles.height.value != rows:
            self.styles.height = rows

    def _message(self, width: int) -> tuple[Line, ...]:
        app = self.desk_app
        if app.banner:
            return (frame.banner_line(app.liveness.notice, app.liveness.reason, width),)
        message = app.message
        why_not = getattr(self.screen, "why_not", None)
        may_undo = message.undo is not None and not (why_not and why_not("undo"))
        undo = key_of("undo") if may_undo and message.text else ""
        most = frame.MESSAGE_ROWS if app.size.height >= 20 else 2
        return frame.message_lines(
            message.text, message.tone, undo, width, self._news(), undoes=message.undoes, rows=most
        )

    def _news(self) -> tuple[Line, ...]:
        """What became free for somebody who waits."""
        app = self.desk_app
        if app.today is None or not app.worklists.free:
            return ()
        from frontdesk.ui.layout.free_words import free_forms

        key = key_of("screen.waiting")
        return free_forms(app.worklists.free, app.today.clinic, app.local_day(), key)


LOOK = (keys.action("look").key_words, "show names")
"""What the key line says last while names are hidden."""


DIALOG_KEYS = (keys.action("dialog.help").key_words, "keys")
"""What a dialog's key line says after its own, where there is room."""


class KeyLine(FrameLine):
    """The keys that work here."""

    FILL: ClassVar[str] = "foot"

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """One row."""
        del height
        named = getattr(self.screen, "key_line", None)
        line: tuple[tuple[str, str], ...] = named() if named else ()
        if line and getattr(self.screen, "PLACE", "") == keys.DIALOG:
            line = (*line, DIALOG_KEYS)
        privacy = self.desk_app.privacy
        if line and privacy.on and not privacy.looking and not self.desk_app.is_board:
            # A form opens behind dots, also from a look, which ends with the key that opened it.
            line = (*line, LOOK)
        help_here = next((one for one in line if one[1] == keys.action("help").words), None)
        return (frame.key_line(line, width, last=help_here),)


class TooSmall(FrameLine):
    """Stands in for everything in a window below 60 by 15, and still shows the alarms."""

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """As many rows as there are."""
        from frontdesk.ui.layout.strip import too_small_lines

        return too_small_lines(self.desk_app.rooms, width, height, self.desk_app.liveness.notice)


def _is_closing_due(app: FrontdeskApp) -> bool:
    """Whether the last visit of today is over, the clinic's closing time is near, and the day is not closed."""
    from frontdesk.domain.projection import before_closing_time, wants_closing

    if app.today is None or app.is_board:
        return False
    now = app.now()
    return wants_closing(app.today, now) and not before_closing_time(app.today, now)


def _header(app: FrontdeskApp, screen: Screen[object]) -> frame.Header:
    """What the header of a screen, or of a dialog over one, says now."""
    titled = next((one for one in (screen, *app.screen_stack) if hasattr(one, "heading") and not one.is_modal), None)
    return frame.Header(
        clinic=app.today.clinic.name if app.today else "",
        title=titled.heading() if titled is not None else "",
        tab=keys.PLACES.get(app.current_mode, ""),
        clock=f"{app.local(app.now()):%H:%M:%S}" if app.has_desk else "",
        who=app.desk.actor if app.has_desk else "",
        counts=app.worklists.counts,
        marks=(
            *((app.privacy.mark,) if app.privacy.mark else ()),
            *((app.lock.mark,) if app.has_desk and app.lock.mark else ()),
            *((now,) if (now := app.waits_for or app.working.words) else ()),
            *((app.clock_notice.mark,) if app.clock_notice.mark else ()),
            *(
                (f"{key_of('screen.close')}: CLOSE THE DAY",)
                if app.current_mode != keys.CLOSE and _is_closing_due(app)
                else ()
            ),
            *(("DEMO CLOCK",) if app.has_desk and app.desk.clock.is_demo else ()),
            *(() if app.habits.is_heard else ("SOUND OFF",)),
        ),
    )
