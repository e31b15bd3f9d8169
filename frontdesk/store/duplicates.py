"""Whose files may be one person's: those that share a birth date, a telephone, an e-mail address or a whole name.

Only finds them; `domain.duplicates` says how alike two are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple

from frontdesk.domain.lookup.fold import email_token
from frontdesk.domain.patient import Sex
from frontdesk.domain.traits import NUMBER_END, number_key
from frontdesk.store import core as sa
from frontdesk.store import schema
from frontdesk.store.question import Question

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from frontdesk.store.question import Askable

_CROWD = 40
"""Files with one telephone or e-mail address from which it tells nobody from anybody: a home's, a firm's."""
_BATCH = 5_000
"""Rows that are fetched at once."""


class Named(NamedTuple):
    """As much of a file as tells whether to look at all of it."""

    id: int
    given: str
    family: str
    known_as: str
    birth_date: date | None


class Compared(NamedTuple):
    """As much of a file as two are compared by, under the names it has in `PatientDetails`."""

    given: str
    family: str
    known_as: str
    birth_date: date | None
    sex: Sex | None
    email: str
    address: str
    phones: tuple[str, ...]
    """The digits alone."""


def sharing(conn: Askable, *, born: date | None, phones: Iterable[str], email: str) -> frozenset[int]:
    """Who has this birth date, or one of these telephones, or this e-mail address; of each at most some dozens."""
    ask, asked = Question(conn), []
    if born is not None:
        asked.append(f"SELECT id FROM patient WHERE birth_date = {ask.on(born)} LIMIT {_CROWD * 10}")
    for number in sorted({number_key(one) for one in phones} - {""}):
        ends_so = ask.begins("digits_reversed", number[::-1], ":")
        asked.append(f"SELECT patient_id FROM phone WHERE {ends_so} LIMIT {_CROWD}")
    if email_token(email):
        found_by = ask.bind(email_token(email))
        asked.append(f"SELECT patient_id FROM patient_token WHERE token = {found_by} LIMIT {_CROWD}")
    each = " UNION ".join(f"SELECT * FROM ({one}) AS one_{number}" for number, one in enumerate(asked))
    return frozenset(key for (key,) in ask.rows(each)) if asked else frozenset()


def everybody(conn: Connection) -> Iterator[Named]:
    """Everyone's name and birth date, by birth date: who shares one comes together, unknown ones come together too."""
    patient = schema.patient.c
    asked = sa.select(patient.id, patient.given, patient.family, patient.known_as, patient.birth_date)
    asked = asked.order_by(patient.birth_date, patient.id)
    return (Named(*row) for row in conn.execute(asked.execution_options(yield_per=_BATCH)))


def count(conn: Connection) -> int:
    """How many files there are."""
    return conn.scalar(sa.select(sa.func.count()).select_from(schema.patient)) or 0


def reached_alike(conn: Connection) -> Iterator[tuple[int, ...]]:
    """Files that share a telephone or an e-mail address, found by the database; what a crowd shares left out."""
    phone, patient = schema.phone, schema.patient
    number = sa.func.substr(phone.c.digits_reversed, 1, NUMBER_END)
    address = sa.func.lower(patient.c.email)
    for key, whose, known in (
        (number, phone.c.patient_id, sa.func.length(phone.c.digits_reversed) >= NUMBER_END),
        (address, patient.c.id, patient.c.email != ""),
    ):
        several = sa.func.count(whose.distinct()).between(2, _CROWD)
        shared = sa.select(key).where(known).group_by(key).having(several)
        asked = sa.select(key.label("shared"), whose).where(known, key.in_(shared)).order_by("shared")
        rows = conn.execute(asked.execution_options(yield_per=_BATCH))
        for _, group in groupby(rows, lambda row: row[0]):
            yield tuple(sorted({row[1] for row in group}))


def compared(conn: Connection, ids: Collection[int]) -> dict[int, Compared]:
    """What of those files is compared, and nothing else of them."""
    patient, phone = schema.patient.c, schema.phone.c
    wanted = (patient.id, patient.given, patient.family, patient.known_as, patient.birth_date)
    more = (patient.sex, patient.email, patient.address)
    numbers: dict[int, list[str]] = defaultdict(list)
    found: dict[int, Compared] = {}
    rest = iter(ids)
    while some := [*islice(rest, _BATCH)]:
        digits = sa.select(phone.patient_id, phone.digits_reversed).where(phone.patient_id.in_(some))
        for key, backwards in conn.execute(digits):
            numbers[key].append(backwards[::-1])
        for key, given, family, known_as, born, sex, email, address in conn.execute(
            sa.select(*wanted, *more).where(patient.id.in_(some))
        ):
            of_sex = Sex(sex) if sex else None
            found[key] = Compared(given, family, known_as, born, of_sex, email, address, tuple(numbers.get(key, ())))
    return found
