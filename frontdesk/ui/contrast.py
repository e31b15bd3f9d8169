"""How well one colour is read on another, and looks made sharper for whoever needs more of it."""

from __future__ import annotations

from msgspec.structs import replace

from frontdesk.ui.looks import Look

Rgb = tuple[int, int, int]
ENOUGH = 7.0
"""The contrast of every pair in the sharp looks (WCAG 2.2, 1.4.6)."""
_STEP = 0.04


def rgb(colour: str) -> Rgb:
    """`#8fc7e8` as its three parts."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: Rgb) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (one / 255 for one in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: Rgb, other: Rgb) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def sharper(looks: dict[str, Look], paper: str) -> dict[str, Look]:
    """The same roles with every ink at least `ENOUGH` from what it lies on; `paper` is what all of them lie on.

    Hues stay. Papers move towards black or white, whichever they are nearer to, and only then inks the other way, so
    that a coloured chip stays coloured. What lies on one paper goes on lying on one, that of the ink that needs most.
    """
    papers: dict[str, Rgb] = {}
    for look in looks.values():
        if look.paper is not None:
            _, moved = _apart(rgb(look.ink), rgb(look.paper), paper_moves=True)
            first = rgb(look.paper)
            papers[look.paper] = max(papers.get(look.paper, first), moved, key=lambda one: _far(one, first))
    return {role: _sharp(look, papers.get(look.paper or "", rgb(paper))) for role, look in looks.items()}


def _sharp(look: Look, paper: Rgb) -> Look:
    ink, _ = _apart(rgb(look.ink), paper, paper_moves=False)
    return replace(look, ink=_hex(ink), paper=None if look.paper is None else _hex(paper))


def _apart(ink: Rgb, paper: Rgb, *, paper_moves: bool) -> tuple[Rgb, Rgb]:
    """An ink and its paper, moved away from each other until they are `ENOUGH` apart; the ink twice as far."""
    dark_on_light = luminance(ink) < luminance(paper)
    away, towards = ((0, 0, 0), (255, 255, 255)) if dark_on_light else ((255, 255, 255), (0, 0, 0))
    share = 0.0
    first_ink, first_paper = ink, paper
    while ratio(ink, paper) < ENOUGH and share < 1:
        share += _STEP
        ink = _mixed(first_ink, away, share)
        if paper_moves:
            paper = _mixed(first_paper, towards, share / 2)
    return ink, paper


def _far(one: Rgb, other: Rgb) -> int:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))


def _mixed(colour: Rgb, other: Rgb, share: float) -> Rgb:
    share = min(share, 1.0)
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def _hex(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
