"""What stands in the made-up patients' files: whom to call, who sent them, intakes, scores that mostly go down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from msgspec.structs import replace

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.hours import local_day
from frontdesk.domain.intake import Cause, Intake, IntakeDetails, Severity, Symptom
from frontdesk.domain.patient_file import ContactBy, FileDetails
from frontdesk.domain.scores import Scale, Scores, Taken
from frontdesk.domain.visit import Status

_FEET = IntakeDetails(
    "both feet numb and burning at night",
    Severity.MODERATE,
    (Symptom.NUMBNESS, Symptom.TINGLING, Symptom.BURNING),
    "both feet to the ankles",
    (Cause.DIABETES,),
    "Type 2 diabetes since 2011, metformin.\nNo operations.",
    "Walks half an hour a day; sleeps five hours.",
)
_INTAKES = (
    _FEET,
    IntakeDetails(
        "fingers tingle since the chemotherapy",
        Severity.MILD,
        (Symptom.TINGLING, Symptom.NUMBNESS, Symptom.WEAKNESS),
        "fingertips of both hands",
        (Cause.TOXIC,),
        "Chemotherapy until last spring.",
        "Plays the piano less than before.",
    ),
    IntakeDetails(
        "calf cramps, legs give way on stairs",
        Severity.SEVERE,
        (Symptom.CRAMPS, Symptom.WEAKNESS, Symptom.DIZZINESS),
        "both calves, worse on the left",
        (Cause.INJURY, Cause.B12),
        "Disc prolapse L5 in 2019; B12 injections monthly.",
        "Works standing; two glasses of wine a day.",
    ),
    IntakeDetails(
        "shoulder pain after a fall",
        Severity.MODERATE,
        (),
        "left shoulder, down to the elbow",
        (Cause.INJURY,),
        "Fell from a bicycle in June; no fracture.",
        "Gardener.",
    ),
    IntakeDetails(
        "trouble sleeping, restless legs", Severity.MILD, (Symptom.TINGLING,), "both legs", (), "", "Shifts."
    ),
)
_KIN = ("daughter", "son", "wife", "husband", "neighbour", "sister")
_CALLED = ("A. Novak", "J. Santos", "M. Li", "R. Haddad", "S. Bergström", "T. Nguyễn")
_REFERRED = ("Dr Mehta, family doctor", "Dr Laurent, neurology", "a friend", "the physiotherapist next door")
_THROUGH = ("the practice's letter", "a search", "the sign at the door", "a leaflet")


def make_files(rng: Random, ids: Sequence[int], today: date) -> dict[int, FileDetails]:
    """The files by patient; a quarter say nothing beyond the details."""
    files: dict[int, FileDetails] = {}
    for patient_id in ids:
        if rng.random() < 0.25:
            continue
        agreed = today - timedelta(days=rng.randrange(30, 400))
        file = FileDetails(
            consent_treatment=agreed,
            consent_data=agreed if rng.random() < 0.8 else None,
            preferred_contact=rng.choice((None, *ContactBy)),
            pronouns=rng.choice(("", "", "", "she, her", "he, him", "they, them")),
        )
        if rng.random() < 0.5:
            phone = f"{rng.choice(('416', '647', '905'))} 555 {rng.randrange(10_000):04}"
            file = replace(
                file, emergency_name=rng.choice(_CALLED), emergency_relation=rng.choice(_KIN), emergency_phone=phone
            )
        if rng.random() < 0.4:
            file = replace(file, referred_by=rng.choice(_REFERRED), referral=rng.choice(_THROUGH))
        files[patient_id] = file
    return files


def with_languages(rng: Random, files: Mapping[int, FileDetails], today: date) -> dict[int, FileDetails]:
    """The same files, some with the language their patients would rather speak, a few who want no reminders."""
    told: dict[int, FileDetails] = {}
    for patient_id, file in files.items():
        language = rng.choice(("French", "Français", "Spanish", "Mandarin")) if rng.random() < 0.2 else ""
        since = today - timedelta(days=rng.randrange(5, 90)) if rng.random() < 0.03 else None
        told[patient_id] = replace(file, language=language, no_reminders_since=since)
    return told


def make_intakes(
    rng: Random, first_seen: Mapping[int, date], takers: Sequence[str], *, cast: Sequence[int]
) -> list[Intake]:
    """An intake on the first visit of most patients who came; the cast have one each."""
    intakes: list[Intake] = []
    for patient_id, day in first_seen.items():
        if patient_id in cast or rng.random() < 0.7:
            details = _FEET if patient_id == cast[0] else rng.choice(_INTAKES)
            intakes.append(Intake(0, 1, patient_id, day, rng.choice(takers), details))
    return intakes


def make_scores(rng: Random, visits: Sequence[tuple[int, Appointment]], *, cast: Sequence[int]) -> list[Taken]:
    """Scores at most visits that took place; `visits` are their ids with the visits, in the order of time."""
    now: dict[int, dict[Scale, float]] = {}
    taken: list[Taken] = []
    for visit_id, visit in visits:
        ended = visit.facts.ended_at
        if visit.status is not Status.CHECKED_OUT or ended is None:
            continue
        if visit.patient.id not in cast and rng.random() < 0.2:
            continue
        points = now.setdefault(visit.patient.id, {scale: rng.uniform(4, 9) for scale in Scale})
        asked = {scale: round(points[scale]) for scale in Scale if scale is Scale.PAIN or rng.random() < 0.7}
        scores = Scores(**{scale.value: value for scale, value in asked.items()})
        taken.append(Taken(0, visit.patient.id, visit_id, ended, visit.practitioner.name, scores))
        for scale in Scale:
            points[scale] = max(0.0, min(10.0, points[scale] + rng.uniform(-1.6, 0.8)))
    return taken


def first_days(visits: Sequence[tuple[int, Appointment]], zone: str) -> dict[int, date]:
    """The day of each patient's first visit that took place; `visits` in the order of time."""
    days: dict[int, date] = {}
    for _, visit in visits:
        if visit.status is Status.CHECKED_OUT:
            days.setdefault(visit.patient.id, local_day(visit.starts, zone))
    return days
