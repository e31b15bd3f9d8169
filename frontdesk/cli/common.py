"""What several verbs need: the desk and the clinic's day."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from frontdesk.config import Settings, holds_password, settings
from frontdesk.domain.errors import Invalid, Problem, Refused

if TYPE_CHECKING:
    from datetime import date

    from pendulum import DateTime

    from frontdesk.desk.open import Desk
    from frontdesk.domain.clinic import Clinic


def settings_of(options: Namespace) -> Settings:
    """Where and who, from the options of any verb."""
    return settings(named_database(options), getattr(options, "actor", None))


def named_database(options: Namespace) -> str | None:
    """What `--db` says, if it is there."""
    named: str | None = getattr(options, "db", None)
    if named is not None:
        refuse_password(named)
    return named


def refuse_password(where: str) -> None:
    """Refuses a URL with a password in it: everybody on this computer can read its command lines."""
    if holds_password(where):
        raise Refused(
            "a password does not belong on a command line, where others can read it: put it into ~/.pgpass (or the file"
            " that PGPASSFILE names), PGPASSWORD, or the whole URL into FRONTDESK_DB"
        )


@contextmanager
def the_desk(options: Namespace, *, create: bool = True) -> Iterator[Desk]:
    """The desk at the database that was named, closed at the end; without `create`, one that is there already."""
    # Imported when used: the dashboard's first frame must not wait for what opens a database.
    from frontdesk.desk.open import open_desk

    chosen = settings_of(options)
    desk = open_desk(chosen.database, chosen.actor, create=create)
    try:
        yield desk
    finally:
        desk.close()


@contextmanager
def named_as(options: Mapping[str, str]) -> Iterator[None]:
    """Tells what is wrong by the option that said it (`--visits`), not by the name that the program has for it."""
    try:
        yield
    except Invalid as error:
        raise Invalid(
            tuple(Problem(options.get(one.where, one.where), one.reason) for one in error.problems)
        ) from error


def at_words(instant: DateTime, clinic: Clinic) -> str:
    """An instant at the clinic, as tables have it: `Tue 24 Nov 2026 10:20`."""
    return f"{instant.in_timezone(clinic.timezone):%a %d %b %Y %H:%M}"


def leave_by_of(options: Namespace, after: DateTime, clinic: Clinic) -> DateTime | None:
    """When the patient must be gone: the time of `--leave-by` next after a start, or after now."""
    if options.leave_by is None:
        return None
    from frontdesk.domain.retention import must_leave_at
    from frontdesk.domain.when import parse_time  # reading what is typed takes more modules than a day

    return must_leave_at(parse_time(options.leave_by), after, clinic.timezone)


def day_said(words: list[str] | str | None, read: Callable[[str, date], date], today: date) -> date | None:
    """The day that an argument or option names, read by one of `domain.day_asked`; None where nothing is said."""
    if words is None or words == []:
        return None
    return read(words if isinstance(words, str) else " ".join(words), today)


def window_of(options: Namespace, today: date) -> tuple[date | None, date | None]:
    """First and last day of `--from` and `--until`, None where it is not said.

    A window from `next week` on begins with its first day; where one ends, `next week` is no certain day.
    """
    from frontdesk.domain.day_asked import day_asked, day_to_see

    return day_said(options.first_day, day_to_see, today), day_said(options.last_day, day_asked, today)


def today_of(desk: Desk, clinic: Clinic) -> date:
    """The clinic's present day."""
    from frontdesk.domain.hours import local_day

    return local_day(desk.clock.now(), clinic.timezone)
