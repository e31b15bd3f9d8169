"""A field of a form: its label, what is typed, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from rich.segment import Segment
from textual.events import Focus, Paste
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Input

from frontdesk.domain.errors import Refused
from frontdesk.domain.privacy import Words, is_private
from frontdesk.text import LINE_LIMIT, clean, objection, visible
from frontdesk.ui.layout.cells import Line, Span, pad
from frontdesk.ui.theme import style_of
from frontdesk.ui.widgets.field_row import field_row, styles
from frontdesk.ui.widgets.hearing import Warned
from frontdesk.ui.widgets.lines import LineWidget, desk_privacy

T = TypeVar("T")
BEHIND = 4
"""Cells behind a field from which on it can say something there."""


class CleanInput(Input):
    """A one-line field: nothing a terminal would obey can be pasted into it; what is too long is cut, and said.

    What is in it is selected when the keys come to it, so that the first letter replaces it and an arrow edits it; not
    where it was refused, which is mended, and not after `resume`.
    """

    _goes_on = False

    def __init__(
        self,
        value: str = "",
        *,
        limit: int = LINE_LIMIT,
        placeholder: str = "",
        of_patient: bool = False,
        name: str | None = None,
        id: str | None = None,
    ) -> None:
        """`limit` is in characters; `of_patient` where `value` is from a patient's file."""
        super().__init__(
            visible(value)[:limit], placeholder, max_length=limit, select_on_focus=False, compact=True, name=name, id=id
        )
        self.cursor_blink = False
        self.was_cut = False
        self._of_patient = of_patient
        self.hides_idle = False
        """Whether privacy mode hides what was typed once the keys are elsewhere."""
        self._from_file = self.value
        self.cover()

    def resume(self) -> None:
        """Gives it the keys to go on with what is in it."""
        self._goes_on = not self.has_focus
        self.cursor_position = len(self.value)
        # At once: whoever mounts gives the keys to the first field only where nobody has them.
        self.screen.set_focus(self)

    def _on_focus(self, event: Focus) -> None:
        goes_on, self._goes_on = self._goes_on or event.from_app_focus, False
        if not goes_on and not self.failed:
            self.action_select_all()

    @property
    def failed(self) -> bool:
        """Whether what is in it was refused."""
        return False

    def render_line(self, y: int) -> Strip:
        """What is typed, from where it is scrolled to; a hint where nothing is."""
        del y
        cursor = self.cursor_position if self.has_focus else None
        theme, width = self.app.theme, self.scrollable_content_region.width
        if not self.value:
            row = field_row(self.placeholder, theme, empty=True, cursor=None if cursor is None else 0)
        else:
            selected = (self.selection.start, self.selection.end) if self.has_focus else (0, 0)
            hidden = self.password or (self.hides_idle and cursor is None and is_private())
            shown = "•" * len(self.value) if hidden else self.value
            row = field_row(shown, theme, empty=False, cursor=cursor, selected=selected)
        first = self.scroll_offset.x if self.value else 0
        return Strip(row).crop(first, first + width).extend_cell_length(width, styles(theme)[0])

    def render_lines(self, crop: Region) -> list[Strip]:
        """The row of what is typed, with what stands before and behind; further rows beneath."""
        theme, gutter, width = self.app.theme, self.styles.gutter, self.outer_size.width
        rows = []
        for y in crop.line_range:
            if y:
                segments = self.beneath(width, theme)
            else:
                behind = self.behind(gutter.right, theme)
                segments = [*self.before(gutter.left, theme), *self.render_line(0), *behind]
            for one in self.app.get_line_filters():
                segments = one.apply(segments, self.background_colors[1])
            rows.append(Strip(segments, width).crop(*crop.column_span))
        return rows

    def before(self, cells: int, theme: str) -> list[Segment]:
        """What stands before the text."""
        return [Segment(" " * cells, styles(theme)[0])]

    def behind(self, cells: int, theme: str) -> list[Segment]:
        """What stands behind it."""
        return [Segment(" " * cells, styles(theme)[0])]

    def beneath(self, width: int, theme: str) -> list[Segment]:
        """The row beneath, where it has one."""
        return [Segment(" " * width, style_of("text", theme))]

    def fill(self, value: str) -> None:
        """Puts what is on file into it, as if nobody had typed."""
        self._from_file = value
        with self.prevent(Input.Changed):
            self.value = value
        self.cover()

    def put(self, value: str) -> None:
        """Puts what was half typed before into it: hidden like what is on file, since others look on by now."""
        self._from_file = value
        self.value = value
        self.cover()

    def cover(self) -> None:
        """In privacy mode dots stand for what comes from a patient's file, until something is typed into it."""
        self.password = self._of_patient and self.value == self._from_file and is_private()
        if self.hides_idle:
            self.refresh()

    def watch_value(self, value: str) -> None:
        """What is typed is seen by whoever types it."""
        if self.password and value != self._from_file:
            self.password = False

    def _on_paste(self, event: Paste) -> None:
        event.stop()
        event.prevent_default()
        first, last = sorted(self.selection)
        room = (self.max_length or LINE_LIMIT) - len(self.value) + last - first
        pasted = clean(event.text[: 4 * LINE_LIMIT], limit=LINE_LIMIT)
        self.was_cut = len(pasted) > room or len(event.text) > 4 * LINE_LIMIT
        before = self.value
        if room > 0 and pasted:
            self.replace(pasted[:room], first, last)
        if self.was_cut:
            self.say_cut()
            # The change that is told of next is the paste's, if it changed anything.
            self.was_cut = self.value != before

    def say_cut(self) -> None:
        """Says that a paste was too long."""
        screen = self.screen
        if isinstance(screen, Warned):
            # After what the change itself makes the screen say.
            self.call_after_refresh(screen.warn, "The paste was too long; its end was cut.")


