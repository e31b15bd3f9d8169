"""Patients come back as they went in, saves over another's save are refused, and reads do not grow with the list."""

from __future__ import annotations

from datetime import date

import pendulum
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from frontdesk.domain.errors import NotFound, Stale
from frontdesk.domain.patient import Flag, FlagKind, PatientDetails, Sex
from frontdesk.store import patient_writes, patients, schema, search
from tests.store.sent import sent

NOW = pendulum.datetime(2026, 11, 23, 10, 42, tz="UTC")
MARIA = PatientDetails(
    given="María",
    family="García",
    known_as="Mari",
    birth_date=date(1961, 3, 14),
    sex=Sex.FEMALE,
    phones=("+34 600 11 22 33", "555-0101"),
    email="maria@example.org",
    address="Calle 1\nMadrid",
    notes="",
    deceased_on=None,
    flags=(Flag(FlagKind.PACEMAKER), Flag(FlagKind.ALLERGY, "latex")),
)


def test_a_patient_comes_back_whole(conn: Connection) -> None:
    new = patient_writes.insert(conn, MARIA, NOW)
    assert patients.get(conn, new.id) == new
    assert (new.version, new.details) == (1, MARIA)
    assert patients.count(conn) == 1


def test_ids_are_given_in_the_order_of_the_patients(conn: Connection) -> None:
    people = [PatientDetails(given=f"Patient {n}", phones=(f"{n}",)) for n in range(6_000)]
    ids = patient_writes.insert_many(conn, people, NOW)
    found = patients.by_ids(conn, ids)
    assert [found[one].details for one in ids] == people


def test_an_unknown_patient_is_named_by_number(conn: Connection) -> None:
    with pytest.raises(NotFound, match="#7"):
        patients.get(conn, 7)
    assert patients.by_ids(conn, [7]) == {}
    with pytest.raises(NotFound):
        patient_writes.update(conn, 7, 1, MARIA)


def test_a_save_replaces_everything_and_counts_up(conn: Connection) -> None:
    new = patient_writes.insert(conn, MARIA, NOW)
    renamed = PatientDetails(family="Lindqvist", phones=("1",), flags=(Flag(FlagKind.OTHER, "hard of hearing"),))
    saved = patient_writes.update(conn, new.id, 1, renamed)
    assert saved == patients.get(conn, new.id)
    assert (saved.version, saved.details) == (2, renamed)
    assert [one.patient_id for one in search.candidates(conn, "lind")] == [new.id]
    assert search.candidates(conn, "garcia") == search.candidates(conn, "600112233") == []


def test_a_save_over_someone_elses_is_refused_and_changes_nothing(conn: Connection) -> None:
    new = patient_writes.insert(conn, MARIA, NOW)
    patient_writes.update(conn, new.id, 1, PatientDetails(given="First"))
    with pytest.raises(Stale):
        patient_writes.update(conn, new.id, 1, PatientDetails(given="Second"))
    assert patients.get(conn, new.id).details.given == "First"
    assert search.candidates(conn, "second") == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(given_name=st.text(min_size=1), notes=st.text(), phone=st.text(), email=st.text())
def test_any_text_that_can_be_stored_comes_back_unchanged(
    conn: Connection, given_name: str, notes: str, phone: str, email: str
) -> None:
    if conn.dialect.name == "postgresql":  # which has no NUL character; `text.objection` lets none in
        given_name, notes, phone, email = (one.replace("\0", "0") for one in (given_name, notes, phone, email))
    details = PatientDetails(given=given_name, notes=notes, phones=(phone,), email=email)
    assert patients.get(conn, patient_writes.insert(conn, details, NOW).id).details == details


@pytest.mark.parametrize(
    "text", ["'; DROP TABLE patient; --", "[bold]x[/]", "\x1b[31mred", "%_\\", 'a"b', "Robert\x00", "‮gnp", "é́́"]
)
def test_hostile_names_are_stored_as_they_are(conn: Connection, text: str) -> None:
    if "\0" in text and conn.dialect.name == "postgresql":
        pytest.skip("PostgreSQL has no NUL character; text.objection lets none in")
    new = patient_writes.insert(conn, PatientDetails(given=text, family=text, known_as=text), NOW)
    assert patients.get(conn, new.id).details.family == text


def test_reads_send_as_many_statements_for_one_as_for_many(conn: Connection) -> None:
    if conn.dialect.name == "postgresql":
        pytest.skip("what is sent is told by the other driver alone")
    ids = patient_writes.insert_many(conn, [MARIA] * 300, NOW)
    assert len(sent(conn, lambda: patients.by_ids(conn, ids[:1]))) == 1
    assert len(sent(conn, lambda: patients.by_ids(conn, ids))) == 1


def test_a_visit_is_noted_without_counting_as_a_save(conn: Connection) -> None:
    new = patient_writes.insert(conn, MARIA, NOW)
    patient_writes.mark_seen(conn, new.id, NOW)
    assert patients.get(conn, new.id).last_seen_at == NOW
    assert patients.get(conn, new.id).version == 1


def test_rows_of_a_file_are_remembered_by_namespace_and_key(conn: Connection) -> None:
    first, second = patient_writes.insert_many(conn, [MARIA, MARIA], NOW)
    patient_writes.save_sources(conn, "athena", {"a": (first, {"given": "María"}), "b": (first, {})})
    patient_writes.save_sources(conn, "athena", {"b": (second, {"given": "Bo"})}, again=["b"])
    patient_writes.save_sources(conn, "other", {"a": (second, {})})
    assert patients.sources(conn, "athena") == {"a": (first, {"given": "María"}), "b": (second, {"given": "Bo"})}
    assert patients.sources(conn, "nobody") == {}


def test_a_deleted_patient_leaves_nothing_to_find(conn: Connection) -> None:
    new = patient_writes.insert(conn, MARIA, NOW)
    conn.execute(sa.delete(schema.patient).where(schema.patient.c.id == new.id))
    assert search.candidates(conn, "garcia") == search.candidates(conn, "555 0101") == []
