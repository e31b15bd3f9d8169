"""By what patients are found keeps up with every writer, and keeps nothing of those who are gone."""

from __future__ import annotations

import pendulum
import sqlalchemy as sa
from sqlalchemy import Connection

from frontdesk.domain.patient import PatientDetails
from frontdesk.store import findable, patient_writes, schema, search, words
from frontdesk.store.engine import Store

NOW = pendulum.datetime(2026, 11, 23, 10, 42, tz="UTC")
MARIA = PatientDetails(given="María", family="García", phones=("+34 600 11 22 33",))
OLGA = PatientDetails(given="Olga", family="García")


def kept(conn: Connection, table: sa.Table) -> int:
    return conn.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def sure(conn: Connection, text: str) -> list[int]:
    return [one.patient_id for one in search.candidates(conn, text) if one.is_sure]


def test_whom_another_program_wrote_is_noticed_and_made_findable(conn: Connection) -> None:
    first = patient_writes.insert(conn, MARIA, NOW).id
    assert not findable.is_behind(conn)
    conn.exec_driver_sql(f"UPDATE patient SET family = 'Lindqvist' WHERE id = {first}")
    conn.exec_driver_sql(f"INSERT INTO patient (id, given, created_at) VALUES ({first + 1}, 'Søren', 0)")
    conn.exec_driver_sql(
        "INSERT INTO phone (patient_id, position, text, digits_reversed)"
        f" VALUES ({first + 1}, 0, '+45 33 12', '') , ({first}, 1, '555-0199', 'what I like')"
    )
    assert findable.is_behind(conn)
    assert words.renew(conn, 100) == 4
    assert not findable.is_behind(conn)
    assert sure(conn, "lindqvist") == sure(conn, "5550199") == sure(conn, "600112") == [first]
    assert sure(conn, "soren") == sure(conn, "45331") == [first + 1]
    assert sure(conn, "garcia") == []
    assert words.wrong(conn, 0) == (first + 1, [])


def test_words_and_numbers_of_nobody_are_forgotten(conn: Connection) -> None:
    maria, olga = patient_writes.insert_many(conn, [MARIA, OLGA], NOW)
    patient_writes.update(conn, maria, 1, PatientDetails(family="Ng"))
    assert set(conn.execute(sa.select(schema.word_near.c.word)).scalars()) == {"olga", "garcia"}
    assert kept(conn, schema.phone_part) == 0
    patient_writes.update(conn, olga, 1, PatientDetails(family="Ng"))
    assert kept(conn, schema.word_near) == 0


def test_what_was_taken_out_of_the_lookup_is_found_out_and_mended(conn: Connection) -> None:
    maria, olga = patient_writes.insert_many(conn, [MARIA, OLGA], NOW)
    for table, which in (("patient_token", "token = 'maria'"), ("word_near", "word = 'olga'"), ("phone_part", "1 = 1")):
        conn.exec_driver_sql(f"DELETE FROM {table} WHERE {which}")
    assert words.wrong(conn, 0) == (olga, [maria, olga])
    words.mend(conn, [maria, olga])
    assert words.wrong(conn, 0) == (olga, [])
    assert words.wrong(conn, olga) == (None, [])
    assert sure(conn, "maria 600") == [maria]


def test_many_at_once_are_found_as_one_by_one(store: Store) -> None:
    people = [
        PatientDetails(given=f"Given{n % 7}", family=f"Fam{chr(97 + n % 23)}ly", phones=(f"555{n:04}",))
        for n in range(60)
    ]
    with store.write(who="Ana", at=NOW) as writing:
        writing.log("test", "test")
        patient_writes.insert_many(writing.connection, people[:59], NOW)
        patient_writes.insert(writing.connection, people[59], NOW)
    with store.read() as conn:
        assert words.wrong(conn, 0)[1] == []
        assert len(sure(conn, "famaly")) == 3
