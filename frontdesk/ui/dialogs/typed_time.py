"""A time typed where none is typed: in a field with few answers, where one digit alone takes a place."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.events import Key

from frontdesk.ui.dialogs.for_patient import ForPatient
from frontdesk.ui.widgets.choice_field import ChoiceField

T = TypeVar("T")
_IN_A_TIME = frozenset("0123456789:.")
"""What a digit goes on with as a time."""


class TypedTime(ForPatient[T], Generic[T]):
    """A form in which such a time goes on where times are typed: give `type_time`."""

    _digit = ""
    """The digit that took a place with the key before this one."""

    def type_time(self, typed: str) -> None:
        """What was typed elsewhere goes on where it is a time, and is seen there."""
        raise NotImplementedError

    def on_key(self, event: Key) -> None:
        """One digit is a place; with more right behind it, it was the beginning of a time."""
        digit, self._digit = self._digit, ""
        typed = event.character or ""
        if self.patient is None or not isinstance(self.focused, ChoiceField) or typed not in _IN_A_TIME:
            return
        if digit:
            event.stop()
            event.prevent_default()
            self.type_time(digit + typed)
        elif typed.isdigit():
            self._digit = typed

    def on_choice_field_not_there(self, event: ChoiceField.NotThere) -> None:
        """Letters that choose nothing begin a time too, or go on with one: `mon 11`, `3pm`."""
        digit, self._digit = self._digit, ""
        if self.patient is not None:
            self.type_time(digit + event.typed)
