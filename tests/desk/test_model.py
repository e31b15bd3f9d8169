"""Days of a clinic, step by step at random: whatever is done, nobody is left behind and every needle is accounted for.

A step is a receptionist's (through the desk), somebody else's (another terminal, or another program that writes the
tables itself), a crash, or time. `FRONTDESK_STEPS=1000000` runs as many by hand; a new clinic begins every 20,000.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from shutil import rmtree

from frontdesk.clock import ManualClock
from frontdesk.desk.booking import Request
from frontdesk.desk.context import Context
from frontdesk.desk.open import Desk, desk_on
from frontdesk.domain.areas import Area, as_areas
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import local_day
from frontdesk.domain.patient import PatientDetails
from frontdesk.domain.timer import TimerKind
from frontdesk.store.engine import Store
from tests.desk.conftest import CLINIC, ZONE, local

STEPS = int(os.environ.get("FRONTDESK_STEPS", "20000"))
A_CLINIC = 20_000
"""Steps after which a new clinic begins."""
FOLDER = "/dev/shm" if Path("/dev/shm").is_dir() else None
ROOMS = ("Room 1", "Room 2", "Community 1", "Community 2")
LIVE = "status IN ('arrived', 'roomed', 'with_practitioner', 'needles_in', 'needles_out')"
OVER = "status IN ('checked_out', 'cancelled', 'no_show', 'left', 'entered_in_error')"
LEFT_BEHIND = (
    f"SELECT a.id, a.status FROM retention AS r JOIN appointment AS a ON a.id = r.appointment_id"
    f" WHERE (r.out_at IS NULL OR r.count_out IS NULL) AND (a.{OVER} OR a.ready_at IS NOT NULL OR a.room_id IS NULL)",
    "SELECT a.id FROM appointment AS a WHERE a.status = 'needles_in' AND NOT EXISTS"
    " (SELECT 1 FROM retention AS r WHERE r.appointment_id = a.id AND r.out_at IS NULL)",
    "SELECT a.id FROM appointment AS a JOIN retention AS r ON r.appointment_id = a.id"
    " WHERE r.out_at IS NULL AND a.status <> 'needles_in'",
    "SELECT a.id FROM appointment AS a WHERE NOT EXISTS (SELECT 1 FROM patient AS p WHERE p.id = a.patient_id)",
    "SELECT id FROM retention WHERE count_out IS NOT NULL AND count_out + kept + missing <> count_in",
    "SELECT id FROM retention WHERE kept > 0 AND (remove_on IS NULL OR NOT told)",
    "SELECT id FROM retention WHERE missing > 0 AND (missing_reason = '' OR missing_by = '')",
)
"""What may never be found: a row of any of these."""
STRAY = (
    "UPDATE {how} appointment SET status = '{status}' WHERE id = {visit}",
    "UPDATE {how} appointment SET status = '{status}', ended_at = {at} WHERE {live}",
    "UPDATE {how} appointment SET ready_at = {at} WHERE id = {visit}",
    "UPDATE {how} appointment SET room_id = NULL WHERE id = {visit}",
    "UPDATE {how} appointment SET patient_id = patient_id + 1 WHERE id = {visit}",
    "DELETE FROM patient WHERE id = (SELECT patient_id FROM appointment WHERE id = {visit})",
    "DELETE FROM room WHERE id = (SELECT room_id FROM appointment WHERE id = {visit})",
    "DELETE FROM service",
    "DELETE FROM appointment WHERE id = {visit}",
    "DELETE FROM retention WHERE appointment_id = {visit}",
    "UPDATE {how} retention SET count_in = {n} WHERE appointment_id = {visit} AND out_at IS NOT NULL",
    "UPDATE {how} retention SET out_at = {at}, count_out = count_in - {n} WHERE appointment_id = {visit}",
    "UPDATE {how} retention SET kept = {n}, count_out = count_in - {n}, out_at = {at} WHERE appointment_id = {visit}",
    "UPDATE {how} retention SET appointment_id = {other} WHERE appointment_id = {visit}",
    "UPDATE {how} retention SET out_at = NULL, count_out = NULL WHERE appointment_id = {visit} AND out_at IS NOT NULL",
    "INSERT {how} INTO day_close (day, until, at, who) VALUES ('2026-11-23', {later}, {at}, 'nobody')",
    "DELETE FROM timer WHERE appointment_id = {visit}",
)
"""What another program may try on a visit that has needles in or owes a count; each must change nothing of that."""


class Days:
    """One clinic, the people at it, and what is known to be in whom."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.folder = Path(tempfile.mkdtemp(dir=FOLDER))
        self.path = self.folder / "clinic.db"
        self.clock = ManualClock(local("2026-11-23 09:00"))
        self.done: Counter[str] = Counter()
        self.gone: list[Desk] = []
        self.desk = self.sits_down()
        self.desk.clinic.setup(self.desk.clinic.read_answers(CLINIC))
        self.patients = [self.desk.patients.add(PatientDetails(given=f"P{number}")).id for number in range(6)]
        self.other = sqlite3.connect(self.path, isolation_level=None, timeout=10)
        self.visits: list[int] = []
        self.known: dict[int, tuple[int, int | None, int | None]] = {}

    def sits_down(self) -> Desk:
        return desk_on(Context(Store.open(str(self.path), now=self.clock.now()), self.clock, "Ana"))

    def end(self) -> None:
        for one in (*self.gone, self.desk):
            one.close()
        self.other.close()
        rmtree(self.folder)

    # What is done

    def step(self) -> None:
        """One step, as likely as it is wanted for visits to get on."""
        if self.chance.random() < 0.87:
            self.stray()
        else:
            self.try_(self.chance.choices(self.wanted, self.weights)[0])
            self.nobody_is_left_behind()

    @property
    def wanted(self) -> tuple[Callable[[], object], ...]:
        return (self.book, self.come, self.put_in, self.adjust, self.take_out, self.faint, self.settle, self.leave,
                self.time_it, self.undo, self.wait, self.close, self.crash, self.hand_over)  # fmt: skip

    weights = (8, 16, 14, 6, 10, 4, 8, 12, 8, 4, 6, 3, 1, 2)

    def try_(self, step: Callable[[], object]) -> None:
        try:
            step()
            self.done[step.__name__] += 1
        except Refused:
            self.done["refused"] += 1

    def one(self) -> int:
        """Mostly a visit that goes on, now and then one that has ended."""
        if self.chance.random() < 0.05 and self.visits:
            return self.chance.choice(self.visits)
        going = self.other.execute(f"SELECT id FROM appointment WHERE NOT {OVER} ORDER BY id DESC LIMIT 6").fetchall()
        return int(self.chance.choice(going)[0]) if going else 0

    def book(self) -> None:
        starts = self.clock.now().add(minutes=5 * self.chance.randint(-2, 6)).start_of("minute")
        who, room = self.chance.choice(self.patients), self.chance.choice((None, *ROOMS))
        request = Request(who, "Follow-up", "Dr Lin", starts, room, squeeze=True)
        self.visits.append(self.desk.booking.book(request).appointment.id)

    def come(self) -> None:
        room = self.chance.choice((None, None, *ROOMS))
        visits = self.desk.visits
        self.chance.choice((visits.arrive, lambda key: visits.room(key, room), lambda key: visits.begin(key, room)))(
            self.one()
        )

    def put_in(self) -> None:
        areas = as_areas({area: self.chance.randint(0, 3) for area in Area}) if self.chance.random() < 0.3 else ()
        count = None if areas else self.chance.randint(1, 9)
        self.desk.needles.put_in(self.one(), count, areas=areas, open_end=self.chance.random() < 0.1)

    def adjust(self) -> None:
        key = self.one()
        if self.chance.random() < 0.3:
            self.desk.needles.recount(key, self.chance.randint(1, 12))
        else:
            self.desk.needles.adjust(key, self.chance.choice((1, -1)), self.chance.choice((None, *Area)))

    def take_out(self) -> None:
        self.desk.needles.take_out(self.one(), self.chance.randint(0, 12))

    def faint(self) -> None:
        self.desk.needles.take_out(self.one(), None)

    def settle(self, key: int | None = None) -> None:
        """What whoever counts with care does: all of them, or some of them kept or missing in words."""
        key = self.one() if key is None else key
        retention = self.desk.visits.get(key).retention if key else None
        count = retention.count_in if retention else 0
        short = self.chance.choice((0, 0, 0, 1)) if count else 0
        kept = self.chance.random() < 0.5
        self.desk.needles.take_out(
            key, count - short, kept=short if kept else 0, told=kept,
            missing_reason="lost" if short and not kept else "", missing_by="Bo" if short and not kept else "",
        )  # fmt: skip

    def leave(self) -> None:
        visits = self.desk.visits
        self.chance.choice(
            (visits.checkout, visits.checkout, visits.ready, visits.left, visits.cancel, visits.no_show)
        )(self.one())

    def time_it(self) -> None:
        key, kind = self.one(), self.chance.choice(tuple(TimerKind))
        timers = self.desk.timers
        self.chance.choice(
            (
                lambda: timers.start(key, kind, self.chance.randint(1, 30), confirmed=True),
                lambda: timers.stop(key, kind),
                lambda: timers.check(key),
                lambda: timers.silence(key),
                lambda: timers.extend(key, self.chance.choice((-5, 5))),
                lambda: timers.patient_decides(key),
            )
        )()

    def undo(self) -> None:
        self.desk.undo.last(self.one())

    def wait(self) -> None:
        self.clock.move(minutes=self.chance.choice((1, 5, 20)))

    def hand_over(self) -> None:
        desk = self.desk
        self.chance.choice((lambda: desk.hand_over.go_off("Dr Lin"), lambda: desk.hand_over.back("Dr Lin")))()

    def close(self) -> None:
        """The day ends; who is still here keeps it open, unless they are seen out first, as far as that may be."""
        self.clock.move(minutes=45)
        if self.chance.random() < 0.8:
            for (key,) in self.other.execute(f"SELECT id FROM appointment WHERE {LIVE}").fetchall():
                for seen_out in (self.settle, self.desk.visits.checkout, self.desk.visits.left):
                    try:
                        seen_out(key)
                    except Refused:
                        continue
        self.desk.closing.close(local_day(self.clock.now(), ZONE), no_shows=True)
        left = self.other.execute(f"SELECT count(*) FROM appointment WHERE {LIVE}").fetchone()[0]
        owed = self.other.execute("SELECT count(*) FROM retention WHERE out_at IS NULL OR count_out IS NULL").fetchone()
        assert (left, owed[0]) == (0, 0), "a day was closed over somebody"
        self.clock.move(minutes=24 * 60)
        self.visits = []

    def crash(self) -> None:
        """The program ends in the middle of a save, nothing is cleaned up, and it is started again."""
        try:
            with self.desk.context.writing() as writing:
                writing.connection.exec_driver_sql("UPDATE retention SET kept_out_at = 1 WHERE kept > 0")
                writing.log("torn", "crash")
                raise KeyboardInterrupt
        except KeyboardInterrupt:
            pass
        self.gone.append(self.desk)
        self.desk = self.sits_down()
        if len(self.gone) > 3:
            self.gone.pop(0).close()

    def stray(self) -> None:
        """Another program writes where needles are in or a count is owed: refused, or nothing of that changes."""
        held = self.other.execute(
            "SELECT appointment_id FROM retention WHERE out_at IS NULL OR (count_out IS NULL AND out_at IS NOT NULL)"
        ).fetchall()
        if not held:
            self.try_(self.chance.choice((self.book, self.come, self.put_in, self.put_in)))
            return
        at = self.clock.now().int_timestamp * 1000
        sql = self.chance.choice(STRAY).format(
            visit=self.chance.choice(held)[0], other=self.one(), at=at, later=at + 86_400_000,
            n=self.chance.randint(1, 9), how=self.chance.choice(("", "OR IGNORE", "OR REPLACE")), live=LIVE,
            status=self.chance.choice(("checked_out", "cancelled", "left", "no_show", "booked", "entered_in_error")),
        )  # fmt: skip
        self.other.execute("BEGIN IMMEDIATE")
        try:
            self.other.execute(sql)
            self.nobody_is_left_behind()
            self.done["stray, harmless"] += 1
        except sqlite3.IntegrityError:
            self.done["stray, refused"] += 1
        finally:
            # What it may do (raise a count that is owed, say) is another's story: this one goes on by itself.
            self.other.execute("ROLLBACK")

    # What holds

    def nobody_is_left_behind(self) -> None:
        for query in LEFT_BEHIND:
            found = self.other.execute(query).fetchone()
            assert found is None, (query, found)

    def every_needle_is_known(self) -> None:
        """Whatever went in is still on record; what was settled stands, and no count in falls once they are out."""
        rows = self.other.execute("SELECT id, count_in, out_at, count_out FROM retention").fetchall()
        now = {key: (count_in, out_at, count_out) for key, count_in, out_at, count_out in rows}
        for key, (count_in, out_at, count_out) in self.known.items():
            assert key in now, "needles that went in are nowhere"
            if count_out is not None:
                assert now[key] == (count_in, out_at, count_out), "a count that was given stands"
            elif out_at is not None:
                assert now[key][0] >= count_in
                assert now[key][1] == out_at
        self.known = now
        assert self.desk.upkeep.check() == ()


def test_nobody_is_left_behind_and_every_needle_is_accounted_for() -> None:
    done: Counter[str] = Counter()
    for seed, first in enumerate(range(0, STEPS, A_CLINIC)):
        days = Days(seed)
        try:
            for number in range(first, min(STEPS, first + A_CLINIC)):
                days.step()
                if number % 500 == 0:
                    days.every_needle_is_known()
            days.every_needle_is_known()
        finally:
            done += days.done
            days.end()
        told = ", ".join(f"{what} {count}" for what, count in done.most_common())
        sys.stdout.write(f"{min(STEPS, first + A_CLINIC)} steps: {told}\n")
        sys.stdout.flush()
    for what in ("put_in", "take_out", "faint", "settle", "leave", "time_it", "close", "crash", "stray, refused"):
        assert done[what], f"{what} was never done"
