"""Only `frontdesk/clock.py` asks the machine what time it is: everywhere else an instant is given."""

from __future__ import annotations

import re
from pathlib import Path

import frontdesk

ASKS = re.compile(
    r"\bpendulum\.(now|today|tomorrow|yesterday)\b|\bdatetime\.(now|today|utcnow)\b|\bdate\.today\b"
    r"|\btime\.(time|time_ns|localtime|gmtime|clock_gettime|clock_gettime_ns)\b"
    r"|from time import .*\b(time|time_ns|localtime|gmtime|clock_gettime)\b"
)


def test_only_the_clock_asks_the_machine_what_time_it_is() -> None:
    folder = Path(frontdesk.__file__).parent
    asking = {
        str(path.relative_to(folder)) for path in folder.rglob("*.py") if ASKS.search(path.read_text(encoding="utf-8"))
    }
    assert asking == {"clock.py"}
