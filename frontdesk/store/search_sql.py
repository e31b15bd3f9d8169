"""The lookup's questions in SQL: walks along an index, the same words for every database.

What a typed term asks of one patient is a subquery with that patient's number in it, never a join: no planner can turn
it into a scan, whatever it believes of the tables. It gives a `Fit`, or NULL where the term is not theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from frontdesk.domain.lookup.births import Births
from frontdesk.domain.lookup.query import Born, Name, Number, Record, Slot, Term
from frontdesk.domain.lookup.ranking import Days, Fit
from frontdesk.store import patient_rows
from frontdesk.store.question import LAST, Question

if TYPE_CHECKING:
    from frontdesk.store.question import Askable

_WHOLE, _CLOSE, _PART, _SLIP = int(Fit.WHOLE), int(Fit.CLOSE), int(Fit.PART), int(Fit.SLIP)
_MANY_DIGITS = 2
"""Digits from which part of a telephone number is rarer than a common word."""
_RARE = 100
"""Ids below which a word is rare: those who have it are asked for all else in no time."""
_LAST_FOUR = 4
"""Digits from which the end of a number is meant as such."""


class Near(Struct, frozen=True):
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
        ways.append(f"(CASE WHEN {ask.is_among(who, near.ids)} THEN {_SLIP} END)")
    if near.days:
        born = ask.one_of(one.isoformat() for one in near.days)
        ways.append(f"(SELECT CASE WHEN birth_date IN {born} THEN {_SLIP} END FROM patient WHERE id = {who})")
    return ways[0] if len(ways) == 1 else _least(ways)


def _name_fits(ask: Question, term: Name, who: str, near: Sequence[str]) -> list[str]:
    """One look at a patient's words for all that is told by one of them."""
    slots = [option[0] for option in term.options if len(option) == 1]
    cases = []
    if slots:
        cases.append((f"token IN {ask.one_of(form for slot in slots for form in slot)}", _WHOLE))
    if term.related:
        cases.append((f"token IN {ask.one_of(term.related)}", _CLOSE))
    cases += [(ask.begins("token", form), _PART) for slot in slots for form in slot]
    if near:
        cases.append((f"token IN {ask.one_of(near)}", _PART))
    ways = [_word_fit(who, cases)] if cases else []
    return ways + [_option_fit(ask, option, who) for option in term.options if len(option) > 1]


def _option_fit(ask: Question, option: tuple[Slot, ...], who: str) -> str:
    sums = " + ".join(_slot_fit(ask, slot, who) for slot in option)  # NULL, unless there is each
    return f"(CASE WHEN {sums} = 0 THEN {_WHOLE} WHEN {sums} > 0 THEN {_PART} END)"


def _slot_fit(ask: Question, slot: Slot, who: str) -> str:
    cases = [(f"token IN {ask.one_of(slot)}", _WHOLE), *[(ask.begins("token", form), _PART) for form in slot]]
    return _word_fit(who, cases)


def _word_fit(who: str, cases: Sequence[tuple[str, int]]) -> str:
    """The least for any of the words of `who`, which are so few that each is looked at."""
    how = " ".join(f"WHEN {condition} THEN {fit}" for condition, fit in cases)
    return f"(SELECT min(CASE {how} END) FROM patient_token WHERE patient_id = {who})"


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


def is_told(term: Term) -> bool:
    """Whether the sources of a term tell how well it fits, since no other word of a patient has a say in that."""
    return isinstance(term, Name) and all(len(option) == 1 for option in term.options)


def sources_with_fit(ask: Question, term: Name, most: int) -> list[str]:
    """As `sources`, of a term that `is_told`: with how well it fits; somebody may be in several."""
    found = []
    for (slot,) in term.options:
        how = f"CASE WHEN token IN {ask.one_of(slot)} THEN {_WHOLE} ELSE {_PART} END"
        found += [_words_like(ask, form, most, f", {how} AS fit") for form in slot]
    if term.related:
        found.append(
            f"SELECT patient_id AS id, {_CLOSE} AS fit FROM patient_token"
            f" WHERE token IN {ask.one_of(term.related)} LIMIT {most}"
        )
    return found


def sources(ask: Question, term: Term, most: int, near: Near = NOTHING_NEAR, *, in_order: bool = True) -> list[str]:
    """Selects of the ids for whom a term may hold, each from one index, `most` of each; if `in_order`, the nearest."""
    found = _sources(ask, term, most, near.words, in_order)
    if near.ids:
        found.append(f"SELECT id FROM patient WHERE {ask.is_among('id', near.ids)}")
    if near.days:
        born = ask.one_of(one.isoformat() for one in near.days)
        found.append(f"SELECT id FROM patient WHERE birth_date IN {born} LIMIT {most}")
    return found


