"""Both kinds of database, for every test that asks for `where`."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from frontdesk.clock import SystemClock
from frontdesk.demo import build_demo, demo_moment
from frontdesk.store.copy import copy
from frontdesk.store.engine import Store
from tests.engines import CHOSEN, ENGINES, KINDS
from tests.server import MADE_AT, Server, binaries

DEMO_AT = demo_moment("2026-11-23 10:40")
TESTS_TO_A_SWEEP = 100
_finished = 0


def pytest_configure() -> None:
    """Refuses a kind of database that there is not."""
    if CHOSEN not in ("", *KINDS):
        raise pytest.UsageError(f"FRONTDESK_ENGINE is {CHOSEN!r}; it takes {' or '.join(KINDS)}")


def pytest_collection_finish() -> None:
    """Keeps what is there for good out of the search for garbage: that would be a third of the tests' time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Frees what closed apps left behind, before it is much; where tests run, not where they are told of."""
    del item
    global _finished
    _finished += 1
    if _finished % TESTS_TO_A_SWEEP == 0:
        gc.collect()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server of this test process; its tests are skipped where none is installed."""
    programs = binaries()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed here (Debian: apt-get install postgresql)")
    made = Server(programs)
    try:
        yield made
    finally:
        made.remove()


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with frontdesk's tables and nothing in them, to be copied: making one takes ten times as long."""
    path = tmp_path_factory.mktemp("blank") / "clinic.db"
    Store.open(str(path), now=MADE_AT).close()
    return path


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo clinic in the middle of its morning, in a file that nobody may write to; see `demo_where`."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    build_demo(str(path), at=DEMO_AT)
    return path


@pytest.fixture(scope="session")
def demo_on_server(server: Server, demo: Path) -> str:
    """The name of the database that it is in on the server, where nobody may use it."""
    name = server.create()
    now = SystemClock().now()
    copy(str(demo), server.url(name), who="Ana", clock=lambda offset: SystemClock(offset).now(), now=now)
    return name


@pytest.fixture
def fresh_url(server: Server) -> Iterator[str]:
    """A PostgreSQL database with frontdesk's tables and nothing in them; they may not be altered."""
    name = server.borrow()
    yield server.url(name)
    server.give_back(name)


@pytest.fixture
def empty_url(server: Server) -> Iterator[str]:
    """A PostgreSQL database with nothing in it at all."""
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Which kind of database `where` is."""
    return str(request.param)


@pytest.fixture
def where(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with frontdesk's tables and nothing in them: a file's path, or a URL."""
    if engine == "postgresql":
        return str(request.getfixturevalue("fresh_url"))
    return str(shutil.copy(request.getfixturevalue("blank"), tmp_path / "clinic.db"))


@pytest.fixture
def nowhere(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where no clinic is yet: a path at which there is no file, or a URL of a database with nothing in it."""
    return str(request.getfixturevalue("empty_url") if engine == "postgresql" else tmp_path / "clinic.db")


@pytest.fixture
def demo_copy(demo: Path, tmp_path: Path) -> Path:
    """A demo clinic of one's own, in a file."""
    return Path(shutil.copy(demo, tmp_path / "demo.db"))


@pytest.fixture
def demo_url(server: Server, demo_on_server: str) -> Iterator[str]:
    """A demo clinic of one's own on a PostgreSQL server."""
    name = server.create(like=demo_on_server)
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def demo_where(engine: str, request: pytest.FixtureRequest) -> str:
    """A demo clinic of one's own: a file's path, or a URL."""
    return str(request.getfixturevalue("demo_url" if engine == "postgresql" else "demo_copy"))
