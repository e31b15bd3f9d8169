"""Typed dialogs that sit over a screen and hand back one value."""

from __future__ import annotations

from pathlib import Path

SHEET = Path(__file__).with_name("dialogs.tcss")
"""How dialogs look; read before the first is asked for, since no main screen needs it to be drawn."""
