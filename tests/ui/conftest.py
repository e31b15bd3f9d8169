"""A house to work in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from frontdesk.clock import ManualClock
from frontdesk.desk.context import Context
from frontdesk.desk.open import desk_on
from frontdesk.store.engine import Store
from frontdesk.ui import router
from tests.engines import USUAL
from tests.ui.day_clinic import CLINIC, Clinic, local
from tests.ui.house import House

PARSE = Stylesheet._parse_rules


@pytest.fixture(scope="session", autouse=True)
def style_sheets_parsed_once() -> Iterator[None]:
    """Apps of one process share what their style sheets are parsed into: each parses them several times otherwise."""
    parsed: dict[tuple[Any, ...], list[RuleSet]] = {}

    def parse_once(sheet: Stylesheet, css: str, *how: Any, **more: Any) -> list[RuleSet]:
        key = (css, frozenset(sheet._variables.items()), how, *more.items())
        if key not in parsed:
            parsed[key] = PARSE(sheet, css, *how, **more)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        yield


@pytest.fixture
def parsed_by_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Apps parse for themselves, as they do for users."""
    monkeypatch.setattr(Stylesheet, "_parse_rules", PARSE)


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """The usual kind of database; every kind for a test that is marked `on_both`."""
    return str(getattr(request, "param", USUAL))


@pytest.fixture
def patient_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys wait for the database as long as it takes: on a starved machine they would be dropped, as it says."""
    monkeypatch.setattr(router, "READ_LIMIT_S", 60.0)


@pytest.fixture
def where(patient_keys: None, where: str) -> str:
    """The same database, for a person who waits for it."""
    return where


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


@pytest.fixture
def clinic(where: str) -> Iterator[Clinic]:
    """Monday, 09:50."""
    clock = ManualClock(local("09:50"))
    desk = desk_on(Context(Store.open(where, now=clock.now()), clock, "Ana"))
    desk.clinic.setup(desk.clinic.read_answers(CLINIC))
    yield Clinic(desk, clock, where)
    desk.close()
