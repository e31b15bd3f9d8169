"""A screen that is laid out once and drawn once when it is opened, and not at all when it is covered.

Textual 8.2.8 opens one in four frames: each widget is styled twice and asks for a layout as soon as it has a size, the
mount asks for another, and for what takes the keys everything is painted again. All of it is sent to the terminal, and
no further key acts meanwhile. Rests on private parts of textual==8.2.8, which pyproject pins and
tests/ui/test_one_frame.py holds.
"""

from __future__ import annotations

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widget import Widget

from frontdesk.ui.compositor import SwiftScreen


class OneFrame(SwiftScreen):
    """Its widgets are styled when they are made, and fit the window before they are first drawn."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """What keys go to. Who gets or loses them draws that itself."""
    _fitted: Size | None = None
    _is_laid_out = _is_drawn = _is_shown = False

    def fit_window(self) -> None:
        """Takes the classes by which the style sheets know the window's size; without any widgets the first time."""

    def lay_out(self) -> None:
        """Gives every widget its size now, where the screen has not been drawn so far."""
        if not self._is_laid_out and not self._is_drawn:
            self._is_laid_out = True
            self.fit_again()
            with self.app.batch_update():
                self._refresh_layout(self.app.size)

    def draw_at_once(self) -> None:
        """Shows what was laid out by `lay_out`, once: not when Textual has told every widget its size.

        `_on_screen_resume` draws nothing more then.
        """
        if self._is_laid_out and not self._is_drawn:
            self._is_drawn = self._is_shown = True
            self._compositor_refresh()
            self._was_drawn()

    def fit_again(self) -> bool:
        """Fits another window than before; whether it is another."""
        if self._fitted == self.app.size:
            return False
        self._fitted = self.app.size
        self.fit_window()
        return True

    async def _compose(self) -> None:
        """Fits the window before there is anything in it that would be styled twice."""
        self.fit_again()
        await super()._compose()

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """Without Textual's own: there are no toasts here, and no mouse for a tooltip."""

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """The first layout and frame; what is shown again is drawn again.

        Textual tells this twice of a mode's first screen, which is then on the terminal already.
        """
        event.prevent_default()
        self.stack_updates += 1
        was_shown, self._is_shown = self._is_shown, True
        if not self.is_attached:
            return
        if not self._is_drawn or self._size != self.app.size:
            self._is_drawn = True
            self._refresh_layout(self.app.size)
            self._was_drawn()
        elif not was_shown:
            self.refresh()

    def _on_screen_suspend(self, event: events.ScreenSuspend) -> None:  # type: ignore[override]
        """Something else is shown: that is no reason to draw this anew, which Textual has asked for."""
        event.prevent_default()
        self.stack_updates += 1
        self._is_shown = self._repaint_required = False
        self._repaint_regions.clear()

    async def _on_resize(self, event: events.Resize) -> None:
        """Lays out what lies beneath, and then this, for another window; not for the one it was just laid out for."""
        event.stop()
        event.prevent_default()
        for screen in (*self.app._background_screens, self):
            if screen._size != event.size:
                screen._screen_resized(event.size)

    def _compositor_refresh(self) -> None:
        """The terminal's own cursor stands where typing goes: input methods show there what is being composed."""
        place = getattr(self.focused, "cursor_screen_offset", None)
        if place is not None and self.is_active:
            self.app.cursor_position = place
        super()._compositor_refresh()

    def _was_drawn(self) -> None:
        """What asks for a layout and a frame because it has a size now, has just had both."""
        self._dirty_widgets.clear()
        for widget in self._compositor.widgets:
            if not (widget.show_vertical_scrollbar or widget.show_horizontal_scrollbar):
                widget._layout_required = widget._repaint_required = False
                widget._repaint_regions.clear()