def _sources(ask: Question, term: Term, most: int, near: Sequence[str], in_order: bool) -> list[str]:
    match term:
        case Name():
            longest = [max(option, key=_letters) for option in term.options]
            found = [_words_like(ask, form, most, in_order=in_order) for slot in longest for form in slot]
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


def _words_like(ask: Question, form: str, most: int, also: str = "", *, in_order: bool = True) -> str:
    order = " ORDER BY token" if in_order else ""
    return f"SELECT patient_id AS id{also} FROM patient_token WHERE {ask.begins('token', form)}{order} LIMIT {most}"


def _born_sources(ask: Question, births: Births, most: int) -> Iterator[str]:
    days = [one.isoformat() for one in (*births.likely, *births.other)]
    if days:
        yield f"SELECT id FROM patient WHERE birth_date IN {ask.one_of(days)} LIMIT {most}"
    for first, last in births.spans:
        yield f"SELECT id FROM patient WHERE birth_date BETWEEN {_day(ask, first)} AND {_day(ask, last)} LIMIT {most}"


def rarest(conn: Askable, terms: Sequence[Term], near: Sequence[Near], common: int) -> list[tuple[int, bool]]:
    """The places of the terms, those with the fewest matches first, and whether each is common.

    Digits drive where no name does, or where all are too common: how many have them is not counted.
    """
    if len(terms) == 1:
        return [(0, False)]
    names = [place for place, term in enumerate(terms) if isinstance(term, Name)]
    counts: dict[int, int] = {}
    for most in (_RARE, common):
        # Where one of them is rare, nobody needs to know how common the others are.
        if names and all(count >= _RARE for count in counts.values()):
            ask = Question(conn)
            sums = ", ".join(_counted(ask, terms[place], near[place], most) for place in names)
            counts = dict(zip(names, ask.rows(f"SELECT {sums}")[0], strict=True))
    for place, term in enumerate(terms):
        if isinstance(term, Record):
            counts[place] = -1
        elif isinstance(term, Number):
            counts[place] = common - 1 if len(term.digits) >= _MANY_DIGITS else 10 * common
        elif place not in counts:
            counts[place] = common - 2 if names else 0
    return [(place, counts[place] >= common) for place in sorted(counts, key=lambda one: (counts[one], one))]


def _counted(ask: Question, term: Term, near: Near, most: int) -> str:
    """How many ids the sources of a name give, each counted to `most`."""
    some = (f"(SELECT count(*) FROM ({one}) AS s)" for one in sources(ask, term, most, near, in_order=False))
    return " + ".join(some)


def either(selects: Sequence[str], columns: str = "id") -> str:
    """The ids of several selects, one after another."""
    return " UNION ALL ".join(f"SELECT {columns} FROM ({one}) AS s{number}" for number, one in enumerate(selects))


def next_visits(ask: Question, first: int, last: int, most: int) -> str:
    """A select of the ids of those with a visit in a span of milliseconds, the soonest first."""
    return (
        f"SELECT patient_id AS id FROM appointment WHERE starts >= {ask.bind(first)} AND starts < {ask.bind(last)}"
        f" AND status NOT IN {_OFF} ORDER BY starts LIMIT {most}"
    )


def seen_last(most: int) -> str:
    """A select of the ids of those seen last."""
    return f"SELECT id FROM patient WHERE last_seen_at IS NOT NULL ORDER BY last_seen_at DESC LIMIT {most}"


def people(conn: Askable, ids: Collection[int], days: Days) -> list[Any]:
    """The id of each of those patients and what is known of them, as `with_people`."""
    ask = Question(conn)
    return ask.rows(with_people(ask, f"SELECT id FROM patient WHERE {ask.is_among('id', ids)}", days, 0, len(ids)))


