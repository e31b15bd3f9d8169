"""Every look by the role it plays, dark and light, in one table: roles, not colours, are what layouts name.

Each pair of ink and paper keeps a contrast of 4.5:1 (WCAG 2.2, 1.4.3), which a test holds; no state is told by its
colour alone.
"""

from __future__ import annotations

from msgspec import Struct
from rich.style import Style


class Look(Struct, frozen=True, gc=False):
    """How one role is drawn; `paper` None lies on whatever is beneath."""

    ink: str
    paper: str | None = None
    bold: bool = False
    reverse: bool = False
    underline: bool = False

    def style(self) -> Style:
        """The look as Rich draws it."""
        return Style(
            color=self.ink,
            bgcolor=self.paper,
            bold=self.bold or None,
            reverse=self.reverse or None,
            underline=self.underline or None,
        )


DARK_PAPER, DARK_RAISED, DARK_CURSOR = "#14181b", "#1d2327", "#2f4858"
LIGHT_PAPER, LIGHT_RAISED, LIGHT_CURSOR = "#f7f5f0", "#eae6dc", "#c4dbe6"
SHARP_DARK_CURSOR, SHARP_LIGHT_CURSOR = "#003a5c", "#b8dcf0"
"""What lies under the cursor in the looks of high contrast."""

DARK: dict[str, Look] = {
    "text": Look("#d6dbd8"),
    "strong": Look("#f4f6f5", bold=True),
    "dim": Look("#9aa5a5"),
    "rule": Look("#7f8b8c"),
    "key": Look("#8fc7e8", bold=True),
    "head": Look("#d6dbd8", DARK_RAISED),
    "head-strong": Look("#ffffff", DARK_RAISED, bold=True),
    "head-dim": Look("#a3aeae", DARK_RAISED),
    "tab": Look("#ffffff", "#35586c", bold=True),
    "demo": Look("#14181b", "#d9b45b", bold=True),
    "foot": Look("#b9c2c1", DARK_RAISED),
    "foot-key": Look("#8fc7e8", DARK_RAISED, bold=True),
    "foot-warn": Look("#f0cf7a", DARK_RAISED, bold=True),
    "foot-urgent": Look("#ff9d8c", DARK_RAISED, bold=True),
    "cursor": Look("#ffffff", DARK_CURSOR, bold=True),
    "cursor-dim": Look("#c9d5da", DARK_CURSOR),
    "pick": Look("#0f1518", "#dbe6ea", bold=True),
    "pick-dim": Look("#37454b", "#dbe6ea"),
    "match": Look("#f0cf7a", bold=True, underline=True),
    "cursor-match": Look("#f5dc9a", DARK_CURSOR, bold=True, underline=True),
    "field": Look("#f4f6f5", "#283036"),
    "field-dim": Look("#a3aeae", "#283036"),
    "done": Look("#9fd3a8"),
    "error": Look("#ff9d8c", bold=True),
    "warn": Look("#f0cf7a"),
    "urgent": Look("#ff9d8c", bold=True),
    "banner": Look("#1a0d0a", "#ff9d8c", bold=True),
    "now": Look("#f0cf7a", bold=True),
    "hands-on": Look("#0f1a14", "#8ccf9e"),
    "hands-on-ink": Look("#98dba6"),
    "retention": Look("#d7e8f2", "#27475a"),
    "retention-ink": Look("#7ab2ea"),
    "turnover": Look("#b3aebd"),
    "squeeze": Look("#f5b8ec", bold=True),
    "free": Look("#9aa5a5"),
    "offer": Look("#9fd3a8", "#1f3326", bold=True),
    "occupied": Look("#98dba6"),
    "closed": Look("#858f90", "#0e1113"),
    "over": Look("#939e9e", "#1a1f22"),
    "alarm-low": Look("#f0cf7a", bold=True),
    "alarm-medium": Look("#1d1503", "#f0b93f", bold=True),
    "alarm-high": Look("#a8000a", "#ffffff", bold=True),
    "alarm-medium-flash": Look("#f0b93f", "#3a2c0a", bold=True),
    "alarm-high-flash": Look("#ffffff", "#b3261e", bold=True),
    "owed": Look("#1d0f20", "#e3b3f0", bold=True),
    "tile": Look("#d6dbd8", "#1b2125"),
    "tile-head": Look("#d6dbd8", "#2a3238"),
    "tile-room": Look("#ffffff", "#2a3238", bold=True),
    "tile-name": Look("#ffffff", "#2a3238", bold=True),
    "tile-text": Look("#d6dbd8", "#1b2125"),
    "tile-dim": Look("#a3aeae", "#1b2125"),
    "tile-timer": Look("#a9d6f0", "#1b2125", bold=True),
    "tile-busy": Look("#8ccf9e", "#1b2125"),
    "tile-may": Look("#9fd3a8", "#1b2125", bold=True),
    "tile-low": Look("#f0cf7a", "#1b2125", bold=True),
    "tile-low-head": Look("#f0cf7a", "#2a3238", bold=True),
    "tile-urgent": Look("#ff9d8c", "#1b2125", bold=True),
    "tile-edge": Look("#14181b", "#8fc7e8", bold=True),
    "heat-0": Look("#b3bcbb", "#1b2125"),
    "heat-1": Look("#d6dbd8", "#1f3326"),
    "heat-2": Look("#e6f2e9", "#2b5139"),
    "heat-3": Look("#0f1a14", "#74b88a"),
    "heat-4": Look("#0f1a14", "#b9f0c8", bold=True),
    "heat-0-ink": Look("#a3aeae"),
    "heat-1-ink": Look("#8ccf9e"),
    "heat-2-ink": Look("#8ccf9e"),
    "heat-3-ink": Look("#9fe0b1"),
    "heat-4-ink": Look("#b9f0c8"),
}
"""Looks on a dark terminal."""

