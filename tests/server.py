"""A PostgreSQL server for the tests: made in a temporary folder, run by an unprivileged user, gone with them."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pendulum
import psycopg

from frontdesk.store.engine import Store
from frontdesk.store.schema import metadata

OWNER = "frontdesk"
"""The role that owns everything; it needs no password from this machine."""
GUARDED = "lin"
"""A role that the server asks for its password, `SECRET`."""
SECRET = "hunter2 & co"
PATIENCE_S = 60.0
MADE_AT = pendulum.datetime(2026, 11, 23, 10, 42, tz="UTC")
"""When the tests' databases were made, by what is written in them."""
_SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = '{folder}'
port = {port}
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = 32MB
max_connections = 60
autovacuum = off
logging_collector = off
"""
_HBA = f"""
local all {GUARDED} scram-sha-256
host all {GUARDED} 127.0.0.1/32 scram-sha-256
local all all trust
host all all 127.0.0.1/32 trust
"""


def _wash() -> str:
    """Ends other sessions, empties what is not empty, counts from one again what was counted.

    A table that nothing was written to costs a look; `ALTER SEQUENCE` and `TRUNCATE` would make a file for each.
    """
    steps = [
        "PERFORM pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid();",
        "SET LOCAL session_replication_role = replica;",  # the guards would keep the log
    ]
    steps += [f"DELETE FROM {table.name};" for table in reversed(metadata.sorted_tables)]
    steps.append(
        "PERFORM setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)"
        " FROM pg_sequences WHERE last_value IS NOT NULL;"
    )
    return f"DO $wash$ BEGIN {' '.join(steps)} END $wash$"


_WASH = _wash()


def binaries() -> Path | None:
    """The folder with `initdb` and `postgres`: on the PATH, or where Debian and others keep the newest."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    for parent in ("/usr/lib/postgresql", "/usr/local/pgsql", "/opt/homebrew/opt"):
        folders += sorted(Path(parent).glob("*/bin"), key=lambda one: one.parent.name.rjust(20), reverse=True)
    return next((one for one in folders if (one / "initdb").exists() and (one / "postgres").exists()), None)


def _runner() -> dict[str, Any]:
    """Who runs it: not root, which the server refuses."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise RuntimeError("neither postgres nor nobody is a user of this machine")


def _end_with_parent() -> None:
    """Has the kernel stop the server when the test process dies, however it dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGQUIT, 0, 0, 0)


class Server:
    """A server of one's own on a free loopback port."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._user = _runner()
        self.folder = Path(tempfile.mkdtemp(prefix="frontdesk-pg-", dir="/tmp"))
        if self._user:
            os.chown(self.folder, self._user["user"], self._user["group"])
        self._environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": str(self.folder)}
        self._number = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._washed: list[str] = []
        self._meta: dict[str, list[tuple[Any, ...]]] = {}
        self._washers: dict[str, psycopg.Connection[Any]] = {}
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        data = self.folder / "data"
        subprocess.run(
            [str(programs / "initdb"), "-D", str(data), "-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-sync"],
            **self._options(),
            check=True,
            stdout=subprocess.DEVNULL,
        )
        with (data / "postgresql.conf").open("a") as settings:
            settings.write(_SETTINGS.format(folder=self.folder, port=self.port))
        (data / "pg_hba.conf").write_text(_HBA)
        self.start()
        with self.admin() as connection:
            connection.execute(f"CREATE ROLE {GUARDED} LOGIN PASSWORD '{SECRET}'")

    def _options(self) -> dict[str, Any]:
        return {**self._user, "env": self._environment, "cwd": self.folder}

    def start(self) -> None:
        """Starts it and waits until it answers."""
        log = (self.folder / "log").open("ab")
        with log:
            self._process = subprocess.Popen(
                [str(self._programs / "postgres"), "-D", str(self.folder / "data")],
                **self._options(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=_end_with_parent,
            )
        until = time.monotonic() + PATIENCE_S
        while True:
            try:
                psycopg.connect(self._conninfo("postgres")).close()
                return
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > until:
                    raise
                time.sleep(0.05)

    @property
    def is_running(self) -> bool:
        """Whether it was started and not stopped since."""
        return self._process is not None

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stops it at once, closing the sessions; SIGQUIT is quicker and as good as a crash, so that data is lost."""
        while self._washers:
            self._washers.popitem()[1].close()
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(PATIENCE_S)
            self._process = None

    def remove(self) -> None:
        """Stops it and removes everything it wrote."""
        try:
            self.stop(signal.SIGQUIT)
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _conninfo(self, database: str) -> str:
        return f"host={self.folder} port={self.port} user={OWNER} dbname={database}"

    @contextmanager
    def admin(self, database: str = "postgres") -> Iterator[psycopg.Connection[Any]]:
        """A session of the owner's, each statement a transaction of its own."""
        connection = psycopg.connect(self._conninfo(database), autocommit=True)
        try:
            yield connection
        finally:
            connection.close()

    def url(self, database: str, *, user: str = OWNER, host: str = "127.0.0.1") -> str:
        """A database as `--db` takes it."""
        return f"postgresql+psycopg://{user}@{host}:{self.port}/{database}"

    def create(self, more: str = "", *, like: str = "template0") -> str:
        """A new database with nothing in it, or with what is in another that nobody uses now; gives its name."""
        self._number += 1
        name = f"clinic_{self._number}"
        with self.admin() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {like} {more}")
        return name

    def drop(self, name: str) -> None:
        """Removes a database, whoever is in it."""
        with self.admin() as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def borrow(self) -> str:
        """A database with frontdesk's tables and nothing in them: one that was given back, or a new one."""
        if self._washed:
            return self._washed.pop()
        name = self.create()
        Store.open(self.url(name), now=MADE_AT).close()
        with self.admin(name) as connection:
            self._meta[name] = connection.execute("SELECT key, value FROM meta").fetchall()
        return name

    def give_back(self, name: str) -> None:
        """Empties a borrowed database, which takes a hundredth of the time that a new one takes."""
        for _ in range(2):
            washer = self._washers.pop(name, None)
            if washer is None:
                washer = psycopg.connect(self._conninfo(name), autocommit=True)
            with suppress(psycopg.OperationalError):
                washer.execute(_WASH)
                washer.cursor().executemany("INSERT INTO meta (key, value) VALUES (%s, %s)", self._meta[name])
                # One that knows the tables already takes a third of the time, unless the server was stopped meanwhile.
                self._washers[name] = washer
                self._washed.append(name)
                return
            washer.close()
        raise AssertionError(f"{name} can't be emptied")