def with_people(ask: Question, found: str, days: Days, fits: int, most: int) -> str:
    """A select of the first `most` of whom was `found`, with so many fits (`f0` and so on).

    With the start of their first visit that is soon, and `patient_rows.columns`. The order is `ranking`'s as far as
    SQL can tell: to read all there is of those alone who are shown is what takes the time.
    """
    columns = (
        "(p.retired OR p.deceased_on IS NOT NULL) AS gone, p.last_seen_at AS seen, (SELECT min(starts) FROM appointment"
        f" WHERE patient_id = p.id AND starts >= {ask.bind(days.today)} AND starts < {ask.bind(days.soon)}"
        f" AND status NOT IN {_OFF}) AS visit, p.family, p.given"
    )
    kept = "".join(["k.id, ", *[f"k.f{number}, " for number in range(fits)]])
    # With a limit of its own, lest the visit be looked for anew at each mention.
    some = f"SELECT * FROM ({_beside(ask, 'q.*', columns, found, 'q')} LIMIT {_MOST}) AS r"
    if fits:
        begun = " + ".join(f"(CASE WHEN f{number} = {_WHOLE} THEN 0 ELSE 1 END)" for number in range(fits))
        visit = f"CASE WHEN visit < {ask.bind(days.tomorrow)} THEN 0 WHEN visit IS NOT NULL THEN 1 ELSE 2 END"
        loose = " + ".join(f"f{number}" for number in range(fits))
        some += f" ORDER BY gone, {begun}, {visit}, coalesce(seen, -1) DESC, {loose}, family, given, id"
    return _beside(ask, f"{kept}k.visit", patient_rows.columns(ask.is_server), f"{some} LIMIT {most}", "k")


_MOST = 1_000_000
"""More than any limit."""


def _beside(ask: Question, kept: str, columns: str, found: str, name: str) -> str:
    """Of whom was `found`, what of it is `kept` and those columns of the patient `p`."""
    if ask.is_server:
        # One look for each: no planner may take them for a reason to read the whole table.
        one = f"SELECT {columns} FROM patient AS p WHERE p.id = {name}.id LIMIT 1"
        return f"SELECT {kept}, p.* FROM ({found}) AS {name} CROSS JOIN LATERAL ({one}) AS p"
    return f"SELECT {kept}, {columns} FROM ({found}) AS {name} CROSS JOIN patient AS p WHERE p.id = {name}.id"


def words_of(ask: Question, who: str) -> str:
    """Every word by which the patient `who` is found, as one text with blanks between them, which no word has."""
    aggregate = "string_agg" if ask.is_server else "group_concat"
    return f"(SELECT {aggregate}(token, ' ') FROM patient_token WHERE patient_id = {who})"


def begun_by(conn: Askable, table: str, column: str, texts: Sequence[str], most: int) -> list[Any]:
    """Who has a text in that column which begins with one of these, and the text."""
    ask = Question(conn)
    each = ask.each(texts)
    begins = f"p.{column} >= q.value AND p.{column} < q.value || {ask.bind(LAST)}"
    whose = f"{table} AS p WHERE {begins}"
    if ask.is_server:
        whose = f"LATERAL (SELECT patient_id, {column} FROM {table} AS p WHERE {begins} LIMIT {most}) AS p"
    return ask.rows(f"SELECT p.patient_id, p.{column} FROM {each} CROSS JOIN {whose} LIMIT {most}")


def near_words(conn: Askable, variants: Iterable[str]) -> list[str]:
    """The words on file that have one of those forms when letters are left out."""
    ask = Question(conn)
    return [row[0] for row in ask.rows(f"SELECT DISTINCT word FROM word_near WHERE variant IN {ask.one_of(variants)}")]


_OFF = "('cancelled', 'no_show', 'entered_in_error')"
"""Of a visit that nobody comes for."""


def fitting(
    source: str, fits: Sequence[str], limit: int, *, needed: int | None = None, told: int | None = None, also: str = ""
) -> str:
    """Of a source of ids (`c.id` in the fits), those that enough terms fit, with the fits.

    The place of the term whose fit the source has `told` needs no asking. What is asked `also` (of `q.id`) comes last,
    and of those alone.
    """
    columns = ", ".join(f"{one} AS f{number}" for number, one in enumerate(fits))
    names = [f"f{number}" for number in range(len(fits))]
    if needed is None or needed == len(fits):
        condition = " AND ".join([f"{name} IS NOT NULL" for place, name in enumerate(names) if place != told])
    else:
        condition = " + ".join(f"(CASE WHEN {name} IS NULL THEN 0 ELSE 1 END)" for name in names) + f" >= {needed}"
    where = f"WHERE {condition} " if condition else ""
    found = f"SELECT * FROM (SELECT c.id, {columns} FROM ({source}) AS c) AS q {where}LIMIT {limit}"
    return f"SELECT q.*, {also} FROM ({found}) AS q" if also else found
