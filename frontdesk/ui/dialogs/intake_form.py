"""The form of an intake: what they come for, what they feel and where, what may be behind it, how they live."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from msgspec.structs import replace
from textual.widget import Widget

from frontdesk.desk.file_words import day_words
from frontdesk.domain.intake import CAUSE_WORDS, SYMPTOMS, Cause, Intake, IntakeDetails, Severity
from frontdesk.domain.patient import Patient
from frontdesk.text import LINE_LIMIT
from frontdesk.ui.dialogs.form import Form
from frontdesk.ui.widgets.choice_field import ChoiceField
from frontdesk.ui.widgets.field import Field
from frontdesk.ui.widgets.long_field import LongField
from frontdesk.ui.widgets.tick_list import TickList

_SEVERITIES: tuple[tuple[Severity | None, str], ...] = (
    (None, "not said"),
    *((one, one.value) for one in Severity),
)
_CAUSE_ROWS = 3


class IntakeForm(Form[Intake]):
    """Writes an intake and answers with it as saved."""

    WIDTH: ClassVar[int] = 104

    def __init__(self, patient: Patient, intake: Intake | None = None) -> None:
        """`intake` None is a new one."""
        super().__init__(lambda: f"{patient.name}: {'intake' if intake else 'new intake'}")
        self._patient, self._intake = patient, intake
        begun = _shown(intake)
        self.fields: dict[str, Field[Any]] = {
            "complaint": Field("Complaint", begun["complaint"], name="complaint", limit=LINE_LIMIT, of_patient=True),
            "places": Field(
                "Where",
                begun["places"],
                name="places",
                placeholder="both feet, the left hand",
                of_patient=True,
            ),
            "taken_on": Field(
                "Taken on",
                begun["taken_on"],
                name="taken_on",
                check=self.day,
                limit=40,
                placeholder="today",
                of_patient=True,
            ),
        }
        self.choices = {
            "severity": ChoiceField("Severity", _SEVERITIES, chosen=begun["severity"], cells=14, of_patient=True),
        }
        causes = [(cause, CAUSE_WORDS[cause]) for cause in Cause]
        self.ticks: dict[str, TickList[Any]] = {
            "symptoms": TickList(
                "Symptoms", [[(one, one.value) for one in group] for group in SYMPTOMS.values()], begun["symptoms"]
            ),
            "causes": TickList(
                "Causes", [causes[at : at + _CAUSE_ROWS] for at in range(0, len(causes), _CAUSE_ROWS)], begun["causes"]
            ),
        }
        self.longs = {
            "history": LongField("History", begun["history"], name="history"),
            "lifestyle": LongField("Lifestyle", begun["lifestyle"], name="lifestyle", rows=2),
        }

    @property
    def draft_key(self) -> str:
        """Whose intake, and which."""
        return f"intake-{self._patient.id}-{self._intake.id if self._intake else 'new'}"

    @property
    def draft_title(self) -> str:
        """Whose intake, as it is stored."""
        return f"{self._patient.details.name}: intake"

    def body(self) -> Iterator[Widget]:
        """From the complaint on."""
        yield self.fields["complaint"]
        yield self.choices["severity"]
        yield self.ticks["symptoms"]
        yield self.fields["places"]
        yield self.ticks["causes"]
        yield self.longs["history"]
        yield self.longs["lifestyle"]
        yield self.fields["taken_on"]

    def save_values(self, values: dict[str, Any]) -> None:
        """Writes the intake down, or changes it."""
        day = values.pop("taken_on", None)
        details = replace(self._intake.details if self._intake else IntakeDetails(), **values)
        patient_id, intake = self._patient.id, self._intake
        if intake is None:
            self.save(lambda: self.desk.files.add_intake(patient_id, details, day), self.saved)
        else:
            self.save(lambda: self.desk.files.save_intake(intake, details, day), self.saved, refused=self.overtaken)

    def read_theirs(self) -> None:
        """This intake, which may have been taken back meanwhile."""
        intake = self._intake
        if intake is not None:
            key, patient_id = intake.id, self._patient.id
            self.ask(
                lambda: next((one for one in self.desk.files.read(patient_id).intakes if one.id == key), None),
                self._take_theirs,
                group="theirs",
            )

    def _take_theirs(self, intake: Intake | None) -> None:
        if intake is None:
            self._intake = None
            self.tell("It was taken back meanwhile: Enter writes yours as a new intake.", "warn")
            return
        self.merge(_shown(self._intake), _shown(intake))
        self._intake = intake


def _shown(intake: Intake | None) -> Mapping[str, Any]:
    """What each field begins with."""
    details = intake.details if intake else IntakeDetails()
    return {
        "complaint": details.complaint,
        "places": details.places,
        "severity": details.severity,
        "symptoms": details.symptoms,
        "causes": details.causes,
        "history": details.history,
        "lifestyle": details.lifestyle,
        "taken_on": day_words(intake.taken_on) if intake else "",
    }
