"""Which kinds of database the tests stand on: both, or the one that FRONTDESK_ENGINE names."""

from __future__ import annotations

import os

import pytest

KINDS = ("sqlite", "postgresql")
CHOSEN = os.environ.get("FRONTDESK_ENGINE", "")

ENGINES = (CHOSEN,) if CHOSEN else KINDS
"""What every test of the store, the desk and the verbs is tried on."""
USUAL = CHOSEN or "sqlite"
"""What is enough for most tests of the screens and of the whole program."""

on_both = pytest.mark.parametrize("engine", ENGINES, indirect=True)
"""A test of the screens or of the whole program that is tried on both."""
about_files = pytest.mark.skipif(USUAL != "sqlite", reason="is about a SQLite file")
"""A test that reads a database as a file, or renames, spoils or locks it."""
only_files = pytest.mark.parametrize("engine", [pytest.param("sqlite", marks=about_files)], indirect=True)
"""The same, of a test that asks for `where`."""
