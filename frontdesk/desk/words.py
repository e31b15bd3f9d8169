"""How the desk says a time, in the clinic's own zone."""

from __future__ import annotations

from pendulum import DateTime

from frontdesk.domain.clinic import Clinic


def at_clock(clinic: Clinic, instant: DateTime) -> str:
    """`10:40`."""
    local = instant.in_timezone(clinic.timezone)
    return f"{local.hour:02}:{local.minute:02}"


def on_day(clinic: Clinic, instant: DateTime) -> str:
    """`Tue 24 Nov 10:40`."""
    local = instant.in_timezone(clinic.timezone)
    return f"{local:%a} {local.day} {local:%b} {local.hour:02}:{local.minute:02}"
