"""By what each patient is found: words of the names, ends of the telephone numbers, and ways to mistype a word.

Written in the transaction that writes the patient. Folding is done here and not by the database, so a trigger could
not keep up with another program that writes names. Instead each row says what it was made findable as (`found_as`):
an index that is empty but for rows that say something else makes such a patient known at once, and `renew` mends it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from frontdesk.domain.lookup.fold import name_tokens, name_words, phone_digits
from frontdesk.domain.lookup.nearness import BEGINNING, forgiven, variants
from frontdesk.domain.patient import PatientDetails
from frontdesk.store import core as sa
from frontdesk.store import findable, schema
from frontdesk.store.many import in_batches, insert_many
from frontdesk.store.question import Question

if TYPE_CHECKING:
    from sqlalchemy import Connection

_AT_ONCE = 5_000
"""Patients that are looked through, or made findable, at once."""
_SHORTEST_PART = 5
"""Digits of the shortest end of a number that is written down: shorter ones are found by the number's own index."""
_PARTS = 12
"""Ends of one number: as many as the longest numbers that are in use have beginnings (ITU-T E.164: 15 digits)."""
_COLUMNS = ("id", "given", "family", "known_as", "former_name", "original_name", "email")
"""A patient's id and all that `found_as` is made of, in its order."""

Named = tuple[int, Sequence[str], str]
"""A patient's id, every name of theirs (given and family name first) and e-mail address."""


def found_as(details: PatientDetails) -> str:
    """What a patient's words are made of, as `findable.FOUND_OTHERWISE` has it."""
    return "|".join((*_names(details), details.email))


def _names(details: PatientDetails) -> tuple[str, ...]:
    return details.given, details.family, details.known_as, details.former_name, details.original_name


def put(conn: Connection, patients: Sequence[tuple[int, PatientDetails]]) -> None:
    """Makes patients findable who are not yet."""
    _put_words(conn, [(key, _names(one), one.email) for key, one in patients])
    _put_parts(conn, [(key, phone_digits(text)) for key, one in patients for text in one.phones])


def drop(conn: Connection, ids: Sequence[int]) -> None:
    """Takes back by what patients are found; a word that nobody else has is forgotten altogether."""
    _drop_words(conn, ids)
    part = schema.phone_part
    for some in in_batches(ids):
        conn.execute(sa.delete(part).where(part.c.patient_id.in_(some)))


def renew(conn: Connection, limit: int) -> int:
    """Makes findable whom another program wrote, so many at a time; gives how many it were."""
    return _renew_names(conn, limit) + _renew_phones(conn, limit)


def renew_all(conn: Connection) -> None:
    """Makes findable whoever is not: after a migration, which may leave that to this function."""
    while renew(conn, _AT_ONCE):
        pass


def wrong(conn: Connection, after: int) -> tuple[int | None, list[int]]:
    """Of some patients with ids above `after`, those who are not found by what they should be, whoever changed that.

    Gives where to go on, None at the end: nobody should have to wait while all of them are read at once.
    """
    patient, token, part, phone = schema.patient.c, schema.patient_token.c, schema.phone_part.c, schema.phone.c
    rows = conn.execute(
        sa.select(*(patient[name] for name in _COLUMNS)).where(patient.id > after).order_by(patient.id).limit(_AT_ONCE)
    ).all()
    if not rows:
        return None, []
    span = (rows[0].id, rows[-1].id)
    has = [_sets(conn, table.patient_id, column, span) for table, column in ((token, token.token), (part, part.digits))]
    numbers = _sets(conn, phone.patient_id, phone.text, span)
    lacking = _unknown(conn, {word for row in rows for word in name_words(*row[1:-1])})
    found: list[int] = []
    for key, *names, email in rows:
        ends = {end for text in numbers[key] for end in _ends(phone_digits(text))}
        right = has[0][key] == name_tokens(*names, email=email) and has[1][key] == ends
        if not right or not lacking.isdisjoint(name_words(*names)):
            found.append(key)
    return span[1], found


