"""What is shown first waits for nothing that only others need."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engines import about_files
from tests.program.pty import Program

pytestmark = pytest.mark.pty

WITHOUT_SQLALCHEMY = """
import sys
from threading import Event


class Never:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == "sqlalchemy":
            Event().wait()


sys.meta_path.insert(0, Never)
from frontdesk.cli import main

sys.exit(main(sys.argv[1:]))
"""
"""The program on a machine where SQLAlchemy takes for ever to load."""


@about_files
def test_the_day_is_drawn_before_sqlalchemy_is_loaded(demo_copy: Path) -> None:
    with Program("-c", WITHOUT_SQLALCHEMY, "--db", str(demo_copy), "--as", "Ana", size=(120, 40)) as program:
        program.wait_for(r"R1 Garcia M OVERDUE(.*\n)+.*10:00 │█\*\*\*")