LIGHT: dict[str, Look] = {
    "text": Look("#23292b"),
    "strong": Look("#000000", bold=True),
    "dim": Look("#5a6466"),
    "rule": Look("#5f6b70"),
    "key": Look("#0b5a82", bold=True),
    "head": Look("#23292b", LIGHT_RAISED),
    "head-strong": Look("#000000", LIGHT_RAISED, bold=True),
    "head-dim": Look("#555e60", LIGHT_RAISED),
    "tab": Look("#ffffff", "#35586c", bold=True),
    "demo": Look("#14181b", "#d9b45b", bold=True),
    "foot": Look("#3b4346", LIGHT_RAISED),
    "foot-key": Look("#0b5a82", LIGHT_RAISED, bold=True),
    "foot-warn": Look("#6b4200", LIGHT_RAISED, bold=True),
    "foot-urgent": Look("#7d0505", LIGHT_RAISED, bold=True),
    "cursor": Look("#000000", LIGHT_CURSOR, bold=True),
    "cursor-dim": Look("#334147", LIGHT_CURSOR),
    "pick": Look("#ffffff", "#274353", bold=True),
    "pick-dim": Look("#d3dfe5", "#274353"),
    "match": Look("#7a4b00", bold=True, underline=True),
    "cursor-match": Look("#5a3600", LIGHT_CURSOR, bold=True, underline=True),
    "field": Look("#000000", "#ffffff"),
    "field-dim": Look("#5a6466", "#ffffff"),
    "done": Look("#1c6a30"),
    "error": Look("#7d0505", bold=True),
    "warn": Look("#855400"),
    "urgent": Look("#7d0505", bold=True),
    "banner": Look("#ffffff", "#7d0505", bold=True),
    "now": Look("#855400", bold=True),
    "hands-on": Look("#ffffff", "#2b6b3f"),
    "hands-on-ink": Look("#1c6a30"),
    "retention": Look("#12303f", "#cfe4f0"),
    "retention-ink": Look("#0b5a82"),
    "turnover": Look("#655f70"),
    "squeeze": Look("#5c1380", bold=True),
    "free": Look("#5a6466"),
    "offer": Look("#14511f", "#c6e88f", bold=True),
    "occupied": Look("#1c6a30"),
    "closed": Look("#5a6365", "#ebe8e0"),
    "over": Look("#586265", "#efece5"),
    "alarm-low": Look("#7a4b00", bold=True),
    "alarm-medium": Look("#1d1503", "#f0b93f", bold=True),
    "alarm-high": Look("#ffffff", "#8a0f0b", bold=True),
    "alarm-medium-flash": Look("#7a4b00", "#fbeecb", bold=True),
    "alarm-high-flash": Look("#7d0505", "#fbdedb", bold=True),
    "owed": Look("#ffffff", "#8f3fa8", bold=True),
    "tile": Look("#23292b", "#efece5"),
    "tile-head": Look("#23292b", "#dfdacd"),
    "tile-room": Look("#000000", "#dfdacd", bold=True),
    "tile-name": Look("#000000", "#dfdacd", bold=True),
    "tile-text": Look("#23292b", "#efece5"),
    "tile-dim": Look("#555e60", "#efece5"),
    "tile-timer": Look("#0b5a82", "#efece5", bold=True),
    "tile-busy": Look("#1c6a30", "#efece5"),
    "tile-may": Look("#1c6a30", "#efece5", bold=True),
    "tile-low": Look("#7a4b00", "#efece5", bold=True),
    "tile-low-head": Look("#6b4200", "#dfdacd", bold=True),
    "tile-urgent": Look("#7d0505", "#efece5", bold=True),
    "tile-edge": Look("#ffffff", "#0b5a82", bold=True),
    "heat-0": Look("#4d575a", "#efece5"),
    "heat-1": Look("#23292b", "#dfeee2"),
    "heat-2": Look("#14511f", "#b5d9bd"),
    "heat-3": Look("#ffffff", "#2b6b3f"),
    "heat-4": Look("#ffffff", "#123a1b", bold=True),
    "heat-0-ink": Look("#5a6466"),
    "heat-1-ink": Look("#1c6a30"),
    "heat-2-ink": Look("#1c6a30"),
    "heat-3-ink": Look("#1c6a30"),
    "heat-4-ink": Look("#123a1b"),
}
"""The same roles on a light one."""