class Label(LineWidget):
    """A field's name, or the words beside it."""

    DEFAULT_CSS = "Label { height: 1; }"

    def __init__(self, text: str, role: str = "dim", *, id: str | None = None) -> None:
        """`text` is drawn literally."""
        super().__init__(id=id)
        self._role = role
        self.name_it(text)

    def name_it(self, words: str) -> None:
        """Replaces the words by others of the program's own, which name nobody."""
        self._words = Words(words, private=True)
        self.redraw()

    @property
    def text(self) -> str:
        """The words."""
        return self._words.text

    @property
    def role(self) -> str:
        """How they are drawn."""
        return self._role

    def set_text(self, text: str, role: str | None = None, *, of_file: bool = False) -> None:
        """Replaces the words, which may name somebody; those `of_file` are hidden in privacy mode whenever made."""
        self._words = Words(text, private=False) if of_file else Words(text)
        self._role = role or self._role
        self.redraw()

    def draw(self, width: int, height: int) -> tuple[Line, ...]:
        """One row."""
        del height
        return ((Span(pad(f" {self._words.shown}", width), self._role),),)


class Field(CleanInput, Generic[T]):
    """Label, input and error, drawn by one widget. `check` turns what was typed into a value or raises Refused.

    The padding that app.tcss gives it is what the label takes before the input, and in a field of one row the error
    behind it; in a field of two rows the error is beneath it. `name` is how an Invalid's problem finds its field.
    """

    def __init__(
        self,
        label: str,
        value: str = "",
        *,
        name: str,
        check: Callable[[str], T] | None = None,
        limit: int = LINE_LIMIT,
        placeholder: str = "",
        of_patient: bool = False,
    ) -> None:
        """`value` is what the field begins with; `of_patient` hides it in privacy mode."""
        self._said, self._role = Words(""), "error"
        super().__init__(value, limit=limit, placeholder=placeholder, of_patient=of_patient, name=name)
        self._label = label
        self.check = check
        self._begun_with = self.value
        self._words = label

    @property
    def text(self) -> str:
        """What is typed, as it may be stored."""
        return clean(self.value)

    @property
    def called(self) -> str:
        """What stands beside it."""
        return self._label

    @property
    def begun_with(self) -> str:
        """What it began with, as it stood in the field."""
        return self._begun_with

    @property
    def is_changed(self) -> bool:
        """Whether it differs from what it began with."""
        return self.value != self._begun_with

    def before(self, cells: int, theme: str) -> list[Segment]:
        """The label."""
        label = Segment(pad(f" {self._words}", cells - 1), style_of("dim", theme))
        return [label, *super().before(1, theme)]

    def behind(self, cells: int, theme: str) -> list[Segment]:
        """What is said; a blank is left behind the input and before that, as everywhere."""
        blank, room = style_of("text", theme), cells - 1
        if room < BEHIND or self.outer_size.height > 1:
            return [*super().behind(1, theme), Segment(" " * room, blank)]
        return [*super().behind(1, theme), Segment("  ", blank), self._told(room - 2, theme)]

    def beneath(self, width: int, theme: str) -> list[Segment]:
        """What is said, under the input."""
        left = self.styles.gutter.left - 2
        return [Segment(" " * left, style_of("text", theme)), self._told(width - left, theme)]

    def _told(self, cells: int, theme: str) -> Segment:
        with desk_privacy(self):
            return Segment(pad(f" {self._said.shown}", cells), style_of(self._role, theme))

    def label(self, words: str) -> None:
        """Asks for something else in the same field."""
        self._words = words
        self.refresh()

    def begin(self, value: str) -> None:
        """Replaces what it begins with and what is in it: for a field nobody has touched."""
        self._begun_with = visible(value)[: self.max_length or LINE_LIMIT]
        self.fill(self._begun_with)

    def cover(self) -> None:
        """As every field; what is said of it may name somebody too."""
        super().cover()
        if self._said.text:
            self.refresh()

    def checked(self) -> T:
        """The checked value; raises Refused after showing why beside the field."""
        try:
            wrong = objection(self.value)
            if wrong is not None:
                raise Refused(f"{self._label} {wrong}")
            result: Any = self.text if self.check is None else self.check(self.text)
        except Refused as refused:
            self.fail(refused.reason)
            raise
        self._say(Words(""))
        return result  # type: ignore[no-any-return]

    @property
    def failed(self) -> bool:
        """Whether something is wrong with it."""
        return self._role == "error" and bool(self._said.text)

    def fail(self, reason: str, *, of_file: bool = False) -> None:
        """Says what is wrong beside the field; `of_file` where it repeats what a patient's file says."""
        self._say(Words(reason, private=False) if of_file else Words(reason), "error")

    def note(self, words: str) -> None:
        """Says something that is no error in the same place: how it is understood."""
        self._say(Words(f" {words}"), "dim")

    def say_cut(self) -> None:
        """Says beside the field that a paste was too long."""
        self._say(Words("the paste was too long; its end was cut"), "warn")

    def on_input_changed(self) -> None:
        """What was wrong is forgiven once it is being changed; that a paste was cut stands while it is what changed."""
        if not self.was_cut:
            self._say(Words(""), "warn")
        self.was_cut = False

    def _say(self, words: Words, role: str | None = None) -> None:
        before, self._said, self._role = self._said, words, role or self._role
        if before.text or words.text:
            self.refresh()


def needed(typed: str) -> str:
    """The check of a field that must be filled in."""
    if not typed:
        raise Refused("is needed")
    return typed
