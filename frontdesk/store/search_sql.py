"""The lookup's questions in SQL: walks along an index, the same words for every database.

What a typed term asks of one patient is a subquery with that patient's number in it, never a join: no planner can turn
it into a scan, whatever it believes of the tables. It gives a `Fit`, or NULL where the term is not theirs.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from frontdesk.domain.lookup.births import Births
from frontdesk.domain.lookup.query import Born, Name, Number, Record, Slot, Term
from frontdesk.domain.lookup.ranking import Fit

LAST = "\U0010ffff"
"""Sorts after every letter: the end of the range of all words with one beginning."""
_WHOLE, _CLOSE, _PART, _SLIP = int(Fit.WHOLE), int(Fit.CLOSE), int(Fit.PART), int(Fit.SLIP)
_MANY_DIGITS = 2
"""Digits from which part of a telephone number is rarer than a common word."""
_LAST_FOUR = 4
"""Digits from which the end of a number is meant as such."""


class Question:
    """One statement in the making: its values are bound by name, its words are made of constants.

    Asked through the driver: SQLAlchemy's preparations would take several times as long as the answer, at each key.
    """

    def __init__(self, conn: Connection) -> None:
        if not conn.in_transaction():
            conn.begin()  # which the driver alone would not do
        self._raw: Any = conn.connection.driver_connection
        self._place = "%({})s" if conn.dialect.name == "postgresql" else ":{}"
        self._values: dict[str, Any] = {}

    def bind(self, value: Any) -> str:
        """The place of a value."""
        name = f"v{len(self._values)}"
        self._values[name] = value
        return self._place.format(name)

    def one_of(self, values: Iterable[Any]) -> str:
        """The places of several, as an IN list."""
        return f"({', '.join([self.bind(one) for one in values])})"

    def begins(self, column: str, form: str, last: str = LAST) -> str:
        """That a column's text begins so."""
        return f"{column} >= {self.bind(form)} AND {column} < {self.bind(form + last)}"

    def rows(self, words: str) -> list[Any]:
        """Asks."""
        found: list[Any] = self._raw.execute(words, self._values).fetchall()
        return found


@dataclass(frozen=True, slots=True)
class Near:
    """What is on file that a typed term may be a slip of: words, patients (by number or address), birth dates."""

    words: Sequence[str] = ()
    ids: Sequence[int] = ()
    days: Collection[date] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.ids or self.days)


NOTHING_NEAR = Near()


def fit(ask: Question, term: Term, who: str, near: Near = NOTHING_NEAR) -> str:
    """How well a term fits the patient `who`, slips of it forgiven."""
    match term:
        case Name():
            ways = _name_fits(ask, term, who, near.words)
        case Record():
            ways = [f"(CASE WHEN {who} = {ask.bind(term.patient_id)} THEN {_WHOLE} END)"]
        case Born():
            ways = [_born_fit(ask, term.births, who)]
        case Number():
            ways = _number_fits(ask, term, who)
    if near.ids:
        ways.append(f"(CASE WHEN {who} IN ({', '.join(map(str, near.ids))}) THEN {_SLIP} END)")
    if near.days:
        born = ask.one_of(one.isoformat() for one in near.days)
        ways.append(f"(SELECT CASE WHEN birth_date IN {born} THEN {_SLIP} END FROM patient WHERE id = {who})")
    return ways[0] if len(ways) == 1 else _least(ways)


def _name_fits(ask: Question, term: Name, who: str, near: Sequence[str]) -> list[str]:
    ways = [_option_fit(ask, option, who) for option in term.options]
    related = [*term.related]
    if related:
        ways.append(_has(ask, who, related, _CLOSE))
    if near:
        ways.append(_has(ask, who, near, _PART))
    return ways


def _option_fit(ask: Question, option: tuple[Slot, ...], who: str) -> str:
    fits = [_slot_fit(ask, slot, who) for slot in option]
    if len(fits) == 1:
        return fits[0]
    sums = " + ".join(fits)  # NULL, unless there is each
    return f"(CASE WHEN {sums} = 0 THEN {_WHOLE} WHEN {sums} > 0 THEN {_PART} END)"


def _slot_fit(ask: Question, slot: Slot, who: str) -> str:
    ranges = " OR ".join(f"({ask.begins('token', form)})" for form in slot)
    return (
        f"(SELECT min(CASE WHEN token IN {ask.one_of(slot)} THEN {_WHOLE} ELSE {_PART} END) FROM patient_token"
        f" WHERE patient_id = {who} AND ({ranges}))"
    )


def _has(ask: Question, who: str, words: Sequence[str], how: int) -> str:
    return f"(SELECT min({how}) FROM patient_token WHERE patient_id = {who} AND token IN {ask.one_of(words)})"


