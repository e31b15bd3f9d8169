"""Prepaid packages: so many visits bought, each check-out uses one. How many are left, and until when; no money."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from frontdesk.domain.errors import Problem
from frontdesk.domain.phases import Service
from frontdesk.domain.privacy import is_private
from frontdesk.domain.time_text import date_text

MOST_VISITS = 200
"""Visits of one package."""
FEW_DAYS = 30
"""Days before it expires from which that is worth a warning."""


class Package(Struct, frozen=True):
    """What was bought; `service` None is any, `expires_on` is the last day it may be used on (None: never expires)."""

    id: int
    version: int
    patient_id: int
    visits: int
    bought_on: date
    sold_by: str
    service: Service | None = None
    expires_on: date | None = None


class Left(Struct, frozen=True):
    """A package with how many of its visits were used."""

    package: Package
    used: int = 0

    @property
    def left(self) -> int:
        """Visits not used yet."""
        return max(0, self.package.visits - self.used)

    def has_expired(self, day: date) -> bool:
        """Whether its last day has passed."""
        return self.package.expires_on is not None and self.package.expires_on < day

    def is_usable(self, day: date) -> bool:
        """Whether a visit of that day may still be taken from it."""
        return self.left > 0 and not self.has_expired(day)

    def is_ending(self, day: date) -> bool:
        """Whether it is the last visit, or expires within days: worth a word."""
        expires = self.package.expires_on
        return self.left <= 1 or (expires is not None and (expires - day).days <= FEW_DAYS)

    def words(self, day: date) -> str:
        """`3 of 10 left, Follow-up, expires 31.12.2026`; empty in privacy mode."""
        if is_private():
            return ""
        expires = self.package.expires_on
        parts = [f"{self.left} of {self.package.visits} left"]
        if self.package.service is not None:
            parts.append(self.package.service.name)
        if expires is not None:
            parts.append(f"{'EXPIRED' if self.has_expired(day) else 'expires'} {date_text(expires)}")
        return ", ".join(parts)


def to_use(packages: Iterable[Left], service: Service, day: date) -> Left | None:
    """The package that a visit is taken from: what expires first, then what was bought first; None where none fits."""
    fitting = [
        one
        for one in packages
        if one.is_usable(day)
        and one.package.bought_on <= day
        and (one.package.service is None or one.package.service.id == service.id)
    ]
    return min(
        fitting,
        key=lambda one: (one.package.expires_on or date.max, one.package.bought_on, one.package.id),
        default=None,
    )


def wrong_with_package(visits: int, bought_on: date, expires_on: date | None, today: date) -> tuple[Problem, ...]:
    """Everything that keeps it from being saved, each with its field; empty when it may be."""
    problems: list[Problem] = []
    if not 1 <= visits <= MOST_VISITS:
        problems.append(Problem("visits", f"a package has 1 to {MOST_VISITS} visits, not {visits}"))
    if bought_on > today:
        problems.append(Problem("bought_on", "lies in the future"))
    if expires_on is not None and expires_on < bought_on:
        problems.append(Problem("expires_on", "lies before the day it was bought"))
    return tuple(problems)
