"""What is said once a patient's form has been saved, and how one key takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontdesk.ui.dialogs.patient_form import PatientForm

if TYPE_CHECKING:
    from frontdesk.desk.files import PatientSheet
    from frontdesk.domain.patient import Patient
    from frontdesk.ui.app import FrontdeskApp


def put_on_file(form: PatientForm, patient: Patient) -> None:
    """Says that a new patient is on file, which is taken back by a key; one who was there already is only named."""
    app = form.desk_app
    if form.is_other:
        app.say(f"{patient.name}: on file already")
    else:
        app.say(f"{patient.name}: on file", undo=lambda: app.desk.patients.take_back(patient))
    app.data_changed()


def change_file(app: FrontdeskApp, sheet: PatientSheet) -> None:
    """Opens the form of a file; what was saved is said, and a key makes the file say again what it said before."""
    before, file = sheet.patient, sheet.file

    def saved(now: Patient | None) -> None:
        if now is not None and now.version != before.version:
            app.say(f"{now.name}: saved", undo=lambda: back(now))
            app.data_changed()

    def back(now: Patient) -> str:
        app.desk.patients.save(now.id, now.version, before.details, file)
        return f"{now.name}: as it was before"

    app.push_screen(PatientForm(before, file), saved)
