"""The facts by which it is known who ought to be called: a fixed number of indexed queries, whatever is on file.

Of everybody only those are read who can be on the list: with a plan that has not ended, with kept needles, who were
asked and want to be asked again, and who were seen within the clinic's weeks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from pendulum import DateTime
from sqlalchemy import Connection, Row

from frontdesk.domain.hours import local_day, local_instant
from frontdesk.domain.instants import from_ms
from frontdesk.domain.plan import OUTCOME_WORDS, PlanOutcome
from frontdesk.domain.recall import Contact
from frontdesk.domain.recall_rules import RecallRules
from frontdesk.domain.standing import RecallFacts
from frontdesk.domain.visit import NOT_BEGUN
from frontdesk.store import plans, schema
from frontdesk.store.many import keys_in_batches
from frontdesk.store.recalls import contact_of
from frontdesk.store.shared import IN_HOUSE, KEPT_IN


def facts_of(
    conn: Connection,
    timezone: str,
    now: DateTime,
    rules: RecallRules,
    ids: Collection[int] | None = None,
    *,
    with_lapsed: bool = True,
) -> dict[int, RecallFacts]:
    """What is known by patient: of those named, or of everybody who may have to be called.

    Without `with_lapsed` those are left out of whom there is nothing but that they were seen long ago (`lapsed`).
    """
    open_plans = plans.open_plans(conn, ids)
    far = plans.progress_of(conn, tuple(open_plans.values()), now, timezone)
    kept = _kept(conn)
    asked = _contacts(conn, now.subtract(weeks=rules.until_weeks) if ids is None else None, ids)
    coming, here = _coming(conn, now, timezone, ids), _here(conn)
    whose: _Whose = _told(now.subtract(weeks=rules.until_weeks)) if ids is None else list(keys_in_batches(ids))
    people = _people(conn, whose)
    if ids is None and with_lapsed:
        people |= _seen_between(conn, now.subtract(weeks=rules.until_weeks), now.subtract(weeks=rules.lapsed_weeks))
    ended = _ended(conn, keys_in_batches(set(people) - set(open_plans)) if ids is not None or with_lapsed else whose)
    found: dict[int, RecallFacts] = {}
    zone = ZoneInfo(timezone)
    for key, person in people.items():
        plan = open_plans.get(key)
        over = ended.get(key) if plan is None else None
        count, kept_on, kept_visits = kept.get(key, (0, None, ()))
        found[key] = RecallFacts(
            patient_id=key,
            # An instant only where it tells calls before the visit from those after it; a day of everybody.
            last_seen_at=from_ms(person.seen_ms) if person.seen_ms is not None and key in asked else None,
            last_seen=None if person.seen_ms is None else datetime.fromtimestamp(person.seen_ms / 1000, zone).date(),
            coming_on=coming.get(key),
            is_here=key in here,
            progress=far[plan.id] if plan is not None else None,
            ended_on=over[0] if over else None,
            ended_words=over[1] if over else "",
            kept=count,
            kept_visits=kept_visits,
            kept_on=kept_on,
            contacts=tuple(asked.get(key, ())),
            timezone=timezone,
            gone="has died" if person.deceased_on else "the file is put away" if person.retired else "",
        )
    return found


def lapsed(
    conn: Connection, timezone: str, now: DateTime, rules: RecallRules, besides: Collection[int]
) -> Iterator[int]:
    """Who is to be called since they were seen long ago and for nothing else, who was here longest ago first.

    `besides` are those of whom more is known: with a plan, kept needles, or calls that were made. In a large clinic
    nearly all of the list are such, so they are told by their numbers alone, one after another: tens of thousands of
    rows at once would be memory that the process never gives back.
    """
    today, zone, table = local_day(now, timezone), ZoneInfo(timezone), schema.patient.c
    first, last = (today - timedelta(weeks=weeks) for weeks in (rules.until_weeks, rules.lapsed_weeks))
    chosen = sa.select(table.id, sa.type_coerce(table.last_seen_at, sa.BigInteger)).where(
        table.last_seen_at >= local_instant(first + timedelta(days=1), 0, timezone),
        table.last_seen_at < local_instant(last + timedelta(days=1), 0, timezone),
        table.deceased_on.is_(None),
        sa.not_(table.retired),
    )
    plan = schema.treatment_plan.c
    ended = {
        row.patient_id: row.ended_on
        for row in conn.execute(
            sa.select(plan.patient_id, sa.func.max(plan.ended_on).label("ended_on"))
            .where(plan.ended_on > first)
            .group_by(plan.patient_id)
        )
    }
    away = {*besides, *_coming(conn, now, timezone, None), *_here(conn)}
    for key, seen in conn.execute(chosen.order_by(table.last_seen_at, table.id)):
        if key not in away and (key not in ended or ended[key] < datetime.fromtimestamp(seen / 1000, zone).date()):
            yield key


_Whose = Iterable[Any]
"""Patients by what `IN` takes, one after another: lists of ids, or a query that gives them."""


def _told(since: DateTime) -> _Whose:
    """Of whom there is more than that they were seen: with a plan that has not ended, kept needles, or calls."""
    plan, contact = schema.treatment_plan.c, schema.recall_contact.c
    kept = (
        sa.select(schema.appointment.c.patient_id)
        .join(schema.retention, schema.retention.c.appointment_id == schema.appointment.c.id)
        .where(sa.text(KEPT_IN))
    )
    return (
        sa.select(plan.patient_id)
        .where(plan.ended_on.is_(None))
        .union(sa.select(contact.patient_id).where(contact.at >= since), kept),
    )


def _people(conn: Connection, whose: _Whose) -> dict[int, Row[tuple[object, ...]]]:
    found: dict[int, Row[tuple[object, ...]]] = {}
    for some in whose:
        found.update({row.id: row for row in conn.execute(_chosen().where(schema.patient.c.id.in_(some)))})
    return found


def _seen_between(conn: Connection, first: DateTime, last: DateTime) -> dict[int, Row[tuple[object, ...]]]:
    """Who was here last between two instants, by the index on that."""
    table = schema.patient.c
    chosen = _chosen().where(table.last_seen_at >= first, table.last_seen_at <= last.add(days=1))
    return {row.id: row for row in conn.execute(chosen).all()}


def _chosen() -> sa.Select[tuple[object, ...]]:
    table = schema.patient.c
    seen = sa.type_coerce(table.last_seen_at, sa.BigInteger).label("seen_ms")
    return sa.select(table.id, seen, table.deceased_on, table.retired)


def _coming(conn: Connection, now: DateTime, timezone: str, ids: Collection[int] | None) -> dict[int, date]:
    """The day of the next visit of those named, or of everybody who is booked: that is little beside what was."""
    table = schema.appointment.c
    soonest = sa.func.min(table.starts).label("starts")
    # From a while ago on: who is booked for a minute ago is still expected.
    chosen = (
        sa.select(table.patient_id, soonest)
        .where(table.starts >= now.subtract(hours=12), table.status.in_(sorted(one.value for one in NOT_BEGUN)))
        .group_by(table.patient_id)
    )
    queries = [chosen] if ids is None else [chosen.where(table.patient_id.in_(batch)) for batch in keys_in_batches(ids)]
    return {row.patient_id: local_day(row.starts, timezone) for query in queries for row in conn.execute(query)}


def _here(conn: Connection) -> set[int]:
    return set(conn.scalars(sa.select(schema.appointment.c.patient_id).where(sa.text(IN_HOUSE))))


def _kept(conn: Connection) -> dict[int, tuple[int, date | None, tuple[int, ...]]]:
    """Needles kept and not known to be out, the first day on which any come out, and the visits."""
    retention, appointment = schema.retention.c, schema.appointment.c
    rows = conn.execute(
        sa.select(appointment.patient_id, retention.kept, retention.remove_on, retention.appointment_id)
        .join(schema.appointment, appointment.id == retention.appointment_id)
        .where(sa.text(KEPT_IN))
    )
    found: dict[int, tuple[int, date | None, tuple[int, ...]]] = {}
    for row in rows:
        count, day, visits = found.get(row.patient_id, (0, row.remove_on, ()))
        # One without a day is due at once.
        soonest = None if day is None or row.remove_on is None else min(day, row.remove_on)
        found[row.patient_id] = count + row.kept, soonest, (*visits, row.appointment_id)
    return found


def _contacts(conn: Connection, since: DateTime | None, ids: Collection[int] | None) -> dict[int, list[Contact]]:
    table = schema.recall_contact
    found: dict[int, list[Contact]] = defaultdict(list)
    newest = sa.select(table).order_by(table.c.at.desc(), table.c.id.desc())
    queries = (
        [newest.where(table.c.at >= since)]
        if ids is None
        else [newest.where(table.c.patient_id.in_(batch)) for batch in keys_in_batches(ids)]
    )
    for query in queries:
        for row in conn.execute(query):
            found[row.patient_id].append(contact_of(row))
    return found


def _ended(conn: Connection, whose: _Whose) -> dict[int, tuple[date, str]]:
    """When the latest plan of each ended, and how."""
    table = schema.treatment_plan.c
    found: dict[int, tuple[date, str]] = {}
    for some in whose:
        chosen = sa.select(table.patient_id, table.ended_on, table.outcome).where(
            table.patient_id.in_(some), table.ended_on.is_not(None)
        )
        for row in conn.execute(chosen.order_by(table.ended_on, table.id)):
            found[row.patient_id] = row.ended_on, OUTCOME_WORDS[PlanOutcome(row.outcome)]
    return found
