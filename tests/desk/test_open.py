"""The desk's subjects: each is there, and none is loaded before it is asked for."""

from __future__ import annotations

import subprocess
import sys

from frontdesk.desk.open import Desk

LOADED = "import sys, frontdesk.desk.open; print(*(name for name in sys.modules if name.startswith('frontdesk.desk.')))"


def test_each_subject_is_what_it_is_declared_as(desk: Desk) -> None:
    for subject, kind in Desk.__annotations__.items():
        found = getattr(desk, subject)
        assert type(found).__name__ == kind
        assert getattr(desk, subject) is found


def test_what_is_no_subject_is_an_attribute_error(desk: Desk) -> None:
    assert not hasattr(desk, "invoices")


def test_opening_a_desk_loads_no_subject() -> None:
    found = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert set(found.stdout.split()) == {
        "frontdesk.desk.open",
        "frontdesk.desk.context",
        "frontdesk.desk.timekeeper",
    }


def test_a_file_is_opened_without_the_libraries_for_servers() -> None:
    loaded = "import sys, frontdesk.store.engine; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert not {"psycopg", "sqlalchemy.dialects.postgresql", "alembic"} & set(found.stdout.split())
