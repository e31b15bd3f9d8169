"""The inside of a visit's or block's cell: an edge that tells the phase, and the most useful words first."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct
from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.visit import NOT_BEGUN, Status
from frontdesk.ui.layout.cells import Span, cut, pad, width
from frontdesk.ui.layout.day_entries import Entry, Kind, View
from frontdesk.ui.layout.day_grid import DayGrid
from frontdesk.ui.layout.day_lanes import Placed
from frontdesk.ui.layout.day_words import (
    SHORT_WORDS,
    block_words,
    place_words,
    resting_words,
    status_span,
    tight_status,
)

TIGHT = 13
"""Cells of words below which a lane says everything in signs."""
EDGES = {Kind.HANDS_ON: "█", Kind.REST: "░", Kind.TURNOVER: "╱", Kind.BLOCK: "▒", Kind.FREE: " "}
"""What a phase looks like without any colour."""
_PAPERS = {Kind.HANDS_ON: "visit", Kind.REST: "rest", Kind.TURNOVER: "turned", Kind.BLOCK: "block"}


class CellLook(Enum):
    """How much a cell stands out."""

    PLAIN = 0
    OVER = 1
    CHOSEN = 2


def visit_rows(grid: DayGrid, one: Placed, cells: int, now: DateTime, look: CellLook) -> list[list[Span]]:
    """The rows of an entry, each exactly `cells` cells wide."""
    kinds = [_kind_on(one.entry, (one.first + row) * grid.slot, grid.slot) for row in range(one.end - one.first)]
    words = _words(grid, one, kinds, max(0, cells - (2 if cells > TIGHT else 1)), now)
    return [_row(kind, words.get(row, ()), cells, look) for row, kind in enumerate(kinds)]


def _kind_on(entry: Entry, start: int, slot: int) -> Kind:
    """What most of a row is; where two share it, the one that keeps the practitioner busy."""
    shares: dict[Kind, int] = {}
    for piece in entry.pieces:
        shared = min(piece.end, start + slot) - max(piece.start, start)
        if shared > 0:
            shares[piece.kind] = shares.get(piece.kind, 0) + shared
    if not shares:
        return entry.pieces[-1].kind if start >= entry.end else entry.pieces[0].kind
    return max(shares, key=lambda kind: (shares[kind], kind is Kind.HANDS_ON))


def _row(kind: Kind, words: tuple[Span, ...], cells: int, look: CellLook) -> list[Span]:
    if cells <= 0:
        return []
    paper = _PAPERS[kind]
    if look is CellLook.CHOSEN:
        edge_role, fill_role = "pick", "pick"
    elif look is CellLook.OVER:
        edge_role, fill_role = "over", "over"
    else:
        edge_role, fill_role = f"{paper}-edge", paper
    spans = [Span(EDGES[kind], edge_role)]
    left = cells - 1
    if kind is Kind.TURNOVER and not words:
        return [*spans, Span("╱" * left, edge_role)]
    # Where there is room, a blank keeps the words off the next lane's edge.
    room = left - (1 if cells > TIGHT + 2 else 0)
    for span in words:
        text = cut(span.text, room)
        role = _on_paper(span.role, fill_role, look)
        spans.append(Span(text, role))
        left -= width(text)
        room -= width(text)
    if left:
        spans.append(Span(" " * left, fill_role))
    return spans


def _on_paper(role: str, fill: str, look: CellLook) -> str:
    """Words keep a look of their own only where it says something urgent; else they lie on the cell's paper."""
    if role in ("alarm-medium", "alarm-high", "owed"):
        return role
    if look is not CellLook.PLAIN:
        return "pick-dim" if look is CellLook.CHOSEN and role == "dim" else fill
    if role == "strong":
        return f"{fill}-strong"
    if role == "urgent":
        return f"{fill}-urgent"
    if role in ("warn", "alarm-low", "squeeze"):
        return f"{fill}-warn"
    if role in ("dim", "free"):
        return f"{fill}-dim"
    return fill


def _words(grid: DayGrid, one: Placed, kinds: list[Kind], cells: int, now: DateTime) -> dict[int, tuple[Span, ...]]:
    """What each row says: the name first, then the phase it is in, then what is left to say, while there are rows."""
    entry = one.entry
    if entry.block is not None:
        return dict(zip(range(len(kinds)), _block_words(entry.block, grid.axis.timezone), strict=False))
    if entry.visit is None:
        return {}
    said = _Said.of(grid, one, entry.visit, now)
    if cells < TIGHT and not said.fits_whole(cells):
        signs = [said.first_in_signs(cells, alone=len(kinds) == 1), (said.tight_status(cells, said.where),)]
        return dict(zip(range(len(kinds)), signs, strict=False))
    resting = Span(resting_words(entry.visit, grid.axis.timezone), "text")
    if said.alarms and Kind.REST in kinds[1:]:
        # Where it says in calm when they come out, it cries out once they are due, and the name's row has its room.
        resting, said = said.status, replace(said, cried=True)
    first, more = said.first_row(cells, alone=len(kinds) == 1)
    rows = {0: first}
    misfit: list[tuple[Span, ...]] = [(Span(f" ‼ {said.misfit}", "warn"),)] if said.misfit and cells >= TIGHT else []
    extras = [*misfit, *more]
    visit = said.visit
    if visit.squeezed:
        extras.append((Span(" » squeezed", "squeeze"),))
    _phases(rows, kinds, resting, cells, begun=visit.status not in NOT_BEGUN)
    free = [row for row in range(1, len(kinds)) if row not in rows and kinds[row] is not Kind.TURNOVER]
    rows.update(zip(free, extras, strict=False))
    left = extras[len(free) :]
    if left and "removal" in (span.text.strip() for words in rows.values() for span in words):
        last = max(rows)
        rows[last] = left[0]
    return rows


