"""Both kinds of database, for every test that asks for `where`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server import Server, binaries

ENGINES = ("sqlite", "postgresql")


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
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new database of each kind: a path, then a URL."""
    return new_database(request, tmp_path)


def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new database of the kind is that a fixture's parameter names."""
    return str(tmp_path / "clinic.db") if request.param == "sqlite" else str(request.getfixturevalue("fresh_url"))
