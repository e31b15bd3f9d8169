"""A house to work in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.engines import USUAL
from tests.ui.house import House


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """The usual kind of database; every kind for a test that is marked `on_both`."""
    return str(getattr(request, "param", USUAL))


@pytest.fixture
def house(where: str) -> Iterator[House]:
    """Monday, 10:00, two rooms, nobody booked."""
    made = House(where)
    made.set_up()
    yield made
    made.close()


@pytest.fixture
def empty_house(nowhere: str) -> Iterator[House]:
    """A database nobody has opened yet."""
    made = House(nowhere)
    yield made
    made.close()
