"""The house theme in its four looks: dark, light, and each of them with high contrast."""

from __future__ import annotations

from functools import cache

from rich.style import Style
from textual.theme import Theme

from frontdesk.ui.contrast import sharper
from frontdesk.ui.looks import (
    DARK,
    DARK_CURSOR,
    DARK_PAPER,
    DARK_RAISED,
    LIGHT,
    LIGHT_CURSOR,
    LIGHT_PAPER,
    LIGHT_RAISED,
    SHARP_DARK_CURSOR,
    SHARP_LIGHT_CURSOR,
    Look,
)

_PREFIX = "house-"
HOUSE_DARK = "house-dark"
WORDS = {
    "dark": "dark",
    "light": "light",
    "contrast": "high contrast, dark",
    "contrast-light": "high contrast, light",
}
"""What each look is called, by its name in the workstation's settings; in the order in which they are turned."""
_PAPERS = {
    "dark": (DARK_PAPER, DARK_RAISED, DARK_CURSOR),
    "light": (LIGHT_PAPER, LIGHT_RAISED, LIGHT_CURSOR),
    "contrast": ("#000000", "#16191b", SHARP_DARK_CURSOR),
    "contrast-light": ("#ffffff", "#ecebe6", SHARP_LIGHT_CURSOR),
}
"""Of each look the paper, what is raised over it, and what lies under the cursor."""


def theme_of(look: str) -> str:
    """The name of the theme of a look."""
    return _PREFIX + look


def look_of(theme: str) -> str:
    """The look that a theme of the house draws."""
    return theme.removeprefix(_PREFIX)


def next_look(look: str) -> str:
    """The look after this one, round and round."""
    looks = list(WORDS)
    return looks[(looks.index(look) + 1) % len(looks)]


@cache
def looks_of(look: str) -> dict[str, Look]:
    """Every role as this look draws it."""
    if look in ("dark", "light"):
        return DARK if look == "dark" else LIGHT
    paper = _PAPERS[look][0]
    house, (old, raised, cursor) = (LIGHT, _PAPERS["light"]) if look.endswith("light") else (DARK, _PAPERS["dark"])
    swapped = dict(zip((old, raised, cursor), _PAPERS[look], strict=True))
    moved = {
        role: Look(one.ink, swapped.get(one.paper or "", one.paper), one.bold, one.reverse, one.underline)
        for role, one in house.items()
    }
    return sharper(moved, paper)


def paper_of(look: str) -> str:
    """What everything lies on that has no paper of its own."""
    return _PAPERS[look][0]


@cache
def theme(look: str) -> Theme:
    """The look as Textual's style sheets read it."""
    looks = looks_of(look)
    paper = paper_of(look)
    variables = {"paper": paper, "input-cursor-background": looks["strong"].ink}
    variables |= {f"ink-{role}": one.ink for role, one in looks.items()}
    variables |= {f"paper-{role}": one.paper for role, one in looks.items() if one.paper}
    return Theme(
        name=theme_of(look),
        primary=looks["key"].ink,
        secondary=looks["retention-ink"].ink,
        warning=looks["warn"].ink,
        error=looks["error"].ink,
        success=looks["done"].ink,
        accent=looks["key"].ink,
        foreground=looks["text"].ink,
        background=paper,
        surface=paper,
        panel=looks["head"].paper,
        dark=not look.endswith("light"),
        variables=variables,
    )


@cache
def style_of(role: str, theme: str = HOUSE_DARK) -> Style:
    """The style of a role in a theme of the house, on the theme's paper where the role has none of its own.

    An unknown role is a KeyError: a role nobody designed would be drawn as nobody checked.
    """
    look = look_of(theme)
    one = looks_of(look)[role]
    return one.style() if one.paper else one.style() + Style(bgcolor=paper_of(look))