def _block_words(block: Block, zone: str) -> list[tuple[Span, ...]]:
    """Its name, and where it is not for whole days when it ends."""
    lines: list[tuple[Span, ...]] = [(Span(f" {block.called or 'time off'}", "strong"),)]
    if not block.all_day:
        lines.append((Span(f" {block_words(block, zone).rsplit(' ', 1)[-1]}", "dim"),))
    return lines


class _Said(Struct, frozen=True):
    """What there is to say of a visit in its cell."""

    visit: Appointment
    clinic: Clinic
    now: DateTime
    status: Span
    start: str
    """When it starts, where that is not when its first row does."""
    where: str
    slip: str
    misfit: str
    cried: bool = False
    """Whether a row of its own says the status: that needles are due."""

    @staticmethod
    def of(grid: DayGrid, one: Placed, visit: Appointment, now: DateTime) -> _Said:
        """Of a visit as it lies in a grid."""
        clinic, slip = grid.sheet.clinic, grid.slips.get(visit.id, "")
        start = "" if one.entry.start == one.first * grid.slot else f"{grid.axis.clock(one.entry.start)} "
        where = visit.practitioner.name if grid.view is View.ROOMS else place_words(visit)
        status = status_span(visit, clinic, now, slip)
        return _Said(visit, clinic, now, status, start, where, slip, grid.misfits.get(visit.id, ""))

    @property
    def marks(self) -> str:
        """The signs before the name."""
        return f"{'‼ ' if self.misfit else ''}{'» ' if self.visit.squeezed else ''}"

    @property
    def whole(self) -> str:
        """Signs, start and name."""
        return f" {self.marks}{self.start}{self.visit.patient.short_name}"

    @property
    def about(self) -> str:
        """What for and where."""
        return f" · {self.visit.service.name} · {self.where}"

    @property
    def tells_status(self) -> bool:
        """Whether its status is worth a word: that it is booked goes without one."""
        return not self.cried and (self.visit.status is not Status.BOOKED or self.status.role != "dim")

    @property
    def alarms(self) -> bool:
        """Whether needles are due."""
        return self.status.role.startswith("alarm")

    def fits_whole(self, cells: int) -> bool:
        """Whether who, what for and where stand in one row."""
        return width(self.whole) + width(self.about) + 1 <= cells

    def tight_status(self, cells: int, where: str) -> Span:
        """The status in at most `cells` cells, with `where` where there is room for it."""
        return tight_status(self.visit, self.clinic, self.now, cells, where, self.slip)

    def first_in_signs(self, cells: int, *, alone: bool) -> tuple[Span, ...]:
        """The first row where there is room for little; with the sign of the status where it is `alone`."""
        name = cut(f"{self.marks.strip()}{self.visit.patient.short_name}", cells)
        if not alone:
            return (Span(name, "strong"),)
        sign = self.status.text.split(" ")[0]
        return Span(pad(name, max(0, cells - width(sign))), "strong"), Span(sign, self.status.role)

    def first_row(self, cells: int, *, alone: bool) -> tuple[tuple[Span, ...], list[tuple[Span, ...]]]:
        """The first row, and what it leaves to the others; `alone` where there are none."""
        whole, about, status = self.whole, self.about, self.status
        gap = cells - width(whole) - width(about) - width(status.text)
        if gap >= 2 and self.tells_status:
            return (Span(whole, "strong"), Span(about, "dim"), Span(" " * gap), status, Span(" ")), []
        if self.fits_whole(cells):
            return (Span(whole, "strong"), Span(about, "dim")), [(Span(" "), status)] if self.tells_status else []
        sign = status.text.split(" ")[0] if self.tells_status and alone else ""
        short = whole if width(whole) + width(sign) <= cells else f" {self.marks}{self.visit.patient.short_name}"
        first = (Span(pad(short, cells - width(sign)), "strong"), Span(sign, status.role))
        more = [(Span(" "), self._in_a_row(cells))] if self.tells_status else []
        return first, [*more, (Span(f" {self.where} · {self.visit.service.name}", "dim"),)]

    def _in_a_row(self, cells: int) -> Span:
        """The status for a row of its own."""
        text, role = self.status.text, self.status.role
        if width(text) < cells:
            return self.status
        if role.startswith("alarm"):
            return Span(text.rsplit(" ", 1)[0], role)
        # Of words and a time the words give way, but where they cry out.
        tight = self.tight_status(cells - 1, "")
        if any(map(str.isdigit, tight.text)):
            return tight
        status = self.visit.status
        return Span(text.replace(status.words, SHORT_WORDS.get(status, status.words)), role)


def _phases(rows: dict[int, tuple[Span, ...]], kinds: list[Kind], resting: Span, cells: int, *, begun: bool) -> None:
    """Names the phases where there is room: when the needles come out, or that they are due, and the removal."""
    first_rest = next((row for row, kind in enumerate(kinds) if kind is Kind.REST and row), None)
    words, role = resting.text, resting.role
    if words and first_rest is not None:
        if width(words) + 1 > cells:
            words = words.rsplit(" ", 1)[0] if role.startswith("alarm") else words.replace("resting, ", "")
        # An alarm's look takes the whole row.
        rows[first_rest] = (Span(pad(f" {words}", cells) if role.startswith("alarm") else f" {words}", role),)
    last = max((row for row, kind in enumerate(kinds) if kind is Kind.HANDS_ON), default=0)
    if begun and first_rest is not None and last > first_rest and cells >= 9:
        rows[last] = (Span(" removal", "dim"),)
