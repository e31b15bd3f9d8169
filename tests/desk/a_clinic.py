"""A clinic to be played with at random: two terminals, another program at its tables, crashes; what must hold."""

from __future__ import annotations

import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from shutil import copyfile, rmtree

from frontdesk.clock import ManualClock
from frontdesk.desk.context import Context
from frontdesk.desk.open import Desk, desk_on
from frontdesk.domain.errors import Refused
from frontdesk.domain.patient import PatientDetails
from frontdesk.store.engine import Store
from tests.desk.conftest import CLINIC, local

FOLDER = "/dev/shm" if Path("/dev/shm").is_dir() else None
MORNING = local("2026-11-23 09:00")
PEOPLE = 6
LIVE = "status IN ('arrived', 'roomed', 'with_practitioner', 'needles_in', 'needles_out')"
OVER = "status IN ('checked_out', 'cancelled', 'no_show', 'left', 'entered_in_error')"
LEFT_BEHIND = " UNION ALL ".join(
    f"SELECT '{words}', {key} FROM {rows}"
    for words, key, rows in (
        (
            "a visit ended, a room was freed or left over needles",
            "a.id",
            "retention AS r JOIN appointment AS a ON a.id = r.appointment_id"
            f" WHERE (r.out_at IS NULL OR r.count_out IS NULL) AND (a.{OVER} OR a.ready_at IS NOT NULL"
            " OR a.room_id IS NULL)",
        ),
        (
            "needles are in nobody knows where",
            "a.id",
            "appointment AS a WHERE a.status = 'needles_in' AND NOT EXISTS"
            " (SELECT 1 FROM retention AS r WHERE r.appointment_id = a.id AND r.out_at IS NULL)",
        ),
        (
            "needles are in and the visit does not say so",
            "a.id",
            "appointment AS a JOIN retention AS r ON r.appointment_id = a.id"
            " WHERE r.out_at IS NULL AND a.status <> 'needles_in'",
        ),
        (
            "a patient is gone",
            "a.id",
            "appointment AS a WHERE NOT EXISTS (SELECT 1 FROM patient AS p WHERE p.id = a.patient_id)",
        ),
        (
            "two are in a room",
            "a.id",
            "appointment AS a JOIN appointment AS b ON b.room_id = a.room_id AND b.id <> a.id"
            " WHERE a.status = 'needles_in' AND b.status IN ('roomed', 'with_practitioner', 'needles_in')"
            " AND b.ready_at IS NULL",
        ),
        ("a count does not add up", "id", "retention WHERE count_out + kept + missing <> count_in"),
        ("needles are kept untold", "id", "retention WHERE kept > 0 AND (remove_on IS NULL OR NOT told)"),
        (
            "needles are missing in silence",
            "id",
            "retention WHERE missing > 0 AND (missing_reason = '' OR missing_by = '')",
        ),
        (
            "a day was closed over needles",
            "r.id",
            "retention AS r JOIN appointment AS a ON a.id = r.appointment_id JOIN day_close AS d ON d.until > a.starts"
            " WHERE (r.out_at IS NULL OR r.count_out IS NULL) AND d.at > r.in_at",
        ),
        (
            "what is timed ended in silence",
            "t.id",
            "timer AS t WHERE t.ended_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM audit AS e"
            " WHERE e.subject = 'appointment ' || t.appointment_id AND e.who = t.ended_by)",
        ),
    )
)
"""What may never be found: a row of any of these."""
HELD = "SELECT appointment_id FROM retention WHERE out_at IS NULL OR count_out IS NULL"
"""Who has needles in or owes a count."""


@cache
def _template() -> bytes:
    """A database with the clinic and its patients, made once: each play begins with a copy of it."""
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        path = Path(folder) / "clinic.db"
        desk = desk_on(Context(Store.open(str(path), now=MORNING), ManualClock(MORNING), "Ana"))
        desk.clinic.setup(desk.clinic.read_answers(CLINIC))
        for number in range(PEOPLE):
            desk.patients.add(PatientDetails(given=f"P{number}"))
        desk.close()
        raw = sqlite3.connect(path)
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.close()
        return path.read_bytes()


