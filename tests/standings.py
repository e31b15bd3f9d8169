"""Where patients stand about being called, by the rule itself: what the list of those to call is held against."""

from __future__ import annotations

from collections.abc import Collection

from frontdesk.desk.context import clinic_of
from frontdesk.desk.open import Desk
from frontdesk.domain.standing import Standing, standing
from frontdesk.store.recall_facts import facts_of


def standings(desk: Desk, patient_ids: Collection[int] | None = None) -> dict[int, Standing]:
    """Of those named, or of everybody who may have to be called."""
    with desk.context.store.read() as connection:
        clinic = clinic_of(connection)
        facts = facts_of(connection, clinic.timezone, desk.clock.now(), clinic.recalls, patient_ids)
        today = desk.context.today(clinic.timezone)
        return {key: standing(fact, today, clinic.recalls) for key, fact in facts.items()}
