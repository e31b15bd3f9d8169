"""What a patient tells at an intake: what hurts, what they feel and where, what may be behind it, how they live."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from frontdesk.domain.errors import Problem
from frontdesk.domain.privacy import is_private
from frontdesk.domain.texts import one_line, text_problems
from frontdesk.text import LINE_LIMIT, NOTES_LIMIT


class Severity(StrEnum):
    """How bad it is as a whole; weekly visits or every two weeks go by it."""

    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"


class SymptomGroup(StrEnum):
    """Which nerves speak."""

    SENSORY = "sensory"
    MOTOR = "motor"
    AUTONOMIC = "autonomic"


class Symptom(StrEnum):
    """What is felt or fails, in the words of peripheral neuropathy."""

    NUMBNESS = "numbness"
    TINGLING = "tingling"
    BURNING = "burning"
    WEAKNESS = "weakness"
    CRAMPS = "cramps"
    DIZZINESS = "dizziness"
    SWEATING = "sweating"
    DIGESTION = "digestion"
    BLADDER = "bladder"

    @property
    def group(self) -> SymptomGroup:
        """Sensory, motor or autonomic."""
        return next(group for group, symptoms in SYMPTOMS.items() if self in symptoms)


SYMPTOMS: dict[SymptomGroup, tuple[Symptom, ...]] = {
    SymptomGroup.SENSORY: (Symptom.NUMBNESS, Symptom.TINGLING, Symptom.BURNING),
    SymptomGroup.MOTOR: (Symptom.WEAKNESS, Symptom.CRAMPS),
    SymptomGroup.AUTONOMIC: (Symptom.DIZZINESS, Symptom.SWEATING, Symptom.DIGESTION, Symptom.BLADDER),
}


class Cause(StrEnum):
    """What neuropathy comes of."""

    DIABETES = "diabetes"
    INJURY = "injury"
    AUTOIMMUNE = "autoimmune"
    B12 = "b12"
    TOXIC = "toxic"
    INFECTION = "infection"
    INHERITED = "inherited"


CAUSE_WORDS: dict[Cause, str] = {
    Cause.DIABETES: "diabetes",
    Cause.INJURY: "injury",
    Cause.AUTOIMMUNE: "autoimmune",
    Cause.B12: "B12 deficiency",
    Cause.TOXIC: "toxic exposure",
    Cause.INFECTION: "infection",
    Cause.INHERITED: "inherited",
}


class IntakeDetails(Struct, frozen=True):
    """What was told; `places` is where it is felt, `history` the medical history in the patient's words."""

    complaint: str = ""
    severity: Severity | None = None
    symptoms: tuple[Symptom, ...] = ()
    places: str = ""
    causes: tuple[Cause, ...] = ()
    history: str = ""
    lifestyle: str = ""

    def symptom_words(self) -> tuple[str, ...]:
        """`sensory: numbness, burning`: a line for each group that has any."""
        return tuple(
            f"{group.value}: {', '.join(one.value for one in symptoms if one in self.symptoms)}"
            for group, symptoms in SYMPTOMS.items()
            if any(one in self.symptoms for one in symptoms)
        )


class Intake(Struct, frozen=True):
    """One intake, dated, with who took it; the latest of a patient is what holds."""

    id: int
    version: int
    patient_id: int
    taken_on: date
    taken_by: str
    details: IntakeDetails

    @property
    def shown(self) -> IntakeDetails:
        """What of it may be seen now: nothing in privacy mode. What saves or compares uses `details`."""
        return IntakeDetails() if is_private() else self.details

    @property
    def complaint(self) -> str:
        """What they came for then, where it may be seen."""
        return self.shown.complaint


def tidied_intake(details: IntakeDetails) -> IntakeDetails:
    """The intake as it is kept: trimmed, symptoms and causes in the order of their lists."""
    return replace(
        details,
        complaint=one_line(details.complaint),
        symptoms=tuple(one for one in Symptom if one in details.symptoms),
        places=one_line(details.places),
        causes=tuple(one for one in Cause if one in details.causes),
        history=details.history.strip(),
        lifestyle=details.lifestyle.strip(),
    )


def wrong_with_intake(details: IntakeDetails, taken_on: date, today: date) -> tuple[Problem, ...]:
    """Everything that keeps it from being saved, each with its field; empty when it may be."""
    problems: list[Problem] = []
    if details == IntakeDetails():
        problems.append(Problem("complaint", "nothing is written yet: what do they come for?"))
    problems += text_problems(
        (
            ("complaint", details.complaint, LINE_LIMIT, False),
            ("places", details.places, LINE_LIMIT, False),
            ("history", details.history, NOTES_LIMIT, True),
            ("lifestyle", details.lifestyle, NOTES_LIMIT, True),
        )
    )
    if taken_on > today:
        problems.append(Problem("taken_on", "lies in the future"))
    elif taken_on.year < 1900:
        problems.append(Problem("taken_on", "lies before 1900"))
    return tuple(problems)
