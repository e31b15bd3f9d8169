"""Text can be read on what it lies on, and no state is told by colour alone."""

from __future__ import annotations

import pytest

from frontdesk.ui.theme import DARK, DARK_PAPER, LIGHT, LIGHT_PAPER, Look, style_of

CASES = [("dark", role, look, DARK_PAPER) for role, look in DARK.items()] + [
    ("light", role, look, LIGHT_PAPER) for role, look in LIGHT.items()
]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("theme", "role", "look", "paper"), CASES, ids=lambda value: str(value)[:20])
def test_contrast(theme: str, role: str, look: Look, paper: str) -> None:
    lighter, darker = sorted((luminance(look.ink), luminance(look.paper or paper)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_both_themes_have_every_role() -> None:
    assert DARK.keys() == LIGHT.keys()


def test_a_role_nobody_designed_is_an_error() -> None:
    with pytest.raises(KeyError):
        style_of("pretty")
