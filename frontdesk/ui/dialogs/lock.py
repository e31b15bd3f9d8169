"""How the lock of this workstation works: what opens it, and whether it locks by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.widget import Widget

from frontdesk.config import LONGEST_LOCK_MINUTES
from frontdesk.domain.errors import Refused
from frontdesk.passphrase import LONGEST, objection_to, opens, seal
from frontdesk.ui.dialogs.ask import Ask
from frontdesk.ui.dialogs.base import Dialog, Note
from frontdesk.ui.screens.base import DeskScreen
from frontdesk.ui.widgets.field import Field

KNOWN = """\
It opens the lock on this workstation, for everybody who works here.
Empty fields take it away: Enter then opens the lock.
Forgotten: take the line "passphrase" out of workstation.toml."""


class SecretField(Field[str]):
    """A field that never shows what is typed."""

    def __init__(self, label: str, name: str) -> None:
        super().__init__(label, name=name, limit=LONGEST)
        self.password = True

    def cover(self) -> None:
        """It always is."""

    def watch_value(self, value: str) -> None:
        """Nor is it shown while typed."""
        del value


class Passphrase(Dialog[str]):
    """Twice the new one, after the one there is; the answer is its seal, empty where there is to be none."""

    TITLE_WORDS: ClassVar[str] = "Passphrase of the lock"
    ACCEPT_WORDS: ClassVar[str] = "save"
    WIDTH: ClassVar[int] = 72

    def __init__(self, sealed: str) -> None:
        """`sealed` is the seal of the one there is; empty where there is none."""
        super().__init__()
        self._sealed = sealed
        self._old, self._new, self._repeat = (
            SecretField(*one) for one in (("Passphrase now", "old"), ("New passphrase", "new"), ("Once more", "again"))
        )

    def body(self) -> Iterator[Widget]:
        """The fields, and what to know."""
        yield Note(lambda: KNOWN, "dim")
        yield Note(lambda: " ")
        if self._sealed:
            yield self._old
        yield self._new
        yield self._repeat

    def accept(self) -> None:
        """Checks and seals in a thread: it takes a moment on purpose."""
        new, sealed, old = self._new.value, self._sealed, self._old.value
        wrong = objection_to(new) if new else None
        if wrong is not None:
            self._new.fail(wrong)
        elif new != self._repeat.value:
            self._repeat.fail("not the same as above")
        else:
            self.ask(lambda: _sealed(sealed, old, new), self.done, group="seal", refused=self._refused)

    def _refused(self, refused: Refused) -> None:
        self._old.fail(refused.reason)


def ask_passphrase(screen: DeskScreen) -> None:
    """Asks for the passphrase of this workstation's lock, and keeps its seal."""
    habits = screen.desk_app.habits
    screen.app.push_screen(
        Passphrase(habits.settings.passphrase),
        lambda sealed: habits.opens_by(sealed) if sealed is not None else None,
    )


def ask_minutes(screen: DeskScreen) -> None:
    """Asks after how many minutes without a key this workstation locks by itself."""
    habits = screen.desk_app.habits
    question = Ask(
        "Lock by itself after how many minutes?",
        _minutes,
        value=f"{habits.settings.lock_minutes}",
        hint="Minutes without a key, on this workstation; 0 never.",
        limit=3,
        does="lock then",
    )
    screen.app.push_screen(question, lambda minutes: habits.locks_after(minutes) if minutes is not None else None)


def _sealed(before: str, old: str, new: str) -> str:
    if before and not opens(before, old):
        raise Refused("that is not the passphrase")
    return seal(new) if new else ""


def _minutes(typed: str) -> int:
    text = typed.strip()
    if not (text.isascii() and text.isdigit()) or int(text) > LONGEST_LOCK_MINUTES:
        raise Refused(f"a number from 0 to {LONGEST_LOCK_MINUTES}")
    return int(text)
