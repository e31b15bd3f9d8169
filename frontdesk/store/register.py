"""Everybody on file, a portion at a time: however many there are, no more of them are in memory than one portion."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from frontdesk.domain.patient_file import NOTHING_MORE
from frontdesk.store import files, patient_rows
from frontdesk.store.question import Question

if TYPE_CHECKING:
    from frontdesk.domain.patient import Patient
    from frontdesk.domain.patient_file import FileDetails
    from frontdesk.store.question import Askable

PORTION = 1_000
"""Patients that are read at once."""


def everybody(conn: Askable) -> Iterator[tuple[Patient, FileDetails]]:
    """Each patient with the whole file, by number; without files that were erased, or are part of another by now."""
    last = 0
    while last >= 0:
        ask = Question(conn)
        words = (
            f"SELECT {patient_rows.columns(ask.is_server)} FROM patient AS p WHERE p.id > {ask.bind(last)}"
            " AND NOT EXISTS (SELECT 1 FROM patient_erasure WHERE patient_id = p.id)"
            f" ORDER BY p.id LIMIT {ask.bind(PORTION)}"
        )
        found = [patient_rows.patient_of(row) for row in ask.rows(words)]
        more = files.files_of(conn, [one.id for one in found])
        for one in found:
            yield one, more.get(one.id, NOTHING_MORE)
        last = found[-1].id if len(found) == PORTION else -1