def _number_fits(ask: Question, term: Number, who: str) -> list[str]:
    whole = [digits[::-1] for digits in {term.digits, *term.phones}]
    ends = " OR ".join(f"({ask.begins('digits_reversed', one[::-1], ':')})" for one in term.phones)
    end = _WHOLE if min(map(len, term.phones)) >= _LAST_FOUR else _PART
    # Nothing but digits ever gets into these patterns, so nothing in them needs escaping.
    inside = " OR ".join(f"digits_reversed LIKE {ask.bind(f'%{one[::-1]}%')}" for one in term.phones)
    ways = [
        f"(SELECT min(CASE WHEN digits_reversed IN {ask.one_of(whole)} THEN {_WHOLE} WHEN {ends} THEN {end}"
        f" ELSE {_PART} END) FROM phone WHERE patient_id = {who} AND ({inside}))"
    ]
    if term.digits:
        ways.append(_slot_fit(ask, (term.digits,), who))
    if term.births:
        ways.append(_born_fit(ask, term.births, who))
    if term.record is not None:
        ways.append(f"(CASE WHEN {who} = {ask.bind(term.record)} THEN {_WHOLE} END)")
    return ways


def _born_fit(ask: Question, births: Births, who: str) -> str:
    cases = [
        f"WHEN birth_date IN {ask.one_of(one.isoformat() for one in days)} THEN {how}"
        for days, how in ((births.likely, _WHOLE), (births.other, _CLOSE))
        if days
    ]
    cases += [
        f"WHEN birth_date BETWEEN {_day(ask, first)} AND {_day(ask, last)} THEN {_CLOSE}"
        for first, last in births.spans
    ]
    return f"(SELECT CASE {' '.join(cases)} END FROM patient WHERE id = {who})"


def _least(ways: Sequence[str]) -> str:
    return f"(SELECT min(fit) FROM ({' UNION ALL '.join(f'SELECT {way} AS fit' for way in ways)}) AS ways)"


def _day(ask: Question, day: Any) -> str:
    return ask.bind(day.isoformat())


def sources(ask: Question, term: Term, most: int, near: Near = NOTHING_NEAR) -> list[str]:
    """Selects of the ids for whom a term may hold, each from one index, what is nearest first, `most` of each."""
    found = _sources(ask, term, most, near.words)
    if near.ids:
        found.append(f"SELECT id FROM patient WHERE id IN ({', '.join(map(str, near.ids))})")
    if near.days:
        born = ask.one_of(one.isoformat() for one in near.days)
        found.append(f"SELECT id FROM patient WHERE birth_date IN {born} LIMIT {most}")
    return found


def _sources(ask: Question, term: Term, most: int, near: Sequence[str]) -> list[str]:
    match term:
        case Name():
            found = [_words_like(ask, form, most) for option in term.options for form in max(option, key=_letters)]
            for words in ([*term.related], near):
                if words:
                    found.append(
                        f"SELECT patient_id AS id FROM patient_token WHERE token IN {ask.one_of(words)} LIMIT {most}"
                    )
            return found
        case Record():
            return [f"SELECT id FROM patient WHERE id = {ask.bind(term.patient_id)}"]
        case Born():
            return [*_born_sources(ask, term.births, most)]
        case Number():
            found = []
            for digits in term.phones:
                for table, column, part in (
                    ("phone", "digits_reversed", digits[::-1]),
                    ("phone_part", "digits", digits),
                ):
                    found.append(
                        f"SELECT patient_id AS id FROM {table} WHERE {ask.begins(column, part, ':')}"
                        f" ORDER BY {column} LIMIT {most}"
                    )
            if term.digits:
                found.append(_words_like(ask, term.digits, most))
            if term.births:
                found += _born_sources(ask, term.births, most)
            if term.record is not None:
                found.append(f"SELECT id FROM patient WHERE id = {ask.bind(term.record)}")
            return found


def _letters(slot: Slot) -> int:
    return len(slot[0])


def _words_like(ask: Question, form: str, most: int) -> str:
    return f"SELECT patient_id AS id FROM patient_token WHERE {ask.begins('token', form)} ORDER BY token LIMIT {most}"


def _born_sources(ask: Question, births: Births, most: int) -> Iterator[str]:
    days = [one.isoformat() for one in (*births.likely, *births.other)]
    if days:
        yield f"SELECT id FROM patient WHERE birth_date IN {ask.one_of(days)} LIMIT {most}"
    for first, last in births.spans:
        yield f"SELECT id FROM patient WHERE birth_date BETWEEN {_day(ask, first)} AND {_day(ask, last)} LIMIT {most}"


def rarest(conn: Connection, terms: Sequence[Term], near: Sequence[Near], common: int) -> list[tuple[int, bool]]:
    """The places of the terms, those with the fewest matches first, and whether each is common.

    Digits drive where no name does, or where all are too common: how many have them is not counted.
    """
    if len(terms) == 1:
        return [(0, False)]
    names = [(place, term) for place, term in enumerate(terms) if isinstance(term, Name)]
    counts: dict[int, int] = {}
    if names:
        ask = Question(conn)
        sums = ", ".join(_counted(ask, term, near[place], common) for place, term in names)
        counts = dict(zip((place for place, _ in names), ask.rows(f"SELECT {sums}")[0], strict=True))
    for place, term in enumerate(terms):
        if isinstance(term, Record):
            counts[place] = -1
        elif isinstance(term, Number):
            counts[place] = common - 1 if len(term.digits) >= _MANY_DIGITS else 10 * common
        elif place not in counts:
            counts[place] = common - 2 if names else 0
    return [(place, counts[place] >= common) for place in sorted(counts, key=lambda one: (counts[one], one))]


