"""Every key of the dialog beneath, read from what really is bound there now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from textual.widget import Widget
from textual.widgets import Input, TextArea

from frontdesk.ui import keys
from frontdesk.ui.dialogs.base import Dialog
from frontdesk.ui.layout.cells import Span, pad
from frontdesk.ui.widgets.pick_list import Item, PickList

_TYPED = {
    "ctrl+u": "empty the field to the left of the cursor",
    "ctrl+k": "empty it to the right",
    "ctrl+w": "take out the word before the cursor",
    "home": "to the beginning",
    "end": "to the end",
}
"""Of the many keys of a text field those worth knowing, in a receptionist's words."""
_FRAMEWORKS = ("ctrl+c", "super+c")
"""Bound on every screen by Textual, to copy what a mouse marked; there is no mouse here."""
_KEY_CELLS = 16


class DialogHelp(Dialog[None]):
    """The keys of a dialog and of what has the cursor in it; Enter or Esc goes back to it."""

    TITLE_WORDS = "Keys that work in this dialog"
    ACCEPT_WORDS: ClassVar[str] = "back"
    WIDTH: ClassVar[int] = 64

    def __init__(self, of: Dialog[Any]) -> None:
        """`of` is the dialog whose keys are shown."""
        super().__init__()
        rows = list(keys_of(of))
        self._rows: PickList[int] = PickList(
            [Item(at, (Span(pad(names, _KEY_CELLS), "key"), Span(words))) for at, (names, words) in enumerate(rows)]
        )
        self._rows.styles.height = min(14, max(1, len(rows)))

    def body(self) -> Iterator[Widget]:
        """The keys."""
        yield self._rows

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """Where it goes."""
        return (("Esc", "back"), ("↑ ↓", "more"))

    def on_pick_list_picked(self) -> None:
        """Enter in the list."""
        self.done(None)

    def accept(self) -> None:
        """Read."""
        self.done(None)


def keys_of(dialog: Dialog[Any]) -> Iterator[tuple[str, str]]:
    """The keys that work in a dialog now, those that do the same in one row, with what they do.

    The dialog's own line is first, in its words; then what it binds and its line has no room for; then what the widget
    with the cursor binds.
    """
    said: set[str] = set()
    for names, words in dialog.key_line():
        said.update(names.split())
        yield names, words
    rows: dict[str, list[str]] = {}
    for widget in (dialog, dialog.focused):
        for key, words in _bound(widget) if widget is not None else ():
            name = keys.key_words(key)
            if words and name not in said and key not in _FRAMEWORKS:
                said.add(name)
                rows.setdefault(words, []).append(name)
    for words, names_of_it in rows.items():
        digits = [name for name in names_of_it if name.isdigit()]
        if len(digits) > 2:
            names_of_it = [f"{digits[0]}-{digits[-1]}", *(name for name in names_of_it if not name.isdigit())]
        yield " ".join(names_of_it), words


def _bound(widget: Widget) -> Iterable[tuple[str, str]]:
    """Each key that a widget binds, with its words; a text field binds thirty, in words of its makers."""
    if isinstance(widget, Input | TextArea):
        return _TYPED.items()
    return [(key, one.description) for key, bound in widget._bindings.key_to_bindings.items() for one in bound[-1:]]
