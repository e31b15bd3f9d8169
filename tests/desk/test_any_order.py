"""Whatever is done in whatever order: no needle is lost, nobody is put on top of somebody, only `Refused` says no."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from shutil import rmtree

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from frontdesk.clock import ManualClock
from frontdesk.desk.booking import Request
from frontdesk.desk.context import Context
from frontdesk.desk.open import desk_on
from frontdesk.desk.outcome import Outcome
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused
from frontdesk.domain.patient import PatientDetails
from frontdesk.domain.visit import ENDED
from frontdesk.store.engine import Store
from tests.desk.conftest import CLINIC, local

ROOMS = st.sampled_from([None, None, "Room 1", "Room 2", "Community"])
COUNTS = st.integers(1, 9)


class AnyOrder(RuleBasedStateMachine):
    """Three patients, few rooms, one busy morning, and staff who press any key at any time."""

    visits: Bundle[int] = Bundle("visits")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = ManualClock(local("2026-11-23 09:00"))
        store = Store.open(str(self.folder / "clinic.db"), now=self.clock.now())
        self.desk = desk_on(Context(store, self.clock, "Ana"))
        self.desk.clinic.setup(self.desk.clinic.read_answers(CLINIC))
        self.patients = [self.desk.patients.add(PatientDetails(given=name)).id for name in ("Ana", "Bo", "Cy")]
        self.known: dict[int, Appointment] = {}

    def teardown(self) -> None:
        self.desk.close()
        rmtree(self.folder)

    def do(self, step: Callable[..., Outcome], *given: object, **named: object) -> Outcome | None:
        """Takes a step; being refused, in words, is fine."""
        try:
            return step(*given, **named)
        except Refused:
            return None

    def book_at(self, who: int, minutes: int, room: str | None, squeeze: bool) -> int:
        starts = local("2026-11-23 09:00").add(minutes=minutes * 5)
        request = Request(self.patients[who], "Follow-up", "Dr Lin", starts, room, squeeze=squeeze)
        done = self.do(self.desk.booking.book, request)
        return done.appointment.id if done else 0

    @initialize(target=visits)
    def first(self) -> int:
        return self.book_at(0, 0, None, False)

    @rule(target=visits, who=st.integers(0, 2), minutes=st.integers(0, 16), room=ROOMS, squeeze=st.booleans())
    def book(self, who: int, minutes: int, room: str | None, squeeze: bool) -> int:
        return self.book_at(who, minutes, room, squeeze)

    @rule(visit=visits, minutes=st.integers(0, 16), room=ROOMS, squeeze=st.booleans())
    def move(self, visit: int, minutes: int, room: str | None, squeeze: bool) -> None:
        starts = local("2026-11-23 09:00").add(minutes=minutes * 5)
        self.do(self.desk.booking.move, visit, starts=starts, room=room, squeeze=squeeze)

    @rule(visit=visits, step=st.sampled_from(["confirm", "arrive", "ready", "checkout", "checkout"]))
    def step(self, visit: int, step: str) -> None:
        self.do(getattr(self.desk.visits, step), visit)

    @rule(visit=visits, step=st.sampled_from(["cancel", "no_show", "left", "error"]))
    def end(self, visit: int, step: str) -> None:
        self.do(getattr(self.desk.visits, step), visit)

    @rule(visit=visits, step=st.sampled_from(["room", "begin"]), room=ROOMS)
    def into_room(self, visit: int, step: str, room: str | None) -> None:
        self.do(getattr(self.desk.visits, step), visit, room)

    @rule(visit=visits, count=COUNTS, room=ROOMS)
    def put_in(self, visit: int, count: int, room: str | None) -> None:
        self.do(self.desk.needles.put_in, visit, count, room=room)

    @rule(visit=visits, count=st.none() | COUNTS, all_of_them=st.booleans(), missing=st.sampled_from(["", "lost"]))
    def take_out(self, visit: int, count: int | None, all_of_them: bool, missing: str) -> None:
        known = self.known.get(visit)
        if all_of_them and known and known.retention:
            count = known.retention.count_in
        self.do(self.desk.needles.take_out, visit, count, missing_reason=missing, missing_by=missing)

    @rule(visit=visits, minutes=st.sampled_from([-5, 5]))
    def extend(self, visit: int, minutes: int) -> None:
        self.do(self.desk.timers.extend, visit, minutes)

    @rule(visit=visits)
    def undo(self, visit: int) -> None:
        self.do(self.desk.undo.last, visit)

    @rule(visit=visits, step=st.sampled_from(["confirm", "room", "begin", "ready", "checkout"]))
    def there_and_back(self, visit: int, step: str) -> None:
        done = self.do(getattr(self.desk.visits, step), visit)
        if done is not None and visit in self.known:  # not of a day that is past
            before, after = self.known[visit], self.desk.undo.last(visit).appointment
            assert (after.status, after.facts, after.starts) == (before.status, before.facts, before.starts)

    @rule(who=st.sampled_from(["Dr Lin", "Dr Okafor"]), to=st.sampled_from([None, "Dr Lin", "Dr Okafor"]))
    def goes_off(self, who: str, to: str | None) -> None:
        with suppress(Refused):
            self.desk.hand_over.go_off(who, to)

    @rule(who=st.sampled_from(["Dr Lin", "Dr Okafor"]))
    def is_back(self, who: str) -> None:
        with suppress(Refused):
            self.desk.hand_over.back(who)

    @rule(visit=visits, to=st.sampled_from(["Dr Lin", "Dr Okafor"]))
    def hand_over(self, visit: int, to: str) -> None:
        self.do(self.desk.hand_over.visit, visit, to)

    @rule(no_shows=st.booleans(), hours=st.sampled_from([0, 9]))
    def close(self, no_shows: bool, hours: int) -> None:
        self.clock.move(minutes=60 * hours)
        with suppress(Refused):
            found = self.desk.closing.close(no_shows=no_shows)
            assert not found.sheet.in_house, "nobody is closed over"
            assert all(one.status in ENDED for one in found.sheet.appointments)

    @rule(minutes=st.sampled_from([1, 5, 30]))
    def wait(self, minutes: int) -> None:
        self.clock.move(minutes=minutes)

    @invariant()
    def all_is_sound(self) -> None:
        assert self.desk.upkeep.check() == ()
        sheet = self.desk.days.load()
        visits = {one.id: one for one in (*sheet.appointments, *sheet.in_house)}
        rooms = Counter(one.room.id if one.room else None for one in visits.values() if one.holds_room)
        assert None not in rooms, "who is in a room is in one that is known"
        assert all(held == 1 for held in rooms.values()), "a room holds one patient"
        for visit in visits.values():
            self._nothing_is_lost(self.known.get(visit.id), visit)
        assert len(self.desk.days.rooms()) == len(sheet.clinic.open_rooms)
        self.known = visits

    def _nothing_is_lost(self, was: Appointment | None, visit: Appointment) -> None:
        assert sum(one.is_in for one in visit.retentions) == visit.needles_are_in
        assert all(one.settled or one.is_in or one.count_owed for one in visit.retentions)
        if visit.status in ENDED:
            assert all(one.settled for one in visit.retentions), "nobody leaves with a count open"
        for before, now in zip(was.retentions if was else (), visit.retentions, strict=False):
            assert before.out_at in (None, now.out_at), "needles that are out are not put back by undo"
            assert before.count_out is None or before == now, "a count that was given stands"


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(
    max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
