"""The frame's four lines as widgets: they read what the app knows and paint what `layout.frame` makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from frontdesk.ui.layout import frame
from frontdesk.ui.layout.cells import Line
from frontdesk.ui.widgets.lines import LineWidget

if TYPE_CHECKING:
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

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """One row."""
        del height
        return (frame.header_line(self.desk_app.header_of(self.screen), width),)


class RoomStrip(FrameLine):
    """Every room, most urgent first; on every screen and in every dialog."""

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """One row, or two."""
        app = self.desk_app
        return frame.strip_lines(app.rooms, width, height, beat=app.beat)

    def fit_height(self) -> None:
        """Takes as many rows as the window and the number of rooms ask for."""
        app = self.desk_app
        rows = frame.strip_rows(len(app.rooms), app.size.width, app.size.height)
        if self.styles.height is None or self.styles.height.value != rows:
            self.styles.height = rows


class MessageLine(FrameLine):
    """The last thing done or refused; a banner while the database can't be reached."""

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """One row."""
        del height
        app = self.desk_app
        if app.banner:
            return (frame.message_line(app.banner, "banner", False, width),)
        message = app.message
        return (frame.message_line(message.text, message.tone, message.undo is not None, width),)


class KeyLine(FrameLine):
    """The keys that work here."""

    FILL: ClassVar[str] = "foot"

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """One row."""
        del height
        keys, last = self.desk_app.key_line_of(self.screen)
        return (frame.key_line(keys, width, last=last),)


class TooSmall(FrameLine):
    """Stands in for everything in a window below 60 by 15, and still shows the alarms."""

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """As many rows as there are."""
        return frame.too_small_lines(self.desk_app.rooms, width, height)
