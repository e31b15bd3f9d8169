"""A field for a whole number: digits are typed into it, every other key keeps the meaning it has around it."""

from __future__ import annotations

from textual.events import Key, Paste

from frontdesk.domain.errors import Refused
from frontdesk.ui.widgets.field import Field

DIGITS = 3
"""The longest number asked for: needles and minutes."""


class DigitsField(Field[int]):
    """Takes the digits 0 to 9 and nothing else, so that a letter typed here can still be a dialog's key."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Only digits are text here."""
        del key
        return character is not None and character in "0123456789"

    async def _on_key(self, event: Key) -> None:
        if event.is_printable and not self.check_consume_key(event.key, event.character):
            event.prevent_default()

    def _on_paste(self, event: Paste) -> None:
        pasted = event.text.strip()
        if not (pasted.isascii() and pasted.isdecimal()):
            event.stop()
            event.prevent_default()


class SignedField(DigitsField):
    """Takes a minus before its digits too."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Digits, and a minus where the number begins."""
        if character == "-":
            return self.cursor_position == 0 or not self.selection.is_empty
        return super().check_consume_key(key, character)


class NumberField(DigitsField):
    """Label, number and error in one row; `checked()` raises Refused where there is no number in range."""

    def __init__(
        self,
        label: str,
        value: str = "",
        *,
        name: str,
        low: int = 0,
        high: int,
        placeholder: str = "",
    ) -> None:
        """`low` and `high` are the smallest and the largest number taken."""

        def read(typed: str) -> int:
            if not (typed.isascii() and typed.isdecimal()):
                raise Refused(f"a number from {low} to {high}")
            number = int(typed)
            if not low <= number <= high:
                raise Refused(f"from {low} to {high}, not {number}")
            return number

        super().__init__(label, value, name=name, check=read, limit=DIGITS, placeholder=placeholder)

    def number(self) -> int | None:
        """The number typed so far, None while there is none."""
        return int(self.text) if self.text.isdecimal() else None

    def step(self, by: int, *, low: int = 0, high: int = 999) -> None:
        """Adds to the number, within limits."""
        self.value = str(min(high, max(low, (self.number() or 0) + by)))
        self.cursor_position = len(self.value)
