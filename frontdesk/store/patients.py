"""Patients in the database: read as values in a fixed number of queries; `patient_writes` changes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from frontdesk.domain.errors import NotFound
from frontdesk.domain.patient import Patient
from frontdesk.store import patient_rows
from frontdesk.store.question import Question, as_document
from frontdesk.store.rows import may_be_id

if TYPE_CHECKING:
    from frontdesk.store.question import Askable


def get(conn: Askable, patient_id: int) -> Patient:
    """The patient with that id; raises `NotFound`."""
    found = by_ids(conn, (patient_id,)).get(patient_id) if may_be_id(patient_id) else None
    if found is None:
        raise NotFound(_where_gone(conn, patient_id))
    return found


def by_ids(conn: Askable, ids: Iterable[int]) -> dict[int, Patient]:
    """The patients with those ids, unknown ones left out; one query for any number of them."""
    return {one.id: one for one in patient_rows.read(conn, ids)}


def count(conn: Askable) -> int:
    """How many patients there are."""
    return int(Question(conn).first("SELECT count(*) FROM patient")[0])


def names(conn: Askable) -> list[tuple[int, str, str, str, str]]:
    """The id, given, family and known-as name and e-mail address of everyone, for matching many at once."""
    return Question(conn).rows("SELECT id, given, family, known_as, email FROM patient")


def sources(conn: Askable, namespace: str) -> dict[str, tuple[int, dict[str, Any]]]:
    """Which patient each row of an imported file became, and what the row said, by the row's key."""
    ask = Question(conn)
    words = f"SELECT key, patient_id, fields FROM patient_source WHERE namespace = {ask.bind(namespace)}"
    return {key: (patient_id, as_document(fields)) for key, patient_id, fields in ask.rows(words)}


def from_source(conn: Askable, namespace: str, key: str) -> Patient | None:
    """The patient that a row of an imported file became; None where there is none."""
    ask = Question(conn)
    which = f"namespace = {ask.bind(namespace)} AND key = {ask.bind(key)}"
    found = ask.first(f"SELECT patient_id FROM patient_source WHERE {which}")
    return None if found is None else by_ids(conn, found).get(found[0])


def _where_gone(conn: Askable, patient_id: int) -> str:
    """That there is no such patient, and where the file went if it was made part of another."""
    ask = Question(conn)
    went = f"SELECT kept_id FROM patient_merge WHERE gone_id = {ask.bind(patient_id)} AND undone_at IS NULL"
    kept = ask.first(went) if may_be_id(patient_id) else None
    if kept is not None:
        return f"there is no patient #{patient_id}: that file is part of #{kept[0]} now"
    return f"there is no patient #{patient_id}: `frontdesk find NAME` gives the numbers"
