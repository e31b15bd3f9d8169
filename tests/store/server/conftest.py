"""A store on a PostgreSQL server, and another program at the same database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from frontdesk.store.engine import Store
from tests.foreign import Foreign
from tests.store.conftest import NOW


@pytest.fixture
def store(fresh_url: str) -> Iterator[Store]:
    store = Store.open(fresh_url, now=NOW)
    yield store
    store.close()


@pytest.fixture
def other(fresh_url: str) -> Iterator[Foreign]:
    other = Foreign(fresh_url)
    yield other
    other.close()
