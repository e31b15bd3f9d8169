"""How the screen says that the machine's clock was set."""

from __future__ import annotations

_UNITS = ((86_400, "day", "days"), (3600, "h", "h"), (60, "min", "min"), (1, "s", "s"))


def length_words(seconds: int) -> str:
    """A length in its two largest units: `1 h`, `2 min 30 s`, `20781 days 9 h`."""
    rest, parts = abs(seconds), []
    for size, one, many in _UNITS:
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count} {one if count == 1 else many}")
    return " ".join(parts[:2]) or "0 s"


def clock_mark(set_by_s: int) -> str:
    """What the header says as long as it has not been seen: `CLOCK +1 h`; nothing where it was not set."""
    return f"CLOCK {'+' if set_by_s > 0 else '−'}{length_words(set_by_s)}" if set_by_s else ""


def clock_notice(set_by_s: int, here: bool) -> str:
    """The same in a sentence; `here` where it was seen to change, else it differs from what needles went in by."""
    length = length_words(set_by_s)
    if here:
        said = f"This PC's clock was set {'forward' if set_by_s > 0 else 'back'} by {length}"
    else:
        said = f"Needles in by a clock {length} {'behind' if set_by_s > 0 else 'ahead of'} this"
    return f"{said}: timers keep real time. Esc: seen"


def server_notice(apart_s: int) -> str:
    """What is said of a PC whose clock is not its server's."""
    where = "ahead of" if apart_s > 0 else "behind"
    return f"This PC's clock is {length_words(apart_s)} {where} the server's, which counts. Esc: seen"
