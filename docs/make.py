"""Makes anew from the program what README and the pages here show: their tables, and a picture of each screen."""

from __future__ import annotations

import asyncio
import re
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from frontdesk.demo import build_demo, demo_moment
from frontdesk.desk.open import open_desk
from frontdesk.domain.visit import step_diagram, step_table
from frontdesk.ui.environment import prepare
from frontdesk.ui.keys import key_summary, key_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.pilot import Pilot

HERE = Path(__file__).parent
TABLES = {
    HERE.parent / "README.md": {"keys": key_summary},
    HERE / "keys.md": {"keys": key_table},
    HERE / "practitioner.md": {"diagram": step_diagram, "steps": step_table},
}
"""Which page bears which tables, by the name that stands around the table there."""
MOMENT = "2026-11-23 10:40"
SIZE = (120, 40)


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


async def take_pictures() -> None:
    """One picture a screen, of the demo clinic; of the set-up on an empty database."""
    with tempfile.TemporaryDirectory() as folder:
        where = str(Path(folder) / "demo.db")
        build_demo(where, seed=1, patients=400, at=demo_moment(MOMENT))
        for place in ("day", "patients", "rooms", "reports", "board"):
            await take_picture(where, place, ("slash", *"gar") if place == "patients" else ())
        await take_picture(str(Path(folder) / "empty.db"), "setup", (), start="day")


async def take_picture(where: str, name: str, keys: tuple[str, ...], *, start: str | None = None) -> None:
    """The screen named `name`, once the keys have acted and the answers are there."""
    from frontdesk.ui.app import FrontdeskApp
    from frontdesk.ui.screens.all import screens

    app = FrontdeskApp(partial(open_desk, where, "Ana"), screens(), start or name)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
        await settled(pilot)
        picture = app.export_screenshot(title="frontdesk")
    # The reader's own monospaced font will do; a picture must not ask another host for one.
    picture = re.sub(r"@font-face\s*\{.*?\}", "", picture, flags=re.DOTALL).replace("Fira Code, monospace", "monospace")
    (HERE / f"{name}.svg").write_text(picture, encoding="utf-8")


async def settled(pilot: Pilot[None]) -> None:
    """Gives the threads time to answer, and the answers time to be drawn."""
    for _ in range(5):
        await pilot.pause(0.2)


def main() -> None:
    """Writes the tables and the pictures."""
    for page, tables in TABLES.items():
        page.write_text(with_tables(page.read_text(encoding="utf-8"), tables), encoding="utf-8")
    prepare()
    asyncio.run(take_pictures())


if __name__ == "__main__":
    main()
