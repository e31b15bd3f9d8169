"""The facts by which it is known who ought to be called: a fixed number of indexed queries, whatever is on file.

Of everybody only those are read who can be on the list: with a plan that has not ended, with kept needles, who were
asked and want to be asked again, and who were seen within the clinic's weeks.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from pendulum import DateTime

from frontdesk.domain.hours import local_day, local_instant
from frontdesk.domain.instants import from_ms
from frontdesk.domain.plan import OUTCOME_WORDS, PlanOutcome
from frontdesk.domain.recall_rules import RecallRules
from frontdesk.domain.standing import RecallFacts
from frontdesk.domain.visit import NOT_BEGUN
from frontdesk.store import plans, recalls
from frontdesk.store.question import Question, as_day, as_day_or_none
from frontdesk.store.shared import IN_HOUSE, KEPT_AND_WHERE

if TYPE_CHECKING:
    from frontdesk.store.question import Askable


def facts_of(
    conn: Askable,
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
    longest = now.subtract(weeks=rules.until_weeks)
    asked = recalls.since(conn, longest) if ids is None else recalls.of_patients(conn, ids)
    coming, here = _coming(conn, now, timezone, ids), _here(conn)
    whose = _told(longest) if ids is None else _named(ids)
    people = _people(conn, whose)
    if ids is None and with_lapsed:
        people |= _people(conn, _seen_between(longest, now.subtract(weeks=rules.lapsed_weeks)))
    ended = _ended(conn, _named(set(people) - set(open_plans)) if ids is not None or with_lapsed else whose)
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
            gone="has died" if person.has_died else "the file is put away" if person.retired else "",
        )
    return found


def lapsed(conn: Askable, timezone: str, now: DateTime, rules: RecallRules, besides: Collection[int]) -> Iterator[int]:
    """Who is to be called since they were seen long ago and for nothing else, who was here longest ago first.

    `besides` are those of whom more is known: with a plan, kept needles, or calls that were made. In a large clinic
    nearly all of the list are such, so they are told by their numbers alone, one after another: tens of thousands of
    rows at once would be memory that the process never gives back.
    """
    today, zone = local_day(now, timezone), ZoneInfo(timezone)
    first, last = (today - timedelta(weeks=weeks) for weeks in (rules.until_weeks, rules.lapsed_weeks))
    ask = Question(conn)
    latest = ask.rows(
        f"SELECT patient_id, max(ended_on) FROM treatment_plan WHERE ended_on > {ask.on(first)} GROUP BY patient_id"
    )
    ended = {patient: as_day(day) for patient, day in latest}
    away = {*besides, *_coming(conn, now, timezone, None), *_here(conn)}
    ask = Question(conn)
    since, until = (ask.at(local_instant(day + timedelta(days=1), 0, timezone)) for day in (first, last))
    found = ask.each_row(
        f"SELECT id, last_seen_at FROM patient WHERE last_seen_at >= {since} AND last_seen_at < {until}"
        " AND deceased_on IS NULL AND NOT retired ORDER BY last_seen_at, id"
    )
    for key, seen in found:
        if key not in away and (key not in ended or ended[key] < datetime.fromtimestamp(seen / 1000, zone).date()):
            yield key


_Whose = Callable[[Question, str], str]
"""The condition that a column with patients has one of these."""


def _named(ids: Collection[int]) -> _Whose:
    return lambda ask, column: ask.is_among(column, ids)


def _told(since: DateTime) -> _Whose:
    """Of whom there is more than that they were seen: with a plan that has not ended, kept needles, or calls."""
    return lambda ask, column: (
        f"{column} IN (SELECT patient_id FROM treatment_plan WHERE ended_on IS NULL"
        f" UNION SELECT patient_id FROM recall_contact WHERE at >= {ask.at(since)}"
        f" UNION SELECT a.patient_id FROM {KEPT_AND_WHERE})"
    )


def _seen_between(first: DateTime, last: DateTime) -> _Whose:
    """Who was here last between two instants, by the index on that."""
    return lambda ask, _: f"last_seen_at >= {ask.at(first)} AND last_seen_at <= {ask.at(last.add(days=1))}"


class _Person(NamedTuple):
    seen_ms: int | None
    has_died: bool
    retired: bool


def _people(conn: Askable, whose: _Whose) -> dict[int, _Person]:
    ask = Question(conn)
    found = ask.rows(f"SELECT id, last_seen_at, deceased_on IS NOT NULL, retired FROM patient WHERE {whose(ask, 'id')}")
    return {key: _Person(seen, bool(died), bool(retired)) for key, seen, died, retired in found}


def _coming(conn: Askable, now: DateTime, timezone: str, ids: Collection[int] | None) -> dict[int, date]:
    """The day of the next visit of those named, or of everybody who is booked: that is little beside what was."""
    ask = Question(conn)
    of_them = "" if ids is None else f" AND {ask.is_among('patient_id', ids)}"
    # From a while ago on: who is booked for a minute ago is still expected. The soonest comes last and stays: asked for
    # the least of each patient, SQLite would walk the index on patients, which is all of history.
    found = ask.rows(
        f"SELECT patient_id, starts FROM appointment WHERE starts >= {ask.at(now.subtract(hours=12))}"
        f" AND status IN {ask.one_of(sorted(one.value for one in NOT_BEGUN))}{of_them} ORDER BY starts DESC"
    )
    return {patient: local_day(from_ms(starts), timezone) for patient, starts in found}


def _here(conn: Askable) -> set[int]:
    return {patient for (patient,) in Question(conn).rows(f"SELECT patient_id FROM appointment WHERE {IN_HOUSE}")}


def _kept(conn: Askable) -> dict[int, tuple[int, date | None, tuple[int, ...]]]:
    """Needles kept and not known to be out, the first day on which any come out, and the visits."""
    rows = Question(conn).rows(f"SELECT a.patient_id, r.kept, r.remove_on, a.id FROM {KEPT_AND_WHERE}")
    found: dict[int, tuple[int, date | None, tuple[int, ...]]] = {}
    for patient, kept, remove_on, visit in rows:
        this = as_day_or_none(remove_on)
        count, day, visits = found.get(patient, (0, this, ()))
        # One without a day is due at once.
        soonest = None if day is None or this is None else min(day, this)
        found[patient] = count + kept, soonest, (*visits, visit)
    return found


def _ended(conn: Askable, whose: _Whose) -> Mapping[int, tuple[date, str]]:
    """When the latest plan of each ended, and how."""
    ask = Question(conn)
    found = ask.rows(
        f"SELECT patient_id, ended_on, outcome FROM treatment_plan WHERE {whose(ask, 'patient_id')}"
        " AND ended_on IS NOT NULL ORDER BY ended_on, id"
    )
    return {patient: (as_day(day), OUTCOME_WORDS[PlanOutcome(outcome)]) for patient, day, outcome in found}
