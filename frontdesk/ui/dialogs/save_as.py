"""Where a file is to go: asked until one is written, so that nothing typed is lost where a name is taken already."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from frontdesk.domain.errors import Refused
from frontdesk.ui.dialogs.ask import Ask
from frontdesk.ui.dialogs.base import Said
from frontdesk.ui.screens.framed import Framed


class SaveAs(Ask[str]):
    """One line with a file's name; `write` makes the file, which must be a new one, and gives what is to be said."""

    ACCEPT_WORDS = "write"

    def __init__(self, title: Said, write: Callable[[Path], str], *, name: str) -> None:
        """`name` is what is offered, in the folder of the user's own files."""
        super().__init__(title, str.strip, value=str(Path.home() / name), hint="Where to:")
        self._write = write

    def accept(self) -> None:
        """Writes it; why that can't be done is said here."""
        typed = self._check(self.field.value)
        if not typed:
            self.fail("say where to: a folder, and a name in it")
            return
        # A name alone is meant in the user's own folder, wherever the program was started.
        path = Path.home() / Path(typed).expanduser()

        def refused(why: Refused) -> None:
            # The folder stands in the field; what is wrong must not be cut off behind it.
            self.fail(why.reason.replace(f"{path.parent}/", ""))

        self.save(lambda: self._write(path), self.done, refused=refused)


def save_as(screen: Framed, title: Said, write: Callable[[Path], str], *, name: str) -> None:
    """Asks where to, and says what was written."""

    def written(words: str | None) -> None:
        if words is not None:
            screen.desk_app.say(words)

    screen.app.push_screen(SaveAs(title, write, name=name), written)
