"""The one bootstrap: opens the database and wires the real clock and the real store into the use cases."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from frontdesk.clock import Clock, ServerClock, SystemClock
from frontdesk.desk.context import Context
from frontdesk.store.engine import Store

if TYPE_CHECKING:
    from frontdesk.desk.alarms import Alarms
    from frontdesk.desk.blocks import Blocks
    from frontdesk.desk.booking import Booking
    from frontdesk.desk.clinic import ClinicDesk
    from frontdesk.desk.closing import Closing
    from frontdesk.desk.days import Days
    from frontdesk.desk.duplicates import Duplicates
    from frontdesk.desk.exporting import Exports
    from frontdesk.desk.files import Files
    from frontdesk.desk.hand_over import HandOver
    from frontdesk.desk.lengthening import Lengthening
    from frontdesk.desk.log import Log
    from frontdesk.desk.lookup import Lookup
    from frontdesk.desk.needles import Needles
    from frontdesk.desk.next_visits import NextVisits
    from frontdesk.desk.offering import Offering
    from frontdesk.desk.packages import Packages
    from frontdesk.desk.papers import Papers
    from frontdesk.desk.patients import Patients
    from frontdesk.desk.plans import Plans
    from frontdesk.desk.recall_list import RecallList
    from frontdesk.desk.recalls import Recalls
    from frontdesk.desk.records import Records
    from frontdesk.desk.reminders import Reminders
    from frontdesk.desk.reports import Reports
    from frontdesk.desk.saying import Saying
    from frontdesk.desk.series import Series
    from frontdesk.desk.timekeeper import Timekeeper
    from frontdesk.desk.timers import Timers
    from frontdesk.desk.transfer import Transfer
    from frontdesk.desk.undo import Undo
    from frontdesk.desk.upkeep import Upkeep
    from frontdesk.desk.visits import Visits
    from frontdesk.desk.waiting import WaitingList
    from frontdesk.desk.walk_ins import WalkIns
    from frontdesk.desk.watch import Watch
    from frontdesk.desk.worklists import Worklists

_SUBJECTS: dict[str, tuple[str, ...]] = {
    "alarms": ("alarms:Alarms",),
    "blocks": ("blocks:Blocks",),
    "booking": ("booking:Booking",),
    "clinic": ("clinic:ClinicDesk",),
    "closing": ("closing:Closing",),
    "days": ("days:Days",),
    "duplicates": ("duplicates:Duplicates",),
    "exports": ("exporting:Exports",),
    "files": ("files:Files",),
    "hand_over": ("hand_over:HandOver",),
    "lengthening": ("lengthening:Lengthening",),
    "log": ("log:Log",),
    "lookup": ("lookup:Lookup",),
    "needles": ("needles:Needles",),
    "next_visits": ("next_visits:NextVisits",),
    "offering": ("offering:Offering", "booking"),
    "papers": ("papers:Papers",),
    "packages": ("packages:Packages",),
    "patients": ("patients:Patients",),
    "plans": ("plans:Plans",),
    "recall_list": ("recall_list:RecallList",),
    "recalls": ("recalls:Recalls",),
    "records": ("records:Records",),
    "reminders": ("reminders:Reminders",),
    "reports": ("reports:Reports",),
    "saying": ("saying:Saying", "booking", "lookup", "series"),
    "series": ("series:Series",),
    "timers": ("timers:Timers",),
    "transfer": ("transfer:Transfer",),
    "undo": ("undo:Undo",),
    "upkeep": ("upkeep:Upkeep",),
    "visits": ("visits:Visits",),
    "waiting": ("waiting:WaitingList", "booking"),
    "walk_ins": ("walk_ins:WalkIns", "booking"),
    "worklists": ("worklists:Worklists", "waiting", "reminders"),
}
"""Where the use cases of each subject live, and the other subjects they work with.

Loaded when they are first asked for: all together take as long to load as SQLAlchemy, and a verb needs one or two.
"""


class Desk:
    """Everything a receptionist can do, by subject; made by `open_desk`."""

    alarms: Alarms
    blocks: Blocks
    booking: Booking
    clinic: ClinicDesk
    closing: Closing
    days: Days
    duplicates: Duplicates
    exports: Exports
    files: Files
    hand_over: HandOver
    lengthening: Lengthening
    log: Log
    lookup: Lookup
    needles: Needles
    next_visits: NextVisits
    offering: Offering
    papers: Papers
    packages: Packages
    patients: Patients
    plans: Plans
    recall_list: RecallList
    recalls: Recalls
    records: Records
    reminders: Reminders
    reports: Reports
    saying: Saying
    series: Series
    timers: Timers
    transfer: Transfer
    undo: Undo
    upkeep: Upkeep
    visits: Visits
    waiting: WaitingList
    walk_ins: WalkIns
    worklists: Worklists

    def __init__(self, context: Context) -> None:
        self.context = context

    def __getattr__(self, name: str) -> object:
        """A subject that is asked for the first time."""
        if name not in _SUBJECTS:
            raise AttributeError(name)
        where, *others = _SUBJECTS[name]
        module, _, use_cases = where.partition(":")
        make = getattr(import_module(f"frontdesk.desk.{module}"), use_cases)
        made = make(self.context, *(getattr(self, other) for other in others))
        return self.__dict__.setdefault(name, made)

    @property
    def clock(self) -> Clock:
        """The clock every use case goes by."""
        return self.context.clock

    @property
    def time(self) -> Timekeeper:
        """What puts retentions right where the clock was set."""
        return self.context.time

    @property
    def database_id(self) -> str:
        """What tells this database from any other."""
        return self.context.store.database_id

    @property
    def actor(self) -> str:
        """In whose name changes are logged."""
        return self.context.actor

    def get_ready(self) -> None:
        """Loads what the first change would else wait for; takes a fifth of a second."""
        self.context.store.get_ready()

    def watch(self) -> Watch:
        """A feed of changes, with a connection of its own; close it when done."""
        from frontdesk.desk.watch import Watch

        return Watch(self.context)

    def close(self) -> None:
        """Lets the database go."""
        self.context.store.close()


def open_desk(where: str, actor: str, *, clock: Callable[[int], Clock] = SystemClock, create: bool = True) -> Desk:
    """Opens (or creates, or migrates) the database at a path or URL; raises `Unavailable` saying why it can't.

    Without `create`, one that is not there is refused. `clock` makes the clock from the database's own offset: a
    demo clinic runs on its own time in every process.
    """
    store = Store.open(where, now=SystemClock().now(), create=create)
    made = clock(store.clock_offset_ms)
    if isinstance(made, SystemClock) and store.server_now() is not None:
        made = ServerClock(store.asked_now, made, store.clock_offset_ms)
    return desk_on(Context(store, made, actor))


def desk_on(context: Context) -> Desk:
    """The use cases over a context that stands already: tests pass their own clock."""
    return Desk(context)
