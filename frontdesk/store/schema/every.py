"""Every table, by its name: what `frontdesk.store.schema` has once the first is asked for."""

from frontdesk.store.schema.base import metadata
from frontdesk.store.schema.facts import audit, meta
from frontdesk.store.schema.files import intake, patient_file, score
from frontdesk.store.schema.merges import patient_apart, patient_erasure, patient_merge
from frontdesk.store.schema.packages import package, package_use
from frontdesk.store.schema.patients import (
    flag,
    patient,
    patient_source,
    patient_token,
    phone,
    phone_part,
    word_near,
)
from frontdesk.store.schema.plans import recall_contact, treatment_plan
from frontdesk.store.schema.reminders import reminder_sent
from frontdesk.store.schema.resources import (
    clinic,
    closure,
    equipment,
    practitioner,
    room,
    service,
)
from frontdesk.store.schema.visits import (
    appointment,
    block,
    claim,
    day_close,
    event_source,
    retention,
    timer,
)
from frontdesk.store.schema.waiting_list import waiting

__all__ = [
    "appointment",
    "audit",
    "block",
    "claim",
    "clinic",
    "closure",
    "day_close",
    "equipment",
    "event_source",
    "flag",
    "intake",
    "meta",
    "metadata",
    "package",
    "package_use",
    "patient",
    "patient_apart",
    "patient_erasure",
    "patient_file",
    "patient_merge",
    "patient_source",
    "patient_token",
    "phone",
    "phone_part",
    "practitioner",
    "recall_contact",
    "reminder_sent",
    "retention",
    "room",
    "score",
    "service",
    "timer",
    "treatment_plan",
    "waiting",
    "word_near",
]
