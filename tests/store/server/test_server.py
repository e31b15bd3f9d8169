"""What only a PostgreSQL server has: tables made by several at once, a lock for writers, a line that can be lost."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import insert, text

from frontdesk.domain.errors import Refused, Unavailable
from frontdesk.domain.patient import PatientDetails
from frontdesk.store import patient_writes, schema, search
from frontdesk.store.check import check
from frontdesk.store.engine import Store
from frontdesk.store.postgres import guards
from frontdesk.store.postgres.backend import ServerBackend
from frontdesk.store.postgres.rules import FUNCTIONS
from tests.foreign import FORBIDDEN, Foreign
from tests.server import GUARDED, SECRET, Server
from tests.store.conftest import NOW
from tests.store.server.entries import log, log_ten, logged


def test_an_empty_database_is_made_ours_once(empty_url: str) -> None:
    first, second = Store.open(empty_url, now=NOW), Store.open(empty_url, now=NOW)
    assert (first.created, second.created) == (True, False)
    assert first.database_id == second.database_id
    assert check(first) == ()
    first.close()
    second.close()


def test_another_programs_database_is_refused_and_left_alone(empty_url: str) -> None:
    other = Foreign(empty_url)
    other.execute("CREATE TABLE alembic_version (version_num text)")
    with pytest.raises(Unavailable, match="another program's tables"):
        Store.open(empty_url, now=NOW)
    tables = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    assert other.execute(tables) == [("alembic_version",)]
    other.close()


def test_a_newer_frontdesks_database_is_refused(empty_url: str) -> None:
    Store.open(empty_url, now=NOW).close()
    other = Foreign(empty_url)
    other.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Unavailable, match=r"newer frontdesk.*9999"):
        Store.open(empty_url, now=NOW)
    other.close()


def test_text_that_not_every_name_can_be_written_in_is_refused(server: Server) -> None:
    name = server.create("ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'")
    with pytest.raises(Unavailable, match="keeps text as LATIN1"):
        Store.open(server.url(name), now=NOW)
    server.drop(name)


NAMES = ("Zoe", "apple", "Apple", "Äpfel", "Orzo", "O'Brien", "de la Cruz", "Delacroix", "Łukasz", "zoe-ann", "王 伟")


def found(store: Store) -> list[list[str]]:
    """Who is found by what is typed, by name, in the order shown."""
    with store.write(who="Ana", at=NOW) as work:
        ids = patient_writes.insert_many(work.connection, [PatientDetails(family=name) for name in NAMES], NOW)
        work.log("put on file", "")
    names = dict(zip(ids, NAMES, strict=True))
    with store.read() as connection:
        texts = ("", "a", "ap", "de", "o", "ob", "z", "zoe", "l", "w")
        return [[names[one.patient_id] for one in search.candidates(connection, text)] for text in texts]


def test_names_are_found_and_sorted_as_in_a_file_whatever_the_servers_locale(server: Server, tmp_path: Path) -> None:
    try:
        name = server.create("LOCALE_PROVIDER icu ICU_LOCALE 'sv-SE' LOCALE 'C.UTF-8'")
    except psycopg.Error:
        pytest.skip("this server knows no other way to sort")
    there, here = Store.open(server.url(name), now=NOW), Store.open(str(tmp_path / "clinic.db"), now=NOW)
    with there.read() as connection:  # as it would sort, were it not told otherwise
        assert connection.scalar(text("SELECT 'apple' < 'Zoe'"))
    assert found(there) == found(here)
    there.close()
    here.close()
    server.drop(name)


def test_what_is_not_there_or_not_let_in_is_said_with_what_to_do(server: Server, fresh_url: str) -> None:
    database = fresh_url.rpartition("/")[2]
    for url, words in (
        (server.url("nowhere"), r"no database nowhere.*createdb -h 127\.0\.0\.1 nowhere"),
        (server.url(database, user=GUARDED), r"~/\.pgpass"),
        (f"postgresql://{GUARDED}:wrong@127.0.0.1:{server.port}/{database}", r"~/\.pgpass"),
        (f"postgresql://nobody@127.0.0.1:1/{database}", "Connection refused; is it running"),
        (f"postgresql://nobody@no-such-host.invalid/{database}", "can't be reached"),
        (f"postgresql://{database}@127.0.0.1:{server.port}/{database}?sslmode=require", "turn TLS on at the server"),
    ):
        with pytest.raises(Unavailable, match=words) as refused:
            Store.open(url, now=NOW)
        assert refused.value.reason.isprintable()
        assert "wrong" not in refused.value.reason


def test_a_password_never_comes_back_out(server: Server, fresh_url: str) -> None:
    database = fresh_url.rpartition("/")[2]
    with server.admin(database) as admin:
        admin.execute(f"GRANT USAGE ON SCHEMA public TO {GUARDED}")
    url = f"postgresql://{GUARDED}:{SECRET.replace(' ', '%20').replace('&', '%26')}@127.0.0.1:{server.port}/{database}"
    with pytest.raises(Unavailable, match="may not") as refused:  # the password is right: the tables are another's
        Store.open(url, now=NOW)
    link: BaseException | None = refused.value
    while link is not None:
        assert "hunter2" not in f"{link} {link!r}"
        link = link.__cause__ or link.__context__


def test_a_table_that_is_lost_is_no_traceback(store: Store, other: Foreign) -> None:
    other.execute("ALTER TABLE meta RENAME TO meta_away")
    try:
        with pytest.raises(Unavailable, match="lost its tables"):
            log(store, "booked")
    finally:
        other.execute("ALTER TABLE meta_away RENAME TO meta")


def test_every_guard_that_is_gone_shut_off_or_changed_is_missed(store: Store) -> None:
    assert isinstance(store.backend, ServerBackend)
    with store.backend._engine.connect() as connection:
        assert guards.missing(connection) == ()
        connection.rollback()
        for name, one in guards._TRIGGERS.items():
            for spoil in (f"DROP TRIGGER {name} ON {one.table}", f"ALTER TABLE {one.table} DISABLE TRIGGER {name}"):
                connection.execute(text(spoil))
                assert guards.missing(connection) == (name,)
                connection.rollback()
        for name in FUNCTIONS:
            connection.execute(
                text(f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'")
            )
            assert guards.missing(connection) == (name,)
            connection.rollback()
        for spoil, names in (
            ("ALTER TABLE claim DROP CONSTRAINT ex_claim_overlap", ("ex_claim_overlap",)),
            ("DROP INDEX uq_retention_one_open", ("uq_retention_one_open",)),
            ("DROP VIEW guard_held", ("guard_held",)),
        ):
            connection.execute(text(spoil))
            assert guards.missing(connection) == names
            connection.rollback()


def test_a_database_without_a_guard_is_not_opened(empty_url: str) -> None:
    Store.open(empty_url, now=NOW).close()
    other = Foreign(empty_url)
    other.execute("ALTER TABLE audit DISABLE TRIGGER guard_log_stands")
    other.close()
    with pytest.raises(Unavailable, match=r"lacks safeguards.*guard_log_stands"):
        Store.open(empty_url, now=NOW)


@pytest.mark.parametrize("table", ["audit", "appointment", "claim", "retention", "patient"])
def test_nothing_on_record_is_emptied_at_one_stroke(other: Foreign, table: str) -> None:
    with pytest.raises(FORBIDDEN, match="can not be emptied"):
        other.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_nobody_writes_by_what_was_true_some_time_ago(other: Foreign, level: str) -> None:
    other.execute(f"BEGIN ISOLATION LEVEL {level}")
    with pytest.raises(FORBIDDEN, match="READ COMMITTED"):
        other.execute("INSERT INTO room (name, position) VALUES ('Room 9', 9)")
    other.execute("ROLLBACK")


def test_guards_look_into_their_own_tables_whatever_the_session_says(store: Store, other: Foreign) -> None:
    log(store, "booked")
    other.execute("CREATE TEMPORARY TABLE audit (LIKE public.audit)")
    other.execute("SET search_path = pg_temp, public")
    other.execute("INSERT INTO public.audit (at, who, what, subject) VALUES (0, 'Ben', 'x', '')")
    assert other.execute("SELECT seq FROM public.audit ORDER BY seq") == [(1,), (2,)]
    with pytest.raises(FORBIDDEN, match="the log can not be changed"):
        other.execute("INSERT INTO public.audit (seq, at, who, what, subject) VALUES (9, 0, 'Ben', 'x', '')")


def test_an_id_given_by_hand_is_never_given_again(store: Store, other: Foreign) -> None:
    other.execute("INSERT INTO room (id, name, position) VALUES (41, 'Room 41', 1)")
    with store.write(who="Ana", at=NOW) as work:
        made = work.connection.execute(insert(schema.room).values(name="Next", position=2)).inserted_primary_key
        work.log("room made", "")
    assert made is not None
    assert tuple(made) == (42,)


def test_check_finds_what_was_done_with_the_guards_off(server: Server) -> None:
    name = server.create()
    store = Store.open(server.url(name), now=NOW)
    log(store, "one")
    log(store, "two")
    with server.admin(name) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute("DELETE FROM audit WHERE seq = 1")
        admin.execute("INSERT INTO flag (patient_id, kind) VALUES (77, 'faints')")
    assert set(check(store)) == {"the log lacks entries: 1 of 2", "row 1 of flag refers to a missing patient"}
    store.close()
    server.drop(name)


def test_entries_are_numbered_by_commit_and_without_gaps(store: Store, fresh_url: str) -> None:
    with pytest.raises(KeyError), store.write(who="Ana", at=NOW) as work:
        work.log("never", "")
        raise KeyError
    threads = [threading.Thread(target=log_ten, args=(store,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as connection:
        assert connection.execute(text("SELECT min(seq), max(seq), count(*) FROM audit")).one() == (1, 40, 40)


def test_a_read_sees_one_moment_and_writes_nothing(store: Store) -> None:
    log(store, "before")
    with store.read() as connection:
        assert connection.scalar(text("SELECT count(*) FROM audit")) == 1
        log(store, "meanwhile")
        assert connection.scalar(text("SELECT count(*) FROM audit")) == 1
        with pytest.raises(Exception, match="read-only"):
            connection.execute(text("DELETE FROM room"))
    assert logged(store) == ["before", "meanwhile"]


def test_what_is_too_large_or_too_long_is_refused(store: Store) -> None:
    for values in ({"name": "x", "position": 2**40}, {"name": "a\0b", "position": 1}):
        with pytest.raises(Refused, match=r"too large|NUL"), store.write(who="Ana", at=NOW) as work:
            work.connection.execute(insert(schema.room).values(**values))


def test_a_standby_is_read_and_says_that_nothing_is_saved(server: Server, fresh_url: str) -> None:
    store = Store.open(f"{fresh_url}?options=-cdefault_transaction_read_only%3Don", now=NOW)
    assert logged(store) == []
    with pytest.raises(Unavailable, match="may only be read"):
        log(store, "booked")
    store.close()


def test_words_of_the_server_are_never_shown_raw(store: Store) -> None:
    with pytest.raises(Refused) as refused, store.write(who="Ana", at=NOW) as work:
        work.connection.execute(text("INSERT INTO room (name, position) VALUES ('a', 1), ('a', 2)"))
    assert refused.value.reason == "there is already a room of that name"
    assert not re.search("psycopg|constraint|SQL", refused.value.reason)
