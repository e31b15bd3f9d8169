"""The lookup as one types: who may be meant, best first, from indexes alone and without ever refusing a text.

The rarest word drives: whoever has it is read from the index in the order of nearness, and whatever else was typed is
asked of each of them. A word that very many share is cut off there; so those with a visit soon and those seen last are
looked through as well, and whoever is expected comes up after two letters.

Where few are found, `guessing` adds those who may be meant all the same. The order is `domain.lookup.ranking`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy import Connection

from frontdesk.domain.lookup.fold import words
from frontdesk.domain.lookup.query import Name, Term, readings
from frontdesk.domain.lookup.ranking import Closeness, Days, Hit, ranked
from frontdesk.store import schema
from frontdesk.store.guessing import FEW, guesses
from frontdesk.store.search_hits import Fits, facts_of, hit, milliseconds
from frontdesk.store.search_sql import (
    NOTHING_NEAR,
    Question,
    either,
    fit,
    fitting,
    next_visits,
    rarest,
    seen_last,
    sources,
)

_VISITED = 10_000
"""Ids of the driving word of which the rest is asked; more than any word but one of a letter or two has."""
_COMMON = 5_000
"""Ids from which a word is common, and not counted further."""
_RANKED = 100
"""Ids of one source that are ranked at least, though fewer are asked for: about twice as many as a list shows."""
_RECENT = 300
"""Patients seen last that are looked through when a source was cut off."""
_EXPECTED = 1_000
"""The next visits, whose patients are looked through then."""

_patient = schema.patient.c


def candidates(
    conn: Connection, text: str, *, days: Days | None = None, day_first: bool = True, limit: int = 200
) -> list[Hit]:
    """Who may be meant by what was typed, in the order of `domain.lookup.ranking`.

    All words must match, in any order, unless few are found. Nothing typed gives those seen last; a text without a
    letter or digit finds nobody. `days` are those by which a visit is soon; `day_first` says which day 03/04 is
    likelier to be (the other is found as well).
    """
    if not text.strip():
        return _seen_last(conn, limit)
    hits: list[Hit] = []
    read = readings(text, day_first=day_first)
    for reading in read:
        if reading.fallback and hits:
            continue
        found = _strict(conn, reading.terms, days, max(limit, _RANKED))
        hits += _hits(conn, found, reading.terms, days)
    sure = ranked(hits)
    if len(sure) < FEW:
        sure = ranked([*sure, *guesses(conn, read, {one.patient_id for one in sure}, days)])
    return sure[:limit]


def _seen_last(conn: Connection, limit: int) -> list[Hit]:
    """Whoever was seen last, then whoever was put on file last."""
    seen = sa.select(_patient.id).where(_patient.last_seen_at.is_not(None)).order_by(_patient.last_seen_at.desc())
    ids = list(conn.execute(seen.limit(limit)).scalars())
    if len(ids) < limit:
        rest = sa.select(_patient.id).where(_patient.last_seen_at.is_(None)).order_by(_patient.id.desc())
        ids += conn.execute(rest.limit(limit - len(ids))).scalars()
    return ranked(hit(row, Closeness(), 0, 0, None) for row in facts_of(conn, ids, None))


def _strict(conn: Connection, terms: Sequence[Term], days: Days | None, most: int) -> Fits:
    """Whom all terms fit; about so many."""
    driver, is_common = rarest(conn, terms, [NOTHING_NEAR] * len(terms), _COMMON)[0]
    ask = Question(conn)
    source = either(sources(ask, terms[driver], most if len(terms) == 1 else _VISITED))
    rows = ask.rows(fitting(source, [fit(ask, term, "c.id") for term in terms], 2 * most))
    found = {row[0]: tuple(row[1:]) for row in rows}
    if is_common or len(rows) >= most:
        for expected in _expected(days):
            ask = Question(conn)
            asked = fitting(expected(ask), [fit(ask, term, "c.id") for term in terms], most)
            found.update((row[0], tuple(row[1:])) for row in ask.rows(asked))
    return found


def _expected(days: Days | None) -> Iterator[Callable[[Question], str]]:
    """Selects of whoever comes soon, and of whoever was seen last."""
    if days is not None:
        first, last = milliseconds(days.today), milliseconds(days.soon)
        yield lambda ask: next_visits(ask, first, last, _EXPECTED)
    yield lambda _: seen_last(_RECENT)


def _hits(conn: Connection, fits: Fits, terms: Sequence[Term], days: Days | None) -> list[Hit]:
    """Whom everything fits, with all that their place depends on."""
    names = sum(isinstance(term, Name) for term in terms)
    hits: list[Hit] = []
    for row in facts_of(conn, fits, days):
        known = fits[row[0]]
        begun = sum(1 for one in known if one)
        near = Closeness(begun=begun, is_more=names > 0 and not begun and len(words(f"{row[1]} {row[2]}")) > names)
        hits.append(hit(row, near, sum(one or 0 for one in known), len(terms), days))
    return hits
