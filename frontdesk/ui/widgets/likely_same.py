"""Under the form of a new patient: who is likely the same person and on file already. It warns, and blocks nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from frontdesk.domain.birth_dates import parse_birth_date
from frontdesk.domain.errors import Refused
from frontdesk.domain.patient import PatientDetails
from frontdesk.domain.time_text import date_text
from frontdesk.text import visible
from frontdesk.ui.dialogs.base import Dialog, ErrorLine
from frontdesk.ui.layout.cells import Line, Span, fit
from frontdesk.ui.layout.merge_rows import reasons
from frontdesk.ui.widgets.field import Field
from frontdesk.ui.widgets.lines import LineWidget

if TYPE_CHECKING:
    from frontdesk.desk.duplicates import Like


class LikelySame(LineWidget):
    """One row; it stands where errors stand while there is none of those, so that the form is no higher for it."""

    DEFAULT_CSS: ClassVar[str] = "LikelySame { width: 100%; height: 1; display: none; }"

    def __init__(self, fields: Mapping[str, Field[Any]]) -> None:
        """`fields` are the form's, by the names of `PatientDetails`; `phone` is the one telephone."""
        super().__init__()
        self.found: tuple[Like, ...] = ()
        self._fields = fields
        self._asked = PatientDetails()
        self._asking = False

    def look(self, form: Dialog[Any]) -> None:
        """Asks who is on file, when something else is typed than the last time; `form` is what asks.

        One question at a time: while the database does not answer, letters typed must not queue up in front of a save.
        """
        typed = self._so_far(form.desk_app.local_day())
        if self._asking or typed == self._asked:
            return
        self._asked = typed
        if not (typed.family or typed.given):
            self._show(form, ())
            return
        self._asking = True

        def answered(found: tuple[Like, ...]) -> None:
            self._asking = False
            self._show(form, found)
            self.look(form)

        def refused(reason: Refused) -> None:
            # It is a hint: what can't be looked up now is no error of who types.
            del reason
            self._asking = False

        form.ask(lambda: form.desk.duplicates.like(typed), answered, group="likely", refused=refused, holds=False)

    def _so_far(self, today: date) -> PatientDetails:
        """What tells people apart; a birth date that can't be read yet says nothing."""
        born = None
        with suppress(Refused):
            typed = self._fields["birth_date"].text
            born = parse_birth_date(typed, today) if typed else None
        family, given, known_as, phone, email = (
            self._fields[name].text for name in ("family", "given", "known_as", "phone", "email")
        )
        phones = (phone,) if phone else ()
        return PatientDetails(given, family, known_as, birth_date=born, phones=phones, email=email)

    def _show(self, form: Dialog[Any], found: tuple[Like, ...]) -> None:
        if found != self.found:
            self.found = found
            self.take_turns(form)
            self.redraw()
            form.refresh_frame()

    def take_turns(self, form: Dialog[Any]) -> None:
        """Stands where the form's error line would, while that has nothing to say."""
        errors = form.query_one(ErrorLine)
        self.display = bool(self.found) and not errors.text
        errors.display = not self.display

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """The most alike, why, and how many more there are."""
        del height
        if not self.found:
            return ((),)
        like, *more = self.found
        patient = like.patient
        born = f", {date_text(patient.shown.birth_date)}" if patient.shown.birth_date else ""
        others = f" and {len(more)} more" if more else ""
        left = (
            Span(" ⚠ on file already? ", "warn"),
            Span(f"{visible(patient.name)}{born}{others}", "strong"),
            Span(f"  {reasons(like.likeness)}", "dim"),
        )
        return (fit(left, width),)
