"""Where a file is to go: asked until one is written, so that nothing typed is lost where a name is taken already."""

from __future__ import annotations

from asyncio import get_running_loop
from collections.abc import Callable
from pathlib import Path

from frontdesk.domain.errors import Refused
from frontdesk.ui import work
from frontdesk.ui.dialogs.ask import Ask
from frontdesk.ui.dialogs.base import Said
from frontdesk.ui.screens.framed import Framed
from frontdesk.ui.working import SOON_S, WRITING


class SaveAs(Ask[str]):
    """One line with a file's name; `write` makes the file, which must be a new one, and gives what is to be said."""

    ACCEPT_WORDS = "write"

    def __init__(self, title: Said, write: Callable[[Path], str], *, name: str) -> None:
        """`name` is what is offered, in the folder of the user's own files."""
        super().__init__(title, str.strip, value=str(Path.home() / name), hint="Where to:")
        self._write = write
        self._is_writing = False

    def accept(self) -> None:
        """Writes it; why that can't be done is said here.

        Most files are there at once, and keys typed ahead wait for that. For a long one they go on: Esc leaves it to
        itself, and what was written is said all the same.
        """
        if self._is_writing:
            self.tell("It is being written.")
            return
        typed = self._check(self.field.value)
        if not typed:
            self.fail("say where to: a folder, and a name in it")
            return
        # A name alone is meant in the user's own folder, wherever the program was started.
        path = Path.home() / Path(typed).expanduser()

        app, release = self.desk_app, self.desk_app.router.hold_keys()

        def written(words: str) -> None:
            if self.is_current:
                self.done(words)
            else:
                app.say(words)

        def refused(why: Refused) -> None:
            self._is_writing = False
            if self.is_current:
                # The folder stands in the field; what is wrong must not be cut off behind it.
                self.fail(why.reason.replace(f"{path.parent}/", ""))
            else:
                app.refuse(why)

        self._is_writing = True
        get_running_loop().call_later(SOON_S, release)
        work.save(app, app, lambda: self._write(path), written, refused=refused, release=release, words=WRITING)


def save_as(screen: Framed, title: Said, write: Callable[[Path], str], *, name: str) -> None:
    """Asks where to, and says what was written."""

    def written(words: str | None) -> None:
        if words is not None:
            screen.desk_app.say(words)

    screen.app.push_screen(SaveAs(title, write, name=name), written)
