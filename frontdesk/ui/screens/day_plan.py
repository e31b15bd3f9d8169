"""Changing how long things take, and time without patients: what else the Day screen plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.errors import Refused
from frontdesk.domain.lengthening import stepped
from frontdesk.domain.phases import RETENTION_STEP
from frontdesk.ui import keys
from frontdesk.ui.layout.day_free import called_off_here
from frontdesk.ui.screens.day_booking import DayBooking
from frontdesk.ui.screens.framed import PUT_DOWN_FIRST

if TYPE_CHECKING:
    from frontdesk.desk.blocks import BlockOutcome, BlockRequest

_ON_BLOCKS = ("book.move", "book.cancel", "book.longer", "book.shorter")
_CHANGES = ("book.", "block.", "visit.", "needles.", "off.", "waiting.put", "walk_in.", "undo")
"""How the names of the actions begin that change something, or ask what.

Not while something is being moved: typed where no line is open, `lin 15` would be needles in, and `thu` an undo.
"""
_WHILE_MOVING = ("book.move", "book.squeeze", "needles.silence")
"""Those that are done all the same: what moves it, and what is for everybody in the house."""


class DayPlan(DayBooking):
    """Longer, shorter, blocked; where the cursor is on a block, the keys of appointments work on that."""

    def why_not(self, action_id: str) -> str | None:
        """Why something can't be done now."""
        if self.sight.carried is not None:
            waits = action_id.startswith(_CHANGES) and action_id not in _WHILE_MOVING
            return PUT_DOWN_FIRST if waits else super().why_not(action_id)
        if action_id in _ON_BLOCKS and self.sight.block is not None:
            return None
        if action_id == "book.reinstate" and called_off_here(self.sight) is not None:
            return None
        return super().why_not(action_id)

    def words_of(self, action: keys.Action) -> str:
        """A block is removed, not cancelled."""
        return "remove" if action.id == "book.cancel" and self.sight.block is not None else super().words_of(action)

    @property
    def to_put_back(self) -> Appointment | None:
        """Besides the chosen visit, the one that was called off at the free place under the cursor."""
        return self.chosen or called_off_here(self.sight)

    def action_book_longer(self) -> None:
        """Five minutes more of retention or of a block, a day more of one for whole days."""
        self._step(1)

    def action_book_shorter(self) -> None:
        """Five minutes, or a day, less."""
        self._step(-1)

    def _step(self, direction: int) -> None:
        visit, block = self.chosen, self.sight.block
        if visit is not None:
            self._step_visit(visit, direction)
        elif block is not None:
            key, version = block.id, block.version
            minutes = direction * max(RETENTION_STEP, self.sight.sheet.clinic.slot_minutes if self.sight.sheet else 0)
            self.save(
                lambda: self.desk.blocks.lengthen(key, minutes, version=version), self.blocked, refused=self.not_moved
            )

    def _step_visit(self, visit: Appointment, direction: int) -> None:
        key, version = visit.id, visit.version
        if visit.needles_are_in:
            self.save(lambda: self.desk.timers.extend(key, direction * RETENTION_STEP), self.changed)
            return
        try:
            minutes = stepped(visit, direction)
        except Refused as refused:
            self.not_moved(refused)
            return
        self.save(
            lambda: self.desk.lengthening.plan_retention(key, minutes, version=version),
            self.stepped,
            refused=self.not_moved,
        )

    def action_block_new(self) -> None:
        """A form for lunch, a meeting, time off; filled with where the cursor is."""
        from frontdesk.ui.dialogs.block import BlockTime, BlockWish

        sight, today = self.sight, self.desk_app.today
        if sight.sheet is None or today is None or sight.start is None:
            return
        person = sight.practitioner.name if sight.practitioner else None
        room = sight.room.name if sight.room else None
        wish = BlockWish(sight.sheet.clinic, today.day, self.next_start(), person, room)
        self.app.push_screen(BlockTime(wish), self._write)

    def _write(self, request: BlockRequest | None) -> None:
        if request is not None:
            self.save(lambda: self.desk.blocks.add(request), self.blocked, refused=self.not_moved)

    def blocked(self, outcome: BlockOutcome) -> None:
        """Says what was done with a block and how to take it back; the cursor stays on it."""
        seq, block = outcome.seq, outcome.blocks[0]
        self.set_down()
        self.desk_app.say(
            outcome.line,
            tone="warn" if outcome.runs_into else "done",
            undo=lambda: self.desk.blocks.undo(seq).line,
        )
        self.sight.put_blocks(outcome.blocks)
        self.show_all()
        self._go_with(block)
        self.desk_app.data_changed()

    def _go_with(self, block: Block) -> None:
        day = self.desk_app.local_day(block.starts)
        shown = self.sight.sheet.day if self.sight.sheet else day
        if not block.cancelled:
            self.sight.select(("block", block.id), when_read=True)
        if day != shown and not block.all_day:
            self.go_to(day)

    def action_book_cancel(self) -> None:
        """Of a block: removes it, when said so; of an appointment: gives the place back."""
        block = self.sight.block
        if block is None:
            super().action_book_cancel()
            return
        from frontdesk.ui.dialogs.ask import Confirm

        key, version = block.id, block.version

        def remove(yes: bool | None) -> None:
            if yes:
                self.save(lambda: self.desk.blocks.remove(key, version=version), self.blocked, refused=self.not_moved)

        self.app.push_screen(Confirm(lambda: f"Remove {block.called}?", yes="remove it", no="keep it"), remove)
