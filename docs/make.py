"""Makes what the README shows anew from the program: the tables in it, and a picture of each screen in this folder."""

from __future__ import annotations

import asyncio
import re
import tempfile
from functools import partial
from pathlib import Path

from frontdesk.demo import build_demo, demo_moment
from frontdesk.desk.open import open_desk
from frontdesk.domain.visit import step_table
from frontdesk.ui.environment import prepare
from frontdesk.ui.keys import key_table

HERE = Path(__file__).parent
README = HERE.parent / "README.md"
MOMENT = "2026-11-23 10:40"
SIZE = (120, 40)


def with_tables(readme: str) -> str:
    """The README with its generated tables put in."""
    for name, table in (("steps", step_table()), ("keys", key_table())):
        readme = re.sub(
            f"(<!-- {name} -->\n).*?(<!-- /{name} -->)",
            lambda found, table=table: f"{found[1]}{table}{found[2]}",
            readme,
            flags=re.DOTALL,
        )
    return readme


async def take_pictures() -> None:
    """One picture a screen, of the demo clinic."""
    from frontdesk.ui.app import FrontdeskApp
    from frontdesk.ui.screens.all import screens

    with tempfile.TemporaryDirectory() as folder:
        where = str(Path(folder) / "demo.db")
        build_demo(where, seed=1, patients=400, at=demo_moment(MOMENT))
        for place in ("day", "patients", "rooms", "board"):
            app = FrontdeskApp(partial(open_desk, where, "Ana"), screens(), place)
            async with app.run_test(size=SIZE) as pilot:
                await app.workers.wait_for_complete()
                await pilot.pause()
                if place == "patients":
                    await pilot.press("slash", *"gar")
                    await pilot.pause(0.5)
                (HERE / f"{place}.svg").write_text(app.export_screenshot(title="frontdesk"), encoding="utf-8")


def main() -> None:
    """Writes the tables and the pictures."""
    README.write_text(with_tables(README.read_text(encoding="utf-8")), encoding="utf-8")
    prepare()
    asyncio.run(take_pictures())


if __name__ == "__main__":
    main()
