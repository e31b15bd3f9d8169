"""Whom to call about coming again, and whose needles are to come out, cost the same however long a clinic is there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Connection

from frontdesk.domain.recall_rules import RecallRules
from frontdesk.store import kept_needles
from frontdesk.store.recall_facts import facts_of, lapsed
from tests.engines import only_files
from tests.store.conftest import NOW
from tests.store.sent import sent, steps

RULES = RecallRules()
OF_FEW = ("ix_retention_kept", "uq_appointment_one_visit_a_patient")
"""Indexes on rows that there are few of at any time: they may be walked through."""
VISITS = {"appointment", "a", "earlier", "retention", "r", "patient"}
"""Tables that grow with the years, by the names that the statements give them too."""


@only_files
@pytest.mark.parametrize(
    "read",
    [
        kept_needles.still_in,
        lambda conn: facts_of(conn, "UTC", NOW, RULES),
        lambda conn: facts_of(conn, "UTC", NOW, RULES, with_lapsed=False),
        lambda conn: facts_of(conn, "UTC", NOW, RULES, [1, 2]),
        lambda conn: [*lapsed(conn, "UTC", NOW, RULES, besides=())],
    ],
    ids=["kept", "everybody", "without the lapsed", "named", "the lapsed"],
)
def test_no_visit_is_looked_at_that_is_over(clinic: Connection, read: Callable[[Connection], object]) -> None:
    found = steps(clinic, sent(clinic, lambda: read(clinic)))
    assert found
    walked = [step for step in found if step.startswith("SCAN") and step.split()[1] in VISITS]
    assert [step for step in walked if not any(index in step for index in OF_FEW)] == []
