"""What a kind of database must be able to do for a `Store`: the one seam between SQLite and PostgreSQL.

Everything else in this package is the same on both: a `Question` where it only asks, SQLAlchemy Core where it writes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from pendulum import DateTime
    from sqlalchemy import Connection

    from frontdesk.store.identity import Identity
    from frontdesk.store.question import Glance

One = Callable[[str], tuple[Any, ...] | None]
"""Gives the first row of a query; each database's driver has its own way."""


class Change(Struct, frozen=True):
    """One entry of the log, as far as a screen needs it to know what to load again.

    `seq` 0 and `what` "unknown" stand for a write that logged nothing, by another program: load everything again.
    """

    seq: int
    what: str
    subject: str
    who: str


def lacking(shown: str, names: Sequence[str]) -> str:
    """What is said of a database without all its safeguards, and how it gets them back."""
    return (
        f"{shown} lacks safeguards that it was made with ({', '.join(names)}): another program changed it."
        " `frontdesk check` says what else is wrong; `frontdesk backup FILE`, then `frontdesk restore FILE`, puts it"
        " back as it is now with all of them"
    )


UNKNOWN = Change(0, "unknown", "", "")


class Feed(Protocol):
    """Waits for commits; one thread waits, any may wake or close it."""

    def wait(self, timeout_s: float) -> tuple[Change, ...]:
        """The changes since the last call, as soon as there are any; nothing after `timeout_s` seconds or a `wake`."""
        ...

    def wake(self) -> None:
        """Ends the present wait (or the next one) at once."""
        ...

    def close(self) -> None:
        """Ends the wait and lets go of the database."""
        ...


class Backend(Protocol):
    """An open database of one kind."""

    identity: Identity
    """What must not change under a session."""
    created: bool
    """Whether this opening made the tables."""
    facts: Mapping[str, str]
    """What `meta` said when it was opened."""

    @property
    def shown(self) -> str:
        """Where the database is, fit to be shown: no password in it, no control codes."""
        ...

    @property
    def folder(self) -> Path:
        """Where copies go unless said otherwise."""
        ...

    @property
    def name(self) -> str:
        """What copies are named after."""
        ...

    def now(self) -> DateTime | None:
        """The time by the server's clock, UTC; None where no other machine is asked."""
        ...

    def verify(self) -> None:
        """Raises `Unavailable` when the database is visibly not the one that was opened; costs microseconds."""
        ...

    def get_ready(self) -> None:
        """Makes whatever `writing` would else wait for."""
        ...

    def glance(self) -> AbstractContextManager[Glance]:
        """The driver's connection inside a transaction that sees one moment: enough for a `Question`."""
        ...

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection inside a transaction that sees one moment and writes nothing."""
        ...

    def reading_all(self) -> AbstractContextManager[Connection]:
        """The same for reading everything there is, which may take minutes and holds nobody up."""
        ...

    def writing(self) -> AbstractContextManager[Connection]:
        """A connection whose transaction no other writer shares; saved when it is left normally."""
        ...

    def one(self, connection: Connection) -> One:
        """How a row is read on that connection at the least cost."""
        ...

    def mark(self, connection: Connection) -> object:
        """Equal to an earlier mark of the same transaction as long as nothing was written in between."""
        ...

    def feed(self) -> Feed:
        """Commits from now on, with a connection of its own."""
        ...

    def backup(self, target: Path) -> None:
        """Copies the database to the new SQLite file `target`."""
        ...

    def damage(self) -> list[str]:
        """What is wrong with the storage itself; as long as there is any, what the tables say proves nothing."""
        ...

    def problems(self) -> list[str]:
        """What else is wrong below the tables: rows that point nowhere, permissions, numbers that would clash."""
        ...

    def missing_guards(self, connection: Connection) -> tuple[str, ...]:
        """Names of safeguards that are absent or not what they should be."""
        ...

    def close(self) -> None:
        """Lets go of the database."""
        ...