def _counted(ask: Question, term: Name, near: Near, most: int) -> str:
    """How many ids the sources of a name give, each counted to `most`."""
    some = (f"(SELECT count(*) FROM ({one}) AS s)" for one in sources(ask, term, most, near))
    return " + ".join(some)


def either(selects: Sequence[str]) -> str:
    """The ids of several selects, one after another."""
    return " UNION ALL ".join(f"SELECT id FROM ({one}) AS s{number}" for number, one in enumerate(selects))


def next_visits(ask: Question, first: int, last: int, most: int) -> str:
    """A select of the ids of those with a visit in a span of milliseconds, the soonest first."""
    return (
        f"SELECT patient_id AS id FROM appointment WHERE starts >= {ask.bind(first)} AND starts < {ask.bind(last)}"
        f" AND status NOT IN {_OFF} ORDER BY starts LIMIT {most}"
    )


def seen_last(most: int) -> str:
    """A select of the ids of those seen last."""
    return f"SELECT id FROM patient WHERE last_seen_at IS NOT NULL ORDER BY last_seen_at DESC LIMIT {most}"


def facts(conn: Connection, ids: Sequence[int], span: tuple[int, int] | None) -> list[Any]:
    """What the place of each of those patients depends on.

    Id, family and given name, when last seen, died and retired, and when the first visit in a span of milliseconds is.
    """
    ask = Question(conn)
    first, last = map(ask.bind, span or (0, 0))
    return ask.rows(
        "SELECT id, family, given, last_seen_at, deceased_on, retired, (SELECT min(starts) FROM appointment"
        f" WHERE patient_id = patient.id AND starts >= {first} AND starts < {last} AND status NOT IN {_OFF})"
        f" FROM patient WHERE id IN ({', '.join(map(str, ids))})"
    )


def words_of(conn: Connection, who: str) -> str:
    """Every word by which the patient `who` is found, as one text with blanks between them, which no word has."""
    aggregate = "string_agg" if conn.dialect.name == "postgresql" else "group_concat"
    return f"(SELECT {aggregate}(token, ' ') FROM patient_token WHERE patient_id = {who})"


def begun_by(conn: Connection, table: str, column: str, texts: Sequence[str], most: int) -> list[Any]:
    """Who has a text in that column which begins with one of these, and the text."""
    ask = Question(conn)
    begins = f"p.{column} >= q.value AND p.{column} < q.value || {ask.bind(LAST)}"
    if conn.dialect.name == "postgresql":
        each = f"unnest(CAST({ask.bind([*texts])} AS text[])) AS q(value)"
        # One walk for each: no planner may take them for a reason to read the whole table.
        whose = f"CROSS JOIN LATERAL (SELECT patient_id, {column} FROM {table} AS p WHERE {begins} LIMIT {most}) AS p"
        return ask.rows(f"SELECT p.patient_id, p.{column} FROM {each} {whose} LIMIT {most}")
    each = f"json_each({ask.bind(json.dumps([*texts]))}) AS q"
    return ask.rows(f"SELECT p.patient_id, p.{column} FROM {each} CROSS JOIN {table} AS p WHERE {begins} LIMIT {most}")


def near_words(conn: Connection, variants: Iterable[str]) -> list[str]:
    """The words on file that have one of those forms when letters are left out."""
    ask = Question(conn)
    return [row[0] for row in ask.rows(f"SELECT DISTINCT word FROM word_near WHERE variant IN {ask.one_of(variants)}")]


_OFF = "('cancelled', 'no_show', 'entered_in_error')"
"""Of a visit that nobody comes for."""


def fitting(source: str, fits: Sequence[str], limit: int, *, needed: int | None = None, also: str = "") -> str:
    """Of a source of ids (`c.id` in the fits), those that enough terms fit, with the fits.

    What is asked `also` (of `q.id`) comes last, and of those alone.
    """
    columns = ", ".join(f"{one} AS f{number}" for number, one in enumerate(fits))
    names = [f"f{number}" for number in range(len(fits))]
    if needed is None or needed == len(fits):
        condition = " AND ".join(f"{name} IS NOT NULL" for name in names)
    else:
        condition = " + ".join(f"(CASE WHEN {name} IS NULL THEN 0 ELSE 1 END)" for name in names) + f" >= {needed}"
    found = f"SELECT * FROM (SELECT c.id, {columns} FROM ({source}) AS c) AS q WHERE {condition} LIMIT {limit}"
    return f"SELECT q.*, {also} FROM ({found}) AS q" if also else found
