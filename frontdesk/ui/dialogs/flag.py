"""One flag of a patient: its kind, its note, since when it holds and until when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace
from textual.widget import Widget

from frontdesk.desk.file_words import day_words
from frontdesk.domain.day_asked import day_asked
from frontdesk.domain.days import parse_day
from frontdesk.domain.errors import Refused
from frontdesk.domain.patient import FLAG_WORDS, Flag, FlagKind, Patient
from frontdesk.ui.dialogs.base import Dialog, Note
from frontdesk.ui.widgets.choice_field import ChoiceField
from frontdesk.ui.widgets.field import Field


class FlagAnswer(Struct, frozen=True):
    """The flag as it is to be; `before` is the one it takes the place of."""

    flag: Flag
    before: Flag | None


class FlagDialog(Dialog[FlagAnswer]):
    """Asks what to look out for."""

    ACCEPT_WORDS: ClassVar[str] = "save"
    WIDTH: ClassVar[int] = 76

    def __init__(self, patient: Patient, today: date, flag: Flag | None = None) -> None:
        """`flag` None is a new one."""
        super().__init__(lambda: f"{patient.name}: {'flag' if flag else 'new flag'}")
        self._flag, self._today = flag, today
        # Free text is refused while it is empty: nobody has a pacemaker by a note and Enter alone.
        self._begun_as = flag.kind if flag else FlagKind.OTHER
        kinds = [(kind, "free text" if kind is FlagKind.OTHER else FLAG_WORDS[kind]) for kind in FlagKind]
        self._kind: ChoiceField[FlagKind] = ChoiceField(
            "What", kinds, chosen=self._begun_as, cells=18, of_patient=flag is not None
        )
        self._note: Field[str] = Field(
            "Note", flag.note if flag else "", name="flags", placeholder="what to know about it", of_patient=True
        )
        since = flag.since if flag else today
        self._since = Field(
            "Since",
            day_words(since),
            name="since",
            check=lambda typed: parse_day(typed, today) if typed else None,
            limit=40,
            placeholder="14.3.2026, today",
            of_patient=flag is not None,
        )
        self._until = Field(
            "Until",
            day_words(flag.until if flag else None),
            name="until",
            check=self._day,
            limit=40,
            placeholder="when it holds no longer, if that is known",
            of_patient=True,
        )

    def body(self) -> Iterator[Widget]:
        """Kind, note, days."""
        yield self._kind
        yield Note("")
        yield self._note
        yield self._since
        yield self._until

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """Arrows turn the kind."""
        turn = (("← →", "kind"),) if self.focused is self._kind else ()
        return (*turn, *super().key_line(), ("Tab", "next field"))

    def is_changed(self) -> bool:
        """Whether Esc would lose anything."""
        return super().is_changed() or self._kind.value is not self._begun_as

    def accept(self) -> None:
        """The answer, once the days can be read and are in order."""
        try:
            note, since, until = self._note.checked(), self._since.checked(), self._until.checked()
        except Refused as refused:
            self.fail(refused)
            return
        if self._kind.value is FlagKind.OTHER and not note:
            self._note.fail("say what to look out for")
            return
        if since is not None and until is not None and until < since:
            self._until.fail("lies before the day it began")
            return
        before = self._flag or Flag(self._kind.value)
        flag = replace(before, kind=self._kind.value, note=note, since=since, until=until)
        self.done(FlagAnswer(flag, self._flag))

    def _day(self, typed: str) -> date | None:
        return day_asked(typed, self._today) if typed else None