def _cells(looks: dict[str, Look], plain: str, dim: str, warn: str, papers: dict[str, tuple[str, str]]) -> None:
    """Adds the looks of the day's cells: for each kind of cell its paper, and on it plain, dim, urgent and edge ink."""
    for name, (paper, edge) in papers.items():
        looks[name] = Look(plain, paper)
        looks[f"{name}-strong"] = Look(looks["strong"].ink, paper, bold=True)
        looks[f"{name}-dim"] = Look(dim, paper)
        looks[f"{name}-warn"] = Look(warn, paper, bold=True)
        looks[f"{name}-urgent"] = Look(looks["urgent"].ink, paper, bold=True)
        looks[f"{name}-edge"] = Look(edge, paper)


_cells(
    DARK,
    plain="#d6dbd8",
    dim="#c4cdcc",
    warn="#f0cf7a",
    papers={
        "visit": ("#24402f", "#98dba6"),
        "rest": ("#172a40", "#74aee6"),
        "turned": ("#14181b", "#84808f"),
        "block": ("#403c48", "#beb8c8"),
    },
)
_cells(
    LIGHT,
    plain="#23292b",
    dim="#454f52",
    warn="#724600",
    papers={
        "visit": ("#c9e8c4", "#1c6a30"),
        "rest": ("#dfe9fa", "#0b5a82"),
        "turned": ("#f7f5f0", "#6b6577"),
        "block": ("#d5c8b3", "#554a39"),
    },
)
