"""Makes anew from the program what README and the pages here show: their tables, and a picture of each screen."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from drawing import drawing

from frontdesk.demo import build_demo, demo_moment
from frontdesk.desk.open import open_desk
from frontdesk.domain.visit import step_diagram, step_table
from frontdesk.ui.environment import prepare
from frontdesk.ui.keys import key_summary, key_table

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from textual.pilot import Pilot

HERE = Path(__file__).parent
TABLES = {
    HERE.parent / "README.md": {"keys": key_summary},
    HERE / "keys.md": {"keys": key_table},
    HERE / "practitioner.md": {"diagram": step_diagram, "steps": step_table},
}
"""Which page bears which tables, by the name that stands around the table there."""
MOMENT = "2026-11-23 10:40"
SIZE, SMALL = (120, 36), (80, 24)
SMALL_ONES = ("find", "line", "welcome", "tour")
"""Those that show how it looks in the smallest window."""


def with_tables(page: str, tables: Mapping[str, Callable[[], str]]) -> str:
    """The page with its generated tables put in."""
    for name, table in tables.items():
        page = re.sub(
            f"(<!-- {name} -->\n).*?(<!-- /{name} -->)",
            lambda found, table=table: f"{found[1]}{table()}{found[2]}",
            page,
            flags=re.DOTALL,
        )
    return page


PICTURES: dict[str, tuple[str, tuple[str, ...]]] = {
    "day": ("day", ()),
    "booking": ("day", ("n", *"garcia mar", "enter")),
    "line": ("day", ("N", *"weiss follow-up lin tomorrow 10:35")),
    "plan": ("patients", ("slash", *"garcia mar", "enter", "P")),
    "find": ("patients", ("slash", *"gar")),
    "patients": ("patients", ("slash", *"gar", "enter")),
    "file": ("patients", ("slash", *"garcia mar", "enter", "enter")),
    "rooms": ("rooms", ()),
    "recalls": ("recalls", ()),
    "waiting": ("waiting", ()),
    "reminders": ("reminders", ()),
    "reports": ("reports", ()),
    "close": ("close", ()),
    "board": ("board", ()),
    "check-out": ("rooms", ("down", "down", "right", "space")),
}
"""Each picture's screen, and the keys that are pressed there; what changes something comes last."""


async def take_pictures(wanted: Collection[str]) -> None:
    """The wanted pictures, of the demo clinic; of the first start on an empty database, and of the tour."""
    with tempfile.TemporaryDirectory() as folder:
        where = str(Path(folder) / "demo.db")
        build_demo(where, seed=1, patients=400, at=demo_moment(MOMENT))
        for name, (start, keys) in PICTURES.items():
            if name in wanted:
                await take_picture(where, name, start, keys)
        if "welcome" in wanted:
            await take_picture(str(Path(folder) / "empty.db"), "welcome", "day", ())
        if "setup" in wanted:
            await take_picture(where, "setup", "setup", ())
        if "tour" in wanted:
            quiet = str(Path(folder) / "quiet.db")
            build_demo(quiet, seed=1, patients=400, at=demo_moment(MOMENT), quiet=True)
            await take_picture(quiet, "tour", "day", ("question_mark", "escape"), tour=True)


async def take_picture(where: str, name: str, start: str, keys: tuple[str, ...], *, tour: bool = False) -> None:
    """The screen `start`, once the keys have acted and the answers are there."""
    from frontdesk.ui.app import FrontdeskApp
    from frontdesk.ui.screens.all import screens
    from frontdesk.ui.tour.app import TourApp

    app = (TourApp if tour else FrontdeskApp)(partial(open_desk, where, "Ana"), screens(), start, can_demo=True)
    async with app.run_test(size=SMALL if name in SMALL_ONES else SIZE) as pilot:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        await settled(pilot)
        rows = app.screen._compositor.render_strips()
        theme = app.ansi_theme
    (HERE / f"{name}.svg").write_text(drawing(rows, theme), encoding="utf-8")


async def settled(pilot: Pilot[None]) -> None:
    """Gives the threads time to answer, and the answers time to be drawn."""
    for _ in range(5):
        await pilot.pause(0.2)


def main() -> None:
    """Writes the tables, and the pictures that are named, or all."""
    for page, tables in TABLES.items():
        page.write_text(with_tables(page.read_text(encoding="utf-8"), tables), encoding="utf-8")
    os.environ |= {"COLORTERM": "truecolor", "TERM": "xterm-256color"}
    os.environ.pop("NO_COLOR", None)
    prepare()
    asyncio.run(take_pictures(sys.argv[1:] or (*PICTURES, "welcome", "setup", "tour")))


if __name__ == "__main__":
    main()