class AClinic:
    """One clinic: its file, its clock, two terminals, another program; and what is known to be in whom."""

    def __init__(self, done: Counter[str]) -> None:
        self.done = done
        self.folder = Path(tempfile.mkdtemp(dir=FOLDER))
        self.path = self.folder / "clinic.db"
        self.path.write_bytes(_template())
        self.path.chmod(0o600)
        self.clock = ManualClock(MORNING)
        self.known: dict[int, tuple[int, int | None, int | None]] = {}
        self.starts_up()

    def starts_up(self) -> None:
        """Two terminals are opened, and the other program."""
        self.desks = tuple(
            desk_on(Context(Store.open(str(self.path), now=self.clock.now()), self.clock, who)) for who in ("Ana", "Bo")
        )
        self.other = sqlite3.connect(self.path, isolation_level=None, timeout=10)

    def stops(self) -> None:
        for desk in self.desks:
            desk.close()
        self.other.close()

    def end(self) -> None:
        self.stops()
        rmtree(self.folder)

    def crashes(self, desk: Desk) -> None:
        """The PC dies in the middle of a save: what is on the disk at that moment is all there is afterwards."""
        ahead = self.folder / f"clinic{self.done['crash'] % 2}.db"
        try:
            with desk.context.writing() as writing:
                writing.connection.exec_driver_sql("UPDATE retention SET kept_out_at = 1 WHERE kept > 0")
                writing.log("torn", "crash")
                for rest in ("", "-wal", "-journal"):
                    Path(f"{ahead}{rest}").unlink(missing_ok=True)
                    if Path(f"{self.path}{rest}").exists():
                        copyfile(f"{self.path}{rest}", f"{ahead}{rest}")
                raise KeyboardInterrupt
        except KeyboardInterrupt:
            pass
        self.stops()
        for rest in ("", "-wal", "-shm", "-journal"):
            Path(f"{self.path}{rest}").unlink(missing_ok=True)
        self.path = ahead
        self.path.chmod(0o600)
        self.starts_up()

    def rows(self, sql: str) -> list[tuple[int, ...]]:
        return self.other.execute(sql).fetchall()

    def does(self, name: str, step: Callable[[], object]) -> None:
        """A step of a person's: done or refused, nobody is left behind by it."""
        try:
            step()
            self.done[name] += 1
        except Refused:
            self.done[f"{name}, refused"] += 1
        self.nobody_is_left_behind()
        self.every_needle_is_known()

    def strays(self, sql: str) -> None:
        """Another program writes where needles are in or a count is owed: refused, or nothing of that is lost.

        What it may do (raise a count that is owed, say) is another's story: this one goes on without it.
        """
        self.other.execute("BEGIN IMMEDIATE")
        try:
            self.other.execute(sql)
            self.nobody_is_left_behind(sql)
            self.done["stray, harmless"] += 1
        except sqlite3.IntegrityError:
            self.done["stray, refused"] += 1
        finally:
            self.other.execute("ROLLBACK")

    def nobody_is_left_behind(self, sql: str = "") -> None:
        found = self.other.execute(LEFT_BEHIND).fetchone()
        assert found is None, (found, sql)

    def every_needle_is_known(self) -> None:
        """Whatever went in is still on record; what was settled stands, and no count in falls once they are out."""
        rows = self.other.execute("SELECT id, count_in, out_at, count_out FROM retention").fetchall()
        now = {key: (count_in, out_at, count_out) for key, count_in, out_at, count_out in rows}
        for key, (count_in, out_at, count_out) in self.known.items():
            assert key in now, "needles that went in are nowhere"
            if count_out is not None:
                assert now[key] == (count_in, out_at, count_out), "a count that was given stands"
            elif out_at is not None:
                assert now[key][0] >= count_in, "a count in fell once the needles were out"
                assert now[key][1] == out_at
        self.known = now

    def all_is_well(self) -> None:
        """What `frontdesk check` says, and that the retentions still fit their counts."""
        self.nobody_is_left_behind()
        self.every_needle_is_known()
        assert self.desks[0].upkeep.check() == ()
