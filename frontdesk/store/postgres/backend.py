"""A PostgreSQL database as the database of a `Store`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psycopg
from pendulum import DateTime, from_timestamp
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from frontdesk.config import default_database
from frontdesk.domain.errors import Unavailable, Unsound
from frontdesk.store.backend import Feed, One, lacking
from frontdesk.store.copying import write_file
from frontdesk.store.identity import Identity, newest_entry
from frontdesk.store.migrate import HEAD
from frontdesk.store.postgres import guards, migrate, rules
from frontdesk.store.postgres.feed import ServerFeed
from frontdesk.store.postgres.link import UNHURRIED, engine_for
from frontdesk.store.postgres.place import Place, place_of
from frontdesk.store.postgres.state import dangling, unlogged, unsound
from frontdesk.store.postgres.taking import file_name
from frontdesk.store.question import Glance
from frontdesk.store.sqlite import BUSY_SECONDS

_DOUBT_SECONDS = 5.0
"""How long to ask a server that was lost at the moment of saving whether it saved."""


class ServerBackend:
    """One database on a server, shared by the processes of many computers."""

    def __init__(
        self, engine: Engine, place: Place, schema: str, identity: Identity, facts: Mapping[str, str], *, created: bool
    ) -> None:
        self._engine = engine
        self.place = place
        self.schema = schema
        self.identity = identity
        self.facts = facts
        self.created = created

    @classmethod
    def open(cls, where: str, *, now: DateTime, create: bool = True) -> ServerBackend:
        """Opens, creates (if `create`) or upgrades the tables; raises `Unavailable` with the reason if it can't."""
        place = place_of(where)
        with ExitStack() as opened:
            engine = engine_for(place, busy_seconds=BUSY_SECONDS)
            opened.callback(engine.dispose)
            with engine.connect() as connection:
                found = migrate.revision(connection, place)
            if found is None and not create:
                raise Unavailable(f"{place.shown} is empty; name a clinic's database")
            created = found != HEAD and migrate.upgrade(place, now=now)
            with engine.connect() as connection:
                one = _first(connection)
                schema = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
                facts = {row.key: row.value for row in connection.exec_driver_sql("SELECT key, value FROM meta")}
                landmark = newest_entry(one)
                lost = guards.missing(connection)
            if lost:
                raise Unsound(lacking(place.shown, lost))
            opened.pop_all()
        identity = Identity(place.shown, facts["database_id"], HEAD, landmark)
        return cls(engine, place, schema, identity, facts, created=created)

    @property
    def shown(self) -> str:
        """The URL without its password."""
        return self.place.shown

    @property
    def folder(self) -> Path:
        """Where a file would be: the platform's data folder."""
        return default_database().parent

    @property
    def name(self) -> str:
        """The database's."""
        return file_name(self.place)

    def now(self) -> DateTime | None:
        """The server's clock."""
        with self._engine.connect() as connection:
            seconds = connection.exec_driver_sql("SELECT extract(epoch FROM clock_timestamp())").scalar_one()
        return from_timestamp(float(seconds))

    def verify(self) -> None:
        """Nothing can be seen from outside: a server that is gone says so when it is asked."""

    def get_ready(self) -> None:
        """Nothing is left to make: the server was found with it."""

    @contextmanager
    def glance(self) -> Iterator[Glance]:
        """On the driver's connection under one of SQLAlchemy's."""
        with self.reading() as connection:
            connection.begin()
            yield Glance(connection.connection.driver_connection, is_server=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """All queries see the moment of the first."""
        with self._engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            line = connection.connection.driver_connection
            assert isinstance(line, psycopg.Connection)
            line.read_only = True
            try:
                yield connection
                if not line.closed:
                    connection.commit()  # after a rollback the driver forgets all that it has prepared
            finally:
                if not line.closed:
                    connection.rollback()
                    line.read_only = None  # as the server has it: a standby refuses to be told otherwise

    @contextmanager
    def reading_all(self) -> Iterator[Connection]:
        """Readers hold nobody up; only the time they may take is lifted."""
        with self.reading() as connection:
            for setting in UNHURRIED:
                connection.exec_driver_sql(setting.replace("SET ", "SET LOCAL "))
            self.identity.verify_content(_first(connection))
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Waits for the one writer that is before; a commit whose answer was lost is asked for."""
        with (
            self._engine.connect().execution_options(isolation_level="READ COMMITTED") as connection,
            connection.begin() as transaction,
        ):
            connection.exec_driver_sql(f"SELECT {rules.LOCK.format(schema='current_schema()')}")
            yield connection
            number = self.mark(connection)
            try:
                transaction.commit()
            except DBAPIError as error:
                if not error.connection_invalidated or number is None or not self._was_saved(str(number)):
                    raise

    def _was_saved(self, number: str) -> bool:
        """Whether the transaction of that number, whose commit got no answer, was committed after all."""
        until = monotonic() + _DOUBT_SECONDS
        while True:
            with suppress(DBAPIError, Unavailable), self._engine.connect() as connection:
                status = connection.exec_driver_sql(f"SELECT pg_xact_status('{int(number)}'::xid8)").scalar()
                if status != "in progress":
                    return status == "committed"
            if monotonic() >= until:
                raise Unavailable(
                    "the connection was lost at the moment of saving; look at `frontdesk log` whether it was saved"
                    " before you do it again"
                )
            sleep(0.2)

    def one(self, connection: Connection) -> One:
        """Within the connection's transaction."""
        return _first(connection)

    def mark(self, connection: Connection) -> object:
        """The transaction's number, which it gets when it writes for the first time."""
        return connection.exec_driver_sql("SELECT pg_current_xact_id_if_assigned()::text").scalar()

    def feed(self) -> Feed:
        """By LISTEN, on a connection of its own."""
        return ServerFeed(self.place, self.schema, self.identity)

    def backup(self, target: Path) -> None:
        """A SQLite file with the same rows, from one moment: what a backup of a file is, and restored as one."""
        with self.reading_all() as connection:
            write_file(connection, target, judged=False)

    def damage(self) -> list[str]:
        """Indexes and constraints that the server itself calls invalid."""
        with self.reading() as connection:
            return unsound(connection)

    def problems(self) -> list[str]:
        """Rows that point nowhere, which a server with its triggers shut off lets in; entries that are gone."""
        with self.reading_all() as connection:
            return dangling(connection) + unlogged(connection)

    def missing_guards(self, connection: Connection) -> tuple[str, ...]:
        """Compares functions, triggers and constraints with what they should be."""
        return guards.missing(connection)

    def close(self) -> None:
        """Closes the connections."""
        self._engine.dispose()


def _first(connection: Connection) -> One:
    def first(query: str) -> tuple[Any, ...] | None:
        row = connection.exec_driver_sql(query).first()
        return None if row is None else tuple(row)

    return first
