"""What is seldom done with the marked patient's file: duplicates, the whole record written out, erasing."""

from __future__ import annotations

from pathlib import Path

from frontdesk.domain.errors import Refused
from frontdesk.domain.patient import Patient
from frontdesk.ui.live_keys import key_of
from frontdesk.ui.screens.giving_back import GivingBack


class PatientRecords(GivingBack):
    """A screen on which a patient is marked."""

    @property
    def marked_patient(self) -> Patient | None:
        """The patient that is marked."""
        raise NotImplementedError

    def action_patient_duplicates(self) -> None:
        """Likely duplicates, as a list to work through."""
        from frontdesk.ui.dialogs.duplicates import LikelyDuplicates

        self.app.push_screen(LikelyDuplicates())

    def action_patient_record(self) -> None:
        """Asks where to, and writes everything that is kept of the patient there."""
        from frontdesk.ui.dialogs.save_as import save_as

        patient = self.marked_patient
        if patient is None:
            return
        key, local = patient.id, self.desk_app.local(self.desk_app.now())

        def write(path: Path) -> str:
            made = self.desk.records.write(key, path)
            return f"Record of #{key}, readable by you alone: {made.name} in {made.parent}"

        title = f"Write everything that is kept of #{key} into a file"
        save_as(self, title, write, name=f"record-{key}-{local:%Y%m%d-%H%M}.json")

    def action_patient_erase(self) -> None:
        """Asks for the whole name, which is the second confirmation; or says why the file must be kept."""
        patient = self.marked_patient
        if patient is not None:
            may_be = self.desk.records.may_be_erased
            self.ask(lambda: may_be(patient.id), lambda _: self._ask_name(patient), group="erase")

    def _ask_name(self, patient: Patient) -> None:
        from frontdesk.desk.records import is_called
        from frontdesk.ui.dialogs.ask import Ask

        def erased(words: str) -> None:
            self.desk_app.say(f"{words[:1].upper()}{words[1:]}.", tone="warn")
            self.desk_app.data_changed()

        def named(name: str | None) -> None:
            if name is not None:
                self.save(lambda: self.desk.records.erase(patient.id, name), erased)

        def checked(typed: str) -> str:
            # While it is asked for: what is typed on after the question is closed would be keys that act.
            if not typed.strip():
                raise Refused("nothing is erased without the name; Esc leaves it")
            if not is_called(patient, typed):
                raise Refused("they are not called that; Esc leaves it")
            return typed

        hint = (
            "It can't be undone; visits stay, without a name.\n"
            f"If they want a copy, write record ({key_of('palette')}) comes first.\n"
            "Type the patient's whole name to erase:"
        )
        question = Ask(lambda: f"Erase the file #{patient.id} of {patient.name}?", checked, hint=hint, does="erase")
        self.app.push_screen(question, named)
