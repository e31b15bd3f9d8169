"""A house to work in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.house import House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Monday, 10:00, two rooms, nobody booked."""
    made = House(tmp_path / "clinic.db")
    made.set_up()
    yield made
    made.close()


@pytest.fixture
def empty_house(tmp_path: Path) -> Iterator[House]:
    """A database nobody has opened yet."""
    made = House(tmp_path / "clinic.db")
    yield made
    made.close()
