"""What every dialog is: a box over the screen with title, body, a line for errors and its keys; typed by its answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input

from frontdesk.domain.errors import Invalid, Problem, Refused
from frontdesk.domain.privacy import Words
from frontdesk.text import visible
from frontdesk.ui import keys, work
from frontdesk.ui.compositor import FrameCompositor
from frontdesk.ui.dialogs import SHEET
from frontdesk.ui.layout.cells import Line, Span, cut, wrapped
from frontdesk.ui.layout.cells import width as cell_width
from frontdesk.ui.screens.framed import Framed
from frontdesk.ui.widgets.box import Box
from frontdesk.ui.widgets.field import Field
from frontdesk.ui.widgets.frame import HeaderLine, KeyLine, RoomStrip
from frontdesk.ui.widgets.lines import LineWidget
from frontdesk.ui.working import READING

T = TypeVar("T")
R = TypeVar("R")
ERROR_ROWS = 3
"""What the reason why an answer was not taken takes at most."""
Said = str | Callable[[], str]
"""Words, or what makes them anew each time they are drawn: for words that name somebody, since privacy mode turns."""


def kept(said: Said) -> Callable[[], str]:
    """What gives the words now; those that were made while names were shown are hidden in privacy mode."""
    if callable(said):
        return said
    words = Words(said)
    return lambda: words.shown


class Note(LineWidget):
    """Rows of literal text in one role; as high as its text, and gone when it is empty. Long rows are broken."""

    def __init__(self, text: Said = "", role: str = "text", *, id: str | None = None) -> None:
        """`text` may have several lines."""
        super().__init__(id=id)
        self._text = kept(text)
        self._role = role

    def on_mount(self) -> None:
        """Takes the height its text needs."""
        self._fit()

    def set_text(self, text: Said, role: str | None = None) -> None:
        """Replaces the text."""
        self._text = kept(text)
        self._role = role or self._role
        self._fit()
        self.redraw()

    @property
    def text(self) -> str:
        """The text shown."""
        return self._text()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """The text's rows."""
        del height
        return [(Span(f" {row}", self._role),) for row in self._rows(width)]

    def on_resize(self) -> None:
        """Other rows in another width."""
        self._fit()

    def privacy_turned(self) -> None:
        """Other words, maybe in more rows or fewer."""
        self._fit()
        super().privacy_turned()

    def _rows(self, cells: int) -> list[str]:
        return [part for row in self._text().splitlines() for part in _broken(visible(row), cells - 2)]

    def _fit(self) -> None:
        screen = self.screen
        window = self.app.size.width
        cells = self.size.width or (min(window, screen.WIDTH) if isinstance(screen, Dialog) else window) - 2
        with self.desk_privacy():
            rows = len(self._rows(cells))
        if self.styles.height is None or self.styles.height.value != max(1, rows):
            self.styles.height = max(1, rows)
        self.display = bool(rows)


class DialogTitle(Note):
    """The dialog's first row; a second one where a question takes it."""

    FILL: ClassVar[str] = "head"

    def __init__(self, text: Said) -> None:
        """`text` may hold names; it is drawn literally."""
        super().__init__(text, "head-strong")

    def _rows(self, cells: int) -> list[str]:
        words = visible(self._text())
        head, colon, what = words.rpartition(": ")
        if cell_width(words) <= cells - 2:
            return [words]
        if colon and cell_width(what) < cells // 2:
            # Of a long name and what is done the name gives way.
            return [f"{cut(head, cells - 4 - cell_width(what))}: {what}"]
        first, *more = wrapped(words, cells - 2)
        return [first, *([cut(" ".join(more), cells - 2)] if more else [])]


def _broken(row: str, cells: int) -> list[str]:
    """A row as it is where there is room for it; else its words in several, as far in as it begins."""
    if cell_width(row) <= cells:
        return [row]
    indent = " " * (len(row) - len(row.lstrip()))
    return [f"{indent}{part}" for part in wrapped(row, cells - len(indent))]


