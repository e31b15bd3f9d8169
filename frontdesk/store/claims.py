"""What appointments take, as the database derives it from them: rooms, practitioners, patients, from when to when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from frontdesk.domain.hours import Span
from frontdesk.domain.instants import from_ms
from frontdesk.store.question import Question
from frontdesk.store.shared import LONGEST_HOURS

if TYPE_CHECKING:
    from pendulum import DateTime

    from frontdesk.store.question import Askable


def between(conn: Askable, resources: Collection[str], span: Span) -> Sequence[tuple[str, int, int, int]]:
    """What appointments that are planned or under way take of some resources within a span: resource, start and end
    in milliseconds, appointment.

    Plain numbers, since a search over months reads tens of thousands.
    """
    ask = Question(conn)
    return ask.rows(
        f"SELECT resource, starts, ends, appointment_id FROM claim WHERE {ask.is_named('resource', resources)}"
        f" AND starts >= {ask.at(span.starts.subtract(hours=LONGEST_HOURS))} AND starts < {ask.at(span.ends)}"
        f" AND ends > {ask.at(span.starts)}"
    )


def taking(conn: Askable, resource: str, after: DateTime) -> tuple[tuple[int, Span], ...]:
    """Which appointments take a resource after a moment, and when; by start."""
    ask = Question(conn)
    found = ask.rows(
        f"SELECT appointment_id, starts, ends FROM claim WHERE resource = {ask.bind(resource)}"
        f" AND starts > {ask.at(after.subtract(hours=LONGEST_HOURS))} AND ends > {ask.at(after)} ORDER BY starts"
    )
    return tuple((visit, Span(from_ms(starts), from_ms(ends))) for visit, starts, ends in found)
