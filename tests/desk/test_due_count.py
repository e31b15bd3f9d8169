"""The header's number of patients to be called, kept and changed by the log, is the list's own, whatever is done."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from frontdesk.clock import ManualClock
from frontdesk.desk import due_count
from frontdesk.desk.booking import Request
from frontdesk.desk.context import Context
from frontdesk.desk.due_count import DueCount
from frontdesk.desk.open import Desk, desk_on
from frontdesk.domain.cadence import Cadence
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import local_day
from frontdesk.domain.patient import PatientDetails
from frontdesk.domain.plan import PlanDetails, PlanOutcome
from frontdesk.domain.recall_rules import RecallRules
from frontdesk.domain.setup import spec_of
from frontdesk.store import recall_facts
from frontdesk.store.engine import Store
from tests.desk.conftest import CLINIC, ZONE, local
from tests.foreign import Foreign

EXAMPLES = int(os.environ.get("FRONTDESK_SEQUENCES", "40")) // 4


class House:
    """A clinic of a few patients, and what can be done about one of them."""

    def __init__(self, desk: Desk, clock: ManualClock) -> None:
        self.desk, self.clock = desk, clock
        self.who = [desk.patients.add(PatientDetails(given=name)).id for name in ("Ana", "Bo", "Cy", "Di")]
        self.booked: list[int] = []

    def book(self, who: int) -> None:
        starts = local(f"{local_day(self.clock.instant, ZONE)} {10 + self.who.index(who)}:00").add(days=3)
        request = Request(who, "Follow-up", "Dr Lin", starts, None, squeeze=True)
        self.booked.append(self.desk.booking.book(request).appointment.id)

    def cancel(self, who: int) -> None:
        """Whoever was booked last."""
        if self.booked:
            self.desk.visits.cancel(self.booked[-1])

    def undo(self, who: int) -> None:
        if self.booked:
            self.desk.undo.last(self.booked[-1])

    def come(self, who: int, *, kept: int = 0) -> None:
        """Comes, is treated and goes, with needles sent home if `kept`."""
        now = self.clock.instant
        visit = self.desk.booking.book(Request(who, "Follow-up", "Dr Lin", now, None, squeeze=True)).appointment.id
        self.desk.needles.put_in(visit, 10)
        out = local_day(now, ZONE) + timedelta(days=2)
        self.desk.needles.take_out(visit, 10 - kept, kept=kept, told=bool(kept), remove_on=out if kept else None)
        self.desk.visits.checkout(visit)
        if kept:
            self.booked.append(visit)

    def kept_out(self, who: int) -> None:
        if self.booked:
            self.desk.needles.kept_out(self.booked[-1])

    def plan(self, who: int) -> None:
        self.desk.plans.start(who, PlanDetails(self.desk.clinic.get().services[0], cadence=Cadence.WEEKLY))

    def end(self, who: int) -> None:
        far = self.desk.plans.of(who).current
        if far is not None:
            self.desk.plans.end(far.plan, PlanOutcome.BETTER)

    def put_away(self, who: int) -> None:
        """The file, or takes it back into use."""
        patient = self.desk.patients.get(who)
        details = replace(patient.details, retired=not patient.details.retired)
        self.desk.patients.save(who, patient.version, details)

    def no_answer(self, who: int) -> None:
        self.desk.recalls.no_answer(who)

    def wait(self, who: int) -> None:
        self.desk.recalls.wait(who, local_day(self.clock.instant, ZONE) + timedelta(days=9))

    def stop(self, who: int) -> None:
        self.desk.recalls.stop(who, "moved away")

    def merge(self, who: int) -> None:
        self.desk.duplicates.merge(who, self.who[who == self.who[0]])

    def part(self, who: int) -> None:
        self.desk.duplicates.part(who)

    def passes(self, who: int) -> None:
        """Days, or seven weeks and more, in which others come to be due and no longer are."""
        self.clock.instant = self.clock.instant.add(days=(1, 2, 7, 50)[self.who.index(who)])


NAMES = "book cancel undo come plan end put_away no_answer wait stop merge part passes kept_out"
ACTS: dict[str, Callable[[House, int], None]] = {name: getattr(House, name) for name in NAMES.split()} | {
    "keep": lambda house, who: house.come(who, kept=2)
}


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 3)), min_size=6, max_size=14))
def test_the_kept_number_is_the_lists(blank: Path, steps: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        clock = ManualClock(local("2026-11-23 09:00"))
        store = Store.open(str(shutil.copy(blank, folder)), now=clock.now())
        desk = desk_on(Context(store, clock, "Ana"))
        desk.clinic.setup(desk.clinic.read_answers(CLINIC))
        house, kept = House(desk, clock), DueCount(desk.context)
        # Everybody was here long ago, so that there is somebody to call from the first step on.
        for who in house.who:
            house.come(who)
        house.passes(house.who[-1])
        assert kept.read() == desk.recall_list.look().due == len(house.who)
        for act, who in steps:
            with suppress(Refused):
                ACTS[act](house, house.who[who])
            assert kept.read() == desk.recall_list.look().due, (act, who)
        desk.close()


def test_what_touches_one_patient_asks_of_that_one(
    desk: Desk, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, kept = House(desk, clock), DueCount(desk.context)
    for who in house.who:
        house.come(who)
    house.passes(house.who[-1])
    assert kept.read() == 4
    asked: list[object] = []
    facts_of = recall_facts.facts_of

    def counted(conn, timezone, now, rules, ids=None, **more):  # type: ignore[no-untyped-def]
        asked.append(ids)
        return facts_of(conn, timezone, now, rules, ids, **more)

    monkeypatch.setattr(due_count, "facts_of", counted)
    assert kept.read() == 4
    assert asked == [], "nothing was written"
    house.no_answer(house.who[1])
    house.book(house.who[2])
    assert kept.read() == 2
    assert asked == [{house.who[1], house.who[2]}]
    desk.clinic.setup(replace(spec_of(desk.clinic.get()), recalls=RecallRules(lapsed_weeks=30)))
    assert kept.read() == desk.recall_list.look().due == 0
    assert asked[1:] == [None], "another rule is asked of everybody"


def test_what_the_log_does_not_tell_is_found_when_asked_anew_or_after_some_minutes(
    where: str, desk: Desk, clock: ManualClock
) -> None:
    house, kept = House(desk, clock), DueCount(desk.context)
    for who in house.who:
        house.come(who)
    house.passes(house.who[-1])
    assert kept.read() == 4
    with Foreign(where) as raw:
        raw.execute("UPDATE patient SET retired = true WHERE id = ?", (house.who[0],))
    assert kept.read(anew=True) == desk.recall_list.look().due == 3
    with Foreign(where) as raw:
        raw.execute("UPDATE patient SET retired = true WHERE id = ?", (house.who[1],))
    clock.instant = clock.instant.add(seconds=due_count.EVERY_S)
    assert kept.read() == desk.recall_list.look().due == 2
