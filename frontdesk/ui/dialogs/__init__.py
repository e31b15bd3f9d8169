"""Typed dialogs that sit over a screen and hand back one value."""

from __future__ import annotations

from pathlib import Path

SHEET = Path(__file__).with_name("dialogs.tcss")
"""How dialogs look: read a second after the first frame, or with the first dialog; no main screen needs it."""