def _sets(conn: Connection, whose: Any, what: Any, span: tuple[int, int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for key, value in conn.execute(sa.select(whose, what).where(whose.between(*span))):
        found[key].add(value)
    return found


def mend(conn: Connection, ids: Sequence[int]) -> None:
    """Makes those patients findable anew."""
    patient, phone = schema.patient, schema.phone
    for some in in_batches(ids):
        conn.execute(sa.update(patient).where(patient.c.id.in_(some)).values(found_as=""))
        conn.execute(sa.update(phone).where(phone.c.patient_id.in_(some)).values(found_as=""))
    renew_all(conn)


def _renew_names(conn: Connection, limit: int) -> int:
    patient = schema.patient.c
    rows = conn.execute(
        sa.select(*(patient[name] for name in _COLUMNS)).where(sa.text(findable.FOUND_OTHERWISE)).limit(limit)
    ).all()
    if rows:
        ids = [row.id for row in rows]
        _drop_words(conn, ids)
        _put_words(conn, [(row[0], row[1:-1], row[-1]) for row in rows])
        now = sa.text(findable.FOUND_AS)
        for some in in_batches(ids):
            conn.execute(sa.update(schema.patient).where(patient.id.in_(some)).values(found_as=now))
    return len(rows)


def _renew_phones(conn: Connection, limit: int) -> int:
    table, part = schema.phone, schema.phone_part
    behind = sa.select(table.c.patient_id).where(sa.text(findable.PHONE_FOUND_OTHERWISE)).distinct().limit(limit)
    ids = list(conn.execute(behind).scalars())
    for some in in_batches(ids):
        rows = conn.execute(sa.select(table).where(table.c.patient_id.in_(some))).all()
        conn.execute(sa.delete(part).where(part.c.patient_id.in_(some)))
        digits = [(row.patient_id, row.position, row.text, phone_digits(row.text)) for row in rows]
        conn.execute(
            sa.update(table)
            .where(table.c.patient_id == sa.bindparam("whose"), table.c.position == sa.bindparam("which"))
            .values(digits_reversed=sa.bindparam("reversed"), found_as=sa.bindparam("now")),
            [
                {"whose": key, "which": place, "reversed": number[::-1], "now": text}
                for key, place, text, number in digits
            ],
        )
        _put_parts(conn, [(key, number) for key, _, _, number in digits])
    return len(ids)


def _put_words(conn: Connection, patients: Sequence[Named]) -> None:
    # Sorted, so that a bulk insert walks the key's tree from left to right.
    tokens = sorted((token, key) for key, names, email in patients for token in name_tokens(*names, email=email))
    insert_many(conn, schema.patient_token, tokens)
    words = {word for _, names, _ in patients for word in name_words(*names)}
    new = _unknown(conn, words)
    insert_many(conn, schema.word_near, sorted((one, word) for word in new for one in variants(word, forgiven(word))))


def _put_parts(conn: Connection, numbers: Iterable[tuple[int, str]]) -> None:
    insert_many(conn, schema.phone_part, sorted({(end, key) for key, digits in numbers for end in _ends(digits)}))


def _ends(digits: str) -> list[str]:
    last = max(1, len(digits) - _SHORTEST_PART + 1)  # a short number is written down as a whole
    return [digits[first:] for first in range(max(0, last - _PARTS), last)] if digits else []


def _drop_words(conn: Connection, ids: Sequence[int]) -> None:
    table, near = schema.patient_token, schema.word_near
    for some in in_batches(ids):
        whose = table.c.patient_id.in_(some)
        words = set(conn.execute(sa.select(table.c.token).where(whose)).scalars())
        conn.execute(sa.delete(table).where(whose))
        for left in in_batches(sorted(words)):
            words -= set(conn.execute(sa.select(table.c.token).where(table.c.token.in_(left)).distinct()).scalars())
        gone = [{"one": one, "of": word} for word in words for one in variants(word, forgiven(word))]
        if gone:
            conn.execute(
                sa.delete(near).where(near.c.variant == sa.bindparam("one"), near.c.word == sa.bindparam("of")), gone
            )


def _unknown(conn: Connection, words: set[str]) -> set[str]:
    """Those words of which no way to mistype them is written down yet."""
    # A word is kept under its beginning too, and under that as a key it is looked up. The words go as one value: so
    # many places to bind would take longer than the answer.
    ask = Question(conn)
    each = ask.each(sorted(words))
    known = ask.rows(
        f"SELECT n.word FROM {each} CROSS JOIN word_near AS n"
        f" WHERE n.variant = substr(q.value, 1, {BEGINNING}) AND n.word = q.value"
    )
    return words - {word for (word,) in known}
