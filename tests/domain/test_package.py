"""Packages: what is left, until when, and which one a visit is taken from."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from frontdesk.domain.package import Left, Package, to_use, wrong_with_package
from frontdesk.domain.phases import Service

TODAY = date(2026, 11, 23)
FOLLOW_UP, INITIAL = Service(1, "Follow-up", 10, 5, 20, 30, 25, 5, 5), Service(2, "Initial", 20, 5, 20, 30, 25, 5, 5)
TEN = Package(1, 1, 7, 10, date(2026, 9, 1), "Ana")


def test_what_is_left_is_told_with_its_last_day() -> None:
    assert Left(TEN, 7).words(TODAY) == "3 of 10 left"
    assert Left(replace(TEN, service=FOLLOW_UP, expires_on=date(2026, 12, 31)), 7).words(TODAY) == (
        "3 of 10 left, Follow-up, expires 31.12.2026"
    )
    over = Left(replace(TEN, expires_on=date(2026, 11, 22)), 7)
    assert over.words(TODAY).endswith("EXPIRED 22.11.2026")
    assert not over.is_usable(TODAY)
    assert Left(replace(TEN, expires_on=TODAY), 7).is_usable(TODAY)
    assert not Left(TEN, 10).is_usable(TODAY)


def test_what_expires_first_is_used_first_and_only_for_its_service() -> None:
    never = Left(TEN)
    soon = Left(replace(TEN, id=2, expires_on=date(2026, 12, 1)))
    later = Left(replace(TEN, id=3, expires_on=date(2027, 12, 1), bought_on=date(2026, 1, 1)))
    initial = Left(replace(TEN, id=4, service=INITIAL, expires_on=TODAY))
    every = (never, later, soon, initial)
    assert to_use(every, FOLLOW_UP, TODAY) is soon
    assert to_use(every, INITIAL, TODAY) is initial
    assert to_use((never, later), FOLLOW_UP, TODAY) is later
    assert to_use((replace(soon, used=10), never), FOLLOW_UP, TODAY) is never
    assert to_use((initial,), FOLLOW_UP, TODAY) is None


def test_everything_wrong_is_said_at_once() -> None:
    found = wrong_with_package(0, date(2026, 11, 24), date(2026, 11, 1), TODAY)
    assert [one.where for one in found] == ["visits", "bought_on", "expires_on"]
