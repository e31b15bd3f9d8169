"""The least dashboard on the skin, for tests of keys, signals and crashes; run as `python -m tests.program.sketch`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from frontdesk.ui.environment import prepare

prepare()

from textual.binding import Binding  # noqa: E402
from textual.widget import Widget  # noqa: E402

from frontdesk import crash  # noqa: E402
from frontdesk.ui import keys  # noqa: E402
from frontdesk.ui.app import FrontdeskApp  # noqa: E402
from frontdesk.ui.keys import bindings_for  # noqa: E402
from frontdesk.ui.layout.cells import Span  # noqa: E402
from frontdesk.ui.screens.base import DeskScreen  # noqa: E402
from frontdesk.ui.widgets.field import CleanInput  # noqa: E402
from frontdesk.ui.widgets.pick_list import Item, PickList  # noqa: E402
from tests.ui.shop import FakeDesk, opener  # noqa: E402

CANARY = "Canary-Patient"


class Sketch(DeskScreen):
    """A field, a list, and keys that go wrong on purpose."""

    PLACE = keys.DAY
    BINDINGS = [
        *bindings_for(keys.DAY),
        Binding("ctrl+f", "focus_field", "field"),
        # Priority, which Textual by itself lets overtake keys that were typed before it.
        Binding("ctrl+n", "book", "book", priority=True),
        Binding("ctrl+w", "slow_write", "write"),
        Binding("ctrl+b", "fail('handler')", "fail"),
        Binding("ctrl+d", "fail('worker')", "fail"),
        Binding("ctrl+y", "fail('timer')", "fail"),
        Binding("ctrl+k", "fail('screen')", "fail"),
        Binding("ctrl+e", "fail('render')", "fail"),
    ]
    fails = ""

    def content(self) -> Iterator[Widget]:
        yield PickList([Item(row, (Span(f"row {row}"),)) for row in range(60)], id="rows")
        field = CleanInput(id="field")
        field.styles.width = 20
        yield field

    def on_mount(self) -> None:
        self.query_one(PickList).focus()

    def heading(self) -> str:
        if self.fails == "render":
            raise _trouble("render")
        return "Sketch"

    def action_focus_field(self) -> None:
        self.query_one(CleanInput).focus()

    def action_book(self) -> None:
        self.desk_app.say(f"booked row {self.query_one(PickList).key}")

    def action_slow_write(self) -> None:
        import time

        rows = self.query_one(PickList)
        self.save(lambda: time.sleep(0.3), lambda _: rows.action_move(10))

    def action_fail(self, where: str) -> None:
        if where == "handler":
            raise _trouble(where)
        if where == "worker":
            self.ask(lambda: _raise(where), lambda _: None)
        elif where == "timer":
            self.set_timer(0.05, lambda: _raise(where))
        elif where == "screen":
            self.app.push_screen(Broken())
        else:
            self.fails = where
            self.desk_app.now().add(seconds=1)


for _action in keys.actions_for(keys.DAY):
    if not hasattr(Sketch, _action.method):
        setattr(Sketch, _action.method, lambda self: None)


class Broken(DeskScreen):
    """Can't even be composed."""

    def content(self) -> Iterator[Widget]:
        raise _trouble("screen")


def _trouble(where: str) -> Exception:
    patient = CANARY
    return RuntimeError(f"{where} {patient}")


def _raise(where: str) -> None:
    patient = CANARY
    raise RuntimeError(f"{where} {patient}")


def main() -> int:
    crash.install_hooks()
    app = FrontdeskApp(opener(FakeDesk()), {keys.DAY: Sketch})
    app.run(mouse=False)
    return app.return_code or 0


if __name__ == "__main__":
    sys.exit(main())
