"""The form of a treatment plan: begins as the intake suggests, so that Enter alone takes that; a person decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from msgspec.structs import replace
from textual.widget import Widget

from frontdesk.desk.file_words import day_words
from frontdesk.desk.plans import PlanDone, PlanSheet
from frontdesk.domain.cadence import Cadence
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import WEEKDAYS
from frontdesk.domain.plan import MOST_PLANNED, Plan, PlanDetails, parse_times, times_words
from frontdesk.domain.privacy import is_private
from frontdesk.text import LINE_LIMIT
from frontdesk.ui.dialogs.base import Note
from frontdesk.ui.dialogs.form import Form
from frontdesk.ui.widgets.choice_field import ChoiceField
from frontdesk.ui.widgets.field import Field
from frontdesk.ui.widgets.number_field import NumberField
from frontdesk.ui.widgets.tick_list import TickList

_CELLS = 14


class PlanForm(Form[PlanDone]):
    """Starts a plan, or changes the one that has not ended; answers with what came of it."""

    WIDTH: ClassVar[int] = 78

    def __init__(self, sheet: PlanSheet, clinic: Clinic) -> None:
        """`clinic` has the services and practitioners to choose from."""
        self._sheet, self._clinic = sheet, clinic
        self._plan: Plan | None = sheet.current.plan if sheet.current else None
        super().__init__(lambda: f"{sheet.patient.name}: {'change the plan' if self._plan else 'new treatment plan'}")
        details = self._base
        services = [(one.id, one.name) for one in clinic.active_services]
        if details.service.retired:
            services.append((details.service.id, details.service.name))
        people: list[tuple[int | None, str]] = [(one.id, one.name) for one in clinic.active_practitioners]
        if details.practitioner is not None and details.practitioner.retired:
            people.append((details.practitioner.id, f"{details.practitioner.name} (retired)"))
        begun = _shown(details, self._plan)
        self.fields: dict[str, Field[Any]] = {
            "complaint": Field(
                "Complaint", begun["complaint"], name="complaint", limit=LINE_LIMIT, of_patient=True,
                placeholder="what it is for",
            ),
            "planned": NumberField("Visits", begun["planned"], name="planned", low=1, high=MOST_PLANNED),
            "reassess_at": Field(
                "Re-assess at", begun["reassess_at"], name="reassess_at", check=_visit_number, limit=3,
                placeholder="visit number; empty: at none",
            ),
            "times": Field(
                "Times", begun["times"], name="times", check=lambda typed: parse_times(typed) if typed else None,
                limit=20, placeholder="any; 16:00-18:00",
            ),
            "started_on": Field(
                "Counts from", begun["started_on"], name="started_on", check=self.day, limit=40, placeholder="today"
            ),
        }  # fmt: skip
        self.choices: dict[str, ChoiceField[Any]] = {
            "cadence": ChoiceField(
                "How often",
                [(one, one.words) for one in Cadence],
                chosen=details.cadence,
                cells=_CELLS,
                by_first_word=True,
            ),
            "service_id": ChoiceField("Service", services, chosen=details.service.id, cells=_CELLS),
            "practitioner_id": ChoiceField(
                "With", [(None, "anybody"), *people], chosen=begun["practitioner_id"], cells=_CELLS
            ),
        }
        days = [(day, name.capitalize()) for day, name in enumerate(WEEKDAYS)]
        self.ticks: dict[str, TickList[Any]] = {"weekdays": TickList("Days", [days], details.weekdays)}
        self.longs = {}

    @property
    def _base(self) -> PlanDetails:
        return self._plan.details if self._plan else self._sheet.usual

    @property
    def draft_key(self) -> str:
        """Whose plan, and which."""
        return f"plan-{self._sheet.patient.id}-{self._plan.id if self._plan else 'new'}"

    @property
    def draft_title(self) -> str:
        """Whose plan, as it is stored."""
        return f"{self._sheet.patient.details.name}: plan"

    def body(self) -> Iterator[Widget]:
        """What is suggested and why, then the fields."""
        yield Note(self._told, "dim")
        yield self.fields["complaint"]
        yield self.choices["cadence"]
        yield self.fields["planned"]
        yield self.fields["reassess_at"]
        yield self.choices["service_id"]
        yield self.choices["practitioner_id"]
        yield self.ticks["weekdays"]
        yield self.fields["times"]
        yield self.fields["started_on"]

    def save_values(self, values: dict[str, Any]) -> None:
        """Starts the plan, or changes it."""
        started_on = values.pop("started_on", None)
        details = replace(self._base, **self._named(values))
        patient_id, plan = self._sheet.patient.id, self._plan
        if plan is None:
            self.save(lambda: self.desk.plans.start(patient_id, details, started_on), self.saved)
        else:
            self.save(lambda: self.desk.plans.change(plan, details, started_on), self.saved, refused=self.overtaken)

    def _named(self, values: dict[str, Any]) -> dict[str, Any]:
        """What was typed as the plan has it."""
        clinic, base = self._clinic, self._base
        if "service_id" in values:
            wanted = values.pop("service_id")
            values["service"] = next((one for one in clinic.services if one.id == wanted), base.service)
        if "practitioner_id" in values:
            wanted = values.pop("practitioner_id")
            values["practitioner"] = next((one for one in clinic.practitioners if one.id == wanted), None)
        if "times" in values:
            values["from_minute"], values["until_minute"] = values.pop("times") or (None, None)
        return values

    def _told(self) -> str:
        """What the fields begin with, and how the plan before this one ended."""
        sheet = self._sheet
        if is_private():
            return ""
        if self._plan is not None:
            return f"{sheet.current.words if sheet.current else ''} done; visits are counted by themselves."
        told = sheet.suggested
        rows = [
            f"Suggested: {told.cadence.words}, {told.planned} visits ({told.why}). You decide."
            if told
            else "No intake says how severe it is: this is how most plans begin. You decide."
        ]
        before = sheet.plans[0] if sheet.plans else None
        if before is not None:
            rows.append(f"The one before: {before.words}, {before.plan.state_words(sheet.today)}")
        return "\n".join(rows)

    def read_theirs(self) -> None:
        """All plans: this one may have ended meanwhile."""
        patient_id = self._sheet.patient.id
        self.ask(lambda: self.desk.plans.of(patient_id), self._take_theirs, group="theirs")

    def _take_theirs(self, sheet: PlanSheet) -> None:
        before = self._plan
        plan = next((one.plan for one in sheet.plans if before is not None and one.plan.id == before.id), None)
        if before is None or plan is None or not plan.is_open:
            if before is not None:
                self.merge(_shown(before.details, before), _shown(sheet.usual, None))
            self._sheet, self._plan = sheet, None
            self.set_title(self._title)
            self.tell("The plan has ended meanwhile: Enter starts yours as a new one.", "warn")
            return
        self.merge(_shown(before.details, before), _shown(plan.details, plan))
        self._sheet, self._plan = sheet, plan


def _shown(details: PlanDetails, plan: Plan | None) -> Mapping[str, Any]:
    """What each field begins with."""
    return {
        "complaint": details.complaint,
        "cadence": details.cadence,
        "planned": f"{details.planned}",
        "reassess_at": f"{details.reassess_at}" if details.reassess_at else "",
        "service_id": details.service.id,
        "practitioner_id": details.practitioner.id if details.practitioner else None,
        "weekdays": details.weekdays,
        "times": times_words(details),
        "started_on": day_words(plan.started_on) if plan else "",
    }


def _visit_number(typed: str) -> int | None:
    if typed in ("", "0"):
        return None
    if not (typed.isascii() and typed.isdecimal()):
        raise Refused("the number of a visit, or nothing")
    return int(typed)
