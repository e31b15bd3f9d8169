"""The lookup as one types: who may be meant, best first, from indexes alone and without ever refusing a text.

The rarest word drives: whoever has it is read from the index in the order of nearness, and whatever else was typed is
asked of each of them. A word that very many share is cut off there; so those with a visit soon and those seen last are
looked through as well, and whoever is expected comes up after two letters.

Where few are found, `guessing` adds those who may be meant all the same. The order is `domain.lookup.ranking`'s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from frontdesk.domain.lookup.births import MONTH_FIRST
from frontdesk.domain.lookup.fold import words
from frontdesk.domain.lookup.query import Name, Term, readings
from frontdesk.domain.lookup.ranking import UNKNOWN_DAYS, Closeness, Days, Hit, ranked
from frontdesk.store.findable import BEHIND
from frontdesk.store.guessing import FEW, guesses
from frontdesk.store.question import Question
from frontdesk.store.search_hits import Placing, name_of
from frontdesk.store.search_sql import (
    NOTHING_NEAR,
    either,
    fit,
    fitting,
    is_told,
    next_visits,
    people,
    rarest,
    seen_last,
    sources,
    sources_with_fit,
    with_people,
)

if TYPE_CHECKING:
    from frontdesk.store.question import Askable

_VISITED = 10_000
"""Ids of the driving word of which the rest is asked; more than any word but one of a letter or two has."""
_COMMON = 5_000
"""Ids from which a word is common, and not counted further."""
_RANKED = 100
"""Ids of one source that are ranked at least, though fewer are asked for: about twice as many as a list shows."""
_SHORT = 3
"""Letters of a single word up to which its source is taken to be cut off, so that nothing is asked twice."""
_RECENT = 300
"""Patients seen last that are looked through when a source was cut off."""
_EXPECTED = 1_000
"""The next visits, whose patients are looked through then."""


class Asker(NamedTuple):
    """What a search goes by besides what is typed: the clinic's time zone, and whether its people say the day first."""

    timezone: str
    day_first: bool


def before(conn: Askable) -> tuple[Asker, bool]:
    """What is asked before every search: who asks, and whether `findable.is_behind`."""
    clinic = "(SELECT timezone FROM clinic LIMIT 1), (SELECT phone_region FROM clinic LIMIT 1)"
    zone, region, *behind = Question(conn).rows(f"SELECT {clinic}, {BEHIND}")[0]
    return Asker(zone or "UTC", region not in MONTH_FIRST), any(one is not None for one in behind)


def candidates(
    conn: Askable, text: str, *, days: Days = UNKNOWN_DAYS, day_first: bool = True, limit: int = 200
) -> list[Hit]:
    """Who may be meant by what was typed, in the order of `domain.lookup.ranking`.

    All words must match, in any order, unless few are found. Nothing typed gives those seen last; a text without a
    letter or digit finds nobody. `days` are those by which a visit is soon; `day_first` says which day 03/04 is
    likelier to be (the other is found as well).
    """
    return found(conn, text, days=days, day_first=day_first, limit=limit)[0]


def found(
    conn: Askable, text: str, *, days: Days = UNKNOWN_DAYS, day_first: bool = True, limit: int = 200
) -> tuple[list[Hit], Mapping[int, Any]]:
    """The same, and by id the rows of which `patient_rows.patient_of` makes them."""
    placing = Placing(days)
    return _found(conn, text, placing, day_first, limit)[:limit], placing.rows


def _found(conn: Askable, text: str, placing: Placing, day_first: bool, limit: int) -> list[Hit]:
    if not text.strip():
        return _seen_last(conn, placing, limit)
    hits: list[Hit] = []
    read = readings(text, day_first=day_first)
    for reading in read:
        if reading.fallback and hits:
            continue
        hits += _strict(conn, reading.terms, placing, limit)
    sure = ranked(hits)
    if len(sure) < FEW:
        sure = ranked([*sure, *guesses(conn, read, sure, placing)])
    return sure


def _seen_last(conn: Askable, placing: Placing, limit: int) -> list[Hit]:
    """Whoever was seen last, then whoever was put on file last."""
    ids = [row[0] for row in Question(conn).rows(seen_last(limit))]
    if len(ids) < limit:
        never = f"SELECT id FROM patient WHERE last_seen_at IS NULL ORDER BY id DESC LIMIT {limit - len(ids)}"
        ids += [row[0] for row in Question(conn).rows(never)]
    return ranked([placing.hit(row, Closeness(), 0, 0) for row in people(conn, ids, UNKNOWN_DAYS)])


def _strict(conn: Askable, terms: Sequence[Term], placing: Placing, limit: int) -> list[Hit]:
    """Whom all terms fit; about so many."""
    place, is_common = rarest(conn, terms, [NOTHING_NEAR] * len(terms), _COMMON)[0]
    driver, count = terms[place], len(terms)
    most = max(limit, _RANKED)
    shown = limit + limit // 4  # somebody may be there twice, each time with another fit
    ask = Question(conn)
    visited = most if count == 1 else _VISITED
    if isinstance(driver, Name) and is_told(driver):
        source, told = either(sources_with_fit(ask, driver, visited), "id, fit"), place
        if count == 1:
            source = f"SELECT DISTINCT id, fit FROM ({source}) AS d"
    else:
        source, told = either(sources(ask, driver, visited)), None
    fits = ["c.fit" if number == told else fit(ask, term, "c.id") for number, term in enumerate(terms)]
    found = fitting(source, fits, 2 * most, told=told)
    is_short = count == 1 and isinstance(driver, Name) and len(driver.typed) <= _SHORT
    if is_short:
        found = f"SELECT * FROM ({found}) AS a UNION SELECT * FROM ({_expected(ask, terms, placing.days, limit)}) AS b"
    rows = ask.rows(with_people(ask, found, placing.days, count, shown))
    if not is_short and (is_common or len(rows) >= min(most, shown)):
        ask = Question(conn)
        rows += ask.rows(with_people(ask, _expected(ask, terms, placing.days, limit), placing.days, count, limit))
    return _hits(rows, terms, placing)


def _expected(ask: Question, terms: Sequence[Term], days: Days, most: int) -> str:
    """A select of those whom all terms fit of whoever comes soon and whoever was seen last."""
    some = either([next_visits(ask, days.today, days.soon, _EXPECTED), seen_last(_RECENT)])
    return fitting(some, [fit(ask, term, "c.id") for term in terms], most)


def _hits(rows: Sequence[Any], terms: Sequence[Term], placing: Placing) -> list[Hit]:
    """Whom everything fits, with all that their place depends on."""
    count = len(terms)
    names = sum(isinstance(term, Name) for term in terms)
    hits: list[Hit] = []
    for row in rows:
        fits = row[1 : count + 1]
        begun = count - fits.count(0)
        near = Closeness(begun=begun, is_more=names > 0 and not begun and len(words(name_of(row))) > names)
        hits.append(placing.hit(row, near, sum(fits), count))
    return hits
