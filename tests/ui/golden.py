"""Screens as plain text, kept in tests/ui/goldens; FRONTDESK_REGOLD=1 writes them anew, to be read before committed."""

from __future__ import annotations

import os
from pathlib import Path

from tests.driver import Driver

FOLDER = Path(__file__).parent / "goldens"


def check(driver: Driver, name: str) -> None:
    """The screen is what the golden file says."""
    seen = driver.screen() + "\n"
    path = FOLDER / f"{name}.txt"
    if os.environ.get("FRONTDESK_REGOLD"):
        path.write_text(seen, encoding="utf-8")
    assert path.exists(), f"no golden {path.name}: run once with FRONTDESK_REGOLD=1 and read it"
    assert seen == path.read_text(encoding="utf-8")
