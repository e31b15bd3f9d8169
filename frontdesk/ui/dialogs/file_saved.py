"""What is said once a patient's form has been saved, and how one key takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontdesk.desk.file_words import changed_rows
from frontdesk.ui.dialogs.patient_form import PatientForm

if TYPE_CHECKING:
    from frontdesk.desk.files import PatientSheet
    from frontdesk.domain.patient import Patient
    from frontdesk.ui.screens.framed import Framed


def put_on_file(form: PatientForm, patient: Patient) -> None:
    """Says that a new patient is on file, which is taken back by a key; one who was there already is only named."""
    app = form.desk_app
    if form.is_other:
        app.say(f"{patient.name}: on file already")
    else:
        app.say(f"{patient.name}: on file", undo=lambda: app.desk.patients.take_back(patient))
    app.data_changed()


def change_file(screen: Framed, sheet: PatientSheet, *, at: str = "") -> None:
    """Opens the form of a file; what was saved is said, and a key makes the file say again what it said before.

    Of somebody who comes no more now it is said as well what they are still booked for.
    """
    app, before, file = screen.desk_app, sheet.patient, sheet.file

    def saved(now: Patient | None) -> None:
        if now is None or now.version == before.version:
            return
        if _is_gone(now) and not _is_gone(before):
            screen.ask(
                lambda: app.desk.patients.still_booked(now.id),
                lambda words: said(now, words),
                group="booked",
                refused=lambda _: said(now, ""),
            )
        else:
            said(now, "")

    def said(now: Patient, words: str) -> None:
        app.say("; ".join(filter(None, (f"{now.name}: saved", words))), undo=lambda: back(now))
        app.data_changed()

    def back(now: Patient) -> str:
        was = app.desk.files.read(now.id)
        app.desk.patients.save(now.id, now.version, before.details, file)
        changed = changed_rows((before, file), (was.patient, was.file), app.local_day())
        return f"{now.name}: undid the change of {', '.join(changed) or 'the file'}"

    app.push_screen(PatientForm(before, file, at=at) if at else PatientForm(before, file), saved)


def _is_gone(patient: Patient) -> bool:
    return patient.details.retired or patient.details.deceased_on is not None
