"""A patient's flags as a list to tick: every kind there is, each with a note of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from msgspec.structs import replace
from textual.binding import Binding
from textual.message import Message

from frontdesk.domain.patient import Flag, FlagKind
from frontdesk.domain.privacy import is_private
from frontdesk.ui.layout.cells import Line, Span, fit, pad
from frontdesk.ui.widgets.lines import LineWidget

KINDS = tuple(FlagKind)
COLUMNS = 3


class FlagPicker(LineWidget, can_focus=True):
    """Arrows move, Space ticks; the note of the kind under the cursor is edited beside it."""

    DEFAULT_CSS = "FlagPicker { height: 4; width: 100%; }"
    BINDINGS: ClassVar = [
        Binding("left,h", "move(-1)", "left", show=False),
        Binding("right,l", "move(1)", "right", show=False),
        Binding("up,k", f"move(-{COLUMNS})", "up", show=False),
        Binding("down,j", f"move({COLUMNS})", "down", show=False),
        Binding("space", "tick", "tick", show=False),
    ]

    class Moved(Message):
        """The cursor is on another kind, or it was ticked."""

    def __init__(self) -> None:
        super().__init__()
        self._at = 0
        self.begin(())

    def begin(self, flags: Iterable[Flag]) -> None:
        """Replaces what is ticked and what counts as unchanged; two of one kind become one with both notes."""
        flags = tuple(flags)
        self._known = {flag.kind: flag for flag in reversed(flags)}
        self._notes: dict[FlagKind, str] = {}
        for flag in flags:
            before = self._notes.get(flag.kind, "")
            self._notes[flag.kind] = "; ".join(note for note in (before, flag.note) if note)
        self._begun_with = dict(self._notes)
        self._touched: set[FlagKind] = set()
        self.redraw()

    @property
    def kind(self) -> FlagKind:
        """The kind under the cursor."""
        return KINDS[self._at]

    @property
    def note(self) -> str:
        """Its note."""
        return self._notes.get(self.kind, "")

    @property
    def notes(self) -> dict[str, str]:
        """The kinds that are ticked, each with its note: what can be kept and put back."""
        return {kind.value: note for kind, note in self._notes.items()}

    @property
    def begun_with(self) -> dict[str, str]:
        """The same as it was at the beginning."""
        return {kind.value: note for kind, note in self._begun_with.items()}

    def put(self, notes: object) -> None:
        """Ticks what was ticked before, as `notes` told it."""
        if isinstance(notes, dict):
            self._notes = {kind: str(notes[kind.value]) for kind in KINDS if kind.value in notes}
            self._touched.clear()
            self.redraw()

    @property
    def is_changed(self) -> bool:
        """Whether other flags or notes are chosen than at the beginning."""
        return self._notes != self._begun_with

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What is ticked, in the order of the list."""
        return tuple(
            replace(self._known.get(kind, Flag(kind)), note=self._notes[kind]) for kind in KINDS if kind in self._notes
        )

    def set_note(self, note: str) -> None:
        """Gives the kind under the cursor a note; a note ticks it."""
        if note or self.kind in self._notes:
            self._notes[self.kind] = note
            self._touched.add(self.kind)
            self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Three columns of kinds."""
        cells = width // COLUMNS
        private = is_private()
        lines: list[Line] = []
        for start in range(0, len(KINDS), COLUMNS):
            spans: list[Span] = []
            for at in range(start, min(start + COLUMNS, len(KINDS))):
                # Whoever changes them sees what they tick, and no more.
                hidden = private and KINDS[at] not in self._touched
                ticked = KINDS[at] in self._notes and not hidden
                here = at == self._at and self.has_keys
                mark = "▸" if here else " "
                box = "[·]" if hidden else "[x]" if ticked else "[ ]"
                more = " …" if self._notes.get(KINDS[at]) and not hidden else ""
                role = "cursor" if here else "warn" if ticked else "dim"
                spans.append(Span(pad(f"{mark}{box} {KINDS[at].called}{more}", cells), role))
            lines.append(fit(spans, width))
        return lines[:height]

    def action_move(self, by: int) -> None:
        """To another kind; stops at the ends."""
        at = self._at + by
        if 0 <= at < len(KINDS):
            self._at = at
            self.redraw()
            self.post_message(self.Moved())

    def action_tick(self) -> None:
        """On or off; a note is forgotten with its flag."""
        if self.kind in self._notes:
            del self._notes[self.kind]
        else:
            self._notes[self.kind] = ""
        self._touched.add(self.kind)
        self.redraw()
        self.post_message(self.Moved())
