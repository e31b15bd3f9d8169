"""The real program on a wall clock that can be set while it runs, by libfaketime; the boot-time clock stays real."""

from __future__ import annotations

import glob
from pathlib import Path

import pendulum
from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.clock import Reading, SystemClock
from frontdesk.desk.booking import Request
from frontdesk.desk.context import Context
from frontdesk.desk.open import Desk, desk_on
from frontdesk.domain.patient import PatientDetails
from frontdesk.store.engine import Store
from tests.program.pty import Program

FOLDERS = ("/usr/lib/*/faketime", "/usr/lib/faketime", "/usr/local/lib/faketime")
MINUTES = 25
NIGHTS = {
    "London, an hour is skipped": ("Europe/London", pendulum.datetime(2026, 3, 29, 1)),
    "London, an hour comes twice": ("Europe/London", pendulum.datetime(2026, 10, 25, 1)),
    "Lord Howe, half an hour is skipped": ("Australia/Lord_Howe", pendulum.datetime(2026, 10, 3, 15, 30)),
    "Lord Howe, half an hour comes twice": ("Australia/Lord_Howe", pendulum.datetime(2026, 4, 4, 15)),
}
"""Where and when (UTC) the clocks of a place change in 2026."""


def library() -> Path | None:
    """libfaketime, where it is installed (Debian's `faketime`)."""
    found = [path for folder in FOLDERS for path in glob.glob(f"{folder}/libfaketime.so.1")]
    return Path(found[0]) if found else None


class Ago(SystemClock, frozen=True):
    """The machine's clocks some seconds ago, the wall clock moreover set apart."""

    ago_s: float = 0.0

    @staticmethod
    def of(ago_s: float, apart_s: float) -> Ago:
        """So many seconds ago, and so far from the real time."""
        return Ago(round((apart_s - ago_s) * 1000), ago_s)

    def reading(self) -> Reading:
        """Both, as they were."""
        now = super().reading()
        return replace(now, boot_ms=now.boot_ms - round(self.ago_s * 1000))


class SetClock:
    """A clinic with one visit, and a wall clock that can be set."""

    def __init__(self, folder: Path, *, zone: str = "UTC", shown: DateTime | None = None) -> None:
        """`shown` is what the wall clock says at first, the real time by default."""
        self.path = folder / "clinic.db"
        self._file = folder / "faketime"
        self._zone = zone
        self.apart_s = 0 if shown is None else round((shown - pendulum.now("UTC")).total_seconds())
        """How far from the real time the wall clock is before it is set."""
        self.set_by(0)
        clock = Ago.of(MINUTES * 60, self.apart_s)
        desk = self._desk(clock)
        hours = {day: ["00:00-24:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
        lengths = {"consultation": 10, "insertion": 5, "retention": [20, 30], "removal": 5, "turnover": 5}
        clinic = {"name": "Set Clinic", "timezone": zone, "phone_region": "CA", "slot_minutes": 5}
        answers = {
            "clinic": clinic,
            "hours": hours,
            "rooms": [{"name": "Room 1"}],
            "practitioners": [{"name": "Dr Lin"}],
            "services": [{"name": "Follow-up", **lengths}],
        }
        desk.clinic.setup(desk.clinic.read_answers(answers))
        patient = desk.patients.add(PatientDetails(given="Maria", family="Garcia"))
        starts = clock.now().set(second=0, microsecond=0)
        starts = starts.subtract(minutes=starts.minute % 5)
        request = Request(patient.id, "Follow-up", "Dr Lin", starts, "Room 1", squeeze=True)
        self._visit = desk.booking.book(request).appointment.id
        desk.close()

    def put_in(self, *, due_in: float) -> None:
        """Puts needles in so long ago, by both clocks, that they are due so many seconds from now."""
        desk = self._desk(Ago.of(MINUTES * 60 - due_in, self.apart_s))
        desk.needles.put_in(self._visit, 12, minutes=MINUTES)
        desk.close()

    def _desk(self, clock: Ago) -> Desk:
        return desk_on(Context(Store.open(str(self.path), now=clock.now()), clock, "Ana"))

    def set_by(self, seconds: int) -> None:
        """Sets the wall clock so far from where it would be if nobody had touched it."""
        scratch = self._file.with_suffix(".new")
        scratch.write_text(f"{self.apart_s + seconds:+d}\n", encoding="ascii")
        scratch.replace(self._file)

    def start(self, *, size: tuple[int, int] = (120, 40)) -> Program:
        """The dashboard on that clock."""
        found = library()
        assert found is not None
        env = {
            "LD_PRELOAD": str(found),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_DONT_RESET": "1",
            "TZ": self._zone,
            "XDG_STATE_HOME": str(self.path.parent),
            "XDG_CONFIG_HOME": str(self.path.parent),
        }
        return Program("-m", "frontdesk", "--db", str(self.path), size=size, env=env)
