"""A field of several lines: Enter still saves, the arrow down beyond the last line begins another."""

from __future__ import annotations

from functools import cache
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.binding import Binding
from textual.events import Key, Paste
from textual.geometry import Region
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import TextAreaTheme

from frontdesk.domain.errors import Refused
from frontdesk.domain.privacy import is_private
from frontdesk.text import LINE_LIMIT, NOTES_LIMIT, clean, objection, visible_lines
from frontdesk.ui.layout.cells import pad
from frontdesk.ui.theme import style_of
from frontdesk.ui.widgets.field_row import styles
from frontdesk.ui.widgets.hearing import Told, Warned

LABEL_CELLS = 15
"""What the label of a field of several lines has before its text."""


@cache
def _styles(theme: str) -> TextAreaTheme:
    """How the parts of such a field look: as those of every field. Textual looks for the name when the look turns."""
    typed, _, at_cursor, _ = styles(theme)
    under = style_of("cursor", theme)
    return TextAreaTheme(
        "css",
        base_style=typed,
        gutter_style=typed,
        cursor_style=at_cursor,
        bracket_matching_style=Style.from_color(bgcolor=under.bgcolor),
        selection_style=Style.from_color(under.color, under.bgcolor),
    )


class LongInput(TextArea):
    """Plain text in several lines; nothing a terminal would obey can be pasted into it."""

    DEFAULT_CSS = """
    LongInput, LongInput:focus {
        border: none; padding: 0 1; height: 3; background: $paper-field; color: $ink-field;
        scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0;
    }
    """
    BINDINGS: ClassVar = [
        Binding("down", "down_or_new", "line below", show=False),
        Binding("ctrl+j", "new_line", "new line", show=False),
    ]

    _covered = False

    class Submitted(Message):
        """Enter in the field."""

    def __init__(self, text: str, *, name: str | None = None) -> None:
        super().__init__(
            visible_lines(text)[:NOTES_LIMIT],
            name=name,
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            compact=True,
            highlight_cursor_line=False,
        )
        self._from_file = self.text
        self.cursor_blink = False

    def on_mount(self) -> None:
        """Hidden from the beginning where names are."""
        self.cover()

    def render_lines(self, crop: Region) -> list[Strip]:
        """As Textual, which looks up the styles of eight parts at each frame, a millisecond a field."""
        self._theme = _styles(self.app.theme)
        return ScrollView.render_lines(self, crop)

    def fill(self, text: str) -> None:
        """Puts what is on file into it, as if nobody had typed."""
        self.load_text(text)
        self._from_file = self.text
        self.cover()

    def cover(self) -> None:
        """In privacy mode dots stand for what comes from a patient's file, until something is typed into it."""
        covered = is_private() and bool(self.text) and self.text == self._from_file
        if covered is not self._covered:
            self._covered = covered
            self.notify_style_update()  # forgets the lines that it keeps drawn
            self.refresh()

    def get_line(self, line_index: int) -> Text:
        """The line as it is drawn."""
        line = super().get_line(line_index)
        return Text("•" * len(line.plain), end="", no_wrap=True) if self._covered else line

    def on_text_area_changed(self) -> None:
        """What is typed is seen by whoever types it."""
        self.cover()

    async def _on_key(self, event: Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted())
        elif event.is_printable and len(self.text) >= NOTES_LIMIT:
            event.stop()
            event.prevent_default()

    async def _on_paste(self, event: Paste) -> None:
        event.stop()
        event.prevent_default()
        room = max(0, NOTES_LIMIT - len(self.text) + len(self.selected_text))
        pasted = clean(event.text[: 4 * NOTES_LIMIT], limit=NOTES_LIMIT, lines=True)
        if pasted[:room]:
            result = self._replace_via_keyboard(pasted[:room], *self.selection)
            if result is not None:
                self.move_cursor(result.end_location)
        if len(pasted) > room or len(event.text) > 4 * NOTES_LIMIT:
            screen = self.screen
            if isinstance(screen, Warned):
                self.call_after_refresh(screen.warn, "The paste was too long; its end was cut.")

    def action_new_line(self) -> None:
        """Parts the line at the cursor."""
        if len(self.text) < NOTES_LIMIT:
            self._replace_via_keyboard("\n", *self.selection)

    def action_down_or_new(self) -> None:
        """A line down; beneath the last one that says something there is a new one."""
        row, column = self.cursor_location
        last = self.document.line_count - 1
        if row == last and column == len(self.document[row]) and self.document[row].strip():
            self.action_new_line()
        else:
            self.action_cursor_down()


class LongField(LongInput):
    """Label and text in several rows, the error in the label's column; `name` is how a problem finds it."""

    DEFAULT_CSS: ClassVar[str] = f"""
    LongField, LongField:focus {{ width: 1fr; margin: 0 1 0 0; padding: 0 1 0 {LABEL_CELLS + 1}; }}
    """

    def __init__(self, label: str, value: str = "", *, name: str, rows: int = 3) -> None:
        """`value` is what it begins with."""
        super().__init__(value, name=name)
        self._label = label
        self._begun_with = self.text
        self.styles.height = rows
        self._failed = False

    @property
    def typed(self) -> str:
        """What stands in it, as it stands there."""
        return self.text

    @typed.setter
    def typed(self, text: str) -> None:
        self.fill(visible_lines(text)[:NOTES_LIMIT])

    @property
    def begun_with(self) -> str:
        """What it began with, as it stood in the field."""
        return self._begun_with

    @property
    def is_changed(self) -> bool:
        """Whether it differs from what it began with."""
        return self.text != self._begun_with

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows, the label before the first."""
        theme, width = self.app.theme, self.outer_size.width
        label = f" ✗ {self._label}" if self._failed else f" {self._label}"
        rows = []
        for y, row in zip(crop.line_range, super().render_lines(Region(0, crop.y, width, crop.height)), strict=True):
            segments: list[Segment] = [Segment(pad("" if y else label, LABEL_CELLS), style_of("dim", theme))]
            for one in self.app.get_line_filters():
                segments = one.apply(segments, self.background_colors[1])
            before = Strip(segments, LABEL_CELLS)
            rows.append(Strip.join((before, row.crop(LABEL_CELLS, width))).crop(*crop.column_span))
        return rows

    def begin(self, value: str) -> None:
        """Replaces what it begins with and what is in it: for a field nobody has touched."""
        self._begun_with = visible_lines(value)[:NOTES_LIMIT]
        self.fill(self._begun_with)

    def checked(self) -> str:
        """The text as it may be stored; raises Refused after marking the field."""
        text = self.text.strip()
        wrong = objection(text, limit=NOTES_LIMIT, lines=True)
        if wrong is not None:
            self.fail(wrong)
            raise Refused(f"{self._label} {wrong}")
        return text

    def fail(self, reason: str) -> None:
        """Marks the field; the reason stands in the dialog's line, since here is no row for it."""
        self._failed = bool(reason)
        self.refresh()
        screen = self.screen
        if reason and isinstance(screen, Told):
            screen.tell(f"{self._label}: {reason}"[:LINE_LIMIT], "error")

    def on_text_area_changed(self) -> None:
        """What was wrong is forgiven once it is being changed."""
        if self._failed:
            self.fail("")