class ErrorLine(Note):
    """Why the dialog's answer was not taken, marked for eyes without colour.

    One row, so that nothing jumps when it appears; more where the reason takes them.
    """

    def _rows(self, cells: int) -> list[str]:
        text = visible(" ".join(self._text().split()))
        mark = "✗ " if text and self._role == "error" else ""
        rows = wrapped(f"{mark}{text}", cells - 2, indent=" " * len(mark)) or [""]
        if len(rows) > ERROR_ROWS:
            rows[ERROR_ROWS - 1 :] = [cut(" ".join(row.strip() for row in rows[ERROR_ROWS - 1 :]), cells - 2)]
        return rows


class Dialog(ModalScreen[T | None], Framed, Generic[T]):
    """A question over the screen; `push_screen(dialog, then)` gives `then` the answer, or None for Esc.

    Fill `body`; `accept` calls `done` with the answer or `fail` with what is wrong. The room strip stays in sight.
    """

    CSS_PATH = SHEET
    PLACE: ClassVar[str] = keys.DIALOG
    TITLE_WORDS: ClassVar[str] = ""
    ACCEPT_WORDS: ClassVar[str] = "accept"
    WIDTH: ClassVar[int] = 64
    BINDINGS: ClassVar = [
        Binding("escape,ctrl+g", "dialog_cancel", "back", show=False),
        Binding("enter", "dialog_accept", "accept", show=False),
        Binding("ctrl+p,question_mark", "dialog_help", "keys", show=False),
        Binding("tab,down", "app.focus_next", "next field", show=False),
        Binding("shift+tab,up", "app.focus_previous", "field before", show=False),
    ]

    def __init__(self, title: Said = "") -> None:
        """`title` replaces the class's own words."""
        super().__init__()
        self._title = title or (lambda: self.TITLE_WORDS)
        self._warned = False
        self._ended = False
        self._again: tuple[Mapping[str, str], str] | None = None

    def set_title(self, words: Said) -> None:
        """Another title."""
        self._title = words
        for one in self.query(DialogTitle):
            one.set_text(words)

    @property
    def cells(self) -> int:
        """How wide the box is."""
        return self.WIDTH

    def body(self) -> Iterator[Widget]:
        """The widgets between title and error line; the first that can take focus gets it."""
        yield from ()

    def first(self) -> Widget | None:
        """What has the focus at first: whatever can take it before all others."""
        return next((one for one in self.query("#box *") if one.focusable), None)

    def recheck(self) -> None:
        """Asks anew what the dialog shows: somebody wrote, or names are hidden or shown now."""

    def privacy_turned(self) -> None:
        """Also asks anew what was made into words and rows."""
        super().privacy_turned()
        if self.desk_app.has_desk:
            self.recheck()

    def accept(self) -> None:
        """Enter: check what was typed, then `done` or `fail`."""
        raise NotImplementedError

    def is_changed(self) -> bool:
        """Whether Esc would lose something typed; by default whether any field differs from its beginning."""
        return any(field.is_changed for field in self.query(Field))

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """The keys this dialog's last row names."""
        return (("Enter", self.ACCEPT_WORDS), ("Esc", "back"))

    def done(self, answer: T | None) -> None:
        """Ends the dialog with its answer; a second call does nothing."""
        if self._ended or not self.is_current:
            return
        self._ended = True
        self.dismiss(answer)

    @property
    def typed(self) -> dict[str, str]:
        """What stands in the fields, by their names."""
        return {field.name: field.value for field in self.query(Field) if field.name}

    def begin_again(self, typed: Mapping[str, str], words: str) -> None:
        """Before it is shown: what was typed into another one like it, and why that was not saved."""
        self._again = typed, words

    def fail(self, reason: str | Refused) -> None:
        """Says why the answer was not taken, beside the field it concerns where there is one."""
        said = str(reason)
        if isinstance(reason, Invalid):
            said = "; ".join(self._beside(problem) for problem in reason.problems)
        self.query_one(ErrorLine).set_text(said, "error")

    def not_to_be_had(self, refused: Refused) -> None:
        """Says why a place that was chosen can't be had; what is free now is asked again."""
        self.fail(refused.why)
        self.recheck()

    def _beside(self, problem: Problem) -> str:
        """Says it beside its field; gives it with the field's label, which is what the user calls it."""
        field = next((one for one in self.query(Field) if one.name == problem.where), None)
        if field is None:
            return str(problem)
        field.fail(problem.reason)
        return f"{field.called or problem.where}: {problem.reason}"

    def tell(self, text: Said, role: str = "dim") -> None:
        """Says something that is no error in the same place."""
        # There is no line yet, or no more, in one that is just opened or ends: keys may be dropped at any moment.
        for line in self.query(ErrorLine):
            line.set_text(text, role)

    def warn(self, words: str) -> None:
        """As on a screen, in the dialog's own line."""
        self.tell(words, "warn")

    def save(
        self,
        work_: Callable[[], R],
        then: Callable[[R], object] | None = None,
        *,
        refused: Callable[[Refused], object] | None = None,
    ) -> None:
        """As on a screen; a refusal is shown in the dialog."""
        work.save(self.desk_app, self, work_, then, refused=refused or self.fail)

    def ask(
        self,
        work_: Callable[[], R],
        then: Callable[[R], object],
        *,
        group: str = "read",
        refused: Callable[[Refused], object] | None = None,
        holds: bool = True,
        words: str = READING,
    ) -> None:
        """As on a screen; a refusal is shown in the dialog."""
        super().ask(work_, then, group=group, refused=refused or self.fail, holds=holds, words=words)

    @property
    def beneath(self) -> FrameCompositor | None:
        """The screen that stands around the box; none for a dialog that is not shown."""
        stack = self.app.screen_stack
        below = stack.index(self) - 1 if self in stack else -1
        compositor = stack[below]._compositor if below >= 0 else None
        return compositor if isinstance(compositor, FrameCompositor) else None

    def compose(self) -> ComposeResult:
        """Header and strip as on every screen, the box, the keys."""
        yield HeaderLine()
        yield RoomStrip()
        with Box(id="box") as box:
            box.styles.width = self.cells
            yield DialogTitle(self._title)
            yield from self.body()
            yield ErrorLine("", "error")
        yield from self.desk_app.lines_above_the_keys()
        yield KeyLine()
        yield from self.covers()

    def on_mount(self) -> None:
        """Puts the focus where typing is meant to go."""
        first = self.first()
        if self.focused is None and first is not None:
            # At once, not by the app's queue: the first frame shows where typing goes.
            self.set_focus(first)
        if self._again is not None:
            typed, words = self._again
            for field in self.query(Field):
                with field.prevent(Input.Changed):
                    field.value = typed.get(field.name or "", "")
                if field is self.focused:
                    field.resume()
            self.fail(words)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in a field."""
        event.stop()
        self.action_dialog_accept()

    def action_dialog_accept(self) -> None:
        """Enter."""
        if not self._ended:
            self.accept()

    def action_dialog_help(self) -> None:
        """Ctrl+P, and ? where nothing is typed: every key that works here."""
        from frontdesk.ui.dialogs.dialog_help import DialogHelp

        if not isinstance(self, DialogHelp):
            self.app.push_screen(DialogHelp(self))

    def action_dialog_cancel(self) -> None:
        """Esc: closes; where something typed would be lost, the second Esc does."""
        if self.is_changed() and not self._warned:
            self._warned = True
            self.tell(f"Not saved. Esc again leaves it; Enter: {self.ACCEPT_WORDS}.", "warn")
            return
        self.done(None)
