"""The inside of a visit's or block's cell: an edge that tells the phase, and the most useful words first."""

from __future__ import annotations

from enum import Enum

from pendulum import DateTime

from frontdesk.domain.visit import NOT_BEGUN, Status
from frontdesk.ui.layout.cells import Span, cut, pad, width
from frontdesk.ui.layout.day_entries import Entry, Kind, View
from frontdesk.ui.layout.day_grid import DayGrid
from frontdesk.ui.layout.day_lanes import Placed
from frontdesk.ui.layout.day_words import block_words, place_words, resting_words, status_span, tight_status

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
    zone = grid.axis.timezone
    if entry.block is not None:
        title = entry.block.called or "time off"
        lines = [(Span(f" {title}", "strong"),)]
        if not entry.block.all_day:
            lines.append((Span(f" {block_words(entry.block, zone).rsplit(' ', 1)[-1]}", "dim"),))
        return dict(zip(range(len(kinds)), lines, strict=False))
    visit = entry.visit
    if visit is None:
        return {}
    name = visit.patient.short_name
    start = "" if entry.start == (one.first * grid.slot) else f"{grid.axis.clock(entry.start)} "
    misfit = grid.misfits.get(visit.id, "")
    squeezed = f"{'‼ ' if misfit else ''}{'» ' if visit.squeezed else ''}"
    slip = grid.slips.get(visit.id, "")
    status = status_span(visit, grid.sheet.clinic, now, slip)
    where = visit.practitioner.name if grid.view is View.ROOMS else place_words(visit)
    rows: dict[int, tuple[Span, ...]] = {}
    extras: list[tuple[Span, ...]] = [(Span(f" ‼ {misfit}", "warn"),)] if misfit and cells >= TIGHT else []
    whole = f" {squeezed}{start}{name}"
    details = f" · {visit.service.name} · {where}"
    says_status = visit.status is not Status.BOOKED or status.role != "dim"
    if width(whole) + width(details) + width(status.text) + 2 <= cells and says_status:
        gap = cells - width(whole) - width(details) - width(status.text)
        rows[0] = (Span(whole, "strong"), Span(details, "dim"), Span(" " * gap), status, Span(" "))
    elif width(whole) + width(details) + 1 <= cells:
        rows[0] = (Span(whole, "strong"), Span(details, "dim"))
        if says_status:
            extras.append((Span(" "), status))
    elif cells < TIGHT:
        rows[0] = (Span(cut(f"{squeezed.strip()}{name}", cells), "strong"),)
        if len(kinds) == 1:
            sign = status.text.split(" ")[0]
            rows[0] = (Span(pad(rows[0][0].text, max(0, cells - width(sign))), "strong"), Span(sign, status.role))
        extras.append((tight_status(visit, grid.sheet.clinic, now, cells, where, slip),))
        return rows | dict(zip(range(1, len(kinds)), extras, strict=False))
    else:
        sign = status.text.split(" ")[0] if says_status and len(kinds) == 1 else ""
        short = whole if width(whole) + width(sign) <= cells else f" {squeezed}{name}"
        rows[0] = (Span(pad(short, cells - width(sign)), "strong"), Span(sign, status.role))
        if width(status.text) >= cells and status.role.startswith("alarm"):
            status = Span(status.text.rsplit(" ", 1)[0], status.role)
        elif width(status.text) >= cells:
            # Of words and a time the words give way, but where they cry out.
            tight = tight_status(visit, grid.sheet.clinic, now, cells - 1, "", slip)
            status = tight if any(map(str.isdigit, tight.text)) else status
        if says_status:
            extras.append((Span(" "), status))
        extras.append((Span(f" {where} · {visit.service.name}", "dim"),))
    if visit.squeezed:
        extras.append((Span(" » squeezed", "squeeze"),))
    _phases(rows, kinds, resting_words(visit, zone), cells, begun=visit.status not in NOT_BEGUN)
    free = [row for row in range(1, len(kinds)) if row not in rows and kinds[row] is not Kind.TURNOVER]
    rows.update(zip(free, extras, strict=False))
    left = extras[len(free) :]
    if left and "removal" in (span.text.strip() for words in rows.values() for span in words):
        last = max(rows)
        rows[last] = left[0]
    return rows


def _phases(rows: dict[int, tuple[Span, ...]], kinds: list[Kind], resting: str, cells: int, *, begun: bool) -> None:
    """Names the phases where there is room: when the needles come out, and the removal."""
    first_rest = next((row for row, kind in enumerate(kinds) if kind is Kind.REST and row), None)
    if resting and first_rest is not None:
        words = resting if width(resting) + 1 <= cells else resting.replace("resting, ", "")
        rows[first_rest] = (Span(f" {words}", "text"),)
    last = max((row for row, kind in enumerate(kinds) if kind is Kind.HANDS_ON), default=0)
    if begun and first_rest is not None and last > first_rest and cells >= 9:
        rows[last] = (Span(" removal", "dim"),)
